//! Modules of a park by their datasheets: fitted as the park is read, for each model that takes them, and what is refused.

use rooftop_pv::module::single_diode::{
    BeyondDiode, Datasheet, batzelis, calcparams_cec, calcparams_desoto, curve_points, fit_cec, fit_desoto_batzelis,
    max_power,
};
use rooftop_pv::plant::{DatasheetFigures, ModuleParameters, PowerModel};
use rooftop_pv::simulate::{Daylight, Sweep};
use rooftop_pv::sun::SunTable;
use rooftop_pv::weather::climate;
use rooftop_pv::{Error, Plant, Weather};

/// Jinko's JKM410M-72HL-V, as the CEC's list has it.
const SHEET: Datasheet =
    Datasheet { v_mp: 42.3, i_mp: 9.69, v_oc: 50.4, i_sc: 10.6, alpha_sc: 0.005088, beta_voc: -0.14112 };
const GAMMA: f64 = -0.0036;

fn park(power: &str, figures: &str) -> Result<Plant, Error> {
    let text = format!(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n[models]\npower = \"{power}\"\n[[array]]\ncapacity_kw = 100\ntilt_deg = 20\nazimuth_deg = 180\n\
         [array.parameters.datasheet]\n{figures}\n"
    );
    Plant::from_toml(&text, "park.toml")
}

fn figures(change: &[(&str, &str)]) -> String {
    let Datasheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc } = SHEET;
    let given = [
        ("v_mp", v_mp),
        ("i_mp", i_mp),
        ("v_oc", v_oc),
        ("i_sc", i_sc),
        ("alpha_sc", alpha_sc),
        ("beta_voc", beta_voc),
        ("gamma_pdc", GAMMA),
    ];
    let line = |(key, value): (&str, f64)| match change.iter().find(|(changed, _)| *changed == key) {
        Some((_, other)) => format!("{key} = {other}"),
        None => format!("{key} = {value}"),
    };
    given.map(line).join("\n")
}

/// Holds DC power to a scalar function of light and temperature, W of a module, record by record.
fn held(plant: &Plant, rated: f64, power: impl Fn(f64, f64) -> f64) {
    let weather = Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap();
    let table = SunTable::new(weather.axis().clone()).into();
    let daylight = Daylight::of(&weather, &table, &plant.models).unwrap();
    let mut sweep = Sweep::new(&daylight, &weather).unwrap();
    sweep.totals(plant).unwrap();
    let columns = sweep.columns(0).unwrap();
    let both = columns.effective_irradiance.iter().zip(columns.temp_cell);
    for ((g, t), dc) in both.zip(columns.dc_kw) {
        let wanted = if *g > 0.0 { power(*g, *t) / rated } else { 0.0 };
        assert!((dc - wanted).abs() < 1e-12 + 1e-9 * wanted, "{g} {t}: {dc} {wanted}");
    }
}

#[test]
fn each_model_goes_through_the_datasheet() {
    let plate = SHEET.v_mp * SHEET.i_mp;
    let cec = park("cec", &figures(&[])).unwrap();
    let module = fit_cec(&SHEET, GAMMA).unwrap();
    held(&cec, plate, |g, t| max_power(&calcparams_cec(g, t, &module)).p_mp);
    // The diode stands in the plant from then on, and comes back from what is written out.
    let Some(ModuleParameters::Cec(kind)) = cec.array[0].parameters.as_deref() else { panic!() };
    assert_eq!((kind.cec, kind.p_mp), (module, plate));
    let again = Plant::from_toml(&cec.to_toml().unwrap(), "again.toml").unwrap();
    assert_eq!(again.array[0].parameters, cec.array[0].parameters);
    // A plant built in code has the same, fitted when it runs.
    let mut built = cec.clone();
    let own = DatasheetFigures { sheet: SHEET, gamma_pdc: GAMMA, efficiency: kind.efficiency };
    built.array[0].parameters = Some(Box::new(ModuleParameters::Datasheet(own)));
    held(&built, plate, |g, t| max_power(&calcparams_cec(g, t, &module)).p_mp);

    let desoto = park("desoto", &figures(&[])).unwrap();
    let module = fit_desoto_batzelis(&SHEET);
    let reference = calcparams_desoto(1000.0, 25.0, &module);
    let rated = max_power(&reference).p_mp;
    println!(
        "De Soto's curve gives {rated:.2} W of {plate:.2}, {:.3} V open",
        curve_points(&reference, &BeyondDiode::default()).v_oc
    );
    held(&desoto, rated, |g, t| max_power(&calcparams_desoto(g, t, &module)).p_mp);

    let closed = park("batzelis", &figures(&[])).unwrap();
    assert_eq!(closed.models.power, PowerModel::Batzelis);
    let rated = batzelis(1000.0, 25.0, &SHEET).max_power.p_mp;
    held(&closed, rated, |g, t| batzelis(g, t, &SHEET).max_power.p_mp);
}

#[test]
fn what_is_no_datasheet_is_told() {
    let told = |power: &str, change: &[(&str, &str)]| park(power, &figures(change)).unwrap_err().to_string();
    // Exchanged ends, a coefficient in per cent, a wrong sign, a figure that is left out.
    let error = told("cec", &[("i_mp", "10.7")]);
    assert!(error.contains("array[0].parameters") && error.contains("i_mp"), "{error}");
    let error = told("cec", &[("gamma_pdc", "-0.36")]);
    assert!(error.contains("gamma_pdc"), "{error}");
    let error = told("cec", &[("beta_voc", "0.14")]);
    assert!(error.contains("beta_voc"), "{error}");
    let error = park("cec", "v_mp = 40").unwrap_err().to_string();
    assert!(error.contains("i_mp") && error.contains("missing"), "{error}");
    let error = told("pvsyst", &[]);
    assert!(error.contains("figures of datasheet") && error.contains("PAN"), "{error}");
    let error = told("batzelis", &[("i_sc", "9.0")]);
    assert!(error.contains("current of maximum power"), "{error}");
}
