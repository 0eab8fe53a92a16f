//! The clear sky that a plant's models hold its light against.

use serde::{Deserialize, Serialize};

use super::{Clipping, Decomposition, Plant, PlantSite};
use crate::error::{Error, Result};
use crate::plane::SpectralModel;
use crate::sky::{BirdAir, ClearAir, ClearSkyModel};
use crate::weather::{IrradianceLimits, climate};

/// The clear sky that DIRINDEX, limits of irradiance, clipping within the hour, and spectra by clouds ask for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClearSkyFigures {
    /// The model; without it Ineichen's by `site.linke_turbidity`, but Haurwitz' for spectra.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ClearSkyModel>,
    /// Optical depth of aerosols at 380 nm, for Bird's.
    pub aod380: f64,
    /// Optical depth of aerosols at 500 nm, for Bird's.
    pub aod500: f64,
    /// Optical depth of aerosols at 700 nm, for Solis.
    pub aod700: f64,
    /// Precipitable water for Bird's and Solis where the weather knows neither it nor its air's humidity, cm.
    pub precipitable_water_cm: f64,
    /// Ozone for Bird's, cm.
    pub ozone_cm: f64,
}

impl Default for ClearSkyFigures {
    /// The air of [`ClearAir::default`].
    fn default() -> Self {
        let ClearAir { aod700, bird, .. } = ClearAir::default();
        let BirdAir { aod380, aod500, precipitable_water, ozone, .. } = bird;
        Self { model: None, aod380, aod500, aod700, precipitable_water_cm: precipitable_water, ozone_cm: ozone }
    }
}

impl Plant {
    /// Whether a model of the plant asks for a clear sky with its direct light.
    fn needs_clear_sky(&self) -> bool {
        self.models.decomposition == Some(Decomposition::Dirindex)
            || self.inverter.clipping == Clipping::WithinHour
            || self.weather.limits == Some(IrradianceLimits::ClearSky)
    }

    /// Whether the spectrum asks for the global light of a clear sky.
    fn spectrum_by_clouds(&self) -> bool {
        matches!(self.spectrum.model, SpectralModel::Pvspec | SpectralModel::Jrc)
    }

    /// Whether a clear sky by Linke's turbidity is asked for.
    fn needs_turbidity(&self) -> bool {
        match self.clear_sky.model {
            None => self.needs_clear_sky(),
            Some(model) => model == ClearSkyModel::Ineichen && (self.needs_clear_sky() || self.spectrum_by_clouds()),
        }
    }

    /// The clear sky of the plant's site, by the model that it names.
    ///
    /// # Errors
    /// Those of [`Plant::linke_turbidity`], where the model asks for one.
    pub fn clear_air(&self) -> Result<ClearAir> {
        let ClearSkyFigures { model, aod380, aod500, aod700, precipitable_water_cm, ozone_cm } = self.clear_sky;
        let model = model.unwrap_or_default();
        let usual = ClearAir::default();
        Ok(ClearAir {
            model,
            airmass: self.models.airmass,
            linke_turbidity: match model {
                ClearSkyModel::Ineichen => self.linke_turbidity()?,
                _ => usual.linke_turbidity,
            },
            aod700,
            bird: BirdAir { aod380, aod500, precipitable_water: precipitable_water_cm, ozone: ozone_cm, ..usual.bird },
        })
    }

    /// The clear sky that the spectrum's clouds are told by; none for Haurwitz' sky, which needs nothing.
    ///
    /// # Errors
    /// As [`Plant::clear_air`].
    pub(crate) fn spectrum_sky(&self) -> Result<Option<ClearAir>> {
        let own = self.clear_sky.model.is_some_and(|model| model != ClearSkyModel::Haurwitz);
        (own && self.spectrum_by_clouds()).then(|| self.clear_air()).transpose()
    }

    /// Linke turbidity of each month: the site's own, or that of the nearest station of the embedded climate.
    ///
    /// # Errors
    /// [`Error::Config`] where neither is there.
    pub fn linke_turbidity(&self) -> Result<[f64; 12]> {
        let PlantSite { latitude, longitude, elevation_m, linke_turbidity, .. } = self.site;
        if let Some(given) = linke_turbidity {
            return Ok(given);
        }
        let nearest = climate::nearest(latitude, longitude, elevation_m);
        nearest.map(|near| near.station.linke).map_err(|error| Error::Config {
            file: String::new(),
            line: None,
            key: "site.linke_turbidity".into(),
            value: String::new(),
            problem: format!("missing; the plant's models need twelve values, January first ({error})"),
        })
    }

    /// Refuses a clear sky that lacks what is asked of it, or that nothing asks for.
    pub(super) fn check_clear_sky(&self) -> Result<()> {
        if self.needs_turbidity() {
            self.linke_turbidity()?;
        }
        let Some(model) = self.clear_sky.model else { return Ok(()) };
        let refused = |problem: &str| {
            let value = crate::words::quoted_word(model);
            Err(super::validate::refused("clear_sky.model", value, problem))
        };
        if !(self.needs_clear_sky() || self.spectrum_by_clouds()) {
            return refused(
                "no model of the park asks for a clear sky, so this changes nothing; drop it, or name decomposition = \"dirindex\", \
                 weather.limits = \"clear_sky\", inverter.clipping = \"within_hour\" or spectrum.model = \"pvspec\" or \"jrc\"",
            );
        }
        if model == ClearSkyModel::Haurwitz && self.needs_clear_sky() {
            return refused("it knows no direct light, which is asked for; name ineichen, simplified_solis or bird");
        }
        Ok(())
    }
}
