//! What a site-year of 8760 hours costs: stage by stage, with parts of it kept, swept, and many at once.
//! `cargo bench --bench site_year` prints the time of a run and, as "thrpt", the nanoseconds that an hour takes.

mod common;
mod per_hour;

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion};
use per_hour::{NsPerHour, hours};
use rooftop_pv::plant::Mounting;
use rooftop_pv::simulate::{Daylight, Job, Sweep, fleet};
use rooftop_pv::sun::{SunNodes, SunTable, SunTrack};
use rooftop_pv::time::Values;
use rooftop_pv::{Plant, Site, SunAt, TimeAxis, Weather};

/// What most benchmarks share.
struct Prepared {
    site: Site,
    axis: Arc<TimeAxis>,
    table: Arc<SunTable>,
    weather: Weather,
    plant: Plant,
}

impl Prepared {
    fn new() -> Self {
        let site = common::site(0);
        let axis = Arc::new(common::axis(SunAt::default()));
        let table = Arc::new(SunTable::new(Arc::clone(&axis)));
        let weather = common::weather(0, &table);
        Self { site, axis, table, weather, plant: common::plant(&site, 30.0, 180.0) }
    }

    fn axis(&self) -> TimeAxis {
        TimeAxis::hourly_year(common::YEAR, self.site.utc_offset_s()).unwrap()
    }

    fn track(&self) -> SunTrack {
        let temp_air = Values::Series(&self.weather.columns().temp_air);
        SunTrack::new(&self.table, &self.site, Values::Constant(self.site.pressure()), temp_air).unwrap()
    }

    fn daylight(&self) -> Daylight {
        Daylight::of(&self.weather, &self.table, self.plant.models.transposition).unwrap()
    }
}

/// Each stage by itself, in fresh memory.
fn stages(criterion: &mut Criterion<NsPerHour>, p: &Prepared) {
    let mut group = criterion.benchmark_group("stage");
    group.throughput(hours(1));
    group.bench_function("axis", |b| b.iter(|| p.axis()));
    group.bench_function("weather", |b| {
        b.iter(|| Weather::new(p.site, Arc::clone(&p.axis), p.weather.columns().clone(), "").unwrap());
    });
    group.bench_function("sun_table", |b| b.iter(|| SunTable::new(Arc::clone(&p.axis))));
    let mut nodes = SunNodes::new();
    group.bench_function("sun_table_from_kept_nodes", |b| b.iter(|| nodes.table(Arc::clone(&p.axis))));
    group.bench_function("track", |b| b.iter(|| p.track()));
    let track = Arc::new(p.track());
    group.bench_function("daylight", |b| {
        b.iter(|| Daylight::new(&track, &p.weather, p.plant.models.transposition).unwrap());
    });
    group.bench_function("validate", |b| b.iter(|| p.plant.validate().unwrap()));
    group.finish();
}

