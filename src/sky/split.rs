//! A whole year's GHI taken apart, by a model of one's choice.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::decomposition::{BolandCoefficients, Decomposed, boland, disc, erbs, erbs_driesse, louche, orgill_hollands};
use super::dirint::{self, DISC_SOLAR_CONSTANT};
use super::{SOLAR_CONSTANT, absolute_airmass, kasten_1966};
use crate::error::{Error, Result};
use crate::math;

/// Below this cosine of the zenith angle, 2.9 degrees above the horizon, all light is diffuse.
const LOW_SUN: f64 = 0.05;

/// What DISC and DIRINT raise the extraterrestrial irradiance by.
const RAISED: f64 = DISC_SOLAR_CONSTANT / SOLAR_CONSTANT;

/// How GHI is taken apart where a file has no DNI and DHI.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decomposition {
    /// [`erbs`].
    #[default]
    Erbs,
    /// [`erbs_driesse`].
    ErbsDriesse,
    /// [`orgill_hollands`].
    OrgillHollands,
    /// [`boland`] with its coefficients for hours.
    Boland,
    /// [`boland`] with its coefficients for quarters of an hour, for weather in steps of that length or shorter.
    BolandQuarterHour,
    /// [`louche`].
    Louche,
    /// [`disc`] by Kasten's air mass and the site's pressure.
    Disc,
    /// [`dirint`](super::dirint()) by the change from record to record and, where it is known, the dew point.
    Dirint,
    /// [`dirindex`](super::dirindex): DIRINT over what it makes of the clear sky, which needs a turbidity.
    Dirindex,
}

/// A clear sky beside the records, W/m2.
#[derive(Clone, Copy, Debug)]
pub struct ClearColumns<'a> {
    /// Its global horizontal irradiance.
    pub ghi: &'a [f64],
    /// Its direct normal irradiance.
    pub dni: &'a [f64],
}

/// What GHI is taken apart with, all of one length.
#[derive(Clone, Copy, Debug)]
pub struct DecompositionColumns<'a> {
    /// Global horizontal irradiance, W/m2.
    pub ghi: &'a [f64],
    /// Zenith angle without refraction, degrees.
    pub zenith: &'a [f64],
    /// Extraterrestrial normal irradiance with the solar constant [`SOLAR_CONSTANT`], W/m2; DISC and DIRINT raise it to
    /// their own of 1370 W/m2.
    pub dni_extra: &'a [f64],
    /// Air pressure, Pa.
    pub pressure: &'a [f64],
    /// Dew point at the ground, degrees Celsius.
    pub temp_dew: Option<&'a [f64]>,
    /// Whether a record follows directly on the one before it; without it, all do.
    pub follows: Option<&'a [bool]>,
    /// The clear sky, which [`Decomposition::Dirindex`] needs.
    pub clear: Option<ClearColumns<'a>>,
}

impl DecompositionColumns<'_> {
    /// Some of the records, without a clear sky.
    pub(super) fn part(&self, records: Range<usize>) -> Self {
        Self {
            ghi: &self.ghi[records.clone()],
            zenith: &self.zenith[records.clone()],
            dni_extra: &self.dni_extra[records.clone()],
            pressure: &self.pressure[records.clone()],
            temp_dew: self.temp_dew.map(|column| &column[records.clone()]),
            follows: self.follows.map(|column| &column[records]),
            clear: None,
        }
    }

    pub(super) fn same_length(&self, name: &'static str, found: usize) -> Result<()> {
        let expected = self.ghi.len();
        if found == expected { Ok(()) } else { Err(Error::Length { name, found, expected }) }
    }

    pub(super) fn check(&self) -> Result<()> {
        self.same_length("zenith", self.zenith.len())?;
        self.same_length("dni_extra", self.dni_extra.len())?;
        self.same_length("pressure", self.pressure.len())?;
        self.same_length("temp_dew", self.temp_dew.map_or(self.ghi.len(), <[f64]>::len))?;
        self.same_length("follows", self.follows.map_or(self.ghi.len(), <[bool]>::len))?;
        self.same_length("clear.ghi", self.clear.map_or(self.ghi.len(), |clear| clear.ghi.len()))?;
        self.same_length("clear.dni", self.clear.map_or(self.ghi.len(), |clear| clear.dni.len()))
    }
}

/// DNI held to what the sky can give, and the DHI that closes GHI = DHI + DNI cos z.
#[inline(always)]
fn limited(ghi: f64, dni: f64, cos_z: f64, dni_extra: f64) -> (f64, f64) {
    let ghi = math::positive(ghi);
    let most = ghi / cos_z;
    let dni = math::positive(dni);
    let dni = if dni > dni_extra { dni_extra } else { dni };
    // Never more than GHI itself, so that rounding leaves no DHI below zero.
    let dni = if dni > most { most } else { dni };
    let dni = if cos_z < LOW_SUN || ghi == 0.0 { 0.0 } else { dni };
    // NaN in GHI stays in both.
    #[expect(clippy::eq_op, reason = "zero, but for what is not a number")]
    let nothing = (ghi - ghi) + (cos_z - cos_z);
    (dni + nothing, math::positive(ghi - dni * cos_z))
}

