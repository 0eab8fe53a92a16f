//! Modules and inverters of one's own: files of every kind in a park, each power and inverter model against its scalar function
//! record by record, glass of one's own, and what is refused.

mod common;

use std::path::PathBuf;

use common::path;
use rooftop_pv::inverter::library::InverterLibrary;
use rooftop_pv::inverter::{EfficiencyCurve, adr, sandia};
use rooftop_pv::module::library::ModuleLibrary;
use rooftop_pv::module::single_diode::{
    Datasheet, batzelis, calcparams_cec, calcparams_desoto, calcparams_pvsyst, max_power,
};
use rooftop_pv::module::{AdrModule, PowerMatrix, SapmModule, pvefficiency_adr, sapm};
use rooftop_pv::plane::{MeasuredModifier, SAPM_GLASS, sapm_modifier};
use rooftop_pv::plant::{InverterParameters, ModuleParameters};
use rooftop_pv::simulate::{Daylight, Sweep, Year};
use rooftop_pv::sun::SunTable;
use rooftop_pv::weather::climate;
use rooftop_pv::{Error, Plant, Weather};

const PAN: &str = "ET-M772BH550GL.PAN";
const OND: &str = "CPS_SCH275KTL-DO-US-800-250kW_275kVA_1.OND";

fn weather() -> Weather {
    Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap()
}

/// A park file beside the libraries' folder, read as a user's would be.
fn park(name: &str, array: &str, rest: &str) -> Result<Plant, Error> {
    let library = path("library").display().to_string().replace('\\', "/");
    let text = format!(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n[[array]]\ncapacity_kw = 100\ntilt_deg = 20\nazimuth_deg = 180\n{array}\n{rest}\n"
    )
    .replace("LIB/", &format!("{library}/"));
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
    std::fs::write(&file, text).unwrap();
    Plant::from_file(&file)
}

fn refused(name: &str, array: &str, rest: &str) -> String {
    park(name, array, rest).unwrap_err().to_string()
}

/// Light behind the glass, cell temperature and DC power of a kW before losses, of the records with daylight.
fn dc_columns(plant: &Plant) -> Vec<(f64, f64, f64)> {
    let weather = weather();
    let table = SunTable::new(weather.axis().clone()).into();
    let daylight = Daylight::of(&weather, &table, plant.models.transposition).unwrap();
    let mut sweep = Sweep::new(&daylight, &weather).unwrap();
    sweep.totals(plant).unwrap();
    let columns = sweep.columns(0).unwrap();
    let both = columns.effective_irradiance.iter().zip(columns.temp_cell);
    both.zip(columns.dc_kw).map(|((g, t), dc)| (*g, *t, *dc)).collect()
}

/// Holds the DC power of a park to a scalar function of light and temperature, W of a module, record by record.
fn held(plant: &Plant, power: impl Fn(f64, f64) -> f64) {
    held_with(plant, power(1000.0, 25.0), power);
}

/// The same with the rated power of the plate, W.
fn held_with(plant: &Plant, rated: f64, power: impl Fn(f64, f64) -> f64) {
    let mut year = 0.0;
    for (g, t, dc) in dc_columns(plant) {
        let wanted = if g > 0.0 { power(g, t) / rated } else { 0.0 };
        assert!((dc - wanted).abs() < 1e-12 + 1e-9 * wanted, "{g} {t}: {dc} {wanted}");
        year += dc;
    }
    println!("{:?}: {year:.0} kWh/kW before losses", plant.models.power);
    assert!((1000.0..1700.0).contains(&year), "{year}");
}

fn module_of(plant: &Plant) -> ModuleParameters {
    *plant.array[0].parameters.clone().unwrap()
}

