//! Samples and studies against closed forms.

use super::*;

const SAMPLINGS: [Sampling; 3] = [Sampling::Random, Sampling::LatinHypercube, Sampling::Sobol];

fn six() -> Inputs {
    Inputs::new()
        .with("normal", Distribution::Normal { mean: 1.0, sd: 0.05 })
        .and_then(|inputs| inputs.with("log normal", Distribution::LogNormal { median: 0.005, sigma: 0.4 }))
        .and_then(|inputs| inputs.with("triangular", Distribution::Triangular { low: 0.0, mode: 10.0, high: 40.0 }))
        .and_then(|inputs| inputs.with("uniform", Distribution::Uniform { low: 0.3, high: 0.4 }))
        .and_then(|inputs| inputs.with("empirical", Distribution::Empirical(vec![1.0, 2.0, 3.0, 4.0])))
        .and_then(|inputs| inputs.with("fixed", Distribution::Fixed(2.0)))
        .unwrap()
}

#[test]
fn means_and_spreads_are_those_of_the_distributions() {
    let n = 16_384;
    for sampling in SAMPLINGS {
        let sample = six().draw(n, 7, sampling).unwrap();
        for (input, law) in six().distributions().iter().enumerate().filter(|(input, _)| *input != 4) {
            let values: Vec<f64> = sample.column(input).collect();
            let (found, mean, sd) = (spread(&values), law.mean(), law.sd());
            // Four standard errors for independent points; layers and Sobol' points lie far closer.
            let slack = if sampling == Sampling::Random { 4.0 / (n as f64).sqrt() } else { 2e-3 };
            assert!((found.mean - mean).abs() <= slack * sd + 1e-12, "{sampling:?} {law:?}: mean {}", found.mean);
            assert!((found.sd - sd).abs() <= 4.0 * slack * sd + 1e-12, "{sampling:?} {law:?}: sd {}", found.sd);
            assert!((found.p90 - law.quantile(0.1)).abs() <= 0.05 * sd + 1e-12, "{sampling:?} {law:?}: p90");
        }
        // The lines between 1, 2, 3 and 4 are a uniform distribution.
        let values: Vec<f64> = sample.column(4).collect();
        assert!((spread(&values).sd - 3.0 / 12f64.sqrt()).abs() < 0.02);
    }
}

#[test]
fn correlations_are_those_asked_for() {
    let correlation = |x: &[f64], y: &[f64]| {
        let (a, b) = (spread(x), spread(y));
        let n = x.len() as f64;
        x.iter().zip(y).map(|(x, y)| (x - a.mean) * (y - b.mean)).sum::<f64>() / (n - 1.0) / (a.sd * b.sd)
    };
    let ranks = |values: &[f64]| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut ranks = vec![0.0; values.len()];
        for (rank, place) in order.into_iter().enumerate() {
            ranks[place] = rank as f64;
        }
        ranks
    };
    let inputs = six()
        .with("second normal", Distribution::Normal { mean: 0.0, sd: 2.0 })
        .and_then(|inputs| inputs.correlate("normal", "second normal", 0.6))
        .and_then(|inputs| inputs.correlate("uniform", "triangular", -0.5))
        .and_then(|inputs| inputs.correlate("normal", "uniform", 0.3))
        .unwrap();
    for sampling in SAMPLINGS {
        let sample = inputs.draw(16_384, 3, sampling).unwrap();
        let column = |input: usize| sample.column(input).collect::<Vec<f64>>();
        // Standard error (1 − ρ²)/√n: 0.005; four of them.
        let found = correlation(&column(0), &column(6));
        assert!((found - 0.6).abs() < 0.02, "{sampling:?}: {found}");
        // Spearman's of a Gaussian copula: (6/π) arcsin(ρ/2).
        let wanted = 6.0 / std::f64::consts::PI * (-0.25f64).asin();
        let found = correlation(&ranks(&column(2)), &ranks(&column(3)));
        assert!((found - wanted).abs() < 0.03, "{sampling:?}: {found} for {wanted}");
        assert!(correlation(&column(0), &column(1)).abs() < 0.03);
    }
}

