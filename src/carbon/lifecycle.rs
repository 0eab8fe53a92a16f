//! What a plant costs in carbon and energy before it gives any, and when it has paid that back.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::factors::{Confidence, Factor};
use crate::error::{Error, Result, check_range};

/// CO2 equivalents of making a part, as a study found them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmbodiedFigure {
    /// The part.
    pub part: String,
    /// Where it is made.
    pub made_in: String,
    /// Year of the study.
    pub year: i32,
    /// The figure, in `unit`.
    pub value: f64,
    /// `kg CO2e/kWp` of modules, or `kg CO2e/kWh` of a store.
    pub unit: String,
    /// Who says so.
    pub source: String,
    /// Under which terms its source gives it.
    pub licence: String,
    /// How far the figure can be trusted to be its source's.
    pub confidence: Confidence,
    /// What else must be known; may be empty.
    pub note: String,
}

static EMBODIED: LazyLock<Vec<EmbodiedFigure>> = LazyLock::new(|| {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("embodied.csv").as_bytes());
    // The table is part of the crate; a test counts its rows, so that none can be lost here.
    reader.deserialize().filter_map(std::result::Result::ok).collect()
});

/// Embodied carbon of modules, batteries and a whole system, of published studies. Inverters and mounts are not in it:
/// they must be given.
pub fn embodied_figures() -> &'static [EmbodiedFigure] {
    &EMBODIED
}

/// Something that a plant is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it is.
    pub name: String,
    /// How much of it, in the unit that `kg_co2e_per_unit` counts by: kWp of modules, kW of inverters, kWh of a store.
    pub amount: f64,
    /// Carbon of making one unit, transport and end of life where the source counts them, kg of CO2 equivalents.
    pub kg_co2e_per_unit: f64,
    /// Primary energy of making one unit (cumulative energy demand), MJ, where known.
    #[serde(default)]
    pub primary_mj_per_unit: Option<f64>,
    /// Years after which it is replaced; without it, it lasts as long as the plant.
    #[serde(default)]
    pub lasts_years: Option<f64>,
    /// Who says so.
    pub source: String,
    /// How far the figure can be trusted to be its source's.
    #[serde(default = "given")]
    pub confidence: Confidence,
}

fn given() -> Confidence {
    Confidence::Given
}

impl Part {
    /// A part by a published figure, `amount` in its unit.
    ///
    /// ```
    /// use rooftop_pv::carbon::{Part, embodied_figures};
    /// let modules = Part::of(&embodied_figures()[0], 51_000.0);
    /// assert_eq!((modules.kg_co2e_per_unit, modules.lasts_years), (810.0, None));
    /// ```
    pub fn of(figure: &EmbodiedFigure, amount: f64) -> Self {
        Self {
            name: format!("{}, made in {}", figure.part, figure.made_in),
            amount,
            kg_co2e_per_unit: figure.value,
            primary_mj_per_unit: None,
            lasts_years: None,
            source: figure.source.clone(),
            confidence: figure.confidence,
        }
    }

    /// How often it is bought in so many years: once, and again each time that it wears out before the end.
    fn times(&self, years: f64) -> f64 {
        // A part that wears out on the last day is not bought again.
        self.lasts_years.map_or(1.0, |lasts| (years / lasts - 1e-9).ceil().max(1.0))
    }
}

/// The carbon of one part over the plant's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartCarbon {
    /// The part.
    pub part: Part,
    /// How often it is bought.
    pub times: f64,
    /// Carbon of all of them, t of CO2 equivalents.
    pub co2e_t: f64,
}

/// A plant's carbon over its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// Part by part.
    pub parts: Vec<PartCarbon>,
    /// Carbon of all parts and their replacements, t of CO2 equivalents.
    pub embodied_t: f64,
    /// Energy of all years, kWh.
    pub ac_kwh: f64,
    /// Carbon of a kilowatt-hour over the life, g of CO2 equivalents.
    pub g_co2e_per_kwh: f64,
    /// Years until the CO2 avoided makes up for all parts and their replacements; none where it never does.
    pub carbon_payback_years: Option<f64>,
    /// CO2 avoided over the life less the carbon of the parts, t.
    pub net_t: f64,
    /// The factor that the avoided CO2 is counted with; held for all years.
    pub factor: Factor,
}

