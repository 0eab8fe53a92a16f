//! Which convention a stated figure was made with.

use serde::Serialize;

use super::interval::Interval;
use super::ratios::{Ratio, RatioKind};
use crate::carbon::{Convention, ConventionKind, FactorKind};
use crate::math;

/// How much one rank of the conventions counts against closeness, in half widths of the stated
/// interval: little, so that only conventions about equally close are told apart by it.
const RANK_WEIGHT: f64 = 0.05;

/// The same for a place in their order: later years before earlier ones, where all else is alike.
const PLACE_WEIGHT: f64 = 0.005;

/// The same for tonnes that nobody calls raw coal.
const RAW_WEIGHT: f64 = 0.5;

/// A convention beside a stated ratio.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// The convention.
    pub convention: Convention,
    /// Stated over convention, less one.
    pub off: f64,
}

/// A stated ratio and the conventions for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matches {
    /// The ratio.
    pub ratio: Ratio,
    /// Conventions inside of its interval, the likeliest first.
    pub fitting: Vec<Match>,
    /// The next below and above the interval, for what does not fit.
    pub nearest: Vec<Match>,
}

/// Holds a ratio against the conventions of its kind.
pub(super) fn matches(ratio: Ratio, conventions: &[Convention]) -> Matches {
    let of_kind = || conventions.iter().filter(|convention| kind(convention.kind) == ratio.kind);
    let beside =
        |convention: &Convention| Match { convention: convention.clone(), off: ratio.value / convention.value - 1.0 };
    // Bounds that reach far, as of "more than", say nothing about closeness: within them nearness to the number counts.
    let half_width = (0.5 * math::ln(ratio.interval.high / ratio.interval.low)).clamp(1e-9, 0.05);
    let inside_of = |convention: &Convention| {
        // Figures that are exact are quotients all the same, and may miss by rounding.
        let Interval { low, high } = ratio.interval;
        convention.value >= low * (1.0 - 1e-9) && convention.value <= high * (1.0 + 1e-9)
    };
    let score = |place: usize, convention: &Convention| {
        math::ln(ratio.value / convention.value).abs() / half_width
            + RANK_WEIGHT * f64::from(convention.rank)
            + PLACE_WEIGHT * place as f64
            + if convention.raw_coal { RAW_WEIGHT } else { 0.0 }
    };
    let mut inside: Vec<(f64, &Convention)> = of_kind()
        .filter(|convention| inside_of(convention))
        .enumerate()
        .map(|(place, convention)| (score(place, convention), convention))
        .collect();
    inside.sort_by(|a, b| a.0.total_cmp(&b.0));
    let below =
        of_kind().filter(|c| !inside_of(c) && c.value < ratio.interval.low).max_by(|a, b| a.value.total_cmp(&b.value));
    let above =
        of_kind().filter(|c| !inside_of(c) && c.value > ratio.interval.high).min_by(|a, b| a.value.total_cmp(&b.value));
    Matches {
        ratio,
        fitting: inside.into_iter().map(|(_, convention)| beside(convention)).collect(),
        nearest: below.into_iter().chain(above).map(beside).collect(),
    }
}

/// The ratio that a convention gives.
pub(super) fn kind(of: ConventionKind) -> RatioKind {
    match of {
        ConventionKind::CoalOfEnergy => RatioKind::CoalOfEnergy,
        ConventionKind::Co2OfEnergy => RatioKind::Co2OfEnergy,
        ConventionKind::Co2OfCoal => RatioKind::Co2OfCoal,
    }
}

/// The grid average that the region's own energy would be counted with: the latest.
pub(super) fn official(known: &[Convention]) -> Option<&Convention> {
    known.iter().find(|convention| convention.factor_kind == Some(FactorKind::GridAverage))
}
