//! The energy and CO2 books of a zone and of a city.
//!
//! ```text
//! cargo run --release --example ledger                                  # Yilong's row, and a made-up city like Zhenjiang's
//! cargo run --release --example ledger -- my-records.csv --region Jiangsu --outputs my-outputs.csv
//! ```

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use rooftop_pv::audit::{Claim, Priors, audit};
use rooftop_pv::carbon::grid_factor;
use rooftop_pv::inventory::{Inventory, Options, Output, Project, Relief, Sum, Target, assess};
use rooftop_pv::{Error, Result};

/// Keep energy and CO2 books.
#[derive(Parser)]
struct Arguments {
    /// Records with the columns firm,sector,carrier,month,amount,unit; without it, the built-in cases
    records: Option<PathBuf>,
    /// Region of the grid factor
    #[arg(long, default_value = "Jiangsu")]
    region: String,
    /// What firms made, with the columns firm,year,amount,unit
    #[arg(long, value_name = "FILE")]
    outputs: Option<PathBuf>,
    /// CO2 goal: so much less than the first year, as a fraction, in ten years
    #[arg(long, value_name = "FRACTION", default_value_t = 0.2)]
    target: f64,
    /// Seed of the made-up city
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let mut books = Inventory::new(Options { region: arguments.region.clone(), ..Options::default() })?;
    if let Some(path) = &arguments.records {
        books.read_csv(BufReader::new(open(path)?), &path.display().to_string())?;
        println!("{}", path.display());
    } else {
        print_yilong()?;
        println!("\nA city like Zhenjiang: 51 large emitters in 39 sectors, month by month.");
        println!("  SYNTHETIC: no records of its firms are public; these are made up from seed {}.\n", arguments.seed);
        books.read_csv(MadeUp::new(arguments.seed), "made-up city")?;
    }
    print_books(&books);
    let outputs = match &arguments.outputs {
        Some(path) => Output::read_csv(BufReader::new(open(path)?), &path.display().to_string())?,
        None => Vec::new(),
    };
    print_intensities(&books, &outputs);
    print_goal(&books, arguments)
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|source| Error::Io { path: path.to_owned(), source })
}

/// What is stated of Yilong: 1.646 Mtce used, 3.885 Mt CO2 of the key emitters in 2021, 23.7 % less than the year before.
fn print_yilong() -> Result<()> {
    let rows = Claim::from_csv(include_str!("claims/stated_yields.csv"), "stated_yields.csv")?;
    let Some(row) = rows.into_iter().find(|row| row.id == "yilong") else { return Ok(()) };
    let (Some(coal), Some(co2)) = (&row.coal_t, &row.co2_t) else { return Ok(()) };
    let before = co2.value / (1.0 - 0.237);
    println!("Yilong, {}: stated in public", row.year.unwrap_or_default());
    println!("  energy used            {:>10.3} Mtce", coal.value / 1e6);
    println!("  CO2 of key emitters    {:>10.3} Mt, 23.7 % less than the year before", co2.value / 1e6);
    println!("  so the year before     {:>10.3} Mt, {:.3} Mt more", before / 1e6, (before - co2.value) / 1e6);
    println!("  CO2 of the energy      {:>10.3} t/tce", co2.value / coal.value);
    let judged = audit(&row, &Priors::default())?;
    for doubt in &judged.doubts {
        println!("  {}", doubt.text);
    }
    println!(
        "  not stated: carriers, firms, and whether energy and CO2 are of the same emitters; no books can be kept of it"
    );
    Ok(())
}

fn print_books(books: &Inventory) {
    let years: Vec<i32> = books.years().collect();
    println!("Year          tce        t CO2   t CO2/tce    change   power bought, GWh");
    for &year in &years {
        let sum = books.year(year);
        let change = books.change(year).map_or_else(|| String::from("-"), |c| format!("{:+.1} %", 100.0 * c));
        println!(
            "{year}{:>13.0}{:>13.0}{:>12.3}{change:>10}{:>20.1}",
            sum.tce(),
            sum.co2_t(),
            sum.co2_per_tce(),
            books.electricity_kwh(year) / 1e6
        );
    }
    let Some(&year) = years.last() else { return };
    let all = books.year(year).co2_t();
    let table = |title: &str, rows: Vec<(&str, Sum)>, most: usize| {
        let mut rows = rows;
        rows.sort_by(|a, b| b.1.co2_t().total_cmp(&a.1.co2_t()));
        println!("\n{title:<28}{:>10}{:>12}   of all", "tce", "t CO2");
        for (name, sum) in rows.iter().take(most) {
            println!("  {name:<26}{:>10.0}{:>12.0}{:>7.1} %", sum.tce(), sum.co2_t(), 100.0 * sum.co2_t() / all);
        }
        if rows.len() > most {
            println!("  and {} more", rows.len() - most);
        }
    };
    table(&format!("Sectors of {year}"), books.sectors(year).collect(), 10);
    table(&format!("Firms of {year}"), books.firms(year).collect(), 5);
    table(&format!("Carriers of {year}"), books.carriers(year).collect(), 15);
    println!("\nMonths of {year}, kt CO2");
    for (month, sum) in books.months(year) {
        print!("  {month}: {:.0}", sum.co2_t() / 1000.0);
    }
    println!();
    for note in books.notes() {
        println!("  note: {note}");
    }
}

