//! How clear each day is.

use std::f64::consts::TAU;

use super::geometry::Geometry;
use super::random::Normals;
use super::solve;
use crate::math;
use crate::weather::climate::Station;

/// The dullest day there is.
const DULLEST: f64 = 0.03;

/// A bounded distribution spread farther than this part of (µ − a)(b − µ) would be little but its two ends.
const WIDEST: f64 = 0.45;

/// The daily clearness index of a month: Johnson's bounded distribution S_B, Biometrika 36 (1949), 149,
/// doi:10.1093/biomet/36.1-2.149: kt = a + (b − a) / (1 + exp(−(γ + δ z))), z standard normal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clearness {
    low: f64,
    high: f64,
    gamma: f64,
    delta: f64,
}

impl Clearness {
    /// The distribution of that mean and standard deviation between `low` and `high`; `high` gives way where a
    /// bounded distribution cannot spread so far.
    fn fit(mean: f64, sd: f64, high: f64) -> Self {
        let low = DULLEST.min(0.3 * mean);
        let variance = sd * sd;
        let high = high.max(mean + variance / (WIDEST * (mean - low))).max(1.02 * mean + 0.01);
        let (share, spread) = ((mean - low) / (high - low), variance / ((high - low) * (high - low)));
        // Moments by the trapezoidal rule over ±6 standard deviations, exact to 1e-9 for so smooth a function.
        let moments = |gamma: f64, delta: f64| {
            let (mut first, mut second) = (0.0, 0.0);
            for step in -24..=24_i32 {
                let z = 0.25 * f64::from(step);
                let weight = 0.25 / TAU.sqrt() * math::exp(-0.5 * z * z);
                let value = logistic(gamma + delta * z);
                first += weight * value;
                second += weight * value * value;
            }
            (first, second - first * first)
        };
        let centre = math::ln(share / (1.0 - share));
        let gamma_of = |delta: f64| {
            let reach = 2.0 * (1.0 + delta);
            solve::increasing(centre - reach, centre + reach, 1e-7, |gamma| moments(gamma, delta).0 - share)
        };
        let delta = solve::increasing(0.0, 8.0, 1e-7, |delta| moments(gamma_of(delta), delta).1 - spread);
        Self { low, high, gamma: gamma_of(delta), delta }
    }

    fn at(&self, z: f64) -> f64 {
        self.low + (self.high - self.low) * logistic(self.gamma + self.delta * z)
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + math::exp(-x))
}

/// The year's days: clearness index of each, and its greatest in the month.
pub(super) struct Days {
    pub(super) kt: Vec<f64>,
    pub(super) kt_max: [f64; 12],
}

/// Daily clearness indices whose monthly irradiation is the table's times `factor`.
///
/// Graham, Hollands & Huget, Solar Energy 40 (1988), 83, doi:10.1016/0038-092X(88)90087-8, in kind: a Gaussian
/// first-order autoregression, mapped to the marginal distribution of the month; then the month's normals are
/// shifted together until its energy is met, so that no day leaves the bounds.
pub(super) fn draw(station: &Station, geometry: &Geometry, factor: f64, normals: &mut Normals) -> Days {
    let (phi, kept) = persistence(station.kt_lag1);
    let innovation = (1.0 - phi * phi).sqrt();
    let mut z = normals.draw();
    let mut days = Days { kt: vec![0.0; geometry.days.len()], kt_max: [0.0; 12] };
    for (month, range) in geometry.months.iter().enumerate() {
        let scores: Vec<f64> = range
            .clone()
            .map(|_| {
                let today = z;
                // zᵢ₊₁ = φ zᵢ + √(1 − φ²) ε
                z = phi * z + innovation * normals.draw();
                today
            })
            .collect();
        let of_month = &geometry.days[range.clone()];
        let above: f64 = of_month.iter().map(|day| day.h0).sum();
        let clear: f64 = of_month.iter().map(|day| geometry.clear_ghi[day.lit.clone()].iter().sum::<f64>()).sum();
        let wanted = 1000.0 * station.ghi_kwh_m2_day[month] * factor * of_month.len() as f64;
        if above <= 0.0 || wanted <= 0.0 {
            continue;
        }
        // Days of the month differ a little in their clear sky; 3 % keep all of them below it.
        let fitted = Clearness::fit(wanted / above, station.kt_sd[month] / kept.sqrt(), 0.97 * clear / above);
        let energy =
            |shift: f64| of_month.iter().zip(&scores).map(|(day, z)| day.h0 * fitted.at(z + shift)).sum::<f64>();
        let shift = solve::increasing(-12.0, 12.0, 1e-9 * wanted, |shift| energy(shift) - wanted);
        for (day, z) in range.clone().zip(&scores) {
            days.kt[day] = fitted.at(z + shift);
        }
        days.kt_max[month] = fitted.high;
    }
    days
}

/// The autoregression that shows the wanted lag-1 correlation, and the part of the variance that is left, after
/// every month's mean has been fixed.
fn persistence(lag1: f64) -> (f64, f64) {
    // Var(mean of n) = σ²/n (1 + φ)/(1 − φ) goes; of the covariance φσ² as much.
    let mut phi = lag1;
    let mut lost = 0.0;
    for _ in 0..8 {
        lost = ((1.0 + phi) / (1.0 - phi) / 30.4).min(0.5);
        phi = (lag1 * (1.0 - lost) + lost).min(0.97);
    }
    (phi, 1.0 - lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitted_distributions_keep_mean_and_spread_between_their_bounds() {
        let cases =
            [(0.15, 0.109, 0.7), (0.42, 0.223, 0.72), (0.76, 0.043, 0.82), (0.5, 0.16, 0.75), (0.39, 0.15, 0.71)];
        for (mean, sd, high) in cases {
            let fitted = Clearness::fit(mean, sd, high);
            let n = 20_000;
            let values: Vec<f64> = (0..n)
                .map(|i| {
                    // Quantiles of the normal by bisection of its distribution function are overkill: a fine grid.
                    let z = -7.0 + 14.0 * (f64::from(i) + 0.5) / f64::from(n);
                    fitted.at(z)
                })
                .collect();
            let weight = |i: usize| {
                (-0.5 * (-7.0 + 14.0 * (i as f64 + 0.5) / f64::from(n)).powi(2)).exp() * 14.0
                    / f64::from(n)
                    / TAU.sqrt()
            };
            let m: f64 = values.iter().enumerate().map(|(i, v)| v * weight(i)).sum();
            let v: f64 = values.iter().enumerate().map(|(i, v)| (v - m) * (v - m) * weight(i)).sum();
            assert!((m - mean).abs() < 1e-5, "{m} {mean}");
            assert!((v.sqrt() - sd).abs() < 1e-4, "{} {sd}", v.sqrt());
            assert!(fitted.at(-9.0) > 0.0 && fitted.at(9.0) < 0.9);
        }
    }
}
