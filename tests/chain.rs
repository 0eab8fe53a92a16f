//! The whole chain against pvlib's ModelChain with the same models, and its invariants.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers of fixtures")]

mod common;

use std::sync::Arc;

use common::{Fixture, path};
use rooftop_pv::plant::{Array, Plant};
use rooftop_pv::simulate::{Daylight, Year};
use rooftop_pv::sun::SunTable;
use rooftop_pv::weather::{Columns, ReadOptions, Weather};
use rooftop_pv::{Error, Site, SunAt, TimeAxis};

/// The plant of tests/reference/make/chain.py.
fn plant(tilt: f64, azimuth: f64) -> Plant {
    let text = format!(
        "[site]\nlatitude = 0\nlongitude = 0\n[[array]]\ncapacity_kw = 1\ntilt_deg = {tilt}\nazimuth_deg = {azimuth}\n\
         mounting = \"open_rack\"\nalbedo = 0.25\n[models]\nincidence = \"physical_beam\"\n"
    );
    Plant::from_toml(&text, "chain.toml").unwrap()
}

/// The weather with only the columns that the reference used, and the sun always in mid-hour.
fn as_reference(weather: &Weather) -> Weather {
    let axis = weather.axis().as_ref().clone().with_sun_at(SunAt::Middle).unwrap();
    let c = weather.columns();
    let columns = Columns {
        ghi: c.ghi.clone(),
        dni: c.dni.clone(),
        dhi: c.dhi.clone(),
        temp_air: c.temp_air.clone(),
        wind_speed: c.wind_speed.clone(),
        ..Columns::default()
    };
    Weather::new(*weather.site(), axis, columns, weather.source()).unwrap()
}

fn hourly_year(plant: &Plant, weather: &Weather) -> Year {
    // pvlib's delta T is 67 s in every year.
    let table = Arc::new(SunTable::with_delta_t(Arc::clone(weather.axis()), 67.0).unwrap());
    let daylight = Daylight::of(weather, &table, plant.models.transposition).unwrap();
    plant.simulate_hourly_on(&daylight, weather).unwrap()
}

fn compare(fixture: &str, tilt: f64, azimuths: &[u32], weather: &Weather) {
    let f = Fixture::read(fixture);
    for azimuth in azimuths {
        let year = hourly_year(&plant(tilt, f64::from(*azimuth)), weather);
        let column = f.get(&format!("ac_az{azimuth:03}"));
        let mut want = vec![0.0; weather.len()];
        for (index, ac) in f.get("index").iter().zip(column) {
            want[*index as usize] = *ac;
        }
        let got = &year.hourly.as_ref().unwrap().ac_kw;
        let worst = got.iter().zip(&want).map(|(g, w)| (g * 1000.0 - w).abs()).fold(0.0, f64::max);
        let line = format!("# azimuth {azimuth:03}:");
        let sums: Vec<f64> = f
            .comments
            .iter()
            .find(|l| l.starts_with(&line))
            .unwrap()
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [poa, dc, ac] = sums[..] else { panic!("{sums:?}") };
        let relative = |got: f64, want: f64| (got / want - 1.0).abs();
        println!(
            "{fixture} azimuth {azimuth}: AC {:.6} kWh, annual difference {:.1e}, worst hour {worst:.1e} W per kW",
            year.ac_kwh,
            relative(year.ac_kwh, ac)
        );
        assert!(worst < 1e-4, "{fixture} azimuth {azimuth}: {worst} W");
        assert!(relative(year.poa_global_kwh_m2, poa) < 1e-9, "POA {} {poa}", year.poa_global_kwh_m2);
        assert!(relative(year.dc_kwh, dc) < 1e-9, "DC {} {dc}", year.dc_kwh);
        assert!(relative(year.ac_kwh, ac) < 1e-9, "AC {} {ac}", year.ac_kwh);
    }
}

#[test]
fn agrees_with_pvlib_on_a_tmy3_year() {
    let weather = as_reference(&Weather::from_file(path("723170TYA.CSV")).unwrap());
    for tilt in [0, 10, 30, 90] {
        let fixture = format!("modelchain_723170_tilt{tilt:02}.csv");
        compare(&fixture, f64::from(tilt), &[90, 180, 270], &weather);
    }
}

#[test]
fn agrees_with_pvlib_in_the_south() {
    let site = Site::new(-33.9, 18.4, 50.0, 2.0).unwrap();
    let bytes = std::fs::read(path("weather_south.csv")).unwrap();
    let weather = Weather::read("weather_south.csv", &bytes, &ReadOptions::default().site(site)).unwrap();
    let weather = as_reference(&weather);
    for tilt in [10, 30] {
        compare(&format!("modelchain_south_tilt{tilt}.csv"), f64::from(tilt), &[0, 90, 180, 270], &weather);
    }
}

/// A year that no reference made: broken clouds over a turbid site, any latitude.
fn invented_year(latitude: f64, longitude: f64, seed: u64) -> Weather {
    let site = Site::new(latitude, longitude, 100.0, (longitude / 15.0).round()).unwrap();
    let axis = TimeAxis::hourly_year(2023, site.utc_offset_s()).unwrap();
    let cos_zenith = SunTable::new(axis.clone()).cos_zenith(&site, 0.0);
    let mut state = seed;
    let mut columns = Columns::default();
    for cos in cos_zenith {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let cloud = (state >> 40) as f64 / (1u64 << 24) as f64;
        let dni = if cos > 0.05 { 900.0 * cloud * cloud } else { 0.0 };
        let dhi = 50.0 + 300.0 * cloud * (1.0 - cloud);
        let dhi = if cos > 0.0 { dhi * cos } else { 0.0 };
        columns.dni.push(dni);
        columns.dhi.push(dhi);
        columns.ghi.push(dhi + dni * cos.max(0.0));
        columns.temp_air.push(15.0 + 10.0 * cloud);
        columns.wind_speed.push(4.0 * cloud);
    }
    Weather::new(site, axis, columns, "invented").unwrap()
}

