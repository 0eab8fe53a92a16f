//! The sums of energy records.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;

use serde::{Deserialize, Serialize};

use super::carrier::{carrier, unit_factor};
use crate::carbon::{Confidence, Factor, Level, factors, grid_factor};
use crate::error::{Error, Result, broken_csv};
use crate::words::did_you_mean;

/// How electricity counts in standard coal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElectricityAs {
    /// By its energy content, 0.1229 kgce/kWh (GB/T 2589-2020): what statistics of a firm do.
    #[default]
    Calorific,
    /// By the coal that power supply burns for it, kgce/kWh.
    Supply(f64),
}

/// What the books are kept with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Region of the grid factor, as [`grid_factor`] knows it.
    pub region: String,
    /// How electricity counts in standard coal.
    pub electricity: ElectricityAs,
}

impl Default for Options {
    fn default() -> Self {
        Self { region: "China".into(), electricity: ElectricityAs::Calorific }
    }
}

/// One record: what a firm used of a carrier in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<'a> {
    /// The firm.
    pub firm: &'a str,
    /// Its sector.
    pub sector: &'a str,
    /// The carrier, by a name of [`carriers`](super::carriers).
    pub carrier: &'a str,
    /// Calendar year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// How much.
    pub amount: f64,
    /// In which unit.
    pub unit: &'a str,
}

/// Energy and CO2.
///
/// Kept in whole milligrams, so that the order of records, and how they are shared between threads, cannot change a digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    mg_ce: i128,
    mg_co2: i128,
    /// Records in it.
    pub records: u64,
}

impl Sum {
    /// Standard coal, t.
    pub fn tce(&self) -> f64 {
        self.mg_ce as f64 / 1e9
    }

    /// CO2, t.
    pub fn co2_t(&self) -> f64 {
        self.mg_co2 as f64 / 1e9
    }

    /// CO2 of a tonne of standard coal, t; NaN without any energy.
    pub fn co2_per_tce(&self) -> f64 {
        self.co2_t() / self.tce()
    }

    fn add(&mut self, other: &Self) {
        self.mg_ce += other.mg_ce;
        self.mg_co2 += other.mg_co2;
        self.records += other.records;
    }
}

/// What a firm made or covers in a year, to divide its energy by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Output {
    /// The firm.
    pub firm: String,
    /// Calendar year.
    pub year: i32,
    /// How much.
    pub amount: f64,
    /// In which unit: 10 000 yuan, tonnes of product, m2.
    pub unit: String,
}

/// The books: sums by firm, sector, carrier and month, each by year.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    options: Options,
    firms: BTreeMap<(String, i32), Sum>,
    sectors: BTreeMap<(String, i32), Sum>,
    carriers: BTreeMap<(String, i32), Sum>,
    months: BTreeMap<(i32, u8), Sum>,
    years: BTreeMap<i32, Sum>,
    /// Kilowatt-hours bought a year, in thousandths.
    electricity_wh: BTreeMap<i32, i128>,
    factors: BTreeMap<i32, Factor>,
    seen: HashSet<(String, &'static str, i32, u8)>,
    /// Records that repeat a firm, carrier and month.
    repeated: u64,
}

/// More of a carrier in a month than any firm on Earth uses, in its base unit: what is above is a wrong unit.
const MOST: f64 = 1e14;

impl Inventory {
    /// Empty books.
    ///
    /// # Errors
    /// [`Error::Factor`] for a region without a factor, [`Error::OutOfRange`] for an impossible rate of coal.
    pub fn new(options: Options) -> Result<Self> {
        grid_factor(&options.region, None)?;
        if let ElectricityAs::Supply(rate) = options.electricity {
            crate::error::check_range("coal of power supply", rate, 0.1, 1.0, "kgce/kWh")?;
        }
        Ok(Self { options, ..Self::default() })
    }

    /// Takes a record in.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] naming what cannot be.
    pub fn add(&mut self, record: &Record<'_>) -> Result<()> {
        let sum = self.sum_of(record).map_err(|(name, problem)| Error::OutOfRange {
            name: format!("{name} of {} in {}-{:02}", record.firm, record.year, record.month),
            value: record.amount,
            allowed: problem,
        })?;
        self.book(record, &sum);
        Ok(())
    }

