//! The synthetic year against the climate table that it is made from, at every station.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers of fixtures")]

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use rooftop_pv::sun::{SunTable, SunTrack};
use rooftop_pv::time::Values;
use rooftop_pv::weather::climate::{self, Station};
use rooftop_pv::{Site, Weather, sky};

/// Mean of a column over each month.
fn monthly(weather: &Weather, column: &[f64]) -> [f64; 12] {
    let mut means = [0.0; 12];
    for (mean, run) in means.iter_mut().zip(weather.axis().months()) {
        *mean = column[run.records.clone()].iter().sum::<f64>() / run.records.len() as f64;
    }
    means
}

/// Mean over each month of the daily extreme that `pick` keeps.
fn daily_extreme(weather: &Weather, pick: fn(f64, f64) -> f64) -> [f64; 12] {
    let days: Vec<f64> =
        weather.columns().temp_air.chunks(24).map(|day| day.iter().copied().reduce(pick).unwrap()).collect();
    let mut means = [0.0; 12];
    for (mean, run) in means.iter_mut().zip(weather.axis().months()) {
        let days = &days[run.records.start / 24..run.records.end / 24];
        *mean = days.iter().sum::<f64>() / days.len() as f64;
    }
    means
}

/// Worst absolute difference of the pairs.
fn worst(found: &[f64; 12], wanted: &[f64; 12], relative: bool) -> f64 {
    found.iter().zip(wanted).map(|(f, w)| (f - w).abs() / if relative { w.abs() } else { 1.0 }).fold(0.0, f64::max)
}

/// Daily extraterrestrial irradiation on the horizontal, Wh/m2: Spencer's series in closed form, 1361.1 W/m2, as the
/// table's clearness indices were computed.
fn extraterrestrial(latitude: f64, day_of_year: usize) -> f64 {
    let b = TAU * (day_of_year as f64 - 1.0) / 365.0;
    let declination = 0.006918 - 0.399912 * b.cos() + 0.070257 * b.sin() - 0.006758 * (2.0 * b).cos()
        + 0.000907 * (2.0 * b).sin()
        - 0.002697 * (3.0 * b).cos()
        + 0.00148 * (3.0 * b).sin();
    let distance =
        1.00011 + 0.034221 * b.cos() + 0.00128 * b.sin() + 0.000719 * (2.0 * b).cos() + 0.000077 * (2.0 * b).sin();
    let latitude = latitude.to_radians();
    let sunset = (-latitude.tan() * declination.tan()).acos();
    24.0 / PI
        * 1361.1
        * distance
        * (sunset * latitude.sin() * declination.sin() + latitude.cos() * declination.cos() * sunset.sin())
}

/// Clearness index of every day.
fn clearness(weather: &Weather) -> Vec<f64> {
    let days = weather.columns().ghi.chunks(24).enumerate();
    days.map(|(d, day)| day.iter().sum::<f64>() / extraterrestrial(weather.site().latitude, d + 1)).collect()
}

#[test]
fn every_station_and_month_meets_the_table() {
    let mut seen = [0.0_f64; 5];
    let mut above_all_diffuse = 0;
    for s in climate::stations() {
        let w = Weather::synthetic(s, 2025, 1).unwrap();
        let c = w.columns();
        let per_day = |mean: [f64; 12]| mean.map(|m| m * 24.0 / 1000.0);
        // Diffuse light cannot exceed all light: the table's three rows that say so are cut to 99 %.
        let mut dhi = s.dhi_kwh_m2_day;
        for (d, g) in dhi.iter_mut().zip(s.ghi_kwh_m2_day) {
            above_all_diffuse += u32::from(*d > 0.99 * g);
            *d = d.min(0.99 * g);
        }
        let differences = [
            worst(&per_day(monthly(&w, &c.ghi)), &s.ghi_kwh_m2_day, true),
            worst(&per_day(monthly(&w, &c.dhi)), &dhi, true),
            worst(&monthly(&w, &c.temp_air), &s.tavg, false),
            worst(&daily_extreme(&w, f64::max), &s.tmax, false),
            worst(&daily_extreme(&w, f64::min), &s.tmin, false),
        ];
        for (seen, difference) in seen.iter_mut().zip(differences) {
            *seen = seen.max(difference);
        }
        assert!(differences[0] < 1e-5 && differences[1] < 1e-5, "{} {differences:?}", s.name);
        assert!(differences[2] < 1e-3, "{} {differences:?}", s.name);
    }
    println!(
        "worst monthly difference: GHI {:.1e}, DHI {:.1e}, T {:.3} K, Tmax {:.2} K, Tmin {:.2} K",
        seen[0], seen[1], seen[2], seen[3], seen[4]
    );
    assert_eq!(above_all_diffuse, 3);
    assert!(seen[3] < 1.0 && seen[4] < 1.0, "{seen:?}");
}

#[test]
fn every_hour_is_possible_and_closes() {
    for s in climate::stations().iter().step_by(5) {
        possible(s, 2024, 3);
    }
}

