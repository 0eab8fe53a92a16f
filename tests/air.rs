//! The air of a park: every clear sky and air mass that a park file names, against their scalar functions, and what is refused.

mod common;

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use chrono::Datelike;
use rooftop_pv::plane::{SpectralModel, SpectralModule, Spectrum};
use rooftop_pv::plant::SensorPlane;
use rooftop_pv::simulate::{Daylight, Job, Sweep, fleet};
use rooftop_pv::sky::{
    AirmassModel, BirdAir, ClearAir, ClearSky, ClearSkyModel, Decomposition, DecompositionColumns, absolute_airmass,
    airmass_simple, bird, extra_radiation_spencer, gueymard_1993, gueymard_2003, gueymard94_pw, haurwitz, ineichen,
    kasten_1966, kasten_young_1989, pickering_2002, simplified_solis, tdew_from_rh, young_1994, young_irvine_1967,
};
use rooftop_pv::sun::{SunTable, SunTrack};
use rooftop_pv::time::Values;
use rooftop_pv::weather::{Columns, IrradianceLimits, ReadOptions, climate};
use rooftop_pv::{Error, Plant, Weather};

fn weather() -> Weather {
    Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap()
}

fn with(change: impl Fn(&mut Columns)) -> Weather {
    let weather = weather();
    let mut columns = weather.columns().clone();
    change(&mut columns);
    Weather::new(*weather.site(), weather.axis().clone(), columns, "made").unwrap()
}

fn park(rest: &str) -> Result<Plant, Error> {
    let text = format!(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n[[array]]\ncapacity_kw = 100\ntilt_deg = 20\nazimuth_deg = 180\n{rest}\n"
    );
    Plant::from_toml(&text, "park.toml")
}

/// The sun over a weather with its refraction, and without.
fn tracks(weather: &Weather) -> (SunTrack, SunTrack) {
    let table = Arc::new(SunTable::new(weather.axis().clone()));
    let air = Values::Series(&weather.columns().temp_air);
    let of = |pressure| SunTrack::new(&table, weather.site(), Values::Constant(pressure), air).unwrap();
    (of(weather.site().pressure()), of(0.0))
}

#[test]
fn clear_skies_are_their_functions() {
    let dry = weather();
    let humid = with(|columns| columns.relative_humidity = Some(vec![55.0; columns.ghi.len()]));
    let wet = with(|columns| columns.precipitable_water = Some(vec![2.5; columns.ghi.len()]));
    let linke = [2.5, 2.6, 2.9, 3.3, 3.8, 4.1, 4.6, 4.9, 4.6, 3.9, 3.3, 2.9];
    let air = ClearAir {
        linke_turbidity: linke,
        aod700: 0.2,
        bird: BirdAir { aod380: 0.4, aod500: 0.3, precipitable_water: 1.1, ozone: 0.32, ..BirdAir::default() },
        ..ClearAir::default()
    };
    for (weather, water) in [(&dry, None), (&humid, Some(55.0)), (&wet, None)] {
        let (lifted, straight) = tracks(weather);
        let (site, axis) = (weather.site(), weather.axis());
        for model in [ClearSkyModel::Ineichen, ClearSkyModel::SimplifiedSolis, ClearSkyModel::Bird] {
            let clear = weather.under_clear_sky(ClearAir { model, ..air }).unwrap();
            let mut lit = 0;
            for run in lifted.runs() {
                for (place, i) in (run.first..).zip(run.records.clone()) {
                    let (apparent, zenith) = (lifted.solar_zenith()[place], straight.solar_zenith()[place]);
                    let day = axis.local(i);
                    let extra = extra_radiation_spencer(f64::from(axis.day_of_year(i)));
                    let airmass = kasten_young_1989(apparent);
                    let columns = weather.columns();
                    let water = match (&columns.precipitable_water, water) {
                        (Some(water), _) => water[i],
                        (None, Some(humidity)) => gueymard94_pw(columns.temp_air[i], humidity),
                        (None, None) => 1.1,
                    };
                    let pressure = site.pressure();
                    let wanted = match model {
                        _ if apparent >= 90.0 => ClearSky { ghi: 0.0, dni: 0.0, dhi: 0.0 },
                        ClearSkyModel::Ineichen => {
                            let airmass = absolute_airmass(airmass, pressure);
                            ineichen(apparent, airmass, linke[day.month0() as usize], site.elevation_m, extra)
                        }
                        ClearSkyModel::SimplifiedSolis => {
                            simplified_solis(90.0 - apparent, 0.2, water, pressure, extra)
                        }
                        _ => {
                            let air = BirdAir { precipitable_water: water, pressure, ..air.bird };
                            bird(zenith, airmass, &air, extra)
                        }
                    };
                    let got = clear.columns();
                    for (got, wanted) in
                        [(got.ghi[i], wanted.ghi), (got.dni[i], wanted.dni), (got.dhi[i], wanted.dhi.max(0.0))]
                    {
                        assert!((got - wanted).abs() < 1e-9 * (1.0 + wanted), "{model:?} {i}: {got} {wanted}");
                    }
                    lit += usize::from(wanted.ghi > 0.0);
                }
            }
            let year = clear.ghi_kwh_m2();
            println!("{model:?}: {lit} hours, {year:.0} kWh/m2 a year");
            assert!(lit > 4000 && (1700.0..2500.0).contains(&year));
        }
        let error = weather.under_clear_sky(ClearAir { model: ClearSkyModel::Haurwitz, ..air }).unwrap_err();
        assert!(error.to_string().contains("no direct light"), "{error}");
    }
}

