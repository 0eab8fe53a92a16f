//! What the cells make of the light: their temperature and their DC power.

mod convection;
mod fuentes;
mod generic_linear;
mod huld;
mod power;
mod prilliman;
mod temperature;

pub use fuentes::{Fuentes, FuentesParameters, FuentesState, fuentes};
pub use generic_linear::{GenericLinear, SAPM_WINDS, generic_linear};
pub use huld::{HuldCoefficients, huld};
pub use power::pvwatts_dc;
pub use prilliman::{PrillimanParameters, prilliman};
pub use temperature::{
    FaimanParameters, Mounting, NoctParameters, PvsystParameters, SapmParameters, TemperatureModel, faiman, faiman_rad,
    noct_sam, pvsyst_cell, ross, sapm_cell, sapm_module,
};
