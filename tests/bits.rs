//! The chain against a plain loop of its scalar functions, which the compiler leaves at the base line: the same bits,
//! on every kind of axis. And fleets: the same bits on any number of threads.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole seconds, places in lists")]

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Datelike};
use rooftop_pv::inverter::pvwatts;
use rooftop_pv::module::{FaimanParameters, Mounting, faiman, pvwatts_dc};
use rooftop_pv::plane::{DiffuseModifiers, Dome, Glass, Plane, ground_diffuse, perez_1990};
use rooftop_pv::plant::{Incidence, TemperatureModel, Transposition};
use rooftop_pv::simulate::{Daylight, Job, Summary, Sweep, Year, fleet};
use rooftop_pv::sky::{extra_radiation_spencer, kasten_young_with_cosine};
use rooftop_pv::sun::{SunNodes, SunTable, SunTrack};
use rooftop_pv::time::Values;
use rooftop_pv::weather::climate;
use rooftop_pv::{Columns, Error, Plant, Site, SunAt, TimeAxis, Weather};

const INCIDENCES: [Incidence; 6] = [
    Incidence::None,
    Incidence::Physical,
    Incidence::PhysicalBeam,
    Incidence::Ashrae,
    Incidence::MartinRuiz,
    Incidence::Schlick,
];
const TEMPERATURES: [TemperatureModel; 5] = [
    TemperatureModel::Faiman,
    TemperatureModel::Sapm,
    TemperatureModel::Pvsyst,
    TemperatureModel::NoctSam,
    TemperatureModel::Ross,
];
const DAY: i64 = 86_400;
/// 2024-01-01 00:00 UTC.
const NEW_YEAR: i64 = 1_704_067_200;

fn plant(tilt: f64, azimuth: f64) -> Plant {
    let text = format!(
        "[site]\nlatitude = 0\nlongitude = 0\n[[array]]\ncapacity_kw = 3\ntilt_deg = {tilt}\nazimuth_deg = {azimuth}\n\
         [inverter]\ndc_ac_ratio = 1.5\n"
    );
    Plant::from_toml(&text, "bits.toml").unwrap()
}

/// Light in the dark, no light by day, more than the sun gives: whatever a record may hold.
fn weather(site: Site, axis: TimeAxis, seed: u64) -> Weather {
    let mut state = seed;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1u64 << 24) as f64
    };
    let mut columns = Columns::default();
    for cos in SunTable::new(axis.clone()).cos_zenith(&site, 0.0) {
        let light = if cos > -0.1 || random() < 0.05 { random() } else { 0.0 };
        let (dni, dhi) = (1600.0 * light * light, if random() < 0.1 { 0.0 } else { 400.0 * light });
        columns.dni.push(dni);
        columns.dhi.push(dhi);
        columns.ghi.push(dhi + dni * cos.max(0.0));
        columns.temp_air.push(-20.0 + 50.0 * random());
        columns.wind_speed.push(10.0 * random());
    }
    Weather::new(site, axis, columns, "invented").unwrap()
}

/// Leap year, steps of 1 to 180 minutes, gaps, months of different years, a series of one record.
fn axes(utc_offset_s: i32) -> Vec<TimeAxis> {
    let offset = i64::from(utc_offset_s);
    let axis = |start: Vec<i64>, step_s, sun_at| TimeAxis::new(start, step_s, utc_offset_s, sun_at).unwrap();
    let mut axes = vec![TimeAxis::hourly_year(2024, utc_offset_s).unwrap()];
    for (step, days) in [(60_u32, 3), (300, 40), (1800, 70), (10_800, 366)] {
        let start: Vec<i64> = (0..days * DAY / i64::from(step))
            .map(|k| NEW_YEAR + 20 * DAY + 12_300 - offset + k * i64::from(step))
            .collect();
        let last = i32::try_from(step).unwrap();
        for sun_at in [SunAt::Sunlit, SunAt::Middle, SunAt::Instant(0), SunAt::Instant(last)] {
            axes.push(axis(start.clone(), step, sun_at));
        }
    }
    let hours = |from: i64, days: i64| (0..24 * days).map(move |k| from - offset + 3600 * k);
    axes.push(axis(
        hours(NEW_YEAR, 365).filter(|t| t / 3600 % 7 < 4 && t / DAY % 50 < 40).collect(),
        3600,
        SunAt::Sunlit,
    ));
    // January 2024, February 2023, March 2022 from the tenth, and the day of one more January.
    let typical = hours(NEW_YEAR, 31)
        .chain(hours(NEW_YEAR - 334 * DAY, 28))
        .chain(hours(NEW_YEAR - 662 * DAY, 22))
        .chain(hours(NEW_YEAR + 366 * DAY, 1));
    axes.push(axis(typical.collect(), 3600, SunAt::Sunlit));
    axes.push(axis(vec![NEW_YEAR + 12 * 3600], 3600, SunAt::Sunlit));
    axes
}