/// The carbon of a plant over its life, from its parts and the energy of each year, kWh
/// ([`Year::lifetime_kwh`](crate::simulate::Year::lifetime_kwh)).
///
/// g = Σ mₚ nₚ / Σ Eₖ. All parts and replacements count from the first day, which makes the payback longer than
/// counting replacements when they come. Within a year the energy comes evenly.
///
/// # Errors
/// [`Error::OutOfRange`] for an amount, a figure or an energy that is negative or no number, a part that lasts less
/// than a tenth of a year, no parts, or no energy at all.
pub fn lifecycle(parts: &[Part], lifetime_kwh: &[f64], factor: &Factor) -> Result<Lifecycle> {
    let ac_kwh = check_energy(lifetime_kwh)?;
    let years = lifetime_kwh.len() as f64;
    check_parts(parts)?;
    let parts: Vec<PartCarbon> = parts
        .iter()
        .map(|part| {
            let times = part.times(years);
            PartCarbon { times, co2e_t: part.amount * part.kg_co2e_per_unit * times / 1000.0, part: part.clone() }
        })
        .collect();
    let embodied_t: f64 = parts.iter().map(|part| part.co2e_t).sum();
    Ok(Lifecycle {
        embodied_t,
        ac_kwh,
        g_co2e_per_kwh: embodied_t * 1e6 / ac_kwh,
        carbon_payback_years: payback_years(embodied_t * 1000.0, lifetime_kwh, factor.value),
        net_t: ac_kwh * factor.value / 1000.0 - embodied_t,
        factor: factor.clone(),
        parts,
    })
}

/// Primary energy of a plant and when it is paid back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnergyPayback {
    /// Primary energy of all parts and their replacements, MJ.
    pub primary_mj: f64,
    /// Energy payback time, years; none where the plant never pays it back.
    pub payback_years: Option<f64>,
    /// Primary energy that the plant replaces over the one that it took.
    pub returned_on_invested: f64,
    /// Electricity from a unit of primary energy in the grid.
    pub grid_efficiency: f64,
    /// Who says so.
    pub grid_source: String,
}

/// When a plant has given back the primary energy that it took: EPBT = Eₚ/(E/η), year by year, with η the electricity
/// that the grid makes of a unit of primary energy, 0.1 to 1 (IEA PVPS Task 12, methodology guidelines, T12-08:2016;
/// the formula from memory).
///
/// # Errors
/// [`Error::OutOfRange`] as in [`lifecycle`], for η, and for a part without primary energy: it must be given.
pub fn energy_payback(
    parts: &[Part],
    lifetime_kwh: &[f64],
    grid_efficiency: f64,
    grid_source: &str,
) -> Result<EnergyPayback> {
    let ac_kwh = check_energy(lifetime_kwh)?;
    check_range("grid_efficiency", grid_efficiency, 0.1, 1.0, "of primary energy")?;
    check_parts(parts)?;
    let years = lifetime_kwh.len() as f64;
    let mut primary_mj = 0.0;
    for part in parts {
        let name = format!("primary_mj_per_unit of {}", part.name);
        let Some(per_unit) = part.primary_mj_per_unit else {
            let allowed = String::from("the primary energy of every part must be given; no default is known");
            return Err(Error::OutOfRange { name, value: f64::NAN, allowed });
        };
        check_range(&name, per_unit, 0.0, f64::MAX, "MJ")?;
        primary_mj += part.amount * per_unit * part.times(years);
    }
    // 3.6 MJ are a kilowatt-hour.
    let primary_mj_per_kwh = 3.6 / grid_efficiency;
    Ok(EnergyPayback {
        primary_mj,
        payback_years: payback_years(primary_mj, lifetime_kwh, primary_mj_per_kwh),
        returned_on_invested: ac_kwh * primary_mj_per_kwh / primary_mj,
        grid_efficiency,
        grid_source: grid_source.to_owned(),
    })
}

/// Years until the energy of the years, at so much a kilowatt-hour, has made up for a debt.
fn payback_years(debt: f64, lifetime_kwh: &[f64], per_kwh: f64) -> Option<f64> {
    let mut left = debt;
    for (k, kwh) in lifetime_kwh.iter().enumerate() {
        let paid = kwh * per_kwh;
        if paid >= left {
            return Some(k as f64 + if left > 0.0 { left / paid } else { 0.0 });
        }
        left -= paid;
    }
    None
}

