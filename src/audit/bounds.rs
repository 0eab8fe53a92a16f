//! What no plant can do, whatever its builder says.

use serde::Serialize;

use super::interval::Interval;
use super::ratios::{Ratio, RatioKind};
use crate::plant::MAX_W_PER_M2;

/// Part of the light that the best commercial module turns into power: the same 25 % as [`MAX_W_PER_M2`].
const BEST_MODULE: f64 = MAX_W_PER_M2 / 1000.0;

/// Hours of a leap year: no plant runs at full power for longer.
const HOURS: f64 = 8784.0;

/// What the table of irradiation may be short of in one very sunny year: sources differ by up to 10 %, and three
/// standard deviations of a year are up to 15 %.
const SUNNIER: f64 = 1.25;

/// CO2 of fuels at standard coal's 29.3076 MJ/kg, t/t: from natural gas (56.1 kg/GJ) to lignite (101 kg/GJ, at most
/// 115; IPCC 2006 Guidelines, volume 2, table 1.4).
const CO2_OF_FUEL: Interval = Interval { low: 0.0561 * 29.3076, high: 0.115 * 29.3076 };

/// Standard coal for a kilowatt-hour, kgce: from its energy content alone (GB/T 2589-2020) to a plant of 20 %
/// efficiency, worse than any that sells power.
const COAL_OF_POWER: Interval = Interval { low: 0.1228, high: 0.1228 / 0.2 };

/// CO2 for a kilowatt-hour, kg: from none to lignite in a plant of 25 % efficiency.
const CO2_OF_POWER: Interval = Interval { low: 0.0, high: 0.115 * 3.6 / 0.25 };

/// A limit that a ratio was held against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// The ratio.
    pub ratio: Ratio,
    /// What can be.
    pub allowed: Interval,
    /// Why not more.
    pub why: String,
    /// Whether any value of the ratio's interval can be.
    pub kept: bool,
}

/// Holds ratios against what can be. `sunlight_kwh_m2`: irradiation of the best fixed plane at the place, where known.
pub(super) fn bounds(ratios: &[Ratio], sunlight_kwh_m2: Option<f64>) -> Vec<Bound> {
    // Coal and CO2 that belong to a stated energy may come from two conventions, each right by itself; only alone do they
    // have to be of one fuel.
    let beside_energy =
        ratios.iter().any(|ratio| matches!(ratio.kind, RatioKind::CoalOfEnergy | RatioKind::Co2OfEnergy));
    let mut list = Vec::new();
    for &ratio in ratios.iter().filter(|ratio| !(beside_energy && ratio.kind == RatioKind::Co2OfCoal)) {
        for (allowed, why) in limits(ratio.kind, sunlight_kwh_m2) {
            list.push(Bound { ratio, allowed, why, kept: ratio.interval.overlaps(allowed) });
        }
    }
    list
}

fn limits(kind: RatioKind, sunlight_kwh_m2: Option<f64>) -> Vec<(Interval, String)> {
    let up_to = |high: f64| Interval { low: 0.0, high };
    match kind {
        RatioKind::SpecificYield => {
            let mut limits = vec![(up_to(HOURS), String::from("a year has no more hours"))];
            if let Some(sunlight) = sunlight_kwh_m2 {
                // A kilowatt gives a kilowatt-hour for each kWh/m2 where nothing at all is lost.
                limits.push((
                    up_to(sunlight * SUNNIER),
                    format!("all sunlight on the best plane, {sunlight:.0} kWh/m2, turned to power without any loss in a year a quarter sunnier than usual"),
                ));
            }
            limits
        }
        RatioKind::PowerDensity => {
            vec![(up_to(MAX_W_PER_M2), String::from("the best modules on sale without a gap between them"))]
        }
        RatioKind::EnergyDensity => sunlight_kwh_m2
            .map(|sunlight| {
                (
                    up_to(sunlight * SUNNIER * BEST_MODULE),
                    format!("all sunlight on the best plane, {sunlight:.0} kWh/m2, on the best modules on sale without a gap, in a year a quarter sunnier than usual"),
                )
            })
            .into_iter()
            .collect(),
        RatioKind::CoalOfEnergy => vec![(
            COAL_OF_POWER,
            String::from("from the energy content of a kilowatt-hour to a plant of 20 % efficiency"),
        )],
        RatioKind::Co2OfEnergy => {
            vec![(CO2_OF_POWER, String::from("lignite in a plant of 25 % efficiency emits no more"))]
        }
        RatioKind::Co2OfCoal => {
            vec![(CO2_OF_FUEL, String::from("from natural gas to the worst lignite for the heat of a kilogram of standard coal"))]
        }
    }
}
