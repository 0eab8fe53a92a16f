//! The sun for a time axis, whatever the site: SPA every second day, cubics in between.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Datelike};

use super::nodes::{Node, SunNodes};
use super::spa::{DAY_S, days_since_j2000, mean_sidereal_time};
use super::view::View;
use crate::columns::WIDTH;
use crate::error::Result;
use crate::math;
use crate::site::Site;
use crate::time::TimeAxis;

/// Angle that the Earth turns against the stars in a day, radians.
const SIDEREAL_TURN: f64 = 360.98564736629 * (std::f64::consts::PI / 180.0);

/// Direction and parallax of the sun at every record of a time axis, seen from the Earth's centre.
///
/// It depends on the axis alone: build it once, share it (`Arc`) between all sites and planes. All
/// that SPA computes but the Earth's turning is slow, so SPA runs every second day, and a cubic a day
/// goes through its results; the difference from SPA in full is below 1e-6 degrees (see the tests).
#[derive(Clone, Debug)]
pub struct SunTable {
    axis: Arc<TimeAxis>,
    days: Vec<Day>,
    clocks: Vec<Clock>,
}

/// Consecutive records, a step apart, whose nominal instants share a UTC day.
#[derive(Clone, Debug)]
pub(super) struct Day {
    pub(super) records: Range<usize>,
    /// Day of the year, from 1.
    of_year: u32,
    /// The clock that its records keep, and the first of them on it.
    clock: usize,
    slot: usize,
    pub(super) curve: Curve,
}

/// The instants of a day's records, as they come back every day.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// How many there are.
    len: usize,
    /// Fraction of the day, with room behind the last for reading whole registers.
    fraction: Vec<f64>,
    /// Sine and cosine of the Earth's turning since midnight.
    sin: Vec<f64>,
    cos: Vec<f64>,
}

impl Clock {
    /// The clock whose first instant lies `phase` seconds after midnight, the others a `step` after one another.
    fn new(phase: f64, step: f64) -> Self {
        // The step is a whole part of a day, and the phase less than a step.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 1440")]
        let len = (DAY_S / step) as usize;
        let fraction: Vec<f64> = (0..len + WIDTH).map(|slot| (phase + slot as f64 * step) / DAY_S).collect();
        let (sin, cos) = fraction.iter().map(|fraction| turn(*fraction)).unzip();
        Self { len, fraction, sin, cos }
    }

    /// Fraction of the day, sine and cosine of the turn from this slot on.
    #[inline(always)]
    pub(super) fn columns(&self, slot: usize) -> [&[f64; WIDTH]; 3] {
        [&self.fraction, &self.sin, &self.cos]
            .map(|column| column[slot..].first_chunk().expect("a slot of this clock, behind which there is room"))
    }

    pub(super) fn fraction(&self, slot: usize) -> f64 {
        self.fraction[slot]
    }
}

/// Sine and cosine of the Earth's turning since midnight, at a fraction of the day.
#[inline(always)]
pub(super) fn turn(fraction: f64) -> (f64, f64) {
    math::sin_cos(SIDEREAL_TURN * fraction)
}

/// One day of the sun: cubics in the fraction of the day through the nodes around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Curve {
    /// Sine and cosine of Greenwich mean sidereal time at midnight.
    sin: f64,
    cos: f64,
    x: [f64; 4],
    y: [f64; 4],
    z: [f64; 4],
    /// The parallax changes so little that a line is enough.
    sin_xi: [f64; 2],
}

impl Curve {
    fn new([before, here, next, after]: [&Node; 4], (sin, cos): (f64, f64)) -> Self {
        let cubic = |c: usize| cubic_through([before[c], here[c], next[c], after[c]]);
        Self { sin, cos, x: cubic(0), y: cubic(1), z: cubic(2), sin_xi: [here[3], next[3] - here[3]] }
    }

    /// The same day as a site sees it.
    #[inline(always)]
    pub(super) fn over(&self, view: &View) -> LocalDay {
        let [z0, z1, z2, z3] = self.z;
        let [xi0, xi1] = self.sin_xi;
        LocalDay {
            // Local sidereal time ν₀ + λ
            sin: self.sin * view.cos_lon + self.cos * view.sin_lon,
            cos: self.cos * view.cos_lon - self.sin * view.sin_lon,
            x: self.x,
            y: self.y,
            // Parallax: the site's own place is taken from the vector to the sun.
            axial: [z0 - xi0 * view.rho_sin, z1 - xi1 * view.rho_sin, z2, z3],
            parallax: [xi0 * view.rho_cos, xi1 * view.rho_cos],
        }
    }
}