fn check_energy(lifetime_kwh: &[f64]) -> Result<f64> {
    for (k, &kwh) in lifetime_kwh.iter().enumerate() {
        check_range(&format!("lifetime_kwh[{k}]"), kwh, 0.0, f64::MAX, "kWh")?;
    }
    let sum: f64 = lifetime_kwh.iter().sum();
    check_range("energy of all years", sum, f64::MIN_POSITIVE, f64::MAX, "kWh")?;
    Ok(sum)
}

fn check_parts(parts: &[Part]) -> Result<()> {
    if parts.is_empty() {
        let allowed = String::from("at least one part: a plant is made of something");
        return Err(Error::OutOfRange { name: String::from("number of parts"), value: 0.0, allowed });
    }
    for part in parts {
        check_range(&format!("amount of {}", part.name), part.amount, 0.0, f64::MAX, "")?;
        check_range(&format!("kg_co2e_per_unit of {}", part.name), part.kg_co2e_per_unit, 0.0, 1e6, "kg CO2e")?;
        if let Some(lasts) = part.lasts_years {
            check_range(&format!("lasts_years of {}", part.name), lasts, 0.1, 1000.0, "years")?;
        }
    }
    Ok(())
}

impl fmt::Display for Lifecycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for PartCarbon { part, times, co2e_t } in &self.parts {
            let (name, per_unit, source) = (&part.name, part.kg_co2e_per_unit, &part.source);
            let (amount, remark) = (part.amount, part.confidence.remark());
            writeln!(f, "{co2e_t:.0} t CO2e of {name}: {amount} x {per_unit} kg x {times} ({source}; {remark})")?;
        }
        write!(f, "{:.1} g CO2e/kWh over the life, ", self.g_co2e_per_kwh)?;
        match self.carbon_payback_years {
            Some(years) => write!(f, "paid back after {years:.1} years")?,
            None => write!(f, "never paid back")?,
        }
        write!(f, " at {}", self.factor)
    }
}

