//! Elementary functions without branches or tables, so that loops over them vectorise, and the same
//! bits on every machine: the standard library's call whatever libm the platform has, these do not.
//!
//! The reductions and coefficients are the published ones of FDLIBM 5.3 (Sun Microsystems 1993); each
//! function states its error bound, a round number just above the worst that `tests/math.rs` found over its
//! whole range. No fused multiply-add is used, so wide and narrow instruction sets give the same result.
//!
//! NaN gives NaN. The sign of a zero is kept where that costs nothing: `asin`, `positive`. Elsewhere -0 is 0.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI, TAU};

// Adding and taking away 1.5 · 2⁵² rounds to the nearest integer, whose two's complement is then
// found in the low bits: a conversion that every instruction set vectorises.
const ROUND: f64 = 6_755_399_441_055_744.0;
// π/2 in three parts of 33 bits, the products with n exact up to |n| = 2²⁰.
const PIO2_1: f64 = 1.57079632673412561417e+00;
const PIO2_2: f64 = 6.07710050630396597660e-11;
const PIO2_3: f64 = 2.02226624879595063154e-21;
const LN2_HI: f64 = 6.93147180369123816490e-01;
const LN2_LO: f64 = 1.90821492927058770002e-10;

/// Σ cₖ xᵏ of up to sixteen terms by Estrin's scheme: neighbours are joined in pairs, pairs in fours, so that no step
/// waits for as many others as in Horner's.
#[inline(always)]
fn polynomial<const N: usize>(x: f64, c: [f64; N]) -> f64 {
    const { assert!(N <= 16) }
    let x2 = x * x;
    let x4 = x2 * x2;
    if N > 8 { eight(x, x2, x4, &c, 0) + x4 * x4 * eight(x, x2, x4, &c, 8) } else { eight(x, x2, x4, &c, 0) }
}

#[inline(always)]
fn eight<const N: usize>(x: f64, x2: f64, x4: f64, c: &[f64; N], k: usize) -> f64 {
    if k + 4 < N { four(x, x2, c, k) + x4 * four(x, x2, c, k + 4) } else { four(x, x2, c, k) }
}

#[inline(always)]
fn four<const N: usize>(x: f64, x2: f64, c: &[f64; N], k: usize) -> f64 {
    if k + 2 < N { pair(x, c, k) + x2 * pair(x, c, k + 2) } else { pair(x, c, k) }
}

#[inline(always)]
fn pair<const N: usize>(x: f64, c: &[f64; N], k: usize) -> f64 {
    if k + 1 < N { c[k] + x * c[k + 1] } else { c[k] }
}

/// eˣ. Relative error below 1.7e-16; 1 at 0. Results below 3.15e-308 become 0, those beyond `f64::MAX` infinity.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    // eˣ = 2ⁿ eʳ, n = round(x / ln 2), |r| ≤ ln 2 / 2
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN2_HI) - n * LN2_LO;
    // eʳ = 1 + r + r² Σ rᵏ / (k+2)!
    let p = polynomial(
        r,
        [
            0.5,
            1.0 / 6.0,
            1.0 / 24.0,
            1.0 / 120.0,
            1.0 / 720.0,
            1.0 / 5_040.0,
            1.0 / 40_320.0,
            1.0 / 362_880.0,
            1.0 / 3_628_800.0,
            1.0 / 39_916_800.0,
            1.0 / 479_001_600.0,
            1.0 / 6_227_020_800.0,
        ],
    );
    let e_r = 1.0 + (r + r * r * p);
    // 2ⁿ in two factors, since 2¹⁰²⁴ has no bits of its own.
    let half_scale = f64::from_bits((shifted.to_bits().wrapping_sub(1) << 52).wrapping_add(1.0f64.to_bits()));
    let y = 2.0 * e_r * half_scale;
    let y = if x > 709.782712893384 { f64::INFINITY } else { y };
    if x < -708.396418532264 { 0.0 } else { y }
}

