//! All that is known of a claim before it is judged.

use serde::Serialize;

use super::bounds::{Bound, bounds};
use super::claim::Claim;
use super::conventions::{Matches, matches};
use super::infer::{Inferred, infer};
use super::likely::Likely;
use super::place::Place;
use super::ratios::{Annual, Ratio, RatioKind, ratios};
use super::readings::{Reading, readings};
use crate::carbon::Convention;

/// What a claim's figures imply, and what they can be held against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// What was claimed.
    pub claim: Claim,
    /// The claim for one year, in standard coal.
    pub annual: Annual,
    /// Province or nation whose factors it is held against.
    pub region: Option<String>,
    /// How its place was found.
    pub place: String,
    /// What its figures imply.
    pub ratios: Vec<Ratio>,
    /// Which yields are likely at the place; none where the place is unknown.
    pub likely: Option<Likely>,
    /// Which conventions make its coal and CO2.
    pub conventions: Vec<Matches>,
    /// What cannot be.
    pub bounds: Vec<Bound>,
    /// The figures as a stage's and as the whole's.
    pub readings: Vec<Reading>,
    /// Figures that are missing, as far as the others give them.
    pub inferred: Vec<Inferred>,
}

impl Evidence {
    /// Gathers what there is: `family` are the rows of the same plant, `known` the conventions of the place.
    pub(super) fn gather(
        claim: &Claim,
        family: &[&Claim],
        place: &Place,
        likely: Option<&Likely>,
        known: &[Convention],
    ) -> Self {
        let annual = Annual::of(claim);
        let ratios = ratios(claim, &annual);
        let made = [RatioKind::CoalOfEnergy, RatioKind::Co2OfEnergy, RatioKind::Co2OfCoal];
        let of_convention = ratios.iter().filter(|ratio| made.contains(&ratio.kind));
        Self {
            conventions: of_convention.map(|&ratio| matches(ratio, known)).collect(),
            bounds: bounds(&ratios, likely.map(|likely| likely.sunlight_kwh_m2)),
            readings: readings(claim, &annual, family, likely, known),
            inferred: infer(claim, &annual, likely, known),
            claim: claim.clone(),
            annual,
            region: place.region.clone(),
            place: place.remark.clone(),
            ratios,
            likely: likely.cloned(),
        }
    }

    /// The ratio of a kind, where the claim implies it.
    pub fn ratio(&self, kind: RatioKind) -> Option<&Ratio> {
        self.ratios.iter().find(|ratio| ratio.kind == kind)
    }
}
