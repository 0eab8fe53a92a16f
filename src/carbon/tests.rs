//! Numbers by hand, rows of the embedded table, names, errors and what is printed.

use approx::assert_relative_eq;

use super::*;
use crate::Error;
use crate::plant::{CarbonChoice, Plant, locate};

fn choice(region: Option<&str>, year: Option<i32>) -> CarbonChoice {
    CarbonChoice { region: region.map(str::to_owned), year, ..CarbonChoice::default() }
}

fn close(found: f64, wanted: f64) {
    assert_relative_eq!(found, wanted, max_relative = 1e-12);
}

#[test]
fn the_table_is_whole() {
    let lines = |text: &str| text.lines().filter(|line| !line.starts_with('#')).count() - 1;
    let rows = lines(include_str!("factors.csv"));
    assert_eq!(factors().len(), rows + lines(include_str!("countries.csv")), "a row does not parse");
    let count = |kind| factors()[..rows].iter().filter(|factor| factor.kind == kind).count();
    assert_eq!(count(FactorKind::GridAverage), (1 + 7 + 30) * 3);
    assert_eq!(count(FactorKind::GridExclMarketNonFossil), 3);
    assert_eq!(count(FactorKind::Fossil), 3);
    assert_eq!((count(FactorKind::OperatingMargin), count(FactorKind::BuildMargin)), (4, 4));
    assert_eq!((count(FactorKind::CorporateReporting), count(FactorKind::Thermal)), (2, 2));
    assert_eq!((count(FactorKind::Footprint), count(FactorKind::Convention)), (1, 1));
    assert_eq!(rows, 134);
    for factor in factors() {
        assert!(!factor.licence.is_empty(), "{factor}");
    }
    for factor in &factors()[..rows] {
        assert!(factor.value > 0.05 && factor.value < 1.0, "{factor}");
        assert!(!factor.scope.is_empty() && !factor.source.is_empty() && !factor.region_zh.is_empty(), "{factor}");
    }
    let sum: f64 = factors().iter().filter(|f| f.level == Level::Province).map(|f| f.value).sum();
    let level = |level| factors().iter().filter(|f| f.level == level && f.kind == FactorKind::GridAverage).count();
    assert_eq!((level(Level::Nation), level(Level::Grid), level(Level::Province)), (3, 21, 90));
    assert_relative_eq!(sum, PROVINCE_SUM, epsilon = 1e-9);
}

/// Sum over all provinces and years, added up from the source table apart from this crate.
const PROVINCE_SUM: f64 = 47.1405;

