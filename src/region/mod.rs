//! Roof targets of a district: how much sun its roofs can carry by when, and how far a stated target is.

mod load;
mod outlook;

pub use outlook::{DistrictYear, Outlook, YearOutlook};

use serde::{Deserialize, Serialize};

use crate::carbon::Confidence;
use crate::error::{Error, Result};
use crate::plant::{CarbonChoice, MAX_W_PER_M2};

/// A region as `region.toml` describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// What to call it.
    #[serde(default)]
    pub name: String,
    /// The first year in which new roofs are counted.
    pub first_year: i32,
    /// The last year of the outlook.
    pub last_year: i32,
    /// What is to be reached, where something is stated.
    pub target: Option<CapacityTarget>,
    /// Which factors turn kWh into CO2.
    #[serde(default)]
    pub carbon: CarbonChoice,
    /// Its districts.
    pub district: Vec<District>,
}

/// A stated target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapacityTarget {
    /// By when.
    pub year: i32,
    /// How much, kW.
    pub capacity_kw: f64,
}

/// Roofs under one sky.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// What to call it.
    #[serde(default)]
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Energy of a kilowatt a year, kWh; without it, simulated from the nearest climate station.
    pub yield_kwh_per_kw: Option<f64>,
    /// Tilt of the modules for that simulation, degrees.
    #[serde(default = "ten")]
    pub tilt_deg: f64,
    /// Its roofs by kind.
    pub roof: Vec<Roof>,
}

fn ten() -> f64 {
    10.0
}

/// Roofs of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roof {
    /// The kind.
    pub kind: RoofKind,
    /// Roofs that stand already, m2.
    #[serde(default)]
    pub stock_m2: f64,
    /// Roofs that are built each year from the region's first year on, m2.
    #[serde(default)]
    pub new_m2_per_year: f64,
    /// Share of the standing roofs' area that carries modules, by year: `[[2022, 0.0], [2025, 0.3]]`; straight between
    /// years, the same before the first and after the last.
    #[serde(default)]
    pub stock_coverage: Vec<(i32, f64)>,
    /// The same for the roofs built in a year.
    #[serde(default)]
    pub new_coverage: Vec<(i32, f64)>,
    /// Share of the covered area on which modules can stand; edges, ducts and shade take the rest.
    #[serde(default = "all")]
    pub usable_share: f64,
    /// Power where modules stand, W/m2.
    #[serde(default = "usual_density")]
    pub w_per_m2: f64,
}

fn all() -> f64 {
    1.0
}

fn usual_density() -> f64 {
    150.0
}

/// A kind of roof.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoofKind {
    /// Factories and warehouses.
    Factory,
    /// Shops, offices, hotels.
    Commercial,
    /// Party and government buildings.
    Government,
    /// Schools, hospitals, village committees and other public buildings.
    Public,
    /// Rural homes.
    RuralHome,
    /// Urban homes.
    UrbanHome,
    /// Carports and other sheds.
    Shed,
}

impl RoofKind {
    /// The kind in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Factory => "factories",
            Self::Commercial => "shops and offices",
            Self::Government => "government",
            Self::Public => "public buildings",
            Self::RuralHome => "rural homes",
            Self::UrbanHome => "urban homes",
            Self::Shed => "carports and sheds",
        }
    }

    /// The share of roof area that China's whole-county pilots of 2021 have to reach; none for kinds that they do not name.
    pub fn county_pilot(self) -> Option<f64> {
        match self {
            Self::Government => Some(0.50),
            Self::Public => Some(0.40),
            Self::Factory | Self::Commercial => Some(0.30),
            Self::RuralHome => Some(0.20),
            Self::UrbanHome | Self::Shed => None,
        }
    }
}

/// Where the shares of [`RoofKind::county_pilot`] come from.
pub const COUNTY_PILOT: (&str, Confidence) =
    ("National Energy Administration, notice of 20 June 2021 on whole-county roof pilots", Confidence::Memory);

impl Region {
    /// Refuses what cannot be, with the key of it.
    ///
    /// # Errors
    /// [`Error::Config`]; [`Region::from_toml`] places it in its file.
    pub fn validate(&self) -> Result<()> {
        within("first_year", f64::from(self.first_year), 1990.0, 2200.0, "a calendar year")?;
        within(
            "last_year",
            f64::from(self.last_year),
            f64::from(self.first_year),
            f64::from(self.first_year) + 100.0,
            "a year",
        )?;
        if let Some(target) = self.target {
            let (first, last) = (f64::from(self.first_year), f64::from(self.last_year));
            within("target.year", f64::from(target.year), first, last, "a year of the outlook")?;
            within("target.capacity_kw", target.capacity_kw, 1e-3, 1e10, "kW")?;
        }
        if self.district.is_empty() {
            return Err(refused("district", String::new(), "at least one [[district]] is needed".into()));
        }
        for (index, district) in self.district.iter().enumerate() {
            let key = |name: &str| format!("district[{index}].{name}");
            within(&key("latitude"), district.latitude, -90.0, 90.0, "degrees north")?;
            within(&key("longitude"), district.longitude, -180.0, 180.0, "degrees east")?;
            within(&key("tilt_deg"), district.tilt_deg, 0.0, 90.0, "degrees")?;
            if let Some(kwh) = district.yield_kwh_per_kw {
                within(&key("yield_kwh_per_kw"), kwh, 100.0, 3000.0, "kWh/kW")?;
            }
            for (number, roof) in district.roof.iter().enumerate() {
                roof.validate(&key(&format!("roof[{number}]")))?;
            }
        }
        Ok(())
    }
}

impl Roof {
    fn validate(&self, parent: &str) -> Result<()> {
        let key = |name: &str| format!("{parent}.{name}");
        within(&key("stock_m2"), self.stock_m2, 0.0, 1e11, "m2")?;
        within(&key("new_m2_per_year"), self.new_m2_per_year, 0.0, 1e11, "m2")?;
        within(&key("usable_share"), self.usable_share, 0.0, 1.0, "")?;
        within(&key("w_per_m2"), self.w_per_m2, 1.0, MAX_W_PER_M2, "W/m2")?;
        for (name, points) in [("stock_coverage", &self.stock_coverage), ("new_coverage", &self.new_coverage)] {
            for (year, share) in points {
                within(&key(name), f64::from(*year), 1900.0, 2300.0, "a calendar year")?;
                within(&key(name), *share, 0.0, 1.0, "")?;
            }
            if !points.windows(2).all(|pair| pair[0].0 < pair[1].0) {
                return Err(refused(&key(name), format!("{points:?}"), "the years have to ascend".into()));
            }
        }
        Ok(())
    }
}

fn within(key: &str, value: f64, low: f64, high: f64, unit: &str) -> Result<()> {
    if value >= low && value <= high {
        return Ok(());
    }
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    Err(refused(key, value.to_string(), format!("allowed is {low} to {high}{unit}")))
}

fn refused(key: &str, value: String, problem: String) -> Error {
    Error::Config { file: String::new(), line: None, key: key.to_owned(), value, problem }
}