/// Natural logarithm. Relative error below 1.6e-16 for normal positive `x`, 0 at 1; NaN below 0, -inf at 0
/// and at subnormal positive numbers.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    const SQRT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;
    const TWO_52: u64 = 0x4330_0000_0000_0000;
    // x = 2ᵏ m, √½ ≤ m < √2
    let shifted = x.to_bits().wrapping_add(0x3FF0_0000_0000_0000 - SQRT_HALF);
    let k = f64::from_bits((shifted >> 52) | TWO_52) - (4_503_599_627_370_496.0 + 1023.0);
    let m = f64::from_bits((shifted & 0x000F_FFFF_FFFF_FFFF) + SQRT_HALF);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    // ln m = f − f²/2 + s (f²/2 + R(s²))
    let r = z * polynomial(
        z,
        [
            6.666666666666735130e-01,
            3.999999999940941908e-01,
            2.857142874366239149e-01,
            2.222219843214978396e-01,
            1.818357216161805012e-01,
            1.531383769920937332e-01,
            1.479819860511658591e-01,
        ],
    );
    let half_f2 = 0.5 * f * f;
    let y = k * LN2_HI - ((half_f2 - (s * (half_f2 + r) + k * LN2_LO)) - f);
    let y = if x < f64::MIN_POSITIVE { f64::NEG_INFINITY } else { y };
    let y = if x < 0.0 { f64::NAN } else { y };
    // Infinity and NaN are their own logarithms.
    if x < f64::INFINITY { y } else { x }
}

/// `x` to the power `y` for positive `x`. Relative error below (1 + |y ln x|) 2.5e-16; 1 where `x` is 1 or `y` is 0.
/// Results too small or too large become 0 or infinity as those of [`exp`], and a subnormal `x` counts as 0.
///
/// NaN for negative `x`, and where `y ln x` is 0 times infinity: 0⁰, ∞⁰, and 1 to an infinite power.
#[inline(always)]
pub fn powf(x: f64, y: f64) -> f64 {
    exp(y * ln(x))
}

/// Sine and cosine of an angle in radians. Absolute error below 1.3e-16 and relative error below 2.4e-16 for |x| up
/// to 1e6. Beyond that the reduction by π/2 loses digits: absolute error below 1.2e-16 |x| up to 1e9, then nothing is
/// promised. NaN at infinity.
#[inline(always)]
pub fn sin_cos(x: f64) -> (f64, f64) {
    let shifted = x * std::f64::consts::FRAC_2_PI + ROUND;
    let n = shifted - ROUND;
    let quadrant = shifted.to_bits();
    let t = x - n * PIO2_1;
    let w = n * PIO2_2;
    let r0 = t - w;
    let r = r0 + (((t - r0) - w) - n * PIO2_3);

    let z = r * r;
    let sin_r = r + r
        * z
        * polynomial(
            z,
            [
                -1.66666666666666324348e-01,
                8.33333333332248946124e-03,
                -1.98412698298579493134e-04,
                2.75573137070700676789e-06,
                -2.50507602534068634195e-08,
                1.58969099521155010221e-10,
            ],
        );
    let half_z = 0.5 * z;
    let head = 1.0 - half_z;
    let cos_r = head
        + (((1.0 - head) - half_z)
            + z * z
                * polynomial(
                    z,
                    [
                        4.16666666666666019037e-02,
                        -1.38888888888741095749e-03,
                        2.48015872894767294178e-05,
                        -2.75573143513906633035e-07,
                        2.08757232129817482790e-09,
                        -1.13596475577881948265e-11,
                    ],
                ));

    let swap = quadrant & 1 == 1;
    let (s, c) = if swap { (cos_r, sin_r) } else { (sin_r, cos_r) };
    let sin_sign = (quadrant & 2) << 62;
    let cos_sign = (quadrant.wrapping_add(1) & 2) << 62;
    (f64::from_bits(s.to_bits() ^ sin_sign), f64::from_bits(c.to_bits() ^ cos_sign))
}

