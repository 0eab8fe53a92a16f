//! Emission factors of electricity, each with its region, year, scope, source and confidence.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::regions::plain;
use crate::error::{Error, Result};
use crate::plant::{CarbonChoice, rules};
use crate::words::nearest;

/// What an emission factor counts.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// All power of a grid, on average.
    GridAverage,
    /// All power less the non-fossil power that is traded on the market.
    GridExclMarketNonFossil,
    /// Power from fossil fuels.
    Fossil,
    /// The plants that give way when more power is fed in.
    OperatingMargin,
    /// The plants built last.
    BuildMargin,
    /// Operating and build margin, weighted as the CDM does for sun and wind.
    CombinedMargin,
    /// The national average that enterprises report with.
    CorporateReporting,
    /// The life cycle of all power, CO2 equivalents.
    Footprint,
    /// Thermal power.
    Thermal,
    /// The coal of thermal power supply, times the CO2 of coal.
    ThermalCoal,
    /// A rule of thumb.
    Convention,
    /// A factor that the user gave.
    Custom,
}

impl FactorKind {
    /// The kind in words, as `grid average`.
    pub fn title(self) -> &'static str {
        match self {
            Self::GridAverage => "grid average",
            Self::GridExclMarketNonFossil => "grid average without market-traded non-fossil power",
            Self::Fossil => "fossil power",
            Self::OperatingMargin => "operating margin",
            Self::BuildMargin => "build margin",
            Self::CombinedMargin => "combined margin",
            Self::CorporateReporting => "average for enterprise reporting",
            Self::Footprint => "carbon footprint",
            Self::Thermal => "thermal power",
            Self::ThermalCoal => "coal of thermal power supply",
            Self::Convention => "rule of thumb",
            Self::Custom => "own factor",
        }
    }
}

/// How wide a factor's region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// All of China.
    Nation,
    /// A regional grid.
    Grid,
    /// A province, municipality or autonomous region.
    Province,
    /// A country other than China, or a group of countries.
    Country,
    /// Whatever the user says.
    User,
}

/// How far a figure can be trusted to be its source's, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Taken from the official announcement.
    Announced,
    /// Read in published cases that quote the source.
    Seen,
    /// Given by the user.
    Given,
    /// From memory, not held against the source yet; printed as unverified.
    Memory,
}

impl Confidence {
    /// What is printed behind a figure of this confidence.
    pub fn remark(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Seen => "as quoted in public",
            Self::Given => "given by the user",
            Self::Memory => "unverified: from memory",
        }
    }
}

/// Mass of CO2 for a kilowatt-hour, with everything that the number means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// What it counts.
    pub kind: FactorKind,
    /// How wide its region is.
    pub level: Level,
    /// Region, English.
    pub region: String,
    /// Region, Chinese.
    pub region_zh: String,
    /// Year that it describes, where it describes one.
    pub year: Option<i32>,
    /// What is inside and what is not.
    pub scope: String,
    /// The factor, in `unit`: kilograms a kilowatt-hour, so also tonnes a megawatt-hour.
    pub value: f64,
    /// `kg CO2/kWh`, or `kg CO2e/kWh` where other gases count too.
    pub unit: String,
    /// Who says so.
    pub source: String,
    /// How far the figure can be trusted to be its source's.
    pub confidence: Confidence,
    /// What else must be known to use it; may be empty.
    #[serde(default)]
    pub note: String,
}

impl Factor {
    /// A factor of one's own, kg CO2/kWh, 0 to 2, with its source.
    ///
    /// ```
    /// use rooftop_pv::carbon::Factor;
    /// assert_eq!(Factor::custom(0.8, "the park's brochure")?.value, 0.8);
    /// assert!(Factor::custom(619.1, "in grams by mistake").is_err());
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::OutOfRange`] outside 0 to 2 kg/kWh, more than any fuel gives.
    pub fn custom(value: f64, source: &str) -> Result<Self> {
        if let Some(allowed) = rules::outside(FACTOR_KEY, value) {
            return Err(Error::OutOfRange { name: String::from("factor_kg_per_kwh"), value, allowed });
        }
        let source = if source.trim().is_empty() { "the user, who names no source" } else { source };
        Ok(Self {
            kind: FactorKind::Custom,
            level: Level::User,
            region: String::new(),
            region_zh: String::new(),
            year: None,
            scope: String::from("as its source defines it"),
            value,
            unit: String::from("kg CO2/kWh"),
            source: source.to_owned(),
            confidence: Confidence::Given,
            note: String::new(),
        })
    }

    /// Kind, region and year, as `grid average, Shandong 2023`.
    pub fn title(&self) -> String {
        let mut title = self.kind.title().to_owned();
        if !self.region.is_empty() {
            title = format!("{title}, {}", self.region);
        }
        if let Some(year) = self.year {
            title = format!("{title} {year}");
        }
        title
    }
}

impl fmt::Display for Factor {
    /// Value (six decimals, two more than any source prints), unit, title, scope, source, confidence and note.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} ({}; {}; {}; {}",
            (self.value * 1e6).round() / 1e6,
            self.unit,
            self.title(),
            self.scope,
            self.source,
            self.confidence.remark()
        )?;
        if !self.note.is_empty() {
            write!(f, "; {}", self.note)?;
        }
        f.write_str(")")
    }
}

const FACTOR_KEY: &str = "carbon.factor_kg_per_kwh";

static FACTORS: LazyLock<Vec<Factor>> = LazyLock::new(|| {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("factors.csv").as_bytes());
    // The table is part of the crate; a test counts its rows, so that none can be lost here.
    reader.deserialize().filter_map(std::result::Result::ok).collect()
});

/// Every factor of the embedded table: Chinese grid averages of 2021 to 2023 by nation, regional grid
/// and province, and the other factors met in published figures.
pub fn factors() -> &'static [Factor] {
    &FACTORS
}

/// The grid average of a region of China by its English or Chinese name, for a year or, without one,
/// the latest.
///
/// ```
/// use rooftop_pv::carbon::grid_factor;
/// assert_eq!(grid_factor("山东", None)?.value, 0.6191);
/// assert_eq!(grid_factor("North China grid", Some(2021))?.value, 0.7120);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
///
/// # Errors
/// [`Error::Factor`] lists the regions, nearest names first, or the years that there are.
pub fn grid_factor(region: &str, year: Option<i32>) -> Result<&'static Factor> {
    let years = averages_of(region)
        .map_err(|available| Error::Factor { wanted: format!("the grid average of {region:?}"), available })?;
    pick_year(&years, year).map_err(|available| Error::Factor {
        wanted: format!("the grid average of {region} in {}", year.unwrap_or_default()),
        available,
    })
}