#[test]
fn the_chain_is_its_scalar_functions_bit_for_bit() {
    let places = [(36.68, 117.53), (90.0, 0.0), (-33.0, 151.0), (67.0, 180.0), (0.0, -180.0)];
    for (k, utc_offset_s) in [28_800, 19_800, -43_200, 50_400, -12_600].into_iter().enumerate() {
        let (latitude, longitude) = places[k];
        let site = Site::new(latitude, longitude, 100.0, f64::from(utc_offset_s) / 3600.0).unwrap();
        for (seed, axis) in axes(utc_offset_s).into_iter().enumerate() {
            check(&plant([0.0, 10.0, 37.0, 90.0][seed % 4], 60.0 * k as f64), &weather(site, axis, seed as u64 + 1));
        }
    }
}

fn check(plant: &Plant, weather: &Weather) {
    let (axis, c) = (weather.axis(), weather.columns());
    let year = plant.simulate(weather).unwrap();
    let hourly = year.hourly.as_ref().unwrap();
    let table = Arc::new(SunTable::new(Arc::clone(axis)));
    let pressure = Values::Constant(weather.site().pressure());
    let track = SunTrack::new(&table, weather.site(), pressure, Values::Series(&c.temp_air)).unwrap();
    let [east, north, up, zenith] = [track.east(), track.north(), track.cos_zenith(), track.solar_zenith()]
        .map(|column| track.expand(column, f64::NAN));
    let array = &plant.array[0];
    let plane = Plane::new(array.tilt_deg, array.azimuth_deg);
    let glass = Glass::default();
    let diffuse = DiffuseModifiers::new(&glass, &plane);
    let kept = 1.0 - plant.losses.total();
    let pdc0 = plant.ac_capacity_kw() / plant.capacity_kw() / plant.inverter.efficiency;
    let mut monthly = [[0.0; 4]; 12];
    for i in 0..axis.len() {
        let (mut poa, mut dc, mut ac) = (0.0, 0.0, 0.0);
        if up[i] > -1.0 {
            let instant = axis.start(i) as f64 + axis.sun_offset_s();
            let day = DateTime::from_timestamp(instant.floor() as i64, 0).unwrap().ordinal();
            let extra = extra_radiation_spencer(f64::from(day));
            let dome =
                perez_1990(c.dhi[i], c.dni[i], extra, zenith[i], up[i], kasten_young_with_cosine(zenith[i], up[i]));
            let projection = plane.aoi_projection([east[i], north[i], up[i]]);
            let beam = c.dni[i] * projection.max(0.0);
            let ground = ground_diffuse(&plane, c.ghi[i], 0.2);
            poa = beam + (dome.on_plane(&plane, projection) + ground);
            let modifier = glass.modifier(projection);
            let through = Dome {
                isotropic: dome.isotropic * diffuse.sky,
                circumsolar: dome.circumsolar * modifier,
                horizon: dome.horizon * diffuse.sky,
            };
            let effective = beam * modifier + (through.on_plane(&plane, projection) + ground * diffuse.ground);
            let temp_cell = faiman(poa, c.temp_air[i], c.wind_speed[i], &FaimanParameters::preset(Mounting::Roof));
            dc = pvwatts_dc(effective, temp_cell, 1.0, plant.gamma_pdc(array)) * kept;
            ac = pvwatts(dc, pdc0, plant.inverter.efficiency);
        }
        let got = [hourly.poa_global[i], hourly.dc_kw[i], hourly.ac_kw[i]];
        let want = [poa, dc * array.capacity_kw, ac * array.capacity_kw];
        assert_eq!(got.map(f64::to_bits), want.map(f64::to_bits), "{}: {got:?} {want:?}", axis.iso(i));
        let month = &mut monthly[axis.local(i).month0() as usize];
        for (sum, value) in month.iter_mut().zip([c.ghi[i] / 1000.0, poa / 1000.0, want[1], want[2]]) {
            *sum += value * axis.step_h();
        }
    }
    let close = |got: f64, want: f64| assert!((got - want).abs() <= 1e-11 * want, "{}: {got} {want}", axis.iso(0));
    for (month, [ghi, poa, dc, ac]) in year.monthly.iter().zip(monthly) {
        close(month.ghi_kwh_m2, ghi);
        close(month.poa_global_kwh_m2, poa);
        close(month.dc_kwh, dc);
        close(month.ac_kwh, ac);
    }
    close(year.ac_kwh, monthly.iter().map(|month| month[3]).sum());
    close(year.ledger.steps().last().unwrap().energy_kwh, year.ac_kwh);
}

