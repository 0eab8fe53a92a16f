//! Every function of `math` over its whole range, ten million points each, against double-double arithmetic (xprec);
//! that in turn against multiprecision arithmetic (mpmath). `cargo test --test math -- --nocapture` prints the worst
//! error found.
//!
//! The reference's own error is below 1e-24 of the value, a hundred-millionth of what is measured, so that an error
//! here is the true one: no half unit in the last place has to be granted.

use std::collections::BTreeMap;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};
use std::sync::LazyLock;

use rayon::prelude::*;
use rooftop_pv::math;
use xprec::Df64;

mod common;

const POINTS: u64 = 10_000_000;
const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
/// The smallest normal number.
const NORMAL: f64 = f64::MIN_POSITIVE;
/// The smallest and the largest subnormal one.
const SUBNORMAL: [f64; 2] = [5e-324, f64::MIN_POSITIVE.next_down()];
/// The largest number whose exponential is finite.
const EXP_LAST: f64 = 709.782712893384;

/// The relative errors that the functions' documentation states.
mod stated {
    pub const EXP: f64 = 1.7e-16;
    pub const LN: f64 = 1.6e-16;
    /// Times 1 + |y ln x|.
    pub const POWF: f64 = 2.5e-16;
    pub const SIN_COS: f64 = 2.4e-16;
    pub const TAN: f64 = 4.1e-16;
    pub const ASIN: f64 = 5e-16;
    pub const ACOS: f64 = 2.6e-16;
    pub const ATAN2: f64 = 4.2e-16;
}

/// A true value times a power of two, which keeps the low half of a double-double from underflowing.
#[derive(Clone, Copy)]
struct Truth {
    scaled: Df64,
    scale: f64,
}

impl Truth {
    /// `got` less the true value, times the scale.
    fn difference(self, got: f64) -> f64 {
        (Df64::new(got * self.scale) - self.scaled).hi()
    }

    fn absolute(self, got: f64) -> f64 {
        (self.difference(got) / self.scale).abs()
    }

    fn relative(self, got: f64) -> f64 {
        (self.difference(got) / self.scaled.hi()).abs()
    }
}

/// The functions in double-double. All but the steps away from underflow and cancellation is xprec's.
mod reference {
    use super::{Df64, LazyLock, Truth, two_to};

    static LN_2: LazyLock<Df64> = LazyLock::new(|| Df64::new(2.0).ln());
    static HALF_PI: LazyLock<Df64> = LazyLock::new(|| Df64::new(1.0).asin());

    fn unscaled(scaled: Df64) -> Truth {
        Truth { scaled, scale: 1.0 }
    }

    // eˣ = (eˣᐟ²)², and the root stands in the middle of the range.
    fn exp_of(x: Df64) -> Truth {
        let root_scale = if x.hi() < 0.0 { two_to(256) } else { two_to(-256) };
        let root = (x * 0.5).exp() * root_scale;
        Truth { scaled: root * root, scale: root_scale * root_scale }
    }

    fn ln_of(x: f64) -> Df64 {
        if (0.5..=2.0).contains(&x) {
            // x - 1 is exact, and the logarithm keeps its digits as it goes to 0.
            Df64::new(x - 1.0).ln_1p()
        } else {
            let k = if x > 1.0 { 512 } else { -512 };
            Df64::new(x * two_to(-k)).ln() + *LN_2 * f64::from(k)
        }
    }

    pub fn exp(x: f64) -> Truth {
        exp_of(Df64::new(x))
    }

    pub fn ln(x: f64) -> Truth {
        unscaled(ln_of(x))
    }

    /// The power and |y ln x|, to which its bound is tied.
    pub fn powf(x: f64, y: f64) -> (Truth, f64) {
        let exponent = ln_of(x) * y;
        (exp_of(exponent), exponent.hi().abs())
    }

    pub fn sin_cos(x: f64) -> (Truth, Truth) {
        let (sin, cos) = Df64::new(x).sin_cos();
        (unscaled(sin), unscaled(cos))
    }

    pub fn tan(x: f64) -> Truth {
        let (sin, cos) = sin_cos(x);
        unscaled(sin.scaled / cos.scaled)
    }

    pub fn asin(x: f64) -> Truth {
        unscaled(Df64::new(x).asin())
    }

