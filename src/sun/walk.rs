//! Over a time axis in chunks: where the sun stands over a site, and which records have daylight.

use std::f64::consts::{PI, TAU};
use std::ops::Range;

use super::refraction::{ATMOSPHERIC_REFRACTION, SUN_RADIUS};
use super::spa::DAY_S;
use super::table::{LocalDay, SunTable, turn};
use super::view::View;
use crate::columns::WIDTH;
use crate::math;
use crate::site::Site;
use crate::time::SunAt;

/// The most records of a chunk: a month of hours. Its columns stay in the second-level cache; shorter chunks start the
/// reading of the weather anew too often.
pub(crate) const CHUNK: usize = 768;

/// Room for what is written behind a chunk's last record.
const ROOM: usize = CHUNK + WIDTH;

/// The sun is up in none of a record's interval, or in some of it; 2 is in all of it.
const DARK: u8 = 0;
const PARTLY_LIT: u8 = 1;

/// The sun without refraction over the records of one chunk.
pub(crate) struct Walk<'a> {
    table: &'a SunTable,
    view: View,
    horizon: Horizon,
    /// The day of the chunk's first record.
    day: usize,
    len: usize,
    pub(crate) east: [f64; ROOM],
    pub(crate) north: [f64; ROOM],
    pub(crate) up: [f64; ROOM],
    light: [u8; ROOM],
    edges: Edges,
}

/// Tells whether the sun's upper edge is up within a record's interval, in which the Earth turns on.
#[derive(Clone, Copy)]
struct Horizon {
    /// Sine of the elevation at which the upper edge of the refracted sun touches the horizon.
    sine: f64,
    cos_lat: f64,
    sin_lat: f64,
    /// The Earth's turning in half an interval, radians; 0 for momentary records.
    half_turn: f64,
    sin_turn: f64,
    cos_turn: f64,
}

#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[inline(always)]
fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

impl Horizon {
    fn new(view: &View, half_turn: f64) -> Self {
        // In a whole day the sun surely passes the meridian, whatever the last bit of π says.
        let (sin_turn, cos_turn) = if half_turn < PI { math::sin_cos(half_turn) } else { (0.0, -1.0) };
        Self {
            sine: math::sin(-(SUN_RADIUS + ATMOSPHERIC_REFRACTION).to_radians()),
            cos_lat: view.cos_lat,
            sin_lat: view.sin_lat,
            half_turn,
            sin_turn,
            cos_turn,
        }
    }

    /// Light of an interval from the sun's equatorial direction in its middle.
    #[inline(always)]
    fn light(&self, [east, meridian, axial]: [f64; 3]) -> u8 {
        // u(θ) = u₀ + cos φ (μ cos θ + e sin θ), u₀ = sin φ a, |θ| ≤ half a turn
        let (east, meridian, level) = (self.cos_lat * east, self.cos_lat * meridian, self.sin_lat * axial);
        let up = level + meridian;
        let at_ends = level + meridian * self.cos_turn;
        let swing = (east * self.sin_turn).abs();
        // Where it passes the meridian within, its highest is u₀ + cos φ √(μ² + e²): the root is never taken.
        let rise = self.sine - level;
        let arc2 = meridian * meridian + east * east;
        let (along, aside) = (self.sin_turn * meridian, self.cos_turn * east.abs());
        // Each of these is positive where what it says is true; larger and lesser stand for or and and.
        let passes_above = lesser(along - aside, arc2 - larger(rise, 0.0) * larger(rise, 0.0));
        let stays_above = larger(along + aside, lesser(rise, 0.0) * lesser(rise, 0.0) - arc2);
        let any = larger(larger(up, at_ends + swing) - self.sine, passes_above);
        let all = lesser(lesser(up, at_ends - swing) - self.sine, stays_above);
        u8::from(any >= 0.0) + u8::from(all >= 0.0)
    }

    /// How far the Earth turns from the middle of an interval to the middle of its sunlit part, radians; 0
    /// where the sun is not up at all.
    #[inline(always)]
    fn middle_of_sunlit_part(&self, [east, north, up]: [f64; 3]) -> f64 {
        let meridian = self.cos_lat * up - self.sin_lat * north;
        // cos φ (μ cos θ + e sin θ) = sin h₀ − u₀
        let reach = self.cos_lat * (meridian * meridian + east * east).sqrt();
        let transit = math::atan2(east, meridian);
        let cosine = (self.sine - (up - self.cos_lat * meridian)) / reach;
        let half_day = math::acos(larger(lesser(cosine, 1.0), -1.0));
        // The longest part of the interval within half a day's arc of a transit.
        let before = self.part_around(transit - TAU, half_day);
        let here = self.part_around(transit, half_day);
        let after = self.part_around(transit + TAU, half_day);
        longer(longer((0.0, 0.0), before), longer(here, after)).1
    }

