//! What the cells make of the light: their temperature and their DC power.

mod adr;
mod canned;
mod convection;
mod fuentes;
mod generic_linear;
mod huld;
mod iec61853;
pub mod library;
mod power;
mod prilliman;
mod sapm;
pub mod single_diode;
mod temperature;

pub use adr::{AdrFit, AdrModule, fit_pvefficiency_adr, pvefficiency_adr};
pub use canned::{PVWATTS_MODULES, PvwattsModule};
pub use fuentes::{Fuentes, FuentesParameters, FuentesState, fuentes};
pub use generic_linear::{GenericLinear, SAPM_WINDS, generic_linear};
pub use huld::{HuldCoefficients, huld};
pub use iec61853::PowerMatrix;
pub use power::{PowerModel, pvwatts_dc};
pub use prilliman::{PrillimanParameters, prilliman};
pub use sapm::{SapmModule, SapmPoints, sapm, sapm_effective_irradiance};
pub use temperature::{
    FaimanParameters, Mounting, NoctParameters, PvsystParameters, SapmParameters, TemperatureModel, faiman, faiman_rad,
    noct_pvwatts, noct_sam, pvsyst_cell, ross, sapm_cell, sapm_module,
};
