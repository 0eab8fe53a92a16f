//! One linear model of cell temperature behind several, and the way from each to the others.
//!
//! Driesse et al., PV module operating temperature model equivalence and parameter translation, IEEE PVSC (2022).

use super::temperature::{FaimanParameters, PvsystParameters};
use crate::math;

/// Wind at the module over that at 10 m, as SAM has it for one storey.
const WIND_AT_MODULE: f64 = 0.51;
/// Wind speeds (m/s at 10 m) at which Sandia's exponential and the line agree.
pub const SAPM_WINDS: (f64, f64) = (1.4, 5.4);

/// Cell temperature, degC, from irradiance on the plane (W/m2), air temperature (degC) and wind speed (m/s).
///
/// Driesse et al., PV module operating temperature model equivalence and parameter translation, IEEE PVSC (2022).
#[inline(always)]
pub fn generic_linear(poa_global: f64, temp_air: f64, wind_speed: f64, model: &GenericLinear) -> f64 {
    // T = Tₐ + G (α − η)/(u_c + u_v v)
    temp_air + poa_global * model.net_absorptance() / (model.u_const + model.du_wind * wind_speed)
}

/// Parameters of [`generic_linear`], from and to those of other models.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GenericLinear {
    /// Heat loss without wind, W/(m2 K).
    pub u_const: f64,
    /// Heat loss by wind, W s/(m3 K).
    pub du_wind: f64,
    /// Efficiency of the module.
    pub module_efficiency: f64,
    /// Share of light that the module absorbs.
    pub absorptance: f64,
}

impl GenericLinear {
    /// α − η
    #[inline(always)]
    fn net_absorptance(&self) -> f64 {
        self.absorptance - self.module_efficiency
    }

    /// (α − η)/(α (1 − η)): what PVsyst counts as heat, over what is.
    fn pvsyst_ratio(&self) -> f64 {
        self.net_absorptance() / (self.absorptance * (1.0 - self.module_efficiency))
    }

    /// A module with no heat loss yet.
    fn of(module_efficiency: f64, absorptance: f64) -> Self {
        Self { u_const: f64::NAN, du_wind: f64::NAN, module_efficiency, absorptance }
    }

    /// From those of [`faiman`](super::faiman).
    pub fn from_faiman(faiman: &FaimanParameters, module_efficiency: f64, absorptance: f64) -> Self {
        let module = Self::of(module_efficiency, absorptance);
        let net = module.net_absorptance();
        Self { u_const: faiman.u0 * net, du_wind: faiman.u1 * net, ..module }
    }

    /// To those of [`faiman`](super::faiman).
    pub fn to_faiman(&self) -> FaimanParameters {
        let net = self.net_absorptance();
        FaimanParameters { u0: self.u_const / net, u1: self.du_wind / net }
    }

    /// From those of [`pvsyst_cell`](super::pvsyst_cell), with the same efficiency and absorptance.
    pub fn from_pvsyst(pvsyst: &PvsystParameters, module_efficiency: f64, absorptance: f64) -> Self {
        let module = Self::of(module_efficiency, absorptance);
        let ratio = module.pvsyst_ratio();
        Self { u_const: pvsyst.u_c * ratio, du_wind: pvsyst.u_v * ratio, ..module }
    }

    /// To those of [`pvsyst_cell`](super::pvsyst_cell), with the same efficiency and absorptance.
    pub fn to_pvsyst(&self) -> PvsystParameters {
        let ratio = self.pvsyst_ratio();
        PvsystParameters { u_c: self.u_const / ratio, u_v: self.du_wind / ratio }
    }

    /// From a nominal operating cell temperature, degC, of [`noct_sam`](super::noct_sam) one storey high, its transmittance times
    /// absorptance as the absorptance.
    pub fn from_noct_sam(noct: f64, module_efficiency: f64, absorptance: f64) -> Self {
        // u = 800 α/(NOCT − 20) at 1 m/s, of which 0.6 without wind
        let nominal = 800.0 * absorptance / (noct - 20.0);
        let module = Self::of(module_efficiency, absorptance);
        Self { u_const: 0.6 * nominal, du_wind: 0.4 * nominal * WIND_AT_MODULE, ..module }
    }

    /// To a nominal operating cell temperature, degC, of [`noct_sam`](super::noct_sam).
    pub fn to_noct_sam(&self) -> f64 {
        20.0 + 800.0 * self.absorptance / (self.u_const + self.du_wind / WIND_AT_MODULE)
    }

    /// From `a` and `b` of [`sapm_module`](super::sapm_module), which agree at two wind speeds, as [`SAPM_WINDS`].
    pub fn from_sapm(a: f64, b: f64, winds: (f64, f64), module_efficiency: f64, absorptance: f64) -> Self {
        // u = e^−(a + b v)
        let low = math::exp(-(a + b * winds.0));
        let high = math::exp(-(a + b * winds.1));
        let u1 = (high - low) / (winds.1 - winds.0);
        Self::from_faiman(&FaimanParameters { u0: low - u1 * winds.0, u1 }, module_efficiency, absorptance)
    }

    /// To `a` and `b` of [`sapm_module`](super::sapm_module), which agree at two wind speeds, as [`SAPM_WINDS`].
    pub fn to_sapm(&self, winds: (f64, f64)) -> (f64, f64) {
        let FaimanParameters { u0, u1 } = self.to_faiman();
        let ln_low = math::ln(u0 + u1 * winds.0);
        let b = (ln_low - math::ln(u0 + u1 * winds.1)) / (winds.1 - winds.0);
        (-ln_low - b * winds.0, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::{faiman, pvsyst_cell};

    #[test]
    fn there_and_back() {
        let model = GenericLinear { u_const: 11.04, du_wind: 5.52, module_efficiency: 0.19, absorptance: 0.88 };
        let near = |other: GenericLinear| {
            assert!((other.u_const - 11.04).abs() < 1e-13 && (other.du_wind - 5.52).abs() < 1e-13, "{other:?}");
        };
        near(GenericLinear::from_faiman(&model.to_faiman(), 0.19, 0.88));
        near(GenericLinear::from_pvsyst(&model.to_pvsyst(), 0.19, 0.88));
        let (a, b) = model.to_sapm(SAPM_WINDS);
        near(GenericLinear::from_sapm(a, b, SAPM_WINDS, 0.19, 0.88));
        let sam = GenericLinear::from_noct_sam(47.0, 0.19, 0.88);
        assert!((sam.to_noct_sam() - 47.0).abs() < 1e-12);
    }

    #[test]
    fn the_models_agree() {
        let model = GenericLinear { u_const: 14.0, du_wind: 3.0, module_efficiency: 0.21, absorptance: 0.9 };
        let want = generic_linear(850.0, 18.0, 2.5, &model);
        assert!((faiman(850.0, 18.0, 2.5, &model.to_faiman()) - want).abs() < 1e-13);
        let PvsystParameters { u_c, u_v } = model.to_pvsyst();
        assert!((pvsyst_cell(850.0, 18.0, 2.5, u_c, u_v, 0.21, 0.9) - want).abs() < 1e-13);
        assert!(generic_linear(f64::NAN, 18.0, 2.5, &model).is_nan());
    }
}
