//! The inverter of PVWatts version 5: Dobos (2014), NREL/TP-6A20-62641, doi:10.2172/1158421, section 10.

use crate::math;

/// Nominal efficiency of the inverter that the curve was fitted to.
pub const REFERENCE_EFFICIENCY: f64 = 0.9637;

/// AC power before the inverter's limit, in the unit of `pdc`; 0 where the inverter needs more than it gets.
///
/// `pdc0` is the DC power at which the inverter gives its rated AC power, `eta_inv_nom` the nominal efficiency.
#[inline(always)]
pub fn pvwatts_unclipped(pdc: f64, pdc0: f64, eta_inv_nom: f64) -> f64 {
    // ζ = P/P₀; η = η_nom/0.9637 (−0.0162 ζ − 0.0059/ζ + 0.9858), here with P multiplied in
    let zeta = pdc / pdc0;
    let power = eta_inv_nom / REFERENCE_EFFICIENCY * (pdc * (0.9858 - 0.0162 * zeta) - 0.0059 * pdc0);
    math::positive(if pdc == 0.0 { 0.0 } else { power })
}

/// AC power with the limit at the rated power, `eta_inv_nom * pdc0`; arguments as [`pvwatts_unclipped`].
#[inline(always)]
pub fn pvwatts(pdc: f64, pdc0: f64, eta_inv_nom: f64) -> f64 {
    let power = pvwatts_unclipped(pdc, pdc0, eta_inv_nom);
    let rated = eta_inv_nom * pdc0;
    if power > rated { rated } else { power }
}
