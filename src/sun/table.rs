//! The sun for a time axis, whatever the site: SPA once a day, interpolation for every record.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Datelike};

use super::delta_t::delta_t;
use super::spa::{DAY_S, PARALLAX_1AU, days_since_j2000, geocentric, mean_sidereal_time};
use super::view::View;
use crate::math;
use crate::site::Site;
use crate::time::TimeAxis;

/// Degrees that the Earth turns against the stars in a day.
const SIDEREAL_RATE: f64 = 360.98564736629;

/// Direction and parallax of the sun at every record of a time axis, seen from the Earth's centre.
///
/// It depends on the axis alone: build it once, share it (`Arc`) between all sites and planes. All
/// that SPA computes but the Earth's turning is slow, so SPA runs at nodes a day apart and a cubic
/// goes through them; the difference from SPA in full is below 1e-6 degrees (see the tests).
#[derive(Debug)]
pub struct SunTable {
    pub(super) axis: Arc<TimeAxis>,
    /// Unit vectors at the nominal instants: x to the meridian of Greenwich, y to 90 degrees east, z north.
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) z: Vec<f64>,
    /// Sine of the sun's horizontal parallax.
    pub(super) sin_xi: Vec<f64>,
    pub(super) days: Vec<Day>,
}

/// Consecutive records whose nominal instants share a UTC day.
#[derive(Clone, Debug)]
pub(super) struct Day {
    pub(super) records: Range<usize>,
    /// Its midnight, Unix seconds.
    pub(super) midnight: f64,
    /// Day of the year, from 1.
    of_year: u32,
    curve: Curve,
}

/// Cubics through four nodes: the equatorial direction, the parallax, the equation of the equinoxes.
#[derive(Clone, Copy, Debug)]
struct Curve {
    sidereal_midnight: f64,
    coefficients: [[f64; 4]; 5],
}

impl Curve {
    /// Earth-fixed direction and sine of parallax at a fraction of the day.
    #[inline(always)]
    fn at(&self, fraction: f64) -> ([f64; 3], f64) {
        let cubic = |c: &[f64; 4]| c[0] + fraction * (c[1] + fraction * (c[2] + fraction * c[3]));
        let [x, y, z, sin_xi, equinoxes] = self.coefficients.each_ref().map(cubic);
        // The Greenwich hour angle as a rotation about the pole: ν = ν₀ + 360.98564736629° f + Δψ cos ε
        let sidereal_time = self.sidereal_midnight + SIDEREAL_RATE * fraction + equinoxes;
        let (sin, cos) = math::sin_cos(sidereal_time.to_radians());
        ([x * cos + y * sin, y * cos - x * sin, z], sin_xi)
    }
}

/// Coefficients of the cubic through values at -1, 0, 1, 2.
fn cubic_through([before, here, next, after]: [f64; 4]) -> [f64; 4] {
    let third = (after - before - 3.0 * (next - here)) / 6.0;
    let second = 0.5 * (before + next) - here;
    [here, next - here - second - third, second, third]
}

impl SunTable {
    /// The table of an axis, with delta T of each date from [`delta_t`].
    pub fn new(axis: impl Into<Arc<TimeAxis>>) -> Self {
        Self::build(axis.into(), |midnight| delta_t(2000.0 + days_since_j2000(midnight) / 365.25))
    }

    /// The table of an axis with one delta T (TT - UT, s) for all records; pvlib takes 67.
    pub fn with_delta_t(axis: impl Into<Arc<TimeAxis>>, delta_t_s: f64) -> Self {
        Self::build(axis.into(), |_| delta_t_s)
    }