/// A whole site-year, by how much of it is kept from the last one.
fn site_year(criterion: &mut Criterion<NsPerHour>, p: &Prepared) {
    let mut group = criterion.benchmark_group("site_year");
    group.throughput(hours(1));
    group.bench_function("with_hourly_columns", |b| b.iter(|| p.plant.simulate(&p.weather).unwrap()));
    group.bench_function("cold", |b| {
        b.iter(|| {
            let weather = Weather::new(p.site, p.axis(), p.weather.columns().clone(), "").unwrap();
            p.plant.simulate_with(&weather, &SunTable::new(Arc::clone(weather.axis()))).unwrap()
        });
    });
    group.bench_function("table_kept", |b| b.iter(|| p.plant.simulate_with(&p.weather, &p.table).unwrap()));
    let track = Arc::new(p.track());
    group.bench_function("track_kept", |b| {
        b.iter(|| {
            let daylight = Daylight::new(&track, &p.weather, p.plant.models.transposition).unwrap();
            p.plant.simulate_on(&daylight, &p.weather).unwrap()
        });
    });
    let daylight = p.daylight();
    group.bench_function("daylight_kept", |b| {
        let (mut plant, mut tilts) = (p.plant.clone(), (0..91).cycle());
        b.iter(|| {
            plant.array[0].tilt_deg = f64::from(tilts.next().unwrap_or_default());
            plant.simulate_on(&daylight, &p.weather).unwrap()
        });
    });

    // From here on a sweep keeps what the next plant shares with the last.
    let mut sweep = Sweep::new(&daylight, &p.weather).unwrap();
    let mut plant = p.plant.clone();
    group.bench_function("irradiance_kept", |b| {
        let mut mountings = [Mounting::OpenRack, Mounting::Roof].into_iter().cycle();
        b.iter(|| {
            plant.array[0].mounting = mountings.next().unwrap_or_default();
            sweep.totals(&plant).unwrap()
        });
    });
    let mut hundredths = (0..100).map(f64::from).cycle();
    let mut part = move || hundredths.next().unwrap_or_default() / 100.0;
    group.bench_function("cell_temperature_kept", |b| {
        b.iter(|| {
            plant.array[0].gamma_pdc = Some(-0.003 - 0.001 * part());
            sweep.totals(&plant).unwrap()
        });
    });
    let mut hundredths = (0..100).map(f64::from).cycle();
    let mut part = move || hundredths.next().unwrap_or_default() / 100.0;
    group.bench_function("dc_power_kept", |b| {
        b.iter(|| {
            plant.losses.soiling = 0.05 * part();
            sweep.totals(&plant).unwrap()
        });
    });
    group.finish();
}

/// A search for the best tilt and a thousand samples of losses, each with its weather and sun.
fn sweeps(criterion: &mut Criterion<NsPerHour>, p: &Prepared) {
    let mut group = criterion.benchmark_group("sweep");
    group.throughput(hours(100));
    group.bench_function("100_tilts", |b| {
        b.iter(|| {
            let (daylight, mut plant) = (p.daylight(), p.plant.clone());
            let mut sweep = Sweep::new(&daylight, &p.weather).unwrap();
            let yields = (0..100).map(|i| {
                plant.array[0].tilt_deg = 0.9 * f64::from(i);
                sweep.totals(&plant).unwrap().ac_kwh
            });
            black_box(yields.fold(0.0, f64::max))
        });
    });
    group.throughput(hours(1000));
    group.bench_function("monte_carlo_1000_losses", |b| {
        b.iter(|| {
            let (daylight, mut plant) = (p.daylight(), p.plant.clone());
            let mut sweep = Sweep::new(&daylight, &p.weather).unwrap();
            let yields = (0..1000).map(|i| {
                plant.losses.soiling = 0.0001 * f64::from(i);
                sweep.totals(&plant).unwrap().ac_kwh
            });
            black_box(yields.sum::<f64>())
        });
    });
    group.finish();
}

/// Sites with their own weather, on all threads.
fn fleets(criterion: &mut Criterion<NsPerHour>, p: &Prepared) {
    let weathers: Vec<Weather> = (0..100).map(|index| common::weather(index, &p.table)).collect();
    let plants: Vec<Plant> = weathers.iter().map(|weather| common::plant(weather.site(), 30.0, 180.0)).collect();
    let job = |i: usize| Ok(Job { plant: Cow::Borrowed(&plants[i % 100]), weather: Cow::Borrowed(&weathers[i % 100]) });
    let mut group = criterion.benchmark_group("fleet");
    for sites in [1, 10, 100, 1000] {
        group.throughput(hours(sites));
        group.bench_function(BenchmarkId::from_parameter(sites), |b| {
            b.iter(|| fleet(sites, job, |_| {}).unwrap());
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .with_measurement(NsPerHour)
        .sample_size(30)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let prepared = Prepared::new();
    stages(&mut criterion, &prepared);
    site_year(&mut criterion, &prepared);
    sweeps(&mut criterion, &prepared);
    fleets(&mut criterion, &prepared);
    criterion.final_summary();
}
