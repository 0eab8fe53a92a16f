//! What a unit of each energy carrier is in standard coal and CO2, part by part, each with its source.

use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::amount::BaseUnit;
use crate::carbon::Confidence;
use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// Standard coal's heat, MJ/kg (GB/T 2589: 7000 kcal of 4.1868 kJ).
pub const STANDARD_COAL_MJ_PER_KG: f64 = 29.3076;
/// Mass of CO2 over that of its carbon.
const CO2_OF_CARBON: f64 = 44.0 / 12.0;

const TABLE: &str = include_str!("carriers.csv");
/// Other names that people write.
const ALIASES: &[(&str, &str)] = &[
    ("gasoline", "petrol"),
    ("power", "electricity"),
    ("electric_power", "electricity"),
    ("liquefied_petroleum_gas", "lpg"),
    ("liquefied_natural_gas", "lng"),
    ("heavy_fuel_oil", "fuel_oil"),
    ("电", "electricity"),
    ("液化气", "lpg"),
    ("标煤", "standard_coal"),
];
/// What carrier electricity is called; its factors depend on convention, region and year.
pub(super) const ELECTRICITY: &str = "electricity";

/// What a row of the table gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Standard coal of a base unit, kgce.
    Kgce,
    /// Net calorific value, MJ a base unit.
    Ncv,
    /// Carbon in the heat, kgC/GJ (as tC/TJ).
    Carbon,
    /// Share of the carbon that burns.
    Oxidation,
    /// CO2 of a base unit, kg, where it is not made of the three before.
    Co2,
}

impl Part {
    pub(super) const NAMES: [(&'static str, Self); 5] = [
        ("kgce", Self::Kgce),
        ("ncv", Self::Ncv),
        ("carbon", Self::Carbon),
        ("oxidation", Self::Oxidation),
        ("co2", Self::Co2),
    ];

    /// The unit of a part for a base unit, and the range that any fuel keeps.
    pub(super) fn unit(self, base: BaseUnit) -> (String, f64) {
        let sign = base.sign();
        match self {
            Self::Kgce => (format!("kgce/{sign}"), 5.0),
            Self::Ncv => (format!("MJ/{sign}"), 150.0),
            Self::Carbon => ("kgC/GJ".to_owned(), 100.0),
            Self::Oxidation => ("1".to_owned(), 1.0),
            Self::Co2 => (format!("kg CO2/{sign}"), 15.0),
        }
    }
}

/// One row: a figure with everything that it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnergyFactor {
    /// What it gives.
    pub part: Part,
    /// The carrier, as `raw_coal`.
    pub carrier: String,
    /// Year that it holds for; all years without one.
    pub year: Option<i32>,
    /// The figure, in `unit`.
    pub value: f64,
    /// As `kgce/kg`.
    pub unit: String,
    /// Who says so.
    pub source: String,
    /// How far the figure can be trusted to be its source's.
    pub confidence: Confidence,
    /// What else must be known to use it; may be empty.
    pub note: String,
    /// Whether it came from the user's own table.
    pub own: bool,
}

/// An energy carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// As `raw_coal`.
    pub name: String,
    /// Chinese name; may be empty.
    pub name_zh: String,
    /// What its amounts are counted in.
    pub base: BaseUnit,
}

/// A number made of factors, with what it was made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    pub value: f64,
    pub unit: String,
    pub source: String,
    pub confidence: Confidence,
    /// Assumptions made on the way.
    pub notes: Vec<String>,
}

/// The table of carriers and their factors.
#[derive(Clone, Debug)]
pub struct Factors {
    pub(super) rows: Vec<EnergyFactor>,
    pub(super) carriers: Vec<Carrier>,
}

