//! NSRDB files (PSM3, PSM4) and SAM's csv, of which they are a kind.
//!
//! Format: NREL, *Standard Time Series Data File Format* (2013; SAM's csv) and the NSRDB's download API. Two
//! lines of keys and values, one of column names, then records with Year, Month, Day, Hour (0 to 23) and Minute
//! in the zone of `Time Zone`. Irradiance W/m2, pressure mbar, precipitable water cm, snow depth cm.
//!
//! What a label means: NSRDB values are satellite images at the label's instant (half-hourly data up to 2017),
//! or, since 2018, averages of the 5-minute images symmetric about the label. Either way the sun that belongs to a
//! record is the sun at its label, and the file's own zenith angle is that, too. So the interval starts at the step's
//! multiple at or before the label (hourly minute 30: the hour; half-hourly and 5-minute files: the label itself) and
//! the sun is looked up at the label. SAM does the same. Two whole years at 40.53 N, 108.54 W (2017 of PSM3, 2023 of PSM4)
//! bear it out: GHI = DNI cos Z + DHI closes to 0.5 W/m2 there, and to 14 W/m2 with the sun ten minutes off. SAM files without a Minute column, and hourly files of other
//! origin with minute 30, are taken as means over their hour.

use chrono::Duration;

use super::series::{Draft, Place, Record, unix, usual_step};
use super::text::{Column, Quantity, Row, Text, note, offset_s};
use super::{Format, Note, ReadOptions, Severity, Weather};
use crate::error::Result;
use crate::time::SunAt;

/// Names of columns, lower case, in the order of preference. Those of the NSRDB and of SAM's own files.
const KNOWN: [(Quantity, &[&str]); 10] = [
    (Quantity::Ghi, &["ghi", "gh", "global", "global horizontal", "global horizontal irradiance"]),
    (Quantity::Dni, &["dni", "dn", "beam", "direct normal", "direct (beam) normal irradiance"]),
    (Quantity::Dhi, &["dhi", "df", "diffuse", "diffuse horizontal", "diffuse horizontal irradiance"]),
    (Quantity::TempAir, &["temperature", "tdry", "dry bulb", "dry bulb temp", "ambient temp", "air temperature"]),
    (Quantity::WindSpeed, &["wind speed", "wspd", "windvel", "wind velocity"]),
    (Quantity::Albedo, &["surface albedo", "albedo", "alb"]),
    (Quantity::Pressure, &["pressure", "pres", "surface pressure"]),
    (Quantity::RelativeHumidity, &["relative humidity", "rh", "rhum"]),
    (Quantity::PrecipitableWater, &["precipitable water", "pwat"]),
    (Quantity::SnowDepth, &["snow depth", "snow", "snow cover"]),
];

pub(super) fn recognise(text: &str) -> bool {
    let lower = |line: &str| line.to_ascii_lowercase();
    let mut lines = text.lines().map(lower);
    let Some(head) = lines.next() else { return false };
    let has = |line: &str, names: &[&str]| line.split(',').any(|f| names.contains(&f.trim_matches(['"', ' '])));
    has(&head, LATITUDE)
        && has(&head, LONGITUDE)
        && lines.nth(1).is_none_or(|l| has(&l, &["month", "mo"]) || l.len() < 40)
}

const LATITUDE: &[&str] = &["latitude", "lat"];
const LONGITUDE: &[&str] = &["longitude", "lon", "long", "lng"];

