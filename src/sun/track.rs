//! The sun over one site: where it stood at every record with daylight.

use std::f64::consts::TAU;
use std::ops::Range;
use std::sync::Arc;

use super::refraction::{ATMOSPHERIC_REFRACTION, SUN_RADIUS, refraction};
use super::spa::{DAY_S, observer};
use super::table::SunTable;
use crate::error::{Error, Result};
use crate::math;
use crate::site::Site;
use crate::time::{SunAt, Values};

/// Turns Earth-fixed directions into the site's east, north, up.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    sin_lat: f64,
    cos_lat: f64,
    sin_lon: f64,
    cos_lon: f64,
    /// The site in the meridian plane, equatorial radii.
    rho_cos: f64,
    rho_sin: f64,
}

impl View {
    pub(super) fn new(site: &Site) -> Self {
        let (sin_lat, cos_lat) = math::sin_cos(site.latitude.to_radians());
        let (sin_lon, cos_lon) = math::sin_cos(site.longitude.to_radians());
        let (rho_cos, rho_sin) = observer(site);
        Self { sin_lat, cos_lat, sin_lon, cos_lon, rho_cos, rho_sin }
    }

    /// Unit vector (east, north, up) to the sun, with parallax and without refraction.
    #[inline(always)]
    pub(super) fn local(&self, [x, y, z]: [f64; 3], sin_xi: f64) -> [f64; 3] {
        // The hour angle is a rotation: (cos δ cos H, −cos δ sin H) from (x, y) by the longitude.
        let meridian = x * self.cos_lon + y * self.sin_lon;
        let east = y * self.cos_lon - x * self.sin_lon;
        // Parallax: the observer's own place is taken from the vector to the sun.
        let meridian = meridian - sin_xi * self.rho_cos;
        let axial = z - sin_xi * self.rho_sin;
        let up = self.cos_lat * meridian + self.sin_lat * axial;
        let north = self.cos_lat * axial - self.sin_lat * meridian;
        let scale = 1.0 / (east * east + north * north + up * up).sqrt();
        [east * scale, north * scale, up * scale]
    }
}

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
        let view = View::new(site);
        let mut sky = Directions::over(table, &view);
        if axis.sun_at() == SunAt::Sunlit {
            sky.move_to_sunlit_middles(table, &view);
        }
        let runs = sky.daylight();
        let n = runs.last().map_or(0, |run| run.first + run.records.len());
        let mut track = Self {
            site: *site,
            table: Arc::clone(table),
            east: compact(&runs, n, &sky.east),
            north: compact(&runs, n, &sky.north),
            up: compact(&runs, n, &sky.up),
            zenith: vec![0.0; n],
            runs,
        };
        let pressure = track.select(pressure);
        let temp_air = track.select(temp_air);
        track.refract(&pressure, &temp_air);
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

    /// The values of the records with daylight, from values of all records.
    ///
    /// # Panics
    /// When a series is shorter than the axis.
    pub fn select(&self, values: Values<'_>) -> Vec<f64> {
        match values {
            Values::Constant(value) => vec![value; self.len()],
            Values::Series(series) => compact(&self.runs, self.len(), series),
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

    fn refract(&mut self, pressure: &[f64], temp_air: &[f64]) {
        let n = self.up.len();
        let (east, north, up) = (&mut self.east[..n], &mut self.north[..n], &mut self.up[..n]);
        let (zenith, pressure, temp_air) = (&mut self.zenith[..n], &pressure[..n], &temp_air[..n]);
        math::vectorised(
            #[inline(always)]
            || {
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
            },
        );
    }
}

fn compact(runs: &[DaylightRun], n: usize, all: &[f64]) -> Vec<f64> {
    let mut some = Vec::with_capacity(n);
    for run in runs {
        some.extend_from_slice(&all[run.records.clone()]);
    }
    some
}

/// Sine of the elevation at which the upper edge of the refracted sun touches the horizon.
fn horizon() -> f64 {
    math::sin(-(SUN_RADIUS + ATMOSPHERIC_REFRACTION).to_radians())
}

/// Unit vectors to the sun at all records, and how high it gets within each interval.
struct Directions {
    east: Vec<f64>,
    north: Vec<f64>,
    up: Vec<f64>,
    /// The highest and lowest of start, nominal instant and end: the sine of the elevation.
    highest: Vec<f64>,
    lowest: Vec<f64>,
}

impl Directions {
    fn over(table: &SunTable, view: &View) -> Self {
        let n = table.axis.len();
        let mut sky = Self {
            east: vec![0.0; n],
            north: vec![0.0; n],
            up: vec![0.0; n],
            highest: vec![0.0; n],
            lowest: vec![0.0; n],
        };
        // Over half an interval only the Earth's turning matters for whether the sun is up.
        let interval = !matches!(table.axis.sun_at(), SunAt::Instant(_));
        let half_turn = if interval { 0.5 * TAU * f64::from(table.axis.step_s()) / DAY_S } else { 0.0 };
        let (sin_turn, cos_turn) = math::sin_cos(half_turn);
        let view = *view;
        let (x, y, z, sin_xi) = (&table.x[..n], &table.y[..n], &table.z[..n], &table.sin_xi[..n]);
        let (east, north, up) = (&mut sky.east[..n], &mut sky.north[..n], &mut sky.up[..n]);
        let (highest, lowest) = (&mut sky.highest[..n], &mut sky.lowest[..n]);
        math::vectorised(
            #[inline(always)]
            || {
                for i in 0..n {
                    let [e, m, u] = view.local([x[i], y[i], z[i]], sin_xi[i]);
                    (east[i], north[i], up[i]) = (e, m, u);
                    // u(θ) = u − cos φ (μ (1 − cos θ) ∓ e sin θ), μ the meridian component
                    let meridian = view.cos_lat * u - view.sin_lat * m;
                    let bow = u - view.cos_lat * meridian * (1.0 - cos_turn);
                    let swing = (view.cos_lat * e * sin_turn).abs();
                    let (above, below) = (bow + swing, bow - swing);
                    highest[i] = if above > u { above } else { u };
                    lowest[i] = if below < u { below } else { u };
                }
            },
        );
        sky
    }

    /// Where the sun rises or sets within an interval, looks it up again at the middle of the sunlit part.
    fn move_to_sunlit_middles(&mut self, table: &SunTable, view: &View) {
        let horizon = horizon();
        let half_turn = 0.5 * TAU * f64::from(table.axis.step_s()) / DAY_S;
        for day in &table.days {
            for i in day.records.clone() {
                if self.lowest[i] >= horizon || self.highest[i] < horizon {
                    continue;
                }
                let [e, n, u] = [self.east[i], self.north[i], self.up[i]];
                let meridian = view.cos_lat * u - view.sin_lat * n;
                // cos φ (μ cos θ + e sin θ) = sin h₀ − (u − cos φ μ)
                let reach = view.cos_lat * (meridian * meridian + e * e).sqrt();
                let transit = math::atan2(e, meridian);
                let cosine = (horizon - (u - view.cos_lat * meridian)) / reach;
                let half_day = math::acos(cosine.clamp(-1.0, 1.0));
                // The longest part of the interval within half a day's arc of a transit.
                let lit = [-TAU, 0.0, TAU]
                    .map(|turn| {
                        let from = (transit + turn - half_day).max(-half_turn);
                        let to = (transit + turn + half_day).min(half_turn);
                        (to - from, 0.5 * (from + to))
                    })
                    .into_iter()
                    .fold((f64::NEG_INFINITY, 0.0), |best, part| if part.0 > best.0 { part } else { best });
                if lit.0 > 0.0 {
                    let (direction, sin_xi) = table.shifted(day, i, lit.1 / TAU * DAY_S);
                    [self.east[i], self.north[i], self.up[i]] = view.local(direction, sin_xi);
                }
            }
        }
    }

    fn daylight(&self) -> Vec<DaylightRun> {
        let horizon = horizon();
        let mut runs: Vec<DaylightRun> = Vec::with_capacity(400);
        let mut first = 0;
        let mut begin = None;
        for (i, &highest) in self.highest.iter().enumerate() {
            match (highest >= horizon, begin) {
                (true, None) => begin = Some(i),
                (false, Some(start)) => {
                    runs.push(DaylightRun { records: start..i, first });
                    first += i - start;
                    begin = None;
                }
                _ => {}
            }
        }
        if let Some(start) = begin {
            runs.push(DaylightRun { records: start..self.highest.len(), first });
        }
        runs
    }
}
