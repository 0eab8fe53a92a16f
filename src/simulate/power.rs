//! From light to DC and from DC to AC, by the model that a plant names: one kW of modules and its share of the inverters.

use std::ops::Range;

use crate::columns::Lanes;
use crate::inverter::{PvwattsInverter, SandiaInverter};
use crate::math;
use crate::module::single_diode::{CecModule, calcparams_cec, max_powers};
use crate::module::{HuldCoefficients, huld, pvwatts_dc};

/// What makes DC power.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Dc {
    Pvwatts {
        gamma_pdc: f64,
    },
    Huld(HuldCoefficients),
    /// With what makes a kW of the module's power in W.
    Cec(CecModule, f64),
}

/// Least light on which the single diode's curve is followed, W/m2, as SAM has it.
const LEAST_LIGHT: f64 = 1.0;

impl Dc {
    /// DC power of one kW of modules before losses, kW.
    #[inline(always)]
    pub(super) fn power(&self, effective: &[f64], temp_cell: &[f64], dc: &mut [f64]) {
        let n = effective.len();
        let (temp_cell, dc) = (&temp_cell[..n], &mut dc[..n]);
        match *self {
            Self::Pvwatts { gamma_pdc } => {
                for i in 0..n {
                    dc[i] = pvwatts_dc(effective[i], temp_cell[i], 1.0, gamma_pdc);
                }
            }
            Self::Cec(module, scale) => {
                max_powers(
                    #[inline(always)]
                    |i| {
                        let light = if effective[i] < LEAST_LIGHT { 0.0 } else { effective[i] };
                        calcparams_cec(light, temp_cell[i], &module)
                    },
                    dc,
                );
                for power in dc {
                    *power *= scale;
                }
            }
            Self::Huld(coefficients) => {
                for i in 0..n {
                    dc[i] = huld(effective[i], temp_cell[i], 1.0, &coefficients);
                }
            }
        }
    }
}

/// What makes AC power, for one kW of modules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ac {
    Pvwatts(PvwattsInverter),
    /// At its nominal voltage; powers in kW.
    Sandia(SandiaInverter),
}

impl Ac {
    /// AC power before and after the inverter's limit, kW; `kept` is what the losses leave.
    #[inline(always)]
    pub(super) fn power(&self, dc: &[f64], kept: f64, unclipped: &mut [f64], ac: &mut [f64]) {
        let n = dc.len();
        let (unclipped, ac) = (&mut unclipped[..n], &mut ac[..n]);
        // Copies, which the compiler may keep in registers.
        match *self {
            Self::Pvwatts(inverter) => {
                for i in 0..n {
                    unclipped[i] = inverter.unclipped(dc[i] * kept);
                    ac[i] = inverter.limit(unclipped[i]);
                }
            }
            Self::Sandia(inverter) => {
                for i in 0..n {
                    (unclipped[i], ac[i]) = sandia_at_vdco(&inverter, dc[i] * kept);
                }
            }
        }
    }

    /// Adds AC power after the limit to a sum, without a column for it; places as in [`Lanes::add`].
    #[inline(always)]
    pub(super) fn add(&self, sum: &mut Lanes, dc: &[f64], kept: f64, place: usize, places: &Range<usize>) {
        match *self {
            Self::Pvwatts(inverter) => sum.add_each(
                dc,
                place,
                places,
                #[inline(always)]
                |dc| inverter.limit(inverter.unclipped(dc * kept)),
            ),
            Self::Sandia(inverter) => sum.add_each(
                dc,
                place,
                places,
                #[inline(always)]
                |dc| sandia_at_vdco(&inverter, dc * kept).1,
            ),
        }
    }
}

/// AC power at nominal voltage, before and after the limit; none at night.
#[inline(always)]
fn sandia_at_vdco(inverter: &SandiaInverter, p_dc: f64) -> (f64, f64) {
    let power = math::positive(inverter.unlimited(inverter.vdco, p_dc));
    let limited = if power > inverter.paco { inverter.paco } else { power };
    if p_dc > inverter.pso { (power, limited) } else { (0.0, 0.0) }
}
