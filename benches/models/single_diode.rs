//! The single diode.

use rooftop_pv::module::single_diode::{
    BeyondDiode, CecModule, Datasheet, DesotoModule, PvsystModule, batzelis, batzelis_points, bishop88, bishop88_mpp,
    bishop88_slopes, calcparams_cec, calcparams_desoto, calcparams_pvsyst, curve, curve_points, lambert_w_exp,
    max_power, max_powers, point_at_current, point_at_voltage,
};

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
        move |hours, i| calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC).saturation_current,
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
    bench.block(
        "calcparams_desoto",
        #[inline(always)]
        move |hours, i| calcparams_desoto(hours.poa[i], hours.temp_cell[i], &CEC.desoto).saturation_current,
    );
    bench.block(
        "calcparams_pvsyst",
        #[inline(always)]
        move |hours, i| calcparams_pvsyst(hours.poa[i], hours.temp_cell[i], &PVSYST).resistance_shunt,
    );
    bench.block(
        "max_power, hour by hour",
        #[inline(always)]
        move |hours, i| max_power(&calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC)).p_mp,
    );
    let plain = BeyondDiode::default();
    bench.block(
        "bishop88",
        #[inline(always)]
        move |hours, i| bishop88(35.0, &calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC), &plain).power,
    );
    bench.block(
        "bishop88_slopes",
        #[inline(always)]
        move |hours, i| {
            bishop88_slopes(35.0, &calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC), &plain).1.d2p_dv_dvd
        },
    );
    // Found by iteration, one hour after another.
    bench.block(
        "point_at_voltage",
        #[inline(always)]
        move |hours, i| point_at_voltage(35.0, &calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC), &plain).current,
    );
    bench.block(
        "point_at_current",
        #[inline(always)]
        move |hours, i| {
            point_at_current(0.004 * hours.poa[i], &calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC), &plain)
                .voltage
        },
    );
    bench.block(
        "bishop88_mpp",
        #[inline(always)]
        move |hours, i| bishop88_mpp(&calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC), &plain).p_mp,
    );
    bench.block(
        "curve_points",
        #[inline(always)]
        move |hours, i| curve_points(&calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC), &plain).i_x,
    );
    bench.block(
        "curve, 20 points",
        #[inline(always)]
        move |hours, i| curve(&calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC), &plain, 20)[10].power,
    );
    bench.block(
        "lambert_w_exp",
        #[inline(always)]
        move |hours, i| lambert_w_exp(hours.temp_cell[i]),
    );
    bench.block(
        "batzelis",
        #[inline(always)]
        move |hours, i| batzelis(hours.poa[i], hours.temp_cell[i], &SHEET).max_power.p_mp,
    );
    bench.block(
        "batzelis_points",
        #[inline(always)]
        move |hours, i| batzelis_points(&calcparams_cec(hours.poa[i], hours.temp_cell[i], &CEC)).max_power.p_mp,
    );
}

const PVSYST: PvsystModule = PvsystModule {
    alpha_sc: 0.0046,
    gamma_ref: 0.92,
    mu_gamma: -0.0003,
    i_l_ref: 9.28,
    i_o_ref: 1e-11,
    r_sh_ref: 550.0,
    r_sh_0: 2000.0,
    r_sh_exp: 5.5,
    r_s: 0.382,
    cells_in_series: 72.0,
    eg_ref: 1.121,
};
pub const SHEET: Datasheet =
    Datasheet { v_mp: 36.0, i_mp: 8.89, v_oc: 43.6, i_sc: 9.5, alpha_sc: 0.004755, beta_voc: -0.12644 };
