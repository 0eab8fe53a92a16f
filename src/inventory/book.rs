//! The sums as standard coal and CO2, under named conventions, to be looked at by firm, sector, carrier or month.
//!
//! Each sum's energy and CO2 are rounded to a milligram and from there on added as whole milligrams: columns of any
//! table made of one book add up to the same total, to the last digit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::amount::to_f64;
use super::electricity::factors_of;
use super::factors::Made;
use super::sums::{Inventory, Month};
use crate::carbon::Confidence;
use crate::error::Result;

/// How much standard coal a kilowatt-hour of bought electricity counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ElectricityCoal {
    /// Its own heat, 0.1229 kgce/kWh (the equivalent value of GB/T 2589): what energy targets of firms count.
    #[default]
    Equivalent,
    /// The coal of thermal power supply in the record's year, or the nearest that is known.
    ThermalSupply,
}

/// The conventions of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Options {
    /// Region or province of the grid factor; without it, the average of China, with a note.
    pub region: Option<String>,
    /// How electricity becomes standard coal.
    pub electricity: ElectricityCoal,
}

/// By what to add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// By firm.
    Firm,
    /// By sector.
    Sector,
    /// By carrier.
    Carrier,
    /// By calendar month.
    Month,
    /// By calendar year.
    Year,
}

/// Energy and CO2 in whole milligrams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mass {
    pub kgce_mg: i128,
    pub co2_mg: i128,
}

impl Mass {
    pub(super) fn add(&mut self, other: Self) {
        // A sum is at most 10¹⁸ base units of at most 15 kg, 1.5 · 10²⁵ mg; 2 · 10⁶ of them stay below 10³²: no overflow.
        self.kgce_mg += other.kgce_mg;
        self.co2_mg += other.co2_mg;
    }

    pub(super) fn named(self, name: &str) -> Row {
        Row { name: name.to_owned(), tce: self.kgce_mg as f64 / 1e9, co2_t: self.co2_mg as f64 / 1e9 }
    }
}

/// A line of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Firm, sector, carrier, month or year.
    pub name: String,
    /// Energy, t of standard coal.
    pub tce: f64,
    /// CO2, t.
    pub co2_t: f64,
}

/// One sum as it entered the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The firm.
    pub firm: String,
    /// Its sector.
    pub sector: String,
    /// The carrier, as `raw_coal`.
    pub carrier: String,
    /// The month.
    pub month: Month,
    /// Amount, in the carrier's base unit (kg, m3, MJ, kWh or kgce).
    pub amount: f64,
    /// The same in billionths.
    parts: i128,
    pub(super) mass: Mass,
}

/// A factor as it was used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Used {
    /// The carrier.
    pub carrier: String,
    /// The year of the records.
    pub year: i32,
    /// The figure.
    pub value: f64,
    /// As `kgce/kg` or `kg CO2/kWh`.
    pub unit: String,
    /// Who says so, and what it was made of.
    pub source: String,
    /// How far it can be trusted to be its source's.
    pub confidence: Confidence,
}

/// The change of a year on the year before, over the months that both have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The later year.
    pub year: i32,
    /// Months compared; twelve for whole years.
    pub months: Vec<u8>,
    /// The year before, these months.
    pub before: Row,
    /// The year, these months.
    pub after: Row,
}

impl Change {
    /// Change of energy as a fraction of the year before's; none where that was nothing.
    pub fn tce(&self) -> Option<f64> {
        relative(self.before.tce, self.after.tce)
    }

    /// Change of CO2 as a fraction of the year before's; none where that was nothing.
    pub fn co2(&self) -> Option<f64> {
        relative(self.before.co2_t, self.after.co2_t)
    }
}

fn relative(before: f64, after: f64) -> Option<f64> {
    (before > 0.0).then(|| after / before - 1.0)
}

/// An inventory under its conventions.
#[derive(Clone, Debug)]
pub struct Book {
    entries: Vec<Entry>,
    used: Vec<Used>,
    notes: Vec<String>,
}

