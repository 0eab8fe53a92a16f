//! From `region.toml` to a checked [`Region`], with every error placed on its line.

use std::path::Path;

use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use super::Region;
use crate::error::{Error, Result};
use crate::plant::locate;
use crate::words::did_you_mean;

const RUIJIN: &str = include_str!("../../examples/regions/ruijin.toml");

impl Region {
    /// Reads and checks a region from the text of a region file. `file` is its name for error messages.
    ///
    /// # Examples
    /// ```
    /// use rooftop_pv::region::Region;
    /// let text = "base_year = 2021\n[target]\ncapacity_kw = 1000\nyear = 2025\n\
    ///             [[district]]\nname = 'Centre'\nyield_kwh_per_kw = 1000\n\
    ///             [[roof]]\ndistrict = 'Centre'\nkind = 'factory'\narea_m2 = 10000\nusable_share = 80\n\
    ///             coverage = 0.3\nw_per_m2 = 150\n";
    /// assert_eq!(
    ///     Region::from_toml(text, "region.toml").unwrap_err().to_string(),
    ///     "region.toml, line 12: roof[0].usable_share = 80: allowed is 0 to 1 as a fraction; per cent are 0.8"
    /// );
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] for what is not TOML, unknown or missing keys, wrong types, and all that
    /// [`Region::validate`] refuses, with file, line, key, value and what is allowed.
    pub fn from_toml(text: &str, file: &str) -> Result<Self> {
        let table = DeTable::parse(text).map_err(|error| at_line(text, file, &error, String::new()))?;
        let mut nodes = Vec::new();
        walk("", table.get_ref(), &mut nodes);
        let region = Self::deserialize(toml::Deserializer::from(table)).map_err(|error| {
            // The last match is the innermost.
            let key = error.span().and_then(|span| {
                nodes.iter().rev().find(|(_, key, value)| *key == span || *value == span).map(|(path, ..)| path.clone())
            });
            at_line(text, file, &error, key.unwrap_or_default())
        })?;
        region.validate().map_err(|error| locate(text, file, error))?;
        Ok(region)
    }

    /// Reads and checks a region file.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read, [`Error::Format`] when it is not UTF-8 text, and those of
    /// [`Region::from_toml`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let file = path.display().to_string();
        let text = std::str::from_utf8(&bytes).map_err(|error| Error::Format {
            file: file.clone(),
            problem: format!("not UTF-8 text from byte {} on", error.valid_up_to()),
            fix: "save it as UTF-8".into(),
        })?;
        Self::from_toml(text, &file)
    }

    /// Ruijin, as `examples/regions/ruijin.toml` describes it: the target is stated, all roof areas are assumed.
    ///
    /// # Errors
    /// None that a caller could cause: the file is part of the crate and its tests read it.
    pub fn ruijin() -> Result<Self> {
        Self::from_toml(RUIJIN, "examples/regions/ruijin.toml")
    }
}

type Node = (String, std::ops::Range<usize>, std::ops::Range<usize>);

/// Every key with its place and that of its value, outer before inner.
fn walk(parent: &str, table: &DeTable<'_>, nodes: &mut Vec<Node>) {
    for (key, value) in table {
        let name = key.get_ref();
        let path = if parent.is_empty() { name.to_string() } else { format!("{parent}.{name}") };
        nodes.push((path.clone(), key.span(), value.span()));
        walk_value(&path, value.get_ref(), nodes);
    }
}

fn walk_value(path: &str, value: &DeValue<'_>, nodes: &mut Vec<Node>) {
    match value {
        DeValue::Table(table) => walk(path, table, nodes),
        DeValue::Array(array) => {
            for (index, item) in array.iter().enumerate() {
                let path = format!("{path}[{index}]");
                nodes.push((path.clone(), item.span(), item.span()));
                walk_value(&path, item.get_ref(), nodes);
            }
        }
        _ => {}
    }
}

/// An error of the TOML reader with its line, in the words of a region file.
fn at_line(text: &str, file: &str, error: &toml::de::Error, key: String) -> Error {
    let start = error.span().map_or(0, |span| span.start);
    let line = 1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count();
    let message = error.message();
    let words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (given, known) = words.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    let hint = || did_you_mean(given, known.iter().copied());
    let (key, problem) = if message.starts_with("missing field") {
        let key = if key.is_empty() { given.to_owned() } else { format!("{key}.{given}") };
        (key, "missing; it has no default".to_owned())
    } else if message.starts_with("unknown field") {
        (key, format!("unknown key{}; known here: {}", hint(), known.join(", ")))
    } else if message.starts_with("unknown variant") {
        (key, format!("unknown{}; allowed is one of {}", hint(), known.join(", ")))
    } else {
        (key, message.replace("f64", "a number").replace("i32", "a whole number"))
    };
    let key = if key.is_empty() { text.lines().nth(line - 1).unwrap_or_default().trim().to_owned() } else { key };
    let value = error.span().and_then(|span| text.get(span)).unwrap_or_default();
    let shown = message.starts_with("unknown variant") || message.starts_with("invalid");
    let value = if shown && !value.contains('\n') { value.chars().take(60).collect() } else { String::new() };
    Error::Config { file: file.to_owned(), line: Some(line), key, value, problem }
}
