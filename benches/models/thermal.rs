//! Cell temperature and DC power.

use std::cell::Cell;
use std::hint::black_box;

use criterion::Throughput;
use rooftop_pv::module::{
    FaimanParameters, Fuentes, FuentesParameters, FuentesState, GenericLinear, HuldCoefficients, Mounting,
    NoctParameters, PrillimanParameters, SapmParameters, faiman, faiman_rad, fuentes, generic_linear, huld,
    noct_pvwatts, noct_sam, prilliman, pvsyst_cell, pvwatts_dc, ross, sapm_cell, sapm_module,
};

use crate::{Bench, Column, N};

/// Hours of a year.
const YEAR: usize = 8760;

pub fn benches(bench: &mut Bench<'_, '_>) {
    let rack = black_box(FaimanParameters::preset(Mounting::OpenRack));
    bench.block(
        "faiman",
        #[inline(always)]
        move |hours, i| faiman(hours.poa[i], hours.temp_air[i], hours.wind_speed[i], &rack),
    );
    bench.block(
        "faiman_rad",
        #[inline(always)]
        move |hours, i| faiman_rad(hours.poa[i], hours.temp_air[i], hours.wind_speed[i], 320.0, &rack, 0.88, 1.0),
    );
    let sapm = black_box(SapmParameters::preset(Mounting::Roof));
    bench.block(
        "sapm_cell",
        #[inline(always)]
        move |hours, i| sapm_cell(hours.poa[i], hours.temp_air[i], hours.wind_speed[i], &sapm),
    );
    bench.block(
        "sapm_module",
        #[inline(always)]
        move |hours, i| sapm_module(hours.poa[i], hours.temp_air[i], hours.wind_speed[i], &sapm),
    );
    bench.block(
        "pvsyst_cell",
        #[inline(always)]
        move |hours, i| pvsyst_cell(hours.poa[i], hours.temp_air[i], hours.wind_speed[i], 20.0, 0.0, 0.2, 0.9),
    );
    let noct = black_box(NoctParameters::preset(Mounting::Roof));
    bench.block(
        "noct_sam",
        #[inline(always)]
        move |hours, i| noct_sam(hours.poa[i], 0.96 * hours.poa[i], hours.temp_air[i], hours.wind_speed[i], &noct),
    );
    bench.block(
        "noct_pvwatts",
        #[inline(always)]
        move |hours, i| noct_pvwatts(hours.poa[i], hours.temp_air[i], hours.wind_speed[i], 45.0, 0.19),
    );
    bench.block(
        "ross",
        #[inline(always)]
        move |hours, i| ross(hours.poa[i], hours.temp_air[i], 45.0),
    );
    let linear = black_box(GenericLinear::from_faiman(&rack, 0.2, 0.9));
    bench.block(
        "generic_linear",
        #[inline(always)]
        move |hours, i| generic_linear(hours.poa[i], hours.temp_air[i], hours.wind_speed[i], &linear),
    );
    let roof = FuentesParameters::new(FuentesParameters::ROOF_NOCT);
    let (module, state) = (black_box(Fuentes::new(&roof)), Cell::new(FuentesState::default()));
    bench.block(
        "fuentes, step by step",
        #[inline(always)]
        move |hours, i| {
            let mut now = state.get();
            let cell = module.step(&mut now, 1.0, hours.poa[i], hours.temp_air[i], hours.wind_speed[i]);
            state.set(now);
            cell
        },
    );
    let hours = bench.hours;
    let year = |column: &Column| column.iter().copied().cycle().take(YEAR).collect::<Vec<_>>();
    let columns = [&hours.poa, &hours.temp_air, &hours.wind_speed].map(year);
    let steps = vec![1.0; YEAR];
    bench.group.throughput(Throughput::Elements(YEAR as u64));
    bench.group.bench_function("fuentes, a year", |b| {
        b.iter(|| {
            let [poa, air, wind] = black_box(&columns);
            fuentes(poa, air, wind, &steps, &roof)
        });
    });
    bench.group.throughput(Throughput::Elements(N as u64));
    for (name, minutes) in [("prilliman, 1 min", 1.0), ("prilliman, 5 min", 5.0)] {
        let hours = bench.hours;
        bench.group.bench_function(name, |b| {
            let parameters = PrillimanParameters::default();
            b.iter(|| {
                let hours = black_box(hours);
                prilliman(&hours.temp_cell, &hours.wind_speed, minutes, &parameters)
            });
        });
    }
    bench.block(
        "pvwatts_dc",
        #[inline(always)]
        move |hours, i| pvwatts_dc(hours.poa[i], hours.temp_cell[i], 1000.0, -0.0035),
    );
    let csi = black_box(HuldCoefficients::CSI_PVGIS6);
    bench.block(
        "huld",
        #[inline(always)]
        move |hours, i| huld(hours.poa[i], hours.temp_cell[i], 1000.0, &csi),
    );
}
