//! The sun against NREL's SPA as pvlib computes it, and the fast track against SPA.

mod common;

use std::sync::Arc;

use common::Fixture;
use rooftop_pv::sun::{Air, SunDay, SunTable, SunTrack, delta_t, spa, sun_day};
use rooftop_pv::time::Values;
use rooftop_pv::{Site, SunAt, TimeAxis};

/// Smallest difference of two angles, degrees.
fn apart(a: f64, b: f64) -> f64 {
    let d = (a - b).abs() % 360.0;
    d.min(360.0 - d)
}

#[test]
fn spa_agrees_with_pvlib_at_2000_places_and_instants() {
    let f = Fixture::read("spa.csv");
    assert_eq!(f.rows, 2000);
    let (mut zenith, mut apparent, mut azimuth, mut equation) = (0f64, 0f64, 0f64, 0f64);
    for i in 0..f.rows {
        let site = Site::new(f.get("latitude")[i], f.get("longitude")[i], f.get("elevation_m")[i], 0.0).unwrap();
        let air = Air { pressure: f.get("pressure_pa")[i], temp_air: f.get("temp_air")[i] };
        let got = spa(f.get("unix_time")[i], &site, &air, f.get("delta_t")[i]);
        zenith = zenith.max((got.zenith - f.get("zenith")[i]).abs());
        apparent = apparent.max((got.apparent_zenith - f.get("apparent_zenith")[i]).abs());
        // In the zenith and at the poles the azimuth is a small difference: weigh it with the arc it means.
        let arc = apart(got.azimuth, f.get("azimuth")[i]) * got.zenith.to_radians().sin();
        azimuth = azimuth.max(arc);
        equation = equation.max((got.equation_of_time - f.get("equation_of_time")[i]).abs());
    }
    println!(
        "zenith {zenith:.1e}, apparent {apparent:.1e}, azimuth {azimuth:.1e} degrees, equation of time {equation:.1e} min"
    );
    assert!(zenith < 1e-6 && apparent < 1e-6 && azimuth < 1e-6, "{zenith} {apparent} {azimuth}");
    assert!(equation < 1e-5, "{equation}");
}

#[test]
fn track_agrees_with_spa_from_1950_to_2050() {
    let mut worst = 0f64;
    for (k, year) in (1950..=2050).step_by(4).enumerate() {
        let k = k as f64;
        let site = Site::new(-88.0 + 7.0 * k, -180.0 + 14.0 * k, 100.0 * k, 5.5).unwrap();
        let axis = TimeAxis::hourly_year(year, site.utc_offset_s()).unwrap().with_sun_at(SunAt::Middle).unwrap();
        let table = Arc::new(SunTable::new(axis));
        let air = Air { pressure: site.pressure(), temp_air: 12.0 };
        let track =
            SunTrack::new(&table, &site, Values::Constant(air.pressure), Values::Constant(air.temp_air)).unwrap();
        let azimuths = track.solar_azimuth();
        for run in track.runs() {
            for (i, record) in run.records.clone().enumerate().step_by(5) {
                let instant = table.axis().start(record) as f64 + 1800.0;
                let decimal_year = 2000.0 + (instant - 946_728_000.0) / 86400.0 / 365.25;
                let want = spa(instant, &site, &air, delta_t(decimal_year));
                let got = track.solar_zenith()[run.first + i];
                worst = worst.max((got - want.apparent_zenith).abs());
                let arc = apart(azimuths[run.first + i], want.azimuth) * want.zenith.to_radians().sin();
                worst = worst.max(arc);
            }
        }
    }
    println!("largest difference {worst:.1e} degrees");
    assert!(worst < 1e-6, "{worst}");
}

#[test]
fn long_records_have_daylight_wherever_noon_lies_in_them() {
    // Days that begin at any hour of the local clock; at the sixth and eighteenth the sun of winter is down at
    // their beginning, middle and end.
    for latitude in [36.68, -36.68, 60.0] {
        for hour in 0..24 {
            let start: Vec<i64> = (0..365).map(|day| 1_672_531_200 + 3600 * hour + 86_400 * day).collect();
            let site = Site::new(latitude, 117.0, 0.0, 0.0).unwrap();
            for sun_at in [SunAt::Sunlit, SunAt::Middle] {
                let axis = TimeAxis::new(start.clone(), 86_400, 0, sun_at).unwrap();
                let table = Arc::new(SunTable::new(axis));
                let track = SunTrack::new(&table, &site, Values::Constant(101_325.0), Values::Constant(12.0)).unwrap();
                assert_eq!(track.len(), 365, "{latitude}, from {hour}:00 UTC, {sun_at:?}");
                let lowest = track.solar_zenith().iter().fold(0.0, |a: f64, &b| a.max(b));
                assert!(sun_at == SunAt::Middle || lowest < 90.0, "{latitude}, from {hour}:00 UTC: {lowest}");
            }
        }
    }
}

