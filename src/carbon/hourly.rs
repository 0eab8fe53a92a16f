//! CO2 hour by hour: what a kilowatt-hour of noon displaces is not what one of the evening does.

use std::fmt;

use chrono::{Datelike, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use super::factors::Factor;
use crate::error::{Error, Result, check_range};
use crate::time::TimeAxis;

/// How the factor goes over a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DailyShape {
    /// Rows of 24 values, from the hour 0:00 to 1:00 of the axis' own clock on: one row for all of the year, four for
    /// the seasons (December to February, March to May, June to August, September to November), or twelve for the
    /// months. Each value times the annual factor is the factor of that hour.
    pub rows: Vec<Vec<f64>>,
    /// Whether the values are first divided by their mean over all records of the axis, so that the mean of the
    /// factors over time is the annual factor. Then only the form counts, and the values may be in any unit.
    /// Without it they count as they are.
    #[serde(default)]
    pub normalise: bool,
    /// Who says so.
    pub source: String,
}

/// What an hourly factor makes of an hourly yield.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HourMatched {
    /// Energy, kWh.
    pub ac_kwh: f64,
    /// CO2 by the factors of the hours, t.
    pub co2_t: f64,
    /// CO2 by the annual factor, t.
    pub annual_co2_t: f64,
    /// The first over the second; NaN where the second is 0.
    pub ratio: f64,
    /// Mean of the hourly factors over time, kg/kWh.
    pub mean_kg_per_kwh: f64,
    /// Mean of the hourly factors over the energy, kg/kWh; NaN without energy.
    pub weighted_kg_per_kwh: f64,
    /// The annual factor.
    pub annual: Factor,
    /// Where the hourly factors come from.
    pub source: String,
}

impl DailyShape {
    /// The factor of every record of an axis, kg/kWh. The hour is that in which the middle of the record lies.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a number of rows other than 1, 4 or 12, a value that is negative or no number, and,
    /// where it is to be normalised, a mean of 0; [`Error::Length`] for a row of other than 24 values.
    pub fn factors(&self, axis: &TimeAxis, annual: &Factor) -> Result<Vec<f64>> {
        let per_month = match self.rows.len() {
            1 => |_| 0,
            4 => |month: usize| (month + 1) / 3 % 4,
            12 => |month: usize| month,
            found => {
                let allowed = String::from("1 for the year, 4 for the seasons or 12 for the months");
                return Err(Error::OutOfRange {
                    name: String::from("rows of the shape"),
                    value: found as f64,
                    allowed,
                });
            }
        };
        for (r, row) in self.rows.iter().enumerate() {
            if row.len() != 24 {
                return Err(Error::Length { name: "a row of the daily shape", found: row.len(), expected: 24 });
            }
            for (hour, &value) in row.iter().enumerate() {
                check_range(&format!("shape, row {}, hour {hour}", r + 1), value, 0.0, f64::MAX, "")?;
            }
        }
        let half = TimeDelta::milliseconds(i64::from(axis.step_s()) * 500);
        let mut values: Vec<f64> = (0..axis.len())
            .map(|index| {
                let middle = axis.local(index) + half;
                let row = &self.rows[per_month(middle.month0() as usize)];
                row[middle.hour() as usize]
            })
            .collect();
        let scale = if self.normalise {
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            check_range("mean of the shape", mean, f64::MIN_POSITIVE, f64::MAX, "")?;
            annual.value / mean
        } else {
            annual.value
        };
        for value in &mut values {
            *value *= scale;
        }
        Ok(values)
    }
}