#[test]
fn power_models_of_files() {
    let cec = "module = \"JKM410M-72HL-V\"\nmodule_file = \"LIB/cec_modules.csv\"";
    let plant = park("cec", cec, "[models]\npower = \"cec\"").unwrap();
    let ModuleParameters::Cec(kind) = module_of(&plant) else { panic!() };
    held_with(&plant, kind.p_mp, |g, t| max_power(&calcparams_cec(g, t, &kind.cec)).p_mp);
    assert_eq!(plant.array[0].module.as_deref(), Some("Jinko Solar Co._ Ltd JKM410M-72HL-V"));
    let plant = park("desoto", cec, "[models]\npower = \"desoto\"").unwrap();
    held(&plant, |g, t| max_power(&calcparams_desoto(g, t, &kind.cec.desoto)).p_mp);

    let plant = park("pvsyst", &format!("module_file = \"LIB/{PAN}\""), "[models]\npower = \"pvsyst\"").unwrap();
    let ModuleParameters::Pvsyst(figures) = module_of(&plant) else { panic!() };
    held(&plant, |g, t| max_power(&calcparams_pvsyst(g, t, &figures.module)).p_mp);
    let ModuleLibrary::Pan(pan) = ModuleLibrary::from_file(path("library").join(PAN)).unwrap() else { panic!() };
    let rated = max_power(&calcparams_pvsyst(1000.0, 25.0, &figures.module)).p_mp;
    assert!((rated / pan.p_nom_w - 1.0).abs() < 0.005, "{rated} of {}", pan.p_nom_w);

    let sandia = "module = \"CS5P-220M\"\nmodule_file = \"LIB/sandia_modules.csv\"";
    let plant = park("sapm", sandia, "[models]\npower = \"sapm\"").unwrap();
    let ModuleParameters::Sapm(module) = module_of(&plant) else { panic!() };
    held(&plant, |g, t| sapm(g, t, &module).p_mp);
}

#[test]
fn power_models_of_own_figures() {
    let own = "[array.parameters.adr]\nk_d = -6.0\ntc_d = 0.02\nk_rs = 0.05\nk_rsh = 0.10";
    let plant = park("adr", own, "[models]\npower = \"adr\"").unwrap();
    let module = AdrModule { k_a: 1.0, k_d: -6.0, tc_d: 0.02, k_rs: 0.05, k_rsh: 0.10 };
    held(&plant, |g, t| g * pvefficiency_adr(g, t, &module));

    let own = "[array.parameters.iec61853]\nirradiance = [100, 400, 1000]\ntemp_cell = [15, 25, 75]\n\
               power = [[39.5, 38, nan], [163, 158, 128], [416, 400, 325]]";
    let plant = park("iec61853", own, "[models]\npower = \"iec61853\"").unwrap();
    let rows = [vec![39.5, 38.0, f64::NAN], vec![163.0, 158.0, 128.0], vec![416.0, 400.0, 325.0]];
    let matrix = PowerMatrix::new(&[100.0, 400.0, 1000.0], &[15.0, 25.0, 75.0], &rows).unwrap();
    held(&plant, |g, t| matrix.power(g, t));

    let own = "[array.parameters.batzelis]\nv_mp = 40.4\ni_mp = 10.2\nv_oc = 48.9\ni_sc = 10.8\nalpha_sc = 0.005\nbeta_voc = -0.14";
    let plant = park("batzelis", own, "[models]\npower = \"batzelis\"").unwrap();
    let sheet = Datasheet { v_mp: 40.4, i_mp: 10.2, v_oc: 48.9, i_sc: 10.8, alpha_sc: 0.005, beta_voc: -0.14 };
    held(&plant, |g, t| batzelis(g, t, &sheet).max_power.p_mp);

    // What recombination takes, it takes from the first watt on: more of weak light.
    let film = |d2mutau: f64| {
        format!(
            "[array.parameters.pvsyst]\nalpha_sc = 0.0006\ngamma_ref = 1.5\nmu_gamma = 0.0\ni_l_ref = 1.25\ni_o_ref = 1e-10\n\
             r_sh_ref = 2000\nr_sh_0 = 10000\nr_sh_exp = 5.5\nr_s = 5.0\ncells_in_series = 116\neg_ref = 1.5\nd2mutau = {d2mutau}"
        )
    };
    let yields: Vec<f64> = [0.0, 1.0]
        .iter()
        .map(|d2mutau| {
            let plant = park(&format!("film{d2mutau}"), &film(*d2mutau), "[models]\npower = \"pvsyst\"").unwrap();
            let parameters = module_of(&plant);
            held(&plant, |g, t| parameters.power(g, t).unwrap());
            plant.simulate(&weather()).unwrap().ac_kwh
        })
        .collect();
    assert!((yields[1] / yields[0] - 1.0).abs() < 0.1 && yields[0] != yields[1], "{yields:?}");
    // A plant stands by itself once its files are read.
    let plant = park("again", &film(1.0), "[models]\npower = \"pvsyst\"").unwrap();
    let again = Plant::from_toml(&plant.to_toml().unwrap(), "again.toml").unwrap();
    assert_eq!(again, plant);
}

