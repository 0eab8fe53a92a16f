//! Roofs of a district by kind, and what photovoltaics on a share of them gives: year by year, held against a target.
//!
//! [`Region`] is read from a `region.toml`; [`Region::plan`] computes it. [`roof_area_m2`] asks the other way round,
//! which roofs a capacity needs; [`portfolio`] adds up parks that are described one by one.
//!
//! Coverage is always a share of all roof area of a kind, as the county pilot's shares are, not of its usable part: it
//! cannot exceed the usable share. Power density is that of the covered area, rows and walkways included.
//!
//! ```
//! use rooftop_pv::region::Region;
//! let plan = Region::ruijin()?.plan()?;
//! // Half of 200 000 m2 a year at 168 W/m2 and of 50 000 m2 at 142, four years long:
//! assert!((plan.gap.planned_kw - 4.0 * (16_800.0 + 3_550.0)).abs() < 1e-6);
//! assert!(plan.gap.missing_kw > 200_000.0);
//! # Ok::<(), rooftop_pv::Error>(())
//! ```

mod load;
mod plan;
mod portfolio;
mod validate;

pub use plan::{DistrictYield, Gap, KindSum, Plan, YearSum, roof_area_m2};
pub use portfolio::{ParkSum, portfolio};

use serde::{Deserialize, Serialize};

use crate::carbon::Confidence;
use crate::plant::CarbonChoice;

/// Roofs and targets as `region.toml` describes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// What to call it.
    #[serde(default)]
    pub name: String,
    /// Roofs that stand at the end of this year are stock; what is built later is new.
    pub base_year: i32,
    /// Coverages for the kinds that name none.
    pub preset: Option<Preset>,
    /// What is to be reached.
    pub target: RegionTarget,
    /// Which factors turn kWh into CO2.
    #[serde(default)]
    pub carbon: CarbonChoice,
    /// Its districts.
    pub district: Vec<District>,
    /// Its roofs.
    pub roof: Vec<Roof>,
}

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionTarget {
    /// DC capacity, kW.
    pub capacity_kw: f64,
    /// By the end of which year.
    pub year: i32,
}

/// A part of the region with a yield of its own: given, or simulated on the embedded climate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// What roofs call it.
    pub name: String,
    /// Energy of a kW in a year, kWh; stands before all else.
    pub yield_kwh_per_kw: Option<f64>,
    /// A station of the embedded climate, by name.
    pub climate: Option<String>,
    /// Degrees north, for the nearest station.
    pub latitude: Option<f64>,
    /// Degrees east, for the nearest station.
    pub longitude: Option<f64>,
    /// Tilt of the modules, degrees from horizontal.
    #[serde(default = "default_tilt")]
    pub tilt_deg: f64,
    /// Azimuth of the modules, degrees clockwise from north.
    #[serde(default = "default_azimuth")]
    pub azimuth_deg: f64,
}

fn default_tilt() -> f64 {
    10.0
}

fn default_azimuth() -> f64 {
    180.0
}

/// Roofs of one kind in one district.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roof {
    /// The district's name.
    pub district: String,
    /// What stands under them.
    pub kind: Kind,
    /// Area at the end of the base year, m2.
    #[serde(default)]
    pub area_m2: f64,
    /// Area built in each later year, m2.
    #[serde(default)]
    pub new_m2_per_year: f64,
    /// Share of the area that can carry modules at all, 0 to 1.
    pub usable_share: f64,
    /// Share of the stock's area that carries modules by the target year, reached in a straight line from nothing in
    /// the base year; without `path` and without it, the preset's.
    pub coverage: Option<f64>,
    /// Years with the share of the stock's area that carries modules by their end, straight lines between them:
    /// `[[2023, 0.1], [2025, 0.5]]`. Stands in the place of `coverage`.
    #[serde(default)]
    pub path: Vec<(i32, f64)>,
    /// Share of each year's new area that is built with modules; without it, the `coverage` of the target year.
    pub new_coverage: Option<f64>,
    /// DC power of a square metre of covered roof, W.
    pub w_per_m2: f64,
    /// Where the figures come from; without it, the plan says that nobody says so.
    #[serde(default)]
    pub source: String,
}

/// What stands under a roof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Works and warehouses.
    Factory,
    /// Shops, offices, hotels.
    Commercial,
    /// Offices of party and government.
    Government,
    /// Schools, hospitals, village committees and the like.
    PublicBuilding,
    /// Houses of villages.
    RuralResidential,
    /// Housing of towns.
    UrbanResidential,
    /// Anything else.
    Other,
}

impl Kind {
    /// As `public buildings`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Factory => "factories",
            Self::Commercial => "commerce",
            Self::Government => "party and government",
            Self::PublicBuilding => "public buildings",
            Self::RuralResidential => "rural housing",
            Self::UrbanResidential => "urban housing",
            Self::Other => "other",
        }
    }
}

/// Official shares of roofs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preset {
    /// The whole-county pilot of 2021: least shares of the total roof area that can carry photovoltaics.
    #[serde(rename = "county_pilot_2021")]
    CountyPilot2021,
}

impl Preset {
    /// The share of a kind's roofs; none where the preset names none.
    pub fn coverage(self, kind: Kind) -> Option<f64> {
        match (self, kind) {
            (Self::CountyPilot2021, Kind::Government) => Some(0.5),
            (Self::CountyPilot2021, Kind::PublicBuilding) => Some(0.4),
            // The notice speaks of industrial and commercial buildings in one.
            (Self::CountyPilot2021, Kind::Factory | Kind::Commercial) => Some(0.3),
            (Self::CountyPilot2021, Kind::RuralResidential) => Some(0.2),
            (Self::CountyPilot2021, Kind::UrbanResidential | Kind::Other) => None,
        }
    }

    /// Who says so.
    pub fn source(self) -> &'static str {
        match self {
            Self::CountyPilot2021 => {
                "National Energy Administration of China, notice of June 2021 on pilots of rooftop photovoltaics in \
                 whole counties: shares are least values"
            }
        }
    }

    /// How far the shares can be trusted to be their source's.
    pub fn confidence(self) -> Confidence {
        Confidence::Seen
    }
}

#[cfg(test)]
mod tests;
