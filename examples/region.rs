//! A district's roofs against its target.
//!
//! `cargo run --release --example region` runs Ruijin; `-- my-region.toml --csv out.csv` one's own.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use rooftop_pv::region::{COUNTY_PILOT, Outlook, Region};
use rooftop_pv::{Error, Result};

/// Hold a district's roofs against its target.
#[derive(Parser)]
struct Arguments {
    /// The region's description; without it, Ruijin
    region: Option<PathBuf>,
    /// Write the years as csv
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Write the whole outlook as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
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
    let region = match &arguments.region {
        Some(path) => Region::from_file(path)?,
        None => Region::ruijin()?,
    };
    let outlook = region.outlook()?;
    println!("{}", if region.name.is_empty() { "Region" } else { &region.name });
    println!("  CO2   {}", outlook.factor);
    println!("  coal  {}", outlook.coal);
    print_roofs(&region);
    print_years(&outlook);
    print_target(&region, &outlook)?;
    if let Some(path) = &arguments.csv {
        write(path, |writer| {
            writeln!(writer, "year,capacity_kw,ac_kwh,coal_t,co2_t")?;
            outlook.years.iter().try_for_each(|y| {
                writeln!(writer, "{},{:.1},{:.0},{:.1},{:.1}", y.year, y.capacity_kw, y.ac_kwh, y.coal_t, y.co2_t)
            })
        })?;
    }
    if let Some(path) = &arguments.json {
        write(path, |writer| Ok(serde_json::to_writer_pretty(writer, &outlook)?))?;
    }
    Ok(())
}

fn write(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>) -> Result<()> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let mut writer = BufWriter::new(File::create(path).map_err(io)?);
    fill(&mut writer).and_then(|()| writer.flush()).map_err(io)?;
    println!("\nWrote {}", path.display());
    Ok(())
}

fn print_roofs(region: &Region) {
    println!("\nRoofs                       stands, m2   built a year, m2   usable   W/m2   county pilots ask for");
    for district in &region.district {
        println!("  {}", district.name);
        for roof in &district.roof {
            let pilot =
                roof.kind.county_pilot().map_or_else(|| String::from("-"), |share| format!("{:.0} %", 100.0 * share));
            println!(
                "    {:<20}{:>14.0}{:>19.0}{:>9.2}{:>7.0}{:>23}",
                roof.kind.title(),
                roof.stock_m2,
                roof.new_m2_per_year,
                roof.usable_share,
                roof.w_per_m2,
                pilot
            );
        }
    }
    println!("  (county pilots: {}; {})", COUNTY_PILOT.0, COUNTY_PILOT.1.remark());
}

fn print_years(outlook: &Outlook) {
    println!("\nYear    capacity, MW   energy, GWh   coal, t   CO2, t");
    for year in &outlook.years {
        println!(
            "{}{:>16.1}{:>14.1}{:>10.0}{:>9.0}",
            year.year,
            year.capacity_kw / 1000.0,
            year.ac_kwh / 1e6,
            year.coal_t,
            year.co2_t
        );
    }
    if let Some(year) = outlook.years.last() {
        for district in &year.districts {
            println!("  {}: {:.0} kWh/kW", district.name, district.yield_kwh_per_kw);
        }
    }
}

fn print_target(region: &Region, outlook: &Outlook) -> Result<()> {
    let (Some(target), Some(gap)) = (outlook.target, outlook.gap_kw) else { return Ok(()) };
    println!("\nTarget: {:.0} MW by {}", target.capacity_kw / 1000.0, target.year);
    if gap <= 0.0 {
        println!("  reached, with {:.1} MW to spare", -gap / 1000.0);
        return Ok(());
    }
    println!("  short of it by {:.1} MW, {:.0} % of it", gap / 1000.0, 100.0 * gap / target.capacity_kw);
    if let Some(times) = outlook.coverage_times {
        println!("  all coverage would have to be {times:.1} times as much");
    }
    println!("  or, at the same coverage, so much more new roof in all:");
    for (name, density) in [("thin rows", 100.0), ("as described", 0.0), ("dense", 200.0)] {
        let mut other = region.clone();
        for roof in other.district.iter_mut().flat_map(|district| &mut district.roof) {
            roof.w_per_m2 = if density > 0.0 { density } else { roof.w_per_m2 };
        }
        let other = other.outlook()?;
        let short = other.gap_kw.unwrap_or_default() / 1000.0;
        match other.missing_new_roof_m2 {
            Some(area) => println!("    {name:<14}{:>8.2} km2   ({short:.0} MW short)", area / 1e6),
            None => println!("    {name:<14}no new roofs are covered"),
        }
    }
    Ok(())
}
