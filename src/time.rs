//! The time axis: which interval each record covers, and the instant at which its sun is looked up.

use std::ops::Range;

use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};

/// Where in a record's interval the sun is looked up.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SunAt {
    /// The middle of the interval; of its sunlit part where the sun rises or sets in it.
    /// Right for records that are means or sums over their interval.
    #[default]
    Sunlit,
    /// The middle of the interval, always, as pvlib is commonly run.
    Middle,
    /// An instant so many seconds after the interval's start, for records that are momentary values (PVGIS).
    Instant(i32),
}

/// One value for all records of an axis, or one for each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values<'a> {
    /// The same for every record.
    Constant(f64),
    /// One value a record.
    Series(&'a [f64]),
}

/// Consecutive records of one calendar month, in local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthRun {
    /// The month, 1 to 12.
    pub month: u8,
    /// Its records.
    pub records: Range<usize>,
}

/// Consecutive records whose intervals follow one another without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The records.
    pub records: Range<usize>,
    /// Where the first interval starts, Unix seconds UTC; each later one starts a step after the one before.
    pub start: i64,
}

/// The instants of a weather series: fixed steps, one civil offset, every record with its own start.
///
/// Typical years mix calendar years, so the axis keeps where each stretch without a gap starts rather than counting
/// from the first record; a plain year is one such [`Span`].
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// As long as can be, so that equal axes have equal spans.
    spans: Vec<Span>,
    step_s: u32,
    utc_offset_s: i32,
    sun_at: SunAt,
    months: Vec<MonthRun>,
}

/// 1900-01-01 and 2200-01-01, local time: where SPA's polynomials and delta T are meant to be used.
const LOCAL_RANGE: Range<i64> = -2_208_988_800..7_258_118_400;

impl TimeAxis {
    /// An axis from the starts of its intervals, Unix seconds UTC.
    ///
    /// `step_s` is the interval's length, a whole part of a day from 60 to 86400 s; `utc_offset_s` the
    /// fixed offset of local time.
    ///
    /// # Errors
    /// When there is no record, the step or offset is out of range, a start lies outside the local years
    /// 1900 to 2199, or a record repeats or overlaps the one before it in the same month.
    pub fn new(start: impl AsRef<[i64]>, step_s: u32, utc_offset_s: i32, sun_at: SunAt) -> Result<Self> {
        let start = start.as_ref();
        let mut spans: Vec<Span> = Vec::new();
        for (i, &start_i) in start.iter().enumerate() {
            match spans.last_mut() {
                Some(span) if start[i - 1].checked_add(i64::from(step_s)) == Some(start_i) => span.records.end = i + 1,
                _ => spans.push(Span { records: i..i + 1, start: start_i }),
            }
        }
        Self::of_spans(spans, step_s, utc_offset_s, sun_at)
    }

    fn of_spans(spans: Vec<Span>, step_s: u32, utc_offset_s: i32, sun_at: SunAt) -> Result<Self> {
        if spans.is_empty() {
            return Err(Error::Length { name: "time axis", found: 0, expected: 1 });
        }
        check_range("step_s", f64::from(step_s), 60.0, 86400.0, "s")?;
        if 86400 % step_s != 0 {
            return Err(Error::OutOfRange {
                name: "step_s".into(),
                value: f64::from(step_s),
                allowed: "a whole part of a day".into(),
            });
        }
        check_range("utc_offset_s", f64::from(utc_offset_s), -43200.0, 50400.0, "s")?;
        check_sun_at(sun_at, step_s)?;
        let mut axis = Self { spans, step_s, utc_offset_s, sun_at, months: Vec::new() };
        axis.check_years()?;
        axis.months = axis.find_months();
        axis.check_joints()?;
        Ok(axis)
    }

    /// Refuses records outside of [`LOCAL_RANGE`].
    fn check_years(&self) -> Result<()> {
        let local = |start: i64| start.saturating_add(i64::from(self.utc_offset_s));
        let outside = |index: &usize| !LOCAL_RANGE.contains(&local(self.start(*index)));
        for span in &self.spans {
            let last = span.records.end - 1;
            if (outside(&span.records.start) || outside(&last))
                && let Some(index) = span.records.clone().find(outside)
            {
                return Err(Error::OutOfRange {
                    name: format!("start of record {index}"),
                    value: self.start(index) as f64,
                    allowed: "Unix seconds of the years 1900 to 2199, local time".into(),
                });
            }
        }
        Ok(())
    }

