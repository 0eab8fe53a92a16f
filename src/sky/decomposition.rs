//! Direct and diffuse from global irradiance.

use crate::math;

/// Global irradiance taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposed {
    /// Direct normal irradiance, W/m2.
    pub dni: f64,
    /// Diffuse horizontal irradiance, W/m2.
    pub dhi: f64,
    /// Clearness index, 0 to 1; of [`louche`] 0 to 2.
    pub kt: f64,
}

/// Beyond this zenith angle, degrees, all light counts as diffuse.
const MAX_ZENITH: f64 = 87.0;

/// kₜ from GHI, held to 0 to 1; the zenith's cosine counts as at least 0.065.
#[inline(always)]
fn clearness(ghi: f64, cos_z: f64, dni_extra: f64) -> f64 {
    // kₜ = GHI / (E₀ cos Z)
    let kt = ghi / (dni_extra * if cos_z < 0.065 { 0.065 } else { cos_z });
    math::positive(if kt > 1.0 { 1.0 } else { kt })
}

/// DNI and DHI from the diffuse fraction.
#[inline(always)]
fn of_fraction(ghi: f64, zenith: f64, cos_z: f64, kt: f64, fraction: f64) -> Decomposed {
    let dhi = fraction * ghi;
    let dni = (ghi - dhi) / cos_z;
    let bad = zenith > MAX_ZENITH || ghi < 0.0 || dni < 0.0;
    Decomposed { dni: if bad { 0.0 } else { dni }, dhi: if bad { ghi } else { dhi }, kt }
}

/// DNI and DHI from GHI (W/m2), zenith angle without refraction (degrees) and extraterrestrial normal
/// irradiance (W/m2).
///
/// Erbs, Klein & Duffie, Solar Energy 28 (1982), 293, doi:10.1016/0038-092X(82)90302-4. The zenith's cosine
/// counts as at least 0.065, the clearness as at most 1; beyond a zenith of 87 degrees all light
/// is diffuse. Near the horizon the DNI may still exceed what the sky can give: the caller limits it.
#[inline(always)]
pub fn erbs(ghi: f64, zenith: f64, dni_extra: f64) -> Decomposed {
    let cos_z = math::cos(zenith.to_radians());
    let kt = clearness(ghi, cos_z, dni_extra);
    // DHI/GHI = 1 − 0.09 kₜ below 0.22; a quartic to 0.8; 0.165 above
    let quartic = 0.9511 + kt * (-0.1604 + kt * (4.388 + kt * (-16.638 + kt * 12.336)));
    let fraction = if kt > 0.8 { 0.165 } else { quartic };
    let fraction = if kt <= 0.22 { 1.0 - 0.09 * kt } else { fraction };
    of_fraction(ghi, zenith, cos_z, kt, fraction)
}

/// As [`erbs`], with a polynomial that has no steps between its parts, and GHI below 0 as 0.
///
/// Driesse, Jensen & Perez, Solar Energy 267 (2024), 112093, doi:10.1016/j.solener.2023.112093.
#[inline(always)]
pub fn erbs_driesse(ghi: f64, zenith: f64, dni_extra: f64) -> Decomposed {
    let ghi = math::positive(ghi);
    let cos_z = math::cos(zenith.to_radians());
    let kt = clearness(ghi, cos_z, dni_extra);
    // DHI/GHI = 1 − 0.09 kₜ up to 0.216; a quartic to 0.792; 0.165 above
    let quartic = 0.94629663357100100
        + kt * (-0.11390583806313881
            + kt * (4.24692671521831700 + kt * (-16.47050842469730700 + kt * 12.26911439571261000)));
    let fraction = if kt > 0.216 { quartic } else { 1.0 - 0.09 * kt };
    let fraction = if kt > 0.792 { 0.165 } else { fraction };
    of_fraction(ghi, zenith, cos_z, kt, fraction)
}

/// As [`erbs`], with the straight lines of Orgill & Hollands, Solar Energy 19 (1977), 357,
/// doi:10.1016/0038-092X(77)90006-8.
#[inline(always)]
pub fn orgill_hollands(ghi: f64, zenith: f64, dni_extra: f64) -> Decomposed {
    let cos_z = math::cos(zenith.to_radians());
    let kt = clearness(ghi, cos_z, dni_extra);
    // DHI/GHI = 1 − 0.249 kₜ below 0.35; 1.557 − 1.84 kₜ to 0.75; 0.177 above
    let fraction = if kt >= 0.35 { 1.557 - 1.84 * kt } else { 1.0 - 0.249 * kt };
    let fraction = if kt > 0.75 { 0.177 } else { fraction };
    of_fraction(ghi, zenith, cos_z, kt, fraction)
}

/// Steepness and middle of [`boland`]'s curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BolandCoefficients {
    /// How fast light turns direct with clearness.
    pub a: f64,
    /// The clearness at which half of the light is diffuse.
    pub b: f64,
}

