//! Units as they are written, each with its dimension and its size.

use super::plain::{Plain, is_blank};
use super::spellings::{COUNTED, DEGREE, DOUBTFUL, SUBSTANCES, SYMBOLS, WORDS};
use super::{Dimension, Side, Substance};

use Dimension as D;

/// A unit found in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) dimension: Dimension,
    /// Power of ten to the dimension's unit.
    pub(super) exponent: i32,
    /// What is left beside the power of ten.
    pub(super) factor: f64,
    pub(super) side: Option<Side>,
    pub(super) substance: Option<Substance>,
    pub(super) doubt: Option<&'static str>,
    pub(super) end: usize,
}

/// The unit at a place, the longest that fits.
pub(super) fn unit(plain: &Plain, at: usize) -> Option<Unit> {
    let (text, lower) = (plain.rest(at), plain.rest_lower(at));
    let mut best: Option<Unit> = None;
    let mut offer = |spelling: &str, dimension, exponent, factor, doubt| {
        let end = at + spelling.len();
        if best.is_none_or(|best| end > best.end) {
            best = Some(Unit { dimension, exponent, factor, side: None, substance: None, doubt, end });
        }
    };
    for &(spelling, dimension, exponent, factor) in SYMBOLS {
        let Some(behind) = text.strip_prefix(spelling) else { continue };
        let behind = match dimension {
            D::Power => without_side(behind),
            _ => behind,
        };
        let carbon = dimension == D::Mass && (behind.starts_with("CO2") || behind.starts_with("ce"));
        if carbon || ends_here(spelling, behind) {
            offer(spelling, dimension, exponent, factor, None);
        }
    }
    // "kilowatt-hours" and "square-metre" are the words with a hyphen for the blank.
    let spaced: String = lower.chars().take(24).map(|c| if c == '-' { ' ' } else { c }).collect();
    for &(spelling, dimension, exponent, factor) in WORDS {
        if spaced.strip_prefix(spelling).is_some_and(|behind| ends_here(spelling, behind)) {
            offer(spelling, dimension, exponent, factor, None);
        }
    }
    for &(spelling, dimension, exponent, doubt) in DOUBTFUL {
        if text.strip_prefix(spelling).is_some_and(|behind| ends_here(spelling, behind)) {
            offer(spelling, dimension, exponent, 1.0, Some(doubt));
        }
    }
    let mut found = match best {
        Some(best) => best,
        None if text.starts_with('度') => degree(plain, at),
        None => {
            let counted = text.chars().next().filter(|&c| COUNTED.contains(c))?;
            let end = at + counted.len_utf8();
            Unit { dimension: D::Count, exponent: 0, factor: 1.0, side: None, substance: None, doubt: None, end }
        }
    };
    if found.dimension == D::Power {
        side(plain, &mut found);
    }
    if found.dimension == D::Mass {
        substance(plain, &mut found);
    }
    Some(found)
}

