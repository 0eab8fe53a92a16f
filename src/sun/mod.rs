//! Where the sun stands: [`spa`] in full as the reference; [`SunTable`] (once per time axis) and
//! [`SunTrack`] (once per site) for series.

mod delta_t;
mod refraction;
mod rise_set;
mod series;
mod spa;
mod spa_tables;
mod table;
mod track;
mod view;

pub use delta_t::delta_t;
pub use refraction::{ATMOSPHERIC_REFRACTION, SUN_RADIUS, refraction};
pub use rise_set::{SunDay, sun_day};
pub use spa::{Air, Geocentric, SunPosition, geocentric, spa};
pub use table::SunTable;
pub use track::{DaylightRun, SunTrack};
