//! Every convention that a stated coal or CO2 figure of a place can have been made with.

use std::fmt;

use serde::Serialize;

use super::avoided::combined_margin;
use super::coal::{CO2_OF_COAL, COAL_CONVENTIONS, Co2OfCoal, CoalConvention, RAW_COAL_KGCE_PER_KG};
use super::factors::{Confidence, Factor, FactorKind, Level, factors};
use super::regions::{grid_of_2019, plain, province};

/// What a [`Convention`] relates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConventionKind {
    /// Coal of energy, kgce/kWh; kg raw coal/kWh where [`Convention::raw_coal`] says so.
    CoalOfEnergy,
    /// CO2 of energy, kg CO2/kWh.
    Co2OfEnergy,
    /// CO2 of coal, kg CO2/kgce (so also t/tce); of raw coal where [`Convention::raw_coal`] says so.
    Co2OfCoal,
}

/// A number that stated figures are made with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Convention {
    /// What it relates.
    pub kind: ConventionKind,
    /// The number.
    pub value: f64,
    /// Its unit, as `kg CO2/kWh`.
    pub unit: String,
    /// What it is, with region and year.
    pub title: String,
    /// The year that it describes, where it describes one.
    pub year: Option<i32>,
    /// Who says so.
    pub source: String,
    /// How far the figure can be trusted to be its source's.
    pub confidence: Confidence,
    /// How likely it is meant before any number is looked at: 0 for the official average of the place itself, more for
    /// what is less likely; conventions that differ by the year alone share a rank.
    pub rank: u32,
    /// What the factor counts, where it is one of the factor table or made from coal.
    pub factor_kind: Option<FactorKind>,
    /// The year whose thermal power supply it describes, where it is the coal of one.
    pub supply_year: Option<i32>,
    /// Whether the tonnes are raw coal, which few figures mean.
    pub raw_coal: bool,
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = (self.value * 1e6).round() / 1e6;
        write!(f, "{value} {} ({}; {}; {})", self.unit, self.title, self.source, self.confidence.remark())
    }
}

/// The rule of thumb of 0.404 kgce/kWh as most print it.
const ROUNDED_RULE: CoalConvention = CoalConvention {
    name: "rule of thumb, rounded",
    kgce_per_kwh: 0.4,
    year: None,
    region: "China",
    source: "press releases",
    confidence: Confidence::Seen,
};

/// The other figure that is quoted for the thermal power supply of 2021.
const QUOTED_TOO: CoalConvention = CoalConvention {
    name: "thermal power supply, as quoted too",
    kgce_per_kwh: 0.3025,
    year: Some(2021),
    region: "China",
    source: "China Electricity Council, as some quote it (0.3015 by others)",
    confidence: Confidence::Seen,
};

/// CO2 of standard coal by carbon contents that are met beside those of [`CO2_OF_COAL`].
const CO2_OF_COAL_TOO: [Co2OfCoal; 2] = [
    // 0.67 t C/tce x 44/12.
    Co2OfCoal {
        kg_per_kgce: 2.4567,
        source: "0.67 t carbon/tce, Energy Research Institute of China's planners",
        confidence: Confidence::Memory,
    },
    // 94.6 kg CO2/GJ x 29.3076 MJ/kg.
    Co2OfCoal {
        kg_per_kgce: 2.7725,
        source: "94.6 kg CO2/GJ of bituminous coal, IPCC 2006 guidelines",
        confidence: Confidence::Memory,
    },
];

/// All conventions for a place, by the name of its province, regional grid or nation in either language; the official
/// one of the place first, then what is less and less likely meant ([`Convention::rank`]).
///
/// CO2 of energy: grid averages of the region, latest first, of its regional grid, of the nation; fossil and thermal
/// power; coal of thermal power supply times CO2 of coal, every combination; the rule of thumb; margins of its grid;
/// averages for reporting and footprints; coal by energy content times CO2 of coal. Coal of energy: thermal supply,
/// latest first, energy content, rules of thumb, then each of them where the tonnes are raw coal. CO2 of coal: the
/// rules, the quotients of the power council's own figures for one year, then the rules for raw coal.
///
/// What holds for China alone is left out elsewhere. Without a region China is taken, as for a name that the
/// table does not know: [`grid_factor`](super::grid_factor) tells of such a name. The list is always in the same
/// order, and no convention stands in it twice.
///
/// ```
/// use rooftop_pv::carbon::{ConventionKind, conventions};
/// let here = conventions(Some("Shandong"));
/// let first = here.iter().find(|convention| convention.kind == ConventionKind::Co2OfEnergy);
/// assert_eq!(first.map(|convention| convention.value), Some(0.6191));
/// ```
pub fn conventions(region: Option<&str>) -> Vec<Convention> {
    let region = region.and_then(known_name).unwrap_or("China");
    let mut list = Ranked::default();
    co2_of_energy(region, &mut list);
    coal_of_energy(region, &mut list);
    co2_of_coal(region, &mut list);
    list.done()
}

/// The name as the factor table writes it.
fn known_name(name: &str) -> Option<&'static str> {
    let wanted = plain(name);
    let found = factors().iter().find(|f| plain(&f.region) == wanted || plain(&f.region_zh) == wanted);
    found.map(|factor| factor.region.as_str())
}

