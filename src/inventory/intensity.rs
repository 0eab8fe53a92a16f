//! Energy and CO2 for each unit of what was made, or of area.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde::Serialize;

use super::amount::{parse, to_f64};
use super::book::{Book, Row};
use super::lines::{Header, Lines, bad, split};
use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// What energy is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// 10 000 yuan of output or value added, as the table's maker counts it.
    TenThousandYuan,
    /// A tonne of product.
    Tonne,
    /// A square metre.
    SquareMetre,
}

impl Per {
    /// As `10^4 yuan`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::TenThousandYuan => "10^4 yuan",
            Self::Tonne => "t",
            Self::SquareMetre => "m2",
        }
    }
}

const UNITS: [(&str, Per, i32); 15] = [
    ("10^4 yuan", Per::TenThousandYuan, 0),
    ("万元", Per::TenThousandYuan, 0),
    ("yuan", Per::TenThousandYuan, -4),
    ("元", Per::TenThousandYuan, -4),
    ("10^8 yuan", Per::TenThousandYuan, 4),
    ("亿元", Per::TenThousandYuan, 4),
    ("t", Per::Tonne, 0),
    ("吨", Per::Tonne, 0),
    ("10^4 t", Per::Tonne, 4),
    ("万吨", Per::Tonne, 4),
    ("m2", Per::SquareMetre, 0),
    ("平方米", Per::SquareMetre, 0),
    ("ha", Per::SquareMetre, 4),
    ("公顷", Per::SquareMetre, 4),
    ("km2", Per::SquareMetre, 6),
];

/// Output and area, by firm and year.
#[derive(Clone, Debug, Default)]
pub struct Outputs {
    amounts: BTreeMap<(String, i32, Per), i128>,
}

/// Energy and CO2 over output or area, over the firms of which both are known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Intensity {
    /// A firm, a sector or `all`.
    pub name: String,
    /// What it is held against.
    pub per: Per,
    /// How much of that there is.
    pub amount: f64,
    /// Energy and CO2 of the firms that count.
    pub energy: Row,
    /// Standard coal a unit, t.
    pub tce: f64,
    /// CO2 a unit, t.
    pub co2_t: f64,
    /// Firms that count.
    pub firms: usize,
    /// Firms with energy but without output, left out on both sides.
    pub without: usize,
}

impl Outputs {
    /// Reads a csv: `firm, year, amount, unit`; the unit says what is counted: `10^4 yuan` (万元), `yuan`, `10^8 yuan`,
    /// `t`, `10^4 t`, `m2`, `ha`, `km2`.
    ///
    /// # Errors
    /// [`Error::Record`] with line, column and value, also for a firm's second figure of one year and kind;
    /// [`Error::Format`] for a table without rows.
    pub fn read(name: &str, reader: impl Read) -> Result<Self> {
        const COLUMNS: [&[&str]; 4] =
            [&["firm", "企业", "企业名称"], &["year", "年份", "年"], &["amount", "数量"], &["unit", "单位"]];
        let (mut lines, mut header, mut outputs) = (Lines::new(name, reader), None, Self::default());
        while let Some((line, text)) = lines.next()? {
            let mut fields = Vec::new();
            split(name, line, text, &mut fields)?;
            let Some(header) = &header else {
                header = Some(Header::read(name, line, &fields, COLUMNS, 4)?);
                continue;
            };
            header.check_width(name, line, &fields)?;
            let get = |which| header.get(&fields, which);
            let refuse = |which: usize, problem: String| bad(name, line, &header.label(which), get(which), problem);
            if get(0).is_empty() {
                return Err(refuse(0, "empty; name the firm".into()));
            }
            let year = get(1).parse::<i32>().ok().filter(|year| (1950..=2200).contains(year));
            let year = year.ok_or_else(|| refuse(1, "a year from 1950 to 2200 is expected".into()))?;
            let found = UNITS.iter().find(|(unit, _, _)| *unit == get(3));
            let Some((_, per, power)) = found else {
                let names = UNITS.map(|(unit, _, _)| unit);
                let hint = did_you_mean(get(3), names);
                return Err(refuse(3, format!("unknown unit{hint}; allowed is one of {}", names.join(", "))));
            };
            let parts = parse(get(2), *power).map_err(|problem| refuse(2, problem.into()))?;
            if parts == 0 {
                return Err(refuse(2, "nothing can be held against 0; leave the row out".into()));
            }
            if outputs.amounts.insert((get(0).to_owned(), year, *per), parts).is_some() {
                return Err(refuse(0, format!("has a figure in {} for {year} already", per.sign())));
            }
        }
        if outputs.amounts.is_empty() {
            return Err(Error::Format {
                file: name.to_owned(),
                problem: "no records".into(),
                fix: "a table of outputs begins with firm,year,amount,unit".into(),
            });
        }
        Ok(outputs)
    }

    fn of(&self, firm: &str, year: i32, per: Per) -> Option<i128> {
        self.amounts.get(&(firm.to_owned(), year, per)).copied()
    }
}

impl Book {
    /// Intensities of a year: all firms, then each sector, then each firm, for every kind of output that is given.
    /// A firm that stands in several sectors counts in `all` and by itself only.
    pub fn intensities(&self, outputs: &Outputs, year: i32) -> Vec<Intensity> {
        let mut sectors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for entry in self.entries().iter().filter(|entry| entry.month.year == year) {
            sectors.entry(&entry.firm).or_default().insert(&entry.sector);
        }
        let mut groups: BTreeMap<(u8, &str), BTreeSet<&str>> = BTreeMap::new();
        for (firm, of) in &sectors {
            groups.entry((0, "all")).or_default().insert(firm);
            if let (Some(sector), 1) = (of.first(), of.len()) {
                groups.entry((1, sector)).or_default().insert(firm);
            }
            groups.entry((2, firm)).or_default().insert(firm);
        }
        let pers: BTreeSet<Per> =
            outputs.amounts.keys().filter(|(_, of, _)| *of == year).map(|(_, _, per)| *per).collect();
        let mut list = Vec::new();
        for per in pers {
            for ((_, name), firms) in &groups {
                let with: BTreeSet<&str> =
                    firms.iter().copied().filter(|firm| outputs.of(firm, year, per).is_some()).collect();
                if with.is_empty() {
                    continue;
                }
                let amount = to_f64(with.iter().filter_map(|firm| outputs.of(firm, year, per)).sum());
                let counts = |entry: &super::Entry| entry.month.year == year && with.contains(entry.firm.as_str());
                let energy = self.mass_of(counts).named(name);
                list.push(Intensity {
                    name: (*name).to_owned(),
                    per,
                    amount,
                    tce: energy.tce / amount,
                    co2_t: energy.co2_t / amount,
                    energy,
                    firms: with.len(),
                    without: firms.len() - with.len(),
                });
            }
        }
        list
    }
}
