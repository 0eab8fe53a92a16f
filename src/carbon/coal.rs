//! Kilowatt-hours as coal.
//!
//! A stated tonnage means little before it is known which convention made it: the energy content of
//! a kilowatt-hour, the coal that a thermal plant burns to supply one in some year, or a rule of thumb.
//! They lie a factor of three apart.

use std::fmt;

use serde::Serialize;

use super::Confidence;

/// How much standard coal (29.3076 MJ/kg) counts for a kilowatt-hour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CoalConvention {
    /// What it counts.
    pub name: &'static str,
    /// Standard coal for a kilowatt-hour, kgce.
    pub kgce_per_kwh: f64,
    /// The year that it describes, where it describes one.
    pub year: Option<i32>,
    /// Where it holds.
    pub region: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// How far the figure can be trusted to be its source's.
    pub confidence: Confidence,
}

/// The coal conventions met in published figures, all of China.
pub const COAL_CONVENTIONS: &[CoalConvention] = &[
    seen("calorific value of electricity", 0.1229, Some(2020), "GB/T 2589-2020"),
    seen("thermal power supply", 0.370, Some(2005), "national statistics"),
    seen("thermal power supply", 0.333, Some(2010), "national statistics"),
    seen("thermal power supply", 0.3055, Some(2020), "national statistics"),
    seen("thermal power supply", 0.3015, Some(2021), "China Electricity Council (0.3025 is quoted too)"),
    THERMAL_TARGET,
    seen("rule of thumb, often printed as 0.4", 0.404, None, "press releases"),
];

/// The coal of thermal power supply that the nation aims at for 2025.
pub(super) const THERMAL_TARGET: CoalConvention =
    seen("thermal power supply, target", 0.300, Some(2025), "national target");

/// Standard coal in a kilogram of raw coal, kgce/kg (GB/T 2589-2020).
pub const RAW_COAL_KGCE_PER_KG: f64 = 0.7143;

/// CO2 of a kilogram of standard coal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Co2OfCoal {
    /// CO2, kg/kgce.
    pub kg_per_kgce: f64,
    /// Who says so.
    pub source: &'static str,
    /// How far the figure can be trusted to be its source's.
    pub confidence: Confidence,
}

/// The CO2 of standard coal as energy institutes count it, and as press releases do.
pub const CO2_OF_COAL: [Co2OfCoal; 2] = [
    Co2OfCoal {
        kg_per_kgce: 2.66,
        source: "rule used by energy institutes (2.66 to 2.72)",
        confidence: Confidence::Memory,
    },
    Co2OfCoal { kg_per_kgce: 2.493, source: "rule of thumb in press releases", confidence: Confidence::Seen },
];

const fn seen(name: &'static str, kgce_per_kwh: f64, year: Option<i32>, source: &'static str) -> CoalConvention {
    CoalConvention { name, kgce_per_kwh, year, region: "China", source, confidence: Confidence::Seen }
}

/// The coal that some energy stands for under one convention.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CoalSaved {
    /// The convention.
    pub convention: CoalConvention,
    /// Standard coal, t.
    pub coal_t_standard: f64,
    /// The same as raw coal at 0.7143 kgce/kg, t.
    pub coal_t_raw: f64,
}

/// The coal that `ac_kwh` stand for, under every convention of [`COAL_CONVENTIONS`].
///
/// Linear in `ac_kwh`, kWh; what is not finite comes out as not finite.
pub fn coal_saved(ac_kwh: f64) -> Vec<CoalSaved> {
    COAL_CONVENTIONS
        .iter()
        .map(|&convention| {
            let coal_t_standard = ac_kwh * convention.kgce_per_kwh / 1000.0;
            CoalSaved { convention, coal_t_standard, coal_t_raw: coal_t_standard / RAW_COAL_KGCE_PER_KG }
        })
        .collect()
}

impl CoalConvention {
    /// Name and year, as `thermal power supply, 2021`.
    pub fn title(&self) -> String {
        self.year.map_or_else(|| self.name.to_owned(), |year| format!("{}, {year}", self.name))
    }
}

impl fmt::Display for CoalConvention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kgce/kWh ({}, {}; {}; {})",
            self.kgce_per_kwh,
            self.title(),
            self.region,
            self.source,
            self.confidence.remark()
        )
    }
}

impl fmt::Display for CoalSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} t standard coal ({:.0} t raw) at {}", self.coal_t_standard, self.coal_t_raw, self.convention)
    }
}
