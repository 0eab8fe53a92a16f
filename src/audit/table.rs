//! Claims from tables: csv with one claim a row, TOML with one a `[[claim]]`.

use std::collections::HashSet;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::claim::{Claim, CoalKind, Figure, Period};
use super::extract::extract;
use super::quantity::{Dimension, Per, Quantity, Side, Substance, digits_interval};
use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// The columns of a table of claims, in the order in which they are shown.
const COLUMNS: [&str; 12] = [
    "id",
    "name",
    "place",
    "latitude",
    "longitude",
    "year",
    "roof_area_m2",
    "capacity_kw",
    "annual_kwh",
    "coal_t_per_year",
    "co2_t_per_year",
    "note",
];

impl Claim {
    /// Reads a table of claims. `file` is its name for error messages.
    ///
    /// The columns are `id, name, place, latitude, longitude, year, roof_area_m2, capacity_kw, annual_kwh,
    /// coal_t_per_year, co2_t_per_year, note`, in any order; all but `id` may be left out, and cells may be empty. Lines that
    /// begin with `#` are comments. A figure is a number in the unit of its column, or a quantity with its own unit, as
    /// `6000万千瓦时` or `1.8万吨标准煤`. The interval of a bare number is that of the number as a person would have
    /// written it: 51000 kW is 51 MW ± 0.5. All periods are a year, all areas roofs.
    ///
    /// ```
    /// use rooftop_pv::audit::Claim;
    /// let claims = Claim::from_csv("id,capacity_kw,annual_kwh\njidong,51000,6000万千瓦时\n", "claims.csv")?;
    /// assert_eq!(claims[0].energy_kwh.as_ref().map(|figure| figure.value), Some(60e6));
    /// let error = Claim::from_csv("id,capacity_kv\njidong,51000\n", "claims.csv").unwrap_err();
    /// assert!(error.to_string().contains("did you mean capacity_kw?"));
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Record`] with file, line, column and value for unknown or double columns, rows of another length, what is
    /// no number, NaN, infinite, zero or negative, units of another kind, ids that are empty or stand twice;
    /// [`Error::Format`] where there is no row.
    pub fn from_csv(text: &str, file: &str) -> Result<Vec<Self>> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader =
            csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
        let broken = |line: u64, column: String, value: &str, problem: String| Error::Record {
            file: file.to_owned(),
            line: usize::try_from(line).unwrap_or(0),
            column,
            value: value.to_owned(),
            problem,
        };
        let unreadable = |error: &csv::Error| {
            broken(error.position().map_or(1, csv::Position::line), String::new(), "", row_problem(error))
        };
        let headers = reader.headers().map_err(|error| unreadable(&error))?.clone();
        let head_line = headers.position().map_or(1, csv::Position::line);
        for (index, name) in headers.iter().enumerate() {
            let column = || (index + 1).to_string();
            if !COLUMNS.contains(&name) {
                return Err(broken(head_line, column(), name, unknown("column", name)));
            }
            if headers.iter().take(index).any(|other| other == name) {
                return Err(broken(head_line, column(), name, String::from("stands twice")));
            }
        }
        if !headers.iter().any(|name| name == "id") {
            let problem = String::from("the column id is missing; every claim needs a short name");
            return Err(broken(head_line, String::new(), "", problem));
        }
        let (mut claims, mut ids): (Vec<Self>, HashSet<String>) = Default::default();
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut claim = Self::default();
            for (index, (name, cell)) in headers.iter().zip(&record).enumerate() {
                let column = format!("{} ({name})", index + 1);
                claim.set(name, cell).map_err(|problem| broken(line, column, cell, problem))?;
            }
            claim.check(&mut ids).map_err(|(key, value, problem)| {
                let index = headers.iter().position(|name| name == key).map_or(0, |index| index + 1);
                broken(line, format!("{index} ({key})"), &value, problem)
            })?;
            if claim.id.is_empty() {
                let index = headers.iter().position(|name| name == "id").map_or(0, |index| index + 1);
                return Err(broken(
                    line,
                    format!("{index} (id)"),
                    "",
                    String::from("empty; every claim needs a short name"),
                ));
            }
            claims.push(claim);
        }
        if claims.is_empty() {
            return Err(none(file));
        }
        Ok(claims)
    }

    /// Reads claims from TOML: `[[claim]]` tables with the keys of [`Claim::from_csv`], each a number or a string. `file` is
    /// its name for error messages. An id is not needed.
    ///
    /// ```
    /// use rooftop_pv::audit::Claim;
    /// let text = "[[claim]]\nid = 'jidong'\ncapacity_kw = 51_000\nannual_kwh = '6000万千瓦时'\n";
    /// assert_eq!(Claim::from_toml(text, "claims.toml")?.len(), 1);
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] with file, line, key and value for what is not TOML, unknown keys and all that
    /// [`Claim::from_csv`] refuses; [`Error::Format`] where there is no claim.
    pub fn from_toml(text: &str, file: &str) -> Result<Vec<Self>> {
        let line = |at: usize| Some(text.get(..at).unwrap_or(text).matches('\n').count() + 1);
        let refused = |at: usize, key: String, value: &str, problem: String| Error::Config {
            file: file.to_owned(),
            line: line(at),
            key,
            value: value.to_owned(),
            problem,
        };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            refused(at, String::from("TOML"), "", error.message().to_owned())
        })?;
        let (mut claims, mut ids): (Vec<Self>, HashSet<String>) = Default::default();
        for (key, value) in table.get_ref() {
            let name: &str = key.get_ref();
            let tables = match value.get_ref() {
                DeValue::Array(tables) if name == "claim" => tables,
                _ if name == "claim" => {
                    let problem = String::from("claims stand in [[claim]] tables, with double brackets");
                    return Err(refused(key.span().start, name.to_owned(), "", problem));
                }
                _ => return Err(refused(key.span().start, name.to_owned(), "", unknown_table(name))),
            };
            for (index, item) in tables.iter().enumerate() {
                let place = |key: &str| format!("claim[{index}].{key}");
                let DeValue::Table(keys) = item.get_ref() else {
                    let problem = String::from("a claim is a table: write [[claim]]");
                    return Err(refused(item.span().start, format!("claim[{index}]"), "", problem));
                };
                let mut claim = Self::default();
                for (key, value) in keys {
                    let name: &str = key.get_ref();
                    let written = text.get(value.span()).unwrap_or("");
                    let bad = |problem| refused(key.span().start, place(name), written, problem);
                    if !COLUMNS.contains(&name) {
                        return Err(bad(unknown("key", name)));
                    }
                    let cell = match value.get_ref() {
                        DeValue::String(text) => text.trim().to_owned(),
                        DeValue::Integer(_) | DeValue::Float(_) => written.replace('_', ""),
                        _ => return Err(bad(String::from("allowed is a number or a text in quotes"))),
                    };
                    claim.set(name, &cell).map_err(bad)?;
                }
                claim
                    .check(&mut ids)
                    .map_err(|(key, value, problem)| refused(item.span().start, place(key), &value, problem))?;
                claims.push(claim);
            }
        }
        if claims.is_empty() {
            return Err(none(file));
        }
        Ok(claims)
    }

    /// Reads claims from a file: `.csv` and `.toml` as tables, `.txt` and `.md` as a text about one plant (see
    /// [`extract`]); with another ending, the content decides between the two tables.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read, [`Error::Format`] when it is not UTF-8, of no known kind, or states
    /// nothing, and those of [`Claim::from_csv`] and [`Claim::from_toml`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<Vec<Self>> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let file = path.display().to_string();
        let format = |problem: String, fix: &str| Error::Format { file: file.clone(), problem, fix: fix.to_owned() };
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            format(format!("not UTF-8 text from byte {} on", error.valid_up_to()), "save it as UTF-8")
        })?;
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or("");
        match ending.as_deref() {
            Some("csv") => Self::from_csv(text, &file),
            Some("toml") => Self::from_toml(text, &file),
            Some("txt" | "md") => {
                let claim = extract(text);
                if claim.states_something() || !claim.ambiguous.is_empty() {
                    return Ok(vec![claim]);
                }
                Err(format(
                    String::from("states no figure of a plant"),
                    "give a text with a capacity, an area, an energy, coal or CO2, each with its unit",
                ))
            }
            _ if first.starts_with("[[claim") => Self::from_toml(text, &file),
            _ if first.split(',').any(|name| COLUMNS.contains(&name.trim_matches([' ', '"', '\u{feff}']))) => {
                Self::from_csv(text, &file)
            }
            _ => Err(format(
                String::from("neither a csv with claims' columns nor TOML with [[claim]] tables"),
                "name it .csv, .toml, .txt or .md",
            )),
        }
    }

    /// The id without a last `-1`, `-2`: what a plant's stages and its whole have in common.
    ///
    /// ```
    /// use rooftop_pv::audit::Claim;
    /// let stage = Claim { id: "shengquan-1".into(), ..Claim::default() };
    /// assert_eq!(stage.family(), "shengquan");
    /// ```
    pub fn family(&self) -> &str {
        match self.id.rsplit_once('-') {
            Some((stem, stage))
                if !stem.is_empty() && !stage.is_empty() && stage.bytes().all(|b| b.is_ascii_digit()) =>
            {
                stem
            }
            _ => &self.id,
        }
    }

    /// Fills one place; the error says what is wrong and what is allowed.
    fn set(&mut self, key: &str, cell: &str) -> std::result::Result<(), String> {
        if cell.is_empty() {
            return Ok(());
        }
        match key {
            "id" => cell.clone_into(&mut self.id),
            "name" => cell.clone_into(&mut self.name),
            "place" => cell.clone_into(&mut self.place),
            "note" => cell.clone_into(&mut self.note),
            "latitude" => self.latitude = Some(within(cell, 90.0, "degrees north")?),
            "longitude" => self.longitude = Some(within(cell, 180.0, "degrees east")?),
            "year" => {
                let year = cell.parse().ok().filter(|year| (1900..=2100).contains(year));
                self.year = Some(year.ok_or("allowed is a year of four digits, 1900 to 2100")?);
            }
            "roof_area_m2" => {
                self.area_m2 = Some(figure(cell, Dimension::Area, 0)?.0);
                self.area_is_roof = true;
            }
            "capacity_kw" => {
                let (figure, quantity) = figure(cell, Dimension::Power, 3)?;
                self.capacity_is_ac = quantity.and_then(|quantity| quantity.side).map(|side| side == Side::Ac);
                self.capacity_kw = Some(figure);
            }
            "annual_kwh" => {
                self.energy_kwh = Some(figure(cell, Dimension::Energy, 6)?.0);
                self.energy_period = Period::Year;
            }
            "coal_t_per_year" => {
                let (figure, quantity) = figure(cell, Dimension::Mass, 0)?;
                self.coal_kind = match quantity.and_then(|quantity| quantity.substance) {
                    Some(Substance::StandardCoal) => CoalKind::Standard,
                    Some(Substance::RawCoal) => CoalKind::Raw,
                    Some(Substance::Coal) | None => CoalKind::Unsaid,
                    Some(_) => return Err(String::from("names another substance; allowed is coal")),
                };
                (self.coal_t, self.coal_period) = (Some(figure), Period::Year);
            }
            "co2_t_per_year" => {
                let (figure, quantity) = figure(cell, Dimension::Mass, 0)?;
                if !matches!(quantity.and_then(|quantity| quantity.substance), None | Some(Substance::Co2)) {
                    return Err(String::from("names another substance; allowed is CO2"));
                }
                (self.co2_t, self.co2_period) = (Some(figure), Period::Year);
            }
            _ => return Err(unknown("key", key)),
        }
        Ok(())
    }

    /// What one claim alone cannot tell: key, value and problem.
    fn check(&self, ids: &mut HashSet<String>) -> std::result::Result<(), (&'static str, String, String)> {
        if !self.id.is_empty() && !ids.insert(self.id.clone()) {
            return Err(("id", self.id.clone(), String::from("stands twice; give each claim its own")));
        }
        match (self.latitude, self.longitude) {
            (Some(_), None) => {
                Err(("longitude", String::new(), String::from("missing beside latitude; give both or none")))
            }
            (None, Some(_)) => {
                Err(("latitude", String::new(), String::from("missing beside longitude; give both or none")))
            }
            _ => Ok(()),
        }
    }
}

