//! Dust on the glass: what part of the light it takes, hour by hour.
//!
//! The models by rain have a memory, so they go over whole columns of a fixed time step, in a time that grows with
//! the columns' length alone. What is not known stays unknown: after a record without rain or dust in the data the loss is NaN until
//! the panels are surely clean.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};
use crate::math;

/// The fixed-velocity model of Humboldt State University: dust settles, and enough rain washes all of it away.
///
/// Coello & Boyle, IEEE Journal of Photovoltaics 9 (2019), 1382, doi:10.1109/JPHOTOV.2019.2919628.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hsu {
    /// Rain within [`Hsu::rain_accum_h`] that cleans, 0 to 1000 mm; 0 keeps the panels clean.
    pub cleaning_threshold_mm: f64,
    /// How long rain is counted together, above 0 to 8784 h; the authors advise 1 to 24.
    pub rain_accum_h: f64,
    /// Deposition velocity of particles below 2.5 µm, 0 to 1 m/s.
    pub velocity_pm2_5_m_s: f64,
    /// Deposition velocity of particles of 2.5 to 10 µm, 0 to 1 m/s.
    pub velocity_pm10_m_s: f64,
}

impl Default for Hsu {
    /// Rain of 1 mm in an hour, the paper's velocities of settling. The threshold is this crate's choice: the paper leaves it open.
    fn default() -> Self {
        Self { cleaning_threshold_mm: 1.0, rain_accum_h: 1.0, velocity_pm2_5_m_s: 0.0009, velocity_pm10_m_s: 0.004 }
    }
}

/// Part of the light that a mass of dust takes, 0 to 0.3437; `mass` in g/m2 of the panel, not negative. Measured up to 10 g/m2.
///
/// Coello & Boyle, IEEE Journal of Photovoltaics 9 (2019), 1382, doi:10.1109/JPHOTOV.2019.2919628.
#[inline(always)]
pub fn hsu_loss(mass: f64) -> f64 {
    // 1 − SR = 0.3437 erf(0.17 ω^0.8473), erf x = 2 Φ(√2 x) − 1
    let x = 0.17 * math::powf(mass, 0.8473);
    0.3437 * (2.0 * math::normal_cdf(std::f64::consts::SQRT_2 * x) - 1.0)
}

impl Hsu {
    /// Refuses what is out of range.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] names the field.
    pub fn validate(&self) -> Result<()> {
        check_range("cleaning_threshold_mm", self.cleaning_threshold_mm, 0.0, 1000.0, "mm")?;
        check_range("rain_accum_h", self.rain_accum_h, 1e-3, 8784.0, "h")?;
        check_range("velocity_pm2_5_m_s", self.velocity_pm2_5_m_s, 0.0, 1.0, "m/s")?;
        check_range("velocity_pm10_m_s", self.velocity_pm10_m_s, 0.0, 1.0, "m/s")
    }

    /// Part of the light lost in each record, 0 to 0.3437, from the record's rain (mm) and its particles below 2.5 and below 10 µm
    /// (g/m3: a town's 50 µg/m3 are 5e-5), on a plane tilted by `surface_tilt` degrees, clean at first. `step_h` is the time step, hours.
    ///
    /// A record in whose window the threshold is reached, ties included, is clean to its end.
    ///
    /// # Errors
    /// [`Error::Length`] where the columns differ, [`Error::OutOfRange`] for the step, the tilt and the fields.
    pub fn losses(
        &self,
        rainfall: &[f64],
        pm2_5: &[f64],
        pm10: &[f64],
        surface_tilt: f64,
        step_h: f64,
    ) -> Result<Vec<f64>> {
        self.validate()?;
        check_step(step_h)?;
        check_range("surface_tilt", surface_tilt, 0.0, 180.0, "degrees")?;
        check_length("pm2_5", pm2_5, rainfall.len())?;
        check_length("pm10", pm10, rainfall.len())?;
        let (fine, coarse) = (self.velocity_pm2_5_m_s, self.velocity_pm10_m_s);
        let seconds = step_h * 3600.0 * math::positive(math::cos(surface_tilt.to_radians()));
        let mut rain = Window::new(self.rain_accum_h, step_h);
        let mut mass = 0.0;
        let mut losses = Vec::with_capacity(rainfall.len());
        for (i, (&pm2_5, &pm10)) in pm2_5.iter().zip(pm10).enumerate() {
            // ṁ = (v₂.₅ c₂.₅ + v₁₀ (c₁₀ − c₂.₅)) cos β
            let settled = (pm2_5 * fine + math::positive(pm10 - pm2_5) * coarse) * seconds;
            mass = match rain.at_least(rainfall, i, self.cleaning_threshold_mm - TIE_MM) {
                Some(true) => 0.0,
                Some(false) => mass + settled,
                None => f64::NAN,
            };
            losses.push(mass);
        }
        math::vectorised(
            #[inline(always)]
            || {
                for mass in &mut losses {
                    *mass = hsu_loss(*mass);
                }
            },
        );
        Ok(losses)
    }
}

