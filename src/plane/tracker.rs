//! Single-axis trackers. Angles in degrees.

use super::rows::{RowAxis, sun_direction};
use crate::math;

/// How a tracker is built and driven.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackerParameters {
    /// Tilt of the axis; it falls towards `axis_azimuth`.
    pub axis_tilt: f64,
    /// Azimuth of the axis, clockwise from north.
    pub axis_azimuth: f64,
    /// Least rotation, to the left of one who looks along the axis.
    pub min_angle: f64,
    /// Greatest rotation, to the right.
    pub max_angle: f64,
    /// Whether the rows turn back from the sun so as not to shade each other.
    pub backtrack: bool,
    /// Slant length of a row over the distance of two, above 0 and up to 1.
    pub gcr: f64,
    /// Slope from one axis to the next, from [`calc_cross_axis_tilt`]; positive where it falls to the right.
    pub cross_axis_tilt: f64,
}

impl Default for TrackerParameters {
    /// A level axis from south to north that turns all the way and back, rows 3.5 of their widths apart.
    fn default() -> Self {
        Self {
            axis_tilt: 0.0,
            axis_azimuth: 0.0,
            min_angle: -90.0,
            max_angle: 90.0,
            backtrack: true,
            gcr: 2.0 / 7.0,
            cross_axis_tilt: 0.0,
        }
    }
}

/// Where a tracker stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tracked {
    /// Rotation about the axis, right-handed; 0 is level where the axis is.
    pub tracker_theta: f64,
    /// Angle of incidence of the sun.
    pub aoi: f64,
    /// Tilt of the modules.
    pub surface_tilt: f64,
    /// Azimuth of the modules, 0 to 360.
    pub surface_azimuth: f64,
}

/// A tracker whose angles have been prepared, for many suns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleAxis {
    axis: RowAxis,
    /// Azimuth of a level surface, which has none of its own.
    level_azimuth: f64,
    min_angle: f64,
    max_angle: f64,
    backtrack: bool,
    /// Distance of two axes over the width of a row, and the sine and the cosine of the cross-axis tilt.
    axes_distance: f64,
    cross: (f64, f64),
    /// 1, or NaN where an angle or a distance that counts is NaN: comparisons forget it.
    known: f64,
}

/// An azimuth from 0 to below 360.
#[inline(always)]
fn wrapped(azimuth: f64) -> f64 {
    let turned = azimuth - 360.0 * (azimuth / 360.0).floor();
    if turned >= 360.0 { 0.0 } else { turned }
}

impl SingleAxis {
    /// Prepares a tracker.
    #[inline(always)]
    pub fn new(parameters: &TrackerParameters) -> Self {
        let cross = math::sin_cos(parameters.cross_axis_tilt.to_radians());
        let TrackerParameters { min_angle, max_angle, backtrack, gcr, cross_axis_tilt, .. } = *parameters;
        let unknown = min_angle.is_nan() || max_angle.is_nan() || backtrack && (gcr * cross_axis_tilt).is_nan();
        Self {
            axis: RowAxis::new(parameters.axis_tilt, parameters.axis_azimuth),
            level_azimuth: wrapped(parameters.axis_azimuth - 90.0),
            min_angle: parameters.min_angle,
            max_angle: parameters.max_angle,
            backtrack: parameters.backtrack,
            axes_distance: 1.0 / (parameters.gcr * cross.1),
            cross,
            known: if unknown { f64::NAN } else { 1.0 },
        }
    }

    /// Rotation for a sun of that direction (unit vector east, north, up); NaN below the horizon.
    #[inline(always)]
    pub fn rotation(&self, sun: [f64; 3]) -> f64 {
        let (x, z) = self.axis.project(sun);
        let ideal = math::atan2(x, z);
        // θ = ω − sign(ω) acos|cos(ω − β_c)/(g cos β_c)|, where rows would shade each other
        let (sin_c, cos_c) = self.cross;
        let length = (x * x + z * z).sqrt();
        let reach = (self.axes_distance * (z * cos_c + x * sin_c) / length).abs();
        let shading = self.backtrack && (reach < 1.0);
        let back = math::acos(if shading { reach } else { 1.0 });
        let theta = (ideal - back.copysign(ideal)).to_degrees();
        let theta = if theta < self.min_angle { self.min_angle } else { theta };
        let theta = if theta > self.max_angle { self.max_angle } else { theta };
        if sun[2] < 0.0 { f64::NAN } else { theta * self.known }
    }