fn unknown(what: &str, name: &str) -> String {
    format!("unknown {what}{}; allowed are {}", did_you_mean(name, COLUMNS), COLUMNS.join(", "))
}

fn unknown_table(name: &str) -> String {
    let inside = if COLUMNS.contains(&name) { "; it belongs into a [[claim]] table" } else { "" };
    format!("unknown key{}{inside}; allowed are [[claim]] tables", did_you_mean(name, ["claim"]))
}

fn none(file: &str) -> Error {
    Error::Format {
        file: file.to_owned(),
        problem: String::from("there is no claim in it"),
        fix: format!("give one row or one [[claim]] a plant, with {}", COLUMNS.join(", ")),
    }
}

fn row_problem(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields where the header has {expected_len}; put texts with commas into double quotes")
        }
        _ => error.to_string(),
    }
}

fn within(cell: &str, most: f64, unit: &str) -> std::result::Result<f64, String> {
    let value: f64 = cell.parse().map_err(|_| format!("not a number; allowed is {} to {most} {unit}", -most))?;
    if value.abs() <= most { Ok(value) } else { Err(format!("allowed is {} to {most} {unit}", -most)) }
}

/// A figure of a cell, with the quantity where the cell has a unit; `thousands` is the power of ten in which a person
/// would write the column.
fn figure(cell: &str, dimension: Dimension, thousands: i32) -> std::result::Result<(Figure, Option<Quantity>), String> {
    let positive = |value: f64| {
        if value.is_finite() && value > 0.0 {
            return Ok(value);
        }
        let what = if value == 0.0 { "zero states nothing; leave it empty" } else { "negative, infinite or NaN" };
        Err(format!("{what}; allowed is a number above 0, {}, or one with its unit", dimension.title()))
    };
    if let Ok(value) = cell.parse::<f64>() {
        let value = positive(value)?;
        let figure = Figure { value, interval: digits_interval(value, thousands), words: cell.to_owned() };
        return Ok((figure, None));
    }
    let quantity = Quantity::parse(cell).map_err(|error| match error {
        Error::Config { problem, .. } => problem,
        other => other.to_string(),
    })?;
    let value = positive(quantity.value)?;
    if quantity.per == Some(Per::Shorter) {
        return Err(String::from("for less than a year; allowed is a year's figure"));
    }
    let figure = Figure { value, interval: quantity.interval, words: cell.to_owned() };
    match quantity.dimension {
        Dimension::Number | Dimension::CalendarYear => {
            Ok((Figure { interval: digits_interval(value, thousands), ..figure }, None))
        }
        found if found == dimension => Ok((figure, Some(quantity))),
        found => Err(format!("is of another kind: {}; allowed is {}", found.title(), dimension.title())),
    }
}
