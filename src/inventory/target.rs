//! A target on energy or CO2, the straight way there, and whether a new project fits under it.

use std::fmt;

use serde::Serialize;

use crate::error::{Error, Result, check_range};

/// What a target limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// CO2, t.
    #[default]
    Co2,
    /// Energy, t of standard coal.
    Energy,
}

impl Measure {
    /// As `t CO2`.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Co2 => "t CO2",
            Self::Energy => "tce",
        }
    }
}

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// So much a year, t.
    Absolute(f64),
    /// So much less than in the base year, as a fraction.
    Reduction(f64),
}

/// A target with a base year and a straight line from there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Target {
    /// What it limits.
    pub measure: Measure,
    /// Where the line begins.
    pub base_year: i32,
    /// The base year's figure, t.
    pub base: f64,
    /// Where the line ends.
    pub year: i32,
    /// What is to be reached by then.
    pub goal: Goal,
}

/// Where a year stands beside the line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Distance {
    /// The year.
    pub year: i32,
    /// What the line allows, t.
    pub allowed: f64,
    /// What there was, t.
    pub actual: f64,
    /// What is left, t: negative where the line is exceeded.
    pub left: f64,
    /// What has to go each year from here to reach the goal, t; none in the goal's year and later.
    pub to_go_a_year: Option<f64>,
}

impl Target {
    /// A target.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a base that is not positive, a reduction outside of 0 to 1, a goal that is negative,
    /// or a year that is not after the base year.
    pub fn new(measure: Measure, base_year: i32, base: f64, year: i32, goal: Goal) -> Result<Self> {
        check_range("base of the target", base, f64::MIN_POSITIVE, 1e15, measure.unit())?;
        match goal {
            Goal::Absolute(value) => check_range("absolute goal", value, 0.0, 1e15, measure.unit())?,
            Goal::Reduction(value) => check_range("reduction", value, 0.0, 1.0, "as a fraction")?,
        }
        if year <= base_year || year.saturating_sub(base_year) > 200 {
            return Err(Error::OutOfRange {
                name: "target year".into(),
                value: f64::from(year),
                allowed: format!("after the base year {base_year}, by 200 years at most"),
            });
        }
        Ok(Self { measure, base_year, base, year, goal })
    }

    /// What is to be reached in the end, t.
    pub fn end(&self) -> f64 {
        match self.goal {
            Goal::Absolute(value) => value,
            Goal::Reduction(share) => self.base * (1.0 - share),
        }
    }

    /// What the line allows in a year, t: the base before it, the goal after it.
    pub fn allowed(&self, year: i32) -> f64 {
        // B + (G − B) (t − t₀) / (t₁ − t₀)
        let (start, end) = (f64::from(self.base_year), f64::from(self.year));
        let share = (f64::from(year) - start) / (end - start);
        let share = share.clamp(0.0, 1.0);
        self.base * (1.0 - share) + self.end() * share
    }

    /// How a year's figure stands to the line.
    pub fn distance(&self, year: i32, actual: f64) -> Distance {
        let allowed = self.allowed(year);
        let to_go_a_year = (year < self.year).then(|| (actual - self.end()) / (f64::from(self.year) - f64::from(year)));
        Distance { year, allowed, actual, left: allowed - actual, to_go_a_year }
    }
}

/// A new project, as it would stand in the ledger in a full year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Project {
    /// What it is called.
    pub name: String,
    /// What it would add without photovoltaics, in the target's measure, t a year.
    pub adds: f64,
    /// Electricity that it would buy, kWh a year.
    pub electricity_kwh: f64,
    /// What a bought kilowatt-hour counts in the target's measure, kg.
    pub kg_per_kwh: f64,
    /// The most that its own roofs can give and it can use itself, kWh a year.
    pub most_pv_kwh: f64,
    /// Yield of its photovoltaics, kWh/kW, to tell energy as capacity.
    pub yield_kwh_per_kw: Option<f64>,
}

/// Whether a project fits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it is.
    Fits,
    /// With so much electricity of its own photovoltaics, kWh a year.
    FitsWithPv {
        /// Energy that it has to make and use itself, kWh a year.
        pv_kwh: f64,
    },
    /// Not even with all the photovoltaics that it can have.
    DoesNotFit {
        /// What is too much without photovoltaics, t a year.
        short: f64,
        /// What stays too much with all of it, t a year.
        short_with_pv: f64,
    },
}

/// The assessment of a project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    /// The project.
    pub project: Project,
    /// What the target limits.
    pub measure: Measure,
    /// What was left before it, t.
    pub left: f64,
    /// Whether it fits.
    pub outcome: Outcome,
}

/// Holds a project against what a target leaves (see [`Distance::left`]).
///
/// Photovoltaics counts only as far as the project itself uses it: it replaces bought electricity and gives no credit
/// for what is exported. A budget that is overdrawn already fits nothing.
///
/// # Errors
/// [`Error::OutOfRange`] for negative, not finite or absurd figures, and for more photovoltaics than electricity.
pub fn assess(project: &Project, measure: Measure, left: f64) -> Result<Assessment> {
    check_range("project.adds", project.adds, 0.0, 1e15, measure.unit())?;
    check_range("project.electricity_kwh", project.electricity_kwh, 0.0, 1e18, "kWh")?;
    check_range("project.kg_per_kwh", project.kg_per_kwh, 0.0, 2.0, "kg/kWh")?;
    check_range("project.most_pv_kwh", project.most_pv_kwh, 0.0, project.electricity_kwh, "kWh, what it uses")?;
    if let Some(kwh) = project.yield_kwh_per_kw {
        check_range("project.yield_kwh_per_kw", kwh, 1.0, 3000.0, "kWh/kW")?;
    }
    check_range("left", left, -1e15, 1e15, measure.unit())?;
    let electricity_t = project.electricity_kwh * project.kg_per_kwh / 1000.0;
    if electricity_t > project.adds * (1.0 + 1e-9) {
        return Err(Error::OutOfRange {
            name: "project.adds".into(),
            value: project.adds,
            allowed: format!("at least what its electricity counts, {electricity_t} {}", measure.unit()),
        });
    }
    let short = project.adds - left;
    let relief = project.most_pv_kwh * project.kg_per_kwh / 1000.0;
    let outcome = if short <= 0.0 {
        Outcome::Fits
    } else if left >= 0.0 && short <= relief {
        Outcome::FitsWithPv { pv_kwh: 1000.0 * short / project.kg_per_kwh }
    } else {
        // What overdrew the budget before is not the project's to bring back, but it leaves no room.
        Outcome::DoesNotFit { short, short_with_pv: short - relief }
    };
    Ok(Assessment { project: project.clone(), measure, left, outcome })
}

