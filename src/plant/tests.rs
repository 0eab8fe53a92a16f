//! Park files that are right, and every way in which one can be wrong.

use std::path::Path;

use super::*;
use crate::Error;
use crate::weather::ReadOptions;

const PARK: &str = "\
name = 'test'
[site]
latitude = 36.68
longitude = 117.53
[weather]
[[array]]
name = 'south'
capacity_kw = 100.0
tilt_deg = 10.0
azimuth_deg = 180.0
[[array]]
name = 'east'
capacity_kw = 50.0
tilt_deg = 5
azimuth_deg = 90.0
[inverter]
[losses]
[lifetime]
[models]
[carbon]
[stated]
";

fn error(text: &str) -> String {
    Plant::from_toml(text, "park.toml").unwrap_err().to_string()
}

/// The test park with one line more under a table's header, or another line in an old one's place.
fn with(header: &str, line: &str) -> String {
    assert!(PARK.contains(header));
    PARK.replacen(header, &format!("{header}\n{line}"), 1)
}

fn instead(old: &str, new: &str) -> String {
    assert!(PARK.contains(old));
    PARK.replacen(old, new, 1)
}

/// Each park is refused at that line with that text in the message.
fn check(cases: &[(String, &str, &[&str])]) {
    for (text, start, parts) in cases {
        let message = error(text);
        assert!(message.starts_with(&format!("park.toml, line {start}: ")), "{message}\nwanted {start}");
        for part in *parts {
            assert!(message.contains(part), "{message}\nwanted {part}");
        }
    }
}

#[test]
fn the_shared_parks_parse_and_come_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/parks");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let plant = Plant::from_file(&path).unwrap();
        assert!(!plant.name.is_empty(), "{}", path.display());
        let again = Plant::from_toml(&plant.to_toml().unwrap(), "again").unwrap();
        assert_eq!(plant, again);
        count += 1;
    }
    assert_eq!(count, 9);
}

#[test]
fn the_default_park_is_as_stated() {
    let plant = Plant::jidong().unwrap();
    assert_eq!(plant.array.len(), 1);
    assert_eq!(plant.array[0].capacity_kw, 51000.0);
    assert_eq!(plant.array[0].roof_area_m2, Some(360000.0));
    assert_eq!((plant.array[0].gamma_pdc, plant.gamma_pdc(&plant.array[0])), (None, -0.0035));
    assert_eq!(plant.weather.climate.as_deref(), Some("Zhangqiu"));
    assert_eq!(plant.losses, Losses::default());
    assert_eq!(plant.lifetime, Lifetime::default());
    assert_eq!(plant.models, Models::default());
    assert_eq!(plant.stated, Stated { annual_kwh: Some(6e7), coal_t: Some(18000.0), co2_t: Some(48000.0) });
    assert_eq!((plant.carbon.region.as_deref(), plant.carbon.year), (Some("Shandong"), Some(2023)));
}

#[test]
fn the_test_park_itself_is_fine() {
    let plant = Plant::from_toml(PARK, "park.toml").unwrap();
    assert_eq!(plant.array[1].tilt_deg, 5.0);
    assert_eq!(Plant::from_toml(&format!("\u{feff}{PARK}"), "bom").unwrap(), plant);
    assert_eq!(Plant::from_toml(&PARK.replace('\n', "\r\n"), "crlf").unwrap(), plant);
}

#[test]
fn unknown_and_missing_keys() {
    check(&[
        (
            instead("tilt_deg = 5", "tlt_deg = 5"),
            "14",
            &["array[1].tlt_deg = 5", "did you mean tilt_deg?", "capacity_kw"],
        ),
        (instead("[inverter]", "[invertor]"), "16", &["invertor: unknown key; did you mean inverter?"]),
        (with("[losses]", "soil = 0.02"), "18", &["losses.soil = 0.02", "did you mean soiling?"]),
        (with("[site]", "tilt_deg = 3.0"), "3", &["site.tilt_deg", "belongs under [[array]]"]),
        (instead("tilt_deg = 5\n", ""), "11", &["array[1].tilt_deg: missing", "0 to 90 degrees"]),
        (instead("latitude = 36.68\n", ""), "2", &["site.latitude: missing", "-90 to 90"]),
        (String::new(), "1", &["site: missing; a park needs a [site]"]),
        ("name = 'x'\n[site]\nlatitude = 1\nlongitude = 2\n".into(), "1", &["array: missing", "[[array]]"]),
        ("array = []\n[site]\nlatitude = 1\nlongitude = 2\n".into(), "1", &["array: missing", "[[array]]"]),
    ]);
}

