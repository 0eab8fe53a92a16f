//! The energy and CO2 books of a park or city: who used what in which month, in standard coal and CO2.
//!
//! [`Inventory`] reads records of any number and keeps sums by firm, sector, carrier, month and year. [`Target`], [`Relief`]
//! and [`assess`] say how far a goal is, what sun and storage take off, and whether a new project still fits.

mod carrier;
mod goals;
mod ledger;

pub use carrier::{Carrier, carriers};
pub use goals::{Assessment, Distance, Project, Relief, Relieved, Target, assess};
pub use ledger::{ElectricityAs, Inventory, Options, Output, Record, Sum};
