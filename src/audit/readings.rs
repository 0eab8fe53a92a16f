//! What a figure would mean if it belonged to another capacity: the stage or the whole.

use serde::Serialize;

use super::claim::{Claim, Figure};
use super::conventions::{Matches, matches};
use super::interval::Interval;
use super::likely::Likely;
use super::ratios::{Annual, Ratio, RatioKind, ratio};
use crate::carbon::{Convention, ConventionKind};
use crate::words::trimmed;

/// One convention, and the energy that a stated tonnage needs under it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Need {
    /// The convention.
    pub convention: Convention,
    /// Energy a year that gives the tonnage, kWh.
    pub energy_kwh: Interval,
    /// The same for a kilowatt of the reading's capacity, kWh/kW.
    pub specific_yield: Interval,
    /// Share of plants at the place that yield less, 0 to 1; of the interval's ends.
    pub percentile: Option<Interval>,
}

/// A claim's figures held against one capacity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Whose capacity it is.
    pub of: String,
    /// The capacity, kW.
    pub capacity_kw: Figure,
    /// Whether it is the claim's own.
    pub own: bool,
    /// The specific yield of the claim's own energy on it.
    pub specific_yield: Option<Ratio>,
    /// Share of plants at the place that yield less, 0 to 1; of the interval's ends.
    pub percentile: Option<Interval>,
    /// Energy stated beside that capacity by another row, and the claim's CO2 for it.
    pub with_energy: Option<Matches>,
    /// What the claim's CO2 needs, by convention, where the claim itself states no energy.
    pub co2_needs: Vec<Need>,
}

impl Reading {
    /// Whose capacity, and how much, as `Jizhou industrial park full (30 MW)`.
    pub fn title(&self) -> String {
        let of = if self.of.is_empty() { "a plant" } else { &self.of };
        format!("{of} ({} MW)", trimmed(self.capacity_kw.value / 1000.0))
    }

    /// The conventions under which the CO2 needs a yield that plants at the place have.
    pub fn possible(&self) -> impl Iterator<Item = &Need> {
        self.co2_needs.iter().filter(|need| need.percentile.is_some_and(|p| p.overlaps(super::USUAL)))
    }
}

/// Reads a claim's figures with its own capacity and with those of the other rows of its family.
pub(super) fn readings(
    claim: &Claim,
    annual: &Annual,
    family: &[&Claim],
    likely: Option<&Likely>,
    conventions: &[Convention],
) -> Vec<Reading> {
    let others = family.iter().filter(|other| other.id != claim.id).copied();
    let mut seen: Vec<f64> = Vec::new();
    let mut list = Vec::new();
    for (of, own) in std::iter::once((claim, true)).chain(others.map(|other| (other, false))) {
        let Some(capacity) = &of.capacity_kw else { continue };
        if seen.contains(&capacity.value) {
            continue;
        }
        seen.push(capacity.value);
        let specific_yield = ratio(RatioKind::SpecificYield, annual.energy_kwh.as_ref(), Some(capacity), 1.0);
        let energy = if own { None } else { Annual::of(of).energy_kwh };
        let with_energy = ratio(RatioKind::Co2OfEnergy, annual.co2_t.as_ref(), energy.as_ref(), 1000.0)
            .map(|ratio| matches(ratio, conventions));
        let co2_needs = match (&annual.co2_t, &annual.energy_kwh) {
            (Some(co2), None) => needs(co2, capacity, likely, conventions),
            _ => Vec::new(),
        };
        list.push(Reading {
            of: if of.name.is_empty() { of.id.clone() } else { of.name.clone() },
            capacity_kw: capacity.clone(),
            own,
            percentile: specific_yield.and_then(|ratio| Some(likely?.percentiles(ratio.interval))),
            specific_yield,
            with_energy,
            co2_needs,
        });
    }
    // A reading says something where there is a choice, or where the tonnage has no energy beside it.
    list.retain(|reading| !reading.co2_needs.is_empty() || reading.specific_yield.is_some());
    if list.len() == 1 && list[0].co2_needs.is_empty() { Vec::new() } else { list }
}

fn needs(co2: &Figure, capacity: &Figure, likely: Option<&Likely>, conventions: &[Convention]) -> Vec<Need> {
    conventions
        .iter()
        .filter(|convention| convention.kind == ConventionKind::Co2OfEnergy && convention.value > 0.0)
        .map(|convention| {
            let energy_kwh = co2.interval.scaled(1000.0 / convention.value);
            let specific_yield = energy_kwh.over(capacity.interval);
            Need {
                convention: convention.clone(),
                energy_kwh,
                specific_yield,
                percentile: likely.map(|likely| likely.percentiles(specific_yield)),
            }
        })
        .collect()
}
