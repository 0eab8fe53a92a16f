//! Clipping within the hour: the methods' formulas, and whether they come near what measured minutes clip.

use std::f64::consts::PI;

use rooftop_pv::Error;
use rooftop_pv::inverter::{self, AllenHours, WithinHour};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed};

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    let f = Fixture::read("subhourly.csv");
    let allen = Model {
        name: "inverter::allen_2022",
        reference: "pandas.cut in the authors' table",
        paper: "Allen & Hobbs 2022, 10.1063/5.0130265",
    };
    proofs.held(allen, &f, "allen", closed(1e-12), |i| inverter::allen_2022(f.get("gamma")[i], f.get("potential")[i]));
    let excess =
        Model { name: "inverter::normal_excess", reference: "scipy.stats.norm", paper: "normal loss function" };
    // Far below the limit scipy's own difference of two tails is rounding.
    proofs.held(excess, &f, "excess", closed(1e-3), |i| {
        inverter::normal_excess(f.get("mean")[i], f.get("sigma")[i], f.get("limit")[i])
    });
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

/// Measured irradiance of a horizontal plane, whose DC power is taken as proportional to it: W/m2 stand for W.
struct Measured {
    /// Of each hour whose minutes are whole.
    fixture: Fixture,
    /// The hour's mean, NaN where minutes are missing.
    mean: Vec<f64>,
    minutes: usize,
}

impl Measured {
    fn read(name: &str, minutes: usize) -> Self {
        let fixture = Fixture::read(name);
        let sum = |i: usize| (0..minutes).map(|k| fixture.get(&format!("g{k:02}"))[i]).sum::<f64>();
        let mean = (0..fixture.rows).map(|i| sum(i) / minutes as f64).collect();
        Self { fixture, mean, minutes }
    }

    /// What the minutes of each hour clip, as a mean over the hour.
    fn clipped(&self, limit: f64) -> Vec<f64> {
        let over = |i: usize, k: usize| (self.fixture.get(&format!("g{k:02}"))[i] - limit).max(0.0);
        (0..self.mean.len()).map(|i| (0..self.minutes).map(|k| over(i, k)).sum::<f64>() / self.minutes as f64).collect()
    }

    /// The sum over the whole hours of which `of` holds.
    fn sum(&self, values: &[f64], of: impl Fn(usize) -> bool) -> f64 {
        (0..values.len()).filter(|&i| of(i) && self.mean[i].is_finite()).map(|i| values[i]).sum()
    }

    /// The sum of squares of an estimate's errors.
    fn squares(&self, estimate: &[f64], truth: &[f64], of: impl Fn(usize) -> bool) -> f64 {
        let squares: Vec<f64> = estimate.iter().zip(truth).map(|(a, b)| (a - b) * (a - b)).collect();
        self.sum(&squares, of)
    }
}

/// On days that its numbers were not fitted to, the hourly correction comes nearer to what minutes clip at each limit, in
/// sum and hour by hour; and nearer, too, in the winter of a place that they never saw, where most hours are clear.
#[test]
fn within_hour_comes_nearer_than_means() {
    let payerne = Measured::read("minutes_payerne.csv", 60);
    let golden = Measured::read("minutes_golden.csv", 12);
    let even = |i: usize| payerne.fixture.get("day")[i] % 2.0 == 0.0;
    let all = |_: usize| true;
    // The part of the sum's error that may remain.
    let cases: [(&str, &Measured, &dyn Fn(usize) -> bool, &[f64], f64); 2] = [
        ("Payerne, June, even days", &payerne, &even, &[850.0, 700.0, 600.0, 500.0, 400.0], 0.3),
        ("Golden, February", &golden, &all, &[450.0, 350.0, 250.0], 1.0),
    ];
    for (place, measured, of, limits, left) in cases {
        println!("{place}: W h/m2 clipped, and squares of the hours' errors");
        for &limit in limits {
            let truth = measured.clipped(limit);
            let plain: Vec<f64> = measured.mean.iter().map(|mean| (mean - limit).max(0.0)).collect();
            let mut better = vec![0.0; truth.len()];
            WithinHour::default()
                .clipped(&measured.mean, measured.fixture.get("ghi_clear"), limit, &mut better)
                .unwrap();
            let [t, p, b] = [&truth, &plain, &better].map(|values| measured.sum(values, of));
            let [p2, b2] = [&plain, &better].map(|values| measured.squares(values, &truth, of));
            println!(
                "  limit {limit}: minutes {t:.0}, means {p:.0} ({:.3}), corrected {b:.0} ({:.3}); {p2:.0} -> {b2:.0}",
                p / t,
                b / t
            );
            assert!(p < t, "means must clip too little: {place}, {limit}");
            assert!((b - t).abs() < left * (p - t).abs(), "{place}, {limit}: {t} {p} {b}");
            assert!(b2 < 0.95 * p2, "{place}, {limit}: squares {p2} -> {b2}");
        }
    }
}

