//! Sentences and tables of stated figures, held to what a careful reader takes from them.

use std::fmt::Write as _;

use proptest::prelude::*;
use rooftop_pv::audit::{Claim, CoalKind, Figure, Interval, Period, extract, extract_lines};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    text: String,
    capacity: Option<f64>,
    ac: Option<bool>,
    area: Option<(f64, String)>,
    energy: Option<(f64, Period)>,
    coal: Option<(f64, CoalKind, Period)>,
    co2: Option<(f64, Period)>,
    life: Option<f64>,
    year: Option<i32>,
    place: Option<String>,
    #[serde(default)]
    ambiguous: Vec<String>,
    #[serde(default)]
    aside: Vec<String>,
}

#[derive(Default)]
struct Score {
    wanted: usize,
    right: usize,
    wrong: usize,
    told: usize,
    to_tell: usize,
    report: String,
}

impl Score {
    /// Holds one figure, as its value and what belongs to it, against what is wanted.
    fn figure(&mut self, text: &str, name: &str, wanted: Option<String>, found: Option<String>) {
        self.wanted += usize::from(wanted.is_some());
        if wanted == found {
            self.right += usize::from(wanted.is_some());
            return;
        }
        self.wrong += usize::from(found.is_some());
        let say = |side: Option<String>| side.unwrap_or_else(|| String::from("nothing"));
        writeln!(self.report, "{name}: {} wanted, {} found: {text}", say(wanted), say(found)).unwrap();
    }

    fn told(&mut self, text: &str, name: &str, wanted: &[String], found: &[String]) {
        for words in wanted {
            self.to_tell += 1;
            if found.iter().any(|sentence| sentence.contains(words.as_str())) {
                self.told += 1;
            } else {
                writeln!(self.report, "{name}: {words:?} is not told, but {found:?}: {text}").unwrap();
            }
        }
    }
}

fn shown(value: f64) -> String {
    format!("{value:.6e}")
}

fn of(figure: Option<&Figure>, rest: &dyn std::fmt::Debug) -> Option<String> {
    figure.map(|figure| {
        assert!(figure.interval.contains(figure.value), "{figure:?}");
        assert!(!figure.words.is_empty());
        format!("{} {rest:?}", shown(figure.value))
    })
}

fn score(file: &str, toml: &str) -> Score {
    let fixture: Fixture = toml::from_str(toml).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut score = Score::default();
    for sentence in &fixture.sentence {
        let text = &sentence.text;
        let claim = extract(text);
        let capacity = sentence.capacity.map(|value| format!("{} {:?}", shown(value), sentence.ac));
        score.figure(text, "capacity", capacity, of(claim.capacity_kw.as_ref(), &claim.capacity_is_ac));
        let area = sentence.area.as_ref().map(|(value, kind)| format!("{} {:?}", shown(*value), kind == "roof"));
        score.figure(text, "area", area, of(claim.area_m2.as_ref(), &claim.area_is_roof));
        let energy = sentence.energy.as_ref().map(|(value, period)| format!("{} {period:?}", shown(*value)));
        score.figure(text, "energy", energy, of(claim.energy_kwh.as_ref(), &claim.energy_period));
        let coal =
            sentence.coal.as_ref().map(|(value, kind, period)| format!("{} {:?}", shown(*value), (kind, period)));
        score.figure(text, "coal", coal, of(claim.coal_t.as_ref(), &(claim.coal_kind, claim.coal_period)));
        let co2 = sentence.co2.as_ref().map(|(value, period)| format!("{} {period:?}", shown(*value)));
        score.figure(text, "co2", co2, of(claim.co2_t.as_ref(), &claim.co2_period));
        let life = sentence.life.map(|value| format!("{} ()", shown(value)));
        score.figure(text, "life", life, of(claim.life_years.as_ref(), &()));
        score.figure(text, "year", sentence.year.map(|year| year.to_string()), claim.year.map(|year| year.to_string()));
        score.told(text, "ambiguous", &sentence.ambiguous, &claim.ambiguous);
        score.told(text, "aside", &sentence.aside, &claim.aside);
        if sentence.ambiguous.is_empty() && !claim.ambiguous.is_empty() {
            writeln!(score.report, "ambiguous: nothing wanted, but {:?}: {text}", claim.ambiguous).unwrap();
        }
        if let Some(place) = &sentence.place {
            score.told(text, "place", std::slice::from_ref(place), std::slice::from_ref(&claim.place));
        }
    }
    println!(
        "{file}: {} sentences; {} of {} figures right, {} wrong taken; {} of {} told",
        fixture.sentence.len(),
        score.right,
        score.wanted,
        score.wrong,
        score.told,
        score.to_tell
    );
    println!("{}", score.report);
    score
}

