//! The clear sky over a weather's site at its instants.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::Datelike;

use super::{Columns, Weather};
use crate::error::{Error, Result};
use crate::math;
use crate::sky::{
    AirmassModel, BirdAir, ClearAir, ClearSky, ClearSkyModel, absolute_airmass, bird, extra_radiation_spencer,
    gueymard94_pw, haurwitz, ineichen, simplified_solis, tdew_from_rh,
};
use crate::sun::{SunTable, SunTrack};
use crate::time::Values;

impl Weather {
    /// Air pressure, Pa: measured, or that of the site.
    pub(crate) fn pressure(&self) -> Values<'_> {
        match &self.columns.pressure {
            Some(series) => Values::Series(series),
            None => Values::Constant(self.site.pressure()),
        }
    }

    /// The sun over its site.
    pub(crate) fn track(&self, table: &Arc<SunTable>) -> Result<SunTrack> {
        SunTrack::new(table, &self.site, self.pressure(), Values::Series(&self.columns.temp_air))
    }

    /// Zenith angle without refraction (degrees) and extraterrestrial normal irradiance (W/m2) of each record.
    pub(crate) fn zenith_and_extra(&self, table: &SunTable) -> (Vec<f64>, Vec<f64>) {
        let degrees = |cos: f64| math::acos(cos.clamp(-1.0, 1.0)).to_degrees();
        let zenith = table.cos_zenith(&self.site, 0.0).into_iter().map(degrees).collect();
        let of_day = |i: usize| extra_radiation_spencer(f64::from(self.axis.day_of_year(i)));
        (zenith, (0..self.len()).map(of_day).collect())
    }

    /// Precipitable water, cm, where the weather knows it or its air's humidity.
    pub(crate) fn water(&self) -> Option<Cow<'_, [f64]>> {
        let Columns { precipitable_water, relative_humidity, temp_air, .. } = &self.columns;
        if let Some(water) = precipitable_water {
            return Some(Cow::Borrowed(water));
        }
        let both = temp_air.iter().zip(relative_humidity.as_ref()?);
        Some(both.map(|(air, humidity)| gueymard94_pw(*air, *humidity)).collect())
    }

    /// Dew point, degC, where the weather knows its air's humidity.
    pub(crate) fn temp_dew(&self) -> Option<Vec<f64>> {
        let Columns { relative_humidity, temp_air, .. } = &self.columns;
        let both = temp_air.iter().zip(relative_humidity.as_ref()?);
        Some(both.map(|(air, humidity)| tdew_from_rh(*air, *humidity)).collect())
    }

    /// Relative air mass of the records on a track over its site, by a model that takes the true or the apparent zenith; NaN where the
    /// sun's middle is below its horizon.
    pub(crate) fn airmass_on(&self, track: &SunTrack, model: AirmassModel) -> Result<Vec<f64>> {
        if !model.takes_true_zenith() {
            return Ok(model.relative(track.solar_zenith()));
        }
        Ok(model.relative(self.true_track(track)?.solar_zenith()))
    }

    /// The same track without air, which refracts nothing.
    fn true_track(&self, track: &SunTrack) -> Result<SunTrack> {
        SunTrack::new(track.table(), &self.site, Values::Constant(0.0), Values::Series(&self.columns.temp_air))
    }

    /// The same weather under a clear sky: [`ineichen`] with a Linke turbidity for each month, January first (a `&[f64; 12]`), or another
    /// model with what it takes ([`ClearAir`]).
    ///
    /// # Errors
    /// [`Error::Mismatch`] for [`ClearSkyModel::Haurwitz`], which knows no direct light; [`Error::Series`] for air that makes no
    /// irradiance (NaN).
    pub fn under_clear_sky(&self, air: impl Into<ClearAir>) -> Result<Self> {
        self.clear_over(&air.into(), true)
    }

    /// The clear sky's GHI, W/m2, of each record, by any model.
    pub(crate) fn clear_ghi(&self, air: &ClearAir) -> Result<Vec<f64>> {
        Ok(self.clear_over(air, false)?.columns.ghi)
    }

    fn clear_over(&self, air: &ClearAir, direct_too: bool) -> Result<Self> {
        let table = Arc::new(SunTable::new(Arc::clone(&self.axis)));
        let track = self.track(&table)?;
        let airmass = self.airmass_on(&track, air.airmass)?;
        let apparent = track.solar_zenith();
        let pressure = track.select(self.pressure());
        let mut extra = vec![0.0; track.len()];
        let mut month = vec![0_usize; track.len()];
        for run in track.runs() {
            for (place, record) in (run.first..).zip(run.records.clone()) {
                extra[place] = extra_radiation_spencer(f64::from(self.axis.day_of_year(record)));
                month[place] = self.axis.local(record).month0() as usize;
            }
        }
        let water = match self.water() {
            Some(water) => track.select(Values::Series(&water)),
            None => vec![air.bird.precipitable_water; track.len()],
        };
        let skies = |sky: &dyn Fn(usize) -> ClearSky| {
            // A sun whose middle is down has no path through the air, and makes no clear sky.
            let dark = ClearSky { ghi: 0.0, dni: 0.0, dhi: 0.0 };
            let lit = |place: &usize| apparent[*place] < 90.0 && !airmass[*place].is_nan();
            (0..track.len()).map(|place| if lit(&place) { sky(place) } else { dark }).collect::<Vec<_>>()
        };
        let elevation_m = self.site.elevation_m;
        let skies = match air.model {
            ClearSkyModel::Ineichen => skies(&|p| {
                let airmass = absolute_airmass(airmass[p], pressure[p]);
                ineichen(apparent[p], airmass, air.linke_turbidity[month[p]], elevation_m, extra[p])
            }),
            ClearSkyModel::SimplifiedSolis => {
                skies(&|p| simplified_solis(90.0 - apparent[p], air.aod700, water[p], pressure[p], extra[p]))
            }
            ClearSkyModel::Bird => {
                let true_track = self.true_track(&track)?;
                skies(&|p| {
                    let air = BirdAir { precipitable_water: water[p], pressure: pressure[p], ..air.bird };
                    bird(true_track.solar_zenith()[p], airmass[p], &air, extra[p])
                })
            }
            ClearSkyModel::Haurwitz if direct_too => {
                let problem = "haurwitz knows no direct light; name ineichen, simplified_solis or bird";
                return Err(Error::Mismatch { what: "clear_sky.model", problem: problem.into() });
            }
            ClearSkyModel::Haurwitz => skies(&|p| ClearSky { ghi: haurwitz(apparent[p]), dni: 0.0, dhi: 0.0 }),
        };
        let column = |part: fn(&ClearSky) -> f64| {
            let column: Vec<f64> = skies.iter().map(part).collect();
            track.expand(&column, 0.0)
        };
        let (ghi, dni) = (column(|sky| sky.ghi), column(|sky| sky.dni));
        self.with_columns(Columns { ghi, dni, dhi: column(|sky| sky.dhi.max(0.0)), ..self.columns.clone() })
    }
}