/// One day of the sun over a site.
#[derive(Clone, Copy, Debug)]
pub(super) struct LocalDay {
    /// Sine and cosine of local mean sidereal time at midnight.
    sin: f64,
    cos: f64,
    x: [f64; 4],
    y: [f64; 4],
    /// Along the Earth's axis, without the site's own place.
    axial: [f64; 4],
    /// The site's own place towards its meridian.
    parallax: [f64; 2],
}

impl LocalDay {
    /// How many numbers it is made of.
    pub(super) const NUMBERS: usize = 16;

    pub(super) fn to_numbers(self) -> [f64; Self::NUMBERS] {
        let Self { sin, cos, x: [x0, x1, x2, x3], y: [y0, y1, y2, y3], axial: [z0, z1, z2, z3], parallax: [p0, p1] } =
            self;
        [sin, cos, x0, x1, x2, x3, y0, y1, y2, y3, z0, z1, z2, z3, p0, p1]
    }

    /// The day whose numbers stand in one lane of so many columns.
    #[inline(always)]
    pub(super) fn in_lane(n: &[[f64; WIDTH]; Self::NUMBERS], k: usize) -> Self {
        Self {
            sin: n[0][k],
            cos: n[1][k],
            x: [n[2][k], n[3][k], n[4][k], n[5][k]],
            y: [n[6][k], n[7][k], n[8][k], n[9][k]],
            axial: [n[10][k], n[11][k], n[12][k], n[13][k]],
            parallax: [n[14][k], n[15][k]],
        }
    }

    /// Unit vector from the site to the sun without refraction, at a fraction of the day and the [`turn`] until then:
    /// to the east, towards the meridian on the equator, along the Earth's axis.
    #[inline(always)]
    pub(super) fn equatorial(&self, fraction: f64, (sin_turn, cos_turn): (f64, f64)) -> [f64; 3] {
        let squared = fraction * fraction;
        let cubic = |c: &[f64; 4]| (c[0] + fraction * c[1]) + squared * (c[2] + fraction * c[3]);
        let (x, y, axial) = (cubic(&self.x), cubic(&self.y), cubic(&self.axial));
        let (sin, cos) = (self.sin * cos_turn + self.cos * sin_turn, self.cos * cos_turn - self.sin * sin_turn);
        // The hour angle is a rotation: (cos δ cos H, −cos δ sin H) from (x, y) by the local sidereal time.
        let meridian = (x * cos + y * sin) - (self.parallax[0] + fraction * self.parallax[1]);
        let east = y * cos - x * sin;
        // 1/√(1 − ε) = 1 + ε/2 + 3ε²/8 + 5ε³/16 + …; parallax leaves ε below 1e-4, so the next term is below 3e-17.
        let epsilon = 1.0 - (east * east + (meridian * meridian + axial * axial));
        let scale = 1.0 + epsilon * (0.5 + epsilon * (0.375 + epsilon * 0.3125));
        [east * scale, meridian * scale, axial * scale]
    }
}

/// Coefficients of the cubic through values at -1, 0, 1, 2.
fn cubic_through([before, here, next, after]: [f64; 4]) -> [f64; 4] {
    let third = (after - before - 3.0 * (next - here)) / 6.0;
    let second = 0.5 * (before + next) - here;
    [here, next - here - second - third, second, third]
}

impl SunNodes {
    /// The table of an axis, from the nodes that are here and those that are still missing.
    pub fn table(&mut self, axis: impl Into<Arc<TimeAxis>>) -> SunTable {
        let axis = axis.into();
        let mut table = SunTable { days: Vec::with_capacity(axis.len() / 24 + 2), clocks: Vec::new(), axis };
        let mut numbers = table.find_days();
        // Stretches of days that follow one another share their midnights.
        let mut first = 0;
        while first < numbers.len() {
            let mut last = first;
            while last + 1 < numbers.len() && (0..=1).contains(&(numbers[last + 1] - numbers[last])) {
                last += 1;
            }
            let start = numbers[first] - 1;
            let nodes = self.midnights(start..numbers[last] + 3);
            let turns = sidereal_midnights(start..numbers[last] + 1);
            for (day, number) in table.days[first..=last].iter_mut().zip(&mut numbers[first..=last]) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the stretch")]
                let k = (*number - start) as usize;
                let [a, b, c, d] = [k - 1, k, k + 1, k + 2].map(|i| &nodes[i]);
                day.curve = Curve::new([a, b, c, d], turns[k]);
            }
            first = last + 1;
        }
        table
    }
}

