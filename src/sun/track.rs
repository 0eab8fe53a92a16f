//! The sun over one site: where it stood at every record with daylight.

use std::f64::consts::TAU;
use std::ops::Range;
use std::sync::Arc;

use super::refraction::{ATMOSPHERIC_REFRACTION, SUN_RADIUS, refraction};
use super::spa::DAY_S;
use super::table::SunTable;
use super::view::View;
use crate::error::{Error, Result};
use crate::math;
use crate::site::Site;
use crate::time::{SunAt, Values};

/// Consecutive records with daylight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaylightRun {
    /// The records on the axis.
    pub records: Range<usize>,
    /// The first of them on the track.
    pub first: usize,
}

/// The apparent sun over one site at every record with daylight, in the order of the axis.
///
/// A record has daylight when the sun's upper edge is above the horizon (-0.8333 degrees, as SPA counts
/// sunrise) in any part of its interval; for momentary records, at their instant. Columns are as
/// long as there is daylight; [`SunTrack::runs`] says which records they belong to.
#[derive(Clone, Debug)]
pub struct SunTrack {
    site: Site,
    table: Arc<SunTable>,
    runs: Vec<DaylightRun>,
    east: Vec<f64>,
    north: Vec<f64>,
    up: Vec<f64>,
    zenith: Vec<f64>,
}

impl SunTrack {
    /// The track of a site; air pressure (Pa) and temperature (degC) bend the light of a low sun.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an impossible site, [`Error::Length`] for a series of another length
    /// than the axis.
    pub fn new(table: &Arc<SunTable>, site: &Site, pressure: Values<'_>, temp_air: Values<'_>) -> Result<Self> {
        let mut track = Self {
            site: *site,
            table: Arc::clone(table),
            runs: Vec::new(),
            east: Vec::new(),
            north: Vec::new(),
            up: Vec::new(),
            zenith: Vec::new(),
        };
        track.renew(table, site, pressure, temp_air)?;
        Ok(track)
    }

    /// Takes the track of another site (or table) in the memory of this one: for long loops over sites, where
    /// fresh memory would cost more than the sun. After an error the track is as it was.
    ///
    /// # Errors
    /// As [`SunTrack::new`].
    pub fn renew(
        &mut self,
        table: &Arc<SunTable>,
        site: &Site,
        pressure: Values<'_>,
        temp_air: Values<'_>,
    ) -> Result<()> {
        site.validate()?;
        let axis = table.axis();
        for (name, values) in [("pressure", pressure), ("temp_air", temp_air)] {
            if let Values::Series(series) = values
                && series.len() != axis.len()
            {
                return Err(Error::Length { name, found: series.len(), expected: axis.len() });
            }
        }
        self.site = *site;
        self.table = Arc::clone(table);
        self.runs.clear();
        for column in [&mut self.east, &mut self.north, &mut self.up, &mut self.zenith] {
            column.clear();
            column.reserve(axis.len() * 9 / 16);
        }
        let mut block = Block::new(table, site);
        math::vectorised(
            #[inline(always)]
            || {
                for first in (0..axis.len()).step_by(BLOCK) {
                    let n = BLOCK.min(axis.len() - first);
                    block.directions(table, first, n);
                    if axis.sun_at() == SunAt::Sunlit {
                        block.sunlit_middles(table, first, n);
                    }
                    let kept = block.keep_daylight(first, n, pressure, temp_air, &mut self.runs);
                    block.refract(kept);
                    self.east.extend_from_slice(&block.east[..kept]);
                    self.north.extend_from_slice(&block.north[..kept]);
                    self.up.extend_from_slice(&block.up[..kept]);
                    self.zenith.extend_from_slice(&block.zenith[..kept]);
                }
            },
        );
        Ok(())
    }

    /// Where the track was taken.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The table it was taken from.
    pub fn table(&self) -> &Arc<SunTable> {
        &self.table
    }

    /// Runs of records with daylight, in order.
    pub fn runs(&self) -> &[DaylightRun] {
        &self.runs
    }

    /// How many records have daylight.
    pub fn len(&self) -> usize {
        self.up.len()
    }

    /// Whether the sun never rises.
    pub fn is_empty(&self) -> bool {
        self.up.is_empty()
    }

    /// East component of the unit vector to the apparent sun.
    pub fn east(&self) -> &[f64] {
        &self.east
    }

    /// North component of the unit vector to the apparent sun.
    pub fn north(&self) -> &[f64] {
        &self.north
    }

    /// Up component of the unit vector to the apparent sun: the cosine of the apparent zenith angle.
    pub fn cos_zenith(&self) -> &[f64] {
        &self.up
    }

