//! Uncertain inputs with names and correlations, and samples of them.

use std::ops::Range;

use nalgebra::{Cholesky, DMatrix};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use super::normal::{normal_cdf, normal_quantile};
use super::sobol;
use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// How points are laid in the cube of all inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sampling {
    /// Independent points: the spread of a mean falls as 1/√n.
    Random,
    /// One point in each of n layers of every input (`McKay`, Beckman & Conover 1979, doi:10.2307/1268522).
    LatinHypercube,
    /// Sobol' points, each dimension shifted by random bits (a digital shift keeps their evenness).
    #[default]
    Sobol,
}

/// Most inputs that Sobol' points are there for.
pub const MAX_SOBOL_INPUTS: usize = sobol::DIMENSIONS;

/// Most samples that can be drawn: Sobol' points have 32 bits.
pub const MAX_SAMPLES: usize = 1 << 24;

/// Named uncertain inputs, in an order, with correlations of some pairs.
///
/// Correlations are those of normal scores (a Gaussian copula): between normal inputs they are the usual correlation;
/// between others the rank correlation is (6/π) arcsin(ρ/2), whatever their distributions.
///
/// # Examples
/// ```
/// use rooftop_pv::uncertainty::{Distribution, Inputs, Sampling};
/// let inputs = Inputs::new()
///     .with("soiling", Distribution::Triangular { low: 0.0, mode: 0.02, high: 0.08 })?
///     .with("irradiation", Distribution::Normal { mean: 1.0, sd: 0.05 })?;
/// let sample = inputs.draw(1000, 1, Sampling::LatinHypercube)?;
/// assert_eq!(sample.row(0).len(), 2);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    names: Vec<String>,
    distributions: Vec<Distribution>,
    correlations: Vec<(usize, usize, f64)>,
}

impl Inputs {
    /// No inputs yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// These and one more.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a distribution that cannot be, or a name that is there already.
    pub fn with(mut self, name: impl Into<String>, distribution: Distribution) -> Result<Self> {
        let name = name.into();
        distribution.validate().map_err(|error| match error {
            Error::OutOfRange { name: parameter, value, allowed } => {
                Error::OutOfRange { name: format!("{name}: {parameter}"), value, allowed }
            }
            other => other,
        })?;
        if self.names.contains(&name) {
            return Err(Error::OutOfRange {
                name: format!("input {name:?}"),
                value: self.names.len() as f64,
                allowed: "each name once".into(),
            });
        }
        self.names.push(name);
        self.distributions.push(distribution);
        Ok(self)
    }

    /// These with two of them correlated, -1 to 1 (the ends excluded).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a correlation that cannot be, or a name that is not there.
    pub fn correlate(mut self, one: &str, other: &str, correlation: f64) -> Result<Self> {
        let (i, j) = (self.position(one)?, self.position(other)?);
        if i == j || !(correlation > -1.0 && correlation < 1.0) {
            return Err(Error::OutOfRange {
                name: format!("correlation of {one} and {other}"),
                value: correlation,
                allowed: "above -1 and below 1, between two different inputs".into(),
            });
        }
        self.correlations.retain(|&(a, b, _)| (a, b) != (i.min(j), i.max(j)));
        self.correlations.push((i.min(j), i.max(j), correlation));
        Ok(self)
    }

    fn position(&self, name: &str) -> Result<usize> {
        self.names.iter().position(|known| known == name).ok_or_else(|| {
            let near = did_you_mean(name, self.names.iter().map(String::as_str));
            Error::OutOfRange {
                name: format!("input {name:?}"),
                value: f64::NAN,
                allowed: format!("one of {}{near}", self.names.join(", ")),
            }
        })
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Their distributions.
    pub fn distributions(&self) -> &[Distribution] {
        &self.distributions
    }

    /// Whether no two are correlated.
    pub fn independent(&self) -> bool {
        self.correlations.iter().all(|(_, _, correlation)| *correlation == 0.0)
    }

    /// Draws `n` samples, 1 to [`MAX_SAMPLES`]. The same seed gives the same bits on any machine.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for correlations that contradict each other, for more inputs than the Sobol' sequence has
    /// dimensions (96), or for an impossible number of samples.
    pub fn draw(&self, n: usize, seed: u64, sampling: Sampling) -> Result<Sample> {
        let mut sample = Sample { inputs: self.names.len(), values: uniforms(n, self.names.len(), seed, sampling)? };
        let factor = self.cholesky()?;
        for row in sample.values.chunks_mut(self.names.len().max(1)) {
            if let Some(factor) = &factor {
                correlate(factor, row);
            }
            for (value, distribution) in row.iter_mut().zip(&self.distributions) {
                *value = distribution.quantile(*value);
            }
        }
        Ok(sample)
    }

    /// The row of all inputs at their quantile `p`.
    pub fn at(&self, p: f64) -> Vec<f64> {
        self.distributions.iter().map(|distribution| distribution.quantile(p)).collect()
    }

    /// The lower factor of the correlations; none where there are none.
    fn cholesky(&self) -> Result<Option<DMatrix<f64>>> {
        if self.independent() {
            return Ok(None);
        }
        let mut matrix = DMatrix::identity(self.names.len(), self.names.len());
        for &(i, j, correlation) in &self.correlations {
            (matrix[(i, j)], matrix[(j, i)]) = (correlation, correlation);
        }
        if let Some(factor) = Cholesky::new(matrix) {
            return Ok(Some(factor.l()));
        }
        let strongest = self.correlations.iter().max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()));
        let (i, j, value) = strongest.copied().unwrap_or_default();
        Err(Error::OutOfRange {
            name: format!("correlation of {} and {}", self.names[i], self.names[j]),
            value,
            allowed: "one that the other correlations allow: together they contradict each other (their matrix is not \
                      positive definite); weaken the strongest"
                .into(),
        })
    }
}

