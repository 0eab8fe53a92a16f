//! Stated figures of a plant, held against physics and official factors.

mod claim;
mod interval;

pub use claim::{Claim, CoalKind, Figure, Period};
pub use interval::Interval;
