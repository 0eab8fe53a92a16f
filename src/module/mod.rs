//! What the cells make of the light: their temperature and their DC power.

mod adr;
mod huld;
mod iec61853;
pub mod library;
mod power;
mod sapm;
mod temperature;

pub use adr::{AdrFit, AdrModule, fit_pvefficiency_adr, pvefficiency_adr};
pub use huld::{HuldCoefficients, huld};
pub use iec61853::PowerMatrix;
pub use power::pvwatts_dc;
pub use sapm::{SapmModule, SapmPoints, sapm, sapm_effective_irradiance};
pub use temperature::{
    FaimanParameters, Mounting, NoctParameters, PvsystParameters, SapmParameters, TemperatureModel, faiman, faiman_rad,
    noct_sam, pvsyst_cell, ross, sapm_cell, sapm_module,
};
