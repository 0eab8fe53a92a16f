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
pub fn refraction(elevation: f64, pressure: f64, temp_air: f64, atmospheric_refraction: f64) -> f64 {
    let sine_cosine = math::sin_cos(elevation.to_radians());
    refraction_at(elevation, sine_cosine, pressure, temp_air, atmospheric_refraction)
}

/// [`refraction`] where sine and cosine of the elevation are known too.
#[inline(always)]
fn refraction_at(elevation: f64, (sin_e, cos_e): (f64, f64), pressure: f64, temp_air: f64, horizon: f64) -> f64 {
    // Δe = (P/1010) (283/(273 + T)) 1.02 / (60 tan(e₀ + 10.3/(e₀ + 5.11))), P in mbar
    const FACTOR: f64 = 0.01 / 1010.0 * 283.0 * 1.02 / 60.0;
    let (sin_w, cos_w) = sin_cos_of_little((10.3 / (elevation + 5.11)).to_radians());
    let (sin, cos) = (sin_e * cos_w + cos_e * sin_w, cos_e * cos_w - sin_e * sin_w);
    let delta = FACTOR * pressure * cos / ((273.0 + temp_air) * sin);
    if elevation < -(SUN_RADIUS + horizon) { 0.0 } else { delta }
}

/// Sine and cosine of less than a twentieth of a radian, by their series: what is left out is below 1e-16.
#[inline(always)]
fn sin_cos_of_little(x: f64) -> (f64, f64) {
    let x2 = x * x;
    (
        x * (1.0 + x2 * ((-1.0 / 6.0) + x2 * ((1.0 / 120.0) - x2 * (1.0 / 5040.0)))),
        1.0 + x2 * (-0.5 + x2 * ((1.0 / 24.0) - x2 * ((1.0 / 720.0) - x2 * (1.0 / 40320.0)))),
    )
}

/// Direction (east, north, up) and zenith angle, degrees, of the apparent sun, from the direction of the true one.
#[inline(always)]
pub(super) fn refracted([east, north, up]: [f64; 3], pressure: f64, temp_air: f64) -> ([f64; 3], f64) {
    let sin_e = if up > 1.0 { 1.0 } else { up };
    let cos_e = (east * east + north * north).sqrt();
    let elevation = math::asin(sin_e).to_degrees();
    let lift = refraction_at(elevation, (sin_e, cos_e), pressure, temp_air, ATMOSPHERIC_REFRACTION);
    let (sin_d, cos_d) = sin_cos_of_little(lift.to_radians());
    // Refraction leaves the azimuth; in the zenith there is none to keep.
    let scale = cos_d - sin_d * (sin_e / if cos_e < 1e-9 { 1.0 } else { cos_e });
    ([east * scale, north * scale, sin_e * cos_d + cos_e * sin_d], 90.0 - (elevation + lift))
}
