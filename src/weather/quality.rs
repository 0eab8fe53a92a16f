//! Checks a series against itself and the sun: does its clock fit, can its values be?
//!
//! Bounds of single values are the "physically possible" limits of the BSRN: C. N. Long, E. G. Dutton, *BSRN Global
//! Network recommended QC tests, V2.0* (2002), which leave room for clouds that add to the sun.

use chrono::Datelike;

use super::text::note;
use super::{Columns, Note, Severity, Weather};
use crate::sky;
use crate::sun::SunTable;
use crate::time::TimeAxis;

/// Records with the sun lower than this do not judge the clock: rising and setting hours have their own middle.
const CLEAR_OF_HORIZON: f64 = 0.15;

/// How many records with beam the clock needs for a verdict.
const ENOUGH: usize = 40;

/// Offsets beyond this many minutes are reported.
const TOLERATED_MIN: i32 = 10;

/// What looks wrong in a series; empty when nothing does. Readers run it and add its findings to the notes.
pub fn check(weather: &Weather) -> Vec<Note> {
    check_with(weather, &SunTable::new(weather.axis().clone()))
}

/// The same with a sun table that is there already.
pub(super) fn check_with(weather: &Weather, sun: &SunTable) -> Vec<Note> {
    let (axis, columns) = (weather.axis().as_ref(), weather.columns());
    let cosine = |shift: f64| sun.cos_zenith(weather.site(), shift);
    let nominal = cosine(0.0);
    let mut found = Vec::new();
    found.extend(clock(columns, &nominal, cosine));
    found.extend(possible(axis, columns, &nominal));
    let half = 0.5 * f64::from(axis.step_s());
    found.extend(night(axis, columns, &[cosine(-half), nominal, cosine(half)]));
    found.extend(constant(axis, columns));
    found
}

fn warning(text: String) -> Note {
    note(Severity::Warning, text)
}

/// Root mean square of GHI - DNI cos Z - DHI over the chosen records, W/m2.
fn closure(columns: &Columns, chosen: &[usize], cosine: &[f64]) -> f64 {
    let square = |&i: &usize| {
        let get = |v: &[f64]| v.get(i).copied().unwrap_or(0.0);
        let rest = get(&columns.ghi) - get(&columns.dni) * get(cosine).max(0.0) - get(&columns.dhi);
        rest * rest
    };
    (chosen.iter().map(square).sum::<f64>() / chosen.len() as f64).sqrt()
}

/// Looks for the shift of the sun, within an hour, with which the three components close best.
fn clock(columns: &Columns, nominal: &[f64], cosine: impl Fn(f64) -> Vec<f64>) -> Vec<Note> {
    let beam = columns.dni.iter().zip(nominal);
    let chosen: Vec<usize> =
        beam.enumerate().filter(|(_, (dni, mu))| **dni > 50.0 && **mu > CLEAR_OF_HORIZON).map(|(i, _)| i).collect();
    if chosen.len() < ENOUGH {
        return Vec::new();
    }
    let at = |minutes: i32| closure(columns, &chosen, &cosine(60.0 * f64::from(minutes)));
    let assumed = closure(columns, &chosen, nominal);
    let mut best = (0, assumed);
    let try_all = |minutes: &mut dyn Iterator<Item = i32>, best: &mut (i32, f64)| {
        for m in minutes {
            let rmse = at(m);
            if rmse < best.1 {
                *best = (m, rmse);
            }
        }
    };
    // Coarse, then fine about the best: the error has one minimum within the hour.
    try_all(&mut (-60..=60).step_by(15), &mut best);
    let middle = best.0;
    try_all(&mut (middle - 10..=middle + 10).step_by(5).filter(|m| m.abs() <= 60), &mut best);
    let mean = chosen.iter().filter_map(|&i| columns.ghi.get(i)).sum::<f64>() / chosen.len() as f64;
    let (minutes, rmse) = best;
    if minutes.abs() > TOLERATED_MIN && rmse < 0.7 * assumed && assumed - rmse > 3.0 {
        let side = if minutes > 0 { "later" } else { "earlier" };
        return vec![warning(format!(
            "the clock does not fit: GHI = DNI cos Z + DHI closes to {rmse:.1} W/m2 with the sun {} min {side} than \
             the labels say, and to {assumed:.1} W/m2 as read; check time zone and label (start or end of the hour)",
            minutes.abs()
        ))];
    }
    if rmse > 25.0 && rmse > 0.1 * mean {
        return vec![warning(format!(
            "the components do not agree: GHI = DNI cos Z + DHI closes to {rmse:.0} W/m2 only, with a mean GHI of \
             {mean:.0} W/m2 in the same records, whatever the clock"
        ))];
    }
    Vec::new()
}