/// Sine of an angle in whole turns, sin 2πx. Absolute error below 3.3e-16 at any finite `x`, since whole turns fall away
/// without rounding; NaN at infinity. Cheaper than [`sin`]: no reduction by an irrational number, one series.
#[inline(always)]
pub fn sin_turns(x: f64) -> f64 {
    // 2x = n + 2r with |r| ≤ ¼
    let shifted = 2.0 * x + ROUND;
    let n = shifted - ROUND;
    let r = TAU * (x - 0.5 * n);
    // sin r = r + r³ Σ (−r²)ᵏ / (2k+3)!, |r| ≤ π/2; the first term left out is below 2e-18.
    let z = r * r;
    let series = polynomial(
        z,
        [
            -1.0 / 6.0,
            1.0 / 120.0,
            -1.0 / 5_040.0,
            1.0 / 362_880.0,
            -1.0 / 39_916_800.0,
            1.0 / 6_227_020_800.0,
            -1.0 / 1_307_674_368_000.0,
            1.0 / 355_687_428_096_000.0,
            -1.0 / 121_645_100_408_832_000.0,
            1.0 / 51_090_942_171_709_440_000.0,
        ],
    );
    let s = r + r * z * series;
    // sin(r + n π) = (−1)ⁿ sin r
    f64::from_bits(s.to_bits() ^ (shifted.to_bits() << 63))
}

/// Sine of an angle in radians; bounds as [`sin_cos`].
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    sin_cos(x).0
}

/// Cosine of an angle in radians; bounds as [`sin_cos`].
#[inline(always)]
pub fn cos(x: f64) -> f64 {
    sin_cos(x).1
}

/// Tangent of an angle in radians. Relative error below 4.1e-16 for |x| up to 1e6, beside its poles too; NaN at
/// infinity.
#[inline(always)]
pub fn tan(x: f64) -> f64 {
    let (s, c) = sin_cos(x);
    s / c
}

// asin x = x + x R(x²) for |x| ≤ ½
#[inline(always)]
fn asin_rational(z: f64) -> f64 {
    let p = polynomial(
        z,
        [
            1.66666666666666657415e-01,
            -3.25565818622400915405e-01,
            2.01212532134862925881e-01,
            -4.00555345006794114027e-02,
            7.91534994289814532176e-04,
            3.47933107596021167570e-05,
        ],
    );
    let q = polynomial(
        z,
        [
            1.0,
            -2.40339491173441421878e+00,
            2.02094576023350569471e+00,
            -6.88283971605453293030e-01,
            7.70381505559019352791e-02,
        ],
    );
    z * p / q
}

/// Arc sine, radians. Absolute error below 3e-16, relative error below 5e-16; 0 at 0, ±π/2 at ±1, NaN outside
/// -1 to 1.
#[inline(always)]
pub fn asin(x: f64) -> f64 {
    let a = x.abs();
    let near = a <= 0.5;
    // asin a = π/2 − 2 asin √((1−a)/2)
    let z = if near { a * a } else { 0.5 * (1.0 - a) };
    let s = if near { a } else { z.sqrt() };
    let core = s + s * asin_rational(z);
    let y = if near { core } else { FRAC_PI_2 - 2.0 * core };
    y.copysign(x)
}

/// Arc cosine, radians. Absolute error below 5.5e-16, relative error below 2.6e-16; 0 at 1, π at -1, NaN outside
/// -1 to 1.
#[inline(always)]
pub fn acos(x: f64) -> f64 {
    let a = x.abs();
    let near = a <= 0.5;
    let z = if near { a * a } else { 0.5 * (1.0 - a) };
    let s = if near { a } else { z.sqrt() };
    let core = s + s * asin_rational(z);
    let near_y = FRAC_PI_2 - core.copysign(x);
    let far_y = if x > 0.0 { 2.0 * core } else { PI - 2.0 * core };
    if near { near_y } else { far_y }
}

/// Angle of the point (x, y), radians, -π to π. Absolute error below 5e-16, relative error below 4.2e-16 unless
/// the angle is subnormal; 0 at the origin.
///
/// A zero of either sign is 0: on the negative x axis the angle is π, never -π. NaN where both are infinite.
#[inline(always)]
pub fn atan2(y: f64, x: f64) -> f64 {
    let (ax, ay) = (x.abs(), y.abs());
    let steep = ay > ax;
    let (low, high) = if steep { (ax, ay) } else { (ay, ax) };
    let t = if high == 0.0 { 0.0 } else { low / high };
    // atan t = π/4 + atan((t−1)/(t+1)) above tan(π/8)
    let upper = t > 0.414_213_562_373_095;
    let u = if upper { (t - 1.0) / (t + 1.0) } else { t };
    let z = u * u;
    let series = z * polynomial(
        z,
        [
            3.33333333333329318027e-01,
            -1.99999999998764832476e-01,
            1.42857142725034663711e-01,
            -1.11111104054623557880e-01,
            9.09088713343650656196e-02,
            -7.69187620504482999495e-02,
            6.66107313738753120669e-02,
            -5.83357013379057348645e-02,
            4.97687799461593236017e-02,
            -3.65315727442169155270e-02,
            1.62858201153657823623e-02,
        ],
    );
    let a = u - u * series;
    let a = if upper { FRAC_PI_4 + a } else { a };
    let a = if steep { FRAC_PI_2 - a } else { a };
    let a = if x < 0.0 { PI - a } else { a };
    let a = if y < 0.0 { -a } else { a };
    // A comparison with NaN is false, so NaN must be put back.
    if x.is_nan() || y.is_nan() { f64::NAN } else { a }
}

