//! From a reader's raw records to a checked [`Weather`]: order, duplicates, gaps, the site and its clock.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};

use super::text::{Column, QUANTITIES, Quantity, Row, Text, note, offset_s};
use super::{Format, Note, ReadOptions, Severity, Weather, components, quality};
use crate::error::{Error, Result};
use crate::site::Site;
use crate::sun::SunTable;
use crate::time::{SunAt, TimeAxis};

/// So many missing records in a row are interpolated; more are an error.
pub(super) const MAX_GAP: u8 = 3;

const DAY: i64 = 86_400;

/// One record: where it stands in the file, when its interval starts, its values in our units, NaN for missing.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// Counted from 1.
    pub(super) line: usize,
    /// Start of the interval, Unix seconds UTC.
    pub(super) start: i64,
    pub(super) values: [f64; QUANTITIES],
}

impl Record {
    /// Takes the values of the known columns out of a row.
    pub(super) fn from_fields<'f>(
        text: &Text<'_>,
        line: usize,
        start: i64,
        columns: &[Column],
        field: impl Fn(usize) -> Cow<'f, str>,
    ) -> Result<Self> {
        let mut values = [f64::NAN; QUANTITIES];
        for column in columns {
            if let Some(slot) = values.get_mut(column.quantity as usize) {
                *slot = text.value(line, &field(column.index), column)?;
            }
        }
        Ok(Self { line, start, values })
    }

    /// The same from a row of separated fields.
    pub(super) fn from_row(text: &Text<'_>, row: &Row<'_>, start: i64, columns: &[Column]) -> Result<Self> {
        Self::from_fields(text, row.line, start, columns, |i| Cow::Borrowed(row.get(i)))
    }
}

/// Latitude, longitude and height as the file states them, degrees and m.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) elevation_m: f64,
}

/// What a reader has found; [`Draft::finish`] makes the series of it.
pub(super) struct Draft<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) format: Format,
    /// One line on the file's origin.
    pub(super) title: String,
    pub(super) place: Option<Place>,
    /// Offset from UTC of the file's labels, s.
    pub(super) clock_s: i64,
    /// Offset from UTC of local time, hours.
    pub(super) civil_h: f64,
    pub(super) step_s: i64,
    pub(super) sun_at: SunAt,
    pub(super) columns: Vec<Column>,
    pub(super) records: Vec<Record>,
    pub(super) notes: Vec<Note>,
}

