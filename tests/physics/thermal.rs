//! Cell temperature and DC power.

use rooftop_pv::module::{
    FaimanParameters, FuentesParameters, GenericLinear, HuldCoefficients, Mounting, NoctParameters,
    PrillimanParameters, PvsystParameters, SAPM_WINDS, SapmParameters, faiman, faiman_rad, fuentes, generic_linear,
    huld, noct_sam, prilliman, pvsyst_cell, pvwatts_dc, ross, sapm_cell, sapm_module,
};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed, iterated};

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    without_memory(&mut proofs);
    linear(&mut proofs);
    with_memory(&mut proofs);
    power(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn model(name: &'static str, reference: &'static str, paper: &'static str) -> Model {
    Model { name, reference, paper }
}

fn without_memory(proofs: &mut Proofs) {
    let king = "King, Boyson & Kratochvill 2004, 10.2172/919131";
    let f = Fixture::read("temperature.csv");
    let at = |i: usize| (f.get("poa_global")[i], f.get("temp_air")[i], f.get("wind_speed")[i]);
    let of_faiman = model("module::faiman", "temperature.faiman", "Faiman 2008, 10.1002/pip.813");
    let rack = FaimanParameters::preset(Mounting::OpenRack);
    proofs.held(of_faiman, &f, "faiman", closed(1e-2), |i| {
        let (poa, air, wind) = at(i);
        faiman(poa, air, wind, &rack)
    });
    for (column, parameters) in [
        ("sapm_open_rack_glass_glass", SapmParameters::OPEN_RACK_GLASS_GLASS),
        ("sapm_close_mount_glass_glass", SapmParameters::CLOSE_MOUNT_GLASS_GLASS),
        ("sapm_open_rack_glass_polymer", SapmParameters::OPEN_RACK_GLASS_POLYMER),
        ("sapm_insulated_back_glass_polymer", SapmParameters::INSULATED_BACK_GLASS_POLYMER),
    ] {
        let of_sapm = model("module::sapm_cell", "temperature.sapm_cell", king);
        proofs.held(of_sapm, &f, column, closed(1e-2), |i| {
            let (poa, air, wind) = at(i);
            sapm_cell(poa, air, wind, &parameters)
        });
    }

    let f = Fixture::read("cell_temperature.csv");
    let column = |name: &str, i: usize| f.get(name)[i];
    let (poa, air, wind) = (|i| column("poa", i), |i| column("air", i), |i| column("wind", i));
    let glass = SapmParameters::OPEN_RACK_GLASS_GLASS;
    proofs.held(model("module::sapm_module", "temperature.sapm_module", king), &f, "sapm_module", closed(1e-2), |i| {
        sapm_module(poa(i), air(i), wind(i), &glass)
    });
    let stein = "Driesse, Stein & Theristis 2022, 10.2172/1884890";
    proofs.held(model("module::faiman_rad", "temperature.faiman_rad", stein), &f, "faiman_rad", closed(1e-2), |i| {
        faiman_rad(poa(i), air(i), wind(i), column("ir", i), &rack, 0.88, 1.0)
    });
    let help = "PVsyst help, array thermal losses; Faiman 2008, 10.1002/pip.813";
    proofs.held(model("module::pvsyst_cell", "temperature.pvsyst_cell", help), &f, "pvsyst", closed(1e-2), |i| {
        pvsyst_cell(poa(i), air(i), wind(i), 29.0, 1.2, 0.1, 0.9)
    });
    proofs.held(model("module::ross", "temperature.ross", "Ross 1976"), &f, "ross", closed(1e-2), |i| {
        ross(poa(i), air(i), 45.0)
    });
    let rack = NoctParameters {
        noct: 45.0,
        module_efficiency: 0.19,
        transmittance_absorptance: 0.9,
        two_storeys: false,
        mount_standoff: 4.0,
    };
    let low = NoctParameters { noct: 46.0, module_efficiency: 0.17, two_storeys: true, mount_standoff: 1.0, ..rack };
    let of_noct = model("module::noct_sam", "temperature.noct_sam", "Gilman et al. 2018, 10.2172/1429291");
    for (name, parameters) in [("noct", rack), ("noct_low", low)] {
        proofs.held(of_noct, &f, name, closed(1e-2), |i| {
            let temp = noct_sam(poa(i), column("share", i) * poa(i), air(i), wind(i), &parameters);
            // Without light pvlib divides nothing by nothing; there the cells are as warm as the air.
            assert!(poa(i) != 0.0 || temp == air(i));
            if poa(i) == 0.0 { f64::NAN } else { temp }
        });
    }
    assert_eq!(noct_sam(0.0, 0.0, 11.5, 3.0, &rack), 11.5);
    let nan = f64::NAN;
    for [poa, lit, air, wind] in
        [[nan, 0.0, 5.0, 1.0], [0.0, nan, 5.0, 1.0], [0.0, 0.0, nan, 1.0], [0.0, 0.0, 5.0, nan]]
    {
        assert!(noct_sam(poa, lit, air, wind, &rack).is_nan(), "{poa} {lit} {air} {wind}");
    }
}

fn linear(proofs: &mut Proofs) {
    let driesse = "Driesse et al. 2022, IEEE PVSC";
    let row = |f: &Fixture, i: usize| (f.get("u0")[i], f.get("u1")[i], f.get("eta")[i], f.get("alpha")[i]);
    let f = Fixture::read("generic_linear.csv");
    let of_linear = model("module::generic_linear", "temperature.generic_linear", driesse);
    proofs.held(of_linear, &f, "t", closed(1e-2), |i| {
        let (u_const, du_wind, module_efficiency, absorptance) = row(&f, i);
        let parameters = GenericLinear { u_const, du_wind, module_efficiency, absorptance };
        generic_linear(f.get("poa")[i], f.get("air")[i], f.get("wind")[i], &parameters)
    });

    let f = Fixture::read("generic_linear_from.csv");
    let translation = model("module::GenericLinear", "temperature.GenericLinearModel", driesse);
    let faiman = |i: usize| {
        let (u0, u1, eta, alpha) = row(&f, i);
        GenericLinear::from_faiman(&FaimanParameters { u0, u1 }, eta, alpha)
    };
    let pvsyst = |i: usize| {
        let (u_c, u_v, eta, alpha) = row(&f, i);
        GenericLinear::from_pvsyst(&PvsystParameters { u_c, u_v }, eta, alpha)
    };
    let noct = |i: usize| {
        let (_, _, eta, alpha) = row(&f, i);
        GenericLinear::from_noct_sam(f.get("noct")[i], eta, alpha)
    };
    let sapm = |i: usize| {
        let (_, _, eta, alpha) = row(&f, i);
        GenericLinear::from_sapm(f.get("a")[i], f.get("b")[i], SAPM_WINDS, eta, alpha)
    };
    proofs.held(translation, &f, "faiman_u", closed(1e-2), |i| faiman(i).u_const);
    proofs.held(translation, &f, "faiman_du", closed(1e-2), |i| faiman(i).du_wind);
    proofs.held(translation, &f, "pvsyst_u", closed(1e-2), |i| pvsyst(i).u_const);
    proofs.held(translation, &f, "pvsyst_du", closed(1e-2), |i| pvsyst(i).du_wind);
    proofs.held(translation, &f, "noct_u", closed(1e-2), |i| noct(i).u_const);
    proofs.held(translation, &f, "noct_du", closed(1e-2), |i| noct(i).du_wind);
    proofs.held(translation, &f, "sapm_u", closed(1e-2), |i| sapm(i).u_const);
    proofs.held(translation, &f, "sapm_du", closed(1e-2), |i| sapm(i).du_wind);

    let f = Fixture::read("generic_linear_to.csv");
    let faiman = |i: usize| {
        let (u0, u1, eta, alpha) = row(&f, i);
        GenericLinear::from_faiman(&FaimanParameters { u0, u1 }, eta, alpha)
    };
    proofs.held(translation, &f, "to_a", closed(1e-2), |i| faiman(i).to_sapm(SAPM_WINDS).0);
    proofs.held(translation, &f, "to_b", closed(1e-2), |i| faiman(i).to_sapm(SAPM_WINDS).1);
    proofs.held(translation, &f, "to_u_c", closed(1e-2), |i| faiman(i).to_pvsyst().u_c);
    proofs.held(translation, &f, "to_noct", closed(1e-2), |i| faiman(i).to_noct_sam());
}

fn with_memory(proofs: &mut Proofs) {
    let f = Fixture::read("fuentes.csv");
    let hours: Vec<f64> = f.get("minutes").iter().map(|minutes| minutes / 60.0).collect();
    let odd = FuentesParameters {
        noct_installed: 46.5,
        module_height: 3.5,
        wind_height: 10.0,
        emissivity: 0.9,
        absorption: 0.88,
        surface_tilt: 72.5,
        module_width: 1.1,
        module_length: 2.2,
    };
    for (column, parameters) in [
        ("rack", FuentesParameters::new(FuentesParameters::RACK_NOCT)),
        ("roof", FuentesParameters::new(FuentesParameters::ROOF_NOCT)),
        ("odd", odd),
        ("flat", FuentesParameters { surface_tilt: 0.0, ..FuentesParameters::new(52.0) }),
    ] {
        let got = fuentes(f.get("poa"), f.get("air"), f.get("wind"), &hours, &parameters).unwrap();
        let paper = "Fuentes 1987, SAND85-0330";
        proofs.held(model("module::fuentes", "temperature.fuentes", paper), &f, column, iterated(1.0), |i| got[i]);
    }

    let f = Fixture::read("prilliman.csv");
    let usual = PrillimanParameters::default();
    let light = PrillimanParameters { unit_mass: 8.0, coefficients: [0.005, 0.0005, -0.0002, -1.5e-5] };
    for (column, minutes, parameters) in [
        ("m1", 1.0, usual),
        ("m3", 3.0, usual),
        ("s30", 0.5, PrillimanParameters { unit_mass: 20.0, ..usual }),
        ("m5", 5.0, light),
        ("m19", 19.0, usual),
    ] {
        let got = prilliman(f.get("temp"), f.get("wind"), minutes, &parameters).unwrap();
        let paper = "Prilliman et al. 2020, 10.1109/JPHOTOV.2020.2992351";
        proofs.held(model("module::prilliman", "temperature.prilliman", paper), &f, column, closed(1.0), |i| got[i]);
    }
}

fn power(proofs: &mut Proofs) {
    let f = Fixture::read("pvwatts_dc.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let of_dc = model("module::pvwatts_dc", "pvsystem.pvwatts_dc", "Dobos 2014, 10.2172/1158421");
    proofs.held(of_dc, &f, "pdc", closed(1e-2), |i| {
        pvwatts_dc(at("effective_irradiance", i), at("temp_cell", i), at("pdc0", i), at("gamma_pdc", i))
    });
    let f = Fixture::read("cell_temperature.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let of_huld = model("module::huld", "pvarray.huld", "Huld et al. 2011, 10.1016/j.solmat.2011.07.026");
    for (column, coefficients) in [("huld5", HuldCoefficients::CSI_PVGIS5), ("huld6", HuldCoefficients::CSI_PVGIS6)] {
        proofs.held(of_huld, &f, column, closed(1e-2), |i| huld(at("poa", i), at("air", i), 1000.0, &coefficients));
    }
}
