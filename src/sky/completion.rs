//! The third of GHI, DNI and DHI from the other two, and the three held to what is possible.

use super::ClearSky;
use crate::error::{Error, Result};
use crate::math;

/// GHI, W/m2, from DNI and DHI (W/m2) and the zenith angle without refraction (degrees).
#[inline(always)]
pub fn ghi_from(dni: f64, dhi: f64, zenith: f64) -> f64 {
    // GHI = DHI + DNI cos z
    dhi + dni * math::cos(zenith.to_radians())
}

/// DHI, W/m2, from GHI and DNI (W/m2) and the zenith angle without refraction (degrees); may be negative where the two disagree.
#[inline(always)]
pub fn dhi_from(ghi: f64, dni: f64, zenith: f64) -> f64 {
    // DHI = GHI − DNI cos z
    ghi - dni * math::cos(zenith.to_radians())
}

/// DNI may exceed a clear sky's by so much.
const CLEAR_TOLERANCE: f64 = 1.1;

/// DNI, W/m2, from GHI and DHI (W/m2) and the zenith angle without refraction (degrees). NaN where it would be negative, and with a
/// zenith of 88 degrees or more unless it is zero; from 80 degrees on it is held to 1.1 of the clear sky's DNI, `dni_clear`, which
/// is infinity or NaN where it is not known.
#[inline(always)]
pub fn dni_from(ghi: f64, dhi: f64, zenith: f64, dni_clear: f64) -> f64 {
    // DNI = (GHI − DHI) / cos z
    let dni = (ghi - dhi) / math::cos(zenith.to_radians());
    let dni = if dni < 0.0 || (zenith >= 88.0 && dni != 0.0) { f64::NAN } else { dni };
    let most = CLEAR_TOLERANCE * dni_clear;
    if (80.0..88.0).contains(&zenith) && dni > most { most } else { dni }
}

/// One of the three components of irradiance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Component {
    /// Global horizontal.
    Ghi,
    /// Direct normal.
    Dni,
    /// Diffuse horizontal.
    Dhi,
}

/// A component that was put right, W/m2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// Which.
    pub component: Component,
    /// What it was.
    pub from: f64,
    /// What it is now.
    pub to: f64,
}

/// The three components as they may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LimitedComponents {
    /// Global horizontal irradiance, W/m2.
    pub ghi: f64,
    /// Direct normal irradiance, W/m2.
    pub dni: f64,
    /// Diffuse horizontal irradiance, W/m2.
    pub dhi: f64,
    /// GHI's, DNI's and DHI's repair, where there was one.
    pub repairs: [Option<Repair>; 3],
}

/// The most that GHI, DNI and DHI can be, W/m2: BSRN's physically possible limits; below the horizon no DNI.
///
/// Long & Shi, Open Atmospheric Science Journal 2 (2008), 23, doi:10.2174/1874282300802010023.
#[inline(always)]
pub fn possible_limits(zenith: f64, dni_extra: f64) -> [f64; 3] {
    let cos_z = math::positive(math::cos(zenith.to_radians()));
    // GHI < 1.5 E₀ μ^1.2 + 100, DHI < 0.95 E₀ μ^1.2 + 50, DNI < E₀
    let power = if cos_z == 0.0 { 0.0 } else { math::powf(cos_z, 1.2) };
    let scale = dni_extra * power;
    [1.5 * scale + 100.0, if cos_z > 0.0 { dni_extra } else { dni_extra * cos_z }, 0.95 * scale + 50.0]
}

/// So many records are held at a time, in columns that stay in the nearest cache.
const BLOCK: usize = 256;
/// What disagrees by less counts as rounding, W/m2.
const CLOSED: f64 = 1e-6;

/// GHI, DNI and DHI (W/m2) held to 0 and [`possible_limits`], DNI also to 1.1 of a clear sky's where one is given (GHI and DHI may
/// exceed it beside a cloud). Where that changes one of them they are closed again, GHI = DNI cos z + DHI: GHI is believed first, then
/// DNI; DHI takes the rest of GHI as far as its limit lets it, DNI what is left, and only light that neither can take leaves GHI. BSRN lets night offsets down to -4 W/m2 pass; here they become 0.
/// With NaN in one component the others are held to their limits and nothing is closed; a bound that is NaN holds nothing.
#[inline(always)]
pub fn limit_components(
    ghi: f64,
    dni: f64,
    dhi: f64,
    zenith: f64,
    dni_extra: f64,
    clear: Option<&ClearSky>,
) -> LimitedComponents {
    let given = [ghi, dni, dhi];
    let now = limited(given, zenith, dni_extra, clear.map_or(f64::INFINITY, |clear| CLEAR_TOLERANCE * clear.dni));
    let [ghi, dni, dhi] = now;
    LimitedComponents { ghi, dni, dhi, repairs: repairs(given, now) }
}