fn print_intensities(books: &Inventory, outputs: &[Output]) {
    if outputs.is_empty() {
        return;
    }
    println!("\nIntensity");
    for output in outputs {
        match books.intensity(output) {
            Some((tce, co2)) => {
                println!("  {:<20} {}  {tce:.4} tce and {co2:.4} t CO2 per {}", output.firm, output.year, output.unit);
            }
            None => println!("  {:<20} {}  no records", output.firm, output.year),
        }
    }
}

fn print_goal(books: &Inventory, arguments: &Arguments) -> Result<()> {
    let (Some(first), Some(last)) = (books.years().min(), books.years().max()) else { return Ok(()) };
    let target = Target::relative(first, books.year(first).co2_t(), first + 10, arguments.target)?;
    let now = target.distance(last, books.year(last).co2_t())?;
    println!("\nGoal: {:.0} % less than {first} by {}", 100.0 * arguments.target, target.year);
    println!(
        "  {last}: {:.0} t allowed on the way, {:.0} t emitted, {:+.0} t left",
        now.allowed_t, now.actual_t, now.left_t
    );
    println!("  from now on {:.0} t less each year are needed", now.needed_per_year_t);

    let factor = grid_factor(&arguments.region, None)?;
    let relief = Relief { on_site_kwh: 54e6, exported_kwh: 6e6, stored_kwh: 5e6, storage_efficiency: Some(0.88) };
    let off = relief.of(0.1229, factor)?;
    println!("\n60 GWh of sun on its roofs, 54 used on site, 5 of them by way of a store of 88 %");
    println!(
        "  {:.1} GWh less bought: {:.0} tce, {:.0} t CO2 off the books",
        off.bought_less_kwh / 1e6,
        off.tce,
        off.co2_t
    );
    println!("  6 GWh exported: {:.0} t CO2 less elsewhere, on nobody's books here", off.exported_co2_t);

    println!("\nNew projects, against 20 000 t that are set aside for them; 1000 kWh/kW, 150 W/m2 of roof");
    for (name, direct_co2_t, electricity_kwh, roof_m2) in
        [("assembly hall", 500.0, 20e6, 60e3), ("die forge", 8000.0, 30e6, 80e3), ("glass furnace", 45e3, 15e6, 30e3)]
    {
        let project = Project { name: name.into(), direct_co2_t, electricity_kwh, roof_m2 };
        println!("  {name:<14} {}", assess(&project, 20e3, factor, 1000.0, 150.0)?);
    }
    Ok(())
}

/// Records of a city that does not exist, as a stream of csv: 51 firms, 39 sectors, 24 months, each with power and one or two fuels.
struct MadeUp {
    random: u64,
    next: usize,
    line: Vec<u8>,
}

impl MadeUp {
    const FIRMS: usize = 51;
    const SECTORS: usize = 39;
    const MONTHS: usize = 24;

    fn new(seed: u64) -> Self {
        Self { random: seed, next: 0, line: b"firm,sector,carrier,month,amount,unit\n".to_vec() }
    }

    /// A number from 0 to 1 (`SplitMix64`, Steele, Lea & Flood 2014).
    fn draw(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// The records of one firm and month.
    fn records(&mut self) -> String {
        let (firm, month) = (self.next / Self::MONTHS, self.next % Self::MONTHS);
        self.next += 1;
        let head = format!("firm {:02},sector {:02}", firm + 1, firm % Self::SECTORS + 1);
        let date = format!("{}-{:02}", 2022 + month / 12, month % 12 + 1);
        // A few firms use most: sizes fall as 1 / rank.
        let size = 40.0 / (1.0 + firm as f64);
        let season = 1.0 + 0.1 * (month as f64 / 12.0 * std::f64::consts::TAU).cos() - 0.002 * month as f64;
        let power = 1e6 * size * season * (0.9 + 0.2 * self.draw());
        let mut text = format!("{head},electricity,{date},{power:.0},kWh\n");
        let fuels: &[(&str, f64, &str)] = if firm % 3 == 0 {
            &[("raw coal", 4000.0, "t"), ("natural gas", 3e5, "m3")]
        } else {
            &[("natural gas", 4e5, "m3")]
        };
        for &(name, amount, unit) in fuels {
            let amount = amount * size * season * (0.9 + 0.2 * self.draw());
            text = format!("{text}{head},{name},{date},{amount:.0},{unit}\n");
        }
        text
    }
}

impl Read for MadeUp {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.line.is_empty() && self.next < Self::FIRMS * Self::MONTHS {
            self.line = self.records().into_bytes();
        }
        let n = self.line.len().min(buffer.len());
        buffer[..n].copy_from_slice(&self.line[..n]);
        self.line.drain(..n);
        Ok(n)
    }
}
