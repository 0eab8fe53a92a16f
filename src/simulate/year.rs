//! Results of a simulation.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

use super::ledger::Ledger;
use crate::error::{Error, Result};
use crate::plant::Lifetime;
use crate::time::TimeAxis;

/// What a plant yields over a weather series of up to a year.
#[non_exhaustive]
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    /// The plant's name.
    pub plant: String,
    /// Where the weather came from.
    pub weather: String,
    /// Time that the series covers, h.
    pub period_h: f64,
    /// DC capacity at standard test conditions, kW.
    pub capacity_kw: f64,
    /// AC capacity of the inverters, kW.
    pub ac_capacity_kw: f64,
    /// Irradiation on the horizontal, kWh/m2.
    pub ghi_kwh_m2: f64,
    /// Irradiation on the modules, kWh/m2, arrays weighted by capacity.
    pub poa_global_kwh_m2: f64,
    /// DC energy after the losses, at the inverters' input, kWh.
    pub dc_kwh: f64,
    /// AC energy at the meter, kWh.
    pub ac_kwh: f64,
    /// AC energy over DC capacity, kWh/kW.
    pub specific_yield_kwh_per_kw: f64,
    /// Specific yield over irradiation on the modules at 1 kW/m2 (IEC 61724-1).
    pub performance_ratio: f64,
    /// AC energy over what the DC capacity would give all the time.
    pub capacity_factor: f64,
    /// January to December.
    pub monthly: Vec<Month>,
    /// From horizontal irradiation to the meter.
    pub ledger: Ledger,
    /// Each array by itself.
    pub arrays: Vec<ArrayYear>,
    /// Record by record, where asked for.
    #[serde(skip)]
    pub hourly: Option<Hourly>,
}

/// One calendar month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Month {
    /// 1 to 12.
    pub month: u8,
    /// Irradiation on the horizontal, kWh/m2.
    pub ghi_kwh_m2: f64,
    /// Irradiation on the modules, kWh/m2.
    pub poa_global_kwh_m2: f64,
    /// DC energy after the losses, kWh.
    pub dc_kwh: f64,
    /// AC energy at the meter, kWh.
    pub ac_kwh: f64,
}

/// One array of a plant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArrayYear {
    /// Its name.
    pub name: String,
    /// DC capacity, kW.
    pub capacity_kw: f64,
    /// Irradiation on its plane, kWh/m2.
    pub poa_global_kwh_m2: f64,
    /// DC energy after the losses, kWh.
    pub dc_kwh: f64,
    /// AC energy at the meter, kWh.
    pub ac_kwh: f64,
    /// AC energy over capacity, kWh/kW.
    pub specific_yield_kwh_per_kw: f64,
}

/// Columns of a simulation, one value a record of the weather.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Hourly {
    /// The records' intervals.
    pub axis: Arc<TimeAxis>,
    /// Zenith angle of the sun, degrees: apparent where there is daylight.
    pub solar_zenith: Vec<f64>,
    /// Irradiance on the modules, W/m2, arrays weighted by capacity.
    pub poa_global: Vec<f64>,
    /// Cell temperature, degC, arrays weighted by capacity; in the dark that of the air.
    pub temp_cell: Vec<f64>,
    /// DC power after the losses, kW.
    pub dc_kw: Vec<f64>,
    /// AC power at the meter, kW.
    pub ac_kw: Vec<f64>,
}

impl Year {
    /// AC energy of each year of a lifetime, kWh: the first as simulated, every later one less than the
    /// one before by the degradation.
    pub fn lifetime_kwh(&self, lifetime: &Lifetime) -> Vec<f64> {
        // E_k = E₁ (1 − d)^(k−1)
        std::iter::successors(Some(self.ac_kwh), |kwh| Some(kwh * (1.0 - lifetime.degradation)))
            .take(lifetime.years as usize)
            .collect()
    }
}

impl Hourly {
    /// Writes the columns as csv: `time` in ISO 8601 with offset at each interval's start, then the
    /// columns by their names.
    ///
    /// # Errors
    /// [`Error::Io`] when the writer fails; `name` is what the error calls it.
    pub fn write_csv(&self, mut writer: impl Write, name: &str) -> Result<()> {
        let mut write = || -> std::io::Result<()> {
            writeln!(writer, "time,solar_zenith,poa_global,temp_cell,dc_kw,ac_kw")?;
            for i in 0..self.axis.len() {
                writeln!(
                    writer,
                    "{},{:.4},{:.3},{:.3},{:.6},{:.6}",
                    self.axis.iso(i),
                    self.solar_zenith[i],
                    self.poa_global[i],
                    self.temp_cell[i],
                    self.dc_kw[i],
                    self.ac_kw[i]
                )?;
            }
            writer.flush()
        };
        write().map_err(|source| Error::Io { path: name.into(), source })
    }
}