fn possible(s: &Station, year: i32, seed: u64) -> Weather {
    let w = Weather::synthetic(s, year, seed).unwrap();
    let c = w.columns();
    let table = Arc::new(SunTable::new(Arc::clone(w.axis())));
    let pressure = Values::Constant(w.site().pressure());
    let track = SunTrack::new(&table, w.site(), pressure, Values::Series(&c.temp_air)).unwrap();
    let cos_z = track.expand(track.cos_zenith(), 0.0);
    let mut day = 0;
    for i in 0..w.len() {
        if i % 24 == 0 {
            day += 1;
        }
        let (ghi, dni, dhi) = (c.ghi[i], c.dni[i], c.dhi[i]);
        assert!(ghi >= 0.0 && dni >= 0.0 && dhi >= 0.0 && dhi <= ghi, "{} {}", s.name, w.axis().iso(i));
        assert!(dni <= 0.9 * sky::extra_radiation_spencer(f64::from(day)), "{} {dni} {}", s.name, w.axis().iso(i));
        assert!((ghi - dhi - dni * cos_z[i]).abs() <= 1e-12 * ghi.max(1.0), "{} {}", s.name, w.axis().iso(i));
        assert!(cos_z[i] > 0.0 || ghi < 0.5, "{} {ghi} {}", s.name, w.axis().iso(i));
    }
    for (d, kt) in clearness(&w).iter().enumerate() {
        assert!((0.004..0.87).contains(kt), "{} day {d}: {kt}", s.name);
    }
    w
}

#[test]
fn leap_years_polar_nights_and_the_south_work() {
    assert_eq!(Weather::synthetic(climate::station("Sanya").unwrap(), 2024, 1).unwrap().len(), 8784);
    assert!(Weather::synthetic(climate::station("Sanya").unwrap(), 1812, 1).is_err());
    let sanya = climate::station("Sanya").unwrap();
    // A climate of one's own: a dark winter in the far north, and the same months in the south.
    let mut north = sanya.clone();
    north.site = Site::new(69.65, 18.95, 10.0, 1.0).unwrap();
    north.ghi_kwh_m2_day = [0.0, 0.6, 1.9, 3.9, 4.8, 5.1, 4.5, 3.2, 1.8, 0.6, 0.0, 0.0];
    north.dhi_kwh_m2_day = north.ghi_kwh_m2_day.map(|g| 0.55 * g);
    let w = Weather::synthetic(&north, 2025, 1).unwrap();
    let found = monthly(&w, &w.columns().ghi).map(|m| 0.024 * m);
    for (found, wanted) in found.iter().zip(north.ghi_kwh_m2_day) {
        assert!((found - wanted).abs() <= 0.005 * wanted, "{found} {wanted}");
    }
    let mut south = sanya.clone();
    south.site = Site::new(-33.9, 18.6, 40.0, 2.0).unwrap();
    south.ghi_kwh_m2_day = [8.2, 7.3, 5.9, 4.2, 3.0, 2.5, 2.7, 3.5, 4.7, 6.2, 7.6, 8.3];
    south.dhi_kwh_m2_day = [1.9, 1.8, 1.6, 1.3, 1.1, 1.0, 1.0, 1.3, 1.6, 1.9, 2.0, 2.0];
    let w = Weather::synthetic(&south, 2025, 1).unwrap();
    assert!((w.ghi_kwh_m2() / south.ghi_kwh_m2_year() - 1.0).abs() < 1e-4);
}

#[test]
fn clearness_has_the_tables_spread_and_persistence() {
    // 60 years a station: sampling leaves about 3 % of a monthly standard deviation and 0.01 of the correlation.
    let (mut sd_worst, mut lag_worst) = (0.0_f64, 0.0_f64);
    for name in ["Jinan", "Lhasa", "Chongqing", "Guangzhou", "Hails", "Tingri", "Weining", "Harbin"] {
        let s = climate::station(name).unwrap();
        let years = Weather::synthetic_years(s, 2025, 60, 5).unwrap();
        let kts: Vec<Vec<f64>> = years.iter().map(clearness).collect();
        let (mut product, mut square) = (0.0, 0.0);
        for (month, run) in years[0].axis().months().iter().enumerate() {
            let days = run.records.start / 24..run.records.end / 24;
            let mut sum = 0.0;
            let mut count = 0.0;
            for kt in &kts {
                let kt = &kt[days.clone()];
                let mean = kt.iter().sum::<f64>() / kt.len() as f64;
                sum += kt.iter().map(|k| (k - mean) * (k - mean)).sum::<f64>();
                count += kt.len() as f64;
                product += kt.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum::<f64>();
                square += kt[1..].iter().map(|k| (k - mean) * (k - mean)).sum::<f64>();
            }
            let sd = (sum / count).sqrt();
            let off = sd / s.kt_sd[month] - 1.0;
            sd_worst = sd_worst.max(off.abs());
            println!("{name} month {}: sd {sd:.4} table {:.4}", month + 1, s.kt_sd[month]);
        }
        let lag = product / square;
        println!("{name}: lag-1 {lag:.3} table {:.3}", s.kt_lag1);
        lag_worst = lag_worst.max((lag - s.kt_lag1).abs());
    }
    println!("worst: sd {sd_worst:.3}, lag-1 {lag_worst:.3}");
    assert!(sd_worst < 0.06, "{sd_worst}");
    assert!(lag_worst < 0.03, "{lag_worst}");
}