impl BolandCoefficients {
    /// For means over an hour.
    pub const HOUR: Self = Self { a: 7.997, b: 0.586 };
    /// For means over a quarter of an hour; pvlib's default, whatever the step.
    pub const QUARTER_HOUR: Self = Self { a: 8.645, b: 0.613 };
}

/// As [`erbs`], with the logistic curve of Boland, Scott & Luther, Environmetrics 12 (2001), 103,
/// `doi:10.1002/1099-095X(200103)12:2<103::AID-ENV447>3.0.CO;2-2`, which gives coefficients by the length of the records.
#[inline(always)]
pub fn boland(ghi: f64, zenith: f64, dni_extra: f64, coefficients: &BolandCoefficients) -> Decomposed {
    let cos_z = math::cos(zenith.to_radians());
    let kt = clearness(ghi, cos_z, dni_extra);
    // DHI/GHI = 1 / (1 + exp(a (kₜ − b)))
    let fraction = 1.0 / (1.0 + math::exp(coefficients.a * (kt - coefficients.b)));
    of_fraction(ghi, zenith, cos_z, kt, fraction)
}

/// DNI and DHI as [`erbs`], from the beam's transmittance over a Mediterranean site.
///
/// Louche, Notton, Poggi & Simonnot, Solar Energy 46 (1991), 261, doi:10.1016/0038-092X(91)90072-5. Clearness counts up to 2, and light of the sun up to a zenith
/// of 90 degrees.
#[inline(always)]
pub fn louche(ghi: f64, zenith: f64, dni_extra: f64) -> Decomposed {
    let cos_z = math::cos(zenith.to_radians());
    let kt = ghi / (dni_extra * if cos_z < 0.065 { 0.065 } else { cos_z });
    let kt = math::positive(if kt > 2.0 { 2.0 } else { kt });
    // k_b = −10.627 kₜ⁵ + 15.307 kₜ⁴ − 5.205 kₜ³ + 0.994 kₜ² − 0.059 kₜ + 0.002
    let kb = 0.002 + kt * (-0.059 + kt * (0.994 + kt * (-5.205 + kt * (15.307 + kt * -10.627))));
    let dni = kb * dni_extra;
    let bad = zenith > 90.0 || ghi < 0.0 || dni < 0.0;
    Decomposed { dni: if bad { 0.0 } else { dni }, dhi: if bad { ghi } else { ghi - dni * cos_z }, kt }
}

/// Share of the extraterrestrial DNI that arrives, kₙ of DISC, not limited; from kₜ and absolute air mass, which counts up to 12.
#[inline(always)]
pub(crate) fn disc_kn(kt: f64, airmass_absolute: f64) -> f64 {
    let m = if airmass_absolute > 12.0 { 12.0 } else { airmass_absolute };
    let cloudy =
        [0.512 + kt * (-1.56 + kt * (2.286 + kt * -2.222)), 0.37 + 0.962 * kt, -0.28 + kt * (0.932 + kt * -2.048)];
    let clear = [
        -5.743 + kt * (21.77 + kt * (-27.49 + kt * 11.56)),
        41.4 + kt * (-118.5 + kt * (66.05 + kt * 31.9)),
        -47.01 + kt * (184.2 + kt * (-222.0 + kt * 73.81)),
    ];
    let is_cloudy = kt <= 0.6;
    let pick = |i: usize| if is_cloudy { cloudy[i] } else { clear[i] };
    // kₙ = k_nc − (a + b exp(c m)), k_nc = 0.866 − 0.122 m + 0.0121 m² − 0.000653 m³ + 0.000014 m⁴
    let clear_kn = 0.866 + m * (-0.122 + m * (0.0121 + m * (-0.000653 + m * 1.4e-5)));
    clear_kn - (pick(0) + pick(1) * math::exp(pick(2) * m))
}

/// DNI from GHI (W/m2), zenith angle (degrees), extraterrestrial normal irradiance with a solar constant of 1370 W/m2, and absolute
/// air mass, which counts up to 12.
///
/// Maxwell, A quasi-physical model for converting hourly global horizontal to direct normal insolation, SERI/TR-215-3087 (1987).
#[inline(always)]
pub fn disc(ghi: f64, zenith: f64, dni_extra: f64, airmass_absolute: f64) -> Decomposed {
    disc_with_cosine(ghi, zenith, math::cos(zenith.to_radians()), dni_extra, airmass_absolute)
}

/// As [`disc`] for a caller that has the zenith's cosine already.
#[inline(always)]
pub(super) fn disc_with_cosine(ghi: f64, zenith: f64, cos_z: f64, dni_extra: f64, airmass_absolute: f64) -> Decomposed {
    let kt = clearness(ghi, cos_z, dni_extra);
    let dni = disc_kn(kt, airmass_absolute) * dni_extra;
    let bad = zenith > MAX_ZENITH || ghi < 0.0 || dni < 0.0;
    let dni = if bad { 0.0 } else { dni };
    Decomposed { dni, dhi: if bad { ghi } else { ghi - dni * cos_z }, kt }
}
