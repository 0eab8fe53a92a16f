//! Numbers as people write them: `51`, `1,072,100`, `6000万`, `五十一`, `1亿2000万`, `sixty million`.

use super::number_words::{chinese, digit, english};
use super::plain::{NARROW, Plain, is_blank};

/// Digits times a power of ten, as exact as they are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decimal {
    pub(super) digits: u128,
    pub(super) exponent: i32,
}

impl Decimal {
    /// The number times 10^`shift`.
    pub(super) fn value(self, shift: i32) -> f64 {
        power_of_ten(self.digits, self.exponent.saturating_add(shift))
    }

    fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let lift = |part: Self| {
            let by = 10u128.checked_pow(u32::try_from(part.exponent - exponent).ok()?)?;
            part.digits.checked_mul(by)
        };
        Some(Self { digits: lift(self)?.checked_add(lift(other)?)?, exponent })
    }
}

/// Correctly rounded, which a product of floats is not: 1.8 · 10⁴ from its digits 18 · 10³.
fn power_of_ten(digits: u128, exponent: i32) -> f64 {
    format!("{digits}e{exponent}").parse().unwrap_or(f64::NAN)
}

/// A number found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    pub(super) decimal: Decimal,
    /// Zeros behind a decimal point that were written.
    pub(super) decimals_written: bool,
    pub(super) end: usize,
    /// "多", "余": more than the digits say.
    pub(super) more: bool,
    /// The power of ten of the word that multiplied it (万, million); 0 without one.
    pub(super) multiplier: i32,
    /// In words or Chinese characters, where a bare number may be none at all ("一" in "统一").
    pub(super) in_words: bool,
    /// What makes the reading uncertain.
    pub(super) doubt: Option<&'static str>,
}

impl Numeral {
    pub(super) fn multiplied(&self) -> bool {
        self.multiplier != 0
    }

    /// Half the width that the digits allow, times 10^`shift`.
    ///
    /// Half a unit of the last written digit. Zeros at the end of a whole number may be rounding, though: then half a
    /// unit of the last digit that is not zero, but at most 2.5 % of the number. Whoever states a yield gives two
    /// digits, and half a unit of the second of two digits is at most 2.5 % from 20 on. And never more than 10 %: nobody
    /// writes 1 MW for 1.4 MW.
    pub(super) fn half_width(&self, shift: i32) -> f64 {
        let Decimal { mut digits, exponent } = self.decimal;
        let value = self.decimal.value(shift);
        let half_unit = |exponent: i32| power_of_ten(5, exponent.saturating_add(shift).saturating_sub(1));
        let mut half = half_unit(exponent);
        if !self.decimals_written {
            let mut zeros = 0;
            while digits > 0 && digits.is_multiple_of(10) {
                digits /= 10;
                zeros += 1;
            }
            half = half.max(half_unit(exponent.saturating_add(zeros)).min(0.025 * value));
        }
        half.min(0.1 * value)
    }
}

pub(super) const VAGUE: &str = "says only roughly how many";
const GROUP_OR_DECIMAL: &str = "the dot may part thousands or decimals";
const ONE_OR_TWO: &str = "may be one number or two";
const TOO_LONG: &str = "has more digits than any figure of a plant";

/// The number that begins at a place, with its multiplier.
pub(super) fn numeral(plain: &Plain, at: usize) -> Option<Numeral> {
    let first = plain.rest(at).chars().next()?;
    let mut number = if first.is_ascii_digit() {
        arabic(plain, at)?
    } else if first.is_ascii_alphabetic() {
        return english(plain, at);
    } else {
        chinese(plain, at)?
    };
    multiply(plain, &mut number);
    // 1亿2000万: the smaller part follows without a gap.
    let follows = plain.rest(number.end).chars().next().is_some_and(|c| c.is_ascii_digit() || digit(c).is_some());
    if number.multiplied() && number.decimal.exponent >= 4 && follows && number.doubt.is_none() {
        let mut part = if plain.rest(number.end).starts_with(|c: char| c.is_ascii_digit()) {
            arabic(plain, number.end)
        } else {
            chinese(plain, number.end)
        }?;
        multiply(plain, &mut part);
        let counts = part.multiplied() || part.in_words && part.decimal.value(0) >= 10.0;
        if counts && part.decimal.value(0) < number.decimal.value(0) {
            match number.decimal.plus(part.decimal) {
                Some(sum) => number.decimal = sum,
                None => number.doubt = Some(TOO_LONG),
            }
            number.end = part.end;
            number.more |= part.more;
        }
    }
    Some(number)
}