impl Factors {
    /// The embedded table: GB/T 2589-2020 and China's inventory guidelines.
    ///
    /// # Errors
    /// None that a caller could cause: the table is part of the crate and its tests read it.
    pub fn built_in() -> Result<Self> {
        let electricity = Carrier { name: ELECTRICITY.into(), name_zh: "电力".into(), base: BaseUnit::KilowattHour };
        let mut table = Self { rows: Vec::new(), carriers: vec![electricity] };
        table.add("carriers.csv", TABLE.as_bytes(), false)?;
        Ok(table)
    }

    /// Adds a table of one's own, of the same columns as the embedded one: `kind, carrier, carrier_zh, year, value,
    /// unit, source, confidence, note`; the last two may be missing. Its rows stand before the embedded ones, and
    /// carriers that are not known yet become so.
    ///
    /// Where an own calorific value comes without its own coefficient of standard coal, that is the calorific value
    /// over 29.3076 MJ/kg, as GB/T 2589 asks for measured heat.
    ///
    /// # Errors
    /// [`Error::Record`] with line, column and value for what cannot be used; those of reading.
    pub fn read(&mut self, name: &str, reader: impl Read) -> Result<()> {
        self.add(name, reader, true)
    }

    /// As [`Factors::read`], from a file.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read, and those of [`Factors::read`].
    pub fn read_file(&mut self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let file = std::fs::File::open(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        self.add(&path.display().to_string(), file, true)
    }

    /// All rows, own ones last.
    pub fn rows(&self) -> &[EnergyFactor] {
        &self.rows
    }

    /// All carriers.
    pub fn carriers(&self) -> &[Carrier] {
        &self.carriers
    }

    /// The place of a carrier by its English or Chinese name, or what is wrong with the name.
    pub(super) fn carrier_index(&self, name: &str) -> std::result::Result<usize, String> {
        let plain = plain(name);
        let wanted = ALIASES.iter().find(|(alias, _)| *alias == plain).map_or(plain.as_str(), |(_, carrier)| carrier);
        let found = self.carriers.iter().position(|carrier| carrier.name == wanted || carrier.name_zh == wanted);
        found.ok_or_else(|| {
            let names = || self.carriers.iter().flat_map(|c| [c.name.as_str(), c.name_zh.as_str()]);
            let hint = if plain == "coal" || plain == "煤" || plain == "煤炭" {
                "; did you mean raw_coal (as burnt) or standard_coal (29.3076 MJ/kg)?".to_owned()
            } else {
                did_you_mean(&plain, names())
            };
            let list: Vec<&str> = self.carriers.iter().map(|carrier| carrier.name.as_str()).collect();
            format!("unknown carrier{hint}; known are {}, and what a factor table of your own adds", list.join(", "))
        })
    }

    /// The CO2 of a tonne of standard coal's worth of a fuel, t/tce.
    ///
    /// # Errors
    /// [`Error::Factor`] for an unknown carrier, electricity, or one whose factors are missing.
    pub fn co2_per_tce(&self, carrier: &str, year: i32) -> Result<f64> {
        let index = self
            .carrier_index(carrier)
            .map_err(|available| Error::Factor { wanted: format!("the CO2 of {carrier:?}"), available })?;
        let found = self.carriers.get(index).ok_or_else(|| self.missing(carrier, "carrier"))?;
        Ok(self.co2(found, year)?.value / self.kgce(found, year)?.value)
    }

    /// Standard coal of a base unit of a carrier other than electricity.
    pub(super) fn kgce(&self, carrier: &Carrier, year: i32) -> Result<Made> {
        let direct = self.pick(&carrier.name, Part::Kgce, year);
        let ncv = self.pick(&carrier.name, Part::Ncv, year);
        match (direct, ncv) {
            (Some(row), ncv) if row.own || !ncv.is_some_and(|ncv| ncv.own) => Ok(Self::alone(row, year)),
            (_, Some(ncv)) => {
                let mut made = Self::alone(ncv, year);
                made.value /= STANDARD_COAL_MJ_PER_KG;
                made.unit = Part::Kgce.unit(carrier.base).0;
                made.source = format!("{} MJ/{} over 29.3076 MJ/kgce: {}", ncv.value, carrier.base.sign(), ncv.source);
                Ok(made)
            }
            _ => Err(self.missing(&carrier.name, "kgce (or ncv)")),
        }
    }

    /// CO2 of a base unit of a carrier, kg; of electricity only where the user gave it.
    pub(super) fn co2(&self, carrier: &Carrier, year: i32) -> Result<Made> {
        let part = |part| self.pick(&carrier.name, part, year);
        let parts = [part(Part::Ncv), part(Part::Carbon), part(Part::Oxidation)];
        let own_part = parts.iter().flatten().any(|row| row.own);
        let direct = part(Part::Co2).filter(|row| row.own || !own_part || parts.contains(&None));
        if let Some(row) = direct {
            return Ok(Self::alone(row, year));
        }
        let [Some(ncv), Some(carbon), Some(oxidation)] = parts else {
            return Err(self.missing(&carrier.name, "co2 (or ncv, carbon and oxidation)"));
        };
        // E = NCV · C · OF · 44/12, with kgC/GJ against MJ
        let value = ncv.value * carbon.value * oxidation.value * CO2_OF_CARBON / 1000.0;
        let mut sources: Vec<&str> = Vec::new();
        for row in [ncv, carbon, oxidation] {
            if !sources.contains(&row.source.as_str()) {
                sources.push(&row.source);
            }
        }
        Ok(Made {
            value,
            unit: Part::Co2.unit(carrier.base).0,
            source: format!(
                "{} {} x {} {} x {} x 44/12: {}",
                ncv.value,
                ncv.unit,
                carbon.value,
                carbon.unit,
                oxidation.value,
                sources.join("; ")
            ),
            confidence: ncv.confidence.max(carbon.confidence).max(oxidation.confidence),
            notes: [ncv, carbon, oxidation].iter().flat_map(|row| Self::alone(row, year).notes).collect(),
        })
    }

    /// Own rows first, then the exact year, then a row for all years, then the nearest year.
    fn pick(&self, carrier: &str, part: Part, year: i32) -> Option<&EnergyFactor> {
        let rank = |row: &EnergyFactor| {
            let distance = row.year.map_or(0, |of| of.abs_diff(year));
            // Of two years equally near the earlier one.
            (!row.own, distance, row.year.is_none(), row.year)
        };
        self.rows.iter().filter(|row| row.carrier == carrier && row.part == part).min_by_key(|row| rank(row))
    }

    fn alone(row: &EnergyFactor, year: i32) -> Made {
        let mut notes = Vec::new();
        if let Some(of) = row.year.filter(|of| *of != year) {
            notes.push(format!("{} of {of} is used for {year}: there is none of that year", row.carrier));
        }
        if !row.note.is_empty() {
            notes.push(format!("{} ({}): {}", row.carrier, row.unit, row.note));
        }
        Made { value: row.value, unit: row.unit.clone(), source: row.source.clone(), confidence: row.confidence, notes }
    }

    fn missing(&self, carrier: &str, what: &str) -> Error {
        let have: Vec<&str> = Part::NAMES
            .iter()
            .filter(|(_, part)| self.rows.iter().any(|row| row.carrier == carrier && row.part == *part))
            .map(|(name, _)| *name)
            .collect();
        let have = if have.is_empty() { "nothing of it".to_owned() } else { have.join(", ") };
        Error::Factor {
            wanted: format!("{carrier}: {what} is missing"),
            available: format!("{have}; give it in a factor table of your own"),
        }
    }
}

/// `Raw Coal` as `raw_coal`.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Products as public works print them with the guidelines' parts (t CO2 a tonne, kg a cubic metre).
    #[test]
    fn co2_of_fuels_is_the_printed_one() {
        let factors = Factors::built_in().unwrap();
        for (carrier, printed) in [
            ("raw_coal", 1.9003),
            ("coke", 2.8604),
            ("crude_oil", 3.0202),
            ("fuel_oil", 3.1705),
            ("petrol", 2.9251),
            ("diesel", 3.0959),
            ("lpg", 3.1013),
            ("natural_gas", 2.1622),
            ("lng", 2.8313),
        ] {
            let index = factors.carrier_index(carrier).unwrap();
            let made = factors.co2(&factors.carriers()[index], 2022).unwrap();
            assert!((made.value - printed).abs() < 5.1e-5, "{carrier}: {} not {printed}", made.value);
        }
        assert!((factors.co2_per_tce("raw_coal", 2022).unwrap() - 1.9003 / 0.7143).abs() < 1e-4);
    }

