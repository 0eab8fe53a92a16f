//! What becomes AC.

mod pvwatts;

pub use pvwatts::{PvwattsInverter, REFERENCE_EFFICIENCY, pvwatts, pvwatts_unclipped};
