//! To come.

use chrono::Datelike;

use crate::site::Site;
use crate::time::TimeAxis;

/// Stand-in until the real sun lands: a low-precision sun, good to about 0.3 degrees.
pub fn cos_zenith(axis: &TimeAxis, site: &Site, shift_s: f64) -> Vec<f64> {
    let (lat, lon) = (site.latitude.to_radians(), site.longitude.to_radians());
    let (sin_lat, cos_lat) = lat.sin_cos();
    let at = |i: usize| {
        let t = axis.starts().get(i).copied().unwrap_or(0) as f64 + axis.sun_offset_s() + shift_s;
        let n = t / 86400.0 - 10957.5;
        let g = (357.528 + 0.9856003 * n).to_radians();
        let ecliptic = (280.460 + 0.9856474 * n + 1.915 * g.sin() + 0.020 * (2.0 * g).sin()).to_radians();
        let tilt = (23.439 - 0.0000004 * n).to_radians();
        let ascension = (tilt.cos() * ecliptic.sin()).atan2(ecliptic.cos());
        let declination = (tilt.sin() * ecliptic.sin()).asin();
        let sidereal = (280.46062 + 360.98564737 * n).to_radians();
        let hour = sidereal + lon - ascension;
        sin_lat * declination.sin() + cos_lat * declination.cos() * hour.cos()
    };
    debug_assert!(axis.local(0).year() > 0);
    (0..axis.len()).map(at).collect()
}