/// Kimber's model: dust takes the same each day, rain takes it away, and damp ground gives none for a while.
///
/// Kimber et al., IEEE 4th World Conference on Photovoltaic Energy Conversion (2006), 2391, doi:10.1109/WCPEC.2006.279690.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kimber {
    /// More rain than this within [`Kimber::rain_accum_h`] cleans, 0 to 1000 mm.
    pub cleaning_threshold_mm: f64,
    /// What a day of dust takes, 0 to 1; see [`kimber_daily_loss`].
    pub soiling_loss_rate: f64,
    /// How long after such rain the ground gives no dust, 0 to 366 days.
    pub grace_period_days: f64,
    /// The most that dust takes, 0 to 1.
    pub max_soiling: f64,
    /// What it takes at the start, 0 to 1.
    pub initial_soiling: f64,
    /// How long rain is counted together, above 0 to 8784 h.
    pub rain_accum_h: f64,
}

impl Default for Kimber {
    /// 6 mm in a day, 0.15 % a day, 14 days of grace, at most 30 %, clean at first: pvlib's defaults.
    fn default() -> Self {
        Self {
            cleaning_threshold_mm: 6.0,
            soiling_loss_rate: 0.0015,
            grace_period_days: 14.0,
            max_soiling: 0.3,
            initial_soiling: 0.0,
            rain_accum_h: 24.0,
        }
    }
}

impl Kimber {
    /// Refuses what is out of range.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] names the field.
    pub fn validate(&self) -> Result<()> {
        check_range("cleaning_threshold_mm", self.cleaning_threshold_mm, 0.0, 1000.0, "mm")?;
        check_range("soiling_loss_rate", self.soiling_loss_rate, 0.0, 1.0, "a day")?;
        check_range("grace_period_days", self.grace_period_days, 0.0, 366.0, "days")?;
        check_range("max_soiling", self.max_soiling, 0.0, 1.0, "")?;
        check_range("initial_soiling", self.initial_soiling, 0.0, 1.0, "")?;
        check_range("rain_accum_h", self.rain_accum_h, 1e-3, 8784.0, "h")
    }

    /// Part of the energy lost in each record, 0 to [`Kimber::max_soiling`], from the record's rain (mm). `step_h` is the time step,
    /// hours; `washed` the records, counted from 0, at which the panels were washed by hand, after which there is no grace.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for the step, the fields, and a washing after the last record.
    pub fn losses(&self, rainfall: &[f64], step_h: f64, washed: &[usize]) -> Result<Vec<f64>> {
        self.validate()?;
        check_step(step_h)?;
        let mut wash = vec![false; rainfall.len()];
        for &record in washed {
            let Some(wash) = wash.get_mut(record) else {
                return Err(Error::OutOfRange {
                    name: "washed".to_owned(),
                    value: record as f64,
                    allowed: format!("a record below {}", rainfall.len()),
                });
            };
            *wash = true;
        }
        let daily = self.soiling_loss_rate * step_h / 24.0;
        let damp = records(24.0 * self.grace_period_days, step_h);
        let mut rain = Window::new(self.rain_accum_h, step_h);
        let (mut washed_off, mut perhaps) = (None, None);
        let mut soiling = self.initial_soiling;
        let mut losses = Vec::with_capacity(rainfall.len());
        for (i, &by_hand) in wash.iter().enumerate() {
            match rain.at_least(rainfall, i, self.cleaning_threshold_mm + TIE_MM) {
                Some(true) => washed_off = Some(i),
                Some(false) => {}
                None => perhaps = Some(i),
            }
            let within = |event: Option<usize>| event.is_some_and(|event| i - event < damp);
            // The first record's own dust stands in `initial_soiling`.
            soiling += if i == 0 { 0.0 } else { daily };
            if within(washed_off) || by_hand {
                soiling = 0.0;
            } else if within(perhaps) {
                soiling = f64::NAN;
            }
            losses.push(if soiling > self.max_soiling { self.max_soiling } else { soiling });
        }
        Ok(losses)
    }
}

