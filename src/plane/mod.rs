//! What reaches the glass, and gets through: [`Transposition`] to the plane, [`Incidence`] on its glass.

mod incidence;
mod infinite_sheds;
mod modifiers;
mod rows;
mod tracker;
mod transposition;
mod view_factors;

pub use incidence::{DiffuseModifiers, Glass, Incidence, Region, marion_integrate, physical};
pub use infinite_sheds::{Bifacial, ShedIrradiance, ShedSide, ShedSky, power_mismatch_deline, rmad_of_both_sides};
pub use modifiers::{
    ashrae, ashrae_with_cosine, martin_ruiz, martin_ruiz_diffuse, martin_ruiz_with_cosine, sapm_modifier, schlick,
    schlick_diffuse, schlick_with_cosine,
};
pub use rows::{
    RowAxis, RowPair, direct_martinez, ground_angle, masking_angle, masking_angle_passias,
    projected_solar_zenith_angle, sky_diffuse_passias, sun_direction,
};
pub use tracker::{
    SingleAxis, Tracked, TrackerParameters, calc_axis_tilt, calc_cross_axis_tilt, calc_surface_orientation, singleaxis,
};
pub use transposition::{
    Dome, Plane, Transposition, aoi_projection, ground_diffuse, hay_davies, isotropic, klucher, perez_1990, reindl,
};
pub use view_factors::{
    ViewFactors, vf_ground_sky_2d_integ, vf_row_ground_2d, vf_row_ground_2d_integ, vf_row_sky_2d, vf_row_sky_2d_integ,
};