    /// Unit normal (east, north, up) of the modules at a rotation.
    #[inline(always)]
    pub fn normal(&self, tracker_theta: f64) -> [f64; 3] {
        self.axis.normal(math::sin_cos(tracker_theta.to_radians()))
    }

    /// Tilt and azimuth of the modules by their normal; a level surface has the azimuth left of the axis.
    #[inline(always)]
    pub fn orientation(&self, [east, north, up]: [f64; 3]) -> (f64, f64) {
        let level = (east * east + north * north).sqrt();
        let tilt = math::atan2(level, up).to_degrees();
        let azimuth = wrapped(math::atan2(east, north).to_degrees());
        (tilt, if tilt == 0.0 { self.level_azimuth } else { azimuth })
    }

    /// Where the tracker stands under a sun of that direction (unit vector east, north, up); NaN below the horizon.
    #[inline(always)]
    pub fn follow(&self, sun: [f64; 3]) -> Tracked {
        let tracker_theta = self.rotation(sun);
        let normal = self.normal(tracker_theta);
        let (surface_tilt, surface_azimuth) = self.orientation(normal);
        let projection = normal[0] * sun[0] + normal[1] * sun[1] + normal[2] * sun[2];
        // Rounding may take a sun that is met squarely beyond 1.
        let aoi = math::acos(if projection > 1.0 { 1.0 } else { projection }).to_degrees();
        Tracked { tracker_theta, aoi, surface_tilt, surface_azimuth }
    }
}

/// Where a single-axis tracker stands under a sun; NaN where that is below the horizon, and for NaN in what counts: the rows' distance
/// and slope do so only where they turn back.
///
/// Lorenzo, Narvarte & Muñoz, Progress in Photovoltaics 19 (2011), 747, doi:10.1002/pip.1085; on slopes Anderson & Mikofski,
/// NREL/TP-5K00-76626 (2020), doi:10.2172/1660126.
#[inline(always)]
pub fn singleaxis(solar_zenith: f64, solar_azimuth: f64, parameters: &TrackerParameters) -> Tracked {
    SingleAxis::new(parameters).follow(sun_direction(solar_zenith, solar_azimuth))
}

/// Tilt and azimuth of modules turned by `tracker_theta` about an axis; a level surface has the azimuth left of the axis.
///
/// Marion & Dobos, NREL/TP-6A20-58891 (2013), doi:10.2172/1089596.
#[inline(always)]
pub fn calc_surface_orientation(tracker_theta: f64, axis_tilt: f64, axis_azimuth: f64) -> (f64, f64) {
    let tracker = SingleAxis::new(&TrackerParameters { axis_tilt, axis_azimuth, ..TrackerParameters::default() });
    tracker.orientation(tracker.normal(tracker_theta))
}

/// Tilt of an axis that lies on a slope; the slope falls towards `slope_azimuth`.
///
/// Anderson & Mikofski 2020, doi:10.2172/1660126, equations 18 and 19.
#[inline(always)]
pub fn calc_axis_tilt(slope_azimuth: f64, slope_tilt: f64, axis_azimuth: f64) -> f64 {
    // tan β_a = tan β_g cos(γ_a − γ_g)
    let (sin, cos) = math::sin_cos(slope_tilt.to_radians());
    let along = math::cos((axis_azimuth - slope_azimuth).to_radians());
    math::atan2(sin * along, cos).to_degrees()
}

