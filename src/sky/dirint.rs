//! DIRINT: DISC with a correction by bins of clearness, zenith, water, and how fast the clearness changes.

use super::decomposition::disc;
use super::dirint_table::COEFFICIENTS;
use super::{SOLAR_CONSTANT, absolute_airmass, kasten_1966};
use crate::error::Result;
use crate::math;

/// Upper edges of the bins of clearness, zenith (degrees), change of clearness and water (cm).
const CLEARNESS: [f64; 5] = [0.24, 0.4, 0.56, 0.7, 0.8];
const ZENITH: [f64; 5] = [25.0, 40.0, 55.0, 70.0, 80.0];
const CHANGE: [f64; 5] = [0.015, 0.035, 0.07, 0.15, 0.3];
const WATER: [f64; 3] = [1.0, 2.0, 3.0];
/// DISC's solar constant, W/m2.
const DISC_CONSTANT: f64 = 1370.0;

/// In which bin a value lies.
#[inline(always)]
fn bin(value: f64, edges: &[f64]) -> usize {
    edges.iter().map(|edge| usize::from(value >= *edge)).sum()
}

/// What DISC's direct irradiance is multiplied by, from clearness independent of the zenith (0 to 1), zenith (degrees), its mean change to
/// the neighbours (0 to 1) and precipitable water (cm); the last two negative where they are not known. NaN for NaN and for values
/// out of range.
#[inline(always)]
pub fn dirint_coefficient(kt_prime: f64, solar_zenith: f64, delta_kt_prime: f64, precipitable_water: f64) -> f64 {
    let change = if delta_kt_prime < 0.0 { CHANGE.len() + 1 } else { bin(delta_kt_prime, &CHANGE) };
    let water = if precipitable_water < 0.0 { WATER.len() + 1 } else { bin(precipitable_water, &WATER) };
    let row = &COEFFICIENTS[bin(kt_prime, &CLEARNESS)][bin(solar_zenith, &ZENITH)];
    // A sum of numbers is a number.
    let known = kt_prime + solar_zenith + delta_kt_prime + precipitable_water;
    let inside = (0.0..=1.0).contains(&kt_prime) && solar_zenith >= 0.0 && delta_kt_prime <= 1.0 && !known.is_nan();
    if inside { row[change][water] } else { f64::NAN }
}

/// Clearness independent of the zenith, 0 to 1, from the clearness index and absolute air mass.
///
/// Perez et al., Solar Energy 44 (1990), 99, doi:10.1016/0038-092X(90)90073-M.
#[inline(always)]
pub fn clearness_index_zenith_independent(kt: f64, airmass_absolute: f64) -> f64 {
    // k′ = k/(1.031 exp(−1.4/(0.9 + 9.4/m)) + 0.1)
    let clear = 1.031 * math::exp(-1.4 / (0.9 + 9.4 / airmass_absolute)) + 0.1;
    let kt_prime = math::positive(kt / clear);
    if kt_prime > 1.0 { 1.0 } else { kt_prime }
}

/// The columns of [`dirint`], one value a record; neighbours in the columns are neighbours in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirintColumns<'a> {
    /// Global horizontal irradiance, W/m2.
    pub ghi: &'a [f64],
    /// Zenith angle of the sun, degrees.
    pub solar_zenith: &'a [f64],
    /// Extraterrestrial normal irradiance with [`SOLAR_CONSTANT`], W/m2.
    pub dni_extra: &'a [f64],
    /// Air pressure, Pa.
    pub pressure: &'a [f64],
    /// Dew point, degC, where it is known; NaN for records where it is not.
    pub temp_dew: Option<&'a [f64]>,
}

/// Direct normal irradiance of each record, W/m2: 0 above a zenith of 87 degrees, NaN where a record or both of its neighbours are
/// not known. With `use_delta_kt_prime` the change of clearness counts; leave it out where records lie 1.5 hours apart or more.
///
/// Perez, Ineichen, Maxwell, Seals & Zelenka, Dynamic global-to-direct irradiance conversion models, ASHRAE Transactions 98 (1992),
/// 354; Maxwell, SERI/TR-215-3087 (1987).
///
/// # Errors
/// [`Error::Length`](crate::Error::Length) where the columns differ in length.
pub fn dirint(columns: &DirintColumns<'_>, use_delta_kt_prime: bool) -> Result<Vec<f64>> {
    let DirintColumns { ghi, solar_zenith, dni_extra, pressure, temp_dew } = *columns.checked()?;
    let expected = ghi.len();
    let (mut dni, mut kt_prime) = (vec![0.0; expected], vec![0.0; expected]);
    for i in 0..expected {
        let airmass = absolute_airmass(kasten_1966(solar_zenith[i]), pressure[i]);
        let airmass = if airmass > 12.0 { 12.0 } else { airmass };
        let parts = disc(ghi[i], solar_zenith[i], dni_extra[i] * (DISC_CONSTANT / SOLAR_CONSTANT), airmass);
        dni[i] = parts.dni;
        kt_prime[i] = clearness_index_zenith_independent(parts.kt, airmass);
    }
    for i in 0..expected {
        let to = |k: Option<usize>| k.and_then(|k| kt_prime.get(k)).map(|other| (kt_prime[i] - other).abs());
        let change = match (to(i.checked_sub(1)), to(Some(i + 1))) {
            _ if !use_delta_kt_prime => -1.0,
            (Some(a), Some(b)) if !a.is_nan() && !b.is_nan() => 0.5 * (a + b),
            (Some(a), _) if !a.is_nan() => a,
            (_, Some(b)) => b,
            _ => f64::NAN,
        };
        // w = e^(0.07 T_d − 0.075)
        let water = temp_dew.map_or(-1.0, |dew| math::exp(0.07 * dew[i] - 0.075));
        let water = if water.is_nan() { -1.0 } else { water };
        dni[i] *= dirint_coefficient(kt_prime[i], solar_zenith[i], change, water);
    }
    Ok(dni)
}

/// DIRINT's direct irradiance held to what clear skies tell: by its ratio to that which DIRINT makes of clear GHI, times clear DNI; not
/// negative. `dni` and `dni_of_clear` come from [`dirint`] over measured and clear GHI, irradiance in W/m2.
///
/// Perez et al., Solar Energy 73 (2002), 307, doi:10.1016/S0038-092X(02)00122-6 (DIRINDEX).
#[inline(always)]
pub fn dirindex(dni: f64, dni_of_clear: f64, dni_clear: f64) -> f64 {
    // DNI = DNI_clear DIRINT(GHI)/DIRINT(GHI_clear)
    math::positive(dni_clear * dni / dni_of_clear)
}
