//! Completes the columns: night offsets, short gaps, and irradiance components that the file leaves out.

use super::series::{MAX_GAP, Record, values_of};
use super::text::{Column, Quantity, Text, note};
use super::{Columns, Note, Severity};
use crate::error::{Error, Result};
use crate::site::Site;
use crate::sky;
use crate::sun::SunTable;
use crate::time::TimeAxis;

/// Temperature, wind and the like are interpolated over so many hours at most.
const MAX_MILD_GAP_H: f64 = 24.0;

/// Below this cosine of the zenith angle (2.9 degrees above the horizon) DNI is not closed: a watt in GHI
/// would become more than twenty in DNI.
const LOW_SUN: f64 = 0.05;

/// The columns of the series; what was mended or derived goes into `notes`.
pub(super) fn complete(
    text: &Text<'_>,
    sun: &SunTable,
    axis: &TimeAxis,
    site: &Site,
    layout: &[Column],
    records: &[Record],
    notes: &mut Vec<Note>,
) -> Result<Columns> {
    let gaps = Gaps { text, axis, layout, records };
    let mut sky = Components {
        ghi: gaps.irradiance(Quantity::Ghi, notes),
        dni: gaps.irradiance(Quantity::Dni, notes),
        dhi: gaps.irradiance(Quantity::Dhi, notes),
        cos_zenith: sun.cos_zenith(site, 0.0),
    };
    sky.close_holes(notes);
    for (quantity, values) in
        [(Quantity::Ghi, &mut sky.ghi), (Quantity::Dni, &mut sky.dni), (Quantity::Dhi, &mut sky.dhi)]
    {
        if let Some(values) = values {
            gaps.fill(quantity, values, usize::from(MAX_GAP), notes)?;
        }
    }
    let (ghi, dni, dhi) = sky.derive(text, axis, notes)?;
    let needed = |quantity: Quantity, notes: &mut Vec<Note>| match gaps.mild(quantity, notes)? {
        Some(values) => Ok(values),
        None => Err(text.refuse(
            format!("the file holds no {}", quantity.name()),
            format!("get it with that column; a plain csv can carry it as {}", quantity.name()),
        )),
    };
    Ok(Columns {
        ghi,
        dni,
        dhi,
        temp_air: needed(Quantity::TempAir, notes)?,
        wind_speed: needed(Quantity::WindSpeed, notes)?,
        // No ground is black and no sky cold all year: files write 0 where they do not know.
        albedo: gaps.optional(Quantity::Albedo, notes).filter(|values| known(Quantity::Albedo, values, notes)),
        pressure: gaps.optional(Quantity::Pressure, notes),
        relative_humidity: gaps.optional(Quantity::RelativeHumidity, notes),
        precipitable_water: gaps.optional(Quantity::PrecipitableWater, notes),
        snow_depth: gaps.optional(Quantity::SnowDepth, notes),
        rain: gaps.optional(Quantity::Rain, notes),
        ir_down: gaps.optional(Quantity::IrDown, notes).filter(|values| known(Quantity::IrDown, values, notes)),
    })
}

/// Whether a column that cannot be 0 throughout is more than that.
fn known(quantity: Quantity, values: &[f64], notes: &mut Vec<Note>) -> bool {
    let known = values.iter().any(|value| *value > 0.0);
    if !known {
        let text = format!("{} is 0 throughout: taken as not known and left out", quantity.name());
        notes.push(note(Severity::Info, text));
    }
    known
}

/// Where values are missing, and what may be put there.
struct Gaps<'a> {
    text: &'a Text<'a>,
    axis: &'a TimeAxis,
    layout: &'a [Column],
    records: &'a [Record],
}

