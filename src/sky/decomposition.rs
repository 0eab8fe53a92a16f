//! Direct and diffuse from global irradiance.

use crate::math;

/// Global irradiance taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposed {
    /// Direct normal irradiance, W/m2.
    pub dni: f64,
    /// Diffuse horizontal irradiance, W/m2.
    pub dhi: f64,
    /// Clearness index, 0 to 1.
    pub kt: f64,
}

/// DNI and DHI from GHI (W/m2), zenith angle without refraction (degrees) and extraterrestrial normal
/// irradiance (W/m2).
///
/// Erbs, Klein & Duffie, Solar Energy 28 (1982), 293, doi:10.1016/0038-092X(82)90302-4. The zenith's cosine
/// counts as at least 0.065, the clearness as at most 1; beyond a zenith of 87 degrees all light
/// is diffuse. Near the horizon the DNI may still exceed what the sky can give: the caller limits it.
#[inline(always)]
pub fn erbs(ghi: f64, zenith: f64, dni_extra: f64) -> Decomposed {
    let cos_z = math::cos(zenith.to_radians());
    // kₜ = GHI / (E₀ cos Z)
    let kt = ghi / (dni_extra * if cos_z < 0.065 { 0.065 } else { cos_z });
    let kt = math::positive(if kt > 1.0 { 1.0 } else { kt });
    // DHI/GHI = 1 − 0.09 kₜ below 0.22; a quartic to 0.8; 0.165 above
    let quartic = 0.9511 + kt * (-0.1604 + kt * (4.388 + kt * (-16.638 + kt * 12.336)));
    let fraction = if kt > 0.8 { 0.165 } else { quartic };
    let fraction = if kt <= 0.22 { 1.0 - 0.09 * kt } else { fraction };
    let dhi = fraction * ghi;
    let dni = (ghi - dhi) / cos_z;
    let bad = zenith > 87.0 || ghi < 0.0 || dni < 0.0;
    Decomposed { dni: if bad { 0.0 } else { dni }, dhi: if bad { ghi } else { dhi }, kt }
}
