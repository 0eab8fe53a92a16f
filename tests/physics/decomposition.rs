//! GHI taken apart, and clear skies after Ineichen and Perez.

use rooftop_pv::plane::{GtiColumns, GtiDirint, Plane};
use rooftop_pv::sky::{self, BolandCoefficients, Decomposed, Decomposition, DecompositionColumns};

use crate::common::Fixture;
use crate::held::{Model, Proofs, Within, closed, iterated};

type Decompose = fn(f64, f64, f64) -> Decomposed;

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    erbs(&mut proofs);
    others(&mut proofs);
    dirint(&mut proofs);
    gti(&mut proofs);
    completed(&mut proofs);
    limits(&mut proofs);
    months(&mut proofs);
    ineichen(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn erbs(proofs: &mut Proofs) {
    let f = Fixture::read("erbs.csv");
    let at = |i: usize| sky::erbs(f.get("ghi")[i], f.get("zenith")[i], sky::extra_radiation_spencer(f.get("doy")[i]));
    let model = Model {
        name: "sky::erbs",
        reference: "irradiance.erbs",
        paper: "Erbs, Klein & Duffie 1982, 10.1016/0038-092X(82)90302-4",
    };
    proofs.held(model, &f, "dni", closed(1e-3), |i| at(i).dni);
    proofs.held(model, &f, "dhi", closed(1e-3), |i| at(i).dhi);
    proofs.held(model, &f, "kt", closed(1e-6), |i| at(i).kt);
}

fn others(proofs: &mut Proofs) {
    let f = Fixture::read("decomposition.csv");
    let row = |i: usize| (f.get("ghi")[i], f.get("zenith")[i], sky::extra_radiation_spencer(f.get("doy")[i]));
    let boland_paper = "Boland, Scott & Luther 2001, 10.1002/1099-095X(200103)12:2<103::AID-ENV447>3.0.CO;2-2";
    let models: [(&str, &'static str, &'static str, &'static str, Decompose); 5] = [
        (
            "erbs_driesse",
            "sky::erbs_driesse",
            "irradiance.erbs_driesse",
            "Driesse et al. 2024, 10.1016/j.solener.2023.112093",
            sky::erbs_driesse,
        ),
        (
            "orgill_hollands",
            "sky::orgill_hollands",
            "irradiance.orgill_hollands",
            "Orgill & Hollands 1977, 10.1016/0038-092X(77)90006-8",
            sky::orgill_hollands,
        ),
        ("boland", "sky::boland (quarter hours)", "irradiance.boland", boland_paper, |ghi, zenith, extra| {
            sky::boland(ghi, zenith, extra, &BolandCoefficients::QUARTER_HOUR)
        }),
        (
            "boland_hour",
            "sky::boland (hours)",
            "irradiance.boland(a_coeff=7.997, b_coeff=0.586)",
            boland_paper,
            |ghi, zenith, extra| sky::boland(ghi, zenith, extra, &BolandCoefficients::HOUR),
        ),
        ("louche", "sky::louche", "irradiance.louche", "Louche et al. 1991, 10.1016/0038-092X(91)90072-5", sky::louche),
    ];
    for (column, name, reference, paper, decompose) in models {
        let at = |i: usize| {
            let (ghi, zenith, extra) = row(i);
            decompose(ghi, zenith, extra)
        };
        let model = Model { name, reference, paper };
        proofs.held(model, &f, &format!("{column}_dni"), closed(1.0), |i| at(i).dni);
        proofs.held(model, &f, &format!("{column}_dhi"), closed(1.0), |i| at(i).dhi);
    }
    let model = Model { name: "sky::disc", reference: "irradiance.disc", paper: "Maxwell 1987, SERI/TR-215-3087" };
    proofs.held(model, &f, "disc_dni", closed(1.0), |i| {
        let (ghi, zenith, extra) = row(i);
        sky::disc(ghi, zenith, extra * 1370.0 / sky::SOLAR_CONSTANT, sky::kasten_1966(zenith)).dni
    });
}

fn ineichen(proofs: &mut Proofs) {
    let f = Fixture::read("ineichen.csv");
    let column = |name: &str, i: usize| f.get(name)[i];
    let at = |i: usize| {
        let (zenith, airmass) = (column("apparent_zenith", i), column("airmass_absolute", i));
        let (turbidity, altitude) = (column("linke_turbidity", i), column("altitude", i));
        sky::ineichen(zenith, airmass, turbidity, altitude, column("dni_extra", i))
    };
    let model = Model {
        name: "sky::ineichen",
        reference: "clearsky.ineichen",
        paper: "Ineichen & Perez 2002, 10.1016/S0038-092X(02)00045-2",
    };
    proofs.held(model, &f, "ghi", closed(1e-3), |i| at(i).ghi);
    proofs.held(model, &f, "dni", closed(1e-3), |i| at(i).dni);
    // DHI is the difference of the two and keeps their absolute error.
    proofs.held(model, &f, "dhi", Within { relative: 1e-9, floor: 100.0 }, |i| at(i).dhi);
}

fn dirint(proofs: &mut Proofs) {
    let f = Fixture::read("dirint.csv");
    let extra: Vec<f64> = f.get("doy").iter().map(|doy| sky::extra_radiation_spencer(*doy)).collect();
    let plain = columns(&f, &extra);
    let water = DecompositionColumns { temp_dew: Some(f.get("dew")), ..plain };
    let model = Model {
        name: "sky::dirint",
        reference: "irradiance.dirint",
        paper: "Perez et al. 1992, ASHRAE Trans. 98, 354",
    };
    for (column, columns, delta) in
        [("plain", plain, false), ("delta", plain, true), ("water", water, false), ("both", water, true)]
    {
        let got = sky::dirint(&columns, delta).unwrap();
        proofs.held(model, &f, column, closed(1.0), |i| got[i]);
    }
    let model = Model {
        name: "sky::dirindex",
        reference: "irradiance.dirindex",
        paper: "Perez et al. 2002, 10.1016/S0038-092X(02)00122-6",
    };
    let got = sky::dirindex(&water, f.get("ghi_clear"), f.get("dni_clear"), true).unwrap();
    proofs.held(model, &f, "dirindex", closed(1.0), |i| got[i]);
}

fn columns<'a>(f: &'a Fixture, dni_extra: &'a [f64]) -> DecompositionColumns<'a> {
    DecompositionColumns {
        ghi: f.get("ghi"),
        zenith: f.get("zenith"),
        dni_extra,
        pressure: f.get("pressure"),
        temp_dew: None,
        follows: None,
        clear: None,
    }
}

/// A gap in time parts a series as if there were two.
#[test]
fn dirint_knows_its_neighbours() {
    let f = Fixture::read("dirint.csv");
    let extra: Vec<f64> = f.get("doy").iter().map(|doy| sky::extra_radiation_spencer(*doy)).collect();
    let all = columns(&f, &extra);
    let mut follows = vec![true; f.rows];
    follows[1000] = false;
    let parted = sky::dirint(&DecompositionColumns { follows: Some(&follows), ..all }, true).unwrap();
    let mut halves = Vec::new();
    for r in [0..1000, 1000..f.rows] {
        let half = DecompositionColumns {
            ghi: &all.ghi[r.clone()],
            zenith: &all.zenith[r.clone()],
            dni_extra: &extra[r.clone()],
            pressure: &all.pressure[r],
            ..all
        };
        halves.extend(sky::dirint(&half, true).unwrap());
    }
    assert!(parted.iter().zip(&halves).all(|(a, b)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())));
    let short = DecompositionColumns { pressure: &all.pressure[1..], ..all };
    assert!(sky::dirint(&short, true).is_err() && Decomposition::Dirint.split(&short).is_err());
}

/// Blocks of records against the scalar functions one by one: the same bits, gaps and the blocks' edges included.
#[test]
fn dirint_is_its_scalar_functions() {
    let f = Fixture::read("dirint.csv");
    let extra: Vec<f64> = f.get("doy").iter().map(|doy| sky::extra_radiation_spencer(*doy)).collect();
    let gaps: Vec<bool> = (0..f.rows).map(|i| i % 7 != 0).collect();
    let (zenith, dew) = (f.get("zenith"), f.get("dew"));
    for (temp_dew, follows, use_delta) in [
        (None, None, false),
        (Some(dew), None, true),
        (None, Some(&gaps[..]), true),
        (Some(dew), Some(&gaps[..]), true),
    ] {
        let columns = DecompositionColumns { temp_dew, follows, ..columns(&f, &extra) };
        let records: Vec<(f64, f64)> = (0..f.rows)
            .map(|i| {
                let airmass = sky::absolute_airmass(sky::kasten_1966(zenith[i]), columns.pressure[i]);
                let airmass = if airmass > 12.0 { 12.0 } else { airmass };
                let parts = sky::disc(columns.ghi[i], zenith[i], extra[i] * (1370.0 / sky::SOLAR_CONSTANT), airmass);
                (parts.dni, sky::clearness_zenith_independent(parts.kt, airmass, 1.0))
            })
            .collect();
        let got = sky::dirint(&columns, use_delta).unwrap();
        for (i, (disc, kt_prime)) in records.iter().enumerate() {
            let joined = |later: usize| follows.is_none_or(|follows| follows.get(later) == Some(&true));
            let neighbour = |there: Option<usize>, later: usize| {
                there.filter(|_| joined(later)).and_then(|there| records.get(there)).map_or(f64::NAN, |record| record.1)
            };
            let (before, after) = (neighbour(i.checked_sub(1), i), neighbour(Some(i + 1), i + 1));
            let delta = use_delta.then(|| sky::clearness_change(before, *kt_prime, after).unwrap_or(f64::NAN));
            let water = temp_dew.map(|dew| sky::dew_point_water(dew[i]));
            let want = disc * sky::dirint_coefficient(*kt_prime, zenith[i], delta, water);
            assert!(got[i].to_bits() == want.to_bits() || (got[i].is_nan() && want.is_nan()), "{i}: {} {want}", got[i]);
        }
    }
}

#[test]
fn splits_close_and_stay_in_bounds() {
    let f = Fixture::read("dirint.csv");
    let extra: Vec<f64> = f.get("doy").iter().map(|doy| sky::extra_radiation_spencer(*doy)).collect();
    let given = DecompositionColumns { temp_dew: Some(f.get("dew")), ..columns(&f, &extra) };
    for model in [
        Decomposition::Erbs,
        Decomposition::ErbsDriesse,
        Decomposition::OrgillHollands,
        Decomposition::Boland,
        Decomposition::BolandQuarterHour,
        Decomposition::Louche,
        Decomposition::Disc,
        Decomposition::Dirint,
    ] {
        let (dni, dhi) = model.split(&given).unwrap();
        let mut beam = 0;
        for i in 0..f.rows {
            let (ghi, zenith) = (given.ghi[i], given.zenith[i]);
            let with_pressure = matches!(model, Decomposition::Disc | Decomposition::Dirint);
            if ghi.is_nan() || zenith.is_nan() {
                assert!(dni[i].is_nan() && dhi[i].is_nan(), "{model:?} {i}");
                continue;
            }
            let cos_z = zenith.to_radians().cos();
            if with_pressure && given.pressure[i].is_nan() && cos_z > 0.05 {
                assert!(dni[i].is_nan() && dhi[i].is_nan(), "{model:?} {i}");
                continue;
            }
            let ghi = ghi.max(0.0);
            assert!((dhi[i] + dni[i] * cos_z - ghi).abs() < 1e-9, "{model:?} {i}: {} {}", dni[i], dhi[i]);
            assert!(dni[i] >= 0.0 && dni[i] <= extra[i] && dhi[i] >= 0.0, "{model:?} {i}");
            assert!(dni[i] == 0.0 || cos_z >= 0.05, "{model:?} {i}");
            beam += usize::from(dni[i] > 10.0);
        }
        assert!(beam > 1000, "{model:?}: {beam}");
    }
}

fn gti(proofs: &mut Proofs) {
    let f = Fixture::read("gti_dirint.csv");
    let extra: Vec<f64> = f.get("doy").iter().map(|doy| sky::extra_radiation_spencer(*doy)).collect();
    #[expect(clippy::cast_possible_truncation, reason = "days of a year")]
    let day: Vec<i64> = f.get("doy").iter().map(|doy| *doy as i64).collect();
    let plain = GtiColumns {
        poa_global: f.get("poa"),
        solar_zenith: f.get("zenith"),
        solar_azimuth: f.get("azimuth"),
        dni_extra: &extra,
        pressure: f.get("pressure"),
        day: &day,
        temp_dew: None,
        follows: None,
    };
    let model = Model {
        name: "plane::GtiDirint",
        reference: "irradiance.gti_dirint",
        paper: "Marion 2015, 10.1016/j.solener.2015.10.024",
    };
    for (column, columns, use_delta_kt_prime) in
        [("plain", plain, false), ("both", GtiColumns { temp_dew: Some(f.get("dew")), ..plain }, true)]
    {
        let search = GtiDirint { use_delta_kt_prime, albedo: 0.2, ..GtiDirint::default() };
        let got = search.split(&Plane::new(60.0, 150.0), &columns).unwrap();
        println!("{} records unsettled", got.unsettled);
        for (part, values) in [("ghi", &got.ghi), ("dni", &got.dni), ("dhi", &got.dhi)] {
            proofs.held(model, &f, &format!("{column}_{part}"), iterated(1.0), |i| values[i]);
        }
        let short = GtiColumns { day: &day[1..], ..columns };
        assert!(search.split(&Plane::new(60.0, 150.0), &short).is_err());
    }
}

const CLOSURE: &str = "GHI = DHI + DNI cos z";

fn completed(proofs: &mut Proofs) {
    let f = Fixture::read("completed.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let model = |name| Model { name, reference: "irradiance.complete_irradiance", paper: CLOSURE };
    proofs.held(model("sky::ghi_from"), &f, "ghi_of", closed(1.0), |i| {
        sky::ghi_from(at("dni", i), at("dhi", i), at("zenith", i))
    });
    proofs.held(model("sky::dhi_from"), &f, "dhi_of", closed(1.0), |i| {
        sky::dhi_from(at("ghi", i), at("dni", i), at("zenith", i))
    });
    let dni = |i: usize, clear: f64| sky::dni_from(at("ghi", i), at("dhi", i), at("zenith", i), clear);
    proofs.held(model("sky::dni_from"), &f, "dni_of", closed(1.0), |i| dni(i, f64::INFINITY));
    proofs.held(model("sky::dni_from"), &f, "dni_of_clear", closed(1.0), |i| dni(i, at("clear", i)));
}

fn limits(proofs: &mut Proofs) {
    let f = Fixture::read("limits.csv");
    let at = |i: usize| sky::possible_limits(f.get("zenith")[i], f.get("extra")[i]);
    let model = Model {
        name: "sky::possible_limits",
        reference: "pvanalytics 0.2.2, _qcrad_ub",
        paper: "Long & Shi 2008, 10.2174/1874282300802010023",
    };
    for (k, column) in ["ghi_most", "dni_most", "dhi_most"].into_iter().enumerate() {
        proofs.held(model, &f, column, closed(1.0), |i| at(i)[k]);
    }
}

fn months(proofs: &mut Proofs) {
    const RABL: &str = "Collares-Pereira & Rabl 1979, 10.1016/0038-092X(79)90100-2";
    let f = Fixture::read("limits.csv");
    let (kt, sunset) = (f.get("kt"), f.get("sunset"));
    let model = |name, paper| Model { name, reference: "its formula", paper };
    let klein = model("sky::liu_jordan_monthly", "Liu & Jordan 1960, 10.1016/0038-092X(60)90062-1");
    proofs.held(klein, &f, "klein", closed(1.0), |i| sky::liu_jordan_monthly(kt[i]));
    proofs.held(model("sky::page_monthly", "Page 1961"), &f, "page", closed(1.0), |i| sky::page_monthly(kt[i]));
    let rabl = model("sky::collares_pereira_rabl_daily", RABL);
    proofs.held(rabl, &f, "cpr_daily", closed(1.0), |i| sky::collares_pereira_rabl_daily(kt[i]));
    let erbs = model("sky::erbs_monthly", "Erbs et al. 1982, 10.1016/0038-092X(82)90302-4");
    proofs.held(erbs, &f, "erbs", closed(1.0), |i| sky::erbs_monthly(kt[i], sunset[i]));
}

/// `r_d` adds up to the day by its formula, `r_t` as nearly as its fit does; both are even about noon and nothing at night.
#[test]
fn hours_add_up_to_the_day() {
    for sunset in [60.0, 75.0, 90.0, 105.0, 120.0] {
        let mean = |ratio: fn(f64, f64) -> f64| {
            let n = 20_000;
            let step = 2.0 * sunset / f64::from(n);
            (0..n).map(|k| ratio(-sunset + (f64::from(k) + 0.5) * step, sunset) * step / 15.0).sum::<f64>()
        };
        assert!((mean(sky::hourly_diffuse_ratio) - 1.0).abs() < 1e-7, "{sunset}");
        let global = mean(sky::hourly_global_ratio);
        assert!((global - 1.0).abs() < 0.01, "{sunset}: {global}");
        for ratio in [sky::hourly_diffuse_ratio, sky::hourly_global_ratio] {
            assert!((ratio(20.0, sunset) - ratio(-20.0, sunset)).abs() < 1e-15 && ratio(sunset + 1.0, sunset) == 0.0);
            assert!(ratio(f64::NAN, sunset).is_nan() && ratio(0.0, f64::NAN).is_nan() && ratio(0.0, 0.0).is_nan());
        }
    }
    // At the equinox the month's formula of 1979 in degrees, with its coefficients as they are printed there.
    let degrees = 0.775 - 0.505 * (115.0_f64 * 0.5 - 103.0).to_radians().cos();
    assert!((sky::collares_pereira_rabl_monthly(0.5, 90.0) - degrees).abs() < 0.005);
    assert!(sky::collares_pereira_rabl_monthly(f64::NAN, 90.0).is_nan());
}

/// Whatever three numbers come in, three come out that are possible and close, or stay as they were.
#[test]
fn limited_components_close() {
    let f = Fixture::read("limits.csv");
    let (mut repaired, mut kept) = (0, 0);
    for i in 0..f.rows {
        let (zenith, extra) = (f.get("zenith")[i], f.get("extra")[i]);
        if zenith.is_nan() || extra.is_nan() {
            continue;
        }
        let part = |k: usize| ((i * k) % 97) as f64 / 97.0;
        let (ghi, dni, dhi) = (1800.0 * part(13) - 50.0, 1600.0 * part(29) - 50.0, 1000.0 * part(7) - 20.0);
        let cos_z = zenith.to_radians().cos().max(0.0);
        let got = sky::limit_components(ghi, dni, dhi, zenith, extra, None);
        let [ghi_most, dni_most, dhi_most] = sky::possible_limits(zenith, extra);
        let changed = (got.ghi, got.dni, got.dhi) != (ghi, dni, dhi);
        assert!(!changed || (got.ghi - got.dni * cos_z - got.dhi).abs() < 2e-6, "{i}: {got:?}");
        for (value, most) in [(got.ghi, ghi_most), (got.dni, dni_most), (got.dhi, dhi_most)] {
            assert!((0.0..=most).contains(&value), "{i}: {got:?}");
        }
        for (repair, (from, to)) in got.repairs.iter().zip([(ghi, got.ghi), (dni, got.dni), (dhi, got.dhi)]) {
            // What differs by rounding is no repair.
            assert_eq!(repair.map(|r| (r.from, r.to)), ((from - to).abs() > 1e-6).then_some((from, to)), "{i}");
        }
        // GHI gives way only where neither of the others has room.
        let room = got.dhi < dhi_most - 2e-6 || (got.dni < dni_most - 2e-6 && cos_z > 1e-3);
        assert!(got.ghi >= ghi.clamp(0.0, ghi_most) - 2e-6 || !room, "{i}: {got:?} of {ghi} {dni} {dhi}");
        repaired += usize::from(got.repairs.iter().any(Option::is_some));
        // A second time there is nothing left to do.
        let again = sky::limit_components(got.ghi, got.dni, got.dhi, zenith, extra, None);
        kept += usize::from(again.repairs == [None; 3]);
    }
    assert!(repaired > 1000 && kept > 1990, "{repaired} {kept}");
    // Whole columns against single records: the same bits, repairs summed in the same order.
    let part = |scale: f64, k: usize| -> Vec<f64> {
        (0..f.rows).map(|i| scale * ((i * k) % 97) as f64 / 97.0 - 30.0).collect()
    };
    let clears: Vec<sky::ClearSky> =
        part(900.0, 31).iter().map(|dni| sky::ClearSky { ghi: 0.0, dni: *dni, dhi: 0.0 }).collect();
    for clear in [None, Some(&clears[..])] {
        let (mut ghi, mut dni, mut dhi) = (part(1800.0, 13), part(1600.0, 29), part(1000.0, 7));
        (ghi[5], dni[6], dhi[300]) = (f64::NAN, f64::NAN, f64::NAN);
        let (mut want, mut given) = (Vec::new(), 0.0);
        for i in 0..f.rows {
            let (zenith, extra) = (f.get("zenith")[i], f.get("extra")[i]);
            let one = sky::limit_components(ghi[i], dni[i], dhi[i], zenith, extra, clear.map(|clear| &clear[i]));
            given += one.repairs[1].map_or(0.0, |repair| (repair.to - repair.from).max(0.0) * 0.5);
            want.push([one.ghi, one.dni, one.dhi].map(f64::to_bits));
        }
        let columns = sky::LimitColumns { zenith: f.get("zenith"), dni_extra: f.get("extra"), clear, step_h: 0.5 };
        let report = sky::limit_columns(&mut ghi, &mut dni, &mut dhi, &columns).unwrap();
        let got: Vec<[u64; 3]> = (0..f.rows).map(|i| [ghi[i], dni[i], dhi[i]].map(f64::to_bits)).collect();
        assert!(got == want && report.dni.given_wh_m2.to_bits() == given.to_bits() && given > 0.0);
    }
    let clear = sky::ClearSky { ghi: 800.0, dni: 700.0, dhi: 100.0 };
    let got = sky::limit_components(900.0, 1000.0, 400.0, 60.0, 1366.0, Some(&clear));
    assert!((got.dni - 770.0).abs() < 1e-9 && got.ghi == 900.0 && (got.dhi - 515.0).abs() < 1e-9);
    let nan = sky::limit_components(f64::NAN, 5000.0, -3.0, 30.0, 1366.0, None);
    assert!(nan.ghi.is_nan() && nan.dni == 1366.0 && nan.dhi == 0.0 && nan.repairs[0].is_none());

    let (mut ghi, mut dni, mut dhi) = ([500.0, -2.0, 3000.0], [400.0, 0.0, 1000.0], [300.0, 0.0, 200.0]);
    let columns = sky::LimitColumns { zenith: &[60.0, 95.0, 0.0], dni_extra: &[1366.0; 3], clear: None, step_h: 0.5 };
    let report = sky::limit_columns(&mut ghi, &mut dni, &mut dhi, &columns).unwrap();
    // 3000 is above 1.5 E₀ + 100 = 2149; less DNI of 1000 that leaves 1149 for DHI, not above 0.95 E₀ + 50 = 1347.7.
    assert_eq!((report.ghi.count, report.dni.count, report.dhi.count), (2, 0, 1));
    assert!((report.ghi.taken_wh_m2 - 425.5).abs() < 1e-9 && (report.ghi.given_wh_m2 - 1.0).abs() < 1e-12);
    assert!((report.dhi.given_wh_m2 - 474.5).abs() < 1e-9);
    assert!(sky::limit_columns(&mut ghi[1..], &mut dni, &mut dhi, &columns).is_err());
}
