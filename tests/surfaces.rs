//! Parks whose light goes more ways than onto a roof that stands still: trackers, both sides of modules, dust, snow, spectra.

use std::sync::Arc;

use rooftop_pv::simulate::Year;
use rooftop_pv::sun::SunTable;
use rooftop_pv::weather::{Columns, climate};
use rooftop_pv::{Error, Plant, Weather};

fn weather() -> Weather {
    Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap()
}

fn park(array: &str, rest: &str) -> Result<Plant, Error> {
    let text = format!(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n[[array]]\ncapacity_kw = 100\ntilt_deg = 10\nazimuth_deg = 180\n{array}\n{rest}\n"
    );
    Plant::from_toml(&text, "park.toml")
}

fn simulated(array: &str, rest: &str) -> Year {
    let (plant, weather) = (park(array, rest).unwrap(), weather());
    let year = plant.simulate(&weather).unwrap();
    // The ledger's product is what the meter shows, whatever the steps.
    let product: f64 = year.ledger.steps().iter().map(|step| step.factor).product();
    let first = year.ledger.steps()[0].energy_kwh;
    assert!((first * product / year.ac_kwh - 1.0).abs() < 1e-9, "{array} {rest}");
    // With a kept table the same to the last bit.
    let table = SunTable::new(Arc::clone(weather.axis()));
    let again = plant.simulate_with(&weather, &table).unwrap();
    assert_eq!(again.ac_kwh.to_bits(), year.ac_kwh.to_bits(), "{array} {rest}");
    year
}

#[test]
fn every_model_runs_and_none_changes_much() {
    let usual = simulated("", "").ac_kwh;
    let skies = [
        "isotropic",
        "hay_davies",
        "perez",
        "perez_driesse",
        "perez_all_sites1988",
        "perez_sandia1988",
        "perez_usa1988",
        "perez_france1988",
        "perez_phoenix1988",
        "perez_el_monte1988",
        "perez_osage1988",
        "perez_albuquerque1988",
        "perez_cape_canaveral1988",
        "perez_albany1988",
        "perez_pvwatts",
        "klucher",
        "reindl",
        "muneer",
    ];
    let glass = [
        "none",
        "physical",
        "physical_coated",
        "physical_beam",
        "ashrae",
        "martin_ruiz",
        "schlick",
        "sapm",
        "pvwatts",
        "pvwatts_v5_coated",
    ];
    let cells = ["faiman", "sapm", "pvsyst", "noct_sam", "ross", "noct_pvwatts", "faiman_pvgis", "fuentes"];
    let power = [
        "pvwatts",
        "huld_pvgis5",
        "huld_pvgis5_cis",
        "huld_pvgis5_cdte",
        "huld_pvgis6",
        "huld_pvgis6_cis",
        "huld_pvgis6_cdte",
        "cec",
        "desoto",
    ];
    let presets = ["pvwatts_v5", "pvwatts_v8", "pvgis", "pvlib_pvwatts"];
    for (key, names) in [
        ("transposition", &skies[..]),
        (
            "decomposition",
            &[
                "erbs",
                "erbs_driesse",
                "orgill_hollands",
                "boland",
                "boland_quarter_hour",
                "louche",
                "disc",
                "dirint",
                "dirindex",
            ],
        ),
        ("incidence", &glass),
        ("temperature", &cells),
        ("power", &power),
        ("preset", &presets),
        ("transient", &["none", "prilliman"]),
    ] {
        // The names that the file itself says there are; those of components of one's own are met in tests/components.rs and tests/cells.rs.
        let error = park("", &format!("[models]\n{key} = \"?\"")).unwrap_err().to_string();
        let mut allowed = error.split("one of ").nth(1).unwrap().split(", ");
        let own = ["faiman_rad", "measured", "pvsyst", "batzelis", "sapm", "adr", "iec61853"];
        let missed = allowed.find(|name| !(names.contains(name) || own.contains(name)));
        assert_eq!(missed, None, "{key}");
        for name in names {
            let kwh = simulated("", &format!("[models]\n{key} = \"{name}\"")).ac_kwh;
            assert!((0.85..1.12).contains(&(kwh / usual)), "{key} {name}: {kwh} {usual}");
        }
    }
}

