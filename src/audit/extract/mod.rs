//! From a sentence or a paragraph to a [`Claim`].

mod clauses;
mod cues;
mod masses;
mod place;
mod roles;
mod settle;

use super::claim::Claim;
use super::quantity::plain::Plain;
use super::quantity::scan;
use clauses::Parts;

/// Reads what a text in Chinese (both scripts) or English states about one plant.
///
/// A figure is taken only where the words leave one reading. What has two is told in [`Claim::ambiguous`] and left out:
/// two capacities, coal or CO2 that is not named, a number without its unit, a unit that cannot be, figures that lie apart
/// by powers of ten. What is understood and is not of the plant's claim stands in [`Claim::aside`]: money, land, storage,
/// single modules, other products, totals up to a day. A text that states nothing gives a claim with nothing filled.
///
/// A figure without its own period has that of its sentence. Where energy, coal or CO2 is given for a year and for life,
/// the year's is taken. Latitude and longitude are those of a climate station, where exactly one is named together
/// with its province; the note says so.
///
/// ```
/// use rooftop_pv::audit::{Period, extract};
/// let claim = extract("项目装机51兆瓦，年均发电量6000万千瓦时，总投资2亿元。");
/// assert_eq!(claim.capacity_kw.map(|figure| figure.value), Some(51_000.0));
/// assert_eq!(claim.energy_kwh.map(|figure| figure.value), Some(60e6));
/// assert_eq!(claim.energy_period, Period::Year);
/// assert!(claim.aside[0].contains("2亿元"));
/// ```
pub fn extract(text: &str) -> Claim {
    let plain = Plain::of(text);
    let found = scan(&plain);
    let parts = Parts::new(&plain, &found);
    let roles: Vec<_> = (0..found.len()).map(|index| roles::role(&parts, index)).collect();
    settle::settle(text, &parts, &roles)
}

/// Reads a text that tells of one plant a line; lines that state nothing are passed over.
pub fn extract_lines(text: &str) -> Vec<Claim> {
    text.lines().map(extract).filter(Claim::states_something).collect()
}
