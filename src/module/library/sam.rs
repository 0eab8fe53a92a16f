//! The tables of SAM's libraries: a line of names, one of units, one of SAM's own names, then a component a line.

use std::borrow::Cow;

use super::Entries;
use super::text::{Text, number};
use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// A table with its columns by name.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    text: Text<'a>,
    /// As the file writes them.
    names: Vec<String>,
    /// As they are looked for.
    columns: Vec<String>,
}

/// One component.
#[derive(Debug)]
pub(crate) struct Row<'t> {
    table: &'t Table<'t>,
    line: usize,
    fields: Vec<Cow<'t, str>>,
}

/// Where a column stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column(usize);

/// `Cells in Series` and `Cells_in_series` are one name.
fn plain(name: &str) -> String {
    name.trim().replace(' ', "_").to_ascii_lowercase()
}

impl<'a> Table<'a> {
    /// Takes the line of names; lines before it that begin with `#` are remarks.
    pub(crate) fn new(text: Text<'a>) -> Result<Self> {
        let (line, header) = text.lines().find(|(_, line)| !line.starts_with('#')).unwrap_or((1, ""));
        for (mark, called) in [(';', "semicolons"), ('\t', "tabs")] {
            if header.split_once(mark).is_some_and(|(first, _)| plain(first.trim_matches('"')) == "name") {
                let problem = format!("its columns are set apart by {called}");
                let fix = "save it with commas between the columns and decimals behind a point, as SAM has it";
                return Err(text.refuse(problem, fix));
            }
        }
        let names: Vec<String> = split(&text, line, header)?.iter().map(|name| name.trim().to_owned()).collect();
        let columns: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let mut before = std::collections::HashSet::new();
        for (i, name) in columns.iter().enumerate() {
            if !name.is_empty() && !before.insert(name) {
                return Err(text.bad(line, &format!("{}", i + 1), name, "this column's name stands twice"));
            }
        }
        Ok(Self { text, names, columns })
    }

    /// Whether the table has all of these columns.
    pub(crate) fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.columns.contains(&plain(name)))
    }

    /// The table's text, for errors.
    pub(crate) fn text(&self) -> &Text<'a> {
        &self.text
    }

    /// A column that must be there.
    pub(crate) fn column(&self, name: &str) -> Result<Column> {
        self.optional(name).ok_or_else(|| {
            let near = did_you_mean(name, self.names.iter().map(String::as_str));
            self.text.refuse(format!("the column {name} is missing{near}"), "give SAM's library file as it is")
        })
    }

    /// A column that may be there.
    pub(crate) fn optional(&self, name: &str) -> Option<Column> {
        self.columns.iter().position(|column| *column == plain(name)).map(Column)
    }

    /// Every component's line, those of units and SAM's names left out.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Result<Row<'_>>> {
        let heads = |line: &str| {
            let first = line.split(',').next().unwrap_or("").trim_matches('"');
            first.starts_with('[') || plain(first) == "units"
        };
        // Only right below the names, so that no component can be lost as such a line.
        let component = move |at: usize, record: &str| at > 2 || !heads(record);
        let records = records(&self.text).into_iter().enumerate().skip(1);
        records.filter(move |(at, (_, record))| component(*at, record)).map(|(_, (line, record))| {
            let fields = match record {
                Cow::Borrowed(record) => split(&self.text, line, record)?,
                Cow::Owned(record) => {
                    split(&self.text, line, &record)?.into_iter().map(|f| Cow::Owned(f.into_owned())).collect()
                }
            };
            let extra = fields.iter().skip(self.columns.len()).any(|field| !field.trim().is_empty());
            if fields.len() < self.columns.len() || extra {
                let (found, expected) = (fields.len(), self.columns.len());
                let problem =
                    format!("the line has {found} fields where {expected} are expected; the file may be cut off");
                return Err(self.text.bad(line, "", "", problem));
            }
            Ok(Row { table: self, line, fields })
        })
    }

    /// Every component by `entry`, at least one, no name twice; a line in fifty may have values that cannot be used.
    pub(crate) fn entries<T>(&self, entry: impl Fn(&Row<'_>) -> Result<T>) -> Result<Entries<T>> {
        let name = self.column("Name")?;
        let mut names = std::collections::HashMap::new();
        let (mut entries, mut left_out) = (Vec::new(), Vec::new());
        let mut rows = 0;
        for row in self.rows() {
            let row = row?;
            rows += 1;
            if let Some(before) = names.insert(row.text(name).to_owned(), row.line) {
                return Err(row.bad(name, format!("this name stands on line {before} already")));
            }
            if row.text(name).is_empty() {
                return Err(row.bad(name, "a component without a name cannot be found again"));
            }
            match entry(&row) {
                Ok(entry) => entries.push(entry),
                Err(error) => left_out.push(error),
            }
        }
        if left_out.len() * 50 > rows {
            return Err(left_out.swap_remove(0));
        }
        if entries.is_empty() {
            return Err(self.text.refuse("the file has a head but no components", "download it again"));
        }
        Ok(Entries { entries, left_out: left_out.iter().map(ToString::to_string).collect() })
    }
}

