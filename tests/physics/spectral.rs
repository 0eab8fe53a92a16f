//! Spectral factors.

use rooftop_pv::Error;
use rooftop_pv::plane::{self, PoloAir, SpectralModel, SpectralModule, Spectrum};

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed};

use SpectralModule::{Asi, Cdte, CdteSeries41, Cigs, MonoSi, MultiSi, Perovskite};

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    water(&mut proofs);
    aerosols(&mut proofs);
    clouds(&mut proofs);
    facade(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn water(proofs: &mut Proofs) {
    let f = Fixture::read("spectral_water.csv");
    let (am, pw) = (f.get("am"), f.get("pw"));
    let sapm = Model {
        name: "plane::spectral_factor_sapm",
        reference: "spectrum.spectral_factor_sapm",
        paper: "King et al. 2004, 10.2172/919131",
    };
    // pvlib makes NaN a factor of 0.
    let nan = am.iter().position(|am| am.is_nan()).unwrap();
    assert_eq!(f.get("sapm")[nan], 0.0);
    proofs.held(sapm, &f, "sapm", closed(1e-3), |i| {
        let factor = plane::spectral_factor_sapm(am[i], &[0.928385, 0.068093, -0.0157738, 0.0016606, -6.93e-05]);
        assert_eq!(factor.is_nan(), i == nan);
        if i == nan { 0.0 } else { factor }
    });
    let first_solar = Model {
        name: "plane::spectral_factor_firstsolar",
        reference: "spectrum.spectral_factor_firstsolar",
        paper: "Lee & Panchula 2016, 10.1109/PVSC.2016.7749836",
    };
    for (kind, module) in [("cdte", Cdte), ("monosi", MonoSi), ("multisi", MultiSi), ("cigs", Cigs), ("asi", Asi)] {
        let c = module.first_solar().unwrap();
        proofs.held(first_solar, &f, &format!("firstsolar_{kind}"), closed(1e-3), |i| {
            plane::spectral_factor_firstsolar(pw[i], am[i], c)
        });
    }
}

fn aerosols(proofs: &mut Proofs) {
    let f = Fixture::read("spectral_aerosols.csv");
    let (am, pw, aod) = (f.get("am"), f.get("pw"), f.get("aod"));
    let caballero = Model {
        name: "plane::spectral_factor_caballero",
        reference: "spectrum.spectral_factor_caballero",
        paper: "Caballero et al. 2018, 10.1109/JPHOTOV.2017.2787019",
    };
    let modules = [
        ("cdte", Cdte),
        ("monosi", MonoSi),
        ("multisi", MultiSi),
        ("cigs", Cigs),
        ("asi", Asi),
        ("perovskite", Perovskite),
    ];
    for (kind, module) in modules {
        let c = module.caballero().unwrap();
        proofs.held(caballero, &f, &format!("caballero_{kind}"), closed(0.1), |i| {
            plane::spectral_factor_caballero(pw[i], am[i], aod[i], c)
        });
    }
}

fn clouds(proofs: &mut Proofs) {
    let f = Fixture::read("spectral_clouds.csv");
    let (am, kc) = (f.get("am"), f.get("kc"));
    let pvspec = Model {
        name: "plane::spectral_factor_pvspec",
        reference: "spectrum.spectral_factor_pvspec",
        paper: "Pelland et al. 2020, 10.1109/PVSC45281.2020.9300932",
    };
    let modules = [
        ("fs4-1", CdteSeries41),
        ("fs4-2", Cdte),
        ("monosi", MonoSi),
        ("multisi", MultiSi),
        ("cigs", Cigs),
        ("asi", Asi),
    ];
    for (kind, module) in modules {
        let a = module.pvspec().unwrap();
        proofs.held(pvspec, &f, &format!("pvspec_{kind}"), closed(1e-3), |i| {
            plane::spectral_factor_pvspec(am[i], kc[i], a)
        });
    }
    let jrc = Model {
        name: "plane::spectral_factor_jrc",
        reference: "spectrum.spectral_factor_jrc",
        paper: "Huld et al. 2009, 10.4229/24THEUPVSEC2009-4AV.3.27",
    };
    for (kind, module) in [("cdte", Cdte), ("multisi", MultiSi)] {
        let a = module.jrc().unwrap();
        proofs.held(jrc, &f, &format!("jrc_{kind}"), closed(1e-3), |i| plane::spectral_factor_jrc(am[i], kc[i], a));
    }
}

fn facade(proofs: &mut Proofs) {
    let f = Fixture::read("spectral_facade.csv");
    let polo = Model {
        name: "plane::spectral_factor_polo",
        reference: "spectrum.spectral_factor_polo",
        paper: "Polo & Sanz-Saiz 2025, 10.1016/j.renene.2025.122820",
    };
    for (kind, module) in [("cdte", Cdte), ("monosi", MonoSi), ("cigs", Cigs), ("asi", Asi)] {
        let c = module.polo().unwrap();
        proofs.held(polo, &f, &format!("polo_{kind}"), closed(1e-3), |i| {
            let air = PoloAir {
                precipitable_water: f.get("pw")[i],
                airmass_absolute: f.get("am")[i],
                aod500: f.get("aod")[i],
                aoi: f.get("aoi")[i],
                pressure: f.get("pressure")[i],
                albedo: 0.25,
            };
            plane::spectral_factor_polo(&air, c)
        });
    }
}

const MODELS: [SpectralModel; 5] = [
    SpectralModel::Sapm,
    SpectralModel::FirstSolar,
    SpectralModel::Caballero,
    SpectralModel::Pvspec,
    SpectralModel::Jrc,
];

/// Each model and module, over a block: the function itself where the limits do not bite.
#[test]
fn blocks_are_the_functions() {
    let am: Vec<f64> = (0..37).map(|i| 0.7 + 0.1 * f64::from(i)).collect();
    let pw: Vec<f64> = (0..37).map(|i| 0.2 + 0.2 * f64::from(i)).collect();
    let kc: Vec<f64> = (0..37).map(|i| 0.02 + 0.035 * f64::from(i)).collect();
    let mut out = vec![0.0; 37];
    for model in MODELS {
        assert!(!model.modules().is_empty());
        for module in model.modules() {
            let spectrum = Spectrum { model, module, aod500: 0.3 };
            spectrum.factors(&am, &pw, &kc, &mut out).unwrap();
            for i in 0..37 {
                let want = match model {
                    SpectralModel::Sapm => plane::spectral_factor_sapm(am[i], module.de_soto().unwrap()),
                    SpectralModel::FirstSolar => {
                        plane::spectral_factor_firstsolar(pw[i], am[i], module.first_solar().unwrap())
                    }
                    SpectralModel::Caballero => {
                        plane::spectral_factor_caballero(pw[i], am[i], 0.3, module.caballero().unwrap())
                    }
                    SpectralModel::Pvspec => plane::spectral_factor_pvspec(am[i], kc[i], module.pvspec().unwrap()),
                    SpectralModel::Jrc => plane::spectral_factor_jrc(am[i], kc[i], module.jrc().unwrap()),
                    _ => unreachable!(),
                };
                assert_eq!(out[i].to_bits(), want.to_bits(), "{model:?} {module:?} {i}");
            }
        }
    }
}

/// A sun at the horizon, a black sky or a jungle's air give no infinity and nothing negative; NaN stays NaN.
#[test]
fn extremes_stay_positive() {
    let am = [38.0, 0.0, 1.5, 1.5, f64::INFINITY, 12.0];
    let pw = [0.0, 0.5, 12.0, 4.0, f64::INFINITY, 0.01];
    let kc = [0.0, 0.5, 1.0, 5.0, 0.0, f64::INFINITY];
    let mut out = [0.0; 6];
    for model in MODELS {
        for module in model.modules() {
            let spectrum = Spectrum { model, module, ..Spectrum::default() };
            spectrum.factors(&am, &pw, &kc, &mut out).unwrap();
            assert!(out.iter().all(|factor| (0.2..1.8).contains(factor)), "{model:?} {module:?} {out:?}");
            let mut nan = [0.0];
            spectrum.factors(&[f64::NAN], &[1.0], &[1.0], &mut nan).unwrap();
            assert!(nan[0].is_nan(), "{model:?}");
        }
    }
    let mut nan = [0.0];
    let first_solar = Spectrum { model: SpectralModel::FirstSolar, ..Spectrum::default() };
    first_solar.factors(&[1.5], &[f64::NAN], &[1.0], &mut nan).unwrap();
    assert!(nan[0].is_nan());
    let pvspec = Spectrum { model: SpectralModel::Pvspec, ..Spectrum::default() };
    pvspec.factors(&[1.5], &[1.0], &[f64::NAN], &mut nan).unwrap();
    assert!(nan[0].is_nan());
    Spectrum::default().factors(&[f64::NAN], &[f64::NAN], &[f64::NAN], &mut nan).unwrap();
    assert_eq!(nan[0], 1.0);
}

#[test]
fn says_what_is_wrong() {
    let mut out = [0.0; 2];
    let error = Spectrum::default().factors(&[1.0; 2], &[1.0; 3], &[1.0; 2], &mut out).unwrap_err();
    assert!(matches!(error, Error::Length { name: "precipitable_water", found: 3, expected: 2 }), "{error}");
    let jrc = Spectrum { model: SpectralModel::Jrc, module: Perovskite, ..Spectrum::default() };
    let text = jrc.factors(&[1.0; 2], &[1.0; 2], &[1.0; 2], &mut out).unwrap_err().to_string();
    assert_eq!(text, "spectral model: jrc has no coefficients for perovskite; it has them for multi_si, cdte");
    let thick = Spectrum { aod500: f64::NAN, ..Spectrum::default() };
    assert!(thick.validate().unwrap_err().to_string().starts_with("aod500 = NaN"));
    let named: Spectrum = toml::from_str("model = \"first_solar\"\nmodule = \"cdte\"").unwrap();
    assert_eq!((named.model, named.module), (SpectralModel::FirstSolar, Cdte));
}