impl Inventory {
    /// The sums as standard coal and CO2.
    ///
    /// Factors are those of each record's own year; where there is none of that year the nearest is taken and the
    /// notes say so. Electricity gets the grid average of the region, unless a factor table of the user's has one.
    ///
    /// # Errors
    /// [`Error::Factor`](crate::Error::Factor) for a region without factors, or a carrier of the user's whose factors are incomplete.
    pub fn book(&self, options: &Options) -> Result<Book> {
        let mut notes = BTreeSet::new();
        let mut made: HashMap<(String, i32), [Made; 2]> = HashMap::new();
        let mut entries = Vec::with_capacity(self.len());
        for named in self.sorted() {
            let key = (named.carrier.name.clone(), named.month.year);
            if !made.contains_key(&key) {
                made.insert(key.clone(), factors_of(&self.factors, named.carrier, named.month.year, options)?);
            }
            let Some([kgce, co2]) = made.get(&key) else { continue };
            let amount = to_f64(named.sum.parts);
            entries.push(Entry {
                firm: named.firm.to_owned(),
                sector: named.sector.to_owned(),
                carrier: named.carrier.name.clone(),
                month: named.month,
                amount,
                parts: named.sum.parts,
                mass: Mass { kgce_mg: milligrams(amount * kgce.value), co2_mg: milligrams(amount * co2.value) },
            });
        }
        let mut used: Vec<Used> = Vec::new();
        for ((carrier, year), pair) in made {
            for factor in pair {
                if factor.confidence == Confidence::Memory {
                    let what = format!("{} {} of {carrier}", tidy(factor.value), factor.unit);
                    notes.insert(format!("{what} is {} ({})", factor.confidence.remark(), factor.source));
                }
                notes.extend(factor.notes);
                let Made { value, unit, source, confidence, .. } = factor;
                used.push(Used { carrier: carrier.clone(), year, value, unit, source, confidence });
            }
        }
        used.sort_by(|a, b| (&a.carrier, a.year, &b.unit).cmp(&(&b.carrier, b.year, &a.unit)));
        let notes = self.remarks().into_iter().chain(notes).collect();
        Ok(Book { entries, used, notes })
    }
}

/// Kilograms as whole milligrams.
#[expect(clippy::cast_possible_truncation, reason = "far below 2^127, and the cast saturates")]
fn milligrams(kg: f64) -> i128 {
    (kg * 1e6).round() as i128
}

fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

impl Book {
    /// Every sum, ordered by firm, sector, carrier and month.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The factors that were used, by carrier and year.
    pub fn used(&self) -> &[Used] {
        &self.used
    }

    /// What was assumed, repeated or taken from another year.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Everything together.
    pub fn total(&self) -> Row {
        self.total_of(|_| true)
    }

    /// What a condition lets through, together.
    pub fn total_of(&self, keep: impl Fn(&Entry) -> bool) -> Row {
        self.mass_of(keep).named("all")
    }

    pub(super) fn mass_of(&self, keep: impl Fn(&Entry) -> bool) -> Mass {
        let mut mass = Mass::default();
        self.entries.iter().filter(|entry| keep(entry)).for_each(|entry| mass.add(entry.mass));
        mass
    }

    /// Added up by a dimension, in the order of the names.
    pub fn by(&self, dimension: Dimension) -> Vec<Row> {
        self.by_where(dimension, |_| true)
    }

    /// As [`Book::by`], of one year.
    pub fn by_in(&self, dimension: Dimension, year: i32) -> Vec<Row> {
        self.by_where(dimension, |entry| entry.month.year == year)
    }

    /// As [`Book::by`], of what a condition lets through.
    pub fn by_where(&self, dimension: Dimension, keep: impl Fn(&Entry) -> bool) -> Vec<Row> {
        let mut sums: BTreeMap<String, Mass> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| keep(entry)) {
            let name = match dimension {
                Dimension::Firm => entry.firm.clone(),
                Dimension::Sector => entry.sector.clone(),
                Dimension::Carrier => entry.carrier.clone(),
                Dimension::Month => entry.month.to_string(),
                Dimension::Year => entry.month.year.to_string(),
            };
            sums.entry(name).or_default().add(entry.mass);
        }
        sums.iter().map(|(name, mass)| mass.named(name)).collect()
    }

    /// The years that there are records of.
    pub fn years(&self) -> Vec<i32> {
        let years: BTreeSet<i32> = self.entries.iter().map(|entry| entry.month.year).collect();
        years.into_iter().collect()
    }

    /// The months of a year that there are records of.
    pub fn months(&self, year: i32) -> Vec<u8> {
        let months: BTreeSet<u8> =
            self.entries.iter().filter(|e| e.month.year == year).map(|entry| entry.month.month).collect();
        months.into_iter().collect()
    }

    /// The amount of a carrier in a year, in its base unit.
    pub fn amount(&self, carrier: &str, year: i32) -> f64 {
        to_f64(self.entries.iter().filter(|e| e.carrier == carrier && e.month.year == year).map(|e| e.parts).sum())
    }

    /// The change of a year on the year before, over the months that both have; none where they have none in common.
    pub fn change(&self, year: i32) -> Option<Change> {
        self.change_where(year, |_| true)
    }

    /// As [`Book::change`], of what a condition lets through.
    pub fn change_where(&self, year: i32, keep: impl Fn(&Entry) -> bool) -> Option<Change> {
        let last = year.saturating_sub(1);
        let (before, after) = (self.months(last), self.months(year));
        let months: Vec<u8> = after.into_iter().filter(|month| before.contains(month)).collect();
        if months.is_empty() {
            return None;
        }
        let of = |year: i32| {
            let within = |entry: &Entry| entry.month.year == year && months.contains(&entry.month.month) && keep(entry);
            self.mass_of(within).named(&year.to_string())
        };
        Some(Change { year, before: of(last), after: of(year), months })
    }
}
