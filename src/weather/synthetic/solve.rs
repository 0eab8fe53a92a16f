//! Roots of increasing functions.

/// Where the increasing `f` is 0 between `low` and `high`, to `|f| <= tolerance`; the nearer end where it has no zero.
///
/// Strides from `guess` until the root is passed, then false position with Dowell & Jarratt's Illinois rule, BIT 11
/// (1971), 168, doi:10.1007/BF01934364, and a halving now and then, so that a flat end cannot stall it.
pub(super) fn increasing(low: f64, high: f64, guess: f64, tolerance: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    let (mut a, mut b) = (guess, guess);
    let (mut fa, mut fb) = (f(guess), 0.0);
    let upwards = fa < 0.0;
    let mut stride = 0.02 * (high - low);
    if fa.abs() <= tolerance {
        return guess;
    }
    if !upwards {
        fb = fa;
    }
    loop {
        if upwards {
            b = (a + stride).min(high);
            fb = f(b);
            if fb >= 0.0 {
                break;
            }
            (a, fa) = (b, fb);
        } else {
            a = (b - stride).max(low);
            fa = f(a);
            if fa <= 0.0 {
                break;
            }
            (b, fb) = (a, fa);
        }
        if a >= high || b <= low {
            return if upwards { high } else { low };
        }
        stride *= 3.0;
    }
    let mut middle = 0.5 * (a + b);
    for round in 1..80 {
        middle = if round % 5 == 0 { 0.5 * (a + b) } else { (a * fb - b * fa) / (fb - fa) };
        let value = f(middle);
        if value.abs() <= tolerance || fb == fa {
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
        for guess in [-40.0, 0.0, 6.9, 50.0] {
            let root = increasing(-50.0, 50.0, guess, 1e-12, |x| 1.0 / (1.0 + math::exp(-x)) - 0.999);
            assert!((root - 6.906754778648554).abs() < 1e-8, "{root}");
            let root = increasing(-50.0, 50.0, guess, 1e-12, |x| x * x * x - 2.0);
            assert!((root - 1.2599210498948732).abs() < 1e-12, "{root}");
        }
        assert_eq!(increasing(0.0, 1.0, 0.5, 1e-9, |x| x + 1.0), 0.0);
        assert_eq!(increasing(0.0, 1.0, 0.5, 1e-9, |x| x - 2.0), 1.0);
    }
}
