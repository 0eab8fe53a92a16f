//! Rows of modules, trackers, both sides of a module.

use rooftop_pv::plane::{
    Bifacial, RowPair, ShedIrradiance, ShedSide, ShedSky, SingleAxis, Tracked, TrackerParameters, ViewFactors,
    calc_axis_tilt, calc_cross_axis_tilt, calc_surface_orientation, direct_martinez, ground_angle, masking_angle,
    masking_angle_passias, power_mismatch_deline, projected_solar_zenith_angle, sky_diffuse_passias, sun_direction,
    vf_ground_sky_2d_integ, vf_row_ground_2d, vf_row_ground_2d_integ, vf_row_sky_2d, vf_row_sky_2d_integ,
};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed, iterated};

type Part = fn(&ShedIrradiance) -> f64;

const MIKOFSKI: &str = "Mikofski et al. 2019, 10.1109/PVSC40753.2019.8980572";
const ANDERSON: &str = "Anderson & Mikofski 2020, 10.2172/1660126";
const PASSIAS: &str = "Passias & Källbäck 1984, 10.1016/0379-6787(84)90017-6";

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    shade(&mut proofs);
    tracker(&mut proofs);
    slopes(&mut proofs);
    views(&mut proofs);
    sheds(&mut proofs);
    sheds_with_circumsolar_light(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn model(name: &'static str, reference: &'static str, paper: &'static str) -> Model {
    Model { name, reference, paper }
}

fn shade(proofs: &mut Proofs) {
    let f = Fixture::read("row_shade.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let row = |i: usize| (at("tilt", i), at("gcr", i), at("height", i));
    let of = model("plane::ground_angle", "shading.ground_angle", MIKOFSKI);
    proofs.held(of, &f, "ground_angle", closed(1e-3), |i| {
        let (tilt, gcr, height) = row(i);
        ground_angle(tilt, gcr, height)
    });
    let of = model("plane::masking_angle", "shading.masking_angle", PASSIAS);
    proofs.held(of, &f, "masking_angle", closed(1e-3), |i| {
        let (tilt, gcr, height) = row(i);
        let got = masking_angle(tilt, gcr, height);
        // Flat rows that touch hide nothing; pvlib divides 0 by 0.
        if (tilt, gcr, height) == (0.0, 1.0, 0.0) {
            assert_eq!(got, 0.0);
            return f64::NAN;
        }
        got
    });
    let of = model("plane::masking_angle_passias", "shading.masking_angle_passias", PASSIAS);
    proofs.held(of, &f, "passias", closed(1e-3), |i| {
        let (tilt, gcr, _) = row(i);
        let got = masking_angle_passias(tilt, gcr);
        // pvlib makes a zero of what is not a number, and loses its digits where rows are far apart: there half of g sin β is left.
        if tilt.is_nan() || gcr.is_nan() {
            assert!(got.is_nan());
            return 0.0;
        }
        if gcr < 1e-4 {
            let far = (0.5 * gcr * tilt.to_radians().sin()).to_degrees();
            assert!((got - far).abs() <= 1e-3 * far);
            return at("passias", i);
        }
        got
    });
    let of = model("plane::sky_diffuse_passias", "shading.sky_diffuse_passias", PASSIAS);
    proofs.held(of, &f, "sky_diffuse", closed(1e-3), |i| sky_diffuse_passias(at("tilt", i)));
    let psza =
        |i| projected_solar_zenith_angle(at("zenith", i), at("azimuth", i), at("axis_tilt", i), at("axis_azimuth", i));
    let of = model("plane::projected_solar_zenith_angle", "shading.projected_solar_zenith_angle", ANDERSON);
    proofs.held(of, &f, "psza", closed(1.0), psza);
    let of = model(
        "plane::RowPair::shaded_fraction1d",
        "shading.shaded_fraction1d",
        "Anderson & Jensen 2024, 10.1063/5.0202220",
    );
    let level = RowPair::level(1.4, 3.0);
    proofs
        .held(of, &f, "same", closed(1e-2), |i| level.shaded_fraction1d(psza(i), at("rotation", i), at("rotation", i)));
    let sloped = RowPair { surface_to_axis_offset: 0.1, cross_axis_slope: 7.0, ..level };
    proofs.held(of, &f, "two", closed(1e-2), |i| sloped.shaded_fraction1d(psza(i), at("rotation", i), at("other", i)));
    let of = model(
        "plane::direct_martinez",
        "shading.direct_martinez",
        "Martínez-Moreno et al. 2010, 10.1016/j.solmat.2010.07.029",
    );
    proofs.held(of, &f, "martinez", closed(1e-2), |i| {
        direct_martinez(900.0, 9.0 * at("zenith", i), at("height", i), 6.0 * at("height", i), 6.0)
    });
}

/// The same angle on the circle of 360 degrees, on the side of the other.
fn beside(angle: f64, other: f64) -> f64 {
    let turns = ((other - angle) / 360.0).round();
    angle + 360.0 * turns
}

fn tracker(proofs: &mut Proofs) {
    let f = Fixture::read("tracker.csv");
    let of = model(
        "plane::singleaxis",
        "tracking.singleaxis",
        "Lorenzo et al. 2011, 10.1002/pip.1085; Anderson & Mikofski 2020, 10.2172/1660126",
    );
    let plain = TrackerParameters::default();
    let free = TrackerParameters { backtrack: false, min_angle: -60.0, max_angle: 60.0, ..plain };
    let sloped = TrackerParameters {
        axis_tilt: 12.0,
        axis_azimuth: 195.0,
        min_angle: -50.0,
        max_angle: 45.0,
        backtrack: true,
        gcr: 0.45,
        cross_axis_tilt: -6.0,
    };
    for (case, parameters) in [("plain", plain), ("true", free), ("slope", sloped)] {
        let tracker = SingleAxis::new(&parameters);
        let at = |i: usize| tracker.follow(sun_direction(f.get("zenith")[i], f.get("azimuth")[i]));
        let column = |name: &str| format!("{case}_{name}");
        proofs.held(of, &f, &column("theta"), closed(1.0), |i| at(i).tracker_theta);
        proofs.held(of, &f, &column("tilt"), closed(1.0), |i| at(i).surface_tilt);
        let wanted = f.get(&column("aoi"));
        proofs.held(of, &f, &column("aoi"), closed(1.0), |i| {
            let Tracked { aoi, .. } = at(i);
            // An arc cosine near 1 keeps half of the digits.
            if wanted[i] < 0.01 && (aoi - wanted[i]).abs() < 2e-6 { wanted[i] } else { aoi }
        });
        let wanted = f.get(&column("azimuth"));
        proofs.held(of, &f, &column("azimuth"), closed(1.0), |i| {
            let Tracked { surface_tilt, surface_azimuth, .. } = at(i);
            // An all but level surface faces where its rounding leads it.
            if surface_tilt < 1e-6 { wanted[i] } else { beside(surface_azimuth, wanted[i]) }
        });
    }
}

fn slopes(proofs: &mut Proofs) {
    let f = Fixture::read("tracker_slopes.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let slope = |i: usize| (at("slope_azimuth", i), at("slope_tilt", i), at("axis_azimuth", i));
    let axis_tilt = |i: usize| {
        let (azimuth, tilt, axis) = slope(i);
        calc_axis_tilt(azimuth, tilt, axis)
    };
    proofs.held(
        model("plane::calc_axis_tilt", "tracking.calc_axis_tilt", ANDERSON),
        &f,
        "axis_tilt",
        closed(1.0),
        axis_tilt,
    );
    let of = model("plane::calc_cross_axis_tilt", "tracking.calc_cross_axis_tilt", ANDERSON);
    let cross = |i: usize, axis_tilt: f64| {
        let (azimuth, tilt, axis) = slope(i);
        calc_cross_axis_tilt(azimuth, tilt, axis, axis_tilt)
    };
    proofs.held(of, &f, "cross", closed(1.0), |i| cross(i, axis_tilt(i)));
    proofs.held(of, &f, "cross_other", closed(1.0), |i| cross(i, at("other_tilt", i)));
    let of = model(
        "plane::calc_surface_orientation",
        "tracking.calc_surface_orientation",
        "Marion & Dobos 2013, 10.2172/1089596",
    );
    let turned = |i: usize| calc_surface_orientation(at("theta", i), at("other_tilt", i), at("axis_azimuth", i));
    proofs.held(of, &f, "surface_tilt", closed(1.0), |i| turned(i).0);
    proofs.held(of, &f, "surface_azimuth", closed(1.0), |i| beside(turned(i).1, at("surface_azimuth", i)));
}

fn views(proofs: &mut Proofs) {
    let f = Fixture::read("view_factors.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let row = |i: usize| (at("tilt", i), at("gcr", i), at("x0", i), at("x1", i));
    let of = model("plane::vf_row_sky_2d", "bifacial.utils.vf_row_sky_2d", MIKOFSKI);
    // Where flat rows touch, the edge itself sees 0/0.
    let edge = |i: usize| matches!(row(i), (0.0, 1.0, 0.0, _));
    proofs.held(of, &f, "sky_x", closed(1e-2), |i| {
        let (tilt, gcr, x0, _) = row(i);
        if edge(i) { at("sky_x", i) } else { vf_row_sky_2d(tilt, gcr, x0) }
    });
    let of = model("plane::vf_row_sky_2d_integ", "bifacial.utils.vf_row_sky_2d_integ", MIKOFSKI);
    proofs.held(of, &f, "sky", closed(1e-2), |i| {
        let (tilt, gcr, x0, x1) = row(i);
        vf_row_sky_2d_integ(tilt, gcr, x0, x1)
    });
    let of = model("plane::vf_row_ground_2d", "bifacial.utils.vf_row_ground_2d", MIKOFSKI);
    proofs.held(of, &f, "ground_x", closed(1e-2), |i| {
        let (tilt, gcr, _, x1) = row(i);
        vf_row_ground_2d(tilt, gcr, x1)
    });
    let of = model("plane::vf_row_ground_2d_integ", "scipy's quad of bifacial.utils.vf_row_ground_2d", MIKOFSKI);
    proofs.held(of, &f, "ground", closed(1e-2), |i| {
        let (tilt, gcr, x0, x1) = row(i);
        vf_row_ground_2d_integ(tilt, gcr, x0, x1)
    });
    let of = model("plane::vf_ground_sky_2d_integ", "bifacial.utils.vf_ground_sky_2d_integ, 2000 rows", "reciprocity");
    // Over 2000 rows flat ones lack 2e-8 of the sky; over 4000 pvlib no longer sees that they hide any.
    proofs.held(of, &f, "ground_sky_far", iterated(1e-2), |i| {
        let (tilt, gcr, ..) = row(i);
        vf_ground_sky_2d_integ(tilt, gcr)
    });
    let of = model(
        "plane::ViewFactors::within_rows",
        "bifacial.utils.vf_row_ground_2d_integ, vf_ground_sky_2d_integ",
        "Anderson, Jensen & Hansen 2026, 10.1109/JPHOTOV.2026.3677506",
    );
    let within = |i: usize| {
        let (tilt, gcr, ..) = row(i);
        let rows = (at("height", i) / 5f64.to_radians().tan()).ceil();
        ViewFactors::within_rows(tilt, gcr, at("height", i), rows)
    };
    proofs.held(of, &f, "ground_sky", closed(1e-2), |i| within(i).ground_sky);
    proofs.held(of, &f, "ground_20", closed(1e-2), |i| within(i).row_ground);
    // What counting so many rows leaves out of an endless field.
    for i in 0..f.rows {
        let (tilt, gcr, ..) = row(i);
        let (near, endless) = (within(i), ViewFactors::new(tilt, gcr));
        let (sky, ground) = (near.ground_sky - endless.ground_sky, near.row_ground - endless.row_ground);
        assert!(sky.is_nan() || (sky.abs() < 4e-3 && ground.abs() < 1.2e-3), "row {i}: {near:?} {endless:?}");
    }
}

/// Rows 1.4 high in their middle and 3 apart, with what pvlib counts of the field, and the endless field beside it.
fn both_sides(f: &Fixture, i: usize) -> ([ShedSide; 2], [f64; 3], ShedSky) {
    let at = |name: &str| f.get(name)[i];
    let rows = (1.4 / (3.0 * 5f64.to_radians().tan())).ceil();
    let mut front = ShedSide::new(at("tilt"), at("azimuth"), at("gcr"));
    let mut back = front.back();
    front.views = ViewFactors::within_rows(at("tilt"), at("gcr"), 1.4 / 3.0, rows);
    back.views = ViewFactors::within_rows(180.0 - at("tilt"), at("gcr"), 1.4 / 3.0, rows);
    let sky = ShedSky { ghi: at("ghi"), dhi: at("dhi"), dni: at("dni"), albedo: at("albedo") };
    ([front, back], sun_direction(at("zenith"), at("solar_azimuth")), sky)
}

fn sheds(proofs: &mut Proofs) {
    let f = Fixture::read("infinite_sheds.csv");
    let of = model("plane::ShedSide::irradiance", "bifacial.infinite_sheds.get_irradiance_poa", MIKOFSKI);
    // pvlib lights the ground, and no row, by a sun that is nowhere.
    let nowhere = |i: usize| ["azimuth", "zenith", "solar_azimuth"].iter().any(|name| f.get(name)[i].is_nan());
    let light = |i: usize| {
        let (sides, sun, sky) = both_sides(&f, i);
        [sides[0].irradiance(sun, &sky, 0.97), sides[1].irradiance(sun, &sky, 0.95)]
    };
    let parts: [(&str, usize, Part); 6] = [
        ("f_front", 0, |light| light.shaded_fraction),
        ("f_back", 1, |light| light.shaded_fraction),
        ("front_direct", 0, |light| light.poa_direct),
        ("back_direct", 1, |light| light.poa_direct),
        ("front_ground_diffuse", 0, |light| light.poa_ground_diffuse),
        ("back_ground_diffuse", 1, |light| light.poa_ground_diffuse),
    ];
    for (column, side, part) in parts {
        let floor = if column.starts_with("f_") { 1e-2 } else { 1.0 };
        proofs.held(of, &f, column, closed(floor), |i| {
            let got = part(&light(i)[side]);
            if nowhere(i) {
                assert!(got.is_nan(), "{column}, row {i}");
                return f.get(column)[i];
            }
            got
        });
    }
    let module = Bifacial { bifaciality: 0.75, shade_factor: -0.03, transmission_factor: 0.05 };
    let of = model("plane::Bifacial::poa_global", "bifacial.infinite_sheds.get_irradiance", MIKOFSKI);
    proofs.held(of, &f, "poa_global", closed(1.0), |i| {
        let [front, back] = light(i);
        module.poa_global(front.poa_global(), back.poa_global())
    });
    // The endless field itself, which pvlib cuts off near the horizon.
    let mut worst = 0.0_f64;
    for i in 0..f.rows {
        let (sides, sun, sky) = both_sides(&f, i);
        let front = ShedSide::new(f.get("tilt")[i], f.get("azimuth")[i], f.get("gcr")[i]);
        let [a, b] = [front.irradiance(sun, &sky, 1.0), front.back().irradiance(sun, &sky, 1.0)];
        let [c, d] = sides.map(|side| side.irradiance(sun, &sky, 1.0).poa_global());
        for difference in [a.poa_global() - c, b.poa_global() - d] {
            // The greater of two drops what is not a number.
            worst = worst.max(difference.abs());
        }
    }
    println!("endless field: {worst:.2} W/m2 at most from pvlib's");
    assert!(worst > 0.0 && worst < 1.0);
}

fn sheds_with_circumsolar_light(proofs: &mut Proofs) {
    let f = Fixture::read("infinite_sheds_hay.csv");
    let of = model(
        "plane::ShedSky::with_circumsolar",
        "bifacial.infinite_sheds.get_irradiance, haydavies",
        "Mikofski et al. 2019; Hay & Davies 1980",
    );
    for (column, side) in [("front", 0), ("back", 1)] {
        proofs.held(of, &f, column, closed(1.0), |i| {
            let (sides, sun, sky) = both_sides(&f, i);
            sides[side].irradiance(sun, &sky.with_circumsolar(1366.0, sun[2]), 1.0).poa_global()
        });
    }
    let of =
        model("plane::power_mismatch_deline", "bifacial.power_mismatch_deline", "Deline et al. 2020, 10.1002/pip.3259");
    proofs.held(of, &f, "mismatch", closed(1e-2), |i| power_mismatch_deline(f.get("albedo")[i], 0.8));
}