    /// Apparent zenith angle, degrees.
    pub fn solar_zenith(&self) -> &[f64] {
        &self.zenith
    }

    /// Apparent azimuth, degrees clockwise from north, 0 to 360.
    pub fn solar_azimuth(&self) -> Vec<f64> {
        let azimuth = |(&east, &north): (&f64, &f64)| {
            let degrees = math::atan2(east, north).to_degrees();
            if degrees < 0.0 { degrees + 360.0 } else { degrees }
        };
        self.east.iter().zip(&self.north).map(azimuth).collect()
    }

    /// The values of the records with daylight, from those of all records; `some` is cleared first.
    ///
    /// # Panics
    /// When `all` is shorter than the axis.
    pub fn select_into(&self, all: &[f64], some: &mut Vec<f64>) {
        some.clear();
        some.reserve(self.len());
        for run in &self.runs {
            some.extend_from_slice(&all[run.records.clone()]);
        }
    }

    /// A column of all records from one of the records with daylight; the others become `night`.
    ///
    /// # Panics
    /// When `daylight` is shorter than the track.
    pub fn expand(&self, daylight: &[f64], night: f64) -> Vec<f64> {
        let mut all = vec![night; self.table.axis().len()];
        for run in &self.runs {
            all[run.records.clone()].copy_from_slice(&daylight[run.first..run.first + run.records.len()]);
        }
        all
    }
}

/// Sine of the elevation at which the upper edge of the refracted sun touches the horizon.
fn horizon() -> f64 {
    math::sin(-(SUN_RADIUS + ATMOSPHERIC_REFRACTION).to_radians())
}

/// Records that are worked on together: few enough for the first-level cache.
const BLOCK: usize = 512;

/// The sun over consecutive records.
struct Block {
    view: View,
    horizon: f64,
    /// The Earth's turn in half an interval, radians; 0 for momentary records.
    half_turn: f64,
    /// The day that the block's first record belongs to.
    day: usize,
    east: [f64; BLOCK],
    north: [f64; BLOCK],
    up: [f64; BLOCK],
    /// Sine of the highest and of the lowest elevation within the interval.
    highest: [f64; BLOCK],
    lowest: [f64; BLOCK],
    pressure: [f64; BLOCK],
    temp_air: [f64; BLOCK],
    zenith: [f64; BLOCK],
}

impl Block {
    fn new(table: &SunTable, site: &Site) -> Self {
        let zero = [0.0; BLOCK];
        // Over half an interval only the Earth's turning matters for whether the sun is up.
        let half_turn = match table.axis.sun_at() {
            SunAt::Instant(_) => 0.0,
            SunAt::Sunlit | SunAt::Middle => 0.5 * TAU * f64::from(table.axis.step_s()) / DAY_S,
        };
        Self {
            view: View::new(site),
            horizon: horizon(),
            half_turn,
            day: 0,
            east: zero,
            north: zero,
            up: zero,
            highest: zero,
            lowest: zero,
            pressure: zero,
            temp_air: zero,
            zenith: zero,
        }
    }

    /// Directions at the nominal instants of `n` records from `first`.
    #[inline(always)]
    fn directions(&mut self, table: &SunTable, first: usize, n: usize) {
        let (sin_turn, cos_turn) = math::sin_cos(self.half_turn);
        let view = self.view;
        let (x, y, z) = (&table.x[first..first + n], &table.y[first..first + n], &table.z[first..first + n]);
        let sin_xi = &table.sin_xi[first..first + n];
        let (east, north, up) = (&mut self.east[..n], &mut self.north[..n], &mut self.up[..n]);
        let (highest, lowest) = (&mut self.highest[..n], &mut self.lowest[..n]);
        for i in 0..n {
            let [e, m, u] = view.local([x[i], y[i], z[i]], sin_xi[i]);
            (east[i], north[i], up[i]) = (e, m, u);
            // u(θ) = u − cos φ (μ (1 − cos θ) ∓ e sin θ), μ the meridian component
            let meridian = view.cos_lat * u - view.sin_lat * m;
            let bow = u - view.cos_lat * meridian * (1.0 - cos_turn);
            let swing = (view.cos_lat * e * sin_turn).abs();
            // u − cos φ (μ ∓ √(μ² + e²)) where the sun passes the meridian within the interval
            let arc = (meridian * meridian + e * e).sqrt();
            let axis = u - view.cos_lat * meridian;
            let above = if meridian >= arc * cos_turn { axis + view.cos_lat * arc } else { bow + swing };
            let below = if -meridian >= arc * cos_turn { axis - view.cos_lat * arc } else { bow - swing };
            highest[i] = if above > u { above } else { u };
            lowest[i] = if below < u { below } else { u };
        }
    }

