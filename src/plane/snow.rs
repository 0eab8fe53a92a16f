//! Snow on modules: how much of a row it covers hour by hour, and what a month of it costs.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};
use crate::math;

/// NREL's model of cover: snow that falls fast enough covers the whole row, and slides down once it is warm and bright.
///
/// Marion et al., Solar Energy 97 (2013), 112, doi:10.1016/j.solener.2013.07.029, with the ground's snow from Ryberg & Freeman,
/// NREL/TP-6A20-68705 (2017). Proven by its authors on fixed rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SnowCover {
    /// Snowfall above which a row is covered whole, 0 to 100 cm/h.
    pub threshold_snowfall_cm_h: f64,
    /// Snow on the ground below which none stays on modules, 0 to 1000 cm.
    pub threshold_depth_cm: f64,
    /// Snow slides where the air is warmer than irradiance over this, -1000 to -1 W/(m2 K).
    pub can_slide_coefficient: f64,
    /// Part of the slant height that slides in an hour on an upright plane, 0 to 10.
    pub slide_amount_coefficient: f64,
}

impl Default for SnowCover {
    /// The authors' numbers: 1 cm/h, 1 cm, -80 W/(m2 K), 0.197 of the height an hour.
    fn default() -> Self {
        Self {
            threshold_snowfall_cm_h: 1.0,
            threshold_depth_cm: 1.0,
            can_slide_coefficient: -80.0,
            slide_amount_coefficient: 0.197,
        }
    }
}

/// One record of what snow and sun did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SnowRecord {
    /// Snow that fell in it, cm.
    pub snowfall: f64,
    /// Irradiance on the plane, W/m2.
    pub poa_global: f64,
    /// Air temperature, degC.
    pub temp_air: f64,
    /// Snow on the ground at its start, cm; none where nobody measured, and then the ground does not count.
    pub snow_depth: Option<f64>,
}

/// The columns of [`SnowCover::coverage`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SnowColumns<'a> {
    /// Snow that fell in each record, cm.
    pub snowfall: &'a [f64],
    /// Irradiance on the plane, W/m2.
    pub poa_global: &'a [f64],
    /// Air temperature, degC.
    pub temp_air: &'a [f64],
    /// Snow on the ground at each record's start, cm, where it was measured.
    pub snow_depth: Option<&'a [f64]>,
}

/// What part of a row's slant height is covered, 0 to 1, carried from record to record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    covered: f64,
    begun: bool,
}

impl Coverage {
    /// Before the first record, with `initial` of the slant height covered, 0 to 1. In that record nothing slides.
    ///
    /// # Errors
    /// [`Error::OutOfRange`].
    pub fn new(initial: f64) -> Result<Self> {
        check_range("initial coverage", initial, 0.0, 1.0, "")?;
        Ok(Self { covered: initial, begun: false })
    }

    /// What is covered now.
    pub fn covered(&self) -> f64 {
        self.covered
    }

    /// Goes through one record of `step_h` hours on a plane tilted by `surface_tilt` degrees; gives the cover at its end.
    ///
    /// NaN in the record leaves the cover unknown, NaN, until snow covers all of it or the ground is free.
    #[inline]
    pub fn step(&mut self, model: &SnowCover, record: &SnowRecord, surface_tilt: f64, step_h: f64) -> f64 {
        self.advance(model, record, model.slide(surface_tilt, step_h), step_h)
    }

    #[inline(always)]
    fn advance(&mut self, model: &SnowCover, record: &SnowRecord, slide: f64, step_h: f64) -> f64 {
        let bare = record.snow_depth.is_some_and(|depth| depth < model.threshold_depth_cm);
        let lies = !record.snow_depth.is_some_and(f64::is_nan);
        let falls = model.fully_covered(record.snowfall, record.snow_depth, step_h);
        let known = (record.snowfall + record.poa_global + record.temp_air).is_finite() && lies;
        // T > G/m
        let slides = self.begun && record.temp_air > record.poa_global / model.can_slide_coefficient;
        let left = math::positive(if slides { self.covered - slide } else { self.covered });
        self.covered = if bare {
            0.0
        } else if falls {
            1.0
        } else if known {
            left
        } else {
            f64::NAN
        };
        self.begun = true;
        self.covered
    }
}

