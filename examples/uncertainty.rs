//! What a park yields and saves with what probability, and which uncertainty matters.
//!
//! ```text
//! cargo run --release --example uncertainty
//! cargo run --release --example uncertainty -- my-park.toml --inputs my-inputs.toml --csv samples.csv
//! ```

mod common;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use rooftop_pv::uncertainty::{Draw, LifeInputs, OUTPUTS, PlantLife, Sampling, SobolIndex, Study, Swing};
use rooftop_pv::weather::climate::{self, Station};
use rooftop_pv::{Error, Plant, Result, Weather};

/// Simulate a park's life under all its uncertainties.
#[derive(Parser)]
struct Arguments {
    /// The park's description; without it, the built-in Jidong park
    park: Option<PathBuf>,
    /// What is uncertain, as toml (keys of `uncertainty::LifeInputs`)
    #[arg(long, value_name = "FILE")]
    inputs: Option<PathBuf>,
    /// How many lives
    #[arg(long, value_name = "N", default_value_t = 10_000, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    samples: u32,
    /// How they are laid among what can be
    #[arg(long, value_enum, default_value_t = Laid::Sobol)]
    sampling: Laid,
    /// Seed of the random numbers
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = common::whole)]
    seed: u64,
    /// Write all samples, inputs and outputs
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Laid {
    Random,
    LatinHypercube,
    Sobol,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::run_and_tell(|| run(&arguments).map_err(|error| common::located(error, arguments.park.as_deref())))
}

fn run(arguments: &Arguments) -> Result<()> {
    let plant = match &arguments.park {
        Some(path) => Plant::from_file(path)?,
        None => Plant::jidong()?,
    };
    let read = [arguments.park.as_deref(), arguments.inputs.as_deref(), plant.weather.file.as_deref().map(Path::new)];
    common::check_results([arguments.csv.as_deref()], read)?;
    let (weather, station) = mean_year(&plant)?;
    let inputs = match (&arguments.inputs, station) {
        (Some(path), _) => LifeInputs::from_file(path)?,
        (None, Some(station)) => LifeInputs::at_station(station),
        (None, None) => LifeInputs::default(),
    };
    let sampling = match arguments.sampling {
        Laid::Random => Sampling::Random,
        Laid::LatinHypercube => Sampling::LatinHypercube,
        Laid::Sobol => Sampling::Sobol,
    };
    let samples = arguments.samples as usize;
    let draw = Draw { samples, sampling, seed: arguments.seed };
    let started = Instant::now();
    let life = PlantLife::new(&plant, &weather, &inputs)?;
    let study = life.study(&draw)?;
    let seconds = started.elapsed().as_secs_f64();

    let name = if plant.name.is_empty() { "Park" } else { &plant.name };
    println!("{name}: {} lives of {} years in {seconds:.2} s", arguments.samples, plant.lifetime.years);
    println!("  weather  {}", weather.source());
    println!("  coal     {}, in kgce/kWh", inputs.coal_kgce_per_kwh);
    println!("  grid     its factor falls each year: {}, as a fraction", inputs.grid_decline);
    println!("  CO2      {}", life.factor());
    print_spreads(&study);
    let fewer = Draw { samples: 2048.min(samples.max(8)), ..draw };
    for output in [0, 2, 8] {
        print_shares(output, &life.sobol_indices(output, &fewer)?, &life.tornado(output)?);
    }
    if let Some(path) = &arguments.csv {
        write_csv(path, &life, &study)?;
        println!("\nWrote {}", path.display());
    }
    Ok(())
}

/// The park's own weather file, or the mean year of its climate station.
fn mean_year(plant: &Plant) -> Result<(Weather, Option<&'static Station>)> {
    if let Some(weather) = common::read_weather(plant, None)? {
        return Ok((weather, None));
    }
    let station = match &plant.weather.climate {
        Some(name) => climate::station(name)?,
        None => climate::nearest(plant.site.latitude, plant.site.longitude, plant.site.elevation_m)?.station,
    };
    Ok((Weather::synthetic(station, 2025, 1)?, Some(station)))
}

/// A number with its thousands apart.
fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    if value < 0.0 { format!("-{text}") } else { text }
}

fn print_spreads(study: &Study) {
    println!("\nPxx is exceeded with xx % probability");
    let columns = ["mean", "sd, %", "P50", "P75", "P90", "P95", "P99"];
    print!("  {:<26}", "");
    for column in columns {
        print!("{column:>15}");
    }
    println!();
    for (output, name) in study.names().iter().enumerate() {
        let Some(s) = study.spread(output) else { continue };
        print!("  {name:<26}{:>15}{:>15.1}", grouped(s.mean), 100.0 * s.sd / s.mean);
        for value in [s.p50, s.p75, s.p90, s.p95, s.p99] {
            print!("{:>15}", grouped(value));
        }
        println!();
    }
}

fn print_shares(output: usize, indices: &[SobolIndex], swings: &[Swing]) {
    println!("\n{}: share of the variance, and the value with one input at its 10 and 90 % quantile", OUTPUTS[output]);
    println!("  {:<24}{:>9}{:>9}{:>9}{:>16}{:>16}", "", "alone", "± 95 %", "in all", "at 10 %", "at 90 %");
    let mut indices: Vec<&SobolIndex> = indices.iter().filter(|index| index.total >= 5e-4).collect();
    indices.sort_by(|a, b| b.total.total_cmp(&a.total));
    for index in indices {
        let Some(swing) = swings.iter().find(|swing| swing.name == index.name) else { continue };
        println!(
            "  {:<24}{:>9.3}{:>9.3}{:>9.3}{:>16}{:>16}",
            index.name,
            index.first,
            index.first_half_width,
            index.total,
            grouped(swing.at_10),
            grouped(swing.at_90)
        );
    }
    println!("  (what a year has of its own is moved in all years at once)");
}

fn write_csv(path: &Path, life: &PlantLife, study: &Study) -> Result<()> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let mut writer = BufWriter::new(File::create(path).map_err(io)?);
    let names: Vec<&str> =
        life.inputs().names().iter().map(String::as_str).chain(study.names().iter().map(String::as_str)).collect();
    writeln!(writer, "{}", names.join(",").replace("a year, mean", "a year mean")).map_err(io)?;
    for index in 0..study.inputs.len() {
        let outputs = (0..study.names().len()).filter_map(|output| study.output(output)?.get(index).copied());
        let row: Vec<String> = study.inputs.row(index).iter().copied().chain(outputs).map(|v| v.to_string()).collect();
        writeln!(writer, "{}", row.join(",")).map_err(io)?;
    }
    writer.flush().map_err(io)
}
