//! The models a plant can name, each an enum over pure functions.

use serde::{Deserialize, Serialize};

pub use crate::module::{Mounting, TemperatureModel};
pub use crate::plane::{Incidence, Transposition};

/// Every model by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Models {
    /// From horizontal to tilted irradiance.
    pub transposition: Transposition,
    /// What the glass reflects.
    pub incidence: Incidence,
    /// Cell temperature.
    pub temperature: TemperatureModel,
}
