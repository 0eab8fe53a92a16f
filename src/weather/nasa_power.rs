//! NASA POWER hourly csv with its head.
//!
//! Format: NASA Langley, POWER hourly API documentation. A head between `-BEGIN HEADER-` and `-END HEADER-`, then
//! YEAR, MO, DY, HR (0 to 23, the hour begins at the label) and the parameters. Times are UTC or LST; POWER's LST is
//! UTC shifted by the whole hours nearest to longitude / 15. -999 for missing. Irradiance Wh/m2 in the hour for
//! the renewable-energy community, MJ/hr for agroclimatology; the head says which. Pressure kPa.

use chrono::Duration;

use super::series::{Draft, Place, Record, unix};
use super::text::{Column, Quantity, Row, Text, note, offset_s};
use super::{Format, Note, ReadOptions, Severity, Weather};
use crate::error::Result;
use crate::time::SunAt;

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with("-BEGIN HEADER-")
}

#[derive(Default)]
struct Head {
    latitude: Option<f64>,
    longitude: Option<f64>,
    elevation_m: Option<f64>,
    /// `Some(true)` for LST, `Some(false)` for UTC.
    solar: Option<bool>,
    /// Parameter and unit.
    units: Vec<(String, String)>,
}

/// Reads an hourly file of NASA POWER.
pub(super) fn read(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let mut lines = text.lines();
    let cut = || text.refuse("the file ends within its head", "it is cut off; get it again");
    let mut head = Head::default();
    loop {
        let (line, content) = lines.next().ok_or_else(cut)?;
        if content.trim().starts_with("-END HEADER-") {
            break;
        }
        head.line(text, line, content)?;
    }
    let (line, content) = lines.next().ok_or_else(cut)?;
    let names = text.split(line, content)?;
    if names.get(3) != "HR" {
        return Err(text.bad(line, "4", names.get(3), "HR is expected: only the hourly files of POWER can be used"));
    }
    let Some(solar) = head.solar else {
        return Err(
            text.refuse("the head does not say whether times are UTC or LST", "keep its line 'Dates ... in UTC'")
        );
    };
    let (Some(latitude), Some(longitude)) = (head.latitude, head.longitude) else {
        return Err(text.refuse("the head does not name latitude and longitude", "keep its line 'Location: ...'"));
    };
    let clock_h = if solar { (longitude / 15.0).round() } else { 0.0 };
    let mut notes = Vec::new();
    tell_clock(solar, clock_h, options, &mut notes);
    let columns = find_columns(text, &head, &names, &mut notes)?;

    let mut records = Vec::new();
    for (line, content) in lines {
        let row = text.split(line, content)?;
        text.check_width(&row, names.fields.len())?;
        records.push(Record::from_row(text, &row, start(text, &row, clock_h)?, &columns)?);
    }
    Draft {
        text,
        format: Format::NasaPower,
        title: "CERES and MERRA-2".into(),
        place: Some(Place { latitude, longitude, elevation_m: head.elevation_m.unwrap_or(0.0) }),
        clock_s: offset_s(clock_h),
        civil_h: clock_h,
        step_s: 3600,
        sun_at: SunAt::Sunlit,
        columns,
        records,
        notes,
    }
    .finish(options)
}

fn tell_clock(solar: bool, clock_h: f64, options: &ReadOptions, notes: &mut Vec<Note>) {
    let text = if solar {
        format!("times are POWER's local solar time, UTC {clock_h:+} h by longitude; labels begin their hour")
    } else if options.utc_offset_h.is_none() && options.site.is_none() {
        "times are UTC and no local clock is named: local time is UTC unless ReadOptions say otherwise; labels begin \
         their hour"
            .to_owned()
    } else {
        "times are UTC; labels begin their hour".to_owned()
    };
    notes.push(note(Severity::Info, text));
}

impl Head {
    fn line(&mut self, text: &Text<'_>, line: usize, content: &str) -> Result<()> {
        let lower = content.to_ascii_lowercase();
        let trimmed = content.trim();
        if lower.starts_with("dates") {
            // "Dates (month/day/year): 01/01/2021 through 03/31/2021 in LST"
            self.solar = match trimmed.rsplit(' ').next() {
                Some("LST") => Some(true),
                Some("UTC" | "GMT") => Some(false),
                _ => None,
            };
        } else if lower.starts_with("location") {
            let after = |name: &str| {
                let rest = lower.split_once(name).map_or("", |(_, rest)| rest);
                text.number(line, rest.split_whitespace().next().unwrap_or(""), name).map(Some)
            };
            self.latitude = after("latitude")?;
            self.longitude = after("longitude")?;
        } else if lower.starts_with("elevation") {
            // "Elevation from MERRA-2: Average for ... region = 62.89 meters"
            let value = lower.rsplit_once('=').map_or("", |(_, v)| v).trim().trim_end_matches("meters");
            self.elevation_m = Some(text.number(line, value, "elevation")?);
        } else if let (Some(name), Some(open)) = (trimmed.split_whitespace().next(), trimmed.rfind('(')) {
            // "PS     MERRA-2 Surface Pressure (kPa)"
            let unit = trimmed.get(open + 1..).unwrap_or("").trim_end_matches([')', ' ']);
            self.units.push((name.to_owned(), unit.to_owned()));
        }
        Ok(())
    }
}

