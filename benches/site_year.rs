//! What a site-year of 8760 hours costs: stage by stage, whole, and many at once. `cargo bench`.

mod common;

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use rooftop_pv::simulate::{Daylight, Job, fleet};
use rooftop_pv::sun::{SunTable, SunTrack};
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

    fn hours(&self) -> Throughput {
        Throughput::Elements(self.axis.len() as u64)
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
fn stages(criterion: &mut Criterion, p: &Prepared) {
    let mut group = criterion.benchmark_group("stage");
    group.throughput(p.hours());
    group.bench_function("axis", |b| {
        b.iter(|| TimeAxis::hourly_year(common::YEAR, p.site.utc_offset_s()).unwrap());
    });
    group.bench_function("sun_table", |b| b.iter(|| SunTable::new(Arc::clone(&p.axis))));
    group.bench_function("track", |b| b.iter(|| p.track()));
    let track = Arc::new(p.track());
    group.bench_function("daylight", |b| {
        b.iter(|| Daylight::new(&track, &p.weather, p.plant.models.transposition).unwrap());
    });
    let daylight = p.daylight();
    group.bench_function("validate", |b| b.iter(|| p.plant.validate().unwrap()));
    group.bench_function("plane", |b| b.iter(|| p.plant.simulate_on(&daylight, &p.weather).unwrap()));
    group.finish();
}

/// A whole site-year, by how much of it is shared.
fn site_year(criterion: &mut Criterion, p: &Prepared) {
    let mut group = criterion.benchmark_group("site_year");
    group.throughput(p.hours());
    group.bench_function("cold", |b| {
        b.iter(|| {
            let axis = TimeAxis::hourly_year(common::YEAR, p.site.utc_offset_s()).unwrap();
            let columns = p.weather.columns().clone();
            let weather = Weather::new(p.site, axis, columns, "").unwrap();
            p.plant.simulate_with(&weather, &SunTable::new(Arc::clone(weather.axis()))).unwrap()
        });
    });
    group.bench_function("simulate_with_hourly_columns", |b| b.iter(|| p.plant.simulate(&p.weather).unwrap()));
    group.bench_function("warm", |b| b.iter(|| p.plant.simulate_with(&p.weather, &p.table).unwrap()));
    let daylight = p.daylight();
    let mut tilts = (0..91).cycle();
    group.bench_function("planes", |b| {
        b.iter(|| {
            let tilt = f64::from(tilts.next().unwrap_or_default());
            common::tilted(&p.plant, tilt).simulate_on(&daylight, &p.weather).unwrap()
        });
    });
    group.finish();
}

/// A hundred tilts under one sky: the search for the best one.
fn sweep(criterion: &mut Criterion, p: &Prepared) {
    let plants: Vec<Plant> = (0..100).map(|i| common::tilted(&p.plant, 0.9 * f64::from(i))).collect();
    let mut group = criterion.benchmark_group("sweep");
    group.throughput(Throughput::Elements(p.axis.len() as u64 * plants.len() as u64));
    group.bench_function("100_tilts", |b| {
        b.iter(|| {
            let daylight = p.daylight();
            let yields = plants.iter().map(|plant| plant.simulate_on(&daylight, &p.weather).unwrap().ac_kwh);
            black_box(yields.fold(0.0, f64::max))
        });
    });
    group.finish();
}

/// Sites with their own weather, on all threads.
fn fleets(criterion: &mut Criterion, p: &Prepared) {
    let weathers: Vec<Weather> = (0..100).map(|index| common::weather(index, &p.table)).collect();
    let plants: Vec<Plant> = weathers.iter().map(|weather| common::plant(weather.site(), 30.0, 180.0)).collect();
    let job = |i: usize| Ok(Job { plant: Cow::Borrowed(&plants[i % 100]), weather: Cow::Borrowed(&weathers[i % 100]) });
    let mut group = criterion.benchmark_group("fleet");
    for sites in [1, 10, 100] {
        group.throughput(Throughput::Elements(p.axis.len() as u64 * sites as u64));
        group.bench_function(BenchmarkId::from_parameter(sites), |b| {
            b.iter(|| fleet(sites, job, |_| {}).unwrap());
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let prepared = Prepared::new();
    stages(&mut criterion, &prepared);
    site_year(&mut criterion, &prepared);
    sweep(&mut criterion, &prepared);
    fleets(&mut criterion, &prepared);
    criterion.final_summary();
}
