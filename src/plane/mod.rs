//! What reaches the glass, and gets through: [`Transposition`] to the plane, [`Incidence`] on its glass.

mod incidence;
mod modifiers;
mod transposition;

pub use incidence::{DiffuseModifiers, Glass, Incidence, Region, marion_integrate, physical};
pub use modifiers::{ashrae, martin_ruiz, martin_ruiz_diffuse, sapm_modifier, schlick, schlick_diffuse};
pub use transposition::{
    Dome, Plane, Transposition, aoi_projection, ground_diffuse, hay_davies, isotropic, klucher, perez_1990, reindl,
};
