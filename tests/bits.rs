//! The chain against a plain loop of its scalar functions, which the compiler leaves at the base line: the same bits,
//! on every kind of axis. And fleets: the same bits on any number of threads.
#![allow(clippy::cast_possible_truncation, reason = "sun instants in whole seconds")]

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Datelike};
use rooftop_pv::inverter::pvwatts;
use rooftop_pv::module::{FaimanParameters, Mounting, faiman, pvwatts_dc};
use rooftop_pv::plane::{DiffuseModifiers, Dome, Glass, Plane, ground_diffuse, perez_1990};
use rooftop_pv::simulate::{Job, Summary, fleet};
use rooftop_pv::sky::{extra_radiation_spencer, kasten_young_with_cosine};
use rooftop_pv::sun::{SunTable, SunTrack};
use rooftop_pv::time::Values;
use rooftop_pv::{Columns, Plant, Site, SunAt, TimeAxis, Weather};

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
            dc = pvwatts_dc(effective, temp_cell, 1.0, array.gamma_pdc) * kept;
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
