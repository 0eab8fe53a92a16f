//! 10,000 samples of a plant's life, and what they are made of.

use criterion::{Criterion, criterion_group, criterion_main};
use rooftop_pv::uncertainty::{Draw, LifeInputs, PlantLife, Response, Sampling};
use rooftop_pv::weather::climate;
use rooftop_pv::{Plant, Weather};

fn uncertainty(c: &mut Criterion) {
    let (plant, station) = (Plant::jidong().unwrap(), climate::station("Zhangqiu").unwrap());
    let weather = Weather::synthetic(station, 2025, 1).unwrap();
    let inputs = LifeInputs::at_station(station);
    let life = PlantLife::new(&plant, &weather, &inputs).unwrap();
    let mut group = c.benchmark_group("uncertainty");
    group.sample_size(20);
    group.bench_function("response", |b| b.iter(|| Response::new(&plant, &weather).unwrap()));
    for sampling in [Sampling::Random, Sampling::LatinHypercube, Sampling::Sobol] {
        let draw = Draw { sampling, ..Draw::default() };
        group.bench_function(format!("10000 lives of 25 years, {sampling:?}"), |b| {
            b.iter(|| life.study(&draw).unwrap());
        });
    }
    group.bench_function("all of it", |b| {
        b.iter(|| PlantLife::new(&plant, &weather, &inputs).unwrap().study(&Draw::default()).unwrap());
    });
    group.finish();
}

criterion_group!(benches, uncertainty);
criterion_main!(benches);
