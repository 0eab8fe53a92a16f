//! Snow.

use rooftop_pv::Error;
use rooftop_pv::plane::{self, Coverage, SnowColumns, SnowCover, SnowMonths, SnowRecord, Townsend};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed};

const MARION: &str = "Marion et al. 2013, 10.1016/j.solener.2013.07.029; Ryberg & Freeman 2017, NREL/TP-6A20-68705";

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    for (step_h, file) in [(1.0, "snow_60min.csv"), (0.5, "snow_30min.csv")] {
        cover(&mut proofs, &Fixture::read(file), step_h);
    }
    months(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn columns(f: &Fixture) -> SnowColumns<'_> {
    SnowColumns { snowfall: f.get("snowfall"), poa_global: f.get("poa"), temp_air: f.get("air"), snow_depth: None }
}

fn cover(proofs: &mut Proofs, f: &Fixture, step_h: f64) {
    let model = SnowCover::default();
    let deep = SnowCover {
        threshold_snowfall_cm_h: 0.5,
        threshold_depth_cm: 2.0,
        can_slide_coefficient: -60.0,
        slide_amount_coefficient: 0.25,
    };
    let depth = f.get("depth");
    let fallen = Model { name: "plane::SnowCover::fully_covered", reference: "snow.fully_covered_nrel", paper: MARION };
    let as_number = |covered: bool| if covered { 1.0 } else { 0.0 };
    proofs
        .held(fallen, f, "fallen", closed(1.0), |i| as_number(model.fully_covered(f.get("snowfall")[i], None, step_h)));
    proofs.held(fallen, f, "fallen_depth", closed(1.0), |i| {
        as_number(deep.fully_covered(f.get("snowfall")[i], Some(depth[i]), step_h))
    });

    let coverage = Model { name: "plane::SnowCover::coverage", reference: "snow.coverage_nrel", paper: MARION };
    let night = vec![0.0; f.rows];
    let frost: Vec<f64> = f.get("air").iter().map(|air| air - 30.0).collect();
    let given = columns(f);
    let cases = [
        ("cover_0", model, given, 0.0, 0.0),
        ("cover_30", model, given, 30.0, 0.7),
        ("cover_90", model, given, 90.0, 0.0),
        ("cover_depth", deep, SnowColumns { snow_depth: Some(depth), ..given }, 20.0, 1.0),
        ("cover_night", model, SnowColumns { poa_global: &night, temp_air: &frost, ..given }, 30.0, 0.3),
    ];
    for (column, model, columns, tilt, initial) in cases {
        let covered = model.coverage(&columns, tilt, step_h, initial).unwrap();
        proofs.held(coverage, f, column, closed(1.0), |i| covered[i]);
        // Record by record it is the same, bit for bit.
        let mut state = Coverage::new(initial).unwrap();
        for i in 0..f.rows {
            let record = SnowRecord {
                snowfall: columns.snowfall[i],
                poa_global: columns.poa_global[i],
                temp_air: columns.temp_air[i],
                snow_depth: columns.snow_depth.map(|depth| depth[i]),
            };
            assert_eq!(state.step(&model, &record, tilt, step_h).to_bits(), covered[i].to_bits());
        }
    }
    let loss = Model {
        name: "plane::dc_loss_nrel",
        reference: "snow.dc_loss_nrel",
        paper: "Gilman et al. 2018, NREL/TP-6A20-67399",
    };
    proofs.held(loss, f, "loss", closed(1.0), |i| plane::dc_loss_nrel(f.get("cover_30")[i], 3));
}

fn months(proofs: &mut Proofs) {
    let f = Fixture::read("snow_months.csv");
    let twelve = |column: &str, first: usize| -> [f64; 12] { f.get(column)[first..first + 12].try_into().unwrap() };
    let mut losses = Vec::new();
    for first in (0..f.rows).step_by(12) {
        let of = |column: &str| f.get(column)[first];
        let row = Townsend {
            surface_tilt_deg: of("tilt"),
            slant_height_m: of("slant"),
            lower_edge_height_m: of("edge"),
            string_factor: of("string"),
            angle_of_repose_deg: of("repose"),
            front_side_fraction: of("front"),
        };
        let year = SnowMonths {
            snow_total: &twelve("total", first),
            snow_events: &twelve("events", first),
            relative_humidity: &twelve("rh", first),
            temp_air: &twelve("air", first),
            poa_global: &twelve("poa", first),
        };
        losses.extend(plane::loss_townsend(&row, &year).unwrap());
    }
    let model = Model {
        name: "plane::loss_townsend",
        reference: "snow.loss_townsend",
        paper: "Townsend & Powers 2011, 10.1109/PVSC.2011.6186627",
    };
    proofs.held(model, &f, "loss", closed(1e-6), |i| losses[i]);
}

