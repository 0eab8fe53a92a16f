//! What does not fit together in a claim, and what is likely behind it.

use serde::Serialize;

use super::bounds::Bound;
use super::conventions::{Matches, official};
use super::evidence::Evidence;
use super::grade::Grade;
use super::interval::Interval;
use super::likely::Likely;
use super::ratios::{Ratio, RatioKind};
use super::readings::Reading;
use super::{TYPICAL_W_PER_M2, USUAL};
use crate::carbon::{Convention, ConventionKind, FactorKind};
use crate::words::{grouped, round_to, trimmed};

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// How bad it is; none for a remark that makes nothing wrong.
    pub grade: Option<Grade>,
    /// What it is and what is likely behind it, a sentence or two.
    pub text: String,
}

impl Doubt {
    fn of(grade: Grade, text: String) -> Self {
        Self { grade: Some(grade), text }
    }

    fn remark(text: String) -> Self {
        Self { grade: None, text }
    }
}

/// How far a figure slips when a unit is taken for another, and which.
const SLIPS: [(f64, &str); 8] = [
    (1e4, "a 万 (10 000) was counted twice"),
    (1e-4, "a 万 (10 000) was lost"),
    (1e3, "kilo was counted twice"),
    (1e-3, "kilo was lost, or MWh taken for GWh"),
    (10.0, "a digit too many"),
    (0.1, "a digit was lost"),
    (1e8, "an 亿 (100 million) stands for a unit"),
    (1e-8, "an 亿 (100 million) was lost"),
];

/// Years after which the energy of a life is mistaken for a year's.
const LIVES: [f64; 3] = [20.0, 25.0, 30.0];

/// Yields of roofs from dull cities of the north, badly turned, to the Atacama, kWh/kW: the Global Solar Atlas (World Bank) has 700
/// to 2400 for planes turned well; a steep roof away from the sun gives half.
const ANYWHERE: Interval = Interval { low: 350.0, high: 2400.0 };

/// A mean year of 25 over the first, at 0.5 % a year (Jordan et al. 2016): (1 − 0.995²⁵) / (25 · 0.005).
const LIFE_MEAN: f64 = 0.9425;

/// All doubts about a claim, in the order of its figures.
pub(super) fn doubts(evidence: &Evidence, known: &[Convention]) -> Vec<Doubt> {
    let mut list = Vec::new();
    for bound in evidence.bounds.iter().filter(|bound| !bound.kept) {
        // Of several bounds that one ratio breaks, the tightest says it all.
        let kind = bound.ratio.kind;
        let tighter =
            |other: &&Bound| !other.kept && other.ratio.kind == kind && other.allowed.high < bound.allowed.high;
        if evidence.bounds.iter().find(tighter).is_some() {
            continue;
        }
        let (ratio, decimals) = (&bound.ratio, bound.ratio.kind.decimals());
        list.push(Doubt::of(
            Grade::Impossible,
            format!("{ratio} cannot be: {}, {:.decimals$} {}", bound.why, bound.allowed, ratio.kind.unit()),
        ));
    }
    for ratio in &evidence.ratios {
        match ratio.kind {
            RatioKind::SpecificYield => list.extend(of_yield(evidence, ratio)),
            RatioKind::PowerDensity => list.extend(of_density(evidence, ratio)),
            _ => {}
        }
    }
    for found in &evidence.conventions {
        list.extend(of_convention(evidence, found, known));
    }
    list.extend(of_readings(evidence));
    list
}

