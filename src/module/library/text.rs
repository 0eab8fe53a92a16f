//! Bytes of a library file to text, and the errors that say where.

use std::borrow::Cow;
use std::path::Path;

use crate::error::{Error, Result};

/// No library of components is larger than this, bytes.
const LARGEST: u64 = 256 << 20;

/// A decoded file with its name.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) name: &'a str,
    pub(crate) body: Cow<'a, str>,
}

/// The bytes of a file; refuses what is too large to be a library.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(io)?.len() > LARGEST {
        return Err(Error::Format {
            file: path.display().to_string(),
            problem: "the file is larger than 256 MB".into(),
            fix: "no library of modules or inverters is; check the path".into(),
        });
    }
    std::fs::read(path).map_err(io)
}

impl<'a> Text<'a> {
    /// Decodes UTF-8 (with or without mark) or Windows-1252; refuses what is not text by name.
    pub(crate) fn decode(name: &'a str, bytes: &'a [u8]) -> Result<Self> {
        let refuse = |problem: &str, fix: &str| {
            Err(Error::Format { file: name.to_owned(), problem: problem.to_owned(), fix: fix.to_owned() })
        };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return refuse("the file is empty", "download it again, or check the path");
        }
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
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
            return refuse(
                "the file is binary, not text",
                "give SAM's csv, or a PAN or OND file of PVsyst 6.40 or later",
            );
        }
        let mut body = match str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(bytes.iter().map(|&b| windows_1252(b)).collect()),
        };
        // Spreadsheets on a Mac may still end lines as it did before 2001.
        if !body.contains('\n') {
            body = Cow::Owned(body.replace('\r', "\n"));
        }
        Ok(Self { name, body })
    }

    /// The lines with their numbers, without the empty ones and without the end-of-file mark of old DOS tools.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let full = |line: &&str| !line.trim_matches(['\u{1a}', ' ', '\t', '\r']).is_empty();
        self.body.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(move |(_, line)| full(line))
    }

    /// An error about the whole file.
    pub(crate) fn refuse(&self, problem: impl Into<String>, fix: impl Into<String>) -> Error {
        Error::Format { file: self.name.to_owned(), problem: problem.into(), fix: fix.into() }
    }

    /// An error about one line, and the column or key in it.
    pub(crate) fn bad(&self, line: usize, column: &str, value: &str, problem: impl Into<String>) -> Error {
        bad(self.name, line, column, value, problem)
    }
}

/// An error about one line of a file, and the column or key in it.
pub(crate) fn bad(file: &str, line: usize, column: &str, value: &str, problem: impl Into<String>) -> Error {
    let value = value.chars().take(60).collect();
    Error::Record { file: file.to_owned(), line, column: column.to_owned(), value, problem: problem.into() }
}

/// A number within bounds, or why not.
pub(crate) fn number(text: &str, (min, max, unit): (f64, f64, &str)) -> std::result::Result<f64, String> {
    let space = if unit.is_empty() { "" } else { " " };
    match text.parse::<f64>() {
        Ok(value) if value >= min && value <= max => Ok(value),
        Ok(_) => Err(format!("allowed is {min} to {max}{space}{unit}")),
        Err(_) if text.is_empty() => Err(format!("a number is missing; allowed is {min} to {max}{space}{unit}")),
        Err(_) => Err("this is not a number".into()),
    }
}

/// The character of a byte in Windows-1252, which is Latin-1 but for 0x80 to 0x9F.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = usize::from(byte).checked_sub(0x80).and_then(|i| HIGH.get(i));
    high.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_old_windows_files_are_read() {
        let text = Text::decode("a.PAN", b"40 \xB0C \x80 \x96 M\xFCller").unwrap();
        assert_eq!(text.body, "40 °C € – Müller");
        assert_eq!(Text::decode("a.PAN", "\u{feff}Größe".as_bytes()).unwrap().body, "Größe");
        assert_eq!(Text::decode("a.PAN", b"Isc=1\rVoc=2\r").unwrap().body, "Isc=1\nVoc=2\n");
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        for (bytes, says) in [
            (&b""[..], "empty"),
            (b"\xEF\xBB\xBF \n", "empty"),
            (b"\xFF\xFEP\0V\0", "UTF-16"),
            (b"PK\x03\x04....", "zip"),
            (b"Name\0,Vac", "binary"),
        ] {
            let error = Text::decode("my.csv", bytes).unwrap_err().to_string();
            assert!(error.starts_with("my.csv: ") && error.contains(says), "{error}");
        }
    }

    #[test]
    fn numbers_tell_what_is_wrong_with_them() {
        let range = (0.0, 5.0, "V");
        assert_eq!(number("4.5", range), Ok(4.5));
        assert!(number("", range).unwrap_err().contains("missing"));
        assert!(number("1e999", range).unwrap_err().contains("0 to 5 V"));
        assert!(number("NaN", range).unwrap_err().contains("0 to 5 V"));
        assert!(number("4,5", range).unwrap_err().contains("not a number"));
    }
}
