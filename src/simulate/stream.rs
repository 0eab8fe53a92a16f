//! The chain straight from weather to sums: each block goes from sun to inverter before the next one comes, so
//! that nothing as long as the year is ever written.

use std::ops::Range;

use super::chain::Chain;
use super::daylight::same_axis;
use super::sky::{ExtraOfDays, MonthSpan, Sky, Whole};
use super::stage::Stage;
use crate::columns::{Lanes, WIDTH, copy_run};
use crate::error::Result;
use crate::math;
use crate::plane::Transposition;
use crate::sun::{CHUNK, SunColumns, SunTable, Walk};
use crate::time::Values;
use crate::weather::Weather;

/// Records with daylight of one chunk, those that the last one left, and what [`copy_run`] writes beyond them.
pub(super) const ROOM: usize = CHUNK + 2 * WIDTH;

type Column = [f64; ROOM];

/// Columns that fill up with records of daylight until their block is computed.
struct Pending {
    len: usize,
    east: Column,
    north: Column,
    up: Column,
    zenith: Column,
    ghi: Column,
    dni: Column,
    /// DHI until the sky is taken apart.
    isotropic: Column,
    circumsolar: Column,
    /// Extraterrestrial irradiance until the sky is taken apart.
    horizon: Column,
    temp_air: Column,
    wind_speed: Column,
    albedo: Column,
    pressure: Column,
}

impl Pending {
    fn new() -> Self {
        let zero = [0.0; ROOM];
        Self {
            len: 0,
            east: zero,
            north: zero,
            up: zero,
            zenith: zero,
            ghi: zero,
            dni: zero,
            isotropic: zero,
            circumsolar: zero,
            horizon: zero,
            temp_air: zero,
            wind_speed: zero,
            albedo: zero,
            pressure: zero,
        }
    }

    /// Takes a run of records in: `within` the chunk that the sun stands in, `records` of the weather.
    #[inline(always)]
    fn push(&mut self, walk: &Walk<'_>, within: Range<usize>, weather: &Weather, records: &Range<usize>) {
        let (at, columns) = (self.len, weather.columns());
        for (to, from) in [(&mut self.east, &walk.east), (&mut self.north, &walk.north), (&mut self.up, &walk.up)] {
            copy_run(from, within.clone(), to, at);
        }
        for (to, from) in [
            (&mut self.ghi, &columns.ghi),
            (&mut self.dni, &columns.dni),
            (&mut self.isotropic, &columns.dhi),
            (&mut self.temp_air, &columns.temp_air),
            (&mut self.wind_speed, &columns.wind_speed),
        ] {
            copy_run(from, records.clone(), to, at);
        }
        for (to, from) in [(&mut self.albedo, &columns.albedo), (&mut self.pressure, &columns.pressure)] {
            if let Some(from) = from {
                copy_run(from, records.clone(), to, at);
            }
        }
        self.len += records.len();
    }

    /// Lifts the sun and takes the sky apart over the first `n` records.
    fn finish(&mut self, n: usize, pressure: Values<'_>, transposition: Transposition) {
        if let Values::Constant(pressure) = pressure {
            self.pressure[..n].fill(pressure);
        }
        let sun = SunColumns {
            east: &mut self.east[..n],
            north: &mut self.north[..n],
            up: &mut self.up[..n],
            zenith: &mut self.zenith[..n],
        };
        sun.refract(&self.pressure, &self.temp_air);
        let sky = Whole {
            zenith: &self.zenith,
            up: &self.up,
            dni: &self.dni[..n],
            isotropic: &mut self.isotropic,
            circumsolar: &mut self.circumsolar,
            horizon: &mut self.horizon,
            airmass: None,
        };
        sky.take_apart(transposition);
    }

