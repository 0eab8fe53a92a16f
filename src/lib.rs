//! Rooftop photovoltaics from the sky over a roof to the coal and CO2 that its kilowatt-hours replace.

pub mod carbon;
pub mod error;
pub mod inverter;
pub mod math;
pub mod module;
pub mod plane;
pub mod plant;
pub mod simulate;
pub mod site;
pub mod sky;
pub mod sun;
pub mod time;
pub mod weather;
mod words;

pub use error::{Error, Result};
pub use plant::Plant;
pub use site::Site;
pub use time::{SunAt, TimeAxis};
pub use weather::{Columns, Weather};
