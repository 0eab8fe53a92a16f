//! NREL's TMY2 files.
//!
//! Format: W. Marion, K. Urban, *User's Manual for TMY2s*, NREL/SP-463-7668 (1995), table 3-2. One line on the
//! station, then 142 columns of characters an hour. Hours count 1 to 24 in local standard time and end there.
//! Irradiance Wh/m2 of the hour, temperature and wind in tenths, pressure mbar, precipitable water mm, snow cm.

use std::borrow::Cow;

use chrono::Duration;

use super::series::{Draft, Place, Record, unix};
use super::text::{Column, Quantity, Text, note, offset_s};
use super::{Format, ReadOptions, Severity, Weather};
use crate::error::Result;
use crate::time::SunAt;

/// Characters of a record.
const WIDTH: usize = 142;

/// Quantity, first and last character from 1, name, factor to our unit, marks of missing values.
type Field = (Quantity, usize, usize, &'static str, f64, &'static [f64]);

const FIELDS: [Field; 9] = [
    (Quantity::Ghi, 18, 21, "Global Horizontal Radiation", 1.0, &[9999.0]),
    (Quantity::Dni, 24, 27, "Direct Normal Radiation", 1.0, &[9999.0]),
    (Quantity::Dhi, 30, 33, "Diffuse Horizontal Radiation", 1.0, &[9999.0]),
    (Quantity::TempAir, 68, 71, "Dry Bulb Temperature", 0.1, &[9999.0]),
    (Quantity::RelativeHumidity, 80, 82, "Relative Humidity", 1.0, &[999.0]),
    (Quantity::Pressure, 85, 88, "Atmospheric Pressure", 100.0, &[9999.0]),
    (Quantity::WindSpeed, 96, 98, "Wind Speed", 0.1, &[999.0]),
    (Quantity::PrecipitableWater, 124, 126, "Precipitable Water", 0.1, &[999.0]),
    (Quantity::SnowDepth, 134, 136, "Snow Depth", 1.0, &[999.0]),
];

pub(super) fn recognise(text: &str) -> bool {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let station = lines.next().is_some_and(|l| !l.contains(',') && parse_head(l).is_some());
    // A file cut off after its head is still this format.
    let record = |l: &str| l.get(1..9).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit() || b == b' '));
    station && lines.next().is_none_or(record)
}

struct Station {
    name: String,
    zone_h: f64,
    place: Place,
}

/// ` 12839 MIAMI   FL  -5 N 25 48 W  80 16     2`: read from the end, as names hold spaces.
fn parse_head(line: &str) -> Option<Station> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (name, tail) = words.split_at_checked(words.len().checked_sub(8)?)?;
    let [zone, north, lat, lat_min, east, lon, lon_min, elevation] = tail else { return None };
    let angle = |side: &str, plus: &str, minus: &str, degrees: &str, minutes: &str| {
        let size = degrees.parse::<f64>().ok()? + minutes.parse::<f64>().ok()? / 60.0;
        if side == plus {
            Some(size)
        } else if side == minus {
            Some(-size)
        } else {
            None
        }
    };
    let place = Place {
        latitude: angle(north, "N", "S", lat, lat_min)?,
        longitude: angle(east, "E", "W", lon, lon_min)?,
        elevation_m: elevation.parse().ok()?,
    };
    let zone_h = zone.parse().ok().filter(|z| (-12.0..=14.0).contains(z))?;
    Some(Station { name: name.join(" "), zone_h, place })
}

/// Reads a TMY2 file.
pub(super) fn read(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let mut lines = text.lines();
    let cut = || text.refuse("the line on the station is missing", "get the file again");
    let station = lines.next().and_then(|(_, l)| parse_head(l)).ok_or_else(cut)?;
    // The index is the field's first character, as the manual counts.
    let columns: Vec<Column> = FIELDS
        .iter()
        .map(|&(quantity, first, _, name, scale, missing)| {
            Column::new(quantity, first - 1, name, scale).missing(missing)
        })
        .collect();
    let mut records = Vec::new();
    for (line, content) in lines {
        let content = content.trim_end_matches(['\u{1a}', ' ']);
        if content.len() != WIDTH || !content.is_ascii() {
            let problem = format!(
                "the record has {} characters where {WIDTH} are expected; the file may be cut off or damaged",
                content.chars().count()
            );
            return Err(text.bad(line, "", "", problem));
        }
        let whole = |from: usize, to: usize, name: &str, min: i32, max: i32| {
            text.whole(
                line,
                content.get(from - 1..to).unwrap_or(""),
                &format!("characters {from}-{to} ({name})"),
                min,
                max,
            )
        };
        let year = 1900 + whole(2, 3, "year", 0, 99)?;
        let midnight = text.date(line, year, whole(4, 5, "month", 1, 12)?, whole(6, 7, "day", 1, 31)?)?;
        let hour = whole(8, 9, "hour", 1, 24)?;
        let start = unix(midnight + Duration::hours(i64::from(hour - 1)), station.zone_h);
        let field = |index: usize| {
            let end = FIELDS.iter().find(|f| f.1 == index + 1).map_or(index, |f| f.2);
            Cow::Borrowed(content.get(index..end).unwrap_or(""))
        };
        records.push(Record::from_fields(text, line, start, &columns, field)?);
    }
    Draft {
        text,
        format: Format::Tmy2,
        title: format!("station {}", station.name),
        place: Some(station.place),
        clock_s: offset_s(station.zone_h),
        civil_h: station.zone_h,
        step_s: 3600,
        sun_at: SunAt::Sunlit,
        columns,
        records,
        notes: vec![note(
            Severity::Info,
            "hours end at their label; wind_speed is the station's, usually 10 m above ground",
        )],
    }
    .finish(options)
}
