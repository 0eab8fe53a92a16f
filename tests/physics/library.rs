//! Libraries of modules and inverters: every number that a file has, files of every make, and files that are damaged.

use std::collections::HashMap;
use std::path::PathBuf;

use rooftop_pv::inverter::library::{self as inverters, InverterLibrary};
use rooftop_pv::inverter::{CEC_WEIGHTS, EfficiencyCurve};
use rooftop_pv::module::library::{self as modules, ModuleLibrary, PanIncidence, PanModule};

use crate::common::{Fixture, path};
use crate::held::{Model, Proofs, closed};

pub const PAN: &str = "library/ET-M772BH550GL.PAN";
pub const OND: &str = "library/CPS_SCH275KTL-DO-US-800-250kW_275kVA_1.OND";

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    let f = Fixture::read("efficiency_curve.csv");
    let shares = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0];
    let at = |efficiencies: [f64; 7]| -> Vec<(f64, f64)> { shares.into_iter().zip(efficiencies).collect() };
    let (low, mid, high) = (
        at([0.93, 0.955, 0.97, 0.975, 0.978, 0.977, 0.974]),
        at([0.95, 0.965, 0.98, 0.983, 0.985, 0.984, 0.981]),
        at([0.94, 0.96, 0.976, 0.98, 0.982, 0.981, 0.978]),
    );
    let curve = EfficiencyCurve::from_shares(50e3, 2.0, &[(500.0, &low), (650.0, &mid), (850.0, &high)]).unwrap();
    let model =
        Model { name: "inverter::EfficiencyCurve::power", reference: "numpy's interp", paper: "curves of a datasheet" };
    proofs.held(model, &f, "power", closed(1.0), |i| curve.power(f.get("v")[i], f.get("p")[i]));
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap()
}

/// The lines of a library as fields by name, read apart from the crate.
fn plain(file: PathBuf) -> HashMap<String, HashMap<String, String>> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows = lines.skip(2).map(|line| {
        let fields: HashMap<String, String> =
            header.iter().zip(line.split(',')).map(|(k, v)| ((*k).to_owned(), v.to_owned())).collect();
        (fields["Name"].clone(), fields)
    });
    rows.collect()
}

