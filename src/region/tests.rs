use approx::assert_relative_eq;
use proptest::prelude::*;

use super::*;
use crate::error::Error;

const TWO: &str = "
base_year = 2020
[target]
capacity_kw = 100000
year = 2025
[carbon]
region = 'Jiangxi'
year = 2023
[[district]]
name = 'North'
yield_kwh_per_kw = 1000
[[district]]
name = 'South'
yield_kwh_per_kw = 1100
[[roof]]
district = 'North'
kind = 'factory'
area_m2 = 1e6
new_m2_per_year = 1e5
usable_share = 0.8
coverage = 0.5
new_coverage = 0.6
w_per_m2 = 150
source = 'survey'
[[roof]]
district = 'South'
kind = 'rural_residential'
area_m2 = 4e5
usable_share = 0.4
path = [[2021, 0.1], [2023, 0.3]]
w_per_m2 = 100
";

fn two() -> Region {
    Region::from_toml(TWO, "two.toml").unwrap()
}

#[test]
fn capacity_and_energy_by_hand() {
    let plan = two().plan().unwrap();
    // 2022: stock 0.5 x 2/5 of 1 km2, new 2 x 0.1 km2 x 0.6, at 150 W/m2; 0.2 of 0.4 km2 at 100 W/m2.
    let second = &plan.years[1];
    assert_eq!(second.year, 2022);
    assert_relative_eq!(second.capacity_kw, 30_000.0 + 18_000.0 + 8_000.0, max_relative = 1e-12);
    assert_relative_eq!(second.ac_kwh, 48e6 + 8.8e6, max_relative = 1e-12);
    let factor = crate::carbon::grid_factor("Jiangxi", Some(2023)).unwrap().value;
    assert_relative_eq!(second.saved.co2[0].co2_t, 56.8e6 * factor / 1000.0, max_relative = 1e-12);
    // 2025: 0.5 km2 and 5 x 0.06 km2 at 150; the path keeps its last share.
    assert_relative_eq!(plan.gap.planned_kw, 75_000.0 + 45_000.0 + 12_000.0, max_relative = 1e-12);
    assert_relative_eq!(plan.gap.missing_kw, -32_000.0, max_relative = 1e-12);
    assert_eq!(plan.roofs[0].area_m2, 1.5e6);
    assert!(plan.notes.iter().any(|note| note.contains("rural housing: 1 without a source")));
    assert!(plan.notes.iter().any(|note| note == "North, factories: survey"));
}

#[test]
fn one_coverage_for_all_reaches_the_target() {
    let mut region = two();
    // At full coverage 225 MW and 40 MW: below 0.4 both grow.
    region.target.capacity_kw = 53_000.0;
    assert_relative_eq!(region.plan().unwrap().gap.coverage.unwrap(), 53.0 / 265.0, max_relative = 1e-12);
    // Above it the houses stay at 16 MW.
    region.target.capacity_kw = 16_000.0 + 135_000.0;
    let gap = region.plan().unwrap().gap;
    assert_relative_eq!(gap.coverage.unwrap(), 0.6, max_relative = 1e-12);
    assert_relative_eq!(gap.most_kw, 180_000.0 + 16_000.0, max_relative = 1e-12);
    assert_relative_eq!(gap.area_factor.unwrap(), 151.0 / 132.0, max_relative = 1e-12);
    region.target.capacity_kw = 196_001.0;
    assert_eq!(region.plan().unwrap().gap.coverage, None);
}

#[test]
fn the_county_pilot_fills_what_is_not_given() {
    let preset = Preset::CountyPilot2021;
    let shares: Vec<_> =
        [Kind::Government, Kind::PublicBuilding, Kind::Factory, Kind::Commercial, Kind::RuralResidential]
            .into_iter()
            .map(|kind| preset.coverage(kind).unwrap())
            .collect();
    assert_eq!(shares, [0.5, 0.4, 0.3, 0.3, 0.2]);
    let text = TWO.replace("\ncoverage = 0.5\n", "\n").replace("base_year", "preset = 'county_pilot_2021'\nbase_year");
    let plan = Region::from_toml(&text, "p.toml").unwrap().plan().unwrap();
    assert_relative_eq!(plan.roofs[0].covered_m2, 0.3e6 + 0.3e6, max_relative = 1e-12);
    assert!(plan.notes[0].contains("National Energy Administration") && plan.notes[0].contains("quoted in public"));
    let urban = text.replace("'factory'", "'urban_residential'");
    let error = Region::from_toml(&urban, "p.toml").unwrap_err().to_string();
    assert!(error.contains("roof[0].coverage: missing") && error.contains("no preset"), "{error}");
}

#[test]
fn ruijin_is_far_from_its_target_on_assumed_roofs_and_says_so() {
    let plan = Region::ruijin().unwrap().plan().unwrap();
    assert!(plan.yields[0].from.contains("Ganzhou"));
    assert!((900.0..1200.0).contains(&plan.yields[0].kwh_per_kw), "{}", plan.yields[0].kwh_per_kw);
    assert!(plan.notes.iter().filter(|note| note.contains("assumed")).count() == 2);
    let last = plan.years.last().unwrap();
    assert_eq!((last.year, last.capacity_kw), (2025, plan.gap.planned_kw));
    assert!(plan.gap.coverage.is_none(), "not even all usable of these roofs would do");
    // The area factor and the closed form agree: 300 MW over the mean density of the covered roofs.
    let covered: f64 = plan.roofs.iter().map(|roof| roof.covered_m2).sum();
    let mean = 1000.0 * plan.gap.planned_kw / covered;
    let area = roof_area_m2(300_000.0, 0.5, mean).unwrap();
    assert_relative_eq!(area, 1e6 * plan.gap.area_factor.unwrap(), max_relative = 1e-12);
}