fn is_chinese(region: &str) -> bool {
    factors().iter().any(|f| f.region == region && f.level != Level::Country)
}

fn nation_of(region: &str) -> &str {
    if is_chinese(region) { "China" } else { region }
}

fn co2_of_energy(region: &str, list: &mut Ranked) {
    for name in regions(region) {
        let of_region = factors().iter().filter(|f| f.region == name);
        let averages = of_region.clone().filter(|f| f.kind == FactorKind::GridAverage);
        list.tier(latest_first(averages));
        list.tier(latest_first(of_region.filter(|f| f.kind == FactorKind::GridExclMarketNonFossil)));
    }
    let nation = nation_of(region);
    let national = |kind| latest_first(factors().iter().filter(move |f| f.kind == kind && f.region == nation));
    list.tier(national(FactorKind::Fossil));
    list.tier(national(FactorKind::Thermal));
    if is_chinese(region) {
        let supplied = coal_latest_first().into_iter().filter(|c| !is_calorific(c));
        // The rule of thumb is the rounded 0.4 kgce times 2.493 already: once is enough.
        let known = |c: &Convention| {
            factors().iter().any(|f| f.kind == FactorKind::Convention && (f.value - c.value).abs() < 5e-4)
        };
        list.tier(supplied.flat_map(times_co2_of_coal).filter(|c| !known(c)));
    }
    list.tier(national(FactorKind::Convention));
    margins(region, list);
    list.tier(national(FactorKind::CorporateReporting));
    list.tier(national(FactorKind::Footprint));
    let named: [FactorKind; 7] = [
        FactorKind::GridAverage,
        FactorKind::GridExclMarketNonFossil,
        FactorKind::Fossil,
        FactorKind::Thermal,
        FactorKind::Convention,
        FactorKind::CorporateReporting,
        FactorKind::Footprint,
    ];
    let is_margin =
        |kind| matches!(kind, FactorKind::OperatingMargin | FactorKind::BuildMargin | FactorKind::CombinedMargin);
    list.tier(latest_first(
        factors().iter().filter(|f| f.region == region && !named.contains(&f.kind) && !is_margin(f.kind)),
    ));
    if is_chinese(region) {
        list.tier(coal_latest_first().into_iter().filter(is_calorific).flat_map(times_co2_of_coal));
    }
}

fn coal_of_energy(region: &str, list: &mut Ranked) {
    let mut coal = coal_latest_first();
    if !is_chinese(region) {
        // The energy content of a kilowatt-hour is the same everywhere; what plants burn is not.
        coal.retain(is_calorific);
    }
    for raw in [false, true] {
        for of_kind in [is_supply as fn(&CoalConvention) -> bool, is_calorific, is_rule] {
            list.tier(coal.iter().filter(|c| of_kind(c)).map(|c| of_coal(c, raw)));
        }
    }
}

fn co2_of_coal(region: &str, list: &mut Ranked) {
    let rules = || CO2_OF_COAL.iter().filter(|_| is_chinese(region));
    list.tier(rules().map(|co2| of_co2(co2, false)));
    list.tier(CO2_OF_COAL_TOO.iter().map(|co2| of_co2(co2, false)));
    if is_chinese(region) {
        list.tier(council_quotients());
    }
    list.tier(rules().chain(&CO2_OF_COAL_TOO).map(|co2| of_co2(co2, true)));
}

/// A list that counts its tiers and keeps every convention once.
#[derive(Default)]
struct Ranked {
    list: Vec<Convention>,
    rank: u32,
}

impl Ranked {
    fn tier(&mut self, conventions: impl IntoIterator<Item = Convention>) {
        let before = self.list.len();
        for mut convention in conventions {
            let same = |other: &Convention| {
                (other.kind, other.raw_coal, other.title.as_str(), other.value.to_bits())
                    == (convention.kind, convention.raw_coal, convention.title.as_str(), convention.value.to_bits())
            };
            if !self.list.iter().any(same) {
                convention.rank = self.rank;
                self.list.push(convention);
            }
        }
        self.rank += u32::from(self.list.len() > before);
    }

    /// Ranks count from 0 within each kind.
    fn done(mut self) -> Vec<Convention> {
        for kind in [ConventionKind::CoalOfEnergy, ConventionKind::Co2OfEnergy, ConventionKind::Co2OfCoal] {
            let of_kind = |c: &&Convention| c.kind == kind;
            let first = self.list.iter().filter(of_kind).map(|c| c.rank).min().unwrap_or_default();
            self.list.iter_mut().filter(|c| c.kind == kind).for_each(|c| c.rank -= first);
        }
        self.list
    }
}

/// The region itself, its regional grid and its nation, each once.
fn regions(region: &str) -> Vec<&str> {
    let grid = province(region).map(|province| province.grid);
    let nation = nation_of(region);
    let mut list: Vec<&str> = Vec::new();
    for name in [region].into_iter().chain(grid).chain([nation]) {
        if !list.contains(&name) {
            list.push(name);
        }
    }
    list
}

