//! Records in, sums out: what is kept of any number of rows is one sum for each firm, sector, carrier and month.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::amount::{BaseUnit, LARGEST, parse, power_of};
use super::factors::{Carrier, Factors};
use super::lines::{Header, Lines, bad, split};
use crate::error::{Error, Result};

/// The most sums that are kept: a table with more distinct ones is no ledger but a damaged file.
const MOST_SUMS: usize = 2_000_000;
/// The longest name, bytes.
const LONGEST_NAME: usize = 200;

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// Calendar year, 1950 to 2200.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
}

impl Month {
    /// A month as `2023-07`.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let problem = || "a month is written as 2023-07, between 1950-01 and 2200-12".to_owned();
        let (year, month) = text.split_once('-').filter(|(y, m)| y.len() == 4 && m.len() == 2).ok_or_else(problem)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year) || !digits(month) {
            return Err(problem());
        }
        let month = Self { year: year.parse().unwrap_or(0), month: month.parse().unwrap_or(0) };
        if (1950..=2200).contains(&month.year) && (1..=12).contains(&month.month) { Ok(month) } else { Err(problem()) }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What to do with a second row of one firm, sector, carrier and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeats {
    /// Add it, and say so in the notes: a firm may have several meters.
    #[default]
    Add,
    /// Refuse it.
    Refuse,
}

/// One sum's names by number, the month by number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    firm: u32,
    sector: u32,
    carrier: u32,
    month: Month,
}

/// What is kept of all rows of one key. Nothing in it depends on their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    /// In billionths of the base unit.
    pub parts: i128,
    pub rows: u64,
    pub smallest: i128,
    pub largest: i128,
}

impl Sum {
    /// None where the sum has no room left, beyond any use of energy.
    fn with(self, other: Self) -> Option<Self> {
        Some(Self {
            parts: self.parts.checked_add(other.parts).filter(|parts| parts.unsigned_abs() <= LARGEST)?,
            rows: self.rows.checked_add(other.rows)?,
            smallest: self.smallest.min(other.smallest),
            largest: self.largest.max(other.largest),
        })
    }
}

/// Names by number, in order of first appearance. The order never shows: results are sorted by name.
#[derive(Clone, Default)]
struct Names {
    number: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

impl Names {
    fn number_of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.number.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.number.insert(name, number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", AsRef::as_ref)
    }
}

/// The sums of energy records, by firm, sector, carrier and month.
///
/// Amounts are added as whole billionths of the carrier's base unit, so the sums, and everything that is made of
/// them, are the same for any order of rows, any split into files and any number of threads. Memory is that of the
/// sums: a million rows of one firm's meters take no more than its months.
///
/// # Examples
/// ```
/// use rooftop_pv::inventory::{Dimension, Factors, Inventory, Options};
/// let records = "firm,sector,carrier,month,amount,unit\n\
///                Forge,metal,raw_coal,2023-01,120,t\n\
///                Forge,metal,electricity,2023-01,300,MWh\n";
/// let mut inventory = Inventory::new(&Factors::built_in()?);
/// inventory.read("records.csv", records.as_bytes())?;
/// let options = Options { region: Some("Shandong".into()), ..Options::default() };
/// let book = inventory.book(&options)?;
/// let by_carrier = book.by(Dimension::Carrier);
/// assert_eq!(by_carrier[1].name, "raw_coal");
/// assert!((by_carrier[1].tce - 120.0 * 0.7143).abs() < 1e-9);
/// assert!((by_carrier[0].co2_t - 300.0 * 0.6191).abs() < 1e-9);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone)]
pub struct Inventory {
    pub(super) factors: Factors,
    repeats: Repeats,
    firms: Names,
    sectors: Names,
    sums: HashMap<Key, Sum>,
    rows: u64,
}

/// A sum with its names.
pub(super) struct Named<'a> {
    pub firm: &'a str,
    pub sector: &'a str,
    pub carrier: &'a Carrier,
    pub month: Month,
    pub sum: Sum,
}

impl Inventory {
    /// An empty inventory whose records may have the carriers of these factors.
    pub fn new(factors: &Factors) -> Self {
        Self {
            factors: factors.clone(),
            repeats: Repeats::Add,
            firms: Names::default(),
            sectors: Names::default(),
            sums: HashMap::new(),
            rows: 0,
        }
    }

    /// What to do with a second row of one firm, sector, carrier and month.
    #[must_use]
    pub fn repeats(mut self, repeats: Repeats) -> Self {
        self.repeats = repeats;
        self
    }

    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Sums kept: what the memory grows with.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// Whether no record has been read.
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// Reads records from a csv: `firm, sector, carrier, month, amount, unit`, in any order of columns, comments
    /// after `#`. Months are written as `2023-07`, amounts with a decimal point. Chinese column names (企业, 行业,
    /// 能源品种, 月份, 消费量, 单位) and units (吨, 万千瓦时, …) are known too. Rows are taken one by one.
    ///
    /// # Errors
    /// [`Error::Record`] with line, column and value for what cannot be used, [`Error::Format`] for a table without
    /// header or rows, [`Error::Io`] when reading fails. The rows before the bad one stay in the sums.
    pub fn read(&mut self, name: &str, reader: impl Read) -> Result<()> {
        const COLUMNS: [&[&str]; 6] = [
            &["firm", "企业", "企业名称", "单位名称"],
            &["sector", "行业"],
            &["carrier", "能源品种", "能源"],
            &["month", "月份", "月"],
            &["amount", "消费量", "数量"],
            &["unit", "单位", "计量单位"],
        ];
        let (mut lines, mut header) = (Lines::new(name, reader), None);
        let before = self.rows;
        while let Some((line, text)) = lines.next()? {
            let mut fields = Vec::with_capacity(6);
            split(name, line, text, &mut fields)?;
            match &header {
                None => header = Some(Header::read(name, line, &fields, COLUMNS, 6)?),
                Some(header) => self.add_row(name, line, header, &fields)?,
            }
        }
        if self.rows > before {
            return Ok(());
        }
        let problem = if header.is_some() { "no records after the line with column names" } else { "no lines" };
        Err(Error::Format {
            file: name.to_owned(),
            problem: problem.into(),
            fix: "a table of records begins with firm,sector,carrier,month,amount,unit".into(),
        })
    }

