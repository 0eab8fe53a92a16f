//! Runs the chain from weather to AC energy and keeps the loss ledger.
//!
//! [`Plant::simulate`] does it all. Where much is to be simulated, the parts can be kept: a
//! [`SunTable`] for all sites on one time axis, a [`Daylight`] for all plants under one weather;
//! [`fleet`] does so by itself.

mod block;
mod chain;
mod daylight;
mod fleet;
mod ledger;
mod year;

use std::sync::Arc;

pub use daylight::Daylight;
pub use fleet::{Job, Summary, fleet};
pub use ledger::{Ledger, Step};
pub use year::{ArrayYear, Hourly, Month, Year};

use crate::error::{Error, Result};
use crate::math;
use crate::plant::{Array, Plant};
use crate::sun::SunTable;
use crate::weather::Weather;
use chain::{ArrayRun, InverterShare};

/// Longest series that counts as one year: a leap year, h.
const YEAR_H: f64 = 8784.0;

impl Plant {
    /// DC capacity of all arrays, kW.
    pub fn capacity_kw(&self) -> f64 {
        self.array.iter().map(|array| array.capacity_kw).sum()
    }

    /// AC capacity of all inverters, kW.
    pub fn ac_capacity_kw(&self) -> f64 {
        self.inverter.capacity_kw.unwrap_or(self.capacity_kw() / self.inverter.dc_ac_ratio.unwrap_or(1.2))
    }

    /// Simulates the plant under a weather series of up to a year, with hourly columns.
    ///
    /// # Examples
    /// ```
    /// use rooftop_pv::{Plant, Weather, weather::climate};
    /// let plant = Plant::jidong()?;
    /// let weather = Weather::synthetic(climate::station("Zhangqiu")?, 2023, 1)?;
    /// let year = plant.simulate(&weather)?;
    /// assert!(year.specific_yield_kwh_per_kw > 1000.0);
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] for a plant that cannot be, [`Error::OutOfRange`] for a series longer than a year.
    pub fn simulate(&self, weather: &Weather) -> Result<Year> {
        let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
        let daylight = Daylight::of(weather, &table, self.models.transposition)?;
        self.run(&daylight, weather, true)
    }

    /// Simulates the plant on daylight that was prepared before, without hourly columns: for many plants under
    /// one weather, which must be the one that the daylight was made of. The daylight's transposition stands.
    ///
    /// # Errors
    /// As [`Plant::simulate`], and [`Error::Length`] for a weather of another length than the daylight's.
    pub fn simulate_on(&self, daylight: &Daylight, weather: &Weather) -> Result<Year> {
        self.run(daylight, weather, false)
    }

    /// As [`Plant::simulate_on`], with hourly columns.
    ///
    /// # Errors
    /// As [`Plant::simulate_on`].
    pub fn simulate_hourly_on(&self, daylight: &Daylight, weather: &Weather) -> Result<Year> {
        self.run(daylight, weather, true)
    }

    fn run(&self, daylight: &Daylight, weather: &Weather, want_hourly: bool) -> Result<Year> {
        self.validate()?;
        let axis = daylight.track.table().axis();
        if weather.len() != axis.len() {
            return Err(Error::Length { name: "weather", found: weather.len(), expected: axis.len() });
        }
        let period_h = axis.len() as f64 * axis.step_h();
        if period_h > YEAR_H {
            return Err(Error::OutOfRange {
                name: "length of the weather series".into(),
                value: period_h,
                allowed: format!("up to {YEAR_H} h, a year; take the years of a longer series one by one"),
            });
        }
        let capacity_kw = self.capacity_kw();
        let ac_capacity_kw = self.ac_capacity_kw();
        let inverter = InverterShare {
            pdc0: ac_capacity_kw / capacity_kw / self.inverter.efficiency,
            efficiency: self.inverter.efficiency,
        };
        let losses_kept = 1.0 - self.losses.total();
        let ac_kept = 1.0 - self.losses.ac;

        let ghi_kwh_m2 = daylight.months.iter().map(|span| span.ghi_wh_m2).sum::<f64>() / 1000.0;
        let mut year = Year {
            plant: self.name.clone(),
            weather: weather.source().to_owned(),
            period_h,
            capacity_kw,
            ac_capacity_kw,
            ghi_kwh_m2,
            poa_global_kwh_m2: 0.0,
            dc_kwh: 0.0,
            ac_kwh: 0.0,
            specific_yield_kwh_per_kw: 0.0,
            performance_ratio: 0.0,
            capacity_factor: 0.0,
            monthly: (1..=12).map(|month| Month { month, ..Month::default() }).collect(),
            ledger: Ledger::default(),
            arrays: Vec::with_capacity(self.array.len()),
            hourly: want_hourly.then(|| dark_hours(daylight, weather)),
        };
        for span in &daylight.months {
            year.monthly[span.month].ghi_kwh_m2 += span.ghi_wh_m2 / 1000.0;
        }
        for array in &self.array {
            let run = chain::run(daylight, array, self.models, losses_kept, inverter, want_hourly);
            let share = array.capacity_kw / capacity_kw;
            for (month, sums) in year.monthly.iter_mut().zip(&run.monthly) {
                month.poa_global_kwh_m2 += sums.poa_global * share;
                month.dc_kwh += sums.dc_ideal * losses_kept * array.capacity_kw;
                month.ac_kwh += sums.ac * ac_kept * array.capacity_kw;
            }
            let array_year = ArrayYear {
                name: array.name.clone(),
                capacity_kw: array.capacity_kw,
                poa_global_kwh_m2: run.total.poa_global,
                dc_kwh: run.total.dc_ideal * losses_kept * array.capacity_kw,
                ac_kwh: run.total.ac * ac_kept * array.capacity_kw,
                specific_yield_kwh_per_kw: run.total.ac * ac_kept,
            };
            year.poa_global_kwh_m2 += array_year.poa_global_kwh_m2 * share;
            year.dc_kwh += array_year.dc_kwh;
            year.ac_kwh += array_year.ac_kwh;
            year.ledger.add(&chain::ledger(&run.total, ghi_kwh_m2, &self.losses, array.capacity_kw));
            if let Some(hourly) = &mut year.hourly {
                add_hours(hourly, daylight, array, &run, share, ac_kept);
            }
            year.arrays.push(array_year);
        }
        year.specific_yield_kwh_per_kw = year.ac_kwh / capacity_kw;
        year.performance_ratio =
            if year.poa_global_kwh_m2 > 0.0 { year.specific_yield_kwh_per_kw / year.poa_global_kwh_m2 } else { 0.0 };
        year.capacity_factor = year.specific_yield_kwh_per_kw / period_h;
        Ok(year)
    }
}