#[test]
fn every_airmass_is_its_function() {
    let zenith = [0.0, 12.5, 60.0, 84.0, 89.9, 90.0, 90.1, f64::NAN];
    for (model, function) in [
        (AirmassModel::KastenYoung1989, kasten_young_1989 as fn(f64) -> f64),
        (AirmassModel::Simple, airmass_simple),
        (AirmassModel::Kasten1966, kasten_1966),
        (AirmassModel::YoungIrvine1967, |z| young_irvine_1967(if z > 80.0 && z <= 90.0 { 80.0 } else { z })),
        (AirmassModel::Gueymard1993, gueymard_1993),
        (AirmassModel::Young1994, young_1994),
        (AirmassModel::Pickering2002, pickering_2002),
        (AirmassModel::Gueymard2003, gueymard_2003),
    ] {
        for (zenith, got) in zenith.into_iter().zip(model.relative(&zenith)) {
            assert_eq!(got.to_bits(), function(zenith).to_bits(), "{model:?} {zenith}");
        }
    }
}

#[test]
fn parks_name_the_airmass_and_every_run_follows() {
    let weather = weather();
    let table = Arc::new(SunTable::new(weather.axis().clone()));
    let usual = park("").unwrap().simulate(&weather).unwrap().ac_kwh;
    for name in
        ["simple", "kasten_1966", "young_irvine_1967", "gueymard_1993", "young_1994", "pickering_2002", "gueymard_2003"]
    {
        let plant = park(&format!("[models]\nairmass = \"{name}\"")).unwrap();
        let year = plant.simulate(&weather).unwrap();
        assert!(year.ac_kwh != usual && (year.ac_kwh / usual - 1.0).abs() < 3e-3, "{name}: {} {usual}", year.ac_kwh);
        let daylight = Daylight::of(&weather, &table, &plant.models).unwrap();
        let swept = Sweep::new(&daylight, &weather).unwrap().totals(&plant).unwrap();
        let jobs = |_| Ok(Job { plant: Cow::Borrowed(&plant), weather: Cow::Borrowed(&weather) });
        let together = fleet(3, jobs, |_| ()).unwrap().ac_kwh / 3.0;
        for again in [
            plant.simulate_with(&weather, &table).unwrap().ac_kwh,
            plant.simulate_on(&daylight, &weather).unwrap().ac_kwh,
            swept.ac_kwh,
        ] {
            assert_eq!(again.to_bits(), year.ac_kwh.to_bits(), "{name}");
        }
        assert!((together / year.ac_kwh - 1.0).abs() < 1e-12);
        let other = Daylight::of(&weather, &table, plant.models.transposition).unwrap();
        let error = plant.simulate_on(&other, &weather).unwrap_err().to_string();
        assert!(error.contains("models.airmass") && error.contains(name), "{error}");
    }
}