impl Draft<'_> {
    /// Orders, mends, completes and checks the records.
    pub(super) fn finish(mut self, options: &ReadOptions) -> Result<Weather> {
        if self.records.is_empty() {
            return Err(self
                .text
                .refuse("the file holds no records", "it may be cut off after its head; get it again"));
        }
        self.sort();
        let seams = self.close_ranks()?;
        let site = self.site(options)?;
        let span = i64::try_from(self.records.len()).unwrap_or(i64::MAX).saturating_mul(self.step_s);
        if seams > 0 && span >= 364 * DAY {
            self.roll(i64::from(site.utc_offset_s()));
        }
        self.tell_span(span);

        let step = u32::try_from(self.step_s).unwrap_or(0);
        let starts: Vec<i64> = self.records.iter().map(|r| r.start).collect();
        let axis = TimeAxis::new(starts, step, site.utc_offset_s(), self.sun_at).map_err(|e| {
            self.text.refuse(format!("the time axis cannot be used: {e}"), "check the file's time stamps")
        })?;
        let axis = Arc::new(axis);
        let sun = SunTable::new(axis.clone());
        let columns =
            components::complete(self.text, &sun, &axis, &site, &self.columns, &self.records, &mut self.notes)?;
        check_unit(self.text, &columns.ghi, span)?;

        let source = format!("{} ({}, {})", self.text.name, self.format, self.title);
        let weather = Weather::new(site, axis, columns, source)
            .map_err(|e| self.text.refuse(e.to_string(), "correct the value in the file"))?;
        let found = quality::check_with(&weather, &sun);
        let notes = self.text.notes.clone();
        Ok(weather.with_notes(notes).with_notes(self.notes).with_notes(found))
    }

    /// A record's start on the file's own clock.
    fn clock(&self, start: i64) -> NaiveDateTime {
        on_clock(start, self.clock_s)
    }

    /// Sorts by time within each month of each year: typical years may step back between months, rows may not.
    fn sort(&mut self) {
        let clock = self.clock_s;
        let month = |r: &Record| {
            let at = on_clock(r.start, clock);
            (at.year(), at.month())
        };
        let mut moved = 0;
        for block in self.records.chunk_by_mut(|a, b| month(a) == month(b)) {
            let falls = block.windows(2).filter(|w| matches!(w, [a, b] if b.start < a.start)).count();
            if falls > 0 {
                block.sort_by_key(|r| r.start);
                moved += falls;
            }
        }
        if moved > 0 {
            let text = format!("{moved} places where rows were out of order: sorted by time");
            self.notes.push(note(Severity::Repair, text));
        }
    }

    /// Drops repeated records, opens short gaps for interpolation, refuses long ones. Returns the number of
    /// seams at which a typical year changes its calendar year.
    fn close_ranks(&mut self) -> Result<usize> {
        let (mut seams, mut doubles, mut filled, mut leaps) = (0, 0, 0, 0);
        let raw = std::mem::take(&mut self.records);
        let mut kept: Vec<Record> = Vec::with_capacity(raw.len());
        for record in raw {
            let Some(last) = kept.last() else {
                kept.push(record);
                continue;
            };
            if record.start == last.start {
                let same = record.values.iter().zip(&last.values).all(|(a, b)| a == b || (a.is_nan() && b.is_nan()));
                if !same {
                    let shown = self.clock(record.start).to_string();
                    let problem = format!("the hour repeats that of line {} with other values; delete one", last.line);
                    return Err(self.text.bad(record.line, "", &shown, problem));
                }
                doubles += 1;
                continue;
            }
            let expected = self.clock(last.start + self.step_s);
            let (late, seam) = self.lateness(expected, &record);
            seams += usize::from(seam);
            let step = self.step_s;
            // A leap day left out is the rule in typical years and in many single-year files.
            if late == DAY && expected.month() == 2 && expected.day() == 29 && step < DAY {
                leaps += 1;
            } else if late > 0 && late % step == 0 && late / step <= i64::from(MAX_GAP) {
                let (from, line) = (last.start, record.line);
                for n in 1..=late / step {
                    kept.push(Record { line, start: from + n * step, values: [f64::NAN; QUANTITIES] });
                    filled += 1;
                }
            } else if late != 0 {
                return Err(self.misplaced(expected, late, &record));
            }
            kept.push(record);
        }
        self.records = kept;
        let mut tell = |count: usize, severity, text: String| {
            if count > 0 {
                self.notes.push(note(severity, text));
            }
        };
        tell(doubles, Severity::Repair, format!("{doubles} repeated records with equal values: dropped"));
        tell(filled, Severity::Repair, format!("{filled} missing records: interpolated linearly in time"));
        tell(leaps, Severity::Info, format!("{leaps} leap days are left out of the file"));
        tell(seams, Severity::Info, format!("a typical year: the calendar year changes at {seams} ends of a month"));
        Ok(seams)
    }

    /// Seconds between the expected and the found start; across the seam of a typical year, which may only
    /// lie at the beginning of a month, calendar years do not count.
    fn lateness(&self, expected: NaiveDateTime, record: &Record) -> (i64, bool) {
        let found = self.clock(record.start);
        let late = (found - expected).num_seconds();
        let beginning = found.day() == 1 && i64::from(found.hour()) * 3600 <= i64::from(MAX_GAP) * self.step_s;
        if beginning
            && late != 0
            && found.year() != expected.year()
            && let Some(moved) = found.with_year(expected.year())
        {
            return ((moved - expected).num_seconds(), true);
        }
        (late, false)
    }

    fn misplaced(&self, expected: NaiveDateTime, late: i64, record: &Record) -> Error {
        let shown = self.clock(record.start).to_string();
        let step = self.step_s;
        let problem = if late < 0 {
            format!("the rows are out of order: {expected} should come here; sort the file by time")
        } else if late % step != 0 {
            format!("{expected} should come here; the file's records are {step} s apart")
        } else {
            let count = late / step;
            format!(
                "{count} records are missing before it, from {expected} on; up to {MAX_GAP} are interpolated, \
                 longer gaps have to be filled from another source"
            )
        };
        self.text.bad(record.line, "", &shown, problem)
    }

    /// The site of the options, else of the file.
    fn site(&mut self, options: &ReadOptions) -> Result<Site> {
        let stated = self.place.map(|p| Site::new(p.latitude, p.longitude, p.elevation_m, self.civil_h));
        let site = match (options.site.or(options.fallback_site.filter(|_| stated.is_none())), stated) {
            (None, None) => {
                let fix =
                    "give it with ReadOptions::site, or write # latitude:, # longitude: and # elevation_m: on top";
                return Err(self.text.refuse("the file does not say where it was recorded", fix));
            }
            (None, Some(stated)) => stated
                .map_err(|e| self.text.refuse(format!("the site in the head cannot be: {e}"), "correct the head"))?,
            (Some(given), stated) => {
                given.validate()?;
                if let Some(Ok(stated)) = stated {
                    let km = given.distance_km(&stated);
                    let severity = if km > 50.0 { Severity::Warning } else { Severity::Info };
                    let text = format!("the site given by the caller is used; the file's own lies {km:.1} km from it");
                    self.notes.push(note(severity, text));
                }
                given
            }
        };
        match options.utc_offset_h {
            None => Ok(site),
            Some(hours) => Site::new(site.latitude, site.longitude, site.elevation_m, hours),
        }
    }

    /// Makes a typical year that was cut at the file's midnight begin at local midnight: the hours beyond it
    /// go to the other end and get stamps that continue the series there.
    fn roll(&mut self, civil_s: i64) {
        let (step, count) = (self.step_s, self.records.len());
        let month = |r: &Record| on_clock(r.start, civil_s).month();
        let (Some(first), Some(last)) = (self.records.first().cloned(), self.records.last().cloned()) else { return };
        let mut moved = 0;
        if civil_s > self.clock_s && month(&first) == 1 && month(&last) == 1 {
            moved = self.records.iter().rev().take_while(|r| month(r) == 1).count();
            if moved < count {
                self.records.rotate_right(moved);
                let stamps = (1..).map(|back| first.start - back * step);
                for (record, start) in self.records.iter_mut().take(moved).rev().zip(stamps) {
                    record.start = start;
                }
            }
        } else if civil_s < self.clock_s && month(&first) == 12 && month(&last) == 12 {
            moved = self.records.iter().take_while(|r| month(r) == 12).count();
            if moved < count {
                self.records.rotate_left(moved);
                let stamps = (1..).map(|on| last.start + on * step);
                for (record, start) in self.records.iter_mut().skip(count - moved).zip(stamps) {
                    record.start = start;
                }
            }
        }
        if moved > 0 && moved < count {
            let text =
                format!("{moved} records moved round the New Year so that the typical year begins at local midnight");
            self.notes.push(note(Severity::Repair, text));
        }
    }

    /// Says when the file holds less than whole years, and whether it looks cut off.
    fn tell_span(&mut self, span: i64) {
        let (Some(first), Some(last)) = (self.records.first(), self.records.last()) else { return };
        let beyond = span % (365 * DAY);
        // A multi-year series is longer than its count of years by its leap days.
        if span >= 365 * DAY && beyond <= (span / (365 * DAY) / 4 + 1) * DAY {
            return;
        }
        let ends = if self.text.body.ends_with(['\n', '\r', '}', '\u{1a}']) {
            String::new()
        } else {
            format!("; line {} does not end: the file may be cut off", last.line)
        };
        let severity = if ends.is_empty() { Severity::Info } else { Severity::Warning };
        let text = format!(
            "the file covers {:.2} days ({} to {}), not whole years{ends}",
            span as f64 / DAY as f64,
            self.clock(first.start),
            self.clock(last.start + self.step_s),
        );
        self.notes.push(note(severity, text));
    }
}