impl Gaps<'_> {
    /// A component with its night offsets set to zero; `None` where the file has no value of it at all.
    fn irradiance(&self, quantity: Quantity, notes: &mut Vec<Note>) -> Option<Vec<f64>> {
        let mut values = self.present(quantity, notes)?;
        let (mut count, mut lowest) = (0_usize, 0.0_f64);
        for value in &mut values {
            if *value < 0.0 {
                count += 1;
                lowest = lowest.min(*value);
            }
            // Takes -0.0, too, which some services write at night.
            if *value <= 0.0 {
                *value = 0.0;
            }
        }
        if count > 0 {
            let text = format!("{} was negative in {count} records, down to {lowest} W/m2: set to 0", quantity.name());
            notes.push(note(Severity::Repair, text));
        }
        Some(values)
    }

    fn present(&self, quantity: Quantity, notes: &mut Vec<Note>) -> Option<Vec<f64>> {
        let column = self.layout.iter().find(|c| c.quantity == quantity)?;
        let values = values_of(self.records, quantity);
        if values.iter().any(|v| v.is_finite()) {
            return Some(values);
        }
        let text = format!("column {} holds only marks of missing values: left out", column.label());
        notes.push(note(Severity::Info, text));
        None
    }

    /// A required column that changes slowly.
    fn mild(&self, quantity: Quantity, notes: &mut Vec<Note>) -> Result<Option<Vec<f64>>> {
        let Some(mut values) = self.present(quantity, notes) else { return Ok(None) };
        self.fill(quantity, &mut values, self.mild_gap(), notes)?;
        Ok(Some(values))
    }

    /// An optional column: kept when its gaps are short, otherwise left out and reported.
    fn optional(&self, quantity: Quantity, notes: &mut Vec<Note>) -> Option<Vec<f64>> {
        let mut values = self.present(quantity, notes)?;
        let missing = values.iter().filter(|v| v.is_nan()).count();
        match self.fill(quantity, &mut values, self.mild_gap(), notes) {
            Ok(()) => Some(values),
            Err(error) => {
                let text = format!("{} is missing in {missing} records and was left out: {error}", quantity.name());
                notes.push(note(Severity::Warning, text));
                None
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1440")]
    fn mild_gap(&self) -> usize {
        (MAX_MILD_GAP_H / self.axis.step_h()).round().max(1.0) as usize
    }

    /// Interpolates runs of up to `longest` missing values linearly. At the ends of the series slow quantities
    /// keep their nearest value; irradiance there is an error, as is any longer run.
    fn fill(&self, quantity: Quantity, values: &mut [f64], longest: usize, notes: &mut Vec<Note>) -> Result<()> {
        let mut count = 0;
        let mut i = 0;
        while i < values.len() {
            let run = values.iter().skip(i).take_while(|v| v.is_nan()).count();
            if run == 0 {
                i += 1;
                continue;
            }
            let before = i.checked_sub(1).and_then(|k| values.get(k)).copied();
            let after = values.get(i + run).copied();
            let open = before.is_none() || after.is_none();
            if run > longest || (open && quantity.is_irradiance()) {
                return Err(self.too_long(quantity, i, run, longest));
            }
            let (from, to) = (before.or(after), after.or(before));
            if let (Some(from), Some(to)) = (from, to) {
                for (k, value) in values.iter_mut().skip(i).take(run).enumerate() {
                    *value = from + (to - from) * (k + 1) as f64 / (run + 1) as f64;
                }
            }
            count += run;
            i += run;
        }
        if count > 0 {
            let text = format!("{} was missing in {count} records: interpolated linearly in time", quantity.name());
            notes.push(note(Severity::Repair, text));
        }
        Ok(())
    }

    fn too_long(&self, quantity: Quantity, index: usize, run: usize, longest: usize) -> Error {
        let line = self.records.get(index).map_or(0, |r| r.line);
        let label = self.layout.iter().find(|c| c.quantity == quantity).map_or(String::new(), Column::label);
        let shown = self.axis.iso(index.min(self.axis.len() - 1));
        let rule = if quantity.is_irradiance() {
            " inside the series, and missing irradiance is never taken for zero; fill it from another source"
        } else {
            "; fill it from another source"
        };
        let problem = format!("{run} values are missing from this record on; up to {longest} are interpolated{rule}");
        self.text.bad(line, &label, &shown, problem)
    }
}

/// The three components, as far as the file has them, and the sun they have to agree with.
struct Components {
    ghi: Option<Vec<f64>>,
    dni: Option<Vec<f64>>,
    dhi: Option<Vec<f64>>,
    cos_zenith: Vec<f64>,
}

impl Components {
    /// Where one component of a record is missing and the other two are there, the closure gives it.
    fn close_holes(&mut self, notes: &mut Vec<Note>) {
        let (Some(ghi), Some(dni), Some(dhi)) = (&mut self.ghi, &mut self.dni, &mut self.dhi) else { return };
        let mut count = 0;
        for (((g, b), d), &mu) in ghi.iter_mut().zip(dni).zip(dhi).zip(&self.cos_zenith) {
            match (g.is_nan(), b.is_nan(), d.is_nan()) {
                (true, false, false) => *g = *b * mu.max(0.0) + *d,
                // Low sun makes this division worthless: left to interpolation.
                (false, true, false) if mu >= LOW_SUN || *g <= *d => *b = ((*g - *d) / mu.max(LOW_SUN)).max(0.0),
                (false, false, true) => *d = (*g - *b * mu.max(0.0)).max(0.0),
                _ => continue,
            }
            count += 1;
        }
        if count > 0 {
            let text = format!("{count} missing values closed by GHI = DNI cos Z + DHI");
            notes.push(note(Severity::Repair, text));
        }
    }

    /// All three components: those that the file lacks by closure, or from GHI alone after Erbs.
    fn derive(self, text: &Text<'_>, axis: &TimeAxis, notes: &mut Vec<Note>) -> Result<(Vec<f64>, Vec<f64>, Vec<f64>)> {
        let mu = &self.cos_zenith;
        let mut info = |text: &str| notes.push(note(Severity::Info, text));
        match (self.ghi, self.dni, self.dhi) {
            (Some(ghi), Some(dni), Some(dhi)) => Ok((ghi, dni, dhi)),
            (None, Some(dni), Some(dhi)) => {
                info("ghi is not in the file: closed by GHI = DNI cos Z + DHI");
                let ghi = dni.iter().zip(&dhi).zip(mu).map(|((b, d), mu)| b * mu.max(0.0) + d).collect();
                Ok((ghi, dni, dhi))
            }
            (Some(ghi), Some(dni), None) => {
                info("dhi is not in the file: closed by DHI = GHI - DNI cos Z");
                let mut low = 0_usize;
                let dhi = ghi.iter().zip(&dni).zip(mu).map(|((g, b), mu)| {
                    let rest = g - b * mu.max(0.0);
                    low += usize::from(rest < -5.0);
                    rest.max(0.0)
                });
                let dhi = dhi.collect();
                if low > 0 {
                    let text = format!("dhi closed below -5 W/m2 in {low} records: set to 0");
                    notes.push(note(Severity::Repair, text));
                }
                Ok((ghi, dni, dhi))
            }
            (Some(ghi), None, Some(dhi)) => {
                info("dni is not in the file: closed by DNI = (GHI - DHI) / cos Z");
                let dni = close_dni(axis, mu, &ghi, &dhi, notes);
                Ok((ghi, dni, dhi))
            }
            (Some(ghi), None, None) => {
                info("dni and dhi are not in the file: derived from ghi after Erbs, Klein and Duffie (1982)");
                let (dni, dhi) = decompose(axis, mu, &ghi, notes);
                Ok((ghi, dni, dhi))
            }
            _ => Err(text.refuse(
                "the file holds neither ghi nor two of the three irradiance components",
                "horizontal irradiance is needed: ghi, or dni and dhi",
            )),
        }
    }
}

/// The irradiance outside the atmosphere on the record's day, W/m2.
fn outside(axis: &TimeAxis, index: usize) -> f64 {
    sky::extra_radiation_spencer(f64::from(axis.day_of_year(index)))
}

/// DNI by closure, held to what the sun gives outside the atmosphere and to zero at the horizon.
fn close_dni(axis: &TimeAxis, mu: &[f64], ghi: &[f64], dhi: &[f64], notes: &mut Vec<Note>) -> Vec<f64> {
    let mut limited = 0_usize;
    let close = |(i, ((g, d), &mu)): (usize, ((&f64, &f64), &f64))| {
        let beam = g - d;
        let open = if mu >= LOW_SUN { beam / mu } else { 0.0 };
        let dni = open.clamp(0.0, outside(axis, i));
        limited += usize::from((beam - dni * mu.max(0.0)).abs() > 1.0);
        dni
    };
    let dni = ghi.iter().zip(dhi).zip(mu).enumerate().map(close).collect();
    if limited > 0 {
        let text = format!(
            "dni closed beyond 0 to the extraterrestrial irradiance, or with the sun below 2.9 degrees, in {limited} \
             records: held to those bounds (0 at low sun)"
        );
        notes.push(note(Severity::Repair, text));
    }
    dni
}

/// DNI and DHI from GHI; where DNI leaves its bounds, it is held there and DHI takes the rest of GHI.
fn decompose(axis: &TimeAxis, mu: &[f64], ghi: &[f64], notes: &mut Vec<Note>) -> (Vec<f64>, Vec<f64>) {
    let mut limited = 0_usize;
    let parts = ghi.iter().zip(mu).enumerate().map(|(i, (&g, &mu))| {
        let outside = outside(axis, i);
        let zenith = mu.clamp(-1.0, 1.0).acos().to_degrees();
        let dni = if mu >= LOW_SUN { sky::erbs(g, zenith, outside).dni } else { 0.0 };
        let held = dni.clamp(0.0, outside.min(g / mu.max(LOW_SUN)));
        limited += usize::from(dni - held > 1.0);
        (held, (g - held * mu.max(0.0)).max(0.0))
    });
    let split = parts.unzip();
    if limited > 0 {
        let text = format!("dni after Erbs left its bounds in {limited} records: held to them, the rest is diffuse");
        notes.push(note(Severity::Repair, text));
    }
    split
}