#[test]
fn parks_name_the_clear_sky() {
    let weather = with(|columns| columns.relative_humidity = Some(vec![60.0; columns.ghi.len()]));
    let kwh = |rest: &str| {
        let plant = park(rest).unwrap();
        let year = plant.simulate(&weather).unwrap();
        let again = plant.simulate_with(&weather, &SunTable::new(weather.axis().clone())).unwrap();
        assert_eq!(again.ac_kwh.to_bits(), year.ac_kwh.to_bits(), "{rest}");
        year.ac_kwh
    };
    for (asks, models) in [
        ("[models]\ndecomposition = \"dirindex\"", &["ineichen", "simplified_solis", "bird"][..]),
        ("[weather]\nlimits = \"clear_sky\"", &["ineichen", "simplified_solis", "bird"]),
        ("[inverter]\nclipping = \"within_hour\"\ndc_ac_ratio = 1.6", &["ineichen", "simplified_solis", "bird"]),
        ("[spectrum]\nmodel = \"pvspec\"", &["haurwitz", "ineichen", "simplified_solis", "bird"]),
    ] {
        let all: Vec<f64> = models
            .iter()
            .map(|model| kwh(&format!("{asks}\n[clear_sky]\nmodel = \"{model}\"\naod700 = 0.3")))
            .collect();
        println!("{asks:?}: {models:?} {all:.0?} kWh");
        assert_eq!(all[0].to_bits(), kwh(asks).to_bits(), "{asks}");
        assert!(all.windows(2).all(|pair| pair[0] != pair[1] && (pair[0] / pair[1] - 1.0).abs() < 0.08), "{all:?}");
    }
    // What the file says of the air is what the clear sky is made of.
    let hazy =
        park("[models]\ndecomposition = \"dirindex\"\n[clear_sky]\nmodel = \"bird\"\naod380 = 0.7\naod500 = 0.5")
            .unwrap();
    let clear = ClearAir {
        model: ClearSkyModel::Bird,
        bird: BirdAir { aod380: 0.7, aod500: 0.5, ..BirdAir::default() },
        ..ClearAir::default()
    };
    let wanted = weather.decomposed_under(Decomposition::Dirindex, clear).unwrap();
    assert_eq!(hazy.prepared(&weather).unwrap().columns(), wanted.columns());
}

