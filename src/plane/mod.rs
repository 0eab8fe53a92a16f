//! What reaches the glass, and gets through: [`Transposition`] to the plane, [`Incidence`] on its glass.

mod incidence;
mod transposition;

pub use incidence::{DiffuseModifiers, Glass, Incidence, Region, marion_integrate, physical};
pub use transposition::{
    Dome, Plane, Transposition, aoi_projection, ground_diffuse, hay_davies, isotropic, perez_1990,
};