impl fmt::Display for EnergyPayback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mj, back, grid) = (self.primary_mj, self.returned_on_invested, self.grid_efficiency);
        let years = self.payback_years.map_or_else(|| String::from("never"), |years| format!("after {years:.2} years"));
        write!(
            f,
            "{mj:.0} MJ of primary energy, returned {years}, {back:.1} times over the life, in a grid that makes {grid} of it power ({})",
            self.grid_source
        )
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    fn part(name: &str, amount: f64, kg: f64, mj: f64, lasts_years: Option<f64>) -> Part {
        Part {
            name: name.into(),
            amount,
            kg_co2e_per_unit: kg,
            primary_mj_per_unit: Some(mj),
            lasts_years,
            source: "test".into(),
            confidence: Confidence::Given,
        }
    }

    fn factor(value: f64) -> Factor {
        Factor::custom(value, "test").unwrap()
    }

    #[test]
    fn the_table_is_whole() {
        let rows = include_str!("embodied.csv").lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(embodied_figures().len(), rows);
        let of = |part: &str, made_in: &str| {
            embodied_figures().iter().find(|f| f.part == part && f.made_in == made_in).unwrap().value
        };
        assert_eq!(of("module, glass and foil", "China"), 810.0);
        assert_eq!(of("module, glass and glass", "China"), 750.0);
        assert_eq!(of("module, glass and foil", "EU"), 480.0);
        assert_eq!(of("module, glass and glass", "EU"), 420.0);
    }

    #[test]
    fn closed_form() {
        // 100 kWp x 810 kg and 80 kW of inverters x 50 kg, bought twice in 25 years: 81 t + 8 t. 110 000 kWh a year,
        // 0.5 % less each year: 110 000 (1 - 0.995^25)/0.005.
        let parts = [part("modules", 100.0, 810.0, 0.0, None), part("inverters", 80.0, 50.0, 0.0, Some(15.0))];
        let kwh: Vec<f64> = (0..25).map(|k| 110e3 * 0.995_f64.powi(k)).collect();
        let life = lifecycle(&parts, &kwh, &factor(0.6)).unwrap();
        let sum = 110e3 * (1.0 - 0.995_f64.powi(25)) / 0.005;
        assert_relative_eq!(life.embodied_t, 89.0, max_relative = 1e-12);
        assert_relative_eq!(life.g_co2e_per_kwh, 89e6 / sum, max_relative = 1e-12);
        assert_relative_eq!(life.net_t, 0.6 * sum / 1000.0 - 89.0, max_relative = 1e-12);
        // 66 t in the first year, so 23 t are left for the second, which avoids 65.67 t.
        assert_relative_eq!(life.carbon_payback_years.unwrap(), 1.0 + 23.0 / (66.0 * 0.995), max_relative = 1e-12);
        let text = life.to_string();
        assert!(text.starts_with("81 t CO2e of modules: 100 x 810 kg x 1 (test; given by the user)\n"), "{text}");
        assert!(text.contains("paid back after 1.4 years at 0.6 kg CO2/kWh (own factor"), "{text}");
        assert_eq!(lifecycle(&parts, &kwh, &factor(0.01)).unwrap().carbon_payback_years, None);
    }

    #[test]
    fn what_wears_out_on_the_last_day_is_not_bought_again() {
        for (lasts, years, times) in [
            (15.0, 30.0, 2.0),
            (15.0, 25.0, 2.0),
            (12.0, 25.0, 3.0),
            (12.0, 24.0, 2.0),
            (30.0, 25.0, 1.0),
            (0.1, 0.3, 3.0),
        ] {
            assert_eq!(part("x", 1.0, 1.0, 0.0, Some(lasts)).times(years), times, "{lasts} {years}");
        }
    }

    #[test]
    fn the_fact_sheet_of_iea_pvps_task_12() {
        // 3 kWp on a flat roof in Europe, 975 kWh/kWp, 30 years, 0.7 % of the first year's less each year, counted at
        // the middle of the years: 78 536 kWh and 42.5 g CO2e/kWh, as quoted by M. Steenmeijer (RIVM), PV web tool.
        let kwh: Vec<f64> = (0..30).map(|k| 3.0 * 975.0 * (1.0 - 0.007 * (f64::from(k) + 0.5))).collect();
        let system = embodied_figures().iter().find(|f| f.part.starts_with("whole system")).unwrap();
        let life = lifecycle(&[Part::of(system, 3.0)], &kwh, &factor(0.6)).unwrap();
        assert_relative_eq!(life.ac_kwh, 78_536.0, max_relative = 1e-5);
        assert_relative_eq!(life.g_co2e_per_kwh, 42.5, max_relative = 1e-4);
    }

    #[test]
    fn energy_payback_by_hand() {
        // 20 GJ/kWp, 1100 kWh/kWp a year: in a grid of 36 % each kWh replaces 10 MJ, so 11 GJ a year.
        let parts = [part("system", 100.0, 1000.0, 20_000.0, None)];
        let got = energy_payback(&parts, &[110e3; 25], 0.36, "test").unwrap();
        assert_relative_eq!(got.payback_years.unwrap(), 20.0 / 11.0, max_relative = 1e-12);
        assert_relative_eq!(got.returned_on_invested, 25.0 * 11.0 / 20.0, max_relative = 1e-12);
        assert!(got.to_string().contains("returned after 1.82 years, 13.8 times"), "{got}");
        let unknown = [Part { primary_mj_per_unit: None, ..parts[0].clone() }];
        let error = energy_payback(&unknown, &[110e3; 25], 0.36, "test").unwrap_err().to_string();
        assert!(error.contains("the primary energy of every part must be given"), "{error}");
        assert!(energy_payback(&parts, &[110e3; 25], 36.0, "test").is_err());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let good = part("modules", 1.0, 810.0, 0.0, None);
        let of = |part: Part, kwh: &[f64]| lifecycle(&[part], kwh, &factor(0.6));
        assert!(of(good.clone(), &[]).is_err());
        assert!(of(good.clone(), &[0.0]).is_err());
        assert!(of(good.clone(), &[f64::NAN]).is_err());
        assert!(of(Part { amount: -1.0, ..good.clone() }, &[1.0]).is_err());
        assert!(of(Part { kg_co2e_per_unit: f64::INFINITY, ..good.clone() }, &[1.0]).is_err());
        assert!(of(Part { lasts_years: Some(0.0), ..good }, &[1.0]).is_err());
        assert!(lifecycle(&[], &[1.0], &factor(0.6)).is_err());
    }
}