    fn build(axis: Arc<TimeAxis>, delta_t: impl Fn(f64) -> f64) -> Self {
        let n = axis.len();
        let offset = axis.sun_offset_s();
        let instants: Vec<f64> = axis.starts().iter().map(|&start| start as f64 + offset).collect();

        let mut spans: Vec<(f64, Range<usize>)> = Vec::with_capacity(n / 24 + 2);
        for (i, t) in instants.iter().enumerate() {
            match spans.last_mut() {
                Some((midnight, records)) if (0.0..DAY_S).contains(&(t - *midnight)) => records.end = i + 1,
                _ => spans.push(((t / DAY_S).floor() * DAY_S, i..i + 1)),
            }
        }

        // Whole days since 1970, so that neighbours share their nodes.
        #[expect(clippy::cast_possible_truncation, reason = "the axis lies within 1900 to 2200")]
        let day_number = |midnight: f64| (midnight / DAY_S) as i64;
        let wanted: BTreeSet<i64> =
            spans.iter().flat_map(|(midnight, _)| (-1..=2).map(move |k| day_number(*midnight) + k)).collect();
        let wanted: Vec<i64> = wanted.into_iter().collect();
        let mut nodes = vec![[0.0; 5]; wanted.len()];
        math::vectorised(
            #[inline(always)]
            || {
                for (node, &day) in nodes.iter_mut().zip(&wanted) {
                    let midnight = day as f64 * DAY_S;
                    let sun = geocentric(midnight, delta_t(midnight));
                    let [x, y, z] = sun.direction;
                    *node = [x, y, z, math::sin(PARALLAX_1AU / sun.distance_au), sun.equation_of_equinoxes];
                }
            },
        );

        let mut table = Self {
            axis,
            x: vec![0.0; n],
            y: vec![0.0; n],
            z: vec![0.0; n],
            sin_xi: vec![0.0; n],
            days: Vec::with_capacity(spans.len()),
        };
        let mut first = 0;
        for (midnight, records) in spans {
            let before = day_number(midnight) - 1;
            // Days mostly follow one another, so the node is the next one or is searched.
            if wanted.get(first) != Some(&before) {
                first = wanted.partition_point(|&day| day < before);
            }
            let four = &nodes[first..first + 4];
            let coefficients = std::array::from_fn(|k| cubic_through([four[0][k], four[1][k], four[2][k], four[3][k]]));
            let sidereal_midnight = mean_sidereal_time(days_since_j2000(midnight));
            let curve = Curve {
                sidereal_midnight: sidereal_midnight - 360.0 * (sidereal_midnight / 360.0).floor(),
                coefficients,
            };
            let of_year = DateTime::from_timestamp(day_number(midnight) * 86_400, 0).unwrap_or_default().ordinal();
            table.days.push(Day { records, midnight, of_year, curve });
            first += 1;
        }
        let Self { x, y, z, sin_xi, days, .. } = &mut table;
        math::vectorised(
            #[inline(always)]
            || {
                for day in days {
                    let Range { start, end } = day.records.clone();
                    let (x, y, z) = (&mut x[start..end], &mut y[start..end], &mut z[start..end]);
                    let sin_xi = &mut sin_xi[start..end];
                    let instants = &instants[start..end];
                    for i in 0..instants.len() {
                        ([x[i], y[i], z[i]], sin_xi[i]) = day.curve.at((instants[i] - day.midnight) / DAY_S);
                    }
                }
            },
        );
        table
    }

    /// The axis that the table belongs to.
    pub fn axis(&self) -> &Arc<TimeAxis> {
        &self.axis
    }

    /// Day of the year in UTC (1 = 1 January) of consecutive records, in order.
    pub(crate) fn days_of_year(&self) -> impl Iterator<Item = (Range<usize>, u32)> + '_ {
        self.days.iter().map(|day| (day.records.clone(), day.of_year))
    }

    /// Direction and sine of parallax at `shift_s` seconds from a record's nominal instant.
    #[inline(always)]
    pub(super) fn shifted(&self, day: &Day, record: usize, shift_s: f64) -> ([f64; 3], f64) {
        let instant = self.axis.starts()[record] as f64 + self.axis.sun_offset_s() + shift_s;
        day.curve.at((instant - day.midnight) / DAY_S)
    }

    /// Cosine of the zenith angle, without refraction, at `shift_s` seconds from every record's nominal
    /// instant (within a day of it).
    pub fn cos_zenith(&self, site: &Site, shift_s: f64) -> Vec<f64> {
        let view = View::new(site);
        let mut cos = vec![0.0; self.axis.len()];
        math::vectorised(
            #[inline(always)]
            || {
                for day in &self.days {
                    for record in day.records.clone() {
                        let (direction, sin_xi) = self.shifted(day, record, shift_s);
                        cos[record] = view.local(direction, sin_xi)[2];
                    }
                }
            },
        );
        cos
    }
}
