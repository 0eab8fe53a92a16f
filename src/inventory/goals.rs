//! Goals: how far they are, what sun and storage take off, what still fits under them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::carbon::Factor;
use crate::error::{Error, Result, check_range};
use crate::words::grouped;

/// A goal for the CO2 of a year, on a straight line from a base year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The year that is compared with.
    pub base_year: i32,
    /// Its CO2, t.
    pub base_co2_t: f64,
    /// The year of the goal.
    pub year: i32,
    /// CO2 allowed in that year, t.
    pub co2_t: f64,
}

/// Where a year stands against a goal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Distance {
    /// CO2 that the straight line allows in the year, t.
    pub allowed_t: f64,
    /// CO2 of the year, t.
    pub actual_t: f64,
    /// What is left; below zero what is too much, t.
    pub left_t: f64,
    /// What must be saved each year, from this one on, to be there in time, t; zero after the goal's year.
    pub needed_per_year_t: f64,
}

impl Target {
    /// A goal of so much less than the base year, as a fraction, 0 to 1.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for another fraction.
    pub fn relative(base_year: i32, base_co2_t: f64, year: i32, reduction: f64) -> Result<Self> {
        check_range("reduction", reduction, 0.0, 1.0, "of the base year")?;
        Ok(Self { base_year, base_co2_t, year, co2_t: base_co2_t * (1.0 - reduction) })
    }

    /// Where a year stands.
    ///
    /// ```
    /// use rooftop_pv::inventory::Target;
    /// let goal = Target::relative(2020, 1000.0, 2030, 0.3)?;
    /// let now = goal.distance(2025, 900.0)?;
    /// assert!((now.allowed_t - 850.0).abs() < 1e-9 && (now.left_t + 50.0).abs() < 1e-9);
    /// assert!((now.needed_per_year_t - 40.0).abs() < 1e-9);
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a goal before its base year or tonnes that cannot be.
    pub fn distance(&self, year: i32, actual_t: f64) -> Result<Distance> {
        for (name, t) in [("base_co2_t", self.base_co2_t), ("co2_t", self.co2_t), ("actual_t", actual_t)] {
            check_range(name, t, 0.0, 1e12, "t")?;
        }
        if self.year <= self.base_year {
            return Err(Error::OutOfRange {
                name: "year of the goal".into(),
                value: f64::from(self.year),
                allowed: format!("after the base year {}", self.base_year),
            });
        }
        let since = |year: i32| f64::from(year) - f64::from(self.base_year);
        let part = (since(year) / since(self.year)).clamp(0.0, 1.0);
        let allowed_t = self.base_co2_t + part * (self.co2_t - self.base_co2_t);
        let years_left = (since(self.year) - since(year)).max(0.0);
        let needed = if years_left > 0.0 { ((actual_t - self.co2_t) / years_left).max(0.0) } else { 0.0 };
        Ok(Distance { allowed_t, actual_t, left_t: allowed_t - actual_t, needed_per_year_t: needed })
    }
}

/// Sun and storage of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Relief {
    /// Energy of the roofs used on site, directly or after storage, kWh; measured before the storage.
    pub on_site_kwh: f64,
    /// Energy of the roofs fed into the grid, kWh.
    pub exported_kwh: f64,
    /// Part of the energy used on site that goes through storage, kWh.
    pub stored_kwh: f64,
    /// What storage gives back of what it takes, 0 to 1; needed where something is stored.
    pub storage_efficiency: Option<f64>,
}

/// What sun and storage take off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relieved {
    /// Electricity that need not be bought, kWh.
    pub bought_less_kwh: f64,
    /// Standard coal of it at the rate given, t.
    pub tce: f64,
    /// CO2 of it, t: off the park's own books.
    pub co2_t: f64,
    /// CO2 that the exported energy avoids elsewhere, t: on nobody's books here.
    pub exported_co2_t: f64,
    /// The factor.
    pub factor: Factor,
}

