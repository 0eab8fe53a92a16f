//! Each place's conventions, their order, and stated figures found again.

use super::*;

fn of_kind(region: Option<&str>, kind: ConventionKind) -> Vec<Convention> {
    conventions(region).into_iter().filter(|c| c.kind == kind).collect()
}

fn values(region: Option<&str>, kind: ConventionKind) -> Vec<f64> {
    of_kind(region, kind).iter().map(|c| c.value).collect()
}

#[test]
fn a_place_has_its_own_and_no_others() {
    let shandong = values(Some("Shandong"), ConventionKind::Co2OfEnergy);
    for (value, why) in [
        (0.6191, "province 2023"),
        (0.6838, "province 2021"),
        (0.7120, "North grid 2021"),
        (0.5306, "nation 2023"),
        (0.6096, "nation without market-traded non-fossil power"),
        (0.8273, "fossil power 2023"),
        (0.300 * 2.66, "thermal coal"),
        (0.404 * 2.493, "rule of thumb by its parts"),
        (0.370 * 2.66, "thermal coal of 2005"),
        (0.1229 * 2.493, "energy content"),
        (0.997, "rule of thumb"),
        (0.828, "thermal power"),
        (0.5703, "reporting"),
        (0.5777, "footprint"),
        (0.9419, "operating margin of North"),
        (0.4819, "build margin of North"),
        (0.75 * 0.9419 + 0.25 * 0.4819, "combined margin of North"),
    ] {
        assert!(shandong.iter().any(|v| (v - value).abs() < 1e-9), "{why}: {value}");
    }
    assert!(!shandong.contains(&0.8042), "the South's margin is none of Shandong's");
    assert!(!shandong.contains(&0.5836), "Jiangxi's average is none of Shandong's");
    // 3 years each of province, grid, nation; 3 without traded non-fossil; 3 fossil; 2 thermal; (7 - 1 + 2) x 2 - 1 of
    // supplied coal; 1 rule; 3 margins of the grid, 2 of the nation; 2 reporting; 1 footprint; 2 of energy content.
    assert_eq!(shandong.len(), 9 + 3 + 3 + 2 + 15 + 1 + 5 + 2 + 1 + 2);
}

#[test]
fn ranks_begin_with_the_place_itself() {
    let list = of_kind(Some("山东省"), ConventionKind::Co2OfEnergy);
    assert_eq!(list, of_kind(Some("Shandong"), ConventionKind::Co2OfEnergy));
    let ranked: Vec<(u32, &str)> = list.iter().map(|c| (c.rank, c.title.as_str())).take(7).collect();
    assert_eq!(
        ranked,
        [
            (0, "grid average, Shandong 2023"),
            (0, "grid average, Shandong 2022"),
            (0, "grid average, Shandong 2021"),
            (1, "grid average, North 2023"),
            (1, "grid average, North 2022"),
            (1, "grid average, North 2021"),
            (2, "grid average, China 2023"),
        ]
    );
    for kind in [ConventionKind::CoalOfEnergy, ConventionKind::Co2OfEnergy, ConventionKind::Co2OfCoal] {
        let ranks: Vec<u32> = of_kind(Some("Jiangxi"), kind).iter().map(|c| c.rank).collect();
        assert_eq!(ranks[0], 0);
        assert!(ranks.windows(2).all(|pair| pair[1] == pair[0] || pair[1] == pair[0] + 1), "{ranks:?}");
    }
}

#[test]
fn without_a_place_the_nation_remains() {
    let any = values(None, ConventionKind::Co2OfEnergy);
    assert!(any.contains(&0.828) && !any.contains(&0.6191) && !any.contains(&0.9419));
    assert_eq!(any.iter().filter(|&&v| v == 0.5306).count(), 1);
    assert_eq!(conventions(None), conventions(Some("中国")));
    assert_eq!(conventions(None), conventions(Some("Atlantis")));
    let coal = of_kind(None, ConventionKind::CoalOfEnergy);
    assert_eq!(coal.len(), 2 * (COAL_CONVENTIONS.len() + 2));
    assert_eq!(coal[0].value, 0.300);
    assert_eq!(
        coal[0].to_string(),
        "0.3 kgce/kWh (thermal power supply, target, 2025; national target; as quoted in public)"
    );
    assert!(coal.iter().any(|c| c.raw_coal && (c.value - 0.3 / 0.7143).abs() < 1e-12));
}

#[test]
fn co2_of_coal_by_rule_and_by_the_council() {
    let list = of_kind(Some("Beijing"), ConventionKind::Co2OfCoal);
    let standard: Vec<f64> = list.iter().filter(|c| !c.raw_coal).map(|c| c.value).collect();
    assert_eq!(standard, [2.66, 2.493, 2.4567, 2.7725, 0.828 / 0.3015, 0.832 / 0.3055]);
    approx::assert_abs_diff_eq!(0.67 * 44.0 / 12.0, standard[2], epsilon = 5e-5);
    approx::assert_abs_diff_eq!(0.0946 * 29.3076, standard[3], epsilon = 5e-5);
    // C13 of the stated yields: 887.699 t CO2 and 323.238 tce of 1 072 100 kWh.
    approx::assert_relative_eq!(887.699 / 323.238, standard[4], max_relative = 1e-5);
    assert!(
        list.iter().any(|c| c.raw_coal && c.unit == "kg CO2/kg raw coal" && (c.value - 2.66 * 0.7143).abs() < 1e-12)
    );
}

#[test]
fn stated_figures_are_found_again() {
    let co2 = |region, stated: f64| {
        let list = of_kind(Some(region), ConventionKind::Co2OfEnergy);
        let best = list.into_iter().min_by(|a, b| (a.value - stated).abs().total_cmp(&(b.value - stated).abs()));
        best.unwrap().title
    };
    assert_eq!(co2("Beijing", 887.699 / 1072.1), "thermal power, China 2021");
    assert_eq!(co2("Jiangsu", 18240.0 / 18300.0), "rule of thumb, China");
    let coal = of_kind(Some("Beijing"), ConventionKind::CoalOfEnergy);
    let best = coal.iter().min_by(|a, b| (a.value - 0.3015).abs().total_cmp(&(b.value - 0.3015).abs())).unwrap();
    assert_eq!((best.title.as_str(), best.supply_year), ("thermal power supply, 2021", Some(2021)));
}

#[test]
fn no_convention_stands_twice() {
    for region in factors().iter().map(|f| f.region.as_str()) {
        let list = conventions(Some(region));
        for (k, one) in list.iter().enumerate() {
            assert!(one.value > 0.0 && !one.unit.is_empty() && !one.title.is_empty() && !one.source.is_empty());
            for other in &list[..k] {
                assert!((one.kind, &one.title, one.value) != (other.kind, &other.title, other.value), "{one}");
            }
        }
    }
}
