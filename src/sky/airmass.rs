//! How much air the light comes through.

use serde::{Deserialize, Serialize};

use crate::math;

/// Which formula gives the relative air mass.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AirmassModel {
    /// [`kasten_young_1989`].
    #[default]
    #[serde(rename = "kasten_young_1989")]
    KastenYoung1989,
    /// [`airmass_simple`], without bound towards the horizon.
    #[serde(rename = "simple")]
    Simple,
    /// [`kasten_1966`].
    #[serde(rename = "kasten_1966")]
    Kasten1966,
    /// [`young_irvine_1967`], of the true zenith, beyond 80 degrees held to its value there: its polynomial turns, and falls below zero.
    #[serde(rename = "young_irvine_1967")]
    YoungIrvine1967,
    /// [`gueymard_1993`].
    #[serde(rename = "gueymard_1993")]
    Gueymard1993,
    /// [`young_1994`], of the true zenith.
    #[serde(rename = "young_1994")]
    Young1994,
    /// [`pickering_2002`].
    #[serde(rename = "pickering_2002")]
    Pickering2002,
    /// [`gueymard_2003`].
    #[serde(rename = "gueymard_2003")]
    Gueymard2003,
}

/// How far [`young_irvine_1967`] is sensible, degrees.
const YOUNG_IRVINE_ZENITH: f64 = 80.0;

impl AirmassModel {
    /// Whether it takes the zenith without refraction.
    pub fn takes_true_zenith(self) -> bool {
        matches!(self, Self::YoungIrvine1967 | Self::Young1994)
    }

    /// Relative air masses of zenith angles (degrees), of the kind that it takes.
    pub fn relative(self, zenith: &[f64]) -> Vec<f64> {
        match self {
            Self::KastenYoung1989 => each(zenith, kasten_young_1989),
            Self::Simple => each(zenith, airmass_simple),
            Self::Kasten1966 => each(zenith, kasten_1966),
            Self::YoungIrvine1967 => each(
                zenith,
                #[inline(always)]
                |z| young_irvine_1967(if z > YOUNG_IRVINE_ZENITH && z <= 90.0 { YOUNG_IRVINE_ZENITH } else { z }),
            ),
            Self::Gueymard1993 => each(zenith, gueymard_1993),
            Self::Young1994 => each(zenith, young_1994),
            Self::Pickering2002 => each(zenith, pickering_2002),
            Self::Gueymard2003 => each(zenith, gueymard_2003),
        }
    }
}

#[inline(always)]
fn each(zenith: &[f64], model: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut airmass = zenith.to_vec();
    let values = airmass.as_mut_slice();
    math::vectorised(
        #[inline(always)]
        || {
            for value in values {
                *value = model(*value);
            }
        },
    );
    airmass
}

/// Relative optical air mass; apparent zenith angle in degrees. NaN where the sun is below the horizon.
///
/// Kasten & Young, Applied Optics 28 (1989), 4735, doi:10.1364/AO.28.004735.
#[inline(always)]
pub fn kasten_young_1989(solar_zenith: f64) -> f64 {
    kasten_young_with_cosine(solar_zenith, math::cos(solar_zenith.to_radians()))
}

/// [`kasten_young_1989`] where the cosine of the zenith angle is known too.
#[inline(always)]
pub fn kasten_young_with_cosine(solar_zenith: f64, cos_zenith: f64) -> f64 {
    let z = if solar_zenith > 90.0 { f64::NAN } else { solar_zenith };
    // m = 1 / (cos z + 0.50572 (6.07995 + 90 − z)^−1.6364)
    1.0 / (cos_zenith + 0.50572 * math::powf(6.07995 + (90.0 - z), -1.6364))
}

/// A zenith angle, or NaN where the sun is below the horizon.
#[inline(always)]
fn above(zenith: f64) -> f64 {
    if zenith > 90.0 { f64::NAN } else { zenith }
}

#[inline(always)]
fn cos(zenith: f64) -> f64 {
    math::cos(zenith.to_radians())
}

