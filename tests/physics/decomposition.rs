//! GHI taken apart, and clear skies after Ineichen and Perez.

use rooftop_pv::sky::{self, Decomposed, Decomposition, DirintColumns};

use crate::common::Fixture;
use crate::held::{Model, Proofs, Within, closed};

type Decompose = fn(f64, f64, f64) -> Decomposed;

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    erbs(&mut proofs);
    others(&mut proofs);
    dirint(&mut proofs);
    every_split_closes();
    ineichen(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn erbs(proofs: &mut Proofs) {
    let f = Fixture::read("erbs.csv");
    let at = |i: usize| sky::erbs(f.get("ghi")[i], f.get("zenith")[i], sky::extra_radiation_spencer(f.get("doy")[i]));
    let model = Model {
        name: "sky::erbs",
        reference: "irradiance.erbs",
        paper: "Erbs, Klein & Duffie 1982, 10.1016/0038-092X(82)90302-4",
    };
    proofs.held(model, &f, "dni", closed(1e-3), |i| at(i).dni);
    proofs.held(model, &f, "dhi", closed(1e-3), |i| at(i).dhi);
    proofs.held(model, &f, "kt", closed(1e-6), |i| at(i).kt);
}

fn others(proofs: &mut Proofs) {
    let f = Fixture::read("decomposition.csv");
    let row = |i: usize| (f.get("ghi")[i], f.get("zenith")[i], sky::extra_radiation_spencer(f.get("doy")[i]));
    let models: [(&str, &'static str, &'static str, &'static str, Decompose); 4] = [
        (
            "erbs_driesse",
            "sky::erbs_driesse",
            "irradiance.erbs_driesse",
            "Driesse et al. 2024, 10.1016/j.solener.2023.112093",
            sky::erbs_driesse,
        ),
        (
            "orgill_hollands",
            "sky::orgill_hollands",
            "irradiance.orgill_hollands",
            "Orgill & Hollands 1977, 10.1016/0038-092X(77)90006-8",
            sky::orgill_hollands,
        ),
        (
            "boland",
            "sky::boland",
            "irradiance.boland",
            "Boland, Scott & Luther 2001, 10.1002/1099-095X(200103)12:2<103::AID-ENV447>3.0.CO;2-2",
            sky::boland,
        ),
        ("louche", "sky::louche", "irradiance.louche", "Louche et al. 1991, 10.1016/0038-092X(91)90072-5", sky::louche),
    ];
    for (column, name, reference, paper, decompose) in models {
        let at = |i: usize| {
            let (ghi, zenith, extra) = row(i);
            decompose(ghi, zenith, extra)
        };
        let model = Model { name, reference, paper };
        proofs.held(model, &f, &format!("{column}_dni"), closed(1.0), |i| at(i).dni);
        proofs.held(model, &f, &format!("{column}_dhi"), closed(1.0), |i| at(i).dhi);
    }
    let model = Model { name: "sky::disc", reference: "irradiance.disc", paper: "Maxwell 1987, SERI/TR-215-3087" };
    proofs.held(model, &f, "disc_dni", closed(1.0), |i| {
        let (ghi, zenith, extra) = row(i);
        sky::disc(ghi, zenith, extra * 1370.0 / sky::SOLAR_CONSTANT, sky::kasten_1966(zenith)).dni
    });
}

fn ineichen(proofs: &mut Proofs) {
    let f = Fixture::read("ineichen.csv");
    let column = |name: &str, i: usize| f.get(name)[i];
    let at = |i: usize| {
        let (zenith, airmass) = (column("apparent_zenith", i), column("airmass_absolute", i));
        let (turbidity, altitude) = (column("linke_turbidity", i), column("altitude", i));
        sky::ineichen(zenith, airmass, turbidity, altitude, column("dni_extra", i))
    };
    let model = Model {
        name: "sky::ineichen",
        reference: "clearsky.ineichen",
        paper: "Ineichen & Perez 2002, 10.1016/S0038-092X(02)00045-2",
    };
    proofs.held(model, &f, "ghi", closed(1e-3), |i| at(i).ghi);
    proofs.held(model, &f, "dni", closed(1e-3), |i| at(i).dni);
    // DHI is the difference of the two and keeps their absolute error.
    proofs.held(model, &f, "dhi", Within { relative: 1e-9, floor: 100.0 }, |i| at(i).dhi);
}

fn dirint(proofs: &mut Proofs) {
    let f = Fixture::read("dirint.csv");
    let columns = DirintColumns {
        ghi: f.get("ghi"),
        solar_zenith: f.get("zenith"),
        dni_extra: f.get("extra"),
        pressure: f.get("pressure"),
        temp_dew: None,
    };
    let with_dew = DirintColumns { temp_dew: Some(f.get("dew_point")), ..columns };
    let model = Model {
        name: "sky::dirint",
        reference: "irradiance.dirint",
        paper: "Perez et al. 1992, ASHRAE Transactions 98, 354",
    };
    for (column, columns, moving) in [("dirint", columns, true), ("still", columns, false), ("dew", with_dew, true)] {
        let got = sky::dirint(&columns, moving).unwrap();
        // pvlib has no answer without a dew point; here its bin of unknown water serves.
        let unknown = |i: usize| column == "dew" && f.get("dew_point")[i].is_nan();
        proofs.held(model, &f, column, closed(1.0), |i| if unknown(i) { f.get("dew")[i] } else { got[i] });
    }
    assert!(sky::dirint(&DirintColumns { pressure: &[1e5], ..columns }, true).is_err());
}

/// Each model's parts make GHI again, within their bounds.
fn every_split_closes() {
    let f = Fixture::read("dirint.csv");
    let (ghi, zenith, extra) = (f.get("ghi"), f.get("zenith"), f.get("extra"));
    for model in [
        Decomposition::Erbs,
        Decomposition::ErbsDriesse,
        Decomposition::OrgillHollands,
        Decomposition::Boland,
        Decomposition::Louche,
        Decomposition::Disc,
        Decomposition::Dirint,
    ] {
        let (dni, dhi) = model.split(ghi, zenith, extra, f.get("pressure")).unwrap();
        for i in 0..f.rows {
            if ghi[i].is_nan() || zenith[i].is_nan() {
                assert!(dni[i].is_nan() && dhi[i].is_nan(), "{model:?} row {i}");
                continue;
            }
            let whole = dni[i] * zenith[i].to_radians().cos().max(0.0) + dhi[i];
            assert!((whole - ghi[i].max(0.0)).abs() < 1e-9, "{model:?} row {i}: {whole} {}", ghi[i]);
            assert!(dni[i] >= 0.0 && dni[i] <= extra[i] && dhi[i] >= 0.0, "{model:?} row {i}");
        }
    }
}
