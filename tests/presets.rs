//! Presets against whole years of the tools that they follow, with the tools' own models.

mod common;

use std::sync::Arc;

use common::path;
use rooftop_pv::module::library::ModuleLibrary;
use rooftop_pv::module::single_diode::{PvsystModule, calcparams_desoto, max_power};
use rooftop_pv::plant::{Incidence, Losses, ModuleParameters, PvsystFigures};
use rooftop_pv::simulate::Daylight;
use rooftop_pv::sun::SunTable;
use rooftop_pv::weather::{Columns, ReadOptions, Weather};
use rooftop_pv::{Plant, Site, SunAt};

/// The fixtures' weather, with the columns that the tools read and the sun where they look it up.
fn weather(name: &str, sun_at: SunAt, pressure: bool) -> Weather {
    let weather = if name == "south" {
        let site = Site::new(-33.9, 18.4, 50.0, 2.0).unwrap();
        let bytes = std::fs::read(path("weather_south.csv")).unwrap();
        Weather::read("weather_south.csv", &bytes, &ReadOptions::default().site(site)).unwrap()
    } else {
        Weather::from_file(path("723170TYA.CSV")).unwrap()
    };
    let axis = weather.axis().as_ref().clone().with_sun_at(sun_at).unwrap();
    let c = weather.columns().clone();
    let columns = Columns { albedo: None, pressure: c.pressure.clone().filter(|_| pressure), ..c };
    Weather::new(*weather.site(), axis, columns, weather.source()).unwrap()
}

/// Holds a preset, with a line of its arrays, to the fixture's rows of a tool; gives the worst differences of year and month.
fn held(preset: &str, tool: &str, own: &str, sun_at: SunAt, pressure: bool) -> (f64, f64) {
    let text = std::fs::read_to_string(path("presets.csv")).unwrap();
    let (mut worst_year, mut worst_month, mut rows) = (0.0_f64, 0.0_f64, 0);
    for name in ["723170", "south"] {
        let weather = weather(name, sun_at, pressure);
        // pvlib's delta T is 67 s in every year.
        let table = Arc::new(SunTable::with_delta_t(Arc::clone(weather.axis()), 67.0).unwrap());
        for line in text.lines().filter(|line| line.starts_with(&format!("{tool},{name},"))) {
            let fields: Vec<&str> = line.split(',').collect();
            let mounting = if fields[4] == "rack" { "open_rack" } else { "roof" };
            let (tilt, azimuth) = (fields[2], fields[3]);
            let park = format!(
                "[site]\nlatitude = 0\nlongitude = 0\n[[array]]\ncapacity_kw = 1\ntilt_deg = {tilt}\n\
                 azimuth_deg = {azimuth}\nmounting = \"{mounting}\"\n{own}\nalbedo = 0.2\n\
                 [models]\npreset = \"{preset}\"\n"
            );
            let plant = Plant::from_toml(&park, "preset.toml").unwrap();
            let daylight = Daylight::of(&weather, &table, &plant.models).unwrap();
            let year = plant.simulate_on(&daylight, &weather).unwrap();
            let off = |got: f64, field: usize| (got / fields[field].parse::<f64>().unwrap() - 1.0).abs();
            let annual = off(year.ac_kwh, 5);
            let month = year.monthly.iter().enumerate().map(|(m, got)| off(got.ac_kwh, 6 + m)).fold(0.0, f64::max);
            println!(
                "{tool} {name} tilt {tilt} azimuth {azimuth} {mounting}: year {annual:.1e}, worst month {month:.1e}"
            );
            (worst_year, worst_month, rows) = (worst_year.max(annual), worst_month.max(month), rows + 1);
        }
    }
    assert_eq!(rows, if tool == preset { 48 } else { 8 });
    println!("{tool}: worst year {worst_year:.1e}, worst month {worst_month:.1e}");
    (worst_year, worst_month)
}

#[test]
fn pvlib_pvwatts() {
    let (year, month) = held("pvlib_pvwatts", "pvlib_pvwatts", "", SunAt::Middle, false);
    assert!(year < 1e-6 && month < 1e-6);
}

#[test]
fn pvwatts_v5() {
    for (tool, own) in [
        ("pvwatts_v5", ""),
        ("pvwatts_v5_premium", "module = \"pvwatts_premium\""),
        ("pvwatts_v5_thin_film", "module = \"pvwatts_thin_film\""),
    ] {
        let (year, month) = held("pvwatts_v5", tool, own, SunAt::Sunlit, true);
        assert!(year < 1e-3 && month < 3e-3);
    }
}

