//! Reading tables of factors.

use super::factors::{Confidence, FACTOR_KEY, Factor, FactorKind, Level};
use crate::error::{Error, Result};
use crate::plant::rules;
use crate::words::did_you_mean;

/// Columns of a table; those that a row cannot do without come first.
const COLUMNS: [&str; 12] = [
    "kind",
    "region",
    "value",
    "unit",
    "source",
    "level",
    "region_zh",
    "year",
    "scope",
    "licence",
    "confidence",
    "note",
];
const REQUIRED: usize = 5;

/// Units that a table may be written in, each with how many of it are one of the unit that results.
const UNITS: [(&str, f64, &str); 6] = [
    ("kg CO2/kWh", 1.0, "kg CO2/kWh"),
    ("kg CO2e/kWh", 1.0, "kg CO2e/kWh"),
    ("g CO2/kWh", 1000.0, "kg CO2/kWh"),
    ("g CO2e/kWh", 1000.0, "kg CO2e/kWh"),
    ("t CO2/MWh", 1.0, "kg CO2/kWh"),
    ("t CO2e/MWh", 1.0, "kg CO2e/kWh"),
];

/// All rows of a table in csv; see [`FactorTable::from_csv`].
pub(super) fn read_factors(text: &str, file: &str) -> Result<Vec<Factor>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: &csv::Error| Error::Record {
        file: file.to_owned(),
        line: error.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX)),
        column: String::new(),
        value: String::new(),
        problem: match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("{len} fields where the first line names {expected_len}; text with commas stands in quotes")
            }
            _ => error.to_string(),
        },
    };
    let names = reader.headers().map_err(|error| broken(&error))?.clone();
    let header_line = names.position().map_or(1, csv::Position::line);
    let row = Row {
        file,
        line: usize::try_from(header_line).unwrap_or(usize::MAX),
        places: [None; COLUMNS.len()],
        fields: &names,
    };
    let places = row.columns()?;
    let mut rows: Vec<Factor> = Vec::new();
    for record in reader.records() {
        let fields = record.map_err(|error| broken(&error))?;
        let line = fields.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        let row = Row { file, line, places, fields: &fields };
        let factor = row.factor()?;
        let same = |f: &Factor| {
            (f.kind, &f.region, f.year, &f.scope) == (factor.kind, &factor.region, factor.year, &factor.scope)
        };
        if rows.iter().any(same) {
            return Err(row.error(
                "",
                factor.title(),
                String::from("stands in the table already; take one of the two out"),
            ));
        }
        rows.push(factor);
    }
    Ok(rows)
}

/// A line of a table with what is needed to tell where something stood.
struct Row<'a> {
    file: &'a str,
    line: usize,
    /// Where each of [`COLUMNS`] stands.
    places: [Option<usize>; COLUMNS.len()],
    fields: &'a csv::StringRecord,
}