/// A weather with columns of its own for albedo and pressure.
fn with_albedo_and_pressure(weather: Weather) -> Weather {
    let (site, axis) = (*weather.site(), Arc::clone(weather.axis()));
    let mut columns = weather.into_columns();
    let n = columns.ghi.len();
    columns.albedo = Some((0..n).map(|i| 0.1 + 0.6 * (i % 50) as f64 / 50.0).collect());
    columns.pressure = Some((0..n).map(|i| 90_000.0 + 100.0 * (i % 97) as f64).collect());
    Weather::new(site, axis, columns, "invented").unwrap()
}

/// Everything that a year says, to the last bit: debug output prints as many digits as tell floats apart.
fn told(year: &Year) -> String {
    let mut year = year.clone();
    year.hourly = None;
    format!("{year:?}")
}

#[test]
fn every_way_to_a_year_gives_the_same_bits() {
    for (k, utc_offset_s) in [28_800, -43_200, 19_800].into_iter().enumerate() {
        let site =
            Site::new([36.0, -70.0, 5.0][k], [117.0, -180.0, 80.0][k], 10.0, f64::from(utc_offset_s) / 3600.0).unwrap();
        let mut nodes = SunNodes::new();
        for (seed, axis) in axes(utc_offset_s).into_iter().enumerate() {
            let plain = weather(site, axis, seed as u64);
            let weather = if seed % 2 == 0 { with_albedo_and_pressure(plain) } else { plain };
            let mut plant = plant(20.0, 110.0);
            plant.array.push(plant.array[0].clone());
            (plant.array[0].name, plant.array[1].name) = ("one".into(), "two".into());
            (plant.array[1].tilt_deg, plant.array[1].albedo) = (70.0, Some(0.5));
            plant.models.transposition =
                [Transposition::Perez, Transposition::HayDavies, Transposition::Isotropic][seed % 3];

            let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
            let kept = nodes.table(Arc::clone(weather.axis()));
            assert_eq!(table.cos_zenith(&site, 100.0), kept.cos_zenith(&site, 100.0));
            let daylight = Daylight::of(&weather, &table, plant.models.transposition).unwrap();
            let year = told(&plant.simulate_on(&daylight, &weather).unwrap());
            assert_eq!(year, told(&plant.simulate(&weather).unwrap()));
            assert_eq!(year, told(&plant.simulate_with(&weather, &table).unwrap()));
            assert_eq!(year, told(&plant.simulate_with(&weather, &kept).unwrap()));
        }
    }
}

