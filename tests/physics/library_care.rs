//! Libraries of other years and other programs, and values in them that contradict each other: read, or told, never taken in silence.

use rooftop_pv::inverter::library::{InverterLibrary, OndInverter};
use rooftop_pv::module::library::{CecEntry, Entries, ModuleLibrary, PanIncidence, PanModule};

use crate::library::{OND, PAN, bytes};

fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}

/// A text with one part changed, which has to be in it.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// Two names of the first line exchanged, which exchanges their columns.
fn exchanged(text: &str, one: &str, other: &str) -> String {
    with(&with(&with(text, one, "§"), other, one), "§", other)
}

fn cec(text: &str) -> Entries<CecEntry> {
    match ModuleLibrary::read("m.csv", text.as_bytes()) {
        Ok(ModuleLibrary::Cec(entries)) => entries,
        other => panic!("{other:?}"),
    }
}

fn pan(text: &str) -> PanModule {
    match ModuleLibrary::read("m.PAN", text.as_bytes()) {
        Ok(ModuleLibrary::Pan(module)) => *module,
        other => panic!("{other:?}"),
    }
}

fn ond(text: &str) -> OndInverter {
    match InverterLibrary::read("i.OND", text.as_bytes()) {
        Ok(InverterLibrary::Ond(inverter)) => *inverter,
        other => panic!("{other:?}"),
    }
}

fn of_module(text: &str) -> String {
    ModuleLibrary::read("m", text.as_bytes()).unwrap_err().to_string()
}

fn of_inverter(text: &str) -> String {
    InverterLibrary::read("i", text.as_bytes()).unwrap_err().to_string()
}

/// A table less one of its columns.
fn without(text: &str, column: &str) -> String {
    let at = text.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
    let left = |line: &str| -> String {
        let fields = line.split(',').enumerate().filter(|(k, _)| *k != at).map(|(_, field)| field);
        fields.collect::<Vec<_>>().join(",") + "\n"
    };
    text.lines().map(left).collect()
}

#[test]
fn sams_modules_of_2013_and_2025_are_read() {
    let of_2019 = text("library/cec_modules.csv");
    let expected = cec(&of_2019);
    // From 2025 on the power's coefficient has the industry's name.
    let of_2025 = with(&with(&of_2019, "gamma_r", "gamma_pmp"), "cec_gamma_r", "cec_gamma_pmp");
    assert_eq!(cec(&of_2025), expected);
    let of_2013 = without(&without(&without(&without(&of_2019, "STC"), "Bifacial"), "Length"), "Width");
    for (old, new) in cec(&of_2013).entries.iter().zip(&expected.entries) {
        assert_eq!(old.stc_w, old.i_mp_ref * old.v_mp_ref);
        assert!((old.stc_w / new.stc_w - 1.0).abs() < 1e-6, "{}", old.name);
    }
    assert!(of_module(&without(&of_2019, "gamma_r")).contains("the column gamma_r is missing"));
}

#[test]
fn exchanged_columns_are_told_or_left_out() {
    let modules = text("library/cec_modules.csv");
    let error = of_module(&exchanged(&modules, "I_sc_ref", "I_mp_ref"));
    assert!(error.starts_with("m, line 4, column 10 (I_mp_ref) = 5.170000: "), "{error}");
    assert!(error.contains("below I_sc_ref, 4.780000; are the two exchanged?"), "{error}");
    assert!(of_module(&exchanged(&modules, "V_oc_ref", "V_mp_ref")).contains("below V_oc_ref, 36.630000"));
    // What is no number is told as that.
    assert!(of_module(&with(&modules, ",4.780000,", ",4.78o,")).contains("(I_mp_ref) = 4.78o: this is not a number"));
    let sandia = text("library/sandia_modules.csv");
    assert!(of_module(&exchanged(&sandia, "Isco", "Impo")).contains("below Isco"));
    assert!(of_module(&exchanged(&sandia, "Voco", "Vmpo")).contains("below Voco"));
    let inverters = text("library/cec_inverters.csv");
    let error = of_inverter(&exchanged(&inverters, "Paco", "Pdco"));
    assert!(error.contains("column 5 (Paco) = 259.588593: this has to be below Pdco, 250; are the two"), "{error}");
    assert!(of_inverter(&exchanged(&inverters, "Mppt_low", "Mppt_high")).contains("below Mppt_high, 30"));

    // A large library reads on without the line, and says so.
    let mut large: String = modules.lines().take(3).flat_map(|line| [line, "\n"]).collect();
    let row = modules.lines().nth(3).unwrap();
    for i in 0..60 {
        let row = with(row, "A10Green", &format!("A{i}"));
        large.push_str(&if i == 7 { with(&row, ",4.780000,", ",5.780000,") } else { row });
        large.push('\n');
    }
    let entries = cec(&large);
    assert_eq!((entries.entries.len(), entries.left_out.len()), (59, 1));
    assert!(entries.left_out[0].contains("line 11, column 12 (I_mp_ref) = 5.780000"), "{}", entries.left_out[0]);
}

