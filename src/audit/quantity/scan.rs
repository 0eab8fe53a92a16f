//! Finds quantities in a text: number, unit, and the words that qualify them.

use std::ops::Range;

use super::numerals::{Numeral, numeral};
use super::plain::{Plain, is_blank};
use super::qualifiers::{Head, qualify};
use super::spellings::SUBSTANCES;
use super::units::{Behind, Unit, behind, currency, is_han, unit, unit_place};
use super::{Dimension, Per, Quantity};
use crate::audit::interval::Interval;

/// A quantity and where it stands in the plain text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// With the words that qualify it.
    pub(crate) span: Range<usize>,
    /// Where its digits begin.
    pub(crate) digits: usize,
    /// Its `words` are empty: they belong to the text as written.
    pub(crate) quantity: Quantity,
}

const RANGE_OR_CHANGE: &str = "may be a range or a change from one to the other";

/// All quantities in the order of the text.
pub(crate) fn scan(plain: &Plain) -> Vec<Found> {
    let mut all = Vec::new();
    let mut at = 0;
    let mut floor = 0;
    while let Some(c) = plain.rest(at).chars().next() {
        let found = if may_begin(plain, at, c) { quantity_at(plain, at, floor) } else { None };
        if let Some(found) = found {
            at = found.span.end.max(at + c.len_utf8());
            floor = at;
            all.push(found);
        } else if c.is_ascii_digit() {
            // The digits of "CO2" or "PM2.5" are part of a name.
            at += plain.rest(at).chars().take_while(|c| c.is_ascii_digit() || *c == '.').count();
        } else if c.is_ascii_alphabetic() {
            at += plain.rest(at).chars().take_while(char::is_ascii_alphabetic).count();
        } else {
            at += c.len_utf8();
        }
    }
    all
}

fn may_begin(plain: &Plain, at: usize, c: char) -> bool {
    let before = plain.before(at);
    if c.is_ascii_digit() {
        return !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    }
    c.is_ascii_alphabetic() && !before.is_some_and(|c| c.is_ascii_alphanumeric())
        || "$¥￥€£".contains(c)
        || "零一二三四五六七八九十两几数人".contains(c)
}

/// A number with its unit, if it has one.
#[derive(Clone)]
struct Part {
    numeral: Numeral,
    unit: Option<Unit>,
    end: usize,
}

fn part(plain: &Plain, at: usize) -> Option<Part> {
    let numeral = numeral(plain, at)?;
    let place = unit_place(plain, numeral.end);
    let unit = unit(plain, place).filter(|unit| fits(plain, &numeral, place, unit));
    let end = unit.map_or(numeral.end, |unit| unit.end);
    Some(Part { numeral, unit, end })
}

/// Whether what looks like a unit is one behind this number.
fn fits(plain: &Plain, numeral: &Numeral, place: usize, unit: &Unit) -> bool {
    let blank = place > numeral.end;
    let latin_next = plain.rest(unit.end).starts_with(|c: char| c.is_ascii_alphanumeric());
    match unit.dimension {
        // A letter behind a blank is a word more often than a unit.
        Dimension::Length | Dimension::Voltage if blank => !latin_next,
        Dimension::Count => !numeral.multiplied() || !blank,
        _ => true,
    }
}

fn quantity_at(plain: &Plain, at: usize, floor: usize) -> Option<Found> {
    let money = currency(plain, at);
    let mut first = part(plain, money.unwrap_or(at))?;
    if money.is_some() {
        take_money_letter(plain, &mut first);
    }
    let bracket = bracketed_unit(plain, at, floor).filter(|_| {
        let ranges = plain.rest(plain.skip_blanks(first.end)).starts_with(['-', '至', '到', '—']);
        first.unit.is_none() && money.is_none() && !ranges
    });
    first.unit = first.unit.or(bracket.map(|(unit, _)| unit));
    let head = Head::before(plain, at, floor);
    let mut second = None;
    if let Some(next) = range_end(plain, &first, head.between) {
        first.end = next.end;
        second = Some(next);
    }
    let unit = match second.as_ref().and_then(|next| next.unit) {
        Some(unit) => Some(unit),
        None => first.unit,
    };
    let unit = if money.is_some() { None } else { unit };
    let mut dimension =
        if money.is_some() { Dimension::Money } else { unit.map_or(Dimension::Number, |unit| unit.dimension) };
    // Number words without a unit are words: "one of", 一期, 统一.
    if dimension == Dimension::Number && first.numeral.in_words && !(first.numeral.multiplied() || unit.is_some()) {
        return None;
    }
    let timed = unit.is_some_and(|unit| matches!(unit.dimension, Dimension::Duration | Dimension::Other));
    let bare = dimension == Dimension::Number && second.is_none();
    if timed && is_calendar_year(plain, &first) || bare && is_bare_year(plain, &first, at) {
        dimension = Dimension::CalendarYear;
    }
    let (value, interval) = measure(&first, second.as_ref(), unit);
    let unsure = |part: &Part| part.numeral.doubt;
    let mut doubt = unsure(&first).or_else(|| second.as_ref().and_then(unsure)).or(unit.and_then(|unit| unit.doubt));
    if second.is_some() && head.from {
        doubt = doubt.or(Some(RANGE_OR_CHANGE));
    }
    let mut quantity = Quantity {
        value,
        interval,
        dimension,
        words: String::new(),
        per: None,
        substance: unit.and_then(|unit| unit.substance),
        side: unit.and_then(|unit| unit.side),
        doubt: doubt.unwrap_or_default().to_owned(),
    };
    let mut end = if money.is_some() && first.unit.is_some_and(|unit| unit.dimension != Dimension::Money) {
        first.numeral.end
    } else {
        first.end
    };
    if unit.is_some() || money.is_some() {
        end = take_behind(plain, &mut quantity, end);
    }
    let more = first.numeral.more || second.is_some_and(|next| next.numeral.more);
    let start = qualify(plain, &mut quantity, &head, more, at, &mut end);
    let start = bracket.map_or(start, |(_, open)| open.min(start));
    Some(Found { span: start..end, digits: at, quantity })
}