/// Reads an NSRDB or SAM csv file.
pub(super) fn read(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let mut lines = text.lines();
    let mut row = || match lines.next() {
        Some((line, content)) => text.split(line, content),
        None => Err(text.refuse("the file ends within its three lines of head", "it is cut off; get it again")),
    };
    let (keys, values, names) = (row()?, row()?, row()?);
    let head = Head { text, keys: &keys, values: &values };
    let place = Place {
        latitude: head.number(LATITUDE)?,
        longitude: head.number(LONGITUDE)?,
        elevation_m: head.number(&["elevation", "elev", "site elevation"])?,
    };
    let clock_h = head.zone(&["time zone", "timezone", "tz"])?;
    // Polar files are in UTC and name the local zone beside it.
    let civil_h = head.zone(&["local time zone"]).unwrap_or(clock_h);

    let columns = find_columns(&head, &names)?;
    let width = names.fields.iter().rposition(|f| !f.trim().is_empty()).map_or(0, |last| last + 1);
    let time = TimeColumns::find(text, &names)?;
    let mut records = Vec::new();
    for (line, content) in lines {
        let row = text.split(line, content)?;
        text.check_width(&row, width)?;
        records.push(Record::from_row(text, &row, time.label(text, &row, clock_h)?, &columns)?);
    }
    let step_s = if records.len() > 1 { usual_step(text, &records)? } else { 3600 };
    let source = head.get(&["source"]).unwrap_or("SAM csv").to_owned();
    let mut notes = Vec::new();
    let sun_at = place_labels(&mut records, &time, step_s, offset_s(clock_h), &source, &mut notes);
    if civil_h != clock_h {
        let text = format!("labels are at UTC {clock_h:+} h, local time at UTC {civil_h:+} h");
        notes.push(note(Severity::Info, text));
    }
    notes.push(note(Severity::Info, "wind_speed is kept as in the file, which does not state its height above ground"));
    Draft {
        text,
        format: Format::Nsrdb,
        title: format!("{source} {}", head.get(&["location id"]).unwrap_or("")).trim_end().to_owned(),
        place: Some(place),
        clock_s: offset_s(clock_h),
        civil_h,
        step_s,
        sun_at,
        columns,
        records,
        notes,
    }
    .finish(options)
}

/// Moves the records from their labels to the starts of their intervals and says where their sun is.
#[expect(clippy::cast_possible_truncation, reason = "a step is at most a day")]
fn place_labels(
    records: &mut [Record],
    time: &TimeColumns,
    step_s: i64,
    clock_s: i64,
    source: &str,
    notes: &mut Vec<Note>,
) -> SunAt {
    let past = |r: &Record| (r.start + clock_s).rem_euclid(step_s);
    let shift = records.first().map_or(0, past);
    // One stray minute is left where it is: the gap check will name its line.
    for record in records.iter_mut() {
        record.start -= shift;
    }
    let mean = time.minute.is_none() || (!source.to_ascii_uppercase().contains("NSRDB") && shift * 2 == step_s);
    let text = if mean {
        "records are taken as means over their interval".to_owned()
    } else {
        format!(
            "NSRDB and SAM convention: the sun is looked up at the label, {shift} s after the start of each {step_s} s"
        )
    };
    notes.push(note(Severity::Info, text));
    if mean { SunAt::Sunlit } else { SunAt::Instant(shift as i32) }
}

/// The two lines of keys and values.
struct Head<'a> {
    text: &'a Text<'a>,
    keys: &'a Row<'a>,
    values: &'a Row<'a>,
}