    /// Reads a csv with the columns `firm,sector,carrier,month,amount,unit`, the month as `2024-03`, line by line: memory grows with
    /// the firms, carriers and months that there are, not with the lines. Lines that begin with `#` are comments.
    ///
    /// # Errors
    /// [`Error::Format`] for columns, [`Error::Record`] with line, column and value.
    pub fn read_csv(&mut self, reader: impl Read, file: &str) -> Result<()> {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(reader);
        let places = places(&mut reader, &["firm", "sector", "carrier", "month", "amount", "unit"], file)?;
        // A file that breaks off with an error leaves nothing behind.
        let mut read = Self { options: self.options.clone(), ..Self::default() };
        let mut line = csv::StringRecord::new();
        while reader.read_record(&mut line).map_err(|error| broken_csv(file, &error))? {
            let text = |column: usize| line.get(places[column]).unwrap_or_default();
            let refuse = |column: &str, value: &str, problem: String| Error::Record {
                file: file.into(),
                line: line.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default()),
                column: column.into(),
                value: value.into(),
                problem,
            };
            let (year, month) = year_and_month(text(3))
                .ok_or_else(|| refuse("month", text(3), "allowed is a month as 2024-03".into()))?;
            let amount = text(4).parse().map_err(|_| refuse("amount", text(4), "allowed is a number".into()))?;
            let record =
                Record { firm: text(0), sector: text(1), carrier: text(2), year, month, amount, unit: text(5) };
            let sum = read.sum_of(&record).map_err(|(column, problem)| {
                let value = match column {
                    "firm" => text(0),
                    "carrier" => text(2),
                    "unit" => text(5),
                    _ => text(4),
                };
                refuse(column, value, problem)
            })?;
            read.book(&record, &sum);
        }
        self.merge(&read)
    }

    /// Takes other books in, kept with the same options. Their order does not matter.
    ///
    /// # Errors
    /// [`Error::Factor`] for books of another region or convention.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if self.options != other.options {
            return Err(Error::Factor {
                wanted: format!("books kept with {:?}", self.options),
                available: format!("books kept with {:?}", other.options),
            });
        }
        let add = |into: &mut BTreeMap<(String, i32), Sum>, from: &BTreeMap<(String, i32), Sum>| {
            for (key, sum) in from {
                into.entry(key.clone()).or_default().add(sum);
            }
        };
        add(&mut self.firms, &other.firms);
        add(&mut self.sectors, &other.sectors);
        add(&mut self.carriers, &other.carriers);
        for (key, sum) in &other.months {
            self.months.entry(*key).or_default().add(sum);
        }
        for (key, sum) in &other.years {
            self.years.entry(*key).or_default().add(sum);
        }
        for (key, wh) in &other.electricity_wh {
            *self.electricity_wh.entry(*key).or_default() += wh;
        }
        self.factors.extend(other.factors.iter().map(|(year, factor)| (*year, factor.clone())));
        self.repeated += other.repeated + other.seen.iter().filter(|key| self.seen.contains(key)).count() as u64;
        self.seen.extend(other.seen.iter().cloned());
        Ok(())
    }

    /// Years with records.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.keys().copied()
    }

    /// All energy and CO2 of a year.
    pub fn year(&self, year: i32) -> Sum {
        self.years.get(&year).copied().unwrap_or_default()
    }

    /// Firms of a year, in the order of their names.
    pub fn firms(&self, year: i32) -> impl Iterator<Item = (&str, Sum)> {
        of_year(&self.firms, year)
    }

    /// Sectors of a year, in the order of their names.
    pub fn sectors(&self, year: i32) -> impl Iterator<Item = (&str, Sum)> {
        of_year(&self.sectors, year)
    }

    /// Carriers of a year, in the order of their names.
    pub fn carriers(&self, year: i32) -> impl Iterator<Item = (&str, Sum)> {
        of_year(&self.carriers, year)
    }

    /// Months of a year that have records.
    pub fn months(&self, year: i32) -> impl Iterator<Item = (u8, Sum)> + '_ {
        self.months.range((year, 0)..=(year, 12)).map(|((_, month), sum)| (*month, *sum))
    }

    /// Electricity bought in a year, kWh.
    pub fn electricity_kwh(&self, year: i32) -> f64 {
        self.electricity_wh.get(&year).copied().unwrap_or_default() as f64 / 1000.0
    }

    /// The grid factor that a year was counted with.
    pub fn factor(&self, year: i32) -> Option<&Factor> {
        self.factors.get(&year)
    }

    /// CO2 of a year over that of the year before, less one; none where either has no CO2.
    pub fn change(&self, year: i32) -> Option<f64> {
        let (now, before) = (self.year(year).co2_t(), self.year(year.checked_sub(1)?).co2_t());
        (before > 0.0 && now > 0.0).then(|| now / before - 1.0)
    }

    /// Standard coal and CO2 of each output of its firm, in t for a unit; none for a firm without records that year.
    pub fn intensity(&self, output: &Output) -> Option<(f64, f64)> {
        let sum = self.firms.get(&(output.firm.clone(), output.year))?;
        (output.amount > 0.0).then(|| (sum.tce() / output.amount, sum.co2_t() / output.amount))
    }

    /// What must be known with the sums: repeated records, factors of other years, unverified figures.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.repeated > 0 {
            notes.push(format!(
                "{} records repeat a firm, carrier and month; their amounts were added: is that meant?",
                self.repeated
            ));
        }
        for (year, factor) in &self.factors {
            if factor.year != Some(*year) {
                let has = factor.year.unwrap_or_default();
                notes.push(format!("power of {year} is counted with the factor of {has}: none is known for {year}"));
            }
        }
        let unverified = self.carriers.keys().filter_map(|(name, _)| carrier(name).ok());
        let mut names: Vec<&str> =
            unverified.filter(|(_, c)| c.confidence == Confidence::Memory).map(|(_, c)| c.name.as_str()).collect();
        names.dedup();
        names.sort_unstable();
        names.dedup();
        if !names.is_empty() {
            notes.push(format!("factors not held against their source yet: {}", names.join(", ")));
        }
        notes
    }

    /// A record in milligrams, or the column that is wrong and why.
    fn sum_of(&mut self, record: &Record<'_>) -> std::result::Result<Sum, (&'static str, String)> {
        if record.firm.is_empty() {
            return Err(("firm", "must be given".into()));
        }
        if !(1..=12).contains(&record.month) || !(1900..=2200).contains(&record.year) {
            return Err(("month", "allowed is 1 to 12 of a year from 1900 to 2200".into()));
        }
        let (_, carrier) = carrier(record.carrier).map_err(|problem| ("carrier", problem))?;
        let factor = unit_factor(record.unit, carrier).map_err(|problem| ("unit", problem))?;
        let amount = record.amount * factor;
        if !(0.0..=MOST).contains(&amount) {
            return Err(("amount", format!("allowed is 0 to {:e} {}", MOST / factor, record.unit)));
        }
        let (kgce, kg_co2) = if carrier.is_electricity() {
            let rate = match self.options.electricity {
                ElectricityAs::Calorific => carrier.kgce_per_unit,
                ElectricityAs::Supply(rate) => rate,
            };
            (rate, self.grid(record.year)?)
        } else {
            (carrier.kgce_per_unit, carrier.co2_kg_per_unit())
        };
        Ok(Sum { mg_ce: whole(amount * kgce * 1e6), mg_co2: whole(amount * kg_co2 * 1e6), records: 1 })
    }

    fn book(&mut self, record: &Record<'_>, sum: &Sum) {
        let Ok((_, carrier)) = carrier(record.carrier) else { return };
        let keyed = |name: &str| (name.to_owned(), record.year);
        self.firms.entry(keyed(record.firm)).or_default().add(sum);
        self.sectors.entry(keyed(record.sector)).or_default().add(sum);
        self.carriers.entry(keyed(&carrier.name)).or_default().add(sum);
        self.months.entry((record.year, record.month)).or_default().add(sum);
        self.years.entry(record.year).or_default().add(sum);
        if carrier.is_electricity() {
            let kwh = record.amount * unit_factor(record.unit, carrier).unwrap_or_default();
            *self.electricity_wh.entry(record.year).or_default() += whole(kwh * 1000.0);
        }
        let key = (record.firm.to_owned(), carrier.name.as_str(), record.year, record.month);
        if !self.seen.insert(key) {
            self.repeated += 1;
        }
    }

    /// The grid's kg/kWh in a year: its own, or that of the nearest year there is.
    fn grid(&mut self, year: i32) -> std::result::Result<f64, (&'static str, String)> {
        if let Some(factor) = self.factors.get(&year) {
            return Ok(factor.value);
        }
        let region = &self.options.region;
        let latest = grid_factor(region, None).map_err(|error| ("carrier", error.to_string()))?;
        let nearest = factors()
            .iter()
            .chain([latest])
            .filter(|f| f.kind == latest.kind && f.region == latest.region && f.level != Level::User)
            .min_by_key(|f| f.year.map_or(i32::MAX, |of| (of - year).abs()))
            .unwrap_or(latest);
        self.factors.insert(year, nearest.clone());
        Ok(nearest.value)
    }
}

