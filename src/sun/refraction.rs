//! The air bends the light of a low sun upwards.

use crate::math;

/// Refraction at sunrise and sunset that SPA assumes, degrees.
pub const ATMOSPHERIC_REFRACTION: f64 = 0.5667;
/// Half the sun's apparent width, degrees.
pub const SUN_RADIUS: f64 = 0.26667;

/// Refraction to add to an elevation, degrees; elevation in degrees, pressure in Pa, temperature in degC.
///
/// SPA step 3.14 (after Meeus 1998); 0 where the whole sun is below the horizon, that is below
/// -(0.26667 + `atmospheric_refraction`) degrees.
#[inline(always)]
pub fn refraction(elevation: f64, pressure: f64, temp_air: f64, atmospheric_refraction: f64) -> f64 {
    // Δe = (P/1010) (283/(273 + T)) 1.02 / (60 tan(e₀ + 10.3/(e₀ + 5.11))), P in mbar
    let bent = math::tan((elevation + 10.3 / (elevation + 5.11)).to_radians());
    let delta = pressure * 0.01 / 1010.0 * (283.0 / (273.0 + temp_air)) * 1.02 / (60.0 * bent);
    if elevation < -(SUN_RADIUS + atmospheric_refraction) { 0.0 } else { delta }
}