/// Energy that the place does not give.
fn of_yield(evidence: &Evidence, ratio: &Ratio) -> Vec<Doubt> {
    let mut list = Vec::new();
    let hours = ratio.value / 100.0;
    if (hours - hours.round()).abs() < 1e-6 * hours && ratio.interval.high / ratio.interval.low < 1.2 {
        list.push(Doubt::remark(format!(
            "the energy is exactly {} h of full power: a rule of thumb, not a simulation or a meter",
            trimmed(ratio.value)
        )));
    }
    let Some(likely) = &evidence.likely else {
        list.extend(of_any_place(evidence, ratio));
        return list;
    };
    let percentile = likely.percentile(ratio.value);
    if USUAL.contains(percentile) {
        return list;
    }
    let high = percentile > USUAL.high;
    let [lowest, .., highest] = likely.quantiles;
    let far = if high { ratio.interval.low > 1.15 * highest } else { ratio.interval.high < 0.75 * lowest };
    let grade = match (far, high) {
        (true, _) => Grade::Implausible,
        (false, true) => Grade::Overstated,
        (false, false) => Grade::Understated,
    };
    let usual = likely.usual();
    let mut text = format!(
        "{ratio} is {} than what {:.0} of 100 plants there give ({usual:.0} kWh/kW)",
        if high { "more" } else { "less" },
        if high { 100.0 * USUAL.high } else { 100.0 * (1.0 - USUAL.low) },
    );
    if likely.percentiles(ratio.interval).overlaps(USUAL) {
        text.push_str(", and usual only at the edge of what its digits allow");
    }
    let causes = causes_of_yield(evidence, ratio, usual, high, far);
    if !causes.is_empty() {
        text.push_str("; it would be usual if ");
        text.push_str(&causes.join(", or if "));
    }
    list.push(Doubt::of(grade, text));
    list
}

/// Energy that no roof on Earth gives, where the place is not known.
fn of_any_place(evidence: &Evidence, ratio: &Ratio) -> Option<Doubt> {
    if ratio.interval.overlaps(ANYWHERE) {
        return None;
    }
    let causes = causes_of_yield(evidence, ratio, ANYWHERE, ratio.interval.low > ANYWHERE.high, true);
    let mut text = format!("{ratio} is far from what roofs anywhere give ({ANYWHERE:.0} kWh/kW)");
    if !causes.is_empty() {
        text = format!("{text}; it would be usual if {}", causes.join(", or if "));
    }
    Some(Doubt::of(Grade::Implausible, text))
}

fn causes_of_yield(evidence: &Evidence, ratio: &Ratio, usual: Interval, high: bool, far: bool) -> Vec<String> {
    let fits = |factor: f64| ratio.interval.scaled(factor).overlaps(usual);
    let mut causes = Vec::new();
    if far {
        causes.extend(SLIPS.iter().filter(|(slip, _)| fits(1.0 / slip)).map(|(_, what)| (*what).to_owned()));
        causes.extend(
            LIVES
                .iter()
                .find(|&&years| fits(1.0 / years))
                .map(|years| format!("the energy were that of {years:.0} years, not of one")),
        );
    }
    if !high && fits(1.0 / LIFE_MEAN) {
        causes.push(String::from("the energy were the mean of 25 years, not the first year's"));
    }
    if high && !far && evidence.claim.capacity_is_ac != Some(false) && fits(1.0 / 1.3) {
        causes.push(String::from("the capacity were the inverters' (AC) and the modules had 1.3 times it"));
    }
    if let (Some(energy), Some(capacity)) = (&evidence.annual.energy_kwh, &evidence.claim.capacity_kw) {
        let needed = energy.interval.over(usual);
        if needed.overlaps(capacity.interval.scaled(0.25).hull(capacity.interval.scaled(4.0))) {
            let size = if high { "larger" } else { "smaller" };
            causes.push(format!(
                "the energy belonged to a {size} stage or whole of {} to {} MW",
                trimmed(round_to(needed.low / 1000.0, 3)),
                trimmed(round_to(needed.high / 1000.0, 3))
            ));
        }
    }
    causes
}

