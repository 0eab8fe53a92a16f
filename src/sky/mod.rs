//! To come.

/// Stand-in until the real decomposition lands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposed {
    /// W/m2.
    pub dni: f64,
    /// W/m2.
    pub dhi: f64,
    /// Clearness index.
    pub kt: f64,
}

/// Stand-in.
pub fn erbs(ghi: f64, zenith_deg: f64, dni_extra: f64) -> Decomposed {
    let mu = zenith_deg.to_radians().cos().max(0.065);
    let kt = (ghi / (dni_extra * mu)).clamp(0.0, 1.0);
    let df = if kt <= 0.22 {
        1.0 - 0.09 * kt
    } else if kt <= 0.8 {
        0.9511 - 0.1604 * kt + 4.388 * kt.powi(2) - 16.638 * kt.powi(3) + 12.336 * kt.powi(4)
    } else {
        0.165
    };
    let dhi = df * ghi;
    Decomposed { dni: if zenith_deg > 87.0 { 0.0 } else { (ghi - dhi) / mu }, dhi, kt }
}

/// Stand-in: Spencer.
pub fn extra_radiation_spencer(day_of_year: f64) -> f64 {
    let b = 2.0 * std::f64::consts::PI * (day_of_year - 1.0) / 365.0;
    1366.1 * (1.00011 + 0.034221 * b.cos() + 0.00128 * b.sin() + 0.000719 * (2.0 * b).cos() + 7.7e-05 * (2.0 * b).sin())
}
