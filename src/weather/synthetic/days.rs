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

/// The normal scores that moments are summed over, and how many to a standard deviation.
const SCORES: usize = 25;
const PER_SD: f64 = 2.0;

/// The daily clearness index of a month: Johnson's bounded distribution `S_B`, Biometrika 36 (1949), 149,
/// doi:10.1093/biomet/36.1-2.149: kt = a + (b − a) / (1 + exp(−(γ + δ z))), z standard normal.
#[derive(Clone, Copy, Debug)]
struct Clearness {
    low: f64,
    high: f64,
    gamma: f64,
    delta: f64,
    /// Squared correlation of kt with z, 0 to 1: how straight the mapping is.
    straight: f64,
}

impl Clearness {
    /// The distribution of that mean and standard deviation between `low` and `high`; `high` gives way where a
    /// bounded distribution cannot spread so far.
    fn fit(mean: f64, sd: f64, high: f64, lost: f64, scores: &Scores) -> Self {
        let low = DULLEST.min(0.3 * mean);
        let variance = sd * sd;
        let high = high.max(mean + variance / (WIDEST * (mean - low))).max(1.02 * mean + 0.01);
        // Meeting the month's mean costs a variable far from its bounds the variance of that mean, and one that only
        // knows its two bounds nothing.
        let width = variance / ((mean - low) * (high - mean));
        let variance = variance / (1.0 - lost * (1.0 - width));
        let (share, spread) = ((mean - low) / (high - low), variance / ((high - low) * (high - low)));
        let logit = |x: f64| math::ln(x / (1.0 - x));
        let wanted = logit(share);
        let mut gamma = wanted;
        let mut moments = Moments::default();
        let delta = solve::increasing(0.0, 8.0, spread.sqrt() / (share * (1.0 - share)), 1e-7, |delta| {
            // On the logit the mean is nearly straight in γ, so Newton's steps arrive at once.
            for _ in 0..20 {
                moments = scores.moments(gamma, delta);
                let m = moments.mean;
                gamma += (wanted - logit(m)) * m * (1.0 - m) / (m - moments.square).max(1e-12);
                if (m - share).abs() < 1e-9 {
                    break;
                }
            }
            moments.square - moments.mean * moments.mean - spread
        });
        let got = moments.square - moments.mean * moments.mean;
        let straight = if got > 0.0 { (moments.with_z * moments.with_z / got).clamp(0.5, 1.0) } else { 1.0 };
        Self { low, high, gamma, delta, straight }
    }

    fn at(&self, z: f64) -> f64 {
        self.low + (self.high - self.low) * logistic(self.gamma + self.delta * z)
    }
}

/// Moments of a logistic of a normal number: mean, mean square, mean product with the number.
#[derive(Clone, Copy, Default)]
struct Moments {
    mean: f64,
    square: f64,
    with_z: f64,
}

/// Evenly spaced normal scores with their weights: the trapezoidal rule over ±6 standard deviations, exact to 1e-6
/// for functions as smooth as these.
struct Scores {
    z: [f64; SCORES],
    weight: [f64; SCORES],
}

impl Scores {
    fn new() -> Self {
        let z = std::array::from_fn(|i| (i as f64 - 12.0) / PER_SD);
        Self { z, weight: z.map(|z: f64| math::exp(-0.5 * z * z) / (PER_SD * TAU.sqrt())) }
    }

