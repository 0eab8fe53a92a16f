//! A model run over samples of its inputs, and what its outputs then are.

use rayon::prelude::*;
use serde::Serialize;

use super::distribution::quantile_of;
use super::inputs::{Inputs, Sample, Sampling};
use crate::error::{Error, Result};

/// Samples that one task takes; no task knows how many threads there are.
const CHUNK: usize = 64;

/// How many samples, how laid, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Draw {
    /// How many, 1 to 2²⁴.
    pub samples: usize,
    /// How they are laid.
    pub sampling: Sampling,
    /// Names the random numbers.
    pub seed: u64,
}

impl Default for Draw {
    /// 10,000 Sobol' points.
    fn default() -> Self {
        Self { samples: 10_000, sampling: Sampling::Sobol, seed: 1 }
    }
}

/// The inputs and outputs of all samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// The inputs.
    pub inputs: Sample,
    names: Vec<String>,
    outputs: Vec<Vec<f64>>,
}

/// How an uncertain output spreads.
///
/// As usual in the field, P90 is the value that is exceeded with 90 % probability: the 10 % quantile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Standard deviation of the samples.
    pub sd: f64,
    /// Exceeded with 50 % probability.
    pub p50: f64,
    /// Exceeded with 75 % probability.
    pub p75: f64,
    /// Exceeded with 90 % probability.
    pub p90: f64,
    /// Exceeded with 95 % probability.
    pub p95: f64,
    /// Exceeded with 99 % probability.
    pub p99: f64,
}

impl Study {
    /// Runs a model over samples of its inputs, on all cores. It fills one number for each output from a row of inputs.
    ///
    /// The results do not depend on the number of threads.
    ///
    /// # Examples
    /// ```
    /// use rooftop_pv::uncertainty::{Distribution, Draw, Inputs, Study};
    /// let inputs = Inputs::new()
    ///     .with("sun", Distribution::Normal { mean: 1.0, sd: 0.05 })?
    ///     .with("dirt", Distribution::Normal { mean: 1.0, sd: 0.02 })?;
    /// let study = Study::run(&inputs, &Draw::default(), &["kWh"], |row, out| out[0] = 1000.0 * row[0] * row[1])?;
    /// let spread = study.spread(0).unwrap();
    /// assert!((spread.sd / spread.mean - 0.0539).abs() < 1e-3);
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Inputs::draw`]; [`Error::OutOfRange`] naming output and sample where the model gives a number that is not finite.
    pub fn run(
        inputs: &Inputs,
        draw: &Draw,
        outputs: &[&str],
        model: impl Fn(&[f64], &mut [f64]) + Sync,
    ) -> Result<Self> {
        let sample = inputs.draw(draw.samples, draw.seed, draw.sampling)?;
        let rows = run_rows(draw.samples, outputs.len(), |index, out| model(sample.row(index), out));
        let mut columns = vec![Vec::with_capacity(draw.samples); outputs.len()];
        for (index, row) in rows.chunks(outputs.len().max(1)).enumerate() {
            for ((column, value), name) in columns.iter_mut().zip(row).zip(outputs) {
                if !value.is_finite() {
                    return Err(Error::OutOfRange {
                        name: format!("{name} of sample {index}"),
                        value: *value,
                        allowed: format!("a finite number; its inputs were {:?}", sample.row(index)),
                    });
                }
                column.push(*value);
            }
        }
        Ok(Self { inputs: sample, names: outputs.iter().map(|name| (*name).to_owned()).collect(), outputs: columns })
    }

    /// Names of the outputs.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// An output in all samples, in their order.
    pub fn output(&self, output: usize) -> Option<&[f64]> {
        self.outputs.get(output).map(Vec::as_slice)
    }

    /// How an output spreads.
    pub fn spread(&self, output: usize) -> Option<Spread> {
        self.output(output).map(spread)
    }

    /// The value that an output exceeds with a probability, 0 to 1.
    pub fn exceeded(&self, output: usize, probability: f64) -> Option<f64> {
        self.output(output).map(|values| quantile_of(&sorted(values), 1.0 - probability))
    }

    /// Share of the samples in which an output stays below a value, 0 to 1.
    pub fn percentile(&self, output: usize, value: f64) -> Option<f64> {
        let values = self.output(output)?;
        Some(values.iter().filter(|other| **other < value).count() as f64 / values.len() as f64)
    }
}

/// Runs `n` rows of `outputs` numbers on all cores, into their order.
pub(super) fn run_rows(n: usize, outputs: usize, row: impl Fn(usize, &mut [f64]) + Sync) -> Vec<f64> {
    let mut rows = vec![0.0; n * outputs];
    rows.par_chunks_mut(CHUNK * outputs.max(1)).enumerate().for_each(|(chunk, rows)| {
        for (i, out) in rows.chunks_mut(outputs.max(1)).enumerate() {
            row(chunk * CHUNK + i, out);
        }
    });
    rows
}

/// Mean, spread and exceedance of values.
pub fn spread(values: &[f64]) -> Spread {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0).max(1.0);
    let ascending = sorted(values);
    let exceeded = |probability: f64| quantile_of(&ascending, 1.0 - probability);
    Spread {
        mean,
        sd: variance.sqrt(),
        p50: exceeded(0.50),
        p75: exceeded(0.75),
        p90: exceeded(0.90),
        p95: exceeded(0.95),
        p99: exceeded(0.99),
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}
