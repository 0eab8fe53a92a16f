//! From `park.toml` to a checked [`Plant`] and back, with every error placed on its line.

use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use super::Plant;
use super::rules::{allowed_at, quoted, tables_with};
use super::validate::refused;
use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// The text of the default park, the same file that stands among the examples.
const JIDONG: &str = include_str!("../../examples/parks/jidong.toml");

impl Plant {
    /// Reads and checks a plant from the text of a park file. `file` is its name for error messages.
    ///
    /// # Examples
    /// ```
    /// use rooftop_pv::Plant;
    /// let park = "
    /// [site]
    /// latitude = 36.68
    /// longitude = 117.53
    ///
    /// [[array]]
    /// capacity_kw = 51000.0
    /// tilt_deg = 100.0
    /// azimuth_deg = 180.0
    /// ";
    /// let error = Plant::from_toml(park, "park.toml").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "park.toml, line 8: array[0].tilt_deg = 100.0: allowed is 0 to 90 degrees from horizontal"
    /// );
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] for what is not TOML, unknown or missing keys, wrong types, and all that
    /// [`Plant::validate`] refuses, with file, line, key, value and what is allowed.
    pub fn from_toml(text: &str, file: &str) -> Result<Self> {
        Self::parse(text, file, |_| Ok(()))
    }

    /// The plant of a text, checked after it has been completed.
    fn parse(text: &str, file: &str, complete: impl Fn(&mut Self) -> Result<()>) -> Result<Self> {
        let table = DeTable::parse(text).map_err(|error| syntax(text, file, &error))?;
        let map = Map::new(text, table.get_ref());
        let mut plant =
            Self::deserialize(toml::Deserializer::from(table)).map_err(|error| map.explain(file, &error))?;
        complete(&mut plant)
            .and_then(|()| plant.fit_datasheets())
            .and_then(|()| plant.validate())
            .map_err(|error| map.place(file, error))?;
        Ok(plant)
    }

    /// Reads and checks a park file. Files in it count from the folder of the park file: those of modules and inverters are read
    /// ([`Plant::read_components`]), `weather.file` has that folder before it in the plant that is returned.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read, [`Error::Format`] when it is not UTF-8 text, and
    /// those of [`Plant::read_components`] and [`Plant::from_toml`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let file = path.display().to_string();
        let text = std::str::from_utf8(&bytes).map_err(|error| Error::Format {
            file: file.clone(),
            problem: format!("not UTF-8 text from byte {} on", error.valid_up_to()),
            fix: String::from("save it as UTF-8"),
        })?;
        let folder = path.parent();
        let mut plant = Self::parse(text, &file, |plant| plant.read_components(folder.unwrap_or(Path::new(""))))?;
        if let (Some(weather), Some(folder)) = (&mut plant.weather.file, folder) {
            *weather = folder.join(&weather).display().to_string();
        }
        Ok(plant)
    }

    /// The default park: 51 MW on roofs in Zhangqiu, Jinan, taken as one array, as `examples/parks/jidong.toml`
    /// describes it.
    ///
    /// # Errors
    /// None that a caller could cause: the file is part of the crate and its tests read it.
    pub fn jidong() -> Result<Self> {
        Self::from_toml(JIDONG, "examples/parks/jidong.toml")
    }

    /// The plant as the text of a park file, with every default written out.
    ///
    /// # Errors
    /// [`Error::Format`] when a value cannot be written as TOML.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(self).map_err(|error| Error::Format {
            file: self.name.clone(),
            problem: format!("cannot be written as TOML: {error}"),
            fix: String::from("check the values with Plant::validate"),
        })
    }
}

/// Puts file, line and the value as written into an [`Error::Config`] whose key stands in `text`, so
/// that errors found after loading, as a region without a factor, still point into the park file.
/// Every other error, and one that already has its file or line, comes back as it was.
///
/// # Examples
/// ```
/// use rooftop_pv::{Error, plant::locate};
/// let error = Error::Config {
///     file: String::new(), line: None,
///     key: "carbon.region".into(), value: "Atlantis".into(), problem: "no such region".into(),
/// };
/// let error = locate("[carbon]\nregion = 'Atlantis'\n", "park.toml", error);
/// assert_eq!(error.to_string(), "park.toml, line 2: carbon.region = 'Atlantis': no such region");
/// ```
pub fn locate(text: &str, file: &str, error: Error) -> Error {
    match DeTable::parse(text) {
        Ok(table) => Map::new(text, table.get_ref()).place(file, error),
        Err(_) => Map { text, nodes: Vec::new() }.place(file, error),
    }
}

