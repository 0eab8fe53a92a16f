//! The energy and CO2 ledger of a park or city: who used what in which month, its coal and CO2, a target, new projects.
//!
//! `cargo run --release --example ledger` runs two built-in cases: the stated figures of Yilong, and SYNTHETIC records
//! of the shape of Zhenjiang's carbon cloud. `-- records.csv … --region Jiangsu --target 2030:-20%` reads one's own.

mod common;

use std::io::{BufWriter, PipeWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rooftop_pv::carbon::{self, CO2_OF_COAL};
use rooftop_pv::inventory::{
    Book, Dimension, ElectricityCoal, Factors, Goal, Inventory, Measure, Onsite, Options, Outputs, Project, Row,
    Target, assess,
};
use rooftop_pv::weather::climate;
use rooftop_pv::{Error, Plant, Result, Weather, math};

/// Keep the ledger of a park or city.
#[derive(Parser)]
struct Arguments {
    /// Records as csv (firm,sector,carrier,month,amount,unit); without any, the two built-in cases
    records: Vec<PathBuf>,
    /// Factors of one's own, as the columns of src/inventory/carriers.csv
    #[arg(long, value_name = "FILE.csv")]
    factors: Option<PathBuf>,
    /// Output or area by firm and year (firm,year,amount,unit), for intensities
    #[arg(long, value_name = "FILE.csv")]
    outputs: Option<PathBuf>,
    /// Region or province of the grid factor
    #[arg(long)]
    region: Option<String>,
    /// Year to look at; without it, the last one
    #[arg(long)]
    year: Option<i32>,
    /// A target on CO2 as YEAR:-20% (on the first year of the ledger) or YEAR:tonnes
    #[arg(long, value_parser = parse_target)]
    target: Option<(i32, Goal)>,
    /// How electricity becomes standard coal
    #[arg(long, value_enum, default_value = "equivalent")]
    electricity: Electricity,
    /// Seed of the synthetic records
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = common::whole)]
    seed: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum Electricity {
    /// Its own heat, 0.1229 kgce/kWh
    Equivalent,
    /// The coal of thermal power supply of the year
    Supply,
}

fn parse_target(text: &str) -> std::result::Result<(i32, Goal), String> {
    let problem = || format!("{text:?} is neither YEAR:-20% nor YEAR:tonnes");
    let (year, goal) = text.split_once(':').ok_or_else(problem)?;
    let year = year.parse().map_err(|_| problem())?;
    let goal = match goal.strip_suffix('%') {
        Some(share) => Goal::Reduction(-share.parse::<f64>().map_err(|_| problem())? / 100.0),
        None => Goal::Absolute(goal.parse().map_err(|_| problem())?),
    };
    Ok((year, goal))
}

