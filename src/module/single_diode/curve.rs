//! Any point of the curve: by voltage, by current, the five named ones, and the whole.

use super::{BeyondDiode, CurvePoint, MaxPower, SingleDiode, bishop88, bishop88_slopes, lambert_w_exp};
use crate::math;

/// The named points of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoints {
    /// Current of the short circuit, A.
    pub i_sc: f64,
    /// Voltage of the open circuit, V.
    pub v_oc: f64,
    /// The point of maximum power.
    pub max_power: MaxPower,
    /// Current at half the voltage of the open circuit, A.
    pub i_x: f64,
    /// Current midway between the voltages of maximum power and open circuit, A.
    pub i_xx: f64,
}

/// The point of the curve at a voltage of the terminals, V.
///
/// The plain diode's current by Lambert's W (Jain & Kapoor, Solar Energy Materials and Solar Cells 81 (2004), 269,
/// doi:10.1016/j.solmat.2003.11.018) starts Newton's steps on Bishop's equation; bounds that halve where a step fails make it
/// end always. NaN for what is not a number.
pub fn point_at_voltage(voltage: f64, diode: &SingleDiode, beyond: &BeyondDiode) -> CurvePoint {
    let r_s = diode.resistance_series;
    let shorted = bishop88(0.0, diode, beyond).current;
    // The current falls with the diode's voltage, so that V + I R_s lies between 0 and V + I(0) R_s.
    let bound = voltage + shorted * r_s;
    let (low, high) = beyond.bounds();
    let bounds = if bound > 0.0 { (0.0, bound.min(high)) } else { (not_below(low, bound), 0.0) };
    let off = |v: f64| {
        let (point, slopes) = bishop88_slopes(v, diode, beyond);
        (point.voltage - voltage, slopes.dv_dvd)
    };
    let v = if r_s > 0.0 { root(off, bounds, voltage + r_s * lambert_w_current(voltage, diode)) } else { bound };
    let point = bishop88(v, diode, beyond);
    // What was asked for stands as it was asked for.
    CurvePoint { voltage, power: point.current * voltage, ..point }
}

/// The plain diode's current at a voltage of the terminals, in closed form.
fn lambert_w_current(voltage: f64, diode: &SingleDiode) -> f64 {
    let SingleDiode { photocurrent, saturation_current, resistance_series: r_s, resistance_shunt, n_ns_vth: a } =
        *diode;
    let sum = photocurrent + saturation_current;
    // With s = 1 + R_s/R_sh: I = (I_L + I₀ − V/R_sh)/s − a/R_s W(θ), θ = R_s I₀/(a s) exp((R_s (I_L + I₀) + V)/(a s))
    let s = 1.0 + r_s / resistance_shunt;
    let ln_theta = math::ln(r_s * saturation_current / (a * s)) + (r_s * sum + voltage) / (a * s);
    (sum - voltage / resistance_shunt) / s - a / r_s * lambert_w_exp(ln_theta)
}

/// The point of the curve at a current, A; NaN for a current that no voltage drives, as one above the light's where neither shunt
/// nor avalanche carries it.
pub fn point_at_current(current: f64, diode: &SingleDiode, beyond: &BeyondDiode) -> CurvePoint {
    let SingleDiode { photocurrent, saturation_current, resistance_shunt, n_ns_vth: a, .. } = *diode;
    let more = bishop88(0.0, diode, beyond).current - current;
    let (low, high) = beyond.bounds();
    // Forward the plain diode's voltage without shunt is above it; backward the shunt's alone is below.
    let bounds = if more >= 0.0 {
        (0.0, (a * math::ln(1.0 + (photocurrent - current) / saturation_current)).min(high))
    } else {
        (not_below(low, more * resistance_shunt), 0.0)
    };
    let off = |v: f64| {
        let (point, slopes) = bishop88_slopes(v, diode, beyond);
        (current - point.current, -slopes.di_dvd)
    };
    let v = root(off, bounds, bounds.1);
    let voltage = bishop88(v, diode, beyond).voltage;
    CurvePoint { current, voltage, power: current * voltage }
}

/// The point of maximum power with recombination or breakdown; for the plain diode [`super::max_power`] is faster.
pub fn bishop88_mpp(diode: &SingleDiode, beyond: &BeyondDiode) -> MaxPower {
    let open = point_at_current(0.0, diode, beyond).voltage;
    let off = |v: f64| {
        let slopes = bishop88_slopes(v, diode, beyond).1;
        (-slopes.dp_dv, -slopes.d2p_dv_dvd)
    };
    let v = root(off, (0.0, open), 0.8 * open);
    let CurvePoint { current, voltage, power } = bishop88(v, diode, beyond);
    MaxPower { i_mp: current, v_mp: voltage, p_mp: power }
}

/// The five points and the maximum.
pub fn curve_points(diode: &SingleDiode, beyond: &BeyondDiode) -> CurvePoints {
    let v_oc = point_at_current(0.0, diode, beyond).voltage;
    let max_power = bishop88_mpp(diode, beyond);
    let current = |v: f64| point_at_voltage(v, diode, beyond).current;
    CurvePoints {
        i_sc: current(0.0),
        v_oc,
        max_power,
        i_x: current(0.5 * v_oc),
        i_xx: current(0.5 * (v_oc + max_power.v_mp)),
    }
}

/// The curve from short to open circuit at equal steps of the voltage; empty for `points` below 2.
pub fn curve(diode: &SingleDiode, beyond: &BeyondDiode, points: usize) -> Vec<CurvePoint> {
    if points < 2 {
        return Vec::new();
    }
    let v_oc = point_at_current(0.0, diode, beyond).voltage;
    let last = (points - 1) as f64;
    (0..points).map(|i| point_at_voltage(v_oc * (i as f64 / last), diode, beyond)).collect()
}

/// `bound`, or `low` where that is higher. Unlike `f64::max`, it does not make a number of NaN.
fn not_below(low: f64, bound: f64) -> f64 {
    if bound < low { low } else { bound }
}

/// Where a rising function is zero: Newton's steps, and halves of the bounds where a step leaves them or does not shorten.
/// The function gives its value and slope. NaN where value or bounds are no numbers.
fn root(off: impl Fn(f64) -> (f64, f64), (mut low, mut high): (f64, f64), start: f64) -> f64 {
    if !(low.is_finite() && high.is_finite()) {
        return f64::NAN;
    }
    let mut x = if start > low && start < high { start } else { 0.5 * (low + high) };
    let mut step = high - low;
    // Halving alone needs fewer than 1100: a double's exponents and its 53 digits.
    for _ in 0..1200 {
        let (value, slope) = off(x);
        if value == 0.0 {
            return x;
        }
        if value > 0.0 {
            high = x;
        } else {
            // A value of NaN, beside a pole, is taken as below: the middle goes on from there.
            low = x;
        }
        let newton = x - value / slope;
        let shorter = (newton - x).abs() < 0.5 * step.abs();
        let next = if newton >= low && newton <= high && shorter { newton } else { 0.5 * (low + high) };
        step = next - x;
        if step.abs() <= 2.0 * f64::EPSILON * x.abs() || next == x {
            return next;
        }
        x = next;
    }
    x
}
