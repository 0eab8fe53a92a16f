//! `EnergyPlus` weather files (EPW).
//!
//! Format: U.S. Department of Energy, *`EnergyPlus` Auxiliary Programs*, chapter "`EnergyPlus` Weather File (EPW)
//! Data Dictionary". Eight lines of head, then 35 columns without names. Hours count 1 to 24 and stand for the
//! interval that ends there; the minute is 60 or 0 in hourly files. Pressure Pa, precipitable water mm, snow
//! depth cm, rain mm; wind at 10 m.
//!
//! PVGIS writes EPW otherwise: hour 1 is the momentary value near 00:00 UTC, whatever time zone the head
//! names, and a comment gives the irradiance's offset from the hour's end.

use chrono::Duration;

use super::series::{Draft, Place, Record, unix};
use super::text::{Column, Quantity, Row, Text, note};
use super::{Format, ReadOptions, Severity, Weather};
use crate::error::Result;
use crate::time::SunAt;

/// Columns up to wind speed; some writers leave out those after it.
const NEEDED: usize = 22;

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().get(..9).is_some_and(|head| head.eq_ignore_ascii_case("LOCATION,"))
}

/// Reads an EPW file.
pub(super) fn read(text: &Text<'_>, options: &ReadOptions) -> Result<Weather> {
    let head = Head::read(text)?;
    let columns: Vec<Column> = COLUMNS
        .iter()
        .map(|&(quantity, index, name, scale, missing)| Column::new(quantity, index, name, scale).missing(missing))
        .collect();
    let mut records = Vec::new();
    let mut width = None;
    for (line, content) in text.lines().filter(|(line, _)| *line > head.lines) {
        let row = text.split(line, content)?;
        // The first record says how many columns this writer has.
        let expected = *width.get_or_insert(row.fields.len().max(NEEDED));
        text.check_width(&row, expected)?;
        let start = head.start(text, &row)?;
        records.push(Record::from_row(text, &row, start, &columns)?);
    }
    let mut notes = vec![note(Severity::Info, "wind_speed is taken as measured 10 m above ground, as EPW defines it")];
    let sun_at = match head.utc_shift_s {
        None => SunAt::Sunlit,
        Some(shift) => {
            let text = format!(
                "PVGIS wrote this EPW: records are momentary, {shift} s after each full hour UTC; \
                 the head's time zone serves as local time only"
            );
            notes.push(note(Severity::Info, text));
            SunAt::Instant(shift)
        }
    };
    Draft {
        text,
        format: Format::Epw,
        title: head.title,
        place: Some(head.place),
        clock_s: super::text::offset_s(head.clock_h),
        civil_h: head.zone_h,
        step_s: head.step_s,
        sun_at,
        columns,
        records,
        notes,
    }
    .finish(options)
}

/// Quantity, column from 0, name, factor to our unit, marks of missing values that lie inside the possible range.
const COLUMNS: [(Quantity, usize, &str, f64, &[f64]); 12] = [
    (Quantity::TempAir, 6, "Dry Bulb Temperature", 1.0, &[]),
    (Quantity::RelativeHumidity, 8, "Relative Humidity", 1.0, &[]),
    (Quantity::Pressure, 9, "Atmospheric Station Pressure", 1.0, &[]),
    (Quantity::IrDown, 12, "Horizontal Infrared Radiation Intensity", 1.0, &[]),
    (Quantity::Ghi, 13, "Global Horizontal Radiation", 1.0, &[]),
    (Quantity::Dni, 14, "Direct Normal Radiation", 1.0, &[]),
    (Quantity::Dhi, 15, "Diffuse Horizontal Radiation", 1.0, &[]),
    (Quantity::WindSpeed, 21, "Wind Speed", 1.0, &[]),
    (Quantity::PrecipitableWater, 28, "Precipitable Water", 0.1, &[]),
    (Quantity::SnowDepth, 30, "Snow Depth", 1.0, &[999.0]),
    (Quantity::Albedo, 32, "Albedo", 1.0, &[]),
    (Quantity::Rain, 33, "Liquid Precipitation Depth", 1.0, &[999.0]),
];

