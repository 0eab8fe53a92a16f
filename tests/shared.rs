//! Inverters that all arrays share: record by record against Sandia's model of several inputs, and what sharing changes.

use std::borrow::Cow;
use std::sync::Arc;

use rooftop_pv::inverter::library as inverters;
use rooftop_pv::inverter::{SandiaInverter, sandia_multi};
use rooftop_pv::simulate::{Daylight, Job, Sweep, Year, fleet};
use rooftop_pv::sun::SunTable;
use rooftop_pv::weather::climate;
use rooftop_pv::{Error, Plant, Weather};

/// An inverter of the embedded library.
const NAME: &str = "SUN2000-100KTL";

fn weather() -> Weather {
    Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap()
}

/// An east and a west roof, each with its line of the array's own.
fn park(model: &str, [east, west]: [&str; 2], inverter: &str, rest: &str) -> Result<Plant, Error> {
    let array = |kw: u32, azimuth: u32, own: &str| {
        format!("[[array]]\ncapacity_kw = {kw}\ntilt_deg = 35\nazimuth_deg = {azimuth}\n{own}\n")
    };
    let text = format!(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n{}{}[inverter]\nmodel = \"{model}\"\nname = \"{NAME}\"\ndc_ac_ratio = 1.5\n{inverter}\n{rest}\n",
        array(100, 90, east),
        array(50, 270, west)
    );
    Plant::from_toml(&text, "park.toml")
}

fn unit() -> SandiaInverter {
    inverters::inverter(NAME).unwrap().parameters
}

/// Every way to run it, with the same bits.
fn simulated(plant: &Plant, weather: &Weather) -> Year {
    let year = plant.simulate(weather).unwrap();
    let table = Arc::new(SunTable::new(weather.axis().clone()));
    let daylight = Daylight::of(weather, &table, &plant.models).unwrap();
    let mut sweep = Sweep::new(&daylight, weather).unwrap();
    // From another plant, with one array less, and of another inverter.
    let mut other = plant.clone();
    other.array.truncate(1);
    other.losses.soiling = 0.07;
    sweep.totals(&other).unwrap();
    for again in [
        plant.simulate_with(weather, &table).unwrap().ac_kwh,
        plant.simulate_on(&daylight, weather).unwrap().ac_kwh,
        sweep.totals(plant).unwrap().ac_kwh,
    ] {
        assert_eq!(again.to_bits(), year.ac_kwh.to_bits());
    }
    let one = fleet(1, |_| Ok(Job { plant: Cow::Borrowed(plant), weather: Cow::Borrowed(weather) }), |_| ()).unwrap();
    assert_eq!(one.ac_kwh.to_bits(), year.ac_kwh.to_bits());
    let product: f64 = year.ledger.steps().iter().map(|step| step.factor).product();
    assert!((year.ledger.steps()[0].energy_kwh * product / year.ac_kwh - 1.0).abs() < 1e-9);
    let arrays: f64 = year.arrays.iter().map(|array| array.ac_kwh).sum();
    assert!((arrays / year.ac_kwh - 1.0).abs() < 1e-12);
    year
}

#[test]
fn every_hour_is_that_of_several_inputs() {
    let weather = weather();
    let volts = ["voltage_v = 900", "voltage_v = 1250"];
    let mut plant = park("sandia_multi", volts, "", "[losses]\nac = 0.0").unwrap();
    plant.inverter.dc_ac_ratio = Some(2.0);
    let year = simulated(&plant, &weather);
    let hourly = year.hourly.as_ref().unwrap();
    // DC power of each array by itself, as the same park without the other has it.
    let alone: Vec<Vec<f64>> = (0..2)
        .map(|index| {
            let mut alone = plant.clone();
            alone.array = vec![plant.array[index].clone()];
            alone.simulate(&weather).unwrap().hourly.unwrap().dc_kw
        })
        .collect();
    let unit = unit();
    // 75 kW of AC power.
    let units = 75.0 * 1000.0 / unit.paco;
    let (mut lit, mut clipped) = (0, 0);
    for i in 0..weather.len() {
        let inputs = [(900.0, alone[0][i] * 1000.0 / units), (1250.0, alone[1][i] * 1000.0 / units)];
        let total = inputs[0].1 + inputs[1].1;
        let wanted = if total > unit.pso { sandia_multi(&inputs, &unit).max(0.0) * units / 1000.0 } else { 0.0 };
        // What the inverters draw at night is met in tests/grid.rs.
        let night = unit.pnt * units / 1000.0;
        let got = hourly.ac_kw[i] + if wanted > 0.0 { 0.0 } else { night };
        assert!((got - wanted).abs() < 1e-9 * (1.0 + wanted), "{i}: {got} {wanted}");
        (lit, clipped) = (lit + usize::from(wanted > 0.0), clipped + usize::from(wanted > 74.999));
    }
    println!("{lit} hours, {clipped} of them at the limit");
    assert!(lit > 4000 && clipped > 20);
}

