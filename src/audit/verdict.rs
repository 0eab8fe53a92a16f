//! The verdict on a claim, in plain words.

use serde::{Deserialize, Serialize};

use super::doubts::Doubt;
use super::evidence::Evidence;
use super::grade::Grade;
use super::ratios::RatioKind;
use super::readings::Need;

/// A grade and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The worst that was found.
    pub grade: Grade,
    /// Why, in a sentence or two.
    pub words: String,
}

impl Verdict {
    pub(super) fn of(evidence: &Evidence, doubts: &[Doubt]) -> Self {
        let worst = doubts.iter().filter_map(|doubt| doubt.grade).max();
        if let Some(grade) = worst {
            // What is implausible beside the impossible often names the cause.
            let told = grade.min(Grade::Implausible);
            let why: Vec<&str> =
                doubts.iter().filter(|d| d.grade >= Some(told)).map(|doubt| doubt.text.as_str()).collect();
            return Self { grade, words: why.join("; ") };
        }
        let fits = fitting(evidence);
        if fits.is_empty() {
            return Self { grade: Grade::NotEnoughSaid, words: missing(evidence) };
        }
        Self { grade: Grade::Consistent, words: fits.join("; ") }
    }
}

/// What was tested and fits.
fn fitting(evidence: &Evidence) -> Vec<String> {
    let mut fits = Vec::new();
    if let (Some(ratio), Some(likely)) = (evidence.ratio(RatioKind::SpecificYield), &evidence.likely) {
        let percentile = 100.0 * likely.percentile(ratio.value);
        let word = if percentile > 75.0 {
            "in the upper part of"
        } else if percentile < 25.0 {
            "in the lower part of"
        } else {
            "in the middle of"
        };
        fits.push(format!(
            "{:.0} kWh/kW is {word} what plants there give: {percentile:.0} of 100 give less",
            ratio.value
        ));
    }
    for found in &evidence.conventions {
        let (ratio, kind) = (&found.ratio, found.ratio.kind);
        match found.fitting.first() {
            Some(best) => {
                // Wide bounds let in what is not near.
                let is = if best.off.abs() > 0.1 { "can be" } else { "is" };
                fits.push(format!("the {} {is} {}", kind.title(), best.convention.title));
            }
            // A mix of fuels: the doubt says which, and nothing is wrong with it.
            None if kind == RatioKind::Co2OfCoal && evidence.ratios.len() == 1 => {
                fits.push(format!("{:.3} tCO2/tce lies between natural gas and the worst coal", ratio.value));
            }
            None => {}
        }
    }
    for reading in evidence.readings.iter().filter(|reading| !reading.co2_needs.is_empty()) {
        let mut under: Vec<&Need> = reading.possible().collect();
        // The likeliest first: what needs a yield nearest to the middle.
        let off_middle = |need: &Need| need.percentile.map_or(1.0, |p| (0.5 * (p.low + p.high) - 0.5).abs());
        under.sort_by(|a, b| off_middle(a).total_cmp(&off_middle(b)));
        if let Some(first) = under.first() {
            let more = under.len() - 1;
            let more = if more == 0 { String::new() } else { format!(" or {more} other conventions") };
            fits.push(format!("the CO2 can be that of {} under {}{more}", reading.title(), first.convention.title));
        }
    }
    fits
}

/// What is needed before anything can be tested.
fn missing(evidence: &Evidence) -> String {
    let claim = &evidence.claim;
    let stated: Vec<&str> = [
        ("capacity", claim.capacity_kw.is_some()),
        ("area", claim.area_m2.is_some()),
        ("energy", claim.energy_kwh.is_some()),
        ("coal", claim.coal_t.is_some()),
        ("CO2", claim.co2_t.is_some()),
    ]
    .into_iter()
    .filter_map(|(what, said)| said.then_some(what))
    .collect();
    let mut words = match stated.as_slice() {
        [] => String::from("no figure is stated that could be tested"),
        [one] => format!("{one} alone is stated: nothing to hold it against"),
        _ if evidence.ratio(RatioKind::SpecificYield).is_some() => {
            String::from("the yield is one that some roof on Earth gives; whether one there does needs its place")
        }
        several => format!("{} are stated, and nothing ties them to one another", several.join(" and ")),
    };
    if evidence.likely.is_none() {
        words.push_str("; ");
        words.push_str(&evidence.place);
    }
    if !claim.ambiguous.is_empty() {
        words.push_str("; what is ambiguous was left out");
    }
    words
}
