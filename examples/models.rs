//! What one year on one roof is by every transposition, decomposition and cell temperature: how far models alone can part two
//! simulations of the same plant.
//!
//! ```text
//! cargo run --release --example models
//! cargo run --release --example models -- my-park.toml --csv models.csv
//! ```

mod common;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use rooftop_pv::plant::{Decomposition, Models, TemperatureModel};
use rooftop_pv::simulate::{Daylight, Sweep};
use rooftop_pv::sun::{SunTable, SunTrack};
use rooftop_pv::time::Values;
use rooftop_pv::weather::climate;
use rooftop_pv::{Error, Plant, Result, Weather};
use serde::de::DeserializeOwned;

/// One year under every transposition, decomposition and temperature model.
#[derive(Parser)]
struct Arguments {
    /// The park's description; without it, the built-in Jidong park
    park: Option<PathBuf>,
    /// A weather file; without it, the park's, or a synthetic year of the nearest climate station
    #[arg(long, value_name = "FILE")]
    weather: Option<PathBuf>,
    /// Write every combination
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

const TRANSPOSITIONS: [&str; 18] = [
    "isotropic",
    "klucher",
    "hay_davies",
    "reindl",
    "muneer",
    "perez",
    "perez_driesse",
    "perez_pvwatts",
    "perez_all_sites1988",
    "perez_sandia1988",
    "perez_usa1988",
    "perez_france1988",
    "perez_phoenix1988",
    "perez_el_monte1988",
    "perez_osage1988",
    "perez_albuquerque1988",
    "perez_cape_canaveral1988",
    "perez_albany1988",
];
const DECOMPOSITIONS: [&str; 7] = ["erbs", "erbs_driesse", "orgill_hollands", "boland", "louche", "disc", "dirint"];
const TEMPERATURES: [&str; 8] =
    ["faiman", "faiman_pvgis", "sapm", "pvsyst", "noct_sam", "noct_pvwatts", "ross", "fuentes"];

/// A combination and its specific yield, kWh/kW.
struct Run {
    names: [&'static str; 3],
    specific_yield: f64,
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
    let read = [arguments.park.as_deref(), arguments.weather.as_deref(), plant.weather.file.as_deref().map(Path::new)];
    common::check_results([arguments.csv.as_deref()], read)?;
    let weather = if let Some(weather) = common::read_weather(&plant, arguments.weather.as_deref())? {
        weather
    } else {
        let station = match &plant.weather.climate {
            Some(name) => climate::station(name)?,
            None => climate::nearest(plant.site.latitude, plant.site.longitude, None)?.station,
        };
        Weather::synthetic(station, 2023, 1)?
    };
    let runs = all(&plant, &weather)?;
    println!("{}, {}", plant.name, weather.source());
    println!("{} combinations of models, specific yield in kWh/kW\n", runs.len());
    for (axis, title) in ["decomposition of GHI", "transposition to the plane", "cell temperature"].iter().enumerate() {
        table(&runs, axis, title);
    }
    let all: Vec<f64> = runs.iter().map(|run| run.specific_yield).collect();
    let (mean, spread) = moments(&all);
    let (least, most) = extremes(&all);
    println!(
        "all together: {mean:.0} kWh/kW, standard deviation {:.2} %, from {least:.0} to {most:.0}",
        spread / mean * 100.0
    );
    println!("by the plant's own models: {:.0} kWh/kW", plant.simulate(&weather)?.specific_yield_kwh_per_kw);
    if let Some(path) = &arguments.csv {
        write_csv(path, &runs)?;
    }
    Ok(())
}

/// Every combination; what a combination shares with the one before is kept.
fn all(plant: &Plant, weather: &Weather) -> Result<Vec<Run>> {
    let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
    let mut runs = Vec::new();
    for decomposition in DECOMPOSITIONS {
        let model: Decomposition = named(decomposition);
        let split = weather.decomposed(model)?;
        let temp_air = Values::Series(&split.columns().temp_air);
        let pressure = Values::Constant(split.site().pressure());
        let track = Arc::new(SunTrack::new(&table, split.site(), pressure, temp_air)?);
        for transposition in TRANSPOSITIONS {
            let models = Models { decomposition: Some(model), transposition: named(transposition), ..plant.models };
            let daylight = Daylight::new(&track, &split, models.transposition)?;
            let mut sweep = Sweep::new(&daylight, &split)?;
            for temperature in TEMPERATURES {
                let mut plant = plant.clone();
                plant.models = Models { temperature: named::<TemperatureModel>(temperature), ..models };
                let specific_yield = sweep.totals(&plant)?.specific_yield_kwh_per_kw;
                runs.push(Run { names: [decomposition, transposition, temperature], specific_yield });
            }
        }
    }
    Ok(runs)
}

/// A model by the name that a park file gives it.
fn named<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_value(name.into()).expect("a name of the list above")
}

/// The mean over all else of each model of one kind.
fn table(runs: &[Run], axis: usize, title: &str) {
    let overall = moments(&runs.iter().map(|run| run.specific_yield).collect::<Vec<_>>()).0;
    let mut rows: Vec<(&str, f64, f64, f64)> = Vec::new();
    for run in runs {
        let name = run.names[axis];
        if rows.iter().any(|row| row.0 == name) {
            continue;
        }
        let of_name: Vec<f64> =
            runs.iter().filter(|run| run.names[axis] == name).map(|run| run.specific_yield).collect();
        let (least, most) = extremes(&of_name);
        rows.push((name, moments(&of_name).0, least, most));
    }
    rows.sort_by(|a, b| a.1.total_cmp(&b.1));
    println!("{title:<28}{:>8}{:>10}{:>10}{:>8}", "mean", "to all", "least", "most");
    for (name, mean, least, most) in &rows {
        println!("  {name:<26}{mean:>8.0}{:>+9.2} %{least:>9.0}{most:>8.0}", (mean / overall - 1.0) * 100.0);
    }
    let means: Vec<f64> = rows.iter().map(|row| row.1).collect();
    println!("  spread of the means       {:>7.2} %\n", moments(&means).1 / overall * 100.0);
}

/// Mean and standard deviation.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
    (mean, square.sqrt())
}

fn extremes(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), &value| (least.min(value), most.max(value)))
}

fn write_csv(path: &PathBuf, runs: &[Run]) -> Result<()> {
    let io = |source| Error::Io { path: path.clone(), source };
    let mut file = BufWriter::new(File::create(path).map_err(io)?);
    writeln!(file, "decomposition,transposition,temperature,specific_yield_kwh_per_kw").map_err(io)?;
    for run in runs {
        writeln!(file, "{},{:.4}", run.names.join(","), run.specific_yield).map_err(io)?;
    }
    file.flush().map_err(io)
}
