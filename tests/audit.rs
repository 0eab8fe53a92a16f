//! Published figures against physics and factors: what must be found in each.

use rooftop_pv::audit::{Audit, Claim, Figure, Grade, Interval, Period, Priors, RatioKind, audit, audit_all};
use rooftop_pv::carbon::FactorKind;

fn published() -> Vec<Audit> {
    let claims = Claim::from_csv(include_str!("../examples/claims/stated_yields.csv"), "stated_yields.csv").unwrap();
    assert_eq!(claims.len(), 20);
    audit_all(&claims, &Priors::default()).unwrap()
}

fn of<'a>(audits: &'a [Audit], id: &str) -> &'a Audit {
    audits.iter().find(|audit| audit.evidence.claim.id == id).unwrap()
}

fn value(audit: &Audit, kind: RatioKind) -> f64 {
    audit.evidence.ratio(kind).unwrap().value
}

fn best(audit: &Audit, kind: RatioKind) -> &rooftop_pv::carbon::Convention {
    &audit.evidence.conventions.iter().find(|found| found.ratio.kind == kind).unwrap().fitting[0].convention
}

fn figure(value: f64, half: f64) -> Figure {
    Figure { value, interval: Interval::new(value - half, value + half), words: String::new() }
}

/// A plant in Zhangqiu: kW, kWh a year.
fn in_zhangqiu(capacity_kw: f64, energy_kwh: f64) -> Claim {
    Claim {
        latitude: Some(36.68),
        longitude: Some(117.53),
        capacity_kw: Some(figure(capacity_kw, 0.01 * capacity_kw)),
        energy_kwh: Some(figure(energy_kwh, 0.01 * energy_kwh)),
        energy_period: Period::Year,
        ..Claim::default()
    }
}

fn judged(claim: &Claim) -> Audit {
    audit(claim, &Priors::default()).unwrap()
}

#[test]
fn jidong_counts_coal_of_thermal_supply() {
    let audits = published();
    let jidong = of(&audits, "jidong");
    approx::assert_relative_eq!(value(jidong, RatioKind::SpecificYield), 1176.47, epsilon = 0.01);
    approx::assert_relative_eq!(value(jidong, RatioKind::PowerDensity), 141.67, epsilon = 0.01);
    approx::assert_relative_eq!(value(jidong, RatioKind::CoalOfEnergy), 0.300, epsilon = 1e-12);
    approx::assert_relative_eq!(value(jidong, RatioKind::Co2OfEnergy), 0.800, epsilon = 1e-12);
    let coal = best(jidong, RatioKind::CoalOfEnergy);
    assert!(coal.value == 0.300 && coal.title.contains("thermal power supply"), "{coal:?}");
    let co2 = best(jidong, RatioKind::Co2OfEnergy);
    assert_eq!(co2.factor_kind, Some(FactorKind::ThermalCoal));
    approx::assert_relative_eq!(co2.value, 0.798, epsilon = 1e-12);
    // Shandong's grid average is no reading of it: 60 GWh x 0.6191.
    assert!(jidong.doubts.iter().any(|doubt| doubt.text.contains("37 146 t")), "{jidong}");
    assert_eq!(jidong.verdict.grade, Grade::Consistent);
}

#[test]
fn sinotruk_fits_no_factor_and_needs_a_capacity() {
    let audits = published();
    let sinotruk = of(&audits, "sinotruk");
    approx::assert_relative_eq!(value(sinotruk, RatioKind::Co2OfEnergy), 0.2115, epsilon = 1e-4);
    let found = sinotruk.evidence.conventions.iter().find(|found| found.ratio.kind == RatioKind::Co2OfEnergy).unwrap();
    assert!(found.fitting.is_empty());
    assert_eq!(sinotruk.verdict.grade, Grade::Understated);
    let capacity = sinotruk.evidence.inferred.iter().find(|inferred| inferred.what == "capacity").unwrap().interval;
    // 40 MW at 1300 kWh/kW, 52 MW at 1000: what good and poor roofs there give.
    assert!((39e3..41e3).contains(&capacity.low), "{capacity}");
    assert!(capacity.high > 52e3 && capacity.high < 62e3, "{capacity}");
}