/// The factor that a plant chose: its own, or the grid average of its region and year. Without a
/// region it is the average of China, and its note says so.
///
/// # Errors
/// [`Error::Config`] for `carbon.region`, `carbon.year` or `carbon.factor_kg_per_kwh`, which
/// [`plant::locate`](crate::plant::locate) places in the park file.
pub fn resolve(choice: &CarbonChoice) -> Result<Factor> {
    if let Some(value) = choice.factor_kg_per_kwh {
        if let Some(allowed) = rules::outside(FACTOR_KEY, value) {
            return Err(refused(FACTOR_KEY, value.to_string(), format!("allowed is {allowed}")));
        }
        return Factor::custom(value, choice.factor_source.as_deref().unwrap_or_default());
    }
    let region = choice.region.as_deref().unwrap_or("China");
    let years = averages_of(region).map_err(|available| {
        refused("carbon.region", format!("{region:?}"), format!("no factor for it; available: {available}"))
    })?;
    let found = pick_year(&years, choice.year).map_err(|available| {
        let problem = format!("no factor of {region} for that year; available: {available}");
        refused("carbon.year", choice.year.unwrap_or_default().to_string(), problem)
    })?;
    let mut factor = found.clone();
    if choice.region.is_none() {
        note(&mut factor, "no region was given, so the average of all China is taken");
    }
    Ok(factor)
}

/// The latest factor of a kind for all China at no worse than the given confidence.
pub(super) fn national(kind: FactorKind, worst: Confidence) -> Option<&'static Factor> {
    factors()
        .iter()
        .filter(|factor| factor.kind == kind && factor.level == Level::Nation && factor.confidence <= worst)
        .max_by_key(|factor| factor.year)
}

/// Adds to a factor's note.
pub(super) fn note(factor: &mut Factor, text: &str) {
    if !factor.note.is_empty() && !text.is_empty() {
        factor.note.push_str("; ");
    }
    factor.note.push_str(text);
}

fn averages() -> impl Iterator<Item = &'static Factor> {
    factors().iter().filter(|factor| factor.kind == FactorKind::GridAverage)
}

/// All years of a region, or what regions there are.
fn averages_of(region: &str) -> std::result::Result<Vec<&'static Factor>, String> {
    let wanted = plain(region);
    let years: Vec<&Factor> =
        averages().filter(|factor| plain(&factor.region) == wanted || plain(&factor.region_zh) == wanted).collect();
    if years.is_empty() { Err(available_regions(&wanted)) } else { Ok(years) }
}

fn available_regions(wanted: &str) -> String {
    let names = |level: Level| {
        let mut names: Vec<&str> = averages().filter(|f| f.level == level).map(|f| f.region.as_str()).collect();
        names.dedup();
        names
    };
    let (nation, grids, provinces) = (names(Level::Nation), names(Level::Grid), names(Level::Province));
    let all = nation.iter().chain(&grids).chain(&provinces).copied();
    let near = match nearest(wanted, all).as_slice() {
        [] => String::new(),
        near => format!("{} (nearest); ", near.join(", ")),
    };
    format!(
        "{near}nation: {}; regional grids: {}; provinces: {}; or the Chinese names of these",
        nation.join(", "),
        grids.join(", "),
        provinces.join(", ")
    )
}

/// The row of a year, or the latest without one, or what years there are.
fn pick_year(years: &[&'static Factor], year: Option<i32>) -> std::result::Result<&'static Factor, String> {
    let found = match year {
        Some(year) => years.iter().find(|factor| factor.year == Some(year)),
        None => years.iter().max_by_key(|factor| factor.year),
    };
    found.copied().ok_or_else(|| {
        let list: Vec<String> = years.iter().filter_map(|factor| factor.year).map(|year| year.to_string()).collect();
        list.join(", ")
    })
}

fn refused(key: &str, value: String, problem: String) -> Error {
    Error::Config { file: String::new(), line: None, key: key.to_owned(), value, problem }
}
