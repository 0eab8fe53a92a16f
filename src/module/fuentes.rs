//! Cell temperature with thermal mass, as in PVWatts.
//!
//! Fuentes, A simplified thermal model for flat-plate photovoltaic arrays, SAND85-0330, Sandia National Laboratories (1987).

use super::convection::Convection;
use crate::error::{Error, Result, check_range};
use crate::math;

/// Constant of Stefan and Boltzmann as the report has it, W/(m2 K4).
const SIGMA: f64 = 5.669e-8;
/// 0 degC and the report's 20 degC, K.
const ZERO: f64 = 273.15;
const TWENTY: f64 = 293.15;
/// Sky at the conditions of the nominal operating cell temperature, K.
const SKY_AT_NOCT: f64 = 282.21;

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
        let convection = air.coefficient(0.5 * (hot + TWENTY), rise, 0.0, false);
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
        let record = self.record(*state, hours, poa_global, temp_air, wind_speed);
        let mut module = record.before;
        for _ in 0..ROUNDS {
            let next = self.round(&record, module);
            let moved = (next - module).abs();
            module = next;
            if moved <= 1e-10 {
                break;
            }
        }
        *state = record.after(module);
        module - ZERO
    }

    #[inline(always)]
    fn record(&self, state: FuentesState, hours: f64, poa_global: f64, temp_air: f64, wind_speed: f64) -> Record {
        let air = temp_air + ZERO;
        let heat = poa_global * self.absorption;
        Record {
            before: state.temperature,
            heat_before: state.heat,
            heat,
            air,
            sky: 0.68 * 0.0552 * (air * air.sqrt()) + 0.32 * air,
            ln_wind: math::ln(wind_speed * self.wind_ratio + 1e-4),
            inertia: hours * 3600.0 / self.capacity,
        }
    }

    /// The module's temperature, K, where what it loses is reckoned at another one.
    #[inline(always)]
    fn round(&self, record: &Record, module: f64) -> f64 {
        let Record { before, heat_before, heat, air, sky, ln_wind, inertia } = *record;
        let black = self.emissivity * SIGMA;
        let convection =
            self.both_sides * self.air.coefficient(0.5 * (module + air), (module - air).abs(), ln_wind, true);
        let to_sky = black * radiative(module, sky);
        let ground = air + self.ground_ratio * (module - air);
        let to_ground = black * radiative(module, ground);
        let loss = convection + to_sky + to_ground;
        let exponent = -loss * inertia;
        let kept = if exponent > -10.0 { math::exp(exponent) } else { 0.0 };
        let change = heat - heat_before;
        // C dT/dt = S₀ + (S − S₀) t/Δt − Σ h (T − Tᵢ), L = −Σh Δt/C:
        // T = T₀ e^L + ((1 − e^L)(Σ h Tᵢ + S₀ + (S − S₀)/L) + S − S₀)/Σh
        let given = convection * air + to_sky * sky + to_ground * ground + heat_before;
        before * kept + ((1.0 - kept) * (given + change / exponent) + change) / loss
    }

    /// Whole columns, in [`LANES`] parts side by side: each begins so many records early that nothing is left of where it began. Tells
    /// whether that came true, so that each part goes on where the one before ends.
    #[inline(always)]
    fn side_by_side(&self, weather: &Weather<'_>, early: usize, temperatures: &mut [f64]) -> bool {
        let many = temperatures.len();
        let part = many.div_ceil(LANES);
        let mut states = [FuentesState::default(); LANES];
        let mut begun = states;
        for step in 0..early + part {
            if step == early {
                begun = states;
            }
            let mut records = [Record::default(); LANES];
            for (lane, (record, state)) in records.iter_mut().zip(&states).enumerate() {
                // Before the first record, and behind the last, there is none.
                if let Some(at) = (lane * part + step).checked_sub(early).filter(|&at| at < many) {
                    let Weather { poa_global, temp_air, wind_speed, hours } = *weather;
                    *record = self.record(*state, hours[at], poa_global[at], temp_air[at], wind_speed[at]);
                }
            }
            let mut modules = records.map(|record| record.before);
            for _ in 0..ROUNDS {
                for lane in 0..LANES {
                    modules[lane] = self.round(&records[lane], modules[lane]);
                }
            }
            for lane in 0..LANES {
                let Some(at) = (lane * part + step).checked_sub(early).filter(|&at| at < many) else { continue };
                states[lane] = records[lane].after(modules[lane]);
                if step >= early {
                    temperatures[at] = modules[lane] - ZERO;
                }
            }
        }
        let parts = many.div_ceil(part);
        states[..parts - 1]
            .iter()
            .zip(&begun[1..parts])
            .all(|(end, next)| (end.temperature - next.temperature).abs() < 1e-9)
    }
}