/// Where every key of a park file stands.
struct Map<'t> {
    text: &'t str,
    /// Outer before inner.
    nodes: Vec<Node>,
}

struct Node {
    /// As `array[0].tilt_deg`.
    path: String,
    key: Range<usize>,
    /// Of a `[table]`, its header.
    value: Range<usize>,
    /// Its type, in words of toml.
    kind: &'static str,
}

impl<'t> Map<'t> {
    fn new(text: &'t str, table: &DeTable<'_>) -> Self {
        let mut map = Self { text, nodes: Vec::new() };
        map.add_table("", table);
        map
    }

    fn add_table(&mut self, parent: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let path =
                if parent.is_empty() { key.get_ref().to_string() } else { format!("{parent}.{}", key.get_ref()) };
            self.add(&path, key.span(), value.span(), value.get_ref());
        }
    }

    fn add(&mut self, path: &str, key: Range<usize>, span: Range<usize>, value: &DeValue<'_>) {
        self.nodes.push(Node { path: path.to_owned(), key, value: span, kind: value.type_str() });
        match value {
            DeValue::Table(table) => self.add_table(path, table),
            DeValue::Array(array) => {
                for (index, item) in array.iter().enumerate() {
                    self.add(&format!("{path}[{index}]"), item.span(), item.span(), item.get_ref());
                }
            }
            _ => {}
        }
    }

    fn line(&self, offset: usize) -> usize {
        line(self.text, offset)
    }

    /// The value as written, where it is short enough to be shown.
    fn written(&self, node: &Node) -> String {
        let text = self.text.get(node.value.clone()).unwrap_or_default();
        if matches!(node.kind, "table" | "array") || text.contains('\n') { String::new() } else { shortened(text) }
    }

    fn node_at(&self, span: &Range<usize>) -> Option<&Node> {
        // The last match is the innermost: the first [[array]] shares its header with the whole list.
        self.nodes.iter().rev().find(|node| node.value == *span || node.key == *span)
    }

    /// The line of a key or, where it is missing, of the nearest table around it.
    fn line_of(&self, key: &str) -> Option<usize> {
        let mut path = key;
        while !path.is_empty() {
            if let Some(node) = self.nodes.iter().find(|node| node.path == path) {
                return Some(self.line(node.key.start));
            }
            path = path.rfind(['.', '[']).and_then(|end| path.get(..end)).unwrap_or_default();
        }
        None
    }

    /// Gives an error of validation its file, line and the value as written.
    fn place(&self, new_file: &str, error: Error) -> Error {
        match error {
            Error::Config { file, line: None, key, value, problem } if file.is_empty() => {
                let node = self.nodes.iter().find(|node| node.path == key);
                let value = node.map(|node| self.written(node)).filter(|text| !text.is_empty()).unwrap_or(value);
                Error::Config { file: new_file.to_owned(), line: self.line_of(&key), key, value, problem }
            }
            // A simulation names the key that does not go with its weather.
            Error::Mismatch { what, problem } if self.nodes.iter().any(|node| node.path == what) => {
                self.place(new_file, refused(what, String::new(), problem))
            }
            other => other,
        }
    }

    /// Tells an error of deserialisation in the words of a park file.
    fn explain(&self, file: &str, error: &toml::de::Error) -> Error {
        let node = error.span().and_then(|span| self.node_at(&span));
        let path = node.map(|node| node.path.clone()).unwrap_or_default();
        let message = error.message();
        let kind = node.map_or("table", |node| node.kind);
        let child = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let words: Vec<&str> = quoted(message).collect();

        let (key, problem) = if message.starts_with("missing field") {
            let name = words.first().copied().unwrap_or_default();
            (child(name), missing(&path, name))
        } else if message.starts_with("unknown field") && kind != "datetime" {
            (path.clone(), unknown_key(&path, &words))
        } else if message.starts_with("unknown variant") {
            let (given, allowed) = words.split_first().map_or(("", &[][..]), |(given, rest)| (*given, rest));
            let hint = did_you_mean(given, allowed.iter().copied());
            (path.clone(), format!("unknown; allowed is one of {}{hint}", allowed.join(", ")))
        } else {
            let quoted_text = node.map(|node| self.written(node)).unwrap_or_default();
            (path.clone(), wrong_type(&path, message, kind, &quoted_text))
        };
        // Without a place the whole file is meant.
        let line = node.map_or(1, |node| self.line(node.key.start));
        let value = if message.starts_with("missing field") { None } else { node.map(|node| self.written(node)) };
        Error::Config { file: file.to_owned(), line: Some(line), key, value: value.unwrap_or_default(), problem }
    }
}