fn of_year(sums: &BTreeMap<(String, i32), Sum>, year: i32) -> impl Iterator<Item = (&str, Sum)> {
    sums.iter().filter(move |((_, of), _)| *of == year).map(|((name, _), sum)| (name.as_str(), *sum))
}

impl Output {
    /// Reads a csv with the columns `firm,year,amount,unit`.
    ///
    /// # Errors
    /// [`Error::Format`] for columns, [`Error::Record`] with line, column and value.
    pub fn read_csv(reader: impl Read, file: &str) -> Result<Vec<Self>> {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(reader);
        let places = places(&mut reader, &["firm", "year", "amount", "unit"], file)?;
        let mut list = Vec::new();
        for line in reader.records() {
            let line = line.map_err(|error| broken_csv(file, &error))?;
            let text = |column: usize| line.get(places[column]).unwrap_or_default();
            let refuse = |column: &str, value: &str, problem: &str| Error::Record {
                file: file.into(),
                line: line.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default()),
                column: column.into(),
                value: value.into(),
                problem: problem.into(),
            };
            let year = text(1).parse().map_err(|_| refuse("year", text(1), "allowed is a calendar year"))?;
            let amount = text(2).parse::<f64>().ok().filter(|amount| *amount > 0.0 && amount.is_finite());
            let amount = amount.ok_or_else(|| refuse("amount", text(2), "allowed is a number above 0"))?;
            list.push(Self { firm: text(0).into(), year, amount, unit: text(3).into() });
        }
        Ok(list)
    }
}