/// Gives independent uniforms the correlations of a factor, by way of normal scores.
fn correlate(factor: &DMatrix<f64>, row: &mut [f64]) {
    let scores: Vec<f64> = row.iter().map(|u| normal_quantile(*u)).collect();
    for (i, value) in row.iter_mut().enumerate() {
        // zᵢ = Σⱼ Lᵢⱼ sⱼ
        let z: f64 = (0..=i).map(|j| factor[(i, j)] * scores[j]).sum();
        // Rounding may reach an end of a distribution that has none.
        *value = normal_cdf(z).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
    }
}

/// Samples, a row each.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    inputs: usize,
    values: Vec<f64>,
}

impl Sample {
    /// How many samples.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.inputs).unwrap_or(0)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One sample: the inputs in their order.
    pub fn row(&self, index: usize) -> &[f64] {
        &self.values[index * self.inputs..(index + 1) * self.inputs]
    }

    /// One input in all samples.
    pub fn column(&self, input: usize) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().skip(input).step_by(self.inputs.max(1)).copied()
    }
}

/// Points of the unit cube, `inputs` coordinates each, none at 0 or 1.
///
/// # Errors
/// As [`Inputs::draw`].
pub(crate) fn uniforms(n: usize, inputs: usize, seed: u64, sampling: Sampling) -> Result<Vec<f64>> {
    if n == 0 || n > MAX_SAMPLES {
        return Err(Error::OutOfRange {
            name: "samples".into(),
            value: n as f64,
            allowed: format!("1 to {MAX_SAMPLES}"),
        });
    }
    let mut values = vec![0.0; n * inputs];
    match sampling {
        Sampling::Random => {
            for (stream, row) in (0..).zip(values.chunks_mut(inputs.max(1))) {
                let mut random = stream_of(seed, stream);
                row.fill_with(|| fraction(&mut random));
            }
        }
        Sampling::LatinHypercube => {
            for dimension in 0..inputs {
                let mut random = stream_of(seed, dimension as u64);
                for (place, layer) in (dimension..).step_by(inputs).zip(permutation(n, &mut random)) {
                    values[place] = (layer as f64 + fraction(&mut random)) / n as f64;
                }
            }
        }
        Sampling::Sobol => {
            if inputs > sobol::DIMENSIONS {
                return Err(Error::OutOfRange {
                    name: "inputs of a Sobol' sample".into(),
                    value: inputs as f64,
                    allowed: format!("up to {}; a Latin hypercube takes any number", sobol::DIMENSIONS),
                });
            }
            let shifts: Vec<u32> = (0..inputs).map(|dimension| stream_of(seed, dimension as u64).next_u32()).collect();
            for (index, row) in (0..).zip(values.chunks_mut(inputs.max(1))) {
                for ((dimension, value), shift) in row.iter_mut().enumerate().zip(&shifts) {
                    let bits = sobol::coordinate(index, dimension) ^ shift;
                    *value = (f64::from(bits) + 0.5) / 4_294_967_296.0;
                }
            }
        }
    }
    Ok(values)
}

/// Random numbers of a seed and a stream; never a thread's.
pub(super) fn stream_of(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(stream);
    random
}

/// The middle of one of 2⁵² equal parts of (0, 1): never 0, never 1.
pub(super) fn fraction(random: &mut ChaCha8Rng) -> f64 {
    ((random.next_u64() >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
}

/// A number below `n`, all alike but for 2⁻⁶⁴.
pub(super) fn below(n: usize, random: &mut ChaCha8Rng) -> usize {
    // ⌊u n / 2⁶⁴⌋
    #[expect(clippy::cast_possible_truncation, reason = "below n")]
    let value = ((u128::from(random.next_u64()) * n as u128) >> 64) as usize;
    value
}

/// The numbers of `0..n` in random order (Fisher & Yates).
fn permutation(n: usize, random: &mut ChaCha8Rng) -> Vec<usize> {
    let mut order: Vec<usize> = Range { start: 0, end: n }.collect();
    for last in (1..n).rev() {
        order.swap(last, below(last + 1, random));
    }
    order
}