struct Head {
    title: String,
    place: Place,
    /// The head's time zone, hours.
    zone_h: f64,
    /// The clock of the labels, hours: the zone, or 0 where PVGIS wrote the file.
    clock_h: f64,
    step_s: i64,
    /// Where PVGIS wrote the file: seconds from the interval's start to the instant of its irradiance.
    utc_shift_s: Option<i32>,
    /// How many lines the head has.
    lines: usize,
}

impl Head {
    fn read(text: &Text<'_>) -> Result<Self> {
        let mut found = text.lines();
        let cut = || text.refuse("the head ends before DATA PERIODS", "the file is cut off; get it again");
        let (line, content) = found.next().ok_or_else(cut)?;
        let row = text.split(line, content)?;
        let number = |index: usize, name: &str| text.number(line, row.get(index), &format!("{} ({name})", index + 1));
        let place = Place {
            latitude: number(6, "latitude")?,
            longitude: number(7, "longitude")?,
            elevation_m: number(9, "elevation")?,
        };
        let zone_h = number(8, "time zone")?;
        if !(-12.0..=14.0).contains(&zone_h) {
            return Err(text.bad(line, "9 (time zone)", row.get(8), "allowed is -12 to 14 hours"));
        }
        let mut head = Self {
            title: format!("{}, {}, {}", row.get(1), row.get(3), row.get(4)),
            place,
            zone_h,
            clock_h: zone_h,
            step_s: 3600,
            utc_shift_s: row.get(4).eq_ignore_ascii_case("ECMWF/ERA").then_some(0),
            lines: 0,
        };
        for (line, content) in found {
            let row = text.split(line, content)?;
            let key = row.get(0).to_ascii_uppercase();
            if key.starts_with("COMMENTS") {
                if let Some((_, value)) = content.split_once("Irradiance Time Offset (h):") {
                    head.pvgis_offset(text, line, value)?;
                }
            } else if key == "DATA PERIODS" {
                let each = text.whole(line, row.get(2), "3 (records per hour)", 1, 60)?;
                if 60 % each != 0 {
                    return Err(text.bad(line, "3 (records per hour)", row.get(2), "it does not divide the hour"));
                }
                head.step_s = 3600 / i64::from(each);
                head.lines = line;
                if head.utc_shift_s.is_some() {
                    head.clock_h = 0.0;
                }
                return Ok(head);
            } else if row.get(0).parse::<f64>().is_ok() {
                return Err(text.bad(
                    line,
                    "",
                    "",
                    "a record stands where the head should still be; DATA PERIODS is missing",
                ));
            }
        }
        Err(cut())
    }

    #[expect(clippy::cast_possible_truncation, reason = "checked to lie within an hour")]
    fn pvgis_offset(&mut self, text: &Text<'_>, line: usize, value: &str) -> Result<()> {
        let hours = text.number(line, value, "2 (Irradiance Time Offset)")?;
        if !(-1.0..=1.0).contains(&hours) {
            return Err(text.bad(line, "2 (Irradiance Time Offset)", value.trim(), "allowed is -1 to 1 hour"));
        }
        // Counted from the label, which is the hour's end: -0.8239 h is 0.1761 h after its start.
        let from_start = if hours < 0.0 { hours + 1.0 } else { hours };
        self.utc_shift_s = Some((from_start * 3600.0).round() as i32);
        Ok(())
    }

    /// Start of the record's interval, Unix seconds.
    fn start(&self, text: &Text<'_>, row: &Row<'_>) -> Result<i64> {
        let line = row.line;
        let year = text.whole(line, row.get(0), "1 (year)", 1900, 2199)?;
        let month = text.whole(line, row.get(1), "2 (month)", 1, 12)?;
        let day = text.whole(line, row.get(2), "3 (day)", 1, 31)?;
        let hour = text.whole(line, row.get(3), "4 (hour)", 1, 24)?;
        let minute = text.whole(line, row.get(4), "5 (minute)", 0, 60)?;
        let midnight = text.date(line, year, month, day)?;
        let end = if self.step_s == 3600 || minute == 0 { 60 } else { minute };
        let from_midnight = i64::from(hour - 1) * 3600 + i64::from(end) * 60 - self.step_s;
        Ok(unix(midnight + Duration::seconds(from_midnight), self.clock_h))
    }
}
