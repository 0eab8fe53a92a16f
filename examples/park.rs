//! A park from its description to kilowatt-hours, coal and CO2.
//!
//! `cargo run --release --example park` runs the built-in Jidong park on the embedded climate;
//! `cargo run --release --example park -- my.toml --weather my.epw` one's own.

mod common;

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use rooftop_pv::carbon::{self, Saved};
use rooftop_pv::simulate::{Job, Summary, Year, fleet};
use rooftop_pv::weather::{SyntheticClimate, SyntheticOptions, climate};
use rooftop_pv::{Error, Plant, Result, Weather};
use serde_json::{Value, json};

/// Simulate a park: energy, losses, coal and CO2.
#[derive(Parser)]
struct Arguments {
    /// The park's description; without it, the built-in Jidong park
    park: Option<PathBuf>,
    /// A weather file (EPW, TMY3, TMY2, PVGIS, NSRDB/SAM, NASA POWER or plain csv)
    #[arg(long, value_name = "FILE")]
    weather: Option<PathBuf>,
    /// Write the results as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the hours as csv
    #[arg(long, value_name = "FILE.csv")]
    hourly: Option<PathBuf>,
    /// Seed of the synthetic year
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = common::whole)]
    seed: u64,
    /// Also simulate so many synthetic years that differ as real ones do
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    years: u32,
}

/// Calendar year of the synthetic weather: an ordinary one.
const SYNTHETIC_YEAR: i32 = 2025;

/// The weather of a park and what there is to say about it.
struct Sky {
    /// One series a calendar year; a typical or synthetic year is one.
    years: Vec<Weather>,
    /// Whether each of them covers a year, so that figures of a year can be told.
    whole: bool,
    station: Option<&'static climate::Station>,
    remarks: Vec<String>,
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
    let park_file = arguments.park.as_ref().map_or("built-in park".into(), |path| path.display().to_string());
    let read = [arguments.park.as_deref(), arguments.weather.as_deref(), plant.weather.file.as_deref().map(Path::new)];
    common::check_results([arguments.json.as_deref(), arguments.hourly.as_deref()], read)?;
    let sky = find_weather(&plant, arguments)?;
    let spread = varied_years(&plant, &sky, arguments)?;

    let simulated: Vec<Year> = sky.years.iter().map(|weather| plant.simulate(weather)).collect::<Result<_>>()?;
    let mean_kwh = simulated.iter().map(|year| year.ac_kwh).sum::<f64>() / simulated.len() as f64;
    // Of several years the one nearest their mean is shown in detail.
    let shown = simulated
        .iter()
        .min_by(|a, b| (a.ac_kwh - mean_kwh).abs().total_cmp(&(b.ac_kwh - mean_kwh).abs()))
        .ok_or(Error::Length { name: "weather", found: 0, expected: 1 })?;
    let saved = carbon::saved(shown.ac_kwh, &plant.carbon)?;

    print_park(&plant, &park_file, shown, &sky);
    print_years(&simulated, &sky, mean_kwh);
    print_months(shown, &sky);
    print_ledger(shown);
    print_spread(spread.as_ref());
    print_saved(&plant, shown, &saved);
    print_stated(&plant, shown, &saved, &sky);

    if let Some(path) = &arguments.json {
        let io = |source| Error::Io { path: path.clone(), source };
        let mut writer = BufWriter::new(File::create(path).map_err(io)?);
        let value = as_json(&plant, shown, &saved, &sky, &simulated, spread.as_ref());
        serde_json::to_writer_pretty(&mut writer, &value).map_err(|error| io(error.into()))?;
        writer.flush().map_err(io)?;
        println!("\nWrote {}", path.display());
    }
    if let (Some(path), Some(hourly)) = (&arguments.hourly, &shown.hourly) {
        let file = File::create(path).map_err(|source| Error::Io { path: path.clone(), source })?;
        hourly.write_csv(BufWriter::new(file), &path.display().to_string())?;
        println!("\nWrote {}", path.display());
    }
    Ok(())
}

