//! What an inverter clips within an hour whose mean lies below its limit.
//!
//! Clouds and sun take turns within minutes, so a mean over the hour hides peaks: hourly data clip too little. Two ways to
//! put that right: [`allen_2022`], a published table of what measured minutes added, good for sums of a year; and
//! [`WithinHour`], this crate's own, which gives an hour's power a spread and takes what of it lies beyond the limit.

use std::sync::LazyLock;

use crate::error::{Error, Result, check_range};
use crate::math;

const BINS: usize = 20;

/// The table of shares: upper ends of its bins and its rows.
struct AllenTable {
    gamma: [f64; BINS],
    potential: [f64; BINS],
    share: [[f64; BINS]; BINS],
}

static ALLEN: LazyLock<AllenTable> = LazyLock::new(|| {
    let mut table =
        AllenTable { gamma: [f64::NAN; BINS], potential: [f64::NAN; BINS], share: [[f64::NAN; BINS]; BINS] };
    let mut lines = include_str!("subhourly_allen.csv").lines().filter(|line| !line.starts_with('#'));
    let numbers = |line: &'static str| line.split(',').skip(1).map(|field| field.parse().unwrap_or(f64::NAN));
    for (end, number) in table.potential.iter_mut().zip(lines.next().into_iter().flat_map(numbers)) {
        *end = number;
    }
    for ((gamma, row), line) in table.gamma.iter_mut().zip(&mut table.share).zip(lines) {
        *gamma = line.split(',').next().and_then(|field| field.parse().ok()).unwrap_or(f64::NAN);
        for (share, number) in row.iter_mut().zip(numbers(line)) {
            *share = number;
        }
    }
    table
});

/// The bin of a value, whose upper end belongs to it; none outside.
fn bin(value: f64, first: f64, ends: &[f64; BINS]) -> Option<usize> {
    if value > first { ends.iter().position(|end| value <= *end) } else { None }
}

/// What an hour clips beyond what its mean shows, as a share of the energy that the same array would give in a whole year
/// through an inverter that never clips.
///
/// `gamma` is the hour's DNI over that of a reference sky, a clear one of Linke turbidity 1; `clipping_potential` what the array's
/// DC power under that sky exceeds the limit by, over the limit. 0 outside of the table: `gamma` of -0.05 to 1.1, potentials
/// of -2 to 1.6. Hours of sunrise and sunset have none. The authors promise it for sums of years, not for
/// single hours; made with minutes of North American stations.
///
/// Allen & Hobbs, Journal of Renewable and Sustainable Energy 14 (2022), 063503, doi:10.1063/5.0130265; Allen, EPRI report 3002018708
/// (2022), classification method 2; SAM has it since 2023.12.17.
pub fn allen_2022(gamma: f64, clipping_potential: f64) -> f64 {
    if gamma.is_nan() || clipping_potential.is_nan() {
        return f64::NAN;
    }
    let table = &*ALLEN;
    match (bin(gamma, -0.05, &table.gamma), bin(clipping_potential, -2.0, &table.potential)) {
        (Some(row), Some(column)) => math::positive(table.share[row][column]),
        _ => 0.0,
    }
}

/// The columns of [`allen_losses`], one record an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AllenHours<'a> {
    /// DNI, W/m2.
    pub dni: &'a [f64],
    /// DNI of a clear sky of Linke turbidity 1, W/m2.
    pub dni_reference: &'a [f64],
    /// DC power under that sky, before any limit.
    pub pdc_reference: &'a [f64],
}

