//! How the factor goes on over a plant's life, and the CO2 of that life.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::factors::Factor;
use super::table::FactorTable;
use crate::error::{Error, Result, check_range};
use crate::math;

/// How a factor changes in the years to come.
///
/// Whatever is chosen is a forecast of somebody's; the result prints which.
#[non_exhaustive]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FuturePath {
    /// It stays as it is. The default, and it overstates what a plant avoids where the grid gets cleaner.
    #[default]
    Flat,
    /// Straight lines between points; before the first and after the last point the factor is held.
    Points {
        /// Year and factor, in the unit of the factor that it continues; years rising.
        points: Vec<(i32, f64)>,
        /// Who says so.
        source: String,
    },
    /// The same fraction less every year, from the factor's own year on.
    Decline {
        /// Fraction less a year, -0.2 to 0.5; below 0 the factor grows.
        rate_per_year: f64,
        /// Who says so.
        source: String,
    },
    /// The yearly rate of the table's own factors of that region and kind, carried on: the least-squares line through
    /// their logarithms. A few years of history make a weak forecast.
    HistoricTrend,
}

/// A year of a plant's life.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Co2Year {
    /// Calendar year.
    pub year: i32,
    /// AC energy, kWh.
    pub ac_kwh: f64,
    /// The factor of that year, kg/kWh.
    pub factor_kg_per_kwh: f64,
    /// CO2 avoided, t.
    pub co2_t: f64,
}

/// CO2 that a plant avoids over its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LifetimeCo2 {
    /// The factor that the path begins with.
    pub factor: Factor,
    /// The path.
    pub path: FuturePath,
    /// What the path assumes, in a sentence.
    pub remark: String,
    /// Year by year.
    pub years: Vec<Co2Year>,
    /// All years together, t.
    pub co2_t: f64,
    /// The same if the factor stayed as it is, t.
    pub flat_co2_t: f64,
}

/// The CO2 that a plant avoids over its life: Σ Eₖ fₖ, with the energy of each year, kWh, from
/// [`Year::lifetime_kwh`](crate::simulate::Year::lifetime_kwh), and the factor of that year.
///
/// `first_year` is the calendar year of the first energy; `table` is asked for the history that
/// [`FuturePath::HistoricTrend`] carries on (`FactorTable::default()` for the embedded one).
///
/// ```
/// use rooftop_pv::carbon::{FactorTable, FuturePath, co2_over_life, grid_factor};
/// let path = FuturePath::Decline { rate_per_year: 0.03, source: "our guess".into() };
/// let table = FactorTable::default();
/// let life = co2_over_life(&[1e6; 25], 2026, grid_factor("Shandong", Some(2023))?, &path, &table)?;
/// assert!(life.co2_t < 0.7 * life.flat_co2_t);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
///
/// # Errors
/// [`Error::OutOfRange`] for an energy that is negative or no number, a rate or a point out of range, points whose
/// years do not rise; [`Error::Factor`] where a trend has fewer than two years to go by.
pub fn co2_over_life(
    lifetime_kwh: &[f64],
    first_year: i32,
    factor: &Factor,
    path: &FuturePath,
    table: &FactorTable,
) -> Result<LifetimeCo2> {
    for (k, &kwh) in lifetime_kwh.iter().enumerate() {
        check_range(&format!("lifetime_kwh[{k}]"), kwh, 0.0, f64::MAX, "kWh")?;
    }
    let (course, remark) = Course::of(factor, first_year, path, table)?;
    let year = |k: usize| first_year.saturating_add(i32::try_from(k).unwrap_or(i32::MAX));
    let years: Vec<Co2Year> = lifetime_kwh
        .iter()
        .enumerate()
        .map(|(k, &ac_kwh)| {
            let factor_kg_per_kwh = course.at(year(k));
            // A trend may run on into what no fuel emits.
            check_range(&format!("the factor of {} on this path", year(k)), factor_kg_per_kwh, 0.0, 1.5, "kg/kWh")?;
            Ok(Co2Year { year: year(k), ac_kwh, factor_kg_per_kwh, co2_t: ac_kwh * factor_kg_per_kwh / 1000.0 })
        })
        .collect::<Result<_>>()?;
    let co2_t = years.iter().map(|year| year.co2_t).sum();
    let flat_co2_t = years.iter().map(|year| year.ac_kwh * factor.value / 1000.0).sum();
    Ok(LifetimeCo2 { factor: factor.clone(), path: path.clone(), remark, years, co2_t, flat_co2_t })
}

/// A path, checked and ready to be asked.
enum Course {
    Lines(Vec<(i32, f64)>),
    /// f(y) = f₀ (1 − r)^(y − y₀)
    Rate {
        from: i32,
        start: f64,
        rate: f64,
    },
}

