//! The inverter of PVWatts version 5: Dobos (2014), NREL/TP-6A20-62641, doi:10.2172/1158421, section 10.

use crate::math;

/// Nominal efficiency of the inverter that the curve was fitted to.
pub const REFERENCE_EFFICIENCY: f64 = 0.9637;

/// An inverter whose numbers have been prepared, for many evaluations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PvwattsInverter {
    /// Rated AC power.
    rated: f64,
    constant: f64,
    linear: f64,
    square: f64,
}

impl PvwattsInverter {
    /// `pdc0` is the DC power at which the inverter gives its rated AC power, `eta_inv_nom` the nominal efficiency.
    pub fn new(pdc0: f64, eta_inv_nom: f64) -> Self {
        // ζ = P/P₀; η = η_nom/0.9637 (−0.0162 ζ − 0.0059/ζ + 0.9858); η P is a parabola in P.
        let eta = eta_inv_nom / REFERENCE_EFFICIENCY;
        Self {
            rated: eta_inv_nom * pdc0,
            constant: eta * 0.0059 * pdc0,
            linear: eta * 0.9858,
            square: eta * 0.0162 / pdc0,
        }
    }

    /// AC power before the limit, in the unit of `pdc0`; 0 where the inverter needs more than it gets.
    #[inline(always)]
    pub fn unclipped(&self, pdc: f64) -> f64 {
        let power = pdc * (self.linear - self.square * pdc) - self.constant;
        math::positive(if pdc == 0.0 { 0.0 } else { power })
    }

    /// A power held to the rated one.
    #[inline(always)]
    pub fn limit(&self, power: f64) -> f64 {
        if power > self.rated { self.rated } else { power }
    }
}

/// AC power before the inverter's limit, in the unit of `pdc`; 0 where the inverter needs more than it gets.
///
/// `pdc0` is the DC power at which the inverter gives its rated AC power, `eta_inv_nom` the nominal efficiency.
pub fn pvwatts_unclipped(pdc: f64, pdc0: f64, eta_inv_nom: f64) -> f64 {
    PvwattsInverter::new(pdc0, eta_inv_nom).unclipped(pdc)
}

/// AC power with the limit at the rated power, `eta_inv_nom * pdc0`; arguments as [`pvwatts_unclipped`].
pub fn pvwatts(pdc: f64, pdc0: f64, eta_inv_nom: f64) -> f64 {
    let inverter = PvwattsInverter::new(pdc0, eta_inv_nom);
    inverter.limit(inverter.unclipped(pdc))
}
