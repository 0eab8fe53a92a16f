//! Roof targets of a district: capacity, energy, coal and CO2 by year, and the gap to what is to be reached.
//!
//! `cargo run --release --example region` runs the built-in Ruijin; `-- my-region.toml` one's own;
//! `-- --parks a.toml b.toml` adds up parks that are described one by one.

mod common;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use rooftop_pv::region::{Kind, Plan, Preset, Region, portfolio, roof_area_m2};
use rooftop_pv::{Error, Plant, Result};

/// Plan a region's roofs against a target.
#[derive(Parser)]
struct Arguments {
    /// The region's description; without it, the built-in Ruijin
    region: Option<PathBuf>,
    /// Write the plan as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the years as csv
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Add up these parks by climate station instead
    #[arg(long, value_name = "PARK.toml", num_args = 1.., conflicts_with_all = ["region", "json", "csv"])]
    parks: Vec<PathBuf>,
}

fn main() -> ExitCode {
    common::run_and_tell(|| run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<()> {
    if !arguments.parks.is_empty() {
        return print_parks(&arguments.parks);
    }
    let region = match &arguments.region {
        Some(path) => Region::from_file(path)?,
        None => Region::ruijin()?,
    };
    common::check_results([arguments.json.as_deref(), arguments.csv.as_deref()], [arguments.region.as_deref()])?;
    let plan = region.plan()?;
    print_plan(&region, &plan);
    if arguments.region.is_none() {
        print_inverse(&region, &plan)?;
    }
    if let Some(path) = &arguments.json {
        serde_json::to_writer_pretty(create(path)?, &plan).map_err(|error| io(path, error.into()))?;
        println!("\nWrote {}", path.display());
    }
    if let Some(path) = &arguments.csv {
        write_csv(path, &plan)?;
        println!("\nWrote {}", path.display());
    }
    Ok(())
}

fn io(path: &Path, source: std::io::Error) -> Error {
    Error::Io { path: path.to_owned(), source }
}

fn create(path: &Path) -> Result<File> {
    File::create(path).map_err(|source| io(path, source))
}

fn print_plan(region: &Region, plan: &Plan) {
    println!("{}", if plan.name.is_empty() { "Region" } else { &plan.name });
    for of in &plan.yields {
        println!("  {:<24} {:>6.0} kWh/kW a year, {}", of.name, of.kwh_per_kw, of.from);
    }
    println!("\nRoofs at the end of {}", region.target.year);
    println!("  district         kind                      roof, 1000 m2  covered      MW   GWh/a");
    for roof in &plan.roofs {
        println!(
            "  {:<16} {:<24} {:>14.1} {:>6.0} % {:>7.2} {:>7.2}",
            roof.district,
            roof.kind.title(),
            roof.area_m2 / 1e3,
            100.0 * roof.covered_m2 / roof.area_m2,
            roof.capacity_kw / 1e3,
            roof.ac_kwh / 1e6
        );
    }
    println!("\nYear by year (energy of a full year with the capacity of the year's end, no ageing)");
    println!("  year       MW    GWh/a      t CO2/a    t standard coal/a");
    for year in &plan.years {
        let Some(co2) = year.saved.co2.first() else { continue };
        let coal = |per_kwh: f64| year.ac_kwh * per_kwh / 1000.0;
        let range = year.saved.coal.iter().map(|coal| coal.convention.kgce_per_kwh);
        let (low, high) = range.fold((f64::MAX, 0.0), |(low, high), k| (k.min(low), k.max(high)));
        println!(
            "  {}  {:>7.2}  {:>7.2}  {:>11.0}    {:.0} to {:.0}",
            year.year,
            year.capacity_kw / 1e3,
            year.ac_kwh / 1e6,
            co2.co2_t,
            coal(low),
            coal(high)
        );
    }
    if let Some(saved) = plan.years.last().map(|year| &year.saved) {
        if let Some(co2) = saved.co2.first() {
            println!("  CO2 at {}", co2.factor);
        }
        println!("  Coal from its calorific value alone to the rule of thumb; each convention of the last year:");
        for coal in &saved.coal {
            println!("    {coal}");
        }
    }

    let gap = &plan.gap;
    println!("\nTarget {:.1} MW by {}", gap.target_kw / 1e3, region.target.year);
    println!(
        "  these roofs give      {:>8.1} MW, {:.0} % of it",
        gap.planned_kw / 1e3,
        100.0 * gap.planned_kw / gap.target_kw
    );
    if gap.missing_kw <= 0.0 {
        println!("  reached, and          {:>8.1} MW more", -gap.missing_kw / 1e3);
    } else {
        println!("  missing               {:>8.1} MW", gap.missing_kw / 1e3);
    }
    println!("  all usable roofs give {:>8.1} MW", gap.most_kw / 1e3);
    match gap.coverage {
        Some(share) => {
            println!("  one coverage for all roofs, up to what is usable, that reaches it: {:.1} %", 100.0 * share);
        }
        None => println!("  no coverage of these roofs reaches it"),
    }
    if let Some(factor) = gap.area_factor {
        println!("  at the planned coverages it takes {factor:.2} times this roof area");
    }
    for note in &plan.notes {
        println!("  note: {note}");
    }
}

/// Published densities, W of modules a square metre of roof: what parks state of roof area and capacity.
const DENSITIES: [(&str, f64, &str); 3] = [
    ("low", 51e6 / 360e3, "Jidong, Jinan: 51 MW on 360 000 m2"),
    ("mid", f64::midpoint(51e6 / 360e3, 63.05e6 / 325e3), "mean of the two"),
    ("high", 63.05e6 / 325e3, "car works, Nanchang: 63.05 MW on 325 000 m2, carports included"),
];

fn print_inverse(region: &Region, plan: &Plan) -> Result<()> {
    const COVERAGE: f64 = 0.5;
    let target_kw = region.target.capacity_kw;
    let years = f64::from(region.target.year - region.base_year);
    println!("\nThe question asked the other way: which new roofs does the target need?");
    println!(
        "  Stated: 300 MW of new energy of all kinds by 2025; modules on at least 50 % of new public and factory roofs."
    );
    println!(
        "  Not stated: any roof area, any split. Assumed: how much of the 300 MW roofs carry, built over {years} years."
    );
    println!("  roofs carry     W/m2    new roofs, km2   km2 a year    GWh/a    density as at");
    let kwh_per_kw = plan.yields.first().map_or(0.0, |of| of.kwh_per_kw);
    for share in [1.0, 0.5, 0.25] {
        for (_, density, from) in DENSITIES {
            let capacity_kw = share * target_kw;
            let km2 = roof_area_m2(capacity_kw, COVERAGE, density)? / 1e6;
            println!(
                "  {:>3.0} % ({:>3.0} MW)  {density:>5.0}  {km2:>15.2}  {:>11.2}  {:>7.0}    {from}",
                100.0 * share,
                capacity_kw / 1e3,
                km2 / years,
                capacity_kw * kwh_per_kw / 1e6
            );
        }
    }
    println!(
        "  50 % read as half of the number of buildings, or of their usable area, asks for other roofs: the target does not say."
    );
    let pilot = Preset::CountyPilot2021;
    println!("\nFor comparison, preset = \"county_pilot_2021\" ({}; {}):", pilot.source(), pilot.confidence().remark());
    for kind in [Kind::Government, Kind::PublicBuilding, Kind::Factory, Kind::Commercial, Kind::RuralResidential] {
        if let Some(share) = pilot.coverage(kind) {
            println!("  {:<20} {:>3.0} % of the roof area", kind.title(), 100.0 * share);
        }
    }
    Ok(())
}

fn write_csv(path: &Path, plan: &Plan) -> Result<()> {
    let mut writer = csv::Writer::from_writer(create(path)?);
    let failed = |error: csv::Error| io(path, std::io::Error::other(error));
    writer.write_record(["year", "capacity_kw", "ac_kwh", "co2_t", "co2_convention"]).map_err(failed)?;
    for year in &plan.years {
        let Some(co2) = year.saved.co2.first() else { continue };
        let numbers = [f64::from(year.year), year.capacity_kw, year.ac_kwh, co2.co2_t].map(|value| value.to_string());
        writer.write_record(numbers.iter().map(String::as_str).chain([co2.convention.as_str()])).map_err(failed)?;
    }
    writer.flush().map_err(|source| io(path, source))
}

fn print_parks(files: &[PathBuf]) -> Result<()> {
    let parks: Vec<Plant> = files.iter().map(Plant::from_file).collect::<Result<_>>()?;
    println!("climate station                parks       MW    GWh/a      t CO2/a");
    let sums = portfolio(&parks)?;
    for sum in &sums {
        let (mw, gwh) = (sum.capacity_kw / 1e3, sum.ac_kwh / 1e6);
        println!("{:<30} {:>5} {mw:>8.2} {gwh:>8.2} {:>12.0}", sum.district, sum.parks, sum.co2_t);
    }
    let of = |f: fn(&rooftop_pv::region::ParkSum) -> f64| sums.iter().map(f).sum::<f64>();
    println!(
        "{:<30} {:>5} {:>8.2} {:>8.2} {:>12.0}",
        "together",
        parks.len(),
        of(|sum| sum.capacity_kw) / 1e3,
        of(|sum| sum.ac_kwh) / 1e6,
        of(|sum| sum.co2_t)
    );
    println!("Files of stages and of the whole of one park count twice if both are given.");
    Ok(())
}