impl fmt::Display for Assessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, project) = (self.measure.unit(), &self.project);
        write!(f, "{} would add {:.0} {unit} a year", project.name, project.adds)?;
        if self.left >= 0.0 {
            write!(f, "; {:.0} {unit} are left. ", self.left)?;
        } else {
            write!(f, "; the budget is overdrawn by {:.0} {unit} already. ", -self.left)?;
        }
        match self.outcome {
            Outcome::Fits => write!(f, "It fits, and {:.0} {unit} remain.", self.left - project.adds),
            Outcome::FitsWithPv { pv_kwh } => {
                write!(f, "It fits only with photovoltaics of {:.0} MWh a year that it uses itself", pv_kwh / 1000.0)?;
                if let Some(of) = project.yield_kwh_per_kw {
                    write!(f, ", {:.0} kW at {of:.0} kWh/kW", pv_kwh / of)?;
                }
                let share = 100.0 * pv_kwh / project.most_pv_kwh;
                write!(f, ": {share:.0} % of what its roofs can give and it can use.")
            }
            Outcome::DoesNotFit { short, short_with_pv } => {
                write!(f, "It does not fit: {short:.0} {unit} too much")?;
                if project.most_pv_kwh > 0.0 {
                    let most = project.most_pv_kwh / 1000.0;
                    write!(f, "; with all of its {most:.0} MWh of photovoltaics still {short_with_pv:.0} {unit}")?;
                }
                write!(f, ".")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(adds: f64, most_pv_kwh: f64) -> Project {
        Project {
            name: "Foundry".into(),
            adds,
            electricity_kwh: 1e6,
            kg_per_kwh: 0.5,
            most_pv_kwh,
            yield_kwh_per_kw: Some(1000.0),
        }
    }

    #[test]
    fn the_line_is_straight() {
        let target = Target::new(Measure::Co2, 2020, 1000.0, 2030, Goal::Reduction(0.4)).unwrap();
        assert!((target.allowed(2025) - 800.0).abs() < 1e-9);
        assert_eq!((target.allowed(2010), target.allowed(2020)), (1000.0, 1000.0));
        assert!((target.allowed(2030) - 600.0).abs() < 1e-9 && (target.allowed(2050) - 600.0).abs() < 1e-9);
        let distance = target.distance(2025, 850.0);
        assert!((distance.left + 50.0).abs() < 1e-9 && (distance.to_go_a_year.unwrap() - 50.0).abs() < 1e-9);
        let absolute = Target::new(Measure::Energy, 2020, 1000.0, 2024, Goal::Absolute(1200.0)).unwrap();
        assert!((absolute.allowed(2021) - 1050.0).abs() < 1e-9);
        assert_eq!(absolute.distance(2024, 1300.0).to_go_a_year, None);
        for (base, year, goal) in [
            (0.0, 2030, Goal::Reduction(0.1)),
            (f64::NAN, 2030, Goal::Reduction(0.1)),
            (1.0, 2020, Goal::Reduction(0.1)),
            (1.0, 2030, Goal::Reduction(40.0)),
            (1.0, 2030, Goal::Absolute(-1.0)),
        ] {
            assert!(Target::new(Measure::Co2, 2020, base, year, goal).is_err());
        }
    }

    #[test]
    fn a_project_fits_or_not() {
        let of = |adds, most, left| assess(&project(adds, most), Measure::Co2, left).unwrap();
        assert_eq!(of(600.0, 0.0, 600.0).outcome, Outcome::Fits);
        // 100 t too much at 0.5 kg/kWh are 200 MWh.
        assert_eq!(of(700.0, 400e3, 600.0).outcome, Outcome::FitsWithPv { pv_kwh: 200e3 });
        assert_eq!(of(900.0, 400e3, 600.0).outcome, Outcome::DoesNotFit { short: 300.0, short_with_pv: 100.0 });
        assert!(matches!(of(600.0, 1e6, -1.0).outcome, Outcome::DoesNotFit { .. }));
        let words = of(700.0, 400e3, 600.0).to_string();
        assert!(words.contains("only with photovoltaics of 200 MWh") && words.contains("200 kW"), "{words}");
        assert!(words.contains("50 % of what its roofs"), "{words}");
        assert!(of(600.0, 0.0, -5.0).to_string().contains("overdrawn by 5 t CO2"));
        assert!(assess(&project(600.0, 2e6), Measure::Co2, 0.0).is_err(), "more PV than it uses");
        assert!(assess(&project(400.0, 0.0), Measure::Co2, 0.0).is_err(), "less than its own electricity");
        assert!(assess(&project(f64::NAN, 0.0), Measure::Co2, 0.0).is_err());
    }
}
