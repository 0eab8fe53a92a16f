//! What is uncertain about a plant's years, with its defaults.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use crate::carbon::CoalConvention;
use crate::error::{Error, Result, check_range};
use crate::weather::climate::Station;

/// What is uncertain about a plant's years. Factors of 1 leave the plant as its file describes it.
///
/// The defaults of irradiation, transposition, rating, soiling, snow and other losses are those of Thevenard & Pelland,
/// Solar Energy 91 (2013), 432, doi:10.1016/j.solener.2011.05.006; each line of the others says where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LifeInputs {
    /// Sunshine of a year over that of the mean year, each year by itself. 3.9 % (Thevenard & Pelland), or the
    /// station's own spread by [`LifeInputs::at_station`].
    pub weather_year: Distribution,
    /// True irradiation over that of the data, all life: 5 %.
    pub irradiation: Distribution,
    /// Irradiance on the plane over the model's: 3 %.
    pub models: Distribution,
    /// Power of the modules over their rating: 3 %.
    pub rating: Distribution,
    /// What soiling leaves over what the plant's file says: 2 %.
    pub soiling: Distribution,
    /// What snow leaves over what the plant's file says: 1.5 %.
    pub snow: Distribution,
    /// All other losses: 5 %.
    pub other: Distribution,
    /// Time in service over what the plant's file says, each year by itself: this crate's judgement.
    pub availability: Distribution,
    /// Loss of output a year after the first. Median 0.5 % (Jordan et al. 2016, doi:10.1002/pip.2744), with a longer tail
    /// upwards; its width is this crate's judgement.
    pub degradation: Distribution,
    /// True emission factor over the chosen one: 5 %, this crate's judgement.
    pub grid_factor: Distribution,
    /// How much the grid's factor falls each year, as a fraction: 0 to 5 %. China's average fell by 2.4 % a year from 2021 to
    /// 2023; published figures take 0.
    pub grid_decline: Distribution,
    /// Standard coal for a kilowatt-hour, kgce: between the target for 2025 and the supply of 2020.
    pub coal_kgce_per_kwh: Distribution,
}

impl Default for LifeInputs {
    fn default() -> Self {
        let factor = |sd: f64| Distribution::Normal { mean: 1.0, sd };
        Self {
            weather_year: factor(0.039),
            irradiation: factor(0.05),
            models: factor(0.03),
            rating: factor(0.03),
            soiling: factor(0.02),
            snow: factor(0.015),
            other: factor(0.05),
            availability: Distribution::Triangular { low: 0.98, mode: 1.0, high: 1.02 },
            degradation: Distribution::LogNormal { median: 0.005, sigma: 0.4 },
            grid_factor: factor(0.05),
            grid_decline: Distribution::Uniform { low: 0.0, high: 0.05 },
            coal_kgce_per_kwh: Distribution::Uniform { low: 0.300, high: 0.3055 },
        }
    }
}

impl LifeInputs {
    /// The defaults with the year-to-year spread of a station.
    pub fn at_station(station: &Station) -> Self {
        let weather_year = Distribution::Normal { mean: 1.0, sd: 0.01 * station.sigma_year_pct };
        Self { weather_year, ..Self::default() }
    }

    /// Nothing uncertain: the plant as its file describes it, one coal convention, a grid that stays as it is.
    pub fn certain(degradation: f64, coal: &CoalConvention) -> Self {
        let one = || Distribution::Fixed(1.0);
        Self {
            weather_year: one(),
            irradiation: one(),
            models: one(),
            rating: one(),
            soiling: one(),
            snow: one(),
            other: one(),
            availability: one(),
            degradation: Distribution::Fixed(degradation),
            grid_factor: one(),
            grid_decline: Distribution::Fixed(0.0),
            coal_kgce_per_kwh: Distribution::Fixed(coal.kgce_per_kwh),
        }
    }

    /// Refuses spreads whose middle no plant has: percent instead of factors, grams instead of kilograms.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] with the input's name.
    pub fn validate(&self) -> Result<()> {
        for (name, distribution, low, high) in [
            ("weather_year", &self.weather_year, 0.5, 1.5),
            ("irradiation", &self.irradiation, 0.5, 1.5),
            ("models", &self.models, 0.5, 1.5),
            ("rating", &self.rating, 0.5, 1.5),
            ("soiling", &self.soiling, 0.5, 1.5),
            ("snow", &self.snow, 0.5, 1.5),
            ("other", &self.other, 0.5, 1.5),
            ("availability", &self.availability, 0.5, 1.5),
            ("degradation", &self.degradation, 0.0, 0.1),
            ("grid_factor", &self.grid_factor, 0.1, 3.0),
            ("grid_decline", &self.grid_decline, -0.1, 0.5),
            ("coal_kgce_per_kwh", &self.coal_kgce_per_kwh, 0.1, 1.0),
        ] {
            distribution.validate().map_err(|error| match error {
                Error::OutOfRange { name: parameter, value, allowed } => {
                    Error::OutOfRange { name: format!("{name}: {parameter}"), value, allowed }
                }
                other => other,
            })?;
            check_range(&format!("middle of {name}"), distribution.quantile(0.5), low, high, "")?;
        }
        Ok(())
    }

    /// From a toml file; a key that is left out keeps its default.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Format`] for what is not understood.
    pub fn from_file(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|error| Error::Format {
            file: path.display().to_string(),
            problem: error.to_string().trim().to_owned(),
            fix: "the keys are the fields of uncertainty::LifeInputs; a value is, for example, { normal = { mean = 1.0, sd = 0.05 } }"
                .into(),
        })
    }
}
