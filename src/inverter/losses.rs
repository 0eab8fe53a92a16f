//! Losses of wires, transformers and years.

use crate::error::{Error, Result};
use crate::math;

/// Resistance of an array's DC wires, Ω, that loses `dc_ohmic_percent` of its power at reference conditions; voltage (V) and current (A)
/// of one module at maximum power, modules in a string, strings side by side.
///
/// Ohm's law; SAM's "DC wiring loss" (Gilman et al., NREL/TP-6A20-67399, 2018) gives the share.
#[inline(always)]
pub fn dc_ohms_from_percent(
    vmp_ref: f64,
    imp_ref: f64,
    dc_ohmic_percent: f64,
    modules_per_string: f64,
    strings: f64,
) -> f64 {
    // R = L V/I
    dc_ohmic_percent / 100.0 * (modules_per_string * vmp_ref / (strings * imp_ref))
}

/// Power that a current (A) loses in a resistance (Ω), W: Joule's law.
#[inline(always)]
pub fn dc_ohmic_losses(resistance: f64, current: f64) -> f64 {
    // I² R
    resistance * (current * current)
}

/// What the conductor of a cable is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conductor {
    /// Resistivity at 20 degC, Ω mm2/m.
    pub resistivity: f64,
    /// Its temperature coefficient at 20 degC, 1/K.
    pub temperature_coefficient: f64,
}

impl Conductor {
    /// Annealed copper: 1/58 Ω mm2/m and 0.00393/K (IEC 60028, 1925).
    pub const COPPER: Self = Self { resistivity: 1.0 / 58.0, temperature_coefficient: 0.00393 };
    /// Hard-drawn aluminium: 0.028264 Ω mm2/m and 0.00403/K (IEC 60889, 1987; from memory).
    pub const ALUMINIUM: Self = Self { resistivity: 0.028264, temperature_coefficient: 0.00403 };

    /// Resistance of one conductor, Ω, by its length (m), cross-section (mm2) and temperature (degC). The strands and the skin effect of
    /// real cables add a few percent (IEC 60287-1-1).
    #[inline(always)]
    pub fn resistance(&self, length_m: f64, area_mm2: f64, temp: f64) -> f64 {
        // R = ρ l/A (1 + α (T − 20))
        self.resistivity * length_m / area_mm2 * (1.0 + self.temperature_coefficient * (temp - 20.0))
    }
}

/// Power that a balanced three-phase cable loses, W: active power (W), power factor above 0 and up to 1, voltage between phases (V),
/// resistance of one phase (Ω).
///
/// 3 I² R with I = P/(√3 V cos φ), IEC 60287-1-1.
#[inline(always)]
pub fn three_phase_loss(power: f64, power_factor: f64, voltage: f64, resistance: f64) -> f64 {
    // (P/(V cos φ))² R
    let ratio = power / (voltage * power_factor);
    resistance * (ratio * ratio)
}

/// A transformer by its two losses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transformer {
    /// Loss at any time, as a share of the rating.
    pub no_load_loss: f64,
    /// Loss at rated output, as a share of the rating; falls with the square of the power.
    pub load_loss: f64,
    /// Rated output power.
    pub rating: f64,
}

impl Transformer {
    /// Power behind the transformer, in the unit of the rating; negative at night, when it draws its no-load loss. NaN where the power
    /// that flows back is more than the transformer can carry.
    ///
    /// Central Station Engineers of the Westinghouse Electric Corporation, Electrical Transmission and Distribution Reference Book, 4th
    /// edition, page 101.
    #[inline(always)]
    pub fn output(&self, power: f64) -> f64 {
        // p = o + l₀ + l o², by the form of the root that does not divide by l
        let net = power / self.rating - self.no_load_loss;
        2.0 * net / (1.0 + (1.0 + 4.0 * self.load_loss * net).sqrt()) * self.rating
    }
}

/// The loss that several make together, 1 − Π (1 − L): soiling, nameplate, mismatch, light-induced degradation, availability … as
/// shares of what each meets.
#[inline(always)]
pub fn combine_loss_factors(losses: &[f64]) -> f64 {
    1.0 - losses.iter().map(|loss| 1.0 - loss).product::<f64>()
}

/// How modules grow weaker with the years: by so much in the first, then by so much in each.
///
/// The form of data-sheet warranties; rates in Jordan et al., Progress in Photovoltaics 24 (2016), 978, doi:10.1002/pip.2744.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Degradation {
    /// Share lost in the first year, below 1.
    pub first_year: f64,
    /// Share lost in each later year, below 1.
    pub annual: f64,
}