#[test]
fn sentences_are_read_as_a_careful_reader_does() {
    let score = score("sentences.toml", include_str!("reference/sentences.toml"));
    assert!(score.wanted >= 140);
    assert_eq!(score.wrong, 0, "{}", score.report);
    assert!(score.right * 100 >= score.wanted * 95, "{}", score.report);
    assert!(score.told * 100 >= score.to_tell * 95, "{}", score.report);
}

#[test]
fn sentences_that_were_held_out_are_read_too() {
    let score = score("sentences_held_out.toml", include_str!("reference/sentences_held_out.toml"));
    assert_eq!(score.wrong, 0, "{}", score.report);
    assert!(score.right * 100 >= score.wanted * 95, "{}", score.report);
    assert!(score.told * 100 >= score.to_tell * 95, "{}", score.report);
}

#[test]
fn a_second_set_held_out_is_read_too() {
    let score = score("sentences_second_held_out.toml", include_str!("reference/sentences_second_held_out.toml"));
    assert_eq!(score.wrong, 0, "{}", score.report);
    assert!(score.right * 100 >= score.wanted * 95, "{}", score.report);
    assert!(score.told * 100 >= score.to_tell * 95, "{}", score.report);
}

#[test]
fn a_third_set_held_out_is_read_too() {
    let score = score("sentences_third_held_out.toml", include_str!("reference/sentences_third_held_out.toml"));
    assert_eq!(score.wrong, 0, "{}", score.report);
    assert!(score.right * 100 >= score.wanted * 95, "{}", score.report);
    assert!(score.told * 100 >= score.to_tell * 95, "{}", score.report);
}

#[test]
fn a_fourth_set_held_out_is_read_too() {
    let score = score("sentences_fourth_held_out.toml", include_str!("reference/sentences_fourth_held_out.toml"));
    assert_eq!(score.wrong, 0, "{}", score.report);
    assert!(score.right * 100 >= score.wanted * 95, "{}", score.report);
    assert!(score.told * 100 >= score.to_tell * 95, "{}", score.report);
}

#[test]
fn a_text_without_figures_states_nothing() {
    for text in ["", " ", "。", "The mayor opened the roof.", "51", "\u{feff}"] {
        let claim = extract(text);
        assert_eq!(claim, Claim { place: claim.place.clone(), ..Claim::default() }, "{text:?}");
    }
}

const STATED: &str = include_str!("../examples/claims/stated_yields.csv");

#[test]
fn every_row_of_the_stated_yields_reads() {
    let claims = Claim::from_csv(STATED, "stated_yields.csv").unwrap();
    let rows = STATED.lines().filter(|line| !line.starts_with('#')).count() - 1;
    assert_eq!((claims.len(), rows), (20, 20));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/claims/stated_yields.csv");
    assert_eq!(Claim::from_file(file).unwrap(), claims);

    let by_id = |id: &str| claims.iter().find(|claim| claim.id == id).unwrap();
    let jidong = by_id("jidong");
    let interval = |figure: &Option<Figure>| figure.as_ref().unwrap().interval;
    assert_eq!(interval(&jidong.capacity_kw), Interval::new(50_500.0, 51_500.0));
    assert_eq!(interval(&jidong.energy_kwh), Interval::new(58.5e6, 61.5e6));
    assert_eq!(interval(&jidong.coal_t), Interval::new(17_550.0, 18_450.0));
    assert_eq!((jidong.energy_period, jidong.coal_kind, jidong.year), (Period::Year, CoalKind::Unsaid, Some(2022)));
    assert!(jidong.area_is_roof && jidong.ambiguous.is_empty());
    assert_eq!(by_id("C13").co2_t.as_ref().unwrap().value, 887.699);
    assert_eq!(by_id("C02").energy_kwh.as_ref().unwrap().words, "64032900");
    assert!(!by_id("zhenjiang").states_something());
    assert_eq!(by_id("shengquan-1").family(), by_id("shengquan").family());
    assert_eq!(by_id("C01").family(), "C01");
    let no_stage = Claim { id: String::from("park-a"), ..Claim::default() };
    assert_eq!(no_stage.family(), "park-a");
}