#[test]
fn jizhou_is_read_as_stage_and_as_whole() {
    let audits = published();
    let stage = of(&audits, "jizhou-1");
    let reading = |kw: f64| stage.evidence.readings.iter().find(|reading| reading.capacity_kw.value == kw).unwrap();
    // 12 MW: 13 000 t need the rule of thumb; the grid's average would need 1 856 kWh/kW.
    let own = reading(12e3);
    let under: Vec<f64> = own.possible().map(|need| need.convention.value).collect();
    assert!(under.contains(&0.997) && !under.contains(&0.5836), "{under:?}");
    let average = own.co2_needs.iter().find(|need| need.convention.value == 0.5836).unwrap();
    assert!(average.specific_yield.contains(13e6 / 0.5836 / 12e3) && average.percentile.unwrap().low == 1.0);
    // 30 MW: the grid's average would need 743; with the 30 GWh stated for it the CO2 is 0.433 kg/kWh.
    let whole = reading(30e3);
    assert!(whole.possible().any(|need| need.convention.value == 0.5836));
    let with_energy = whole.with_energy.as_ref().unwrap();
    approx::assert_relative_eq!(with_energy.ratio.value, 0.4333, epsilon = 1e-4);
    assert!(with_energy.fitting.is_empty());
}

#[test]
fn shengquan_is_judged_at_8_and_at_12_megawatts() {
    let audits = published();
    let whole = of(&audits, "shengquan");
    let likely = whole.evidence.likely.as_ref().unwrap();
    let percentile = |kw: f64| {
        let reading = whole.evidence.readings.iter().find(|reading| reading.capacity_kw.value == kw).unwrap();
        let ratio = reading.specific_yield.unwrap();
        (ratio.value, likely.percentile(ratio.value))
    };
    let (at_8, at_12) = (percentile(8e3), percentile(12e3));
    assert_eq!((at_8.0, at_12.0.round()), (1250.0, 833.0));
    assert!((0.8..0.975).contains(&at_8.1) && at_12.1 < 0.025, "{at_8:?} {at_12:?}");
    let words = "the energy is usual for 8 MW, at the edge of what its digits allow for 12 MW";
    assert!(whole.doubts.iter().any(|doubt| doubt.text == words), "{whole}");
    assert_eq!(whole.verdict.grade, Grade::Understated);
}

#[test]
fn further_rows_show_their_conventions() {
    let audits = published();
    let (c09, c13) = (of(&audits, "C09"), of(&audits, "C13"));
    assert_eq!(best(c09, RatioKind::Co2OfEnergy).value, 0.997);
    assert!(c09.doubts.iter().any(|doubt| doubt.text.contains("exactly 1200 h")));
    assert_eq!(best(c13, RatioKind::Co2OfEnergy).value, 0.828);
    assert_eq!(best(c13, RatioKind::CoalOfEnergy).value, 0.3015);
    assert_eq!(best(of(&audits, "C05"), RatioKind::Co2OfEnergy).value, 0.997);
    for id in ["yongsheng", "zhenjiang", "ruijin", "lamps"] {
        assert_eq!(of(&audits, id).verdict.grade, Grade::NotEnoughSaid, "{id}");
    }
    approx::assert_relative_eq!(value(of(&audits, "yilong"), RatioKind::Co2OfCoal), 2.360, epsilon = 1e-3);
}

#[test]
fn grades_follow_the_yield() {
    for (kwh_per_kw, grade) in [
        (1080.0, Grade::Consistent),
        (1400.0, Grade::Overstated),
        (820.0, Grade::Understated),
        (1650.0, Grade::Implausible),
        (300.0, Grade::Implausible),
        (2500.0, Grade::Impossible),
        (1080.0 * 25.0, Grade::Impossible),
        (1080.0 * 1e4, Grade::Impossible),
    ] {
        let audit = judged(&in_zhangqiu(1000.0, 1000.0 * kwh_per_kw));
        assert_eq!(audit.verdict.grade, grade, "{kwh_per_kw} kWh/kW: {audit}");
    }
}

#[test]
fn slips_are_named() {
    let said = |claim: &Claim, words: &str| {
        let audit = judged(claim);
        assert!(audit.verdict.words.contains(words), "{words}: {audit}");
    };
    said(&in_zhangqiu(1000.0, 1.08e6 * 1e4), "万 (10 000) was counted twice");
    said(&in_zhangqiu(1000.0, 1.08e6 / 1e4), "万 (10 000) was lost");
    said(&in_zhangqiu(1000.0, 1.08e6 * 10.0), "a digit too many");
    said(&in_zhangqiu(1000.0, 1.08e6 * 25.0), "of 25 years");
    said(&in_zhangqiu(1000.0, 1.4e6), "inverters' (AC)");
    let mut dense = in_zhangqiu(1000.0, 1.08e6);
    dense.area_m2 = Some(figure(2000.0, 50.0));
    said(&dense, "the best modules on sale without a gap");
    assert_eq!(judged(&dense).verdict.grade, Grade::Impossible);
}

