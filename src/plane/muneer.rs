//! Muneer's sky, as PVGIS takes it to a tilted plane.

use std::f64::consts::PI;

use super::Plane;
use crate::math;

/// Height of the sun below which its light around counts by another formula, rad.
const LOW_SUN: f64 = 0.1;
const SIN_LOW_SUN: f64 = 0.09983341664682815;
/// Muneer's N of a plane that the sun does not reach.
const IN_SHADE: f64 = 0.25227;

/// Sky diffuse irradiance on a plane, W/m2, from the share of direct light on the horizontal in that outside of the atmosphere;
/// irradiance in W/m2, `aoi_projection` the cosine of the sun's incidence on the plane. A plane that the sun does not reach has an
/// even sky of its own; with the sun below the horizon there is none other.
///
/// Muneer, Solar Radiation and Daylight Models (2004); for low sun Muneer 1990, with the modifications of Hofierka & Suri, The
/// solar radiation model for open source GIS (2002), as PVGIS computes it (Huld et al., Solar Energy 86 (2012), 1803,
/// doi:10.1016/j.solener.2012.03.006).
#[inline(always)]
pub fn muneer(plane: &Plane, dhi: f64, dni: f64, dni_extra: f64, cos_zenith: f64, aoi_projection: f64) -> f64 {
    let [x, y, cos_tilt] = plane.normal;
    let sin_tilt = (x * x + y * y).sqrt();
    let tilt = plane.surface_tilt.to_radians();
    // K_b = BHI/G₀ sin h: the horizontal takes the same part of both
    let kb = dni / dni_extra;
    // N = 0.00263 − 0.712 K_b − 0.6883 K_b²
    let n = 0.00263 - kb * (0.712 + 0.6883 * kb);
    let reached = aoi_projection > 0.0 && cos_zenith > 0.0;
    let n = if reached { n } else { IN_SHADE };
    // F = (1 + cos β)/2 + N (sin β − β cos β − π sin²(β/2))
    let sky = plane.sky_view() + n * (sin_tilt - tilt * cos_tilt - PI * plane.ground_view());
    // Around the sun: cos θ/sin h, for a low sun sin β cos(A − γ)/(0.1 − 0.008 h)
    let sin_zenith = (1.0 - cos_zenith * cos_zenith).sqrt();
    let height = math::asin(if cos_zenith < SIN_LOW_SUN { math::positive(cos_zenith) } else { SIN_LOW_SUN });
    let along = (aoi_projection - cos_tilt * cos_zenith) / sin_zenith;
    let low = along / (LOW_SUN - 0.008 * height);
    let around = if cos_zenith >= SIN_LOW_SUN { aoi_projection / cos_zenith } else { low };
    let lit = sky * (1.0 - kb) + kb * around;
    let diffuse = math::positive(dhi * if reached { lit } else { sky });
    // The comparisons forget an incidence that is not a number.
    let known = dhi + dni + dni_extra + cos_zenith + aoi_projection;
    if known.is_nan() { f64::NAN } else { diffuse }
}