    /// Length and middle of the part of the interval that lies within so much of a transit; a negative length is none.
    #[inline(always)]
    fn part_around(&self, transit: f64, reach: f64) -> (f64, f64) {
        let from = larger(transit - reach, -self.half_turn);
        let to = lesser(transit + reach, self.half_turn);
        (to - from, 0.5 * (from + to))
    }
}

/// Of two parts, each a length and a middle, the longer; the first where neither is.
#[inline(always)]
fn longer(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (if b.0 > a.0 { b.0 } else { a.0 }, if b.0 > a.0 { b.1 } else { a.1 })
}

impl<'a> Walk<'a> {
    pub(crate) fn new(table: &'a SunTable, site: &Site) -> Self {
        // Over half an interval only the Earth's turning matters for whether the sun is up.
        let half_turn = match table.axis().sun_at() {
            SunAt::Instant(_) => 0.0,
            SunAt::Sunlit | SunAt::Middle => 0.5 * TAU * f64::from(table.axis().step_s()) / DAY_S,
        };
        let view = View::new(site);
        let zero = [0.0; ROOM];
        Self {
            table,
            view,
            horizon: Horizon::new(&view, half_turn),
            day: 0,
            len: 0,
            east: zero,
            north: zero,
            up: zero,
            light: [DARK; ROOM],
            edges: Edges::new(),
        }
    }

    /// Takes the sun over the next records, no more than a chunk; they must follow the last ones.
    pub(crate) fn go(&mut self, records: Range<usize>) {
        self.len = records.len();
        math::vectorised(
            #[inline(always)]
            || {
                let mut record = records.start;
                while record < records.end {
                    while self.table.days()[self.day].records.end <= record {
                        self.day += 1;
                    }
                    let end = records.end.min(self.table.days()[self.day].records.end);
                    let within = record - records.start..end - records.start;
                    self.directions(record, within.clone());
                    if self.table.axis().sun_at() == SunAt::Sunlit {
                        self.collect_edges(record, within);
                    }
                    record = end;
                }
                self.move_edges();
            },
        );
    }

    /// Directions and light of the records of one day, of which the first is `record`.
    #[inline(always)]
    fn directions(&mut self, record: usize, within: Range<usize>) {
        let day = &self.table.days()[self.day];
        let (clock, slot) = self.table.clock_at(day, record);
        let (view, horizon, local) = (self.view, self.horizon, day.curve.over(&self.view));
        // Whole registers: what they write behind the day's last record is written again by the next day.
        for (i, slot) in within.step_by(WIDTH).zip((slot..).step_by(WIDTH)) {
            let [fraction, sin, cos] = clock.columns(slot);
            // Results of their own, of which the compiler knows that they overlap with nothing.
            let (mut east, mut north, mut up) = ([0.0; WIDTH], [0.0; WIDTH], [0.0; WIDTH]);
            let mut light = [DARK; WIDTH];
            for k in 0..WIDTH {
                let equatorial = local.equatorial(fraction[k], (sin[k], cos[k]));
                [east[k], north[k], up[k]] = view.horizontal(equatorial);
                light[k] = horizon.light(equatorial);
            }
            *lanes(&mut self.east, i) = east;
            *lanes(&mut self.north, i) = north;
            *lanes(&mut self.up, i) = up;
            *lanes(&mut self.light, i) = light;
        }
    }

    /// Notes the records of one day in which the sun rises or sets.
    #[inline(always)]
    fn collect_edges(&mut self, record: usize, within: Range<usize>) {
        for i in within.clone().step_by(WIDTH) {
            let last = within.end.min(i + WIDTH);
            if !lanes(&mut self.light, i).contains(&PARTLY_LIT) {
                continue;
            }
            for i in i..last {
                if self.light[i] == PARTLY_LIT {
                    let day = &self.table.days()[self.day];
                    let (clock, slot) = self.table.clock_at(day, record + (i - within.start));
                    let sun = [self.east[i], self.north[i], self.up[i]];
                    self.edges.push(i, day.curve.over(&self.view), clock.fraction(slot), sun);
                    if self.edges.len == EDGES {
                        self.move_edges();
                    }
                }
            }
        }
    }

