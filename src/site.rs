//! Where a plant or a weather record stands.

use serde::{Deserialize, Serialize};

use crate::error::{Result, check_range};
use crate::math;

/// A place on Earth with its civil clock.
///
/// # Examples
/// ```
/// use rooftop_pv::Site;
/// let jinan = Site::new(36.68, 117.53, 80.0, 8.0)?;
/// assert_eq!(jinan.utc_offset_s(), 28_800);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Geodetic latitude, degrees, north positive, -90 to 90.
    pub latitude: f64,
    /// Longitude, degrees, east positive, -180 to 180.
    pub longitude: f64,
    /// Height above sea level, m.
    #[serde(default)]
    pub elevation_m: f64,
    /// Civil time's fixed offset from UTC, hours, east positive; no daylight saving.
    pub utc_offset_h: f64,
}

impl Site {
    /// A site whose values have been checked.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) names the first value that cannot be.
    pub fn new(latitude: f64, longitude: f64, elevation_m: f64, utc_offset_h: f64) -> Result<Self> {
        let site = Self { latitude, longitude, elevation_m, utc_offset_h };
        site.validate()?;
        Ok(site)
    }

    /// Checks every value against its range.
    ///
    /// # Errors
    /// As [`Site::new`].
    pub fn validate(&self) -> Result<()> {
        check_range("latitude", self.latitude, -90.0, 90.0, "degrees north")?;
        check_range("longitude", self.longitude, -180.0, 180.0, "degrees east")?;
        check_range("elevation_m", self.elevation_m, -450.0, 9000.0, "m")?;
        check_range("utc_offset_h", self.utc_offset_h, -12.0, 14.0, "hours")
    }

    /// The clock's offset from UTC in whole seconds.
    #[expect(clippy::cast_possible_truncation, reason = "validated to lie within a day")]
    pub fn utc_offset_s(&self) -> i32 {
        (self.utc_offset_h * 3600.0).round() as i32
    }

    /// Air pressure of the standard atmosphere at the site's height, Pa.
    pub fn pressure(&self) -> f64 {
        altitude_to_pressure(self.elevation_m)
    }

    /// Great-circle distance to another site, km, on a sphere of 6371.0088 km (IUGG mean radius).
    pub fn distance_km(&self, other: &Site) -> f64 {
        let (lat_a, lat_b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = 0.5 * (lat_b - lat_a);
        let half_lon = 0.5 * (other.longitude - self.longitude).to_radians();
        // h = sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2)
        let h = math::sin(half_lat) * math::sin(half_lat)
            + math::cos(lat_a) * math::cos(lat_b) * math::sin(half_lon) * math::sin(half_lon);
        2.0 * 6371.0088 * math::asin(h.clamp(0.0, 1.0).sqrt())
    }
}

/// Air pressure at a height above sea level, Pa; height in m.
///
/// U.S. Standard Atmosphere (1976) in the form used by the field (Portland State Aerospace Society 2004):
/// 15 degC at sea level, lapse rate 6.5 K/km.
#[inline(always)]
pub fn altitude_to_pressure(altitude_m: f64) -> f64 {
    // p = 100 ((44331.514 − h) / 11880.516)^(1/0.1902632)
    100.0 * math::powf((44331.514 - altitude_m) / 11880.516, 1.0 / 0.1902632)
}
