//! Numbers in words: `五十一`, `两千`, `sixty million`.

use super::numerals::{Decimal, Numeral, VAGUE};
use super::plain::{Plain, is_blank};

pub(super) fn digit(c: char) -> Option<u128> {
    "零一二三四五六七八九".chars().position(|each| each == c).map(|d| d as u128).or((c == '两').then_some(2))
}

fn step(c: char) -> Option<u128> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// Chinese numerals below ten thousand; what stands behind multiplies them.
pub(super) fn chinese(plain: &Plain, at: usize) -> Option<Numeral> {
    if matches!(plain.before(at), Some('第')) {
        return None;
    }
    let number = |digits: u128, exponent: i32, end: usize, doubt| Numeral {
        decimal: Decimal { digits, exponent },
        decimals_written: exponent < 0,
        end,
        more: false,
        multiplier: 0,
        in_words: true,
        doubt,
    };
    let mut rest = plain.rest(at).char_indices().peekable();
    if let Some(&(_, c)) = rest.peek()
        && matches!(c, '几' | '数')
    {
        let many = plain
            .rest(at + c.len_utf8())
            .chars()
            .take_while(|c| step(*c).is_some() || matches!(c, '万' | '亿'))
            .count();
        // The multiplier may be the head of a unit: 几千瓦.
        return (many > 0).then(|| number(1, 0, at + c.len_utf8(), Some(VAGUE)));
    }
    let (mut total, mut pending, mut end) = (0u128, None::<u128>, 0);
    let (mut exponent, mut steps, mut run, mut rough) = (0, 0, 0, false);
    while let Some(&(offset, c)) = rest.peek() {
        if let Some(d) = digit(c) {
            // 二零二二: digits one by one.
            pending = Some(match pending {
                Some(before) if steps == 0 => before.checked_mul(10)?.checked_add(d)?,
                Some(0) | None => d,
                // 十五六: fifteen or sixteen.
                Some(_) => {
                    let end = at + offset + c.len_utf8();
                    return Some(number(total, 0, end, Some(VAGUE)));
                }
            });
            run += 1;
            if run > 20 {
                return None;
            }
        } else if let Some(by) = step(c) {
            let behind = plain.rest(at + offset + c.len_utf8()).chars().next();
            let lead = match pending.take() {
                Some(0) => return None,
                Some(lead) => lead,
                // 十五 leads with its step; 千 and 百 alone belong to a unit.
                None if c == '十' && total == 0 => 1,
                None => break,
            };
            if c == '十' && matches!(behind, Some('分')) && total == 0 && lead == 1 && steps == 0 && end == 0 {
                return None;
            }
            total = total.checked_add(lead.checked_mul(by)?)?;
            steps += 1;
            // 二三十: twenty or thirty.
            rough |= run > 1 && plain.rest(at).chars().take(2).all(|c| digit(c).is_some_and(|d| d > 0));
            run = 0;
        } else if c == '点' && (pending.is_some() || total > 0) {
            let decimals: Vec<u128> = plain.rest(at + offset + c.len_utf8()).chars().map_while(digit).take(9).collect();
            if decimals.is_empty() {
                break;
            }
            total = total.checked_add(pending.take().unwrap_or(0))?;
            for d in &decimals {
                total = total.checked_mul(10)?.checked_add(*d)?;
            }
            exponent = -i32::try_from(decimals.len()).ok()?;
            // All Chinese digits take three bytes.
            end = offset + c.len_utf8() + decimals.len() * 3;
            return Some(number(total, exponent, at + end, None));
        } else {
            break;
        }
        end = offset + c.len_utf8();
        rest.next();
    }
    total = total.checked_add(pending.unwrap_or(0))?;
    // 五六兆瓦 is five or six; only years and the like are written digit by digit.
    rough |= (2..=3).contains(&run) && steps == 0;
    (end > 0).then(|| number(total, exponent, at + end, rough.then_some(VAGUE)))
}

const ENGLISH: [(&str, u128); 28] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
];

/// Number words: `fifty-one`, `two hundred thousand`, `sixty million`.
pub(super) fn english(plain: &Plain, at: usize) -> Option<Numeral> {
    if plain.before(at).is_some_and(|c| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    let (mut total, mut current, mut end) = (0u128, 0u128, None);
    let mut multiplied = false;
    let mut from = at;
    loop {
        let word: String = plain.rest_lower(from).chars().take_while(char::is_ascii_alphabetic).collect();
        if word.is_empty() {
            break;
        }
        if let Some((_, value)) = ENGLISH.into_iter().find(|(name, _)| *name == word) {
            if value == 100 {
                if current == 0 {
                    break;
                }
                current = current.checked_mul(100)?;
            } else {
                current = current.checked_add(value)?;
            }
        } else if let Some(by) = ["thousand", "million", "billion"].iter().position(|each| *each == word) {
            if current == 0 {
                break;
            }
            total = total.checked_add(current.checked_mul(1000u128.checked_pow(u32::try_from(by).ok()? + 1)?)?)?;
            current = 0;
            multiplied = true;
        } else {
            break;
        }
        end = Some(from + word.len());
        let gap = plain.rest(from + word.len());
        match gap.chars().next() {
            Some(c) if is_blank(c) || c == '-' => from += word.len() + c.len_utf8(),
            _ => break,
        }
    }
    let mut digits = total.checked_add(current)?;
    let mut exponent = 0;
    // "sixty million" has the digits of "60 million".
    while multiplied && current == 0 && digits > 0 && digits.is_multiple_of(1000) {
        digits /= 1000;
        exponent += 3;
    }
    Some(Numeral {
        decimal: Decimal { digits, exponent },
        decimals_written: false,
        end: end?,
        more: false,
        multiplier: exponent,
        in_words: true,
        doubt: None,
    })
}