/// Components above what the sun can give, diffuse above global, irradiance in another unit.
fn possible(axis: &TimeAxis, columns: &Columns, nominal: &[f64]) -> Vec<Note> {
    let mut beyond = [Tally::default(), Tally::default(), Tally::default()];
    let (mut lit, mut inverted) = (0_usize, Tally::default());
    let (mut top, mut top_outside) = (0.0_f64, 0.0_f64);
    let mut outside = 0.0;
    let mut day = 0;
    for (i, &mu) in nominal.iter().enumerate() {
        let at = |v: &[f64]| v.get(i).copied().unwrap_or(0.0);
        let (ghi, dni, dhi) = (at(&columns.ghi), at(&columns.dni), at(&columns.dhi));
        if ghi == 0.0 && dni == 0.0 && dhi == 0.0 && mu <= 0.0 {
            continue;
        }
        let today = axis.local(i).ordinal();
        if today != day {
            day = today;
            outside = sky::extra_radiation_spencer(f64::from(today));
        }
        let power = mu.max(0.0).powf(1.2);
        let limits = [1.5 * outside * power + 100.0, outside, 0.95 * outside * power + 50.0];
        for ((tally, value), limit) in beyond.iter_mut().zip([ghi, dni, dhi]).zip(limits) {
            tally.count(value > limit, i);
        }
        if ghi > 50.0 {
            lit += 1;
            inverted.count(dhi > 1.05 * ghi + 5.0, i);
        }
        top = top.max(ghi);
        top_outside = top_outside.max(outside * mu);
    }
    let mut found = Vec::new();
    let rules = [
        ("ghi", "above 1.5 E0 cos(Z)^1.2 + 100 W/m2"),
        ("dni", "above the extraterrestrial irradiance E0"),
        ("dhi", "above 0.95 E0 cos(Z)^1.2 + 50 W/m2"),
    ];
    for (tally, (name, rule)) in beyond.iter().zip(rules) {
        found.extend(tally.tell(axis, &format!("{name} is {rule} (BSRN, physically possible)")));
    }
    if inverted.number * 20 > lit {
        found.extend(inverted.tell(axis, "dhi is larger than ghi, in more than one of twenty daylight records:"));
    }
    if top_outside > 200.0 && top < 0.02 * top_outside {
        found.push(warning(format!(
            "the largest ghi is {top} while the sun gives {top_outside:.0} W/m2 outside the atmosphere: is it in \
             kWh/m2 or MJ/m2 instead of W/m2?"
        )));
    }
    found
}

/// Irradiance while the sun is deep below the horizon all through the interval.
fn night(axis: &TimeAxis, columns: &Columns, cosines: &[Vec<f64>; 3]) -> Option<Note> {
    // Cosine of 95.7 degrees: refraction and twilight end well before.
    let deep = |i: usize| cosines.iter().all(|c| c.get(i).is_some_and(|mu| *mu < -0.1));
    let mut tally = Tally::default();
    for (i, &ghi) in columns.ghi.iter().enumerate() {
        tally.count(ghi > 5.0 && deep(i), i);
    }
    let mut found = tally.tell(axis, "ghi is above 5 W/m2 with the sun more than 5.7 degrees below the horizon")?;
    // A stray record is a sensor's fault; much of the year in the dark is a clock's or a place's.
    if tally.number * 50 > axis.len() {
        found.text.push_str(": check the UTC offset of the time stamps, and the site");
    }
    Some(found)
}

/// Columns that never change over two days or more.
fn constant(axis: &TimeAxis, columns: &Columns) -> Vec<Note> {
    if axis.len() as f64 * axis.step_h() < 48.0 {
        return Vec::new();
    }
    let watched = [
        ("ghi", &columns.ghi),
        ("dni", &columns.dni),
        ("dhi", &columns.dhi),
        ("temp_air", &columns.temp_air),
        ("wind_speed", &columns.wind_speed),
    ];
    let still = |v: &[f64]| v.windows(2).all(|w| matches!(w, [a, b] if a == b));
    let stuck = watched.into_iter().filter(|(_, v)| still(v));
    stuck.map(|(name, v)| warning(format!("{name} is {} throughout", v.first().copied().unwrap_or(0.0)))).collect()
}

/// How often something was found, and where first.
#[derive(Clone, Copy, Default)]
struct Tally {
    number: usize,
    first: usize,
}

impl Tally {
    fn count(&mut self, found: bool, index: usize) {
        if found {
            if self.number == 0 {
                self.first = index;
            }
            self.number += 1;
        }
    }

    fn tell(&self, axis: &TimeAxis, what: &str) -> Option<Note> {
        (self.number > 0)
            .then(|| warning(format!("{what} in {} records, first at {}", self.number, axis.iso(self.first))))
    }
}
