//! What the sky did, record by record: [`Weather`], its readers, the embedded climate.

mod clear_sky;
pub mod climate;
mod components;
mod decomposed;
mod epw;
mod limited;
mod nasa_power;
mod nsrdb;
mod plain;
mod pvgis;
pub mod quality;
mod read;
mod series;
mod synthetic;
mod text;
mod tmy2;
mod tmy3;

use std::fmt;
use std::sync::Arc;

pub use limited::IrradianceLimits;
pub use read::{Format, ReadOptions};
pub use synthetic::{SyntheticClimate, SyntheticOptions};

use crate::error::{Error, Result};
use crate::math;
use crate::site::Site;
use crate::sky::{ClearAir, Decomposition};
use crate::time::TimeAxis;

/// The columns of a weather series, one value a record, to build a [`Weather`] from.
///
/// Irradiance is the mean over the record's interval (or the momentary value where the axis says so).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Global horizontal irradiance, W/m2.
    pub ghi: Vec<f64>,
    /// Direct normal irradiance, W/m2.
    pub dni: Vec<f64>,
    /// Diffuse horizontal irradiance, W/m2.
    pub dhi: Vec<f64>,
    /// Air temperature, degC.
    pub temp_air: Vec<f64>,
    /// Wind speed, m/s.
    pub wind_speed: Vec<f64>,
    /// Ground albedo, 0 to 1.
    pub albedo: Option<Vec<f64>>,
    /// Air pressure at the site, Pa.
    pub pressure: Option<Vec<f64>>,
    /// Relative humidity, %.
    pub relative_humidity: Option<Vec<f64>>,
    /// Precipitable water, cm.
    pub precipitable_water: Option<Vec<f64>>,
    /// Snow depth, cm.
    pub snow_depth: Option<Vec<f64>>,
    /// Rain in the interval, mm.
    pub rain: Option<Vec<f64>>,
    /// Infrared irradiance of the sky on the horizontal, W/m2.
    pub ir_down: Option<Vec<f64>>,
}

/// How a note on a series is to be taken.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Says how something was read; nothing was changed.
    Info,
    /// A value was repaired by a named rule.
    Repair,
    /// The series disagrees with itself or looks wrong; nothing was changed.
    Warning,
}

/// A remark on a weather series: what was assumed, repaired or found odd.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// How to take it.
    pub severity: Severity,
    /// One sentence.
    pub text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.severity {
            Severity::Info => "note",
            Severity::Repair => "repaired",
            Severity::Warning => "warning",
        };
        write!(f, "{kind}: {}", self.text)
    }
}

/// A checked weather series at one site. Every value is finite and possible; columns and axis have one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Weather {
    site: Site,
    axis: Arc<TimeAxis>,
    columns: Columns,
    source: String,
    notes: Vec<Note>,
    made_by: MadeBy,
}

/// What a weather's irradiance was made by, beside its source.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct MadeBy {
    /// With the clear sky, where the model asks for one.
    pub(crate) decomposition: Option<(Decomposition, Option<ClearAir>)>,
    /// The same.
    pub(crate) limits: Option<(IrradianceLimits, Option<ClearAir>)>,
    /// Tilt and azimuth of the sensor that it was measured with, degrees, and the albedo before it.
    pub(crate) sensor: Option<[f64; 3]>,
    /// By a climate, and not by the sky.
    pub(crate) synthetic: bool,
}

impl Weather {
    /// A series from its columns. `source` says where it comes from and is printed with every result.
    ///
    /// # Errors
    /// [`Error::Length`] for a column of another length than the axis, [`Error::Series`] for the first
    /// value that is not finite or not possible.
    pub fn new(
        site: Site,
        axis: impl Into<Arc<TimeAxis>>,
        columns: Columns,
        source: impl Into<String>,
    ) -> Result<Self> {
        site.validate()?;
        let axis = axis.into();
        let c = &columns;
        let required: [(&'static str, &[f64], f64, f64); 5] = [
            ("ghi", &c.ghi, 0.0, 2500.0),
            ("dni", &c.dni, 0.0, 2500.0),
            ("dhi", &c.dhi, 0.0, 2500.0),
            ("temp_air", &c.temp_air, -90.0, 65.0),
            ("wind_speed", &c.wind_speed, 0.0, 120.0),
        ];
        let optional: [(&'static str, &Option<Vec<f64>>, f64, f64); 7] = [
            ("albedo", &c.albedo, 0.0, 1.0),
            ("pressure", &c.pressure, 20_000.0, 120_000.0),
            ("relative_humidity", &c.relative_humidity, 0.0, 110.0),
            ("precipitable_water", &c.precipitable_water, 0.0, 20.0),
            ("snow_depth", &c.snow_depth, 0.0, 2000.0),
            ("rain", &c.rain, 0.0, 1000.0),
            ("ir_down", &c.ir_down, 0.0, 1000.0),
        ];
        for (name, values, min, max) in required {
            check_column(&axis, name, values, min, max)?;
        }
        for (name, values, min, max) in optional {
            if let Some(values) = values {
                check_column(&axis, name, values, min, max)?;
            }
        }
        Ok(Self { site, axis, columns, source: source.into(), notes: Vec::new(), made_by: MadeBy::default() })
    }

    /// Other columns in the place of these, with the same remarks and marks.
    pub(crate) fn with_columns(&self, columns: Columns) -> Result<Self> {
        let fresh = Self::new(self.site, Arc::clone(&self.axis), columns, self.source.clone())?;
        Ok(Self { notes: self.notes.clone(), made_by: self.made_by, ..fresh })
    }

    /// The columns that a tilted sensor's light comes from.
    pub(crate) fn made_by_sensor(&self, columns: Columns, sensor: [f64; 3]) -> Result<Self> {
        let made = self.with_columns(columns)?;
        Ok(Self { made_by: MadeBy { sensor: Some(sensor), ..self.made_by }, ..made })
    }

    /// What its irradiance was made by.
    pub(crate) fn made_by(&self) -> MadeBy {
        self.made_by
    }

    /// The same series with remarks added.
    #[must_use]
    pub fn with_notes(mut self, notes: impl IntoIterator<Item = Note>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// Where the series was recorded.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// When.
    pub fn axis(&self) -> &Arc<TimeAxis> {
        &self.axis
    }

    /// All columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Gives the columns back.
    pub fn into_columns(self) -> Columns {
        self.columns
    }

    /// What the series is and where it comes from, in one line.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What was assumed, repaired or found odd.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// How many records there are.
    #[expect(clippy::len_without_is_empty, reason = "a series is never empty")]
    pub fn len(&self) -> usize {
        self.axis.len()
    }

    /// Global horizontal irradiation of the whole series, kWh/m2.
    pub fn ghi_kwh_m2(&self) -> f64 {
        self.columns.ghi.iter().sum::<f64>() * self.axis.step_h() / 1000.0
    }
}

fn check_column(axis: &TimeAxis, column: &'static str, values: &[f64], min: f64, max: f64) -> Result<()> {
    if values.len() != axis.len() {
        return Err(Error::Length { name: column, found: values.len(), expected: axis.len() });
    }
    // All at once first: looking for the one that is wrong takes longer.
    let all = math::vectorised(
        #[inline(always)]
        || values.iter().filter(|v| !(**v >= min && **v <= max)).count() == 0,
    );
    if all {
        return Ok(());
    }
    match values.iter().position(|v| !(*v >= min && *v <= max)) {
        None => Ok(()),
        Some(index) => Err(Error::Series {
            column,
            index,
            time: axis.iso(index),
            value: values[index],
            problem: format!("allowed is {min} to {max}"),
        }),
    }
}