    /// Reads several files, each on a thread of the current rayon pool, and adds them up.
    ///
    /// # Errors
    /// The error of the first file, in their order, that fails; see [`Inventory::read`].
    pub fn read_files<P: AsRef<Path> + Sync>(&mut self, paths: &[P]) -> Result<()> {
        let one = |path: &P| {
            let path = path.as_ref();
            let file = std::fs::File::open(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
            let mut inventory = Self::new(&self.factors).repeats(self.repeats);
            inventory.read(&path.display().to_string(), file)?;
            Ok(inventory)
        };
        let read: Vec<Result<Self>> = paths.par_iter().map(one).collect();
        for inventory in read {
            self.merge(&inventory?)?;
        }
        Ok(())
    }

    /// Adds the sums of another inventory.
    ///
    /// # Errors
    /// [`Error::Format`] when a sum stands in both and repeats are refused, or the two know different carriers;
    /// [`Error::OutOfRange`] for more sums than are kept.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if self.factors.carriers() != other.factors.carriers() {
            return Err(Error::Format {
                file: "inventory".into(),
                problem: "the two inventories know different carriers".into(),
                fix: "read both with the same factor tables".into(),
            });
        }
        for (key, sum) in &other.sums {
            let (firm, sector) = (other.firms.name(key.firm), other.sectors.name(key.sector));
            let new = Key { firm: self.firms.number_of(firm), sector: self.sectors.number_of(sector), ..*key };
            self.add(new, *sum).map_err(|problem| Error::Format {
                file: "inventory".into(),
                problem: format!("{firm}, {sector}, {}: {problem}", key.month),
                fix: "look for records that stand in two files".into(),
            })?;
        }
        self.rows += other.rows;
        Ok(())
    }

    fn add_row(&mut self, file: &str, line: usize, header: &Header<6>, fields: &[Cow<'_, str>]) -> Result<()> {
        header.check_width(file, line, fields)?;
        let get = |which| header.get(fields, which);
        let refuse = |which: usize, problem: String| bad(file, line, &header.label(which), get(which), problem);

        for which in [0, 1] {
            if get(which).is_empty() {
                return Err(refuse(which, "empty; every record needs a name here".into()));
            }
            if get(which).len() > LONGEST_NAME {
                return Err(refuse(which, format!("longer than {LONGEST_NAME} bytes; is a separator missing?")));
            }
        }
        let index = self.factors.carrier_index(get(2)).map_err(|problem| refuse(2, problem))?;
        let carrier = self.factors.carriers().get(index).ok_or_else(|| refuse(2, "unknown carrier".into()))?;
        let month = Month::parse(get(3)).map_err(|problem| refuse(3, problem))?;
        let power = power_of(get(5), carrier.base, &carrier.name).map_err(|problem| refuse(5, problem))?;
        let parts = parse(get(4), power).map_err(|problem| refuse(4, problem.into()))?;
        let key = Key {
            firm: self.firms.number_of(get(0)),
            sector: self.sectors.number_of(get(1)),
            carrier: u32::try_from(index).unwrap_or(u32::MAX),
            month,
        };
        let sum = Sum { parts, rows: 1, smallest: parts, largest: parts };
        self.add(key, sum).map_err(|problem| bad(file, line, "", "", problem))?;
        self.rows += 1;
        Ok(())
    }

    fn add(&mut self, key: Key, sum: Sum) -> std::result::Result<(), String> {
        if let Some(known) = self.sums.get_mut(&key) {
            if self.repeats == Repeats::Refuse {
                return Err("a record of this firm, sector, carrier and month was read before".into());
            }
            *known = known.with(sum).ok_or("the sum is beyond any use of energy")?;
            return Ok(());
        }
        if self.sums.len() == MOST_SUMS {
            return Err(format!(
                "more than {MOST_SUMS} different firms, sectors, carriers and months; is a column in the wrong place?"
            ));
        }
        self.sums.insert(key, sum);
        Ok(())
    }

    /// All sums in the order of their names and months.
    pub(super) fn sorted(&self) -> Vec<Named<'_>> {
        let nameless = || {
            static NONE: Carrier = Carrier { name: String::new(), name_zh: String::new(), base: BaseUnit::Kilogram };
            &NONE
        };
        let mut list: Vec<Named<'_>> = self
            .sums
            .iter()
            .map(|(key, sum)| Named {
                firm: self.firms.name(key.firm),
                sector: self.sectors.name(key.sector),
                carrier: self.factors.carriers().get(key.carrier as usize).unwrap_or_else(nameless),
                month: key.month,
                sum: *sum,
            })
            .collect();
        list.sort_unstable_by(|a, b| {
            (a.firm, a.sector, &a.carrier.name, a.month).cmp(&(b.firm, b.sector, &b.carrier.name, b.month))
        });
        list
    }
}
