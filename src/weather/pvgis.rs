//! PVGIS: typical years and hourly series, csv and json.
//!
//! Format: European Commission, JRC, *PVGIS user manual* and *API non-interactive service*. Labels are UTC,
//! `YYYYMMDD:HHMM`. Values are momentary: hourly series carry the minute of the satellite's image in the label,
//! typical years carry it in the head (`Irradiance Time Offset (h)`). Irradiance W/m2, pressure Pa, wind at 10 m.
//! PVGIS counts azimuth from south; no azimuth enters here, since only horizontal irradiance can be read.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use serde_json::Value;

use super::series::{Draft, Place, Record, on_clock, unix};
use super::text::{Column, Quantity, Row, Text, note};
use super::{Format, ReadOptions, Severity, Weather};
use crate::error::{Error, Result};
use crate::time::SunAt;

const HOUR: i64 = 3600;

/// PVGIS' names, and the factor to our unit. The three in-plane components (`i`) count only on a level plane.
const KNOWN: [(&str, Quantity); 11] = [
    ("G(h)", Quantity::Ghi),
    ("Gb(n)", Quantity::Dni),
    ("Gd(h)", Quantity::Dhi),
    ("G(i)", Quantity::Ghi),
    ("Gd(i)", Quantity::Dhi),
    ("T2m", Quantity::TempAir),
    ("WS10m", Quantity::WindSpeed),
    ("RH", Quantity::RelativeHumidity),
    ("SP", Quantity::Pressure),
    ("PS", Quantity::Pressure),
    ("IR(h)", Quantity::IrDown),
];

pub(super) fn recognise_csv(text: &str) -> bool {
    text.trim_start().starts_with("Latitude (decimal degrees)")
}

pub(super) fn recognise_json(text: &str) -> bool {
    text.trim_start().starts_with('{') && ["\"tmy_hourly\"", "\"hourly\"", "PVGIS"].iter().any(|k| text.contains(k))
}

/// What the head of either form says.
#[derive(Default)]
struct Head {
    latitude: Option<f64>,
    longitude: Option<f64>,
    elevation_m: Option<f64>,
    /// From the label to the instant of the irradiance, hours.
    offset_h: Option<f64>,
    database: String,
    /// Tilt of the plane as written; `None` in typical years.
    slope: Option<String>,
}

impl Head {
    /// In-plane irradiance is global horizontal irradiance only on a level, fixed plane.
    fn refuse_tilted(&self, text: &Text<'_>, names: &[&str]) -> Result<()> {
        let tilted = names.iter().any(|n| n.ends_with("(i)")) && !names.contains(&"G(h)");
        let slope = self.slope.as_deref().unwrap_or("unknown");
        if !tilted || slope.trim_end_matches(" deg.").trim().parse::<f64>() == Ok(0.0) {
            return Ok(());
        }
        Err(text.refuse(
            format!(
                "the irradiance is that of an inclined or tracking plane (slope {slope}), which cannot be turned back"
            ),
            "ask PVGIS for slope 0 with radiation components, or for the typical year (TMY)",
        ))
    }

    fn finish(self, text: &Text<'_>, format: Format, options: &ReadOptions, body: Body) -> Result<Weather> {
        let mut notes = vec![note(Severity::Info, "wind_speed is the 10 m wind of PVGIS (WS10m), kept as it is")];
        if options.utc_offset_h.is_none() && options.site.is_none() {
            let text =
                "the file is in UTC and names no local clock: local time is UTC unless ReadOptions say otherwise";
            notes.push(note(Severity::Info, text));
        }
        if body.summed_beam {
            notes.push(note(Severity::Info, "ghi is the sum of beam and diffuse on the level plane (Gb(i) + Gd(i))"));
        }
        let place = self.latitude.zip(self.longitude).map(|(latitude, longitude)| Place {
            latitude,
            longitude,
            elevation_m: self.elevation_m.unwrap_or(0.0),
        });
        let Body { columns, mut records, .. } = body;
        let shift = self.place_instants(text, &mut records)?;
        let text_of_shift = format!("records are momentary: the sun is looked up {shift} s after each full hour UTC");
        notes.push(note(Severity::Info, text_of_shift));
        Draft {
            text,
            format,
            title: if self.database.is_empty() { "typical year".into() } else { self.database },
            place,
            clock_s: 0,
            civil_h: 0.0,
            step_s: HOUR,
            sun_at: SunAt::Instant(shift),
            columns,
            records,
            notes,
        }
        .finish(options)
    }

