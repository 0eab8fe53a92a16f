//! What an uncertain number may be.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::normal::{normal_cdf, normal_quantile};
use crate::error::{Error, Result};
use crate::math;

/// The distribution of an uncertain number. In toml: `{ normal = { mean = 1.0, sd = 0.05 } }`, `{ fixed = 0.3 }`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Distribution {
    /// A number that is known.
    Fixed(f64),
    /// The normal distribution.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation, not negative.
        sd: f64,
    },
    /// A number whose logarithm is normal: a positive factor that may be far above its middle.
    LogNormal {
        /// Its median, above zero.
        median: f64,
        /// Standard deviation of its natural logarithm, not negative.
        sigma: f64,
    },
    /// A triangle: least, likeliest and highest value.
    Triangular {
        /// Least value.
        low: f64,
        /// Likeliest value.
        mode: f64,
        /// Highest value.
        high: f64,
    },
    /// All values between two ends alike.
    Uniform {
        /// Least value.
        low: f64,
        /// Highest value.
        high: f64,
    },
    /// Values that were observed, each as likely as the others, with straight lines between them.
    Empirical(Vec<f64>),
}

impl Distribution {
    /// Refuses parameters that no distribution has.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter that is not finite, out of order, or negative where it cannot be.
    pub fn validate(&self) -> Result<()> {
        let refuse = |name: &str, value: f64, allowed: &str| {
            Err(Error::OutOfRange { name: name.into(), value, allowed: allowed.into() })
        };
        let numbers: Vec<(&str, f64)> = match self {
            Self::Fixed(value) => vec![("fixed", *value)],
            Self::Normal { mean, sd } => vec![("normal.mean", *mean), ("normal.sd", *sd)],
            Self::LogNormal { median, sigma } => vec![("log_normal.median", *median), ("log_normal.sigma", *sigma)],
            Self::Triangular { low, mode, high } => {
                vec![("triangular.low", *low), ("triangular.mode", *mode), ("triangular.high", *high)]
            }
            Self::Uniform { low, high } => vec![("uniform.low", *low), ("uniform.high", *high)],
            Self::Empirical(values) => values.iter().map(|value| ("empirical", *value)).collect(),
        };
        if let Some((name, value)) = numbers.iter().find(|(_, value)| !value.is_finite()) {
            return refuse(name, *value, "a finite number");
        }
        match self {
            Self::Normal { sd, .. } if *sd < 0.0 => refuse("normal.sd", *sd, "0 or more"),
            Self::LogNormal { median, .. } if *median <= 0.0 => refuse("log_normal.median", *median, "above 0"),
            Self::LogNormal { sigma, .. } if *sigma < 0.0 => refuse("log_normal.sigma", *sigma, "0 or more"),
            Self::Triangular { low, mode, high } if !(low <= mode && mode <= high) => {
                refuse("triangular.mode", *mode, &format!("low to high, {low} to {high}"))
            }
            Self::Uniform { low, high } if low > high => refuse("uniform.low", *low, &format!("up to high, {high}")),
            Self::Empirical(values) if values.is_empty() => refuse("empirical", f64::NAN, "at least one value"),
            _ => Ok(()),
        }
    }

