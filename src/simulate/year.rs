//! Results of a simulation.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

use super::chain::Chain;
use super::energy::total;
use super::ledger::{Ledger, LightSteps};
use super::sky::MonthSpan;
use crate::error::{Error, Result};
use crate::inverter::Degradation;
use crate::plant::{Lifetime, Plant};
use crate::time::TimeAxis;
use crate::weather::Weather;

/// What a plant yields over a weather series of up to a year.
#[non_exhaustive]
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    /// The plant's name.
    pub plant: String,
    /// Where the weather came from.
    pub weather: String,
    /// What the plant's own models of the sky changed in it.
    pub notes: Vec<String>,
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

/// The year of a plant from the sums of its arrays.
pub(super) fn assemble(plant: &Plant, weather: &Weather, months: &[MonthSpan], chains: &[Chain]) -> Year {
    let step_h = weather.axis().step_h();
    let capacity_kw = plant.capacity_kw();
    let (losses_kept, ac_kept) = (1.0 - plant.constant_losses().total(), 1.0 - plant.losses.ac);
    let ghi_kwh_m2 = months.iter().map(|span| span.ghi_wh_m2).sum::<f64>() / 1000.0;
    let daylight_ghi_kwh_m2 = months.iter().map(|span| span.daylight_ghi_wh_m2).sum::<f64>() / 1000.0;
    let mut year = Year {
        plant: plant.name.clone(),
        weather: weather.source().to_owned(),
        notes: Vec::new(),
        period_h: weather.len() as f64 * step_h,
        capacity_kw,
        ac_capacity_kw: plant.ac_capacity_kw(),
        ghi_kwh_m2,
        poa_global_kwh_m2: 0.0,
        dc_kwh: 0.0,
        ac_kwh: 0.0,
        specific_yield_kwh_per_kw: 0.0,
        performance_ratio: 0.0,
        capacity_factor: 0.0,
        monthly: (1..=12).map(|month| Month { month, ..Month::default() }).collect(),
        ledger: Ledger::default(),
        arrays: Vec::with_capacity(plant.array.len()),
        hourly: None,
    };
    for span in months {
        year.monthly[span.month].ghi_kwh_m2 += span.ghi_wh_m2 / 1000.0;
    }
    let steps = chains.iter().fold(LightSteps::default(), |steps, chain| steps.and(chain.light_steps()));
    for (array, chain) in plant.array.iter().zip(chains) {
        let monthly = chain.monthly(step_h);
        let energy = total(&monthly);
        let share = array.capacity_kw / capacity_kw;
        for (month, energy) in year.monthly.iter_mut().zip(&monthly) {
            month.poa_global_kwh_m2 += energy.poa_global * share;
            month.dc_kwh += energy.dc_ideal * losses_kept * array.capacity_kw;
            month.ac_kwh += energy.ac * ac_kept * array.capacity_kw;
        }
        let array_year = ArrayYear {
            name: array.name.clone(),
            capacity_kw: array.capacity_kw,
            poa_global_kwh_m2: energy.poa_global,
            dc_kwh: energy.dc_ideal * losses_kept * array.capacity_kw,
            ac_kwh: energy.ac * ac_kept * array.capacity_kw,
            specific_yield_kwh_per_kw: energy.ac * ac_kept,
        };
        year.poa_global_kwh_m2 += array_year.poa_global_kwh_m2 * share;
        year.dc_kwh += array_year.dc_kwh;
        year.ac_kwh += array_year.ac_kwh;
        let ledger =
            Ledger::of(&energy, steps, ghi_kwh_m2, daylight_ghi_kwh_m2, &plant.constant_losses(), array.capacity_kw);
        year.ledger.add(&ledger);
        year.arrays.push(array_year);
    }
    year.relate();
    year
}

impl Year {
    /// AC energy of each year of a lifetime, kWh: the first as simulated, the second less by the first year's step, every later one
    /// less than the one before by the degradation.
    pub fn lifetime_kwh(&self, lifetime: &Lifetime) -> Vec<f64> {
        let Lifetime { years, degradation, first_year } = *lifetime;
        let left = Degradation { first_year: first_year.unwrap_or(degradation), annual: degradation };
        // E_k = E₁ (1 − d₁)(1 − d)^(k−2)
        (0..years).map(|year| self.ac_kwh * left.compound(f64::from(year))).collect()
    }

    /// The figures that follow from energies.
    pub(super) fn relate(&mut self) {
        self.specific_yield_kwh_per_kw = self.ac_kwh / self.capacity_kw;
        self.performance_ratio =
            if self.poa_global_kwh_m2 > 0.0 { self.specific_yield_kwh_per_kw / self.poa_global_kwh_m2 } else { 0.0 };
        self.capacity_factor = self.specific_yield_kwh_per_kw / self.period_h;
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