/// CO2 by hourly factors, kg/kWh, over an hourly yield, kW, both on the same axis: Σ Pᵢ Δt fᵢ, beside what the
/// annual factor makes of it.
///
/// # Errors
/// [`Error::Length`] for columns of another length than the axis; [`Error::Series`] for a value that is no number,
/// a negative factor or one above 3 kg/kWh (a marginal plant can lie above all averages).
pub fn co2_by_the_hour(
    axis: &TimeAxis,
    ac_kw: &[f64],
    factors_kg_per_kwh: &[f64],
    annual: &Factor,
    source: &str,
) -> Result<HourMatched> {
    for (name, found) in [("ac_kw", ac_kw.len()), ("factors_kg_per_kwh", factors_kg_per_kwh.len())] {
        if found != axis.len() {
            return Err(Error::Length { name, found, expected: axis.len() });
        }
    }
    let refuse = |column, index, value, problem: &str| Error::Series {
        column,
        index,
        time: axis.iso(index),
        value,
        problem: problem.to_owned(),
    };
    if let Some((k, &kw)) = ac_kw.iter().enumerate().find(|(_, kw)| !kw.is_finite()) {
        return Err(refuse("ac_kw", k, kw, "a power in kW is needed"));
    }
    if let Some((k, &factor)) = factors_kg_per_kwh.iter().enumerate().find(|(_, f)| !(0.0..=3.0).contains(*f)) {
        return Err(refuse("factors_kg_per_kwh", k, factor, "0 to 3 kg/kWh is allowed; g/kWh are divided by 1000"));
    }
    let step_h = axis.step_h();
    let ac_kwh = ac_kw.iter().sum::<f64>() * step_h;
    // m = Σ Pᵢ Δt fᵢ
    let co2_kg = ac_kw.iter().zip(factors_kg_per_kwh).map(|(kw, f)| kw * f).sum::<f64>() * step_h;
    let annual_co2_t = ac_kwh * annual.value / 1000.0;
    Ok(HourMatched {
        ac_kwh,
        co2_t: co2_kg / 1000.0,
        annual_co2_t,
        ratio: if annual_co2_t == 0.0 { f64::NAN } else { co2_kg / 1000.0 / annual_co2_t },
        mean_kg_per_kwh: factors_kg_per_kwh.iter().sum::<f64>() / axis.len().max(1) as f64,
        weighted_kg_per_kwh: co2_kg / ac_kwh,
        annual: annual.clone(),
        source: source.to_owned(),
    })
}

/// CO2 by a daily shape around an annual factor; see [`DailyShape`] and [`co2_by_the_hour`].
///
/// # Errors
/// Those of both.
pub fn co2_by_shape(axis: &TimeAxis, ac_kw: &[f64], shape: &DailyShape, annual: &Factor) -> Result<HourMatched> {
    co2_by_the_hour(axis, ac_kw, &shape.factors(axis, annual)?, annual, &shape.source)
}

