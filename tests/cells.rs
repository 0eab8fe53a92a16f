//! Cell temperature in parks: each model with the numbers of the mounting and with an array's own against its scalar function, record
//! by record, and what is refused.

use rooftop_pv::module::{
    FaimanParameters, FuentesParameters, Mounting, NoctParameters, SapmParameters, faiman, faiman_rad, fuentes,
    noct_pvwatts, noct_sam, pvsyst_cell, ross, sapm_cell,
};
use rooftop_pv::plane::Plane;
use rooftop_pv::simulate::{Daylight, Sweep};
use rooftop_pv::sun::SunTable;
use rooftop_pv::time::Values;
use rooftop_pv::weather::{Columns, climate};
use rooftop_pv::{Error, Plant, Weather};

/// A synthetic year with an infrared sky that changes from hour to hour.
fn weather() -> Weather {
    let dry = Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap();
    let ir_down = (0..dry.len()).map(|i| 300.0 + f64::from(u16::try_from(i % 97).unwrap())).collect();
    let columns = Columns { ir_down: Some(ir_down), ..dry.columns().clone() };
    Weather::new(*dry.site(), dry.axis().clone(), columns, "made").unwrap()
}

fn park(temperature: &str, array: &str) -> Result<Plant, Error> {
    let text = format!(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n[models]\ntemperature = \"{temperature}\"\n[[array]]\ncapacity_kw = 100\ntilt_deg = 25\n\
         azimuth_deg = 180\n{array}\n"
    );
    Plant::from_toml(&text, "park.toml")
}

/// One record with daylight: light on the plane and behind the glass, air, wind, infrared sky.
struct Hour {
    poa: f64,
    effective: f64,
    air: f64,
    wind: f64,
    ir_down: f64,
}

/// Holds a park's cell temperatures to a scalar function.
fn held(temperature: &str, array: &str, scalar: impl Fn(&Hour) -> f64) {
    let (plant, weather) = (park(temperature, array).unwrap(), weather());
    let table = SunTable::new(weather.axis().clone()).into();
    let daylight = Daylight::of(&weather, &table, plant.models.transposition).unwrap();
    let mut sweep = Sweep::new(&daylight, &weather).unwrap();
    sweep.totals(&plant).unwrap();
    let got = sweep.columns(0).unwrap();
    let select = |column: &[f64]| daylight.track().select(Values::Series(column));
    let columns = weather.columns();
    let (air, wind) = (select(&columns.temp_air), select(&columns.wind_speed));
    let ir_down = select(columns.ir_down.as_deref().unwrap());
    for (i, &cell) in got.temp_cell.iter().enumerate() {
        let hour = Hour {
            poa: got.poa_global[i],
            effective: got.effective_irradiance[i],
            air: air[i],
            wind: wind[i],
            ir_down: ir_down[i],
        };
        let wanted = scalar(&hour);
        assert!((cell - wanted).abs() < 1e-9, "{temperature} {array:?} at {i}: {cell}, {wanted}");
    }
}