/// Whether a spelling is a whole word before what stands behind it.
fn ends_here(spelling: &str, behind: &str) -> bool {
    let latin = spelling.ends_with(|c: char| c.is_ascii_alphanumeric());
    !(latin && behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

const SIDES: [(&str, Side); 12] = [
    ("p", Side::Dc),
    ("P", Side::Dc),
    ("-peak", Side::Dc),
    (" peak", Side::Dc),
    ("dc", Side::Dc),
    ("DC", Side::Dc),
    (" DC", Side::Dc),
    ("(DC)", Side::Dc),
    ("ac", Side::Ac),
    ("AC", Side::Ac),
    (" AC", Side::Ac),
    ("(AC)", Side::Ac),
];

/// What stands behind a suffix such as the p of `MWp`.
fn without_side(behind: &str) -> &str {
    let mut cut = SIDES.iter().filter(|(suffix, _)| !suffix.starts_with([' ', '-', '(']));
    cut.find_map(|(suffix, _)| behind.strip_prefix(suffix)).unwrap_or(behind)
}

fn side(plain: &Plain, unit: &mut Unit) {
    let behind = plain.rest(unit.end);
    for (suffix, side) in SIDES {
        if behind.strip_prefix(suffix).is_some_and(|behind| ends_here(suffix, behind)) {
            unit.side = Some(side);
            unit.end += suffix.len();
            return;
        }
    }
}

/// Takes in what a mass is of, where the words stand right behind: 吨标准煤, tce, `tonnes of coal`.
fn substance(plain: &Plain, unit: &mut Unit) {
    let lower = plain.rest_lower(unit.end);
    if lower.starts_with("ce") && !lower.get(2..).unwrap_or("").starts_with(|c: char| c.is_ascii_alphanumeric()) {
        unit.substance = Some(Substance::StandardCoal);
        unit.end += 2;
        return;
    }
    let mut at = plain.skip_blanks(unit.end);
    let mut of = false;
    for lead in ["of ", "的"] {
        if plain.rest_lower(at).starts_with(lead) {
            at = plain.skip_blanks(at + lead.len());
            of = true;
        }
    }
    let rest = plain.rest_lower(at);
    let named = SUBSTANCES
        .iter()
        .filter(|(word, _)| !matches!(*word, "煤" | "钢") || at == unit.end || of)
        .find(|(word, _)| rest.starts_with(word));
    if let Some(&(word, substance)) = named {
        unit.substance = Some(substance);
        unit.end = at + word.len();
        let tail = plain.rest_lower(unit.end);
        for more in ["当量", "e", "-e", "eq", "-eq", " equivalent", "s"] {
            if tail.strip_prefix(more).is_some_and(|behind| ends_here(more, behind)) {
                unit.end += more.len();
                break;
            }
        }
    } else if of {
        unclear_substance(rest, at, unit);
    }
}

/// `tonnes of` something that the table does not know: carbon alone is told, anything else is another product.
fn unclear_substance(rest: &str, at: usize, unit: &mut Unit) {
    if rest.starts_with("carbon") {
        unit.doubt = Some("carbon may be CO2 or the carbon in it, 12/44 of its mass");
        unit.substance = Some(Substance::Co2);
        unit.end = at + "carbon".len();
    } else if !["greenhouse", "emission", "the ", "it"].iter().any(|word| rest.starts_with(word)) {
        unit.substance = Some(Substance::Other);
    }
}

/// 度: a kilowatt-hour or a degree, as the words around it have it.
fn degree(plain: &Plain, at: usize) -> Unit {
    let end = at + '度'.len_utf8();
    let head: Vec<char> = plain.text.get(..at).unwrap_or("").chars().rev().take(14).collect();
    let head: String = head.into_iter().rev().collect();
    let clause = head.rsplit(['，', ',', '。', ';', '、']).next().unwrap_or("");
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let angle = has(&["北纬", "东经", "南纬", "西经", "倾", "角", "方位", "温", "摄氏", "坡", "高热", "零下"])
        || plain.rest(end).starts_with(['角', '高', 'C', '倾']);
    let behind = plain.before(at);
    let power = has(&["电", "供能"]) || matches!(behind, Some('万' | '亿'));
    let (dimension, doubt) = match (angle, power) {
        (true, _) => (D::Other, None),
        (false, true) => (D::Energy, None),
        (false, false) => (D::Energy, Some(DEGREE)),
    };
    Unit { dimension, exponent: 0, factor: 1.0, side: None, substance: None, doubt, end }
}

/// For what time or thing a figure holds, as said right behind its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Behind {
    Nothing,
    Year(usize),
    Shorter(usize),
    Rate(usize),
}

const YEARLY: &[&str] = &[
    "/年",
    "/a",
    "/yr",
    "/year",
    "/y",
    "/annum",
    "per year",
    "per annum",
    "a year",
    "each year",
    "every year",
    "annually",
    "yearly",
    "p.a.",
    "per-year",
    "每年",
];
const SHORTER: &[&str] = &[
    "/月",
    "/日",
    "/天",
    "/day",
    "/d",
    "/month",
    "/h",
    "per day",
    "per month",
    "a day",
    "a month",
    "each day",
    "each month",
    "daily",
    "monthly",
    "per hour",
    "an hour",
    "every day",
    "every month",
    "a week",
    "per week",
];

/// Reads what a figure holds for.
pub(super) fn behind(plain: &Plain, end: usize) -> Behind {
    let at = plain.skip_blanks(end);
    let lower = plain.rest_lower(at);
    let found = |words: &[&str]| {
        words
            .iter()
            .filter(|word| lower.strip_prefix(**word).is_some_and(|behind| ends_here(word, behind)))
            .map(|word| at + word.len())
            .max()
    };
    // "每年" behind a figure belongs to the next clause unless that ends there.
    let yearly = found(YEARLY).filter(|&end| !lower.starts_with("每年") || !plain.rest(end).starts_with(is_han));
    if let Some(end) = yearly {
        return Behind::Year(end);
    }
    if let Some(end) = found(SHORTER) {
        return Behind::Shorter(end);
    }
    let rate = ["/", "每", "per "].iter().find_map(|lead| lower.strip_prefix(lead).map(|behind| (lead, behind)));
    if let Some((lead, thing)) = rate {
        let thing_starts = thing.chars().next();
        let counts = match *lead {
            "/" => thing_starts.is_some_and(|c| c.is_alphabetic() || c == '㎡'),
            "每" => {
                thing_starts.is_some_and(|c| !matches!(c, '年' | '月' | '日' | '天' | '小' | '季')) && {
                    ["千瓦", "平", "瓦", "兆瓦", "户", "块", "度", "吨"].iter().any(|unit| thing.starts_with(unit))
                }
            }
            _ => true,
        };
        if counts {
            let word = thing.chars().take_while(|c| c.is_alphanumeric() && (*lead != "每" || is_unit_char(*c)));
            return Behind::Rate(at + lead.len() + word.map(char::len_utf8).sum::<usize>());
        }
    }
    for each in ["each", "apiece"] {
        if lower.strip_prefix(each).is_some_and(|behind| ends_here(each, behind)) {
            return Behind::Rate(at + each.len());
        }
    }
    Behind::Nothing
}

fn is_unit_char(c: char) -> bool {
    "千瓦平方米兆户块度吨时".contains(c)
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Signs and letters of currencies that stand before their number.
const CURRENCIES: &[&str] = &["us$", "$", "¥", "￥", "€", "£", "rmb", "cny", "usd", "eur", "人民币"];

/// The end of a currency sign at a place, where a number follows.
pub(super) fn currency(plain: &Plain, at: usize) -> Option<usize> {
    let lower = plain.rest_lower(at);
    let sign = CURRENCIES.iter().find(|sign| lower.starts_with(**sign))?;
    let letter = sign.starts_with(|c: char| c.is_ascii_alphabetic());
    if letter && plain.before(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = plain.skip_blanks(at + sign.len());
    plain.rest(end).starts_with(|c: char| c.is_ascii_digit()).then_some(end)
}

/// Where a unit may begin behind a number: blanks, or the hyphen of "51-megawatt".
pub(super) fn unit_place(plain: &Plain, end: usize) -> usize {
    let rest = plain.rest(end);
    match rest.strip_prefix('-').and_then(|behind| behind.chars().next()) {
        Some(c) if c.is_ascii_alphabetic() => end + 1,
        _ => end + (rest.len() - rest.trim_start_matches(is_blank).len()),
    }
}