/// Modules denser or thinner than roofs carry them.
fn of_density(evidence: &Evidence, ratio: &Ratio) -> Option<Doubt> {
    if ratio.interval.overlaps(TYPICAL_W_PER_M2) || ratio.interval.low > TYPICAL_W_PER_M2.high {
        return (ratio.interval.low > TYPICAL_W_PER_M2.high && evidence.bounds.iter().all(|bound| bound.kept)).then(|| {
            Doubt::of(
                Grade::Implausible,
                format!(
                    "{ratio} is more than roofs carry with walkways and edges ({TYPICAL_W_PER_M2:.0} W/m2): the area of the modules alone, or not all of the roof?"
                ),
            )
        });
    }
    Some(Doubt::remark(format!(
        "{ratio} leaves much of the area free: a covered roof carries {TYPICAL_W_PER_M2:.0} W/m2. Is the area that of the whole site?"
    )))
}

/// Coal or CO2 that no convention makes, or one other than the official.
fn of_convention(evidence: &Evidence, found: &Matches, known: &[Convention]) -> Vec<Doubt> {
    let kind = found.ratio.kind;
    let region = evidence.region.as_deref().unwrap_or("China");
    let mut list = Vec::new();
    if found.fitting.is_empty() && evidence.bounds.iter().all(|bound| bound.kept || bound.ratio.kind != kind) {
        list.extend(of_no_convention(evidence, found, known, region));
    }
    if kind == RatioKind::Co2OfEnergy {
        list.extend(of_grid(evidence, found, known, region));
    }
    list
}

fn of_no_convention(evidence: &Evidence, found: &Matches, known: &[Convention], region: &str) -> Option<Doubt> {
    let (ratio, kind) = (&found.ratio, found.ratio.kind);
    if kind == RatioKind::Co2OfCoal {
        return of_mix(evidence, ratio, known);
    }
    let below = found.nearest.iter().any(|m| m.off > 0.0);
    let above = found.nearest.iter().any(|m| m.off < 0.0);
    let grade = match (below, above) {
        (true, false) => Some(Grade::Overstated),
        (false, true) => Some(Grade::Understated),
        _ => None,
    };
    let beside: Vec<String> = found
        .nearest
        .iter()
        .map(|m| format!("{} {} ({:+.0} %)", m.convention.title, trimmed(m.convention.value), 100.0 * m.off))
        .collect();
    let mut text = format!("{ratio} matches no factor of {region} and no convention; next: {}", beside.join(", "));
    if let [Some(one), Some(other)] = [0, 1].map(|i| found.nearest.get(i).and_then(|m| m.convention.supply_year)) {
        text = format!("{text}; it can be the rate of a year between {} and {}", one.min(other), one.max(other));
    }
    if kind == RatioKind::Co2OfEnergy {
        text.push_str(&slip_of_co2(evidence, ratio, known));
    }
    Some(Doubt { grade, text })
}

/// CO2 over coal that is not coal's: said only where nothing else explains the two.
fn of_mix(evidence: &Evidence, ratio: &Ratio, known: &[Convention]) -> Option<Doubt> {
    let explained = |kind| evidence.conventions.iter().any(|m| m.ratio.kind == kind && !m.fitting.is_empty());
    if explained(RatioKind::CoalOfEnergy) && explained(RatioKind::Co2OfEnergy) {
        return None;
    }
    let of_coal = || known.iter().filter(|c| c.kind == ConventionKind::Co2OfCoal).map(|c| c.value);
    let (least, most) = (of_coal().fold(f64::INFINITY, f64::min), of_coal().fold(0.0, f64::max));
    let why = if ratio.interval.high < least {
        "a mix with gas, oil or power without carbon, or CO2 of fewer emitters than the energy is of"
    } else if ratio.interval.low > most {
        "worse fuel than standard coal's rule, CO2 that is not of fuel (lime, steel), or two different sources"
    } else {
        "between the rules"
    };
    Some(Doubt::remark(format!("{ratio} is not that of coal ({} to {}): {why}", trimmed(least), trimmed(most))))
}

