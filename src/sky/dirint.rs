//! DIRINT: [`disc`] corrected by the height of the sun, the change from record to record and the air's water.

use super::decomposition::disc;
use super::dirint_table::COEFFICIENTS;
use super::{DecompositionColumns, SOLAR_CONSTANT, absolute_airmass, kasten_1966};
use crate::error::Result;
use crate::math;

/// The solar constant of DISC and DIRINT, W/m2.
pub(crate) const DISC_SOLAR_CONSTANT: f64 = 1370.0;
/// Air mass counts up to here.
pub(crate) const MAX_AIRMASS: f64 = 12.0;

/// What the clearness index kₜ at an absolute air mass is to the kₜ' of [`clearness_zenith_independent`].
#[inline(always)]
pub fn clearness_factor(airmass_absolute: f64) -> f64 {
    // kₜ/kₜ' = 1.031 exp(−1.4 / (0.9 + 9.4/m)) + 0.1
    1.031 * math::exp(-1.4 / (0.9 + 9.4 / airmass_absolute)) + 0.1
}

/// Clearness index without the sun's height in it, kₜ', held to 0 to `most`; `most` is 1 in DIRINT.
///
/// Perez, Ineichen, Maxwell, Seals & Zelenka, ASHRAE Transactions 98 (1992), 354.
#[inline(always)]
pub fn clearness_zenith_independent(kt: f64, airmass_absolute: f64, most: f64) -> f64 {
    let value = math::positive(kt / clearness_factor(airmass_absolute));
    if value > most { most } else { value }
}

/// Precipitable water, cm, of a dew point at the ground, degrees Celsius, as DIRINT takes it.
#[inline(always)]
pub fn dew_point_water(temp_dew: f64) -> f64 {
    // W = exp(0.07 T_d − 0.075)
    math::exp(0.07 * temp_dew - 0.075)
}

/// How many of the edges a value reaches.
#[inline(always)]
fn bin<const N: usize>(value: f64, edges: [f64; N]) -> usize {
    edges.iter().map(|edge| usize::from(value >= *edge)).sum()
}

/// What DIRINT multiplies the DNI of [`disc`] by: from kₜ' (0 to 1), the zenith angle (degrees), the change of kₜ' (0 to 1) and
/// the precipitable water (cm), `None` where these are not known. NaN for values out of range and for NaN.
#[inline(always)]
pub fn dirint_coefficient(
    kt_prime: f64,
    solar_zenith: f64,
    delta_kt_prime: Option<f64>,
    precipitable_water: Option<f64>,
) -> f64 {
    let within = |value: f64, most: f64| (0.0..=most).contains(&value);
    let known = within(kt_prime, 1.0)
        && within(solar_zenith, f64::INFINITY)
        && delta_kt_prime.is_none_or(|delta| within(delta, 1.0))
        && precipitable_water.is_none_or(|water| within(water, f64::INFINITY));
    let clearness = bin(kt_prime, [0.24, 0.4, 0.56, 0.7, 0.8]);
    let height = bin(solar_zenith, [25.0, 40.0, 55.0, 70.0, 80.0]);
    let change = delta_kt_prime.map_or(6, |delta| bin(delta, [0.015, 0.035, 0.07, 0.15, 0.3]));
    let water = precipitable_water.map_or(4, |water| bin(water, [1.0, 2.0, 3.0]));
    let coefficient = COEFFICIENTS[(clearness * 6 + height) * 7 + change][water];
    if known { coefficient } else { f64::NAN }
}

/// The mean change of kₜ' to the records before and after, leaving out what is NaN; `None` where neither is known.
#[inline(always)]
pub fn clearness_change(before: f64, kt_prime: f64, after: f64) -> Option<f64> {
    let (to, from) = ((kt_prime - before).abs(), (after - kt_prime).abs());
    match (before.is_nan(), after.is_nan()) {
        (false, false) => Some(0.5 * (to + from)),
        (false, true) => Some(to),
        (true, false) => Some(from),
        (true, true) => None,
    }
}

/// The neighbours of a record's kₜ', NaN where there is none.
#[inline(always)]
pub(crate) fn neighbours(values: &[f64], follows: Option<&[bool]>, i: usize) -> (f64, f64) {
    let joined = |later: usize| follows.is_none_or(|f| f.get(later) == Some(&true));
    let before = if i > 0 && joined(i) { values[i - 1] } else { f64::NAN };
    let after = if joined(i + 1) { values.get(i + 1).copied().unwrap_or(f64::NAN) } else { f64::NAN };
    (before, after)
}

