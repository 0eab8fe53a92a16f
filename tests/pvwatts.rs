//! The models together against NREL's own PVWatts v5 output, by the recipe in the fixture's header.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers of fixtures")]

mod common;

use std::sync::Arc;

use common::Fixture;
use rooftop_pv::plane::{Glass, Plane, ground_diffuse, perez_1990};
use rooftop_pv::sun::{SunTable, SunTrack};
use rooftop_pv::time::Values;
use rooftop_pv::{Site, SunAt, TimeAxis, inverter, module, plant, sky};

fn compare(fixture: &str) {
    let f = Fixture::read(fixture);
    let site = Site::new(39.73, -105.18, 1819.599976, -7.0).unwrap();
    let axis = TimeAxis::hourly_year(1990, site.utc_offset_s()).unwrap().with_sun_at(SunAt::Middle).unwrap();
    let table = Arc::new(SunTable::with_delta_t(axis, 67.0).unwrap());
    let pressure = Values::Constant(site.pressure());
    let track = SunTrack::new(&table, &site, pressure, Values::Constant(12.0)).unwrap();
    let column = |values: &[f64]| track.expand(values, f64::NAN);
    let (east, north, up) = (column(track.east()), column(track.north()), column(track.cos_zenith()));
    let zenith = column(track.solar_zenith());

    let plane = Plane::new(20.0, 180.0);
    let glass = Glass::default();
    let kept = 1.0 - plant::Losses::default().total();
    let (mut poa_sum, mut dc_sum, mut ac_sum, mut squares, mut peak) = (0.0, 0.0, 0.0, 0.0, 0f64);
    for row in 0..f.rows {
        let at = |name| f.get(name)[row];
        let i = at("index") as usize;
        let (dni, dhi) = (at("dni"), at("dhi"));
        let mut ac = 0.0;
        // A record that has light before the sun is up by this axis is left at nothing.
        if zenith[i].is_finite() {
            let day = (axis_day(&table, i) + 7.0 / 24.0).floor() + 1.0;
            let extra = sky::extra_radiation_spencer(day);
            let projection = plane.aoi_projection([east[i], north[i], up[i]]);
            let dome = perez_1990(dhi, dni, extra, zenith[i], up[i], sky::kasten_young_1989(zenith[i]));
            let beam = dni * projection.max(0.0);
            let ghi = dni * up[i].max(0.0) + dhi;
            let scattered = dome.on_plane(&plane, projection) + ground_diffuse(&plane, ghi, 0.2);
            let effective = beam * glass.modifier(projection) + scattered;
            let dc = module::pvwatts_dc(effective, at("tcell"), 4000.0, -0.0047) * kept;
            ac = inverter::pvwatts(dc, 4000.0 / 1.2 / 0.96, 0.96);
            poa_sum += (beam + scattered) / 1000.0;
            dc_sum += dc / 1000.0;
            ac_sum += ac / 1000.0;
        }
        squares += (ac - at("ac_w")) * (ac - at("ac_w"));
        peak = peak.max(at("ac_w"));
    }
    let line = f.comments.iter().find(|l| l.contains("Annual sums in the file")).unwrap();
    let next = &f.comments[f.comments.iter().position(|l| std::ptr::eq(l, line)).unwrap() + 1];
    let numbers: Vec<f64> = format!("{line} {}", next.trim_start_matches('#'))
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter_map(|word| word.trim_end_matches('.').parse().ok())
        .filter(|&n: &f64| n.fract() != 0.0)
        .collect();
    let rmse = (squares / 8760.0).sqrt() / peak;
    println!(
        "{fixture}: POA {poa_sum:.4} kWh/m2, DC {dc_sum:.4}, AC {ac_sum:.4} kWh; file {numbers:?}; hourly AC RMSE {:.3} % of peak",
        100.0 * rmse
    );
    for (got, want) in [(poa_sum, numbers[0]), (dc_sum, numbers[1]), (ac_sum, numbers[2])] {
        assert!((got / want - 1.0).abs() < 2e-4, "{got} {want}");
    }
    assert!(rmse < 0.0015, "{rmse}");
}

/// Days since New Year in local time of a record's middle.
fn axis_day(table: &SunTable, i: usize) -> f64 {
    (table.axis().start(i) - table.axis().start(0)) as f64 / 86_400.0 + 0.5 / 24.0
}

#[test]
fn pvwatts_rack_file() {
    compare("pvwatts_8760_rack.csv");
}

#[test]
fn pvwatts_roof_file() {
    compare("pvwatts_8760_roof.csv");
}
