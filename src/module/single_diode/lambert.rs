//! Lambert's W of an exponential, which no large argument overflows.

use crate::math;

/// W(eˣ), the w that solves w + ln w = x: for every x; NaN for NaN.
///
/// Two steps of Fritsch, Shafer & Crowley, Communications of the ACM 16 (1973), 123, doi:10.1145/361952.361970.
#[inline(always)]
pub fn lambert_w_exp(x: f64) -> f64 {
    let small = math::exp(if x > 1.0 { 1.0 } else { x });
    // Within 3 % everywhere.
    let start = if x > 1.0 { x - math::ln(x) * (1.0 - 1.0 / x) } else { small / (1.0 + small) };
    let mut w = start;
    for _ in 0..3 {
        // z = x − w − ln w, q = 2 (1 + w) (1 + w + 2 z/3), w ← w (1 + z/(1 + w) (q − z)/(q − 2 z))
        let z = x - w - math::ln(w);
        let q = 2.0 * (1.0 + w) * (1.0 + w + 2.0 / 3.0 * z);
        w *= 1.0 + z / (1.0 + w) * (q - z) / (q - 2.0 * z);
    }
    // So far down W is its argument, and further still it is 0, which has no logarithm.
    let far = if x < -40.0 { small } else { w };
    // So far up the steps' squares overflow, and the start is W to all digits.
    if x > 1e100 { x } else { far }
}
