//! What a kilowatt-hour counts, by convention, region and year.

use super::book::{ElectricityCoal, Options};
use super::factors::{Carrier, ELECTRICITY, Factors, Made};
use crate::carbon::{self, COAL_CONVENTIONS, FactorKind};
use crate::error::{Error, Result};

/// Coal and CO2 of a base unit.
pub(super) fn factors_of(factors: &Factors, carrier: &Carrier, year: i32, options: &Options) -> Result<[Made; 2]> {
    if carrier.name != ELECTRICITY {
        return Ok([factors.kgce(carrier, year)?, factors.co2(carrier, year)?]);
    }
    let kgce = match factors.kgce(carrier, year) {
        Ok(own) => own,
        Err(_) => electricity_coal(options.electricity, year)?,
    };
    let co2 = match factors.co2(carrier, year) {
        Ok(own) => own,
        Err(_) => grid(options.region.as_deref(), year)?,
    };
    Ok([kgce, co2])
}

/// Standard coal of a kilowatt-hour.
pub(super) fn electricity_coal(convention: ElectricityCoal, year: i32) -> Result<Made> {
    let name = match convention {
        ElectricityCoal::Equivalent => "calorific value of electricity",
        ElectricityCoal::ThermalSupply => "thermal power supply",
    };
    let of_year = |c: &carbon::CoalConvention| c.year.map_or(0, |of| of.abs_diff(year));
    let Some(found) = COAL_CONVENTIONS.iter().filter(|c| c.name == name).min_by_key(|c| (of_year(c), c.year)) else {
        let available = COAL_CONVENTIONS.iter().map(|c| c.name).collect::<Vec<_>>().join(", ");
        return Err(Error::Factor { wanted: format!("standard coal of electricity by {name}"), available });
    };
    let mut notes = Vec::new();
    if convention == ElectricityCoal::ThermalSupply && found.year != Some(year) {
        let of = found.year.unwrap_or_default();
        notes.push(format!("coal of thermal power supply of {of} is used for {year}: there is none of that year"));
    }
    Ok(Made {
        value: found.kgce_per_kwh,
        unit: "kgce/kWh".into(),
        source: format!("{}: {}", found.title(), found.source),
        confidence: found.confidence,
        notes,
    })
}

/// CO2 of a kilowatt-hour of bought electricity: the grid average of the region and year, or of the nearest year.
pub(super) fn grid(region: Option<&str>, year: i32) -> Result<Made> {
    let latest = carbon::grid_factor(region.unwrap_or("China"), None)?;
    let same_region =
        |f: &&carbon::Factor| f.kind == FactorKind::GridAverage && f.level == latest.level && f.region == latest.region;
    let distance = |f: &carbon::Factor| f.year.map_or(u32::MAX, |of| of.abs_diff(year));
    // Of two years equally near the earlier one.
    let found = carbon::factors().iter().filter(same_region).min_by_key(|f| (distance(f), f.year)).unwrap_or(latest);
    let mut notes = Vec::new();
    if found.year != Some(year) {
        let of = found.year.unwrap_or_default();
        notes.push(format!(
            "the grid average of {} in {of} is used for {year}: there is none of that year",
            found.region
        ));
    }
    if region.is_none() {
        notes.push("no region was given, so electricity has the grid average of all China".into());
    }
    Ok(Made {
        value: found.value,
        unit: found.unit.clone(),
        source: format!("{}: {}", found.title(), found.source),
        confidence: found.confidence,
        notes,
    })
}