    /// Moves the records from their instants to the full hours before them; returns the common distance, s.
    #[expect(clippy::cast_possible_truncation, reason = "checked to lie within two hours")]
    fn place_instants(&self, text: &Text<'_>, records: &mut [Record]) -> Result<i32> {
        let offset = self.offset_h.unwrap_or(0.0);
        if !(-1.0..=1.0).contains(&offset) {
            return Err(
                text.refuse(format!("an irradiance time offset of {offset} h cannot be"), "allowed is -1 to 1 hour")
            );
        }
        let shift = (offset * 3600.0).round() as i64;
        let first = records.first().map_or(0, |r| (r.start + shift).rem_euclid(HOUR));
        for record in records {
            let within = (record.start + shift).rem_euclid(HOUR);
            if within != first {
                let minutes = within / 60;
                let problem =
                    format!("the label stands {minutes} min past the hour, those before it {} min", first / 60);
                return Err(text.bad(record.line, "1 (time)", "", problem));
            }
            record.start += shift - within;
        }
        Ok(first as i32)
    }
}

/// The records, still at their labels' instants.
struct Body {
    columns: Vec<Column>,
    records: Vec<Record>,
    summed_beam: bool,
}

/// The columns among `names`; on a level plane without its global sum, `Gb(i)` takes the place of GHI and the
/// diffuse part is added to it later.
fn find_columns(names: &[&str]) -> (Vec<Column>, bool) {
    let mut columns: Vec<Column> = Vec::new();
    for &(name, quantity) in &KNOWN {
        if let Some(index) = names.iter().position(|n| *n == name)
            && !columns.iter().any(|c| c.quantity == quantity)
        {
            columns.push(Column::new(quantity, index, name, 1.0));
        }
    }
    let beam = names.iter().position(|n| *n == "Gb(i)");
    let summed = beam.is_some() && !columns.iter().any(|c| c.quantity == Quantity::Ghi);
    if let (true, Some(index)) = (summed, beam) {
        columns.push(Column::new(Quantity::Ghi, index, "Gb(i)", 1.0));
    }
    (columns, summed)
}

fn add_diffuse(records: &mut [Record]) {
    for record in records {
        let diffuse = record.values.get(Quantity::Dhi as usize).copied().unwrap_or(f64::NAN);
        if let Some(ghi) = record.values.get_mut(Quantity::Ghi as usize) {
            *ghi += diffuse;
        }
    }
}

/// Reads PVGIS' csv.
pub(super) fn read_csv(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let mut head = Head::default();
    let mut lines = text.lines();
    let names = loop {
        let Some((line, content)) = lines.next() else {
            return Err(
                text.refuse("the line of column names (time,...) is missing", "the file is cut off; get it again")
            );
        };
        if content.starts_with("time") {
            break text.split(line, content)?;
        }
        read_head_line(&mut head, text, line, content)?;
    };
    let all: Vec<&str> = (0..names.fields.len()).map(|i| names.get(i)).collect();
    head.refuse_tilted(text, &all)?;
    let (columns, summed_beam) = find_columns(&all);
    let mut records = Vec::new();
    for (line, content) in lines {
        // The legend under the records, "T2m: 2-m air temperature", starts with a letter.
        if content.starts_with(|c: char| c.is_ascii_alphabetic()) {
            break;
        }
        let row = text.split(line, content)?;
        text.check_width(&row, all.len())?;
        records.push(Record::from_row(text, &row, label(text, &row)?, &columns)?);
    }
    if summed_beam {
        add_diffuse(&mut records);
    }
    head.finish(text, Format::PvgisCsv, options, Body { columns, records, summed_beam })
}

fn read_head_line(head: &mut Head, text: &Text<'_>, line: usize, content: &str) -> Result<()> {
    let Some((key, value)) = content.split_once(':') else { return Ok(()) };
    let value = value.trim();
    let number = |name: &str| text.number(line, value, name).map(Some);
    match key.trim() {
        "Latitude (decimal degrees)" => head.latitude = number("latitude")?,
        "Longitude (decimal degrees)" => head.longitude = number("longitude")?,
        "Elevation (m)" => head.elevation_m = number("elevation")?,
        "Irradiance Time Offset (h)" => head.offset_h = number("irradiance time offset")?,
        "Radiation database" => value.clone_into(&mut head.database),
        "Slope" => head.slope = Some(value.to_owned()),
        _ => {}
    }
    Ok(())
}

fn label(text: &Text<'_>, row: &Row<'_>) -> Result<i64> {
    let shown = row.get(0);
    parse_label(shown).ok_or_else(|| text.bad(row.line, "1 (time)", shown, "a UTC time as YYYYMMDD:HHMM is expected"))
}

