//! The efficiency curve of PVGIS.

use crate::math;

/// Coefficients of [`huld`], for a power of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HuldCoefficients(pub [f64; 6]);

impl HuldCoefficients {
    /// Crystalline silicon of PVGIS 5 (PVGIS data sources and calculation methods, section 5.2.3, as are the next two).
    pub const CSI_PVGIS5: Self = Self([-0.017237, -0.040465, -0.004702, 0.000149, 0.000170, 0.000005]);
    /// Copper indium selenide of PVGIS 5.
    pub const CIS_PVGIS5: Self = Self([-0.005554, -0.038724, -0.003723, -0.000905, -0.001256, 0.000001]);
    /// Cadmium telluride of PVGIS 5.
    pub const CDTE_PVGIS5: Self = Self([-0.046689, -0.072844, -0.002262, 0.000276, 0.000159, -0.000006]);
    /// Crystalline silicon of PVGIS 6 (Chatzipanagi et al., Progress in Photovoltaics 33 (2025), 905, doi:10.1002/pip.3926, as are
    /// the next two).
    pub const CSI_PVGIS6: Self = Self([-0.0067560, -0.016444, -0.003015, -0.000045, -0.000043, 0.0]);
    /// Copper indium selenide of PVGIS 6.
    pub const CIS_PVGIS6: Self = Self([-0.011001, -0.029734, -0.002887, 0.000217, -0.000163, 0.0]);
    /// Cadmium telluride of PVGIS 6.
    pub const CDTE_PVGIS6: Self = Self([-0.020644, -0.035136, -0.003406, 0.000073, -0.000141, 0.000002]);
}

/// DC power, in the unit of `pdc0`, from the irradiance that reaches the cells (W/m2) and the module's temperature (degC). This is the
/// published formula, which is negative in the weakest light, below some 8 W/m2; NaN for NaN.
///
/// Huld et al., Solar Energy Materials and Solar Cells 95 (2011), 3359, doi:10.1016/j.solmat.2011.07.026.
#[inline(always)]
pub fn huld(effective_irradiance: f64, temp_mod: f64, pdc0: f64, coefficients: &HuldCoefficients) -> f64 {
    let [k1, k2, k3, k4, k5, k6] = coefficients.0;
    let (g, t) = (effective_irradiance / 1000.0, temp_mod - 25.0);
    // Without light the logarithm counts as 0, and the product is 0.
    let l = if g <= 0.0 { 0.0 } else { math::ln(g) };
    // P = g P₀ (1 + k₁ ln g + k₂ ln² g + k₃ t + k₄ t ln g + k₅ t ln² g + k₆ t²)
    let squared = l * l;
    g * pdc0 * (1.0 + k1 * l + k2 * squared + k3 * t + k4 * t * l + k5 * t * squared + k6 * (t * t))
}