/// Digits with what groups them and parts decimals.
fn arabic(plain: &Plain, at: usize) -> Option<Numeral> {
    let text = plain.rest(at);
    let run = |from: usize| text.get(from..).unwrap_or("").bytes().take_while(u8::is_ascii_digit).count();
    let sign = |from: usize| text.get(from..).and_then(|rest| rest.chars().next());
    let whole = run(0);
    let mut end = whole;
    let mut digits = text.get(..whole)?.to_owned();
    let mut decimals = 0;
    let mut doubt = None;
    let first_group = (1..=3).contains(&whole) && !digits.starts_with('0');

    let groups = |mark: char, from: usize| {
        let (mut end, mut count) = (from, 0);
        while sign(end) == Some(mark) && run(end + mark.len_utf8()) == 3 {
            end += mark.len_utf8() + 3;
            count += 1;
        }
        (end, count)
    };
    let take = |digits: &mut String, from: usize, to: usize| {
        digits.extend(text.get(from..to).unwrap_or("").chars().filter(char::is_ascii_digit));
    };

    let (comma_end, commas) = groups(',', whole);
    let (dot_end, dots) = groups('.', whole);
    let (gap_end, gaps) = groups(NARROW, whole);
    let (blank_end, blanks) = groups(' ', whole);
    if first_group && commas > 0 {
        take(&mut digits, whole, comma_end);
        end = comma_end;
    } else if first_group && (dots > 1 || dots == 1 && sign(dot_end) == Some(',') && run(dot_end + 1) > 0) {
        // Thousands parted by dots, as on the European continent.
        take(&mut digits, whole, dot_end);
        end = dot_end;
        if sign(end) == Some(',') {
            decimals = run(end + 1);
            take(&mut digits, end, end + 1 + decimals);
            end += if decimals > 0 { 1 + decimals } else { 0 };
        }
    } else if first_group && gaps > 0 {
        take(&mut digits, whole, gap_end);
        end = gap_end;
    } else if first_group && blanks > 0 {
        // "85 000" can only be one number, "phase 1 120 MW" not.
        if !text.get(whole + 1..).unwrap_or("").starts_with('0') {
            doubt = Some(ONE_OR_TWO);
        }
        take(&mut digits, whole, blank_end);
        end = blank_end;
    } else if sign(whole) == Some(',')
        && whole <= 3
        && ((1..=2).contains(&run(whole + 1)) || digits == "0" && run(whole + 1) > 0)
    {
        decimals = run(whole + 1);
        take(&mut digits, whole, whole + 1 + decimals);
        end = whole + 1 + decimals;
    }
    if decimals == 0 && sign(end) == Some('.') && dots < 2 && run(end + 1) > 0 {
        decimals = run(end + 1);
        take(&mut digits, end, end + 1 + decimals);
        // Decimals hardly ever come as three with a zero at the end; thousands nearly always do.
        if end == whole && first_group && decimals == 3 && digits.ends_with('0') {
            doubt = Some(GROUP_OR_DECIMAL);
        }
        end += 1 + decimals;
    }
    if digits.len() > 30 {
        doubt = Some(TOO_LONG);
        digits.truncate(30);
    }
    Some(Numeral {
        decimal: Decimal { digits: digits.parse().ok()?, exponent: -i32::try_from(decimals).ok()?.min(30) },
        decimals_written: decimals > 0,
        end: at + end,
        more: false,
        multiplier: 0,
        in_words: false,
        doubt,
    })
}

/// What multiplies a number, longest first, with its power of ten.
const MULTIPLIERS: [(&str, i32); 22] = [
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
    ("trillion", 12),
    ("billion", 9),
    ("million", 6),
    ("thousand", 3),
    ("hundred", 2),
    ("bn", 9),
    ("mln", 6),
    ("mn", 6),
    ("k", 3),
    ("m", 6),
    ("十", 1),
];

/// Takes in "多" or "余" and a multiplier behind the digits.
fn multiply(plain: &Plain, number: &mut Numeral) {
    take_more(plain, number);
    for _ in 0..2 {
        let attached = number.end;
        let at = plain.skip_blanks(attached);
        let found = MULTIPLIERS.into_iter().find(|(word, _)| multiplier_at(plain, word, at, attached));
        let Some((word, exponent)) = found else { break };
        number.end = at + word.len();
        number.decimal.exponent += exponent;
        number.multiplier += exponent;
        if number.doubt == Some(GROUP_OR_DECIMAL) {
            number.doubt = None;
        }
        take_more(plain, number);
    }
}

fn take_more(plain: &Plain, number: &mut Numeral) {
    let rest = plain.rest(number.end);
    if let Some(word) = ["多", "余", "几"].into_iter().find(|word| rest.starts_with(word)) {
        // "余电上网" and "多晶硅" are words of their own.
        let behind = rest.get(word.len()..).unwrap_or("").chars().next();
        if matches!(behind, Some('电' | '晶' | '热' | '年' | '能')) && word != "几" {
            return;
        }
        number.end += word.len();
        number.more = true;
        if word == "几" {
            number.doubt = Some(VAGUE);
        }
    }
}

fn multiplier_at(plain: &Plain, word: &str, at: usize, attached: usize) -> bool {
    let rest = plain.rest_lower(at);
    let Some(behind) = rest.strip_prefix(word) else { return false };
    let next = behind.chars().next();
    match word {
        "千" => !matches!(next, Some('瓦' | '克' | '米' | '伏' | '卡' | '焦' | '升' | '平')),
        "百" => next != Some('分'),
        // A single letter only where it hangs on the digits and a unit follows behind a blank.
        "k" | "m" => {
            let mut words = behind.chars();
            at == attached && words.next().is_some_and(is_blank) && {
                let unit = words.as_str();
                ["t ", "t.", "tonne", "ton", "kwh", "mwh", "sq", "m2", "kw"].iter().any(|start| unit.starts_with(start))
            }
        }
        _ if word.is_ascii() => !next.is_some_and(|c| c.is_ascii_alphanumeric()),
        _ => true,
    }
}