#[test]
fn wrong_types_and_words() {
    check(&[
        (
            instead("tilt_deg = 5", "tilt_deg = '5'"),
            "14",
            &["array[1].tilt_deg = '5'", "a number, 0 to 90 degrees", "not text; write it without quotes"],
        ),
        (
            instead("name = 'east'", "name = 7"),
            "12",
            &["array[1].name = 7: wanted is text in quotes, not a whole number"],
        ),
        (with("[carbon]", "year = 2023.5"), "21", &["carbon.year = 2023.5", "a whole number, 1990 to 2100"]),
        (
            with("[models]", "transposition = 'Perez'"),
            "20",
            &["models.transposition = 'Perez'", "isotropic, hay_davies, perez", "did you mean perez?"],
        ),
        (with("[models]", "temperature = 3"), "20", &["models.temperature = 3", "one of faiman"]),
        (with("[[array]]", "mounting = 'rof'"), "7", &["array[0].mounting = 'rof'", "did you mean roof?"]),
        (
            with("[[array]]", "mounting = true"),
            "7",
            &["array[0].mounting = true: wanted is one of open_rack, roof", "not true or false"],
        ),
        (with("[[array]]", "mounting = 3"), "7", &["array[0].mounting = 3: wanted is one of open_rack", "not a whole"]),
        (
            with("[inverter]", "derating = 3"),
            "17",
            &["inverter.derating = 3: wanted is a table under inverter.derating"],
        ),
        (with("[carbon]", "year = 2021-06-01"), "21", &["a whole number, 1990 to 2100, not a date or time"]),
        (
            with("[carbon]", "region = 2021-06-01"),
            "21",
            &["= 2021-06-01: wanted is text in quotes, not a date or time"],
        ),
        (with("[inverter]", "model = 12:00:00"), "17", &["one of pvwatts, sandia", "not a date or time"]),
        (
            instead("[losses]", "[grid]\ntransformer = 2021-06-01"),
            "18",
            &["grid.transformer = 2021-06-01: wanted is a table under grid.transformer, not a date or time"],
        ),
        (instead("[site]", "[[site]]"), "2", &["write [site], not [[site]]"]),
        (
            PARK.replace("[[array]]\nname = 'south'", "[array]").replace("[[array]]\nname = 'east'", "[x]"),
            "6",
            &["array: wanted is a list of tables, each opened by [[array]], not a table"],
        ),
        (instead("tilt_deg = 5", "tilt_deg = = 5"), "14", &["tilt_deg = = 5: not TOML"]),
        (instead("name = 'east'", "name = east"), "12", &["name = east: not TOML", "quoted"]),
        (instead("tilt_deg = 5", "tilt_deg = 5\ntilt_deg = 6"), "15", &["duplicate key"]),
        (instead("tilt_deg = 5", "tilt_deg = 5°"), "14", &["not TOML"]),
        ("\u{0}\u{1}".into(), "1", &["not TOML"]),
    ]);
}

