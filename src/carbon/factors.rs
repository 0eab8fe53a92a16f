//! Emission factors of electricity, each with its region, year, scope, source and confidence.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::read::read_factors;
use crate::error::{Error, Result};
use crate::plant::rules;

/// What an emission factor counts.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// All power of a grid, on average.
    GridAverage,
    /// All power less the non-fossil power that is traded on the market.
    GridExclMarketNonFossil,
    /// All power less that whose origin is traced and claimed by somebody.
    Residual,
    /// Power from fossil fuels.
    Fossil,
    /// The plants that give way when more power is fed in.
    OperatingMargin,
    /// The plants built last.
    BuildMargin,
    /// Operating and build margin, weighted as the CDM does for sun and wind.
    CombinedMargin,
    /// The power that one more kilowatt-hour displaces, by a model or from measurements.
    Marginal,
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
    /// All kinds, as a table writes them.
    pub(super) const NAMES: [(&str, Self); 14] = [
        ("grid_average", Self::GridAverage),
        ("grid_excl_market_non_fossil", Self::GridExclMarketNonFossil),
        ("residual", Self::Residual),
        ("fossil", Self::Fossil),
        ("operating_margin", Self::OperatingMargin),
        ("build_margin", Self::BuildMargin),
        ("combined_margin", Self::CombinedMargin),
        ("marginal", Self::Marginal),
        ("corporate_reporting", Self::CorporateReporting),
        ("footprint", Self::Footprint),
        ("thermal", Self::Thermal),
        ("thermal_coal", Self::ThermalCoal),
        ("convention", Self::Convention),
        ("custom", Self::Custom),
    ];

    /// The kind in words, as `grid average`.
    pub fn title(self) -> &'static str {
        match self {
            Self::GridAverage => "grid average",
            Self::GridExclMarketNonFossil => "grid average without market-traded non-fossil power",
            Self::Residual => "residual mix",
            Self::Fossil => "fossil power",
            Self::OperatingMargin => "operating margin",
            Self::BuildMargin => "build margin",
            Self::CombinedMargin => "combined margin",
            Self::Marginal => "marginal power",
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

impl Level {
    /// All levels, as a table writes them.
    pub(super) const NAMES: [(&str, Self); 5] = [
        ("nation", Self::Nation),
        ("grid", Self::Grid),
        ("province", Self::Province),
        ("country", Self::Country),
        ("user", Self::User),
    ];
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
    /// All confidences, as a table writes them.
    pub(super) const NAMES: [(&str, Self); 4] =
        [("announced", Self::Announced), ("seen", Self::Seen), ("given", Self::Given), ("memory", Self::Memory)];

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
    /// Under which terms its source gives it; empty where none is named.
    #[serde(default)]
    pub licence: String,
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
            licence: String::new(),
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

/// Where the range of a factor stands.
pub(super) const FACTOR_KEY: &str = "carbon.factor_kg_per_kwh";

static FACTORS: LazyLock<Vec<Factor>> = LazyLock::new(|| {
    // Both tables are part of the crate; a test reads them without mercy, so that no row can be lost here.
    [include_str!("factors.csv"), include_str!("countries.csv")]
        .into_iter()
        .flat_map(|text| read_factors(text, "embedded table").unwrap_or_default())
        .collect()
});

/// Every factor of the embedded tables: Chinese grid averages of 2021 to 2023 by nation, regional grid
/// and province, the other factors met in published Chinese figures, and factors of other countries.
pub fn factors() -> &'static [Factor] {
    &FACTORS
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