/// Columns as they are without light.
fn dark_hours(daylight: &Daylight, weather: &Weather) -> Hourly {
    let track = &daylight.track;
    let mut solar_zenith: Vec<f64> = track
        .table()
        .cos_zenith(track.site(), 0.0)
        .iter()
        .map(|cos| math::acos(cos.clamp(-1.0, 1.0)).to_degrees())
        .collect();
    let mut temp_cell = weather.columns().temp_air.clone();
    for run in track.runs() {
        let on_track = run.first..run.first + run.records.len();
        solar_zenith[run.records.clone()].copy_from_slice(&track.solar_zenith()[on_track]);
        temp_cell[run.records.clone()].fill(0.0);
    }
    let n = solar_zenith.len();
    Hourly {
        axis: Arc::clone(track.table().axis()),
        solar_zenith,
        poa_global: vec![0.0; n],
        temp_cell,
        dc_kw: vec![0.0; n],
        ac_kw: vec![0.0; n],
    }
}

/// Adds one array's share to the columns.
fn add_hours(hourly: &mut Hourly, daylight: &Daylight, array: &Array, run: &ArrayRun, share: f64, ac_kept: f64) {
    let Some(columns) = &run.columns else { return };
    for span in daylight.track.runs() {
        for (i, record) in span.records.clone().enumerate() {
            let on_track = span.first + i;
            hourly.poa_global[record] += columns.poa_global[on_track] * share;
            hourly.temp_cell[record] += columns.temp_cell[on_track] * share;
            hourly.dc_kw[record] += columns.dc[on_track] * array.capacity_kw;
            hourly.ac_kw[record] += columns.ac[on_track] * (ac_kept * array.capacity_kw);
        }
    }
}