/// POWER's names, our quantities, known units with their factors; the first unit holds where the head is silent.
type Known = (&'static str, Quantity, &'static [(&'static str, f64)]);

/// MJ in an hour to W: 1e6 J / 3600 s.
const IRRADIANCE: &[(&str, f64)] = &[
    ("Wh/m^2", 1.0),
    ("W/m^2", 1.0),
    ("kW-hr/m^2", 1000.0),
    ("MJ/hr", 1e6 / 3600.0),
    ("MJ/m^2", 1e6 / 3600.0),
    ("MJ/m^2/hour", 1e6 / 3600.0),
];

const KNOWN: [Known; 12] = [
    ("ALLSKY_SFC_SW_DWN", Quantity::Ghi, IRRADIANCE),
    ("ALLSKY_SFC_SW_DNI", Quantity::Dni, IRRADIANCE),
    ("ALLSKY_SFC_SW_DIFF", Quantity::Dhi, IRRADIANCE),
    ("T2M", Quantity::TempAir, &[("C", 1.0)]),
    ("WS10M", Quantity::WindSpeed, &[("m/s", 1.0)]),
    ("WS2M", Quantity::WindSpeed, &[("m/s", 1.0)]),
    ("ALLSKY_SRF_ALB", Quantity::Albedo, &[("dimensionless", 1.0)]),
    ("PS", Quantity::Pressure, &[("kPa", 1000.0)]),
    ("RH2M", Quantity::RelativeHumidity, &[("%", 1.0)]),
    ("TQV", Quantity::PrecipitableWater, &[("kg/m^2", 0.1), ("kg m-2", 0.1), ("cm", 1.0)]),
    ("ALLSKY_SFC_LW_DWN", Quantity::IrDown, IRRADIANCE),
    ("PRECTOTCORR", Quantity::Rain, &[("mm/hour", 1.0), ("mm/day", 1.0 / 24.0)]),
];

fn find_columns(text: &Text<'_>, head: &Head, names: &Row<'_>, notes: &mut Vec<Note>) -> Result<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    for (name, quantity, units) in KNOWN {
        let Some(index) = (0..names.fields.len()).find(|&i| names.get(i) == name) else { continue };
        if columns.iter().any(|c| c.quantity == quantity) {
            continue;
        }
        let stated = head.units.iter().find(|(n, _)| n == name).map(|(_, unit)| unit.as_str());
        let scale = match stated {
            None => units.first().map(|(_, scale)| *scale),
            Some(stated) => units.iter().find(|(u, _)| u.eq_ignore_ascii_case(stated)).map(|(_, scale)| *scale),
        };
        let Some(scale) = scale else {
            let known: Vec<&str> = units.iter().map(|(u, _)| *u).collect();
            let problem = format!("its unit in the head is not known; known are {}", known.join(", "));
            return Err(text.bad(names.line, &format!("{} ({name})", index + 1), stated.unwrap_or(""), problem));
        };
        if quantity.is_irradiance() && scale != 1.0 {
            let text = format!("{name} is in {}: times {scale:.2} to W/m2", stated.unwrap_or(""));
            notes.push(note(Severity::Info, text));
        }
        if quantity == Quantity::WindSpeed {
            let height = if name == "WS10M" { "10 m" } else { "2 m" };
            notes.push(note(Severity::Info, format!("wind_speed is {name}, {height} above ground")));
        }
        columns.push(Column::new(quantity, index, name, scale));
    }
    Ok(columns)
}

fn start(text: &Text<'_>, row: &Row<'_>, clock_h: f64) -> Result<i64> {
    let line = row.line;
    let year = text.whole(line, row.get(0), "1 (YEAR)", 1900, 2199)?;
    let month = text.whole(line, row.get(1), "2 (MO)", 1, 12)?;
    let day = text.whole(line, row.get(2), "3 (DY)", 1, 31)?;
    let hour = text.whole(line, row.get(3), "4 (HR)", 0, 23)?;
    let midnight = text.date(line, year, month, day)?;
    Ok(unix(midnight + Duration::hours(i64::from(hour)), clock_h))
}
