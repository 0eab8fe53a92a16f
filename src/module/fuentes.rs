//! Cell temperature with thermal mass, as in PVWatts.
//!
//! Fuentes, A simplified thermal model for flat-plate photovoltaic arrays, SAND85-0330, Sandia National Laboratories (1987).

use crate::error::{Error, Result, check_range};
use crate::math;

/// Constant of Stefan and Boltzmann as the report has it, W/(m2 K4).
const SIGMA: f64 = 5.669e-8;
/// 0 degC and the report's 20 degC, K.
const ZERO: f64 = 273.15;
const TWENTY: f64 = 293.15;
/// Sky at the conditions of the nominal operating cell temperature, K.
const SKY_AT_NOCT: f64 = 282.21;

/// Density of air at one atmosphere times its temperature, kg K/m3.
const AIR_DENSITY: f64 = 0.003484 * 101325.0;
/// Kinematic viscosity of air over its temperature to the power 1.76.
const AIR_VISCOSITY: f64 = 0.24237e-6 / AIR_DENSITY;
/// Heat conductivity of air over its temperature to the power 0.84.
const AIR_CONDUCTIVITY: f64 = 2.1695e-4;
/// Heat capacity of air, J/(kg K), and its Prandtl number.
const AIR_HEAT: f64 = 1007.0;
const PRANDTL: f64 = 0.71;

/// Parameters of [`fuentes`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FuentesParameters {
    /// Nominal operating cell temperature as installed, degC, above 20. PVWatts takes 45 on racks and 49 on roofs.
    pub noct_installed: f64,
    /// Height of the modules' middle above ground, m.
    pub module_height: f64,
    /// Height above ground at which wind is measured, m.
    pub wind_height: f64,
    /// Share of a black body's heat that the module radiates.
    pub emissivity: f64,
    /// Share of light that becomes heat.
    pub absorption: f64,
    /// Tilt, degrees.
    pub surface_tilt: f64,
    /// Width of a module, m.
    pub module_width: f64,
    /// Length of a module, m.
    pub module_length: f64,
}

impl FuentesParameters {
    /// PVWatts' parameters (Dobos 2014, doi:10.2172/1158421) with a nominal operating cell temperature as installed, degC.
    pub fn new(noct_installed: f64) -> Self {
        Self {
            noct_installed,
            module_height: 5.0,
            wind_height: 9.144,
            emissivity: 0.84,
            absorption: 0.83,
            surface_tilt: 30.0,
            module_width: 0.31579,
            module_length: 1.2,
        }
    }

    /// On a rack.
    pub const RACK_NOCT: f64 = 45.0;
    /// Close to a roof.
    pub const ROOF_NOCT: f64 = 49.0;
}

/// What a module remembers from one record to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FuentesState {
    /// Temperature, K.
    temperature: f64,
    /// Light that became heat, W/m2.
    heat: f64,
}

impl Default for FuentesState {
    /// The report's start: 20 degC, dark.
    fn default() -> Self {
        Self { temperature: TWENTY, heat: 0.0 }
    }
}

/// A module whose constants have been prepared, for many records.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fuentes {
    air: Convection,
    emissivity: f64,
    absorption: f64,
    /// Wind at the module over that measured.
    wind_ratio: f64,
    /// Heat capacity, J/(m2 K).
    capacity: f64,
    /// Convection of both sides over that of the front.
    both_sides: f64,
    /// Rise of the ground or roof behind the module over that of the module.
    ground_ratio: f64,
}

/// Cubes of the coefficients of convection, but for powers of temperature, wind and difference of temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Convection {
    free: f64,
    laminar: f64,
    turbulent: f64,
    /// Logarithm of the wind that turns the flow turbulent, 1.2e5 ν/x, over the temperature to the power 1.76.
    ln_threshold: f64,
}

impl Convection {
    fn new(length: f64, surface_tilt: f64) -> Self {
        let cube = |x: f64| x * x * x;
        let sin_tilt = math::sin(surface_tilt.to_radians());
        // Of Reynolds' number w x/ν and Grashof's g ΔT x³ sin β/(T ν²), ν = N T^1.76:
        // h_free = 0.21 (Gr Pr)^0.32 k/x, h_laminar = 0.86 Re^−½ ρ c w Pr^−0.67, h_turbulent = 0.0282 Re^−0.2 ρ c w Pr^−0.4
        let grashof = 9.8 * cube(length) * sin_tilt / (AIR_VISCOSITY * AIR_VISCOSITY);
        let reynolds = length / AIR_VISCOSITY;
        let heat = AIR_DENSITY * AIR_HEAT;
        // A level module has no free convection, and its logarithm is minus infinity.
        Self {
            free: cube(0.21 * AIR_CONDUCTIVITY / length) * math::powf(grashof * PRANDTL, 0.96),
            laminar: cube(0.86 * heat / (reynolds.sqrt() * math::powf(PRANDTL, 0.67))),
            turbulent: cube(0.0282 * heat / (math::powf(reynolds, 0.2) * math::powf(PRANDTL, 0.4))),
            ln_threshold: math::ln(1.2e5 / reynolds),
        }
    }