#[test]
fn rows_are_as_announced() {
    for (region, y2021, y2022, y2023) in [
        ("China", 0.5568, 0.5366, 0.5306),
        ("North", 0.7120, 0.6776, 0.6361),
        ("Northeast", 0.6012, 0.5564, 0.5122),
        ("East", 0.5992, 0.5617, 0.5500),
        ("Central", 0.5354, 0.5395, 0.5271),
        ("Northwest", 0.5951, 0.5857, 0.5543),
        ("South", 0.4326, 0.3869, 0.4042),
        ("Southwest", 0.2113, 0.2268, 0.2472),
        ("Beijing", 0.5688, 0.5580, 0.5554),
        ("Hebei", 0.7901, 0.7252, 0.6516),
        ("Inner Mongolia", 0.7025, 0.6849, 0.6479),
        ("Jiangsu", 0.6451, 0.5978, 0.5827),
        ("Jiangxi", 0.5835, 0.5752, 0.5836),
        ("Shandong", 0.6838, 0.6410, 0.6191),
        ("Henan", 0.6369, 0.6058, 0.5897),
        ("Sichuan", 0.1255, 0.1404, 0.1564),
        ("Guizhou", 0.5182, 0.4989, 0.5683),
        ("Yunnan", 0.1235, 0.1073, 0.1333),
        ("Shaanxi", 0.6336, 0.6558, 0.6335),
        ("Shanxi", 0.7222, 0.7096, 0.6634),
        ("Xinjiang", 0.6577, 0.6231, 0.6021),
    ] {
        for (year, value) in [(2021, y2021), (2022, y2022), (2023, y2023)] {
            assert_eq!(grid_factor(region, Some(year)).unwrap().value, value, "{region} {year}");
        }
        assert_eq!(grid_factor(region, None).unwrap().value, y2023);
    }
    let value = |kind, region: &str, year| {
        factors().iter().find(|f| f.kind == kind && f.region == region && f.year == year).unwrap().value
    };
    assert_eq!(value(FactorKind::GridExclMarketNonFossil, "China", Some(2023)), 0.6096);
    assert_eq!(value(FactorKind::Fossil, "China", Some(2021)), 0.8426);
    assert_eq!(value(FactorKind::Fossil, "China", Some(2022)), 0.8325);
    assert_eq!(value(FactorKind::Fossil, "China", Some(2023)), 0.8273);
    assert_eq!(value(FactorKind::CorporateReporting, "China", Some(2022)), 0.5810);
    assert_eq!(value(FactorKind::CorporateReporting, "China", Some(2023)), 0.5703);
    assert_eq!(value(FactorKind::Footprint, "China", Some(2024)), 0.5777);
    assert_eq!(value(FactorKind::Thermal, "China", Some(2021)), 0.828);
    assert_eq!(value(FactorKind::Thermal, "China", Some(2020)), 0.832);
    assert_eq!(value(FactorKind::Convention, "China", None), 0.997);
    for (grid, operating, build) in
        [("North", 0.9419, 0.4819), ("East", 0.7921, 0.3870), ("Central", 0.8587, 0.2854), ("South", 0.8042, 0.2135)]
    {
        assert_eq!(value(FactorKind::OperatingMargin, grid, Some(2019)), operating);
        assert_eq!(value(FactorKind::BuildMargin, grid, Some(2019)), build);
    }
}

#[test]
fn only_what_is_announced_is_called_so() {
    let unverified: Vec<String> = factors()
        .iter()
        .filter(|f| f.confidence == Confidence::Memory && f.level == Level::Nation)
        .map(Factor::title)
        .collect();
    assert_eq!(
        unverified,
        [
            "grid average, China 2021",
            "grid average without market-traded non-fossil power, China 2021",
            "fossil power, China 2021",
            "fossil power, China 2022",
            "thermal power, China 2020",
            "average for enterprise reporting, China 2022",
            "average for enterprise reporting, China 2023",
        ]
    );
    assert!(grid_factor("China", Some(2021)).unwrap().to_string().contains("unverified: from memory"));
    assert!(!grid_factor("Shandong", None).unwrap().to_string().contains("unverified"));
}

#[test]
fn every_province_has_its_grid() {
    for factor in factors().iter().filter(|factor| factor.level == Level::Province) {
        let province = province(&factor.region).unwrap();
        assert!(grid_factor(province.grid, factor.year).is_ok());
    }
    let sevens: std::collections::BTreeSet<_> = PROVINCES.iter().map(|p| p.grid).collect();
    let sixes: std::collections::BTreeSet<_> = PROVINCES.iter().map(|p| p.grid_2019).collect();
    assert_eq!((sevens.len(), sixes.len()), (7, 6));
}

#[test]
fn names_in_both_languages() {
    for (name, value) in [
        ("shandong", 0.6191),
        ("Shandong Province", 0.6191),
        ("山东省", 0.6191),
        ("江西", 0.5836),
        ("内蒙古自治区", 0.6479),
        ("inner-mongolia", 0.6479),
        ("华东电网", 0.5500),
        ("South China Grid", 0.4042),
        ("全国", 0.5306),
        ("中国", 0.5306),
        ("China average", 0.5306),
        ("北京市", 0.5554),
    ] {
        assert_eq!(grid_factor(name, Some(2023)).unwrap().value, value, "{name}");
    }
}