    /// The value below which it lies with probability `p`, 0 to 1; NaN for other `p`.
    pub fn quantile(&self, p: f64) -> f64 {
        if p.is_nan() || !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        match *self {
            Self::Fixed(value) => value,
            // A spread of zero times an infinite quantile is no spread.
            Self::Normal { mean, sd } => {
                if sd == 0.0 {
                    mean
                } else {
                    mean + sd * normal_quantile(p)
                }
            }
            Self::LogNormal { median, sigma } => {
                if sigma == 0.0 {
                    median
                } else {
                    median * math::exp(sigma * normal_quantile(p))
                }
            }
            Self::Triangular { low, mode, high } => {
                let width = high - low;
                // p (b − a)(c − a) = (x − a)², and from the other end (1 − p)(b − a)(b − c) = (b − x)²
                if p * width <= mode - low {
                    low + (p * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - p) * width * (high - mode)).sqrt()
                }
            }
            Self::Uniform { low, high } => low + p * (high - low),
            Self::Empirical(ref values) => {
                let mut sorted = values.clone();
                sorted.sort_by(f64::total_cmp);
                quantile_of(&sorted, p)
            }
        }
    }

    /// The probability that it lies at or below `x`; NaN for NaN.
    pub fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        let step = |at: f64| if x >= at { 1.0 } else { 0.0 };
        match *self {
            Self::Fixed(value) => step(value),
            Self::Normal { mean, sd } => {
                if sd == 0.0 {
                    step(mean)
                } else {
                    normal_cdf((x - mean) / sd)
                }
            }
            Self::LogNormal { median, .. } if x <= 0.0 || median.is_nan() => 0.0,
            Self::LogNormal { median, sigma } => {
                if sigma == 0.0 {
                    step(median)
                } else {
                    normal_cdf(math::ln(x / median) / sigma)
                }
            }
            Self::Triangular { low, mode, high } => {
                if x >= high {
                    1.0
                } else if x <= low {
                    0.0
                } else if x <= mode {
                    (x - low) * (x - low) / ((high - low) * (mode - low))
                } else {
                    1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
                }
            }
            Self::Uniform { low, high } => {
                if high > low {
                    ((x - low) / (high - low)).clamp(0.0, 1.0)
                } else {
                    step(low)
                }
            }
            Self::Empirical(ref values) => {
                let mut sorted = values.clone();
                sorted.sort_by(f64::total_cmp);
                share_below(&sorted, x)
            }
        }
    }

    /// Its mean.
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Fixed(value) => value,
            Self::Normal { mean, .. } => mean,
            // E = m exp(σ²/2)
            Self::LogNormal { median, sigma } => median * math::exp(0.5 * sigma * sigma),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Uniform { low, high } => 0.5 * (low + high),
            Self::Empirical(ref values) => moments(values).0,
        }
    }

    /// Its standard deviation.
    pub fn sd(&self) -> f64 {
        match *self {
            Self::Fixed(_) => 0.0,
            Self::Normal { sd, .. } => sd,
            // SD = E √(exp(σ²) − 1)
            Self::LogNormal { sigma, .. } => self.mean() * (math::exp(sigma * sigma) - 1.0).sqrt(),
            // SD² = (u² + v² − uv)/18 with u = mode − low, v = high − low
            Self::Triangular { low, mode, high } => {
                let (u, v) = (mode - low, high - low);
                ((u * u + v * v - u * v) / 18.0).sqrt()
            }
            Self::Uniform { low, high } => (high - low) / 12f64.sqrt(),
            Self::Empirical(ref values) => moments(values).1,
        }
    }
}

/// Mean and standard deviation of values joined by straight lines, as [`quantile_of`] joins them.
fn moments(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let [first, .., _] = sorted[..] else { return (sorted.first().copied().unwrap_or(f64::NAN), 0.0) };
    let (mut sum, mut squares) = (0.0, 0.0);
    for pair in sorted.windows(2) {
        // Between a and b: E x = (a + b)/2, E x² = (a² + ab + b²)/3; counted from the lowest value, to keep digits.
        let (a, b) = (pair[0] - first, pair[1] - first);
        sum += 0.5 * (a + b);
        squares += (a * a + a * b + b * b) / 3.0;
    }
    let n = (sorted.len() - 1) as f64;
    let mean = sum / n;
    (first + mean, (squares / n - mean * mean).max(0.0).sqrt())
}

/// The share of ascending values joined by straight lines that lies at or below `x`.
fn share_below(ascending: &[f64], x: f64) -> f64 {
    let below = ascending.partition_point(|value| *value <= x);
    let steps = ascending.len().saturating_sub(1).max(1) as f64;
    match (below.checked_sub(1).and_then(|i| ascending.get(i)), ascending.get(below)) {
        (None, _) => 0.0,
        (Some(_), None) => 1.0,
        (Some(a), Some(b)) => ((below - 1) as f64 + (x - a) / (b - a)) / steps,
    }
}

impl fmt::Display for Distribution {
    /// In words, as `normal, mean 1, sd 0.05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(value) => write!(f, "{value}"),
            Self::Normal { mean, sd } => write!(f, "normal, mean {mean}, sd {sd}"),
            Self::LogNormal { median, sigma } => write!(f, "log-normal, median {median}, sd of the logarithm {sigma}"),
            Self::Triangular { low, mode, high } => write!(f, "triangular from {low} by {mode} to {high}"),
            Self::Uniform { low, high } => write!(f, "any value from {low} to {high}"),
            Self::Empirical(values) => write!(f, "{} observed values", values.len()),
        }
    }
}

