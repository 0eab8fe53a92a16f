//! What becomes AC.

mod curve;
pub mod library;
mod pvwatts;
mod sandia;

pub use curve::{CEC_WEIGHTS, CurveProfile, EURO_WEIGHTS, EfficiencyCurve};
pub use pvwatts::{PvwattsInverter, REFERENCE_EFFICIENCY, pvwatts, pvwatts_unclipped};
pub use sandia::{AdrInverter, SandiaInverter, adr, sandia, sandia_multi};