/// Whole years of pvlib's `ModelChain` with DC models that need a module: the energy of one module.
#[test]
fn pvlib_modelchains() {
    let library = |file: &str| ModuleLibrary::from_file(path("library").join(file)).unwrap();
    let ModuleLibrary::Cec(cec) = library("cec_modules.csv") else { panic!() };
    let ModuleLibrary::Sandia(sandia) = library("sandia_modules.csv") else { panic!() };
    let pvsyst = PvsystModule {
        alpha_sc: 0.005,
        gamma_ref: 1.05,
        mu_gamma: -0.0003,
        i_l_ref: 10.6,
        i_o_ref: 2e-10,
        r_sh_ref: 500.0,
        r_sh_0: 2000.0,
        r_sh_exp: 5.5,
        r_s: 0.3,
        cells_in_series: 72.0,
        eg_ref: 1.121,
    };
    let figures = |model: &str| match model {
        "sapm" => ModuleParameters::from(sandia.find("CS5P-220M").unwrap()),
        "pvsyst" => ModuleParameters::Pvsyst(PvsystFigures { module: pvsyst, d2mutau: 0.0 }),
        _ => ModuleParameters::from(cec.find("JKM410M-72HL-V").unwrap()),
    };
    let text = std::fs::read_to_string(path("modelchains.csv")).unwrap();
    let (mut worst_year, mut worst_month, mut rows) = (0.0_f64, 0.0_f64, 0);
    for name in ["723170", "south"] {
        let weather = weather(name, SunAt::Middle, false);
        let table = Arc::new(SunTable::with_delta_t(Arc::clone(weather.axis()), 67.0).unwrap());
        for fields in text.lines().map(|line| line.split(',').collect::<Vec<_>>()).filter(|f| f.get(1) == Some(&name)) {
            let (model, tilt, azimuth) = (fields[0], fields[2], fields[3]);
            let mounting = if fields[4] == "rack" { "open_rack" } else { "roof" };
            let park = format!(
                "[site]\nlatitude = 0\nlongitude = 0\n[[array]]\ncapacity_kw = 1\ntilt_deg = {tilt}\n\
                 azimuth_deg = {azimuth}\nmounting = \"{mounting}\"\nalbedo = 0.2\n\
                 [models]\nincidence = \"physical_beam\"\ntemperature = \"sapm\"\nairmass = \"{}\"\n",
                fields[5]
            );
            let mut plant = Plant::from_toml(&park, "chain.toml").unwrap();
            let parameters = figures(model);
            (plant.models.power, plant.losses) = (serde_json::from_value(model.into()).unwrap(), Losses::NONE);
            if model == "sapm" {
                plant.models.incidence = Incidence::Sapm;
            }
            let rated = match &parameters {
                ModuleParameters::Cec(kind) if model == "cec" => kind.p_mp,
                ModuleParameters::Cec(kind) => max_power(&calcparams_desoto(1000.0, 25.0, &kind.cec.desoto)).p_mp,
                other => other.power(1000.0, 25.0).unwrap(),
            };
            plant.array[0].parameters = Some(Box::new(parameters));
            let daylight = Daylight::of(&weather, &table, &plant.models).unwrap();
            let year = plant.simulate_on(&daylight, &weather).unwrap();
            let off =
                |kwh: f64, field: usize| (kwh * rated / 1000.0 / fields[field].parse::<f64>().unwrap() - 1.0).abs();
            let annual = off(year.dc_kwh, 6);
            let month = year.monthly.iter().enumerate().map(|(m, got)| off(got.dc_kwh, 7 + m)).fold(0.0, f64::max);
            println!(
                "{model} {name} tilt {tilt} azimuth {azimuth} {}: year {annual:.1e}, worst month {month:.1e}",
                fields[5]
            );
            (worst_year, worst_month, rows) = (worst_year.max(annual), worst_month.max(month), rows + 1);
        }
    }
    println!("pvlib's ModelChain by module: worst year {worst_year:.1e}, worst month {worst_month:.1e}");
    assert!(rows == 28 && worst_year < 1e-6 && worst_month < 1e-6);
}

