//! What stated figures imply when one is divided by another.

use std::fmt;

use serde::Serialize;

use super::claim::{Claim, CoalKind, Figure, Period};
use super::interval::Interval;
use crate::carbon::RAW_COAL_KGCE_PER_KG;

/// Years that a plant is taken to live where nobody says: what makers warrant and what is planned with.
const USUAL_LIFE: Interval = Interval { low: 20.0, high: 30.0 };

/// A ratio of two stated figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RatioKind {
    /// Energy a year over capacity.
    SpecificYield,
    /// Capacity over area.
    PowerDensity,
    /// Energy a year over area.
    EnergyDensity,
    /// Standard coal over energy.
    CoalOfEnergy,
    /// CO2 over energy.
    Co2OfEnergy,
    /// CO2 over standard coal.
    Co2OfCoal,
}

impl RatioKind {
    /// What it is, in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::SpecificYield => "specific yield",
            Self::PowerDensity => "power on the area",
            Self::EnergyDensity => "energy from the area",
            Self::CoalOfEnergy => "coal for the energy",
            Self::Co2OfEnergy => "CO2 for the energy",
            Self::Co2OfCoal => "CO2 of the coal",
        }
    }

    /// Its unit.
    pub fn unit(self) -> &'static str {
        match self {
            Self::SpecificYield => "kWh/kW",
            Self::PowerDensity => "W/m2",
            Self::EnergyDensity => "kWh/m2",
            Self::CoalOfEnergy => "kgce/kWh",
            Self::Co2OfEnergy => "kgCO2/kWh",
            Self::Co2OfCoal => "tCO2/tce",
        }
    }

    /// Decimals that its unit is usually printed with.
    pub fn decimals(self) -> usize {
        match self {
            Self::SpecificYield | Self::PowerDensity | Self::EnergyDensity => 0,
            Self::CoalOfEnergy | Self::Co2OfEnergy => 4,
            Self::Co2OfCoal => 3,
        }
    }
}

/// A ratio that the stated figures imply.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratio {
    /// Which one.
    pub kind: RatioKind,
    /// Of the figures as stated.
    pub value: f64,
    /// Of all that their digits and words allow.
    pub interval: Interval,
}

impl fmt::Display for Ratio {
    /// As `specific yield 1176 kWh/kW (1155 to 1198)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, decimals) = (self.kind, self.kind.decimals());
        write!(f, "{} {:.decimals$} {} ({:.decimals$})", kind.title(), self.value, kind.unit(), self.interval)
    }
}

/// The claim's figures for one year of operation and in standard coal, with what had to be assumed for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Annual {
    /// Energy a year, kWh.
    pub energy_kwh: Option<Figure>,
    /// Standard coal a year, t.
    pub coal_t: Option<Figure>,
    /// CO2 a year, t.
    pub co2_t: Option<Figure>,
    /// What was assumed, a sentence each.
    pub assumed: Vec<String>,
}

impl Annual {
    /// The figures of a claim, each over the plant's life divided by its years, raw coal as standard coal.
    pub fn of(claim: &Claim) -> Self {
        let mut annual = Self::default();
        annual.energy_kwh = annual.per_year(claim, claim.energy_kwh.as_ref(), claim.energy_period, "energy");
        annual.coal_t = annual.per_year(claim, claim.coal_t.as_ref(), claim.coal_period, "coal");
        annual.co2_t = annual.per_year(claim, claim.co2_t.as_ref(), claim.co2_period, "CO2");
        if claim.coal_kind == CoalKind::Raw {
            annual.coal_t = annual.coal_t.map(|coal| Figure {
                value: coal.value * RAW_COAL_KGCE_PER_KG,
                interval: coal.interval.scaled(RAW_COAL_KGCE_PER_KG),
                words: coal.words,
            });
            annual.assumed.push(format!("raw coal counts {RAW_COAL_KGCE_PER_KG} of standard coal (GB/T 2589-2020)"));
        }
        annual
    }

    fn per_year(&mut self, claim: &Claim, figure: Option<&Figure>, period: Period, what: &str) -> Option<Figure> {
        let figure = figure?;
        match period {
            Period::Year => Some(figure.clone()),
            Period::Unsaid => {
                self.assumed.push(format!("the {what} is taken as a year's, which nothing says"));
                Some(figure.clone())
            }
            Period::Life => {
                let (years, value) = match &claim.life_years {
                    Some(years) => (years.interval, years.value),
                    None => (USUAL_LIFE, 25.0),
                };
                if claim.life_years.is_none() {
                    self.assumed.push(format!("the {what} of a life is spread over {USUAL_LIFE:.0} years"));
                }
                Some(Figure {
                    value: figure.value / value,
                    interval: figure.interval.over(years),
                    words: figure.words.clone(),
                })
            }
        }
    }
}

/// All ratios that can be made of a claim.
pub fn ratios(claim: &Claim, annual: &Annual) -> Vec<Ratio> {
    let (capacity, area) = (claim.capacity_kw.as_ref(), claim.area_m2.as_ref());
    let (energy, coal, co2) = (annual.energy_kwh.as_ref(), annual.coal_t.as_ref(), annual.co2_t.as_ref());
    [
        ratio(RatioKind::SpecificYield, energy, capacity, 1.0),
        ratio(RatioKind::PowerDensity, capacity, area, 1000.0),
        ratio(RatioKind::EnergyDensity, energy, area, 1.0),
        ratio(RatioKind::CoalOfEnergy, coal, energy, 1000.0),
        ratio(RatioKind::Co2OfEnergy, co2, energy, 1000.0),
        ratio(RatioKind::Co2OfCoal, co2, coal, 1.0),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One figure over another, in the ratio's unit; nothing over zero.
pub(super) fn ratio(kind: RatioKind, of: Option<&Figure>, over: Option<&Figure>, unit: f64) -> Option<Ratio> {
    let (of, over) = (of?, over?);
    (over.value > 0.0).then(|| Ratio {
        kind,
        value: of.value / over.value * unit,
        interval: of.interval.over(over.interval).scaled(unit),
    })
}
