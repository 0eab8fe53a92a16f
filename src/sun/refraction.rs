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
    const FACTOR: f64 = 0.01 / 1010.0 * 283.0 * 1.02 / 60.0;
    let (sin, cos) = math::sin_cos((elevation + 10.3 / (elevation + 5.11)).to_radians());
    let delta = FACTOR * pressure * cos / ((273.0 + temp_air) * sin);
    if elevation < -(SUN_RADIUS + atmospheric_refraction) { 0.0 } else { delta }
}

/// Direction (east, north, up) and zenith angle, degrees, of the apparent sun, from the direction of the true one.
#[inline(always)]
pub(crate) fn refracted([east, north, up]: [f64; 3], pressure: f64, temp_air: f64) -> ([f64; 3], f64) {
    let sin_e = if up > 1.0 { 1.0 } else { up };
    let elevation = math::asin(sin_e).to_degrees();
    let lift = refraction(elevation, pressure, temp_air, ATMOSPHERIC_REFRACTION);
    // The lift is some hundredths of a radian at most, so that short series give its sine and cosine.
    let delta = lift.to_radians();
    let d2 = delta * delta;
    let sin_d = delta * (1.0 - d2 / 6.0 * (1.0 - d2 / 20.0 * (1.0 - d2 / 42.0)));
    let cos_d = 1.0 - d2 / 2.0 * (1.0 - d2 / 12.0 * (1.0 - d2 / 30.0));
    let cos_e = (east * east + north * north).sqrt();
    // Refraction leaves the azimuth; in the zenith there is none to keep.
    let scale = cos_d - sin_d * (sin_e / if cos_e < 1e-9 { 1.0 } else { cos_e });
    ([east * scale, north * scale, sin_e * cos_d + cos_e * sin_d], 90.0 - (elevation + lift))
}
