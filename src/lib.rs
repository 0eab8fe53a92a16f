//! Rooftop photovoltaics, from the sky over a roof to the coal and CO2 that its kilowatt-hours replace.
//!
//! The way of the data is the order of the modules:
//!
//! | module | what it answers |
//! |---|---|
//! | [`site`], [`time`] | where and when |
//! | [`sun`] | where the sun stood: NREL's SPA, and tables that make it fast |
//! | [`sky`] | what the atmosphere does to its light |
//! | [`weather`] | what was measured or is typical: readers, embedded climate, synthetic years |
//! | [`plane`] | what reaches a tilted plane and gets through its glass |
//! | [`module`], [`inverter`] | what becomes DC and AC |
//! | [`plant`] | what stands on the roofs: `park.toml` |
//! | [`simulate`] | the chain, its loss ledger, fleets of plants |
//! | [`carbon`] | coal and CO2, under named conventions |
//! | [`uncertainty`] | spread of all inputs: P50 to P99 of kWh, coal and CO2 |
//! | [`inventory`] | books of what firms use, a city's targets, new projects |
//! | [`audit`] | stated figures, held against physics and factors |
//! | [`region`] | roofs of a district by kind and year, against a target |
//!
//! # Quick start
//! ```
//! use rooftop_pv::weather::climate;
//! use rooftop_pv::{Plant, Weather, carbon};
//!
//! let plant = Plant::from_toml(
//!     "[site]\nlatitude = 36.68\nlongitude = 117.53\n\
//!      [[array]]\ncapacity_kw = 500\ntilt_deg = 10\nazimuth_deg = 180\n",
//!     "park.toml",
//! )?;
//! let near = climate::nearest(plant.site.latitude, plant.site.longitude, None)?;
//! let year = plant.simulate(&Weather::synthetic(near.station, 2025, 1)?)?;
//! assert!(year.ac_kwh > 500.0 * 1000.0);
//! let co2_t = carbon::avoided(year.ac_kwh, carbon::grid_factor("Shandong", Some(2023))?).co2_t;
//! assert!(co2_t > 300.0);
//! # Ok::<(), rooftop_pv::Error>(())
//! ```
//!
//! # Conventions
//! - Names are the field's own, as in pvlib's nomenclature: `ghi dni dhi dni_extra poa_global aoi surface_tilt
//!   surface_azimuth solar_zenith airmass_relative temp_air temp_cell wind_speed pdc0 gamma_pdc`.
//! - Physics functions take and return `f64` in W/m2, degrees, degC, m/s, Pa and W. Fields of configurations and
//!   results carry the unit in the name: `capacity_kw`, `tilt_deg`, `ac_kwh`.
//! - Azimuth: 0 is north, clockwise, everywhere. Readers of formats that count otherwise convert.
//! - Time: a record holds the mean over its interval `[start, start + step)`. The sun is looked up at the
//!   middle of the interval, or of its sunlit part where the sun rises or sets in it; formats whose records
//!   are momentary say so in their [`TimeAxis`]. Offsets from UTC are fixed: no daylight saving.
//! - Losses multiply in the order in which the energy meets them, and each step's energy stands in the
//!   [`Ledger`](simulate::Ledger).
//! - Every constant and factor carries its source. Missing is missing: sentinels become errors or are filled
//!   by a rule that is named in the weather's [`notes`](Weather::notes), never silently zero.
//! - The same input and seed give the same bits on any machine and any number of threads.

mod columns;
pub mod error;
mod lists;
pub mod math;
mod words;

pub mod site;
pub mod time;

pub mod sun;

pub mod sky;

pub mod weather;

pub mod plane;

pub mod module;

pub mod inverter;

pub mod plant;

pub mod simulate;

pub mod carbon;

pub mod uncertainty;

pub mod inventory;

pub mod audit;

pub mod region;

pub use error::{Error, Result};
pub use plant::Plant;
pub use site::Site;
pub use time::{SunAt, TimeAxis};
pub use weather::{Columns, Weather};
