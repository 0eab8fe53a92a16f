//! The preset `pvwatts_v8` against PySAM's PVWatts version 8: two weather years, tilts, azimuths, mounts, module types.

mod common;

use common::{Fixture, path};
use rooftop_pv::weather::{Columns, ReadOptions, Weather};
use rooftop_pv::{Plant, Site, SunAt};

/// The fixtures' weather as SAM takes it: the sunlit middle of each hour, the columns that PVWatts reads.
fn weather(name: &str) -> Weather {
    let weather = if name == "south" {
        let site = Site::new(-33.9, 18.4, 50.0, 2.0).unwrap();
        let bytes = std::fs::read(path("weather_south.csv")).unwrap();
        Weather::read("weather_south.csv", &bytes, &ReadOptions::default().site(site)).unwrap()
    } else {
        Weather::from_file(path("723170TYA.CSV")).unwrap()
    };
    let axis = weather.axis().as_ref().clone().with_sun_at(SunAt::Sunlit).unwrap();
    let c = weather.columns().clone();
    let columns = Columns { albedo: None, ..c };
    Weather::new(*weather.site(), axis, columns, weather.source()).unwrap()
}

fn plant(capacity_kw: f64, tilt: f64, azimuth: f64, mount: &str, module: &str) -> Plant {
    let mounting = if mount == "rack" { "open_rack" } else { "roof" };
    let text = format!(
        "[site]\nlatitude = 0\nlongitude = 0\n[[array]]\ncapacity_kw = {capacity_kw}\ntilt_deg = {tilt}\n\
         azimuth_deg = {azimuth}\nmounting = \"{mounting}\"\nmodule = \"pvwatts_{module}\"\nalbedo = 0.2\ngcr = 0.3\n\
         [inverter]\ndc_ac_ratio = 1.15\n[models]\npreset = \"pvwatts_v8\"\n"
    );
    Plant::from_toml(&text, "v8.toml").unwrap()
}

/// A line of the fixture: words, then numbers.
struct Row {
    weather: String,
    tilt: f64,
    azimuth: f64,
    mount: String,
    module: String,
    poa: f64,
    annual: f64,
    months: Vec<f64>,
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(path("pvwatts_v8.csv")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |i: usize| fields[i].parse::<f64>().unwrap();
        Row {
            weather: fields[0].to_owned(),
            tilt: number(1),
            azimuth: number(2),
            mount: fields[3].to_owned(),
            module: fields[4].to_owned(),
            poa: number(5),
            annual: number(6),
            months: (7..19).map(number).collect(),
        }
    };
    lines.map(row).collect()
}

#[test]
fn annual_and_monthly_energy() {
    let rows = rows();
    assert_eq!(rows.len(), 144);
    let (mut worst_poa, mut worst_year, mut worst_month) = (0.0_f64, 0.0_f64, 0.0_f64);
    for name in ["723170", "south"] {
        let weather = weather(name);
        for row in rows.iter().filter(|row| row.weather == name) {
            let capacity_kw = if name == "south" { 40.0 } else { 1000.0 };
            let plant = plant(capacity_kw, row.tilt, row.azimuth, &row.mount, &row.module);
            let year = plant.simulate(&weather).unwrap();
            let off = |got: f64, want: f64| got / want - 1.0;
            let poa = off(year.poa_global_kwh_m2, row.poa);
            let annual = off(year.ac_kwh, row.annual);
            let months = year.monthly.iter().zip(&row.months).map(|(got, want)| off(got.ac_kwh, *want).abs());
            let month = months.fold(0.0, f64::max);
            let what = format!("{name} tilt {} azimuth {} {} {}", row.tilt, row.azimuth, row.mount, row.module);
            println!(
                "{what}: POA {:+.4} %, year {:+.4} %, worst month {:.4} %",
                poa * 100.0,
                annual * 100.0,
                month * 100.0
            );
            worst_poa = worst_poa.max(poa.abs());
            worst_year = worst_year.max(annual.abs());
            worst_month = worst_month.max(month);
        }
    }
    println!("worst: POA {worst_poa:.1e}, year {worst_year:.1e}, month {worst_month:.1e}");
    assert!(worst_year < 1e-3 && worst_month < 3e-3);
}

#[test]
fn hours() {
    let f = Fixture::read("pvwatts_v8_hours.csv");
    for (name, capacity_kw) in [("723170", 1000.0), ("south", 40.0)] {
        let weather = weather(name);
        for mount in ["rack", "roof"] {
            let year = plant(capacity_kw, 20.0, 180.0, mount, "standard").simulate(&weather).unwrap();
            let got = &year.hourly.as_ref().unwrap().ac_kw;
            let mut want = vec![0.0; weather.len()];
            for (index, ac) in f.get("index").iter().zip(f.get(&format!("{name}_{mount}"))) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
                let index = *index as usize;
                want[index] = *ac;
            }
            let peak = want.iter().fold(0.0, |a: f64, b| a.max(*b));
            let squares = got.iter().zip(&want).map(|(g, w)| (g / capacity_kw * 1000.0 - w).powi(2)).sum::<f64>();
            let rmse = (squares / 8760.0).sqrt() / peak;
            let worst = got.iter().zip(&want).map(|(g, w)| (g / capacity_kw * 1000.0 - w).abs()).fold(0.0, f64::max);
            println!("{name} {mount}: hourly RMSE {:.4} % of peak, worst hour {worst:.2} W per kW", rmse * 100.0);
            assert!(rmse < 2e-3);
        }
    }
}
