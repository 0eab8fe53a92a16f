//! How slowly a module warms and cools within minutes.

use crate::error::{Error, Result, check_range};
use crate::math;

/// Parameters of [`prilliman`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrillimanParameters {
    /// Mass of the module over the area of one side, kg/m2.
    pub unit_mass: f64,
    /// Coefficients a₀ to a₃ of the rate at which the past is forgotten.
    pub coefficients: [f64; 4],
}

impl Default for PrillimanParameters {
    /// 11.1 kg/m2 and the coefficients of the paper's table II.
    fn default() -> Self {
        Self { unit_mass: 11.1, coefficients: [0.0046, 0.00046, -0.00023, -1.6e-5] }
    }
}

/// Length of the window, minutes.
const WINDOW: f64 = 20.0;
/// Records that are worked on side by side.
const LANES: usize = 32;

/// Cell temperatures, degC, smoothed over the 20 minutes before each record: a mean whose weights fall with age, the faster the more it
/// blows. `temp_cell` comes from a model without memory, `wind_speed` is in m/s; records follow each other by `step_minutes`.
///
/// The first record stays as it is, and so do all where a step is 20 minutes or longer. NaN where the wind is NaN or where the window
/// has no temperature; single gaps in the temperature are left out of the mean.
///
/// Prilliman, Stein, Riley & Tamizhmani, IEEE Journal of Photovoltaics (2020), doi:10.1109/JPHOTOV.2020.2992351.
///
/// # Errors
/// Series of different length; a step that is not above 0.
pub fn prilliman(
    temp_cell: &[f64],
    wind_speed: &[f64],
    step_minutes: f64,
    parameters: &PrillimanParameters,
) -> Result<Vec<f64>> {
    let expected = temp_cell.len();
    if wind_speed.len() != expected {
        return Err(Error::Length { name: "wind_speed", found: wind_speed.len(), expected });
    }
    check_range("step_minutes", step_minutes, f64::MIN_POSITIVE, f64::MAX, "min")?;
    if step_minutes >= WINDOW || expected == 0 {
        return Ok(temp_cell.to_vec());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float beyond usize saturates")]
    let window = ((WINDOW / step_minutes) as usize).min(expected);
    // What lies before the first record is missing, as gaps are.
    let missing = window.checked_add(expected.next_multiple_of(LANES)).unwrap_or(window);
    let mut past = vec![0.0; missing];
    let mut known = vec![0.0; missing];
    for ((past, known), &temperature) in past[window..].iter_mut().zip(&mut known[window..]).zip(temp_cell) {
        (*past, *known) = if temperature.is_nan() { (0.0, 0.0) } else { (temperature, 1.0) };
    }
    let mut smoothed = vec![0.0; expected];
    math::vectorised(
        #[inline(always)]
        || smooth(&past, &known, wind_speed, window, step_minutes * 60.0, parameters, &mut smoothed),
    );
    smoothed[0] = temp_cell[0];
    Ok(smoothed)
}

#[inline(always)]
fn smooth(
    past: &[f64],
    known: &[f64],
    wind_speed: &[f64],
    window: usize,
    step_s: f64,
    parameters: &PrillimanParameters,
    smoothed: &mut [f64],
) {
    let [a0, a1, a2, a3] = parameters.coefficients;
    let mass = parameters.unit_mass;
    for (block, (winds, out)) in wind_speed.chunks(LANES).zip(smoothed.chunks_mut(LANES)).enumerate() {
        let mut wind = [0.0; LANES];
        wind[..winds.len()].copy_from_slice(winds);
        let mut share = [0.0; LANES];
        for (share, wind) in share.iter_mut().zip(wind) {
            // P = a₀ + a₁ v + a₂ m + a₃ v m; a record j steps old weighs q^j, q = e^(−P Δt)
            *share = math::exp(-(a0 + a1 * wind + a2 * mass + a3 * wind * mass) * step_s);
        }
        // Horner's scheme from the oldest; a power of q that all terms share drops out of the mean.
        let (mut sum, mut weight) = ([0.0; LANES], [0.0; LANES]);
        for oldest in 0..window {
            let from = block * LANES + oldest;
            let (past, known) = (&past[from..from + LANES], &known[from..from + LANES]);
            for k in 0..LANES {
                sum[k] = sum[k] * share[k] + past[k];
                weight[k] = weight[k] * share[k] + known[k];
            }
        }
        for ((out, sum), weight) in out.iter_mut().zip(sum).zip(weight) {
            *out = sum / weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_temperatures_stay() {
        let parameters = PrillimanParameters::default();
        for step in [0.1, 0.5, 1.0, 5.0, 19.9] {
            let got = prilliman(&[40.0; 100], &[2.0; 100], step, &parameters).unwrap();
            assert!(got.iter().all(|t| (t - 40.0).abs() < 1e-12), "{step}");
        }
    }

    #[test]
    fn long_steps_change_nothing_and_short_series_do_no_harm() {
        let parameters = PrillimanParameters::default();
        let temperatures = [1.0, 50.0, f64::NAN];
        let got = prilliman(&temperatures, &[0.0; 3], 20.0, &parameters).unwrap();
        assert!(got[..2] == temperatures[..2] && got[2].is_nan());
        assert!(prilliman(&[], &[], 1.0, &parameters).unwrap().is_empty());
        assert_eq!(prilliman(&[7.0], &[0.0], 1e-300, &parameters).unwrap(), [7.0]);
        assert!(prilliman(&[7.0], &[], 1.0, &parameters).is_err());
        for step in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(prilliman(&[7.0], &[1.0], step, &parameters).is_err());
        }
    }

    /// The mean as the paper writes it.
    #[test]
    fn weights_are_those_of_the_paper() {
        let parameters = PrillimanParameters::default();
        let (temperatures, winds) = ([30.0, 34.0, 31.0, 40.0, 20.0], [1.0, 2.0, 0.0, 5.0, 3.0]);
        let got = prilliman(&temperatures, &winds, 8.0, &parameters).unwrap();
        for k in 2..5 {
            let rate = 0.0046 + 0.00046 * winds[k] - 0.00023 * 11.1 - 1.6e-5 * winds[k] * 11.1;
            let weights = [(-rate * 480.0).exp(), (-rate * 960.0).exp()];
            let mean =
                (weights[0] * temperatures[k - 1] + weights[1] * temperatures[k - 2]) / (weights[0] + weights[1]);
            assert!((got[k] - mean).abs() < 1e-12);
        }
    }
}