impl fmt::Display for HourMatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.0} t CO2 by the hour ({:.4} kg/kWh over the energy; {}), {:.3} times the {:.0} t at {}",
            self.co2_t, self.weighted_kg_per_kwh, self.source, self.ratio, self.annual_co2_t, self.annual
        )
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    fn axis() -> TimeAxis {
        TimeAxis::hourly_year(2025, 8 * 3600).unwrap()
    }

    fn annual() -> Factor {
        Factor::custom(0.6, "test").unwrap()
    }

    /// 1 kW from 10 to 14 o'clock.
    fn noon(axis: &TimeAxis) -> Vec<f64> {
        (0..axis.len()).map(|k| if (10..14).contains(&axis.local(k).hour()) { 1.0 } else { 0.0 }).collect()
    }

    fn shape(rows: Vec<Vec<f64>>, normalise: bool) -> DailyShape {
        DailyShape { rows, normalise, source: "test".into() }
    }

    /// Half at 10 to 14 o'clock, 1 else.
    fn dip() -> Vec<f64> {
        (0..24).map(|hour| if (10..14).contains(&hour) { 0.5 } else { 1.0 }).collect()
    }

    #[test]
    fn a_dip_at_noon_halves_what_noon_displaces() {
        let axis = axis();
        let got = co2_by_shape(&axis, &noon(&axis), &shape(vec![dip()], false), &annual()).unwrap();
        assert_relative_eq!(got.ac_kwh, 365.0 * 4.0);
        assert_relative_eq!(got.ratio, 0.5, max_relative = 1e-12);
        assert_relative_eq!(got.co2_t, 365.0 * 4.0 * 0.3 / 1000.0, max_relative = 1e-12);
        assert_relative_eq!(got.mean_kg_per_kwh, 0.6 * 22.0 / 24.0, max_relative = 1e-12);
        // Normalised by its mean, 22/24, noon is 0.5/(22/24) = 6/11 of the annual factor, in whatever unit.
        for scale in [1.0, 712.3] {
            let row = dip().iter().map(|v| v * scale).collect();
            let got = co2_by_shape(&axis, &noon(&axis), &shape(vec![row], true), &annual()).unwrap();
            assert_relative_eq!(got.ratio, 6.0 / 11.0, max_relative = 1e-12);
            assert_relative_eq!(got.mean_kg_per_kwh, 0.6, max_relative = 1e-12);
        }
        assert!(got.to_string().contains("0.500 times the 1 t at 0.6 kg CO2/kWh (own factor"), "{got}");
    }

    #[test]
    fn seasons_and_months_take_their_own_rows() {
        let axis = axis();
        let seasons = shape((0..4).map(|s| vec![f64::from(s); 24]).collect(), false);
        let factors = seasons.factors(&axis, &Factor::custom(1.0, "x").unwrap()).unwrap();
        let months = shape((0..12).map(|m| vec![f64::from(m) / 10.0; 24]).collect(), false);
        let by_month = months.factors(&axis, &Factor::custom(1.0, "x").unwrap()).unwrap();
        for k in 0..axis.len() {
            let month = axis.local(k).month0();
            let season = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0][month as usize];
            assert_eq!(factors[k], f64::from(season));
            assert_eq!(by_month[k], f64::from(month) / 10.0);
        }
    }

    #[test]
    fn a_flat_series_gives_the_annual_figure() {
        let axis = axis();
        let kw: Vec<f64> = (0..axis.len()).map(|k| (k % 7) as f64).collect();
        let got = co2_by_the_hour(&axis, &kw, &vec![0.6; axis.len()], &annual(), "flat").unwrap();
        assert_relative_eq!(got.ratio, 1.0, max_relative = 1e-12);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let axis = axis();
        let kw = noon(&axis);
        let of = |kw: &[f64], f: &[f64]| co2_by_the_hour(&axis, kw, f, &annual(), "x").unwrap_err().to_string();
        assert_eq!(of(&kw, &[0.6; 24]), "factors_kg_per_kwh has 24 records where 8760 are expected");
        assert_eq!(of(&kw[..10], &vec![0.6; 8760]), "ac_kw has 10 records where 8760 are expected");
        let mut bad = vec![0.6; 8760];
        bad[12] = 619.1;
        assert!(
            of(&kw, &bad).starts_with("factors_kg_per_kwh[12] = 619.1 at 2025-01-01T12:00:00+08:00: 0 to 3 kg/kWh")
        );
        bad[12] = f64::NAN;
        assert!(of(&kw, &bad).starts_with("factors_kg_per_kwh[12] = NaN"));
        let refused = |rows, normalise| shape(rows, normalise).factors(&axis, &annual()).unwrap_err().to_string();
        assert!(refused(vec![dip(); 3], false).starts_with("rows of the shape = 3 is not allowed: 1 for the year"));
        assert_eq!(
            refused(vec![vec![1.0; 23]], false),
            "a row of the daily shape has 23 records where 24 are expected"
        );
        assert!(refused(vec![vec![-1.0; 24]], false).starts_with("shape, row 1, hour 0 = -1"));
        assert!(refused(vec![vec![0.0; 24]], true).starts_with("mean of the shape = 0"));
    }
}