#[test]
fn without_dc_there_is_no_ac() {
    let eager = SandiaInverter { pso: 0.0, ..unit() };
    let dark = sandia_multi(&[(900.0, 0.0), (1250.0, 0.0)], &eager);
    assert_eq!(dark, 0.0);
    assert!(sandia_multi(&[(900.0, f64::NAN), (1250.0, 0.0)], &eager).is_nan());
}

#[test]
fn east_and_west_share_what_either_leaves() {
    let weather = weather();
    let none = ["", ""];
    let [shared, apart] =
        ["sandia_multi", "sandia"].map(|model| simulated(&park(model, none, "", "").unwrap(), &weather).ac_kwh);
    println!("shared {shared:.0} kWh, array by array {apart:.0}");
    assert!(shared > 1.001 * apart && shared < 1.05 * apart);
    // Two arrays that stand alike are one.
    let alike = park("sandia_multi", none, "", "").map(|mut plant| {
        plant.array[1].azimuth_deg = 90.0;
        plant
    });
    let one = park("sandia", none, "", "").map(|mut plant| {
        plant.array.truncate(1);
        plant.array[0].capacity_kw = 150.0;
        plant
    });
    let (alike, one) = (simulated(&alike.unwrap(), &weather), simulated(&one.unwrap(), &weather));
    assert!((alike.ac_kwh / one.ac_kwh - 1.0).abs() < 1e-12);
    // Nor does their order count.
    let mut turned = park("sandia_multi", none, "", "").unwrap();
    turned.array.reverse();
    assert!((simulated(&turned, &weather).ac_kwh / shared - 1.0).abs() < 1e-12);
}

#[test]
fn heat_and_the_grid_act_on_the_sum() {
    let weather = weather();
    let cooler = park("sandia_multi", ["", ""], "derating = { linear = { start = 10.0, slope = 0.02 } }", "").unwrap();
    let limited = park("sandia_multi", ["", ""], "", "[grid]\nlimit_kw = 60").unwrap();
    let free = simulated(&park("sandia_multi", ["", ""], "", "").unwrap(), &weather);
    for plant in [cooler, limited] {
        let year = simulated(&plant, &weather);
        assert!(year.ac_kwh < 0.99 * free.ac_kwh);
        let most = year.hourly.unwrap().ac_kw.into_iter().fold(0.0, f64::max);
        assert!(most <= plant.grid.limit_kw.unwrap_or(100.0) + 1e-9);
    }
}

#[test]
fn what_does_not_fit_is_told() {
    let told = |model: &str, own: &str, inverter: &str| park(model, [own, ""], inverter, "").unwrap_err().to_string();
    let error = told("sandia", "voltage_v = 600", "");
    assert!(error.contains("array[0].voltage_v = 600") && error.contains("sandia_multi"), "{error}");
    let error = told("sandia_multi", "voltage_v = 60", "");
    assert!(error.contains("array[0].voltage_v = 60") && error.contains("about its nominal"), "{error}");
    let error = told("sandia_multi", "", "clipping = \"within_hour\"");
    assert!(error.contains("inverter.clipping") && error.contains("together"), "{error}");
}