#[test]
fn a_misspelt_model_is_told() {
    let error = park("", "[models]\ntransposition = \"perez_drise\"").unwrap_err().to_string();
    assert!(error.contains("models.transposition") && error.contains("perez_driesse"), "{error}");
    let error = park("module = \"pvwatts_standart\"", "[models]\npower = \"cec\"").unwrap_err().to_string();
    assert!(error.contains("array[0].module") && error.contains("pvwatts_standard"), "{error}");
    let error = park("module = \"pvwatts_premuim\"", "[models]\npreset = \"pvwatts_v5\"").unwrap_err().to_string();
    assert!(error.contains("array[0].module") && error.contains("did you mean pvwatts_premium?"), "{error}");
    let error = park("", "[inverter]\nmodel = \"sandia\"").unwrap_err().to_string();
    assert!(error.contains("inverter.name"), "{error}");
    let error = park("bifaciality = 0.7", "").unwrap_err().to_string();
    assert!(error.contains("array[0].gcr"), "{error}");
    let error = park("", "[soiling]\nmodel = \"monthly\"").unwrap_err().to_string();
    assert!(error.contains("soiling.monthly"), "{error}");
    let error =
        park("", "[spectrum]\nmodel = \"caballero\"\nmodule = \"perovskite\"\naod500 = 9").unwrap_err().to_string();
    assert!(error.contains("spectrum.aod500"), "{error}");
    // In the words of a park file, though it has no such line.
    let error = park("", "[spectrum]\nmodel = \"jrc\"").unwrap_err().to_string();
    assert!(error.contains("spectrum.module = \"mono_si\"") && !error.contains("MonoSi"), "{error}");
}

#[test]
fn what_a_preset_does_not_follow_is_told() {
    let told =
        |array: &str, preset: &str| park(array, &format!("[models]\npreset = \"{preset}\"")).unwrap_err().to_string();
    for (array, preset, key) in [
        ("tracking = \"single_axis\"", "pvwatts_v8", "array[0].tracking"),
        ("tracking = \"single_axis\"", "pvwatts_v5", "array[0].tracking"),
        ("tracking = \"backtracking\"\ngcr = 0.4", "pvwatts_v8", "array[0].tracking"),
        ("bifaciality = 0.7\ngcr = 0.4", "pvgis", "array[0].bifaciality"),
        ("gcr = 0.4", "pvwatts_v5", "array[0].gcr"),
        ("gcr = 0.4", "pvlib_pvwatts", "array[0].gcr"),
        ("gamma_pdc = -0.003", "pvgis", "array[0].gamma_pdc"),
        ("module = \"Jinko\"", "pvlib_pvwatts", "array[0].module"),
    ] {
        let error = told(array, preset);
        assert!(error.contains(key), "{array} {preset}: {error}");
    }
    assert!(park("gcr = 0.4\nmounting = \"open_rack\"", "[models]\npreset = \"pvwatts_v8\"").is_ok());
    assert!(park("tracking = \"backtracking\"\ngcr = 0.4", "[models]\npreset = \"pvwatts_v5\"").is_ok());
    let error = park("", "[inverter]\nname = \"SUN2000\"").unwrap_err().to_string();
    assert!(error.contains("inverter.name"), "{error}");
    let error = park("gamma_pdc = -0.003", "[models]\npower = \"cec\"").unwrap_err().to_string();
    assert!(error.contains("array[0].gamma_pdc"), "{error}");
}

#[test]
fn a_weather_without_the_column_is_told() {
    let dry = weather();
    let plant = park("", "[soiling]\nmodel = \"kimber\"").unwrap();
    let error = plant.simulate(&dry).unwrap_err().to_string();
    assert!(error.contains("soiling.model") && error.contains("rain"), "{error}");
    let error = park("", "[snow]\nmodel = \"nrel\"").unwrap().simulate(&dry).unwrap_err().to_string();
    assert!(error.contains("snow.model"), "{error}");
    let error = park("", "[spectrum]\nmodel = \"first_solar\"").unwrap().simulate(&dry).unwrap_err().to_string();
    assert!(error.contains("precipitable water"), "{error}");
}

