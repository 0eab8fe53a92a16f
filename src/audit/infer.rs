//! Figures that a claim leaves out, as far as the others give them.

use serde::Serialize;

use super::claim::Claim;
use super::conventions::official;
use super::interval::Interval;
use super::likely::Likely;
use super::ratios::Annual;
use super::{TYPICAL_SHARE, TYPICAL_W_PER_M2};
use crate::carbon::{Convention, ConventionKind};

/// A figure that is missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inferred {
    /// Which one, in words.
    pub what: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Where it lies.
    pub interval: Interval,
    /// From what it follows.
    pub from: String,
}

/// All figures that are missing and can be inferred; of several ways to one figure, each.
pub(super) fn infer(claim: &Claim, annual: &Annual, likely: Option<&Likely>, known: &[Convention]) -> Vec<Inferred> {
    let mut list = Vec::new();
    let mut add = |what, unit, interval, from: String| list.push(Inferred { what, unit, interval, from });
    let usual = likely.map(Likely::usual);
    let yields = |usual: Interval| format!("yields of {usual:.0} kWh/kW, as 95 of 100 plants there have");
    let mut capacity = claim.capacity_kw.as_ref().map(|figure| figure.interval);
    let mut energy = annual.energy_kwh.as_ref().map(|figure| figure.interval);
    if capacity.is_none() {
        if let (Some(energy), Some(usual)) = (energy, usual) {
            capacity = Some(energy.over(usual));
            add("capacity", "kW", energy.over(usual), format!("{}, were it photovoltaic", yields(usual)));
        }
        if let Some(area) = claim.area_m2.as_ref().filter(|_| claim.area_is_roof) {
            let of_area = area.interval.times(TYPICAL_SHARE).times(TYPICAL_W_PER_M2).scaled(1e-3);
            let from = format!(
                "{TYPICAL_W_PER_M2:.0} W/m2 on {:.0} to {:.0} % of the roof",
                100.0 * TYPICAL_SHARE.low,
                100.0 * TYPICAL_SHARE.high
            );
            capacity = capacity.or(Some(of_area));
            add("capacity that the roof holds", "kW", of_area, from);
        }
    }
    if let (None, Some(capacity), Some(usual)) = (energy, capacity, usual) {
        energy = Some(capacity.times(usual));
        add("energy", "kWh a year", capacity.times(usual), yields(usual));
    }
    if let (None, Some(capacity)) = (&claim.area_m2, capacity) {
        let from = format!("{TYPICAL_W_PER_M2:.0} W/m2 where modules stand");
        add("roof under modules", "m2", capacity.scaled(1000.0).over(TYPICAL_W_PER_M2), from);
    }
    let Some(energy) = energy else { return list };
    if let (None, Some(factor)) = (&annual.co2_t, official(known)) {
        let from = format!("{} ({} kg/kWh, {})", factor.title, factor.value, factor.confidence.remark());
        add("CO2", "t a year", energy.scaled(factor.value / 1000.0), from);
    }
    let coal = known.iter().find(|convention| convention.kind == ConventionKind::CoalOfEnergy);
    if let (None, Some(coal)) = (&annual.coal_t, coal) {
        let from = format!("{} ({} kgce/kWh, {})", coal.title, coal.value, coal.confidence.remark());
        add("standard coal", "t a year", energy.scaled(coal.value / 1000.0), from);
    }
    list
}
