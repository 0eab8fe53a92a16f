//! What limits the inverters, and what lies between them and the meter.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};
use crate::inverter::{DeratingCurve, LinearDerating, Transformer};

/// How an inverter's limit acts on means over an hour. What heat takes of the limit, and the grid's limit, act on means in any case.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clipping {
    /// On the mean.
    #[default]
    Mean,
    /// [`WithinHour`](crate::inverter::WithinHour): on a spread about the mean, by how clear the sky is, with the numbers of
    /// `inverter.within_hour`.
    WithinHour,
    /// [`allen_2022`](crate::inverter::allen_2022): on the mean, and as much more as minutes of North American stations showed; good for
    /// sums of a year.
    #[serde(rename = "allen_2022")]
    Allen2022,
}

/// How heat lowers an inverter's limit.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derating {
    /// In a straight line above a temperature.
    Linear(LinearDerating),
    /// From point to point; powers as shares of the rated AC power.
    Curve(DeratingCurve),
}

impl Derating {
    /// Share of the rated AC power that the inverter can give at an air temperature, degC.
    #[inline(always)]
    pub fn share(&self, temp_air: f64) -> f64 {
        match self {
            Self::Linear(line) => line.share(temp_air),
            Self::Curve(curve) => curve.power(temp_air),
        }
    }

    /// Refuses what no inverter has.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] names the number.
    pub fn validate(&self) -> Result<()> {
        match self {
            Self::Linear(LinearDerating { start, slope }) => {
                check_range("linear.start", *start, -20.0, 100.0, "degC")?;
                check_range("linear.slope", *slope, 0.0, 1.0, "1/K as a fraction of the rated power")
            }
            Self::Curve(DeratingCurve { points }) => {
                for (k, (temp_air, share)) in points.iter().enumerate() {
                    let from = if k == 0 { -60.0 } else { points[k - 1].0 };
                    check_range(&format!("curve.points[{k}][0]"), *temp_air, from, 120.0, "degC, ascending")?;
                    check_range(&format!("curve.points[{k}][1]"), *share, 0.0, 2.0, "of the rated AC power")?;
                }
                Ok(())
            }
        }
    }
}

/// What lies between the inverters and the meter, beside the constant loss `losses.ac`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Grid {
    /// The most that the grid takes, kW.
    pub limit_kw: Option<f64>,
    /// What all inverters draw together while they do not run, kW; without it, what their model's figures say, and nothing with the model
    /// `pvwatts`.
    pub night_kw: Option<f64>,
    /// A transformer that belongs to the plant.
    pub transformer: Option<TransformerFigures>,
}

/// [`Transformer`] of a park.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransformerFigures {
    /// Rated output, kW.
    pub rating_kw: f64,
    /// Loss at any time, as a fraction of the rating.
    pub no_load_loss: f64,
    /// Loss at rated output, as a fraction of the rating.
    pub load_loss: f64,
}

impl TransformerFigures {
    /// The transformer, for powers in kW.
    pub fn transformer(&self) -> Transformer {
        let Self { rating_kw, no_load_loss, load_loss } = *self;
        Transformer { no_load_loss, load_loss, rating: rating_kw }
    }
}

/// Light- and elevated-temperature-induced degradation, hour by hour from the state that the modules are in as the weather begins:
/// [`LetidState`](crate::inverter::LetidState) with the rates of Repins et al.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letid {
    /// What all defects together would take of the power, as a fraction; measured on the module.
    pub loss: f64,
    /// Excess carriers at maximum power under 1000 W/m2 over those at which the rates were measured, near open circuit: a small part
    /// of 1. They grow with the light.
    pub injection: f64,
    /// Share of the defects that take power already.
    #[serde(default)]
    pub degraded: f64,
    /// Share of those that do so no more.
    #[serde(default)]
    pub regenerated: f64,
}

impl Letid {
    /// Refuses shares that are more than all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for their sum.
    pub fn validate(&self) -> Result<()> {
        let sum = self.degraded + self.regenerated;
        if sum <= 1.0 {
            return Ok(());
        }
        let allowed = String::from("0 to 1, since both are shares of all defects");
        Err(Error::OutOfRange { name: "degraded + regenerated".into(), value: sum, allowed })
    }
}