    /// Coefficient of convection, W/(m2 K), of air and module at a mean temperature (K) and a difference of so many K.
    #[inline(always)]
    fn coefficient(&self, mean: f64, difference: f64, wind: &Wind, may_turn: bool) -> f64 {
        let ln_t = math::ln(mean);
        let free = self.free * math::exp(0.96 * math::ln(difference) - 1.8192 * ln_t);
        let turbulent = may_turn && wind.ln > self.ln_threshold + 1.76 * ln_t;
        let forced = if turbulent {
            self.turbulent * math::exp(2.4 * wind.ln - 1.944 * ln_t)
        } else {
            self.laminar * wind.to_three_halves * math::exp(-0.36 * ln_t)
        };
        // h³ = h_free³ + h_forced³
        math::exp(math::ln(free + forced) / 3.0)
    }
}

/// Powers of a wind speed, m/s.
struct Wind {
    ln: f64,
    to_three_halves: f64,
}

impl Wind {
    #[inline(always)]
    fn new(speed: f64) -> Self {
        Self { ln: math::ln(speed), to_three_halves: speed * speed.sqrt() }
    }
}

/// Radiative coefficient between two temperatures, but for σ ε: (a² + b²)(a + b).
#[inline(always)]
fn radiative(a: f64, b: f64) -> f64 {
    (a * a + b * b) * (a + b)
}

fn fourth(x: f64) -> f64 {
    let squared = x * x;
    squared * squared
}

impl Fuentes {
    /// Prepares a module: what it loses at nominal conditions tells how its back is cooled.
    pub fn new(parameters: &FuentesParameters) -> Self {
        let FuentesParameters { emissivity, absorption, module_width: width, module_length: length, .. } = *parameters;
        let air = Convection::new(2.0 * width * length / (width + length), parameters.surface_tilt);
        let hot = parameters.noct_installed + ZERO;
        let rise = hot - TWENTY;
        let convection = air.coefficient(0.5 * (hot + TWENTY), rise, &Wind::new(1.0), false);
        let black = emissivity * SIGMA;
        let absorbed = absorption * 800.0;
        // What the front does not give off goes out at the back, to a ground between air and module.
        let front = absorbed - black * (fourth(hot) - fourth(SKY_AT_NOCT)) - convection * rise;
        let back_ratio = front / ((black * radiative(hot, TWENTY) + convection) * rise);
        let ground = (fourth(hot) - back_ratio * (fourth(hot) - fourth(TWENTY))).sqrt().sqrt();
        let ground = if ground < TWENTY { TWENTY } else { ground };
        let ground = if ground > hot { hot } else { ground };
        let radiated = black * (2.0 * fourth(hot) - fourth(SKY_AT_NOCT) - fourth(ground));
        // Hotter modules than 48 degC are tied to the roof, whose mass they share.
        let tied = math::positive((hot - 321.15) / 12.0);
        Self {
            air,
            emissivity,
            absorption,
            wind_ratio: math::powf(parameters.module_height / parameters.wind_height, 0.2),
            capacity: 11000.0 * (1.0 + tied),
            both_sides: (absorbed - radiated) / (convection * rise),
            ground_ratio: (ground - TWENTY) / rise,
        }
    }

    /// Cell temperature, degC, at the end of a record `hours` after the one before, from irradiance on the plane (W/m2), air temperature
    /// (degC) and wind speed (m/s); light changes evenly from one record to the next. A record that is not a number gives one that is
    /// not, and the next starts anew.
    pub fn step(&self, state: &mut FuentesState, hours: f64, poa_global: f64, temp_air: f64, wind_speed: f64) -> f64 {
        let air = temp_air + ZERO;
        let heat = poa_global * self.absorption;
        let wind = Wind::new(wind_speed * self.wind_ratio + 1e-4);
        let sky = 0.68 * 0.0552 * (air * air.sqrt()) + 0.32 * air;
        let black = self.emissivity * SIGMA;
        let before = state.temperature;
        let change = heat - state.heat;
        let mut module = before;
        // The report's ten rounds, or fewer where nothing moves any more.
        for _ in 0..10 {
            let convection =
                self.both_sides * self.air.coefficient(0.5 * (module + air), (module - air).abs(), &wind, true);
            let to_sky = black * radiative(module, sky);
            let ground = air + self.ground_ratio * (module - air);
            let to_ground = black * radiative(module, ground);
            let loss = convection + to_sky + to_ground;
            let exponent = -loss / self.capacity * (hours * 3600.0);
            let kept = if exponent > -10.0 { math::exp(exponent) } else { 0.0 };
            // C dT/dt = S₀ + (S − S₀) t/Δt − Σ h (T − Tᵢ), L = −Σh Δt/C:
            // T = T₀ e^L + ((1 − e^L)(Σ h Tᵢ + S₀ + (S − S₀)/L) + S − S₀)/Σh
            let given = convection * air + to_sky * sky + to_ground * ground + state.heat;
            let next = before * kept + ((1.0 - kept) * (given + change / exponent) + change) / loss;
            let moved = (next - module).abs();
            module = next;
            if moved <= 1e-10 {
                break;
            }
        }
        *state = if module.is_nan() { FuentesState::default() } else { FuentesState { temperature: module, heat } };
        module - ZERO
    }
}

