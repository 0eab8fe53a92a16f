//! The stages of an array's chain.

use std::ops::RangeInclusive;

/// The stages of the chain, each of which needs the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Irradiance,
    Temperature,
    Dc,
    Ac,
    /// Nothing is left to compute.
    Done,
}

impl Stage {
    /// From the sky to the inverter.
    pub(super) const ALL: RangeInclusive<Self> = Self::Irradiance..=Self::Ac;
}
