//! The CEC's module from a datasheet.

use std::iter::successors;

use nalgebra::{SMatrix, SVector};

use super::parameters::BOLTZMANN_EV;
use super::{CecModule, Datasheet, DesotoModule, SingleDiode, calcparams_cec, fit_desoto_batzelis, max_power};
use crate::error::{Error, Result};
use crate::math;

/// The temperatures (degC) between which the mean change of the maximum power must be the datasheet's.
const COLD: f64 = -10.0;
const HOT: f64 = 50.0;
/// Where the change of the open circuit's voltage is held, K above 25 degC.
const WARMER: f64 = 5.0;
/// The band gap of crystalline silicon, eV.
const GAP: f64 = 1.121;
/// SAM's fit takes 11,600 K/eV for 1/k. [`calcparams_cec`] has k itself, so the fit's gap takes up the difference.
const FITTING_GAP: f64 = GAP * 11_600.0 * BOLTZMANN_EV;
/// SAM's step to a larger current of the short circuit.
const STEP: f64 = 1.01;
/// Rounds of Newton's method; six to nine are needed.
const ROUNDS: usize = 60;

/// What is looked for: a, `I_L`, ln `I₀`, `R_s`, `1/R_sh` and the adjustment over 100.
type Unknowns = SVector<f64, 6>;

/// The six parameters of the CEC's model whose curve passes through the datasheet's three points with its maximum at
/// the second, and moves with temperature as the datasheet says: the open circuit's voltage by `beta_voc` from 25 to
/// 30 degC, the maximum power by `gamma_pdc` (1/K) in the mean from -10 to 50 degC. `alpha_sc` and `beta_voc` are
/// adjusted by the same share in opposite directions.
///
/// Dobos, Journal of Solar Energy Engineering 134 (2012), 021011, doi:10.1115/1.4005759. The ranges of temperature, De
/// Soto's band gap of silicon for every technology and Boltzmann's constant as 1/11,600 eV/K are those of SAM's solver,
/// as parameters fitted with others would not be its library's. SAM evaluates the module with another constant again;
/// with the exact one of [`calcparams_cec`] `gamma_pdc` comes out 0.0003 %/K lower.
///
/// Newton's method from [`fit_desoto_batzelis`], each step halved until it comes closer, goes on to rounding. SAM's
/// ends within 1e-7 A and 1e-7 %/K, which leaves its `I₀` within 3e-6, its shunt's current within 1e-7 of `i_sc`.
///
/// # Errors
/// [`Error::OutOfRange`] for figures that are no datasheet's, as `v_mp` not below `v_oc`, or for which there is no such
/// curve: some datasheets' `i_sc` lies so near `i_mp` that the shunt's resistance would have to be negative. SAM then
/// fits an `i_sc` up to five times 1 % larger; the error names the least of those that has a curve.
pub fn fit_cec(sheet: &Datasheet, gamma_pdc: f64) -> Result<CecModule> {
    let Datasheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc } = *sheet;
    let within = |name: &str, value: f64, low: f64, high: f64| {
        if value > low && value < high {
            return Ok(());
        }
        Err(Error::OutOfRange { name: name.to_owned(), value, allowed: format!("above {low} and below {high}") })
    };
    within("v_oc", v_oc, 0.0, 10_000.0)?;
    within("i_sc", i_sc, 0.0, 10_000.0)?;
    within("v_mp", v_mp, 0.0, v_oc)?;
    within("i_mp", i_mp, 0.0, i_sc)?;
    within("alpha_sc", alpha_sc, -0.01 * i_sc, 0.01 * i_sc)?;
    within("beta_voc", beta_voc, -0.01 * v_oc, 0.0)?;
    within("gamma_pdc", gamma_pdc, -0.01, 0.0)?;

    if let Some(found) = search(sheet, gamma_pdc) {
        return Ok(found);
    }
    // SAM goes on to such currents by itself, and says nothing of it.
    let larger = successors(Some(i_sc * STEP), |larger| Some(larger * STEP))
        .take(5)
        .find(|&i_sc| search(&Datasheet { i_sc, ..*sheet }, gamma_pdc).is_some());
    let allowed = larger.map_or_else(
        || {
            "a current in A for which a diode with a shunt has a curve; up to 5 % more has none: check all figures"
                .to_owned()
        },
        |least| format!("a larger i_sc, of {least:.5} A by steps of 1 %; no diode with a shunt has a curve for less"),
    );
    Err(Error::OutOfRange { name: "i_sc".to_owned(), value: i_sc, allowed })
}