impl Course {
    fn of(factor: &Factor, first_year: i32, path: &FuturePath, table: &FactorTable) -> Result<(Self, String)> {
        let from = factor.year.unwrap_or(first_year);
        let dated = if factor.year.is_some() { "the factor's year" } else { "the first year of operation" };
        let lasting = |rate: f64| Self::Rate { from, start: factor.value, rate };
        Ok(match path {
            FuturePath::Flat => (
                Self::Lines(vec![(from, factor.value)]),
                String::from("the factor is held as it is for all years, though grids get cleaner"),
            ),
            FuturePath::Points { points, source } => {
                check_points(points)?;
                (Self::Lines(points.clone()), format!("straight lines between {} points ({source})", points.len()))
            }
            FuturePath::Decline { rate_per_year, source } => {
                check_range("rate_per_year", *rate_per_year, -0.2, 0.5, "")?;
                let percent = 100.0 * rate_per_year;
                (lasting(*rate_per_year), format!("{percent:.2} % less every year from {from}, {dated}, on ({source})"))
            }
            FuturePath::HistoricTrend => {
                let (rate, years) = trend(factor, table)?;
                let (word, percent) = if rate < 0.0 { ("more", -100.0 * rate) } else { ("less", 100.0 * rate) };
                (
                    lasting(rate),
                    format!("{percent:.2} % {word} every year from {from}, {dated}, on, as in the table's {years}"),
                )
            }
        })
    }

    fn at(&self, year: i32) -> f64 {
        match self {
            Self::Lines(points) => interpolate(points, year),
            // No factor is carried back before its own year.
            Self::Rate { from, start, rate } => {
                start * math::powf(1.0 - rate, f64::from(year.saturating_sub(*from).max(0)))
            }
        }
    }
}

fn interpolate(points: &[(i32, f64)], year: i32) -> f64 {
    let after = points.partition_point(|(at, _)| *at <= year);
    match (after.checked_sub(1).and_then(|before| points.get(before)), points.get(after)) {
        (Some((y0, f0)), Some((y1, f1))) => {
            f0 + (f1 - f0) * (f64::from(year) - f64::from(*y0)) / (f64::from(*y1) - f64::from(*y0))
        }
        (Some((_, only)), None) | (None, Some((_, only))) => *only,
        (None, None) => f64::NAN,
    }
}

fn check_points(points: &[(i32, f64)]) -> Result<()> {
    if points.is_empty() {
        let allowed = String::from("at least one point of year and factor");
        return Err(Error::OutOfRange { name: String::from("number of points"), value: 0.0, allowed });
    }
    for (k, (year, value)) in points.iter().enumerate() {
        check_range(&format!("points[{k}], the factor of {year}"), *value, 0.0, 2.0, "kg/kWh")?;
        if k > 0 && points[k - 1].0 >= *year {
            return Err(Error::OutOfRange {
                name: format!("points[{k}], the year"),
                value: f64::from(*year),
                allowed: format!("later than {}, the year before it: years rise", points[k - 1].0),
            });
        }
    }
    Ok(())
}

/// The yearly rate in the table's factors of the same region and kind, and which years they are.
fn trend(factor: &Factor, table: &FactorTable) -> Result<(f64, String)> {
    let mut history: Vec<(f64, f64)> = Vec::new();
    let mut years: Vec<i32> = Vec::new();
    for row in table.of_kind(factor.kind, &factor.region) {
        if let Some(year) = row.year.filter(|year| !years.contains(year) && row.value > 0.0 && row.unit == factor.unit)
        {
            years.push(year);
            history.push((f64::from(year), math::ln(row.value)));
        }
    }
    if history.len() < 2 {
        return Err(Error::Factor {
            wanted: format!("a trend of {}, which takes two years or more", factor.title()),
            available: if years.is_empty() { String::from("none") } else { format!("{years:?}") },
        });
    }
    years.sort_unstable();
    let n = history.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| history.iter().map(of).sum::<f64>() / n;
    let (year, level) = (mean(|p| p.0), mean(|p| p.1));
    let slope = history.iter().map(|p| (p.0 - year) * (p.1 - level)).sum::<f64>()
        / history.iter().map(|p| (p.0 - year) * (p.0 - year)).sum::<f64>();
    let listed: Vec<String> = years.iter().map(i32::to_string).collect();
    // ln f = a + b y, so r = 1 − e^b
    Ok((1.0 - math::exp(slope), listed.join(", ")))
}

