//! What becomes AC.

mod pvwatts;
mod sandia;
mod subhourly;

pub use pvwatts::{PvwattsInverter, REFERENCE_EFFICIENCY, pvwatts, pvwatts_unclipped};
pub use sandia::{AdrInverter, SandiaInverter, adr, sandia, sandia_multi};
pub use subhourly::{AllenHours, WithinHour, allen_2022, allen_losses, normal_excess};
