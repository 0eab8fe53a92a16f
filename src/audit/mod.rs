//! Stated figures of a plant, held against physics and official factors.
//!
//! A [`Claim`] holds what is stated, each figure with the interval that its digits allow. [`audit`] divides the figures
//! by one another, looks up which conventions make the coal and CO2, simulates what plants of unknown tilt, azimuth and
//! losses yield at the place, and says what does not fit and what is likely behind it.

mod bounds;
mod claim;
mod conventions;
mod doubts;
mod evidence;
mod extract;
mod grade;
mod infer;
mod interval;
mod judge;
mod likely;
mod place;
mod quantity;
mod ratios;
mod readings;
mod table;
mod text;
mod verdict;

pub use bounds::Bound;
pub use claim::{Claim, CoalKind, Figure, Period};
pub use conventions::{Match, Matches};
pub use doubts::Doubt;
pub use evidence::Evidence;
pub use extract::{extract, extract_lines};
pub use grade::Grade;
pub use infer::Inferred;
pub use interval::Interval;
pub use judge::{Audit, audit, audit_all};
pub use likely::{Likely, Priors, SHARES};
pub use quantity::{Dimension, Per, Quantity, Side, Substance};
pub use ratios::{Annual, Ratio, RatioKind, ratios};
pub use readings::{Need, Reading};
pub use verdict::Verdict;

/// Shares of plants between which a yield counts as usual: 95 of 100 lie inside.
pub const USUAL: Interval = Interval { low: 0.025, high: 0.975 };

/// Power on a square metre where modules stand, W: from rows with wide walkways and modules of 15 % to modules of
/// 23 % side by side. Jidong's 142 lies in the middle.
pub const TYPICAL_W_PER_M2: Interval = Interval { low: 80.0, high: 220.0 };

/// Share of a factory roof that modules can stand on: edges, skylights, ducts and shade take the rest. This crate's own
/// judgement.
pub const TYPICAL_SHARE: Interval = Interval { low: 0.5, high: 0.9 };
