//! A site's weather where there is daylight, with its sky taken apart: all that planes share.

use std::ops::Range;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::math;
use crate::plane::{Transposition, hay_davies, perez_1990};
use crate::sky::{kasten_young_1989, spencer_of_day};
use crate::sun::{SunTable, SunTrack};
use crate::time::Values;
use crate::weather::Weather;

/// Records of one calendar month on a track.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MonthSpan {
    /// 0 for January.
    pub(super) month: usize,
    pub(super) records: Range<usize>,
    /// Global horizontal irradiation of the month, dark records included, Wh/m2.
    pub(super) ghi_wh_m2: f64,
}

/// Weather and sky of the records with daylight, for any number of planes.
///
/// Build it once a site and keep it: a plane on it costs a fraction of the whole chain.
#[derive(Clone, Debug)]
pub struct Daylight {
    pub(super) track: Arc<SunTrack>,
    pub(super) transposition: Transposition,
    pub(super) ghi: Vec<f64>,
    pub(super) dni: Vec<f64>,
    pub(super) temp_air: Vec<f64>,
    pub(super) wind_speed: Vec<f64>,
    pub(super) albedo: Option<Vec<f64>>,
    /// The parts of [`Dome`](crate::plane::Dome), a column each.
    pub(super) isotropic: Vec<f64>,
    pub(super) circumsolar: Vec<f64>,
    pub(super) horizon: Vec<f64>,
    pub(super) months: Vec<MonthSpan>,
}

impl Daylight {
    /// Weather on the track of its site.
    ///
    /// # Errors
    /// [`Error::Length`] when track and weather have different time axes.
    pub fn new(track: &Arc<SunTrack>, weather: &Weather, transposition: Transposition) -> Result<Self> {
        let mut daylight = Self::on(Arc::clone(track), transposition);
        daylight.fill(weather)?;
        Ok(daylight)
    }

    /// Weather at its own site, with the sun table of its axis.
    ///
    /// # Errors
    /// [`Error::Length`] when the table belongs to another axis.
    pub fn of(weather: &Weather, table: &Arc<SunTable>, transposition: Transposition) -> Result<Self> {
        let (pressure, temp_air) = air(weather);
        let track = SunTrack::new(table, weather.site(), pressure, temp_air)?;
        let mut daylight = Self::on(Arc::new(track), transposition);
        daylight.fill(weather)?;
        Ok(daylight)
    }

    /// As [`Daylight::of`], in the memory of this one: for long loops over sites, where fresh memory would cost
    /// more than the sky. After an error only another `renew` makes sense.
    ///
    /// # Errors
    /// As [`Daylight::of`].
    pub fn renew(&mut self, weather: &Weather, table: &Arc<SunTable>, transposition: Transposition) -> Result<()> {
        let (pressure, temp_air) = air(weather);
        match Arc::get_mut(&mut self.track) {
            Some(track) => track.renew(table, weather.site(), pressure, temp_air)?,
            None => self.track = Arc::new(SunTrack::new(table, weather.site(), pressure, temp_air)?),
        }
        self.transposition = transposition;
        self.fill(weather)
    }

    fn on(track: Arc<SunTrack>, transposition: Transposition) -> Self {
        Self {
            track,
            transposition,
            ghi: Vec::new(),
            dni: Vec::new(),
            temp_air: Vec::new(),
            wind_speed: Vec::new(),
            albedo: None,
            isotropic: Vec::new(),
            circumsolar: Vec::new(),
            horizon: Vec::new(),
            months: Vec::new(),
        }
    }