/// Combined, operating and build margin of the region's grid, or of the country, where known.
fn margins(region: &str, list: &mut Ranked) {
    list.tier(combined_margin(region).as_ref().map(of_factor));
    let grid = grid_of_2019(region).map_or(region, |(grid, _)| grid);
    for area in [grid, nation_of(region)] {
        for kind in [FactorKind::CombinedMargin, FactorKind::OperatingMargin, FactorKind::BuildMargin] {
            list.tier(latest_first(factors().iter().filter(|f| f.kind == kind && f.region == area)));
        }
    }
}

fn latest_first(found: impl Iterator<Item = &'static Factor>) -> Vec<Convention> {
    let mut found: Vec<&Factor> = found.collect();
    found.sort_by_key(|factor| -factor.year.unwrap_or_default());
    found.into_iter().map(of_factor).collect()
}

/// Coal conventions, latest first; what describes no year last.
fn coal_latest_first() -> Vec<CoalConvention> {
    let mut coal: Vec<CoalConvention> = COAL_CONVENTIONS.iter().copied().chain([QUOTED_TOO, ROUNDED_RULE]).collect();
    coal.sort_by_key(|c| -c.year.unwrap_or_default());
    coal
}

fn is_calorific(convention: &CoalConvention) -> bool {
    convention.name.starts_with("calorific")
}

fn is_rule(convention: &CoalConvention) -> bool {
    convention.year.is_none()
}

fn is_supply(convention: &CoalConvention) -> bool {
    !is_calorific(convention) && !is_rule(convention)
}

fn of_factor(factor: &Factor) -> Convention {
    Convention {
        kind: ConventionKind::Co2OfEnergy,
        value: factor.value,
        unit: factor.unit.clone(),
        title: factor.title(),
        year: factor.year,
        source: factor.source.clone(),
        confidence: factor.confidence,
        rank: 0,
        factor_kind: Some(factor.kind),
        supply_year: None,
        raw_coal: false,
    }
}

fn times_co2_of_coal(coal: CoalConvention) -> impl Iterator<Item = Convention> {
    CO2_OF_COAL.iter().map(move |co2| Convention {
        kind: ConventionKind::Co2OfEnergy,
        value: coal.kgce_per_kwh * co2.kg_per_kgce,
        unit: String::from("kg CO2/kWh"),
        title: format!("coal of {} x {} kg CO2/kgce", coal.title(), co2.kg_per_kgce),
        year: coal.year,
        source: format!("{}; {}", coal.source, co2.source),
        confidence: coal.confidence.max(co2.confidence),
        rank: 0,
        factor_kind: Some(FactorKind::ThermalCoal),
        supply_year: None,
        raw_coal: false,
    })
}

fn of_coal(coal: &CoalConvention, raw: bool) -> Convention {
    let (value, unit, tail) = if raw {
        (coal.kgce_per_kwh / RAW_COAL_KGCE_PER_KG, "kg raw coal/kWh", ", as tonnes of raw coal")
    } else {
        (coal.kgce_per_kwh, "kgce/kWh", "")
    };
    Convention {
        kind: ConventionKind::CoalOfEnergy,
        value,
        unit: unit.to_owned(),
        title: coal.title() + tail,
        year: coal.year,
        source: coal.source.to_owned(),
        confidence: coal.confidence,
        rank: 0,
        factor_kind: None,
        supply_year: coal.year.filter(|_| !raw && is_supply(coal)),
        raw_coal: raw,
    }
}

fn of_co2(co2: &Co2OfCoal, raw: bool) -> Convention {
    let (value, unit, title) = if raw {
        (co2.kg_per_kgce * RAW_COAL_KGCE_PER_KG, "kg CO2/kg raw coal", "CO2 of raw coal")
    } else {
        (co2.kg_per_kgce, "kg CO2/kgce", "CO2 of standard coal")
    };
    Convention {
        kind: ConventionKind::Co2OfCoal,
        value,
        unit: unit.to_owned(),
        title: title.to_owned(),
        year: None,
        source: co2.source.to_owned(),
        confidence: co2.confidence,
        rank: 0,
        factor_kind: None,
        supply_year: None,
        raw_coal: raw,
    }
}

/// CO2 of thermal power over coal of thermal power supply of the same year.
fn council_quotients() -> impl Iterator<Item = Convention> {
    let thermal = factors().iter().filter(|f| f.kind == FactorKind::Thermal && f.level == Level::Nation);
    thermal.flat_map(|co2| {
        let same_year = COAL_CONVENTIONS.iter().filter(|coal| is_supply(coal) && coal.year == co2.year);
        same_year.map(|coal| Convention {
            kind: ConventionKind::Co2OfCoal,
            value: co2.value / coal.kgce_per_kwh,
            unit: String::from("kg CO2/kgce"),
            title: format!("{} over coal of {}", co2.title(), coal.title()),
            year: co2.year,
            source: format!("{}; {}", co2.source, coal.source),
            confidence: co2.confidence.max(coal.confidence),
            rank: 0,
            factor_kind: None,
            supply_year: None,
            raw_coal: false,
        })
    })
}

#[cfg(test)]
mod tests;
