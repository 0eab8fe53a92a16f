//! Explicit points of the curve, and De Soto's module, from what a datasheet has.

use serde::{Deserialize, Serialize};

use super::{DesotoModule, MaxPower, SingleDiode, lambert_w_exp};
use crate::math;

/// Reference cell temperature, K.
const T_REF: f64 = 298.15;

/// A datasheet's figures at 1000 W/m2 and 25 degC.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Datasheet {
    /// Voltage of maximum power, V.
    pub v_mp: f64,
    /// Current of maximum power, A.
    pub i_mp: f64,
    /// Voltage of the open circuit, V.
    pub v_oc: f64,
    /// Current of the short circuit, A.
    pub i_sc: f64,
    /// Temperature coefficient of `i_sc`, A/K.
    pub alpha_sc: f64,
    /// Temperature coefficient of `v_oc`, V/K.
    pub beta_voc: f64,
}

/// Maximum power, short and open circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThreePoints {
    /// The point of maximum power.
    pub max_power: MaxPower,
    /// Current of the short circuit, A.
    pub i_sc: f64,
    /// Voltage of the open circuit, V.
    pub v_oc: f64,
}

/// What the datasheet says of the diode: `δ₀ = a/V_oc` and `W₀ = W(e^(1/δ₀ + 1))`, with both coefficients of temperature per K.
#[derive(Clone, Copy)]
struct Diode {
    alpha: f64,
    beta: f64,
    delta: f64,
    w: f64,
}

impl Diode {
    #[inline(always)]
    fn of(sheet: &Datasheet) -> Self {
        let (alpha, beta) = (sheet.alpha_sc / sheet.i_sc, sheet.beta_voc / sheet.v_oc);
        // δ₀ = (1 − β T₀)/(50.1 − α T₀)
        let delta = (1.0 - beta * T_REF) / (50.1 - alpha * T_REF);
        Self { alpha, beta, delta, w: lambert_w_exp(1.0 / delta + 1.0) }
    }
}

/// The points at the light that reaches the cells (W/m2) and their temperature (degC), from a datasheet alone; voltages that
/// very little light would make negative are 0. NaN in gives NaN.
///
/// Batzelis, IEEE Journal of Photovoltaics 7 (2017), 1400, doi:10.1109/JPHOTOV.2017.2711431, equations 9, 10 and 22 to 28.
#[inline(always)]
pub fn batzelis(effective_irradiance: f64, temp_cell: f64, sheet: &Datasheet) -> ThreePoints {
    let Datasheet { v_mp, i_mp, v_oc, i_sc, .. } = *sheet;
    let Diode { alpha, beta, delta, w } = Diode::of(sheet);
    let (g, warmer) = (effective_irradiance / 1000.0, temp_cell - 25.0);
    let ratio = (temp_cell + 273.15) / T_REF;
    let over = v_oc / v_mp;
    // α_mp = α + (β − 1/T₀)/(W₀ − 1); β_mp = V_oc/V_mp (β/(1 + δ₀) + (δ₀ (W₀ − 1) − 1/(1 + δ₀))/T₀)
    let alpha_mp = alpha + (beta - 1.0 / T_REF) / (w - 1.0);
    let beta_mp = over * (beta / (1.0 + delta) + (delta * (w - 1.0) - 1.0 / (1.0 + delta)) / T_REF);
    // ε₀ = δ₀/(1 + δ₀) V_oc/V_mp; ε₁ = δ₀ (W₀ − 1) V_oc/V_mp − 1
    let epsilon_0 = delta / (1.0 + delta) * over;
    let epsilon_1 = delta * (w - 1.0) * over - 1.0;
    // The logarithm of no light only has to make the voltages negative.
    let ln_g = if g <= 0.0 { -9e9 } else { math::ln(g) };
    let i_mp = g * i_mp * (1.0 + alpha_mp * warmer);
    let v_mp = math::positive(v_mp * (1.0 + epsilon_0 * ratio * ln_g + epsilon_1 * (1.0 - g) + beta_mp * warmer));
    ThreePoints {
        max_power: MaxPower { i_mp, v_mp, p_mp: i_mp * v_mp },
        i_sc: g * i_sc * (1.0 + alpha * warmer),
        v_oc: math::positive(v_oc * (1.0 + delta * ratio * ln_g + beta * warmer)),
    }
}

/// The points of a curve whose five parameters are known, explicitly: within about 1 % of the exact ones for usual modules. Zero
/// without light, whatever the diode; with light, NaN where a parameter that counts is NaN.
///
/// Batzelis 2017 (as [`batzelis`]), equations 3 to 8.
#[inline(always)]
pub fn batzelis_points(diode: &SingleDiode) -> ThreePoints {
    let SingleDiode { photocurrent, saturation_current, resistance_series, resistance_shunt, n_ns_vth: a } = *diode;
    let ln_ratio = math::ln(photocurrent / saturation_current);
    // W = W(e I_L/I₀); I_mp = I_L (1 − 1/W) − a (W − 1)/R_sh; V_mp = a (W − 1) − R_s I_mp
    let w = lambert_w_exp(1.0 + ln_ratio);
    let i_mp = photocurrent * (1.0 - 1.0 / w) - a * (w - 1.0) / resistance_shunt;
    let v_mp = a * (w - 1.0) - resistance_series * i_mp;
    let lit = |value: f64| if photocurrent <= 0.0 { 0.0 } else { value };
    ThreePoints {
        max_power: MaxPower { i_mp: lit(i_mp), v_mp: lit(v_mp), p_mp: lit(i_mp * v_mp) },
        i_sc: lit(photocurrent / (1.0 + resistance_series / resistance_shunt)),
        v_oc: lit(a * ln_ratio),
    }
}

/// De Soto's module of a datasheet, for crystalline silicon.
///
/// Batzelis & Papathanassiou, IEEE Transactions on Sustainable Energy 7 (2016), 504, doi:10.1109/TSTE.2015.2503435.
pub fn fit_desoto_batzelis(sheet: &Datasheet) -> DesotoModule {
    let Datasheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, .. } = *sheet;
    let Diode { delta, w, .. } = Diode::of(sheet);
    // a = δ₀ V_oc; R_s = (a (W₀ − 1) − V_mp)/I_mp; R_sh = a (W₀ − 1)/(I_sc (1 − 1/W₀) − I_mp)
    let a_ref = delta * v_oc;
    let r_s = (a_ref * (w - 1.0) - v_mp) / i_mp;
    let r_sh_ref = a_ref * (w - 1.0) / (i_sc * (1.0 - 1.0 / w) - i_mp);
    // I_L = (1 + R_s/R_sh) I_sc; I₀ = I_L e^(−1/δ₀)
    let i_l_ref = (1.0 + r_s / r_sh_ref) * i_sc;
    let i_o_ref = i_l_ref * math::exp(-1.0 / delta);
    DesotoModule { alpha_sc, a_ref, i_l_ref, i_o_ref, r_sh_ref, r_s, eg_ref: 1.121, degdt: -0.0002677 }
}
