//! Runs one case once, for counting its instructions under callgrind: see instructions.sh. A count does not know how
//! busy the machine is, so it shows what a stopwatch cannot.

mod common;

use std::hint::black_box;
use std::sync::Arc;

use rooftop_pv::simulate::{Daylight, Sweep};
use rooftop_pv::sun::SunTable;
use rooftop_pv::{SunAt, TimeAxis, Weather};

/// What callgrind counts in: everything that is called from here.
#[inline(never)]
fn counted(run: impl FnOnce() -> f64) -> f64 {
    black_box(run())
}

fn main() {
    // Cargo hands bench targets arguments of its own.
    let case = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let site = common::site(0);
    let table = Arc::new(SunTable::new(common::axis(SunAt::default())));
    let weather = common::weather(0, &table);
    let mut plant = common::plant(&site, 30.0, 180.0);
    let daylight = Daylight::of(&weather, &table, plant.models.transposition).expect("one axis");
    let kwh = match case.as_str() {
        "cold" => {
            let columns = weather.columns().clone();
            counted(|| {
                let axis = TimeAxis::hourly_year(common::YEAR, site.utc_offset_s()).expect("a year");
                let weather = Weather::new(site, axis, columns, "").expect("possible weather");
                let table = SunTable::new(Arc::clone(weather.axis()));
                plant.simulate_with(&weather, &table).expect("a plant that can be").ac_kwh
            })
        }
        "batch" => counted(|| plant.simulate_with(&weather, &table).expect("a plant that can be").ac_kwh),
        "plane" => counted(|| plant.simulate_on(&daylight, &weather).expect("a plant that can be").ac_kwh),
        "sample" => {
            let mut sweep = Sweep::new(&daylight, &weather).expect("its own weather");
            sweep.totals(&plant).expect("a plant that can be");
            plant.losses.soiling = 0.03;
            counted(|| sweep.totals(&plant).expect("a plant that can be").ac_kwh)
        }
        "table" => counted(|| SunTable::new(Arc::clone(table.axis())).cos_zenith(&site, 0.0)[12]),
        // `cargo test --benches` and a plain `cargo bench` only see whether it starts.
        _ => return,
    };
    println!("{kwh}");
}
