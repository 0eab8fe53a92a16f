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
/// costs none; in the cold they go from B back to A.
///
/// Repins et al., MRS Bulletin 48 (2023), doi:10.1557/s43577-022-00438-8, as NREL's degradation tools list them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LetidRates {
    /// Attempt frequency (1/s) and activation energy (eV) from A to B.
    pub degradation: (f64, f64),
    /// The same from B to C.
    pub regeneration: (f64, f64),
    /// The same from B back to A; the energy is below 0, since this way is faster in the cold.
    pub recovery: (f64, f64),
    /// Powers of the excess carriers that speed the three up.
    pub exponents: (f64, f64, f64),
}

impl LetidRates {
    /// Those of Repins et al.
    ///
    /// Its list counts excess carriers from A to B and from B to C by those under which the two were measured, in cells under one sun
    /// at 410 K, but from B to A by 10²¹ per m3. All three count by the first here. Carriers in a base of W = 200 µm whose lifetime is
    /// τ = 75 µs, with S = 0.9 m/s at its back, under J = 400 A/m2, would be J/(q W (1/τ + S/W)) = 7.00·10²⁰ per m3 if they spread at
    /// once; their diffusion makes it 7.065·10²⁰. So the list's 4.7·10⁻²⁵ 1/s becomes 0.7065^1.7 = 0.5539 of that.
    pub const REPINS: Self = Self {
        degradation: (4.67e7, 0.827),
        regeneration: (1.99e7, 0.871),
        recovery: (0.553_928_631 * 4.7e-25, -1.15),
        exponents: (1.0, 1.2, 1.7),
    };
}

/// Shares of defects in the states that [`LetidRates`] tells of; the rest is in state A.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LetidState {
    /// State B: the module's loss is this times its loss with all defects there.
    pub degraded: f64,
    /// State C.
    pub regenerated: f64,
}

/// What time does to defects, whatever their states: the parts of A and of B that are in A and in B then.
#[derive(Clone, Copy, Default)]
struct Passage {
    a_of_a: f64,
    a_of_b: f64,
    b_of_a: f64,
    b_of_b: f64,
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
        let down = rate(self.degradation, self.exponents.0);
        let on = rate(self.regeneration, self.exponents.1);
        let back = rate(self.recovery, self.exponents.2);
        // a′ = −k_ab a + k_ba b, b′ = k_ab a − (k_ba + k_bc) b has the rates λ = m ± h, m = −(k_ab + k_ba + k_bc)/2,
        // h² = ((k_ba + k_bc − k_ab)/2)² + k_ab k_ba; the slow one by the product λ₁ λ₂ = k_ab k_bc, which loses no digits
        let mean = 0.5 * (down + back + on);
        let half = 0.5 * (back + on - down);
        let h = (half * half + down * back).sqrt();
        let slow = math::exp(-down * on / (mean + h + f64::MIN_POSITIVE));
        let fast = math::exp(-mean - h);
        // exp(M) = e^m (cosh h + (M − m) sinh h/h), and (1 − e^(−2h))/(2h) by its series where h is small
        let both = 0.5 * (slow + fast);
        let series = 1.0 - h * (1.0 - h * (2.0 / 3.0 - h * (1.0 / 3.0 - h * (2.0 / 15.0))));
        let apart = if h < 1e-3 { slow * series } else { 0.5 * (slow - fast) / h };
        Passage { a_of_a: both + apart * half, a_of_b: apart * back, b_of_a: apart * down, b_of_b: both - apart * half }
    }
}

