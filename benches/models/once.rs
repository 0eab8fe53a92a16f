//! Fits, and what a plane, a datasheet or a year needs once: the time of one, not of an hour.

use std::hint::black_box;

use criterion::{BenchmarkGroup, Criterion};
use rooftop_pv::inverter::EfficiencyCurve;
use rooftop_pv::module::single_diode::{fit_cec, fit_desoto_batzelis};
use rooftop_pv::module::{PowerMatrix, fit_pvefficiency_adr, pvefficiency_adr};
use rooftop_pv::plane::{
    DiffuseModifiers, Glass, Plane, Region, SnowMonths, Townsend, loss_townsend, marion_integrate,
};

use crate::module_power::ADR;
use crate::per_hour::NsPerHour;
use crate::single_diode::SHEET;

pub fn benches(criterion: &mut Criterion<NsPerHour>) {
    let mut group = criterion.benchmark_group("once");
    fits(&mut group);
    let (glass, plane) = (Glass::default(), Plane::new(30.0, 180.0));
    group.bench_function("DiffuseModifiers::new", |b| b.iter(|| DiffuseModifiers::new(black_box(&glass), &plane)));
    group.bench_function("marion_integrate, steps of a degree", |b| {
        b.iter(|| marion_integrate(|cos| glass.modifier(cos), black_box(30.0), Region::Sky, 180));
    });
    let points: &[(f64, f64)] = &[(0.05, 0.93), (0.2, 0.97), (0.5, 0.978), (1.0, 0.974)];
    let curve = EfficiencyCurve::from_shares(50_000.0, 2.0, &[(500.0, points), (800.0, points)]).expect("two curves");
    group.bench_function("EfficiencyCurve::cec_efficiency", |b| b.iter(|| black_box(&curve).cec_efficiency()));
    let row = Townsend {
        surface_tilt_deg: 25.0,
        slant_height_m: 2.0,
        lower_edge_height_m: 1.0,
        string_factor: 1.0,
        angle_of_repose_deg: 40.0,
        front_side_fraction: 1.0,
    };
    let months = SnowMonths {
        snow_total: &[30.0; 12],
        snow_events: &[3.0; 12],
        relative_humidity: &[70.0; 12],
        temp_air: &[-3.0; 12],
        poa_global: &[80e3; 12],
    };
    group.bench_function("loss_townsend, a year", |b| b.iter(|| loss_townsend(&row, black_box(&months))));
    group.finish();
}

fn fits(group: &mut BenchmarkGroup<'_, NsPerHour>) {
    group.bench_function("fit_desoto_batzelis", |b| b.iter(|| fit_desoto_batzelis(black_box(&SHEET))));
    group.bench_function("fit_cec", |b| b.iter(|| fit_cec(black_box(&SHEET), -0.0041).expect("a module")));
    let grid = PowerMatrix::IRRADIANCES.iter().flat_map(|g| PowerMatrix::TEMPERATURES.iter().map(move |t| (*g, *t)));
    let (irradiance, temperature): (Vec<f64>, Vec<f64>) = grid.unzip();
    // Off the model by up to 1 %, as measurements are.
    let efficiency: Vec<f64> = (0..irradiance.len())
        .map(|i| pvefficiency_adr(irradiance[i], temperature[i], &ADR) * (0.99 + 0.02 * ((i * 13) % 7) as f64 / 6.0))
        .collect();
    group.bench_function("fit_pvefficiency_adr", |b| {
        b.iter(|| fit_pvefficiency_adr(black_box(&irradiance), &temperature, &efficiency));
    });
}