    #[test]
    fn every_carrier_is_complete_and_every_row_has_a_source() {
        let factors = Factors::built_in().unwrap();
        assert_eq!(factors.rows().len(), 50);
        assert_eq!(factors.carriers().len(), 15);
        for carrier in factors.carriers().iter().filter(|carrier| carrier.name != ELECTRICITY) {
            let (kgce, co2) = (factors.kgce(carrier, 2023).unwrap(), factors.co2(carrier, 2023).unwrap());
            assert!(kgce.value > 0.0 && co2.value > 0.0 && !kgce.source.is_empty() && !co2.source.is_empty());
            // No fossil fuel gives less than methane or more than coke per unit of heat; heat and steam carry losses.
            let ratio = co2.value / kgce.value;
            assert!((1.5..3.3).contains(&ratio), "{}: {ratio}", carrier.name);
            // The coefficient of standard coal is the calorific value's, where there is one.
            if let Some(ncv) = factors.pick(&carrier.name, Part::Ncv, 2023) {
                assert!((ncv.value / STANDARD_COAL_MJ_PER_KG / kgce.value - 1.0).abs() < 0.003, "{}", carrier.name);
            }
        }
        let memory = factors.co2(&factors.carriers()[factors.carrier_index("原煤").unwrap()], 2023).unwrap();
        assert_eq!(memory.confidence, Confidence::Memory);
    }

