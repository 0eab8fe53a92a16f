//! Light above and in the atmosphere, whatever the plane: extraterrestrial irradiance, air mass,
//! clear sky, and the split of global into direct and diffuse.

mod airmass;
mod clear_air;
mod clear_sky;
mod completion;
mod decomposition;
mod dirint;
mod dirint_table;
mod extraterrestrial;
mod monthly;
mod split;
mod turbidity;

pub use airmass::{
    AirmassModel, absolute_airmass, airmass_simple, gueymard_1993, gueymard_2003, kasten_1966, kasten_young_1989,
    kasten_young_with_cosine, pickering_2002, young_1994, young_irvine_1967,
};
pub use clear_air::{ClearAir, ClearSkyModel};
pub use clear_sky::{BirdAir, ClearSky, bird, bird_hulstrom_aod_bb, haurwitz, ineichen, simplified_solis};
pub use completion::{
    Component, LimitColumns, LimitReport, LimitedComponents, Repair, Repairs, dhi_from, dni_from, ghi_from,
    limit_columns, limit_components, possible_limits,
};
pub(crate) use decomposition::disc_kn;
pub use decomposition::{BolandCoefficients, Decomposed, boland, disc, erbs, erbs_driesse, louche, orgill_hollands};
pub(crate) use dirint::{DISC_SOLAR_CONSTANT, clearness_of_factor, dirint_coefficients};
pub use dirint::{
    clearness_change, clearness_factor, clearness_zenith_independent, dew_point_water, dirindex, dirint,
    dirint_coefficient,
};
pub(crate) use extraterrestrial::spencer_of_day;
pub use extraterrestrial::{SOLAR_CONSTANT, extra_radiation_asce, extra_radiation_spencer};
pub use monthly::{
    collares_pereira_rabl_daily, collares_pereira_rabl_monthly, erbs_monthly, hourly_diffuse_ratio,
    hourly_global_ratio, liu_jordan_monthly, page_monthly,
};
pub use split::{ClearColumns, Decomposition, DecompositionColumns};
pub use turbidity::{angstrom_alpha, angstrom_aod_at_lambda, gueymard94_pw, kasten96_lt, tdew_from_rh};