#[test]
fn ledger_multiplies_to_the_energy_at_the_meter() {
    let weather = invented_year(36.0, 117.0, 1);
    let mut plant = plant(25.0, 140.0);
    plant.losses.ac = 0.01;
    plant.inverter.dc_ac_ratio = Some(1.6);
    plant.array.push(Array { name: "west".into(), azimuth_deg: 270.0, capacity_kw: 3.0, ..plant.array[0].clone() });
    let year = plant.simulate(&weather).unwrap();
    let steps = year.ledger.steps();
    let product = steps[0].energy_kwh * steps.iter().map(|step| step.factor).product::<f64>();
    assert!((product / year.ac_kwh - 1.0).abs() < 1e-9, "{product} {}", year.ac_kwh);
    assert!((steps.last().unwrap().energy_kwh / year.ac_kwh - 1.0).abs() < 1e-9);
    for step in steps {
        let gains = ["horizontal irradiation", "tilted plane"].contains(&step.name);
        // Cold cells may gain, nothing else may.
        assert!(gains || step.name == "cell temperature" || step.factor <= 1.0 + 1e-12, "{step:?}");
    }
    assert!(year.ledger.step("inverter limit").unwrap().factor < 1.0);
    assert!(year.ledger.step("sun above the horizon").unwrap().factor > 0.9999);
    let monthly: f64 = year.monthly.iter().map(|month| month.ac_kwh).sum();
    let arrays: f64 = year.arrays.iter().map(|array| array.ac_kwh).sum();
    let hourly: f64 = year.hourly.as_ref().unwrap().ac_kw.iter().sum();
    for sum in [monthly, arrays, hourly] {
        assert!((sum / year.ac_kwh - 1.0).abs() < 1e-12, "{sum}");
    }
}

#[test]
fn night_gives_nothing_and_the_inverter_holds_its_limit() {
    let weather = invented_year(-45.0, 170.0, 2);
    let mut plant = plant(40.0, 0.0);
    plant.inverter.capacity_kw = Some(0.5);
    plant.inverter.dc_ac_ratio = None;
    let year = plant.simulate(&weather).unwrap();
    let hourly = year.hourly.unwrap();
    let highest = hourly.ac_kw.iter().fold(0.0, |a: f64, &b| a.max(b));
    assert!((highest - 0.5).abs() < 1e-12);
    for i in 0..weather.len() {
        if hourly.solar_zenith[i] > 99.0 {
            assert_eq!((hourly.ac_kw[i], hourly.poa_global[i]), (0.0, 0.0));
            assert_eq!(hourly.temp_cell[i], weather.columns().temp_air[i]);
        }
    }
}

#[test]
fn a_flat_roof_does_not_know_its_azimuth() {
    let weather = invented_year(10.0, 0.0, 3);
    let yields = [0.0, 77.0, 180.0, 359.0].map(|azimuth| plant(0.0, azimuth).simulate(&weather).unwrap().ac_kwh);
    for value in yields {
        assert!((value / yields[0] - 1.0).abs() < 1e-12);
    }
}

#[test]
fn the_order_of_roofs_changes_nothing() {
    let weather = invented_year(50.0, 8.0, 4);
    let mut one = plant(10.0, 90.0);
    one.array.push(Array { name: "b".into(), azimuth_deg: 270.0, ..one.array[0].clone() });
    let mut other = one.clone();
    other.array.reverse();
    let (a, b) = (one.simulate(&weather).unwrap(), other.simulate(&weather).unwrap());
    assert!((a.ac_kwh / b.ac_kwh - 1.0).abs() < 1e-15);
}

#[test]
fn the_poles_the_polar_circle_and_the_date_line_yield_finite_years() {
    for (latitude, longitude) in [(90.0, 0.0), (-90.0, 0.0), (66.6, 180.0), (0.0, -180.0)] {
        let year = plant(90.0, 180.0).simulate(&invented_year(latitude, longitude, 5)).unwrap();
        assert!(year.ac_kwh.is_finite() && year.ac_kwh > 0.0, "{latitude} {longitude}");
        assert!(year.ledger.steps().iter().all(|step| step.energy_kwh.is_finite()));
    }
}

#[test]
fn hourly_columns_need_the_weather_that_the_daylight_was_made_of() {
    let weather = invented_year(30.0, 0.0, 6);
    let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
    let plant = plant(10.0, 180.0);
    let daylight = Daylight::of(&weather, &table, plant.models.transposition).unwrap();
    let axis = TimeAxis::new(vec![0], 3600, 0, SunAt::Sunlit).unwrap();
    let one = || vec![1.0];
    let columns =
        Columns { ghi: one(), dni: one(), dhi: one(), temp_air: one(), wind_speed: one(), ..Columns::default() };
    let other = Weather::new(*weather.site(), axis, columns, "one record").unwrap();
    let refused = plant.simulate_hourly_on(&daylight, &other);
    assert!(matches!(refused, Err(Error::Length { found: 1, expected: 8760, .. })), "{refused:?}");
}
