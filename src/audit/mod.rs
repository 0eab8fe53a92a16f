//! Stated figures of a plant, held against physics and official factors.

mod claim;
mod extract;
mod interval;
mod quantity;
mod table;

pub use claim::{Claim, CoalKind, Figure, Period};
pub use extract::{extract, extract_lines};
pub use interval::Interval;
pub use quantity::{Dimension, Per, Quantity, Side, Substance};