/// Sine and cosine of Greenwich mean sidereal time at the midnights of days counted from 1970.
fn sidereal_midnights(days: Range<i64>) -> Vec<(f64, f64)> {
    let mut turns: Vec<(f64, f64)> =
        days.map(|day| (mean_sidereal_time(days_since_j2000(day as f64 * DAY_S)).to_radians(), 0.0)).collect();
    math::vectorised(
        #[inline(always)]
        || {
            for turn in &mut turns {
                *turn = math::sin_cos(turn.0);
            }
        },
    );
    turns
}

impl SunTable {
    /// The table of an axis, with delta T of each date from [`delta_t`](super::delta_t).
    pub fn new(axis: impl Into<Arc<TimeAxis>>) -> Self {
        SunNodes::new().table(axis)
    }

    /// The table of an axis with one delta T (TT - UT, s, -1000 to 10,000) for all records; pvlib takes 67.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) outside of that.
    pub fn with_delta_t(axis: impl Into<Arc<TimeAxis>>, delta_t_s: f64) -> Result<Self> {
        Ok(SunNodes::with_delta_t(delta_t_s)?.table(axis))
    }

    /// Lists the days without their curves; gives their numbers, counted from 1970.
    fn find_days(&mut self) -> Vec<i64> {
        let axis = Arc::clone(&self.axis);
        let (step, offset) = (f64::from(axis.step_s()), axis.sun_offset_s());
        let mut numbers: Vec<i64> = Vec::with_capacity(self.days.capacity());
        let mut known: HashMap<u64, usize> = HashMap::new();
        for span in axis.spans() {
            let begin = span.start as f64 + offset;
            let phase = begin - (begin / step).floor() * step;
            // An axis with many gaps may keep many clocks, so they are not searched one by one.
            let clock = *known.entry(phase.to_bits()).or_insert_with(|| {
                self.clocks.push(Clock::new(phase, step));
                self.clocks.len() - 1
            });
            let mut record = span.records.start;
            while record < span.records.end {
                let since = begin + (record - span.records.start) as f64 * step;
                let day = (since / DAY_S).floor();
                let midnight = day * DAY_S;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a day")]
                let slot = ((since - midnight) / step).floor() as usize;
                let end = span.records.end.min(record + self.clocks[clock].len - slot);
                #[expect(clippy::cast_possible_truncation, reason = "the axis lies within 1900 to 2200")]
                let number = day as i64;
                // The calendar is asked once a year, not once a day.
                let of_year = match (self.days.last(), numbers.last()) {
                    (Some(before), Some(&last)) if number == last => before.of_year,
                    (Some(before), Some(&last)) if number == last + 1 && before.of_year < 365 => before.of_year + 1,
                    _ => DateTime::from_timestamp(number * 86_400, 0).unwrap_or_default().ordinal(),
                };
                let curve = Curve::default();
                self.days.push(Day { records: record..end, of_year, clock, slot, curve });
                numbers.push(number);
                record = end;
            }
        }
        numbers
    }

    /// The axis that the table belongs to.
    pub fn axis(&self) -> &Arc<TimeAxis> {
        &self.axis
    }

    pub(super) fn days(&self) -> &[Day] {
        &self.days
    }

    /// A day's clock, and where on it a record of the day stands.
    #[inline(always)]
    pub(super) fn clock_at(&self, day: &Day, record: usize) -> (&Clock, usize) {
        (&self.clocks[day.clock], day.slot + (record - day.records.start))
    }

    /// Consecutive records that share a UTC day, and which day of the year that is (1 = 1 January); `index` counts
    /// such days from 0.
    #[inline(always)]
    pub(crate) fn day_of_year(&self, index: usize) -> (&Range<usize>, u32) {
        let day = &self.days[index];
        (&day.records, day.of_year)
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
                    let fraction = &self.clocks[day.clock].fraction[day.slot..day.slot + day.records.len()];
                    let (local, cos) = (day.curve.over(&view), &mut cos[day.records.clone()]);
                    for i in 0..cos.len() {
                        let fraction = fraction[i] + shift_s / DAY_S;
                        cos[i] = view.horizontal(local.equatorial(fraction, turn(fraction)))[2];
                    }
                }
            },
        );
        cos
    }
}
