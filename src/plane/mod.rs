//! What reaches the glass, and gets through: [`Transposition`] to the plane, [`Incidence`] on its glass, what dust
//! ([`Hsu`], [`Kimber`]) and snow ([`SnowCover`], [`loss_townsend`]) leave of it, and what its [`Spectrum`] is worth.

mod albedo;
mod gti;
mod incidence;
mod infinite_sheds;
mod modifiers;
mod muneer;
mod perez_driesse;
pub mod perez_sets;
mod pvwatts;
mod rows;
mod sensor;
mod snow;
mod soiling;
mod spectral;
mod spectral_tables;
mod tracker;
mod transposition;
mod view_factors;

pub use albedo::{SURFACE_ALBEDOS, WaterSurface, albedo_from_snow, inland_water_dvoracek, surface_albedo};
pub use gti::{GtiColumns, GtiDirint, GtiSky};
pub use incidence::{CoatedGlass, DiffuseModifiers, Glass, Incidence, Region, marion_integrate, physical};
pub use infinite_sheds::{Bifacial, ShedIrradiance, ShedSide, ShedSky, power_mismatch_deline, rmad_of_both_sides};
pub use modifiers::{
    MeasuredModifier, SAPM_GLASS, ashrae, ashrae_with_cosine, martin_ruiz, martin_ruiz_diffuse,
    martin_ruiz_with_cosine, sapm_modifier, schlick, schlick_diffuse, schlick_with_cosine,
};
pub use muneer::muneer;
pub(crate) use perez_driesse::AIRMASS_AT_HORIZON;
pub use perez_driesse::perez_driesse;
pub use pvwatts::{PvwattsCover, PvwattsRows, ground_pvwatts, perez_pvwatts, spectral_pvwatts};
pub use rows::{
    RowAxis, RowPair, direct_martinez, ground_angle, masking_angle, masking_angle_passias,
    projected_solar_zenith_angle, sky_diffuse_passias, sun_direction,
};
pub use snow::{Coverage, SnowColumns, SnowCover, SnowMonths, SnowRecord, Townsend, dc_loss_nrel, loss_townsend};
pub use soiling::{Hsu, Kimber, KimberRegion, KimberSurroundings, hsu_loss, kimber_daily_loss, monthly_soiling};
pub use spectral::{
    CABALLERO_REFERENCE, FIRST_SOLAR_AIRMASS, FIRST_SOLAR_WATER, PoloAir, SpectralModel, Spectrum,
    spectral_factor_caballero, spectral_factor_firstsolar, spectral_factor_jrc, spectral_factor_polo,
    spectral_factor_pvspec, spectral_factor_sapm,
};
pub use spectral_tables::SpectralModule;
pub use tracker::{
    SingleAxis, Tracked, TrackerParameters, calc_axis_tilt, calc_cross_axis_tilt, calc_surface_orientation, singleaxis,
};
pub use transposition::{
    Dome, Plane, Transposition, aoi_projection, ground_diffuse, hay_davies, isotropic, klucher, perez, perez_1990,
    reindl,
};
pub use view_factors::{
    ViewFactors, vf_ground_sky_2d_integ, vf_row_ground_2d, vf_row_ground_2d_integ, vf_row_sky_2d, vf_row_sky_2d_integ,
};