impl SnowCover {
    /// Refuses what is out of range.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] names the field.
    pub fn validate(&self) -> Result<()> {
        check_range("threshold_snowfall_cm_h", self.threshold_snowfall_cm_h, 0.0, 100.0, "cm/h")?;
        check_range("threshold_depth_cm", self.threshold_depth_cm, 0.0, 1000.0, "cm")?;
        check_range("can_slide_coefficient", self.can_slide_coefficient, -1000.0, -1.0, "W/(m2 K)")?;
        check_range("slide_amount_coefficient", self.slide_amount_coefficient, 0.0, 10.0, "")
    }

    /// Whether a record's snowfall (cm in `step_h` hours) covers the row whole; never where the ground is all but free.
    #[inline(always)]
    pub fn fully_covered(&self, snowfall: f64, snow_depth: Option<f64>, step_h: f64) -> bool {
        let lies = snow_depth.is_none_or(|depth| depth >= self.threshold_depth_cm);
        lies && snowfall / step_h > self.threshold_snowfall_cm_h
    }

    /// Part of the slant height that slides in a record.
    fn slide(&self, surface_tilt: f64, step_h: f64) -> f64 {
        self.slide_amount_coefficient * math::sin(surface_tilt.to_radians()) * step_h
    }

    /// The cover at each record's end, from `initial` on; `step_h` is the time step, hours, `surface_tilt` in degrees.
    ///
    /// # Errors
    /// [`Error::Length`] where columns differ, [`Error::OutOfRange`] for the step, the tilt, `initial` and the fields.
    pub fn coverage(
        &self,
        columns: &SnowColumns<'_>,
        surface_tilt: f64,
        step_h: f64,
        initial: f64,
    ) -> Result<Vec<f64>> {
        self.validate()?;
        check_range("surface_tilt", surface_tilt, 0.0, 180.0, "degrees")?;
        check_range("step_h", step_h, 1.0 / 3600.0, 744.0, "h")?;
        let mut state = Coverage::new(initial)?;
        let SnowColumns { snowfall, poa_global, temp_air, snow_depth } = *columns;
        let expected = snowfall.len();
        for (name, found) in [
            ("poa_global", poa_global.len()),
            ("temp_air", temp_air.len()),
            ("snow_depth", snow_depth.map_or(expected, <[f64]>::len)),
        ] {
            if found != expected {
                return Err(Error::Length { name, found, expected });
            }
        }
        let slide = self.slide(surface_tilt, step_h);
        let mut depths = snow_depth.into_iter().flatten();
        let weather = snowfall.iter().zip(poa_global).zip(temp_air);
        Ok(weather
            .map(|((&snowfall, &poa_global), &temp_air)| {
                let record = SnowRecord { snowfall, poa_global, temp_air, snow_depth: depths.next().copied() };
                state.advance(self, &record, slide, step_h)
            })
            .collect())
    }
}

/// Part of the DC power that a cover costs, where a string that is covered in part is lost whole: `snow_coverage` of the slant
/// height, 0 to 1, over `strings` parallel strings along it, at least 1: 1 for a row of upright modules of half a hundred cells, 3 for
/// one of modules that lie.
///
/// Gilman et al., NREL/TP-6A20-67399 (2018), equation 11.8.
#[inline(always)]
pub fn dc_loss_nrel(snow_coverage: f64, strings: u32) -> f64 {
    let strings = f64::from(if strings == 0 { 1 } else { strings });
    (snow_coverage * strings).ceil() / strings
}

/// A row, for Townsend's monthly losses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Townsend {
    /// Tilt, 0 to 90 degrees.
    pub surface_tilt_deg: f64,
    /// Length of the row along its slope, above 0 to 1000 m.
    pub slant_height_m: f64,
    /// Height of the row's lower edge above the ground or roof, 0 to 1000 m.
    pub lower_edge_height_m: f64,
    /// 1 where one string stands along the slope, 0.75 for more: Townsend & Previtali 2023, NREL/CP-5900-87918.
    #[serde(default = "one")]
    pub string_factor: f64,
    /// Slope at which piled snow comes to rest, 0 to 89 degrees.
    #[serde(default = "forty")]
    pub angle_of_repose_deg: f64,
    /// Part of the energy that comes from the front, 0 to 1.
    #[serde(default = "one")]
    pub front_side_fraction: f64,
}