    /// Refuses a record that repeats or overlaps the one before it, or steps back within a month.
    fn check_joints(&self) -> Result<()> {
        for span in &self.spans[1..] {
            let i = span.records.start;
            let gap = self.start(i) - self.start(i - 1);
            let (here, before) = (self.local(i), self.local(i - 1));
            // A month of another year (typical years) may lie before; no record may repeat or overlap the last one.
            let step = i64::from(self.step_s);
            if gap.abs() < step || gap < step && (here.year(), here.month()) == (before.year(), before.month()) {
                return Err(Error::OutOfRange {
                    name: format!("start of record {i} ({})", self.iso(i)),
                    value: gap as f64,
                    allowed: format!("at least one step of {} s after the record before it", self.step_s),
                });
            }
        }
        Ok(())
    }

    /// All the hours of one calendar year in local time: 8760 records, or 8784 in a leap year.
    ///
    /// # Errors
    /// When the year lies outside 1900 to 2199 or the offset outside -12 to 14 h.
    pub fn hourly_year(year: i32, utc_offset_s: i32) -> Result<Self> {
        check_range("year", f64::from(year), 1900.0, 2199.0, "")?;
        check_range("utc_offset_s", f64::from(utc_offset_s), -43200.0, 50400.0, "s")?;
        let begin =
            |y| Utc.with_ymd_and_hms(y, 1, 1, 0, 0, 0).single().map_or(0, |t| t.timestamp()) - i64::from(utc_offset_s);
        let (start, end) = (begin(year), begin(year + 1));
        let hours = usize::try_from((end - start) / 3600).unwrap_or_default();
        Self::of_spans(vec![Span { records: 0..hours, start }], 3600, utc_offset_s, SunAt::default())
    }

    /// The same records with the sun looked up elsewhere in the interval.
    ///
    /// # Errors
    /// When an instant lies outside the interval.
    pub fn with_sun_at(self, sun_at: SunAt) -> Result<Self> {
        check_sun_at(sun_at, self.step_s)?;
        Ok(Self { sun_at, ..self })
    }

    /// How many records there are.
    #[expect(clippy::len_without_is_empty, reason = "an axis is never empty")]
    pub fn len(&self) -> usize {
        self.spans.last().map_or(0, |span| span.records.end)
    }

    /// The stretches of records without a gap, in order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Start of record `index`, Unix seconds UTC.
    ///
    /// # Panics
    /// When `index` is not below [`TimeAxis::len`], as indexing a slice does.
    pub fn start(&self, index: usize) -> i64 {
        let span = &self.spans[self.spans.partition_point(|span| span.records.end <= index)];
        let since = i64::try_from(index - span.records.start).unwrap_or(i64::MAX);
        span.start + since * i64::from(self.step_s)
    }

    /// Starts of all intervals, Unix seconds UTC.
    pub fn starts(&self) -> impl ExactSizeIterator<Item = i64> + Clone + '_ {
        (0..self.len()).map(|index| self.start(index))
    }

    /// Length of every interval, s.
    pub fn step_s(&self) -> u32 {
        self.step_s
    }

    /// Length of every interval, h.
    pub fn step_h(&self) -> f64 {
        f64::from(self.step_s) / 3600.0
    }

    /// Fixed offset of local time from UTC, s.
    pub fn utc_offset_s(&self) -> i32 {
        self.utc_offset_s
    }

    /// Where in the interval the sun is looked up.
    pub fn sun_at(&self) -> SunAt {
        self.sun_at
    }

    /// The runs of records that share a month, in the order of the records.
    pub fn months(&self) -> &[MonthRun] {
        &self.months
    }

    /// The nominal instant of a record's sun, seconds after its interval's start: the middle, or the
    /// stated instant. Sunlit parts of rising and setting intervals are the sun track's matter.
    pub fn sun_offset_s(&self) -> f64 {
        match self.sun_at {
            SunAt::Sunlit | SunAt::Middle => 0.5 * f64::from(self.step_s),
            SunAt::Instant(offset) => f64::from(offset),
        }
    }

    /// Start of record `index` in local time.
    ///
    /// # Panics
    /// As [`TimeAxis::start`].
    pub fn local(&self, index: usize) -> DateTime<FixedOffset> {
        let offset =
            FixedOffset::east_opt(self.utc_offset_s).unwrap_or(FixedOffset::east_opt(0).expect("zero is valid"));
        DateTime::from_timestamp(self.start(index), 0).unwrap_or_default().with_timezone(&offset)
    }

    /// Day of the year in UTC on which a record starts, from 1: that of the sun's distance, as pvlib counts it.
    pub fn day_of_year(&self, index: usize) -> u32 {
        DateTime::from_timestamp(self.start(index), 0).unwrap_or_default().ordinal()
    }

    /// Start of record `index` as ISO 8601 with offset.
    ///
    /// # Panics
    /// As [`TimeAxis::start`].
    pub fn iso(&self, index: usize) -> String {
        self.local(index).to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// The calendar is asked once a month, not once a record.
    fn find_months(&self) -> Vec<MonthRun> {
        let mut runs: Vec<MonthRun> = Vec::with_capacity(12);
        let first_of = |year: i32, month: u32| {
            Utc.with_ymd_and_hms(year, month, 1, 0, 0, 0).single().map_or(i64::MAX, |t| t.timestamp())
                - i64::from(self.utc_offset_s)
        };
        for span in &self.spans {
            let mut i = span.records.start;
            while i < span.records.end {
                let local = self.local(i);
                let next = if local.month() == 12 {
                    first_of(local.year() + 1, 1)
                } else {
                    first_of(local.year(), local.month() + 1)
                };
                // Records that start before the next month does.
                let left = (next - self.start(i) - 1) / i64::from(self.step_s) + 1;
                let end = span.records.end.min(i + usize::try_from(left).unwrap_or(1).max(1));
                let month = u8::try_from(local.month()).unwrap_or(12);
                match runs.last_mut() {
                    Some(run) if run.month == month => run.records.end = end,
                    _ => runs.push(MonthRun { month, records: i..end }),
                }
                i = end;
            }
        }
        runs
    }
}