#[test]
fn a_sweep_does_not_remember() {
    let site = Site::new(36.0, 117.0, 10.0, 8.0).unwrap();
    let axis = TimeAxis::hourly_year(2024, 28_800).unwrap();
    let weather = with_albedo_and_pressure(weather(site, axis, 7));
    let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
    let daylight = Daylight::of(&weather, &table, Transposition::Perez).unwrap();
    let mut sweep = Sweep::new(&daylight, &weather).unwrap();
    let mut plant = plant(20.0, 110.0);
    let mut state = 1_u64;
    for step in 0..300 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let value = (state >> 40) as f64 / (1u64 << 24) as f64;
        let array = &mut plant.array[0];
        match (state >> 20) % 11 {
            0 => array.tilt_deg = 90.0 * value,
            1 => array.azimuth_deg = 360.0 * value,
            2 => array.albedo = (value < 0.5).then_some(value),
            3 => plant.models.incidence = INCIDENCES[(6.0 * value) as usize],
            4 => array.mounting = if value < 0.5 { Mounting::OpenRack } else { Mounting::Integrated },
            5 => plant.models.temperature = TEMPERATURES[(5.0 * value) as usize],
            6 => array.gamma_pdc = Some(-0.005 * value),
            7 => plant.losses.soiling = 0.2 * value,
            8 => plant.inverter.dc_ac_ratio = Some(0.8 + value),
            9 => array.capacity_kw = 1.0 + value,
            _ if plant.array.len() > 1 => drop(plant.array.pop()),
            _ => {
                let mut second = plant.array[0].clone();
                (second.name, second.azimuth_deg) = ("second".into(), 360.0 * value);
                plant.array.push(second);
            }
        }
        let fresh = plant.simulate_on(&daylight, &weather).unwrap();
        if step % 3 == 0 {
            assert_eq!(told(&sweep.year(&plant).unwrap()), told(&fresh), "step {step}");
        } else {
            let totals = sweep.totals(&plant).unwrap();
            let monthly = totals.monthly_ac_kwh.map(f64::to_bits);
            assert!(fresh.monthly.iter().map(|month| month.ac_kwh.to_bits()).eq(monthly), "step {step}");
            let (got, want) = (
                [totals.capacity_kw, totals.poa_global_kwh_m2, totals.dc_kwh, totals.ac_kwh],
                [fresh.capacity_kw, fresh.poa_global_kwh_m2, fresh.dc_kwh, fresh.ac_kwh],
            );
            assert_eq!(got.map(f64::to_bits), want.map(f64::to_bits), "step {step}");
        }
        let cells = sweep.columns(plant.array.len() - 1).unwrap().temp_cell;
        assert_eq!(cells.len(), daylight.track().len());
    }
}

#[test]
fn a_fleet_is_the_same_on_any_number_of_threads() {
    let axis = TimeAxis::hourly_year(2023, 28_800).unwrap();
    let weathers: Vec<Weather> = (0..5_u32)
        .map(|k| Site::new(20.0 + 8.0 * f64::from(k), 117.0, 0.0, 8.0).unwrap())
        .zip(1..)
        .map(|(site, seed)| weather(site, axis.clone(), seed))
        .collect();
    let plants: Vec<Plant> = (0..9).map(|k| plant(10.0 * f64::from(k), 40.0 * f64::from(k))).collect();
    // Some weathers borrowed and shared by neighbours, some owned; more jobs than wait at once.
    let job = |i: usize| {
        let weather = &weathers[i / 3 % 5];
        let weather = if i.is_multiple_of(4) { Cow::Owned(weather.clone()) } else { Cow::Borrowed(weather) };
        Ok(Job { plant: Cow::Borrowed(&plants[i % 9]), weather })
    };
    let with_threads = |n: usize, count: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| fleet(count, job, |_| {}).unwrap())
    };
    let one = with_threads(1, 2100);
    assert_eq!(one.plants, 2100);
    for n in [2, 7] {
        // PartialEq of the sums is that of their bits: none is NaN or -0.
        assert_eq!(with_threads(n, 2100), one, "{n} threads");
    }

    let alone: Vec<f64> = (0..100)
        .map(|i| job(i).unwrap())
        .map(|job| job.plant.simulate(&job.weather).unwrap().specific_yield_kwh_per_kw)
        .collect();
    let few = with_threads(2, 100);
    let mean = alone.iter().sum::<f64>() / 100.0;
    let sd = (alone.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / 99.0).sqrt();
    assert!((few.mean_yield() - mean).abs() < 1e-9 && (few.sd_yield() - sd).abs() < 1e-6);
    assert_eq!(few.quantile_yield(0.0), alone.iter().fold(f64::INFINITY, |a, &b| a.min(b)));
    assert_eq!(few.quantile_yield(1.0), alone.iter().fold(0.0, |a: f64, &b| a.max(b)));
    let below = alone.iter().filter(|y| **y < few.quantile_yield(0.3)).count();
    assert!((25..=35).contains(&below), "{below}");
    assert!(Summary::default().quantile_yield(0.5).is_nan() && few.quantile_yield(f64::NAN).is_nan());
}