fn one() -> f64 {
    1.0
}

fn forty() -> f64 {
    40.0
}

/// Twelve months of weather for Townsend's losses, January first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SnowMonths<'a> {
    /// Snow that fell, cm.
    pub snow_total: &'a [f64; 12],
    /// Days with more than an inch of it; need not be whole, as a mean of years.
    pub snow_events: &'a [f64; 12],
    /// Mean relative humidity, %.
    pub relative_humidity: &'a [f64; 12],
    /// Mean air temperature, degC.
    pub temp_air: &'a [f64; 12],
    /// Irradiation of the plane, Wh/m2.
    pub poa_global: &'a [f64; 12],
}

/// Part of each month's DC energy that snow costs, 0 to 1. December's snow lies into January.
///
/// Snow in a month without light takes all of it, no snow takes nothing; NaN in a month gives NaN there, of its snow also in the next.
///
/// Townsend & Powers, 37th IEEE Photovoltaic Specialists Conference (2011), doi:10.1109/PVSC.2011.6186627.
///
/// # Errors
/// [`Error::OutOfRange`] names the field of the row.
pub fn loss_townsend(row: &Townsend, months: &SnowMonths<'_>) -> Result<[f64; 12]> {
    check_range("surface_tilt_deg", row.surface_tilt_deg, 0.0, 90.0, "degrees")?;
    check_range("slant_height_m", row.slant_height_m, 1e-3, 1000.0, "m")?;
    check_range("lower_edge_height_m", row.lower_edge_height_m, 0.0, 1000.0, "m")?;
    check_range("string_factor", row.string_factor, 0.0, 1.0, "")?;
    check_range("angle_of_repose_deg", row.angle_of_repose_deg, 0.0, 89.0, "degrees")?;
    check_range("front_side_fraction", row.front_side_fraction, 0.0, 1.0, "")?;
    // The paper counts in inches.
    let (slant, edge) = (row.slant_height_m * 39.37, row.lower_edge_height_m * 39.37);
    let cos_tilt = math::cos(row.surface_tilt_deg.to_radians());
    let tan_repose = math::tan(row.angle_of_repose_deg.to_radians());
    // Sₑ = ½ S (1 + 1/N), none without events
    let effective = |month: usize| {
        let (total, events) = (months.snow_total[month] / 2.54, months.snow_events[month]);
        let spread = if events < 1.0 { 1.0 } else { events };
        if events <= 0.0 { 0.0 * total } else { 0.5 * total * (1.0 + 1.0 / spread) }
    };
    Ok(std::array::from_fn(|month| {
        let snow = effective((month + 11) % 12) / 3.0 + 2.0 / 3.0 * effective(month);
        // How near piled snow comes to the lower edge; the least, 0.1 in², is its author's word to pvlib.
        let clearance = edge * edge - snow * snow;
        let clearance = if clearance < 0.1 { 0.1 } else { clearance };
        // γ = R Sₑ cos β / (H² − Sₑ²) · 2 tan P
        let gamma = slant * snow * cos_tilt / clearance * 2.0 * tan_repose;
        let ground = 1.0 - 0.51 * math::exp(-gamma);
        let kelvin = months.temp_air[month] + 273.15;
        let sun = math::powf(months.poa_global[month] / 1000.0, 0.67);
        let humidity = months.relative_humidity[month] / 100.0;
        // L = 5.7·10⁴ Sₑ cos² β (1 − 0.51 e^−γ) RH / (T² POA^0.67)
        let loss = 5.7e4 * snow * cos_tilt * cos_tilt * ground * humidity / (kelvin * kelvin) * row.string_factor;
        let loss = if loss == 0.0 { 0.0 * sun } else { loss / sun };
        let loss = math::positive(loss * row.front_side_fraction);
        if loss > 1.0 { 1.0 } else { loss }
    }))
}