#[test]
fn a_latin_hypercube_has_one_point_in_each_layer() {
    let n = 1000;
    let points = uniforms(n, 5, 11, Sampling::LatinHypercube).unwrap();
    for dimension in 0..5 {
        let mut layers: Vec<usize> = points.iter().skip(dimension).step_by(5).map(|u| num_layer(*u, n)).collect();
        layers.sort_unstable();
        assert!(layers.iter().copied().eq(0..n));
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a layer")]
fn num_layer(u: f64, n: usize) -> usize {
    (u * n as f64).floor() as usize
}

#[test]
fn contradictions_are_refused_by_name() {
    let three = || six().correlate("normal", "uniform", 0.9).and_then(|i| i.correlate("uniform", "triangular", 0.9));
    let against = three().and_then(|inputs| inputs.correlate("normal", "triangular", -0.9)).unwrap();
    let said = against.draw(10, 1, Sampling::Random).unwrap_err().to_string();
    assert!(said.contains("contradict") && said.contains("normal"), "{said}");
    let said = six().correlate("norml", "uniform", 0.1).unwrap_err().to_string();
    assert!(said.contains("did you mean normal"), "{said}");
    assert!(six().correlate("normal", "uniform", 1.0).is_err());
    assert!(six().correlate("normal", "normal", 0.5).is_err());
    assert!(six().with("normal", Distribution::Fixed(1.0)).is_err());
    assert!(six().draw(0, 1, Sampling::Sobol).is_err());
    let many =
        (0..100).try_fold(Inputs::new(), |inputs, i| inputs.with(i.to_string(), Distribution::Fixed(0.0))).unwrap();
    assert!(many.draw(4, 1, Sampling::Sobol).unwrap_err().to_string().contains("up to 96"));
    assert!(many.draw(4, 1, Sampling::LatinHypercube).is_ok());
}

#[test]
fn seven_uncertainties_of_thevenard_and_pelland_combine() {
    // Solar Energy 91 (2013), 432, doi:10.1016/j.solener.2011.05.006: climate, insolation, plane of array, rating,
    // soiling, snow, other; one standard deviation each, %.
    let parts = [3.9, 5.0, 3.0, 3.0, 2.0, 1.5, 5.0];
    let exact: f64 = parts.iter().map(|part| part * part).sum::<f64>().sqrt();
    let inputs = (0..).zip(parts).try_fold(Inputs::new(), |inputs, (i, part): (usize, f64)| {
        inputs.with(format!("u{i}"), Distribution::Normal { mean: 1.0, sd: 0.01 * part })
    });
    let product = |row: &[f64], out: &mut [f64]| out[0] = row.iter().product();
    let study =
        Study::run(&inputs.unwrap(), &Draw { samples: 65_536, ..Draw::default() }, &["yield"], product).unwrap();
    let found = study.spread(0).unwrap();
    // Independent factors: Var = Π(1 + sᵢ²) − 1.
    let of_product = (parts.iter().map(|part| 1.0 + 1e-4 * part * part).product::<f64>() - 1.0).sqrt();
    println!("seven uncertainties: {:.3} %, root of squares {exact:.3} %", 100.0 * found.sd);
    assert!((found.sd - of_product).abs() < 2e-4 * of_product, "{} for {of_product}", found.sd);
    // √(15.21 + 25 + 9 + 9 + 4 + 2.25 + 25) = √89.46
    assert!((exact - 89.46f64.sqrt()).abs() < 1e-12 && (100.0 * found.sd - exact).abs() < 0.02);
}

#[test]
fn indices_of_ishigamis_function() {
    // f = sin x₁ + a sin² x₂ + b x₃⁴ sin x₁ on (−π, π)³ (Ishigami & Homma 1990); closed forms as in Saltelli et al. 2008.
    let (a, b, pi) = (7.0, 0.1, std::f64::consts::PI);
    let inputs = ["x1", "x2", "x3"]
        .into_iter()
        .try_fold(Inputs::new(), |inputs, name| inputs.with(name, Distribution::Uniform { low: -pi, high: pi }))
        .unwrap();
    let f = |x: &[f64]| x[0].sin() + a * x[1].sin().powi(2) + b * x[2].powi(4) * x[0].sin();
    let (v1, v2, v13) =
        (0.5 * (1.0 + b * pi.powi(4) / 5.0).powi(2), a * a / 8.0, b * b * pi.powi(8) * (1.0 / 18.0 - 1.0 / 50.0));
    let v = v1 + v2 + v13;
    let wanted = [(v1 / v, (v1 + v13) / v), (v2 / v, v2 / v), (0.0, v13 / v)];
    let draw = Draw { samples: 16_384, ..Draw::default() };
    let found = sobol_indices(&inputs, &each(&inputs), &draw, f).unwrap();
    for (index, (first, total)) in found.iter().zip(wanted) {
        println!(
            "{}: first {:.4} ± {:.4} (exact {first:.4}), total {:.4} ± {:.4} (exact {total:.4})",
            index.name, index.first, index.first_half_width, index.total, index.total_half_width
        );
        assert!((index.first - first).abs() < 0.01 && (index.total - total).abs() < 0.01, "{index:?}");
        assert!(index.first_half_width < 0.05 && index.total_half_width < 0.05);
    }
    // Taken together, x1 and x3 explain all that x2 does not.
    let groups = [("x1 and x3".to_owned(), vec![0, 2])];
    let group = &sobol_indices(&inputs, &groups, &draw, f).unwrap()[0];
    assert!((group.first - (v1 + v13) / v).abs() < 0.01, "{group:?}");
    assert!(sobol_indices(&six().correlate("normal", "uniform", 0.2).unwrap(), &[], &draw, f).is_err());
}

#[test]
fn swings_come_widest_first() {
    let inputs = Inputs::new()
        .with("weak", Distribution::Normal { mean: 0.0, sd: 1.0 })
        .and_then(|inputs| inputs.with("strong", Distribution::Normal { mean: 0.0, sd: 3.0 }))
        .unwrap();
    let swings = tornado(&inputs, &each(&inputs), |x| x[0] + x[1]);
    assert_eq!(swings[0].name, "strong");
    approx::assert_relative_eq!(swings[0].at_90, 3.0 * 1.2815515655446004, max_relative = 1e-14);
    approx::assert_relative_eq!(swings[0].at_10, -swings[0].at_90, max_relative = 1e-14);
}

#[test]
fn threads_do_not_change_a_bit() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let model = |row: &[f64], out: &mut [f64]| out[0] = row.iter().product();
            let study = Study::run(&six(), &Draw { samples: 1000, ..Draw::default() }, &["y"], model).unwrap();
            let f = |row: &[f64]| row.iter().sum::<f64>();
            let indices = sobol_indices(&six(), &each(&six()), &Draw { samples: 500, ..Draw::default() }, f).unwrap();
            (study, format!("{indices:?}"))
        })
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(7));
    let bad = Study::run(&six(), &Draw::default(), &["y"], |_, out| out[0] = f64::NAN).unwrap_err().to_string();
    assert!(bad.contains("y of sample 0"), "{bad}");
}