#[test]
fn what_there_is_not_is_told() {
    let error = grid_factor("Shangdong", None).unwrap_err().to_string();
    assert!(error.starts_with("no factor for the grid average of \"Shangdong\"; available: Shandong"), "{error}");
    assert!(error.contains("(nearest); nation: China; regional grids: North, Northeast, East, "), "{error}");
    assert!(error.contains("Ningxia, Xinjiang; or the Chinese names of these"), "{error}");
    assert_eq!(
        grid_factor("Shandong", Some(2019)).unwrap_err().to_string(),
        "no factor for the grid average of Shandong in 2019; available: 2021, 2022, 2023"
    );
    assert!(matches!(grid_factor("", None), Err(Error::Factor { .. })));
    assert!(matches!(grid_factor("西藏", None), Err(Error::Factor { .. })));
}

#[test]
fn numbers_by_hand() {
    // 60 GWh x 0.300 kgce/kWh.
    let coal = coal_saved(60e6);
    let by = |name: &str, year| {
        coal.iter().find(|c| c.convention.name.starts_with(name) && c.convention.year == year).unwrap()
    };
    close(by("thermal power supply, target", Some(2025)).coal_t_standard, 18_000.0);
    close(by("thermal power supply, target", Some(2025)).coal_t_raw, 18_000.0 / 0.7143);
    close(by("calorific", Some(2020)).coal_t_standard, 7374.0);
    close(by("rule of thumb", None).coal_t_standard, 24_240.0);
    close(by("thermal power supply", Some(2005)).coal_t_standard, 22_200.0);
    close(by("thermal power supply", Some(2010)).coal_t_standard, 19_980.0);
    close(by("thermal power supply", Some(2020)).coal_t_standard, 18_330.0);
    close(by("thermal power supply", Some(2021)).coal_t_standard, 18_090.0);
    assert_eq!(coal.len(), 7);

    close(avoided(60e6, &Factor::custom(0.8, "stated").unwrap()).co2_t, 48_000.0);
    close(avoided(60e6, grid_factor("Shandong", Some(2023)).unwrap()).co2_t, 37_146.0);
    close(avoided(60e6, &thermal_coal_factor()).co2_t, 47_880.0);
    assert_eq!(avoided(0.0, &thermal_coal_factor()).co2_t, 0.0);
    assert!(avoided(f64::NAN, &thermal_coal_factor()).co2_t.is_nan());
}

#[test]
fn combined_margins() {
    // 0.75 x 0.9419 + 0.25 x 0.4819.
    let north = combined_margin("Shandong").unwrap();
    close(north.value, 0.8269);
    assert_eq!((north.region.as_str(), north.year, north.confidence), ("North", Some(2019), Confidence::Memory));
    close(combined_margin("Jiangxi").unwrap().value, 0.715375);
    close(combined_margin("Southwest").unwrap().value, 0.715375);
    assert!(combined_margin("Sichuan").unwrap().note.contains("Central in the margins of 2019"));
    assert!(combined_margin("Inner Mongolia").unwrap().note.contains("its west belongs to the North grid"));
    for none in ["Liaoning", "Xinjiang", "Northeast", "China", ""] {
        assert_eq!(combined_margin(none), None, "{none}");
    }
}

#[test]
fn the_list_for_the_default_park() {
    let plant = Plant::jidong().unwrap();
    let list = co2_avoided(60e6, &plant.carbon).unwrap();
    let shown: Vec<(&str, f64)> =
        list.iter().map(|a| (a.convention.as_str(), (a.co2_t * 10.0).round() / 10.0)).collect();
    assert_eq!(
        shown,
        [
            ("grid average, Shandong 2023", 37_146.0),
            ("grid average, China 2023", 31_836.0),
            ("fossil power, China 2023", 49_638.0),
            ("thermal power, China 2021", 49_680.0),
            ("coal of thermal power supply, China 2025", 47_880.0),
            ("rule of thumb, China", 59_820.0),
            ("combined margin, North 2019", 49_614.0),
        ]
    );
    let text = saved(60e6, &plant.carbon).unwrap().to_string();
    assert!(text.contains("18000 t standard coal (25199 t raw) at 0.3 kgce/kWh (thermal power supply, target, 2025, China; national target; as quoted in public)"), "{text}");
    assert!(
        text.contains("37146 t CO2 at 0.6191 kg CO2/kWh (grid average, Shandong 2023; all power of the grid"),
        "{text}"
    );
    assert!(text.contains("announcement 2025 no. 47; announced)"), "{text}");
    assert_eq!(text.lines().filter(|line| line.contains("unverified")).count(), 2, "{text}");
}

