//! The embedded factors and conventions against tables that were typed apart from them, and figures stated in public.

use rooftop_pv::carbon::{
    self, CO2_OF_COAL, COAL_CONVENTIONS, Confidence, ConventionKind, Factor, FactorKind, Level, POLLUTANT_RULES,
    Pollutant, RAW_COAL_KGCE_PER_KG, avoided, conventions, embodied_figures, factors, grid_factor,
};
use rooftop_pv::plant::Lifetime;

fn rows(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn find(kind: FactorKind, region: &str, year: Option<i32>) -> &'static Factor {
    let mut found = factors().iter().filter(|f| f.kind == kind && f.region == region && f.year == year);
    let factor = found.next().unwrap_or_else(|| panic!("no {kind:?} of {region} in {year:?}"));
    assert!(found.next().is_none(), "{factor} stands there twice");
    factor
}

#[test]
fn grid_factors_are_as_announced() {
    let (mut compared, mut memory) = (0, Vec::new());
    for row in rows("china_grid_co2.csv") {
        let (kind, region) = match row[1].as_str() {
            "China average" => (FactorKind::GridAverage, "China"),
            "China average excl. market-traded non-fossil" => (FactorKind::GridExclMarketNonFossil, "China"),
            "China fossil-fuel power" => (FactorKind::Fossil, "China"),
            other => (FactorKind::GridAverage, other),
        };
        let level = match row[0].as_str() {
            "national" => Level::Nation,
            "regional" => Level::Grid,
            _ => Level::Province,
        };
        for (year, value) in (2021..).zip(&row[3..]) {
            let factor = find(kind, region, Some(year));
            assert_eq!(factor.value, value.parse::<f64>().unwrap(), "{factor}");
            assert_eq!((factor.level, factor.unit.as_str()), (level, "kg CO2/kWh"));
            assert!(level == Level::Nation || factor.region_zh == row[2], "{factor}");
            match factor.confidence {
                Confidence::Memory => memory.push(factor.title()),
                Confidence::Announced => {}
                other => panic!("{factor} is {other:?}"),
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 3 * (3 + 7 + 30));
    // What the table's own header says.
    assert_eq!(
        memory,
        [
            "grid average, China 2021",
            "grid average without market-traded non-fossil power, China 2021",
            "fossil power, China 2021",
            "fossil power, China 2022",
        ]
    );
}

#[test]
fn every_convention_has_its_place() {
    let confidence = |text: &str| match text {
        "seen" => Confidence::Seen,
        "memory" => Confidence::Memory,
        other => panic!("{other}"),
    };
    for row in rows("carbon_conventions.csv") {
        let [quantity, value, _, name, year, region, _, trust] = &row[..] else { panic!("{row:?}") };
        let (value, year) = (value.parse::<f64>().unwrap(), year.parse::<i32>().ok());
        let trust = confidence(trust);
        match quantity.as_str() {
            "coal_per_kwh" => {
                // The rule of thumb and the statutory energy content carry their years as the table does.
                let found = COAL_CONVENTIONS.iter().find(|c| c.kgce_per_kwh == value).unwrap();
                assert_eq!((found.year, found.confidence), (year, trust), "{name}");
            }
            "co2_per_coal" => {
                let found = CO2_OF_COAL.iter().find(|c| c.kg_per_kgce == value).unwrap();
                assert_eq!(found.confidence, trust, "{name}");
            }
            "co2_per_kwh" | "co2e_per_kwh" => {
                let kind = match name.split_whitespace().next().unwrap() {
                    "rule" => FactorKind::Convention,
                    "thermal" => FactorKind::Thermal,
                    "operating" => FactorKind::OperatingMargin,
                    "build" => FactorKind::BuildMargin,
                    _ if quantity == "co2e_per_kwh" => FactorKind::Footprint,
                    _ => FactorKind::CorporateReporting,
                };
                let factor = find(kind, region, year);
                assert_eq!((factor.value, factor.confidence), (value, trust), "{name}");
                assert_eq!(factor.unit.contains("CO2e"), quantity == "co2e_per_kwh", "{name}");
            }
            "weight" => {
                let north = carbon::combined_margin("Shandong").unwrap().value;
                let wanted = value * 0.9419 + (1.0 - value) * 0.4819;
                assert!((north - wanted).abs() < 1e-12, "{north}");
            }
            "raw_to_standard_coal" => assert_eq!(RAW_COAL_KGCE_PER_KG, value),
            "so2_per_kwh" | "nox_per_kwh" | "dust_per_kwh" => {
                let pollutant = match quantity.as_str() {
                    "so2_per_kwh" => Pollutant::So2,
                    "nox_per_kwh" => Pollutant::Nox,
                    _ => Pollutant::Dust,
                };
                let rule = POLLUTANT_RULES.iter().find(|rule| rule.pollutant == pollutant).unwrap();
                assert_eq!((rule.kg_per_kwh, rule.confidence), (value, trust));
            }
            "embodied" => {
                let (made_in, foil) = (region.as_str(), name.ends_with("foil"));
                let part = if foil { "module, glass and foil" } else { "module, glass and glass" };
                let found = embodied_figures().iter().find(|f| f.part == part && f.made_in == made_in).unwrap();
                assert_eq!((found.value, found.confidence, Some(found.year)), (value, trust, year), "{name}");
            }
            "degradation" => assert_eq!(Lifetime::default().degradation, value),
            other => panic!("no place for {other}"),
        }
    }
}

/// Rows of the files that the countries' factors were taken from, read again by hand: Ember's through co2.js'
/// `data/output/average-intensities.json`, the institutions' in its `IFI_Default_Grid_Factors_2021_v3.1_unfccc.csv`.
#[test]
fn countries_are_as_their_sources_print_them() {
    for (country, year, ember_g, combined_g, operating_g) in [
        ("Algeria", 2022, 634.61, 479, 528),
        ("Australia", 2022, 570.35, 663, 808),
        ("Brazil", 2022, 105.51, 234, 284),
        ("Chile", 2022, 353.52, 499, 657),
        ("Czechia", 2023, 449.72, 736, 902),
        ("France", 2023, 56.04, 124, 158),
        ("Germany", 2023, 380.95, 523, 650),
        ("India", 2022, 705.13, 822, 951),
        ("Japan", 2022, 512.81, 448, 471),
        ("Kazakhstan", 2022, 830.41, 698, 797),
        ("Laos", 2022, 265.51, 876, 1069),
        ("Poland", 2023, 661.93, 717, 828),
        ("South Africa", 2022, 729.67, 964, 1070),
        ("South Korea", 2022, 441.65, 473, 555),
        ("Sweden", 2023, 40.7, 52, 68),
        ("Turkey", 2023, 464.59, 351, 376),
        ("United Kingdom", 2023, 237.59, 320, 380),
        ("United States", 2022, 385.98, 352, 416),
        ("Uzbekistan", 2022, 1167.6, 558, 612),
        ("Vietnam", 2022, 409.8, 493, 560),
        ("European Union", 2023, 243.83, 353, 409),
    ] {
        let footprint = find(FactorKind::Footprint, country, Some(year));
        assert!((footprint.value * 1000.0 - ember_g).abs() < 0.0051, "{footprint}");
        assert_eq!((footprint.licence.as_str(), footprint.unit.as_str()), ("CC BY 4.0", "kg CO2e/kWh"));
        let margin = |kind| find(kind, country, Some(2021)).value;
        assert_eq!(margin(FactorKind::CombinedMargin), f64::from(combined_g) / 1000.0, "{country}");
        assert_eq!(margin(FactorKind::OperatingMargin), f64::from(operating_g) / 1000.0, "{country}");
    }
    assert_eq!(find(FactorKind::CombinedMargin, "China", Some(2021)).value, 0.744);
    assert_eq!(find(FactorKind::Footprint, "World", Some(2022)).value, 0.48599);
    // 823.1 lb/MWh.
    assert!((grid_factor("USA", None).unwrap().value - 823.1 * 0.45359237 / 1000.0).abs() < 5e-5);
    let countries: std::collections::BTreeSet<&str> =
        factors().iter().filter(|f| f.level == Level::Country).map(|f| f.region.as_str()).collect();
    assert_eq!(countries.len(), 86, "84 countries, the European Union and the world");
    for country in countries {
        let factor = grid_factor(country, None).unwrap();
        assert!(factor.value > 0.02 && factor.value < 1.4 && !factor.licence.is_empty(), "{factor}");
        assert_eq!(grid_factor(&factor.region_zh, None).unwrap(), factor);
    }
}

#[test]
fn stated_figures_of_three_parks() {
    // Jidong: 60 GWh in Shandong.
    let shandong = avoided(60e6, grid_factor("Shandong", Some(2023)).unwrap());
    assert!((shandong.co2_t - 37_146.0).abs() < 1e-6);
    let nearest = |region, kind, stated: f64| {
        let of_kind = conventions(Some(region)).into_iter().filter(|c| c.kind == kind);
        of_kind.min_by(|a, b| (a.value - stated).abs().total_cmp(&(b.value - stated).abs())).unwrap()
    };
    // Jidong: 48 000 t of 60 GWh, give or take 500, and 18 000 tce.
    let fits = |value: f64| (47_500.0..48_500.0).contains(&(60_000.0 * value));
    let made: Vec<f64> = conventions(Some("Shandong"))
        .iter()
        .filter(|c| c.kind == ConventionKind::Co2OfEnergy && fits(c.value))
        .map(|c| c.value)
        .collect();
    assert_eq!(made, [0.300 * 2.66, 0.3015 * 2.66, 0.3025 * 2.66]);
    assert_eq!(nearest("Shandong", ConventionKind::CoalOfEnergy, 18_000.0 / 60_000.0).value, 0.300);
    // C13: a data centre in Beijing; C09: a works in Jiangsu.
    assert_eq!(nearest("Beijing", ConventionKind::Co2OfEnergy, 887.699 / 1072.1).value, 0.828);
    assert_eq!(nearest("Beijing", ConventionKind::CoalOfEnergy, 323.238 / 1072.1).value, 0.3015);
    assert_eq!(nearest("Jiangsu", ConventionKind::Co2OfEnergy, 18_240.0 / 18_300.0).value, 0.997);
}

#[test]
fn conventions_of_other_countries_are_none_of_chinas() {
    let germany = conventions(Some("德国"));
    assert_eq!(germany, conventions(Some("Germany")));
    assert!(germany.iter().all(|c| !c.title.contains("China")), "{germany:#?}");
    assert!(germany.iter().any(|c| c.value == 0.523) && germany.iter().any(|c| c.value == 0.38095));
    let coal: Vec<f64> =
        germany.iter().filter(|c| c.kind == ConventionKind::CoalOfEnergy && !c.raw_coal).map(|c| c.value).collect();
    assert_eq!(coal, [0.1229]);
}
