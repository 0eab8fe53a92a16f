//! Libraries of other years and other programs, and values in them that contradict each other: read, or told, never taken in silence.

use rooftop_pv::inverter::library::InverterLibrary;
use rooftop_pv::module::library::{CecEntry, Entries, ModuleLibrary, PanModule};

use crate::library::{PAN, bytes};

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
