//! Where the sun stands: [`spa`] in full as the reference; [`SunTable`] (once per time axis; [`SunNodes`] for
//! several) and
//! [`SunTrack`] (once per site) for series.

mod delta_t;
mod nodes;
mod refraction;
mod rise_set;
mod spa;
mod spa_tables;
mod table;
mod track;
mod view;
mod walk;

pub use delta_t::delta_t;
pub use nodes::SunNodes;
pub use refraction::{ATMOSPHERIC_REFRACTION, SUN_RADIUS, refraction};
pub use rise_set::{SunDay, sun_day};
pub use spa::{Air, Geocentric, SunPosition, geocentric, spa};
pub use table::SunTable;
pub(crate) use track::SunColumns;
pub use track::{DaylightRun, SunTrack};
pub(crate) use walk::{CHUNK, Walk};