fn find_weather(plant: &Plant, arguments: &Arguments) -> Result<Sky> {
    let here = &plant.site;
    if let Some(weather) = common::read_weather(plant, arguments.weather.as_deref())? {
        let km = weather.site().distance_km(&common::site(plant)?);
        let warning = if km > 50.0 { " — far; is it the right file?" } else { "" };
        let mut remarks = vec![format!("recorded {km:.0} km from the park{warning}")];
        if arguments.years > 0 {
            remarks.push("--years is left aside: it makes synthetic years, and the park has a weather file".into());
        }
        remarks.extend(weather.notes().iter().map(ToString::to_string));
        let mut years = weather.years();
        let whole: Vec<Weather> = years.iter().filter(|year| hours(year) >= 8736.0).cloned().collect();
        let is_whole = !whole.is_empty();
        if !is_whole {
            remarks.push(format!("only {:.0} h: all figures are for that time, not a year", hours(&weather)));
            years = vec![weather];
        } else if whole.len() < years.len() {
            remarks.push(format!("{} incomplete years are left out", years.len() - whole.len()));
            years = whole;
        }
        return Ok(Sky { years, whole: is_whole, station: None, remarks });
    }
    let (station, remark) = if let Some(name) = &plant.weather.climate {
        let station = climate::station(name).map_err(|error| {
            let problem = format!("{error}; without this line the nearest station is taken");
            let (key, value) = ("weather.climate".into(), format!("{name:?}"));
            Error::Config { file: String::new(), line: None, key, value, problem }
        })?;
        let km = station.site.distance_km(&common::site(plant)?);
        let warning = if km > 300.0 { " — far; is it the right one?" } else { "" };
        (station, format!("station named by the park, {km:.0} km away{warning}"))
    } else {
        let near = climate::nearest(here.latitude, here.longitude, here.elevation_m)?;
        let height = near.height_difference_m.map_or(String::new(), |m| format!(", {m:+.0} m in height"));
        (near.station, format!("nearest station, {:.0} km away{height}", near.distance_km))
    };
    let weather = Weather::synthetic(station, SYNTHETIC_YEAR, arguments.seed)?;
    let remarks = std::iter::once(remark).chain(weather.notes().iter().map(ToString::to_string)).collect();
    Ok(Sky { years: vec![weather], whole: true, station: Some(station), remarks })
}

fn hours(weather: &Weather) -> f64 {
    weather.len() as f64 * weather.axis().step_h()
}

/// The spread of years that differ as the station's do.
fn varied_years(plant: &Plant, sky: &Sky, arguments: &Arguments) -> Result<Option<Summary>> {
    let Some(station) = sky.station.filter(|_| arguments.years > 0) else {
        return Ok(None);
    };
    let prepared = SyntheticClimate::new(station, SYNTHETIC_YEAR)?;
    let job = |index: usize| {
        let variant = u32::try_from(index).ok();
        let mut options = SyntheticOptions::default();
        (options.seed, options.variant) = (arguments.seed, variant);
        Ok(Job { plant: Cow::Borrowed(plant), weather: Cow::Owned(prepared.year(&options)?) })
    };
    fleet(arguments.years as usize, job, |_| ()).map(Some)
}

/// A number with its thousands apart.
fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{text}{point}{fraction}")
}

/// A number with two decimals where it is small, so that a small roof's tonnes do not round to nothing.
fn amount(value: f64) -> String {
    grouped(value, if value.abs() < 100.0 { 2 } else { 0 })
}

fn print_park(plant: &Plant, file: &str, year: &Year, sky: &Sky) {
    let name = if plant.name.is_empty() { "Park" } else { &plant.name };
    println!("{name}  ({file})");
    let (latitude, longitude) = (plant.site.latitude, plant.site.longitude);
    println!(
        "  site     {:.3}° {}, {:.3}° {}",
        latitude.abs(),
        if latitude < 0.0 { "S" } else { "N" },
        longitude.abs(),
        if longitude < 0.0 { "W" } else { "E" }
    );
    println!("  weather  {}", year.weather);
    for remark in sky.remarks.iter().chain(&year.notes) {
        println!("           {remark}");
    }
    println!("  power    {} kW of modules, {} kW of inverters", amount(year.capacity_kw), amount(year.ac_capacity_kw));
    for (array, result) in plant.array.iter().zip(&year.arrays) {
        let name = if array.name.is_empty() { "array" } else { &array.name };
        let on = array.roof_area_m2.map_or(String::new(), |m2| {
            format!(" on {} m2 ({:.0} W/m2)", grouped(m2, 0), 1000.0 * array.capacity_kw / m2)
        });
        println!(
            "           {name}: {} kW{on}, tilt {}°, azimuth {}°: {:.0} kWh/kW",
            amount(array.capacity_kw),
            array.tilt_deg,
            array.azimuth_deg,
            result.specific_yield_kwh_per_kw
        );
    }
    println!("\nEnergy at the meter  {:>14} kWh", grouped(year.ac_kwh, 0));
    println!("  specific yield     {:>14} kWh/kW", grouped(year.specific_yield_kwh_per_kw, 0));
    println!("  performance ratio  {:>14.3}", year.performance_ratio);
    println!("  capacity factor    {:>14.3}", year.capacity_factor);
    println!("  on the modules     {:>14} kWh/m2", grouped(year.poa_global_kwh_m2, 0));
    println!("  on the horizontal  {:>14} kWh/m2", grouped(year.ghi_kwh_m2, 0));
    if !sky.whole {
        return;
    }
    let life: f64 = year.lifetime_kwh(&plant.lifetime).iter().sum();
    let first = plant.lifetime.first_year.map_or(String::new(), |loss| format!(", {} % in the first", loss * 100.0));
    println!(
        "  over {} years      {:>14} kWh, {} % less each year{first}",
        plant.lifetime.years,
        grouped(life, 0),
        plant.lifetime.degradation * 100.0
    );
}

