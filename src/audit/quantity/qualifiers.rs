//! The words around a number that widen or bound it: "nearly", 超过, "up to", 左右.

use super::plain::{Plain, is_blank};
use super::spellings::SUBSTANCES;
use super::{Dimension, Quantity};
use crate::audit::interval::Interval;

const NEGATIVE: &str = "is negative, which nothing here can be";

const MORE: &[&str] = &[
    "more than",
    "over",
    "exceeding",
    "exceeds",
    "exceed",
    "above",
    "at least",
    "no less than",
    "not less than",
    "in excess of",
    "greater than",
    "upwards of",
    "超过",
    "超",
    "逾",
    "大于",
    "不低于",
    "不少于",
    "不小于",
    "突破",
    "高于",
    "至少",
    "≥",
    ">",
];
const NEARLY: &[&str] = &["nearly", "almost", "close to", "just under", "将近", "接近", "约近", "近"];
const ABOUT: &[&str] = &[
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "some",
    "roughly",
    "circa",
    "ca.",
    "an estimated",
    "大约",
    "约为",
    "大概",
    "大致",
    "约合",
    "约达",
    "约",
];
const MOST: &[&str] = &[
    "up to",
    "at most",
    "less than",
    "no more than",
    "not more than",
    "below",
    "不超过",
    "最高可达",
    "最高达",
    "最高",
    "不足",
    "至多",
    "最多",
    "不高于",
    "低于",
    "不到",
    "≤",
    "<",
];

/// What stands before a number and qualifies it.
#[expect(clippy::struct_excessive_bools, reason = "each is a word that stands there or does not")]
pub(super) struct Head {
    start: usize,
    qualifier: Option<Qualifier>,
    negative: bool,
    pub(super) between: bool,
    pub(super) from: bool,
    rate: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Qualifier {
    More,
    Nearly,
    About,
    Most,
}

impl Head {
    /// Reads backwards from the number, not behind the end of the quantity before it.
    pub(super) fn before(plain: &Plain, at: usize, floor: usize) -> Self {
        let mut head = Self { start: at, qualifier: None, negative: false, between: false, from: false, rate: false };
        let mut text = plain.stretch(floor, at);
        if let Some(rest) = text.strip_suffix('-')
            && !rest.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == ')')
        {
            head.negative = true;
            text = rest;
            head.start = floor + text.len();
        }
        for word in ["minus", "negative", "负"] {
            if let Some(rest) = text.trim_end_matches(is_blank).strip_suffix(word) {
                head.negative = true;
                text = rest;
                head.start = floor + text.len();
            }
        }
        let tail = text.trim_end_matches(is_blank);
        head.from = ["from", "从", "由", "自"].iter().any(|word| tail.ends_with(word));
        for word in ["between", "介于", "在"] {
            if let Some(rest) = tail.strip_suffix(word) {
                head.between = true;
                if word != "在" {
                    head.start = floor + rest.len();
                }
            }
        }
        let lists =
            [(MOST, Qualifier::Most), (MORE, Qualifier::More), (NEARLY, Qualifier::Nearly), (ABOUT, Qualifier::About)];
        let said = lists.into_iter().flat_map(|(words, qualifier)| words.iter().map(move |word| (*word, qualifier)));
        // The longest word: 低于 is a part of 不低于, "less than" of "no less than".
        let longest = said
            .filter_map(|(word, qualifier)| Some((qualifying(tail, word)?.len(), qualifier)))
            .min_by_key(|(start, _)| *start);
        if let Some((start, qualifier)) = longest {
            head.qualifier = Some(qualifier);
            head.start = floor + start;
        }
        // 每平方米发电200度: so much for each of something.
        let near: String = text.chars().rev().take_while(|c| !"，,。;、:\n".contains(*c)).take(9).collect();
        head.rate = near.chars().position(|c| c == '每').is_some_and(|place| {
            let behind = place.checked_sub(1).and_then(|place| near.chars().nth(place));
            !matches!(behind, None | Some('年' | '月' | '日' | '天' | '小' | '季' | '个'))
        });
        head
    }
}

/// The text before a qualifying word that ends it; 约 in 节约 and 近 in 附近 are none.
fn qualifying<'a>(tail: &'a str, word: &str) -> Option<&'a str> {
    let rest = tail.strip_suffix(word)?;
    let before = rest.chars().next_back();
    let part_of_another = match word {
        "约" => matches!(before, Some('节' | '合' | '集' | '预' | '签' | '制' | '契' | '条' | '公')),
        "近" => matches!(before, Some('附' | '最' | '邻' | '靠' | '临' | '新')),
        "超" => matches!(before, Some('赶' | '高')),
        _ if word.is_ascii() => before.is_some_and(|c| c.is_ascii_alphanumeric()),
        _ => false,
    };
    (!part_of_another).then_some(rest)
}

/// Widens the interval as the words around the number say; returns where those before it begin.
pub(super) fn qualify(
    plain: &Plain,
    quantity: &mut Quantity,
    head: &Head,
    more: bool,
    at: usize,
    end: &mut usize,
) -> usize {
    if head.negative {
        quantity.value = -quantity.value;
        quantity.interval = Interval::new(-quantity.interval.low, -quantity.interval.high);
        NEGATIVE.clone_into(&mut quantity.doubt);
        return head.start;
    }
    if head.rate && quantity.dimension != Dimension::Number {
        quantity.dimension = Dimension::Rate;
    }
    if matches!(quantity.dimension, Dimension::CalendarYear | Dimension::Number) {
        return at;
    }
    let mut qualifier = head.qualifier;
    if more {
        qualifier = qualifier.or(Some(Qualifier::More));
    }
    let tail_at = plain.skip_blanks(*end);
    let tail = plain.rest_lower(tail_at);
    for (word, says) in [
        ("左右", Qualifier::About),
        ("上下", Qualifier::About),
        ("以上", Qualifier::More),
        ("以下", Qualifier::Most),
        ("以内", Qualifier::Most),
        ("多", Qualifier::More),
        ("or more", Qualifier::More),
        ("or so", Qualifier::About),
    ] {
        // 多 may begin a word of its own: 多晶硅, 多能互补.
        let own = word == "多" && tail.chars().nth(1).is_some_and(|c| "晶能种个台块家层元项".contains(c));
        if tail.starts_with(word) && !own {
            qualifier = qualifier.or(Some(says));
            *end = tail_at + word.len();
            break;
        }
    }
    let Interval { low, high } = quantity.interval;
    let value = quantity.value;
    quantity.interval = match qualifier {
        // "over 25 years" is a stretch of time, not a bound.
        Some(Qualifier::More) if quantity.dimension == Dimension::Duration => quantity.interval,
        Some(Qualifier::More) => Interval::new(if low < value { value } else { low }, f64::INFINITY),
        Some(Qualifier::Most) => Interval::new(0.0, value),
        Some(Qualifier::Nearly) => Interval::new(0.9 * value, value),
        Some(Qualifier::About) => Interval::new(low.min(0.95 * value), high.max(1.05 * value)),
        None => quantity.interval,
    };
    if quantity.substance.is_none() && quantity.dimension == Dimension::Mass && *end > tail_at {
        // 5000吨以上标准煤
        if let Some((word, substance)) = SUBSTANCES.iter().find(|(word, _)| plain.rest_lower(*end).starts_with(word)) {
            quantity.substance = Some(*substance);
            *end += word.len();
        }
    }
    head.start
}