/// Slope from one axis to the next of trackers on a slope, a rotation about the axis; positive where it falls to the right.
///
/// Anderson & Mikofski 2020, doi:10.2172/1660126.
#[inline(always)]
pub fn calc_cross_axis_tilt(slope_azimuth: f64, slope_tilt: f64, axis_azimuth: f64, axis_tilt: f64) -> f64 {
    // The line from axis to axis lies in the slope and is square to the axis: it runs along n_slope × axis, leftwards. Its rise
    // along the tracker's own upward direction, over its length, is the sine of the angle.
    let (sin_g, cos_g) = math::sin_cos(slope_tilt.to_radians());
    let (sin_a, cos_a) = math::sin_cos(axis_tilt.to_radians());
    let (sin_d, cos_d) = math::sin_cos((axis_azimuth - slope_azimuth).to_radians());
    // x to the right of the slope's fall, y down the fall, z up
    let slope = [0.0, sin_g, cos_g];
    let axis = [sin_d * cos_a, cos_d * cos_a, -sin_a];
    let line = [
        slope[1] * axis[2] - slope[2] * axis[1],
        slope[2] * axis[0] - slope[0] * axis[2],
        slope[0] * axis[1] - slope[1] * axis[0],
    ];
    let up = [sin_d * sin_a, cos_d * sin_a, cos_a];
    let rise = line[0] * up[0] + line[1] * up[1] + line[2] * up[2];
    let length = (line[0] * line[0] + line[1] * line[1] + line[2] * line[2]).sqrt();
    math::asin(rise / length).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_tracker_follows_and_turns_back() {
        let free = TrackerParameters { backtrack: false, ..TrackerParameters::default() };
        let at = |zenith, azimuth| singleaxis(zenith, azimuth, &free);
        assert_eq!(at(0.0, 180.0).surface_azimuth, 270.0);
        assert!((at(40.0, 90.0).tracker_theta - 40.0).abs() < 1e-13);
        assert!((at(40.0, 270.0).surface_azimuth - 270.0).abs() < 1e-12);
        assert!(at(90.1, 90.0).tracker_theta.is_nan() && at(95.0, 90.0).aoi.is_nan());
        // At the horizon rows that turn back lie flat.
        assert!(singleaxis(89.9999, 90.0, &TrackerParameters::default()).tracker_theta.abs() < 1e-3);
        // Rows that hardly cover the ground need not turn back.
        let lone = TrackerParameters { gcr: 1e-9, ..TrackerParameters::default() };
        assert!((singleaxis(89.0, 90.0, &lone).tracker_theta - 89.0).abs() < 1e-12);
    }

    #[test]
    fn azimuths_wrap() {
        for (azimuth, want) in [(-90.0, 270.0), (360.0, 0.0), (725.0, 5.0), (-1e-18, 0.0), (359.5, 359.5)] {
            assert_eq!(wrapped(azimuth), want);
        }
    }

    #[test]
    fn what_is_not_a_number_stays_so() {
        let nan = f64::NAN;
        let parameters = TrackerParameters::default();
        for tracked in [singleaxis(nan, 90.0, &parameters), singleaxis(40.0, nan, &parameters)] {
            let Tracked { tracker_theta, aoi, surface_tilt, surface_azimuth } = tracked;
            assert!([tracker_theta, aoi, surface_tilt, surface_azimuth].iter().all(|angle| angle.is_nan()));
        }
        for broken in [
            TrackerParameters { min_angle: nan, ..parameters },
            TrackerParameters { max_angle: nan, ..parameters },
            TrackerParameters { gcr: nan, ..parameters },
            TrackerParameters { cross_axis_tilt: nan, ..parameters },
        ] {
            assert!(singleaxis(40.0, 120.0, &broken).tracker_theta.is_nan(), "{broken:?}");
        }
        // Rows that do not turn back do not ask how far apart they are.
        let free = TrackerParameters { backtrack: false, gcr: nan, ..parameters };
        assert!((singleaxis(40.0, 90.0, &free).tracker_theta - 40.0).abs() < 1e-12);
        assert!(calc_axis_tilt(nan, 5.0, 0.0).is_nan() && calc_cross_axis_tilt(0.0, 5.0, nan, 0.0).is_nan());
    }
}
