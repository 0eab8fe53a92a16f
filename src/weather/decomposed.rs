//! A weather whose direct and diffuse irradiance are derived anew from the global one.

use std::sync::Arc;

use super::{Note, Severity, Weather, climate};
use crate::error::Result;
use crate::site::Site;
use crate::sky::{ClearAir, ClearColumns, Decomposition, DecompositionColumns};
use crate::sun::SunTable;
use crate::words::quoted_word;

impl Weather {
    /// The same weather with DNI and DHI from its GHI by a model; a note says so. [`Decomposition::Dirindex`] takes the turbidity of the
    /// nearest station of the embedded climate; [`Weather::decomposed_under`] takes another.
    ///
    /// # Errors
    /// [`Error::Climate`](crate::Error::Climate) where a clear sky is asked for and no station is near.
    pub fn decomposed(&self, model: Decomposition) -> Result<Self> {
        if model != Decomposition::Dirindex {
            return self.taken_apart(model, None);
        }
        let Site { latitude, longitude, elevation_m, .. } = self.site;
        self.decomposed_under(model, &climate::nearest(latitude, longitude, Some(elevation_m))?.station.linke)
    }

    /// As [`Weather::decomposed`], where the model asks for a clear sky with that of [`Weather::under_clear_sky`].
    ///
    /// # Errors
    /// Those of [`Weather::under_clear_sky`].
    pub fn decomposed_under(&self, model: Decomposition, air: impl Into<ClearAir>) -> Result<Self> {
        let air = air.into();
        self.taken_apart(model, (model == Decomposition::Dirindex).then_some(&air))
    }

    fn taken_apart(&self, model: Decomposition, air: Option<&ClearAir>) -> Result<Self> {
        let clear = air.map(|air| self.under_clear_sky(*air)).transpose()?;
        let (zenith, extra) = self.zenith_and_extra(&SunTable::new(Arc::clone(&self.axis)));
        let pressure = self.columns.pressure.clone().unwrap_or_else(|| vec![self.site.pressure(); self.len()]);
        let temp_dew = self.temp_dew();
        let (dni, dhi) = model.split(&DecompositionColumns {
            ghi: &self.columns.ghi,
            zenith: &zenith,
            dni_extra: &extra,
            pressure: &pressure,
            temp_dew: temp_dew.as_deref(),
            follows: None,
            clear: clear.as_ref().map(|clear| ClearColumns { ghi: &clear.columns.ghi, dni: &clear.columns.dni }),
        })?;
        let mut weather = self.clone();
        (weather.columns.dni, weather.columns.dhi) = (dni, dhi);
        weather.made_by.decomposition = Some((model, air.copied()));
        let text =
            format!("dni and dhi are derived from ghi by {}, in place of those of the source", quoted_word(model));
        weather.notes.push(Note { severity: Severity::Info, text });
        Ok(weather)
    }

    /// The model that DNI and DHI were derived by, where [`Weather::decomposed`] did it.
    pub fn decomposition(&self) -> Option<Decomposition> {
        self.made_by.decomposition.map(|(model, _)| model)
    }
}
