//! What reaches the glass, and gets through: [`Transposition`] to the plane, [`Incidence`] on its glass.

mod incidence;
mod modifiers;
mod pvwatts;
mod transposition;

pub use incidence::{DiffuseModifiers, Glass, Incidence, Region, marion_integrate, physical};
pub use modifiers::{
    ashrae, ashrae_with_cosine, martin_ruiz, martin_ruiz_diffuse, martin_ruiz_with_cosine, sapm_modifier, schlick,
    schlick_diffuse, schlick_with_cosine,
};
pub use pvwatts::{PvwattsCover, PvwattsRows, ground_pvwatts, perez_pvwatts, spectral_pvwatts};
pub use transposition::{
    Dome, Plane, Transposition, aoi_projection, ground_diffuse, hay_davies, isotropic, klucher, perez_1990, reindl,
};