#[test]
fn numbers_out_of_range() {
    check(&[
        (instead("latitude = 36.68", "latitude = 96.68"), "3", &["site.latitude = 96.68: allowed is -90 to 90"]),
        (
            instead("latitude = 36.68\nlongitude = 117.53", "latitude = 117.53\nlongitude = 36.68"),
            "3",
            &["site.latitude = 117.53", "in each other's place?"],
        ),
        (instead("longitude = 117.53", "longitude = 217.53"), "4", &["-180 to 180"]),
        (with("[site]", "elevation_m = 1e5"), "3", &["site.elevation_m = 1e5", "9000 m"]),
        (with("[site]", "utc_offset_h = 480"), "3", &["site.utc_offset_h = 480", "-12 to 14 hours; in hours, not"]),
        (instead("tilt_deg = 5", "tilt_deg = nan"), "14", &["array[1].tilt_deg = nan", "0 to 90"]),
        (instead("tilt_deg = 5", "tilt_deg = -5"), "14", &["array[1].tilt_deg = -5", "0 to 90"]),
        (
            instead("azimuth_deg = 90.0", "azimuth_deg = -90"),
            "15",
            &["array[1].azimuth_deg = -90: allowed is 0 to 360", "PVGIS counts from south: its -90 is 90 here"],
        ),
        (with("[[array]]", "gamma_pdc = -0.35"), "7", &["array[0].gamma_pdc = -0.35", "-0.35 %/K is -0.0035"]),
        (with("[[array]]", "gamma_pdc = 0.0035"), "7", &["array[0].gamma_pdc = 0.0035", "the sign is minus"]),
        (with("[[array]]", "albedo = 20"), "7", &["array[0].albedo = 20", "20 % is 0.2"]),
        (instead("capacity_kw = 50.0", "capacity_kw = 0"), "13", &["array[1].capacity_kw = 0", "more than 0"]),
        (instead("capacity_kw = 50.0", "capacity_kw = 51e6"), "13", &["= 51e6", "51000000 W is 51000 kW"]),
        (instead("capacity_kw = 50.0", "capacity_kw = inf"), "13", &["array[1].capacity_kw = inf"]),
        (with("[inverter]", "dc_ac_ratio = 4"), "17", &["inverter.dc_ac_ratio = 4", "0.5 to 3"]),
        (with("[inverter]", "efficiency = 96"), "17", &["inverter.efficiency = 96", "0.5 to 1", "96 % is 0.96"]),
        (with("[losses]", "soiling = 2.0"), "18", &["losses.soiling = 2.0", "0 to less than 1", "2 % is 0.02"]),
        (with("[losses]", "snow = 1"), "18", &["losses.snow = 1"]),
        (with("[losses]", "ac = -0.1"), "18", &["losses.ac = -0.1", "0 to less than 1"]),
        (with("[lifetime]", "degradation = 0.5"), "19", &["lifetime.degradation = 0.5", "0.5 % is 0.005"]),
        (with("[lifetime]", "years = 0"), "19", &["lifetime.years = 0", "1 to 100"]),
        (with("[lifetime]", "years = -1"), "19", &["lifetime.years = -1: allowed is 1 to 100 years"]),
        (with("[lifetime]", "years = 5000000000"), "19", &["lifetime.years = 5000000000: allowed is 1 to 100 years"]),
        (with("[carbon]", "year = -99999999999"), "21", &["carbon.year = -99999999999: allowed is 1990 to 2100"]),
        (with("[losses]", "[snow]\nstrings = -1"), "19", &["snow.strings = -1: allowed is 1 to 100 strings"]),
        (
            instead("tilt_deg = 5", "tilt_deg = 99999999999999999999"),
            "14",
            &["array[1].tilt_deg = 99999999999999999999: allowed is 0 to 90"],
        ),
        (
            instead("tilt_deg = 5", "tilt_deg = 9999999999999999999999999999999999999999"),
            "14",
            &["array[1].tilt_deg = 9999999999999999999999999999999999999999: allowed is 0 to 90"],
        ),
        (with("[carbon]", "year = 23"), "21", &["carbon.year = 23", "1990 to 2100"]),
        (
            with("[carbon]", "factor_kg_per_kwh = 619.1"),
            "21",
            &["0 to 2 kg CO2/kWh", "619.1 g/kWh (or kg/MWh) is 0.6191"],
        ),
        (with("[stated]", "annual_kwh = -60e6"), "22", &["stated.annual_kwh = -60e6", "more than 0 kWh a year"]),
        (with("[stated]", "co2_t = 0"), "22", &["stated.co2_t = 0"]),
        (with("[stated]", "coal_t = inf"), "22", &["stated.coal_t = inf"]),
    ]);
    assert!(!error(&instead("capacity_kw = 50.0", "capacity_kw = 1e300")).contains(" W is "), "no unit helps here");
    assert!(Plant::from_toml(&with("[stated]", "annual_kwh = 1e30"), "").is_ok(), "stated figures are for the audit");
}

