//! A thousand roofs of one city in one call, with a progress bar.
//!
//! `cargo run --release --example fleet [ROOFS]`

mod common;

use std::borrow::Cow;
use std::process::ExitCode;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use rooftop_pv::simulate::{Job, fleet};
use rooftop_pv::weather::climate;
use rooftop_pv::{Error, Plant, Weather};

fn main() -> ExitCode {
    common::run_and_tell(run)
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let roofs: usize = std::env::args().nth(1).map_or(Ok(1000), |n| n.parse())?;
    let weather = Weather::synthetic(climate::station("Zhangqiu")?, 2025, 1)?;
    let jidong = Plant::jidong()?;
    // Roofs of 20 to 2,000 kW, of every orientation and up to 30 degrees of tilt.
    let roof = |index: usize| {
        let spread = |step: usize, range: usize| (index * step % range) as f64;
        let mut plant = jidong.clone();
        plant.name = format!("roof {}", index + 1);
        plant.array.truncate(1);
        let array = &mut plant.array[0];
        array.roof_area_m2 = None;
        array.capacity_kw = 20.0 + spread(619, 1981);
        array.tilt_deg = spread(7, 31);
        array.azimuth_deg = spread(97, 360);
        Ok::<_, Error>(Job { plant: Cow::Owned(plant), weather: Cow::Borrowed(&weather) })
    };

    let bar = ProgressBar::new(roofs as u64).with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} roofs")?);
    let start = Instant::now();
    let summary = fleet(roofs, roof, |_| bar.inc(1))?;
    let seconds = start.elapsed().as_secs_f64();
    bar.finish_and_clear();

    println!("{} roofs, {:.1} MW, in {:.3} s", summary.plants, summary.capacity_kw / 1e3, seconds);
    println!("{:.2} GWh a year, {:.0} kWh/kW", summary.ac_kwh / 1e6, summary.ac_kwh / summary.capacity_kw);
    println!(
        "specific yield: mean {:.0}, standard deviation {:.0}, lowest {:.0}, median {:.0}, highest {:.0} kWh/kW",
        summary.mean_yield(),
        summary.sd_yield(),
        summary.min_yield,
        summary.quantile_yield(0.5),
        summary.max_yield
    );
    Ok(())
}