fn pan() -> PanModule {
    match ModuleLibrary::from_file(path(PAN)).unwrap() {
        ModuleLibrary::Pan(module) => *module,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_number_of_sams_modules_is_read() {
    let ModuleLibrary::Cec(entries) = ModuleLibrary::from_file(path("library/cec_modules.csv")).unwrap() else {
        panic!()
    };
    let rows = plain(path("library/cec_modules.csv"));
    assert_eq!((entries.entries.len(), rows.len()), (19, 19));
    for entry in &entries.entries {
        let is =
            |column: &str, got: f64| assert_eq!(got, rows[&entry.name][column].parse::<f64>().unwrap(), "{column}");
        is("STC", entry.stc_w);
        is("A_c", entry.area_m2);
        is("N_s", entry.cells_in_series);
        is("I_sc_ref", entry.i_sc_ref);
        is("V_oc_ref", entry.v_oc_ref);
        is("I_mp_ref", entry.i_mp_ref);
        is("V_mp_ref", entry.v_mp_ref);
        is("alpha_sc", entry.alpha_sc);
        is("beta_oc", entry.beta_oc);
        assert_eq!(entry.gamma_pdc, rows[&entry.name]["gamma_r"].parse::<f64>().unwrap() / 100.0);
        is("T_NOCT", entry.t_noct);
        is("a_ref", entry.a_ref);
        is("I_L_ref", entry.i_l_ref);
        is("I_o_ref", entry.i_o_ref);
        is("R_s", entry.r_s);
        is("R_sh_ref", entry.r_sh_ref);
        is("Adjust", entry.adjust);
        assert_eq!(entry.bifacial, Some(rows[&entry.name]["Bifacial"] == "1"));
        assert_eq!(entry.length_m, rows[&entry.name]["Length"].parse().ok());
        assert_eq!(entry.technology, rows[&entry.name]["Technology"]);
    }
}

#[test]
fn embedded_components_stand_in_sams_library_line_by_line() {
    for (embedded, library) in [
        ("module/library/common_modules.csv", "cec_modules.csv"),
        ("inverter/library/common_inverters.csv", "cec_inverters.csv"),
    ] {
        let text = std::fs::read_to_string(format!("{}/src/{embedded}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let of = std::fs::read_to_string(path(&format!("library/{library}"))).unwrap();
        assert!(text.starts_with("# ") && text.contains("Licence") && text.contains("Period"), "{embedded}");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            assert!(of.lines().any(|other| other == line), "{embedded}: {line}");
        }
    }
    assert_eq!((modules::modules().len(), inverters::inverters().len()), (16, 20));
    assert!(modules::modules().iter().any(|module| module.technology == "CdTe"));
    assert!(modules::modules().iter().any(|module| module.bifacial == Some(true)));
}

#[test]
fn a_name_is_found_whole_in_part_or_nearly() {
    assert_eq!(modules::module("longi green energy technology co. ltd. LR6-72PH-370M").unwrap().stc_w, 369.966);
    assert_eq!(modules::module("fs 6430a").unwrap().technology, "CdTe");
    assert_eq!(inverters::inverter("Fronius Symo 24.0").unwrap().parameters.paco, 24_000.0);
    let says = |error: rooftop_pv::Error| error.to_string();
    assert!(says(modules::module("JKM410M-72HL-B").unwrap_err()).contains("did you mean JKM410M-72HL-V?"));
    assert!(says(modules::module("Jinko").unwrap_err()).contains("may be Jinko Solar Co._ Ltd JKM370M-72-V, Jinko"));
    assert!(says(inverters::inverter("").unwrap_err()).contains("there are Sungrow"));
    assert!(
        says(inverters::inverter("SUN2000-36KTL-CN").unwrap_err()).contains("did you mean SUN2000-36KTL-US [480V]?")
    );
}

#[test]
fn inverters_of_both_models_are_read() {
    let InverterLibrary::Cec(entries) = InverterLibrary::from_file(path("library/cec_inverters.csv")).unwrap() else {
        panic!()
    };
    let rows = plain(path("library/cec_inverters.csv"));
    assert_eq!((entries.entries.len(), rows.len()), (22, 22));
    for entry in &entries.entries {
        let is =
            |column: &str, got: f64| assert_eq!(got, rows[&entry.name][column].parse::<f64>().unwrap(), "{column}");
        let p = &entry.parameters;
        for (column, got) in [
            ("Paco", p.paco),
            ("Pdco", p.pdco),
            ("Vdco", p.vdco),
            ("Pso", p.pso),
            ("C0", p.c0),
            ("C1", p.c1),
            ("C2", p.c2),
            ("C3", p.c3),
            ("Pnt", p.pnt),
            ("Vdcmax", entry.v_dc_max),
            ("Idcmax", entry.i_dc_max),
            ("Mppt_low", entry.mppt[0]),
            ("Mppt_high", entry.mppt[1]),
            ("Vac", entry.v_ac.parse().unwrap()),
        ] {
            is(column, got);
        }
    }
    // Its list of coefficients goes over two lines, in quotes.
    let InverterLibrary::Adr(entries) = InverterLibrary::from_file(path("library/adr_inverters.csv")).unwrap() else {
        panic!()
    };
    let first = entries.entries.iter().find(|entry| entry.model == "SB700U").unwrap();
    assert_eq!(first.parameters.coefficients[0], 0.00928);
    assert_eq!(first.parameters.coefficients[7], -0.09788);
    assert_eq!((first.parameters.pnom, first.parameters.vnom), (782.0, 146.0));
    assert_eq!(first.parameters.v_limits[0], 126.0 * 0.9);
}

#[test]
fn sandias_modules_without_further_points_have_none() {
    let ModuleLibrary::Sandia(entries) = ModuleLibrary::from_file(path("library/sandia_modules.csv")).unwrap() else {
        panic!()
    };
    let advent = entries.find("AS160").unwrap();
    assert_eq!((advent.vintage.as_str(), advent.area_m2, advent.temperature), ("2006", 1.312, [-3.35, -0.1161, 3.0]));
    assert_eq!(advent.parameters.c, [1.0233, -0.0233, -0.76444, -15.5087, 0.9974, 0.0026, 1.173, -0.173]);
    assert_eq!(advent.parameters.b[5], -1.36e-9);
    let text = std::fs::read_to_string(path("library/sandia_modules.csv")).unwrap();
    let without = text.replace(",0.9974,0.0026,5.54,3.56,1.173,-0.173,", ",,,,,,,");
    assert_ne!(text, without);
    let ModuleLibrary::Sandia(entries) = ModuleLibrary::read("s.csv", without.as_bytes()).unwrap() else { panic!() };
    assert!(entries.entries[0].parameters.c[4].is_nan() && entries.entries[0].parameters.ixxo.is_nan());
}

/// What pvlib reads of a file: the text of a key anywhere in it.
fn pvlib(file: &str, key: &str) -> serde_json::Value {
    fn find(value: &serde_json::Value, key: &str) -> Option<serde_json::Value> {
        let object = value.as_object()?;
        let nested = || object.values().find_map(|inner| find(inner, key));
        object.get(key).filter(|v| !v.is_object()).cloned().or_else(nested)
    }
    let json = serde_json::from_slice(&bytes(&format!("{file}.json"))).unwrap();
    find(&json, key).unwrap_or_else(|| panic!("pvlib has no {key}"))
}

#[test]
fn a_pan_file_is_read_as_pvlib_reads_it() {
    let module = pan();
    let is = |key: &str, got: f64| {
        let want = pvlib(PAN, key).as_f64().unwrap();
        assert!((got - want).abs() <= 1e-12 * want.abs(), "{key}: {got}, {want}");
    };
    for (key, got) in [
        ("NCelS", module.cells_in_series),
        ("NCelP", module.cells_in_parallel),
        ("GRef", module.irradiance_ref),
        ("TRef", module.temp_ref),
        ("PNom", module.p_nom_w),
        ("Isc", module.i_sc),
        ("Voc", module.v_oc),
        ("Imp", module.i_mp),
        ("Vmp", module.v_mp),
        ("muISC", 1e3 * module.alpha_sc),
        ("muVocSpec", 1e3 * module.beta_oc.unwrap()),
        ("muPmpReq", 1e2 * module.gamma_pdc.unwrap()),
        ("RShunt", module.r_sh_ref),
        ("Rp_0", module.r_sh_0),
        ("Rp_Exp", module.r_sh_exp),
        ("RSerie", module.r_s),
        ("Gamma", module.gamma),
        ("muGamma", module.mu_gamma),
        ("BifacialityFactor", module.bifaciality.unwrap()),
        ("Width", module.width_m.unwrap()),
        ("Height", module.height_m.unwrap()),
    ] {
        is(key, got);
    }
    assert_eq!(module.model, pvlib(PAN, "Model").as_str().unwrap());
    assert_eq!(module.technology, "mtSiMono");
    let Some(PanIncidence::Profile(points)) = &module.incidence else { panic!("no profile") };
    assert_eq!(points.len(), 9);
    for (k, (aoi, modifier)) in points.iter().enumerate() {
        assert_eq!(pvlib(PAN, &format!("Point_{}", k + 1)), serde_json::json!([aoi, modifier]));
    }
    let incidence = module.incidence.as_ref().unwrap();
    // Midway between 0.98 at 50 and 0.96 at 60 degrees.
    assert!((incidence.modifier(55.0) - 0.97).abs() < 1e-15 && (incidence.modifier(-55.0) - 0.97).abs() < 1e-15);
    assert_eq!((incidence.modifier(0.0), incidence.modifier(80.0), incidence.modifier(95.0)), (1.0, 0.66, 0.0));
    assert!(incidence.modifier(f64::NAN).is_nan());
    // numpy's solution of the two equations; pvlib's singlediode with them has Isc 14.0 and Voc 49.9 again.
    assert!((module.i_l_ref - PAN_I_L).abs() < 1e-11 * PAN_I_L, "{}", module.i_l_ref);
    assert!((module.i_o_ref - PAN_I_O).abs() < 1e-9 * PAN_I_O, "{}", module.i_o_ref);
}

const PAN_I_L: f64 = 14.009473333391727;
const PAN_I_O: f64 = 1.538465928882609e-11;

#[test]
fn an_ond_file_is_read_as_pvlib_reads_it_and_weighs_as_the_maker_says() {
    let InverterLibrary::Ond(inverter) = InverterLibrary::from_file(path(OND)).unwrap() else { panic!() };
    let is = |key: &str, got: f64| assert_eq!(got, pvlib(OND, key).as_f64().unwrap(), "{key}");
    for (key, got) in [
        ("PNomConv", inverter.p_nom_w / 1e3),
        ("PMaxOUT", inverter.p_max_w / 1e3),
        ("VOutConv", inverter.v_ac.unwrap()),
        ("VMppMin", inverter.v_mpp[0]),
        ("VMPPMax", inverter.v_mpp[1]),
        ("VAbsMax", inverter.v_dc_max),
        ("IMaxDC", inverter.i_dc_max.unwrap()),
        ("PSeuil", inverter.p_start_w),
        ("Night_Loss", inverter.night_w),
        ("NbMPPT", inverter.trackers.unwrap()),
    ] {
        is(key, got);
    }
    assert_eq!(inverter.power_over_temp, [(40.0, 250e3), (45.0, 250e3), (50.0, 225e3), (60.0, 90e3)]);
    assert_eq!(inverter.profiles.iter().map(|p| p.voltage).collect::<Vec<_>>(), [880.0, 1174.0, 1300.0]);
    assert_eq!(inverter.profiles[1].points[6], (189_623.8, 187_500.0));
    let curve = inverter.curve().unwrap();
    let euro: Vec<f64> = inverter.efficiency_euro_v.iter().map(|efficiency| (1e5 * efficiency).round()).collect();
    assert_eq!(euro, [97_986.0, 98_860.0, 98_661.0]);
    for (voltage, euro) in curve.voltages().iter().zip(&inverter.efficiency_euro_v) {
        let got = curve.euro_efficiency(*voltage);
        assert!((got - euro).abs() < 0.6e-5, "{voltage} V: {got}, the maker says {euro}");
    }
    assert!((curve.power(1174.0, 126_211.6) - 125e3).abs() < 1e-6);
    assert_eq!(curve.power(1174.0, 275e3), 250e3);
    assert_eq!(curve.power(1174.0, 200.0), -5.0);
    let mean = curve.voltages().iter().map(|v| curve.weighted_efficiency(&CEC_WEIGHTS, *v)).sum::<f64>() / 3.0;
    assert!((curve.cec_efficiency() - mean).abs() < 1e-15);
}

#[test]
fn pvsysts_files_of_other_makes_are_read() {
    let text = String::from_utf8(bytes(PAN)).unwrap();
    let read = |bytes: &[u8]| match ModuleLibrary::read("m.PAN", bytes) {
        Ok(ModuleLibrary::Pan(module)) => *module,
        other => panic!("{other:?}"),
    };
    let module = pan();
    // Windows' line ends and mark, no indentation, and version 6.
    assert_eq!(read(format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes()), module);
    let flat: String = text.lines().flat_map(|line| [line.trim_start(), "\n"]).collect();
    assert_eq!(read(flat.as_bytes()), module);
    assert_eq!(read(text.replace("Version=7.2", "Version=6.78").as_bytes()).version, "6.78");
    // Decimal commas in every number; the profile's pairs become four parts.
    let commas: String = text.lines().flat_map(|line| [line.replace('.', ","), "\n".into()]).collect();
    assert_eq!(PanModule { version: module.version.clone(), ..read(commas.as_bytes()) }, module);
    // A maker's name in Windows-1252.
    let mut old = text.replace("Manufacturer=ET SOLAR", "Manufacturer=M?ller ?").into_bytes();
    for (mark, byte) in old.iter_mut().filter(|byte| **byte == b'?').zip([0xFC, 0x80]) {
        *mark = byte;
    }
    assert_eq!(read(&old).manufacturer, "Müller €");
    // ASHRAE's formula instead of a profile, and values that stand for none.
    let start = text.find("    IAMMode").unwrap();
    let end = text.find("  End of PVObject pvIAM").unwrap();
    let ashrae = format!("{}    IAMMode=Ashrae\n    B0_IAM=0.040\n{}", &text[..start], &text[end..]);
    assert_eq!(read(ashrae.as_bytes()).incidence, Some(PanIncidence::Ashrae(0.04)));
    let none = text.replace("muVocSpec=-128.0", "muVocSpec=0.0").replace("  Rp_Exp=5.50\n", "");
    assert_eq!((read(none.as_bytes()).beta_oc, read(none.as_bytes()).r_sh_exp), (None, 5.5));
    // A thin film with recombination still goes through both ends of its curve.
    let film = text.replace("muGamma=-0.0001", "muGamma=-0.0001\n  D2MuTau=0.25");
    assert!(read(film.as_bytes()).i_l_ref > module.i_l_ref);
}

#[test]
fn errors_name_file_line_and_key() {
    let pan = String::from_utf8(bytes(PAN)).unwrap();
    let refused = |text: &str| ModuleLibrary::read("my.PAN", text.as_bytes()).unwrap_err().to_string();
    let error = refused(&pan.replace("RShunt=300", "RShunt=3oo"));
    assert!(error.starts_with("my.PAN, line 38, column RShunt = 3oo: "), "{error}");
    let error = refused(&pan.replace("  RShunt=300\n", "  RShnt=300\n"));
    assert!(error.contains("column RShunt") && error.contains("did you mean RShnt?"), "{error}");
    assert!(refused(&pan.replace("Isc=14.000", "Isc=-14.000")).contains("0.01 to 200 A"));
    assert!(refused(&pan.replace("Imp=13.110", "Imp=14.110")).contains("exchanged"));
    assert!(refused(&pan.replace("Gamma=0.980", "Gamma=NaN")).contains("column Gamma = NaN"));
    assert!(refused(&pan.replace("Point_5=50.0,", "Point_5=5.0,")).contains("ascend"));
    assert!(refused(&String::from_utf8(bytes(OND)).unwrap()).contains("pvGInverter"));
    assert!(refused("Name,Vac\nUnits,V\n").contains("no library of modules"));
    let csv = String::from_utf8(bytes("library/cec_inverters.csv")).unwrap();
    let refused = |text: &str| InverterLibrary::read("inv.csv", text.as_bytes()).unwrap_err().to_string();
    let error = refused(&csv.replace("259.588593", ""));
    assert!(error.starts_with("inv.csv, line 4, column 5 (Pdco): a number is missing"), "{error}");
    assert!(refused(&csv.replace("259.588593", "1e999")).contains("column 5 (Pdco) = 1e999: allowed is 1 to"));
    assert!(refused(&csv.replacen("Vdcmax", "Vdcmox", 1)).contains("column Vdcmax is missing; did you mean Vdcmox?"));
    let twice = format!("{csv}{}\n", csv.lines().nth(3).unwrap());
    assert!(refused(&twice).contains("stands on line 4 already"));
    let ond = String::from_utf8(bytes(OND)).unwrap();
    assert!(refused(&ond.replace("Point_3=25720.2,25000.0", "Point_3=25720.2,26000.0")).contains("26000 W come out"));
    assert!(refused(&ond.replace("ProfilPIO", "Profil")).contains("no efficiency curve"));
    let error = ModuleLibrary::from_file("no such file.PAN").unwrap_err().to_string();
    assert!(error.starts_with("no such file.PAN: "), "{error}");
}