#[test]
fn files_written_out_come_back() {
    let cases = [
        (format!("module_file = \"LIB/{PAN}\""), "pvsyst", String::new()),
        (
            "module = \"CS5P\"\nmodule_file = \"LIB/sandia_modules.csv\"".into(),
            "sapm",
            format!("model = \"curve\"\nfile = \"LIB/{OND}\""),
        ),
        (
            "module = \"TSM-385DE14H\"\nmodule_file = \"LIB/cec_modules.csv\"".into(),
            "cec",
            "model = \"sandia\"\nfile = \"LIB/cec_inverters.csv\"\nname = \"SG125HV\"".into(),
        ),
    ];
    for (k, (array, power, inverter)) in cases.iter().enumerate() {
        let rest = format!("[inverter]\n{inverter}\n[models]\npower = \"{power}\"");
        let plant = park(&format!("written{k}"), array, &rest).unwrap();
        let again = Plant::from_toml(&plant.to_toml().unwrap(), "again.toml").unwrap();
        assert_eq!(again, plant);
        let weather = weather();
        let (one, other) = (plant.simulate(&weather).unwrap(), again.simulate(&weather).unwrap());
        assert_eq!(one.ac_kwh.to_bits(), other.ac_kwh.to_bits());
    }
}

/// Hours of a park: DC power at the inverters and AC power, kW.
fn hours(plant: &Plant) -> (Year, Vec<(f64, f64)>) {
    let year = plant.simulate(&weather()).unwrap();
    let hourly = year.hourly.clone().unwrap();
    let pairs = hourly.dc_kw.iter().zip(&hourly.ac_kw).map(|(dc, ac)| (*dc, *ac)).collect();
    (year, pairs)
}

/// Holds AC power to one unit's scalar function of its DC power, W; the plant of 100 kW has 80 kW of such units.
/// Where nothing comes out, each draws what it draws at night.
fn inverter_held(plant: &Plant, rated_w: f64, night_w: f64, power: impl Fn(f64) -> f64) {
    let units = 80e3 / rated_w;
    let (year, hours) = hours(plant);
    for (dc, ac) in hours {
        let given = power(dc * 1e3 / units);
        let wanted = if given > 0.0 { given } else { -night_w } * units / 1e3;
        assert!((ac - wanted).abs() < 1e-9 * (1.0 + wanted), "{dc}: {ac} {wanted}");
    }
    println!("{:?}: {:.0} kWh", plant.inverter.model, year.ac_kwh);
    assert!((year.ac_kwh / 115e3 - 1.0).abs() < 0.1, "{}", year.ac_kwh);
}