/// The value that a share `p` of ascending values does not reach, between neighbours linear (Hyndman & Fan 1996,
/// definition 7, doi:10.2307/2684934); NaN for none.
pub fn quantile_of(ascending: &[f64], p: f64) -> f64 {
    let Some(last) = ascending.len().checked_sub(1).filter(|_| (0.0..=1.0).contains(&p)) else { return f64::NAN };
    let at = p * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the length")]
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    // An end may be infinite, and then 0 × ∞ would be NaN.
    if at == below as f64 {
        return ascending[below];
    }
    ascending[below] + (at - below as f64) * (ascending[above] - ascending[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_shares_are_scipys() {
        let text = include_str!("../../tests/reference/distributions.csv");
        let mut rows = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let (mut count, mut worst) = (0, 0.0_f64);
        for row in rows.records() {
            let row = row.unwrap();
            let number = |i: usize| row[i].parse::<f64>().unwrap();
            let law = match &row[0] {
                "normal" => Distribution::Normal { mean: 1.0, sd: 0.05 },
                "log_normal" => Distribution::LogNormal { median: 0.005, sigma: 0.4 },
                "triangular" => Distribution::Triangular { low: 0.0, mode: 10.0, high: 40.0 },
                _ => Distribution::Uniform { low: 0.3, high: 0.4 },
            };
            let (share, quantile, cdf) = (number(1), number(2), number(3));
            let off = (law.quantile(share) - quantile).abs() / quantile.abs().max(1e-3);
            assert!(off < 1e-13, "{law:?} at {share}: {off:e}");
            worst = worst.max(off);
            let off = (law.cdf(quantile) - cdf).abs();
            assert!(off < 2e-15 + 1e-12 * cdf.min(1.0 - cdf), "{law:?} below {quantile}: {off:e}");
            approx::assert_relative_eq!(law.mean(), number(4), max_relative = 1e-14);
            approx::assert_relative_eq!(law.sd(), number(5), max_relative = 1e-12);
            count += 1;
        }
        assert_eq!(count, 4 * 27);
        println!("quantiles of {count} rows: worst {worst:.1e}");
    }

    #[test]
    fn observed_values_are_joined_by_lines() {
        let law = Distribution::Empirical(vec![3.0, 1.0, 2.0]);
        assert_eq!([0.0, 0.25, 0.5, 1.0].map(|p| law.quantile(p)), [1.0, 1.5, 2.0, 3.0]);
        assert_eq!([0.5, 1.0, 1.5, 2.0, 3.5].map(|x| law.cdf(x)), [0.0, 0.0, 0.25, 0.5, 1.0]);
        // Straight lines from 1 to 3 are the uniform distribution.
        approx::assert_relative_eq!(law.mean(), 2.0);
        approx::assert_relative_eq!(law.sd(), 2.0 / 12f64.sqrt(), max_relative = 1e-14);
        let skew = Distribution::Empirical(vec![0.0, 0.0, 0.0, 10.0]);
        approx::assert_relative_eq!(skew.mean(), 5.0 / 3.0, max_relative = 1e-14);
        let one = Distribution::Empirical(vec![7.0]);
        assert_eq!((one.mean(), one.sd(), one.quantile(0.3), one.cdf(7.0)), (7.0, 0.0, 7.0, 1.0));
        let narrow = Distribution::Triangular { low: 0.7, mode: 0.7, high: 0.7 };
        assert_eq!(narrow.sd(), 0.0);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for law in [
            Distribution::Fixed(f64::NAN),
            Distribution::Normal { mean: 0.0, sd: -1.0 },
            Distribution::Normal { mean: f64::INFINITY, sd: 1.0 },
            Distribution::LogNormal { median: 0.0, sigma: 1.0 },
            Distribution::Triangular { low: 0.0, mode: 2.0, high: 1.0 },
            Distribution::Uniform { low: 1.0, high: 0.0 },
            Distribution::Empirical(vec![]),
            Distribution::Empirical(vec![1.0, f64::NAN]),
        ] {
            assert!(law.validate().is_err(), "{law:?}");
        }
        let narrow = Distribution::Triangular { low: 1.0, mode: 1.0, high: 1.0 };
        assert!(narrow.validate().is_ok() && narrow.quantile(0.3) == 1.0 && narrow.cdf(1.0) == 1.0);
        assert!(Distribution::Uniform { low: 0.0, high: 1.0 }.quantile(1.5).is_nan());
        assert!(
            toml::from_str::<std::collections::BTreeMap<String, Distribution>>(
                "a = { normal = { mean = 1, std = 2 } }"
            )
            .is_err()
        );
    }
}