    #[test]
    fn own_rows_stand_first_and_measured_heat_makes_its_standard_coal() {
        let mut factors = Factors::built_in().unwrap();
        let own = "kind,carrier,carrier_zh,year,value,unit,source\n\
                   ncv,raw_coal,,2022,23.0,MJ/kg,own laboratory\n\
                   ncv,raw_coal,,2020,22.0,MJ/kg,own laboratory\n\
                   co2,electricity,,,0.3,kg CO2/kWh,own contract\n\
                   kgce,blast_gas,高炉煤气,,0.1286,kgce/m3,GB/T 2589\n";
        factors.read("own.csv", own.as_bytes()).unwrap();
        let carrier = |name| factors.carriers()[factors.carrier_index(name).unwrap()].clone();
        let coal = carrier("raw_coal");
        assert!((factors.kgce(&coal, 2022).unwrap().value - 23.0 / 29.3076).abs() < 1e-15);
        let co2 = factors.co2(&coal, 2022).unwrap().value;
        assert!((co2 - 23.0 * 26.37 * 0.94 * 44.0 / 12.0 / 1000.0).abs() < 1e-12);
        let nearest = factors.kgce(&coal, 2018).unwrap();
        assert!((nearest.value - 22.0 / 29.3076).abs() < 1e-15 && nearest.notes[0].contains("2020 is used for 2018"));
        assert_eq!(factors.co2(&carrier("electricity"), 2022).unwrap().value, 0.3);
        let gas = carrier("高炉煤气");
        assert_eq!(factors.kgce(&gas, 2022).unwrap().value, 0.1286);
        let error = factors.co2(&gas, 2022).unwrap_err().to_string();
        assert!(error.contains("blast_gas: co2") && error.contains("available: kgce"), "{error}");
    }
}
