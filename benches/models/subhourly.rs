//! Clipping within the hour.

use rooftop_pv::inverter::{self, AllenHours, WithinHour};

use crate::Bench;

pub fn benches(bench: &mut Bench<'_, '_>) {
    bench.block(
        "normal_excess",
        #[inline(always)]
        |hours, i| inverter::normal_excess(hours.ghi[i], hours.dhi[i], 500.0),
    );
    bench.block(
        "allen_2022",
        #[inline(always)]
        |hours, i| inverter::allen_2022(hours.clearsky_index[i], hours.cos_aoi[i]),
    );
    let model = WithinHour::default();
    bench.columns("WithinHour::clipped", |hours, out| {
        let _ = model.clipped(&hours.ghi, &hours.dni_extra, 500.0, out);
    });
    bench.columns("allen_losses", |hours, out| {
        let columns = AllenHours { dni: &hours.dni, dni_reference: &hours.dni_extra, pdc_reference: &hours.dni_extra };
        let _ = inverter::allen_losses(&columns, 900.0, 1e6, out);
    });
}
