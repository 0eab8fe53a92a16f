//! What the examples share.
#![allow(dead_code, reason = "each example uses its part")]

use std::fmt::Display;
use std::path::Path;
use std::process::{ExitCode, exit};

use rooftop_pv::weather::ReadOptions;
use rooftop_pv::{Error, Plant, Result, Site, Weather, plant};

/// Runs an example to its end and tells its error.
pub fn run_and_tell<E: Display>(run: impl FnOnce() -> std::result::Result<(), E>) -> ExitCode {
    end_quietly_without_reader();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Ends the program without a word where nobody reads its output any more, as behind `| head -3`: `println!` panics there, and without
/// unsafe code there is no earlier sign.
pub fn end_quietly_without_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let message = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        if !message.starts_with("failed printing to stdout") {
            return usual(panic);
        }
        // EPIPE, and Windows' two words for it.
        if ["(os error 32)", "(os error 109)", "(os error 232)"].iter().any(|closed| message.ends_with(closed)) {
            exit(0);
        }
        eprintln!("error: {message}");
        exit(1);
    }));
}

/// Says where in the park file the error's key stands.
pub fn located(error: Error, park: Option<&Path>) -> Error {
    match park.and_then(|path| Some((path, std::fs::read_to_string(path).ok()?))) {
        Some((path, text)) => plant::locate(&text, &path.display().to_string(), error),
        None => error,
    }
}

/// The weather of the file given, or else of the park's, by the park's clock where the file has UTC.
pub fn read_weather(plant: &Plant, given: Option<&Path>) -> Result<Option<Weather>> {
    let read = |options: &ReadOptions| match given {
        Some(path) => Weather::from_file_with(path, options).map(Some),
        None => plant.read_weather(options),
    };
    let options = ReadOptions::default().fallback_site(site(plant)?);
    let weather = read(&options)?;
    let offset = plant.site.utc_offset_h.unwrap_or(0.0);
    match weather {
        // Files in UTC say nothing of the park's own days and months.
        Some(weather) if weather.site().utc_offset_h == 0.0 && offset != 0.0 => read(&options.utc_offset_h(offset)),
        weather => Ok(weather),
    }
}

/// Where the park stands.
pub fn site(plant: &Plant) -> Result<Site> {
    let here = &plant.site;
    Site::new(here.latitude, here.longitude, here.elevation_m.unwrap_or(0.0), here.utc_offset_h.unwrap_or(0.0))
}

/// Refuses results whose file is one that is read, or another's.
pub fn check_results<'a>(
    results: impl IntoIterator<Item = Option<&'a Path>>,
    read: impl IntoIterator<Item = Option<&'a Path>>,
) -> Result<()> {
    let mut taken: Vec<&Path> = read.into_iter().flatten().collect();
    for path in results.into_iter().flatten() {
        // Of files that are not there yet the names have to do.
        let is_same = |other: &&Path| match (path.canonicalize(), other.canonicalize()) {
            (Ok(path), Ok(other)) => path == other,
            _ => path == *other,
        };
        if taken.iter().any(is_same) {
            return Err(Error::Format {
                file: path.display().to_string(),
                problem: "the results would overwrite what is read from it, or other results".into(),
                fix: "give them another name".into(),
            });
        }
        taken.push(path);
    }
    Ok(())
}

/// A whole number that is not negative, for the command line.
pub fn whole(text: &str) -> std::result::Result<u64, String> {
    text.parse().map_err(|_| format!("allowed is a whole number from 0 to {}", u64::MAX))
}
