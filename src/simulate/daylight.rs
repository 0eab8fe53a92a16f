//! A site's weather where there is daylight, with its sky taken apart: all that planes share.

use std::ops::Range;
use std::sync::Arc;

use super::sky::{ExtraOfDays, MonthSpan, Sky, Whole};
use crate::columns::Lanes;
use crate::error::{Error, Result};
use crate::plane::Transposition;
use crate::plant::Plant;
use crate::site::Site;
use crate::sun::{SunTable, SunTrack};
use crate::time::{MonthRun, TimeAxis, Values};
use crate::weather::{MadeBy, Weather};

/// Weather and sky of the records with daylight, for any number of planes.
///
/// Build it once a site and keep it: a plane on it costs a fraction of the whole chain.
#[derive(Clone, Debug)]
pub struct Daylight {
    pub(super) track: Arc<SunTrack>,
    transposition: Transposition,
    made_by: MadeBy,
    ghi: Vec<f64>,
    dni: Vec<f64>,
    temp_air: Vec<f64>,
    wind_speed: Vec<f64>,
    albedo: Option<Vec<f64>>,
    /// The parts of [`Dome`](crate::plane::Dome), a column each.
    isotropic: Vec<f64>,
    circumsolar: Vec<f64>,
    horizon: Vec<f64>,
    pub(super) months: Vec<MonthSpan>,
}

impl Daylight {
    /// Weather on the track of its site.
    ///
    /// # Errors
    /// [`Error::Length`] or [`Error::Mismatch`] when track and weather have different time axes or sites.
    pub fn new(track: &Arc<SunTrack>, weather: &Weather, transposition: Transposition) -> Result<Self> {
        same_axis(track.table(), weather)?;
        same_site(track, weather)?;
        let columns = weather.columns();
        let select = |column: &[f64]| track.select(Values::Series(column));
        let n = track.len();
        let mut daylight = Self {
            track: Arc::clone(track),
            transposition,
            made_by: weather.made_by(),
            ghi: select(&columns.ghi),
            dni: select(&columns.dni),
            temp_air: select(&columns.temp_air),
            wind_speed: select(&columns.wind_speed),
            albedo: columns.albedo.as_deref().map(select),
            isotropic: select(&columns.dhi),
            circumsolar: vec![0.0; n],
            horizon: vec![0.0; n],
            months: Vec::new(),
        };
        let mut extra = ExtraOfDays::new(track.table());
        for run in track.runs() {
            extra.fill(run.records.clone(), &mut daylight.horizon[run.first..run.first + run.records.len()]);
        }
        let sky = Whole {
            zenith: track.solar_zenith(),
            up: track.cos_zenith(),
            dni: &daylight.dni,
            isotropic: &mut daylight.isotropic,
            circumsolar: &mut daylight.circumsolar,
            horizon: &mut daylight.horizon,
        };
        sky.take_apart(transposition);
        daylight.months = month_spans(track, &columns.ghi, &daylight.ghi);
        Ok(daylight)
    }

    /// [`Daylight::of`] for a table that is only lent, which is copied.
    pub(super) fn of_table(weather: &Weather, table: &SunTable, transposition: Transposition) -> Result<Self> {
        Self::of(weather, &Arc::new(table.clone()), transposition)
    }