/// The probability that the standard normal lies below `z`. Absolute error below 1e-15; in the tail the relative error grows
/// from 3e-9 at z = -7 to 9e-7 at z = -20.
///
/// Source: Hart et al. 1968, Computer Approximations, as West 2005, Better approximations to cumulative normal functions, Wilmott
/// Magazine, gives it; its ratio tends to the tail's first term, so that it serves there too.
#[inline(always)]
pub fn normal_cdf(z: f64) -> f64 {
    let x = if z.abs() > 40.0 { 40.0 } else { z.abs() };
    let numerator = polynomial(
        x,
        [
            220.206867912376,
            221.213596169931,
            112.079291497871,
            33.912866078383,
            6.37396220353165,
            0.700383064443688,
            3.52624965998911e-2,
        ],
    );
    let denominator = polynomial(
        x,
        [
            440.413735824752,
            793.826512519948,
            637.333633378831,
            296.564248779674,
            86.7807322029461,
            16.064177579207,
            1.75566716318264,
            8.83883476483184e-2,
        ],
    );
    let tail = exp(-0.5 * x * x) * numerator / denominator;
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// Runs a closure compiled for the widest instruction set of the machine (AVX-512, AVX2 or the base line).
///
/// The closure must be marked `#[inline(always)]`, else it stays compiled for the base line.
#[inline(always)]
pub fn vectorised<R>(f: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(f)
}

/// 0 where `x` is negative, else `x`, -0 and NaN included. Unlike `f64::max`, it does not turn NaN into 0.
#[inline(always)]
pub fn positive(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

/// Sum in eight interleaved partial sums, always combined in the same order: vectorises, and gives the
/// same bits on every instruction set. Error below (n / 8 + 3) 1.2e-16 of the sum of the magnitudes; 0 for no values.
#[inline(always)]
pub fn sum(values: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let chunks = values.chunks_exact(8);
    for (lane, value) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane += value;
    }
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
}

#[cfg(test)]
mod tests {
    use super::*;

    // tests/math.rs goes over every range; this is what a slip of the pen would break.
    #[test]
    fn known_values() {
        let off = |got: f64, want: f64| (got - want).abs() / want.abs();
        assert!(off(exp(1.0), std::f64::consts::E) < 3e-16);
        assert!(off(ln(10.0), std::f64::consts::LN_10) < 3e-16);
        assert!(off(powf(2.0, 0.5), std::f64::consts::SQRT_2) < 5e-16);
        assert!(off(sin(PI / 6.0), 0.5) < 3e-16 && off(cos(PI / 3.0), 0.5) < 3e-16);
        assert!(off(tan(FRAC_PI_4), 1.0) < 5e-16);
        assert!(off(asin(0.5), PI / 6.0) < 3e-16 && off(acos(0.5), PI / 3.0) < 3e-16);
        assert!(off(atan2(-3.0, -3.0), -0.75 * PI) < 3e-16);
        assert_eq!((positive(-2.0), positive(2.0)), (0.0, 2.0));
        assert_eq!(sum(&[1.0; 21]), 21.0);
        // scipy.stats.norm.cdf
        for (z, p) in
            [(0.0, 0.5), (1.0, 0.8413447460685429), (-2.5, 0.006209665325776132), (-7.0, 1.279812543885835e-12)]
        {
            assert!((normal_cdf(z) - p).abs() < 1e-15, "{z}");
        }
        assert_eq!((normal_cdf(f64::NEG_INFINITY), normal_cdf(f64::INFINITY)), (0.0, 1.0));
        assert!(normal_cdf(f64::NAN).is_nan());
    }
}
