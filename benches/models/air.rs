//! Air masses.

use rooftop_pv::sky;

use crate::Bench;

pub fn benches(bench: &mut Bench<'_, '_>) {
    bench.block(
        "young_1994",
        #[inline(always)]
        |hours, i| sky::young_1994(hours.zenith[i]),
    );
}
