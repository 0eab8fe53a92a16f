//! Inverters, and what heat, grids, wires, transformers and years take.

use std::cell::Cell;
use std::hint::black_box;

use rooftop_pv::inverter::{
    AdrInverter, Conductor, Degradation, DeratingCurve, LetidRates, LetidState, LinearDerating, PvwattsInverter,
    ReactiveDuty, SandiaInverter, Transformer, active_limit, adr, combine_loss_factors, dc_ohmic_losses,
    dc_ohms_from_percent, grid_limit, night_draw, sandia, sandia_multi, three_phase_loss,
};

use crate::Bench;

pub fn benches(bench: &mut Bench<'_, '_>) {
    inverters(bench);
    limits(bench);
    losses(bench);
}

// Irradiance on the plane, W/m2, stands in for the power of a kilowatt, W.
fn inverters(bench: &mut Bench<'_, '_>) {
    let pvwatts = black_box(PvwattsInverter::new(1000.0, 0.96));
    bench.block(
        "pvwatts",
        #[inline(always)]
        move |hours, i| pvwatts.limit(pvwatts.unclipped(hours.poa[i])),
    );
    let unit = black_box(SandiaInverter {
        paco: 1000.0,
        pdco: 1046.0,
        vdco: 310.67,
        pso: 4.9,
        c0: -3e-5,
        c1: -3.77e-5,
        c2: -1.09e-3,
        c3: -4.5e-4,
        pnt: 0.25,
    });
    bench.block(
        "sandia",
        #[inline(always)]
        move |hours, i| sandia(300.0 + hours.temp_air[i], hours.poa[i], &unit),
    );
    bench.block(
        "sandia_multi, two inputs",
        #[inline(always)]
        move |hours, i| {
            let voltage = 300.0 + hours.temp_air[i];
            sandia_multi(&[(voltage, 0.6 * hours.poa[i]), (voltage + 20.0, 0.4 * hours.poa[i])], &unit)
        },
    );
    let curve = black_box(AdrInverter {
        pnom: 1050.0,
        vnom: 360.0,
        pacmax: 1000.0,
        v_limits: [225.0, 660.0],
        pnt: 0.1,
        coefficients: [0.00385, 0.0187, 0.0135, 0.0035, -0.0057, 0.0131, 0.0092, 0.0188, -0.0072],
    });
    bench.block(
        "adr",
        #[inline(always)]
        move |hours, i| adr(300.0 + hours.temp_air[i], hours.poa[i], &curve),
    );
}

fn limits(bench: &mut Bench<'_, '_>) {
    bench.block(
        "night_draw",
        #[inline(always)]
        move |hours, i| night_draw(0.96 * hours.poa[i], hours.poa[i], 5.0, 0.25),
    );
    let heat = black_box(LinearDerating { start: 20.0, slope: 0.02 });
    bench.block(
        "LinearDerating",
        #[inline(always)]
        move |hours, i| heat.limit(hours.poa[i], 800.0, hours.temp_air[i]),
    );
    let points = black_box(DeratingCurve { points: [(10.0, 900.0), (20.0, 800.0), (30.0, 600.0), (35.0, 400.0)] });
    bench.block(
        "DeratingCurve",
        #[inline(always)]
        move |hours, i| points.limit(hours.poa[i], hours.temp_air[i]),
    );
    bench.block(
        "active_limit",
        #[inline(always)]
        move |hours, i| active_limit(1000.0, hours.poa[i]),
    );
    for (name, duty) in [("fixed", ReactiveDuty::Fixed(300.0)), ("power factor", ReactiveDuty::PowerFactor(0.95))] {
        let duty = black_box(duty);
        bench.block(
            &format!("ReactiveDuty, {name}"),
            #[inline(always)]
            move |hours, i| {
                let power = duty.apply(hours.poa[i], 900.0);
                power.active + power.curtailed + power.reactive
            },
        );
    }
    bench.block(
        "grid_limit",
        #[inline(always)]
        move |hours, i| {
            let grid = grid_limit(hours.poa[i], 10.0 * hours.temp_cell[i], 300.0);
            grid.exported + grid.curtailed
        },
    );
}

fn losses(bench: &mut Bench<'_, '_>) {
    let transformer = black_box(Transformer { no_load_loss: 0.001, load_loss: 0.01, rating: 1000.0 });
    bench.block(
        "Transformer",
        #[inline(always)]
        move |hours, i| transformer.output(hours.poa[i]),
    );
    let copper = black_box(Conductor::COPPER);
    bench.block(
        "three_phase_loss",
        #[inline(always)]
        move |hours, i| {
            let ohms = copper.resistance(80.0, 4.0, hours.temp_air[i]);
            three_phase_loss(hours.poa[i], 0.95, 400.0, ohms)
        },
    );
    bench.block(
        "dc_ohms_from_percent",
        #[inline(always)]
        move |hours, i| dc_ohms_from_percent(38.0, 8.0 + 0.1 * hours.wind_speed[i], 1.5, 8.0, 100.0),
    );
    bench.block(
        "dc_ohmic_losses",
        #[inline(always)]
        move |hours, i| dc_ohmic_losses(0.4, 0.01 * hours.poa[i]),
    );
    bench.block(
        "combine_loss_factors",
        #[inline(always)]
        move |hours, i| combine_loss_factors(&[0.02, 0.001 * hours.wind_speed[i], 0.015, 0.01]),
    );
    let ageing = black_box(Degradation { first_year: 0.02, annual: 0.0045 });
    bench.block(
        "Degradation::linear",
        #[inline(always)]
        move |hours, i| ageing.linear(hours.wind_speed[i]),
    );
    bench.block(
        "Degradation::compound",
        #[inline(always)]
        move |hours, i| ageing.compound(hours.wind_speed[i]),
    );
    let injection = bench.hours.poa.map(|poa| 1e-5 * poa);
    bench.columns("LetidState::steps", |hours, out| {
        let degraded = LetidState::default().steps(1.0, &hours.temp_cell, &injection, &LetidRates::REPINS);
        out.copy_from_slice(&degraded.expect("columns of one length"));
    });
    let state = Cell::new(LetidState::default());
    bench.block(
        "LetidState::step, one by one",
        #[inline(always)]
        move |hours, i| {
            let mut now = state.get();
            now.step(1.0, hours.temp_cell[i], 1e-5 * hours.poa[i], &LetidRates::REPINS);
            state.set(now);
            now.degraded
        },
    );
}