fn parse_label(label: &str) -> Option<i64> {
    NaiveDateTime::parse_from_str(label, "%Y%m%d:%H%M").ok().map(|at| unix(at, 0.0))
}

/// Reads PVGIS' json.
pub(super) fn read_json(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let tree: Value = serde_json::from_str(&text.body).map_err(|e| {
        let problem = format!("the json cannot be read: {e}; the file may be cut off or damaged");
        text.bad(e.line(), &e.column().to_string(), "", problem)
    })?;
    let head = read_tree_head(&tree);
    let outputs = ["/outputs/tmy_hourly", "/outputs/hourly"];
    let Some((path, list)) = outputs.iter().find_map(|p| Some((*p, tree.pointer(p)?.as_array()?))) else {
        return Err(
            text.refuse("the json holds neither outputs.tmy_hourly nor outputs.hourly", "ask PVGIS for one of them")
        );
    };
    let first = list.first().and_then(Value::as_object);
    let names: Vec<&str> = first.map(|o| o.keys().map(String::as_str).collect()).unwrap_or_default();
    head.refuse_tilted(text, &names)?;
    let (columns, summed_beam) = find_columns(&names);
    let mut records = Vec::with_capacity(list.len());
    for (i, item) in list.iter().enumerate() {
        let shown = ["time(UTC)", "time"].iter().find_map(|k| item.get(k)?.as_str()).unwrap_or("");
        let place = |problem: &str| json_error(text, path, i, shown, problem);
        let start = parse_label(shown).ok_or_else(|| place("a UTC time as YYYYMMDD:HHMM is expected"))?;
        if item.as_object().map(serde_json::Map::len) != Some(names.len()) {
            return Err(place("the record has other fields than the first"));
        }
        let field = |index: usize| match names.get(index).and_then(|n| item.get(*n)) {
            Some(Value::String(s)) => Cow::Owned(s.clone()),
            Some(value) => Cow::Owned(value.to_string()),
            None => Cow::Borrowed(""),
        };
        // The line is looked for only when it is needed: a file of one line has them all in it.
        let record = Record::from_fields(text, 1, start, &columns, field).map_err(|error| match error {
            Error::Record { column, value, problem, .. } => {
                let name = column.split_once('(').map_or("", |(_, n)| n.trim_end_matches(')'));
                let whole = format!("{path}/{i} ({name})");
                text.bad(line_of(text, shown), &whole, &value, problem)
            }
            other => other,
        })?;
        records.push(record);
    }
    number_lines(text, &mut records);
    if summed_beam {
        add_diffuse(&mut records);
    }
    head.finish(text, Format::PvgisJson, options, Body { columns, records, summed_beam })
}

fn read_tree_head(tree: &Value) -> Head {
    let number = |path: &str| tree.pointer(path).and_then(Value::as_f64);
    let slope = tree.pointer("/inputs/mounting_system").map(|m| {
        m.pointer("/fixed/slope/value")
            .map_or_else(|| "tracking".to_owned(), |v| v.as_str().map_or(v.to_string(), str::to_owned))
    });
    Head {
        latitude: number("/inputs/location/latitude"),
        longitude: number("/inputs/location/longitude"),
        elevation_m: number("/inputs/location/elevation"),
        offset_h: number("/inputs/location/irradiance_time_offset"),
        database: tree
            .pointer("/inputs/meteo_data/radiation_db")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        slope,
    }
}

fn json_error(text: &Text<'_>, path: &str, index: usize, shown: &str, problem: &str) -> Error {
    text.bad(line_of(text, shown), &format!("{path}/{index} (time)"), shown, problem)
}

/// Gives the records the lines of their labels, in one pass through the text.
fn number_lines(text: &Text<'_>, records: &mut [Record]) {
    let (mut rest, mut line) = (text.body.as_ref(), 1);
    for record in records {
        let label = on_clock(record.start, 0).format("%Y%m%d:%H%M").to_string();
        // Rows that are not in order of the text keep the line of those before them.
        if let Some((before, after)) = rest.split_once(&label) {
            line += before.matches('\n').count();
            rest = after;
        } else {
            rest = "";
        }
        record.line = line;
    }
}

/// The line on which a label stands, from 1.
fn line_of(text: &Text<'_>, label: &str) -> usize {
    let before = text.body.find(label).and_then(|at| text.body.get(..at));
    before.map_or(1, |b| b.matches('\n').count() + 1)
}
