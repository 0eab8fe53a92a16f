//! The crate's one error type. Every variant carries the bad value, where it stood, what is allowed
//! and, where it is not obvious, what to do about it.

use std::path::PathBuf;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can go wrong, told so that its reader can mend it.
#[non_exhaustive]
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },

    /// A number given to the library lies outside its range.
    #[error("{name} = {value} is not allowed: {allowed}")]
    OutOfRange {
        /// The parameter's name.
        name: String,
        /// The value that was given.
        value: f64,
        /// The allowed range in words, with its unit.
        allowed: String,
    },

    /// A key of a park file is unknown, missing, impossible or at odds with another.
    #[error("{}{key}{}: {problem}", at(file, *line), shown(value))]
    Config {
        /// The file's name, or empty when the configuration did not come from a file.
        file: String,
        /// The line of the key, counted from 1, where known.
        line: Option<usize>,
        /// The key with its table, as `array[0].tilt_deg`.
        key: String,
        /// The value as written, or empty when the key is missing.
        value: String,
        /// What is wrong and what is allowed.
        problem: String,
    },

    /// A file as a whole cannot be used: empty, binary, of no known format, too short.
    #[error("{file}: {problem}; {fix}")]
    Format {
        /// The file's name.
        file: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        fix: String,
    },

    /// One field or line of a table cannot be used.
    #[error("{file}, line {line}{}{}: {problem}", in_column(column), shown(value))]
    Record {
        /// The file's name.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The column, by number from 1 and by name, as `14 (ghi)`; empty for the whole line.
        column: String,
        /// The text or number that stood there; may be empty.
        value: String,
        /// What is wrong and what is allowed.
        problem: String,
    },

    /// A value of an hourly series cannot be used.
    #[error("{column}[{index}] = {value} at {time}: {problem}")]
    Series {
        /// The column's name.
        column: &'static str,
        /// The record, counted from 0.
        index: usize,
        /// The start of the record's interval, ISO 8601 with offset.
        time: String,
        /// The bad value.
        value: f64,
        /// What is wrong and what is allowed.
        problem: String,
    },

    /// Series that belong together differ in length.
    #[error("{name} has {found} records where {expected} are expected")]
    Length {
        /// The series.
        name: &'static str,
        /// How many records it has.
        found: usize,
        /// How many the time axis has.
        expected: usize,
    },

    /// Things that are used together do not belong together.
    #[error("{what}: {problem}")]
    Mismatch {
        /// What does not belong.
        what: &'static str,
        /// Why not, and what to do.
        problem: String,
    },

    /// No climate station lies near enough, or none has that name.
    #[error("{problem}; {fix}")]
    Climate {
        /// What was looked for and what is nearest.
        problem: String,
        /// What to do.
        fix: String,
    },

    /// No emission factor or convention answers the request.
    #[error("no factor for {wanted}; available: {available}")]
    Factor {
        /// What was asked for.
        wanted: String,
        /// What there is.
        available: String,
    },
}

fn at(file: &str, line: Option<usize>) -> String {
    match (file.is_empty(), line) {
        (true, None) => String::new(),
        (true, Some(line)) => format!("line {line}: "),
        (false, None) => format!("{file}: "),
        (false, Some(line)) => format!("{file}, line {line}: "),
    }
}

fn shown(value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" = {value}") }
}

fn in_column(column: &str) -> String {
    if column.is_empty() { String::new() } else { format!(", column {column}") }
}

/// Refuses a value outside `min..=max` (NaN included), naming it and its range.
pub(crate) fn check_range(name: &str, value: f64, min: f64, max: f64, unit: &str) -> Result<()> {
    if value >= min && value <= max {
        return Ok(());
    }
    Err(Error::OutOfRange {
        name: name.to_owned(),
        value,
        allowed: format!("{min} to {max}{}{unit}", if unit.is_empty() { "" } else { " " }),
    })
}
