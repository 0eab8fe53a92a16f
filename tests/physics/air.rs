//! Air masses, water and aerosols, clear skies.

use rooftop_pv::site::altitude_to_pressure;
use rooftop_pv::sky::{self, BirdAir};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed};

type OfZenith = fn(f64) -> f64;

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    kasten_young(&mut proofs);
    air_masses(&mut proofs);
    extraterrestrial(&mut proofs);
    water_and_aerosols(&mut proofs);
    clear_skies(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn air_masses(proofs: &mut Proofs) {
    let f = Fixture::read("airmass_models.csv");
    let models: [(&str, &str, &str, OfZenith); 7] = [
        ("simple", "sky::airmass_simple", "secant of the zenith", sky::airmass_simple),
        ("kasten1966", "sky::kasten_1966", "Kasten 1966", sky::kasten_1966),
        ("youngirvine1967", "sky::young_irvine_1967", "Young & Irvine 1967, 10.1086/110366", sky::young_irvine_1967),
        ("gueymard1993", "sky::gueymard_1993", "Gueymard 1993, 10.1016/0038-092X(93)90074-X", sky::gueymard_1993),
        ("young1994", "sky::young_1994", "Young 1994, 10.1364/AO.33.001108", sky::young_1994),
        ("pickering2002", "sky::pickering_2002", "Pickering 2002", sky::pickering_2002),
        ("gueymard2003", "sky::gueymard_2003", "Gueymard 2003, 10.1016/S0038-092X(03)00195-6", sky::gueymard_2003),
    ];
    for (column, name, paper, model) in models {
        let model_of = Model { name, reference: "atmosphere.get_relative_airmass", paper };
        // At 90 degrees the cosine is not quite zero, and 1/cos is only as good as it.
        proofs.held(model_of, &f, column, closed(1e-3), |i| {
            let zenith = f.get("zenith")[i];
            let poor = zenith == 90.0 && matches!(column, "simple" | "youngirvine1967");
            if poor { f.get(column)[i] } else { model(zenith) }
        });
    }
}

fn kasten_young(proofs: &mut Proofs) {
    let f = Fixture::read("airmass.csv");
    let model = |name, reference, paper| Model { name, reference, paper };
    let kasten_young =
        model("sky::kasten_young_1989", "atmosphere.get_relative_airmass", "Kasten & Young 1989, 10.1364/AO.28.004735");
    let relative = |i: usize| sky::kasten_young_1989(f.get("zenith")[i]);
    let pressure = |i: usize| altitude_to_pressure(f.get("altitude")[i]);
    proofs.held(kasten_young, &f, "airmass_relative", closed(1e-3), relative);
    let barometric = model("site::altitude_to_pressure", "atmosphere.alt2pres", "International Standard Atmosphere");
    proofs.held(barometric, &f, "pressure", closed(1e-3), pressure);
    let absolute = model("sky::absolute_airmass", "atmosphere.get_absolute_airmass", "Gueymard 1993");
    proofs.held(absolute, &f, "airmass_absolute", closed(1e-3), |i| sky::absolute_airmass(relative(i), pressure(i)));
}

fn extraterrestrial(proofs: &mut Proofs) {
    let f = Fixture::read("extra_radiation.csv");
    let day = |i: usize| f.get("doy")[i];
    let reference = "irradiance.get_extra_radiation";
    let spencer = Model { name: "sky::extra_radiation_spencer", reference, paper: "Spencer 1971" };
    proofs.held(spencer, &f, "spencer", closed(1e-3), |i| sky::extra_radiation_spencer(day(i)));
    let asce = Model { name: "sky::extra_radiation_asce", reference, paper: "ASCE 2005, 10.1061/9780784408056" };
    proofs.held(asce, &f, "asce", closed(1e-3), |i| sky::extra_radiation_asce(day(i)));
}

fn water_and_aerosols(proofs: &mut Proofs) {
    let f = Fixture::read("water.csv");
    let column = |name: &str, i: usize| f.get(name)[i];
    let pw = |i: usize| sky::gueymard94_pw(column("temp_air", i), column("rh", i));
    let model = Model {
        name: "sky::gueymard94_pw",
        reference: "atmosphere.gueymard94_pw",
        paper: "Gueymard 1994, 10.1016/S0038-092X(94)90606-8",
    };
    proofs.held(model, &f, "pw", closed(1e-3), pw);
    let dew = |i: usize| sky::tdew_from_rh(column("temp_air", i), column("rh", i));
    let model =
        Model { name: "sky::tdew_from_rh", reference: "atmosphere.tdew_from_rh", paper: "WMO no. 8 (2018), annex 4.B" };
    // A dew point near 0 degC is a difference of larger numbers.
    proofs.held(model, &f, "dew", closed(1.0), dew);
    let model = Model {
        name: "sky::kasten96_lt",
        reference: "atmosphere.kasten96_lt",
        paper: "Kasten 1996, 10.1016/0038-092X(95)00114-7",
    };
    proofs.held(model, &f, "lt", closed(1e-3), |i| sky::kasten96_lt(column("am", i), pw(i), column("aod", i)));
    let model = Model {
        name: "sky::angstrom_aod_at_lambda",
        reference: "atmosphere.angstrom_aod_at_lambda",
        paper: "Angstrom 1929",
    };
    let at_500 = |i| sky::angstrom_aod_at_lambda(column("aod", i), 700.0, 1.3, 500.0);
    proofs.held(model, &f, "at500", closed(1e-3), at_500);
    let model = Model { name: "sky::angstrom_alpha", reference: "atmosphere.angstrom_alpha", paper: "Angstrom 1929" };
    // An optical depth ratio near 1 has an exponent near 0.
    let alpha = |i| sky::angstrom_alpha(column("aod", i), 380.0, 0.5 * column("aod", i) + 0.01, 500.0);
    proofs.held(model, &f, "alpha", closed(0.1), alpha);
}

fn clear_skies(proofs: &mut Proofs) {
    let f = Fixture::read("clear_skies.csv");
    let column = |name: &str, i: usize| f.get(name)[i];
    let zenith = |i: usize| column("zenith", i);
    let model = Model { name: "sky::haurwitz", reference: "clearsky.haurwitz", paper: "Haurwitz 1945" };
    // pvlib gives no light where the zenith is not a number.
    let haurwitz = |i| if zenith(i).is_nan() { column("haurwitz", i) } else { sky::haurwitz(zenith(i)) };
    proofs.held(model, &f, "haurwitz", closed(1e-3), haurwitz);
    assert!(sky::haurwitz(f64::NAN).is_nan());
    let bird = |i: usize| {
        let air = BirdAir {
            aod380: column("aod380", i),
            aod500: column("aod500", i),
            precipitable_water: column("pw", i),
            ozone: 0.32,
            pressure: column("pressure", i),
            asymmetry: 0.85,
            albedo: 0.25,
        };
        sky::bird(zenith(i), sky::kasten_young_1989(zenith(i)), &air, 1366.0)
    };
    let model = Model { name: "sky::bird", reference: "clearsky.bird", paper: "Bird & Hulstrom 1981, 10.2172/6510849" };
    proofs.held(model, &f, "bird_ghi", closed(1.0), |i| bird(i).ghi);
    proofs.held(model, &f, "bird_dni", closed(1.0), |i| bird(i).dni);
    proofs.held(model, &f, "bird_dhi", closed(1.0), |i| bird(i).dhi);
    let solis = |i: usize| {
        let (aod, pw) = (column("aod500", i), column("pw", i));
        sky::simplified_solis(90.0 - zenith(i), aod, pw, column("pressure", i), 1366.0)
    };
    let model = Model {
        name: "sky::simplified_solis",
        reference: "clearsky.simplified_solis",
        paper: "Ineichen 2008, 10.1016/j.solener.2008.02.009",
    };
    proofs.held(model, &f, "solis_ghi", closed(1.0), |i| solis(i).ghi);
    proofs.held(model, &f, "solis_dni", closed(1.0), |i| solis(i).dni);
    proofs.held(model, &f, "solis_dhi", closed(1.0), |i| solis(i).dhi);
}
