//! The curve by the voltage over the diode, with recombination in the intrinsic layer of thin film and breakdown in reverse.

use super::SingleDiode;
use crate::math;

/// What a curve has beyond the plain diode; the default is nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeyondDiode {
    /// d²/(μ τ) of the intrinsic layer, V: PVsyst's parameter for `CdTe` and amorphous silicon. 0 without.
    pub d2mutau: f64,
    /// Built-in voltage of the intrinsic layer times cells in series, V; only read where `d2mutau` is above 0.
    pub ns_vbi: f64,
    /// Part of the shunt's current that takes part in the avalanche. 0 without.
    pub breakdown_factor: f64,
    /// Voltage of the breakdown, V, below 0; -5.5 for a cell of crystalline silicon.
    pub breakdown_voltage: f64,
    /// Exponent of the avalanche; 3.28 for a cell of crystalline silicon.
    pub breakdown_exp: f64,
}

impl Default for BeyondDiode {
    fn default() -> Self {
        Self {
            d2mutau: 0.0,
            ns_vbi: f64::INFINITY,
            breakdown_factor: 0.0,
            breakdown_voltage: -5.5,
            breakdown_exp: 3.28,
        }
    }
}

impl BeyondDiode {
    /// The diode's voltages at which a curve has points: up to the built-in voltage, down to the breakdown.
    pub(super) fn bounds(&self) -> (f64, f64) {
        let low = if self.breakdown_factor > 0.0 { self.breakdown_voltage } else { f64::NEG_INFINITY };
        let high = if self.d2mutau > 0.0 { self.ns_vbi } else { f64::INFINITY };
        (low, high)
    }
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Current, A.
    pub current: f64,
    /// Voltage at the terminals, V.
    pub voltage: f64,
    /// Power, W.
    pub power: f64,
}

/// How the curve goes on from a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveSlopes {
    /// `dI/dV_d`, A/V.
    pub di_dvd: f64,
    /// `dV/dV_d`.
    pub dv_dvd: f64,
    /// `dI/dV`, A/V.
    pub di_dv: f64,
    /// `dP/dV`, A.
    pub dp_dv: f64,
    /// `d²P/(dV dV_d)`, A/V.
    pub d2p_dv_dvd: f64,
}

/// The point of the curve at a voltage over the diode (V), which is the terminals' plus current times series resistance.
///
/// Bishop, Solar Cells 25 (1988), 73, doi:10.1016/0379-6787(88)90059-2; recombination: Merten and others, IEEE Transactions on
/// Electron Devices 45 (1998), 423, doi:10.1109/16.658676.
///
/// Beyond the voltages of breakdown and of the intrinsic layer, NaN.
#[inline(always)]
pub fn bishop88(diode_voltage: f64, diode: &SingleDiode, beyond: &BeyondDiode) -> CurvePoint {
    bishop88_slopes(diode_voltage, diode, beyond).0
}

/// [`bishop88`] with the curve's slopes.
#[inline(always)]
pub fn bishop88_slopes(diode_voltage: f64, diode: &SingleDiode, beyond: &BeyondDiode) -> (CurvePoint, CurveSlopes) {
    let SingleDiode { photocurrent, saturation_current, resistance_series: r_s, resistance_shunt, n_ns_vth: a } =
        *diode;
    let (v, g) = (diode_voltage, 1.0 / resistance_shunt);
    let through = saturation_current * math::exp(v / a);
    // I_r = I_L d²μτ/(N_s V_bi − V)
    let gap = if beyond.d2mutau > 0.0 { beyond.ns_vbi - v } else { f64::INFINITY };
    let recombined = photocurrent * beyond.d2mutau / gap;
    // I_b = b V/R_sh (1 − V/V_br)^−m
    let (avalanche, avalanche_slope, avalanche_bend) = avalanche(v, g, beyond);
    // I = I_L − I₀ (e^(V/a) − 1) − V/R_sh − I_r − I_b
    let current = photocurrent - (through - saturation_current) - v * g - recombined - avalanche;
    let (low, high) = beyond.bounds();
    let current = if v <= low || v >= high { f64::NAN } else { current };
    let voltage = v - current * r_s;
    let (recombined_slope, conductance) = (recombined / gap, through / a);
    let di_dvd = -conductance - g - recombined_slope - avalanche_slope;
    let dv_dvd = 1.0 - di_dvd * r_s;
    let di_dv = di_dvd / dv_dvd;
    let d2i = -conductance / a - 2.0 * recombined_slope / gap - avalanche_bend;
    // d²V/dV_d² = −R_s d²I/dV_d², so that d(dI/dV)/dV_d = d²I/dV_d² / (dV/dV_d)²
    let d2p_dv_dvd = 2.0 * di_dvd + voltage * d2i / (dv_dvd * dv_dvd);
    let slopes = CurveSlopes { di_dvd, dv_dvd, di_dv, dp_dv: voltage * di_dv + current, d2p_dv_dvd };
    (CurvePoint { current, voltage, power: current * voltage }, slopes)
}

/// The current of the avalanche, its slope and the slope's slope over the diode's voltage.
#[inline(always)]
fn avalanche(v: f64, g: f64, beyond: &BeyondDiode) -> (f64, f64, f64) {
    let BeyondDiode { breakdown_factor: b, breakdown_voltage: v_br, breakdown_exp: m, .. } = *beyond;
    if b == 0.0 {
        return (0.0, 0.0, 0.0);
    }
    let left = 1.0 - v / v_br;
    let power = math::powf(left, -m);
    // d/dV (1 − V/V_br)^−m = m/V_br (1 − V/V_br)^(−m−1)
    let steep = m / v_br * power / left;
    let bend = (m + 1.0) / v_br * steep / left;
    (b * g * v * power, b * g * (power + v * steep), b * g * (2.0 * steep + v * bend))
}
