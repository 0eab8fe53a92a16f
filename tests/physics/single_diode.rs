//! The single diode: parameters at operating conditions, point of maximum power.

use rooftop_pv::module::single_diode::{
    CecModule, DesotoModule, PvsystModule, SingleDiode, calcparams_cec, calcparams_desoto, calcparams_pvsyst,
    max_power, max_powers,
};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed, iterated};

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    parameters(&mut proofs);
    maximum_power(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

/// The module of `tests/reference/make/single_diode.py`.
const CEC: CecModule = CecModule {
    desoto: DesotoModule {
        alpha_sc: 0.004755,
        a_ref: 1.65916,
        i_l_ref: 9.51393,
        i_o_ref: 4.37813e-11,
        r_sh_ref: 654.059,
        r_s: 0.269953,
        eg_ref: 1.121,
        degdt: -0.0002677,
    },
    adjust: 5.79586,
};

fn parameters(proofs: &mut Proofs) {
    let f = Fixture::read("single_diode.csv");
    let (g, t) = (|i: usize| f.get("g")[i], |i: usize| f.get("t")[i]);
    let pvsyst = PvsystModule {
        alpha_sc: 0.0046,
        gamma_ref: 0.92,
        mu_gamma: -0.0003,
        i_l_ref: 9.28,
        i_o_ref: 1e-11,
        r_sh_ref: 550.0,
        r_sh_0: 2000.0,
        r_sh_exp: 5.5,
        r_s: 0.382,
        cells_in_series: 72.0,
        eg_ref: 1.121,
    };
    let mut hold = |name, reference, paper, prefix: &str, at: &dyn Fn(usize) -> SingleDiode| {
        let model = Model { name, reference, paper };
        proofs.held(model, &f, &format!("{prefix}_il"), closed(1e-6), |i| at(i).photocurrent);
        // The CEC's other parameters are De Soto's.
        let prefix = if prefix == "cec" { "desoto" } else { prefix };
        proofs.held(model, &f, &format!("{prefix}_i0"), closed(1e-30), |i| at(i).saturation_current);
        proofs.held(model, &f, &format!("{prefix}_rsh"), closed(1e-6), |i| at(i).resistance_shunt);
        proofs.held(model, &f, &format!("{prefix}_a"), closed(1e-6), |i| at(i).n_ns_vth);
    };
    hold(
        "module::single_diode::calcparams_desoto",
        "pvsystem.calcparams_desoto",
        "De Soto, Klein & Beckman 2006, 10.1016/j.solener.2005.06.010",
        "desoto",
        &|i| calcparams_desoto(g(i), t(i), &CEC.desoto),
    );
    hold(
        "module::single_diode::calcparams_cec",
        "pvsystem.calcparams_cec",
        "Dobos 2012, 10.1115/1.4005759",
        "cec",
        &|i| calcparams_cec(g(i), t(i), &CEC),
    );
    hold(
        "module::single_diode::calcparams_pvsyst",
        "pvsystem.calcparams_pvsyst",
        "Sauer, Roessler & Hansen 2015, 10.1109/JPHOTOV.2014.2364133",
        "pvsyst",
        &|i| calcparams_pvsyst(g(i), t(i), &pvsyst),
    );
}

fn maximum_power(proofs: &mut Proofs) {
    let f = Fixture::read("max_power.csv");
    let diode = |i: usize| SingleDiode {
        photocurrent: f.get("il")[i],
        saturation_current: f.get("i0")[i],
        resistance_series: f.get("rs")[i],
        resistance_shunt: f.get("rsh")[i],
        n_ns_vth: f.get("a")[i],
    };
    let model = Model {
        name: "module::single_diode::max_power",
        reference: "pvsystem.max_power_point",
        paper: "Bishop 1988, 10.1016/0379-6787(88)90059-2",
    };
    proofs.held(model, &f, "p_mp", iterated(1e-6), |i| max_power(&diode(i)).p_mp);
    // At a maximum, places have half the digits of heights: here those of the reference's own search.
    let flat = crate::held::Within { relative: 1e-5, floor: 1e-3 };
    let place = Model { name: "module::single_diode::max_power (its place)", ..model };
    proofs.held(place, &f, "v_mp", flat, |i| max_power(&diode(i)).v_mp);
    proofs.held(place, &f, "i_mp", flat, |i| max_power(&diode(i)).i_mp);
    let mut block = vec![0.0; f.rows];
    max_powers(diode, &mut block);
    for (i, p) in block.iter().enumerate() {
        assert_eq!(p.to_bits(), max_power(&diode(i)).p_mp.to_bits(), "row {i}");
    }
}
