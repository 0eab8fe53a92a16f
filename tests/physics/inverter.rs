//! Inverters, and what wires, transformers and years take.

use rooftop_pv::inverter::{
    AdrInverter, LetidRates, LetidState, SandiaInverter, Transformer, adr, combine_loss_factors, dc_ohmic_losses,
    dc_ohms_from_percent, pvwatts, sandia, sandia_multi,
};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed, iterated};

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    inverters(&mut proofs);
    clipping(&mut proofs);
    electrical(&mut proofs);
    letid(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn model(name: &'static str, reference: &'static str, paper: &'static str) -> Model {
    Model { name, reference, paper }
}

fn inverters(proofs: &mut Proofs) {
    let f = Fixture::read("inverters.csv");
    let (v, p) = (|i: usize| f.get("v")[i], |i: usize| f.get("p")[i]);
    let unit = SandiaInverter {
        paco: 4000.0,
        pdco: 4186.0,
        vdco: 310.67,
        pso: 19.73,
        c0: -7.58e-6,
        c1: -3.77e-5,
        c2: -1.09e-3,
        c3: -4.5e-4,
        pnt: 0.99,
    };
    let of = model("inverter::sandia", "inverter.sandia", "King et al. 2007, 10.2172/920449");
    proofs.held(of, &f, "sandia", closed(1.0), |i| sandia(v(i), p(i), &unit));
    let of = model("inverter::sandia_multi", "inverter.sandia_multi", "King et al. 2007, 10.2172/920449");
    proofs.held(of, &f, "multi", closed(1.0), |i| sandia_multi(&[(v(i), 0.6 * p(i)), (0.9 * v(i), 0.4 * p(i))], &unit));
    let curve = AdrInverter {
        pnom: 4200.0,
        vnom: 360.0,
        pacmax: 4000.0,
        v_limits: [250.0 * 0.9, 600.0 * 1.1],
        pnt: 0.4,
        coefficients: [0.00385, 0.0187, 0.0135, 0.0035, -0.0057, 0.0131, 0.0092, 0.0188, -0.0072],
    };
    let of = model("inverter::adr", "inverter.adr", "Driesse, Jain & Harrison 2008, 10.1109/PVSC.2008.4922827");
    proofs.held(of, &f, "adr", closed(1.0), |i| adr(v(i), p(i), &curve));
}

fn clipping(proofs: &mut Proofs) {
    let f = Fixture::read("inverter_pvwatts.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let of = model("inverter::pvwatts", "inverter.pvwatts", "Dobos 2014, 10.2172/1158421");
    // Near its threshold the inverter's output is a small difference of DC and own use.
    proofs.held(of, &f, "ac", closed(1e-2), |i| {
        let got = pvwatts(at("pdc", i), at("pdc0", i), at("eta_inv_nom", i));
        assert!(got <= at("pdc0", i) * at("eta_inv_nom", i));
        got
    });
}

fn electrical(proofs: &mut Proofs) {
    let f = Fixture::read("electrical.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let ohms = |i: usize| {
        dc_ohms_from_percent(at("vmp", i), at("imp", i), at("percent", i), at("series", i), at("parallel", i))
    };
    let of = model("inverter::dc_ohms_from_percent", "pvsystem.dc_ohms_from_percent", "Ohm's law");
    proofs.held(of, &f, "ohms", closed(1e-6), ohms);
    let of = model("inverter::dc_ohmic_losses", "pvsystem.dc_ohmic_losses", "Joule's law");
    proofs.held(of, &f, "dc_loss", closed(1e-2), |i| dc_ohmic_losses(ohms(i), at("imp", i) * at("parallel", i) * 0.6));
    let of =
        model("inverter::Transformer::output", "transformer.simple_efficiency", "Westinghouse, 4th edition, page 101");
    proofs.held(of, &f, "transformed", closed(1.0), |i| {
        Transformer { no_load_loss: at("no_load", i), load_loss: at("load", i), rating: 1000.0 }.output(at("power", i))
    });
    let of = model("inverter::combine_loss_factors", "pvsystem.combine_loss_factors", "product of what is left");
    proofs.held(of, &f, "combined", closed(1e-3), |i| {
        combine_loss_factors(&[at("no_load", i), at("load", i), at("percent", i) / 100.0])
    });
}

fn letid(proofs: &mut Proofs) {
    let f = Fixture::read("letid.csv");
    let mut state = LetidState { degraded: 0.8, regenerated: 0.0 };
    let states: Vec<LetidState> = (0..f.rows)
        .map(|i| {
            state.step(f.get("hours")[i], f.get("temp")[i], f.get("injection")[i], &LetidRates::REPINS);
            state
        })
        .collect();
    let of = model("inverter::LetidState::step", "scipy's solve_ivp", "Repins et al. 2023, 10.1557/s43577-022-00438-8");
    proofs.held(of, &f, "b", iterated(1e-3), |i| states[i].degraded);
    proofs.held(of, &f, "c", iterated(1e-3), |i| states[i].regenerated);
    // Columns against single steps: the same bits.
    let (mut by_one, mut at_once) = (LetidState::default(), LetidState::default());
    let begun = at_once.steps(0.5, f.get("temp"), f.get("injection"), &LetidRates::REPINS).unwrap();
    for (i, begun) in begun.iter().enumerate() {
        assert_eq!(begun.to_bits(), by_one.degraded.to_bits(), "{i}");
        by_one.step(0.5, f.get("temp")[i], f.get("injection")[i], &LetidRates::REPINS);
    }
    assert_eq!(by_one, at_once);
    assert!(at_once.steps(0.5, f.get("temp"), &[0.1], &LetidRates::REPINS).is_err());
}
