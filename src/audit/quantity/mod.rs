//! Numbers with units as people write them, in Chinese of both scripts and in English.
//!
//! # What the digits allow
//! Every [`Quantity`] has the [`Interval`] that its writing allows:
//! - half a unit of the last written digit: `51 MW` is 50.5 to 51.5, `887.699 t` is ±0.0005, `60.0 GWh` is ±0.05;
//! - zeros at the end of a whole number may be rounding, so there it is half a unit of the last digit that is not zero, at
//!   most 2.5 % of the number: `1,072,100 kWh` is ±50, `18,000 t` is ±450, and `60 GWh`, `6000万千瓦时` and
//!   `60 million kWh` are all 58.5 to 61.5 million. Half a unit of the second of two digits is at most 2.5 % from 20 on, and people who state a
//!   yield give two digits;
//! - never more than 10 %, as in `1 MW`: nobody writes that for 1.4 MW;
//! - "more than", 超过, 余, 多 leave the upper end open, "up to", 不超过 put the lower at zero, "nearly", 近 reach 10 %
//!   below, "about", 约, 左右 at least 5 % to either side. These widths are this crate's reading, not a standard.

mod number_words;
mod numerals;
pub(crate) mod plain;
mod qualifiers;
mod scan;
pub(crate) mod spellings;
mod units;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use crate::error::{Error, Result};
use plain::Plain;
pub(crate) use scan::{Found, scan};

/// What a number measures, and in which unit its value is kept.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Power, kW.
    Power,
    /// Apparent power, kVA.
    ApparentPower,
    /// Electric energy, kWh.
    Energy,
    /// Heat and fuel energy, GJ.
    Heat,
    /// Area, m2.
    Area,
    /// Mass, t.
    Mass,
    /// Time, years.
    Duration,
    /// A year of the calendar.
    CalendarYear,
    /// Money, in the currency that the words name.
    Money,
    /// A share, %.
    Percent,
    /// Voltage, kV.
    Voltage,
    /// Volume, m3.
    Volume,
    /// Length, m.
    Length,
    /// Things: modules, roofs, households.
    Count,
    /// One unit per another, as g/kWh; kept in the first of the two.
    Rate,
    /// Something else with a unit: degrees, hours, days.
    Other,
    /// A number without a unit.
    Number,
}

impl Dimension {
    /// What it is, with the unit of the value, as `power, kW`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Power => "power, kW",
            Self::ApparentPower => "apparent power, kVA",
            Self::Energy => "energy, kWh",
            Self::Heat => "heat, GJ",
            Self::Area => "area, m2",
            Self::Mass => "mass, t",
            Self::Duration => "time, years",
            Self::CalendarYear => "year",
            Self::Money => "money",
            Self::Percent => "share, %",
            Self::Voltage => "voltage, kV",
            Self::Volume => "volume, m3",
            Self::Length => "length, m",
            Self::Count => "count",
            Self::Rate => "rate",
            Self::Other => "another measure",
            Self::Number => "number without a unit",
        }
    }
}

/// What a mass is of, where it is said right behind the unit.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Substance {
    /// Standard coal.
    StandardCoal,
    /// Coal as mined.
    RawCoal,
    /// Coal of no said kind.
    Coal,
    /// CO2, or CO2 equivalents.
    Co2,
    /// Anything else.
    Other,
}

/// On which side of the inverter a power is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Before it: the modules' power, `MWp`.
    Dc,
    /// Behind it.
    Ac,
}

/// For what time a quantity holds, as said right behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// A year.
    Year,
    /// An hour, a day, a week or a month.
    Shorter,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number, in the unit that its [`Dimension`] names; the middle of a range.
    pub value: f64,
    /// What digits and words allow, in the same unit.
    pub interval: Interval,
    /// What it measures.
    pub dimension: Dimension,
    /// The words it was read from, as written, with those that qualify it.
    pub words: String,
    /// For what time it holds, where that is said right behind it.
    pub per: Option<Per>,
    /// What it is of, where that is said right behind it.
    pub substance: Option<Substance>,
    /// DC or AC, where the unit says so.
    pub side: Option<Side>,
    /// Why it may mean something else, in words; empty for most.
    pub doubt: String,
}

impl Quantity {
    /// Reads a text that is one quantity and nothing else.
    ///
    /// ```
    /// use rooftop_pv::audit::{Dimension, Quantity};
    /// let energy = Quantity::parse("６０００萬千瓦時")?;
    /// assert_eq!((energy.value, energy.dimension), (60e6, Dimension::Energy));
    /// assert_eq!(Quantity::parse("51 MW")?.interval.low, 50_500.0);
    /// assert!(Quantity::parse("51 mW").is_err());
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] with the key `quantity` where there is no number, more than one, words that belong to none, or
    /// a writing that may mean two things.
    pub fn parse(text: &str) -> Result<Self> {
        let refused = |problem: String| Error::Config {
            file: String::new(),
            line: None,
            key: String::from("quantity"),
            value: format!("{text:?}"),
            problem,
        };
        let trimmed = text.trim();
        let mut found = Self::find_all(trimmed).into_iter();
        let Some((span, quantity)) = found.next() else {
            return Err(refused(String::from("no number is found; write one as 51 MW, 6000万千瓦时 or 18,000 t")));
        };
        let left = [trimmed.get(..span.start), trimmed.get(span.end..)];
        let left: Vec<&str> = left.into_iter().flatten().map(str::trim).filter(|rest| !rest.is_empty()).collect();
        if !left.is_empty() {
            return Err(refused(format!(
                "{:?} is no part of {:?}; give one number and its unit",
                left.join(" "),
                quantity.words
            )));
        }
        if !quantity.doubt.is_empty() {
            return Err(refused(quantity.doubt));
        }
        Ok(quantity)
    }

    /// All quantities of a text, each with the bytes where it stands, in the order of the text. Numbers without a unit are
    /// among them, as [`Dimension::Number`].
    ///
    /// ```
    /// use rooftop_pv::audit::Quantity;
    /// let text = "装机51兆瓦，年发电量6000万千瓦时";
    /// let all = Quantity::find_all(text);
    /// assert_eq!(&text[all[1].0.clone()], "6000万千瓦时");
    /// ```
    pub fn find_all(text: &str) -> Vec<(Range<usize>, Self)> {
        let plain = Plain::of(text);
        let words = |found: Found| {
            let span = plain.original(&found.span);
            let words = text.get(span.clone()).unwrap_or("").to_owned();
            (span, Self { words, ..found.quantity })
        };
        scan(&plain).into_iter().map(words).collect()
    }
}

/// The interval that a bare number of a table allows, read as a person would have written it: 51000 as 51 thousand.
pub(crate) fn digits_interval(value: f64, thousands: i32) -> Interval {
    let written = if value >= 10f64.powi(thousands) { shifted(value, -thousands) } else { value.to_string() };
    let shift = if value >= 10f64.powi(thousands) { thousands } else { 0 };
    let half = numerals::numeral(&Plain::of(&written), 0).map_or(0.0, |numeral| {
        let numeral = numerals::Numeral { doubt: None, ..numeral };
        numeral.half_width(shift)
    });
    Interval::new((value - half).max(0.0), value + half)
}

/// The shortest writing of a number with its point moved; exact, as a product of floats would not be.
fn shifted(value: f64, exponent: i32) -> String {
    let scaled: f64 = format!("{value}e{exponent}").parse().unwrap_or(value);
    scaled.to_string()
}
