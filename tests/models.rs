//! Each model against pvlib 0.16.1, to 1e-9 relative.

mod common;

use common::{Fixture, assert_close};
use rooftop_pv::plane::{
    DiffuseModifiers, Glass, Plane, Region, aoi_projection, ground_diffuse, hay_davies, isotropic, marion_integrate,
    perez_1990, physical,
};
use rooftop_pv::site::altitude_to_pressure;
use rooftop_pv::{inverter, module, plant, sky};

const RELATIVE: f64 = 1e-9;

#[test]
fn erbs() {
    let f = Fixture::read("erbs.csv");
    for i in 0..f.rows {
        let extra = sky::extra_radiation_spencer(f.get("doy")[i]);
        let got = sky::erbs(f.get("ghi")[i], f.get("zenith")[i], extra);
        let what = format!("row {i}");
        assert_close(got.dni, f.get("dni")[i], RELATIVE, &what);
        assert_close(got.dhi, f.get("dhi")[i], RELATIVE, &what);
        assert_close(got.kt, f.get("kt")[i], RELATIVE, &what);
    }
}

#[test]
fn ineichen() {
    let f = Fixture::read("ineichen.csv");
    let column = |name| f.get(name);
    for i in 0..f.rows {
        let got = sky::ineichen(
            column("apparent_zenith")[i],
            column("airmass_absolute")[i],
            column("linke_turbidity")[i],
            column("altitude")[i],
            column("dni_extra")[i],
        );
        let what = format!("row {i}");
        assert_close(got.ghi, column("ghi")[i], RELATIVE, &what);
        assert_close(got.dni, column("dni")[i], RELATIVE, &what);
        // DHI is the difference of the two and keeps their absolute error.
        assert!((got.dhi - column("dhi")[i]).abs() <= RELATIVE * column("ghi")[i] + 1e-12, "{what}");
    }
}

#[test]
fn transposition() {
    let f = Fixture::read("transposition.csv");
    for i in 0..f.rows {
        let at = |name| f.get(name)[i];
        let plane = Plane::new(at("surface_tilt"), at("surface_azimuth"));
        let projection =
            aoi_projection(at("surface_tilt"), at("surface_azimuth"), at("solar_zenith"), at("solar_azimuth"));
        let what = format!("row {i}");
        assert!((projection - at("aoi_projection")).abs() < 1e-14, "{what}");
        let cos_zenith = at("solar_zenith").to_radians().cos();
        let (dhi, dni, extra) = (at("dhi"), at("dni"), at("dni_extra"));
        let close = |got: f64, name| {
            // A plane all but edge-on to the sun multiplies the rounding of the angle by DNI.
            let difference: f64 = got - at(name);
            assert!(difference.abs() <= RELATIVE * at(name).abs() + 1e-10, "{what} {name}: {got} against {}", at(name));
        };
        close((dni * projection).max(0.0), "poa_direct");
        close(isotropic(dhi).on_plane(&plane, projection), "isotropic");
        close(hay_davies(dhi, dni, extra, cos_zenith).on_plane(&plane, projection), "haydavies");
        close(ground_diffuse(&plane, at("ghi"), 0.25), "ground_diffuse");
        let perez = perez_1990(dhi, dni, extra, at("solar_zenith"), cos_zenith, at("airmass_relative"));
        if at("perez").is_nan() {
            // pvlib's clearness is 0/0 without any light; no light is no light here.
            assert_eq!((dni, dhi, perez.on_plane(&plane, projection)), (0.0, 0.0, 0.0), "{what}");
        } else {
            close(perez.on_plane(&plane, projection), "perez");
        }
    }
}

#[test]
fn incidence_on_glass() {
    let f = Fixture::read("iam_physical.csv");
    for i in 0..f.rows {
        assert_close(physical(f.get("aoi")[i]), f.get("iam")[i], RELATIVE, &format!("aoi {}", f.get("aoi")[i]));
    }
}

#[test]
fn incidence_of_diffuse_light() {
    let f = Fixture::read("marion.csv");
    let glass = Glass::default();
    for i in 0..f.rows {
        let tilt = f.get("surface_tilt")[i];
        let integral = |region, steps| marion_integrate(|cos| glass.modifier(cos), tilt, region, steps);
        let what = format!("tilt {tilt}");
        assert_close(integral(Region::Sky, 180), f.get("sky")[i], RELATIVE, &what);
        assert_close(integral(Region::Horizon, 1800), f.get("horizon")[i], RELATIVE, &what);
        assert_close(integral(Region::Ground, 180), f.get("ground")[i], RELATIVE, &what);
        // The closed azimuth part is what the sums tend to as their steps shrink.
        let fast = DiffuseModifiers::new(&glass, &Plane::new(tilt, 123.0));
        assert!((fast.sky - f.get("sky")[i]).abs() < 1e-3, "{what}: sky {} {}", fast.sky, f.get("sky")[i]);
    }
    // The integral itself, by scipy 1.17.1's adaptive quadrature of the one-dimensional form.
    for (tilt, sky, ground) in [
        (2.5, 0.9448019708393195, 0.13537933848761313),
        (17.5, 0.9526635796090275, 0.5962996667146754),
        (45.0, 0.9596444577637251, 0.855663338075063),
        (90.0, 0.9444167753430055, 0.9444167753430055),
    ] {
        let fast = DiffuseModifiers::new(&glass, &Plane::new(tilt, 200.0));
        assert_close(fast.sky, sky, 2e-9, "sky");
        assert_close(fast.ground, ground, 1e-8, "ground");
    }
}

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
            ac: 0.0,
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
