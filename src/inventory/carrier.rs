//! Energy carriers and the units they are counted in.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::carbon::Confidence;
use crate::words::did_you_mean;

/// An energy carrier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carrier {
    /// Its name.
    #[serde(rename = "carrier")]
    pub name: String,
    /// Other names, with `|` between them.
    names: String,
    /// Unit of the next two: `kg`, `kWh`, `m3` or `MJ`.
    pub unit: String,
    /// Standard coal of a unit, kgce (GB/T 2589-2020; of electricity its energy content).
    pub kgce_per_unit: f64,
    /// Net calorific value of a unit, MJ; zero where CO2 is not made of carbon.
    ncv_mj: f64,
    /// Carbon in the heat, kg/GJ.
    carbon_kg_per_gj: f64,
    /// Share of the carbon that burns.
    oxidation: f64,
    #[serde(rename = "co2_kg_per_unit")]
    given_co2: f64,
    /// How far the figures can be trusted to be their sources'.
    pub confidence: Confidence,
}

impl Carrier {
    /// CO2 of a unit, kg; zero for electricity, whose CO2 is the grid's.
    pub fn co2_kg_per_unit(&self) -> f64 {
        // CO₂ = NCV/1000 · C · O · 44/12
        let burnt = self.ncv_mj / 1000.0 * self.carbon_kg_per_gj * self.oxidation * 44.0 / 12.0;
        if self.ncv_mj > 0.0 { burnt } else { self.given_co2 }
    }

    /// Whether it is electricity.
    pub fn is_electricity(&self) -> bool {
        self.unit == "kWh"
    }
}

static CARRIERS: LazyLock<Vec<Carrier>> = LazyLock::new(|| {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("carriers.csv").as_bytes());
    // The table is part of the crate; a test counts its rows, so that none can be lost here.
    reader.deserialize().filter_map(std::result::Result::ok).collect()
});

/// All carriers.
pub fn carriers() -> &'static [Carrier] {
    &CARRIERS
}

/// The carrier of a name in English or Chinese, or what there is.
pub(super) fn carrier(name: &str) -> Result<(usize, &'static Carrier), String> {
    let wanted = name.trim().to_lowercase();
    let known = carriers().iter().enumerate();
    let found = known.clone().find(|(_, c)| c.name == wanted || c.names.split('|').any(|other| other == wanted));
    found.ok_or_else(|| {
        let names = || carriers().iter().map(|c| c.name.as_str());
        format!(
            "no such carrier{}; known are {}",
            did_you_mean(&wanted, names()),
            names().collect::<Vec<_>>().join(", ")
        )
    })
}

/// Units by what they measure: the base unit of a carrier, and how many of it one of them is.
const UNITS: [(&str, &str, f64); 27] = [
    ("kg", "kg", 1.0),
    ("t", "kg", 1e3),
    ("吨", "kg", 1e3),
    ("kt", "kg", 1e6),
    ("万吨", "kg", 1e7),
    ("mt", "kg", 1e9),
    ("kgce", "kg", 1.0),
    ("tce", "kg", 1e3),
    ("吨标准煤", "kg", 1e3),
    ("吨标煤", "kg", 1e3),
    ("kwh", "kWh", 1.0),
    ("千瓦时", "kWh", 1.0),
    ("度", "kWh", 1.0),
    ("mwh", "kWh", 1e3),
    ("gwh", "kWh", 1e6),
    ("万千瓦时", "kWh", 1e4),
    ("万kwh", "kWh", 1e4),
    ("万度", "kWh", 1e4),
    ("亿千瓦时", "kWh", 1e8),
    ("m3", "m3", 1.0),
    ("立方米", "m3", 1.0),
    ("万m3", "m3", 1e4),
    ("万立方米", "m3", 1e4),
    ("mj", "MJ", 1.0),
    ("gj", "MJ", 1e3),
    ("tj", "MJ", 1e6),
    ("吉焦", "MJ", 1e3),
];

/// How many of a carrier's own units one of `unit` is, or what may stand there.
pub(super) fn unit_factor(unit: &str, carrier: &Carrier) -> Result<f64, String> {
    let wanted = unit.trim().replace('³', "3");
    if wanted.eq_ignore_ascii_case("mt") && wanted != "Mt" {
        return Err(format!("{unit} can be a metric tonne or a million of them: write t or Mt"));
    }
    let wanted = wanted.to_lowercase();
    let of_carrier = || UNITS.iter().filter(|(_, base, _)| *base == carrier.unit);
    // Standard coal alone is counted in tonnes of itself; tonnes of raw coal given as tce would be taken for raw.
    let equivalent = wanted.ends_with("ce") || wanted.contains('标');
    if equivalent && carrier.name != "standard coal" {
        return Err(format!("{unit} counts standard coal: give the carrier as standard coal, or its own mass"));
    }
    of_carrier().find(|(name, ..)| *name == wanted).map(|(_, _, factor)| *factor).ok_or_else(|| {
        let names: Vec<&str> = of_carrier().map(|(name, ..)| *name).collect();
        format!("{} is not counted in it; allowed is {}", carrier.name, names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let rows = include_str!("carriers.csv").lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!((carriers().len(), rows), (14, 14));
        // As the guidelines' users quote them: 1.9003 kg of raw coal, 3.0959 of diesel, 2.1622 of a cubic metre of gas, 2.9251
        // of petrol, 3.1013 of lpg, 2.8604 of coke.
        for (name, wanted) in [
            ("原煤", 1.9003),
            ("diesel", 3.0959),
            ("gas", 2.1622),
            ("petrol", 2.9251),
            ("lpg", 3.1013),
            ("coke", 2.8604),
            ("tce", 2.66),
        ] {
            let found = carrier(name).unwrap().1.co2_kg_per_unit();
            approx::assert_relative_eq!(found, wanted, epsilon = 6e-5);
        }
        assert!(carrier("diesal").unwrap_err().contains("did you mean diesel"));
    }

    #[test]
    fn units_belong_to_their_carriers() {
        let of = |name: &str| carrier(name).unwrap().1;
        assert_eq!(unit_factor("万千瓦时", of("电力")), Ok(1e4));
        assert_eq!(unit_factor("t", of("raw coal")), Ok(1e3));
        assert_eq!(unit_factor("万m³", of("natural gas")), Ok(1e4));
        assert!(unit_factor("kWh", of("raw coal")).unwrap_err().contains("not counted in it"));
        assert_eq!(unit_factor("Mt", of("raw coal")), Ok(1e9));
        assert!(unit_factor("MT", of("raw coal")).unwrap_err().contains("write t or Mt"));
        assert!(unit_factor("tce", of("raw coal")).unwrap_err().contains("standard coal"));
    }
}
