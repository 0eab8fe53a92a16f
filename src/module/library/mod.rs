//! Modules as their makers and laboratories describe them: SAM's `CEC Modules.csv` and `Sandia Modules.csv`, PVsyst's PAN files,
//! and a small embedded choice of what lies on industrial roofs.
//!
//! ```
//! use rooftop_pv::module::library;
//!
//! let module = library::module("JKM410M-72HL-V")?;
//! assert_eq!(module.i_sc_ref, 10.6);
//! assert!(library::module("JKM410M-72HL-X").unwrap_err().to_string().contains("did you mean"));
//! # Ok::<(), rooftop_pv::Error>(())
//! ```
//!
//! [`ModuleLibrary::from_file`] tells the formats apart by their content.

mod cec;
mod pan;
mod sandia;

pub(crate) mod find;
pub(crate) mod pvsyst;
pub(crate) mod sam;
pub(crate) mod text;

use std::path::Path;
use std::sync::LazyLock;

pub use cec::CecEntry;
pub use pan::{PanIncidence, PanModule};
pub use sandia::SandiaEntry;

use crate::error::Result;
use sam::Table;
use text::Text;

/// The components of a library.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<T> {
    /// As the file has them, in its order.
    pub entries: Vec<T>,
    /// Lines with a value that cannot be used, each with the reason: large libraries have some. More than one line in fifty is an
    /// error of the file.
    pub left_out: Vec<String>,
}

/// A component that has a name.
pub trait Named {
    /// What it is, as errors call it.
    const KIND: &'static str;

    /// Maker and model.
    fn name(&self) -> &str;
}

impl<T: Named> Entries<T> {
    /// A component by its name, or by a part of the name that no other has; case, blanks and marks do not count.
    ///
    /// # Errors
    /// None, or more than one, has that name; the message says which are near.
    pub fn find(&self, name: &str) -> Result<&T> {
        find::by_name(name, &self.entries)
    }
}

impl Named for CecEntry {
    const KIND: &'static str = "module";

    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for SandiaEntry {
    const KIND: &'static str = "module";

    fn name(&self) -> &str {
        &self.name
    }
}

/// What a file of modules holds.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum ModuleLibrary {
    /// Modules of the California Energy Commission's list, for the single-diode model.
    Cec(Entries<CecEntry>),
    /// Modules of Sandia's database, for [`sapm`](crate::module::sapm).
    Sandia(Entries<SandiaEntry>),
    /// The one module of a PAN file.
    Pan(Box<PanModule>),
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
        let text = Text::decode(name, bytes)?;
        if text.body.trim_start().starts_with("PVObject_") {
            return pan::read(&text).map(|module| Self::Pan(Box::new(module)));
        }
        let table = Table::new(text)?;
        if table.has(&cec::MARKS) {
            return cec::read(&table).map(Self::Cec);
        }
        if table.has(&sandia::MARKS) {
            return sandia::read(&table).map(Self::Sandia);
        }
        let fix = "known are SAM's CEC Modules.csv and Sandia Modules.csv, and PAN files of PVsyst; inverters are read by \
                   inverter::library";
        Err(table.text().refuse("the file is no library of modules by its first lines", fix))
    }
}

static COMMON: LazyLock<Vec<CecEntry>> = LazyLock::new(|| {
    let text = Text { name: "common_modules.csv", body: include_str!("common_modules.csv").into() };
    // The embedded file is whole; a test reads it.
    Table::new(text).and_then(|table| cec::read(&table)).map_or_else(|_| Vec::new(), |read| read.entries)
});

/// The embedded modules: crystalline and thin-film modules common on industrial roofs, of SAM's library of 2019.
pub fn modules() -> &'static [CecEntry] {
    &COMMON
}

/// An embedded module by its name, or by a part of the name that no other has; case, blanks and hyphens do not count.
///
/// # Errors
/// No module, or more than one, has that name; the message says which are near.
pub fn module(name: &str) -> Result<&'static CecEntry> {
    find::by_name(name, modules())
}