/// Relative air mass of a flat atmosphere; apparent zenith angle in degrees. Without bound towards the horizon, NaN below it.
#[inline(always)]
pub fn airmass_simple(solar_zenith: f64) -> f64 {
    // m = 1 / cos z
    1.0 / cos(above(solar_zenith))
}

/// Relative air mass; apparent zenith angle in degrees. NaN where the sun is below the horizon.
///
/// Kasten, A new table and approximation formula for the relative optical air mass, CRREL technical report 136 (1965).
#[inline(always)]
pub fn kasten_1966(solar_zenith: f64) -> f64 {
    kasten_1966_with_cosine(solar_zenith, cos(solar_zenith))
}

/// As [`kasten_1966`] for a caller that has the zenith's cosine already.
#[inline(always)]
pub(super) fn kasten_1966_with_cosine(solar_zenith: f64, cos_zenith: f64) -> f64 {
    // m = 1 / (cos z + 0.15 (93.885 − z)^−1.253)
    1.0 / (cos_zenith + 0.15 * math::powf(93.885 - above(solar_zenith), -1.253))
}

/// Relative air mass; true zenith angle in degrees, sensible up to 80. NaN where the sun is below the horizon.
///
/// Young & Irvine, Astronomical Journal 72 (1967), 945, doi:10.1086/110366.
#[inline(always)]
pub fn young_irvine_1967(solar_zenith: f64) -> f64 {
    let sec = 1.0 / cos(above(solar_zenith));
    // m = sec z (1 − 0.0012 (sec² z − 1))
    sec * (1.0 - 0.0012 * (sec * sec - 1.0))
}

/// Relative air mass; apparent zenith angle in degrees. NaN where the sun is below the horizon.
///
/// Gueymard, Solar Energy 51 (1993), 121, doi:10.1016/0038-092X(93)90074-X.
#[inline(always)]
pub fn gueymard_1993(solar_zenith: f64) -> f64 {
    let z = above(solar_zenith);
    // m = 1 / (cos z + 0.00176759 z (94.37515 − z)^−1.21563)
    1.0 / (cos(z) + 0.00176759 * z * math::powf(94.37515 - z, -1.21563))
}

/// Relative air mass; true zenith angle in degrees. NaN where the sun is below the horizon.
///
/// Young, Applied Optics 33 (1994), 1108, doi:10.1364/AO.33.001108.
#[inline(always)]
pub fn young_1994(solar_zenith: f64) -> f64 {
    let c = cos(above(solar_zenith));
    // m = (1.002432 c² + 0.148386 c + 0.0096467) / (c³ + 0.149864 c² + 0.0102963 c + 0.000303978)
    let numerator = 0.0096467 + c * (0.148386 + c * 1.002432);
    numerator / (0.000303978 + c * (0.0102963 + c * (0.149864 + c)))
}

/// Relative air mass; apparent zenith angle in degrees. NaN where the sun is below the horizon.
///
/// Pickering, DIO 12 (2002), 3, footnote 39.
#[inline(always)]
pub fn pickering_2002(solar_zenith: f64) -> f64 {
    let h = 90.0 - above(solar_zenith);
    // m = 1 / sin(h + 244/(165 + 47 h^1.1))
    1.0 / math::sin((h + 244.0 / (165.0 + 47.0 * math::powf(h, 1.1))).to_radians())
}

/// Relative air mass; apparent zenith angle in degrees. NaN where the sun is below the horizon.
///
/// Gueymard, Solar Energy 74 (2003), 355, doi:10.1016/S0038-092X(03)00195-6.
#[inline(always)]
pub fn gueymard_2003(solar_zenith: f64) -> f64 {
    let z = above(solar_zenith);
    // m = 1 / (cos z + 0.48353 z^0.095846 (96.741 − z)^−1.754)
    1.0 / (cos(z) + 0.48353 * math::powf(z, 0.095846) * math::powf(96.741 - z, -1.754))
}

/// Air mass at the site's pressure (Pa) from the relative one at sea level.
#[inline(always)]
pub fn absolute_airmass(airmass_relative: f64, pressure: f64) -> f64 {
    airmass_relative * pressure / 101_325.0
}