impl Degradation {
    /// Years in the first one, and behind it.
    #[inline(always)]
    fn parts(years: f64) -> (f64, f64) {
        let years = math::positive(years);
        (if years > 1.0 { 1.0 } else { years }, math::positive(years - 1.0))
    }

    /// Share of the first power that is left after so many years, each taking the same share of the first power; not below 0.
    #[inline(always)]
    pub fn linear(&self, years: f64) -> f64 {
        let (first, later) = Self::parts(years);
        // 1 − d₁ − d (t − 1)
        math::positive(1.0 - self.first_year * first - self.annual * later)
    }

    /// Share of the first power that is left after so many years, each taking its share of what the one before left.
    #[inline(always)]
    pub fn compound(&self, years: f64) -> f64 {
        let (first, later) = Self::parts(years);
        // (1 − d₁)(1 − d)^(t − 1)
        math::exp(first * math::ln(1.0 - self.first_year) + later * math::ln(1.0 - self.annual))
    }
}

/// Rates of light- and elevated-temperature-induced degradation: defects go from state A to B, which costs power, and on to C, which
/// costs none.
///
/// Repins et al., MRS Bulletin 48 (2023), doi:10.1557/s43577-022-00438-8, as NREL's degradation tools list them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LetidRates {
    /// Attempt frequency (1/s) and activation energy (eV) from A to B.
    pub degradation: (f64, f64),
    /// The same from B to C.
    pub regeneration: (f64, f64),
    /// Powers of the excess carriers that speed the two up.
    pub exponents: (f64, f64),
}

impl LetidRates {
    /// Those of Repins et al.
    pub const REPINS: Self =
        Self { degradation: (4.67e7, 0.827), regeneration: (1.99e7, 0.871), exponents: (1.0, 1.2) };
}

/// Shares of defects in the states that [`LetidRates`] tells of; the rest is in state A.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LetidState {
    /// State B: the module's loss is this times its loss with all defects there.
    pub degraded: f64,
    /// State C.
    pub regenerated: f64,
}

/// What time does to defects, whatever their states: what stays in A and in B, and what of A comes to B.
#[derive(Clone, Copy)]
struct Passage {
    a_left: f64,
    b_left: f64,
    came: f64,
}

impl LetidRates {
    #[inline(always)]
    fn passage(&self, hours: f64, temp_cell: f64, injection: f64) -> Passage {
        /// Boltzmann's constant, eV/K, CODATA 2018.
        const BOLTZMANN: f64 = 8.617333262e-5;
        let thermal = BOLTZMANN * (temp_cell + 273.15);
        let seconds = hours * 3600.0;
        // No excess carriers, whose logarithm is minus infinity, make a rate of 0.
        let ln_injection = math::ln(injection);
        let rate = |(frequency, energy): (f64, f64), exponent: f64| {
            frequency * math::exp(exponent * ln_injection - energy / thermal) * seconds
        };
        let (down, on) = (rate(self.degradation, self.exponents.0), rate(self.regeneration, self.exponents.1));
        let (a_left, b_left) = (math::exp(-down), math::exp(-on));
        // Bateman: what came to B from A, k_ab (e^(−k_ab t) − e^(−k_bc t))/(k_bc − k_ab), by its limit where the two are the same
        let apart = on - down;
        let came =
            if apart.abs() < 1e-6 { down * b_left * (1.0 + 0.5 * apart) } else { down * (a_left - b_left) / apart };
        Passage { a_left, b_left, came }
    }
}

impl LetidState {
    /// Lets so many hours pass at a cell temperature, degC. `injection` is the density of excess carriers over that at which the rates
    /// were measured, near open circuit under one sun: a small part of 1 at maximum power, 0 at night. The slow way back from B to A is
    /// left out. NaN in makes the state NaN.
    pub fn step(&mut self, hours: f64, temp_cell: f64, injection: f64, rates: &LetidRates) {
        self.pass(rates.passage(hours, temp_cell, injection));
    }

