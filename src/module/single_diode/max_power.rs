//! The point of maximum power, by Newton's method between bounds.
//!
//! With the voltage over the diode as variable, current, voltage and power are closed formulas (Bishop 1988). Power over
//! the terminal's voltage is concave, so its derivative changes sign once between short circuit and open circuit.

use super::SingleDiode;
use crate::math;

/// The point of maximum power.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxPower {
    /// Current, A.
    pub i_mp: f64,
    /// Voltage, V.
    pub v_mp: f64,
    /// Power, W.
    pub p_mp: f64,
}

/// Steps of Newton's method, of which six to eight are needed (asserted over the whole range in the tests).
const STEPS: usize = 12;
/// Relative length of the last step that ends the search.
const CLOSE: f64 = 1e-10;

/// The derivative of power over the diode's voltage `v`, its own derivative, and current and conductance.
#[inline(always)]
fn slope(v: f64, diode: &SingleDiode, inverse_shunt: f64, inverse_a: f64) -> (f64, f64, f64) {
    let SingleDiode { photocurrent, saturation_current, resistance_series: r_s, .. } = *diode;
    let through = saturation_current * math::exp(v * inverse_a);
    // I = I_L − I₀ (e^(v/a) − 1) − v/R_sh, g = −dI/dv = I₀/a e^(v/a) + 1/R_sh
    let current = photocurrent - (through - saturation_current) - v * inverse_shunt;
    let g = through * inverse_a + inverse_shunt;
    // P = I (v − I R_s); dP/dv = I (1 + 2 g R_s) − g v
    let steep = through * (inverse_a * inverse_a);
    let twice = 2.0 * r_s;
    let first = current * (1.0 + g * twice) - g * v;
    // d²P/dv² = −2 g (1 + g R_s) + (2 I R_s − v) dg/dv
    let second = (current * twice - v) * steep - g * (2.0 + twice * g);
    (first, second, current)
}

/// Hours that are searched together, so that each of Newton's steps is a loop over them that vectorises.
#[derive(Clone, Copy)]
struct Search<const W: usize> {
    diodes: [SingleDiode; W],
    inverse_shunt: [f64; W],
    inverse_a: [f64; W],
    /// Voltage of the diode, and its bounds.
    v: [f64; W],
    low: [f64; W],
    high: [f64; W],
    /// The last step over the voltage.
    step: [f64; W],
}

impl<const W: usize> Search<W> {
    /// Newton's steps between bounds that close in on the point.
    #[inline(always)]
    fn newton(diodes: [SingleDiode; W]) -> Self {
        let zero = [0.0; W];
        let mut s = Self { diodes, inverse_shunt: zero, inverse_a: zero, v: zero, low: zero, high: zero, step: zero };
        for k in 0..W {
            let SingleDiode { photocurrent, saturation_current, resistance_shunt, n_ns_vth: a, .. } = s.diodes[k];
            (s.inverse_shunt[k], s.inverse_a[k]) = (1.0 / resistance_shunt, 1.0 / a);
            // Without shunt the circuit would be open at a ln(1 + I_L/I₀): no voltage is higher.
            let ratio = if photocurrent > 0.0 { photocurrent / saturation_current } else { 1.0 };
            let open = math::ln(1.0 + ratio);
            // Without resistances (1 + x) e^x = 1 + I_L/I₀ with x = v/a: W(z) ≈ l − ln l + ln l/l, l = ln z, z = e (1 + I_L/I₀).
            let l = 1.0 + open;
            let ln_l = math::ln(l);
            s.high[k] = open * a;
            let start = a * (l - ln_l + ln_l / l - 1.0);
            s.v[k] = if start > 0.0 && start < s.high[k] { start } else { 0.5 * s.high[k] };
        }
        for _ in 0..STEPS {
            for k in 0..W {
                s.go(k);
            }
        }
        s
    }

    #[inline(always)]
    fn go(&mut self, k: usize) {
        let v = self.v[k];
        let (first, second, _) = slope(v, &self.diodes[k], self.inverse_shunt[k], self.inverse_a[k]);
        let rising = first > 0.0;
        let low = if rising { v } else { self.low[k] };
        let high = if rising { self.high[k] } else { v };
        let newton = v - first / second;
        let inside = newton >= low && newton <= high;
        let next = if inside { newton } else { 0.5 * (low + high) };
        self.step[k] = (next - v).abs() / v;
        (self.low[k], self.high[k], self.v[k]) = (low, high, next);
    }

    #[inline(always)]
    fn point(&self, k: usize) -> MaxPower {
        point(self.v[k], &self.diodes[k], self.inverse_shunt[k], self.inverse_a[k])
    }
}

/// The point at a diode's voltage; zero without light, NaN for what is not a number.
#[inline(always)]
fn point(v: f64, diode: &SingleDiode, inverse_shunt: f64, inverse_a: f64) -> MaxPower {
    let (_, _, current) = slope(v, diode, inverse_shunt, inverse_a);
    let voltage = v - current * diode.resistance_series;
    let SingleDiode { photocurrent, saturation_current, resistance_series, resistance_shunt, n_ns_vth } = *diode;
    let all = photocurrent + saturation_current + resistance_series + n_ns_vth;
    let known = !(all.is_nan() || resistance_shunt.is_nan());
    let of = |value: f64| {
        let lit = if photocurrent > 0.0 { value } else { 0.0 };
        if known { lit } else { f64::NAN }
    };
    MaxPower { i_mp: of(current), v_mp: of(voltage), p_mp: of(current * voltage) }
}

/// The point of maximum power; zero without light, NaN for what is not a number. The series resistance may be 0 and the shunt
/// resistance infinite.
///
/// Newton's steps on dP/dv = 0, held between bounds that close in on the point; should they not have met it, the bounds are
/// halved until they do, so that it is always found. Bishop, Solar Cells 25 (1988), 73, doi:10.1016/0379-6787(88)90059-2, for
/// the diode's voltage as variable.
pub fn max_power(diode: &SingleDiode) -> MaxPower {
    let mut search = Search::newton([*diode]);
    if search.step[0] > CLOSE {
        search.v[0] = bisected(&search);
    }
    search.point(0)
}

/// [`max_power`]'s power (W) for a block of hours, with the same bits; `diode` gives the parameters of an hour and should be
/// `#[inline(always)]`.
#[inline(always)]
pub fn max_powers(diode: impl Fn(usize) -> SingleDiode, p_mp: &mut [f64]) {
    const TOGETHER: usize = 16;
    let n = p_mp.len();
    for first in (0..n).step_by(TOGETHER) {
        let mut diodes = [SingleDiode::DARK; TOGETHER];
        let part = TOGETHER.min(n - first);
        for k in 0..part {
            diodes[k] = diode(first + k);
        }
        let search = Search::newton(diodes);
        let mut powers = [0.0; TOGETHER];
        for k in 0..TOGETHER {
            powers[k] = search.point(k).p_mp;
        }
        p_mp[first..first + part].copy_from_slice(&powers[..part]);
        for k in 0..part {
            if search.step[k] > CLOSE {
                p_mp[first + k] = max_power(&diodes[k]).p_mp;
            }
        }
    }
}

/// Halves the bounds until they meet.
#[cold]
#[inline(never)]
fn bisected(search: &Search<1>) -> f64 {
    let (mut low, mut high) = (search.low[0], search.high[0]);
    // A double has 2^64 values at most.
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if slope(middle, &search.diodes[0], search.inverse_shunt[0], search.inverse_a[0]).0 > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