/// The unit of `capacity (MW): 51`, and where its bracket opens.
fn bracketed_unit(plain: &Plain, at: usize, floor: usize) -> Option<(Unit, usize)> {
    let head = plain.text.get(floor..at)?.trim_end_matches(is_blank);
    let inside = head.strip_suffix([':', '=']).unwrap_or(head).trim_end_matches(is_blank).strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let place = plain.skip_blanks(floor + open + 1);
    let unit = unit(plain, place)?;
    (plain.skip_blanks(unit.end) == floor + inside.len()).then_some((unit, floor + open))
}

/// The letter of "£4.5m".
fn take_money_letter(plain: &Plain, part: &mut Part) {
    let rest = plain.rest_lower(part.numeral.end);
    let alone = |letter: &str| {
        rest.strip_prefix(letter).is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    if let Some((letter, exponent)) = [("m", 6), ("k", 3), ("b", 9)].into_iter().find(|(letter, _)| alone(letter)) {
        part.numeral.decimal.exponent += exponent;
        part.numeral.end += letter.len();
        part.unit = None;
        part.end = part.numeral.end;
    }
}

/// `50-60 MW`, `50至60兆瓦`, `between 50 and 60 MW`: the second number.
fn range_end(plain: &Plain, first: &Part, between: bool) -> Option<Part> {
    let at = plain.skip_blanks(first.end);
    let rest = plain.rest_lower(at);
    let words: &[&str] =
        if between { &["and ", "与", "和", "-", "至", "到", "to "] } else { &["-", "—", "至", "到", "to "] };
    let word = words.iter().find(|word| rest.starts_with(**word))?;
    let next = plain.skip_blanks(at + word.len());
    plain.rest(next).starts_with(|c: char| c.is_ascii_digit() || is_han(c) || c.is_ascii_alphabetic()).then_some(())?;
    let second = part(plain, next)?;
    let unit = second.unit?;
    match first.unit {
        Some(first_unit) if first_unit.dimension != unit.dimension => return None,
        Some(_) if unit.dimension == Dimension::Other => return None,
        _ => {}
    }
    let Interval { low, high } = measure(first, Some(&second), Some(unit)).1;
    (low < high).then_some(second)
}

/// Value and interval in the dimension's unit.
fn measure(first: &Part, second: Option<&Part>, unit: Option<Unit>) -> (f64, Interval) {
    let sized = |part: &Part, unit: Option<Unit>, shift: i32| {
        let (exponent, factor) = unit.map_or((0, 1.0), |unit| (unit.exponent, unit.factor));
        let value = part.numeral.decimal.value(exponent + shift) * factor;
        let half = part.numeral.half_width(exponent + shift) * factor;
        (value, half)
    };
    let Some(second) = second else {
        let (value, half) = sized(first, unit, 0);
        return (value, Interval::new(value - half, value + half));
    };
    let (high, _) = sized(second, unit, 0);
    // The multiplier of 5-6万 is of both numbers.
    let shared = if first.numeral.multiplied() || first.unit.is_some() { 0 } else { second.numeral.multiplier };
    let (low, _) = sized(first, first.unit.or(unit), shared);
    let (low, high) = if low <= high { (low, high) } else { (f64::NAN, f64::NAN) };
    (f64::midpoint(low, high), Interval::new(low, high))
}

fn is_calendar_year(plain: &Plain, part: &Part) -> bool {
    let year = part.numeral.decimal.value(0);
    let behind = plain.rest(part.numeral.end);
    let attached = behind.starts_with('年') || plain.rest(plain.skip_blanks(part.numeral.end)).starts_with('年');
    attached && !part.numeral.multiplied() && year.fract() == 0.0 && (1949.0..=2100.0).contains(&year)
}

/// "in 2022", "2022,": four digits without a unit.
fn is_bare_year(plain: &Plain, part: &Part, at: usize) -> bool {
    let year = part.numeral.decimal.value(0);
    part.numeral.end == at + 4
        && (1949.0..=2100.0).contains(&year)
        && year.fract() == 0.0
        && !plain.before(at).is_some_and(|c| c == '-' || c == '.')
}

/// Per year, per day, per square metre.
fn take_behind(plain: &Plain, quantity: &mut Quantity, end: usize) -> usize {
    match behind(plain, end) {
        Behind::Nothing => end,
        Behind::Year(end) => {
            quantity.per = Some(Per::Year);
            substance_behind(plain, quantity, end)
        }
        Behind::Shorter(end) => {
            quantity.per = Some(Per::Shorter);
            end
        }
        Behind::Rate(end) => {
            quantity.dimension = Dimension::Rate;
            end
        }
    }
}

/// `48,000 t/a CO2`.
fn substance_behind(plain: &Plain, quantity: &mut Quantity, end: usize) -> usize {
    if quantity.dimension != Dimension::Mass || quantity.substance.is_some() {
        return end;
    }
    let at = plain.skip_blanks(end);
    let at = if plain.rest_lower(at).starts_with("of ") { at + 3 } else { at };
    let rest = plain.rest_lower(at);
    let Some((word, substance)) = SUBSTANCES.iter().find(|(word, _)| rest.starts_with(word)) else { return end };
    quantity.substance = Some(*substance);
    at + word.len()
}