fn missing(path: &str, name: &str) -> String {
    match (path, name) {
        ("", "array") => String::from("missing; a park needs at least one [[array]]"),
        ("", _) => format!("missing; a park needs a [{name}] table"),
        _ => {
            let allowed = allowed_at(&format!("{path}.{name}")).map_or_else(String::new, |text| format!(": {text}"));
            format!("missing; it has no default{allowed}")
        }
    }
}

fn unknown_key(path: &str, words: &[&str]) -> String {
    let (given, known) = words.split_first().map_or(("", &[][..]), |(given, rest)| (*given, rest));
    let mut hint = did_you_mean(given, known.iter().copied());
    if let Some(table) = tables_with(given).first() {
        let header = if *table == "array" { "[[array]]".to_owned() } else { format!("[{table}]") };
        hint = format!("; it belongs under {header}");
    }
    let place = if path.contains('.') { "here" } else { "at the top" };
    format!("unknown key{hint}; known {place}: {}", known.join(", "))
}

fn wrong_type(path: &str, message: &str, kind: &str, written: &str) -> String {
    let allowed = allowed_at(path);
    let told = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    let expected = told.and_then(|rest| rest.rsplit_once(", expected ")).map_or("", |(_, expected)| expected);
    let is_number = matches!(expected, "f64" | "i32" | "u32" | "u64");
    // A whole number where a number is wanted can only be too large or too small for the machine's.
    if kind == "integer" && (is_number || message.contains("overflowed")) {
        return allowed.map_or_else(|| "too large or too small".to_owned(), |range| format!("allowed is {range}"));
    }
    // A date comes as a table, too, and toml asks for `string or table` where a word or a table with that name is due.
    if expected.is_empty() && kind != "datetime" && message != "wanted string or table" {
        // serde's words for a list of the wrong length, and for several tables where one is chosen.
        let said = match message.split_once(", expected an array of length ") {
            Some((found, wanted)) => {
                let found = found.trim_start_matches("invalid length ");
                let entries = if found == "1" { "entry" } else { "entries" };
                format!("it has {found} {entries} where {wanted} are expected")
            }
            None if message.contains("exactly 1 element") => {
                format!("give one table under {path}, and no other: they exclude each other")
            }
            None => message.to_owned(),
        };
        return format!("{said}{}", allowed.map_or_else(String::new, |text| format!("; allowed is {text}")));
    }
    if kind == "table" && path.matches('[').count() == 1 && path.ends_with(']') && !path.starts_with("array[") {
        let table = path.split('[').next().unwrap_or_default();
        return format!("there is one {table} only: write [{table}], not [[{table}]]");
    }
    let wanted = match expected {
        "f64" => "a number".to_owned(),
        "i32" | "u32" | "u64" => "a whole number".to_owned(),
        "a string" => "text in quotes".to_owned(),
        "a sequence" if path == "array" || path.ends_with(".profiles") => {
            format!("a list of tables, each opened by [[{path}]]")
        }
        "a sequence" => "a list in brackets".to_owned(),
        "" => format!("a table under {path}"),
        text if text.starts_with("struct") => format!("a table, opened by [{path}]"),
        text => text.strip_prefix("an array of length ").map_or_else(|| text.to_owned(), |n| format!("a list of {n}")),
    };
    let wanted = match allowed {
        Some(allowed) if is_number => format!("{wanted}, {allowed}"),
        Some(allowed) => allowed,
        None => wanted,
    };
    let found = match kind {
        "string" => "text",
        "float" => "a number with a fraction",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "datetime" => "a date or time",
        "array" => "a list",
        _ => "a table",
    };
    let number = written.trim_matches(['"', '\'']).trim().parse::<f64>();
    let hint = if found == "text" && number.is_ok() { "; write it without quotes" } else { "" };
    format!("wanted is {wanted}, not {found}{hint}")
}

/// Text that is not TOML at all: no key is known, so the line itself stands in its place.
fn syntax(text: &str, file: &str, error: &toml::de::Error) -> Error {
    let number = line(text, error.span().map_or(0, |span| span.start));
    let content = text.lines().nth(number - 1).unwrap_or_default().trim();
    let key = if content.is_empty() { "(empty line)".to_owned() } else { shortened(content) };
    let problem = format!("not TOML: {}; a line is `key = value` or a [table]", error.message());
    Error::Config { file: file.to_owned(), line: Some(number), key, value: String::new(), problem }
}

fn line(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
