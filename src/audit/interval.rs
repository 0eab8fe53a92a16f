//! Ranges of numbers, as stated figures allow them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// All numbers from `low` to `high`; either end may be infinite, as in "more than 7000 kWh".
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lowest value.
    pub low: f64,
    /// Highest value, not below `low`.
    pub high: f64,
}

impl Interval {
    /// From one end to the other, in either order. An end that is NaN makes both ends NaN, and then nothing is inside.
    pub fn new(one: f64, other: f64) -> Self {
        if one.is_nan() || other.is_nan() {
            return Self { low: f64::NAN, high: f64::NAN };
        }
        Self { low: one.min(other), high: one.max(other) }
    }

    /// A number that is known exactly.
    pub fn exact(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// Whether the value lies inside, ends included.
    pub fn contains(self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }

    /// Whether the two have a number in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// What both have in common, if anything.
    pub fn common(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self { low: self.low.max(other.low), high: self.high.min(other.high) })
    }

    /// The least interval that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Every value times a factor.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self::new(self.low * factor, self.high * factor)
    }

    /// All quotients of values that are not negative; the highest is infinite where the divisor may be zero.
    #[must_use]
    pub fn over(self, divisor: Self) -> Self {
        let high = if divisor.low > 0.0 { self.high / divisor.low } else { f64::INFINITY };
        let low = if divisor.high.is_infinite() { 0.0 } else { self.low / divisor.high };
        Self::new(low, high)
    }

    /// All products of values that are not negative.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        Self::new(product(self.low, other.low), product(self.high, other.high))
    }
}

impl fmt::Display for Interval {
    /// As `1152 to 1200`, with as many decimals as the ends need to differ, or the precision asked for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or_else(|| decimals_apart(self.low, self.high));
        match (self.low == f64::NEG_INFINITY || self.low == 0.0, self.high == f64::INFINITY) {
            (true, true) => f.write_str("anything"),
            (false, true) => write!(f, "more than {:.decimals$}", self.low),
            (true, false) if self.low < 0.0 => write!(f, "less than {:.decimals$}", self.high),
            _ if self.low == self.high => write!(f, "{:.decimals$}", self.low),
            _ => write!(f, "{:.decimals$} to {:.decimals$}", self.low, self.high),
        }
    }
}

/// Decimals that show the difference of two numbers by two digits, at most six.
fn decimals_apart(low: f64, high: f64) -> usize {
    let known = if low.is_finite() { low } else { high };
    let scale = if high > low && (high - low).is_finite() { high - low } else { 0.01 * known.abs() };
    (0..6).find(|&decimals| scale * 10f64.powi(decimals) >= 10.0).map_or(6, |decimals| decimals.unsigned_abs() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_hold_every_quotient() {
        let energy = Interval::new(59.5e6, 60.5e6);
        let capacity = Interval::new(51.5e3, 50.5e3);
        let specific = energy.over(capacity);
        assert_eq!(specific, Interval { low: 59.5e6 / 51.5e3, high: 60.5e6 / 50.5e3 });
        assert!(specific.contains(60e6 / 51e3));
        assert_eq!(energy.over(Interval::new(0.0, 1.0)).high, f64::INFINITY);
        assert_eq!(Interval::exact(1.0).over(Interval::new(2.0, f64::INFINITY)), Interval::new(0.0, 0.5));
        assert_eq!(Interval::exact(0.0).times(Interval::new(2.0, f64::INFINITY)), Interval::exact(0.0));
    }

    #[test]
    fn nothing_is_inside_of_nan() {
        let none = Interval::new(f64::NAN, 1.0);
        assert!(!none.contains(1.0) && !none.overlaps(Interval::new(0.0, 2.0)));
    }

    #[test]
    fn shown_as_a_person_would() {
        assert_eq!(Interval::new(1155.3, 1198.0).to_string(), "1155 to 1198");
        assert_eq!(Interval::new(0.2957, 0.3042).to_string(), "0.2957 to 0.3042");
        assert_eq!(Interval::exact(0.25).to_string(), "0.2500");
        assert_eq!(Interval::new(7000.0, f64::INFINITY).to_string(), "more than 7000");
        assert_eq!(Interval::new(f64::NEG_INFINITY, 12.0).to_string(), "less than 12.00");
    }
}
