//! What the cells make of the light: their temperature and their DC power.

mod power;
mod temperature;

pub use power::pvwatts_dc;
pub use temperature::{FaimanParameters, Mounting, SapmParameters, TemperatureModel, faiman, sapm_cell};