    fn fill(&mut self, weather: &Weather) -> Result<()> {
        let axis = self.track.table().axis();
        if !Arc::ptr_eq(axis, weather.axis()) && **axis != **weather.axis() {
            return Err(Error::Length {
                name: "weather on the track's time axis",
                found: weather.len(),
                expected: axis.len(),
            });
        }
        let columns = weather.columns();
        let track = &self.track;
        for (to, from) in [
            (&mut self.ghi, &columns.ghi),
            (&mut self.dni, &columns.dni),
            (&mut self.temp_air, &columns.temp_air),
            (&mut self.wind_speed, &columns.wind_speed),
            // Until the sky is taken apart, the isotropic column holds all diffuse light.
            (&mut self.isotropic, &columns.dhi),
        ] {
            track.select_into(from, to);
        }
        match &columns.albedo {
            Some(albedo) => track.select_into(albedo, self.albedo.get_or_insert_default()),
            None => self.albedo = None,
        }
        for column in [&mut self.circumsolar, &mut self.horizon] {
            column.clear();
            column.resize(track.len(), 0.0);
        }
        month_spans(track, &columns.ghi, &mut self.months);
        self.take_sky_apart();
        Ok(())
    }

    /// The track that the weather lies on.
    pub fn track(&self) -> &Arc<SunTrack> {
        &self.track
    }

    /// How diffuse light was taken apart.
    pub fn transposition(&self) -> Transposition {
        self.transposition
    }

    fn take_sky_apart(&mut self) {
        let n = self.track.len();
        let transposition = self.transposition;
        if transposition == Transposition::Isotropic {
            return;
        }
        // Until then, the horizon's column holds the extraterrestrial irradiance.
        extra_of(&self.track, &mut self.horizon);
        let (zenith, cos_zenith) = (&self.track.solar_zenith()[..n], &self.track.cos_zenith()[..n]);
        let dni = &self.dni[..n];
        let (isotropic, circumsolar, horizon) =
            (&mut self.isotropic[..n], &mut self.circumsolar[..n], &mut self.horizon[..n]);
        math::vectorised(
            #[inline(always)]
            || match transposition {
                Transposition::Isotropic => {}
                Transposition::HayDavies => {
                    for i in 0..n {
                        let dome = hay_davies(isotropic[i], dni[i], horizon[i], cos_zenith[i]);
                        (isotropic[i], circumsolar[i], horizon[i]) = (dome.isotropic, dome.circumsolar, dome.horizon);
                    }
                }
                Transposition::Perez => {
                    for i in 0..n {
                        let airmass = kasten_young_1989(zenith[i]);
                        let dome = perez_1990(isotropic[i], dni[i], horizon[i], zenith[i], cos_zenith[i], airmass);
                        (isotropic[i], circumsolar[i], horizon[i]) = (dome.isotropic, dome.circumsolar, dome.horizon);
                    }
                }
            },
        );
    }
}

/// What bends the light of a low sun over a weather's site.
fn air(weather: &Weather) -> (Values<'_>, Values<'_>) {
    let columns = weather.columns();
    let pressure = match &columns.pressure {
        Some(series) => Values::Series(series),
        None => Values::Constant(weather.site().pressure()),
    };
    (pressure, Values::Series(&columns.temp_air))
}

/// Extraterrestrial normal irradiance of the records with daylight, by day of the year in UTC.
fn extra_of(track: &SunTrack, extra: &mut [f64]) {
    let mut days = track.table().days_of_year().peekable();
    for run in track.runs() {
        let mut from = run.records.start;
        while let Some((day, ordinal)) = days.peek() {
            let to = day.end.min(run.records.end);
            if from < to {
                let first = run.first + (from - run.records.start);
                extra[first..first + (to - from)].fill(spencer_of_day(*ordinal));
                from = to;
            }
            if day.end > run.records.end {
                break;
            }
            days.next();
        }
    }
}

/// Where each month lies on the track.
fn month_spans(track: &SunTrack, ghi: &[f64], spans: &mut Vec<MonthSpan>) {
    spans.clear();
    let axis = track.table().axis();
    let mut runs = track.runs().iter().peekable();
    let mut position = 0;
    for month in axis.months() {
        let first = position;
        while let Some(run) = runs.peek() {
            let end = run.records.end.min(month.records.end);
            if run.records.start >= month.records.end {
                break;
            }
            position = run.first + (end - run.records.start);
            if run.records.end > month.records.end {
                break;
            }
            runs.next();
        }
        spans.push(MonthSpan {
            month: usize::from(month.month) - 1,
            records: first..position,
            ghi_wh_m2: math::sum(&ghi[month.records.clone()]) * axis.step_h(),
        });
    }
}
