//! Snow.

use rooftop_pv::plane::{self, SnowColumns, SnowCover};

use crate::Bench;

pub fn benches(bench: &mut Bench<'_, '_>) {
    let model = SnowCover::default();
    bench.columns("SnowCover::coverage", |hours, out| {
        let columns = SnowColumns {
            snowfall: &hours.rainfall,
            poa_global: &hours.poa,
            temp_air: &hours.temp_air,
            snow_depth: Some(&hours.wind_speed),
        };
        if let Ok(covered) = model.coverage(&columns, 20.0, 1.0, 0.0) {
            out.copy_from_slice(&covered);
        }
    });
    bench.block(
        "SnowCover::fully_covered",
        #[inline(always)]
        move |hours, i| if model.fully_covered(hours.rainfall[i], Some(hours.wind_speed[i]), 1.0) { 1.0 } else { 0.0 },
    );
    bench.block(
        "dc_loss_nrel",
        #[inline(always)]
        move |hours, i| plane::dc_loss_nrel(hours.cos_aoi[i], 3),
    );
}