/// Cell temperature, degC, of a series of records: irradiance on the plane (W/m2), air temperature (degC) and wind speed (m/s), each
/// `hours` after the one before. The first is as far from a dark start at 20 degC as its `hours` say.
///
/// Fuentes, SAND85-0330 (1987), with the parameters of PVWatts, Dobos 2014, doi:10.2172/1158421.
///
/// # Errors
/// Series of different length; an interval that is not above 0; a nominal operating cell temperature that is not above 20 degC.
pub fn fuentes(
    poa_global: &[f64],
    temp_air: &[f64],
    wind_speed: &[f64],
    hours: &[f64],
    parameters: &FuentesParameters,
) -> Result<Vec<f64>> {
    let expected = poa_global.len();
    for (name, found) in [("temp_air", temp_air.len()), ("wind_speed", wind_speed.len()), ("hours", hours.len())] {
        if found != expected {
            return Err(Error::Length { name, found, expected });
        }
    }
    check_range("noct_installed", parameters.noct_installed, 20.0f64.next_up(), 150.0, "degC")?;
    let module = Fuentes::new(parameters);
    let mut state = FuentesState::default();
    let mut temperatures = Vec::with_capacity(expected);
    for (((&poa, &air), &wind), &hours) in poa_global.iter().zip(temp_air).zip(wind_speed).zip(hours) {
        check_range("hours", hours, f64::MIN_POSITIVE, f64::MAX, "h")?;
        temperatures.push(module.step(&mut state, hours, poa, air, wind));
    }
    Ok(temperatures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nominal_conditions_give_the_nominal_temperature() {
        // 800 W/m2, 20 degC and 1 m/s at the module, for a day. The report's sky is 2 K colder at 20 degC than at nominal conditions.
        let parameters = FuentesParameters { module_height: 9.144, ..FuentesParameters::new(45.0) };
        let n = 48;
        let got = fuentes(&vec![800.0; n], &vec![20.0; n], &vec![1.0; n], &vec![0.5; n], &parameters).unwrap();
        assert!((got[n - 1] - 45.0).abs() < 1.0, "{}", got[n - 1]);
        assert!(got[0] < got[1]);
    }

    #[test]
    fn a_gap_is_a_gap_and_then_it_starts_anew() {
        let parameters = FuentesParameters::new(49.0);
        let poa = [500.0, 600.0, f64::NAN, 500.0, 600.0];
        let got = fuentes(&poa, &[20.0; 5], &[2.0; 5], &[1.0; 5], &parameters).unwrap();
        assert!(got[2].is_nan());
        assert_eq!(got[..2], got[3..]);
    }

    #[test]
    fn calm_level_and_dark_modules_have_a_temperature() {
        for tilt in [0.0, 90.0] {
            let parameters = FuentesParameters { surface_tilt: tilt, ..FuentesParameters::new(45.0) };
            for (poa, air) in [(0.0, 20.0), (0.0, -40.0), (1300.0, 50.0)] {
                let got = fuentes(&[poa; 5], &[air; 5], &[0.0; 5], &[1.0; 5], &parameters).unwrap();
                assert!(got.iter().all(|t| (-60.0..160.0).contains(t)), "{got:?}");
            }
        }
    }

    #[test]
    fn bad_series_are_refused() {
        let parameters = FuentesParameters::new(45.0);
        let short = fuentes(&[0.0; 3], &[0.0; 3], &[0.0; 2], &[1.0; 3], &parameters).unwrap_err();
        assert_eq!(short.to_string(), "wind_speed has 2 records where 3 are expected");
        for hours in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(fuentes(&[0.0], &[0.0], &[0.0], &[hours], &parameters).is_err());
        }
        assert!(fuentes(&[0.0], &[0.0], &[0.0], &[1.0], &FuentesParameters::new(20.0)).is_err());
        assert!(fuentes(&[], &[], &[], &[], &parameters).unwrap().is_empty());
    }
}
