//! Inverters as their makers and laboratories describe them: SAM's `CEC Inverters.csv`, Driesse's fits to the same list, PVsyst's
//! OND files, and a small embedded choice of string inverters for industrial roofs.
//!
//! ```
//! use rooftop_pv::inverter::{library, sandia};
//!
//! let inverter = library::inverter("SUN2000-36KTL-US")?;
//! assert!((sandia(720.0, 20_000.0, &inverter.parameters) - 19_704.77).abs() < 0.01);
//! # Ok::<(), rooftop_pv::Error>(())
//! ```
//!
//! [`InverterLibrary::from_file`] tells the formats apart by their content.

mod ond;
mod sam;

use std::path::Path;
use std::sync::LazyLock;

pub use ond::OndInverter;
pub use sam::{AdrEntry, CecInverterEntry};

use crate::error::Result;
use crate::module::library::find;
use crate::module::library::sam::Table;
use crate::module::library::text::{self, Text};
pub use crate::module::library::{Entries, Named};

impl Named for CecInverterEntry {
    const KIND: &'static str = "inverter";

    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for AdrEntry {
    const KIND: &'static str = "inverter";

    fn name(&self) -> &str {
        &self.name
    }
}

/// What a file of inverters holds.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum InverterLibrary {
    /// Inverters of the California Energy Commission's list, for [`sandia`](crate::inverter::sandia).
    Cec(Entries<CecInverterEntry>),
    /// The same by Driesse's model, for [`adr`](crate::inverter::adr).
    Adr(Entries<AdrEntry>),
    /// The one inverter of an OND file.
    Ond(Box<OndInverter>),
}

impl InverterLibrary {
    /// Reads a file of any of the known formats, told apart by its content.
    ///
    /// # Errors
    /// The file cannot be read, is of no known format, or a value in it cannot be used: file, line, column or key and what is
    /// allowed.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        Self::read(&path.display().to_string(), &text::read(path)?)
    }

    /// As [`InverterLibrary::from_file`], of bytes; `name` is what errors call them.
    ///
    /// # Errors
    /// As [`InverterLibrary::from_file`].
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let text = Text::decode(name, bytes)?;
        if text.body.trim_start().starts_with("PVObject_") {
            return ond::read(&text).map(|inverter| Self::Ond(Box::new(inverter)));
        }
        let table = Table::new(text)?;
        if table.has(&sam::MARKS) {
            return sam::read(&table).map(Self::Cec);
        }
        if table.has(&sam::ADR_MARKS) {
            return sam::read_adr(&table).map(Self::Adr);
        }
        let fix = "known are SAM's CEC Inverters.csv, Driesse's library, and OND files of PVsyst; modules are read by \
                   module::library";
        Err(table.text().refuse("the file is no library of inverters by its first lines", fix))
    }
}

static COMMON: LazyLock<Vec<CecInverterEntry>> = LazyLock::new(|| {
    let text = Text { name: "common_inverters.csv", body: include_str!("common_inverters.csv").into() };
    // The embedded file is whole; a test reads it.
    Table::new(text).and_then(|table| sam::read(&table)).map_or_else(|_| Vec::new(), |read| read.entries)
});

/// The embedded inverters: string inverters of 24 to 125 kW, of SAM's library of 2019.
pub fn inverters() -> &'static [CecInverterEntry] {
    &COMMON
}

/// An embedded inverter by its name, or by a part of the name that no other has; case, blanks and hyphens do not count.
///
/// # Errors
/// No inverter, or more than one, has that name; the message says which are near.
pub fn inverter(name: &str) -> Result<&'static CecInverterEntry> {
    find::by_name(name, inverters())
}
