//! What heat, night and the grid leave of an inverter's power.

use serde::{Deserialize, Serialize};

use crate::math;

/// AC power after what the inverter draws at night, in the unit of `pac`: `-night` where it gets less DC power than `start`, which it
/// needs to run.
///
/// King, Gonzalez, Galbraith & Boyson, SAND2007-5036 (2007), doi:10.2172/920449: the part of [`sandia`](super::sandia) that any other
/// model can take on.
#[inline(always)]
pub fn night_draw(pac: f64, pdc: f64, start: f64, night: f64) -> f64 {
    let power = if pdc < start { -night.abs() } else { pac };
    if pdc.is_nan() { f64::NAN } else { power }
}

/// A limit that falls in a straight line above a temperature.
///
/// As data sheets give it, and as SAM takes it for its inverters: a start and a slope (ssc, `SharedInverter`, temperature derate).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinearDerating {
    /// Air temperature up to which the inverter gives its rated power, degC.
    pub start: f64,
    /// Share of the rated power lost for each degree above, 1/K.
    pub slope: f64,
}

impl LinearDerating {
    /// Share of the rated power that the inverter can give at an air temperature, degC: 0 to 1.
    #[inline(always)]
    pub fn share(&self, temp_air: f64) -> f64 {
        // 1 − s (T − T₀), from 1 down to 0
        math::positive(1.0 - self.slope * math::positive(temp_air - self.start))
    }

    /// AC power, in the unit of `rated`, held to what heat leaves of the rated power. A power below that is not touched.
    #[inline(always)]
    pub fn limit(&self, pac: f64, rated: f64, temp_air: f64) -> f64 {
        held_to(pac, rated * self.share(temp_air))
    }
}

/// A limit that falls from point to point, as PVsyst's inverters have it: the greatest power up to a temperature, the nominal one up to
/// the next, then two points of reduced power.
///
/// PVsyst help, on the power of grid inverters by temperature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeratingCurve {
    /// Air temperature, degC, and power there, in any unit, the temperatures rising. Before the first and behind the last its power
    /// holds.
    #[serde(deserialize_with = "crate::lists::points")]
    pub points: [(f64, f64); 4],
}

impl DeratingCurve {
    /// The greatest power at an air temperature, degC, in the points' unit.
    #[inline(always)]
    pub fn power(&self, temp_air: f64) -> f64 {
        let mut power = self.points[0].1;
        for ends in self.points.windows(2) {
            let [(t0, p0), (t1, p1)] = [ends[0], ends[1]];
            // How far along this part, 0 to 1; a part of no length is a step.
            let along = math::positive((temp_air - t0) / (t1 - t0));
            let along = if along > 1.0 { 1.0 } else { along };
            let along = if t1 == t0 { f64::from(temp_air >= t0) } else { along };
            power += along * (p1 - p0);
        }
        if temp_air.is_nan() { f64::NAN } else { power }
    }

    /// AC power held to the greatest at an air temperature, degC.
    #[inline(always)]
    pub fn limit(&self, pac: f64, temp_air: f64) -> f64 {
        held_to(pac, self.power(temp_air))
    }
}

/// The lesser of two; NaN where either is.
#[inline(always)]
pub(super) fn held_to(power: f64, limit: f64) -> f64 {
    let held = if power > limit { limit } else { power };
    if limit.is_nan() { f64::NAN } else { held }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    #[test]
    fn a_dark_inverter_draws() {
        assert_eq!(night_draw(0.0, 0.0, 20.0, 1.5), -1.5);
        assert_eq!(night_draw(95.0, 100.0, 20.0, 1.5), 95.0);
        assert!(night_draw(0.0, NAN, 20.0, 1.5).is_nan() && night_draw(NAN, 50.0, 20.0, 1.5).is_nan());
    }

    #[test]
    fn heat_takes_from_the_top() {
        // 2.5 % a degree above 45 degC: at 51 degC 85 % are left, above 85 degC nothing.
        let heat = LinearDerating { start: 45.0, slope: 0.025 };
        for (air, share) in [(-20.0, 1.0), (45.0, 1.0), (51.0, 0.85), (85.0, 0.0), (90.0, 0.0)] {
            assert!((heat.share(air) - share).abs() < 1e-15, "{air}");
        }
        assert_eq!(heat.limit(50.0, 100.0, 51.0), 50.0);
        assert!((heat.limit(99.0, 100.0, 51.0) - 85.0).abs() < 1e-12);
        assert!(heat.limit(NAN, 100.0, 51.0).is_nan() && heat.limit(50.0, 100.0, NAN).is_nan());
    }

    #[test]
    fn a_curve_goes_through_its_points() {
        let curve = DeratingCurve { points: [(30.0, 110.0), (50.0, 100.0), (60.0, 50.0), (60.0, 0.0)] };
        for (air, power) in [(-10.0, 110.0), (30.0, 110.0), (40.0, 105.0), (50.0, 100.0), (55.0, 75.0), (59.9, 50.5)] {
            assert!((curve.power(air) - power).abs() < 1e-12, "{air}: {}", curve.power(air));
        }
        assert_eq!(curve.power(60.0), 0.0);
        assert_eq!(curve.limit(120.0, 80.0), 0.0);
        assert!(curve.limit(1.0, NAN).is_nan());
    }
}