/// Where the wanted columns stand.
fn places(reader: &mut csv::Reader<impl Read>, wanted: &[&str], file: &str) -> Result<Vec<usize>> {
    let headers = reader.headers().map_err(|error| broken_csv(file, &error))?;
    let plain = |header: &str| header.trim_start_matches('\u{feff}').to_lowercase();
    if let Some(unknown) = headers.iter().find(|header| !wanted.contains(&plain(header).as_str())) {
        return Err(Error::Format {
            file: file.into(),
            problem: format!("unknown column {unknown:?}{}", did_you_mean(unknown, wanted.iter().copied())),
            fix: format!("the columns are {}", wanted.join(",")),
        });
    }
    if let Some(twice) = wanted.iter().find(|name| headers.iter().filter(|header| plain(header) == **name).count() > 1)
    {
        return Err(Error::Format {
            file: file.into(),
            problem: format!("column {twice} stands twice"),
            fix: "keep one of them".into(),
        });
    }
    wanted
        .iter()
        .map(|name| {
            headers.iter().position(|header| plain(header) == *name).ok_or_else(|| Error::Format {
                file: file.into(),
                problem: format!("column {name} is missing"),
                fix: format!("the columns are {}", wanted.join(",")),
            })
        })
        .collect()
}

fn year_and_month(text: &str) -> Option<(i32, u8)> {
    let (year, month) = text.split_once(['-', '/'])?;
    // Numbers may have signs; months may not.
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'/') {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    ((1900..=2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

/// The nearest whole number; amounts are bounded, so that it fits.
#[expect(clippy::cast_possible_truncation, reason = "far below 2^127")]
fn whole(value: f64) -> i128 {
    value.round() as i128
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "firm,sector,carrier,month,amount,unit\n";

    fn books(text: &str) -> Result<Inventory> {
        let mut books = Inventory::new(Options { region: "Jiangsu".into(), ..Options::default() })?;
        books.read_csv(text.as_bytes(), "own.csv")?;
        Ok(books)
    }

    #[test]
    fn sums_by_hand() {
        let books = books(&format!(
            "{HEAD}A,steel,raw coal,2022-01,100,t\nA,steel,electricity,2022-02,1000,MWh\nB,paper,天然气,2023-01,1,万m3\n\
             B,paper,电力,2023-01,1000000,kWh\n"
        ))
        .unwrap();
        // 100 t of coal are 71.43 tce and 190.03 t CO2; 1 GWh is 122.9 tce and 597.8 t in Jiangsu in 2022.
        approx::assert_relative_eq!(books.year(2022).tce(), 71.43 + 122.9, max_relative = 1e-12);
        approx::assert_relative_eq!(books.year(2022).co2_t(), 190.0315 + 597.8, max_relative = 1e-5);
        approx::assert_relative_eq!(books.electricity_kwh(2022), 1e6, max_relative = 1e-12);
        // 10 000 m3 of gas: 38.931 MJ x 15.3 kg C/GJ x 0.99 x 44/12.
        let gas = books.carriers(2023).find(|(name, _)| *name == "natural gas").unwrap().1;
        approx::assert_relative_eq!(gas.co2_t(), 38.931e-3 * 15.3 * 0.99 * 44.0 / 12.0 * 10.0, max_relative = 1e-6);
        assert_eq!(books.firms(2023).map(|(name, _)| name).collect::<Vec<_>>(), ["B"]);
        assert_eq!(books.months(2022).map(|(month, _)| month).collect::<Vec<_>>(), [1, 2]);
        let wanted = books.year(2023).co2_t() / books.year(2022).co2_t() - 1.0;
        approx::assert_relative_eq!(books.change(2023).unwrap(), wanted);
        assert_eq!(books.change(2022), None);
        let output = Output { firm: "A".into(), year: 2022, amount: 50.0, unit: "10 000 yuan".into() };
        approx::assert_relative_eq!(books.intensity(&output).unwrap().0, 194.33 / 50.0, max_relative = 1e-12);
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (row, words) in [
            ("A,steel,raw cole,2022-01,1,t", ["line 2", "carrier", "did you mean raw coal"]),
            ("A,steel,raw coal,2022-13,1,t", ["line 2", "month", "2022-13"]),
            ("A,steel,raw coal,2022-01,x,t", ["line 2", "amount", "x"]),
            ("A,steel,raw coal,2022-01,-1,t", ["line 2", "amount", "-1"]),
            ("A,steel,raw coal,2022-01,NaN,t", ["line 2", "amount", "NaN"]),
            ("A,steel,raw coal,2022-01,1,kWh", ["line 2", "unit", "not counted in it"]),
            (",steel,raw coal,2022-01,1,t", ["line 2", "firm", "must be given"]),
        ] {
            let said = books(&format!("{HEAD}{row}\n")).unwrap_err().to_string();
            for word in words {
                assert!(said.contains(word), "{word:?} in {said}");
            }
        }
        let mut kept = books(HEAD).unwrap();
        assert!(kept.read_csv(format!("{HEAD}A,s,coal,2022-01,1,t\nA,s,coal,2022-+1,1,t\n").as_bytes(), "x").is_err());
        assert_eq!(kept.years().count(), 0);
        assert!(books("firm,sector,carrier,month,amount,unit,amount\n").is_err());
        let said = books("firm,sector,carier,month,amount,unit\n").unwrap_err().to_string();
        assert!(said.contains("did you mean carrier"), "{said}");
        assert!(Inventory::new(Options { region: "Atlantis".into(), ..Options::default() }).is_err());
    }

    #[test]
    fn years_without_a_factor_and_repeated_records_are_noted() {
        let row = "A,steel,electricity,2019-01,1,MWh\n";
        let books = books(&format!("{HEAD}{row}{row}")).unwrap();
        let notes = books.notes().join("; ");
        assert!(
            notes.contains("1 records repeat") && notes.contains("2019 is counted with the factor of 2021"),
            "{notes}"
        );
    }

    proptest::proptest! {
        #[test]
        fn order_and_sharing_do_not_matter(
            rows in proptest::collection::vec((0..5_usize, 0..14_usize, 1..13_u8, 0.0..1e6_f64), 1..60),
            cut in 0..60_usize,
        ) {
            let line = |(firm, carrier, month, amount): &(usize, usize, u8, f64)| {
                let carrier = &super::super::carriers()[*carrier];
                format!("F{firm},S,{},2022-{month:02},{amount},{}\n", carrier.name, carrier.unit)
            };
            let lines: Vec<String> = rows.iter().map(line).collect();
            let text = |lines: &[String]| HEAD.to_owned() + &lines.concat();
            let whole = books(&text(&lines)).unwrap();
            let mut turned = lines.clone();
            turned.reverse();
            let turned = books(&text(&turned)).unwrap();
            let cut = cut.min(lines.len());
            let mut parts = books(&text(&lines[cut..])).unwrap();
            parts.merge(&books(&text(&lines[..cut])).unwrap()).unwrap();
            for other in [&turned, &parts] {
                proptest::prop_assert_eq!(whole.year(2022), other.year(2022));
                proptest::prop_assert!(whole.firms(2022).eq(other.firms(2022)));
                proptest::prop_assert_eq!(whole.notes(), other.notes());
            }
        }

        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), tail in "\\PC{0,200}") {
            let mut books = Inventory::new(Options::default()).unwrap();
            let _ = books.read_csv(bytes.as_slice(), "own.csv");
            let _ = books.read_csv(format!("{HEAD}{tail}").as_bytes(), "own.csv");
            let _ = Output::read_csv(bytes.as_slice(), "own.csv");
        }
    }
}