/// The hourly files of PVGIS in pvlib's tests, as far as they reach: one gives light on a tracking plane, air, wind and power of a CIS
/// array, the other the parts of the light on a tilted plane, but not the horizontal light that it came from.
mod pvgis_files {
    use rooftop_pv::module::{FaimanParameters, HuldCoefficients, huld};
    use rooftop_pv::plane::{DiffuseModifiers, Plane, aoi_projection, martin_ruiz, muneer};
    use rooftop_pv::sky::extra_radiation_spencer;

    use super::common::path;

    /// 10 kW of CIS on two axes, 5 % losses: the plane faces the sun, so that its glass lets all of the beam through and the least
    /// of the rest.
    #[test]
    fn power_of_a_tracking_array() {
        let text = std::fs::read_to_string(path("weather/pvgis_hourly.json")).unwrap();
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut rows = 0;
        for hour in file["outputs"]["hourly"].as_array().unwrap() {
            let get = |name: &str| hour[name].as_f64().unwrap();
            if get("P") == 0.0 {
                continue;
            }
            let (poa, air, wind) = (get("G(i)"), get("T2m"), get("WS10m"));
            let cells = FaimanParameters { u0: 22.64, u1: 3.6 };
            let temp = rooftop_pv::module::faiman(poa, air, wind, &cells);
            let power = |kept: f64| 0.95 * huld(poa * kept, temp, 10_000.0, &HuldCoefficients::CIS_PVGIS5);
            let plane = Plane::new(90.0 - get("H_sun"), 0.0);
            let diffuse = DiffuseModifiers::martin_ruiz(&plane, 0.16);
            let (most, least) = (power(1.0), power(diffuse.sky.min(diffuse.ground)));
            println!("G {poa}: PVGIS {} W, between {least:.1} (all diffuse) and {most:.1} (all direct)", get("P"));
            assert!(get("P") < most && get("P") > least && get("P") > 0.975 * most);
            rows += 1;
        }
        assert_eq!(rows, 2);
    }

    /// 30 degrees to the south: what the ground throws back tells the global light, the beam its direct part; Muneer then gives the sky's
    /// part, as far as two digits of the ground's light allow.
    #[test]
    fn muneers_sky_on_a_tilted_plane() {
        let text = std::fs::read_to_string(path("weather/pvgis_hourly.csv")).unwrap();
        let plane = Plane::new(30.0, 180.0);
        let mut rows = 0;
        for line in text.lines().filter(|line| line.starts_with("2016")) {
            let fields: Vec<&str> = line.split(',').collect();
            let get = |i: usize| fields[i].parse::<f64>().unwrap();
            let (beam, sky, ground, height) = (get(1), get(2), get(3), get(4));
            if ground < 0.1 {
                continue;
            }
            // The hour's sun in 45 N, 8 E on 1 January, by its height; forenoon before 12.
            let (sin_h, latitude, declination) =
                (height.to_radians().sin(), 45f64.to_radians(), (-23.05f64).to_radians());
            let cos_azimuth =
                (sin_h * latitude.sin() - declination.sin()) / (height.to_radians().cos() * latitude.cos());
            let azimuth = 180.0 - cos_azimuth.acos().to_degrees();
            let projection = aoi_projection(30.0, 180.0, 90.0 - height, azimuth);
            let kept = martin_ruiz(projection.acos().to_degrees(), 0.16);
            let diffuse = DiffuseModifiers::martin_ruiz(&plane, 0.16);
            // The sky's part, from a ground's light and what glass leaves of beam, sky and ground.
            let sky_of = |ground: f64, (direct, even, thrown): (f64, f64, f64)| {
                let dni = beam / direct / projection;
                let ghi = ground / thrown / (0.2 * plane.ground_view());
                let dhi = ghi - dni * sin_h;
                muneer(&plane, dhi, dni, extra_radiation_spencer(1.0), sin_h, projection) * even
            };
            // The file does not say whether its parts are before or behind the glass: both, at both ends of the rounding.
            let glasses = [(1.0, 1.0, 1.0), (kept, diffuse.sky, diffuse.ground)];
            let all = glasses.iter().flat_map(|glass| [-0.005, 0.005].map(|off| sky_of(ground + off, *glass)));
            let (least, most) = all.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
            println!("sun {height} degrees: PVGIS {sky} W/m2, Muneer {least:.2} to {most:.2}");
            assert!(sky > least && sky < most);
            rows += 1;
        }
        assert_eq!(rows, 2);
    }
}
