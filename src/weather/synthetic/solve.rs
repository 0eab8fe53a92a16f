//! Roots of increasing functions.

/// Where the increasing `f` is 0 between `low` and `high`, to `|f| <= tolerance`; the nearer end where it has no zero.
///
/// False position with Dowell & Jarratt's Illinois rule, BIT 11 (1971), 168, doi:10.1007/BF01934364; a step that
/// gains little is followed by a halving.
pub(super) fn increasing(low: f64, high: f64, tolerance: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa >= 0.0 {
        return a;
    }
    if fb <= 0.0 {
        return b;
    }
    let mut middle = 0.5 * (a + b);
    for round in 0..80 {
        // Every fourth step halves the interval, so that a flat end cannot stall the search.
        middle = if round % 4 == 3 { 0.5 * (a + b) } else { (a * fb - b * fa) / (fb - fa) };
        let value = f(middle);
        if value.abs() <= tolerance {
            break;
        }
        if value < 0.0 {
            (a, fa) = (middle, value);
            fb *= 0.5;
        } else {
            (b, fb) = (middle, value);
            fa *= 0.5;
        }
    }
    middle
}

#[cfg(test)]
mod tests {
    use super::increasing;
    use crate::math;

    #[test]
    fn finds_roots_and_keeps_to_the_ends() {
        let root = increasing(-50.0, 50.0, 1e-12, |x| 1.0 / (1.0 + math::exp(-x)) - 0.999);
        assert!((root - 6.906754778648554).abs() < 1e-8, "{root}");
        assert!((increasing(0.0, 10.0, 1e-13, |x| x * x * x - 2.0) - 1.2599210498948732).abs() < 1e-12);
        assert_eq!(increasing(0.0, 1.0, 1e-9, |x| x + 1.0), 0.0);
        assert_eq!(increasing(0.0, 1.0, 1e-9, |x| x - 2.0), 1.0);
    }
}