#[test]
fn the_spectrum_s_clouds_are_told_by_the_clear_sky_named() {
    let weather = weather();
    let (lifted, _) = tracks(&weather);
    let linke = climate::station("Zhangqiu").unwrap().linke;
    let clear = weather.under_clear_sky(&linke).unwrap();
    let spectrum = Spectrum { model: SpectralModel::Jrc, module: SpectralModule::Cdte, ..Spectrum::default() };
    let light = |clear: Option<&str>| {
        let rest = clear.map_or_else(String::new, |model| format!("[clear_sky]\nmodel = \"{model}\""));
        let text = format!("[models]\nincidence = \"none\"\n[spectrum]\nmodel = \"jrc\"\nmodule = \"cdte\"\n{rest}");
        let plant = park(&text).unwrap();
        let table = Arc::new(SunTable::new(weather.axis().clone()));
        let daylight = Daylight::of(&weather, &table, &plant.models).unwrap();
        let mut sweep = Sweep::new(&daylight, &weather).unwrap();
        sweep.totals(&plant).unwrap();
        let columns = sweep.columns(0).unwrap();
        (columns.poa_global.to_vec(), columns.effective_irradiance.to_vec())
    };
    let select = |column: &[f64]| lifted.select(Values::Series(column));
    let (ghi, of_ineichen) = (select(&weather.columns().ghi), select(&clear.columns().ghi));
    for named in [None, Some("haurwitz"), Some("ineichen")] {
        let (poa, effective) = light(named);
        for place in 0..lifted.len() {
            let zenith = lifted.solar_zenith()[place];
            let airmass = absolute_airmass(kasten_young_1989(zenith.min(90.0)), weather.site().pressure());
            let bound = if named == Some("ineichen") { of_ineichen[place] } else { haurwitz(zenith) };
            let index = (ghi[place] / bound.max(1.0)).clamp(1e-3, 1.0);
            let mut factor = [0.0];
            spectrum.factors(&[airmass], &[0.0], &[index], &mut factor).unwrap();
            let wanted = poa[place] * factor[0];
            assert!((effective[place] - wanted).abs() < 1e-9 * (1.0 + wanted), "{named:?} {place}");
        }
    }
}

/// The true sun sets before its image: hours in which an air mass of the true zenith is none.
#[test]
fn no_sky_is_without_number_under_any_airmass() {
    let weather = Weather::from_file(common::path("723170TYA.CSV")).unwrap();
    let usual = park("").unwrap().simulate(&weather).unwrap().ac_kwh;
    for airmass in ["kasten_young_1989", "young_1994", "young_irvine_1967"] {
        for sky in ["perez", "perez_driesse", "perez_france1988", "hay_davies", "reindl"] {
            let text = format!("[models]\ntransposition = \"{sky}\"\nairmass = \"{airmass}\"");
            let kwh = park(&text).unwrap().simulate(&weather).unwrap().ac_kwh;
            assert!((kwh / usual - 1.0).abs() < 0.05, "{sky} {airmass}: {kwh}");
        }
    }
}

/// What was made under another clear sky, or from another sensor, is not taken for the plant's own.
#[test]
fn a_daylight_of_another_sky_is_refused() {
    let weather = weather();
    let table = Arc::new(SunTable::new(weather.axis().clone()));
    let mut hours = String::new();
    for hour in 0..48 {
        let ghi = if (6..18).contains(&(hour % 24)) { 400 } else { 0 };
        writeln!(hours, "2023-06-0{}T{:02}:00+08:00,{ghi},20,2", 1 + hour / 24, hour % 24).unwrap();
    }
    let text = format!("# latitude: 36.7\n# longitude: 117.5\n# elevation_m: 0\ntime,ghi,temp_air,wind_speed\n{hours}");
    let measured = Weather::read("two-days.csv", text.as_bytes(), &ReadOptions::default()).unwrap();
    let measured_table = Arc::new(SunTable::new(measured.axis().clone()));
    for (given, table, key) in [
        (&weather, &table, "models.decomposition"),
        (&weather, &table, "weather.limits"),
        (&measured, &measured_table, "weather.sensor"),
    ] {
        let plants = [0, 1].map(|which| {
            let mut plant = park("").unwrap();
            plant.site.linke_turbidity = Some([[2.0, 6.0][which]; 12]);
            match key {
                "models.decomposition" => plant.models.decomposition = Some(Decomposition::Dirindex),
                "weather.limits" => plant.weather.limits = Some(IrradianceLimits::ClearSky),
                _ => {
                    let albedo = [0.1, 0.7][which];
                    plant.weather.sensor = Some(SensorPlane { tilt_deg: 30.0, azimuth_deg: 180.0, albedo });
                }
            }
            plant
        });
        let prepared = plants[0].prepared(given).unwrap();
        let daylight = Daylight::of(&prepared, table, &plants[0].models).unwrap();
        plants[0].simulate_on(&daylight, &prepared).unwrap();
        let error = plants[1].simulate_on(&daylight, &prepared).unwrap_err().to_string();
        assert!(error.contains(key) && error.contains("Plant::prepared"), "{error}");
        // Anew it is made for the plant, or cannot be.
        let [first, second] = plants.each_ref().map(|plant| plant.simulate(given).unwrap().ac_kwh);
        assert!(first != second, "{key}");
    }
    let mut tilted = park("").unwrap();
    tilted.weather.sensor = Some(SensorPlane { tilt_deg: 30.0, azimuth_deg: 180.0, albedo: 0.2 });
    let error = tilted.simulate(&weather).unwrap_err().to_string();
    assert!(error.contains("weather.sensor") && error.contains("made from a climate"), "{error}");
}

