//! From the Earth to a site.

use super::spa::observer;
use crate::math;
use crate::site::Site;

/// Turns Earth-fixed directions into the site's east, north, up.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) sin_lat: f64,
    pub(super) cos_lat: f64,
    pub(super) sin_lon: f64,
    pub(super) cos_lon: f64,
    /// The site in the meridian plane, equatorial radii.
    rho_cos: f64,
    rho_sin: f64,
}

impl View {
    pub(super) fn new(site: &Site) -> Self {
        let (sin_lat, cos_lat) = math::sin_cos(site.latitude.to_radians());
        let (sin_lon, cos_lon) = math::sin_cos(site.longitude.to_radians());
        let (rho_cos, rho_sin) = observer(site);
        Self { sin_lat, cos_lat, sin_lon, cos_lon, rho_cos, rho_sin }
    }

    /// Unit vector (east, north, up) to the sun, with parallax and without refraction, from the geocentric unit
    /// vector's parts towards the site's meridian, the east, and along the Earth's axis.
    #[inline(always)]
    pub(super) fn local(&self, meridian: f64, east: f64, axial: f64, sin_xi: f64) -> [f64; 3] {
        // Parallax: the observer's own place is taken from the vector to the sun.
        let meridian = meridian - sin_xi * self.rho_cos;
        let axial = axial - sin_xi * self.rho_sin;
        let up = self.cos_lat * meridian + self.sin_lat * axial;
        let north = self.cos_lat * axial - self.sin_lat * meridian;
        // 1/√(1 − ε) = 1 + ε/2 + 3ε²/8 + 5ε³/16 + …; parallax leaves ε below 1e-4, so the next term is below 3e-17.
        let epsilon = 1.0 - (east * east + (meridian * meridian + axial * axial));
        let scale = 1.0 + epsilon * (0.5 + epsilon * (0.375 + epsilon * 0.3125));
        [east * scale, north * scale, up * scale]
    }
}