#[test]
fn lists_of_another_length() {
    let list = |count: usize, entry: &str| format!("[{}]", vec![entry; count].join(", "));
    let twelve = |count: usize| list(count, "0.1");
    let curve = "[inverter.parameters.curve]\nnominal_w = 1000.0\n";
    check(&[
        (with("[site]", &format!("linke_turbidity = {}", list(13, "3.0"))), "3", &["it has 13 entries where 12 are"]),
        (with("[site]", "linke_turbidity = 3.0"), "3", &["site.linke_turbidity = 3.0: wanted is a list of 12, not"]),
        (
            instead("[losses]", &format!("[soiling]\nmodel = 'monthly'\nmonthly = {}", twelve(13))),
            "19",
            &["soiling.monthly: it has 13 entries where 12 are expected"],
        ),
        (
            instead("[losses]", &format!("[albedo]\nmodel = 'monthly'\nmonthly = {}", twelve(11))),
            "19",
            &["albedo.monthly: it has 11 entries where 12 are expected"],
        ),
        (
            instead("[losses]", &format!("[inverter.derating.curve]\npoints = {}", list(5, "[30.0, 1.0]"))),
            "18",
            &["inverter.derating.curve.points: it has 5 entries where 4 are expected"],
        ),
        (
            instead("[losses]", "[inverter.derating.curve]\npoints = [[1.0, 1.0], [2.0, 1.0, 7], [3, 1], [4, 1]]"),
            "18",
            &["inverter.derating.curve.points[1]: it has 3 entries where 2 are expected"],
        ),
        (
            instead("[losses]", &format!("{curve}efficiency = [[0.05, 0.95, 7], [1.0, 0.98, 9]]")),
            "19",
            &["inverter.parameters.curve.efficiency[0]: it has 3 entries where 2 are expected"],
        ),
        (instead("[losses]", &format!("{curve}efficiency = 0.95")), "19", &["efficiency = 0.95: wanted is a list in"]),
        (
            instead(
                "[losses]",
                &format!("{curve}[[inverter.parameters.curve.profiles]]\nvoltage = 600.0\npoints = [[10.0]]"),
            ),
            "21",
            &["inverter.parameters.curve.profiles[0].points[0]: it has 1 entry where 2 are expected"],
        ),
    ]);
    let right = with("[site]", &format!("linke_turbidity = {}", list(12, "3.0")));
    assert_eq!(Plant::from_toml(&right, "").unwrap().site.linke_turbidity, Some([3.0; 12]));
}

#[test]
fn contradictions() {
    check(&[
        (
            instead("name = 'south'\ncapacity_kw = 100.0", "capacity_kw = 51000\nroof_area_m2 = 3600"),
            "7",
            &[
                "array[0].capacity_kw = 51000",
                "14167 W/m2",
                "250",
                "at most 900 kW",
                "204000 m2",
                "two zeros",
                "kW against W",
                "mu",
            ],
        ),
        (
            instead("name = 'south'\ncapacity_kw = 100.0", "capacity_kw = 51000\nroof_area_m2 = 540"),
            "7",
            &["likely slip: capacity in W where kW is asked, or area in mu"],
        ),
        (
            with("[weather]", "climate = 'Jinan'\nfile = 'w.csv'"),
            "7",
            &["weather.file = 'w.csv'", "weather.climate = \"Jinan\" is given too"],
        ),
        (with("[weather]", "climate = ' '"), "6", &["weather.climate = ' ': empty"]),
        (
            with("[inverter]", "capacity_kw = 100\ndc_ac_ratio = 1.2"),
            "18",
            &["inverter.dc_ac_ratio = 1.2", "inverter.capacity_kw = 100 is given too and makes it 1.500"],
        ),
        (
            with("[inverter]", "capacity_kw = 15"),
            "17",
            &["inverter.capacity_kw = 15", "10.000 kW DC per kW AC", "50 to 300 kW"],
        ),
        (
            with("[carbon]", "factor_source = 'brochure'"),
            "21",
            &["carbon.factor_source = 'brochure'", "carbon.factor_kg_per_kwh, which is missing"],
        ),
        (with("[losses]", "soiling = 0.5\nshading = 0.5"), "17", &["losses = 1.100 in all", "below 1"]),
        (instead("'east'", "'south'"), "12", &["array[1].name = 'south'", "array[0] has that name already"]),
    ]);
    let agreeing = with("[inverter]", "capacity_kw = 125\ndc_ac_ratio = 1.2");
    assert!(Plant::from_toml(&agreeing, "").is_ok());
    let own = with("[carbon]", "factor_kg_per_kwh = 0.8\nfactor_source = 'brochure'");
    assert!(Plant::from_toml(&own, "").is_ok());
    let edge = instead("name = 'south'", "roof_area_m2 = 400");
    assert!(Plant::from_toml(&edge, "").is_ok(), "250 W/m2 is the bound itself");
}