#[test]
fn dirint_takes_the_dew_point_of_humid_air() {
    let (dry, humid) = (weather(), with(|columns| columns.relative_humidity = Some(vec![80.0; columns.ghi.len()])));
    let (ghi, n) = (&humid.columns().ghi, humid.len());
    let dew: Vec<f64> = humid.columns().temp_air.iter().map(|air| tdew_from_rh(*air, 80.0)).collect();
    let table = SunTable::new(humid.axis().clone());
    let degrees = |cos: f64| cos.clamp(-1.0, 1.0).acos().to_degrees();
    let zenith: Vec<f64> = table.cos_zenith(humid.site(), 0.0).into_iter().map(degrees).collect();
    let extra: Vec<f64> = (0..n).map(|i| extra_radiation_spencer(f64::from(humid.axis().day_of_year(i)))).collect();
    let columns = DecompositionColumns {
        ghi,
        zenith: &zenith,
        dni_extra: &extra,
        pressure: &vec![humid.site().pressure(); n],
        temp_dew: Some(&dew),
        follows: None,
        clear: None,
    };
    let (dni, _) = Decomposition::Dirint.split(&columns).unwrap();
    let got = humid.decomposed(Decomposition::Dirint).unwrap();
    let off = got.columns().dni.iter().zip(&dni).map(|(got, wanted)| (got - wanted).abs()).fold(0.0, f64::max);
    assert!(off < 1e-6, "{off}");
    let without = dry.decomposed(Decomposition::Dirint).unwrap();
    let sum = |weather: &Weather| weather.columns().dni.iter().sum::<f64>();
    println!("beam {:.0} kWh/m2 with the dew point, {:.0} without", sum(&got) / 1e3, sum(&without) / 1e3);
    let changed = got.columns().dni.iter().zip(&without.columns().dni).filter(|(a, b)| a != b).count();
    assert!(changed > 1000 && (sum(&got) / sum(&without) - 1.0).abs() < 0.05, "{changed}");
}

#[test]
fn what_does_not_fit_is_told() {
    let told = |rest: &str| park(rest).unwrap_err().to_string();
    let error = told("[clear_sky]\nmodel = \"bird\"");
    assert!(error.contains("line 9: clear_sky.model = \"bird\"") && error.contains("dirindex"), "{error}");
    let error = told("[models]\ndecomposition = \"dirindex\"\n[clear_sky]\nmodel = \"haurwitz\"");
    assert!(error.contains("clear_sky.model") && error.contains("no direct light"), "{error}");
    let error = told("[clear_sky]\nmodel = \"solis\"");
    assert!(error.contains("clear_sky.model") && error.contains("simplified_solis"), "{error}");
    let error = told("[clear_sky]\naod700 = 0.9");
    assert!(error.contains("clear_sky.aod700") && error.contains("0 to 0.45"), "{error}");
    let error = told("[models]\nairmass = \"kastenyoung1989\"");
    assert!(error.contains("models.airmass") && error.contains("did you mean kasten_young_1989?"), "{error}");
}
