//! What somebody states about a plant, with the words that say it.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use crate::error::{Error, Result};

/// One stated figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The number as stated, in the unit of its place in the [`Claim`].
    pub value: f64,
    /// What its digits and words ("nearly", "more than") allow.
    pub interval: Interval,
    /// The words that it came from; the number as written where it came from a table.
    pub words: String,
}

/// For which time an energy, coal or CO2 figure holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A year: said, or in a table that says so.
    Year,
    /// The plant's life.
    Life,
    /// Nothing is said.
    #[default]
    Unsaid,
}

/// What a coal figure weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoalKind {
    /// Standard coal, 29.3076 MJ/kg.
    Standard,
    /// Coal as mined.
    Raw,
    /// Nothing is said.
    #[default]
    Unsaid,
}

/// What is stated about one plant. Only what is stated is filled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Claim {
    /// Short name; rows whose ids differ by a last `-1`, `-2` are stages and the whole of one plant.
    pub id: String,
    /// What the plant is called.
    pub name: String,
    /// Where it is said to stand, as written.
    pub place: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Year of the statement or of the figures.
    pub year: Option<i32>,
    /// Area, m2: of roofs where `area_is_roof` says so.
    pub area_m2: Option<Figure>,
    /// Whether the area is said to be of roofs; land holds fewer modules.
    pub area_is_roof: bool,
    /// Capacity, kW.
    pub capacity_kw: Option<Figure>,
    /// Whether the capacity is said to be AC (`Some(true)`) or DC (`Some(false)`).
    pub capacity_is_ac: Option<bool>,
    /// Energy, kWh, in `energy_period`.
    pub energy_kwh: Option<Figure>,
    /// For which time the energy holds.
    pub energy_period: Period,
    /// Coal, t, in `coal_period`.
    pub coal_t: Option<Figure>,
    /// What the coal weighs.
    pub coal_kind: CoalKind,
    /// For which time the coal holds.
    pub coal_period: Period,
    /// CO2, t, in `co2_period`.
    pub co2_t: Option<Figure>,
    /// For which time the CO2 holds.
    pub co2_period: Period,
    /// Years of the plant's life, where stated.
    pub life_years: Option<Figure>,
    /// What else is said.
    pub note: String,
    /// What could be read in more than one way, each told in a sentence; such figures are left out above.
    pub ambiguous: Vec<String>,
    /// Other figures that were understood and left aside: investments, land, other products.
    pub aside: Vec<String>,
}

impl Claim {
    /// Refuses figures that nobody can mean: not finite, not above zero, or not inside of their own interval.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] with the figure's name.
    pub fn validate(&self) -> Result<()> {
        for (name, figure) in [
            ("area_m2", &self.area_m2),
            ("capacity_kw", &self.capacity_kw),
            ("energy_kwh", &self.energy_kwh),
            ("coal_t", &self.coal_t),
            ("co2_t", &self.co2_t),
            ("life_years", &self.life_years),
        ] {
            let Some(figure) = figure else { continue };
            if !(figure.value > 0.0 && figure.value.is_finite()) {
                let allowed = String::from("above 0 and finite; leave out what is not stated");
                return Err(Error::OutOfRange { name: name.into(), value: figure.value, allowed });
            }
            if !figure.interval.contains(figure.value) || figure.interval.low < 0.0 {
                return Err(Error::OutOfRange {
                    name: format!("{name}.interval"),
                    value: figure.value,
                    allowed: format!("the value inside of its interval, which is {}", figure.interval),
                });
            }
        }
        Ok(())
    }
}
