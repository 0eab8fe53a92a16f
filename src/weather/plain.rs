//! This crate's own plain csv, for data that comes in no other format.
//!
//! ```csv
//! # latitude: 36.68
//! # longitude: 117.53
//! # elevation_m: 80
//! time,ghi,dni,dhi,temp_air,wind_speed
//! 2021-01-01T00:00+08:00,0,0,0,-3.1,2.2
//! ```
//!
//! `time` is ISO 8601 with an offset and starts the interval; values are means over it. Columns are those of
//! [`Columns`](super::Columns), in its units, in any order; `time`, `temp_air` and `wind_speed` have to be there,
//! and `ghi`, or `dni` and `dhi`: what is missing of the three is closed, or derived from GHI.

use chrono::{DateTime, FixedOffset};

use super::series::{Draft, Place, Record, usual_step};
use super::text::{Column, Quantity, Row, Text};
use super::{Format, ReadOptions, Severity, Weather, text::note};
use crate::error::Result;
use crate::time::SunAt;

const ALL: [Quantity; 12] = [
    Quantity::Ghi,
    Quantity::Dni,
    Quantity::Dhi,
    Quantity::TempAir,
    Quantity::WindSpeed,
    Quantity::Albedo,
    Quantity::Pressure,
    Quantity::RelativeHumidity,
    Quantity::PrecipitableWater,
    Quantity::SnowDepth,
    Quantity::Rain,
    Quantity::IrDown,
];

pub(super) fn recognise(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.next().is_some_and(|l| l.split(',').any(|f| f.trim_matches(['"', ' ']) == "time"))
}

/// Reads a plain csv.
pub(super) fn read(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let mut place = [None; 3];
    let mut lines = text.lines();
    let names = loop {
        let Some((line, content)) = lines.next() else {
            return Err(text.refuse("the line of column names is missing", "it begins with time"));
        };
        let Some(comment) = content.trim().strip_prefix('#') else {
            break text.split(line, content)?;
        };
        let Some((key, value)) = comment.split_once(':') else { continue };
        for (slot, name) in place.iter_mut().zip(["latitude", "longitude", "elevation_m"]) {
            if key.trim() == name {
                *slot = Some(text.number(line, value, name)?);
            }
        }
    };
    let (time, columns) = find_columns(text, &names)?;
    let mut records = Vec::new();
    let mut first: Option<FixedOffset> = None;
    let mut notes = Vec::new();
    let mut other_clocks = 0_usize;
    for (line, content) in lines {
        let row = text.split(line, content)?;
        text.check_width(&row, names.fields.len())?;
        let at = instant(text, &row, time)?;
        other_clocks += usize::from(*first.get_or_insert(*at.offset()) != *at.offset());
        records.push(Record::from_row(text, &row, at.timestamp(), &columns)?);
    }
    let clock_s = i64::from(first.map_or(0, |o| o.local_minus_utc()));
    if other_clocks > 0 {
        let text = format!(
            "{other_clocks} records have another UTC offset than the first: their instants are kept, local time \
             keeps the first offset (no daylight saving)"
        );
        notes.push(note(Severity::Info, text));
    }
    let step_s = if records.len() > 1 { usual_step(text, &records)? } else { 3600 };
    let [latitude, longitude, elevation_m] = place;
    Draft {
        text,
        format: Format::Plain,
        title: "labels start their interval".into(),
        place: latitude.zip(longitude).map(|(latitude, longitude)| Place {
            latitude,
            longitude,
            elevation_m: elevation_m.unwrap_or(0.0),
        }),
        clock_s,
        civil_h: clock_s as f64 / 3600.0,
        step_s,
        sun_at: SunAt::Sunlit,
        columns,
        records,
        notes,
    }
    .finish(options)
}

fn find_columns(text: &Text<'_>, names: &Row<'_>) -> Result<(usize, Vec<Column>)> {
    let mut columns: Vec<Column> = Vec::new();
    let mut time = None;
    for index in 0..names.fields.len() {
        let name = names.get(index);
        let quantity = ALL.into_iter().find(|q| q.name() == name);
        let twice =
            quantity.is_some_and(|q| columns.iter().any(|c| c.quantity == q)) || (name == "time" && time.is_some());
        let shown = (index + 1).to_string();
        match quantity {
            _ if twice => return Err(text.bad(names.line, &shown, name, "the column stands here twice")),
            Some(quantity) => columns.push(Column::new(quantity, index, name, 1.0)),
            None if name == "time" => time = Some(index),
            None => {
                let known = ALL.map(Quantity::name).join(", ");
                return Err(text.bad(names.line, &shown, name, format!("no such column; known are time, {known}")));
            }
        }
    }
    match time {
        Some(time) => Ok((time, columns)),
        None => Err(text.bad(names.line, "", "", "the column time is missing")),
    }
}

/// ISO 8601 with offset, seconds optional, `T` or a blank between date and time.
fn instant(text: &Text<'_>, row: &Row<'_>, time: usize) -> Result<DateTime<FixedOffset>> {
    let shown = row.get(time);
    let forms = ["%Y-%m-%dT%H:%M%#z", "%Y-%m-%d %H:%M%#z", "%Y-%m-%dT%H:%M:%S%#z", "%Y-%m-%d %H:%M:%S%#z"];
    let found = DateTime::parse_from_rfc3339(shown).ok();
    let found = found.or_else(|| forms.iter().find_map(|f| DateTime::parse_from_str(shown, f).ok()));
    found.ok_or_else(|| {
        let problem = "a time with its UTC offset is expected, as 2021-01-01T00:00+08:00";
        text.bad(row.line, &format!("{} (time)", time + 1), shown, problem)
    })
}
