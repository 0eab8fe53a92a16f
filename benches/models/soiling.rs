//! Soiling: whole columns, since dust has a memory.

use std::hint::black_box;

use rooftop_pv::plane::{self, Hsu, Kimber};

use crate::{Bench, N};

pub fn benches(bench: &mut Bench<'_, '_>) {
    bench.block(
        "hsu_loss",
        #[inline(always)]
        |hours, i| plane::hsu_loss(hours.precipitable_water[i]),
    );
    let hsu = Hsu { rain_accum_h: 24.0, ..Hsu::default() };
    let (fine, coarse) = ([3e-5; N], [6e-5; N]);
    bench.columns("Hsu::losses", |hours, out| {
        if let Ok(losses) = hsu.losses(&hours.rainfall, &fine, &coarse, 20.0, 1.0) {
            out.copy_from_slice(&losses);
        }
    });
    let kimber = Kimber::default();
    bench.columns("Kimber::losses", |hours, out| {
        if let Ok(losses) = kimber.losses(&hours.rainfall, 1.0, &[]) {
            out.copy_from_slice(&losses);
        }
    });
    let loss = std::array::from_fn(|month| 0.01 * month as f64);
    let months: Vec<u32> = (1..=12).flat_map(|month| [month; N / 12]).collect();
    bench.columns("monthly_soiling", |_, out| {
        let _ = plane::monthly_soiling(&loss, black_box(&months), out);
    });
}