    fn moments(&self, gamma: f64, delta: f64) -> Moments {
        let mut sums = Moments::default();
        let values = self.z.map(|z| logistic(gamma + delta * z));
        for ((value, weight), z) in values.iter().zip(&self.weight).zip(&self.z) {
            sums.mean += weight * value;
            sums.square += weight * value * value;
            sums.with_z += weight * value * z;
        }
        sums
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
/// Graham, Hollands & Unny, Solar Energy 40 (1988), 83, in kind: a Gaussian first-order autoregression, mapped to the
/// marginal distribution of the month; then the month's normals are shifted together until its energy is
/// met, so that no day leaves the bounds.
pub(super) fn draw(station: &Station, geometry: &Geometry, factor: f64, normals: &mut Normals) -> Days {
    let mut days = Days { kt: vec![0.0; geometry.days.len()], kt_max: [0.0; 12] };
    let wanted: [f64; 12] = std::array::from_fn(|month| {
        1000.0 * station.ghi_kwh_m2_day[month] * factor * geometry.months[month].len() as f64
    });
    let lost = lost_variance(station.kt_lag1);
    let scores = Scores::new();
    let fitted: [Option<Clearness>; 12] = std::array::from_fn(|month| {
        let of_month = &geometry.days[geometry.months[month].clone()];
        let above: f64 = of_month.iter().map(|day| day.h0).sum();
        let clear: f64 = of_month.iter().map(|day| geometry.clear_ghi[day.lit.clone()].iter().sum::<f64>()).sum();
        // Days of the month differ a little in their clear sky; 3 % keep all of them below it.
        (above > 0.0 && wanted[month] > 0.0)
            .then(|| Clearness::fit(wanted[month] / above, station.kt_sd[month], 0.97 * clear / above, lost, &scores))
    });
    let phi = persistence(station.kt_lag1, lost, &fitted);
    let innovation = (1.0 - phi * phi).sqrt();
    let mut z = normals.draw();
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
        let Some(fitted) = fitted[month] else { continue };
        let of_month = &geometry.days[range.clone()];
        let shift = solve::increasing(-12.0, 12.0, 0.0, 1e-9 * wanted[month], |shift| {
            of_month.iter().zip(&scores).map(|(day, z)| day.h0 * fitted.at(z + shift)).sum::<f64>() - wanted[month]
        });
        for (day, z) in range.clone().zip(&scores) {
            days.kt[day] = fitted.at(z + shift);
        }
        days.kt_max[month] = fitted.high;
    }
    days
}

/// The part of the days' variance that goes when every month's mean is fixed, for a lag-1 correlation that was
/// itself found after removing monthly means.
fn lost_variance(lag1: f64) -> f64 {
    let mut lost = 0.0;
    for _ in 0..8 {
        // Var(mean of n) = σ²/n (1 + φ)/(1 − φ); of the covariance φσ² as much goes.
        let phi = lag1 * (1.0 - lost) + lost;
        lost = ((1.0 + phi) / (1.0 - phi) / 30.4).min(0.5);
    }
    lost
}

/// The autoregression of the normals that leaves the days with the wanted lag-1 correlation.
fn persistence(lag1: f64, lost: f64, fitted: &[Option<Clearness>; 12]) -> f64 {
    let wanted = lag1 * (1.0 - lost) + lost;
    let months = fitted.iter().flatten();
    let straight = months.clone().map(|f| f.straight).sum::<f64>() / months.count().max(1) as f64;
    // corr(kt) = Σ cₖ² φᵏ over the Hermite coefficients; what is not straight is nearly all square or cubic.
    solve::increasing(-0.9, 0.97, wanted, 1e-9, |phi| straight * phi + (1.0 - straight) * phi * phi * phi - wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitted_distributions_keep_mean_and_spread_between_their_bounds() {
        let cases =
            [(0.15, 0.109, 0.7), (0.42, 0.223, 0.72), (0.76, 0.043, 0.82), (0.5, 0.16, 0.75), (0.39, 0.15, 0.71)];
        for (mean, sd, high) in cases {
            let fitted = Clearness::fit(mean, sd, high, 0.0, &Scores::new());
            // Moments on a grid far finer than the fit's own.
            let step = 0.001;
            let (mut m, mut square) = (0.0, 0.0);
            for i in -7000..=7000 {
                let z = step * f64::from(i);
                let weight = step / TAU.sqrt() * (-0.5 * z * z).exp();
                m += weight * fitted.at(z);
                square += weight * fitted.at(z) * fitted.at(z);
            }
            let v = square - m * m;
            assert!((m - mean).abs() < 1e-5, "{m} {mean}");
            assert!((v.sqrt() - sd).abs() < 1e-4, "{} {sd}", v.sqrt());
            assert!(fitted.at(-9.0) > 0.0 && fitted.at(9.0) < 0.9);
        }
    }
}