#[test]
fn cells_may_hold_quantities_and_tables_may_be_toml() {
    let csv = "id,roof_area_m2,capacity_kw,annual_kwh,coal_t_per_year,co2_t_per_year\n\
               a,540亩,51MWp,6000万千瓦时,1.8万吨标准煤,\"48,000\"\n";
    let toml = "[[claim]]\nid = 'a'\nroof_area_m2 = '540亩'\ncapacity_kw = '51MWp'\n\
                annual_kwh = '6000万千瓦时'\ncoal_t_per_year = '1.8万吨标准煤'\nco2_t_per_year = '48,000'\n";
    let claims = Claim::from_csv(csv, "a.csv").unwrap();
    assert_eq!(claims, Claim::from_toml(toml, "a.toml").unwrap());
    let claim = &claims[0];
    let value = |figure: &Option<Figure>| figure.as_ref().unwrap().value;
    assert!((value(&claim.area_m2) - 360e3).abs() < 1e-6);
    assert_eq!((value(&claim.capacity_kw), claim.capacity_is_ac), (51e3, Some(false)));
    assert_eq!((value(&claim.coal_t), claim.coal_kind, value(&claim.co2_t)), (18e3, CoalKind::Standard, 48e3));
    let numbers = Claim::from_toml("[[claim]]\ncapacity_kw = 51_000\n[[claim]]\nannual_kwh = 6e7\n", "b.toml").unwrap();
    assert_eq!((value(&numbers[0].capacity_kw), value(&numbers[1].energy_kwh)), (51e3, 60e6));
}

#[test]
fn bad_tables_are_refused_with_their_place() {
    for (csv, says) in [
        ("id,capacity_kv\na,1\n", "c.csv, line 1, column 2 = capacity_kv: unknown column; did you mean capacity_kw?"),
        ("name\na\n", "the column id is missing"),
        ("id,id\na,b\n", "column 2 = id: stands twice"),
        ("# note\nid,capacity_kw\na,51x\n", "c.csv, line 3, column 2 (capacity_kw) = 51x"),
        ("id,capacity_kw\na,NaN\n", "line 2, column 2 (capacity_kw) = NaN: negative, infinite or NaN"),
        ("id,capacity_kw\na,inf\n", "negative, infinite or NaN"),
        ("id,capacity_kw\na,-51000\n", "negative, infinite or NaN"),
        ("id,capacity_kw\na,0\n", "zero states nothing"),
        ("id,capacity_kw\na,51 kg\n", "is of another kind: mass, t; allowed is power, kW"),
        ("id,capacity_kw\na,51 mW\n", "milliwatt"),
        ("id,annual_kwh\na,33 MWh a day\n", "for less than a year"),
        ("id,co2_t_per_year\na,18000 tce\n", "another substance"),
        ("id,year\na,22\n", "column 2 (year) = 22: allowed is a year of four digits"),
        ("id,latitude,longitude\na,117.5,36.7\n", "column 2 (latitude) = 117.5: allowed is -90 to 90"),
        ("id,latitude\na,36.7\n", "missing beside latitude"),
        ("id,capacity_kw\na,1\na,2\n", "line 3, column 1 (id) = a: stands twice"),
        ("id,capacity_kw\n,1\n", "column 1 (id): empty"),
        ("id,note\na,b,c\n", "line 2: 3 fields where the header has 2"),
        ("id,note\n", "there is no claim in it"),
        ("", "the column id is missing"),
    ] {
        let error = Claim::from_csv(csv, "c.csv").expect_err(csv).to_string();
        assert!(error.contains(says), "{csv:?}: {error}");
    }
    for (toml, says) in [
        (
            "[[claim]]\nid = 'a'\ncapacity = 5\n",
            "c.toml, line 3: claim[0].capacity = 5: unknown key; did you mean capacity_kw?",
        ),
        ("[[claim]]\ncapacity_kw = nan\n", "c.toml, line 2: claim[0].capacity_kw = nan: negative, infinite or NaN"),
        ("[[claim]]\ncapacity_kw = -5\n", "negative"),
        ("[[claim]]\ncapacity_kw = true\n", "allowed is a number or a text"),
        ("[[claims]]\ncapacity_kw = 5\n", "line 1: claims: unknown key; did you mean claim?"),
        ("capacity_kw = 5\n", "belongs into a [[claim]] table"),
        ("[claim]\ncapacity_kw = 5\n", "double brackets"),
        ("[[claim]]\ncapacity_kw = \n", "c.toml, line 2: TOML"),
        ("[[claim]]\nid = 'a'\n[[claim]]\nid = 'a'\n", "claim[1].id = a: stands twice"),
        ("", "there is no claim in it"),
    ] {
        let error = Claim::from_toml(toml, "c.toml").expect_err(toml).to_string();
        assert!(error.contains(says), "{toml:?}: {error}");
    }
    assert!(Claim::from_file("no_such_claims.csv").is_err());
}

