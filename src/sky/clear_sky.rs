//! Irradiance under a cloudless sky.

use crate::math;

/// Irradiance under a cloudless sky, W/m2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClearSky {
    /// Global horizontal irradiance.
    pub ghi: f64,
    /// Direct normal irradiance.
    pub dni: f64,
    /// Diffuse horizontal irradiance.
    pub dhi: f64,
}

/// Clear-sky irradiance from apparent zenith (degrees), absolute air mass, Linke turbidity, height (m) and
/// extraterrestrial normal irradiance (W/m2); 0 where the sun is below the horizon.
///
/// Ineichen & Perez, Solar Energy 73 (2002), 151, doi:10.1016/S0038-092X(02)00045-2, with the coefficients
/// that the field computes it with (Reno et al., SAND2012-2389).
#[inline(always)]
pub fn ineichen(
    apparent_zenith: f64,
    airmass_absolute: f64,
    linke_turbidity: f64,
    altitude_m: f64,
    dni_extra: f64,
) -> ClearSky {
    let cos_z = math::positive(math::cos(apparent_zenith.to_radians()));
    let (am, tl) = (airmass_absolute, linke_turbidity);
    // f_h1 = exp(−h/8000), f_h2 = exp(−h/1250)
    let fh1 = math::exp(-altitude_m / 8000.0);
    let fh2 = math::exp(-altitude_m / 1250.0);
    let cg1 = 5.09e-5 * altitude_m + 0.868;
    let cg2 = 3.92e-5 * altitude_m + 0.0387;
    // GHI = c_g1 E₀ cos Z exp(−c_g2 m (f_h1 + f_h2 (T_L − 1)))
    let night = am.is_nan();
    let transmitted = math::exp(-cg2 * am * (fh1 + fh2 * (tl - 1.0)));
    let ghi = cg1 * dni_extra * cos_z * if night { 0.0 } else { transmitted };
    // DNI = E₀ min(b exp(−0.09 m (T_L − 1)), GHI (1 − (0.1 − 0.2 exp(−T_L))/(0.1 + 0.882/f_h1)) / cos Z)
    let b = 0.664 + 0.163 / fh1;
    let beam = math::exp(-0.09 * am * (tl - 1.0));
    let direct = dni_extra * b * if night { 0.0 } else { beam };
    let share = math::positive(1.0 - (0.1 - 0.2 * math::exp(-tl)) / (0.1 + 0.882 / fh1));
    let limit = ghi * if cos_z > 0.0 { share / cos_z } else { 0.0 };
    let dni = if direct > limit { limit } else { direct };
    ClearSky { ghi, dni, dhi: ghi - dni * cos_z }
}