#[test]
fn tables_of_other_programs_are_read_or_their_marks_named() {
    let modules = text("library/cec_modules.csv");
    let expected = cec(&modules);
    let quoted = |line: &str| -> String {
        line.split(',').map(|field| format!("\"{field}\"")).collect::<Vec<_>>().join(",") + "\n"
    };
    assert_eq!(cec(&modules.lines().map(quoted).collect::<String>()), expected);
    assert_eq!(cec(&modules.replace('\n', "\r")), expected);
    // A line of units without the commas behind its last.
    assert_eq!(cec(&with(&modules, "%,%/K,,,\n", "%,%/K\n")), expected);
    assert_eq!(pan(&text(PAN).replace('\n', "\r")), pan(&text(PAN)));
    for (mark, called) in [(";", "semicolons"), ("\t", "tabs")] {
        let error = of_module(&modules.replace(',', mark));
        assert!(error.contains(&format!("set apart by {called}; save it with commas")), "{error}");
        assert!(of_inverter(&text("library/cec_inverters.csv").replace(',', mark)).contains(called));
    }
    let error = of_module(&modules.lines().map(quoted).collect::<String>().replace(',', ";"));
    assert!(error.contains("semicolons"), "{error}");
}

#[test]
fn a_pan_file_that_contradicts_itself_is_told() {
    let file = text(PAN);
    let error = of_module(&with(&file, "TRef=25.0", "TRef=45.0"));
    assert!(error.starts_with("m, line 27, column TRef = 45: ") && error.contains("25 is expected"), "{error}");
    assert!(of_module(&with(&file, "GRef=1000", "GRef=800")).contains("column GRef = 800"));
    assert_eq!(pan(&with(&with(&file, "  GRef=1000\n", ""), "  TRef=25.0\n", "")), pan(&file));
    let error = of_module(&with(&file, "PNom=550.0", "PNom=55.0"));
    assert!(error.contains("column PNom = 55: Imp and Vmp make 550.1 W"), "{error}");
    let error = of_module(&with(&file, "Isc=14.000", "Isc="));
    assert!(error.contains("line 31, column Isc: a number is missing; allowed is 0.01 to 200 A"), "{error}");
}

#[test]
fn the_glass_of_a_pan_file_is_what_its_mode_names() {
    let file = text(PAN);
    let profile = pan(&file).incidence;
    assert!(matches!(profile, Some(PanIncidence::Profile(_))));
    let both = with(&file, "    IAMMode=UserProfile\n", "    IAMMode=UserProfile\n    B0_IAM=0.05\n");
    assert_eq!(pan(&both).incidence, profile);
    let of_mode = |mode: &str| pan(&with(&both, "    IAMMode=UserProfile\n", mode)).incidence;
    assert_eq!(of_mode("    IAMMode=Ashrae\n"), Some(PanIncidence::Ashrae(0.05)));
    assert_eq!(of_mode(""), Some(PanIncidence::Ashrae(0.05)));
    assert_eq!(of_mode("    IAMMode=Fresnel\n"), None);
    assert_eq!(pan(&with(&file, "    IAMMode=UserProfile\n", "")).incidence, profile);

    let dark = |line: &str| match line.split_once(',') {
        Some((point, _)) if line.contains("Point_") => format!("{point},0.0\n"),
        _ => format!("{line}\n"),
    };
    let error = of_module(&file.lines().map(dark).collect::<String>());
    assert!(error.contains("column Point_1: 0 of the light gets through where it falls straight in"), "{error}");
    assert!(of_module(&with(&file, "Point_1=0.0,1.00000", "Point_1=0.0,0.00000")).contains("0.9 to 1.1 is allowed"));
}

#[test]
fn an_ond_file_that_contradicts_itself_is_told() {
    let file = text(OND);
    let error = of_inverter(&with(&file, "VNomEff=880.0,1174.0,1300.0,", "VNomEff=880.0,"));
    assert!(error.contains("column VNomEff = 880.0,: 3 profiles stand in the file"), "{error}");
    assert!(of_inverter(&with(&file, "    VNomEff=880.0,1174.0,1300.0,\n", "")).contains("voltages of 0"));
    assert!(of_inverter(&with(&file, "ProfilPIOV3", "Profil3")).contains("2 profiles stand in the file"));
    assert!(of_inverter(&with(&file, "=880.0,1174.0,1300.0,", "=1300.0,1174.0,880.0,")).contains("ascend"));
    let error = of_inverter(&with(&file, "VMppMin=500", "VMppMin=1600"));
    assert!(error.contains("column VMppMin = 1600: this is above VMPPMax, 1500"), "{error}");
}

/// The temperature limits that a file leaves out, as PVsyst 6.79 left out `PLimAbs`, or gives as 0.
#[test]
fn limits_that_an_ond_file_does_not_use_derate_nothing() {
    let file = text(OND);
    let expected = [(40.0, 250e3), (45.0, 250e3), (60.0, 90e3)];
    for to in ["    PLim1=0\n", "    PLim1=0.000\n", "    PLim1=\n", ""] {
        assert_eq!(ond(&with(&file, "    PLim1=225.000\n", to)).power_over_temp, expected, "{to}");
    }
    for to in ["    PLimAbs=0.000\n", ""] {
        let points = ond(&with(&file, "    PLimAbs=90.000\n", to)).power_over_temp;
        assert_eq!(points, [(40.0, 250e3), (45.0, 250e3), (50.0, 225e3)], "{to}");
    }
}