/// DNI of DISC, W/m2, and kₜ' of a record; `dni_extra` as [`DecompositionColumns`] has it.
#[inline(always)]
pub(super) fn disc_and_clearness(ghi: f64, zenith: f64, dni_extra: f64, pressure: f64) -> (f64, f64) {
    let airmass = absolute_airmass(kasten_1966(zenith), pressure);
    let airmass = if airmass > MAX_AIRMASS { MAX_AIRMASS } else { airmass };
    let parts = disc(ghi, zenith, dni_extra * (DISC_SOLAR_CONSTANT / SOLAR_CONSTANT), airmass);
    (parts.dni, clearness_zenith_independent(parts.kt, airmass, 1.0))
}

/// DNI, W/m2, from GHI over time; with `use_delta_kt_prime` also by the change of kₜ' to the neighbours in time, which wants
/// steps below 1.5 hours; by the dew point where the columns have it.
///
/// As DISC, light of a sun beyond a zenith of 87 degrees counts as diffuse. NaN where the sun is below the horizon, where a value is
/// NaN, and with `use_delta_kt_prime` also where no neighbour has a kₜ'. Unlike in
/// [`Decomposition::split`](super::Decomposition::split), nothing limits the DNI.
///
/// Perez, Ineichen, Maxwell, Seals & Zelenka, ASHRAE Transactions 98 (1992), 354.
///
/// # Errors
///
/// [`Error::Length`](crate::Error::Length) where the columns differ in length.
pub fn dirint(columns: &DecompositionColumns<'_>, use_delta_kt_prime: bool) -> Result<Vec<f64>> {
    columns.check()?;
    let parts = of_columns(columns);
    let water = water_of(columns);
    let change = |i: usize| {
        let (before, after) = neighbours(&parts.1, columns.follows, i);
        clearness_change(before, parts.1[i], after).unwrap_or(f64::NAN)
    };
    Ok((0..parts.0.len())
        .map(|i| {
            let water = water.as_ref().map(|water| water[i]);
            let delta = use_delta_kt_prime.then(|| change(i));
            parts.0[i] * dirint_coefficient(parts.1[i], columns.zenith[i], delta, water)
        })
        .collect())
}

/// Precipitable water of each record, cm, where the columns have a dew point.
pub(super) fn water_of(columns: &DecompositionColumns<'_>) -> Option<Vec<f64>> {
    let mut water = columns.temp_dew?.to_vec();
    let values = water.as_mut_slice();
    math::vectorised(
        #[inline(always)]
        || {
            for value in values {
                *value = dew_point_water(*value);
            }
        },
    );
    Some(water)
}

/// DNI of DISC and kₜ' of each record.
pub(super) fn of_columns(columns: &DecompositionColumns<'_>) -> (Vec<f64>, Vec<f64>) {
    let n = columns.ghi.len();
    let (mut dni, mut kt_prime) = (vec![0.0; n], vec![0.0; n]);
    let (ghi, zenith) = (&columns.ghi[..n], &columns.zenith[..n]);
    let (extra, pressure) = (&columns.dni_extra[..n], &columns.pressure[..n]);
    // Slices of a known length, without which the loop checks each index and does not vectorise.
    let (to_dni, to_kt_prime) = (&mut dni[..n], &mut kt_prime[..n]);
    math::vectorised(
        #[inline(always)]
        || {
            for i in 0..n {
                (to_dni[i], to_kt_prime[i]) = disc_and_clearness(ghi[i], zenith[i], extra[i], pressure[i]);
            }
        },
    );
    (dni, kt_prime)
}

/// DNI, W/m2, from GHI and a clear sky's GHI and DNI (W/m2), which carry the site's turbidity into [`dirint`]:
/// the clear sky's DNI by the ratio of what DIRINT makes of both GHI, not negative; NaN where that sees no beam in the clear one.
///
/// Perez, Ineichen, Moore, Kmiecik, Chain, George & Vignola, Solar Energy 73 (2002), 307, doi:10.1016/S0038-092X(02)00122-6.
///
/// # Errors
///
/// [`Error::Length`](crate::Error::Length) where the columns differ in length.
pub fn dirindex(
    columns: &DecompositionColumns<'_>,
    ghi_clear: &[f64],
    dni_clear: &[f64],
    use_delta_kt_prime: bool,
) -> Result<Vec<f64>> {
    columns.same_length("dni_clear", dni_clear.len())?;
    columns.same_length("ghi_clear", ghi_clear.len())?;
    let real = dirint(columns, use_delta_kt_prime)?;
    let clear = dirint(&DecompositionColumns { ghi: ghi_clear, ..*columns }, use_delta_kt_prime)?;
    // DNI = DNI_clear DIRINT(GHI) / DIRINT(GHI_clear), which without a beam in the clear sky tells nothing
    let scaled = |i: usize| math::positive(dni_clear[i] * real[i] / clear[i]);
    Ok((0..real.len()).map(|i| if clear[i] == 0.0 { f64::NAN } else { scaled(i) }).collect())
}