#[test]
fn inverters_of_files_and_datasheets() {
    let size = "capacity_kw = 80\n";
    let rest = format!("[inverter]\n{size}model = \"sandia\"\nfile = \"LIB/cec_inverters.csv\"\nname = \"SG125HV\"");
    let plant = park("sandia", "", &rest).unwrap();
    let Some(InverterParameters::Sandia(unit)) = plant.inverter.parameters.as_deref().cloned() else { panic!() };
    inverter_held(&plant, unit.paco, unit.pnt, |p| sandia(unit.vdco, p, &unit));
    let low = park("sandia_low", "", &format!("{rest}\nvoltage_v = 860")).unwrap();
    inverter_held(&low, unit.paco, unit.pnt, |p| sandia(860.0, p, &unit));

    let rest = format!("[inverter]\n{size}model = \"adr\"\nfile = \"LIB/adr_inverters.csv\"\nname = \"SB3300U\"");
    let plant = park("adr_inverter", "", &rest).unwrap();
    let Some(InverterParameters::Adr(unit)) = plant.inverter.parameters.as_deref().cloned() else { panic!() };
    inverter_held(&plant, unit.pacmax, unit.pnt, |p| adr(unit.vnom, p, &unit));

    let rest = format!("[inverter]\n{size}model = \"curve\"\nfile = \"LIB/{OND}\"");
    let plant = park("ond", "", &rest).unwrap();
    let InverterLibrary::Ond(ond) = InverterLibrary::from_file(path("library").join(OND)).unwrap() else { panic!() };
    let curve = ond.curve().unwrap();
    let middle = curve.voltages()[curve.voltages().len() / 2];
    inverter_held(&plant, ond.p_max_w, ond.night_w, |p| curve.power(middle, p));

    let points = [(0.05, 0.95), (0.1, 0.97), (0.5, 0.985), (1.0, 0.98)];
    let rest = format!(
        "[inverter]\n{size}model = \"curve\"\n[inverter.parameters.curve]\nnominal_w = 50e3\n\
         efficiency = [[0.05, 0.95], [0.1, 0.97], [0.5, 0.985], [1.0, 0.98]]"
    );
    let plant = park("datasheet", "", &rest).unwrap();
    let curve = EfficiencyCurve::from_shares(50e3, 0.0, &[(0.0, &points)]).unwrap();
    inverter_held(&plant, 50e3, 0.0, |p| curve.power(0.0, p));
}

/// Figures that are no numbers, or no module's, never become energy.
#[test]
fn absurd_figures_are_refused() {
    let sandia = "module = \"CS5P-220M\"\nmodule_file = \"LIB/sandia_modules.csv\"";
    let plant = park("absurd", sandia, "[models]\npower = \"sapm\"\nincidence = \"sapm\"").unwrap();
    let ModuleParameters::Sapm(good) = module_of(&plant) else { panic!() };
    let mut spectrum = good.a;
    spectrum[0] = 93.0;
    let mut angle = good.b;
    angle[1] = f64::NAN;
    for bad in [
        SapmModule { fd: f64::NAN, ..good },
        SapmModule { fd: 50.0, ..good },
        SapmModule { a: spectrum, ..good },
        SapmModule { b: angle, ..good },
        SapmModule { impo: 9.0, ..good },
    ] {
        let mut plant = plant.clone();
        plant.array[0].parameters = Some(Box::new(ModuleParameters::Sapm(bad)));
        let error = plant.simulate(&weather()).unwrap_err().to_string();
        assert!(error.contains("array[0].parameters"), "{error}");
    }
    let mut plant = park("absurd_inverter", "", "[inverter]\nmodel = \"sandia\"\nname = \"SG125HV\"").unwrap();
    let unit = rooftop_pv::inverter::library::inverter("SG125HV").unwrap().parameters;
    for pnt in [f64::NAN, 1e9] {
        let bad = rooftop_pv::inverter::SandiaInverter { pnt, ..unit };
        plant.inverter.parameters = Some(Box::new(InverterParameters::Sandia(bad)));
        let error = plant.simulate(&weather()).unwrap_err().to_string();
        assert!(error.contains("inverter.parameters: draw at night"), "{error}");
    }
}

/// What an OND file's inverter draws beside in operation lowers its curve.
#[test]
fn auxiliaries_of_an_ond_file_count() {
    let InverterLibrary::Ond(plain) = InverterLibrary::from_file(path("library").join(OND)).unwrap() else { panic!() };
    let with = rooftop_pv::inverter::library::OndInverter { auxiliary: Some((2000.0, 100.0)), ..*plain.clone() };
    let power = |ond: &rooftop_pv::inverter::library::OndInverter| {
        InverterParameters::from(ond).unlimited(ond.profiles[0].voltage, 150e3).unwrap()
    };
    assert!((power(&plain) - power(&with) - 2000.0).abs() < 1e-6);
}

