//! The sun over one site: where it stood at every record with daylight.

use std::ops::Range;
use std::sync::Arc;

use super::refraction::refracted;
use super::table::SunTable;
use super::walk::{CHUNK, Walk};
use crate::columns::copy_run;
use crate::error::{Error, Result};
use crate::math;
use crate::site::Site;
use crate::time::Values;

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
        site.validate()?;
        let axis = table.axis();
        for (name, values) in [("pressure", pressure), ("temp_air", temp_air)] {
            if let Values::Series(series) = values
                && series.len() != axis.len()
            {
                return Err(Error::Length { name, found: series.len(), expected: axis.len() });
            }
        }
        let mut runs: Vec<DaylightRun> = Vec::new();
        let (mut east, mut north, mut up) = (Vec::new(), Vec::new(), Vec::new());
        let mut walk = Walk::new(table, site);
        for first in (0..axis.len()).step_by(CHUNK) {
            walk.go(first..axis.len().min(first + CHUNK));
            for run in walk.runs() {
                let records = first + run.start..first + run.end;
                match runs.last_mut() {
                    Some(last) if last.records.end == records.start => last.records.end = records.end,
                    _ => runs.push(DaylightRun { records, first: up.len() }),
                }
                for (to, from) in [(&mut east, &walk.east), (&mut north, &walk.north), (&mut up, &walk.up)] {
                    to.extend_from_slice(&from[run.clone()]);
                }
            }
        }
        let zenith = vec![0.0; up.len()];
        let mut track = Self { site: *site, table: Arc::clone(table), runs, east, north, up, zenith };
        let (pressure, temp_air) = (track.select(pressure), track.select(temp_air));
        let sun =
            SunColumns { east: &mut track.east, north: &mut track.north, up: &mut track.up, zenith: &mut track.zenith };
        sun.refract(&pressure, &temp_air);
        Ok(track)
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

    /// The values of the records with daylight.
    ///
    /// # Panics
    /// When a series is shorter than the axis.
    pub fn select(&self, all: Values<'_>) -> Vec<f64> {
        match all {
            Values::Constant(value) => vec![value; self.len()],
            Values::Series(all) => {
                let mut some = vec![0.0; self.len()];
                for run in &self.runs {
                    copy_run(all, run.records.clone(), &mut some, run.first);
                }
                some
            }
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

/// Columns of the sun over a site.
pub(crate) struct SunColumns<'a> {
    pub(crate) east: &'a mut [f64],
    pub(crate) north: &'a mut [f64],
    pub(crate) up: &'a mut [f64],
    /// Degrees; filled by refraction.
    pub(crate) zenith: &'a mut [f64],
}

impl SunColumns<'_> {
    /// Lifts the sun by refraction.
    pub(crate) fn refract(self, pressure: &[f64], temp_air: &[f64]) {
        math::vectorised(
            #[inline(always)]
            || {
                let Self { east, north, up, zenith } = self;
                // Inside, so that the compiler knows of the equal lengths and leaves no remainder to a plain loop.
                let n = up.len();
                let (east, north, zenith) = (&mut east[..n], &mut north[..n], &mut zenith[..n]);
                let (pressure, temp_air) = (&pressure[..n], &temp_air[..n]);
                for i in 0..n {
                    let (direction, apparent_zenith) = refracted([east[i], north[i], up[i]], pressure[i], temp_air[i]);
                    [east[i], north[i], up[i]] = direction;
                    zenith[i] = apparent_zenith;
                }
            },
        );
    }
}
