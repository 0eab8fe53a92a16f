//! Sandia's inverter model.

use serde::{Deserialize, Serialize};

/// Parameters of [`sandia`], named as in the CEC's library.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandiaInverter {
    /// AC power at nominal conditions, W.
    pub paco: f64,
    /// DC power that gives it, W.
    pub pdco: f64,
    /// DC voltage at nominal conditions, V.
    pub vdco: f64,
    /// DC power that the inverter needs to start, W.
    pub pso: f64,
    /// Curvature of AC over DC power, 1/W.
    pub c0: f64,
    /// Change of `pdco` with voltage, 1/V.
    pub c1: f64,
    /// Change of `pso` with voltage, 1/V.
    pub c2: f64,
    /// Change of `c0` with voltage, 1/V.
    pub c3: f64,
    /// AC power that it draws at night, W.
    pub pnt: f64,
}

impl SandiaInverter {
    /// AC power of one input before limit and night, W.
    #[inline(always)]
    pub fn unlimited(&self, v_dc: f64, p_dc: f64) -> f64 {
        let v = v_dc - self.vdco;
        // A = P_dco (1 + C₁ v), B = P_so (1 + C₂ v), C = C₀ (1 + C₃ v)
        let a = self.pdco * (1.0 + self.c1 * v);
        let b = self.pso * (1.0 + self.c2 * v);
        let c = self.c0 * (1.0 + self.c3 * v);
        // P = (P_aco/(A − B) − C (A − B)) (P_dc − B) + C (P_dc − B)²
        let p = p_dc - b;
        (self.paco / (a - b) - c * (a - b)) * p + c * (p * p)
    }

    /// AC power of several inputs before limit and night, W; each is a DC voltage (V) and power (W). Without DC it is 0.
    #[inline(always)]
    pub fn unlimited_multi(&self, inputs: &[(f64, f64)]) -> f64 {
        let total: f64 = inputs.iter().map(|(_, p_dc)| p_dc).sum();
        // P = Σ Pᵢ/P_Σ P(vᵢ, P_Σ)
        let share = |p_dc: f64| if total == 0.0 { 0.0 } else { p_dc / total };
        inputs.iter().map(|(v_dc, p_dc)| share(*p_dc) * self.unlimited(*v_dc, total)).sum()
    }

    /// What is left of AC power at the inverter's limit, and below the power that starts it.
    #[inline(always)]
    fn limited(&self, power: f64, p_dc: f64) -> f64 {
        let power = if power > self.paco { self.paco } else { power };
        if p_dc < self.pso { -self.pnt.abs() } else { power }
    }
}

/// AC power, W, from DC voltage (V) and power (W); at night what the inverter draws, negative.
///
/// King, Gonzalez, Galbraith & Boyson, Performance model for grid-connected photovoltaic inverters, SAND2007-5036 (2007),
/// doi:10.2172/920449.
#[inline(always)]
pub fn sandia(v_dc: f64, p_dc: f64, inverter: &SandiaInverter) -> f64 {
    inverter.limited(inverter.unlimited(v_dc, p_dc), p_dc)
}

/// AC power, W, of an inverter with several inputs, each with its DC voltage (V) and power (W); NaN without any.
///
/// Hanley, Tapia & Hansen in pvlib 0.9: each input's curve counts by its share of the power.
#[inline(always)]
pub fn sandia_multi(inputs: &[(f64, f64)], inverter: &SandiaInverter) -> f64 {
    let total: f64 = inputs.iter().map(|(_, p_dc)| p_dc).sum();
    if inputs.is_empty() { f64::NAN } else { inverter.limited(inverter.unlimited_multi(inputs), total) }
}

/// Parameters of [`adr`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdrInverter {
    /// Nominal DC power, W.
    pub pnom: f64,
    /// Nominal DC voltage, V.
    pub vnom: f64,
    /// Largest AC power, W.
    pub pacmax: f64,
    /// Lowest and highest DC voltage, V, with what the model's author allows beyond (10 %).
    #[serde(deserialize_with = "crate::lists::exactly")]
    pub v_limits: [f64; 2],
    /// AC power that it draws at night, W.
    pub pnt: f64,
    /// Losses over nominal power: constant, linear and quadratic in power; the same times `v − 1`; the same times `1/v − 1`.
    #[serde(deserialize_with = "crate::lists::exactly")]
    pub coefficients: [f64; 9],
}

/// AC power, W, from DC voltage (V) and power (W); NaN where the voltage is outside the limits, what the inverter draws, negative,
/// without voltage.
///
/// Driesse, Jain & Harrison, Beyond the curves, 33rd IEEE PVSC (2008), doi:10.1109/PVSC.2008.4922827.
#[inline(always)]
pub fn adr(v_dc: f64, p_dc: f64, inverter: &AdrInverter) -> f64 {
    let (p, v) = (p_dc / inverter.pnom, v_dc / inverter.vnom);
    let curve = |c: &[f64]| c[0] + p * (c[1] + p * c[2]);
    let c = &inverter.coefficients;
    // L = f₀(p) + f₁(p) (v − 1) + f₂(p) (1/v − 1), P = P_nom (p − L)
    let loss = curve(&c[..3]) + curve(&c[3..6]) * (v - 1.0) + curve(&c[6..]) * (1.0 / v - 1.0);
    let power = inverter.pnom * (p - loss);
    let [low, high] = inverter.v_limits;
    let night = -inverter.pnt.abs();
    let power = if v_dc > high || v_dc < low { f64::NAN } else { power };
    let power = if v_dc == 0.0 { night } else { power };
    let power = if power < night { night } else { power };
    if power > inverter.pacmax { inverter.pacmax } else { power }
}
