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

/// Temporary.
#[derive(Clone, Debug)]
pub struct Span {
    /// x
    pub records: Range<usize>,
    /// x
    pub start: i64,
}

/// The instants of a weather series: fixed steps, one civil offset, every record with its own start.
///
/// Typical years mix calendar years, so the axis keeps each record's start rather than counting
/// from the first; within a year the steps are equal.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    start: Vec<i64>,
    step_s: u32,
    utc_offset_s: i32,
    sun_at: SunAt,
    months: Vec<MonthRun>,
}

impl TimeAxis {
    /// An axis from the starts of its intervals, Unix seconds UTC.
    ///
    /// `step_s` is the interval's length, a whole part of a day from 60 to 86400 s; `utc_offset_s` the
    /// fixed offset of local time.
    ///
    /// # Errors
    /// When there is no record, the step or offset is out of range, a start lies outside the local years
    /// 1900 to 2199, or a record repeats or overlaps the one before it in the same month.
    pub fn new(start: Vec<i64>, step_s: u32, utc_offset_s: i32, sun_at: SunAt) -> Result<Self> {
        if start.is_empty() {
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
        if let SunAt::Instant(offset) = sun_at {
            check_range("sun_at", f64::from(offset), 0.0, f64::from(step_s), "s after the interval's start")?;
        }
        // 1900-01-01 and 2200-01-01, local time: where SPA's polynomials and delta T are meant to be used.
        let local = -2_208_988_800..7_258_118_400;
        if let Some((index, &first)) =
            start.iter().enumerate().find(|&(_, &s)| !local.contains(&s.saturating_add(i64::from(utc_offset_s))))
        {
            return Err(Error::OutOfRange {
                name: format!("start of record {index}"),
                value: first as f64,
                allowed: "Unix seconds of the years 1900 to 2199, local time".into(),
            });
        }
        let mut axis = Self { start, step_s, utc_offset_s, sun_at, months: Vec::new() };
        axis.months = axis.find_months();
        for run in &axis.months {
            for i in run.records.start + 1..run.records.end {
                let gap = axis.start[i] - axis.start[i - 1];
                // A new year in the same month (typical years) may step back; inside a year it may not.
                if gap < i64::from(step_s) && axis.local(i).year() == axis.local(i - 1).year() {
                    return Err(Error::OutOfRange {
                        name: format!("start of record {i} ({})", axis.iso(i)),
                        value: gap as f64,
                        allowed: format!("at least one step of {step_s} s after the record before it"),
                    });
                }
            }
        }
        Ok(axis)
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
        let start = (begin(year)..begin(year + 1)).step_by(3600).collect();
        Self::new(start, 3600, utc_offset_s, SunAt::default())
    }

    /// The same records with the sun looked up elsewhere in the interval.
    ///
    /// # Errors
    /// When an instant lies outside the interval.
    pub fn with_sun_at(self, sun_at: SunAt) -> Result<Self> {
        Self::new(self.start, self.step_s, self.utc_offset_s, sun_at)
    }

    /// How many records there are.
    #[expect(clippy::len_without_is_empty, reason = "an axis is never empty")]
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// Starts of the intervals, Unix seconds UTC.
    pub fn starts(&self) -> &[i64] {
        &self.start
    }

    /// Temporary.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for (i, &s) in self.start.iter().enumerate() {
            match spans.last_mut() {
                Some(l) if l.start + (i - l.records.start) as i64 * i64::from(self.step_s) == s => l.records.end = i + 1,
                _ => spans.push(Span { records: i..i + 1, start: s }),
            }
        }
        spans
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
    /// When `index` is not below [`TimeAxis::len`], as indexing a slice does.
    pub fn local(&self, index: usize) -> DateTime<FixedOffset> {
        let offset =
            FixedOffset::east_opt(self.utc_offset_s).unwrap_or(FixedOffset::east_opt(0).expect("zero is valid"));
        DateTime::from_timestamp(self.start[index], 0).unwrap_or_default().with_timezone(&offset)
    }

    /// Start of record `index` as ISO 8601 with offset.
    ///
    /// # Panics
    /// As [`TimeAxis::local`].
    pub fn iso(&self, index: usize) -> String {
        self.local(index).to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    fn find_months(&self) -> Vec<MonthRun> {
        let mut runs: Vec<MonthRun> = Vec::with_capacity(12);
        let mut until = i64::MIN;
        let mut since = i64::MAX;
        for i in 0..self.start.len() {
            let start = self.start[i];
            // The calendar is asked once a month, not once a record.
            if start >= since && start < until {
                if let Some(run) = runs.last_mut() {
                    run.records.end = i + 1;
                }
                continue;
            }
            let local = self.local(i);
            let first = |year: i32, month: u32| {
                Utc.with_ymd_and_hms(year, month, 1, 0, 0, 0).single().map_or(0, |t| t.timestamp())
                    - i64::from(self.utc_offset_s)
            };
            since = first(local.year(), local.month());
            until =
                if local.month() == 12 { first(local.year() + 1, 1) } else { first(local.year(), local.month() + 1) };
            let month = u8::try_from(local.month()).unwrap_or(12);
            match runs.last_mut() {
                Some(run) if run.month == month => run.records.end = i + 1,
                _ => runs.push(MonthRun { month, records: i..i + 1 }),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::TimeAxis;

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
}