impl Head<'_> {
    fn position(&self, names: &[&str]) -> Option<usize> {
        (0..self.keys.fields.len()).find(|&i| names.iter().any(|n| self.keys.get(i).eq_ignore_ascii_case(n)))
    }

    fn get(&self, names: &[&str]) -> Option<&str> {
        self.position(names).map(|i| self.values.get(i)).filter(|v| !v.is_empty())
    }

    fn number(&self, names: &[&str]) -> Result<f64> {
        let name = names.first().copied().unwrap_or_default();
        let Some(index) = self.position(names) else {
            return Err(self.text.bad(
                self.keys.line,
                name,
                "",
                "the head does not name it; add it to both lines of the head",
            ));
        };
        self.text.number(self.values.line, self.values.get(index), &format!("{} ({name})", index + 1))
    }

    fn zone(&self, names: &[&str]) -> Result<f64> {
        let hours = self.number(names)?;
        if (-12.0..=14.0).contains(&hours) {
            return Ok(hours);
        }
        let name = names.first().copied().unwrap_or_default();
        Err(self.text.bad(self.values.line, name, &hours.to_string(), "allowed is -12 to 14 hours"))
    }

    /// The factor to our unit, from the head's `<column> Units`; the format's own unit where the head is silent.
    fn scale(&self, quantity: Quantity, name: &str) -> Result<f64> {
        let key = format!("{name} units");
        let usual = if quantity == Quantity::Pressure { 100.0 } else { 1.0 };
        let Some(unit) = self.get(&[key.as_str()]) else { return Ok(usual) };
        let known: &[(&str, f64)] = match quantity {
            Quantity::Pressure => &[("mbar", 100.0), ("millibar", 100.0), ("hpa", 100.0), ("pa", 1.0), ("kpa", 1000.0)],
            Quantity::PrecipitableWater => &[("cm", 1.0), ("mm", 0.1)],
            Quantity::SnowDepth => &[("cm", 1.0), ("m", 100.0), ("mm", 0.1)],
            Quantity::TempAir => &[("c", 1.0), ("degc", 1.0)],
            Quantity::WindSpeed => &[("m/s", 1.0), ("m s-1", 1.0)],
            Quantity::Ghi | Quantity::Dni | Quantity::Dhi => {
                &[("w/m2", 1.0), ("w/m^2", 1.0), ("w m-2", 1.0), ("kw/m2", 1000.0), ("wh/m2", 1.0)]
            }
            _ => return Ok(usual),
        };
        let found = known.iter().find(|(u, _)| unit.eq_ignore_ascii_case(u)).map(|(_, scale)| *scale);
        found.ok_or_else(|| {
            let units: Vec<&str> = known.iter().map(|(u, _)| *u).collect();
            let problem = format!("the unit is not known; known are {}", units.join(", "));
            self.text.bad(self.values.line, &key, unit, problem)
        })
    }
}

fn find_columns(head: &Head<'_>, names: &Row<'_>) -> Result<Vec<Column>> {
    let mut columns = Vec::new();
    for (quantity, known) in KNOWN {
        let at = known.iter().find_map(|n| (0..names.fields.len()).find(|&i| names.get(i).eq_ignore_ascii_case(n)));
        if let Some(index) = at {
            let name = names.get(index);
            columns.push(Column::new(quantity, index, name, head.scale(quantity, name)?));
        }
    }
    Ok(columns)
}

/// Where the time stands in a row.
struct TimeColumns {
    year: usize,
    month: usize,
    day: usize,
    hour: usize,
    minute: Option<usize>,
}

impl TimeColumns {
    fn find(text: &Text<'_>, names: &Row<'_>) -> Result<Self> {
        let at = |name: &str| (0..names.fields.len()).find(|&i| names.get(i).eq_ignore_ascii_case(name));
        let need = |name: &str| {
            at(name).ok_or_else(|| text.bad(names.line, name, "", "the line of column names has no such column"))
        };
        Ok(Self {
            year: need("year")?,
            month: need("month")?,
            day: need("day")?,
            hour: need("hour")?,
            minute: at("minute"),
        })
    }

    /// The label's instant, Unix seconds.
    fn label(&self, text: &Text<'_>, row: &Row<'_>, clock_h: f64) -> Result<i64> {
        let whole = |index: usize, name: &str, min: i32, max: i32| {
            let field = row.get(index);
            // The label of a column costs an allocation, so it is made only for an error.
            match field.parse::<i32>() {
                Ok(value) if (min..=max).contains(&value) => Ok(value),
                _ => text.whole(row.line, field, &format!("{} ({name})", index + 1), min, max),
            }
        };
        let year = whole(self.year, "year", 1900, 2199)?;
        let midnight = text.date(row.line, year, whole(self.month, "month", 1, 12)?, whole(self.day, "day", 1, 31)?)?;
        let hour = whole(self.hour, "hour", 0, 23)?;
        let minute = self.minute.map_or(Ok(0), |i| whole(i, "minute", 0, 59))?;
        Ok(unix(midnight + Duration::minutes(i64::from(hour * 60 + minute)), clock_h))
    }
}
