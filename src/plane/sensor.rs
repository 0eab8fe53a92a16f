//! A weather measured by a tilted sensor, taken back to the horizontal.

use std::sync::Arc;

use chrono::Datelike;

use super::{GtiColumns, GtiDirint, Plane};
use crate::error::{Error, Result};
use crate::sun::SunTable;
use crate::weather::{Columns, MadeBy, Note, Severity, Weather};

/// The most irradiance that a weather holds, W/m2.
const MOST: f64 = 2500.0;

impl Weather {
    /// The weather whose light made what this one has as GHI, which a sensor of a tilt and azimuth (degrees) measured: GHI, DNI and DHI by
    /// [`GtiDirint`] with this albedo; the change from record to record counts in steps of up to an hour.
    ///
    /// Where it has no answer, with the sun behind the sensor all half day, the light is taken as evenly diffuse; a note counts such
    /// records, and those whose light was met to no better than 1 W/m2.
    ///
    /// # Errors
    /// [`Error::Config`] for a weather made from a climate, or taken back from a sensor already.
    pub fn of_tilted_sensor(&self, surface_tilt: f64, surface_azimuth: f64, albedo: f64) -> Result<Self> {
        let MadeBy { sensor, synthetic, .. } = self.made_by();
        if sensor.is_some() || synthetic {
            let problem = if synthetic {
                "the weather is made from a climate, and its light is horizontal; a sensor needs a file of what it measured"
            } else {
                "the weather was taken back from a tilted sensor already"
            };
            let (file, key, value) = (String::new(), String::from("weather.sensor"), String::new());
            return Err(Error::Config { file, line: None, key, value, problem: problem.into() });
        }
        let (axis, given) = (self.axis(), self.columns());
        let pressure = match &given.pressure {
            Some(series) => series.clone(),
            None => vec![self.site().pressure(); self.len()],
        };
        let table = Arc::new(SunTable::new(Arc::clone(axis)));
        let track = self.track(&table)?;
        let (zenith, extra) = self.zenith_and_extra(&table);
        let azimuth = track.expand(&track.solar_azimuth(), f64::NAN);
        let day: Vec<i64> = (0..self.len()).map(|i| i64::from(axis.local(i).num_days_from_ce())).collect();
        let temp_dew = self.temp_dew();
        let columns = GtiColumns {
            poa_global: &given.ghi,
            solar_zenith: &zenith,
            solar_azimuth: &azimuth,
            dni_extra: &extra,
            pressure: &pressure,
            day: &day,
            temp_dew: temp_dew.as_deref(),
            follows: None,
        };
        let plane = Plane::new(surface_tilt, surface_azimuth);
        let search = GtiDirint { use_delta_kt_prime: axis.step_h() <= 1.0, albedo, ..GtiDirint::default() };
        let mut sky = search.split(&plane, &columns)?;
        let (mut diffuse, seen) = (0_usize, plane.sky_view() + plane.ground_view() * albedo);
        for (i, poa) in given.ghi.iter().enumerate() {
            let parts = [&mut sky.ghi[i], &mut sky.dni[i], &mut sky.dhi[i]];
            if *poa == 0.0 {
                for part in parts {
                    *part = 0.0;
                }
            } else if parts.iter().any(|part| part.is_nan()) {
                diffuse += 1;
                let even = (poa / seen).min(MOST);
                (sky.ghi[i], sky.dni[i], sky.dhi[i]) = (even, 0.0, even);
            } else {
                for part in parts {
                    *part = part.clamp(0.0, MOST);
                }
            }
        }
        let text = format!(
            "ghi is what a sensor of tilt {surface_tilt} and azimuth {surface_azimuth} degrees measured: taken apart by GTI-DIRINT; \
             {} records met to no better than 1 W/m2, {diffuse} without an answer taken as diffuse light",
            sky.unsettled
        );
        let columns = Columns { ghi: sky.ghi, dni: sky.dni, dhi: sky.dhi, ..given.clone() };
        Ok(self
            .made_by_sensor(columns, [surface_tilt, surface_azimuth, albedo])?
            .with_notes([Note { severity: Severity::Info, text }]))
    }
}
