//! Recognises a weather file by its content and reads it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::text::Text;
use super::{Columns, Weather, epw, nasa_power, nsrdb, plain, pvgis, tmy2, tmy3};
use crate::error::{Error, Result};
use crate::site::Site;
use crate::time::TimeAxis;

/// The weather file formats that are recognised.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `EnergyPlus` weather, also PVGIS' own form of it.
    Epw,
    /// NREL's typical years of 1991-2005 (and 1976-2005), csv; `SolarAnywhere` writes it, too.
    Tmy3,
    /// NREL's typical years of 1961-1990, fixed columns.
    Tmy2,
    /// PVGIS typical year or hourly series, csv.
    PvgisCsv,
    /// PVGIS typical year or hourly series, json.
    PvgisJson,
    /// NSRDB's csv (PSM3, PSM4), which is SAM's csv.
    Nsrdb,
    /// NASA POWER hourly csv with its head.
    NasaPower,
    /// This crate's own plain csv.
    Plain,
}

impl Format {
    /// All formats, in the order in which a file is tried.
    pub const ALL: [Self; 8] =
        [Self::Epw, Self::NasaPower, Self::PvgisCsv, Self::PvgisJson, Self::Tmy3, Self::Nsrdb, Self::Tmy2, Self::Plain];

    /// The format of a file's text, by its first lines; `None` when it is none of those known.
    pub fn recognise(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| match format {
            Self::Epw => epw::recognise(text),
            Self::Tmy3 => tmy3::recognise(text),
            Self::Tmy2 => tmy2::recognise(text),
            Self::PvgisCsv => pvgis::recognise_csv(text),
            Self::PvgisJson => pvgis::recognise_json(text),
            Self::Nsrdb => nsrdb::recognise(text),
            Self::NasaPower => nasa_power::recognise(text),
            Self::Plain => plain::recognise(text),
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Epw => "EPW",
            Self::Tmy3 => "TMY3",
            Self::Tmy2 => "TMY2",
            Self::PvgisCsv => "PVGIS csv",
            Self::PvgisJson => "PVGIS json",
            Self::Nsrdb => "NSRDB/SAM csv",
            Self::NasaPower => "NASA POWER csv",
            Self::Plain => "plain csv",
        })
    }
}

/// What the caller knows better than the file.
///
/// # Examples
/// ```
/// use rooftop_pv::weather::ReadOptions;
/// // PVGIS files are in UTC; China's clocks are eight hours ahead.
/// let options = ReadOptions::default().utc_offset_h(8.0);
/// assert_eq!(options.utc_offset_h, Some(8.0));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// The site to use in place of the file's own; needed where the file names none.
    pub site: Option<Site>,
    /// The site to use where the file names none.
    pub fallback_site: Option<Site>,
    /// Local time's fixed offset from UTC, hours, for local days and months; goes before the site's. The
    /// instants of the records do not depend on it.
    pub utc_offset_h: Option<f64>,
}

impl ReadOptions {
    /// Uses this site, whatever the file says.
    #[must_use]
    pub fn site(mut self, site: Site) -> Self {
        self.site = Some(site);
        self
    }

    /// Uses this site where the file names none.
    #[must_use]
    pub fn fallback_site(mut self, site: Site) -> Self {
        self.fallback_site = Some(site);
        self
    }

    /// Uses this civil clock, whatever the file says.
    #[must_use]
    pub fn utc_offset_h(mut self, hours: f64) -> Self {
        self.utc_offset_h = Some(hours);
        self
    }
}

impl Weather {
    /// Reads a weather file; its format is recognised by its content.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be opened, and as [`Weather::read`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_file_with(path, &ReadOptions::default())
    }

    /// As [`Weather::from_file`], with what the caller knows better.
    ///
    /// # Errors
    /// As [`Weather::from_file`].
    pub fn from_file_with(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Self> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        Self::read(&path.display().to_string(), &bytes, options)
    }

    /// Reads the bytes of a weather file. `name` stands in errors and in [`Weather::source`].
    ///
    /// What was assumed, derived or repaired, and what looks odd, is in [`Weather::notes`].
    ///
    /// # Errors
    /// [`Error::Format`] for a file that cannot be used as a whole, [`Error::Record`] for the first line that
    /// cannot, with line and column.
    pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Self> {
        let text = Text::decode(name, bytes)?;
        match Format::recognise(&text.body) {
            Some(Format::Epw) => epw::read(&text, options),
            Some(Format::Tmy3) => tmy3::read(&text, options),
            Some(Format::Tmy2) => tmy2::read(&text, options),
            Some(Format::PvgisCsv) => pvgis::read_csv(&text, options),
            Some(Format::PvgisJson) => pvgis::read_json(&text, options),
            Some(Format::Nsrdb) => nsrdb::read(&text, options),
            Some(Format::NasaPower) => nasa_power::read(&text, options),
            Some(Format::Plain) => plain::read(&text, options),
            None => Err(unknown(&text)),
        }
    }

    /// The series cut at local New Year: one for each year, in order. Typical years stay whole.
    pub fn years(&self) -> Vec<Self> {
        let mut cuts = vec![0];
        for pair in self.axis.months().windows(2) {
            if let [december, january] = pair
                && december.month == 12
                && january.month == 1
            {
                cuts.push(january.records.start);
            }
        }
        cuts.push(self.len());
        cuts.windows(2).filter_map(|w| if let [from, to] = *w { self.part(from, to) } else { None }).collect()
    }

    /// Records `from..to` as a series of their own.
    fn part(&self, from: usize, to: usize) -> Option<Self> {
        if from == 0 && to == self.len() {
            return Some(self.clone());
        }
        let axis = &self.axis;
        let starts: Vec<i64> = axis.starts().skip(from).take(to - from).collect();
        let axis = TimeAxis::new(starts, axis.step_s(), axis.utc_offset_s(), axis.sun_at()).ok()?;
        let cut = |values: &[f64]| values.get(from..to).map(<[f64]>::to_vec).unwrap_or_default();
        let maybe = |values: &Option<Vec<f64>>| values.as_deref().map(cut);
        let c = &self.columns;
        let columns = Columns {
            ghi: cut(&c.ghi),
            dni: cut(&c.dni),
            dhi: cut(&c.dhi),
            temp_air: cut(&c.temp_air),
            wind_speed: cut(&c.wind_speed),
            albedo: maybe(&c.albedo),
            pressure: maybe(&c.pressure),
            relative_humidity: maybe(&c.relative_humidity),
            precipitable_water: maybe(&c.precipitable_water),
            snow_depth: maybe(&c.snow_depth),
            rain: maybe(&c.rain),
            ir_down: maybe(&c.ir_down),
        };
        Some(Self { axis: Arc::new(axis), columns, ..self.clone() })
    }
}

fn unknown(text: &Text<'_>) -> Error {
    let head = text.body.trim_start().to_ascii_lowercase();
    let known = Format::ALL.map(|f| f.to_string()).join(", ");
    if head.starts_with('<') {
        let fix = "it may be the error page of a download; open it in a browser to see what it says";
        return text.refuse("the file is a web page or XML, not weather data", fix);
    }
    if head.starts_with(['{', '[']) {
        return text
            .refuse("the json is not that of PVGIS (inputs, outputs.tmy_hourly or outputs.hourly)", "get it whole");
    }
    text.refuse("the format is not recognised by its first lines", format!("known are {known}"))
}
