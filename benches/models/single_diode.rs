//! The single diode.

use rooftop_pv::module::single_diode::{CecModule, DesotoModule, calcparams_cec, max_powers};

use crate::{Bench, N};

const CEC: CecModule = CecModule {
    desoto: DesotoModule {
        alpha_sc: 0.004755,
        a_ref: 1.65916,
        i_l_ref: 9.51393,
        i_o_ref: 4.37813e-11,
        r_sh_ref: 654.059,
        r_s: 0.269953,
        eg_ref: 1.121,
        degdt: -0.0002677,
    },
    adjust: 5.79586,
};

pub fn benches(bench: &mut Bench<'_, '_>) {
    bench.block(
        "calcparams_cec",
        #[inline(always)]
        |hours, i| calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC).saturation_current,
    );
    bench.whole(
        "max_powers",
        #[inline(always)]
        |hours, out: &mut [f64; N]| {
            max_powers(
                #[inline(always)]
                |i| calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC),
                out,
            );
        },
    );
}