/// GHI, DNI and DHI as [`limit_components`] holds them, with the most that a clear sky lets DNI be.
#[inline(always)]
fn limited(given: [f64; 3], zenith: f64, dni_extra: f64, clear_dni: f64) -> [f64; 3] {
    let [ghi_most, dni_most, dhi_most] = possible_limits(zenith, dni_extra);
    let held = |value: f64, most: f64| math::positive(if value > most { most } else { value });
    let [ghi, dni, dhi] = given;
    let (mut ghi, mut dni, mut dhi) = (held(ghi, ghi_most), held(held(dni, dni_most), clear_dni), held(dhi, dhi_most));
    let cos_z = math::positive(math::cos(zenith.to_radians()));
    // What is possible is left as it was measured, closed or not.
    if [ghi, dni, dhi] != given && (ghi - (dni * cos_z + dhi)).abs() > CLOSED {
        dhi = held(ghi - dni * cos_z, dhi_most);
        let beam = ghi - dhi;
        if cos_z > 0.0 && (beam - dni * cos_z).abs() > CLOSED {
            dni = held(held(beam / cos_z, dni_most), clear_dni);
        }
        let sum = dni * cos_z + dhi;
        if ghi - sum > CLOSED {
            ghi = sum;
        }
    }
    [ghi, dni, dhi]
}

/// What became of GHI, DNI and DHI.
#[inline(always)]
fn repairs(given: [f64; 3], now: [f64; 3]) -> [Option<Repair>; 3] {
    let repair = |component, k: usize| {
        let (from, to) = (given[k], now[k]);
        ((from - to).abs() > CLOSED).then_some(Repair { component, from, to })
    };
    [repair(Component::Ghi, 0), repair(Component::Dni, 1), repair(Component::Dhi, 2)]
}

/// What was put right in a component's column.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Repairs {
    /// Records that were changed.
    pub count: usize,
    /// Energy that they lost, Wh/m2.
    pub taken_wh_m2: f64,
    /// Energy that they gained, Wh/m2; of negative values it is what was lacking to zero.
    pub given_wh_m2: f64,
}

impl Repairs {
    #[inline(always)]
    fn count(&mut self, repair: Option<Repair>, step_h: f64) {
        let Some(Repair { from, to, .. }) = repair else { return };
        self.count += 1;
        self.taken_wh_m2 += math::positive(from - to) * step_h;
        self.given_wh_m2 += math::positive(to - from) * step_h;
    }
}

/// What [`limit_columns`] put right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LimitReport {
    /// In GHI.
    pub ghi: Repairs,
    /// In DNI.
    pub dni: Repairs,
    /// In DHI.
    pub dhi: Repairs,
}

/// The columns that belong to the three components in [`limit_columns`].
#[derive(Clone, Copy, Debug)]
pub struct LimitColumns<'a> {
    /// Zenith angle without refraction, degrees.
    pub zenith: &'a [f64],
    /// Extraterrestrial normal irradiance, W/m2.
    pub dni_extra: &'a [f64],
    /// The clear sky of each record.
    pub clear: Option<&'a [ClearSky]>,
    /// Hours of a record.
    pub step_h: f64,
}

/// [`limit_components`] over whole columns of GHI, DNI and DHI, W/m2, which it changes in place.
///
/// # Errors
///
/// [`Error::Length`] where the columns differ in length; nothing is changed then.
pub fn limit_columns(
    ghi: &mut [f64],
    dni: &mut [f64],
    dhi: &mut [f64],
    columns: &LimitColumns<'_>,
) -> Result<LimitReport> {
    let expected = ghi.len();
    for (name, found) in [
        ("dni", dni.len()),
        ("dhi", dhi.len()),
        ("zenith", columns.zenith.len()),
        ("dni_extra", columns.dni_extra.len()),
        ("clear", columns.clear.map_or(expected, <[ClearSky]>::len)),
    ] {
        if found != expected {
            return Err(Error::Length { name, found, expected });
        }
    }
    let mut report = LimitReport::default();
    for start in (0..expected).step_by(BLOCK) {
        let n = BLOCK.min(expected - start);
        let (mut now, mut clear_dni) = ([[0.0; BLOCK]; 3], [f64::INFINITY; BLOCK]);
        for (most, clear) in clear_dni.iter_mut().zip(columns.clear.map_or(&[][..], |clear| &clear[start..])) {
            *most = CLEAR_TOLERANCE * clear.dni;
        }
        math::vectorised(
            #[inline(always)]
            || {
                let (ghi, dni, dhi) = (&ghi[start..][..n], &dni[start..][..n], &dhi[start..][..n]);
                let (zenith, extra) = (&columns.zenith[start..][..n], &columns.dni_extra[start..][..n]);
                for i in 0..n {
                    let parts = limited([ghi[i], dni[i], dhi[i]], zenith[i], extra[i], clear_dni[i]);
                    [now[0][i], now[1][i], now[2][i]] = parts;
                }
            },
        );
        // Counted record by record, so that the sums are those of any block.
        for k in 0..n {
            let (i, now) = (start + k, [now[0][k], now[1][k], now[2][k]]);
            let [of_ghi, of_dni, of_dhi] = repairs([ghi[i], dni[i], dhi[i]], now);
            report.ghi.count(of_ghi, columns.step_h);
            report.dni.count(of_dni, columns.step_h);
            report.dhi.count(of_dhi, columns.step_h);
            [ghi[i], dni[i], dhi[i]] = now;
        }
    }
    Ok(report)
}