/// What could have happened to CO2 that fits no factor: the energy that it stands for under the official one.
fn slip_of_co2(evidence: &Evidence, ratio: &Ratio, known: &[Convention]) -> String {
    let (Some(official), Some(co2)) = (official(known), &evidence.annual.co2_t) else { return String::new() };
    let slip = SLIPS.iter().find(|(slip, _)| {
        let mended = ratio.interval.scaled(1.0 / slip);
        known.iter().any(|c| c.kind == ConventionKind::Co2OfEnergy && mended.contains(c.value))
    });
    let energy = co2.interval.scaled(1000.0 / official.value);
    let stated = evidence.annual.energy_kwh.as_ref().map(|figure| figure.interval);
    let beside = match stated {
        Some(stated) if energy.high < stated.low => ", part of the energy stated",
        Some(stated) if energy.low > stated.high => ", more than the energy stated",
        _ => "",
    };
    let mut text = format!(
        "; at {} ({}) it stands for {} to {} GWh{beside}",
        official.title,
        trimmed(official.value),
        trimmed(round_to(energy.low / 1e6, 3)),
        trimmed(round_to(energy.high / 1e6, 3))
    );
    if let Some((_, what)) = slip {
        text = format!("{text}; or {what}");
    }
    text
}

/// CO2 made by another route than the grid's average: what the average would give.
fn of_grid(evidence: &Evidence, found: &Matches, known: &[Convention], region: &str) -> Option<Doubt> {
    let official = official(known)?;
    let (energy, best) = (evidence.annual.energy_kwh.as_ref()?, found.fitting.first()?);
    if found.ratio.interval.contains(official.value) {
        return None;
    }
    Some(Doubt::remark(format!(
        "the CO2 is that of {} ({}), not of {region}'s grid average: {} ({}) would give {} t",
        best.convention.title,
        trimmed(best.convention.value),
        official.title,
        trimmed(official.value),
        grouped(energy.value * official.value / 1000.0, 0)
    )))
}

/// Figures that fit one reading of stage and whole better than another.
fn of_readings(evidence: &Evidence) -> Vec<Doubt> {
    let mut list = Vec::new();
    if evidence.annual.energy_kwh.is_some() && evidence.readings.len() > 1 {
        list.extend(evidence.likely.as_ref().and_then(|likely| of_stages(&evidence.readings, likely)));
    }
    for reading in evidence.readings.iter().filter(|reading| !reading.co2_needs.is_empty()) {
        let Some(official) =
            reading.co2_needs.iter().find(|n| n.convention.factor_kind == Some(FactorKind::GridAverage))
        else {
            continue;
        };
        let (title, value) = (&official.convention.title, trimmed(official.convention.value));
        let verdict = match official.percentile {
            Some(p) if p.overlaps(USUAL) => "as plants there give",
            Some(p) if p.low > USUAL.high => "more than plants there give",
            Some(_) => "less than plants there give",
            None => "of a place unknown",
        };
        list.push(Doubt::remark(format!(
            "as that of {}, the CO2 needs {:.0} kWh/kW at {title} ({value}), {verdict}",
            reading.title(),
            official.specific_yield
        )));
    }
    list
}

/// For which capacity the energy is usual: as stated, only at the edge of what its digits allow, or not at all.
fn of_stages(readings: &[Reading], likely: &Likely) -> Option<Doubt> {
    let mut words: [Vec<String>; 3] = Default::default();
    for reading in readings {
        let ratio = reading.specific_yield?;
        let at = likely.percentiles(ratio.interval);
        let class = if USUAL.contains(likely.percentile(ratio.value)) {
            0
        } else if at.overlaps(USUAL) {
            1
        } else {
            2
        };
        words[class].push(format!("{} MW", trimmed(reading.capacity_kw.value / 1000.0)));
    }
    let said = ["usual for", "at the edge of what its digits allow for", "not usual for"];
    let parts: Vec<String> = said
        .iter()
        .zip(&words)
        .filter(|(_, of)| !of.is_empty())
        .map(|(said, of)| format!("{said} {}", of.join(" and ")))
        .collect();
    Some(Doubt::remark(format!("the energy is {}", parts.join(", "))))
}
