//! Presets against whole years of the tools that they follow, with the tools' own models.

mod common;

use std::sync::Arc;

use common::path;
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

/// Holds a preset to the fixture's rows of it; gives the worst differences of year and month.
fn held(preset: &str, gamma_pdc: f64, sun_at: SunAt, pressure: bool) -> (f64, f64) {
    let text = std::fs::read_to_string(path("presets.csv")).unwrap();
    let (mut worst_year, mut worst_month, mut rows) = (0.0_f64, 0.0_f64, 0);
    for name in ["723170", "south"] {
        let weather = weather(name, sun_at, pressure);
        // pvlib's delta T is 67 s in every year.
        let table = Arc::new(SunTable::with_delta_t(Arc::clone(weather.axis()), 67.0).unwrap());
        for line in text.lines().filter(|line| line.starts_with(&format!("{preset},{name},"))) {
            let fields: Vec<&str> = line.split(',').collect();
            let mounting = if fields[4] == "rack" { "open_rack" } else { "roof" };
            let (tilt, azimuth) = (fields[2], fields[3]);
            let park = format!(
                "[site]\nlatitude = 0\nlongitude = 0\n[[array]]\ncapacity_kw = 1\ntilt_deg = {tilt}\n\
                 azimuth_deg = {azimuth}\nmounting = \"{mounting}\"\ngamma_pdc = {gamma_pdc}\nalbedo = 0.2\n\
                 [models]\npreset = \"{preset}\"\n"
            );
            let plant = Plant::from_toml(&park, "preset.toml").unwrap();
            let daylight = Daylight::of(&weather, &table, plant.models.transposition).unwrap();
            let year = plant.simulate_on(&daylight, &weather).unwrap();
            let off = |got: f64, field: usize| (got / fields[field].parse::<f64>().unwrap() - 1.0).abs();
            let annual = off(year.ac_kwh, 5);
            let month = year.monthly.iter().enumerate().map(|(m, got)| off(got.ac_kwh, 6 + m)).fold(0.0, f64::max);
            println!(
                "{preset} {name} tilt {tilt} azimuth {azimuth} {mounting}: year {annual:.1e}, worst month {month:.1e}"
            );
            (worst_year, worst_month, rows) = (worst_year.max(annual), worst_month.max(month), rows + 1);
        }
    }
    assert_eq!(rows, 48);
    println!("{preset}: worst year {worst_year:.1e}, worst month {worst_month:.1e}");
    (worst_year, worst_month)
}

#[test]
fn pvlib_pvwatts() {
    let (year, month) = held("pvlib_pvwatts", -0.0035, SunAt::Middle, false);
    assert!(year < 1e-6 && month < 1e-6);
}

#[test]
fn pvwatts_v5() {
    let (year, month) = held("pvwatts_v5", -0.0047, SunAt::Sunlit, true);
    assert!(year < 1e-3 && month < 3e-3);
}
