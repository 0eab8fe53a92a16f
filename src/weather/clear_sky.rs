//! The clear sky over a weather's site at its instants.

use std::sync::Arc;

use chrono::Datelike;

use super::{Columns, Weather};
use crate::error::Result;
use crate::math;
use crate::sky::{absolute_airmass, extra_radiation_spencer, ineichen, kasten_young_1989};
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
        let of_day = |i: usize| extra_radiation_spencer(f64::from(self.axis.local(i).ordinal()));
        (zenith, (0..self.len()).map(of_day).collect())
    }

    /// The same weather under a clear sky, [`ineichen`] with a Linke turbidity for each month, January first.
    ///
    /// # Errors
    /// [`Error::Series`](crate::Error::Series) for a turbidity that makes no irradiance (NaN).
    pub fn under_clear_sky(&self, linke: &[f64; 12]) -> Result<Self> {
        let pressure = self.pressure();
        let table = Arc::new(SunTable::new(Arc::clone(&self.axis)));
        let track = self.track(&table)?;
        let (zenith, pressure) =
            (track.expand(track.solar_zenith(), f64::NAN), track.expand(&track.select(pressure), 0.0));
        let mut columns = Columns {
            ghi: vec![0.0; self.len()],
            dni: vec![0.0; self.len()],
            dhi: vec![0.0; self.len()],
            ..self.columns.clone()
        };
        for run in track.runs() {
            for i in run.records.clone() {
                if zenith[i] >= 90.0 {
                    continue;
                }
                let day = self.axis.local(i);
                let airmass = absolute_airmass(kasten_young_1989(zenith[i]), pressure[i]);
                let extra = extra_radiation_spencer(f64::from(day.ordinal()));
                let clear = ineichen(zenith[i], airmass, linke[day.month0() as usize], self.site.elevation_m, extra);
                (columns.ghi[i], columns.dni[i], columns.dhi[i]) = (clear.ghi, clear.dni, clear.dhi.max(0.0));
            }
        }
        self.with_columns(columns)
    }
}
