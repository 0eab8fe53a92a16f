//! Text with one script and one width, which knows where each of its bytes came from.

use std::ops::Range;

/// Traditional characters that units, numerals and the words around them are written with, each before its simplified form.
const SIMPLER: &str = "萬万億亿兩两時时噸吨標标準准頃顷畝亩發发電电裝装機机總总積积頂顶約约達达過过減减節节環环廠厂園园區区\
    儲储組组塊块併并網网額额參参貳二陸六佔占將将個个與与於于從从間间為为計计設设備备風风臺台灣湾陽阳產产鋼钢輛辆戶户棟栋\
    業业處处單单煙烟塵尘貨货幣币餘余約约來来運运營营壽寿週周國国縣县東东廣广陝陕蘇苏龍龙寧宁遼辽貴贵雲云慶庆漢汉濟济瀋沈\
    無无負负超超較较壓压變变壓压樓楼車车場场築筑預预終终費费資资幾几數数點点鋪铺規规許许開开關关輸输損损廈厦門门長长維维滿满\
    後后淨净綠绿熱热溫温傾倾氣气聯联";

/// The text made plain: full width becomes half width, traditional becomes simplified, dashes and small figures become
/// one kind. A character stays one character, so that places in it lead back to the text as written.
pub(crate) struct Plain {
    /// The plain text.
    pub(crate) text: String,
    /// The same with ASCII letters in lower case; bytes stand at the same places.
    pub(crate) lower: String,
    from: Vec<usize>,
}

impl Plain {
    pub(crate) fn of(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut from = Vec::with_capacity(original.len() + 1);
        let mut before = ' ';
        let mut rest = original.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let next = rest.peek().map_or(' ', |&(_, next)| next);
            // A full-width comma parts clauses, but between full-width digits it groups them.
            let groups = c == '，' && wide_digit(before) && wide_digit(next);
            let plain = if groups { ',' } else { plain_char(c) };
            text.push(plain);
            from.extend(std::iter::repeat_n(at, plain.len_utf8()));
            before = c;
        }
        from.push(original.len());
        Self { lower: text.to_ascii_lowercase(), text, from }
    }

    /// Where a stretch of the plain text stands in the original.
    pub(crate) fn original(&self, span: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.from.get(at).or(self.from.last()).copied().unwrap_or(0);
        place(span.start)..place(span.end)
    }

    /// The plain text from a place on.
    pub(crate) fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    /// The lower-case text from a place on.
    pub(crate) fn rest_lower(&self, at: usize) -> &str {
        self.lower.get(at..).unwrap_or("")
    }

    /// The lower-case text of a stretch.
    pub(crate) fn stretch(&self, from: usize, to: usize) -> &str {
        self.lower.get(from..to).unwrap_or("")
    }

    /// The character before a place.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|head| head.chars().next_back())
    }

    /// The place behind blanks, on the same line.
    pub(crate) fn skip_blanks(&self, at: usize) -> usize {
        let rest = self.rest(at);
        at + (rest.len() - rest.trim_start_matches(is_blank).len())
    }
}

pub(crate) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | NARROW)
}

/// What every blank that does not break a line becomes; figures are grouped with it.
pub(super) const NARROW: char = '\u{a0}';

fn wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

fn plain_char(c: char) -> char {
    match c {
        // Chinese full stops, commas and semicolons part clauses and stay.
        '，' => c,
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).map_or(c, |c| if c == '~' { '-' } else { c }),
        '\u{3000}' => ' ',
        '\u{2009}' | '\u{202f}' | '\u{2007}' => NARROW,
        '²' | '₂' => '2',
        '³' | '₃' => '3',
        '–' | '‒' | '−' | '‐' | '‑' | '~' | '〜' | '∼' => '-',
        '•' | '∙' | '⋅' | '・' | '‧' => '·',
        '〇' | '○' => '零',
        '’' => '\'',
        _ if c.is_ascii() => c,
        _ => simpler(c),
    }
}

fn simpler(c: char) -> char {
    let mut pairs = SIMPLER.chars().filter(|c| !c.is_whitespace());
    while let (Some(traditional), Some(simple)) = (pairs.next(), pairs.next()) {
        if traditional == c {
            return simple;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back() {
        let original = "年發電６０００萬千瓦時，ＣＯ₂ 1,000 m²";
        let plain = Plain::of(original);
        assert_eq!(plain.text, "年发电6000万千瓦时，CO2 1,000 m2");
        let at = plain.text.find("6000万").unwrap();
        let span = plain.original(&(at..at + "6000万".len()));
        assert_eq!(&original[span], "６０００萬");
        assert_eq!(Plain::of("１，０００").text, "1,000");
        assert_eq!(Plain::of("５１，年").text, "51，年");
    }

    #[test]
    fn characters_come_in_pairs() {
        assert_eq!(SIMPLER.chars().filter(|c| !c.is_whitespace()).count() % 2, 0);
        assert_eq!(simpler('聯'), '联');
    }
}