fn print_years(years: &[Year], sky: &Sky, mean_kwh: f64) {
    if years.len() < 2 {
        return;
    }
    println!("\nYear by year (mean {} kWh; the year nearest to it is shown)", grouped(mean_kwh, 0));
    for (year, weather) in years.iter().zip(&sky.years) {
        let label = weather.axis().local(weather.len() / 2).format("%Y");
        println!("  {label}  {:>14} kWh {:>6.0} kWh/kW", grouped(year.ac_kwh, 0), year.specific_yield_kwh_per_kw);
    }
}

/// A bar of up to 32 blocks.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 32")]
fn bar(share: f64) -> String {
    "█".repeat((32.0 * share.clamp(0.0, 1.0)).round() as usize)
}

fn print_months(year: &Year, sky: &Sky) {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let highest = year.monthly.iter().map(|month| month.ac_kwh).fold(f64::MIN_POSITIVE, f64::max);
    println!("\nMonth   horizontal  on modules       AC kWh");
    let covered = |month: u8| sky.years.iter().any(|w| w.axis().months().iter().any(|m| m.month == month));
    for (name, month) in NAMES.iter().zip(&year.monthly).filter(|(_, month)| covered(month.month)) {
        let bar = bar(month.ac_kwh / highest);
        println!(
            "  {name}    {:>6.1}      {:>6.1}   {:>12}  {bar}",
            month.ghi_kwh_m2,
            month.poa_global_kwh_m2,
            grouped(month.ac_kwh, 0)
        );
    }
    println!("            kWh/m2      kWh/m2");
}

fn print_ledger(year: &Year) {
    println!("\nWhere the energy goes                kWh     change");
    for (index, step) in year.ledger.steps().iter().enumerate() {
        let change = 100.0 * (step.factor - 1.0);
        // A step that is switched off is not worth a line.
        if index > 0 && change.abs() < 5e-5 {
            continue;
        }
        let change = if index == 0 { String::new() } else { format!("{change:+.2} %") };
        println!("  {:<28} {:>14} {change:>10}", step.name, grouped(step.energy_kwh, 0));
    }
}

fn print_spread(spread: Option<&Summary>) {
    let Some(summary) = spread else { return };
    println!("\nOf {} synthetic years", summary.plants);
    if summary.plants < 2 {
        println!("  {:.0} kWh/kW; more than one year is needed to show a spread", summary.mean_yield());
        return;
    }
    println!(
        "  mean {:.0}, standard deviation {:.0}, lowest {:.0}, highest {:.0} kWh/kW",
        summary.mean_yield(),
        summary.sd_yield(),
        summary.min_yield,
        summary.max_yield
    );
    println!(
        "  reached in half of the years {:.0}, in nine of ten {:.0} kWh/kW",
        summary.quantile_yield(0.5),
        summary.quantile_yield(0.1)
    );
}

