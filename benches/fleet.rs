//! Fleets of sites, each with weather of its own: threads against one another, time a site and memory by size.
//! `cargo bench --bench fleet` takes about half a minute; memory is read from Linux and left out elsewhere.

mod common;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use rayon::{ThreadPool, ThreadPoolBuilder};
use rooftop_pv::simulate::{Job, Summary, fleet};
use rooftop_pv::sun::SunTable;
use rooftop_pv::{Plant, Result, SunAt, Weather};

/// Weathers that are kept; a larger fleet goes round.
const WEATHERS: usize = 64;
/// Measurements of each figure, of which the median counts.
const ROUNDS: usize = 9;

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The largest resident memory so far, MB.
fn most_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

/// The fleet's summary, and microseconds a site.
fn timed<'a>(pool: &ThreadPool, sites: usize, job: impl Fn(usize) -> Result<Job<'a>> + Sync) -> Result<(Summary, f64)> {
    let start = Instant::now();
    let summary = pool.install(|| fleet(sites, &job, |_| {}))?;
    Ok((summary, start.elapsed().as_secs_f64() * 1e6 / sites as f64))
}

fn main() -> Result<()> {
    // `cargo test --benches` only sees whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let table = SunTable::new(common::axis(SunAt::default()));
    let weathers: Vec<Weather> = (0..).take(WEATHERS).map(|index| common::weather(index, &table)).collect();
    let plants: Vec<Plant> = weathers.iter().map(|weather| common::plant(weather.site(), 30.0, 180.0)).collect();
    let borrowed = |i: usize| {
        Ok(Job { plant: Cow::Borrowed(&plants[i % WEATHERS]), weather: Cow::Borrowed(&weathers[i % WEATHERS]) })
    };
    // A series that no other site has, made when its turn comes and dropped after it.
    let owned = |i: usize| {
        let weather = &weathers[i % WEATHERS];
        let mut columns = weather.columns().clone();
        columns.wind_speed[0] += i as f64 * 1e-9;
        let weather = Weather::new(*weather.site(), Arc::clone(weather.axis()), columns, "one of many")?;
        Ok(Job { plant: Cow::Borrowed(&plants[i % WEATHERS]), weather: Cow::Owned(weather) })
    };
    let shared =
        |i: usize| Ok(Job { plant: Cow::Borrowed(&plants[i % WEATHERS]), weather: Cow::Borrowed(&weathers[0]) });
    let pools: Vec<ThreadPool> = [1, 2, 7]
        .into_iter()
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads"))
        .collect();

    println!("threads, 1000 sites with weather of their own; medians of {ROUNDS} rounds in turn");
    let (mut one, mut two, mut gain) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (alone, us_alone) = timed(&pools[0], 1000, borrowed)?;
        let (pair, us_pair) = timed(&pools[1], 1000, borrowed)?;
        assert_eq!(alone, pair, "two threads have to give the bits of one");
        assert_eq!(alone, timed(&pools[2], 1000, borrowed)?.0, "seven threads have to give the bits of one");
        if round > 0 {
            one.push(us_alone);
            two.push(us_pair);
            gain.push(us_alone / us_pair);
        }
    }
    println!("  one thread {:.1} us a site, two {:.1}: {:.2} times", median(one), median(two), median(gain));

    println!("size, one thread: us a site with weather of its own, with one weather for all; medians of the rounds");
    for sites in [10, 100, 1_000, 10_000, 100_000] {
        let rounds = if sites > 1_000 { 1 } else { ROUNDS };
        let (mut own, mut common) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            own.push(timed(&pools[0], sites, borrowed)?.1);
            common.push(timed(&pools[0], sites, shared)?.1);
        }
        println!("  {sites:>7} sites: {:6.1} {:6.1}", median(own), median(common));
    }

    if let Some(before) = most_memory_mb() {
        println!("memory, two threads, each site's weather made in its turn: largest resident, MB");
        println!("  before: {before:.1} ({WEATHERS} weathers are kept)");
        for sites in [100, 1_000, 10_000, 100_000] {
            let (summary, us) = timed(&pools[1], sites, owned)?;
            let memory = most_memory_mb().unwrap_or(f64::NAN);
            println!("  {:>7} sites: {memory:.1}; {us:.1} us a site", summary.plants);
        }
    }
    Ok(())
}
