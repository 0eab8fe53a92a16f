//! Soiling.

use rooftop_pv::Error;
use rooftop_pv::plane::{self, Hsu, Kimber, KimberRegion, KimberSurroundings};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed};

const HSU: Model = Model {
    name: "plane::Hsu::losses",
    reference: "soiling.hsu",
    paper: "Coello & Boyle 2019, 10.1109/JPHOTOV.2019.2919628",
};

const KIMBER: Model = Model {
    name: "plane::Kimber::losses",
    reference: "soiling.kimber",
    paper: "Kimber et al. 2006, 10.1109/WCPEC.2006.279690",
};

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    let mass = Fixture::read("soiling_mass.csv");
    proofs.held(
        Model { name: "plane::hsu_loss", reference: "scipy.special.erf", paper: HSU.paper },
        &mass,
        "loss",
        closed(1e-3),
        |i| plane::hsu_loss(mass.get("mass")[i]),
    );
    for (step_h, file) in [(1.0, "soiling_60min.csv"), (0.5, "soiling_30min.csv")] {
        let f = Fixture::read(file);
        settled(&mut proofs, &f, step_h);
        daily(&mut proofs, &f, step_h);
    }
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn settled(proofs: &mut Proofs, f: &Fixture, step_h: f64) {
    let cases =
        [(0.0, 1.0, 1.0), (30.0, 0.5, 1.0), (30.0, 3.0, 6.0), (90.0, 5.0, 24.0), (20.0, 1000.0, 1.0), (20.0, 0.0, 1.0)];
    for (tilt, threshold, hours) in cases {
        let model = Hsu { cleaning_threshold_mm: threshold, rain_accum_h: hours, ..Hsu::default() };
        let losses = model.losses(f.get("rain"), f.get("pm2_5"), f.get("pm10"), tilt, step_h).unwrap();
        let column = format!("hsu_{tilt}_{threshold}_{hours}");
        proofs.held(HSU, f, &column, closed(1e-3), |i| losses[i]);
    }
}

fn daily(proofs: &mut Proofs, f: &Fixture, step_h: f64) {
    let rain = f.get("rain");
    let days = |day: f64| (day * 24.0 / step_h) as usize;
    let default = Kimber::default();
    let short = Kimber {
        cleaning_threshold_mm: 2.0,
        soiling_loss_rate: 0.003,
        grace_period_days: 2.0,
        max_soiling: 0.02,
        rain_accum_h: 6.0,
        ..default
    };
    let washed = Kimber {
        cleaning_threshold_mm: 8.0,
        soiling_loss_rate: 0.002,
        grace_period_days: 7.0,
        initial_soiling: 0.05,
        ..default
    };
    let dry = Kimber { initial_soiling: 0.01, max_soiling: 0.1, ..default };
    let wet = Kimber { initial_soiling: 0.01, ..default };
    let none = vec![0.0; f.rows];
    let much = vec![6.0; f.rows];
    let cases: [(&str, Kimber, &[f64], &[usize]); 5] = [
        ("kimber", default, rain, &[]),
        ("kimber_short", short, rain, &[]),
        ("kimber_washed", washed, rain, &[days(19.0), days(41.0)]),
        ("kimber_dry", dry, &none, &[]),
        ("kimber_wet", wet, &much, &[]),
    ];
    for (column, model, rain, washed) in cases {
        let losses = model.losses(rain, step_h, washed).unwrap();
        proofs.held(KIMBER, f, column, closed(1e-3), |i| losses[i]);
    }
}

/// What nobody measured is not known until the panels are surely clean.
#[test]
fn unknown_until_clean() {
    let rain = [0.0, f64::NAN, 0.0, 0.0, 5.0, 0.0];
    let (fine, coarse) = ([1e-4; 6], [2e-4; 6]);
    let losses = Hsu::default().losses(&rain, &fine, &coarse, 20.0, 1.0).unwrap();
    let unknown: Vec<bool> = losses.iter().map(|loss| loss.is_nan()).collect();
    assert_eq!(unknown, [false, true, true, true, false, false]);
    assert_eq!(losses[4], 0.0);
    // A window of three hours with a gap is enough where what is known is.
    let rain = [0.0, f64::NAN, 5.0, 0.0, 0.0, 0.0];
    let wide = Hsu { rain_accum_h: 3.0, ..Hsu::default() };
    let losses = wide.losses(&rain, &fine, &coarse, 20.0, 1.0).unwrap();
    assert!(losses[1].is_nan() && losses[2..5] == [0.0; 3] && losses[5] > 0.0, "{losses:?}");
    let no_dust = [1e-4, f64::NAN, 1e-4, 1e-4];
    let losses = Hsu::default().losses(&[0.0, 0.0, 0.0, 9.0], &no_dust, &no_dust, 20.0, 1.0).unwrap();
    assert!(losses[0] > 0.0 && losses[1].is_nan() && losses[2].is_nan() && losses[3] == 0.0, "{losses:?}");

    let model = Kimber { rain_accum_h: 1.0, grace_period_days: 2.0 / 24.0, ..Kimber::default() };
    let losses = model.losses(&[0.0, f64::NAN, 0.0, 0.0, 7.0, 0.0, 0.0], 1.0, &[]).unwrap();
    let unknown: Vec<bool> = losses.iter().map(|loss| loss.is_nan()).collect();
    assert_eq!(unknown, [false, true, true, true, false, false, false]);
    assert!(losses[5] == 0.0 && losses[6] > 0.0, "{losses:?}");
    assert!(plane::hsu_loss(f64::NAN).is_nan());
}

