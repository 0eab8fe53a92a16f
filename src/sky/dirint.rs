//! DIRINT: [`disc`](super::disc()) corrected by the height of the sun, the change from record to record and the air's water.

use std::borrow::Cow;

use super::airmass::kasten_1966_with_cosine;
use super::decomposition::disc_with_cosine;
use super::dirint_table::COEFFICIENTS;
use super::{DecompositionColumns, SOLAR_CONSTANT, absolute_airmass};
use crate::error::Result;
use crate::math;

/// The solar constant of DISC and DIRINT, W/m2.
pub(crate) const DISC_SOLAR_CONSTANT: f64 = 1370.0;
/// Air mass counts up to here.
pub(crate) const MAX_AIRMASS: f64 = 12.0;
/// So many records at a time go from GHI to DNI, so that the columns between stay small and their memory is used again.
const BLOCK: usize = 1022;

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
    clearness_of_factor(kt, clearness_factor(airmass_absolute), most)
}

/// [`clearness_zenith_independent`] where the [`clearness_factor`] of the air mass is known.
#[inline(always)]
pub(crate) fn clearness_of_factor(kt: f64, factor: f64, most: f64) -> f64 {
    let value = math::positive(kt / factor);
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

/// What DIRINT multiplies the DNI of [`disc`](super::disc()) by: from kₜ' (0 to 1), the zenith angle (degrees), the change of
/// kₜ' (0 to 1) and the precipitable water (cm), `None` where these are not known. NaN for values out of range and for NaN.
#[inline(always)]
pub fn dirint_coefficient(
    kt_prime: f64,
    solar_zenith: f64,
    delta_kt_prime: Option<f64>,
    precipitable_water: Option<f64>,
) -> f64 {
    coefficient_at(place(kt_prime, solar_zenith, delta_kt_prime, precipitable_water))
}

/// Where in the table, row after row, the coefficient of [`dirint_coefficient`] stands; beyond it where there is none.
///
/// Apart from the look-up, and without branches, so that loops over records vectorise.
#[inline(always)]
fn place(kt_prime: f64, solar_zenith: f64, delta_kt_prime: Option<f64>, precipitable_water: Option<f64>) -> usize {
    let within = |value: f64, most: f64| (0.0..=most).contains(&value);
    let known = within(kt_prime, 1.0)
        & within(solar_zenith, f64::INFINITY)
        & delta_kt_prime.is_none_or(|delta| within(delta, 1.0))
        & precipitable_water.is_none_or(|water| within(water, f64::INFINITY));
    let clearness = bin(kt_prime, [0.24, 0.4, 0.56, 0.7, 0.8]);
    let height = bin(solar_zenith, [25.0, 40.0, 55.0, 70.0, 80.0]);
    let change = delta_kt_prime.map_or(6, |delta| bin(delta, [0.015, 0.035, 0.07, 0.15, 0.3]));
    let water = precipitable_water.map_or(4, |water| bin(water, [1.0, 2.0, 3.0]));
    let place = ((clearness * 6 + height) * 7 + change) * 5 + water;
    if known { place } else { usize::MAX }
}

/// The coefficient at a [`place`].
#[inline(always)]
fn coefficient_at(place: usize) -> f64 {
    COEFFICIENTS.as_flattened().get(place).copied().unwrap_or(f64::NAN)
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

/// The kₜ' before and after each record, NaN where there is none, from kₜ' with a NaN at either end.
fn neighbours<'a>(kt_prime: &'a [f64], follows: Option<&[bool]>) -> [Cow<'a, [f64]>; 2] {
    let n = kt_prime.len() - 2;
    let [mut before, mut after] = [Cow::from(&kt_prime[..n]), Cow::from(&kt_prime[2..])];
    if let Some(follows) = follows {
        let (before, after) = (before.to_mut(), after.to_mut());
        for i in (1..n).filter(|i| !follows[*i]) {
            (after[i - 1], before[i]) = (f64::NAN, f64::NAN);
        }
    }
    [before, after]
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
    let [dni] = under(columns, [columns.ghi], use_delta_kt_prime);
    Ok(dni)
}

/// DNI of DIRINT, W/m2, under each GHI; NaN where a change of kₜ' or a dew point is NaN.
fn under<const N: usize>(
    columns: &DecompositionColumns<'_>,
    ghi: [&[f64]; N],
    use_delta_kt_prime: bool,
) -> [Vec<f64>; N] {
    by_blocks(
        columns,
        ghi,
        #[inline(always)]
        move |delta| use_delta_kt_prime.then_some(delta),
        Some,
    )
}

/// DNI of DIRINT, W/m2, under each GHI, not limited. `delta` and `water` tell whether a change of kₜ', NaN where no
/// neighbour has one, and a precipitable water count as known.
pub(super) fn by_blocks<const N: usize>(
    columns: &DecompositionColumns<'_>,
    ghi: [&[f64]; N],
    delta: impl Fn(f64) -> Option<f64> + Copy,
    water: impl Fn(f64) -> Option<f64> + Copy,
) -> [Vec<f64>; N] {
    let n = columns.ghi.len();
    let mut dni = ghi.map(|_| Vec::with_capacity(n));
    for start in (0..n).step_by(BLOCK) {
        let end = n.min(start + BLOCK);
        // The block with its neighbours in time.
        let around = start.saturating_sub(1)..n.min(end + 1);
        let block = columns.part(around.clone());
        let air = Air::new(&block);
        for (dni, ghi) in dni.iter_mut().zip(ghi) {
            let found = air.dirint(&block, &ghi[around.clone()], delta, water);
            dni.extend_from_slice(&found[start - around.start..end - around.start]);
        }
    }
    dni
}

/// What DIRINT takes of the sun and the air, whatever the light.
struct Air {
    cos_zenith: Vec<f64>,
    /// Absolute air mass, up to [`MAX_AIRMASS`].
    airmass: Vec<f64>,
    /// Its [`clearness_factor`].
    factor: Vec<f64>,
    /// Precipitable water, cm, where there is a dew point.
    water: Option<Vec<f64>>,
}

impl Air {
    fn new(columns: &DecompositionColumns<'_>) -> Self {
        let n = columns.zenith.len();
        let (mut cos_zenith, mut airmass, mut factor) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        let mut water = columns.temp_dew.map(<[f64]>::to_vec);
        math::vectorised(
            #[inline(always)]
            || {
                // Slices of a known length, without which the loop checks each index and does not vectorise.
                let (zenith, pressure) = (&columns.zenith[..n], &columns.pressure[..n]);
                let (cos_zenith, airmass, factor) = (&mut cos_zenith[..n], &mut airmass[..n], &mut factor[..n]);
                for i in 0..n {
                    let cos_z = math::cos(zenith[i].to_radians());
                    let m = absolute_airmass(kasten_1966_with_cosine(zenith[i], cos_z), pressure[i]);
                    let m = if m > MAX_AIRMASS { MAX_AIRMASS } else { m };
                    (cos_zenith[i], airmass[i], factor[i]) = (cos_z, m, clearness_factor(m));
                }
                for value in water.as_deref_mut().unwrap_or_default() {
                    *value = dew_point_water(*value);
                }
            },
        );
        Self { cos_zenith, airmass, factor, water }
    }

    /// DNI of DIRINT under a GHI, as [`by_blocks`].
    fn dirint(
        &self,
        columns: &DecompositionColumns<'_>,
        ghi: &[f64],
        delta: impl Fn(f64) -> Option<f64>,
        water: impl Fn(f64) -> Option<f64>,
    ) -> Vec<f64> {
        let (mut dni, kt_prime) = self.disc(columns, ghi);
        let coefficients =
            dirint_coefficients(&kt_prime, columns.zenith, self.water.as_deref(), columns.follows, delta, water);
        for (dni, coefficient) in dni.iter_mut().zip(coefficients) {
            *dni *= coefficient;
        }
        dni
    }

    /// DNI of DISC, W/m2, and kₜ' under a GHI, the latter with a NaN at either end.
    fn disc(&self, columns: &DecompositionColumns<'_>, ghi: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let n = ghi.len();
        let (mut dni, mut kt_prime) = (vec![0.0; n], vec![f64::NAN; n + 2]);
        math::vectorised(
            #[inline(always)]
            || {
                let (ghi, zenith, extra) = (&ghi[..n], &columns.zenith[..n], &columns.dni_extra[..n]);
                let (cos_zenith, airmass, factor) = (&self.cos_zenith[..n], &self.airmass[..n], &self.factor[..n]);
                let (dni, kt_prime) = (&mut dni[..n], &mut kt_prime[1..][..n]);
                for i in 0..n {
                    let extra = extra[i] * (DISC_SOLAR_CONSTANT / SOLAR_CONSTANT);
                    let parts = disc_with_cosine(ghi[i], zenith[i], cos_zenith[i], extra, airmass[i]);
                    (dni[i], kt_prime[i]) = (parts.dni, clearness_of_factor(parts.kt, factor[i], 1.0));
                }
            },
        );
        (dni, kt_prime)
    }
}

/// [`dirint_coefficient`] of each record, from kₜ' with a NaN at either end; `delta` and `water` as in [`by_blocks`].
pub(crate) fn dirint_coefficients(
    kt_prime: &[f64],
    solar_zenith: &[f64],
    precipitable_water: Option<&[f64]>,
    follows: Option<&[bool]>,
    delta: impl Fn(f64) -> Option<f64>,
    water: impl Fn(f64) -> Option<f64>,
) -> Vec<f64> {
    let [before, after] = neighbours(kt_prime, follows);
    let kt_prime = [&before, &kt_prime[1..], &after];
    let places = match precipitable_water {
        Some(column) => places(kt_prime, solar_zenith, column, delta, water),
        None => places(
            kt_prime,
            solar_zenith,
            solar_zenith,
            delta,
            #[inline(always)]
            |_| None,
        ),
    };
    places.into_iter().map(coefficient_at).collect()
}

/// The [`place`] of each record, from kₜ' before, in and after it.
fn places(
    kt_prime: [&[f64]; 3],
    solar_zenith: &[f64],
    precipitable_water: &[f64],
    delta: impl Fn(f64) -> Option<f64>,
    water: impl Fn(f64) -> Option<f64>,
) -> Vec<usize> {
    let n = solar_zenith.len();
    let mut places = vec![0; n];
    math::vectorised(
        #[inline(always)]
        || {
            let [before, kt_prime, after] = kt_prime.map(|column| &column[..n]);
            let (zenith, precipitable_water) = (&solar_zenith[..n], &precipitable_water[..n]);
            let places = &mut places[..n];
            for i in 0..n {
                let change = clearness_change(before[i], kt_prime[i], after[i]).unwrap_or(f64::NAN);
                places[i] = place(kt_prime[i], zenith[i], delta(change), water(precipitable_water[i]));
            }
        },
    );
    places
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
    columns.check()?;
    let [mut dni, clear] = under(columns, [columns.ghi, ghi_clear], use_delta_kt_prime);
    for ((dni, clear), dni_clear) in dni.iter_mut().zip(clear).zip(dni_clear) {
        // DNI = DNI_clear DIRINT(GHI) / DIRINT(GHI_clear), which without a beam in the clear sky tells nothing
        let scaled = math::positive(dni_clear * *dni / clear);
        *dni = if clear == 0.0 { f64::NAN } else { scaled };
    }
    Ok(dni)
}
