//! What becomes AC.

mod pvwatts;
mod sandia;

pub use pvwatts::{PvwattsInverter, REFERENCE_EFFICIENCY, pvwatts, pvwatts_unclipped};
pub use sandia::{AdrInverter, SandiaInverter, adr, sandia, sandia_multi};