#[test]
fn without_a_region_china_is_taken_and_said() {
    let factor = resolve(&choice(None, None)).unwrap();
    assert_eq!((factor.region.as_str(), factor.year, factor.value), ("China", Some(2023), 0.5306));
    assert!(factor.to_string().contains("no region was given, so the average of all China is taken"));
    let list = co2_avoided(1.0, &choice(None, None)).unwrap();
    assert_eq!(list.len(), 5, "the nation's average stands once, and there is no margin of a nation");
    assert_eq!(resolve(&choice(None, Some(2022))).unwrap().value, 0.5366);
}

#[test]
fn a_factor_of_ones_own() {
    let own = |value, source: Option<&str>, region: Option<&str>| CarbonChoice {
        factor_kg_per_kwh: Some(value),
        factor_source: source.map(str::to_owned),
        ..choice(region, None)
    };
    let factor = resolve(&own(0.71, Some("works contract"), None)).unwrap();
    assert_eq!(
        factor.to_string(),
        "0.71 kg CO2/kWh (own factor; as its source defines it; works contract; given by the user)"
    );
    assert!(resolve(&own(0.71, None, None)).unwrap().source.contains("names no source"));

    let list = co2_avoided(1e6, &own(0.71, None, Some("江西"))).unwrap();
    close(list[0].co2_t, 710.0);
    assert_eq!(list[1].convention, "grid average, Jiangxi 2023");
    assert_eq!(list.last().unwrap().convention, "combined margin, Central 2019");

    for bad in [-0.1, 2.1, 619.1, f64::NAN, f64::INFINITY] {
        assert!(matches!(Factor::custom(bad, ""), Err(Error::OutOfRange { .. })), "{bad}");
        assert!(
            matches!(resolve(&own(bad, None, None)), Err(Error::Config { key, .. }) if key == "carbon.factor_kg_per_kwh")
        );
    }
    assert_eq!(
        Factor::custom(619.1, "").unwrap_err().to_string(),
        "factor_kg_per_kwh = 619.1 is not allowed: 0 to 2 kg CO2/kWh; in kg/kWh: 619.1 g/kWh (or kg/MWh) is 0.6191"
    );
}

#[test]
fn errors_point_into_the_park_file() {
    let text = "[carbon]\nregion = 'Shangdong'\nyear = 2019\n";
    let show = |choice: &CarbonChoice| locate(text, "park.toml", resolve(choice).unwrap_err()).to_string();
    let region = show(&choice(Some("Shangdong"), None));
    assert!(
        region.starts_with("park.toml, line 2: carbon.region = 'Shangdong': no factor for it; available: Shandong"),
        "{region}"
    );
    assert_eq!(
        show(&choice(Some("Shandong"), Some(2019))),
        "park.toml, line 3: carbon.year = 2019: no factor of Shandong for that year; available: 2021, 2022, 2023"
    );
}

#[test]
fn answers_are_json() {
    let saved = saved(60e6, &choice(Some("Shandong"), Some(2023))).unwrap();
    let json: serde_json::Value = serde_json::to_value(&saved).unwrap();
    assert_eq!(json["coal"][5]["convention"]["kgce_per_kwh"], 0.3);
    assert_eq!(json["co2"][0]["factor"]["kind"], "grid_average");
    assert_eq!(json["co2"][0]["factor"]["confidence"], "announced");
    let again: Avoided = serde_json::from_value(json["co2"][0].clone()).unwrap();
    assert_eq!(again, saved.co2[0]);
}

proptest::proptest! {
    #[test]
    fn any_region_is_survived(region in "\\PC{0,40}", year in proptest::option::of(proptest::num::i32::ANY)) {
        let _ = grid_factor(&region, year);
        let _ = co2_avoided(1.0, &choice(Some(&region), year));
        let _ = combined_margin(&region);
    }
}