impl fmt::Display for LifetimeCo2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.0} t CO2 in {} years at {}; {}; {:.0} t if it stayed as it is",
            self.co2_t,
            self.years.len(),
            self.factor,
            self.remark,
            self.flat_co2_t
        )
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::super::grid_factor;
    use super::*;

    fn life(path: &FuturePath, kwh: &[f64], first: i32) -> Result<LifetimeCo2> {
        co2_over_life(kwh, first, grid_factor("Shandong", Some(2023))?, path, &FactorTable::default())
    }

    #[test]
    fn flat_is_the_default_and_says_so() {
        let life = life(&FuturePath::default(), &[60e6, 59.7e6], 2026).unwrap();
        assert_relative_eq!(life.co2_t, 0.6191 * 119_700.0, max_relative = 1e-12);
        assert_eq!((life.years[0].year, life.years[1].year), (2026, 2027));
        assert_eq!(life.co2_t, life.flat_co2_t);
        assert!(life.to_string().contains("0.6191 kg CO2/kWh (grid average, Shandong 2023"));
        assert!(life.to_string().contains("the factor is held as it is for all years"));
    }

    #[test]
    fn points_are_joined_by_straight_lines_and_held_outside() {
        let path = FuturePath::Points { points: vec![(2025, 0.6), (2035, 0.2), (2040, 0.1)], source: "plan".into() };
        let life = life(&path, &[1000.0; 20], 2024).unwrap();
        let at = |year: i32| life.years[usize::try_from(year - 2024).unwrap()].factor_kg_per_kwh;
        for (year, wanted) in
            [(2024, 0.6), (2025, 0.6), (2030, 0.4), (2035, 0.2), (2037, 0.16), (2040, 0.1), (2043, 0.1)]
        {
            assert_relative_eq!(at(year), wanted, max_relative = 1e-12);
        }
    }

    #[test]
    fn a_decline_is_a_geometric_series() {
        // Shandong 2023, 5 % less a year: 0.6191 x 0.95^3 in 2026; with compound degradation d the series has the
        // ratio q = 0.95 (1 - d), and sums to f E (1 - q^n)/(1 - q).
        let kwh: Vec<f64> = (0..25).map(|k| 60e6 * 0.995_f64.powi(k)).collect();
        let path = FuturePath::Decline { rate_per_year: 0.05, source: "guess".into() };
        let life = life(&path, &kwh, 2026).unwrap();
        let q = 0.95_f64 * 0.995;
        let wanted = 60_000.0 * 0.6191 * 0.95_f64.powi(3) * (1.0 - q.powi(25)) / (1.0 - q);
        assert_relative_eq!(life.co2_t, wanted, max_relative = 1e-12);
        assert!(life.remark.contains("5.00 % less every year from 2023, the factor's year, on (guess)"));
        let grows = FuturePath::Decline { rate_per_year: 0.05, source: String::new() };
        assert_eq!(super::tests::life(&grows, &[1.0], 2010).unwrap().years[0].factor_kg_per_kwh, 0.6191);
    }

    #[test]
    fn the_trend_is_that_of_the_table() {
        // Three years a year apart: the slope is half of ln(f3/f1), so 1 - r = sqrt(0.6191/0.6838).
        let life = life(&FuturePath::HistoricTrend, &[1000.0; 2], 2024).unwrap();
        let kept = (0.6191_f64 / 0.6838).sqrt();
        assert_relative_eq!(life.years[0].factor_kg_per_kwh, 0.6191 * kept, max_relative = 1e-12);
        assert_relative_eq!(life.years[1].factor_kg_per_kwh, 0.6191 * kept * kept, max_relative = 1e-12);
        assert!(life.remark.ends_with("as in the table's 2021, 2022, 2023"), "{}", life.remark);
        let yunnan = grid_factor("Yunnan", None).unwrap();
        let up = co2_over_life(&[1.0], 2024, yunnan, &FuturePath::HistoricTrend, &FactorTable::default()).unwrap();
        assert!(up.remark.contains("% more every year"), "{}", up.remark);
        let custom = Factor::custom(0.8, "brochure").unwrap();
        let error = co2_over_life(&[1.0], 2024, &custom, &FuturePath::HistoricTrend, &FactorTable::default());
        assert!(matches!(error, Err(Error::Factor { .. })));
    }

    #[test]
    fn impossible_paths_are_refused() {
        let points = |points: Vec<(i32, f64)>| FuturePath::Points { points, source: String::new() };
        for path in [
            points(vec![]),
            points(vec![(2030, 0.5), (2030, 0.4)]),
            points(vec![(2030, f64::NAN)]),
            points(vec![(2030, 619.0)]),
            FuturePath::Decline { rate_per_year: f64::NAN, source: String::new() },
            FuturePath::Decline { rate_per_year: 5.0, source: String::new() },
        ] {
            assert!(matches!(life(&path, &[1.0], 2025), Err(Error::OutOfRange { .. })), "{path:?}");
        }
        assert!(life(&FuturePath::Flat, &[f64::NAN], 2025).is_err());
        assert!(life(&FuturePath::Flat, &[-1.0], 2025).is_err());
        let text = "decline = { rate_per_year = 0.03, source = 'guess' }";
        assert!(matches!(toml::from_str::<FuturePath>(text).unwrap(), FuturePath::Decline { .. }));
    }
}