#[test]
fn validation_works_without_a_file() {
    let mut plant = Plant::from_toml(PARK, "park.toml").unwrap();
    plant.validate().unwrap();
    plant.array[1].tilt_deg = f64::NAN;
    let error = plant.validate().unwrap_err();
    assert!(
        matches!(&error, Error::Config { file, line: None, key, .. } if file.is_empty() && key == "array[1].tilt_deg")
    );
    assert_eq!(error.to_string(), "array[1].tilt_deg = NaN: allowed is 0 to 90 degrees from horizontal");
    plant.array.clear();
    assert!(plant.validate().unwrap_err().to_string().starts_with("array: missing"));
}

/// Every number that a park file can give has a rule and is held to it, and no rule is left over.
#[test]
fn every_number_is_held_to_its_rule() {
    fn walk(path: &str, value: &mut toml::Value, visit: &mut dyn FnMut(&str, &mut toml::Value)) {
        match value {
            toml::Value::Table(table) => {
                table.iter_mut().for_each(|(key, value)| walk(&format!("{path}.{key}"), value, visit));
            }
            toml::Value::Array(items) => {
                items.iter_mut().enumerate().for_each(|(i, item)| walk(&format!("{path}[{i}]"), item, visit));
            }
            toml::Value::Float(_) | toml::Value::Integer(_) => visit(&path[1..], value),
            _ => {}
        }
    }
    let mut plant = Plant::jidong().unwrap();
    (plant.array[0].gamma_pdc, plant.array[0].voltage_v) = (Some(-0.003), Some(700.0));
    plant.array[0].thermal = Some(ThermalFigures {
        u0: Some(25.0),
        u1: Some(6.84),
        emissivity: Some(0.88),
        sky_view: Some(1.0),
        a: Some(-3.0),
        b: Some(-0.05),
        delta_t: Some(2.0),
        u_c: Some(29.0),
        u_v: Some(0.0),
        alpha_absorption: Some(0.9),
        noct: Some(45.0),
        module_efficiency: Some(0.2),
    });
    plant.array[0].albedo = Some(0.2);
    plant.array[0].gcr = Some(0.4);
    plant.array[0].max_angle_deg = Some(55.0);
    plant.array[0].bifaciality = Some(0.7);
    plant.array[0].glass =
        Some(GlassFigures { ashrae_b: Some(0.05), martin_ruiz_a_r: Some(0.16), ..GlassFigures::default() });
    plant.inverter.capacity_kw = Some(42500.0);
    (plant.inverter.voltage_v, plant.inverter.power_factor) = (Some(700.0), Some(0.9));
    plant.inverter.reactive_kvar = Some(1000.0);
    let transformer = TransformerFigures { rating_kw: 50e3, no_load_loss: 0.001, load_loss: 0.01 };
    plant.grid = Grid { limit_kw: Some(40e3), night_kw: Some(1.0), transformer: Some(transformer) };
    plant.weather.sensor = Some(SensorPlane { tilt_deg: 10.0, azimuth_deg: 180.0, albedo: 0.2 });
    plant.snow.townsend = Some(TownsendRow {
        slant_height_m: 2.0,
        lower_edge_height_m: 0.5,
        string_factor: 1.0,
        angle_of_repose_deg: 40.0,
    });
    plant.letid = Some(Letid { loss: 0.05, injection: 0.1, degraded: 0.0, regenerated: 0.0 });
    plant.lifetime.first_year = Some(0.02);
    plant.carbon.factor_kg_per_kwh = Some(0.6);
    let good = toml::Value::try_from(&plant).unwrap();

    let mut paths = Vec::new();
    walk("", &mut good.clone(), &mut |path, _| paths.push(path.to_owned()));
    let mut keys: Vec<String> = paths.iter().map(|path| path.replace("[0]", "")).collect();
    let mut ruled: Vec<&str> = rules::RULES.iter().map(|rule| rule.key).collect();
    keys.sort_unstable();
    ruled.sort_unstable();
    assert_eq!(keys, ruled);

    for wanted in &paths {
        let mut bad = good.clone();
        walk("", &mut bad, &mut |path, value| {
            if path == wanted {
                *value = if value.is_float() { f64::NAN.into() } else { i32::MAX.into() };
            }
        });
        let error = bad.try_into::<Plant>().unwrap().validate().unwrap_err();
        assert!(matches!(&error, Error::Config { key, .. } if key == wanted), "{wanted}: {error}");
    }
}