impl Row<'_> {
    fn error(&self, column: &str, value: impl Into<String>, problem: String) -> Error {
        let place = COLUMNS.iter().position(|name| *name == column).and_then(|index| self.places[index]);
        let column = place.map_or_else(|| column.to_owned(), |place| format!("{} ({column})", place + 1));
        Error::Record { file: self.file.to_owned(), line: self.line, column, value: value.into(), problem }
    }

    /// Where the columns stand, by the names of the first line.
    fn columns(&self) -> Result<[Option<usize>; COLUMNS.len()]> {
        let mut places = [None; COLUMNS.len()];
        for (place, name) in self.fields.iter().enumerate() {
            let column = (place + 1).to_string();
            let Some(index) = COLUMNS.iter().position(|known| *known == name.to_ascii_lowercase()) else {
                let problem = format!("no column has that name: {}{}", COLUMNS.join(", "), did_you_mean(name, COLUMNS));
                return Err(self.error(&column, name, problem));
            };
            if places[index].replace(place).is_some() {
                return Err(self.error(&column, name, String::from("this column stands there twice")));
            }
        }
        match COLUMNS[..REQUIRED].iter().zip(places).find(|(_, place)| place.is_none()) {
            Some((name, _)) => {
                let problem = format!("the column {name} is missing; needed are {}", COLUMNS[..REQUIRED].join(", "));
                Err(self.error("", "", problem))
            }
            None => Ok(places),
        }
    }

    /// The text of a column; empty where the table does not have it.
    fn text(&self, column: &str) -> &str {
        let index = COLUMNS.iter().position(|name| *name == column);
        index.and_then(|index| self.places[index]).and_then(|place| self.fields.get(place)).unwrap_or_default()
    }

    fn needed(&self, column: &str) -> Result<&str> {
        match self.text(column) {
            "" => Err(self.error(column, "", String::from("is empty, and a factor cannot do without it"))),
            text => Ok(text),
        }
    }

    fn word<T: Copy, const N: usize>(&self, column: &str, names: &[(&'static str, T); N]) -> Result<T> {
        let text = self.needed(column)?;
        let all = names.map(|(name, _)| name);
        names
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, value)| *value)
            .ok_or_else(|| self.error(column, text, format!("one of {}{}", all.join(", "), did_you_mean(text, all))))
    }

    fn word_or<T: Copy, const N: usize>(&self, column: &str, names: &[(&'static str, T); N], other: T) -> Result<T> {
        if self.text(column).is_empty() { Ok(other) } else { self.word(column, names) }
    }

    fn factor(&self) -> Result<Factor> {
        let unit_text = self.needed("unit")?;
        let units = UNITS.map(|(name, ..)| name);
        let Some((_, many, unit)) = UNITS.into_iter().find(|(name, ..)| *name == unit_text) else {
            let problem = format!("one of {}{}", units.join(", "), did_you_mean(unit_text, units));
            return Err(self.error("unit", unit_text, problem));
        };
        let value_text = self.needed("value")?;
        let number = |text: &str, column: &str| {
            text.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| {
                self.error(column, text, String::from("is no number; write it as 0.6191, without unit or commas"))
            })
        };
        let written = number(value_text, "value")?;
        // Divided rather than multiplied, so that 612 g is the double nearest to 0.612.
        let value = written / many;
        if let Some(allowed) = rules::outside(FACTOR_KEY, value) {
            return Err(self.error(
                "value",
                value_text,
                format!("in {unit_text} it is {value} {unit}, and allowed is {allowed}"),
            ));
        }
        let year = match self.text("year") {
            "" => None,
            text => Some(text.parse::<i32>().ok().filter(|year| (1900..=2200).contains(year)).ok_or_else(|| {
                self.error(
                    "year",
                    text,
                    String::from("is no year from 1900 to 2200; leave it empty where there is none"),
                )
            })?),
        };
        let scope = match self.text("scope") {
            "" => "as its source defines it",
            text => text,
        };
        Ok(Factor {
            kind: self.word("kind", &FactorKind::NAMES)?,
            level: self.word_or("level", &Level::NAMES, Level::User)?,
            region: self.needed("region")?.to_owned(),
            region_zh: self.text("region_zh").to_owned(),
            year,
            scope: scope.to_owned(),
            value,
            unit: unit.to_owned(),
            source: self.needed("source")?.to_owned(),
            licence: self.text("licence").to_owned(),
            confidence: self.word_or("confidence", &Confidence::NAMES, Confidence::Given)?,
            note: self.text("note").to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::FactorTable;
    use super::*;

    const HEAD: &str = "kind,region,year,value,unit,source,note\n";

    fn message(text: &str) -> String {
        FactorTable::from_csv(text, "own.csv").unwrap_err().to_string()
    }

    #[test]
    fn the_embedded_tables_read_without_an_error() {
        let rows = |text: &str| text.lines().filter(|line| !line.starts_with('#')).count() - 1;
        for text in [include_str!("factors.csv"), include_str!("countries.csv")] {
            assert_eq!(read_factors(text, "table").unwrap().len(), rows(text));
        }
    }

    #[test]
    fn errors_name_line_column_value_and_what_was_meant() {
        assert_eq!(
            message("kind,regoin,value,unit,source\n"),
            "own.csv, line 1, column 2 = regoin: no column has that name: kind, region, value, unit, source, level, \
             region_zh, year, scope, licence, confidence, note; did you mean region?"
        );
        assert_eq!(
            message("kind,region,value,unit\n"),
            "own.csv, line 1: the column source is missing; needed are kind, region, value, unit, source"
        );
        let line = |row: &str| message(&format!("{HEAD}grid_average,A,2020,0.5,kg CO2/kWh,me,\n{row}\n"));
        let error = line("grid_averag,B,2020,0.5,kg CO2/kWh,me,");
        assert!(error.starts_with("own.csv, line 3, column 1 (kind) = grid_averag: one of grid_average, "), "{error}");
        assert!(error.ends_with("; did you mean grid_average?"), "{error}");
        for (row, wanted) in [
            ("fossil,B,20x,0.5,kg CO2/kWh,me,", "own.csv, line 3, column 3 (year) = 20x: is no year"),
            ("fossil,B,2020,half,kg CO2/kWh,me,", "own.csv, line 3, column 4 (value) = half: is no number"),
            ("fossil,B,2020,NaN,kg CO2/kWh,me,", "own.csv, line 3, column 4 (value) = NaN: is no number"),
            ("fossil,B,2020,-0.1,kg CO2/kWh,me,", "own.csv, line 3, column 4 (value) = -0.1: in kg CO2/kWh it is -0.1"),
            (
                "fossil,B,2020,619.1,kg CO2/kWh,me,",
                "own.csv, line 3, column 4 (value) = 619.1: in kg CO2/kWh it is 619.1",
            ),
            ("fossil,B,2020,0.5,kg CO2,me,", "own.csv, line 3, column 5 (unit) = kg CO2: one of kg CO2/kWh"),
            ("fossil,B,2020,0.5,kg CO2/kWh,,", "own.csv, line 3, column 6 (source): is empty"),
            ("fossil,,2020,0.5,kg CO2/kWh,me,", "own.csv, line 3, column 2 (region): is empty"),
            ("fossil,B,2020,0.5,kg CO2/kWh,me", "own.csv, line 3: 6 fields where the first line names 7"),
            ("grid_average,A,2020,0.6,kg CO2/kWh,me,", "own.csv, line 3 = grid average, A 2020: stands in the table"),
        ] {
            let error = line(row);
            assert!(error.starts_with(wanted), "{row}: {error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_table_is_survived(text in "\\PC{0,80}", row in "[a-z0-9.,\"\n-]{0,40}") {
            let _ = FactorTable::from_csv(&text, "x");
            let _ = FactorTable::from_csv(&format!("{HEAD}{row}"), "x");
        }
    }
}
