//! A site's weather where there is daylight, with its sky taken apart: all that planes share.

use std::ops::Range;
use std::sync::Arc;

use super::sky::{ExtraOfDays, MonthSpan, Sky, Whole};
use crate::columns::Lanes;
use crate::error::{Error, Result};
use crate::plane::Transposition;
use crate::plant::{Models, Plant};
use crate::site::Site;
use crate::sky::AirmassModel;
use crate::sun::{SunTable, SunTrack};
use crate::time::{MonthRun, TimeAxis, Values};
use crate::weather::{MadeBy, Weather};
use crate::words::quoted_word;

/// Weather and sky of the records with daylight, for any number of planes.
///
/// Build it once a site and keep it: a plane on it costs a fraction of the whole chain.
#[derive(Clone, Debug)]
pub struct Daylight {
    pub(super) track: Arc<SunTrack>,
    models: SkyModels,
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

/// The models by which diffuse light is taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SkyModels {
    /// How.
    pub transposition: Transposition,
    /// How the light's path through the air is counted in it.
    pub airmass: AirmassModel,
}

impl From<Transposition> for SkyModels {
    fn from(transposition: Transposition) -> Self {
        Self { transposition, airmass: AirmassModel::default() }
    }
}

impl From<&Models> for SkyModels {
    fn from(models: &Models) -> Self {
        Self { transposition: models.transposition, airmass: models.airmass }
    }
}

impl SkyModels {
    /// Whether the fused loop does for them.
    pub(super) fn is_plain(self) -> bool {
        self.airmass == AirmassModel::default()
    }
}

impl Daylight {
    /// Weather on the track of its site. `models` is a [`Transposition`], or a plant's `&plant.models`.
    ///
    /// # Errors
    /// [`Error::Length`] or [`Error::Mismatch`] when track and weather have different time axes or sites.
    pub fn new(track: &Arc<SunTrack>, weather: &Weather, models: impl Into<SkyModels>) -> Result<Self> {
        let models = models.into();
        same_axis(track.table(), weather)?;
        same_site(track, weather)?;
        let columns = weather.columns();
        let select = |column: &[f64]| track.select(Values::Series(column));
        let n = track.len();
        let mut daylight = Self {
            track: Arc::clone(track),
            models,
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
        let airmass = if models.is_plain() { None } else { Some(weather.airmass_on(track, models.airmass)?) };
        let sky = Whole {
            zenith: track.solar_zenith(),
            up: track.cos_zenith(),
            dni: &daylight.dni,
            isotropic: &mut daylight.isotropic,
            circumsolar: &mut daylight.circumsolar,
            horizon: &mut daylight.horizon,
            airmass: airmass.as_deref(),
        };
        sky.take_apart(models.transposition);
        daylight.months = month_spans(track, &columns.ghi, &daylight.ghi);
        Ok(daylight)
    }

    /// [`Daylight::of`] for a table that is only lent, which is copied.
    pub(super) fn of_table(weather: &Weather, table: &SunTable, models: impl Into<SkyModels>) -> Result<Self> {
        Self::of(weather, &Arc::new(table.clone()), models)
    }

    /// Weather at its own site, with the sun table of its axis.
    ///
    /// # Errors
    /// [`Error::Length`] when the table belongs to another axis.
    pub fn of(weather: &Weather, table: &Arc<SunTable>, models: impl Into<SkyModels>) -> Result<Self> {
        let track = weather.track(table)?;
        Self::new(&Arc::new(track), weather, models)
    }

    /// The track that the weather lies on.
    pub fn track(&self) -> &Arc<SunTrack> {
        &self.track
    }

    /// How diffuse light was taken apart.
    pub fn models(&self) -> SkyModels {
        self.models
    }

    /// Refuses a weather that it cannot have been made of.
    pub(super) fn check(&self, weather: &Weather) -> Result<()> {
        same_axis(self.track.table(), weather)?;
        same_site(&self.track, weather)
    }

    /// Refuses a plant that names another way to take diffuse light apart.
    pub(super) fn check_plant(&self, plant: &Plant) -> Result<()> {
        let (wanted, made) = (plant.wanted()?, &self.made_by);
        let other = |key: &'static str| {
            let problem = "the daylight's weather was made by another one, or under another clear sky; make the daylight of \
                           Plant::prepared";
            Err(Error::Mismatch { what: key, problem: problem.into() })
        };
        if wanted.decomposition.is_some() && wanted.decomposition != made.decomposition {
            return other("models.decomposition");
        }
        if wanted.limits.is_some() && wanted.limits != made.limits {
            return other("weather.limits");
        }
        if wanted.sensor.is_some() && wanted.sensor != made.sensor {
            return other("weather.sensor");
        }
        let SkyModels { transposition, airmass } = SkyModels::from(&plant.models);
        let (what, named, has) = if transposition != self.models.transposition {
            ("models.transposition", quoted_word(transposition), quoted_word(self.models.transposition))
        } else if airmass != self.models.airmass {
            ("models.airmass", quoted_word(airmass), quoted_word(self.models.airmass))
        } else {
            return Ok(());
        };
        let problem =
            format!("the plant names {named}, the daylight was made with {has}; make a daylight for the plant");
        Err(Error::Mismatch { what, problem })
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