/// A window that goes over ties of tenths, and over a year in one go.
#[test]
fn windows_count_ties_and_stay_exact() {
    // Ten times a tenth is a millimetre, though their sum in binary is not.
    let rain: Vec<f64> = (0..10).map(|_| 0.1).collect();
    let dust = vec![1e-4; 10];
    let tie = Hsu { cleaning_threshold_mm: 1.0, rain_accum_h: 10.0, ..Hsu::default() };
    let losses = tie.losses(&rain, &dust, &dust, 0.0, 1.0).unwrap();
    assert!(losses[8] > 0.0 && losses[9] == 0.0);
    // Kimber's threshold itself does not clean.
    let at = Kimber { cleaning_threshold_mm: 1.0, rain_accum_h: 10.0, ..Kimber::default() };
    assert!(at.losses(&rain, 1.0, &[]).unwrap().iter().skip(1).all(|&loss| loss > 0.0));
    let above = Kimber { cleaning_threshold_mm: 0.99, ..at };
    assert_eq!(above.losses(&rain, 1.0, &[]).unwrap()[9], 0.0);
    // A storm long gone leaves nothing behind in the sum.
    let mut storm = vec![0.0; 100_000];
    storm[0] = 1e6 + 0.3;
    let after = Hsu { cleaning_threshold_mm: 1e-6, rain_accum_h: 8000.0, ..Hsu::default() };
    let dust = vec![1e-6; storm.len()];
    let losses = after.losses(&storm, &dust, &dust, 0.0, 1.0).unwrap();
    assert!(losses[..8000].iter().all(|&loss| loss == 0.0) && losses[8000] > 0.0);
}

#[test]
fn says_what_is_wrong() {
    let hsu = Hsu::default();
    let error = hsu.losses(&[0.0; 3], &[0.0; 2], &[0.0; 3], 10.0, 1.0).unwrap_err();
    assert!(matches!(error, Error::Length { name: "pm2_5", found: 2, expected: 3 }), "{error}");
    let error = hsu.losses(&[0.0; 3], &[0.0; 3], &[0.0; 4], 10.0, 1.0).unwrap_err();
    assert!(matches!(error, Error::Length { name: "pm10", found: 4, expected: 3 }), "{error}");
    for step in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(hsu.losses(&[0.0], &[0.0], &[0.0], 10.0, step).unwrap_err().to_string().starts_with("step_h = "));
        assert!(Kimber::default().losses(&[0.0], step, &[]).unwrap_err().to_string().starts_with("step_h = "));
    }
    assert!(hsu.losses(&[], &[], &[], 10.0, 1.0).unwrap().is_empty());
    assert!(Kimber::default().losses(&[], 1.0, &[]).unwrap().is_empty());
    let text = Kimber::default().losses(&[0.0; 3], 1.0, &[3]).unwrap_err().to_string();
    assert_eq!(text, "washed = 3 is not allowed: a record below 3");
    let bad = Kimber { max_soiling: f64::NAN, ..Kimber::default() };
    assert!(bad.losses(&[0.0], 1.0, &[]).unwrap_err().to_string().starts_with("max_soiling = NaN"));

    let mut out = [0.0; 3];
    let loss = std::array::from_fn(|month| 0.01 * month as f64);
    plane::monthly_soiling(&loss, &[1, 12, 7], &mut out).unwrap();
    assert_eq!(out, [0.0, 0.01 * 11.0, 0.06]);
    assert!(plane::monthly_soiling(&loss, &[0, 1, 1], &mut out).unwrap_err().to_string().contains("month = 0"));
    assert!(plane::monthly_soiling(&loss, &[13, 1, 1], &mut out).is_err());
    assert!(matches!(plane::monthly_soiling(&loss, &[1], &mut out).unwrap_err(), Error::Length { .. }));
    assert!(plane::monthly_soiling(&[f64::NAN; 12], &[1, 1, 1], &mut out).unwrap_err().to_string().contains("month 1"));
    assert_eq!(plane::kimber_daily_loss(KimberRegion::CentralValley, KimberSurroundings::Suburban), 0.0019);
}