#[test]
fn years_vary_as_the_stations_do() {
    for name in ["Jinan", "Chongqing", "Golmud"] {
        let s = climate::station(name).unwrap();
        let n = 200;
        let years = Weather::synthetic_years(s, 2025, n, 11).unwrap();
        let ghi: Vec<f64> = years.iter().map(Weather::ghi_kwh_m2).collect();
        let mean = ghi.iter().sum::<f64>() / f64::from(n);
        let sd = (ghi.iter().map(|g| (g - mean) * (g - mean)).sum::<f64>() / f64::from(n - 1)).sqrt();
        let sigma_pct = 100.0 * sd / mean;
        println!(
            "{name}: annual sigma {sigma_pct:.2} % table {:.2} %, mean {mean:.0} table {:.0}",
            s.sigma_year_pct,
            s.ghi_kwh_m2_year()
        );
        // Three standard errors of a standard deviation from 200 years (5 % each), and of their mean.
        assert!((sigma_pct / s.sigma_year_pct - 1.0).abs() < 0.15, "{sigma_pct}");
        assert!((mean / s.ghi_kwh_m2_year() - 1.0).abs() < 3.0 * 0.01 * s.sigma_year_pct / f64::from(n).sqrt());
        // Every month goes with its year.
        for w in &years[..5] {
            let factor = w.ghi_kwh_m2() / s.ghi_kwh_m2_year();
            let months = monthly(w, &w.columns().ghi).map(|m| 0.024 * m / factor);
            assert!(worst(&months, &s.ghi_kwh_m2_day, true) < 0.005);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bits() {
    let s = climate::station("54823").unwrap();
    let hash = |w: &Weather| {
        let c = w.columns();
        let columns = [&c.ghi, &c.dni, &c.dhi, &c.temp_air, &c.wind_speed];
        columns
            .into_iter()
            .flatten()
            .flat_map(|value| value.to_bits().to_le_bytes())
            .fold(0xCBF2_9CE4_8422_2325_u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    };
    let few = Weather::synthetic_years(s, 2025, 3, 1).unwrap();
    let many = Weather::synthetic_years(s, 2025, 9, 1).unwrap();
    assert_eq!(few, many[..3]);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(few, one.install(|| Weather::synthetic_years(s, 2025, 3, 1)).unwrap());
    assert_ne!(few[0], Weather::synthetic_years(s, 2025, 1, 2).unwrap()[0]);
    assert_eq!(format!("{:016x}", hash(&Weather::synthetic(s, 2025, 1).unwrap())), "6f6837cd560f0b7d");
}

#[test]
#[ignore = "prints, for a look at the weather and its cost"]
fn show() {
    let s = climate::station("Zhangqiu").unwrap();
    let w = Weather::synthetic(s, 2025, 1).unwrap();
    let c = w.columns();
    for start in [10 * 24, 190 * 24] {
        for i in start..start + 7 * 24 {
            if c.ghi[i] > 0.0 || i % 6 == 0 {
                println!(
                    "{} ghi {:6.1} dni {:6.1} dhi {:6.1} T {:5.1}",
                    w.axis().iso(i),
                    c.ghi[i],
                    c.dni[i],
                    c.dhi[i],
                    c.temp_air[i]
                );
            }
        }
    }
    let dni: f64 = c.dni.iter().sum::<f64>() / 1000.0;
    println!(
        "GHI {:.0} DNI {dni:.0} kWh/m2, max GHI {:.0} DNI {:.0}",
        w.ghi_kwh_m2(),
        c.ghi.iter().copied().fold(0.0, f64::max),
        c.dni.iter().copied().fold(0.0, f64::max)
    );
    let kt = clearness(&w);
    for bin in 0..18 {
        let n = kt.iter().filter(|k| (**k / 0.05) as usize == bin).count();
        println!("kt {:.2} {}", 0.05 * bin as f64, "#".repeat(n));
    }
    let prepared = rooftop_pv::weather::SyntheticClimate::new(s, 2025).unwrap();
    for what in ["all", "prepared"] {
        let start = std::time::Instant::now();
        for seed in 0..50 {
            if what == "all" {
                std::hint::black_box(Weather::synthetic(s, 2025, seed).unwrap());
            } else {
                let options = rooftop_pv::weather::SyntheticOptions { seed, variant: Some(1), ..Default::default() };
                std::hint::black_box(prepared.year(&options).unwrap());
            }
        }
        println!("{what}: {:.2} ms a year", start.elapsed().as_secs_f64() * 20.0);
    }
}
