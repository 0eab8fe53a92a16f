//! Convection of air over a module: free, laminar and turbulent, after Fuentes (1987).

use crate::math;

/// Density of air at one atmosphere times its temperature, kg K/m3.
const AIR_DENSITY: f64 = 0.003484 * 101325.0;
/// Kinematic viscosity of air over its temperature to the power 1.76.
const AIR_VISCOSITY: f64 = 0.24237e-6 / AIR_DENSITY;
/// Heat conductivity of air over its temperature to the power 0.84.
const AIR_CONDUCTIVITY: f64 = 2.1695e-4;
/// Heat capacity of air, J/(kg K), and its Prandtl number.
const AIR_HEAT: f64 = 1007.0;
const PRANDTL: f64 = 0.71;

/// Logarithms of the cubes of the coefficients of convection, but for powers of temperature, wind and difference of temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Convection {
    free: f64,
    laminar: f64,
    turbulent: f64,
    /// Logarithm of the wind that turns the flow turbulent, 1.2e5 ν/x, over the temperature to the power 1.76.
    threshold: f64,
}

impl Convection {
    pub(super) fn new(length: f64, surface_tilt: f64) -> Self {
        let sin_tilt = math::sin(surface_tilt.to_radians());
        // Of Reynolds' number w x/ν and Grashof's g ΔT x³ sin β/(T ν²), ν = N T^1.76:
        // h_free = 0.21 (Gr Pr)^0.32 k/x, h_laminar = 0.86 Re^−½ ρ c w Pr^−0.67, h_turbulent = 0.0282 Re^−0.2 ρ c w Pr^−0.4
        let grashof = 9.8 * (length * length * length) * sin_tilt / (AIR_VISCOSITY * AIR_VISCOSITY);
        let ln_reynolds = math::ln(length / AIR_VISCOSITY);
        let (ln_heat, ln_prandtl) = (math::ln(AIR_DENSITY * AIR_HEAT), math::ln(PRANDTL));
        // A level module has no free convection, and its logarithm is minus infinity.
        Self {
            free: 3.0 * math::ln(0.21 * AIR_CONDUCTIVITY / length) + 0.96 * (math::ln(grashof) + ln_prandtl),
            laminar: 3.0 * (math::ln(0.86) + ln_heat - 0.5 * ln_reynolds - 0.67 * ln_prandtl),
            turbulent: 3.0 * (math::ln(0.0282) + ln_heat - 0.2 * ln_reynolds - 0.4 * ln_prandtl),
            threshold: math::ln(1.2e5) - ln_reynolds,
        }
    }

    /// Coefficient of convection, W/(m2 K), of air and module at a mean temperature (K) and a difference of so many K, under a wind of
    /// that logarithm.
    #[inline(always)]
    pub(super) fn coefficient(&self, mean: f64, difference: f64, ln_wind: f64, may_turn: bool) -> f64 {
        let ln_t = math::ln(mean);
        let free = math::exp(self.free + 0.96 * math::ln(difference) - 1.8192 * ln_t);
        let laminar = self.laminar + 1.5 * ln_wind - 0.36 * ln_t;
        let turbulent = self.turbulent + 2.4 * ln_wind - 1.944 * ln_t;
        let turns = may_turn && ln_wind > self.threshold + 1.76 * ln_t;
        let forced = math::exp(if turns { turbulent } else { laminar });
        // h³ = h_free³ + h_forced³
        math::exp(math::ln(free + forced) / 3.0)
    }
}
