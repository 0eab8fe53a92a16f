//! Sentences, clauses and the periods that their words name.

use std::ops::Range;

use super::cues::{LIFE, SHORT, SUM, TO_DATE, TOTAL, YEAR, places};
use crate::audit::quantity::plain::Plain;
use crate::audit::quantity::{Dimension, Found, Per};

/// For which time a figure holds, with the times that no claim has a place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Year,
    Life,
    /// Up to a day, a named quarter.
    ToDate,
    /// A day, a month.
    Short,
}

/// Bytes after which a sentence is cut even without a stop, so that reading stays linear in the text.
const LONGEST_SENTENCE: usize = 2000;

/// The text in its parts.
pub(super) struct Parts<'a> {
    pub(super) plain: &'a Plain,
    pub(super) found: &'a [Found],
    /// Ends of sentences, ascending.
    sentences: Vec<usize>,
    /// Ends of clauses, ascending.
    clauses: Vec<usize>,
    /// Words for periods, ascending by place.
    spans: Vec<(Range<usize>, Span)>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(plain: &'a Plain, found: &'a [Found]) -> Self {
        let inside = |at: usize| {
            let behind = found.partition_point(|each| each.span.end <= at);
            found.get(behind).is_some_and(|each| each.span.contains(&at))
        };
        let (mut sentences, mut clauses) = (Vec::new(), Vec::new());
        for (at, c) in plain.text.char_indices() {
            if inside(at) {
                continue;
            }
            let end = at + c.len_utf8();
            let next = plain.rest(end).chars().next();
            let start = sentences.last().copied().unwrap_or(0);
            let stops = match c {
                _ if end - start > LONGEST_SENTENCE => true,
                '。' | '!' | '?' | ';' | '\n' | '\r' => true,
                '.' => next.is_none_or(char::is_whitespace) && !abbreviated(plain, at),
                _ => false,
            };
            if stops {
                sentences.push(end);
            }
            if stops || matches!(c, '，' | '、' | '(' | ')') || c == ',' && !next.is_some_and(|c| c.is_ascii_digit())
            {
                clauses.push(end);
            }
        }
        sentences.push(plain.text.len());
        clauses.push(plain.text.len());
        let mut parts = Self { plain, found, sentences, clauses, spans: Vec::new() };
        parts.spans = parts.find_spans();
        parts
    }

    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        around(&self.sentences, at)
    }

    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        around(&self.clauses, at)
    }

    /// The text before a figure, back to its clause's begin or the figure before it.
    pub(super) fn before(&self, index: usize) -> &str {
        self.plain.stretch(self.near_before(index, self.clause(self.at(index)).start), self.at(index))
    }

    /// The text before a figure, back to the last figure of its dimension or the sentence's begin.
    pub(super) fn wide_before(&self, index: usize) -> &str {
        let from = self.sentence(self.at(index)).start;
        let last = self.last_alike(index).and_then(|last| self.found.get(last));
        self.plain.stretch(last.map_or(from, |last| last.span.end), self.at(index))
    }

    /// The text behind a figure, to its clause's end or the next figure.
    pub(super) fn after(&self, index: usize) -> &str {
        let Some(found) = self.found.get(index) else { return "" };
        let next = self.found.get(index + 1).map_or(usize::MAX, |next| next.span.start);
        self.plain.stretch(found.span.end, self.clause(found.span.end).end.min(next))
    }

    /// The whole clause of a figure.
    pub(super) fn clause_text(&self, index: usize) -> &str {
        let clause = self.clause(self.at(index));
        self.plain.stretch(clause.start, clause.end)
    }

    /// The whole sentence of a figure.
    pub(super) fn sentence_text(&self, index: usize) -> &str {
        let sentence = self.sentence(self.at(index));
        self.plain.stretch(sentence.start, sentence.end)
    }

    /// Whether the sentence of a figure has one of a dimension.
    pub(super) fn sentence_measures(&self, index: usize, dimension: Dimension) -> bool {
        let sentence = self.sentence(self.at(index));
        let first = self.found.partition_point(|found| found.span.start < sentence.start);
        let inside = self.found.iter().skip(first).take_while(|found| found.span.start < sentence.end);
        inside.into_iter().any(|found| found.quantity.dimension == dimension)
    }

    pub(super) fn at(&self, index: usize) -> usize {
        self.found.get(index).map_or(0, |found| found.span.start)
    }

    /// The end of the last figure, or a place behind it; counts and bare numbers part nothing.
    fn near_before(&self, index: usize, from: usize) -> usize {
        let parting = |found: &&Found| !matches!(found.quantity.dimension, Dimension::Number | Dimension::Count);
        let before = self.found.get(..index).unwrap_or_default().iter().rev();
        let last = before.take_while(|found| found.span.end > from).find(parting);
        from.max(last.map_or(0, |last| last.span.end))
    }

    /// The last figure of the same dimension before, in the same sentence.
    pub(super) fn last_alike(&self, index: usize) -> Option<usize> {
        let own = self.found.get(index)?.quantity.dimension;
        let start = self.sentence(self.at(index)).start;
        let inside = |last: &usize| self.found.get(*last).is_some_and(|found| found.span.start >= start);
        let alike = |last: &usize| self.found.get(*last).is_some_and(|found| found.quantity.dimension == own);
        (0..index).rev().take_while(inside).find(alike)
    }

    /// The period of a figure: said at it, before it, behind it, or carried from the words around.
    pub(super) fn period(&self, index: usize) -> Option<Span> {
        let found = self.found.get(index)?;
        match found.quantity.per {
            Some(Per::Year) => return Some(Span::Year),
            Some(Per::Shorter) => return Some(Span::Short),
            None => {}
        }
        let (clause, sentence) = (self.clause(found.span.start), self.sentence(found.span.start));
        let between = |from: usize, to: usize| within(&self.spans, from, to);
        let behind_end = self.found.get(index + 1).map_or(usize::MAX, |next| match next.quantity.dimension {
            Dimension::Duration | Dimension::Other => next.span.end,
            _ => next.span.start,
        });
        let clause_end = self.clause(found.span.end).end;
        between(clause.start, found.span.start)
            .next_back()
            .or_else(|| between(found.span.end, clause_end.min(behind_end)).next())
            .or_else(|| between(sentence.start, clause.start).next_back())
            .or_else(|| between(found.span.end, sentence.end).find(|span| matches!(span, Span::Year | Span::Life)))
            .or_else(|| {
                // A semicolon parts sentences that still belong together.
                let last = sentence.start.checked_sub(1).filter(|_| self.plain.before(sentence.start) == Some(';'))?;
                between(self.sentence(last).start, sentence.start).next_back()
            })
    }

    /// All words for periods, with those of durations (`25年累计`, `over 25 years`) and of figures (`60 GWh a year`).
    fn find_spans(&self) -> Vec<(Range<usize>, Span)> {
        let text = self.plain.lower.as_str();
        let mut spans: Vec<(Range<usize>, Span)> = Vec::new();
        for (words, span) in [(YEAR, Span::Year), (LIFE, Span::Life), (TO_DATE, Span::ToDate), (SHORT, Span::Short)] {
            let counted =
                places(text, words).filter(|&(at, _)| !self.plain.rest(at).starts_with('年') || !self.dated(at));
            spans.extend(counted.map(|(start, end)| (start..end, span)));
        }
        for found in self.found {
            let quantity = &found.quantity;
            if quantity.dimension == Dimension::Duration && (10.0..=60.0).contains(&quantity.value) {
                let sentence = self.sentence(found.span.start);
                let before = text.get(sentence.start..found.span.start).unwrap_or("").trim_end();
                let after = text.get(found.span.end..).unwrap_or("");
                let lead = [
                    "over",
                    "over its",
                    "over the",
                    "over their",
                    "within",
                    "during",
                    "for",
                    "in",
                    "next",
                    "预计",
                    "在",
                    "运行",
                    "运营",
                    "寿命",
                    "使用",
                ];
                let tail = [
                    "累计",
                    "内",
                    "里",
                    "总",
                    "共",
                    "期",
                    "间",
                    "可",
                    "预计",
                    "周期",
                    "-life",
                    " life",
                    " of operation",
                    "生命",
                ];
                if lead.iter().any(|word| before.ends_with(word)) && !after.starts_with('前')
                    || tail.iter().any(|word| after.starts_with(word))
                    || text.get(found.span.clone()).is_some_and(|words| words.starts_with("over"))
                {
                    spans.push((found.span.clone(), Span::Life));
                }
            }
            match quantity.per {
                Some(Per::Year) => spans.push((found.span.clone(), Span::Year)),
                Some(Per::Shorter) => spans.push((found.span.clone(), Span::Short)),
                None => {}
            }
        }
        spans.sort_by_key(|(place, _)| (place.end, place.start));
        let mut totals = Vec::new();
        for (words, alone) in [(TOTAL, Some(Span::ToDate)), (SUM, None)] {
            for (at, end) in places(text, words) {
                let sentence = self.sentence(at);
                let life = within(&spans, sentence.start, sentence.end).any(|span| span == Span::Life);
                let span = if life { Some(Span::Life) } else { alone };
                totals.extend(span.map(|span| (at..end, span)));
            }
        }
        spans.append(&mut totals);
        spans.sort_by_key(|(place, _)| (place.end, place.start));
        spans
    }

    /// Whether the 年 at a place belongs to a year of the calendar or a number of years.
    fn dated(&self, at: usize) -> bool {
        let part_of_figure = self
            .found
            .iter()
            .any(|found| found.span.contains(&at) && matches!(found.quantity.dimension, Dimension::Duration));
        part_of_figure
            || matches!(
                self.plain.before(at),
                Some('今' | '去' | '明' | '当' | '同' | '近' | '多' | '几' | '前' | '青')
            )
    }
}

fn around(ends: &[usize], at: usize) -> Range<usize> {
    let next = ends.partition_point(|&end| end <= at);
    let start = next.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(0);
    start..ends.get(next).copied().unwrap_or(at).max(start)
}

/// The periods whose words stand within a stretch; `spans` ascend by their ends.
fn within(spans: &[(Range<usize>, Span)], from: usize, to: usize) -> impl DoubleEndedIterator<Item = Span> {
    let first = spans.partition_point(|(place, _)| place.end < from);
    let behind = spans.partition_point(|(place, _)| place.end <= to).max(first);
    let near = spans.get(first..behind).unwrap_or_default();
    near.iter().filter(move |(place, _)| place.start >= from).map(|(_, span)| *span)
}

/// "approx." and "No." end no sentence.
fn abbreviated(plain: &Plain, at: usize) -> bool {
    let head = plain.stretch(0, at);
    ["approx", "ca", "no", "st", "sq", "ltd", "co", "inc", "p.a"]
        .iter()
        .any(|word| head.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric())))
}
