//! What no model was made for: nothing panics, nothing runs on, and what is not a number stays so.

use rooftop_pv::module::single_diode::{
    BeyondDiode, Datasheet, SingleDiode, batzelis, batzelis_points, bishop88_mpp, curve_points, fit_cec,
    fit_desoto_batzelis, lambert_w_exp, max_power, point_at_current, point_at_voltage,
};
use rooftop_pv::plane::{self, CoatedGlass, Plane, PvwattsRows};
use rooftop_pv::sky::{self, Decomposition, DecompositionColumns};

const VALUES: [f64; 12] =
    [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e300, -1.0, 0.0, 5e-324, 1e-9, 1.0, 90.0, 1000.0, 1e300];

/// Each pair and a third that wanders.
fn triples() -> impl Iterator<Item = [f64; 3]> {
    (0..VALUES.len().pow(3)).map(|k| [VALUES[k % 12], VALUES[k / 12 % 12], VALUES[k / 144]])
}

#[test]
fn skies_and_planes_take_anything() {
    for [a, b, c] in triples() {
        let plane = Plane::new(b, c);
        let results = [
            plane::isotropic(a).on_plane(&plane, b),
            plane::hay_davies(a, b, c, 0.5).on_plane(&plane, 0.5),
            plane::klucher(&plane, a, b, 0.5, c),
            plane::reindl(&plane, a, b, c, 1366.0, 0.5, 0.5),
            plane::muneer(&plane, a, b, c, 0.5, 0.5),
            plane::perez_1990(a, b, 1366.0, c, 0.5, 1.5).on_plane(&plane, 0.5),
            plane::perez_driesse(a, b, 1366.0, c, 0.5, 1.5).on_plane(&plane, 0.5),
            CoatedGlass::default().modifier(a),
            plane::physical(a),
            sky::erbs(a, b, c).dni,
            sky::erbs_driesse(a, b, c).dni,
            sky::boland(a, b, c, &sky::BolandCoefficients::HOUR).dni,
            sky::louche(a, b, c).dni,
            sky::disc(a, b, c, 1.5).dni,
            sky::ghi_from(a, b, c),
            sky::limit_components(a, b, c, 30.0, 1366.0, None).ghi,
            sky::possible_limits(a, b)[0],
        ];
        // What feeds on one number alone keeps its being none.
        assert!(!a.is_nan() || (results[0].is_nan() && results[7].is_nan() && results[8].is_nan()));
        // Under a low sun there is no direct light, whatever GHI is.
        let high = (0.0..=87.0).contains(&b);
        assert!(!(a.is_nan() && high) || results[9..14].iter().all(|value| value.is_nan()), "{a} {b} {c}: {results:?}");
    }
    for [a, b, c] in triples() {
        let given = DecompositionColumns {
            ghi: &[a, b, c],
            zenith: &[b, c, a],
            dni_extra: &[1366.0; 3],
            pressure: &[c, a, 1e5],
            temp_dew: Some(&[a, b, c]),
            follows: None,
            clear: None,
        };
        for model in [Decomposition::Erbs, Decomposition::Disc, Decomposition::Dirint] {
            let (dni, dhi) = model.split(&given).unwrap();
            assert!(
                dni.iter().chain(&dhi).all(|value| value.is_nan() || *value >= 0.0),
                "{model:?} {given:?}: {dni:?} {dhi:?}"
            );
        }
    }
}

/// The cosine of a sun in the zenith, as rounding may leave it, and single numbers that are none.
#[test]
fn suns_in_the_zenith_and_single_unknowns() {
    let (plane, nan, squarely) = (Plane::new(30.0, 180.0), f64::NAN, 1.0 + f64::EPSILON);
    let klucher = |cos_zenith| plane::klucher(&plane, 100.0, 500.0, cos_zenith, 0.9);
    assert_eq!(klucher(squarely).to_bits(), klucher(1.0).to_bits());
    let rows = PvwattsRows::new(plane, 0.5, 50.0);
    assert!((rows.ground(100.0, 500.0, squarely) - rows.ground(100.0, 500.0, 1.0)).abs() < 1e-15);
    assert!(klucher(nan).is_nan() && rows.ground(nan, 500.0, 1.0).is_nan() && rows.ground(100.0, 500.0, nan).is_nan());
    assert!(plane::ground_pvwatts(&plane, 100.0, 500.0, nan, 0.64, 0.2).is_nan());
    let sky::ClearSky { ghi, dni, dhi } = sky::ineichen(nan, 1.3, 3.0, 100.0, 1366.0);
    assert!(ghi.is_nan() && dni.is_nan() && dhi.is_nan(), "{dni}");
    let night = sky::ineichen(95.0, nan, 3.0, 100.0, 1366.0);
    assert_eq!((night.ghi, night.dni, night.dhi), (0.0, 0.0, 0.0));
}

/// A clear sky without a beam, as clouds are dark or the sun is low, says nothing of the real one.
#[test]
fn dirindex_without_a_clear_beam_is_unknown() {
    let given = DecompositionColumns {
        ghi: &[300.0; 3],
        zenith: &[60.0; 3],
        dni_extra: &[1366.0; 3],
        pressure: &[1e5; 3],
        temp_dew: None,
        follows: None,
        clear: None,
    };
    let of = |clear: f64| sky::dirindex(&given, &[clear; 3], &[700.0; 3], true).unwrap();
    assert!(of(0.0).iter().all(|dni| dni.is_nan()));
    assert!(of(600.0).iter().all(|dni| *dni > 0.0 && dni.is_finite()));
}

#[test]
fn diodes_take_anything() {
    let beyond = BeyondDiode { d2mutau: 1.0, ns_vbi: 60.0, breakdown_factor: 0.01, ..BeyondDiode::default() };
    for [a, b, c] in triples() {
        for diode in [
            SingleDiode {
                photocurrent: a,
                saturation_current: b,
                resistance_series: c,
                resistance_shunt: 300.0,
                n_ns_vth: 1.6,
            },
            SingleDiode {
                photocurrent: 9.0,
                saturation_current: a,
                resistance_series: 0.3,
                resistance_shunt: b,
                n_ns_vth: c,
            },
        ] {
            let point = max_power(&diode);
            let unknown =
                [diode.photocurrent, diode.saturation_current, diode.resistance_series, diode.resistance_shunt]
                    .iter()
                    .any(|value| value.is_nan());
            assert!(!unknown || point.p_mp.is_nan(), "{diode:?}: {point:?}");
            let _ =
                (batzelis_points(&diode), bishop88_mpp(&diode, &beyond), curve_points(&diode, &BeyondDiode::default()));
            let _ = (point_at_voltage(a, &diode, &beyond), point_at_current(b, &diode, &beyond));
        }
        let sheet = Datasheet { v_mp: a, i_mp: b, v_oc: c, i_sc: 9.5, alpha_sc: 0.004, beta_voc: -0.12 };
        let _ = (batzelis(a, b, &sheet), fit_desoto_batzelis(&sheet), fit_cec(&sheet, -0.004));
        let sheet = Datasheet { v_mp: 36.0, i_mp: 8.89, v_oc: 43.6, i_sc: 9.5, alpha_sc: a, beta_voc: b };
        let _ = fit_cec(&sheet, c);
    }
    for value in VALUES {
        assert_eq!(lambert_w_exp(value).is_nan(), value.is_nan(), "{value}");
    }
}
