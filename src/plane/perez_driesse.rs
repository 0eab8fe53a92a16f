//! Perez' model without steps: its table of coefficients as splines of the sky's clearness.

use super::Dome;
use crate::math;

/// Inner knots of the splines.
const KNOTS: [f64; 7] = [0.061, 0.187, 0.333, 0.487, 0.643, 0.778, 0.839];
/// Coefficients of the quadratic B-splines, which begin at 0 and end at 1: F11 F12 F13 F21 F22 F23.
const SPLINES: [[f64; 6]; 10] = [
    [-0.053, 0.529, -0.028, -0.071, 0.061, -0.019],
    [-0.008, 0.588, -0.062, -0.060, 0.072, -0.022],
    [0.131, 0.770, -0.167, -0.026, 0.106, -0.032],
    [0.328, 0.471, -0.216, 0.069, -0.105, -0.028],
    [0.557, 0.241, -0.300, 0.086, -0.085, -0.012],
    [0.861, -0.323, -0.355, 0.240, -0.467, -0.008],
    [1.212, -1.239, -0.444, 0.305, -0.797, 0.047],
    [1.099, -1.847, -0.365, 0.275, -1.132, 0.124],
    [0.544, 0.157, -0.213, 0.118, -1.455, 0.292],
    [0.544, 0.157, -0.213, 0.118, -1.455, 0.292],
];

/// The splines as sums of a parabola and of what bends it at each knot: no search for an interval, so that loops vectorise.
const BENT: [[f64; 10]; 6] = bent();

/// F(ζ) = a + b ζ + c ζ² + Σ dₖ (ζ − tₖ)₊²
const fn bent() -> [[f64; 10]; 6] {
    // Knots with their ends threefold.
    let mut t = [0.0; 13];
    let mut k = 0;
    while k < 7 {
        t[3 + k] = KNOTS[k];
        k += 1;
    }
    (t[10], t[11], t[12]) = (1.0, 1.0, 1.0);
    let mut out = [[0.0; 10]; 6];
    let mut f = 0;
    while f < 6 {
        // First and second derivative of a quadratic B-spline: differences of its coefficients over those of the knots.
        let mut first = [0.0; 9];
        let mut i = 0;
        while i < 9 {
            first[i] = 2.0 * (SPLINES[i + 1][f] - SPLINES[i][f]) / (t[i + 3] - t[i + 1]);
            i += 1;
        }
        out[f][0] = SPLINES[0][f];
        out[f][1] = first[0];
        let mut before = 0.0;
        let mut j = 0;
        while j < 8 {
            let second = (first[j + 1] - first[j]) / (t[j + 3] - t[j + 2]);
            out[f][2 + j] = 0.5 * (second - before);
            before = second;
            j += 1;
        }
        f += 1;
    }
    out
}

/// Relative air mass of Kasten and Young at the horizon, which counts below it.
pub(crate) const AIRMASS_AT_HORIZON: f64 = 37.919608377836;
/// The most of the sky's light that comes from around the sun.
const MOST_CIRCUMSOLAR: f64 = 0.9;
/// Least cosine of the zenith in the circumsolar term, cos 85°.
const COS_85: f64 = 0.08715574274765824;

/// The sky as [`perez_1990`](super::perez_1990) sees it, without steps; arguments as there. Below the horizon the air mass is that at the
/// horizon.
///
/// Driesse, Jensen & Perez, Solar Energy 267 (2024), 112093, doi:10.1016/j.solener.2023.112093.
#[inline(always)]
pub fn perez_driesse(
    dhi: f64,
    dni: f64,
    dni_extra: f64,
    solar_zenith: f64,
    cos_zenith: f64,
    airmass_relative: f64,
) -> Dome {
    let z = solar_zenith.to_radians();
    // ζ = DNI/(DHI + DNI), corrected: ζ/(1 − κ z³ (ζ − 1)), κ = 1.041
    let plain = dni / (dhi + dni);
    let plain = if dhi == 0.0 { 0.0 } else { plain };
    let zeta = plain / (1.0 - 1.041 * (z * z * z) * (plain - 1.0));
    let airmass = if solar_zenith >= 90.0 { AIRMASS_AT_HORIZON } else { airmass_relative };
    let brightness = dhi * airmass / dni_extra;
    let mut above = [0.0; 8];
    above[0] = zeta * zeta;
    for (square, knot) in above[1..].iter_mut().zip(KNOTS) {
        let over = math::positive(zeta - knot);
        *square = over * over;
    }
    let spline = |f: usize| {
        let b = &BENT[f];
        let mut sum = b[0] + b[1] * zeta;
        for k in 0..8 {
            sum += b[2 + k] * above[k];
        }
        sum
    };
    // F₁ = F₁₁ + F₁₂ Δ + F₁₃ z, held to 0 to 0.9; F₂ = F₂₁ + F₂₂ Δ + F₂₃ z
    let f1 = math::positive(spline(0) + spline(1) * brightness + spline(2) * z);
    let f1 = if f1 > MOST_CIRCUMSOLAR { MOST_CIRCUMSOLAR } else { f1 };
    let f2 = spline(3) + spline(4) * brightness + spline(5) * z;
    let b = if cos_zenith < COS_85 { COS_85 } else { cos_zenith };
    // Without diffuse light the clearness forgets a DNI that is not a number.
    #[expect(clippy::eq_op, reason = "zero, but for what is not a number")]
    let lit = dhi + (dni - dni);
    Dome { isotropic: lit * (1.0 - f1), circumsolar: lit * f1 / b, horizon: lit * f2 }
}

#[cfg(test)]
mod tests {
    use super::AIRMASS_AT_HORIZON;

    #[test]
    fn the_horizon_is_that_of_kasten_and_young() {
        let airmass = crate::sky::kasten_young_1989(90.0);
        assert!((airmass / AIRMASS_AT_HORIZON - 1.0).abs() < 1e-13, "{airmass}");
    }
}