#[test]
fn records_of_sunrise_and_sunset_take_the_middle_of_their_sunlit_part() {
    for (latitude, longitude) in
        [(36.68, 117.53), (-33.9, 18.4), (65.0, 25.0), (0.0, -180.0), (69.0, 20.0), (-80.0, 170.0)]
    {
        let site = Site::new(latitude, longitude, 0.0, 0.0).unwrap();
        let axis = TimeAxis::hourly_year(2023, 0).unwrap();
        let table = Arc::new(SunTable::new(axis));
        let air = Air { pressure: 101_325.0, temp_air: 12.0 };
        let track = SunTrack::new(&table, &site, Values::Constant(101_325.0), Values::Constant(12.0)).unwrap();
        let axis = table.axis();
        let up = |t: f64| spa(t, &site, &air, delta_t(2023.5)).zenith < 90.8333 - 0.0013;
        let mut listed = track.expand(track.solar_zenith(), f64::NAN);
        for (record, got) in listed.iter_mut().enumerate().step_by(7) {
            let start = axis.start(record) as f64;
            let lit: Vec<f64> = (0..240).map(|k| start + 7.5 + 15.0 * f64::from(k)).filter(|&t| up(t)).collect();
            if lit.is_empty() || lit.len() == 240 {
                // Less than one step of the samples may be lit unseen.
                let unseen = lit.is_empty() && (up(start) || up(start + 3600.0) || *got > 90.0);
                assert!(got.is_nan() == lit.is_empty() || unseen, "{latitude} {}: {got}", axis.iso(record));
                continue;
            }
            let contiguous = lit.last().unwrap() - lit[0] < 15.0 * lit.len() as f64;
            if contiguous && lit.len() > 8 {
                let middle = 0.5 * (lit[0] + lit.last().unwrap());
                let want = spa(middle, &site, &air, delta_t(2023.5)).apparent_zenith;
                assert!((*got - want).abs() < 0.06, "{latitude} {}: {got} against {want}", axis.iso(record));
            }
        }
    }
}

#[test]
fn polar_night_has_no_daylight_and_polar_day_no_dark() {
    let site = Site::new(80.0, 15.0, 0.0, 1.0).unwrap();
    let table = Arc::new(SunTable::new(TimeAxis::hourly_year(2024, 3600).unwrap()));
    assert_eq!(table.axis().len(), 8784);
    let track = SunTrack::new(&table, &site, Values::Constant(101_325.0), Values::Constant(-10.0)).unwrap();
    let light = track.expand(track.cos_zenith(), f64::NAN);
    let january = &light[..31 * 24];
    let june = &light[(31 + 29 + 31 + 30 + 31) * 24..][..30 * 24];
    assert!(january.iter().all(|c| c.is_nan()) && june.iter().all(|c| !c.is_nan()));
    let midnight = |day: f64| 1_704_067_200.0 - 3600.0 + day * 86400.0;
    assert!(matches!(sun_day(midnight(10.0), &site, 69.0), SunDay::PolarNight { .. }));
    assert!(matches!(sun_day(midnight(170.0), &site, 69.0), SunDay::PolarDay { .. }));
}

#[test]
fn sunrise_transit_sunset_agree_with_pvlib() {
    let f = Fixture::read("sun_rise_set.csv");
    let mut compared = 0;
    for i in 0..f.rows {
        let site = Site::new(f.get("latitude")[i], f.get("longitude")[i], 0.0, 0.0).unwrap();
        let day = f.get("day")[i];
        let (rise, transit, set) = (f.get("sunrise")[i], f.get("transit")[i], f.get("sunset")[i]);
        match sun_day(day, &site, 67.0) {
            SunDay::Ordinary { sunrise, transit: t, sunset } => {
                assert!((t - transit).abs() < 1e-2, "row {i}: transit {t} {transit}");
                // Where pvlib moves an event by a whole day it means that of the other day.
                for (got, want, from, to) in [(sunrise, rise, t - 43200.0, t), (sunset, set, t, t + 43200.0)] {
                    if want >= day && want < day + 86400.0 {
                        // Its one step may lead past the transit or half a day where the sun grazes the horizon.
                        let want = want.clamp(from, to);
                        assert!((got - want).abs() < 1e-2, "row {i}: {got} {want}");
                        compared += 1;
                    }
                }
            }
            SunDay::PolarDay { transit: t } | SunDay::PolarNight { transit: t } => {
                assert!(rise.is_nan() && set.is_nan(), "row {i}");
                assert!((t - transit).abs() < 1e-2, "row {i}");
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn sunrise_and_sunset_stay_around_the_transit_where_the_sun_grazes_the_horizon() {
    for latitude in 600..900 {
        let site = Site::new(0.1 * f64::from(latitude), 25.0, 0.0, 0.0).unwrap();
        for day in 0..366 {
            let midnight = 1_704_067_200.0 + 86400.0 * f64::from(day);
            if let SunDay::Ordinary { sunrise, transit, sunset } = sun_day(midnight, &site, 69.0) {
                let (morning, evening) = ((transit - sunrise) / 3600.0, (sunset - transit) / 3600.0);
                let half = 0.0..=12.0;
                assert!(half.contains(&morning) && half.contains(&evening), "{site:?} {day}: {morning} {evening}");
            }
        }
    }
}

#[test]
fn a_shifted_clock_changes_nothing() {
    let air = Values::Constant(101_325.0);
    let base = Site::new(36.68, 117.53, 80.0, 8.0).unwrap();
    let moved = Site { utc_offset_h: 5.5, ..base };
    let axis = TimeAxis::hourly_year(2023, base.utc_offset_s()).unwrap();
    let same_instants =
        TimeAxis::new(axis.starts().collect::<Vec<_>>(), 3600, moved.utc_offset_s(), SunAt::Sunlit).unwrap();
    let a = SunTrack::new(&Arc::new(SunTable::new(axis)), &base, air, Values::Constant(12.0)).unwrap();
    let b = SunTrack::new(&Arc::new(SunTable::new(same_instants)), &moved, air, Values::Constant(12.0)).unwrap();
    assert_eq!(a.solar_zenith(), b.solar_zenith());
}