#[test]
fn glass_of_ones_own() {
    // All light is direct and falls on a plane that lies flat, so the modifier alone stands between both columns.
    let ratios = |array: &str, incidence: &str| -> Vec<(f64, f64)> {
        let plant = park(
            &format!("glass_{incidence}_{}", array.len()),
            array,
            &format!("[models]\nincidence = \"{incidence}\"\ntransposition = \"isotropic\""),
        )
        .unwrap();
        let mut plant = plant;
        plant.array[0].tilt_deg = 0.0;
        let given = weather();
        let mut columns = given.columns().clone();
        columns.dhi.fill(0.0);
        let direct = Weather::new(*given.site(), given.axis().clone(), columns, "direct").unwrap();
        let table = SunTable::new(direct.axis().clone()).into();
        let daylight = Daylight::of(&direct, &table, plant.models.transposition).unwrap();
        let mut sweep = Sweep::new(&daylight, &direct).unwrap();
        sweep.totals(&plant).unwrap();
        let columns = sweep.columns(0).unwrap();
        let ratio = columns.effective_irradiance.iter().zip(columns.poa_global).map(|(e, p)| e / p);
        daylight.track().solar_zenith().iter().copied().zip(ratio).filter(|(z, r)| *z < 89.9 && r.is_finite()).collect()
    };
    let points = ([0.0, 40.0, 60.0, 70.0, 80.0, 90.0], [1.0, 1.0, 0.98, 0.93, 0.75, 0.0]);
    let own = format!("[array.glass]\naoi = {:?}\nmodifier = {:?}", points.0, points.1);
    let measured = MeasuredModifier::new(&points.0, &points.1).unwrap();
    let mut many = 0;
    for (zenith, ratio) in ratios(&own, "measured") {
        assert!((ratio - measured.at(zenith)).abs() < 1e-9, "{zenith}: {ratio}");
        many += 1;
    }
    assert!(many > 1000);
    for (zenith, ratio) in ratios("", "sapm") {
        assert!((ratio - sapm_modifier(zenith, &SAPM_GLASS)).abs() < 1e-9, "{zenith}: {ratio}");
    }
    let sandia = "module = \"CS5P-220M\"\nmodule_file = \"LIB/sandia_modules.csv\"";
    let plant = park("glass_sapm", sandia, "[models]\nincidence = \"sapm\"").unwrap();
    let ModuleParameters::Sapm(SapmModule { b, .. }) = module_of(&plant) else { panic!() };
    for (zenith, ratio) in ratios(sandia, "sapm") {
        assert!((ratio - sapm_modifier(zenith, &b)).abs() < 1e-9, "{zenith}: {ratio}");
    }
    let thick = ratios("[array.glass]\nashrae_b = 0.1", "ashrae");
    let thin = ratios("", "ashrae");
    assert!(thick.iter().zip(&thin).all(|(a, b)| a.1 <= b.1));
    // A PAN file brings its own profile.
    let pan = park(
        "glass_pan",
        &format!("module_file = \"LIB/{PAN}\""),
        "[models]\npower = \"pvsyst\"\nincidence = \"measured\"",
    );
    assert!(pan.unwrap().array[0].glass.as_ref().unwrap().aoi.len() > 3);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn what_cannot_be_is_told_with_its_line() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (
            "no_module",
            "module_file = \"LIB/cec_modules.csv\"",
            "[models]\npower = \"cec\"",
            &["array[0].module", "name one"],
        ),
        (
            "unknown_module",
            "module = \"JKM999\"\nmodule_file = \"LIB/cec_modules.csv\"",
            "[models]\npower = \"cec\"",
            &["line 8", "array[0].module = \"JKM999\"", "cec_modules.csv"],
        ),
        (
            "no_file",
            "module_file = \"LIB/none.PAN\"",
            "[models]\npower = \"pvsyst\"",
            &["line 8", "array[0].module_file", "none.PAN", "folder of the park file"],
        ),
        (
            "inverter_file",
            &format!("module_file = \"LIB/{OND}\""),
            "[models]\npower = \"pvsyst\"",
            &[OND, "not a pvModule"],
        ),
        (
            "other_model",
            &format!("module_file = \"LIB/{PAN}\""),
            "[models]\npower = \"sapm\"",
            &["figures of pvsyst", "Sandia Modules.csv"],
        ),
        ("unused", &format!("module_file = \"LIB/{PAN}\""), "", &["no model of the park takes", "power = \"pvsyst\""]),
        ("missing", "", "[models]\npower = \"pvsyst\"", &["array[0].parameters: missing", "PAN"]),
        ("missing_sapm", "", "[models]\npower = \"sapm\"", &["Sandia Modules.csv"]),
        (
            "unknown_figure",
            "[array.parameters.cec]\nfrobnicate = 3",
            "[models]\npower = \"cec\"",
            &["array[0].parameters.cec.frobnicate", "unknown key"],
        ),
        ("missing_sheet", "", "[models]\npower = \"batzelis\"", &["beta_voc (V/K)"]),
        (
            "exchanged",
            "[array.parameters.batzelis]\nv_mp = 48.9\ni_mp = 10.2\nv_oc = 40.4\ni_sc = 10.8\nalpha_sc = 0.005\nbeta_voc = -0.14",
            "[models]\npower = \"batzelis\"",
            &["array[0].parameters", "voltage of maximum power = 48.9", "exchanged"],
        ),
        ("missing_adr", "", "[models]\npower = \"adr\"", &["k_rsh"]),
        ("missing_matrix", "", "[models]\npower = \"iec61853\"", &["irradiance, temp_cell and power"]),
        (
            "zero",
            "[array.parameters.adr]\nk_d = 6.0\ntc_d = 0.02\nk_rs = 0.05\nk_rsh = 0.10",
            "[models]\npower = \"adr\"",
            &["array[0].parameters", "check signs and units"],
        ),
        (
            "twice",
            &format!(
                "module_file = \"LIB/{PAN}\"\n[array.parameters.adr]\nk_d = -6.0\ntc_d = 0.02\nk_rs = 0.05\nk_rsh = 0.10"
            ),
            "[models]\npower = \"adr\"",
            &["array[0].parameters is given too"],
        ),
        ("no_inverter", "", "[inverter]\nmodel = \"adr\"", &["inverter.parameters: missing", "Driesse"]),
        ("no_curve", "", "[inverter]\nmodel = \"curve\"", &["OND file"]),
        (
            "wrong_inverter",
            "",
            &format!("[inverter]\nmodel = \"adr\"\nfile = \"LIB/{OND}\""),
            &["figures of curve", "Driesse"],
        ),
        ("unused_inverter", "", &format!("[inverter]\nfile = \"LIB/{OND}\""), &["name model = \"curve\""]),
        (
            "percent",
            "",
            "[inverter]\nmodel = \"curve\"\n[inverter.parameters.curve]\nnominal_w = 50e3\nefficiency = [[0.1, 97], [1.0, 98]]",
            &["0.98 is 98 %"],
        ),
        (
            "volts",
            "",
            "[inverter]\nmodel = \"sandia\"\nname = \"SG125HV\"\nvoltage_v = 12",
            &["line 12", "inverter.voltage_v = 12", "nominal"],
        ),
        ("no_points", "", "[models]\nincidence = \"measured\"", &["array[0].glass: missing", "aoi and modifier"]),
        (
            "angles",
            "[array.glass]\naoi = [0, 50, 40]\nmodifier = [1, 0.9, 0.8]",
            "[models]\nincidence = \"measured\"",
            &["array[0].glass", "aoi[2] = 40", "more than the 50 before it, at most 90 degrees"],
        ),
        (
            "angle_90",
            "[array.glass]\naoi = [0, 90, 50]\nmodifier = [1, 0, 0.8]",
            "",
            &["aoi[2] = 50 is not allowed: more than the 90 before it"],
        ),
        (
            "no_glass",
            "[array.glass]\naoi = [0, 50, 90]\nmodifier = [1, 2, 0]",
            "",
            &["array[0].glass", "modifier[1] = 2 is not allowed: 0 to 1.1 times that at 0 degrees"],
        ),
    ];
    for (name, array, rest, parts) in cases {
        let error = refused(&format!("refused_{name}"), array, rest);
        println!("{error}");
        for part in *parts {
            assert!(error.contains(part), "{name}: {error}\nwanted {part}");
        }
    }
    let text = "[site]\nlatitude = 0\nlongitude = 0\n[[array]]\ncapacity_kw = 1\ntilt_deg = 0\nazimuth_deg = 0\nmodule_file = \"a.PAN\"\n";
    let error = Plant::from_toml(text, "text.toml").unwrap_err().to_string();
    assert!(error.contains("text.toml, line 8") && error.contains("read_components"), "{error}");
}