impl LetidState {
    /// Lets so many hours pass at a cell temperature, degC, exactly for any number of them. `injection` is the density of excess
    /// carriers over that at which the rates were measured, near open circuit under one sun: a small part of 1 at maximum power, 0 at
    /// night. NaN in makes the state NaN.
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
        let mut columns = [const { Vec::new() }; 4];
        for column in &mut columns {
            column.resize(n, 0.0);
        }
        let [a_of_a, a_of_b, b_of_a, b_of_b] = &mut columns;
        math::vectorised(
            #[inline(always)]
            || {
                let (temp_cell, injection, rates) = (&temp_cell[..n], &injection[..n], *rates);
                let (a_of_a, a_of_b) = (&mut a_of_a[..n], &mut a_of_b[..n]);
                let (b_of_a, b_of_b) = (&mut b_of_a[..n], &mut b_of_b[..n]);
                for i in 0..n {
                    let passage = rates.passage(hours, temp_cell[i], injection[i]);
                    (a_of_a[i], a_of_b[i]) = (passage.a_of_a, passage.a_of_b);
                    (b_of_a[i], b_of_b[i]) = (passage.b_of_a, passage.b_of_b);
                }
            },
        );
        let mut degraded = vec![0.0; n];
        for (i, before) in degraded.iter_mut().enumerate() {
            *before = self.degraded;
            let [a_of_a, a_of_b, b_of_a, b_of_b] = columns.each_ref().map(|column| column[i]);
            self.pass(Passage { a_of_a, a_of_b, b_of_a, b_of_b });
        }
        Ok(degraded)
    }

    #[inline(always)]
    fn pass(&mut self, Passage { a_of_a, a_of_b, b_of_a, b_of_b }: Passage) {
        let (a, b) = (1.0 - self.degraded - self.regenerated, self.degraded);
        // Not the rounding's little below 0, where the way back leaves next to nothing.
        self.degraded = math::positive(b_of_a * a + b_of_b * b);
        self.regenerated = 1.0 - (a_of_a * a + a_of_b * b) - self.degraded;
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
    fn excess_carriers_at_which_the_way_back_counts() {
        // Minority carriers of a short base, as their diffusion spreads them: n = J L²/(q D W F) (sinh w − F (cosh w − 1)), w = W/L,
        // F = (S cosh w + D/L sinh w)/(D/L cosh w + S sinh w), W being less the 0.24 µm of the junction, D = μ kT/q at 410 K.
        let (j, tau, s, w) = (400.0, 75e-6, 0.9, 200e-6 - 0.24e-6);
        let d: f64 = 0.15 * 8.617333262e-5 * 410.0;
        let length = (d * tau).sqrt();
        let (sinh, cosh) = ((w / length).sinh(), (w / length).cosh());
        let f = (s * cosh + d / length * sinh) / (d / length * cosh + s * sinh);
        let carriers = j * length * length / (1.602176634e-19 * d * w * f) * (sinh - f * (cosh - 1.0));
        assert!((carriers / 7.0646e20 - 1.0).abs() < 1e-5, "{carriers}");
        let counted = LetidRates::REPINS.recovery.0 / 4.7e-25;
        assert!((counted / (carriers / 1e21).powf(1.7) - 1.0).abs() < 1e-8, "{counted}");
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

    #[test]
    fn cool_modules_mend_themselves_and_steps_may_be_of_any_length() {
        // At 10 degC the way back is some hundred times as fast as the way there, so few defects stay in B.
        let mut cool = LetidState { degraded: 1.0, regenerated: 0.0 };
        cool.step(1e4, 10.0, 0.1, &LetidRates::REPINS);
        assert!((cool.degraded - 0.005_79).abs() < 1e-4 && cool.regenerated < 0.01, "{cool:?}");
        for (temp, injection) in [(-40.0, 1.0), (10.0, 0.1), (40.0, 0.3), (75.0, 1.0)] {
            let whole = LetidState { degraded: 0.6, regenerated: 0.1 };
            let (mut once, mut often) = (whole, whole);
            once.step(1000.0, temp, injection, &LetidRates::REPINS);
            for _ in 0..4000 {
                often.step(0.25, temp, injection, &LetidRates::REPINS);
            }
            assert!((once.degraded - often.degraded).abs() < 1e-12, "{temp}: {once:?} {often:?}");
            assert!((once.regenerated - often.regenerated).abs() < 1e-12, "{temp}: {once:?} {often:?}");
        }
    }
}