/// The power that each hour clips beyond what its mean shows, by [`allen_2022`]; 0 where the reference sky or one of its
/// neighbours in time is dark.
///
/// `limit` is the DC power at which the inverter reaches its rated power, in the unit of `pdc_reference`; `unclipped_year` the energy
/// of a whole year without a limit, in that unit times hours.
///
/// # Errors
/// [`Error::Length`] where columns differ, [`Error::OutOfRange`] for a limit or energy that is not above 0 and finite.
pub fn allen_losses(hours: &AllenHours<'_>, limit: f64, unclipped_year: f64, out: &mut [f64]) -> Result<()> {
    check_positive("limit", limit)?;
    check_positive("unclipped_year", unclipped_year)?;
    let AllenHours { dni, dni_reference, pdc_reference } = *hours;
    check_lengths(&[("dni", dni), ("dni_reference", dni_reference), ("pdc_reference", pdc_reference)], out.len())?;
    let dark = |i: usize| dni_reference.get(i).is_none_or(|dni| *dni <= 0.0);
    for (i, out) in out.iter_mut().enumerate() {
        *out = if dark(i) || dark(i.wrapping_sub(1)) || dark(i + 1) {
            0.0 * (dni[i] + pdc_reference[i])
        } else {
            allen_2022(dni[i] / dni_reference[i], (pdc_reference[i] - limit) / limit) * unclipped_year
        };
    }
    Ok(())
}

/// The mean of what lies beyond `limit` of a normally distributed power of this mean and standard deviation, in their unit.
///
/// Never less than what the mean itself exceeds the limit by. NaN for NaN; a `sigma` of 0 or less counts as 0.
#[inline(always)]
pub fn normal_excess(mean: f64, sigma: f64, limit: f64) -> f64 {
    const ROOT_TAU: f64 = 2.506_628_274_631_000_5;
    let over = mean - limit;
    let z = over / sigma;
    // E[(P − L)⁺] = (μ − L) Φ(z) + σ φ(z), z = (μ − L)/σ
    let excess = over * math::normal_cdf(z) + sigma * math::exp(-0.5 * z * z) / ROOT_TAU;
    let certain = math::positive(over);
    // Rounding far from the limit must not undercut it.
    let excess = if excess < certain { certain } else { excess };
    if sigma <= 0.0 { certain } else { excess }
}

/// Clipping within the hour from hourly power alone: this crate's own method.
///
/// The hour's DC power is taken as normally distributed about its mean. Over the power of a clear sky, c, its variance is
/// a k (m − k) + b d²: k is the clear-sky index (power over c), m the highest that light reaches beside clouds, d the root mean square
/// of k's steps from and to the hours beside. Sun and clouds taking turns vary most in between; and an hour between unlike
/// ones is restless itself.
///
/// ```
/// use rooftop_pv::inverter::WithinHour;
///
/// // Three hours of broken clouds in front of an inverter for 500 kW: the means stay below, the minutes do not.
/// let mut clipped = [0.0; 3];
/// WithinHour::default().clipped(&[420.0, 300.0, 450.0], &[600.0, 620.0, 600.0], 500.0, &mut clipped)?;
/// assert!(clipped.iter().all(|&kw| kw > 5.0 && kw < 80.0));
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WithinHour {
    /// m, the highest clear-sky index of a minute, 1 to 2.
    pub ceiling: f64,
    /// a, of the index itself, 0 to 1.
    pub spread: f64,
    /// b, of its steps, 0 to 10.
    pub restlessness: f64,
}

impl Default for WithinHour {
    /// 1.2, 0.13 and 0.41: m is set; a and b fit the minutes of the odd days of June 2016 at Payerne (BSRN), limits of 400 to 850 W/m2 on a
    /// horizontal plane, best in squares. How they do on the even days and elsewhere stands in `tests/physics/subhourly.rs`.
    fn default() -> Self {
        Self { ceiling: 1.2, spread: 0.13, restlessness: 0.41 }
    }
}

impl WithinHour {
    /// Refuses what is out of range.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] names the field.
    pub fn validate(&self) -> Result<()> {
        check_range("ceiling", self.ceiling, 1.0, 2.0, "")?;
        check_range("spread", self.spread, 0.0, 1.0, "")?;
        check_range("restlessness", self.restlessness, 0.0, 10.0, "")
    }

