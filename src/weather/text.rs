//! What every reader needs of a text file: decoding, lines, fields, numbers, and errors that say where.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime};

use super::{Note, Severity};
use crate::error::{Error, Result};

/// Numbers that formats of all houses write where a value is missing. They count as missing only where they
/// cannot be a value: 999 mbar is air pressure, 9999 W/m2 is no irradiance.
const SENTINELS: [f64; 13] =
    [-99.0, -99.9, -999.0, -999.9, -9900.0, -9999.0, 99.9, 999.0, 999.9, 9999.0, 99999.0, 999999.0, -8888.0];

/// A column of [`Columns`](super::Columns), in the order in which records carry their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Ghi,
    Dni,
    Dhi,
    TempAir,
    WindSpeed,
    Albedo,
    Pressure,
    RelativeHumidity,
    PrecipitableWater,
    SnowDepth,
    Rain,
    IrDown,
}

/// How many quantities there are.
pub(super) const QUANTITIES: usize = 12;

impl Quantity {
    /// The name of the column in [`Columns`](super::Columns).
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ghi => "ghi",
            Self::Dni => "dni",
            Self::Dhi => "dhi",
            Self::TempAir => "temp_air",
            Self::WindSpeed => "wind_speed",
            Self::Albedo => "albedo",
            Self::Pressure => "pressure",
            Self::RelativeHumidity => "relative_humidity",
            Self::PrecipitableWater => "precipitable_water",
            Self::SnowDepth => "snow_depth",
            Self::Rain => "rain",
            Self::IrDown => "ir_down",
        }
    }

    /// Smallest and largest possible value and the unit; the same bounds as [`Weather::new`](super::Weather::new).
    pub(super) fn range(self) -> (f64, f64, &'static str) {
        match self {
            Self::Ghi | Self::Dni | Self::Dhi => (0.0, 2500.0, "W/m2"),
            Self::TempAir => (-90.0, 65.0, "degC"),
            Self::WindSpeed => (0.0, 120.0, "m/s"),
            Self::Albedo => (0.0, 1.0, "(a fraction)"),
            Self::Pressure => (20_000.0, 120_000.0, "Pa"),
            Self::RelativeHumidity => (0.0, 110.0, "%"),
            Self::PrecipitableWater => (0.0, 20.0, "cm"),
            Self::SnowDepth => (0.0, 2000.0, "cm"),
            Self::Rain => (0.0, 1000.0, "mm"),
            Self::IrDown => (0.0, 1000.0, "W/m2"),
        }
    }

    /// Whether this is one of the three irradiance components.
    pub(super) fn is_irradiance(self) -> bool {
        matches!(self, Self::Ghi | Self::Dni | Self::Dhi)
    }
}

/// A column of a file: what it holds, where it stands and how its numbers become ours.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) quantity: Quantity,
    /// Position in the row, counted from 0.
    pub(super) index: usize,
    /// The file's own name of it.
    pub(super) name: String,
    /// Factor from the file's unit to ours.
    pub(super) scale: f64,
    /// The format's own marks of a missing value, in the file's unit, beyond those that are out of range anyway.
    pub(super) missing: &'static [f64],
}

impl Column {
    pub(super) fn new(quantity: Quantity, index: usize, name: &str, scale: f64) -> Self {
        Self { quantity, index, name: name.trim().to_owned(), scale, missing: &[] }
    }

    pub(super) fn missing(mut self, marks: &'static [f64]) -> Self {
        self.missing = marks;
        self
    }

    /// The column as errors name it: number from 1, the file's name, ours.
    pub(super) fn label(&self) -> String {
        format!("{} ({}: {})", self.index + 1, self.name, self.quantity.name())
    }
}

/// One line that holds fields.
#[derive(Debug)]
pub(super) struct Row<'t> {
    /// Counted from 1.
    pub(super) line: usize,
    pub(super) fields: Vec<Cow<'t, str>>,
}

impl Row<'_> {
    /// The trimmed field, empty where the row is too short.
    pub(super) fn get(&self, index: usize) -> &str {
        self.fields.get(index).map_or("", |f| f.trim())
    }
}

