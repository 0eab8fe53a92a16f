//! The energy and CO2 ledger of a park or city: who used how much of what in which month, and what that is in
//! standard coal and CO2. (It is called inventory because [`simulate::Ledger`](crate::simulate::Ledger) is the ledger
//! of losses.)
//!
//! [`Inventory`] reads records row by row and keeps sums only; [`Inventory::book`] turns them into a [`Book`] under
//! named conventions, which adds up by firm, sector, carrier, month and year. [`Target`] and [`assess`] hold it against
//! what is to be reached, [`Onsite`] says what photovoltaics and a store take off, [`Outputs`] makes intensities.
//!
//! # What is counted
//! Energy: final amounts times the coefficients of GB/T 2589-2020; electricity under an [`ElectricityCoal`]. CO2: of
//! fuels where they burn, net calorific value × carbon × oxidation × 44/12; of bought electricity by the grid average
//! of region and year, of bought heat and steam by a flat factor. Process emissions, as of cement, are not in it, nor
//! are other gases. A firm that burns coal to sell power or heat, and the firm that buys it, both have its CO2: the
//! sum of a city then counts it twice, and the records have to leave one of them out.
//!
//! # Order and threads
//! Amounts are whole billionths of a base unit, energy and CO2 whole milligrams: all sums are sums of integers, the
//! same for any order of rows, any split into files and any number of threads.

mod amount;
mod book;
mod electricity;
mod factors;
mod intensity;
mod lines;
mod onsite;
mod remarks;
mod sums;
mod table;
mod target;

pub use amount::BaseUnit;
pub use book::{Book, Change, Dimension, ElectricityCoal, Entry, Options, Row, Used};
pub use factors::{Carrier, EnergyFactor, Factors, Part, STANDARD_COAL_MJ_PER_KG};
pub use intensity::{Intensity, Outputs, Per};
pub use onsite::{Onsite, Relief};
pub use sums::{Inventory, Month, Repeats};
pub use target::{Assessment, Distance, Goal, Measure, Outcome, Project, Target, assess};

#[cfg(test)]
mod tests;
