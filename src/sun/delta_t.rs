//! TT - UT: how far the Earth's turning lags behind even time.

/// Delta T, s, at a decimal year of 1900 to 2200: polynomials of Espenak & Meeus (NASA/TP-2006-214141).
///
/// Outside those years the nearest is taken. An error of one second moves the sun by 1e-5 degrees.
pub fn delta_t(year: f64) -> f64 {
    let year = year.clamp(1900.0, 2200.0);
    let power = |t: f64, coefficients: &[f64]| coefficients.iter().rev().fold(0.0, |sum, c| sum * t + c);
    if year < 1920.0 {
        power(year - 1900.0, &[-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197])
    } else if year < 1941.0 {
        power(year - 1920.0, &[21.20, 0.84493, -0.076100, 0.0020936])
    } else if year < 1961.0 {
        power(year - 1950.0, &[29.07, 0.407, -1.0 / 233.0, 1.0 / 2547.0])
    } else if year < 1986.0 {
        power(year - 1975.0, &[45.45, 1.067, -1.0 / 260.0, -1.0 / 718.0])
    } else if year < 2005.0 {
        power(year - 2000.0, &[63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599])
    } else if year < 2050.0 {
        power(year - 2000.0, &[62.92, 0.32217, 0.005589])
    } else {
        let parabola = -20.0 + 32.0 * ((year - 1820.0) / 100.0) * ((year - 1820.0) / 100.0);
        if year < 2150.0 { parabola - 0.5628 * (2150.0 - year) } else { parabola }
    }
}

#[cfg(test)]
mod tests {
    use super::delta_t;

    /// Observed values printed in the same NASA publication and by the IERS, s.
    #[test]
    fn close_to_observed_values() {
        for (year, observed, tolerance) in
            [(1900.0, -2.8, 0.2), (1950.0, 29.1, 0.2), (1980.0, 50.5, 0.2), (2000.0, 63.83, 0.1), (2015.0, 67.6, 1.5)]
        {
            assert!((delta_t(year) - observed).abs() < tolerance, "{year}: {}", delta_t(year));
        }
    }
}
