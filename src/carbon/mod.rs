//! From kilowatt-hours to coal and CO2, under named conventions.
//!
//! There is no single answer to how much coal or CO2 a kilowatt-hour replaces: it depends on the
//! region, the year and on what is thought to give way. So no function here gives a bare number.
//! Every answer carries the [`Factor`] or [`CoalConvention`] that it was made with, and every one of
//! these its region, year, scope, unit, source and [`Confidence`].
//!
//! ```
//! use rooftop_pv::{carbon, plant::CarbonChoice};
//! let choice = CarbonChoice { region: Some("Shandong".into()), year: Some(2023), ..Default::default() };
//! let saved = carbon::saved(60e6, &choice)?;
//! assert!((saved.co2[0].co2_t - 37_146.0).abs() < 1e-6);
//! assert!(saved.coal.iter().any(|coal| (coal.coal_t_standard - 18_000.0).abs() < 1e-6));
//! # Ok::<(), rooftop_pv::Error>(())
//! ```

mod avoided;
mod coal;
mod conventions;
mod crediting;
mod factors;
mod future;
mod grid_losses;
mod hourly;
mod lifecycle;
mod pollutants;
mod read;
mod regions;
mod table;

pub use avoided::{Avoided, Saved, avoided, co2_avoided, combined_margin, saved, thermal_coal_factor};
pub use coal::{CO2_OF_COAL, COAL_CONVENTIONS, Co2OfCoal, CoalConvention, CoalSaved, RAW_COAL_KGCE_PER_KG, coal_saved};
pub use conventions::{Convention, ConventionKind, conventions};
pub use crediting::{Credited, CreditedYear, CreditingMethod, CreditingPeriod, CreditingRule, Margins, credited};
pub use factors::{Confidence, Factor, FactorKind, Level, factors};
pub use future::{Co2Year, FuturePath, LifetimeCo2, co2_over_life};
pub use grid_losses::{AvoidedWithLosses, CountedAt, GridLosses, avoided_with_losses, avoided_with_losses_by_share};
pub use hourly::{DailyShape, HourMatched, co2_by_shape, co2_by_the_hour};
pub use lifecycle::{
    EmbodiedFigure, EnergyPayback, Lifecycle, Part, PartCarbon, embodied_figures, energy_payback, lifecycle,
};
pub use pollutants::{POLLUTANT_RULES, Pollutant, PollutantRule, PollutantSaved, pollutants_saved};
pub use regions::{PROVINCES, Province, province};
pub use table::{FactorTable, grid_factor, resolve};

#[cfg(test)]
mod tests;