/// The regions of Kimber's study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KimberRegion {
    /// Central Valley of California.
    CentralValley,
    /// Northern California.
    NorthernCalifornia,
    /// Southern California.
    SouthernCalifornia,
    /// Desert of the Southwest.
    Desert,
}

/// The surroundings of Kimber's study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KimberSurroundings {
    /// Country.
    Rural,
    /// Suburb.
    Suburban,
    /// Town, highway or airport.
    Urban,
}

/// What a day of dust takes, as measured in California and the Southwest: Kimber et al. 2006, as pvlib 0.16.1 gives it.
pub fn kimber_daily_loss(region: KimberRegion, surroundings: KimberSurroundings) -> f64 {
    let [rural, suburban, urban] = match region {
        KimberRegion::CentralValley => [0.0011, 0.0019, 0.0020],
        KimberRegion::NorthernCalifornia => [0.0011, 0.0010, 0.0016],
        KimberRegion::SouthernCalifornia => [0.0, 0.0016, 0.0019],
        KimberRegion::Desert => [0.0030; 3],
    };
    match surroundings {
        KimberSurroundings::Rural => rural,
        KimberSurroundings::Suburban => suburban,
        KimberSurroundings::Urban => urban,
    }
}

/// One loss for each month, January first, spread over records by the month of each, 1 to 12. Twelve times the same is a
/// constant loss.
///
/// # Errors
/// [`Error::OutOfRange`] for a loss outside of 0 to 1 and a month outside of 1 to 12; [`Error::Length`].
pub fn monthly_soiling(loss: &[f64; 12], months: &[u32], out: &mut [f64]) -> Result<()> {
    for (month, &loss) in loss.iter().enumerate() {
        check_range(&format!("soiling of month {}", month + 1), loss, 0.0, 1.0, "")?;
    }
    if months.len() != out.len() {
        return Err(Error::Length { name: "months", found: months.len(), expected: out.len() });
    }
    for (out, &month) in out.iter_mut().zip(months) {
        let Some(&loss) = (month as usize).checked_sub(1).and_then(|month| loss.get(month)) else {
            return Err(Error::OutOfRange {
                name: "month".to_owned(),
                value: f64::from(month),
                allowed: "1 to 12".to_owned(),
            });
        };
        *out = loss;
    }
    Ok(())
}

/// Sums of tenths of a millimetre are not quite their threshold; what lies within this counts as equal.
const TIE_MM: f64 = 1e-9;

fn check_step(step_h: f64) -> Result<()> {
    check_range("step_h", step_h, 1.0 / 3600.0, 744.0, "h")
}

fn check_length(name: &'static str, column: &[f64], expected: usize) -> Result<()> {
    if column.len() == expected { Ok(()) } else { Err(Error::Length { name, found: column.len(), expected }) }
}

/// How many records end within a period that ends with one of them, its start left out.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and casts saturate")]
fn records(period_h: f64, step_h: f64) -> usize {
    (period_h / step_h - 1e-9).ceil() as usize
}

/// The sum over the last records, carried along: a record comes in, one goes out, and what rounding loses is kept beside.
struct Window {
    records: usize,
    sum: f64,
    lost: f64,
    unknown: usize,
}

impl Window {
    fn new(period_h: f64, step_h: f64) -> Self {
        Self { records: records(period_h, step_h).max(1), sum: 0.0, lost: 0.0, unknown: 0 }
    }

    fn add(&mut self, x: f64) {
        // Neumaier 1974, doi:10.1002/zamm.19740540106
        let sum = self.sum + x;
        self.lost += if self.sum.abs() >= x.abs() { (self.sum - sum) + x } else { (x - sum) + self.sum };
        self.sum = sum;
    }

    /// Moves on to record `i`: whether at least `threshold` fell within the window; none where what is unknown decides.
    fn at_least(&mut self, column: &[f64], i: usize, threshold: f64) -> Option<bool> {
        match column.get(i) {
            Some(x) if x.is_finite() => self.add(*x),
            _ => self.unknown += 1,
        }
        match i.checked_sub(self.records).and_then(|gone| column.get(gone)) {
            Some(x) if x.is_finite() => self.add(-x),
            Some(_) => self.unknown -= 1,
            None => {}
        }
        let reached = self.sum + self.lost >= threshold;
        // Rain is never negative, so what is known may be enough.
        if self.unknown > 0 && !reached { None } else { Some(reached) }
    }
}