/// Figures that each follow a convention are not held against each other's.
#[test]
fn conventions_are_told_apart_from_mistakes() {
    let of = |coal_t: f64, co2_t: f64| {
        let mut claim = in_zhangqiu(51e3, 60e6);
        (claim.coal_t, claim.coal_period) = (Some(figure(coal_t, 1.0)), Period::Year);
        (claim.co2_t, claim.co2_period) = (Some(figure(co2_t, 1.0)), Period::Year);
        claim.place = "Shandong".into();
        judged(&claim)
    };
    // Energy content and the grid's average, both official: 0.1229 and 0.6191.
    let both = of(60e3 * 0.1229, 60e3 * 0.6191);
    assert_eq!(both.verdict.grade, Grade::Consistent, "{both}");
    // Exact figures fit the convention that made them.
    let mut exact = in_zhangqiu(51e3, 0.0);
    let energy = 12_345_678.0;
    exact.energy_kwh = Some(Figure { value: energy, interval: Interval::exact(energy), words: String::new() });
    let co2 = energy * 0.997 / 1000.0;
    exact.co2_t = Some(Figure { value: co2, interval: Interval::exact(co2), words: String::new() });
    assert_eq!(best(&judged(&exact), RatioKind::Co2OfEnergy).value, 0.997);
    // More CO2 than any convention gives is told as such.
    let more = of(18e3, 90e3);
    assert!(more.doubts.iter().any(|doubt| doubt.text.contains("more than the energy stated")), "{more}");
    // Open bounds do not make what is far a match.
    let mut open = in_zhangqiu(51e3, 60e6);
    open.energy_kwh = Some(Figure { value: 60e6, interval: Interval::new(60e6, f64::INFINITY), words: String::new() });
    open.co2_t = Some(Figure { value: 15e3, interval: Interval::new(15e3, f64::INFINITY), words: String::new() });
    open.co2_period = Period::Year;
    let open = judged(&open);
    assert!(!open.verdict.words.contains("the CO2 for the energy is "), "{open}");
}

#[test]
fn nothing_and_nonsense_are_told() {
    let nothing = judged(&Claim::default());
    assert_eq!(nothing.verdict.grade, Grade::NotEnoughSaid);
    assert!(nothing.verdict.words.contains("no figure"), "{nothing}");
    let mut nowhere = in_zhangqiu(1000.0, 1.08e6);
    nowhere.latitude = Some(123.0);
    assert!(audit(&nowhere, &Priors::default()).is_err());
    // Out at sea there is no station: nothing is said about the yield.
    (nowhere.latitude, nowhere.longitude) = (Some(-40.0), Some(-120.0));
    let far = judged(&nowhere);
    assert!(far.evidence.likely.is_none() && far.verdict.grade == Grade::NotEnoughSaid, "{far}");
    // But what no roof on Earth gives is told without a place.
    nowhere.energy_kwh = Some(figure(1e10, 1e8));
    let absurd = judged(&nowhere);
    assert!(absurd.verdict.grade > Grade::Implausible && absurd.verdict.words.contains("10 000"), "{absurd}");
    nowhere.energy_kwh = Some(figure(3e6, 1e4));
    assert_eq!(judged(&nowhere).verdict.grade, Grade::Implausible);
    for bad in [f64::NAN, f64::INFINITY, 0.0, -5.0] {
        let mut claim = in_zhangqiu(1000.0, 1.08e6);
        claim.energy_kwh = Some(Figure { value: bad, interval: Interval::new(bad, bad), words: "?".into() });
        assert!(audit(&claim, &Priors::default()).is_err(), "{bad} kWh");
    }
    let priors = Priors { samples: 3, ..Priors::default() };
    assert!(audit(&Claim::default(), &priors).is_err());
}

#[test]
fn threads_do_not_change_a_bit() {
    let claims = Claim::from_csv(include_str!("../examples/claims/stated_yields.csv"), "stated_yields.csv").unwrap();
    let priors = Priors { samples: 200, ..Priors::default() };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| audit_all(&claims, &priors).unwrap())).unwrap()
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(7));
}