    /// Moves the suns of collected records to the middle of the sunlit part of their intervals.
    #[inline(always)]
    fn move_edges(&mut self) {
        let Self { edges, view, horizon, .. } = self;
        let n = std::mem::take(&mut edges.len);
        // Whole registers here too; behind the last record stands what was there before.
        for first in (0..n).step_by(WIDTH) {
            let mut shift = [0.0; WIDTH];
            let [east, north, up, fraction] =
                [&edges.east, &edges.north, &edges.up, &edges.fraction].map(|column| of_lanes(column, first));
            for k in 0..WIDTH {
                // Between two records of a day the Earth turns once a day against the sun.
                shift[k] = horizon.middle_of_sunlit_part([east[k], north[k], up[k]]) * (1.0 / TAU);
            }
            let (mut east, mut north, mut up) = ([0.0; WIDTH], [0.0; WIDTH], [0.0; WIDTH]);
            let days = edges.day.each_ref().map(|column| of_lanes(column, first));
            for k in 0..WIDTH {
                let fraction = fraction[k] + shift[k];
                let equatorial = LocalDay::in_lane(&days, k).equatorial(fraction, turn(fraction));
                [east[k], north[k], up[k]] = view.horizontal(equatorial);
            }
            *lanes(&mut edges.east, first) = east;
            *lanes(&mut edges.north, first) = north;
            *lanes(&mut edges.up, first) = up;
        }
        for k in 0..n {
            let i = edges.position[k];
            (self.east[i], self.north[i], self.up[i]) = (edges.east[k], edges.north[k], edges.up[k]);
        }
    }

    /// The records of the chunk that have daylight, as runs within the chunk.
    pub(crate) fn runs(&self) -> Runs<'_> {
        Runs { light: &self.light[..self.len], next: 0 }
    }
}

/// The runs of records with daylight in a chunk, in order.
pub(crate) struct Runs<'a> {
    light: &'a [u8],
    next: usize,
}

impl Runs<'_> {
    /// The first record from `from` that is dark or not, or the chunk's end.
    #[inline(always)]
    fn first_from(&self, from: usize, dark: bool) -> usize {
        let mut i = from;
        // Eight records that are all of the other kind are passed at once.
        while let Some(eight) = self.light[i..].first_chunk::<8>()
            && if dark { eight.iter().all(|light| *light != DARK) } else { *eight == [DARK; 8] }
        {
            i += 8;
        }
        self.light[i..].iter().position(|&light| (light == DARK) == dark).map_or(self.light.len(), |length| i + length)
    }
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    #[inline(always)]
    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.first_from(self.next, false);
        self.next = self.first_from(start, true);
        (start < self.next).then_some(start..self.next)
    }
}

/// The lanes of a column from `i`.
#[inline(always)]
fn lanes<T, const N: usize>(column: &mut [T; N], i: usize) -> &mut [T; WIDTH] {
    column[i..].first_chunk_mut().expect("there is room for a whole register")
}

/// A copy of the lanes of a column from `i`.
#[inline(always)]
fn of_lanes<const N: usize>(column: &[f64; N], i: usize) -> [f64; WIDTH] {
    *column[i..].first_chunk().expect("there is room for a whole register")
}

/// Records in which the sun rises or sets that are worked on together.
const EDGES: usize = 64;

/// Their places in the chunk, their suns and their days, a column each.
struct Edges {
    len: usize,
    position: [usize; EDGES],
    fraction: [f64; EDGES],
    east: [f64; EDGES],
    north: [f64; EDGES],
    up: [f64; EDGES],
    day: [[f64; EDGES]; LocalDay::NUMBERS],
}

impl Edges {
    fn new() -> Self {
        let zero = [0.0; EDGES];
        Self {
            len: 0,
            position: [0; EDGES],
            fraction: zero,
            east: zero,
            north: zero,
            up: zero,
            day: [zero; LocalDay::NUMBERS],
        }
    }

    fn push(&mut self, position: usize, day: LocalDay, fraction: f64, [east, north, up]: [f64; 3]) {
        let k = self.len;
        self.position[k] = position;
        (self.fraction[k], self.east[k], self.north[k], self.up[k]) = (fraction, east, north, up);
        for (column, number) in self.day.iter_mut().zip(day.to_numbers()) {
            column[k] = number;
        }
        self.len += 1;
    }
}