fn main() -> ExitCode {
    common::run_and_tell(|| run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<()> {
    let mut factors = Factors::built_in()?;
    if let Some(path) = &arguments.factors {
        factors.read_file(path)?;
    }
    let electricity = match arguments.electricity {
        Electricity::Equivalent => ElectricityCoal::Equivalent,
        Electricity::Supply => ElectricityCoal::ThermalSupply,
    };
    let mut inventory = Inventory::new(&factors);
    if !arguments.records.is_empty() {
        inventory.read_files(&arguments.records)?;
        let options = Options { region: arguments.region.clone(), electricity };
        return print_ledger(&inventory, &options, arguments).map(|_| ());
    }

    print_yilong(&factors)?;
    println!("\n{}", "=".repeat(100));
    println!(
        "Zhenjiang, Jiangsu: a ledger of the shape of its carbon cloud (51 large emitters metered online, 39 sectors)"
    );
    println!(
        "  SYNTHETIC RECORDS: no figures by firm are public. Firms, sectors and amounts below are made from seed {},",
        arguments.seed
    );
    println!("  describe nobody, and show only what the ledger does. They come row by row through a pipe.");
    let (reader, writer) = std::io::pipe().map_err(|source| io("pipe", source))?;
    let seed = arguments.seed;
    let rows = std::thread::spawn(move || write_synthetic(writer, seed));
    inventory.read("synthetic records", reader)?;
    rows.join().map_err(|_| io("pipe", std::io::Error::other("the writer stopped")))?.map_err(|e| io("pipe", e))?;
    let region = arguments.region.clone().or_else(|| Some("Jiangsu".to_owned()));
    let book = print_ledger(&inventory, &Options { region: region.clone(), electricity }, arguments)?;
    print_projects(&book, region.as_deref(), electricity)
}

fn io(path: &str, source: std::io::Error) -> Error {
    Error::Io { path: path.into(), source }
}

// ---- Yilong -------------------------------------------------------------------------------------------------------

/// Stated in public for Yilong, Guizhou, 2021.
const YILONG_TCE: f64 = 1_646_000.0;
const YILONG_CO2_T: f64 = 3_885_000.0;
const YILONG_CHANGE: f64 = -0.237;

fn print_yilong(factors: &Factors) -> Result<()> {
    let ratio = YILONG_CO2_T / YILONG_TCE;
    println!("Yilong new district, Guizhou, 2021");
    println!("  stated: 1.646 Mtce used, 3.885 Mt CO2 of the key emitters, 23.7 % less than the year before");
    // The last digit of both figures leaves half a unit of room to each side.
    let before = |stated: f64, half: f64, change: f64| (stated + half) / (1.0 + change) / 1e6;
    for (of, stated, unit) in [("CO2", YILONG_CO2_T, "Mt CO2"), ("energy", YILONG_TCE, "Mtce")] {
        println!(
            "  implied year before, change read as of the {of:<8} {:.3} {unit} ({:.3} to {:.3} by the digits)",
            before(stated, 0.0, YILONG_CHANGE),
            before(stated, -500.0, YILONG_CHANGE + 0.0005),
            before(stated, 500.0, YILONG_CHANGE - 0.0005)
        );
    }
    println!("  implied ratio                                       {ratio:.3} t CO2/tce");

    println!("\n  What a tonne of standard coal's worth gives              t CO2/tce   the stated ratio is");
    let line = |name: &str, value: f64| println!("    {name:<54} {value:>9.3} {:>12.0} % of it", 100.0 * ratio / value);
    for coal in CO2_OF_COAL {
        line(coal.source, coal.kg_per_kgce);
    }
    for carrier in ["raw_coal", "coke", "fuel_oil", "diesel", "natural_gas", "heat"] {
        line(carrier, factors.co2_per_tce(carrier, 2021)?);
    }
    let grid = carbon::grid_factor("Guizhou", Some(2021))?;
    let supply = carbon::COAL_CONVENTIONS.iter().find(|c| c.name == "thermal power supply" && c.year == Some(2021));
    line("electricity of Guizhou 2021 at 0.1229 kgce/kWh", grid.value / 0.1229);
    if let Some(supply) = supply {
        let name = format!("electricity of Guizhou 2021 at {} kgce/kWh", supply.kgce_per_kwh);
        line(&name, grid.value / supply.kgce_per_kwh);
    }

    let (coal, gas) = (factors.co2_per_tce("raw_coal", 2021)?, factors.co2_per_tce("natural_gas", 2021)?);
    // x coal + (1 - x) other = ratio
    println!("\n  What the ratio can mean");
    println!(
        "    coal and gas alone:                  {:.0} % of the energy coal",
        100.0 * (ratio - gas) / (coal - gas)
    );
    println!("    coal and carriers without CO2 here:  {:.0} % of the energy coal", 100.0 * ratio / coal);
    println!(
        "    all of the energy coal:              {:.3} Mt CO2, {:.0} % more than stated",
        YILONG_TCE * coal / 1e6,
        100.0 * (coal / ratio - 1.0)
    );
    println!(
        "    The ratio lies between gas and coal, so the two figures do not contradict each other; nor do they prove"
    );
    println!("    a mix, for the energy may be the whole district's and the CO2 is that of the key emitters alone.");
    println!(
        "  Missing to tell: the carriers; whether both figures cover the same firms; how electricity was counted, in"
    );
    println!(
        "    coal and in CO2; process emissions; whether the change is of CO2 or of energy; output, for an intensity."
    );
    println!("  Factors: raw coal's are unverified (from memory); grid {grid}");
    Ok(())
}

// ---- synthetic records --------------------------------------------------------------------------------------------

const FIRMS: u64 = 51;
const SECTORS: u64 = 39;
const CARRIERS: [(&str, &str, f64); 5] = [
    // Carrier, unit, and units a tce, roughly: only to give the amounts a size.
    ("raw_coal", "t", 1.4),
    ("electricity", "MWh", 8.1),
    ("natural_gas", "10^3 m3", 0.75),
    ("heat", "GJ", 29.3),
    ("diesel", "t", 0.69),
];

/// Two years of months of made-up firms, each from its own random stream.
fn write_synthetic(pipe: PipeWriter, seed: u64) -> std::io::Result<()> {
    let mut out = BufWriter::new(pipe);
    writeln!(out, "# SYNTHETIC: made from seed {seed}, describes nobody\nfirm,sector,carrier,month,amount,unit")?;
    for firm in 0..FIRMS {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(firm);
        let mut uniform = |low: f64, high: f64| low + (high - low) * random.random::<f64>();
        // Between about 300 and 30 000 tce a month, evenly in the logarithm.
        let size = math::exp(uniform(5.7, 10.3));
        let shares: Vec<f64> = CARRIERS.iter().map(|_| uniform(0.0, 1.0)).collect();
        let growth = uniform(0.86, 1.04);
        for month in 0..24 {
            let year_growth = if month < 12 { 1.0 } else { growth };
            let season = 1.0 + 0.08 * math::cos(std::f64::consts::TAU * f64::from(month) / 12.0);
            for ((carrier, unit, per_tce), share) in CARRIERS.iter().zip(&shares) {
                // Not every firm has every carrier.
                if *share < 0.35 && *carrier != "electricity" {
                    continue;
                }
                let amount = size * share * per_tce * season * year_growth * uniform(0.95, 1.05);
                let (year, of) = (2022 + month / 12, 1 + month % 12);
                writeln!(
                    out,
                    "firm {:02},sector {:02},{carrier},{year}-{of:02},{amount:.1},{unit}",
                    firm + 1,
                    1 + firm % SECTORS
                )?;
            }
        }
    }
    out.flush()
}

// ---- the ledger ---------------------------------------------------------------------------------------------------

fn print_ledger(inventory: &Inventory, options: &Options, arguments: &Arguments) -> Result<Book> {
    let book = inventory.book(options)?;
    let last = book.years().last().copied().unwrap_or_default();
    let year = arguments.year.unwrap_or(last);
    println!("\n{} records, {} sums kept", inventory.rows(), inventory.len());
    let months = book.months(year);
    if months.is_empty() {
        let list: Vec<String> = book.years().iter().map(ToString::to_string).collect();
        return Err(Error::OutOfRange {
            name: "--year".into(),
            value: f64::from(year),
            allowed: format!("there are records of {}", list.join(", ")),
        });
    }
    println!("\n{year}, {} of 12 months                      tce           t CO2    t CO2/tce", months.len());
    let print = |row: &Row, note: &str| {
        let ratio = if row.tce > 0.0 { format!("{:.3}", row.co2_t / row.tce) } else { String::from("-") };
        println!("  {:<28} {:>14.0} {:>15.0} {ratio:>12}{note}", row.name, row.tce, row.co2_t);
    };
    let total = book.total_of(|entry| entry.month.year == year);
    print(&total, "");

    println!("\nBy sector, the ten largest of {} by CO2", book.by_in(Dimension::Sector, year).len());
    let mut sectors = book.by_in(Dimension::Sector, year);
    sectors.sort_by(|a, b| b.co2_t.total_cmp(&a.co2_t));
    for row in sectors.iter().take(10) {
        let change = book.change_where(year, |entry| entry.sector == row.name).and_then(|change| change.co2());
        let change = change.map_or(String::new(), |c| format!("   CO2 {:+.1} % on the year before", 100.0 * c));
        print(row, &format!("{:>7.1} %{change}", 100.0 * row.co2_t / total.co2_t));
    }
    println!("\nBy carrier");
    book.by_in(Dimension::Carrier, year).iter().for_each(|row| print(row, ""));
    println!("\nBy month");
    book.by_in(Dimension::Month, year).iter().for_each(|row| print(row, ""));

    if let Some(change) = book.change(year) {
        let percent = |value: Option<f64>| value.map_or("-".to_owned(), |v| format!("{:+.2} %", 100.0 * v));
        println!(
            "\nOn the year before, {} common months: energy {}, CO2 {}",
            change.months.len(),
            percent(change.tce()),
            percent(change.co2())
        );
    }
    if let Some(path) = &arguments.outputs {
        let file = std::fs::File::open(path).map_err(|source| Error::Io { path: path.clone(), source })?;
        println!("\nIntensity");
        for of in book.intensities(&Outputs::read(&path.display().to_string(), file)?, year) {
            let (name, sign) = (&of.name, of.per.sign());
            let of_firms = format!("{} of {} firms", of.firms, of.firms + of.without);
            println!("  {name:<28} {:>12.5} tce, {:>12.5} t CO2 per {sign} ({of_firms})", of.tce, of.co2_t);
        }
    }
    print_target(&book, year, arguments)?;
    println!("\nNotes");
    for note in book.notes() {
        println!("  {note}");
    }
    println!("Factors of {year}");
    for factor in book.used().iter().filter(|factor| factor.year == year) {
        println!(
            "  {:<12} {:>9.5} {:<14} {} ({})",
            factor.carrier,
            factor.value,
            factor.unit,
            factor.source,
            factor.confidence.remark()
        );
    }
    Ok(book)
}

/// Without --target an example: 5 % less in three years.
fn target_of(book: &Book, given: Option<(i32, Goal)>) -> Result<Target> {
    let base_year = book.years().first().copied().unwrap_or_default();
    let base = book.total_of(|entry| entry.month.year == base_year).co2_t;
    let (year, goal) = given.unwrap_or((base_year + 3, Goal::Reduction(0.05)));
    Target::new(Measure::Co2, base_year, base, year, goal)
}

fn print_target(book: &Book, year: i32, arguments: &Arguments) -> Result<()> {
    // One's own records get no target that nobody set.
    if arguments.target.is_none() && !arguments.records.is_empty() {
        return Ok(());
    }
    let target = target_of(book, arguments.target)?;
    let distance = target.distance(year, book.total_of(|entry| entry.month.year == year).co2_t);
    let whose = if arguments.target.is_some() { "" } else { " (an example; nobody set it)" };
    println!(
        "\nTarget{whose}: {:.0} t CO2 in {}, on a straight line from {:.0} in {}",
        target.end(),
        target.year,
        target.base,
        target.base_year
    );
    let compared = if year == target.base_year { vec![year] } else { vec![target.base_year, year] };
    for base in compared {
        if book.months(base).len() < 12 {
            println!("  {base} has {} months only: the line is not a fair one", book.months(base).len());
        }
    }
    println!("  the line allows {:.0} t in {year}; there were {:.0} t", distance.allowed, distance.actual);
    let side = if distance.left < 0.0 { "too much" } else { "left" };
    println!("  {:.0} t {side}", distance.left.abs());
    if let Some(step) = distance.to_go_a_year {
        println!("  from here {step:.0} t have to go each year");
    }
    Ok(())
}

/// Three made-up projects and a made-up year of photovoltaics against the synthetic ledger.
fn print_projects(book: &Book, region: Option<&str>, electricity: ElectricityCoal) -> Result<()> {
    let year = book.years().last().copied().unwrap_or_default();
    let target = target_of(book, None)?;
    let left = target.distance(year, book.total_of(|entry| entry.month.year == year).co2_t).left;
    let grid = carbon::grid_factor(region.unwrap_or("China"), None)?;
    let yield_kwh_per_kw = yield_in_zhenjiang()?;
    println!("\nNew projects (made up, to show the assessment) against the example target");
    let room = left.max(10_000.0);
    for (name, share) in [("Project A", 0.6), ("Project B", 1.05), ("Project C", 2.0)] {
        let adds = share * room;
        // Half of its CO2 is that of bought electricity, a quarter of which its roofs could give.
        let electricity_kwh = 0.5 * adds * 1000.0 / grid.value;
        let project = Project {
            name: name.into(),
            adds,
            electricity_kwh,
            kg_per_kwh: grid.value,
            most_pv_kwh: 0.25 * electricity_kwh,
            yield_kwh_per_kw: Some(yield_kwh_per_kw),
        };
        println!("  {}", assess(&project, Measure::Co2, left)?);
    }

    let bought_kwh = book.amount("electricity", year);
    let pv_kwh = 0.05 * bought_kwh;
    let onsite = Onsite {
        bought_kwh,
        pv_kwh,
        exported_kwh: 0.1 * pv_kwh,
        pv_to_store_kwh: 0.2 * pv_kwh,
        grid_to_store_kwh: 0.0,
        round_trip: 0.85,
    };
    let relief = onsite.relief(region, year, electricity)?;
    println!(
        "\nPhotovoltaics (made up: {:.0} GWh, 5 % of the bought electricity; 10 % exported, 20 % through a store of 85 %)",
        pv_kwh / 1e6
    );
    println!(
        "  used at once {:.0} GWh, through the store {:.0} GWh, lost in it {:.1} GWh",
        relief.direct_kwh / 1e6,
        relief.from_store_kwh / 1e6,
        relief.lost_kwh / 1e6
    );
    println!(
        "  off the ledger: {:.0} GWh bought, {:.0} tce, {:.0} t CO2",
        relief.less_bought_kwh / 1e6,
        relief.tce,
        relief.co2_t
    );
    println!(
        "  kept apart: {:.1} GWh exported, {:.0} t CO2 elsewhere",
        relief.exported_kwh / 1e6,
        relief.exported_co2_t
    );
    for note in &relief.notes {
        println!("  {note}");
    }
    Ok(())
}

/// kWh/kW of modules at 10 degrees to the south on the embedded climate.
fn yield_in_zhenjiang() -> Result<f64> {
    let text =
        "[site]\nlatitude = 32.20\nlongitude = 119.45\n[[array]]\ncapacity_kw = 1\ntilt_deg = 10\nazimuth_deg = 180\n";
    let plant = Plant::from_toml(text, "Zhenjiang")?;
    let near = climate::nearest(plant.site.latitude, plant.site.longitude, None)?;
    Ok(plant.simulate(&Weather::synthetic(near.station, 2025, 1)?)?.specific_yield_kwh_per_kw)
}