#[test]
fn damage_is_told_with_line_key_and_value() {
    for (from, to, wanted) in [
        (
            "coverage = 0.5",
            "coverage = 50",
            "two.toml, line 21: roof[0].coverage = 50: allowed is 0 to 1 as a fraction; per cent are 0.5",
        ),
        ("coverage = 0.5", "coverage = 0.9", "line 21: roof[0].coverage = 0.9: more than usable_share = 0.8"),
        ("coverage = 0.5", "coverage = nan", "line 21: roof[0].coverage = nan"),
        ("w_per_m2 = 150", "w_per_m2 = 400", "line 23: roof[0].w_per_m2 = 400: allowed is 10 to 250 W"),
        (
            "district = 'North'",
            "district = 'Nord'",
            "line 16: roof[0].district = 'Nord': no such district; did you mean North?",
        ),
        ("kind = 'factory'", "kind = 'factories'", "roof[0].kind = 'factories': unknown; did you mean factory?"),
        ("area_m2 = 1e6", "area = 1e6", "roof[0].area: unknown key; did you mean area_m2?"),
        (
            "area_m2 = 1e6",
            "area_m2 = 'big'",
            "roof[0].area_m2 = 'big': invalid type: string \"big\", expected a number",
        ),
        ("usable_share = 0.8\n", "", "roof[0].usable_share: missing"),
        ("year = 2025", "year = 2020", "line 5: target.year = 2020: must lie after base_year = 2020"),
        ("region = 'Jiangxi'", "region = 'Jiangsi'", "line 7: carbon.region = 'Jiangsi'"),
        ("[2023, 0.3]", "[2021, 0.3]", "roof[1].path[1]"),
        ("name = 'South'", "name = 'North'", "district[1].name = 'North': another district"),
        ("yield_kwh_per_kw = 1100", "", "district[1]"),
        ("yield_kwh_per_kw = 1100", "climate = 'Nowhere'", "district[1].climate = 'Nowhere'"),
        ("base_year = 2020", "base_year 2020", "line 2"),
    ] {
        assert!(TWO.contains(from), "{from}");
        let error = Region::from_toml(&TWO.replacen(from, to, 1), "two.toml").unwrap_err().to_string();
        assert!(error.starts_with("two.toml, line ") && error.contains(wanted), "{error}\n  wanted {wanted}");
    }
    assert!(matches!(Region::from_file("/nowhere/region.toml"), Err(Error::Io { .. })));
    assert!(roof_area_m2(1.0, 0.0, 150.0).is_err() && roof_area_m2(f64::NAN, 0.5, 150.0).is_err());
}

#[test]
fn parks_add_up_by_district_in_any_order() {
    let park = |kw: f64, latitude: f64| {
        let mut park = crate::Plant::jidong().unwrap();
        park.array.truncate(1);
        park.array[0].roof_area_m2 = None;
        park.array[0].capacity_kw = kw;
        park.site.latitude = latitude;
        park.weather.climate = None;
        park
    };
    let parks = [park(100.0, 36.68), park(200.0, 36.68), park(50.0, 30.0)];
    let sums = portfolio(&parks).unwrap();
    assert_eq!(sums.len(), 2);
    let jinan = sums.iter().find(|sum| sum.parks == 2).unwrap();
    assert_eq!(jinan.capacity_kw, 300.0);
    let alone = portfolio(&parks[..1]).unwrap();
    assert_relative_eq!(jinan.ac_kwh, 3.0 * alone[0].ac_kwh, max_relative = 1e-9);
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(single.install(|| portfolio(&parks)).unwrap(), sums);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_survived(text in "[a-z_\\[\\]=0-9.'\n\" ]{0,200}", cut in 0..500usize) {
        let _ = Region::from_toml(&text, "x");
        let _ = Region::from_toml(TWO.get(..cut.min(TWO.len())).unwrap_or_default(), "x");
    }

    #[test]
    fn the_needed_coverage_gives_the_target(
        roofs in prop::collection::vec((1e3..1e6f64, 0.1..1.0f64, 50.0..200.0f64), 1..6), part in 0.01..0.99f64
    ) {
        let mut region = two();
        region.roof = roofs.iter().map(|&(area_m2, usable_share, w_per_m2)| Roof {
            area_m2, usable_share, w_per_m2, coverage: Some(0.05), path: Vec::new(), new_coverage: None,
            new_m2_per_year: 0.0, ..region.roof[0].clone()
        }).collect();
        let most: f64 = roofs.iter().map(|(area, usable, w)| area * usable * w / 1000.0).sum();
        region.target.capacity_kw = part * most;
        let coverage = region.plan().unwrap().gap.coverage.unwrap();
        let reached: f64 = roofs.iter().map(|(area, usable, w)| area * coverage.min(*usable) * w / 1000.0).sum();
        prop_assert!((reached / region.target.capacity_kw - 1.0).abs() < 1e-9);
    }
}