/// What was prepared for one weather is refused with another, not used in silence.
#[test]
fn things_that_do_not_belong_together_are_refused() {
    let (plant, station) = (Plant::jidong().unwrap(), climate::station("Zhangqiu").unwrap());
    let weather = Weather::synthetic(station, 2025, 1).unwrap();
    let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
    let daylight = Daylight::of(&weather, &table, plant.models.transposition).unwrap();
    let same = |axis: Arc<TimeAxis>, site: Site| Weather::new(site, axis, weather.columns().clone(), "other").unwrap();
    let starts: Vec<i64> = (0..8760).map(|i| weather.axis().start(0) + 60 * i).collect();
    let minutes = TimeAxis::new(starts, 60, 28_800, SunAt::default()).unwrap();
    let elsewhere = Site::new(-36.0, -60.0, 0.0, 8.0).unwrap();
    let of_another_time = same(Arc::new(minutes), *weather.site());
    let of_another_place = same(Arc::clone(weather.axis()), elsewhere);
    for other in [&of_another_time, &of_another_place] {
        assert!(matches!(plant.simulate_on(&daylight, other), Err(Error::Mismatch { .. })));
        assert!(matches!(Sweep::new(&daylight, other).err(), Some(Error::Mismatch { .. })));
        assert!(Daylight::new(daylight.track(), other, plant.models.transposition).is_err());
    }
    assert!(matches!(plant.simulate_with(&of_another_time, &table), Err(Error::Mismatch { .. })));
    let mut isotropic = plant.clone();
    isotropic.models.transposition = Transposition::Isotropic;
    assert!(matches!(isotropic.simulate_on(&daylight, &weather), Err(Error::Mismatch { .. })));
    let mut sweep = Sweep::new(&daylight, &weather).unwrap();
    assert!(matches!(sweep.totals(&isotropic), Err(Error::Mismatch { .. })));
    // And after a refusal the sweep is as before.
    assert_eq!(sweep.totals(&plant).unwrap().ac_kwh, plant.simulate(&weather).unwrap().ac_kwh);
    for delta_t in [f64::NAN, f64::INFINITY, 1e18] {
        assert!(SunTable::with_delta_t(Arc::clone(weather.axis()), delta_t).is_err());
    }
}

/// Months as many as records are walked once, not once for each block.
#[test]
fn an_axis_of_many_months_is_as_good_as_any() {
    let starts: Vec<i64> = (0..4000).map(|i| if i % 2 == 0 { 1_735_700_400 } else { 1_738_378_800 } + 60 * i).collect();
    let axis = Arc::new(TimeAxis::new(&starts, 60, 28_800, SunAt::default()).unwrap());
    let station = climate::station("Zhangqiu").unwrap();
    let n = axis.len();
    let columns = Columns {
        ghi: vec![500.0; n],
        dni: vec![400.0; n],
        dhi: vec![200.0; n],
        temp_air: vec![10.0; n],
        wind_speed: vec![2.0; n],
        ..Columns::default()
    };
    let weather = Weather::new(station.site, Arc::clone(&axis), columns, "flickering").unwrap();
    let table = SunTable::new(Arc::clone(&axis));
    let plant = Plant::jidong().unwrap();
    let (whole, streamed) = (plant.simulate(&weather).unwrap(), plant.simulate_with(&weather, &table).unwrap());
    assert!(axis.months().len() > 2000 && whole.ac_kwh > 0.0);
    assert_eq!(whole.ac_kwh.to_bits(), streamed.ac_kwh.to_bits());
}