#[test]
fn places_are_filled_only_where_town_and_province_are_named() {
    let jinan = extract("位于山东省济南市的屋顶光伏装机51兆瓦。");
    assert_eq!((jinan.place.as_str(), jinan.latitude.is_some()), ("山东, 济南", true));
    assert!(jinan.note.contains("Jinan"));
    let latitude = jinan.latitude.unwrap();
    assert!((36.0..37.5).contains(&latitude));
    assert_eq!(extract("A 5 MW roof in Jinan, Shandong.").latitude, Some(latitude));
    assert_eq!(extract("A 5 MW roof in Jinan.").latitude, None);
    assert_eq!(extract("双方合作建设5MW屋顶光伏。").place, "");
    assert_eq!(extract("济南、青岛两地屋顶光伏，山东省内共5MW。").latitude, None);
}

#[test]
fn lines_are_plants_of_their_own() {
    let claims = extract_lines("一号厂房：装机5MW，年发电500万度。\n\n今日晴。\n二号厂房：装机8MW。");
    let capacities: Vec<_> = claims.iter().map(|claim| claim.capacity_kw.as_ref().unwrap().value).collect();
    assert_eq!(capacities, [5e3, 8e3]);
}

#[test]
fn long_texts_without_a_stop_are_read_in_time() {
    for bit in ["其中1MW", "屋顶1m2其中", "or 700 tonnes", "累计", "1", "一", "1,", "25年累计1度电，", "a. ", "1 ", "×"]
    {
        let text = bit.repeat(4_000);
        let claim = extract(&text);
        assert!(claim.capacity_kw.is_none() || bit.contains("MW"), "{bit}");
    }
}

/// Bits of sentences, so that random texts come near to real ones.
const BITS: [&str; 40] = [
    "装机",
    "容量",
    "51",
    "兆瓦",
    "万",
    "亿",
    "千瓦时",
    "度",
    "年",
    "每年",
    "发电",
    "节约",
    "标准煤",
    "吨",
    "二氧化碳",
    "，",
    "。",
    "约",
    "近",
    "-",
    "1.000",
    ",",
    " ",
    "\n",
    "MW",
    "GWh",
    " a year",
    "between ",
    " and ",
    "roof",
    " of ",
    "CO2",
    "storage",
    "/",
    "(",
    "25年",
    "累计",
    "两",
    "十几",
    "2022年",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_much(text in "\\PC*", bits in prop::collection::vec(0..BITS.len(), 0..30)) {
        let mixed: String = bits.iter().map(|&bit| BITS[bit]).collect();
        for text in [text, mixed] {
            let claim = extract(&text);
            let figures = [&claim.area_m2, &claim.capacity_kw, &claim.energy_kwh, &claim.coal_t, &claim.co2_t, &claim.life_years];
            for figure in figures.into_iter().flatten() {
                prop_assert!(figure.value > 0.0 && figure.value.is_finite(), "{text:?}: {figure:?}");
                prop_assert!(figure.interval.contains(figure.value) && text.contains(&figure.words), "{text:?}: {figure:?}");
            }
            let _ = Claim::from_csv(&text, "t.csv");
            let _ = Claim::from_toml(&text, "t.toml");
        }
    }
}
