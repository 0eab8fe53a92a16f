//! A site's weather where there is daylight, with its sky taken apart: all that planes share.

use std::ops::Range;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::math;
use crate::plane::{Transposition, hay_davies, isotropic, perez_1990};
use crate::sky::{extra_radiation_spencer, kasten_young_1989};
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
        let axis = track.table().axis();
        if !Arc::ptr_eq(axis, weather.axis()) && **axis != **weather.axis() {
            return Err(Error::Length {
                name: "weather on the track's time axis",
                found: weather.len(),
                expected: axis.len(),
            });
        }
        let columns = weather.columns();
        let select = |series: &[f64]| track.select(Values::Series(series));
        let n = track.len();
        let mut daylight = Self {
            track: Arc::clone(track),
            transposition,
            ghi: select(&columns.ghi),
            dni: select(&columns.dni),
            temp_air: select(&columns.temp_air),
            wind_speed: select(&columns.wind_speed),
            albedo: columns.albedo.as_deref().map(select),
            isotropic: vec![0.0; n],
            circumsolar: vec![0.0; n],
            horizon: vec![0.0; n],
            months: month_spans(track, &columns.ghi),
        };
        daylight.take_sky_apart(&select(&columns.dhi));
        Ok(daylight)
    }

    /// Weather at its own site, with the sun table of its axis.
    ///
    /// # Errors
    /// [`Error::Length`] when the table belongs to another axis.
    pub fn of(weather: &Weather, table: &Arc<SunTable>, transposition: Transposition) -> Result<Self> {
        let columns = weather.columns();
        let pressure = match &columns.pressure {
            Some(series) => Values::Series(series),
            None => Values::Constant(weather.site().pressure()),
        };
        let track = SunTrack::new(table, weather.site(), pressure, Values::Series(&columns.temp_air))?;
        Self::new(&Arc::new(track), weather, transposition)
    }

    /// The track that the weather lies on.
    pub fn track(&self) -> &Arc<SunTrack> {
        &self.track
    }

    /// How diffuse light was taken apart.
    pub fn transposition(&self) -> Transposition {
        self.transposition
    }

    fn take_sky_apart(&mut self, dhi: &[f64]) {
        let n = self.track.len();
        let dni_extra = if self.transposition == Transposition::Isotropic { Vec::new() } else { extra_of(&self.track) };
        let (zenith, cos_zenith) = (&self.track.solar_zenith()[..n], &self.track.cos_zenith()[..n]);
        let (dhi, dni) = (&dhi[..n], &self.dni[..n]);
        let (iso, circumsolar, horizon) =
            (&mut self.isotropic[..n], &mut self.circumsolar[..n], &mut self.horizon[..n]);
        let transposition = self.transposition;
        math::vectorised(
            #[inline(always)]
            || match transposition {
                Transposition::Isotropic => {
                    for i in 0..n {
                        iso[i] = isotropic(dhi[i]).isotropic;
                    }
                }
                Transposition::HayDavies => {
                    let extra = &dni_extra[..n];
                    for i in 0..n {
                        let dome = hay_davies(dhi[i], dni[i], extra[i], cos_zenith[i]);
                        (iso[i], circumsolar[i]) = (dome.isotropic, dome.circumsolar);
                    }
                }
                Transposition::Perez => {
                    let extra = &dni_extra[..n];
                    for i in 0..n {
                        let airmass = kasten_young_1989(zenith[i]);
                        let dome = perez_1990(dhi[i], dni[i], extra[i], zenith[i], cos_zenith[i], airmass);
                        (iso[i], circumsolar[i], horizon[i]) = (dome.isotropic, dome.circumsolar, dome.horizon);
                    }
                }
            },
        );
    }
}

/// Extraterrestrial normal irradiance of the records with daylight, by day of the year in UTC.
fn extra_of(track: &SunTrack) -> Vec<f64> {
    let mut extra = Vec::with_capacity(track.len());
    let mut runs = track.runs().iter().map(|run| run.records.clone()).peekable();
    for (day, ordinal) in track.table().days_of_year() {
        let mut value = None;
        while let Some(run) = runs.peek_mut() {
            let end = run.end.min(day.end);
            if run.start < end {
                let value = *value.get_or_insert_with(|| extra_radiation_spencer(f64::from(ordinal)));
                extra.resize(extra.len() + (end - run.start), value);
                run.start = end;
            }
            if run.start < run.end {
                break;
            }
            runs.next();
        }
    }
    extra
}

/// Where each month lies on the track.
fn month_spans(track: &SunTrack, ghi: &[f64]) -> Vec<MonthSpan> {
    let axis = track.table().axis();
    let mut runs = track.runs().iter().peekable();
    let mut position = 0;
    let mut spans = Vec::with_capacity(axis.months().len());
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
    spans
}