#[test]
fn each_model_takes_the_mounting_s_or_own_numbers() {
    let rack = "mounting = \"open_rack\"\n";
    let own = |numbers: &str| format!("{rack}[array.thermal]\n{numbers}");
    let with = |u0, u1| move |h: &Hour| faiman(h.poa, h.air, h.wind, &FaimanParameters { u0, u1 });
    held("faiman", "", with(20.0 / 0.72, 0.0));
    held("faiman", rack, with(25.0, 6.84));
    held("faiman", &own("u0 = 29.0"), with(29.0, 6.84));
    held("faiman", &own("u0 = 29.0\nu1 = 1.5"), with(29.0, 1.5));
    held("faiman_pvgis", &own("u1 = 5.0"), with(26.9, 5.0));

    let radiating = |emissivity, sky_view, u0| {
        move |h: &Hour| {
            let loss = FaimanParameters { u0, u1: 6.84 };
            faiman_rad(h.poa, h.air, h.wind, h.ir_down, &loss, emissivity, sky_view)
        }
    };
    held("faiman_rad", rack, radiating(0.88, Plane::new(25.0, 180.0).sky_view(), 25.0));
    held("faiman_rad", &own("u0 = 27.0\nemissivity = 0.9\nsky_view = 1.0"), radiating(0.9, 1.0, 27.0));

    let sapm = |parameters| move |h: &Hour| sapm_cell(h.poa, h.air, h.wind, &parameters);
    held("sapm", rack, sapm(SapmParameters::OPEN_RACK_GLASS_POLYMER));
    held("sapm", &own("a = -3.47\nb = -0.0594\ndelta_t = 2.0"), {
        sapm(SapmParameters { a: -3.47, b: -0.0594, delta_t: 2.0 })
    });

    let pvsyst = |u_c, u_v, efficiency, absorption| {
        move |h: &Hour| pvsyst_cell(h.poa, h.air, h.wind, u_c, u_v, efficiency, absorption)
    };
    held("pvsyst", rack, pvsyst(29.0, 0.0, 0.1, 0.9));
    held("pvsyst", &own("u_c = 25\nu_v = 1.2\nmodule_efficiency = 0.21\nalpha_absorption = 0.88"), {
        pvsyst(25.0, 1.2, 0.21, 0.88)
    });

    let noct = |parameters: NoctParameters| {
        move |h: &Hour| if h.poa > 0.0 { noct_sam(h.poa, h.poa, h.air, h.wind, &parameters) } else { h.air }
    };
    let preset = NoctParameters::preset(Mounting::OpenRack);
    held("noct_sam", rack, noct(preset));
    held("noct_sam", &own("noct = 43.5\nmodule_efficiency = 0.22"), {
        noct(NoctParameters { noct: 43.5, module_efficiency: 0.22, ..preset })
    });
    held("ross", "[array.thermal]\nnoct = 44", |h| ross(h.poa, h.air, 44.0 + 6.0));
    held("noct_pvwatts", &own("noct = 47\nmodule_efficiency = 0.2"), |h| {
        noct_pvwatts(h.effective, h.air, h.wind, 47.0, 0.2)
    });
}

#[test]
fn fuentes_takes_the_temperature_as_installed() {
    let (plant, weather) = (park("fuentes", "[array.thermal]\nnoct = 46").unwrap(), weather());
    let year = plant.simulate(&weather).unwrap();
    let hourly = year.hourly.unwrap();
    let columns = weather.columns();
    let hours = vec![1.0; weather.len()];
    let parameters = FuentesParameters::new(46.0);
    let wanted = fuentes(&hourly.poa_global, &columns.temp_air, &columns.wind_speed, &hours, &parameters).unwrap();
    let lit = |i: &usize| hourly.poa_global[*i] > 0.0;
    for i in (0..weather.len()).filter(lit) {
        assert!((hourly.temp_cell[i] - wanted[i]).abs() < 1e-9, "{i}: {} {}", hourly.temp_cell[i], wanted[i]);
    }
}

#[test]
fn a_night_sky_cools_and_counts_in_every_run() {
    let (plain, radiating) = (park("faiman", "").unwrap(), park("faiman_rad", "").unwrap());
    let weather = weather();
    let table = SunTable::new(weather.axis().clone());
    let [warm, cool] = [&plain, &radiating].map(|plant| {
        let year = plant.simulate(&weather).unwrap();
        let again = plant.simulate_with(&weather, &table).unwrap();
        assert_eq!(year.ac_kwh.to_bits(), again.ac_kwh.to_bits());
        year.ac_kwh
    });
    assert!(cool > warm && cool < 1.03 * warm, "{cool} {warm}");
}

#[test]
fn what_does_not_fit_is_told() {
    let told = |temperature: &str, array: &str| park(temperature, array).unwrap_err().to_string();
    let error = told("faiman", "[array.thermal]\nu_c = 29");
    assert!(error.contains("array[0].thermal.u_c = 29") && error.contains("\"pvsyst\""), "{error}");
    let error = told("ross", "[array.thermal]\nnoct = 318");
    assert!(error.contains("line 11: array[0].thermal.noct") && error.contains("30 to 90 degC"), "{error}");
    let error = told("sapm", "[array.thermal]\na = 3.47");
    assert!(error.contains("array[0].thermal.a") && error.contains("-6 to -1"), "{error}");
    let error = told("pvsyst", "[array.thermal]\nmodule_efficiency = 21");
    assert!(error.contains("thermal.module_efficiency") && error.contains("21 % is 0.21"), "{error}");
    let error = told("faiman", "[array.thermal]\nu2 = 1");
    assert!(error.contains("u2") && error.contains("u0, u1"), "{error}");
    let dry = Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap();
    let error = park("faiman_rad", "").unwrap().simulate(&dry).unwrap_err().to_string();
    assert!(error.contains("models.temperature") && error.contains("ir_down"), "{error}");
}