/// A decoded text file with its name.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) name: &'a str,
    pub(super) body: Cow<'a, str>,
    /// What was assumed in decoding.
    pub(super) notes: Vec<Note>,
}

impl<'a> Text<'a> {
    /// Decodes UTF-8 (with or without mark) or Latin-1; refuses everything else by name.
    pub(super) fn decode(name: &'a str, bytes: &'a [u8]) -> Result<Self> {
        let refuse = |problem: &str, fix: &str| Err(format_error(name, problem, fix));
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return refuse("the file is empty", "download it again, or check the path");
        }
        let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
        if utf16 || looks_like_utf16(bytes) {
            return refuse("the text is encoded as UTF-16", "save the file as UTF-8");
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1F\x8B") {
            return refuse(
                "the file is a zip or gzip archive (a spreadsheet is one, too)",
                "unpack it, or save it as csv",
            );
        }
        let odd = bytes.iter().filter(|&&b| b < 32 && !matches!(b, b'\n' | b'\r' | b'\t' | b'\x1A')).count();
        if bytes.contains(&0) || odd * 100 > bytes.len() {
            return refuse("the file is binary, not text", "give a weather file in one of the csv or json formats");
        }
        Ok(match str::from_utf8(bytes) {
            Ok(text) => Self { name, body: Cow::Borrowed(text), notes: Vec::new() },
            // Latin-1 maps every byte to the code point of the same number.
            Err(_) => Self {
                name,
                body: Cow::Owned(bytes.iter().map(|&b| char::from(b)).collect()),
                notes: vec![note(Severity::Info, "the text is not UTF-8 and was read as Latin-1 (ISO 8859-1)")],
            },
        })
    }

    /// An error about the whole file.
    pub(super) fn refuse(&self, problem: impl AsRef<str>, fix: impl AsRef<str>) -> Error {
        format_error(self.name, problem.as_ref(), fix.as_ref())
    }

    /// An error about one field or line.
    pub(super) fn bad(&self, line: usize, column: &str, value: &str, problem: impl Into<String>) -> Error {
        let value: String = value.chars().take(60).collect();
        Error::Record { file: self.name.to_owned(), line, column: column.to_owned(), value, problem: problem.into() }
    }

    /// The lines with their numbers, without the empty ones and without the end-of-file mark of old DOS tools.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let number = |(i, line): (usize, _)| (i + 1, line);
        self.body
            .lines()
            .enumerate()
            .map(number)
            .filter(|(_, line)| !line.trim_matches(['\u{1a}', ' ', '\t']).is_empty())
    }

    /// The fields of one line, commas between them, quotes around them allowed.
    pub(super) fn split<'t>(&self, line: usize, text: &'t str) -> Result<Row<'t>> {
        if !text.contains('"') {
            return Ok(Row { line, fields: text.split(',').map(Cow::Borrowed).collect() });
        }
        if text.matches('"').count() % 2 == 1 {
            return Err(self.bad(line, "", text, "a quotation mark is opened and not closed on this line"));
        }
        // Line by line, so that one stray quote cannot swallow the lines after it.
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        match reader.read_record(&mut record) {
            Ok(_) => Ok(Row { line, fields: record.iter().map(|f| Cow::Owned(f.to_owned())).collect() }),
            Err(error) => Err(self.bad(line, "", text, format!("the quoting cannot be read: {error}"))),
        }
    }

    /// Refuses a row that has too few or too many fields; empty fields past the last named column do no harm.
    pub(super) fn check_width(&self, row: &Row<'_>, expected: usize) -> Result<()> {
        let extra = row.fields.iter().skip(expected).any(|f| !f.trim().is_empty());
        if row.fields.len() >= expected && !extra {
            return Ok(());
        }
        let found = row.fields.len();
        let problem =
            format!("the row has {found} columns where {expected} are expected; the file may be cut off or damaged");
        Err(self.bad(row.line, "", "", problem))
    }

    /// A field's number in our unit, NaN where the value is missing.
    pub(super) fn value(&self, line: usize, field: &str, column: &Column) -> Result<f64> {
        let text = field.trim();
        let raw = match text.parse::<f64>() {
            Ok(raw) if raw.is_finite() => raw,
            _ if ["", "-", "na", "n/a", "nan", "null", "none", "?"].iter().any(|m| text.eq_ignore_ascii_case(m)) => {
                return Ok(f64::NAN);
            }
            _ => return Err(self.bad(line, &column.label(), text, "this is not a number")),
        };
        if column.missing.contains(&raw) {
            return Ok(f64::NAN);
        }
        let value = raw * column.scale;
        let (min, max, unit) = column.quantity.range();
        // Small negative irradiance is the night offset of a thermopile; the series mends and counts it.
        let floor = if column.quantity.is_irradiance() { -NIGHT_OFFSET } else { min };
        // A rounding grace: 1013.25 mbar times 100 must not fall off an edge by a bit.
        if value >= floor - 1e-9 && value <= max + 1e-9 {
            return Ok(value.min(max).max(floor));
        }
        if SENTINELS.contains(&raw) {
            return Ok(f64::NAN);
        }
        let hint = match column.quantity {
            Quantity::TempAir if (180.0..340.0).contains(&value) => "; this looks like kelvin",
            Quantity::Pressure if value < 2000.0 => "; this looks like another unit than the format's",
            q if q.is_irradiance() && value < 0.0 => "; only night offsets above -20 W/m2 are set to zero",
            _ => "",
        };
        let problem = format!("allowed is {min} to {max} {unit}{hint}");
        Err(self.bad(line, &column.label(), text, problem))
    }

    /// A finite number, or an error that names the column.
    pub(super) fn number(&self, line: usize, field: &str, column: &str) -> Result<f64> {
        let text = field.trim();
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(self.bad(line, column, text, "this is not a number")),
        }
    }

    /// A whole number between bounds, or an error that names the column. `1.0` counts as whole.
    pub(super) fn whole(&self, line: usize, field: &str, column: &str, min: i32, max: i32) -> Result<i32> {
        let value = self.number(line, field, column)?;
        if value.fract() == 0.0 && value >= f64::from(min) && value <= f64::from(max) {
            #[expect(clippy::cast_possible_truncation, reason = "whole and between two i32")]
            return Ok(value as i32);
        }
        Err(self.bad(line, column, field.trim(), format!("a whole number from {min} to {max} is expected")))
    }

    /// Midnight of a calendar day, or an error that names the line.
    pub(super) fn date(&self, line: usize, year: i32, month: i32, day: i32) -> Result<NaiveDateTime> {
        let part = |v: i32| u32::try_from(v).ok();
        let date = part(month).zip(part(day)).and_then(|(m, d)| NaiveDate::from_ymd_opt(year, m, d));
        match date.and_then(|d| d.and_hms_opt(0, 0, 0)) {
            Some(midnight) if (1900..2200).contains(&year) => Ok(midnight),
            _ => {
                let shown = format!("{year}-{month}-{day}");
                Err(self.bad(line, "", &shown, "there is no such day in the years 1900 to 2199"))
            }
        }
    }
}

/// Irradiance down to minus this is taken for a night offset, W/m2.
pub(super) const NIGHT_OFFSET: f64 = 20.0;

/// A remark.
pub(super) fn note(severity: Severity, text: impl Into<String>) -> Note {
    Note { severity, text: text.into() }
}

fn format_error(name: &str, problem: &str, fix: &str) -> Error {
    Error::Format { file: name.to_owned(), problem: problem.to_owned(), fix: fix.to_owned() }
}

/// Text in UTF-16 without a mark has a zero in nearly every other byte.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(400)).unwrap_or(bytes);
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let half = head.len() / 2;
    half > 4 && (zeros(0) * 10 > half * 8 || zeros(1) * 10 > half * 8) && zeros(0).min(zeros(1)) * 5 < half
}

/// Whole seconds of an offset in hours.
#[expect(clippy::cast_possible_truncation, reason = "callers have checked that the offset lies within a day")]
pub(super) fn offset_s(hours: f64) -> i64 {
    (hours * 3600.0).round() as i64
}
