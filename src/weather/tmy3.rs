//! NREL's TMY3 files.
//!
//! Format: S. Wilcox, W. Marion, *Users Manual for TMY3 Data Sets*, NREL/TP-581-43156 (2008). One line on the
//! station, one of column names, then hours labelled 01:00 to 24:00 in local standard time: each label ends
//! its hour. Irradiance Wh/m2 of the hour, pressure mbar, precipitable water cm, rain mm, -9900 for missing.
//! `SolarAnywhere` writes the same with 00:00 of the next day instead of 24:00 and finer steps.

use chrono::Duration;

use super::series::{Draft, Place, Record, unix, usual_step};
use super::text::{Column, Quantity, Row, Text, note, offset_s};
use super::{Format, ReadOptions, Severity, Weather};
use crate::error::Result;
use crate::time::SunAt;

pub(super) fn recognise(text: &str) -> bool {
    text.lines().take(3).any(|line| line.trim_start_matches(['"', ' ']).starts_with("Date (MM/DD/YYYY)"))
}

/// Reads a TMY3 file.
pub(super) fn read(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let cut = || text.refuse("the file ends within its head", "get it again");
    let mut lines = text.lines();
    let (line, content) = lines.next().ok_or_else(cut)?;
    let head = text.split(line, content)?;
    let number = |index: usize, name: &str| text.number(line, head.get(index), &format!("{} ({name})", index + 1));
    let zone = number(3, "time zone")?;
    if !(-12.0..=14.0).contains(&zone) {
        return Err(text.bad(line, "4 (time zone)", head.get(3), "allowed is -12 to 14 hours"));
    }
    let place = Place {
        latitude: number(4, "latitude")?,
        longitude: number(5, "longitude")?,
        elevation_m: number(6, "elevation")?,
    };

    let (line, content) = lines.next().ok_or_else(cut)?;
    let names = text.split(line, content)?;
    let columns = find_columns(&names);
    let width = names.fields.iter().rposition(|f| !f.trim().is_empty()).map_or(0, |last| last + 1);

    let mut records = Vec::new();
    for (line, content) in lines {
        let row = text.split(line, content)?;
        text.check_width(&row, width)?;
        records.push(Record::from_row(text, &row, end_of_hour(text, &row, zone)?, &columns)?);
    }
    let step_s = if records.len() > 1 { usual_step(text, &records)? } else { 3600 };
    for record in &mut records {
        record.start -= step_s;
    }
    Draft {
        text,
        format: Format::Tmy3,
        title: format!("station {} {}, {}", head.get(0), head.get(1), head.get(2)),
        place: Some(place),
        clock_s: offset_s(zone),
        civil_h: zone,
        step_s,
        sun_at: SunAt::Sunlit,
        columns,
        records,
        notes: vec![note(
            Severity::Info,
            "labels end their hour; wind_speed is the station's, usually 10 m above ground",
        )],
    }
    .finish(options)
}

/// The label's instant, Unix seconds.
fn end_of_hour(text: &Text<'_>, row: &Row<'_>, zone: f64) -> Result<i64> {
    let (line, shown) = (row.line, row.get(0));
    let mut parts = shown.split('/');
    let mut part = || parts.next().and_then(|p| p.trim().parse::<i32>().ok());
    let (Some(month), Some(day), Some(year), None) = (part(), part(), part(), part()) else {
        return Err(text.bad(line, "1 (Date)", shown, "a date as MM/DD/YYYY is expected"));
    };
    let midnight = text.date(line, year, month, day)?;
    let time = row.get(1);
    let clock =
        time.split_once(':').and_then(|(h, m)| Some((h.trim().parse::<i64>().ok()?, m.trim().parse::<i64>().ok()?)));
    match clock {
        Some((hour, minute)) if (0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= 1440 => {
            Ok(unix(midnight + Duration::minutes(hour * 60 + minute), zone))
        }
        _ => Err(text.bad(line, "2 (Time)", time, "a time from 00:00 to 24:00 is expected")),
    }
}

fn find_columns(names: &Row<'_>) -> Vec<Column> {
    let known = [
        ("ghi", Quantity::Ghi, 1.0),
        ("dni", Quantity::Dni, 1.0),
        ("dhi", Quantity::Dhi, 1.0),
        ("dry-bulb", Quantity::TempAir, 1.0),
        ("wspd", Quantity::WindSpeed, 1.0),
        ("alb", Quantity::Albedo, 1.0),
        ("pressure", Quantity::Pressure, 100.0),
        ("rhum", Quantity::RelativeHumidity, 1.0),
        ("pwat", Quantity::PrecipitableWater, 1.0),
        ("lprecip depth", Quantity::Rain, 1.0),
    ];
    // "GHI (W/m^2)" is the value, "GHI source" and "GHI uncert (%)" are not; units vary between writers.
    let named = |short: &str| {
        let is = |f: &str| f.split('(').next().is_some_and(|n| n.trim().eq_ignore_ascii_case(short));
        names.fields.iter().position(|f| is(f))
    };
    let column = |(short, quantity, scale)| named(short).map(|i| Column::new(quantity, i, names.get(i), scale));
    known.into_iter().filter_map(column).collect()
}
