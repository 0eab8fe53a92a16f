//! Sandia's array performance model: currents and voltages fitted to measurements outdoors.

use serde::{Deserialize, Serialize};

use crate::math;
use crate::plane::sapm_modifier;

/// Parameters of [`sapm`] and [`sapm_effective_irradiance`], named as in Sandia's module database.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SapmModule {
    /// Current without voltage at 1000 W/m2 and 25 degC, A.
    pub isco: f64,
    /// Voltage without current there, V.
    pub voco: f64,
    /// Current of the most power there, A.
    pub impo: f64,
    /// Voltage of the most power there, V.
    pub vmpo: f64,
    /// Change of `isco` with temperature, 1/K.
    pub aisc: f64,
    /// Change of `impo` with temperature, 1/K.
    pub aimp: f64,
    /// Change of `voco` with temperature, V/K.
    pub bvoco: f64,
    /// Change of `bvoco` with irradiance, V/K.
    pub mbvoc: f64,
    /// Change of `vmpo` with temperature, V/K.
    pub bvmpo: f64,
    /// Change of `bvmpo` with irradiance, V/K.
    pub mbvmp: f64,
    /// Diode factor.
    pub n: f64,
    /// Cells in series.
    pub cells_in_series: f64,
    /// C₀ to C₇: `[0]`, `[1]` of the current of the most power, `[2]`, `[3]` (1/V) of its voltage, `[4]` to `[7]` of the two further
    /// points, NaN where the module has none.
    #[serde(deserialize_with = "crate::lists::exactly")]
    pub c: [f64; 8],
    /// Currents of the two further points at 1000 W/m2 and 25 degC, A, NaN where the module has none.
    pub ixo: f64,
    /// See `ixo`.
    pub ixxo: f64,
    /// What of the diffuse light the module uses.
    pub fd: f64,
    /// Spectrum's influence as a polynomial in absolute air mass, lowest power first.
    #[serde(deserialize_with = "crate::lists::exactly")]
    pub a: [f64; 5],
    /// Influence of the angle of incidence as a polynomial in degrees, lowest power first.
    #[serde(deserialize_with = "crate::lists::exactly")]
    pub b: [f64; 6],
}

/// Points of a module's curve of current over voltage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SapmPoints {
    /// Current without voltage, A.
    pub i_sc: f64,
    /// Current of the most power, A.
    pub i_mp: f64,
    /// Voltage without current, V.
    pub v_oc: f64,
    /// Voltage of the most power, V.
    pub v_mp: f64,
    /// The most power, W.
    pub p_mp: f64,
    /// Current at half of `v_oc`, A.
    pub i_x: f64,
    /// Current midway between `v_mp` and `v_oc`, A.
    pub i_xx: f64,
}

/// Boltzmann's constant over the elementary charge, V/K (exact in the SI of 2019).
const K_OVER_Q: f64 = 1.380649e-23 / 1.602176634e-19;

/// Points of the curve at an irradiance that reaches the cells (W/m2) and a cell temperature (degC); without light all are 0.
///
/// King, Boyson & Kratochvill, SAND2004-3535 (2004), doi:10.2172/919131.
#[inline(always)]
pub fn sapm(effective_irradiance: f64, temp_cell: f64, module: &SapmModule) -> SapmPoints {
    let m = module;
    let [c0, c1, c2, c3, c4, c5, c6, c7] = m.c;
    let (e, t) = (effective_irradiance / 1000.0, temp_cell - 25.0);
    // N_s δ ln E with δ = n k T / q
    let delta = m.n * K_OVER_Q * (temp_cell + 273.15);
    let log = delta * math::ln(e);
    let current = |first: f64, second: f64| e * (first + second * e);
    let (with_isc, with_imp) = (1.0 + m.aisc * t, 1.0 + m.aimp * t);
    // V = V₀ + N_s δ ln E + β(E) (T − T₀), β(E) = β + m (1 − E), not negative
    let v_oc = math::positive(m.voco + m.cells_in_series * log + (m.bvoco + m.mbvoc * (1.0 - e)) * t);
    let bent = m.cells_in_series * (c2 * log + c3 * (log * log));
    let v_mp = math::positive(m.vmpo + bent + (m.bvmpo + m.mbvmp * (1.0 - e)) * t);
    // The logarithm's powers outweigh each other without light, ∞ − ∞.
    let v_mp = if e == 0.0 { 0.0 * t } else { v_mp };
    let i_mp = m.impo * current(c0, c1) * with_imp;
    SapmPoints {
        i_sc: m.isco * e * with_isc,
        i_mp,
        v_oc,
        v_mp,
        p_mp: i_mp * v_mp,
        i_x: m.ixo * current(c4, c5) * with_isc,
        i_xx: m.ixxo * current(c6, c7) * with_imp,
    }
}

/// Irradiance that reaches the cells, W/m2, of the direct and diffuse irradiance of the plane (W/m2), absolute air mass and angle of
/// incidence (degrees). Without air mass, below the horizon, NaN.
///
/// King, Boyson & Kratochvill, SAND2004-3535 (2004), doi:10.2172/919131.
#[inline(always)]
pub fn sapm_effective_irradiance(
    poa_direct: f64,
    poa_diffuse: f64,
    airmass_absolute: f64,
    aoi: f64,
    module: &SapmModule,
) -> f64 {
    let a = &module.a;
    // f₁ = Σ aᵢ AMⁱ, not negative
    let am = airmass_absolute;
    let f1 = math::positive(a[0] + am * (a[1] + am * (a[2] + am * (a[3] + am * a[4]))));
    // E = f₁ (E_b f₂ + f_d E_d)
    f1 * (poa_direct * sapm_modifier(aoi, &module.b) + module.fd * poa_diffuse)
}
