//! A module's power: Sandia's model, Driesse's efficiency and its fit, the matrix of IEC 61853-1.

use rooftop_pv::module::library::ModuleLibrary;
use rooftop_pv::module::{
    AdrModule, PowerMatrix, SapmModule, SapmPoints, fit_pvefficiency_adr, pvefficiency_adr, sapm,
    sapm_effective_irradiance,
};

use crate::common::{Fixture, path};
use crate::held::{Model, Proofs, closed, iterated};

type Point = fn(&SapmPoints) -> f64;
type Parameter = fn(&AdrModule) -> f64;

const DRIESSE: &str = "Driesse & Stein 2020, 10.2172/1615179";

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    points(&mut proofs);
    effective(&mut proofs);
    efficiency(&mut proofs);
    fits(&mut proofs);
    matrix(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

/// The two modules of the fixtures, read out of Sandia's library.
fn modules() -> [SapmModule; 2] {
    let Ok(ModuleLibrary::Sandia(entries)) = ModuleLibrary::from_file(path("library/sandia_modules.csv")) else {
        panic!("no library of Sandia's")
    };
    let of = |part: &str| entries.find(part).unwrap().parameters;
    [of("CS5P-220M"), of("FS-272")]
}

fn sapm_of(name: &'static str) -> Model {
    let reference = if name.ends_with("irradiance") { "pvsystem.sapm_effective_irradiance" } else { "pvsystem.sapm" };
    Model { name, reference, paper: "King, Boyson & Kratochvill 2004, 10.2172/919131" }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 or 1")]
fn points(proofs: &mut Proofs) {
    let (f, modules) = (Fixture::read("sapm.csv"), modules());
    let columns: [(&str, Point); 7] = [
        ("i_sc", |p| p.i_sc),
        ("i_mp", |p| p.i_mp),
        ("v_oc", |p| p.v_oc),
        ("v_mp", |p| p.v_mp),
        ("p_mp", |p| p.p_mp),
        ("i_x", |p| p.i_x),
        ("i_xx", |p| p.i_xx),
    ];
    for (column, point) in columns {
        proofs.held(sapm_of("module::sapm"), &f, column, closed(1e-3), |i| {
            let (g, t) = (f.get("irradiance")[i], f.get("temp")[i]);
            let got = point(&sapm(g, t, &modules[f.get("module")[i] as usize]));
            // Without light pvlib has ∞ − ∞ where C2 is negative; no voltage is what the logarithm's square tends to.
            if g == 0.0 && f.get(column)[i].is_nan() {
                assert_eq!(got, 0.0);
                return f64::NAN;
            }
            got
        });
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 or 1")]
fn effective(proofs: &mut Proofs) {
    let (f, modules) = (Fixture::read("sapm_effective.csv"), modules());
    let model = sapm_of("module::sapm_effective_irradiance");
    let column = |name: &str, i: usize| f.get(name)[i];
    proofs.held(model, &f, "effective", closed(1e-3), |i| {
        let module = &modules[column("module", i) as usize];
        sapm_effective_irradiance(
            column("direct", i),
            column("diffuse", i),
            column("airmass", i),
            column("aoi", i),
            module,
        )
    });
    // pvlib takes a missing air mass for no light; missing is missing here.
    assert!(sapm_effective_irradiance(500.0, 100.0, f64::NAN, 30.0, &modules[0]).is_nan());
}

fn efficiency(proofs: &mut Proofs) {
    let f = Fixture::read("adr_efficiency.csv");
    let model = Model { name: "module::pvefficiency_adr", reference: "pvarray.pvefficiency_adr", paper: DRIESSE };
    proofs.held(model, &f, "eta", closed(1e-3), |i| {
        let [irradiance, temp, k_a, k_d, tc_d, k_rs, k_rsh] =
            ["irradiance", "temp", "k_a", "k_d", "tc_d", "k_rs", "k_rsh"].map(|name| f.get(name)[i]);
        pvefficiency_adr(irradiance, temp, &AdrModule { k_a, k_d, tc_d, k_rs, k_rsh })
    });
}

fn fits(proofs: &mut Proofs) {
    let f = Fixture::read("adr_fits.csv");
    let model = Model {
        name: "module::fit_pvefficiency_adr",
        reference: "pvarray.fit_pvefficiency_adr, run to its minimum",
        paper: DRIESSE,
    };
    let sets: Vec<AdrModule> = (0..f.rows / 28)
        .map(|set| {
            let part = |name: &str| &f.get(name)[28 * set..28 * (set + 1)];
            fit_pvefficiency_adr(part("irradiance"), part("temp"), part("eta")).unwrap().module
        })
        .collect();
    let columns: [(&str, Parameter); 5] =
        [("k_a", |m| m.k_a), ("k_d", |m| m.k_d), ("tc_d", |m| m.tc_d), ("k_rs", |m| m.k_rs), ("k_rsh", |m| m.k_rsh)];
    for (column, parameter) in columns {
        proofs.held(model, &f, column, iterated(1e-2), |i| parameter(&sets[i / 28]));
    }
}

fn matrix(proofs: &mut Proofs) {
    let (cells, f) = (Fixture::read("iec61853_matrix.csv"), Fixture::read("iec61853_power.csv"));
    let power: Vec<Vec<f64>> = cells.get("power").chunks(4).map(<[f64]>::to_vec).collect();
    let matrix = PowerMatrix::new(&PowerMatrix::IRRADIANCES, &PowerMatrix::TEMPERATURES, &power).unwrap();
    let model = Model {
        name: "module::PowerMatrix::power",
        reference: "scipy's RegularGridInterpolator",
        paper: "IEC 61853-1:2011, IEC 61853-3:2018",
    };
    proofs.held(model, &f, "power", closed(1e-3), |i| matrix.power(f.get("irradiance")[i], f.get("temp")[i]));
}