    pub fn acos(x: f64) -> Truth {
        unscaled(Df64::new(x).acos())
    }

    pub fn atan2(y: f64, x: f64) -> Truth {
        // xprec divides one by the other: the larger to between 1 and 2, and the smaller divided by it.
        let exponent_bits = y.abs().max(x.abs()).to_bits() >> 52;
        let by = f64::from_bits((2046 - exponent_bits) << 52);
        let (side, forward) = (Df64::new(y.abs() * by), Df64::new(x * by));
        let angle = if y.abs() > x.abs() { *HALF_PI - forward.atan2(side) } else { side.atan2(forward) };
        unscaled(if y < 0.0 { -angle } else { angle })
    }
}

fn two_to(k: i32) -> f64 {
    2.0f64.powi(k)
}

/// Random bits: the finaliser of `SplitMix64` on the point's number, so that the points are the same in every run,
/// whatever thread comes to them first.
fn bits(i: u64, stream: u64) -> u64 {
    let z = (i + stream * POINTS + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn uniform(bits: u64, low: f64, high: f64) -> f64 {
    low + (high - low) * ((bits >> 11) as f64 * f64::EPSILON / 2.0)
}

/// Every float from `low` to `high` with the same chance: as many points in each power of two.
fn any_float(bits: u64, low: f64, high: f64) -> f64 {
    let span = high.to_bits() - low.to_bits() + 1;
    f64::from_bits(low.to_bits() + ((u128::from(bits) * u128::from(span)) >> 64) as u64)
}

fn either_sign(bits: u64, x: f64) -> f64 {
    if bits & 1 == 1 { -x } else { x }
}

/// The largest of an error, and the arguments where it was found.
#[derive(Clone, Copy)]
struct Worst {
    error: f64,
    at: (f64, f64),
}

/// The largest of `N` kinds of errors over `points` points; NaN counts as infinite.
fn worst<const N: usize>(points: u64, errors: impl Fn(u64) -> ([f64; N], (f64, f64)) + Sync) -> [Worst; N] {
    let none = || [Worst { error: 0.0, at: (NAN, NAN) }; N];
    let larger = |mut a: [Worst; N], b: [Worst; N]| {
        for (a, b) in a.iter_mut().zip(b) {
            if b.error > a.error {
                *a = b;
            }
        }
        a
    };
    let one = |i| {
        let (errors, at) = errors(i);
        errors.map(|error| Worst { error: if error.is_nan() { INF } else { error }, at })
    };
    (0..points).into_par_iter().map(one).reduce(none, larger)
}

/// Prints the worst error beside the bound of the function's documentation, and holds it to that.
fn hold(what: &str, worst: Worst, bound: f64) {
    let Worst { error, at: (a, b) } = worst;
    let found =
        format!("{what}: {error:.4e} at {}", if b.is_nan() { format!("{a:e}") } else { format!("{a:e}, {b:e}") });
    println!("{found}, stated {bound:e}");
    assert!(error < bound, "{found} is not below the stated {bound:e}");
}

#[test]
fn exp() {
    let [relative, flushed] = worst(POINTS, |i| {
        let (a, b) = (bits(i, 0), bits(i, 1));
        let x = match i % 4 {
            0 | 1 => uniform(a, -745.0, 710.0),
            2 => uniform(a, -1.0, 1.0),
            _ => either_sign(a, any_float(b, 1e-20, 40.0)),
        };
        let (got, truth) = (math::exp(x), reference::exp(x));
        assert!((got == INF) == (x > EXP_LAST) && (got == 0.0 || got > 3.14e-308), "exp({x:e}) = {got:e}");
        let errors = if got == INF {
            [0.0; 2]
        } else if got == 0.0 {
            [0.0, truth.absolute(got)]
        } else {
            [truth.relative(got), 0.0]
        };
        (errors, (x, NAN))
    });
    hold("exp, relative", relative, stated::EXP);
    hold("exp, the largest that becomes 0", flushed, 3.15e-308);
}

#[test]
fn ln() {
    let [relative] = worst(POINTS, |i| {
        let (a, b) = (bits(i, 2), bits(i, 3));
        let x = match i % 4 {
            0 | 1 => any_float(a, f64::MIN_POSITIVE, f64::MAX),
            2 => uniform(a, 0.5, 2.0),
            _ => 1.0 + either_sign(a, any_float(b, 1e-16, 0.5)),
        };
        let (got, truth) = (math::ln(x), reference::ln(x));
        ([if x == 1.0 { got.abs() } else { truth.relative(got) }], (x, NAN))
    });
    hold("ln, relative", relative, stated::LN);
}

#[test]
fn powf() {
    let [relative] = worst(POINTS, |i| {
        let (a, b) = (bits(i, 4), bits(i, 5));
        // The exponent that leads to eᵗ, else the arguments as they occur.
        let toward = |t: f64, x: f64| (x, if x == 1.0 { t } else { t / math::ln(x) });
        let t = uniform(bits(i, 6), -707.0, 709.7);
        let (x, y) = match i % 4 {
            0 | 1 => toward(t, any_float(a, f64::MIN_POSITIVE, f64::MAX)),
            2 => toward(t, 1.0 + either_sign(a, any_float(b, 1e-16, 0.5))),
            _ => (uniform(a, 1e-9, 3.0), uniform(b, -5.0, 5.0)),
        };
        let (truth, exponent) = reference::powf(x, y);
        ([truth.relative(math::powf(x, y)) / (1.0 + exponent)], (x, y))
    });
    hold("powf, relative / (1 + |y ln x|)", relative, stated::POWF);
}

/// Absolute errors of sine and cosine, relative errors of sine, cosine and tangent.
fn circular_errors(x: f64) -> [f64; 5] {
    let (s, c) = math::sin_cos(x);
    assert!(s.to_bits() == math::sin(x).to_bits() && c.to_bits() == math::cos(x).to_bits(), "of {x:e}");
    assert!(s.abs() <= 1.0 && c.abs() <= 1.0, "sine {s:e} or cosine {c:e} of {x:e} is beyond 1");
    let (sin, cos) = reference::sin_cos(x);
    let tan = reference::tan(x);
    [sin.absolute(s), cos.absolute(c), sin.relative(s), cos.relative(c), tan.relative(math::tan(x))]
}

fn hold_circular(points: &str, worst: [Worst; 5]) {
    let [sin, cos, sin_relative, cos_relative, tan_relative] = worst;
    hold(&format!("sin, {points}, absolute"), sin, 1.3e-16);
    hold(&format!("cos, {points}, absolute"), cos, 1.3e-16);
    hold(&format!("sin, {points}, relative"), sin_relative, stated::SIN_COS);
    hold(&format!("cos, {points}, relative"), cos_relative, stated::SIN_COS);
    hold(&format!("tan, {points}, relative"), tan_relative, stated::TAN);
}

#[test]
fn sin_cos_tan() {
    let errors = worst(POINTS, |i| {
        let (a, b) = (bits(i, 7), bits(i, 8));
        let x = match i % 4 {
            0 => uniform(a, -1e6, 1e6),
            1 => uniform(a, -7.0, 7.0),
            2 => either_sign(a, any_float(b, 1e-300, 1e6)),
            _ => either_sign(a, any_float(b, 1e-3, 1e6)),
        };
        (circular_errors(x), (x, NAN))
    });
    hold_circular("anywhere", errors);
}

/// The floats nearest to every multiple of π/4 up to 1e6, zeros and poles among them.
#[test]
fn sin_cos_tan_where_most_digits_cancel() {
    let quarter = Df64::new(1.0).atan();
    let errors = worst(1_273_239, |k| {
        let x = (quarter * (k + 1) as f64).hi();
        (circular_errors(x), (x, NAN))
    });
    hold_circular("at multiples of π/4", errors);
}

/// Turns of any number; the quarters of a turn are exact.
#[test]
fn sin_turns() {
    let turn = Df64::new(1.0).asin() * 4.0;
    let [error] = worst(POINTS, |i| {
        let (a, b) = (bits(i, 11), bits(i, 12));
        let x = match i % 4 {
            0 => uniform(a, -1e6, 1e6),
            1 => uniform(a, -1.0, 1.0),
            2 => either_sign(a, any_float(b, 1e-300, 1e15)),
            _ => either_sign(a, any_float(b, 1e-3, 1e6)),
        };
        let want = (turn * (x - x.round())).sin();
        ([(Df64::new(math::sin_turns(x)) - want).hi().abs()], (x, NAN))
    });
    hold("sin_turns, absolute", error, 3.3e-16);
    for k in -20..20 {
        let x = f64::from(k);
        let [at, quarter, half] = [x, x + 0.25, x + 0.5].map(math::sin_turns);
        assert!(at == 0.0 && quarter == 1.0 && half == 0.0, "{x}: {at} {quarter} {half}");
    }
    for x in [INF, -INF, NAN] {
        assert!(math::sin_turns(x).is_nan(), "of {x}");
    }
}

/// The part of the range for which less is promised.
#[test]
fn sin_cos_of_large_angles() {
    let errors = worst(POINTS / 100, |i| {
        let x = either_sign(bits(i, 9), any_float(bits(i, 10), 1e6, 1e9));
        let (s, c) = math::sin_cos(x);
        let (sin, cos) = reference::sin_cos(x);
        ([sin.absolute(s) / x.abs(), cos.absolute(c) / x.abs()], (x, NAN))
    });
    hold("sin, 1e6 to 1e9, absolute / |x|", errors[0], 1.2e-16);
    hold("cos, 1e6 to 1e9, absolute / |x|", errors[1], 1.2e-16);
}

#[test]
fn asin_acos() {
    let [asin, asin_relative, acos, acos_relative] = worst(POINTS, |i| {
        let (a, b) = (bits(i, 11), bits(i, 12));
        let x = match i % 4 {
            0 | 1 => uniform(a, -1.0, 1.0),
            2 => either_sign(a, any_float(b, 1e-300, 1.0)),
            _ => either_sign(a, 1.0 - any_float(b, 1e-17, 0.6)),
        };
        let (asin, acos) = (reference::asin(x), reference::acos(x));
        let (a, c) = (math::asin(x), math::acos(x));
        // The arc cosine of 1 is 0 exactly, and has no relative error.
        let of_acos = if x == 1.0 { c } else { acos.relative(c) };
        ([asin.absolute(a), asin.relative(a), acos.absolute(c), of_acos], (x, NAN))
    });
    hold("asin, absolute", asin, 3e-16);
    hold("asin, relative", asin_relative, stated::ASIN);
    hold("acos, absolute", acos, 5.5e-16);
    hold("acos, relative", acos_relative, stated::ACOS);
}

#[test]
fn atan2() {
    let [absolute, relative] = worst(POINTS, |i| {
        let signs = bits(i, 13);
        let (a, b) = (bits(i, 14), bits(i, 15));
        let (y, x) = match i % 4 {
            // all directions, at any distance
            0 => {
                let (sin, cos) = math::sin_cos(uniform(a, -PI, PI));
                let distance = any_float(b, 1e-300, 1e300);
                (distance * sin, distance * cos)
            }
            1 => (uniform(a, -1.0, 1.0), uniform(b, -1.0, 1.0)),
            // any two magnitudes, and two that are not so far apart that one of them is lost
            2 => {
                (either_sign(signs, any_float(a, 1e-300, 1e300)), either_sign(signs >> 1, any_float(b, 1e-300, 1e300)))
            }
            _ => (either_sign(signs, any_float(a, 1e-10, 1e10)), either_sign(signs >> 1, any_float(b, 1e-10, 1e10))),
        };
        let (got, truth) = (math::atan2(y, x), reference::atan2(y, x));
        let subnormal = truth.scaled.hi().abs() < f64::MIN_POSITIVE;
        ([truth.absolute(got), if subnormal { 0.0 } else { truth.relative(got) }], (y, x))
    });
    hold("atan2, absolute", absolute, 5e-16);
    hold("atan2, relative", relative, stated::ATAN2);
}

/// Every bit pattern has the same chance, infinities and NaN among them.
#[test]
fn positive() {
    let wrong = |x: f64| {
        let got = math::positive(x);
        if x.is_nan() { !got.is_nan() } else { got.to_bits() != if x < 0.0 { 0 } else { x.to_bits() } }
    };
    let [count] = worst(POINTS, |i| {
        let x = f64::from_bits(bits(i, 16));
        ([f64::from(u8::from(wrong(x)))], (x, NAN))
    });
    hold("positive, wrong", count, 0.5);
}

/// Ten million values in rows of every length up to 4472, of both signs and of magnitudes a million times apart.
#[test]
fn sum() {
    let [error] = worst(4473, |length| {
        let value = |i| either_sign(bits(i, 17), any_float(bits(i, 18), 1e-3, 1e3));
        let values: Vec<f64> = (0..length).map(|i| value(length * length / 2 + i)).collect();
        let truth = values.iter().fold(Df64::new(0.0), |sum, v| sum + *v);
        let error = (Df64::new(math::sum(&values)) - truth).hi().abs();
        let absolute_sum: f64 = values.iter().map(|v| v.abs()).sum();
        let unit = (length as f64 / 8.0 + 3.0) * absolute_sum;
        ([if length == 0 { error } else { error / unit }], (length as f64, NAN))
    });
    hold("sum, absolute / ((n / 8 + 3) Σ|v|)", error, 1.2e-16);
}

type Row = (String, f64, f64, f64, f64, f64);

/// The reference, and `math` at the same points, against values that neither had a part in.
#[test]
fn reference_agrees_with_multiprecision() {
    let path = common::path("elementary.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
    let mut worst = BTreeMap::new();
    for row in reader.deserialize() {
        let (function, a, b, scale, hi, lo): Row = row.unwrap();
        let (by_reference, got, bound) = match function.as_str() {
            "exp" => (reference::exp(a), math::exp(a), stated::EXP),
            "ln" => (reference::ln(a), math::ln(a), stated::LN),
            "powf" => {
                let (power, exponent) = reference::powf(a, b);
                (power, math::powf(a, b), stated::POWF * (1.0 + exponent))
            }
            "sin" => (reference::sin_cos(a).0, math::sin(a), stated::SIN_COS),
            "cos" => (reference::sin_cos(a).1, math::cos(a), stated::SIN_COS),
            "tan" => (reference::tan(a), math::tan(a), stated::TAN),
            "asin" => (reference::asin(a), math::asin(a), stated::ASIN),
            "acos" => (reference::acos(a), math::acos(a), stated::ACOS),
            "atan2" => (reference::atan2(a, b), math::atan2(a, b), stated::ATAN2),
            _ => panic!("no function {function}"),
        };
        let truth = Truth { scaled: Df64::new(hi) + lo, scale };
        let error = truth.relative(got);
        assert!(error < bound, "{function} of ({a:e}, {b:e}) is off by {error:e}, stated {bound:e}");
        assert_eq!(by_reference.scale, scale, "{function} of ({a:e}, {b:e})");
        let own = ((by_reference.scaled - truth.scaled).hi() / hi).abs();
        let (rows, most) = worst.entry(function).or_insert((0, Worst { error: 0.0, at: (a, b) }));
        *rows += 1;
        if own > most.error || own.is_nan() {
            *most = Worst { error: own, at: (a, b) };
        }
    }
    assert_eq!(worst.len(), 9, "functions in the fixture");
    for (function, (rows, most)) in worst {
        assert!(rows > 100, "{function} has only {rows} rows");
        hold(&format!("the reference's {function}, relative"), most, 1e-24);
    }
}

/// The same number, sign of zero included, or both NaN.
#[track_caller]
fn assert_same(what: &str, got: f64, want: f64) {
    let same = got.to_bits() == want.to_bits() || (got.is_nan() && want.is_nan());
    assert!(same, "{what}: got {got:e}, want {want:e}");
}

fn hold_table(name: &str, f: impl Fn(f64) -> f64, table: &[(f64, f64)]) {
    for &(x, want) in table {
        assert_same(&format!("{name}({x:e})"), f(x), want);
    }
}

#[test]
fn exp_at_the_edges() {
    let [least, most] = SUBNORMAL;
    let one = [0.0, -0.0, least, -least, most, -most, NORMAL, -NORMAL, 1e-17, -1e-17];
    hold_table("exp", math::exp, &one.map(|x| (x, 1.0)));
    let never_more = [(709.8, INF), (1e3, INF), (1e300, INF), (f64::MAX, INF), (INF, INF), (NAN, NAN)];
    hold_table("exp", math::exp, &never_more);
    hold_table("exp", math::exp, &[-708.4, -745.2, -1e3, -1e300, f64::MIN, -INF].map(|x| (x, 0.0)));
    assert!(math::exp(EXP_LAST).is_finite() && math::exp(EXP_LAST.next_up()) == INF);
}

#[test]
fn ln_at_the_edges() {
    let [least, most] = SUBNORMAL;
    hold_table("ln", math::ln, &[0.0, -0.0, least, most].map(|x| (x, -INF)));
    hold_table("ln", math::ln, &[-least, -most, -NORMAL, -1.0, f64::MIN, -INF, NAN].map(|x| (x, NAN)));
    let table = [
        (1.0, 0.0),
        (1.0f64.next_up(), f64::EPSILON.next_down()),
        (1.0f64.next_down(), -f64::EPSILON / 2.0),
        (NORMAL, -708.3964185322641),
        (f64::MAX, EXP_LAST),
        (INF, INF),
    ];
    hold_table("ln", math::ln, &table);
}

#[test]
fn powf_at_the_edges() {
    let [least, most] = SUBNORMAL;
    let table = [
        // 1 to the power y, and x to the power 0
        ((1.0, 0.0), 1.0),
        ((1.0, -3.5), 1.0),
        ((1.0, f64::MAX), 1.0),
        ((NORMAL, 0.0), 1.0),
        ((f64::MAX, -0.0), 1.0),
        // zero, which subnormal numbers count as
        ((0.0, 2.0), 0.0),
        ((-0.0, 2.0), 0.0),
        ((least, 0.5), 0.0),
        ((most, 1.0), 0.0),
        ((0.0, -2.0), INF),
        ((most, -0.5), INF),
        ((0.0, INF), 0.0),
        // infinity
        ((INF, 0.5), INF),
        ((INF, -0.5), 0.0),
        ((2.0, INF), INF),
        ((2.0, -INF), 0.0),
        ((0.5, INF), 0.0),
        ((0.5, -INF), INF),
        // too large and too small
        ((f64::MAX, 2.0), INF),
        ((NORMAL, 2.0), 0.0),
        // what 0 times infinity leaves open
        ((0.0, 0.0), NAN),
        ((INF, 0.0), NAN),
        ((1.0, INF), NAN),
        ((1.0, -INF), NAN),
        // outside of the domain
        ((-least, 2.0), NAN),
        ((-1.0, 2.0), NAN),
        ((-INF, 2.0), NAN),
        ((NAN, 0.0), NAN),
        ((2.0, NAN), NAN),
    ];
    for ((x, y), want) in table {
        assert_same(&format!("powf({x:e}, {y:e})"), math::powf(x, y), want);
    }
}

#[test]
fn sin_cos_tan_at_the_edges() {
    let [least, most] = SUBNORMAL;
    let tiny = [0.0, least, -least, most, -most, NORMAL, -NORMAL, 1e-17, -1e-17];
    hold_table("sin", math::sin, &tiny.map(|x| (x, x)));
    hold_table("tan", math::tan, &tiny.map(|x| (x, x)));
    hold_table("cos", math::cos, &tiny.map(|x| (x, 1.0)));
    hold_table("sin", math::sin, &[(-0.0, 0.0), (FRAC_PI_2, 1.0), (-FRAC_PI_2, -1.0)]);
    hold_table("cos", math::cos, &[(-0.0, 1.0), (PI, -1.0), (-PI, -1.0)]);
    hold_table("tan", math::tan, &[(-0.0, 0.0)]);
    for x in [INF, -INF, NAN] {
        let (s, c) = math::sin_cos(x);
        assert!(s.is_nan() && c.is_nan() && math::tan(x).is_nan(), "of {x}");
    }
}

#[test]
fn asin_acos_at_the_edges() {
    let [least, most] = SUBNORMAL;
    let tiny = [0.0, -0.0, least, -least, most, -most, NORMAL, -NORMAL, 1e-17, -1e-17];
    hold_table("asin", math::asin, &tiny.map(|x| (x, x)));
    hold_table("acos", math::acos, &tiny.map(|x| (x, FRAC_PI_2)));
    hold_table("asin", math::asin, &[(1.0, FRAC_PI_2), (-1.0, -FRAC_PI_2)]);
    hold_table("acos", math::acos, &[(1.0, 0.0), (-1.0, PI)]);
    let outside = [1.0f64.next_up(), (-1.0f64).next_down(), 2.0, f64::MAX, f64::MIN, INF, -INF, NAN];
    hold_table("asin", math::asin, &outside.map(|x| (x, NAN)));
    hold_table("acos", math::acos, &outside.map(|x| (x, NAN)));
}

#[test]
fn atan2_at_the_edges() {
    let [least, _] = SUBNORMAL;
    let table = [
        // zeros: their signs do not count
        ((0.0, 0.0), 0.0),
        ((-0.0, 0.0), 0.0),
        ((0.0, -0.0), 0.0),
        ((-0.0, -0.0), 0.0),
        // axes
        ((0.0, 1.0), 0.0),
        ((-0.0, 1.0), 0.0),
        ((0.0, -1.0), PI),
        ((-0.0, -1.0), PI),
        ((1.0, 0.0), FRAC_PI_2),
        ((1.0, -0.0), FRAC_PI_2),
        ((-1.0, 0.0), -FRAC_PI_2),
        ((-1.0, -0.0), -FRAC_PI_2),
        // one infinity
        ((1.0, INF), 0.0),
        ((-1.0, INF), -0.0),
        ((1.0, -INF), PI),
        ((-1.0, -INF), -PI),
        ((INF, 1.0), FRAC_PI_2),
        ((INF, -1.0), FRAC_PI_2),
        ((-INF, 1.0), -FRAC_PI_2),
        ((INF, 0.0), FRAC_PI_2),
        ((0.0, -INF), PI),
        // two of them
        ((INF, INF), NAN),
        ((-INF, INF), NAN),
        ((INF, -INF), NAN),
        ((NAN, 1.0), NAN),
        ((1.0, NAN), NAN),
        ((NAN, 0.0), NAN),
        ((INF, NAN), NAN),
        // the quotient underflows, or all but does
        ((least, f64::MAX), 0.0),
        ((f64::MAX, least), FRAC_PI_2),
        ((least, f64::MIN), PI),
        ((-least, -1.0), -PI),
        ((least, 1.0), least),
        ((NORMAL, 1.0), NORMAL),
    ];
    for ((y, x), want) in table {
        assert_same(&format!("atan2({y:e}, {x:e})"), math::atan2(y, x), want);
    }
    for size in [least, NORMAL, 1.0, f64::MAX] {
        assert_same("atan2 of a diagonal", math::atan2(size, size), FRAC_PI_4);
        assert_same("atan2 of a diagonal", math::atan2(-size, size), -FRAC_PI_4);
        assert_same("atan2 of a diagonal", math::atan2(size, -size), PI - FRAC_PI_4);
        assert_same("atan2 of a diagonal", math::atan2(-size, -size), FRAC_PI_4 - PI);
    }
}

#[test]
fn positive_and_sum_at_the_edges() {
    let [least, _] = SUBNORMAL;
    let kept = [0.0, -0.0, least, NORMAL, 1.0, f64::MAX, INF, NAN];
    hold_table("positive", math::positive, &kept.map(|x| (x, x)));
    hold_table("positive", math::positive, &[-least, -NORMAL, -1.0, f64::MIN, -INF].map(|x| (x, 0.0)));

    assert_same("sum of nothing", math::sum(&[]), 0.0);
    assert_same("sum of -0", math::sum(&[-0.0]), 0.0);
    for length in 1..40 {
        let whole: Vec<f64> = (0..length).map(f64::from).collect();
        assert_same("sum of whole numbers", math::sum(&whole), f64::from(length * (length - 1) / 2));
        for at in 0..whole.len() {
            let with = |x: f64| {
                let mut values = whole.clone();
                values[at] = x;
                math::sum(&values)
            };
            assert_same("sum with infinity", with(INF), INF);
            assert_same("sum with -infinity", with(-INF), -INF);
            assert_same("sum with NaN", with(NAN), NAN);
        }
    }
    assert_same("sum of both infinities", math::sum(&[INF, -INF]), NAN);
    assert_same("sum too large", math::sum(&[f64::MAX; 9]), INF);
}
