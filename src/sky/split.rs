//! A whole column of global irradiance taken apart by a model of one's choice.

use serde::{Deserialize, Serialize};

use super::dirint::{DirintColumns, dirint};
use super::{SOLAR_CONSTANT, absolute_airmass, boland, disc, erbs, erbs_driesse, kasten_1966, louche, orgill_hollands};
use crate::error::{Error, Result};
use crate::math;

/// How direct and diffuse irradiance are derived from global irradiance.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decomposition {
    /// [`erbs`] (1982): a curve of the clearness index; the field's usual choice.
    #[default]
    Erbs,
    /// [`erbs_driesse`] (2024): the same without steps.
    ErbsDriesse,
    /// [`orgill_hollands`] (1977): straight lines.
    OrgillHollands,
    /// [`boland`] (2008): a logistic curve.
    Boland,
    /// [`louche`] (1991): the beam's transmittance.
    Louche,
    /// [`disc`] (1987): clearness and air mass.
    Disc,
    /// [`dirint`] (1992): DISC with the change of clearness from record to record.
    Dirint,
}

/// Below this cosine of the zenith (2.9 degrees above the horizon) a watt in GHI would be more than twenty in DNI: all is diffuse.
const LOW_SUN: f64 = 0.05;

impl Decomposition {
    /// Direct normal and diffuse horizontal irradiance, W/m2, of each record from global irradiance (W/m2), zenith without refraction
    /// (degrees), extraterrestrial normal irradiance (W/m2) and air pressure (Pa); neighbours in the columns are neighbours in time.
    ///
    /// DNI is held to the extraterrestrial irradiance and to what GHI can be made of, and DHI closes GHI = DNI cos z + DHI. All is
    /// diffuse where the sun stands lower than 2.9 degrees, and where the model has no answer.
    ///
    /// # Errors
    /// [`Error::Length`] where the columns differ in length.
    pub fn split(
        self,
        ghi: &[f64],
        solar_zenith: &[f64],
        dni_extra: &[f64],
        pressure: &[f64],
    ) -> Result<(Vec<f64>, Vec<f64>)> {
        let columns = DirintColumns { ghi, solar_zenith, dni_extra, pressure, temp_dew: None };
        let raw = match self {
            Self::Dirint => dirint(&columns, true)?,
            _ => columns.checked()?.each(|ghi, zenith, extra, pressure| match self {
                Self::ErbsDriesse => erbs_driesse(ghi, zenith, extra).dni,
                Self::OrgillHollands => orgill_hollands(ghi, zenith, extra).dni,
                Self::Boland => boland(ghi, zenith, extra).dni,
                Self::Louche => louche(ghi, zenith, extra).dni,
                Self::Disc => {
                    let airmass = absolute_airmass(kasten_1966(zenith), pressure);
                    disc(ghi, zenith, extra * (1370.0 / SOLAR_CONSTANT), airmass).dni
                }
                Self::Erbs | Self::Dirint => erbs(ghi, zenith, extra).dni,
            }),
        };
        Ok(raw
            .iter()
            .enumerate()
            .map(|(i, &dni)| {
                let cos_z = math::cos(solar_zenith[i].to_radians());
                let most = dni_extra[i].min(ghi[i] / cos_z.max(LOW_SUN));
                let dni = if cos_z >= LOW_SUN && dni > 0.0 { dni.min(most) } else { 0.0 };
                // What is not a number stays so.
                let dhi = ghi[i] - dni * cos_z;
                let unknown = ghi[i].is_nan() || solar_zenith[i].is_nan();
                if unknown { (f64::NAN, f64::NAN) } else { (dni, math::positive(dhi)) }
            })
            .unzip())
    }
}

impl DirintColumns<'_> {
    /// Refuses columns of different length.
    pub(super) fn checked(&self) -> Result<&Self> {
        let expected = self.ghi.len();
        let dew = self.temp_dew.map_or(expected, <[f64]>::len);
        for (name, found) in [
            ("solar_zenith", self.solar_zenith.len()),
            ("dni_extra", self.dni_extra.len()),
            ("pressure", self.pressure.len()),
            ("temp_dew", dew),
        ] {
            if found != expected {
                return Err(Error::Length { name, found, expected });
            }
        }
        Ok(self)
    }

    /// A model of one record, over all.
    fn each(&self, model: impl Fn(f64, f64, f64, f64) -> f64) -> Vec<f64> {
        let Self { ghi, solar_zenith, dni_extra, pressure, .. } = self;
        (0..ghi.len()).map(|i| model(ghi[i], solar_zenith[i], dni_extra[i], pressure[i])).collect()
    }
}