/// The module, unless there is none.
fn search(sheet: &Datasheet, gamma_pdc: f64) -> Option<CecModule> {
    let Datasheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, .. } = *sheet;
    let start = fit_desoto_batzelis(sheet);
    // Where the datasheet's corner is so sharp that no shunt fits, one through which a hundredth of the current runs.
    let r_sh = if start.r_sh_ref > 0.0 { start.r_sh_ref } else { 100.0 * v_oc / i_sc };
    let r_s = if start.r_s > 0.0 { start.r_s } else { 0.01 * (v_oc - v_mp) / i_mp };
    let mut x = Unknowns::from([start.a_ref, start.i_l_ref, math::ln(start.i_o_ref), r_s, 1.0 / r_sh, 0.0]);
    let off = |x: &Unknowns| residuals(x, sheet, gamma_pdc);
    // On its way the shunt may be a small source.
    let least = -0.02 * i_sc / v_oc;
    let mut now = off(&x);
    for _ in 0..ROUNDS {
        if now.amax() < 1e-12 {
            break;
        }
        let step = jacobian(&off, &x).lu().solve(&now)?;
        let steps = successors(Some(step), |step| Some(step * 0.5)).take(30);
        let closer = steps.map(|step| (x - step, off(&(x - step)))).find(|(next, there)| {
            // A diode without width, a series resistance below zero and infinite currents are no progress either.
            next[0] > 0.0 && next[3] > 0.0 && next[4] > least && there.norm() < now.norm()
        });
        // Rounding may be all that is left.
        let Some(closer) = closer else { break };
        (x, now) = closer;
    }
    (now.amax() < 1e-9 && x[4] > 0.0).then(|| module(&x, alpha_sc, GAP))
}

fn module(x: &Unknowns, alpha_sc: f64, eg_ref: f64) -> CecModule {
    let desoto = DesotoModule {
        alpha_sc,
        a_ref: x[0],
        i_l_ref: x[1],
        i_o_ref: math::exp(x[2]),
        r_sh_ref: 1.0 / x[4],
        r_s: x[3],
        eg_ref,
        degdt: -0.0002677,
    };
    CecModule { desoto, adjust: 100.0 * x[5] }
}

/// By how much a module misses the datasheet: currents over `i_sc`, changes of the power over the datasheet's.
fn residuals(x: &Unknowns, sheet: &Datasheet, gamma_pdc: f64) -> Unknowns {
    let Datasheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc } = *sheet;
    let module = module(x, alpha_sc, FITTING_GAP);
    let at = |temp_cell: f64| calcparams_cec(1000.0, temp_cell, &module);
    // I_L − I₀ (e^((V + I R_s)/a) − 1) − (V + I R_s)/R_sh − I
    let missing = |diode: &SingleDiode, v: f64, i: f64| {
        let over = v + i * diode.resistance_series;
        diode.photocurrent
            - diode.saturation_current * (math::exp(over / diode.n_ns_vth) - 1.0)
            - over / diode.resistance_shunt
            - i
    };
    let reference = at(25.0);
    // At the maximum I = V g/(1 + g R_s), g = I₀/a e^((V + I R_s)/a) + 1/R_sh
    let over = v_mp + i_mp * reference.resistance_series;
    let g = reference.saturation_current / reference.n_ns_vth * math::exp(over / reference.n_ns_vth)
        + 1.0 / reference.resistance_shunt;
    let slope = i_mp - v_mp * g / (1.0 + g * reference.resistance_series);
    // β′ = β (1 + adjust)
    let warm_voltage = v_oc + beta_voc * (1.0 + x[5]) * WARMER;
    let change = (max_power(&at(HOT)).p_mp - max_power(&at(COLD)).p_mp) / ((HOT - COLD) * v_mp * i_mp);
    Unknowns::from([
        missing(&reference, 0.0, i_sc) / i_sc,
        missing(&reference, v_oc, 0.0) / i_sc,
        missing(&reference, v_mp, i_mp) / i_sc,
        slope / i_sc,
        missing(&at(25.0 + WARMER), warm_voltage, 0.0) / i_sc,
        change / gamma_pdc - 1.0,
    ])
}

/// How each residual moves with each unknown, by central differences.
fn jacobian(off: &impl Fn(&Unknowns) -> Unknowns, x: &Unknowns) -> SMatrix<f64, 6, 6> {
    let mut moved = SMatrix::<f64, 6, 6>::zeros();
    for k in 0..6 {
        let h = 1e-6 * x[k].abs().max(1e-3);
        let (mut above, mut below) = (*x, *x);
        above[k] += h;
        below[k] -= h;
        moved.set_column(k, &((off(&above) - off(&below)) / (2.0 * h)));
    }
    moved
}
