//! Kilowatt-hours as CO2, under one factor or under all that can be meant.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::coal::{CO2_OF_COAL, CoalSaved, THERMAL_TARGET, coal_saved};
use super::factors::{Confidence, Factor, FactorKind, Level, factors, national, note};
use super::regions::{grid_of_2019, plain};
use super::table::{grid_factor, resolve};
use crate::error::Result;
use crate::plant::CarbonChoice;

/// Weight of the operating margin for sun and wind; the rest is the build margin's (CDM, tool to
/// calculate the emission factor for an electricity system, as quoted in public).
pub(super) const OPERATING_MARGIN_WEIGHT: f64 = 0.75;

/// The CO2 that some energy avoids under one factor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Avoided {
    /// Kind, region and year of the factor, in words.
    pub convention: String,
    /// CO2, t; CO2 equivalents where the factor's unit says so.
    pub co2_t: f64,
    /// The factor, with unit, scope, source and confidence.
    pub factor: Factor,
}

/// The CO2 that `ac_kwh` avoid under a factor.
///
/// Linear in `ac_kwh`, kWh; what is not finite comes out as not finite.
///
/// ```
/// use rooftop_pv::carbon::{avoided, Factor};
/// let stated = avoided(60e6, &Factor::custom(0.8, "the park's brochure")?);
/// assert!((stated.co2_t - 48_000.0).abs() < 1e-6);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
pub fn avoided(ac_kwh: f64, factor: &Factor) -> Avoided {
    Avoided { convention: factor.title(), co2_t: ac_kwh * factor.value / 1000.0, factor: factor.clone() }
}

impl fmt::Display for Avoided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gas = if self.factor.unit.contains("CO2e") { "CO2e" } else { "CO2" };
        write!(f, "{:.0} t {gas} at {}", self.co2_t, self.factor)
    }
}

/// The CO2 that `ac_kwh` avoid: first under the plant's own choice, then under the others that a
/// published figure can mean, so that none is compared with the wrong one.
///
/// In order: the chosen factor; the region's grid average, where the chosen one is the user's; the
/// national average of the same year; fossil power of the latest year; thermal power; the coal of
/// thermal power supply; the rule of thumb; the combined margin of the region's grid, where known.
///
/// # Errors
/// Those of [`resolve`].
pub fn co2_avoided(ac_kwh: f64, choice: &CarbonChoice) -> Result<Vec<Avoided>> {
    let chosen = resolve(choice)?;
    let mut list = vec![chosen.clone()];
    let mut region = chosen.region.clone();
    if chosen.kind == FactorKind::Custom && choice.region.is_some() {
        let average = resolve(&CarbonChoice { factor_kg_per_kwh: None, ..choice.clone() })?;
        region.clone_from(&average.region);
        list.push(average);
    }
    let national_average = grid_factor("China", list.last().and_then(|factor| factor.year)).ok();
    let others = [
        national_average.or_else(|| national(FactorKind::GridAverage, Confidence::Memory)).cloned(),
        national(FactorKind::Fossil, Confidence::Announced).cloned(),
        national(FactorKind::Thermal, Confidence::Seen).cloned(),
        Some(thermal_coal_factor()),
        national(FactorKind::Convention, Confidence::Seen).cloned(),
        combined_margin(&region),
    ];
    for factor in others.into_iter().flatten() {
        let known =
            |other: &Factor| (other.kind, &other.region, other.year) == (factor.kind, &factor.region, factor.year);
        if !list.iter().any(known) {
            list.push(factor);
        }
    }
    Ok(list.iter().map(|factor| avoided(ac_kwh, factor)).collect())
}

/// The combined margin of 2019 for a province or regional grid, 0.75 of the operating and 0.25 of the
/// build margin; none where the margins are not known (Northeast, Northwest, the nation).
///
/// Of another country it is the default of the international financial institutions, which weight the margins themselves.
///
/// The margins know the older six grids: Chongqing, Sichuan and today's Southwest get those of
/// Central, Inner Mongolia those of North, and the note says so.
pub fn combined_margin(region: &str) -> Option<Factor> {
    let is_it = |f: &&Factor| plain(&f.region) == plain(region) || plain(&f.region_zh) == plain(region);
    let region = factors().iter().find(is_it).map_or(region, |factor| factor.region.as_str());
    let Some((grid, remark)) = grid_of_2019(region) else {
        let wanted = plain(region);
        let of_country = |f: &&Factor| f.kind == FactorKind::CombinedMargin && f.level == Level::Country;
        let named = |f: &&Factor| plain(&f.region) == wanted || plain(&f.region_zh) == wanted;
        return factors().iter().filter(of_country).find(named).cloned();
    };
    let margin = |kind| factors().iter().find(|f| f.kind == kind && f.level == Level::Grid && f.region == grid);
    let (operating, build) = (margin(FactorKind::OperatingMargin)?, margin(FactorKind::BuildMargin)?);
    let mut factor = Factor {
        kind: FactorKind::CombinedMargin,
        scope: format!(
            "{OPERATING_MARGIN_WEIGHT} of the operating margin {} and {} of the build margin {}",
            operating.value,
            1.0 - OPERATING_MARGIN_WEIGHT,
            build.value
        ),
        value: OPERATING_MARGIN_WEIGHT * operating.value + (1.0 - OPERATING_MARGIN_WEIGHT) * build.value,
        source: format!("{}; weights of the CDM for sun and wind", operating.source),
        confidence: operating.confidence.max(build.confidence),
        ..operating.clone()
    };
    note(&mut factor, remark);
    Some(factor)
}

/// The CO2 of the coal that thermal power supply is to burn for a kilowatt-hour: 0.300 kgce x 2.66.
pub fn thermal_coal_factor() -> Factor {
    let (coal, co2) = (THERMAL_TARGET, CO2_OF_COAL[0]);
    Factor {
        kind: FactorKind::ThermalCoal,
        level: Level::Nation,
        region: coal.region.to_owned(),
        region_zh: String::from("全国"),
        year: coal.year,
        scope: format!("{:.3} kgce/kWh of {} x {} kg CO2/kgce", coal.kgce_per_kwh, coal.name, co2.kg_per_kgce),
        value: coal.kgce_per_kwh * co2.kg_per_kgce,
        unit: String::from("kg CO2/kWh"),
        source: format!("{}; {}", coal.source, co2.source),
        licence: String::from("single figures quoted in public"),
        confidence: coal.confidence.max(co2.confidence),
        note: String::new(),
    }
}

/// What some energy saves, under every convention, ready for JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Saved {
    /// The energy, kWh.
    pub ac_kwh: f64,
    /// Coal, by convention.
    pub coal: Vec<CoalSaved>,
    /// CO2, by factor; the plant's own choice first.
    pub co2: Vec<Avoided>,
}

/// What `ac_kwh` save in coal and CO2 under every convention; see [`coal_saved`] and [`co2_avoided`].
///
/// # Errors
/// Those of [`resolve`].
pub fn saved(ac_kwh: f64, choice: &CarbonChoice) -> Result<Saved> {
    Ok(Saved { ac_kwh, coal: coal_saved(ac_kwh), co2: co2_avoided(ac_kwh, choice)? })
}

impl fmt::Display for Saved {
    /// A line for every answer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.coal.iter().try_for_each(|coal| writeln!(f, "{coal}"))?;
        self.co2.iter().try_for_each(|co2| writeln!(f, "{co2}"))
    }
}