impl Row<'_> {
    /// The trimmed field.
    pub(crate) fn text(&self, column: Column) -> &str {
        self.fields.get(column.0).map_or("", |field| field.trim())
    }

    /// A number within bounds.
    pub(crate) fn number(&self, column: Column, range: (f64, f64, &str)) -> Result<f64> {
        number(self.text(column), range).map_err(|problem| self.bad(column, problem))
    }

    /// A number within bounds, or none where the field is empty.
    pub(crate) fn maybe(&self, column: Option<Column>, range: (f64, f64, &str)) -> Result<Option<f64>> {
        match column {
            Some(column) if !matches!(self.text(column), "" | "n/a" | "N/A" | "NaN") => {
                self.number(column, range).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Refuses a field that is not below another, as it is where the two columns are exchanged.
    pub(crate) fn below(&self, column: Column, higher: Column) -> Result<()> {
        let value = |column: Column| self.text(column).parse::<f64>().unwrap_or(f64::NAN);
        if value(column) < value(higher) {
            return Ok(());
        }
        let name = self.table.names.get(higher.0).map_or("", String::as_str);
        let problem = format!("this has to be below {name}, {}; are the two exchanged?", self.text(higher));
        Err(self.bad(column, problem))
    }

    /// An error about a field.
    pub(crate) fn bad(&self, column: Column, problem: impl Into<String>) -> Error {
        let name = self.table.names.get(column.0).map_or("", String::as_str);
        self.table.text.bad(self.line, &format!("{} ({name})", column.0 + 1), self.text(column), problem)
    }
}

/// Records with their first line: a line, or several where a quoted field goes over them. One stray quote cannot swallow the
/// rest of the file: where it does not close within a few lines, it stays on its own.
fn records<'t>(text: &'t Text<'_>) -> Vec<(usize, Cow<'t, str>)> {
    let lines: Vec<(usize, &str)> = text.lines().skip_while(|(_, line)| line.starts_with('#')).collect();
    let odd = |line: &str| line.matches('"').count() % 2 == 1;
    let mut records = Vec::with_capacity(lines.len());
    let mut i = 0;
    while let Some((line, content)) = lines.get(i) {
        let end = (i + 1..(i + 8).min(lines.len())).find(|&end| odd(content) && odd(lines[end].1)).unwrap_or(i);
        let joined = || lines[i..=end].iter().map(|(_, content)| *content).collect::<Vec<_>>().join("\n").into();
        records.push((*line, if end > i { joined() } else { Cow::Borrowed(*content) }));
        i = end + 1;
    }
    records
}

/// The fields of a record.
fn split<'t>(text: &Text<'_>, line: usize, fields: &'t str) -> Result<Vec<Cow<'t, str>>> {
    if !fields.contains('"') {
        return Ok(fields.split(',').map(Cow::Borrowed).collect());
    }
    if fields.matches('"').count() % 2 == 1 {
        return Err(text.bad(line, "", fields, "a quotation mark is opened and not closed"));
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(fields.as_bytes());
    let mut record = csv::StringRecord::new();
    let (read, mut more) = (reader.read_record(&mut record), csv::StringRecord::new());
    // What the quotes do not hold together, or hold together with commas in it, is several lines.
    let several = record.iter().any(|field| field.contains('\n') && field.contains(','));
    match read {
        Ok(_) if several || matches!(reader.read_record(&mut more), Ok(true) | Err(_)) => {
            Err(text.bad(line, "", fields, "there is a stray quotation mark, which closes only on a line below"))
        }
        Ok(_) => Ok(record.iter().map(|field| Cow::Owned(field.to_owned())).collect()),
        Err(error) => Err(text.bad(line, "", fields, format!("the quoting cannot be read: {error}"))),
    }
}
