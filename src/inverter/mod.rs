//! What becomes AC.

mod pvwatts;

pub use pvwatts::{REFERENCE_EFFICIENCY, pvwatts, pvwatts_unclipped};
