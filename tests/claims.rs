//! Sentences and tables of stated figures, held to what a careful reader takes from them.

use std::fmt::Write as _;

use rooftop_pv::audit::{Claim, CoalKind, Figure, Period, extract};
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
        let coal = sentence.coal.as_ref().map(|(value, kind, period)| format!("{} {:?}", shown(*value), (kind, period)));
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
fn a_text_without_figures_states_nothing() {
    for text in ["", " ", "。", "The mayor opened the roof.", "51", "\u{feff}"] {
        let claim = extract(text);
        assert_eq!(claim, Claim { place: claim.place.clone(), ..Claim::default() }, "{text:?}");
    }
}