    /// Lets records of so many hours pass, each as [`LetidState::step`]; gives [`LetidState::degraded`] as each begins.
    ///
    /// # Errors
    /// [`Error::Length`] where the columns differ in length.
    pub fn steps(&mut self, hours: f64, temp_cell: &[f64], injection: &[f64], rates: &LetidRates) -> Result<Vec<f64>> {
        let n = temp_cell.len();
        if injection.len() != n {
            return Err(Error::Length { name: "injection", found: injection.len(), expected: n });
        }
        let (mut a_left, mut b_left, mut came) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        math::vectorised(
            #[inline(always)]
            || {
                let (temp_cell, injection, rates) = (&temp_cell[..n], &injection[..n], *rates);
                let (a_left, b_left, came) = (&mut a_left[..n], &mut b_left[..n], &mut came[..n]);
                for i in 0..n {
                    let passage = rates.passage(hours, temp_cell[i], injection[i]);
                    (a_left[i], b_left[i], came[i]) = (passage.a_left, passage.b_left, passage.came);
                }
            },
        );
        let passages = a_left.into_iter().zip(b_left).zip(came);
        Ok(passages
            .map(|((a_left, b_left), came)| {
                let degraded = self.degraded;
                self.pass(Passage { a_left, b_left, came });
                degraded
            })
            .collect())
    }

    #[inline(always)]
    fn pass(&mut self, Passage { a_left, b_left, came }: Passage) {
        let a = 1.0 - self.degraded - self.regenerated;
        let degraded = self.degraded * b_left + a * came;
        self.regenerated = 1.0 - a * a_left - degraded;
        self.degraded = degraded;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    #[test]
    fn cables() {
        // 100 m of 16 mm2 copper: 0.1078 Ω at 20 degC (IEC 60228 allows 0.115).
        let ohms = Conductor::COPPER.resistance(100.0, 16.0, 20.0);
        assert!((ohms - 0.107_758_620_689_655).abs() < 1e-14);
        // At 90 degC 28 % more.
        assert!((Conductor::COPPER.resistance(100.0, 16.0, 90.0) / ohms - 1.2751).abs() < 1e-12);
        assert!(Conductor::ALUMINIUM.resistance(1.0, 1.0, 20.0) > 1.6 * Conductor::COPPER.resistance(1.0, 1.0, 20.0));
        // 50 kW at 400 V: 72.17 A, 3 · 72.17² · 0.1 Ω = 1562.5 W; at a power factor of 0.8 1.5625 times as much.
        assert!((three_phase_loss(50e3, 1.0, 400.0, 0.1) - 1562.5).abs() < 1e-9);
        assert!((three_phase_loss(50e3, 0.8, 400.0, 0.1) - 2441.40625).abs() < 1e-9);
        assert!(
            three_phase_loss(NAN, 1.0, 400.0, 0.1).is_nan() && Conductor::COPPER.resistance(1.0, 1.0, NAN).is_nan()
        );
    }

    #[test]
    fn a_transformer_loses_what_it_says() {
        let unit = Transformer { no_load_loss: 0.002, load_loss: 0.01, rating: 1000.0 };
        assert!((unit.output(1012.0) - 1000.0).abs() < 1e-9);
        assert!((unit.output(0.0) + 2.0).abs() < 1e-3);
        assert!(unit.output(NAN).is_nan() && unit.output(-30e3).is_nan());
    }

    #[test]
    fn years() {
        // A common warranty: 2 % in the first year, 0.45 % in each later one, 84.95 % after 30.
        let warranty = Degradation { first_year: 0.02, annual: 0.0045 };
        for (years, left) in [(-1.0, 1.0), (0.0, 1.0), (0.5, 0.99), (1.0, 0.98), (30.0, 0.8495), (1e4, 0.0)] {
            assert!((warranty.linear(years) - left).abs() < 1e-12, "{years}");
        }
        for (years, left) in [(0.0, 1.0), (1.0, 0.98), (2.0, 0.98 * 0.9955), (3.0, 0.98 * 0.9955 * 0.9955)] {
            assert!((warranty.compound(years) - left).abs() < 1e-15, "{years}");
        }
        assert!(warranty.linear(NAN).is_nan() && warranty.compound(NAN).is_nan());
    }

    #[test]
    fn factors_multiply() {
        assert_eq!(combine_loss_factors(&[]), 0.0);
        assert!((combine_loss_factors(&[0.5, 0.5]) - 0.75).abs() < 1e-15);
        assert!(combine_loss_factors(&[0.1, NAN]).is_nan());
    }

    #[test]
    fn defects_stay_in_the_dark_and_all_end_in_the_last_state() {
        let mut state = LetidState::default();
        state.step(1000.0, 75.0, 0.0, &LetidRates::REPINS);
        assert_eq!(state, LetidState::default());
        state.step(1e6, 75.0, 1.0, &LetidRates::REPINS);
        assert!(state.degraded < 1e-12 && (state.regenerated - 1.0).abs() < 1e-12);
        state.step(1.0, NAN, 1.0, &LetidRates::REPINS);
        assert!(state.degraded.is_nan());
    }
}