/// The report's ten rounds, which settle all but the calmest hours.
const ROUNDS: usize = 10;
/// Parts of a long column that are worked on side by side.
const LANES: usize = 16;
/// Hours after which nothing is left of how most modules began: thirty and more of their time constants.
const FORGOTTEN: f64 = 36.0;

/// The columns of the weather, of one length.
#[derive(Clone, Copy)]
struct Weather<'a> {
    poa_global: &'a [f64],
    temp_air: &'a [f64],
    wind_speed: &'a [f64],
    hours: &'a [f64],
}

/// What holds during a record.
#[derive(Clone, Copy, Default)]
struct Record {
    /// Temperature of the module before, K.
    before: f64,
    /// Light that becomes heat, before and now, W/m2.
    heat_before: f64,
    heat: f64,
    /// Temperatures of air and sky, K.
    air: f64,
    sky: f64,
    /// Logarithm of the wind at the module, m/s.
    ln_wind: f64,
    /// Length of the record over the heat capacity, m2 K/W.
    inertia: f64,
}

impl Record {
    #[inline(always)]
    fn after(&self, module: f64) -> FuentesState {
        if module.is_nan() { FuentesState::default() } else { FuentesState { temperature: module, heat: self.heat } }
    }
}

/// The most records that 36 hours hold before the parts of a column begin; `None` where the parts are no longer than that.
fn early(hours: &[f64]) -> Option<usize> {
    let part = hours.len().div_ceil(LANES);
    let mut most = 0;
    for start in (1..LANES).map(|lane| lane * part).filter(|&start| start < hours.len()) {
        let mut passed = 0.0;
        let records = hours[..start].iter().rev().take_while(|&&hours| {
            let more = passed < FORGOTTEN;
            passed += hours;
            more
        });
        most = records.count().max(most);
    }
    (most < part).then_some(most)
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
    for &hours in hours {
        check_range("hours", hours, f64::MIN_POSITIVE, f64::MAX, "h")?;
    }
    let module = Fuentes::new(parameters);
    let mut temperatures = vec![0.0; expected];
    let weather = Weather { poa_global, temp_air, wind_speed, hours };
    let joined = early(hours).is_some_and(|early| {
        math::vectorised(
            #[inline(always)]
            || module.side_by_side(&weather, early, &mut temperatures),
        )
    });
    if !joined {
        let mut state = FuentesState::default();
        for (at, temperature) in temperatures.iter_mut().enumerate() {
            *temperature = module.step(&mut state, hours[at], poa_global[at], temp_air[at], wind_speed[at]);
        }
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
    fn long_columns_are_those_of_single_steps() {
        // The last is so heavy and shines so little that it forgets nothing within days, and goes step by step.
        let heavy = FuentesParameters { emissivity: 0.05, ..FuentesParameters::new(145.0) };
        for (n, hours, noct) in [
            (8760, 1.0, 49.0),
            (8759, 1.0, 45.0),
            (3000, 0.25, 49.0),
            (1000, 1.0, 60.0),
            (700, 1.0, 49.0),
            (17, 24.0, 49.0),
            (1, 1.0, 49.0),
            (8760, 1.0, 145.0),
        ] {
            let parameters = if noct == 145.0 { heavy } else { FuentesParameters::new(noct) };
            let column = |scale: f64, k: usize| (0..n).map(|i| scale * ((i * k % 97) as f64)).collect::<Vec<_>>();
            let (mut poa, air, wind) = (column(11.0, 13), column(0.4, 7), column(0.1, 29));
            poa[n / 3] = f64::NAN;
            let got = fuentes(&poa, &air, &wind, &vec![hours; n], &parameters).unwrap();
            let (module, mut state) = (Fuentes::new(&parameters), FuentesState::default());
            for i in 0..n {
                let want = module.step(&mut state, hours, poa[i], air[i], wind[i]);
                let same = if i == n / 3 { got[i].is_nan() } else { (got[i] - want).abs() < 1e-9 };
                assert!(same, "{i} of {n}: {} {want}", got[i]);
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