/// The published table is for sums: over the month it comes nearer than the means do.
#[test]
fn allen_comes_nearer_in_sum() {
    let measured = Measured::read("minutes_payerne.csv", 60);
    let f = &measured.fixture;
    // The table wants a year's energy. June's has as much part in it as above the atmosphere: latitude 46.815 degrees.
    let latitude = 46.815_f64.to_radians();
    let above = |day: u32| {
        let declination = 23.45_f64.to_radians() * (2.0 * PI * (284.0 + f64::from(day)) / 365.0).sin();
        let sunset = (-latitude.tan() * declination.tan()).acos();
        latitude.cos() * declination.cos() * sunset.sin() + sunset * latitude.sin() * declination.sin()
    };
    let year_over_june = (1..=365).map(above).sum::<f64>() / (152..=181).map(above).sum::<f64>();
    let year = measured.sum(&measured.mean, |_| true) * year_over_june;
    println!("{:.0} W h/m2 in June, {year:.0} in the year", year / year_over_june);
    for limit in [850.0, 700.0, 600.0, 500.0, 400.0] {
        let truth = measured.clipped(limit);
        let plain: Vec<f64> = measured.mean.iter().map(|mean| (mean - limit).max(0.0)).collect();
        let mut added = vec![0.0; truth.len()];
        let hours = AllenHours {
            dni: f.get("dni"),
            dni_reference: f.get("dni_reference"),
            pdc_reference: f.get("ghi_reference"),
        };
        inverter::allen_losses(&hours, limit, year, &mut added).unwrap();
        let [t, p, a] = [&truth, &plain, &added].map(|values| measured.sum(values, |i| added[i].is_finite()));
        println!(
            "  limit {limit}: minutes {t:.0}, means {p:.0} ({:.3}), corrected {:.0} ({:.3})",
            p / t,
            p + a,
            (p + a) / t
        );
        assert!((p + a - t).abs() < (p - t).abs(), "{limit}: {t} {p} {a}");
    }
}

#[test]
fn edges() {
    let model = WithinHour::default();
    let mut out = [0.0; 4];
    // Night, an even clear hour below the limit, one above, one of an unknown power.
    model.clipped(&[0.0, 400.0, 800.0, f64::NAN], &[0.0, 410.0, 800.0, 800.0], 500.0, &mut out).unwrap();
    assert!(out[0] == 0.0 && out[1] > 0.0 && out[1] < 60.0 && out[2] >= 300.0 && out[3].is_nan(), "{out:?}");
    model.clipped(&[10.0; 4], &[f64::NAN; 4], 500.0, &mut out).unwrap();
    assert!(out.iter().all(|clipped| clipped.is_nan()));
    // Polar night clips nothing, and an inverter of next to nothing clips no more than there is.
    model.clipped(&[0.0; 4], &[0.0; 4], 500.0, &mut out).unwrap();
    assert_eq!(out, [0.0; 4]);
    model.clipped(&[100.0, 300.0, 500.0, 10.0], &[900.0; 4], 1e-9, &mut out).unwrap();
    assert!(out[0] <= 100.0 && out[1] <= 300.0 && out[2] <= 500.0 && out[3] <= 10.0, "{out:?}");
    model.clipped(&[-5.0; 4], &[900.0; 4], 500.0, &mut out).unwrap();
    assert_eq!(out, [0.0; 4]);
    model.clipped(&[], &[], 1.0, &mut []).unwrap();

    let error = model.clipped(&[1.0; 3], &[1.0; 4], 1.0, &mut out).unwrap_err();
    assert!(matches!(error, Error::Length { name: "pdc", found: 3, expected: 4 }), "{error}");
    for limit in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let text = model.clipped(&[1.0; 4], &[1.0; 4], limit, &mut out).unwrap_err().to_string();
        assert!(text.starts_with("limit = ") && text.ends_with("above 0 and finite"), "{text}");
    }
    let bad = WithinHour { ceiling: f64::NAN, ..model };
    assert!(bad.clipped(&[1.0; 4], &[1.0; 4], 1.0, &mut out).unwrap_err().to_string().starts_with("ceiling = NaN"));

    let hours =
        AllenHours { dni: &[0.0, 300.0, f64::NAN, 300.0], dni_reference: &[900.0; 4], pdc_reference: &[700.0; 4] };
    inverter::allen_losses(&hours, 500.0, 1e6, &mut out).unwrap();
    // γ = 1/3, CP = 0.4, an upper end; the first and last hour have a dark neighbour.
    assert_eq!((out[0], out[3]), (0.0, 0.0));
    assert!((out[1] - 19.8).abs() < 1e-9 && out[2].is_nan(), "{out:?}");
    let error = inverter::allen_losses(&hours, 500.0, 1e6, &mut [0.0; 3]).unwrap_err();
    assert!(matches!(error, Error::Length { name: "dni", .. }), "{error}");
    assert!(inverter::allen_losses(&hours, 500.0, f64::NAN, &mut out).is_err());
}
