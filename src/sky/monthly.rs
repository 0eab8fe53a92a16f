//! Diffuse fractions of days and months, and how a day's light spreads over its hours.
//!
//! `kt` is the clearness index of the day or of the month's mean day: its irradiation over that above the atmosphere, 0 to 1.
//! NaN gives NaN.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_3, PI};

use crate::math;

/// Diffuse share of a month's irradiation: the curve of Liu & Jordan, Solar Energy 4 (1960), 1, doi:10.1016/0038-092X(60)90062-1, by the
/// polynomial of Klein, Solar Energy 19 (1977), 325, doi:10.1016/0038-092X(77)90001-9; meant for `kt` from 0.3 to 0.7.
#[inline(always)]
pub fn liu_jordan_monthly(kt: f64) -> f64 {
    // Hd/H = 1.390 − 4.027 K + 5.531 K² − 3.108 K³
    1.390 + kt * (-4.027 + kt * (5.531 + kt * -3.108))
}

/// Diffuse share of a month's irradiation after Page, Proceedings of the UN Conference on New Sources of Energy 4 (1961), 378; not below 0.
#[inline(always)]
pub fn page_monthly(kt: f64) -> f64 {
    // Hd/H = 1 − 1.13 K
    math::positive(1.0 - 1.13 * kt)
}

/// Diffuse share of a month's irradiation; `sunset` is the hour angle of sunset, degrees.
///
/// Collares-Pereira & Rabl, Solar Energy 22 (1979), 155, doi:10.1016/0038-092X(79)90100-2.
#[inline(always)]
pub fn collares_pereira_rabl_monthly(kt: f64, sunset: f64) -> f64 {
    let past_six = sunset.to_radians() - FRAC_PI_2;
    // Hd/H = 0.775 + 0.347 (ωₛ − π/2) − (0.505 + 0.261 (ωₛ − π/2)) cos(2 (K − 0.9))
    0.775 + 0.347 * past_six - (0.505 + 0.261 * past_six) * math::cos(2.0 * (kt - 0.9))
}

/// Diffuse share of a day's irradiation.
///
/// Collares-Pereira & Rabl, Solar Energy 22 (1979), 155, doi:10.1016/0038-092X(79)90100-2.
#[inline(always)]
pub fn collares_pereira_rabl_daily(kt: f64) -> f64 {
    // Hd/H = 0.99 to 0.17; a quartic to 0.75; 0.632 − 0.54 K to 0.80; 0.2 above
    let quartic = 1.188 + kt * (-2.272 + kt * (9.473 + kt * (-21.865 + kt * 14.648)));
    let share = if kt <= 0.17 { 0.99 } else { quartic };
    let share = if kt >= 0.75 { 0.632 - 0.54 * kt } else { share };
    if kt >= 0.80 { 0.2 } else { share }
}

/// Diffuse share of a month's irradiation, meant for `kt` from 0.3 to 0.8; `sunset` is the hour angle of sunset, degrees.
///
/// Erbs, Klein & Duffie, Solar Energy 28 (1982), 293, doi:10.1016/0038-092X(82)90302-4.
#[inline(always)]
pub fn erbs_monthly(kt: f64, sunset: f64) -> f64 {
    // Hd/H = 1.391 − 3.560 K + 4.189 K² − 2.137 K³ in winter, ωₛ ≤ 81.4°; 1.311 − 3.022 K + 3.427 K² − 1.821 K³ else
    let winter = 1.391 + kt * (-3.560 + kt * (4.189 + kt * -2.137));
    let summer = 1.311 + kt * (-3.022 + kt * (3.427 + kt * -1.821));
    let share = if sunset <= 81.4 { winter } else { summer };
    if sunset.is_nan() { f64::NAN } else { share }
}

/// Share of a day's diffuse irradiation in the hour around an hour angle, `r_d`; hour angles in degrees, 0 at noon. Zero at night,
/// NaN for a `sunset` that is not above 0 and at most 180.
///
/// Liu & Jordan, Solar Energy 4 (1960), 1, doi:10.1016/0038-092X(60)90062-1.
#[inline(always)]
pub fn hourly_diffuse_ratio(hour_angle: f64, sunset: f64) -> f64 {
    let (sin_s, cos_s) = math::sin_cos(sunset.to_radians());
    // r_d = π/24 (cos ω − cos ωₛ) / (sin ωₛ − ωₛ cos ωₛ)
    let ratio = PI / 24.0 * (math::cos(hour_angle.to_radians()) - cos_s) / (sin_s - sunset.to_radians() * cos_s);
    let ratio = if hour_angle.abs() >= sunset { 0.0 } else { ratio };
    if sunset > 0.0 && sunset <= 180.0 && !hour_angle.is_nan() { ratio } else { f64::NAN }
}

/// Share of a day's global irradiation in the hour around an hour angle, `r_t`; as [`hourly_diffuse_ratio`].
///
/// Collares-Pereira & Rabl, Solar Energy 22 (1979), 155, doi:10.1016/0038-092X(79)90100-2.
#[inline(always)]
pub fn hourly_global_ratio(hour_angle: f64, sunset: f64) -> f64 {
    let shift = math::sin(sunset.to_radians() - FRAC_PI_3);
    // r_t = r_d (a + b cos ω), a = 0.409 + 0.5016 sin(ωₛ − 60°), b = 0.6609 − 0.4767 sin(ωₛ − 60°)
    let (a, b) = (0.409 + 0.5016 * shift, 0.6609 - 0.4767 * shift);
    hourly_diffuse_ratio(hour_angle, sunset) * (a + b * math::cos(hour_angle.to_radians()))
}
