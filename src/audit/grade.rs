//! What a claim is worth.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a claim is worth, from best to worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Too little is said to hold anything against anything.
    #[default]
    NotEnoughSaid,
    /// Everything that can be tested fits.
    Consistent,
    /// A figure is lower than what fits.
    Understated,
    /// A figure is higher than what fits.
    Overstated,
    /// A figure is so far off that something else must have been meant.
    Implausible,
    /// A figure breaks a bound that no plant can break.
    Impossible,
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotEnoughSaid => "not enough said",
            Self::Consistent => "consistent",
            Self::Understated => "understated",
            Self::Overstated => "overstated",
            Self::Implausible => "implausible",
            Self::Impossible => "impossible",
        })
    }
}