fn check_sun_at(sun_at: SunAt, step_s: u32) -> Result<()> {
    match sun_at {
        SunAt::Instant(offset) => {
            check_range("sun_at", f64::from(offset), 0.0, f64::from(step_s), "s after the interval's start")
        }
        SunAt::Sunlit | SunAt::Middle => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::{MonthRun, SunAt, TimeAxis};

    #[test]
    fn the_first_and_the_last_year_hold_with_any_offset() {
        for offset in [-43_200, 0, 20_700, 50_400] {
            for year in [1900, 2199] {
                assert_eq!(TimeAxis::hourly_year(year, offset).unwrap().len(), 8760, "{year} {offset}");
            }
            for year in [1899, 2200] {
                assert!(TimeAxis::hourly_year(year, offset).is_err(), "{year} {offset}");
            }
        }
        assert_eq!(TimeAxis::hourly_year(2024, 20_700).unwrap().len(), 8784);
    }

    /// Month by month as one would by hand: record after record.
    fn months_by_record(axis: &TimeAxis) -> Vec<MonthRun> {
        let mut runs: Vec<MonthRun> = Vec::new();
        for i in 0..axis.len() {
            let month = u8::try_from(axis.local(i).month()).unwrap();
            match runs.last_mut() {
                Some(run) if run.month == month => run.records.end = i + 1,
                _ => runs.push(MonthRun { month, records: i..i + 1 }),
            }
        }
        runs
    }

    #[test]
    fn starts_and_months_are_those_of_the_records() {
        const DAY: i64 = 86_400;
        for offset in [-43_200, -12_600, 0, 20_700, 50_400] {
            for (step, days) in [(60, 35), (900, 100), (3600, 800), (10_800, 400), (86_400, 3000)] {
                for phase in [0, 17, 1800] {
                    let begin = 1_700_000_000 / DAY * DAY + phase;
                    let every = |k: i64| begin + k * i64::from(step);
                    let n = days * DAY / i64::from(step);
                    let without_gap: Vec<i64> = (0..n).map(every).collect();
                    let with_gaps: Vec<i64> = (0..n).filter(|k| k % 11 != 3 && k % 97 < 90).map(every).collect();
                    // A later part first, as in typical years.
                    let mixed: Vec<i64> = (0..n).map(|k| every(k) + if k < n / 2 { 4000 * DAY } else { 0 }).collect();
                    for starts in [without_gap, with_gaps, mixed, vec![begin]] {
                        let axis = TimeAxis::new(&starts, step, offset, SunAt::Middle).unwrap();
                        assert!(axis.starts().eq(starts.iter().copied()), "{offset} {step} {phase}");
                        assert_eq!(axis.starts().len(), starts.len());
                        assert_eq!(axis.months(), months_by_record(&axis), "{offset} {step} {phase}");
                    }
                }
            }
        }
        assert_eq!(TimeAxis::hourly_year(2023, 28_800).unwrap().spans().len(), 1);
    }

    #[test]
    fn overlaps_and_impossible_years_are_refused() {
        let refused = |starts: &[i64]| TimeAxis::new(starts, 3600, 0, SunAt::Middle).unwrap_err().to_string();
        assert!(refused(&[]).contains("time axis"));
        assert!(refused(&[0, 3600, 7200, 7200]).contains("start of record 3 (1970-01-01T02:00:00Z) = 0 "));
        assert!(refused(&[0, 3600, 5400]).contains("start of record 2 (1970-01-01T01:30:00Z) = 1800 "));
        for (starts, index) in [
            (vec![0, i64::MAX], 1),
            (vec![i64::MIN, 0], 0),
            (vec![7_258_118_400 - 3600, 7_258_118_400], 1),
            (vec![-2_208_988_801], 0),
        ] {
            assert!(refused(&starts).contains(&format!("start of record {index} ")), "{starts:?}");
        }
    }
}
