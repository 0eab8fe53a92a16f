//! What each model costs in a block of hours: `cargo bench --bench models` prints, as "thrpt", the nanoseconds of an hour.
//! A family's benches stand in a file of their own; `block` runs a model over [`Hours`] as the chain does, so that it
//! vectorises as there.

#[path = "../per_hour.rs"]
mod per_hour;

mod air;
mod decomposition;
mod inverter;
mod module_power;
mod once;
mod plane;
mod rows;
mod single_diode;
mod snow;
mod soiling;
mod spectral;
mod subhourly;
mod thermal;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkGroup, Criterion, Throughput};
use per_hour::NsPerHour;
use rooftop_pv::math;
use rooftop_pv::sky::{erbs, kasten_young_1989};

/// As many hours as a block of the chain has.
pub const N: usize = 768;

/// A column of a block.
pub type Column = [f64; N];

/// The hours of a block: a sun that rises and sets over roofs, under clouds of every kind. Units as in the crate.
#[allow(missing_docs, reason = "the columns have the field's own names")]
pub struct Hours {
    pub zenith: Column,
    pub azimuth: Column,
    pub east: Column,
    pub north: Column,
    pub cos_zenith: Column,
    pub aoi: Column,
    pub cos_aoi: Column,
    pub airmass: Column,
    pub dni_extra: Column,
    pub ghi: Column,
    pub dni: Column,
    pub dhi: Column,
    pub poa: Column,
    pub temp_air: Column,
    pub temp_cell: Column,
    pub wind_speed: Column,
    pub precipitable_water: Column,
    pub pressure: Column,
    pub clearsky_index: Column,
    pub rainfall: Column,
}

impl Hours {
    fn new() -> Self {
        let zero = [0.0; N];
        let mut hours = Self {
            zenith: zero,
            azimuth: zero,
            east: zero,
            north: zero,
            cos_zenith: zero,
            aoi: zero,
            cos_aoi: zero,
            airmass: zero,
            dni_extra: zero,
            ghi: zero,
            dni: zero,
            dhi: zero,
            poa: zero,
            temp_air: zero,
            temp_cell: zero,
            wind_speed: zero,
            precipitable_water: zero,
            pressure: zero,
            clearsky_index: zero,
            rainfall: zero,
        };
        for i in 0..N {
            let part = |k: usize| ((i * k) % 97) as f64 / 97.0;
            let zenith = 20.0 + 68.0 * part(13);
            let extra = 1366.0 + 40.0 * part(3);
            let cos_zenith = zenith.to_radians().cos();
            let ghi = extra * cos_zenith * (0.05 + 0.75 * part(29));
            let parts = erbs(ghi, zenith, extra);
            let aoi = (zenith - 25.0 * part(7)).abs();
            hours.zenith[i] = zenith;
            hours.azimuth[i] = 90.0 + 180.0 * part(19);
            let (east, north) = hours.azimuth[i].to_radians().sin_cos();
            let sin_zenith = zenith.to_radians().sin();
            (hours.east[i], hours.north[i]) = (sin_zenith * east, sin_zenith * north);
            hours.cos_zenith[i] = cos_zenith;
            hours.aoi[i] = aoi;
            hours.cos_aoi[i] = aoi.to_radians().cos();
            hours.airmass[i] = kasten_young_1989(zenith);
            hours.dni_extra[i] = extra;
            (hours.ghi[i], hours.dni[i], hours.dhi[i]) = (ghi, parts.dni, parts.dhi);
            hours.poa[i] = parts.dni * hours.cos_aoi[i] + parts.dhi;
            hours.temp_air[i] = -10.0 + 45.0 * part(31);
            hours.temp_cell[i] = hours.temp_air[i] + hours.poa[i] / 30.0;
            hours.wind_speed[i] = 9.0 * part(17);
            hours.precipitable_water[i] = 0.3 + 4.5 * part(11);
            hours.pressure[i] = 85e3 + 17e3 * part(5);
            hours.clearsky_index[i] = 0.05 + 1.1 * part(29);
            hours.rainfall[i] = if part(19) > 0.9 { 4.0 * part(23) } else { 0.0 };
        }
        hours
    }
}

/// A group of benches and the hours that they run over.
pub struct Bench<'a, 'c> {
    group: BenchmarkGroup<'c, NsPerHour>,
    hours: &'a Hours,
}

impl Bench<'_, '_> {
    /// Runs what computes a whole block by itself.
    #[inline(always)]
    pub fn whole(&mut self, name: &str, model: impl Fn(&Hours, &mut Column)) {
        let (hours, mut out) = (self.hours, [0.0; N]);
        self.group.bench_function(name, |b| {
            b.iter(|| {
                let hours = black_box(hours);
                math::vectorised(
                    #[inline(always)]
                    || model(hours, &mut out),
                );
                black_box(&mut out);
            });
        });
    }

    /// Runs a model over the block, compiled for the widest registers there are. The closure must be `#[inline(always)]`.
    #[inline(always)]
    pub fn block(&mut self, name: &str, model: impl Fn(&Hours, usize) -> f64) {
        let (hours, mut out) = (self.hours, [0.0; N]);
        self.group.bench_function(name, |b| {
            b.iter(|| {
                let hours = black_box(hours);
                math::vectorised(
                    #[inline(always)]
                    || fill(hours, &mut out, &model),
                );
                black_box(&mut out);
            });
        });
    }
}

impl Bench<'_, '_> {
    /// Runs what goes over the block by itself, from columns to a column.
    pub fn columns(&mut self, name: &str, model: impl Fn(&Hours, &mut Column)) {
        let (hours, mut out) = (self.hours, [0.0; N]);
        self.group.bench_function(name, |b| {
            b.iter(|| {
                model(black_box(hours), &mut out);
                black_box(&mut out);
            });
        });
    }
}

/// As a function of its own, so that the compiler knows that the results lie apart from the hours and from the model's parameters.
#[inline(always)]
fn fill(hours: &Hours, out: &mut Column, model: &impl Fn(&Hours, usize) -> f64) {
    for i in 0..N {
        out[i] = model(hours, i);
    }
}

/// Runs the benches of a family.
fn family(criterion: &mut Criterion<NsPerHour>, hours: &Hours, name: &str, benches: fn(&mut Bench<'_, '_>)) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(N as u64));
    let mut bench = Bench { group, hours };
    benches(&mut bench);
    bench.group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .with_measurement(NsPerHour)
        .sample_size(20)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(400))
        .configure_from_args();
    let hours = Hours::new();
    family(&mut criterion, &hours, "air", air::benches);
    family(&mut criterion, &hours, "plane", plane::benches);
    family(&mut criterion, &hours, "decomposition", decomposition::benches);
    family(&mut criterion, &hours, "single_diode", single_diode::benches);
    family(&mut criterion, &hours, "spectral", spectral::benches);
    family(&mut criterion, &hours, "soiling", soiling::benches);
    family(&mut criterion, &hours, "snow", snow::benches);
    family(&mut criterion, &hours, "subhourly", subhourly::benches);
    family(&mut criterion, &hours, "module_power", module_power::benches);
    family(&mut criterion, &hours, "rows", rows::benches);
    family(&mut criterion, &hours, "thermal", thermal::benches);
    family(&mut criterion, &hours, "inverter", inverter::benches);
    once::benches(&mut criterion);
    criterion.final_summary();
}
