//! The Rust side of the comparison. Reads a request a line, answers it, until its input ends:
//!
//! - `weather <index>`: the site's latitude, longitude, height and offset from UTC in one line, then a line
//!   of numbers each for ghi, dni, dhi, `temp_air` and `wind_speed`;
//! - `<tool> <case>`, the tool `ours` or `pvlib_rust`: microseconds a run and the kWh of the last run.

#[path = "../../common/mod.rs"]
mod common;
mod ours;
mod pvlib_rust;

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::{Duration, Instant};

use rooftop_pv::{SunAt, Weather, sun::SunTable};

/// How many sites `batch` goes round.
const SITES: u32 = 16;
/// A measurement lasts about as long as one run of the slow tools, so that whatever else the machine does
/// falls on all alike; therefore also the mean of its runs and not their median.
const MEASUREMENT: Duration = Duration::from_millis(50);

/// What both tools compute a case from; `k` counts the runs.
type Run<'a> = Box<dyn FnMut(usize) -> f64 + 'a>;

fn measure(mut run: Run<'_>) -> (f64, f64) {
    run(0);
    let start = Instant::now();
    let mut runs = 0;
    loop {
        let kwh = run(runs);
        runs += 1;
        let elapsed = start.elapsed();
        if elapsed >= MEASUREMENT {
            return (elapsed.as_secs_f64() * 1e6 / runs as f64, kwh);
        }
    }
}

fn print_weather(out: &mut impl Write, weather: &Weather) -> std::io::Result<()> {
    let (site, columns) = (weather.site(), weather.columns());
    writeln!(out, "{} {} {} {}", site.latitude, site.longitude, site.elevation_m, site.utc_offset_h)?;
    for column in [&columns.ghi, &columns.dni, &columns.dhi, &columns.temp_air, &columns.wind_speed] {
        let numbers: Vec<String> = column.iter().map(f64::to_string).collect();
        writeln!(out, "{}", numbers.join(" "))?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let table = SunTable::new(common::axis(SunAt::Middle));
    let weathers: Vec<Weather> = (0..SITES).map(|index| common::weather(index, &table)).collect();
    let mut ours = ours::Ours::new(table, &weathers);
    let mut pvlib_rust = pvlib_rust::PvlibRust::new(&weathers);
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        match line.split_once(' ').ok_or("a request has two words")? {
            ("weather", index) => {
                let index: usize = index.parse()?;
                print_weather(&mut out, weathers.get(index).ok_or("no such site")?)?;
            }
            (tool, case) => {
                let run = match tool {
                    "ours" => ours.case(case),
                    "pvlib_rust" => pvlib_rust.case(case),
                    _ => None,
                };
                let (us, kwh) = measure(run.ok_or_else(|| format!("no case {line}"))?);
                writeln!(out, "{us} {kwh}")?;
            }
        }
        out.flush()?;
    }
    Ok(())
}
