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
//! and `ghi`, or `dni` and `dhi`: what is missing of the three is closed, or derived from GHI. Without `elevation_m` the height of
//! [`ReadOptions::fallback_site`] is taken, or 0 m. Other lines with `#` are comments.

use chrono::{DateTime, FixedOffset};

use super::series::{Draft, Place, Record, usual_step};
use super::text::{Column, Quantity, Row, Text};
use super::{Format, Note, ReadOptions, Severity, Weather, text::note};
use crate::error::Result;
use crate::time::SunAt;
use crate::words::did_you_mean;

/// What the head says of the place.
const HEAD: [&str; 3] = ["latitude", "longitude", "elevation_m"];

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
    let mut notes = Vec::new();
    let mut lines = text.lines();
    let names = loop {
        let Some((line, content)) = lines.next() else {
            return Err(text.refuse("the line of column names is missing", "it begins with time"));
        };
        let Some(comment) = content.trim().strip_prefix('#') else {
            break text.split(line, content)?;
        };
        let Some((key, value)) = comment.split_once(':') else { continue };
        let key = key.trim();
        match HEAD.iter().position(|name| *name == key) {
            Some(index) => place[index] = Some(text.number(line, value, key)?),
            None => notes.extend(other_key(text, line, key)?),
        }
    };
    let (time, columns) = find_columns(text, &names)?;
    let mut records = Vec::new();
    let mut first: Option<FixedOffset> = None;
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
    let place = whole_place(text, place, options, &mut notes)?;
    let step_s = if records.len() > 1 { usual_step(text, &records)? } else { 3600 };
    Draft {
        text,
        format: Format::Plain,
        title: "labels start their interval".into(),
        place,
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

/// A line of the head that is not read: a comment, or what was meant to be read and would change the results.
fn other_key(text: &Text<'_>, line: usize, key: &str) -> Result<Option<Note>> {
    let plain = key.to_ascii_lowercase();
    if ["utc", "timezone", "time zone", "time_zone", "tz"].iter().any(|clock| plain.starts_with(clock)) {
        let told = format!("line {line}: {key:?} is not read, since each time has its own offset from UTC");
        return Ok(Some(note(Severity::Info, told)));
    }
    let hint = match plain.as_str() {
        "altitude" | "altitude_m" | "alt" | "height" | "height_m" => "; did you mean elevation_m?".to_owned(),
        "lng" => "; did you mean longitude?".to_owned(),
        _ => did_you_mean(key, HEAD),
    };
    if hint.is_empty() {
        return Ok(None);
    }
    Err(text.bad(line, "", key, format!("no such key{hint} Known are {}", HEAD.join(", "))))
}

/// The place that the head gives, with a height of the caller's where it has none.
fn whole_place(
    text: &Text<'_>,
    place: [Option<f64>; 3],
    options: &ReadOptions,
    notes: &mut Vec<Note>,
) -> Result<Option<Place>> {
    let (latitude, longitude, elevation_m) = match place {
        [Some(latitude), Some(longitude), elevation_m] => (latitude, longitude, elevation_m),
        [None, None, None] => return Ok(None),
        _ => {
            let problem = "the head has only a part of the place";
            return Err(
                text.refuse(problem, "give # latitude: and # longitude: together, or neither and no # elevation_m:")
            );
        }
    };
    // The caller's own site goes before the whole head.
    if elevation_m.is_none() && options.site.is_none() {
        let taken = match options.fallback_site {
            Some(site) => format!("that of the site given by the caller is taken, {} m", site.elevation_m),
            None => "0 m is taken".into(),
        };
        notes.push(note(Severity::Info, format!("the head has no # elevation_m: {taken}")));
    }
    let other = options.fallback_site.map_or(0.0, |site| site.elevation_m);
    Ok(Some(Place { latitude, longitude, elevation_m: elevation_m.unwrap_or(other) }))
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