impl Relief {
    /// What is taken off books that count electricity with `kgce_per_kwh` and `factor`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for what cannot be: more stored than used, more than all.
    pub fn of(&self, kgce_per_kwh: f64, factor: &Factor) -> Result<Relieved> {
        check_range("on_site_kwh", self.on_site_kwh, 0.0, 1e15, "kWh")?;
        check_range("exported_kwh", self.exported_kwh, 0.0, 1e15, "kWh")?;
        check_range("stored_kwh", self.stored_kwh, 0.0, self.on_site_kwh, "kWh, no more than is used on site")?;
        // What is not stored needs no efficiency; what is stored without one is refused by its NaN.
        let efficiency = self.storage_efficiency.unwrap_or(if self.stored_kwh > 0.0 { f64::NAN } else { 1.0 });
        check_range("storage_efficiency", efficiency, 0.0, 1.0, "")?;
        check_range("kgce_per_kwh", kgce_per_kwh, 0.0, 1.0, "kgce/kWh")?;
        let bought_less_kwh = self.on_site_kwh - self.stored_kwh * (1.0 - efficiency);
        Ok(Relieved {
            bought_less_kwh,
            tce: bought_less_kwh * kgce_per_kwh / 1000.0,
            co2_t: bought_less_kwh * factor.value / 1000.0,
            exported_co2_t: self.exported_kwh * factor.value / 1000.0,
            factor: factor.clone(),
        })
    }
}

/// A project that wants to move in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// What it is called.
    pub name: String,
    /// CO2 of its fuels and processes a year, t.
    pub direct_co2_t: f64,
    /// Electricity that it uses a year, kWh.
    pub electricity_kwh: f64,
    /// Roof that it can give to modules, m2.
    pub roof_m2: f64,
}

/// Whether a project fits under what is left.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Assessment {
    /// It fits; tonnes that are still left then.
    Fits {
        /// CO2 of the project, t.
        co2_t: f64,
        /// Left after it, t.
        left_t: f64,
    },
    /// It fits only with so much sun on its own roof.
    FitsWithSun {
        /// CO2 of the project, t.
        co2_t: f64,
        /// Modules that it needs, kW.
        capacity_kw: f64,
        /// Modules that its roof holds, kW.
        roof_holds_kw: f64,
    },
    /// It does not fit, even with all its roof under modules.
    DoesNotFit {
        /// CO2 of the project with all its roof under modules, t.
        co2_t: f64,
        /// What is missing even so, t.
        missing_t: f64,
    },
}

/// Assesses a project against the tonnes that are left.
///
/// Sun on its roof counts up to the electricity that it uses: `yield_kwh_per_kw` a year at `w_per_m2`.
///
/// # Errors
/// [`Error::OutOfRange`] for what cannot be.
pub fn assess(
    project: &Project,
    left_t: f64,
    factor: &Factor,
    yield_kwh_per_kw: f64,
    w_per_m2: f64,
) -> Result<Assessment> {
    check_range("direct_co2_t", project.direct_co2_t, 0.0, 1e12, "t")?;
    check_range("electricity_kwh", project.electricity_kwh, 0.0, 1e15, "kWh")?;
    check_range("roof_m2", project.roof_m2, 0.0, 1e9, "m2")?;
    check_range("left_t", left_t, -1e12, 1e12, "t")?;
    check_range("yield_kwh_per_kw", yield_kwh_per_kw, 100.0, 3000.0, "kWh/kW")?;
    check_range("w_per_m2", w_per_m2, 10.0, crate::plant::MAX_W_PER_M2, "W/m2")?;
    let co2_t = project.direct_co2_t + project.electricity_kwh * factor.value / 1000.0;
    if co2_t <= left_t {
        return Ok(Assessment::Fits { co2_t, left_t: left_t - co2_t });
    }
    let roof_holds_kw = project.roof_m2 * w_per_m2 / 1000.0;
    let t_per_kw = yield_kwh_per_kw * factor.value / 1000.0;
    let useful_kw = roof_holds_kw.min(project.electricity_kwh / yield_kwh_per_kw);
    let capacity_kw = (co2_t - left_t) / t_per_kw;
    if capacity_kw <= useful_kw {
        return Ok(Assessment::FitsWithSun { co2_t, capacity_kw, roof_holds_kw });
    }
    let with_all = co2_t - useful_kw * t_per_kw;
    Ok(Assessment::DoesNotFit { co2_t: with_all, missing_t: with_all - left_t })
}

