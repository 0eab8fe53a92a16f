//! The five parameters at operating conditions, from those at reference conditions (1000 W/m2, 25 degC).

use crate::math;

/// Zero of the Celsius scale, K.
const KELVIN: f64 = 273.15;
/// Reference cell temperature, K.
const T_REF: f64 = 25.0 + KELVIN;
/// Boltzmann's constant, eV/K, CODATA 2018: k/q, both exact.
pub(super) const BOLTZMANN_EV: f64 = 1.380649e-23 / 1.602176634e-19;

/// The five parameters of a module's curve at operating conditions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleDiode {
    /// Current that the light drives, A.
    pub photocurrent: f64,
    /// Saturation current of the diode, A.
    pub saturation_current: f64,
    /// Series resistance, ohm.
    pub resistance_series: f64,
    /// Shunt resistance, ohm; infinite in the dark.
    pub resistance_shunt: f64,
    /// Ideality factor times cells in series times thermal voltage, V.
    pub n_ns_vth: f64,
}

impl SingleDiode {
    /// A module of one cell without light.
    pub(super) const DARK: Self = Self {
        photocurrent: 0.0,
        saturation_current: 1e-10,
        resistance_series: 0.0,
        resistance_shunt: f64::INFINITY,
        n_ns_vth: 0.025,
    };
}

/// A module in the model of De Soto.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DesotoModule {
    /// Temperature coefficient of the short-circuit current, A/K.
    pub alpha_sc: f64,
    /// Ideality factor times cells in series times thermal voltage, V.
    pub a_ref: f64,
    /// Photocurrent, A.
    pub i_l_ref: f64,
    /// Saturation current, A.
    pub i_o_ref: f64,
    /// Shunt resistance, ohm.
    pub r_sh_ref: f64,
    /// Series resistance, ohm.
    pub r_s: f64,
    /// Band gap, eV; 1.121 for crystalline silicon.
    pub eg_ref: f64,
    /// Relative change of the band gap with temperature, 1/K; -0.0002677 for crystalline silicon.
    pub degdt: f64,
}

/// A module in the model of the CEC: De Soto's with an adjusted temperature coefficient of the current.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CecModule {
    /// The module in De Soto's model.
    pub desoto: DesotoModule,
    /// Adjustment of the temperature coefficient, %.
    pub adjust: f64,
}

/// A module in the model of PVsyst.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PvsystModule {
    /// Temperature coefficient of the short-circuit current, A/K.
    pub alpha_sc: f64,
    /// Ideality factor.
    pub gamma_ref: f64,
    /// Its temperature coefficient, 1/K.
    pub mu_gamma: f64,
    /// Photocurrent, A.
    pub i_l_ref: f64,
    /// Saturation current, A.
    pub i_o_ref: f64,
    /// Shunt resistance, ohm.
    pub r_sh_ref: f64,
    /// Shunt resistance in the dark, ohm.
    pub r_sh_0: f64,
    /// How fast the shunt resistance falls with light; 5.5 in PVsyst.
    pub r_sh_exp: f64,
    /// Series resistance, ohm.
    pub r_s: f64,
    /// Cells in series.
    pub cells_in_series: f64,
    /// Band gap, eV; 1.121 for crystalline silicon.
    pub eg_ref: f64,
}

/// De Soto's parameters, by the light that reaches the cells (W/m2) and their temperature (degC).
///
/// De Soto, Klein & Beckman, Solar Energy 80 (2006), 78, doi:10.1016/j.solener.2005.06.010. Effective irradiance stands for
/// its product of irradiance and air-mass modifier, in the shunt resistance too.
#[inline(always)]
pub fn calcparams_desoto(effective_irradiance: f64, temp_cell: f64, module: &DesotoModule) -> SingleDiode {
    desoto(effective_irradiance, temp_cell, module, module.alpha_sc)
}

/// The CEC's parameters; arguments as [`calcparams_desoto`].
///
/// Dobos, Journal of Solar Energy Engineering 134 (2012), 021011, doi:10.1115/1.4005759.
#[inline(always)]
pub fn calcparams_cec(effective_irradiance: f64, temp_cell: f64, module: &CecModule) -> SingleDiode {
    // α′ = α (1 − adjust/100)
    desoto(effective_irradiance, temp_cell, &module.desoto, module.desoto.alpha_sc * (1.0 - module.adjust / 100.0))
}

#[inline(always)]
fn desoto(effective_irradiance: f64, temp_cell: f64, module: &DesotoModule, alpha_sc: f64) -> SingleDiode {
    let DesotoModule { alpha_sc: _, a_ref, i_l_ref, i_o_ref, r_sh_ref, r_s, eg_ref, degdt } = *module;
    let (g, t) = (effective_irradiance / 1000.0, temp_cell + KELVIN);
    let ratio = t / T_REF;
    // E_g = E₀ (1 + dE/dT (T − T₀)); I₀ = I₀₀ (T/T₀)³ exp((E₀/T₀ − E_g/T)/k)
    let eg = eg_ref * (1.0 + degdt * (t - T_REF));
    let exponent = eg_ref / (BOLTZMANN_EV * T_REF) - eg / (BOLTZMANN_EV * t);
    SingleDiode {
        // I_L = G/G₀ (I_L₀ + α (T − T₀))
        photocurrent: g * (i_l_ref + alpha_sc * (t - T_REF)),
        saturation_current: i_o_ref * (ratio * ratio * ratio) * math::exp(exponent),
        resistance_series: r_s,
        // R_sh = R_sh₀ G₀/G
        resistance_shunt: r_sh_ref / g,
        // a = a₀ T/T₀
        n_ns_vth: a_ref * ratio,
    }
}

/// PVsyst's parameters; arguments as [`calcparams_desoto`].
///
/// Sauer, Roessler & Hansen, IEEE Journal of Photovoltaics 5 (2015), 152, doi:10.1109/JPHOTOV.2014.2364133; Mermoud & Lejeune,
/// 25th EU PVSEC (2010).
#[inline(always)]
pub fn calcparams_pvsyst(effective_irradiance: f64, temp_cell: f64, module: &PvsystModule) -> SingleDiode {
    let m = module;
    let (g, t) = (effective_irradiance / 1000.0, temp_cell + KELVIN);
    let ratio = t / T_REF;
    // γ = γ₀ + μ (T − T₀); I₀ = I₀₀ (T/T₀)³ exp(q E_g/(k γ) (1/T₀ − 1/T))
    let gamma = m.gamma_ref + m.mu_gamma * (t - T_REF);
    let exponent = m.eg_ref / (BOLTZMANN_EV * gamma) * (1.0 / T_REF - 1.0 / t);
    // R_base = max((R₁ − R₀ e^−x)/(1 − e^−x), 0), R_sh = R_base + (R₀ − R_base) e^(−x G/G₀)
    let dark = math::exp(-m.r_sh_exp);
    let base = math::positive((m.r_sh_ref - m.r_sh_0 * dark) / (1.0 - dark));
    SingleDiode {
        photocurrent: g * (m.i_l_ref + m.alpha_sc * (t - T_REF)),
        saturation_current: m.i_o_ref * (ratio * ratio * ratio) * math::exp(exponent),
        resistance_series: m.r_s,
        resistance_shunt: base + (m.r_sh_0 - base) * math::exp(-m.r_sh_exp * g),
        // a = γ N k T/q
        n_ns_vth: gamma * BOLTZMANN_EV * m.cells_in_series * t,
    }
}
