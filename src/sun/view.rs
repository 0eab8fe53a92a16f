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
    pub(super) rho_cos: f64,
    pub(super) rho_sin: f64,
}

impl View {
    pub(super) fn new(site: &Site) -> Self {
        let (sin_lat, cos_lat) = math::sin_cos(site.latitude.to_radians());
        let (sin_lon, cos_lon) = math::sin_cos(site.longitude.to_radians());
        let (rho_cos, rho_sin) = observer(site);
        Self { sin_lat, cos_lat, sin_lon, cos_lon, rho_cos, rho_sin }
    }

    /// East, north, up from a vector to the east, towards the meridian on the equator, and along the Earth's axis.
    #[inline(always)]
    pub(super) fn horizontal(&self, [east, meridian, axial]: [f64; 3]) -> [f64; 3] {
        [east, self.cos_lat * axial - self.sin_lat * meridian, self.cos_lat * meridian + self.sin_lat * axial]
    }
}