impl fmt::Display for Assessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fits { co2_t, left_t } => {
                write!(f, "fits: {} t CO2 a year, {} t are left then", grouped(*co2_t, 0), grouped(*left_t, 0))
            }
            Self::FitsWithSun { co2_t, capacity_kw, roof_holds_kw } => write!(
                f,
                "fits only with {} kW of modules on its own roof (it holds {} kW): {} t CO2 a year without them",
                grouped(capacity_kw.ceil(), 0),
                grouped(*roof_holds_kw, 0),
                grouped(*co2_t, 0)
            ),
            Self::DoesNotFit { co2_t, missing_t } => write!(
                f,
                "does not fit: {} t CO2 a year with all the sun that it can use, {} t too much",
                grouped(*co2_t, 0),
                grouped(*missing_t, 0)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Factor {
        Factor::custom(0.5, "me").unwrap()
    }

    #[test]
    fn sun_and_storage_by_hand() {
        let relief =
            Relief { on_site_kwh: 1000.0, exported_kwh: 500.0, stored_kwh: 200.0, storage_efficiency: Some(0.85) };
        let off = relief.of(0.1229, &own()).unwrap();
        approx::assert_relative_eq!(off.bought_less_kwh, 970.0);
        approx::assert_relative_eq!(off.co2_t, 0.485);
        approx::assert_relative_eq!(off.exported_co2_t, 0.25);
        approx::assert_relative_eq!(off.tce, 0.119213);
        assert!(Relief { stored_kwh: 2000.0, ..relief }.of(0.1229, &own()).is_err());
        assert!(Relief { storage_efficiency: None, ..relief }.of(0.1229, &own()).is_err());
        assert!(Relief { on_site_kwh: f64::NAN, ..relief }.of(0.1229, &own()).is_err());
    }

    #[test]
    fn projects_by_hand() {
        // 100 t of fuel and 1 GWh: 600 t. A kilowatt of modules takes off 0.5 t.
        let project = Project { name: "X".into(), direct_co2_t: 100.0, electricity_kwh: 1e6, roof_m2: 5000.0 };
        let of = |left_t: f64| assess(&project, left_t, &own(), 1000.0, 150.0).unwrap();
        assert_eq!(of(700.0), Assessment::Fits { co2_t: 600.0, left_t: 100.0 });
        assert_eq!(of(400.0), Assessment::FitsWithSun { co2_t: 600.0, capacity_kw: 400.0, roof_holds_kw: 750.0 });
        // All 750 kW take off 375 t: 225 are left of it.
        assert_eq!(of(200.0), Assessment::DoesNotFit { co2_t: 225.0, missing_t: 25.0 });
        // Sun beyond one's own use takes nothing off.
        let small = Project { electricity_kwh: 1e5, ..project.clone() };
        let found = assess(&small, 99.0, &own(), 1000.0, 150.0).unwrap();
        assert_eq!(found, Assessment::DoesNotFit { co2_t: 100.0, missing_t: 1.0 });
        assert!(assess(&project, f64::NAN, &own(), 1000.0, 150.0).is_err());
    }

    #[test]
    fn goals_go_straight() {
        let goal = Target { base_year: 2020, base_co2_t: 100.0, year: 2025, co2_t: 50.0 };
        assert_eq!(goal.distance(2019, 120.0).unwrap().allowed_t, 100.0);
        assert_eq!(goal.distance(2030, 40.0).unwrap().left_t, 10.0);
        assert!(Target { year: 2020, ..goal }.distance(2020, 1.0).is_err());
    }
}