#[test]
fn files_are_read_and_their_weather_found() {
    let folder = std::env::temp_dir().join(format!("rooftop-pv-plant-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let park = folder.join("park.toml");

    std::fs::write(&park, with("[weather]", "file = 'w.csv'")).unwrap();
    let plant = Plant::from_file(&park).unwrap();
    assert_eq!(plant.weather.file.as_deref().map(Path::new), Some(folder.join("w.csv").as_path()));

    let text = std::fs::read_to_string(&park).unwrap();
    let error = locate(&text, "park.toml", plant.read_weather(&ReadOptions::default()).unwrap_err()).to_string();
    assert!(
        error.starts_with("park.toml, line 6: weather.file = 'w.csv': ") && error.contains("cannot be read"),
        "{error}"
    );
    assert!(error.contains("w.csv") && error.contains("counts from the folder of the park file"), "{error}");
    assert!(Plant::jidong().unwrap().read_weather(&ReadOptions::default()).unwrap().is_none());

    std::fs::write(&park, b"name = '\xb2\xcd'").unwrap();
    let error = Plant::from_file(&park).unwrap_err();
    assert!(error.to_string().contains("not UTF-8 text from byte 8 on; save it as UTF-8"), "{error}");

    std::fs::remove_dir_all(&folder).unwrap();
    assert!(matches!(Plant::from_file(&park), Err(Error::Io { .. })));
}

#[test]
fn errors_found_later_are_located() {
    let config = |key: &str, line| Error::Config {
        file: String::new(),
        line,
        key: key.into(),
        value: "old".into(),
        problem: "no".into(),
    };
    let text = with("[carbon]", "region = 'Shangdong'");
    let show = |error| locate(&text, "park.toml", error).to_string();
    assert_eq!(show(config("carbon.region", None)), "park.toml, line 21: carbon.region = 'Shangdong': no");
    assert_eq!(show(config("carbon.year", None)), "park.toml, line 20: carbon.year = old: no");
    assert_eq!(show(config("nowhere", None)), "park.toml: nowhere = old: no");
    assert_eq!(show(config("", None)), "park.toml:  = old: no");
    let Error::Config { key, value, problem, .. } = config("carbon.region", None) else { unreachable!() };
    let of_other = Error::Config { file: "inputs.toml".into(), line: None, key, value, problem };
    assert_eq!(show(of_other), "inputs.toml: carbon.region = old: no");
    let mismatch = |what| show(Error::Mismatch { what, problem: "no".into() });
    assert_eq!(mismatch("carbon.region"), "park.toml, line 21: carbon.region = 'Shangdong': no");
    assert_eq!(mismatch("carbon.year"), "carbon.year: no");
    assert_eq!(show(config("carbon.region", Some(3))), "line 3: carbon.region = old: no");
    assert_eq!(
        locate("= =", "park.toml", config("carbon.region", None)).to_string(),
        "park.toml: carbon.region = old: no"
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}", table in "[a-z\\[\\].=\"'#{}\n0-9-]{0,200}") {
        let _ = Plant::from_toml(&text, "park.toml");
        let _ = Plant::from_toml(&table, "park.toml");
        let _ = Plant::from_toml(&format!("{PARK}{table}"), "park.toml");
    }

    /// A park with any one value replaced is read or refused at a line, never a panic.
    #[test]
    fn any_value_is_survived(line in 0..20_usize, value in "[-+.'\"a-z0-9\\[\\]{}]{0,12}") {
        let text: Vec<String> = PARK
            .lines()
            .enumerate()
            .map(|(i, old)| match old.split_once('=') {
                Some((key, _)) if i == line => format!("{key}= {value}"),
                _ => old.to_owned(),
            })
            .collect();
        if let Err(error) = Plant::from_toml(&text.join("\n"), "park.toml") {
            proptest::prop_assert!(matches!(error, Error::Config { line: Some(_), .. }), "{error}");
        }
    }
}