impl Decomposition {
    /// DNI and DHI, W/m2, of each record. DNI never exceeds `dni_extra` nor GHI/cos z, and is zero at night and with the sun less
    /// than 2.9 degrees above the horizon; DHI = GHI - DNI cos z. Negative GHI counts as zero; NaN gives NaN. Without a dew point,
    /// or with NaN in it, and where neither neighbour has light, [`Decomposition::Dirint`] does without these; where DIRINT sees no
    /// beam in the clear sky, [`Decomposition::Dirindex`] has none.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] where the columns differ in length, [`Error::Mismatch`] for [`Decomposition::Dirindex`] without a clear sky.
    pub fn split(self, columns: &DecompositionColumns<'_>) -> Result<(Vec<f64>, Vec<f64>)> {
        columns.check()?;
        Ok(match self {
            Self::Erbs => each(
                columns,
                columns.pressure,
                #[inline(always)]
                |ghi, z, extra, _| erbs(ghi, z, extra),
            ),
            Self::ErbsDriesse => each(
                columns,
                columns.pressure,
                #[inline(always)]
                |ghi, z, extra, _| erbs_driesse(ghi, z, extra),
            ),
            Self::OrgillHollands => each(
                columns,
                columns.pressure,
                #[inline(always)]
                |ghi, z, extra, _| orgill_hollands(ghi, z, extra),
            ),
            Self::Boland => each(
                columns,
                columns.pressure,
                #[inline(always)]
                |ghi, z, extra, _| boland(ghi, z, extra, &BolandCoefficients::HOUR),
            ),
            Self::BolandQuarterHour => each(
                columns,
                columns.pressure,
                #[inline(always)]
                |ghi, z, extra, _| boland(ghi, z, extra, &BolandCoefficients::QUARTER_HOUR),
            ),
            Self::Louche => each(
                columns,
                columns.pressure,
                #[inline(always)]
                |ghi, z, extra, _| louche(ghi, z, extra),
            ),
            Self::Disc => each(
                columns,
                columns.pressure,
                #[inline(always)]
                |ghi, z, extra, pressure| disc(ghi, z, extra * RAISED, absolute_airmass(kasten_1966(z), pressure)),
            ),
            Self::Dirint => limited_columns(columns, &by_dirint(columns, [columns.ghi])[0]),
            Self::Dirindex => limited_columns(columns, &by_dirindex(columns)?),
        })
    }
}

/// A model of one record over all of them: of GHI, zenith, extraterrestrial irradiance and a fourth column.
#[inline(always)]
fn each(
    columns: &DecompositionColumns<'_>,
    fourth: &[f64],
    model: impl Fn(f64, f64, f64, f64) -> Decomposed,
) -> (Vec<f64>, Vec<f64>) {
    let n = columns.ghi.len();
    let (mut dni, mut dhi) = (vec![0.0; n], vec![0.0; n]);
    let (ghi, zenith) = (&columns.ghi[..n], &columns.zenith[..n]);
    let (extra, fourth) = (&columns.dni_extra[..n], &fourth[..n]);
    let (to_dni, to_dhi) = (&mut dni[..n], &mut dhi[..n]);
    math::vectorised(
        #[inline(always)]
        || {
            for i in 0..n {
                let parts = model(ghi[i], zenith[i], extra[i], fourth[i]);
                let cos_z = math::cos(zenith[i].to_radians());
                (to_dni[i], to_dhi[i]) = limited(ghi[i], parts.dni, cos_z, extra[i]);
            }
        },
    );
    (dni, dhi)
}

/// DNI of DIRINT under each GHI, W/m2, not limited yet.
fn by_dirint<const N: usize>(columns: &DecompositionColumns<'_>, ghi: [&[f64]; N]) -> [Vec<f64>; N] {
    dirint::by_blocks(columns, ghi, known, known)
}

/// What is a number.
#[inline(always)]
fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// The clear sky's DNI by the ratio of what DIRINT makes of both skies.
fn by_dirindex(columns: &DecompositionColumns<'_>) -> Result<Vec<f64>> {
    let Some(clear) = columns.clear else {
        let problem = "needs a clear sky beside the records; give DecompositionColumns::clear, or name dirindex in a park \
                       file, where the climate's turbidity makes it";
        return Err(Error::Mismatch { what: "dirindex", problem: problem.into() });
    };
    let [mut dni, under_clear] = by_dirint(columns, [columns.ghi, clear.ghi]);
    for ((dni, under_clear), clear_dni) in dni.iter_mut().zip(under_clear).zip(clear.dni) {
        let scaled = clear_dni * *dni / under_clear;
        *dni = if under_clear == 0.0 { 0.0 } else { scaled };
    }
    Ok(dni)
}

/// DNI held to what the sky can give, and DHI.
fn limited_columns(columns: &DecompositionColumns<'_>, dni: &[f64]) -> (Vec<f64>, Vec<f64>) {
    each(
        columns,
        dni,
        #[inline(always)]
        |ghi, _, _, dni| Decomposed { dni, dhi: ghi, kt: 0.0 },
    )
}
