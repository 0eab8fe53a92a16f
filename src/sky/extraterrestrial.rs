//! Irradiance above the atmosphere.

use std::f64::consts::TAU;
use std::sync::LazyLock;

use crate::math;

/// Irradiance above the atmosphere at the mean distance, W/m2, as the published models were fitted with it.
pub const SOLAR_CONSTANT: f64 = 1366.1;

#[inline(always)]
fn day_angle(day_of_year: f64, offset: f64) -> f64 {
    TAU / 365.0 * (day_of_year - offset)
}

/// Extraterrestrial irradiance on a plane facing the sun, W/m2; `day_of_year` 1 to 366.
///
/// Spencer, Search 2 (1971), 172: a Fourier series in the day angle.
#[inline(always)]
pub fn extra_radiation_spencer(day_of_year: f64) -> f64 {
    let b = day_angle(day_of_year, 1.0);
    let ((sin_b, cos_b), (sin_2b, cos_2b)) = (math::sin_cos(b), math::sin_cos(2.0 * b));
    // (R₀/R)² = 1.00011 + 0.034221 cos B + 0.00128 sin B + 0.000719 cos 2B + 0.000077 sin 2B
    SOLAR_CONSTANT * (1.00011 + 0.034221 * cos_b + 0.00128 * sin_b + 0.000719 * cos_2b + 7.7e-5 * sin_2b)
}

/// [`extra_radiation_spencer`] of a whole day of the year, 1 to 366, computed once.
pub(crate) fn spencer_of_day(day_of_year: u32) -> f64 {
    static DAYS: LazyLock<[f64; 367]> =
        LazyLock::new(|| std::array::from_fn(|day| extra_radiation_spencer(day as f64)));
    DAYS[day_of_year.min(366) as usize]
}

/// Extraterrestrial irradiance on a plane facing the sun, W/m2; `day_of_year` 1 to 366.
///
/// ASCE standardized reference evapotranspiration equation (2005), doi:10.1061/9780784408056.
#[inline(always)]
pub fn extra_radiation_asce(day_of_year: f64) -> f64 {
    // (R₀/R)² = 1 + 0.033 cos(2π d/365)
    SOLAR_CONSTANT * (1.0 + 0.033 * math::cos(day_angle(day_of_year, 0.0)))
}