    /// Where the sun rises or sets within an interval, looks it up again at the middle of the sunlit part.
    #[inline(always)]
    fn sunlit_middles(&mut self, table: &SunTable, first: usize, n: usize) {
        for i in 0..n {
            if self.lowest[i] >= self.horizon || self.highest[i] < self.horizon {
                continue;
            }
            if let Some(angle) = self.middle_of_sunlit_part(i) {
                while self.day + 1 < table.days.len() && table.days[self.day].records.end <= first + i {
                    self.day += 1;
                }
                let (direction, sin_xi) = table.shifted(&table.days[self.day], first + i, angle / TAU * DAY_S);
                [self.east[i], self.north[i], self.up[i]] = self.view.local(direction, sin_xi);
            }
        }
    }

    /// How far the Earth turns from a record's nominal instant to the middle of its sunlit part, radians.
    #[inline(always)]
    fn middle_of_sunlit_part(&self, i: usize) -> Option<f64> {
        let [e, n, u] = [self.east[i], self.north[i], self.up[i]];
        let meridian = self.view.cos_lat * u - self.view.sin_lat * n;
        // cos φ (μ cos θ + e sin θ) = sin h₀ − (u − cos φ μ)
        let reach = self.view.cos_lat * (meridian * meridian + e * e).sqrt();
        let transit = math::atan2(e, meridian);
        let cosine = (self.horizon - (u - self.view.cos_lat * meridian)) / reach;
        let half_day = math::acos(cosine.clamp(-1.0, 1.0));
        // The longest part of the interval within half a day's arc of a transit.
        let mut best = (0.0, None);
        for turn in [-TAU, 0.0, TAU] {
            let from = (transit + turn - half_day).max(-self.half_turn);
            let to = (transit + turn + half_day).min(self.half_turn);
            if to - from > best.0 {
                best = (to - from, Some(0.5 * (from + to)));
            }
        }
        best.1
    }

    /// Moves the records with daylight to the front, with their air; says how many there are.
    #[inline(always)]
    fn keep_daylight(
        &mut self,
        first: usize,
        n: usize,
        pressure: Values<'_>,
        temp_air: Values<'_>,
        runs: &mut Vec<DaylightRun>,
    ) -> usize {
        let mut kept = 0;
        let mut i = 0;
        while i < n {
            if self.highest[i] < self.horizon {
                i += 1;
                continue;
            }
            let start = i;
            while i < n && self.highest[i] >= self.horizon {
                i += 1;
            }
            let length = i - start;
            for column in [&mut self.east, &mut self.north, &mut self.up] {
                column.copy_within(start..i, kept);
            }
            for (column, values) in [(&mut self.pressure, pressure), (&mut self.temp_air, temp_air)] {
                let column = &mut column[kept..kept + length];
                match values {
                    Values::Constant(value) => column.fill(value),
                    Values::Series(series) => column.copy_from_slice(&series[first + start..first + i]),
                }
            }
            kept += length;
            match runs.last_mut() {
                Some(run) if run.records.end == first + start => run.records.end = first + i,
                last => {
                    let before = last.map_or(0, |run| run.first + run.records.len());
                    runs.push(DaylightRun { records: first + start..first + i, first: before });
                }
            }
        }
        kept
    }

    /// Lifts the first `n` suns by refraction.
    #[inline(always)]
    fn refract(&mut self, n: usize) {
        let (east, north, up) = (&mut self.east[..n], &mut self.north[..n], &mut self.up[..n]);
        let (zenith, pressure, temp_air) = (&mut self.zenith[..n], &self.pressure[..n], &self.temp_air[..n]);
        for i in 0..n {
            let sin_e = up[i];
            let cos_e = math::positive(1.0 - sin_e * sin_e).sqrt();
            let elevation = math::asin(if sin_e > 1.0 { 1.0 } else { sin_e }).to_degrees();
            let apparent = elevation + refraction(elevation, pressure[i], temp_air[i], ATMOSPHERIC_REFRACTION);
            let (sin_apparent, cos_apparent) = math::sin_cos(apparent.to_radians());
            // Refraction lifts the sun and leaves its azimuth; in the zenith there is none to keep.
            let scale = cos_apparent / if cos_e < 1e-9 { 1.0 } else { cos_e };
            zenith[i] = 90.0 - apparent;
            east[i] *= scale;
            north[i] *= scale;
            up[i] = sin_apparent;
        }
    }
}
