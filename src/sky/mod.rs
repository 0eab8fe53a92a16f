//! Light above and in the atmosphere, whatever the plane: extraterrestrial irradiance, air mass,
//! clear sky, and the split of global into direct and diffuse.

mod airmass;
mod clear_sky;
mod decomposition;
mod extraterrestrial;

pub use airmass::{absolute_airmass, kasten_young_1989, kasten_young_with_cosine};
pub use clear_sky::{ClearSky, ineichen};
pub use decomposition::{Decomposed, erbs};
pub(crate) use extraterrestrial::spencer_of_day;
pub use extraterrestrial::{SOLAR_CONSTANT, extra_radiation_asce, extra_radiation_spencer};
