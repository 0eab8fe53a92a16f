//! A csv taken line by line, so that memory holds one line of it and a stray quote cannot swallow the others.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// The longest line that is taken, bytes: whatever is longer is no record of six fields.
const LONGEST: usize = 64 * 1024;

/// The lines of a file that hold fields: neither empty ones nor comments (`#`).
pub(super) struct Lines<'n, R> {
    name: &'n str,
    reader: BufReader<R>,
    bytes: Vec<u8>,
    /// Counted from 1.
    line: usize,
}

impl<'n, R: Read> Lines<'n, R> {
    pub(super) fn new(name: &'n str, reader: R) -> Self {
        Self { name, reader: BufReader::with_capacity(LONGEST, reader), bytes: Vec::new(), line: 0 }
    }

    /// The next line with fields, and its number.
    pub(super) fn next(&mut self) -> Result<Option<(usize, &str)>> {
        loop {
            self.bytes.clear();
            let limit = u64::try_from(LONGEST + 1).unwrap_or(u64::MAX);
            let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.bytes);
            let read = read.map_err(|source| Error::Io { path: self.name.into(), source })?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            if read > LONGEST {
                return Err(self.bad("", "", format!("longer than {LONGEST} bytes; no record is")));
            }
            let mark: &[u8] = if self.line == 1 { b"\xEF\xBB\xBF" } else { b"" };
            let content = self.bytes.strip_prefix(mark).unwrap_or(&self.bytes).trim_ascii();
            if !content.is_empty() && content[0] != b'#' {
                break;
            }
        }
        let mark = if self.line == 1 && self.bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let content = self.bytes.get(mark..).unwrap_or_default().trim_ascii_end();
        if content.contains(&0) {
            return Err(self.bad("", "", "binary, not text; save the table as csv in UTF-8".into()));
        }
        match std::str::from_utf8(content) {
            Ok(text) => Ok(Some((self.line, text))),
            Err(error) => {
                let column = content.iter().take(error.valid_up_to()).filter(|byte| **byte == b',').count() + 1;
                let problem = "not UTF-8; save the table as csv in UTF-8 (tables in GBK have to be saved anew)";
                Err(self.bad(&column.to_string(), "", problem.into()))
            }
        }
    }

    fn bad(&self, column: &str, value: &str, problem: String) -> Error {
        bad(self.name, self.line, column, value, problem)
    }
}

/// An error about one field or line; long values are cut.
pub(super) fn bad(file: &str, line: usize, column: &str, value: &str, problem: String) -> Error {
    let value = value.chars().take(60).collect();
    Error::Record { file: file.to_owned(), line, column: column.to_owned(), value, problem }
}

/// The fields of a line, commas between them, quotes around them allowed.
pub(super) fn split<'t>(file: &str, line: usize, text: &'t str, fields: &mut Vec<Cow<'t, str>>) -> Result<()> {
    fields.clear();
    if !text.contains('"') {
        fields.extend(text.split(',').map(|field| Cow::Borrowed(field.trim())));
        return Ok(());
    }
    if text.matches('"').count() % 2 == 1 {
        return Err(bad(file, line, "", text, "a quotation mark is opened and not closed on this line".into()));
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    reader
        .read_record(&mut record)
        .map_err(|error| bad(file, line, "", text, format!("the quoting cannot be read: {error}")))?;
    fields.extend(record.iter().map(|field| Cow::Owned(field.trim().to_owned())));
    Ok(())
}

/// Where the wanted columns stand in a table.
pub(super) struct Header<const N: usize> {
    /// Position in the row of each wanted column; `None` for one that may be missing and is.
    places: [Option<usize>; N],
    names: [&'static str; N],
    width: usize,
}

impl<const N: usize> Header<N> {
    /// Reads the first line. `columns` are names with their other names; the first `needed` of them must be there.
    pub(super) fn read(
        file: &str,
        line: usize,
        fields: &[Cow<'_, str>],
        columns: [&[&'static str]; N],
        needed: usize,
    ) -> Result<Self> {
        let names = columns.map(|names| names.first().copied().unwrap_or_default());
        let mut places = [None; N];
        for (index, field) in fields.iter().enumerate() {
            if field.is_empty() {
                continue;
            }
            let label = (index + 1).to_string();
            let lower = field.to_lowercase();
            let Some(which) = columns.iter().position(|names| names.contains(&lower.as_str())) else {
                let hint = did_you_mean(&lower, names);
                let problem = format!("unknown column{hint}; known are {}", names.join(", "));
                return Err(bad(file, line, &label, field, problem));
            };
            if places[which].replace(index).is_some() {
                return Err(bad(file, line, &label, field, "this column stands twice".into()));
            }
        }
        for (name, place) in names.iter().zip(&places).take(needed) {
            if place.is_none() {
                let problem = format!("column {name} is missing; the first line must name {}", names.join(", "));
                return Err(bad(file, line, "", "", problem));
            }
        }
        Ok(Self { places, names, width: fields.len() })
    }

    /// Refuses a row of another width than the header's; empty fields at the end do no harm.
    pub(super) fn check_width(&self, file: &str, line: usize, fields: &[Cow<'_, str>]) -> Result<()> {
        let extra = fields.iter().skip(self.width).any(|field| !field.is_empty());
        if fields.len() >= self.width && !extra {
            return Ok(());
        }
        let problem = format!("the row has {} fields where the header has {}", fields.len(), self.width);
        Err(bad(file, line, "", "", problem))
    }

    /// The trimmed field of a wanted column; empty where the table has no such column.
    pub(super) fn get<'f>(&self, fields: &'f [Cow<'_, str>], which: usize) -> &'f str {
        self.places.get(which).copied().flatten().and_then(|index| fields.get(index)).map_or("", |field| field.as_ref())
    }

    /// The column as errors name it, as `5 (amount)`.
    pub(super) fn label(&self, which: usize) -> String {
        match (self.places.get(which).copied().flatten(), self.names.get(which)) {
            (Some(index), Some(name)) => format!("{} ({name})", index + 1),
            (None, Some(name)) => (*name).to_owned(),
            _ => String::new(),
        }
    }
}