#[test]
fn dust_snow_and_spectrum_stand_in_the_ledger() {
    let dry = weather();
    let n = dry.len();
    let columns = Columns {
        rain: Some((0..n).map(|hour| if hour % 1500 == 0 { 20.0 } else { 0.0 }).collect()),
        snow_depth: Some((0..n).map(|hour| if hour < 900 { (hour / 300) as f64 * 6.0 } else { 0.0 }).collect()),
        precipitable_water: Some(vec![1.5; n]),
        ..dry.columns().clone()
    };
    let wet = Weather::new(*dry.site(), Arc::clone(dry.axis()), columns, "with rain and snow").unwrap();
    let kwh = |rest: &str| {
        let year = park("", rest).unwrap().simulate(&wet).unwrap();
        let product: f64 = year.ledger.steps().iter().map(|step| step.factor).product();
        assert!((year.ledger.steps()[0].energy_kwh * product / year.ac_kwh - 1.0).abs() < 1e-9, "{rest}");
        year
    };
    let clean = kwh("[losses]\nsoiling = 0.0");
    for (model, step) in [("kimber", 0.99), ("hsu", 0.999)] {
        let year = kwh(&format!("[soiling]\nmodel = \"{model}\""));
        let factor = year.ledger.step("dust that comes and goes").unwrap().factor;
        assert!(factor < step && factor > 0.8, "{model} {factor}");
        assert!(year.ac_kwh < clean.ac_kwh);
    }
    let months = "[soiling]\nmodel = \"monthly\"\nmonthly = [0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]";
    let year = kwh(months);
    let (january, february) =
        (year.monthly[0].ac_kwh / clean.monthly[0].ac_kwh, year.monthly[1].ac_kwh / clean.monthly[1].ac_kwh);
    assert!((0.45..0.55).contains(&january) && (february - 1.0).abs() < 1e-12, "{january} {february}");
    let snow = kwh("[snow]\nmodel = \"nrel\"");
    assert!(snow.ledger.step("snow that comes and goes").unwrap().factor < 1.0);
    for model in ["sapm", "first_solar", "caballero", "pvspec", "jrc"] {
        // The others have coefficients for monocrystalline silicon, the default.
        let module = if model == "jrc" { "module = \"multi_si\"" } else { "" };
        let year = kwh(&format!("[spectrum]\nmodel = \"{model}\"\n{module}"));
        let factor = year.ledger.step("spectrum").unwrap().factor;
        assert!((0.9..1.1).contains(&factor) && factor != 1.0, "{model} {factor}");
    }
}

#[test]
fn trackers_and_backs_gain() {
    let flat = simulated("", "").ac_kwh;
    // A north-south axis, level.
    let follow = |rest: &str| simulated(&format!("{rest}\nmounting = \"open_rack\""), "").ac_kwh;
    let level = Plant::from_toml(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n[[array]]\ncapacity_kw = 100\ntilt_deg = 0\nazimuth_deg = 180\nmounting = \"open_rack\"\n",
        "park.toml",
    )
    .unwrap();
    let mut tracked = level.clone();
    tracked.array[0].tracking = rooftop_pv::plant::Tracking::SingleAxis;
    let mut turned_back = level.clone();
    turned_back.array[0].tracking = rooftop_pv::plant::Tracking::Backtracking;
    turned_back.array[0].gcr = Some(0.4);
    let weather = weather();
    let kwh = |plant: &Plant| plant.simulate(&weather).unwrap().ac_kwh;
    let (stands, turns, turns_back) = (kwh(&level), kwh(&tracked), kwh(&turned_back));
    println!("level {stands:.0}, tracker {turns:.0}, turned back {turns_back:.0} kWh");
    assert!(turns > 1.1 * stands && turns_back > 1.05 * stands && turns_back < turns);
    let (one, both) = (follow(""), follow("bifaciality = 0.7\ngcr = 0.5\nalbedo = 0.6"));
    println!("one side {one:.0} ({flat:.0} on a roof), both over a white roof {both:.0} kWh");
    assert!(both > 1.04 * one && both < 1.3 * one);
    // A tracker that cannot turn is a plane that stands: the same but for the glass's light of sky and ground by tables.
    turned_back.array[0].max_angle_deg = Some(1.0);
    let still = kwh(&turned_back);
    assert!((still / stands - 1.0).abs() < 0.02, "{still} {stands}");
}