fn print_saved(plant: &Plant, year: &Year, saved: &Saved) {
    let kwh = grouped(year.ac_kwh, 0);
    println!("\nCoal that {kwh} kWh stand for     t standard        t raw   kgce/kWh");
    for coal in &saved.coal {
        let convention = &coal.convention;
        println!(
            "  {:<42} {:>12} {:>12} {:>10.4}  {}",
            convention.title(),
            amount(coal.coal_t_standard),
            amount(coal.coal_t_raw),
            convention.kgce_per_kwh,
            convention.source
        );
    }
    println!("\nCO2 that they replace                            t CO2   kg/kWh");
    if plant.carbon.region.is_none() && plant.carbon.factor_kg_per_kwh.is_none() {
        println!("  (the park names no region: China)");
    }
    for co2 in &saved.co2 {
        let factor = &co2.factor;
        println!(
            "  {:<42} {:>9} {:>8.4}  {}; {}",
            co2.convention,
            amount(co2.co2_t),
            factor.value,
            factor.source,
            factor.confidence.remark()
        );
    }
}

/// How much `stated` lies above `simulated`, in words.
fn against(stated: f64, simulated: f64) -> String {
    let percent = 100.0 * (stated / simulated - 1.0);
    if percent.abs() < 0.05 { "the same".into() } else { format!("{percent:+.1} %") }
}

fn print_stated(plant: &Plant, year: &Year, saved: &Saved, sky: &Sky) {
    let stated = &plant.stated;
    if stated.annual_kwh.is_none() && stated.coal_t.is_none() && stated.co2_t.is_none() {
        return;
    }
    println!("\nStated against simulated");
    if !sky.whole {
        println!("  left out: what is stated holds for a year, and the weather does not cover one");
        return;
    }
    if let Some(kwh) = stated.annual_kwh {
        let specific = kwh / year.capacity_kw;
        println!(
            "  energy   {} kWh, {specific:.0} kWh/kW; simulated {:.0} kWh/kW: stated is {}",
            grouped(kwh, 0),
            year.specific_yield_kwh_per_kw,
            against(kwh, year.ac_kwh)
        );
        if let Some(station) = sky.station {
            let sigmas = 100.0 * (kwh / year.ac_kwh - 1.0) / station.sigma_year_pct;
            println!(
                "           or {sigmas:+.1} standard deviations of the year-to-year change in sunshine ({:.1} %)",
                station.sigma_year_pct
            );
        }
    }
    // Coal and CO2 are held against the energy that they were stated with.
    let (kwh, of) = match stated.annual_kwh {
        Some(kwh) => (kwh, "stated"),
        None => (year.ac_kwh, "simulated"),
    };
    let nearest = |value: f64, candidate: f64| (value / candidate).ln().abs();
    if let Some(coal) = stated.coal_t {
        let per_kwh = coal * 1000.0 / kwh;
        let like = saved
            .coal
            .iter()
            .map(|c| c.convention)
            .min_by(|a, b| nearest(per_kwh, a.kgce_per_kwh).total_cmp(&nearest(per_kwh, b.kgce_per_kwh)));
        println!("  coal     {} t, {per_kwh:.3} kg for each {of} kWh", amount(coal));
        if let Some(like) = like {
            println!(
                "           nearest: {} of {}; stated is {}",
                like.kgce_per_kwh,
                like.title(),
                against(per_kwh, like.kgce_per_kwh)
            );
        }
    }
    if let Some(co2) = stated.co2_t {
        let per_kwh = co2 * 1000.0 / kwh;
        let like = saved
            .co2
            .iter()
            .min_by(|a, b| nearest(per_kwh, a.factor.value).total_cmp(&nearest(per_kwh, b.factor.value)));
        println!("  CO2      {} t, {per_kwh:.3} kg for each {of} kWh", amount(co2));
        if let Some(like) = like {
            println!(
                "           nearest: {:.3} of {}; stated is {}",
                like.factor.value,
                like.convention,
                against(per_kwh, like.factor.value)
            );
        }
    }
}

fn as_json(plant: &Plant, year: &Year, saved: &Saved, sky: &Sky, years: &[Year], spread: Option<&Summary>) -> Value {
    let mut value = json!(year);
    if let Value::Object(map) = &mut value {
        map.insert("site".into(), json!(plant.site));
        map.insert("weather_site".into(), json!(sky.years.first().map(Weather::site)));
        map.insert("weather_notes".into(), json!(sky.remarks));
        map.insert("years_ac_kwh".into(), json!(years.iter().map(|year| year.ac_kwh).collect::<Vec<_>>()));
        map.insert("lifetime_ac_kwh".into(), json!(sky.whole.then(|| year.lifetime_kwh(&plant.lifetime))));
        map.insert("coal".into(), json!(saved.coal));
        map.insert("co2".into(), json!(saved.co2));
        map.insert("stated".into(), json!(plant.stated));
        map.insert("synthetic_years".into(), json!(spread));
    }
    value
}