    /// The variance of an hour's power over that of the clear sky, from its clear-sky index and the mean square of the index's steps.
    #[inline(always)]
    pub fn variance(&self, index: f64, step_squared: f64) -> f64 {
        math::positive(self.spread * index * (self.ceiling - index)) + self.restlessness * step_squared
    }

    /// The mean power that each hour clips, what its mean exceeds the limit by included; never more than its power, nor below 0.
    ///
    /// `pdc` is the hour's mean DC power before any limit, `pdc_clear` that under a clear sky, `limit` the DC power at which the
    /// inverter reaches its rated power, all in one unit; records follow one another. Hours whose clear sky gives less than a fiftieth of
    /// the column's best are taken by their mean. NaN gives NaN; a neighbour of NaN is passed over.
    ///
    /// # Errors
    /// As [`WithinHour::validate`]; [`Error::Length`] where columns differ; [`Error::OutOfRange`] for a limit not above 0.
    pub fn clipped(&self, pdc: &[f64], pdc_clear: &[f64], limit: f64, out: &mut [f64]) -> Result<()> {
        self.validate()?;
        check_positive("limit", limit)?;
        check_lengths(&[("pdc", pdc), ("pdc_clear", pdc_clear)], out.len())?;
        let dim = 0.02 * pdc_clear.iter().fold(0.0, |best, &clear| if clear > best { clear } else { best });
        // The index, NaN in the dark, with one hour of dark at either end.
        let mut index = vec![f64::NAN; out.len() + 2];
        math::vectorised(
            #[inline(always)]
            || {
                let (model, n) = (*self, out.len());
                let (pdc, pdc_clear, out) = (&pdc[..n], &pdc_clear[..n], &mut out[..n]);
                for (index, (&p, &clear)) in index[1..].iter_mut().zip(pdc.iter().zip(pdc_clear)) {
                    let ratio = p / clear;
                    *index = if clear > dim { ratio } else { f64::NAN };
                }
                let (before, within, after) = (&index[..n], &index[1..=n], &index[2..n + 2]);
                for i in 0..n {
                    let (p, clear, k) = (pdc[i], pdc_clear[i], within[i]);
                    let (fell, rose) = (k - before[i], after[i] - k);
                    let (fell_squared, rose_squared) = (fell * fell, rose * rose);
                    let first = if fell.is_nan() { rose_squared } else { fell_squared };
                    let second = if rose.is_nan() { fell_squared } else { rose_squared };
                    let step_squared = 0.5 * (first + second);
                    let step_squared = if step_squared.is_nan() { 0.0 } else { step_squared };
                    let sigma = clear * model.variance(k, step_squared).sqrt();
                    let lit = normal_excess(p, sigma, limit);
                    let most = math::positive(p);
                    let lit = if lit > most { most } else { lit };
                    let mean = math::positive(p - limit);
                    // A clear sky that is NaN is not dim, so NaN comes out.
                    out[i] = if clear <= dim { mean } else { lit };
                }
            },
        );
        Ok(())
    }
}

fn check_positive(name: &str, value: f64) -> Result<()> {
    if value > 0.0 && value.is_finite() {
        return Ok(());
    }
    Err(Error::OutOfRange { name: name.to_owned(), value, allowed: "above 0 and finite".to_owned() })
}

fn check_lengths(columns: &[(&'static str, &[f64])], expected: usize) -> Result<()> {
    match columns.iter().find(|(_, column)| column.len() != expected) {
        Some((name, column)) => Err(Error::Length { name, found: column.len(), expected }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_whole() {
        let table = &*ALLEN;
        let rising = |ends: &[f64; BINS]| ends.windows(2).all(|pair| pair[0] < pair[1]);
        assert!(rising(&table.gamma) && rising(&table.potential));
        assert_eq!((table.gamma[0], table.gamma[19], table.potential[0], table.potential[19]), (0.05, 1.1, -0.4, 1.6));
        assert!(table.share.iter().flatten().all(|share| (-1e-19..1e-4).contains(share)));
    }
}
