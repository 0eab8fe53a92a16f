//! A weather whose irradiance is held to what is possible, with what was put right.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Note, Severity, Weather};
use crate::error::Result;
use crate::sky::{ClearAir, ClearSky, LimitColumns, LimitReport, limit_columns};
use crate::sun::SunTable;

/// To what irradiance is held.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IrradianceLimits {
    /// [`possible_limits`](crate::sky::possible_limits) of the sun outside of the air, and GHI = DNI cos z + DHI.
    Possible,
    /// The same, and DNI to 1.1 of that under a clear sky.
    ClearSky,
}

impl Weather {
    /// The same weather with GHI, DNI and DHI held to what is possible and closed, as
    /// [`limit_components`](crate::sky::limit_components) does it, and what that put right; a note says it too. `air` holds DNI to that clear sky
    /// as well.
    ///
    /// # Errors
    /// Those of [`Weather::under_clear_sky`].
    pub fn limited(&self, air: Option<&ClearAir>) -> Result<(Self, LimitReport)> {
        let table = Arc::new(SunTable::new(Arc::clone(&self.axis)));
        let (mut zenith, dni_extra) = self.zenith_and_extra(&table);
        // Where the sun rises or sets in a record, its light is that of the sunlit part.
        let track = self.track(&table)?;
        for run in track.runs() {
            let on_track = run.first..run.first + run.records.len();
            zenith[run.records.clone()].copy_from_slice(&track.solar_zenith()[on_track]);
        }
        let clear: Option<Vec<ClearSky>> = air
            .map(|air| {
                let columns = self.under_clear_sky(*air)?.columns;
                let parts = columns.ghi.iter().zip(&columns.dni).zip(&columns.dhi);
                Ok(parts.map(|((ghi, dni), dhi)| ClearSky { ghi: *ghi, dni: *dni, dhi: *dhi }).collect())
            })
            .transpose()?;
        let mut columns = self.columns.clone();
        let with = LimitColumns {
            zenith: &zenith,
            dni_extra: &dni_extra,
            clear: clear.as_deref(),
            step_h: self.axis.step_h(),
        };
        let report = limit_columns(&mut columns.ghi, &mut columns.dni, &mut columns.dhi, &with)?;
        let mut weather = self.with_columns(columns)?;
        let limits = if air.is_some() { IrradianceLimits::ClearSky } else { IrradianceLimits::Possible };
        weather.made_by.limits = Some((limits, air.copied()));
        weather.notes.push(note(&report, air.is_some()));
        Ok((weather, report))
    }

    /// To what its irradiance was held, where [`Weather::limited`] did it.
    pub fn limits(&self) -> Option<IrradianceLimits> {
        self.made_by.limits.map(|(limits, _)| limits)
    }
}

fn note(report: &LimitReport, clear: bool) -> Note {
    let what = if clear { "to what is possible and to the clear sky" } else { "to what is possible" };
    let parts = [("ghi", &report.ghi), ("dni", &report.dni), ("dhi", &report.dhi)];
    let changed: Vec<String> = parts
        .iter()
        .filter(|(_, repairs)| repairs.count > 0)
        .map(|(name, repairs)| {
            let (taken, given) = (repairs.taken_wh_m2 / 1000.0, repairs.given_wh_m2 / 1000.0);
            format!("{name} in {} records ({taken:.1} kWh/m2 taken, {given:.1} given)", repairs.count)
        })
        .collect();
    if changed.is_empty() {
        let text = format!("irradiance was held {what}: nothing was beyond");
        return Note { severity: Severity::Info, text };
    }
    Note { severity: Severity::Repair, text: format!("irradiance was held {what}: {}", changed.join(", ")) }
}