const ROW: Townsend = Townsend {
    surface_tilt_deg: 20.0,
    slant_height_m: 2.0,
    lower_edge_height_m: 1.0,
    string_factor: 1.0,
    angle_of_repose_deg: 40.0,
    front_side_fraction: 1.0,
};

/// Months without sun, without snow and with gaps.
#[test]
fn months_at_the_edges() {
    let mut snow = [0.0; 12];
    (snow[0], snow[5]) = (50.0, 20.0);
    let mut events = [0.0; 12];
    (events[0], events[5]) = (4.0, 2.0);
    let mut sun = [80e3; 12];
    (sun[0], sun[11]) = (0.0, 0.0);
    let mut air = [-5.0; 12];
    air[8] = f64::NAN;
    let year = |snow| SnowMonths {
        snow_total: snow,
        snow_events: &events,
        relative_humidity: &[80.0; 12],
        temp_air: &air,
        poa_global: &sun,
    };
    let losses = plane::loss_townsend(&ROW, &year(&snow)).unwrap();
    // Polar night: all of nothing is lost under snow, and nothing without.
    assert_eq!((losses[0], losses[11]), (1.0, 0.0));
    assert!(losses[1] > 0.0 && losses[6] > 0.0 && losses[6] < losses[5] && losses[2] == 0.0, "{losses:?}");
    assert!(losses[8].is_nan() && losses[9] == 0.0);
    let mut gap = snow;
    gap[3] = f64::NAN;
    let mut more = events;
    more[3] = 1.0;
    let losses = plane::loss_townsend(&ROW, &SnowMonths { snow_events: &more, ..year(&gap) }).unwrap();
    assert!(losses[3].is_nan() && losses[4].is_nan() && losses[5] > 0.0, "{losses:?}");
    let bad = Townsend { surface_tilt_deg: f64::NAN, ..ROW };
    assert!(
        plane::loss_townsend(&bad, &year(&[0.0; 12])).unwrap_err().to_string().starts_with("surface_tilt_deg = NaN")
    );
    let named: Townsend = toml::from_str("surface_tilt_deg = 20\nslant_height_m = 2\nlower_edge_height_m = 1").unwrap();
    assert_eq!(named, ROW);
}

/// A gap leaves the cover unknown until snow or bare ground tells.
#[test]
fn gaps_and_edges_of_cover() {
    let model = SnowCover::default();
    let nan = f64::NAN;
    let given = SnowColumns {
        snowfall: &[0.0, 5.0, 0.0, 0.0, 3.0, 0.0, nan, 0.0, 0.0],
        poa_global: &[500.0, 0.0, nan, 500.0, nan, 500.0, 500.0, 500.0, 500.0],
        temp_air: &[5.0; 9],
        snow_depth: None,
    };
    let covered = model.coverage(&given, 45.0, 1.0, 0.0).unwrap();
    let unknown: Vec<bool> = covered.iter().map(|covered| covered.is_nan()).collect();
    assert_eq!(unknown, [false, false, true, true, false, false, true, true, true], "{covered:?}");
    let bare = SnowColumns { snow_depth: Some(&[9.0, 9.0, 9.0, 9.0, 9.0, nan, 9.0, 0.5, 9.0]), ..given };
    let covered = model.coverage(&bare, 45.0, 1.0, 0.0).unwrap();
    let unknown: Vec<bool> = covered.iter().map(|covered| covered.is_nan()).collect();
    assert_eq!(unknown, [false, false, true, true, false, true, true, false, false], "{covered:?}");
    assert_eq!(covered[7], 0.0);
    assert!(plane::dc_loss_nrel(nan, 3).is_nan());
    // What lies flat in the frost of a polar night lies.
    let night = SnowColumns { poa_global: &[0.0; 9], temp_air: &[-30.0; 9], snowfall: &[0.0; 9], snow_depth: None };
    assert_eq!(model.coverage(&night, 0.0, 1.0, 0.4).unwrap(), [0.4; 9]);

    let error = model.coverage(&SnowColumns { temp_air: &[0.0; 8], ..given }, 45.0, 1.0, 0.0).unwrap_err();
    assert!(matches!(error, Error::Length { name: "temp_air", found: 8, expected: 9 }), "{error}");
    let error = model.coverage(&SnowColumns { snow_depth: Some(&[1.0]), ..given }, 45.0, 1.0, 0.0).unwrap_err();
    assert!(matches!(error, Error::Length { name: "snow_depth", .. }), "{error}");
    assert!(model.coverage(&given, nan, 1.0, 0.0).is_err() && model.coverage(&given, 10.0, 0.0, 0.0).is_err());
    assert!(model.coverage(&given, 10.0, 1.0, 1.5).is_err() && Coverage::new(nan).is_err());
}
