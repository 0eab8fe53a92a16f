//! PVWatts' losses, and printed scalars of pvlib 0.16.1; each model by itself is in tests/physics.

mod common;

use common::{Fixture, assert_close};
use rooftop_pv::plane::{Plane, aoi_projection, hay_davies, isotropic, perez_1990, physical};
use rooftop_pv::site::altitude_to_pressure;
use rooftop_pv::{inverter, module, plant, sky};

const RELATIVE: f64 = 1e-9;

#[test]
fn pvwatts_losses_multiply() {
    let f = Fixture::read("pvwatts_losses.csv");
    for i in 0..f.rows {
        let fraction = |name| f.get(name)[i] / 100.0;
        let losses = plant::Losses {
            soiling: fraction("soiling"),
            shading: fraction("shading"),
            snow: fraction("snow"),
            mismatch: fraction("mismatch"),
            wiring: fraction("wiring"),
            connections: fraction("connections"),
            lid: fraction("lid"),
            nameplate_rating: fraction("nameplate_rating"),
            age: fraction("age"),
            availability: fraction("availability"),
            ..plant::Losses::NONE
        };
        assert_close(losses.total(), fraction("losses"), RELATIVE, &format!("row {i}"));
    }
}

/// The scalars of the project's reference table (pvlib 0.16.1).
#[test]
fn printed_scalars() {
    use module::{FaimanParameters, Mounting, SapmParameters};
    let six = |value: f64| (value * 1e6).round() / 1e6;
    assert_eq!(six(physical(60.0)), 0.946003);
    for (zenith, airmass) in [(30.0, 1.153992), (60.0, 1.994293), (80.0, 5.586036), (87.5, 17.056544)] {
        assert_eq!(six(sky::kasten_young_1989(zenith)), airmass);
    }
    let four = |value: f64| (value * 1e4).round() / 1e4;
    assert_eq!(four(module::faiman(800.0, 20.0, 2.0, &FaimanParameters::preset(Mounting::OpenRack))), 40.6825);
    let open_rack = SapmParameters::preset(Mounting::OpenRack);
    assert_eq!(four(module::sapm_cell(800.0, 20.0, 2.0, &open_rack)), 41.9820);
    for (dc, ac) in [(50.0, 43.183), (100.0, 92.163), (500.0, 481.096), (1000.0, 960.0), (1100.0, 960.0)] {
        assert_eq!((inverter::pvwatts(dc, 1000.0, 0.96) * 1e3).round() / 1e3, ac);
    }
    let plane = Plane::new(20.0, 180.0);
    let projection = aoi_projection(20.0, 180.0, 50.0, 150.0);
    let cos_zenith = 50f64.to_radians().cos();
    let three = |value: f64| (value * 1e3).round() / 1e3;
    assert_eq!(three(isotropic(150.0).on_plane(&plane, projection)), 145.477);
    assert_eq!(three(hay_davies(150.0, 600.0, 1367.0, cos_zenith).on_plane(&plane, projection)), 166.732);
    let airmass = sky::kasten_young_1989(50.0);
    let perez = perez_1990(150.0, 600.0, 1367.0, 50.0, cos_zenith, airmass);
    assert_eq!(three(perez.on_plane(&plane, projection)), 182.759);
    let clear = sky::ineichen(30.0, sky::absolute_airmass(1.154, altitude_to_pressure(339.0)), 3.0, 339.0, 1367.0);
    println!("{clear:?}");
    assert!((sky::erbs(300.0, 80.0, sky::extra_radiation_spencer(100.0)).dni - 1442.6).abs() < 0.05);
}
