//! How much air the light comes through.

use crate::math;

/// Relative optical air mass; apparent zenith angle in degrees. NaN where the sun is below the horizon.
///
/// Kasten & Young, Applied Optics 28 (1989), 4735, doi:10.1364/AO.28.004735.
#[inline(always)]
pub fn kasten_young_1989(solar_zenith: f64) -> f64 {
    kasten_young_with_cosine(solar_zenith, math::cos(solar_zenith.to_radians()))
}

/// [`kasten_young_1989`] where the cosine of the zenith angle is known too.
#[inline(always)]
pub fn kasten_young_with_cosine(solar_zenith: f64, cos_zenith: f64) -> f64 {
    let z = if solar_zenith > 90.0 { f64::NAN } else { solar_zenith };
    // m = 1 / (cos z + 0.50572 (6.07995 + 90 − z)^−1.6364)
    1.0 / (cos_zenith + 0.50572 * math::powf(6.07995 + (90.0 - z), -1.6364))
}

/// Air mass at the site's pressure (Pa) from the relative one at sea level.
#[inline(always)]
pub fn absolute_airmass(airmass_relative: f64, pressure: f64) -> f64 {
    airmass_relative * pressure / 101_325.0
}
