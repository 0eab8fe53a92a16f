//! Modules as their makers and laboratories describe them: SAM's `CEC Modules.csv` and `Sandia Modules.csv`, PVsyst's PAN files.
//!
//! [`ModuleLibrary::from_file`] tells them apart by their content.

mod sandia;

pub(crate) mod pvsyst;
pub(crate) mod sam;
pub(crate) mod text;

use std::path::Path;

pub use sandia::SandiaEntry;

use crate::error::Result;
use sam::Table;
use text::Text;

/// What a file of modules holds.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum ModuleLibrary {
    /// Modules of Sandia's database, for [`sapm`](crate::module::sapm).
    Sandia(Vec<SandiaEntry>),
}

impl ModuleLibrary {
    /// Reads a file of any of the known formats, told apart by its content.
    ///
    /// # Errors
    /// The file cannot be read, is of no known format, or a value in it cannot be used: file, line, column or key and what is
    /// allowed.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        Self::read(&path.display().to_string(), &text::read(path)?)
    }

    /// As [`ModuleLibrary::from_file`], of bytes; `name` is what errors call them.
    ///
    /// # Errors
    /// As [`ModuleLibrary::from_file`].
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let table = Table::new(Text::decode(name, bytes)?)?;
        if table.has(&sandia::MARKS) {
            return sandia::read(&table).map(Self::Sandia);
        }
        Err(table.text().refuse("the columns are those of no known library of modules", "known is Sandia Modules.csv of SAM"))
    }
}