    fn sky(&self, n: usize, with_albedo: bool) -> Sky<'_> {
        Sky {
            east: &self.east[..n],
            north: &self.north[..n],
            up: &self.up[..n],
            zenith: &self.zenith[..n],
            ghi: &self.ghi[..n],
            dni: &self.dni[..n],
            isotropic: &self.isotropic[..n],
            circumsolar: &self.circumsolar[..n],
            horizon: &self.horizon[..n],
            temp_air: &self.temp_air[..n],
            wind_speed: &self.wind_speed[..n],
            albedo: with_albedo.then(|| &self.albedo[..n]),
        }
    }

    /// Drops the first `n` records; the few that are left become the first.
    fn drop_first(&mut self, n: usize) {
        let rest = n..self.len;
        self.len -= n;
        for column in [
            &mut self.east,
            &mut self.north,
            &mut self.up,
            &mut self.ghi,
            &mut self.dni,
            &mut self.isotropic,
            &mut self.horizon,
            &mut self.temp_air,
            &mut self.wind_speed,
            &mut self.albedo,
            &mut self.pressure,
        ] {
            column.copy_within(rest.clone(), 0);
        }
    }
}

/// What has been done of a run.
struct Stream<'a> {
    weather: &'a Weather,
    pressure: Values<'a>,
    transposition: Transposition,
    chains: &'a mut [Chain],
    pending: Pending,
    /// Records with daylight that have been computed.
    done: usize,
    months: Vec<MonthSpan>,
    /// Global horizontal irradiance of each month's daylight.
    daylight_ghi: Vec<Lanes>,
}

impl Stream<'_> {
    /// Takes in what daylight a chunk has: the records of one month from `start`.
    fn take(&mut self, walk: &Walk<'_>, start: usize, extra: &mut ExtraOfDays<'_>) {
        math::vectorised(
            #[inline(always)]
            || {
                for run in walk.runs() {
                    let (at, records) = (self.pending.len, start + run.start..start + run.end);
                    extra.fill(records.clone(), &mut self.pending.horizon[at..at + run.len()]);
                    self.pending.push(walk, run, self.weather, &records);
                }
            },
        );
        if let Some(month) = self.months.last_mut() {
            month.records.end = self.done + self.pending.len;
        }
    }

    /// Computes the first `n` of the records that are pending.
    fn compute(&mut self, n: usize) {
        self.pending.finish(n, self.pressure, self.transposition);
        let sky = self.pending.sky(n, self.weather.columns().albedo.is_some());
        let first = self.months.partition_point(|month| month.records.end <= self.done);
        for (month, lanes) in self.months[first..].iter().zip(&mut self.daylight_ghi[first..]) {
            lanes.add(sky.ghi, self.done, &month.records);
        }
        for chain in &mut *self.chains {
            chain.block(&sky, self.done, 0, Stage::ALL, &self.months);
        }
        self.pending.drop_first(n);
        self.done += n;
    }
}

/// Runs all records of a weather through the chains; gives the months as they lie among the records with daylight.
pub(super) fn run(
    weather: &Weather,
    table: &SunTable,
    transposition: Transposition,
    chains: &mut [Chain],
) -> Result<Vec<MonthSpan>> {
    same_axis(table, weather)?;
    let axis = table.axis();
    let mut stream = Stream {
        weather,
        pressure: weather.pressure(),
        transposition,
        chains,
        pending: Pending::new(),
        done: 0,
        months: Vec::with_capacity(axis.months().len()),
        daylight_ghi: Vec::with_capacity(axis.months().len()),
    };
    let mut walk = Walk::new(table, weather.site());
    let mut extra = ExtraOfDays::new(table);
    for month in axis.months() {
        stream.months.push(MonthSpan::new(month, stream.done + stream.pending.len));
        stream.daylight_ghi.push(Lanes::default());
        for start in month.records.clone().step_by(CHUNK) {
            walk.go(start..month.records.end.min(start + CHUNK));
            stream.take(&walk, start, &mut extra);
            // Whole registers only: the rest waits for the next chunk, so that no loop has a remainder.
            stream.compute(stream.pending.len / WIDTH * WIDTH);
        }
    }
    stream.compute(stream.pending.len);
    let Stream { mut months, daylight_ghi, .. } = stream;
    for ((span, month), daylight_ghi) in months.iter_mut().zip(axis.months()).zip(daylight_ghi) {
        span.irradiation(&weather.columns().ghi, &month.records, daylight_ghi, axis.step_h());
    }
    Ok(months)
}
