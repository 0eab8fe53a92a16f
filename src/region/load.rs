//! From `region.toml` to a checked [`Region`].

use std::path::Path;

use super::Region;
use crate::error::{Error, Result};
use crate::plant::locate;

/// The text of the default region, the same file that stands among the examples.
const RUIJIN: &str = include_str!("../../examples/regions/ruijin.toml");

impl Region {
    /// Reads and checks a region from text. `file` is its name for error messages.
    ///
    /// # Errors
    /// [`Error::Config`] with file, line, key, value and what is allowed.
    pub fn from_toml(text: &str, file: &str) -> Result<Self> {
        let region: Self = toml::from_str(text).map_err(|error| Error::Config {
            file: file.into(),
            line: error.span().map(|span| 1 + text[..span.start.min(text.len())].matches('\n').count()),
            key: String::from("region"),
            value: String::new(),
            problem: error.message().to_owned(),
        })?;
        region.validate().map_err(|error| locate(text, file, error))?;
        Ok(region)
    }

    /// Reads and checks a region file.
    ///
    /// # Errors
    /// [`Error::Io`] and those of [`Region::from_toml`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        Self::from_toml(&text, &path.display().to_string())
    }

    /// The default region: Ruijin in Jiangxi, as `examples/regions/ruijin.toml` describes it.
    ///
    /// # Errors
    /// None that a caller could cause: the file is part of the crate and its tests read it.
    pub fn ruijin() -> Result<Self> {
        Self::from_toml(RUIJIN, "examples/regions/ruijin.toml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_with_their_line() {
        let good = "first_year = 2022\nlast_year = 2025\n[[district]]\nlatitude = 25.9\nlongitude = 116.0\n[[district.roof]]\nkind = \"factory\"\n";
        assert!(Region::from_toml(good, "region.toml").is_ok());
        for (from, to, words) in [
            ("\"factory\"", "\"factry\"", ["region.toml, line 7", "factry"]),
            ("latitude = 25.9", "latitude = 125.9", ["line 4", "-90 to 90"]),
            ("last_year = 2025", "last_year = 2021", ["line 2", "2022 to"]),
            ("longitude", "longitud", ["longitud", "line"]),
            ("kind = \"factory\"", "kind = \"factory\"\nusable_share = 7.0", ["line 8", "0 to 1"]),
            (
                "kind = \"factory\"",
                "kind = \"factory\"\nnew_coverage = [[2025, 0.5], [2024, 0.5]]",
                ["line 8", "ascend"],
            ),
            ("kind = \"factory\"", "kind = \"factory\"\nstock_m2 = nan", ["line 8", "stock_m2"]),
        ] {
            let said = Region::from_toml(&good.replace(from, to), "region.toml").unwrap_err().to_string();
            for word in words {
                assert!(said.contains(word), "{word:?} in {said}");
            }
        }
        assert!(Region::ruijin().is_ok());
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,300}") {
            let _ = Region::from_toml(&text, "region.toml");
        }
    }
}
