//! What a mass is of: coal that is saved, CO2 that is avoided, or something else.

use super::clauses::{Parts, Span};
use super::cues::{Label, SAVED, SPENT, first_of, has, last_of};
use super::roles::{Role, mismatch, region};
use crate::audit::claim::CoalKind;
use crate::audit::quantity::Substance;
use crate::audit::quantity::spellings::SUBSTANCES;

/// The substance that a text names last (`from_end`) or first.
fn named(text: &str, from_end: bool) -> Option<((usize, usize), Substance)> {
    let mut best: Option<((usize, usize), Substance)> = None;
    for &(word, substance) in SUBSTANCES {
        let place = if from_end { last_of(text, &[word]) } else { first_of(text, &[word]) };
        let Some(place) = place else { continue };
        let better = best.is_none_or(|(known, _)| {
            // Of two in one place, the longer.
            if from_end { (place.1, known.0) > (known.1, place.0) } else { (place.0, known.1) < (known.0, place.1) }
        });
        if better {
            best = Some((place, substance));
        }
    }
    best
}

/// What a mass is of, from the words before it, else behind it.
fn substance(parts: &Parts, index: usize) -> Option<Substance> {
    let of = parts.found.get(index)?.quantity.substance;
    of.or_else(|| named(parts.before(index), true).map(|(_, substance)| substance))
        .or_else(|| named(parts.after(index), false).map(|(_, substance)| substance))
        .or_else(|| {
            // "21,000 tonnes of CO2 over its life, or 700 tonnes a year"
            let again =
                ["or", "or about", "or some", "that is", "equal to", "或", "即"].contains(&parts.before(index).trim());
            parts.last_alike(index).filter(|_| again).and_then(|last| substance(parts, last))
        })
}

/// Whether the words before a mass name two substances for it: "SO2 and CO2 by 50,000 t".
fn together(before: &str) -> bool {
    let Some(((start, _), last)) = named(before, true) else { return false };
    let head = before.get(..start).unwrap_or("");
    let Some(((_, end), other)) = named(head, true) else { return false };
    let joint = head.get(end..).unwrap_or("").trim();
    other != last && ["和", "与", "及", "以及", "and", "/", "排放和"].contains(&joint)
}

/// The role of a mass.
pub(super) fn mass(parts: &Parts, index: usize, label: Option<Label>) -> Role {
    let (clause, sentence) = (parts.clause_text(index), parts.sentence_text(index));
    let Some(substance) = substance(parts, index) else {
        if let Some(role) = mismatch(label, &[Label::Mass]) {
            return role;
        }
        if has(clause, SAVED) {
            return Role::Unclear(String::from("of coal, of CO2 or of something else?"));
        }
        return Role::Aside("a mass of something else");
    };
    if substance == Substance::Other {
        return Role::Aside("a mass of something else");
    }
    if let Some(role) = mismatch(label, &[Label::Mass, Label::Energy]) {
        return role;
    }
    if parts.found.get(index).is_some_and(|found| found.quantity.substance.is_none()) && together(parts.before(index)) {
        return Role::Unclear(String::from("of two substances together"));
    }
    let spent = has(parts.before(index), SPENT) || has(parts.after(index), SPENT);
    if spent && !has(clause, SAVED) && !has(sentence, &["减", "节", "avoid-", "reduc-", "sav-"]) {
        return Role::Aside("what is used or emitted, not what is saved");
    }
    let labelled = parts.before(index).trim_end().ends_with(':') || parts.before(index).trim().is_empty();
    if !has(sentence, SAVED) && (spent || !labelled) {
        return Role::Aside("a mass that is not said to be saved");
    }
    if region(parts, index) {
        return Role::Aside("a region's mass");
    }
    let period = match parts.period(index) {
        Some(Span::ToDate) => return Role::Aside("a total up to a day"),
        Some(Span::Short) => return Role::Aside("for less than a year"),
        period => period,
    };
    match substance {
        Substance::StandardCoal => Role::Coal(CoalKind::Standard, period),
        Substance::RawCoal => Role::Coal(CoalKind::Raw, period),
        Substance::Coal => Role::Coal(CoalKind::Unsaid, period),
        _ => Role::Co2(period),
    }
}