    /// Weather at its own site, with the sun table of its axis.
    ///
    /// # Errors
    /// [`Error::Length`] when the table belongs to another axis.
    pub fn of(weather: &Weather, table: &Arc<SunTable>, transposition: Transposition) -> Result<Self> {
        let track = weather.track(table)?;
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

    /// Refuses a weather that it cannot have been made of.
    pub(super) fn check(&self, weather: &Weather) -> Result<()> {
        same_axis(self.track.table(), weather)?;
        same_site(&self.track, weather)
    }

    /// Refuses a plant that names another way to take diffuse light apart.
    pub(super) fn check_plant(&self, plant: &Plant) -> Result<()> {
        let differs = |key: &'static str, named: String, has: String| {
            let problem = format!(
                "the plant names {named}, the daylight's weather has {has}; make the daylight of Plant::prepared"
            );
            Err(Error::Mismatch { what: key, problem })
        };
        let MadeBy { decomposition, limits, sensor } = self.made_by;
        let split = plant.models.decomposition;
        if split.is_some() && split != decomposition {
            return differs("models.decomposition", format!("{split:?}"), format!("{decomposition:?}"));
        }
        if plant.weather.limits.is_some() && plant.weather.limits != limits {
            return differs("weather.limits", format!("{:?}", plant.weather.limits), format!("{limits:?}"));
        }
        let wanted = plant.weather.sensor.map(|wanted| [wanted.tilt_deg, wanted.azimuth_deg]);
        if wanted.is_some() && wanted != sensor {
            return differs("weather.sensor", format!("{wanted:?}"), format!("{sensor:?}"));
        }
        let named = plant.models.transposition;
        if named == self.transposition {
            return Ok(());
        }
        let problem = format!(
            "the plant names {named:?}, the daylight was made with {:?}; make a daylight for the plant",
            self.transposition
        );
        Err(Error::Mismatch { what: "models.transposition", problem })
    }

    /// How many records have daylight.
    pub(super) fn len(&self) -> usize {
        self.ghi.len()
    }

    pub(super) fn axis(&self) -> &Arc<TimeAxis> {
        self.track.table().axis()
    }

    pub(super) fn sky(&self, records: Range<usize>) -> Sky<'_> {
        let track = &self.track;
        Sky {
            east: &track.east()[records.clone()],
            north: &track.north()[records.clone()],
            up: &track.cos_zenith()[records.clone()],
            zenith: &track.solar_zenith()[records.clone()],
            ghi: &self.ghi[records.clone()],
            dni: &self.dni[records.clone()],
            isotropic: &self.isotropic[records.clone()],
            circumsolar: &self.circumsolar[records.clone()],
            horizon: &self.horizon[records.clone()],
            temp_air: &self.temp_air[records.clone()],
            wind_speed: &self.wind_speed[records.clone()],
            albedo: self.albedo.as_deref().map(|albedo| &albedo[records]),
        }
    }
}

/// Holds a weather's time axis against that of a table.
pub(super) fn same_axis(table: &SunTable, weather: &Weather) -> Result<()> {
    let axis = table.axis();
    if Arc::ptr_eq(axis, weather.axis()) || **axis == **weather.axis() {
        return Ok(());
    }
    let name = "weather on the sun's time axis";
    if weather.len() != axis.len() {
        return Err(Error::Length { name, found: weather.len(), expected: axis.len() });
    }
    let begin = |axis: &TimeAxis| axis.iso(0);
    let problem = format!(
        "as many records at other instants: the weather begins at {} with steps of {} h, the sun at {} with {} h",
        begin(weather.axis()),
        weather.axis().step_h(),
        begin(axis),
        axis.step_h()
    );
    Err(Error::Mismatch { what: name, problem })
}

/// Holds a weather's site against that of a track.
fn same_site(track: &SunTrack, weather: &Weather) -> Result<()> {
    if track.site() == weather.site() {
        return Ok(());
    }
    let place = |site: &Site| format!("{} north, {} east, {} m", site.latitude, site.longitude, site.elevation_m);
    let problem =
        format!("it is of {}, the sun's track of {}; make a track for it", place(weather.site()), place(track.site()));
    Err(Error::Mismatch { what: "weather", problem })
}

/// Where each month lies on the track.
fn month_spans(track: &SunTrack, ghi: &[f64], daylight_ghi: &[f64]) -> Vec<MonthSpan> {
    let axis = track.table().axis();
    let runs = track.runs();
    // How many records with daylight begin before a record of the axis.
    let place = |record: usize| {
        let after = runs.partition_point(|run| run.records.start < record);
        runs[..after].last().map_or(0, |run| run.first + run.records.end.min(record) - run.records.start)
    };
    let span = |month: &MonthRun| {
        let mut span = MonthSpan::new(month, place(month.records.start));
        span.records.end = place(month.records.end);
        let mut daylight = Lanes::default();
        daylight.add(daylight_ghi, 0, &span.records);
        span.irradiation(ghi, &month.records, daylight, axis.step_h());
        span
    };
    axis.months().iter().map(span).collect()
}
