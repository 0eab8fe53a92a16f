//! From the Earth to a site.

use super::spa::observer;
use crate::math;
use crate::site::Site;

/// Turns Earth-fixed directions into the site's east, north, up.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) sin_lat: f64,
    pub(super) cos_lat: f64,
    sin_lon: f64,
    cos_lon: f64,
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

    /// Unit vector (east, north, up) to the sun, with parallax and without refraction.
    #[inline(always)]
    pub(super) fn local(&self, [x, y, z]: [f64; 3], sin_xi: f64) -> [f64; 3] {
        // The hour angle is a rotation: (cos δ cos H, −cos δ sin H) from (x, y) by the longitude.
        let meridian = x * self.cos_lon + y * self.sin_lon;
        let east = y * self.cos_lon - x * self.sin_lon;
        // Parallax: the observer's own place is taken from the vector to the sun.
        let meridian = meridian - sin_xi * self.rho_cos;
        let axial = z - sin_xi * self.rho_sin;
        let up = self.cos_lat * meridian + self.sin_lat * axial;
        let north = self.cos_lat * axial - self.sin_lat * meridian;
        let scale = 1.0 / (east * east + north * north + up * up).sqrt();
        [east * scale, north * scale, up * scale]
    }
}