/// The length of the intervals, s: the most frequent distance between labels.
pub(super) fn usual_step(text: &Text<'_>, records: &[Record]) -> Result<i64> {
    let gap = |w: &[Record]| if let [a, b] = w { b.start - a.start } else { 0 };
    let mut gaps: Vec<i64> = records.windows(2).map(gap).filter(|g| *g > 0).collect();
    gaps.sort_unstable();
    let usual = gaps.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).and_then(|run| run.first().copied());
    match usual {
        Some(step) if (60..=DAY).contains(&step) && DAY % step == 0 => Ok(step),
        Some(step) => Err(text.refuse(
            format!("the records are {step} s apart"),
            "give records at equal steps of one minute to one day that divide the day",
        )),
        None => Err(text.refuse(
            "no record is later than the one before it",
            "give at least two, sorted by time, so that their step can be told",
        )),
    }
}

/// Irradiance in kWh or MJ instead of W/m2 stays below 10 all year round.
fn check_unit(text: &Text<'_>, ghi: &[f64], span: i64) -> Result<()> {
    let top = ghi.iter().copied().fold(0.0, f64::max);
    if span < 300 * DAY || top >= 10.0 {
        return Ok(());
    }
    let fix = "irradiance is wanted in W/m2: multiply kWh/m2 per hour by 1000, MJ/m2 per hour by 277.78";
    Err(text.refuse(format!("the largest global irradiance of the year is {top}"), fix))
}

/// Unix seconds as the date and time of a clock at an offset, s.
pub(super) fn on_clock(start: i64, offset: i64) -> NaiveDateTime {
    DateTime::from_timestamp(start + offset, 0).unwrap_or_default().naive_utc()
}

/// Unix seconds of a date and time of a clock at an offset in hours.
pub(super) fn unix(at: NaiveDateTime, clock_h: f64) -> i64 {
    at.and_utc().timestamp() - offset_s(clock_h)
}

/// The quantity's values of all records.
pub(super) fn values_of(records: &[Record], quantity: Quantity) -> Vec<f64> {
    records.iter().map(|r| r.values.get(quantity as usize).copied().unwrap_or(f64::NAN)).collect()
}
