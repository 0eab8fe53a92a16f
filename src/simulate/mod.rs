//! Runs the chain from weather to AC energy and keeps the loss ledger.
//!
//! [`Plant::simulate`] does it all. Where much is to be simulated, the parts can be kept: a
//! [`SunTable`] for all sites on one time axis ([`Plant::simulate_with`]), a [`Daylight`] for all plants under
//! one weather ([`Plant::simulate_on`]), a [`Sweep`] for plants that differ in a few numbers; [`fleet`] shares
//! by itself.

mod block;
mod cells;
mod chain;
mod clipping;
mod cover;
mod daylight;
mod detail;
mod energy;
mod fleet;
mod history;
mod ledger;
mod meter;
mod power;
mod row_shade;
mod settings;
mod shared;
mod sky;
mod stage;
mod stream;
mod sums;
mod sweep;
mod year;

use std::borrow::Cow;
use std::sync::Arc;

pub use daylight::{Daylight, SkyModels};
pub use fleet::{Job, Summary, fleet};
pub use ledger::{Ledger, Step};
pub use sweep::{ArrayColumns, Sweep, Totals};
pub use year::{ArrayYear, Hourly, Month, Year};

use crate::error::{Error, Result};
use crate::plant::{Decomposition, Plant, SensorPlane};
use crate::sun::SunTable;
use crate::weather::{IrradianceLimits, MadeBy, Weather};
use chain::{BLOCK, Chain};
use meter::Meter;
use settings::Settings;
use stage::Stage;

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

    /// What the plant wants its weather to be made by.
    pub(crate) fn wanted(&self) -> Result<MadeBy> {
        let clear = |asked: bool| asked.then(|| self.clear_air()).transpose();
        let decomposition = match self.models.decomposition {
            Some(model) => Some((model, clear(model == Decomposition::Dirindex)?)),
            None => None,
        };
        let limits = match self.weather.limits {
            Some(limits) => Some((limits, clear(limits == IrradianceLimits::ClearSky)?)),
            None => None,
        };
        let sensor = self.weather.sensor;
        let sensor = sensor.map(|SensorPlane { tilt_deg, azimuth_deg, albedo }| [tilt_deg, azimuth_deg, albedo]);
        Ok(MadeBy { decomposition, limits, sensor, synthetic: false })
    }

    /// The weather as the plant wants it: taken back from a tilted sensor, taken apart by its decomposition, held to its limits. [`Plant::simulate`] and
    /// [`Plant::simulate_with`] do it by themselves; a [`Daylight`] has to be made of it.
    ///
    /// # Errors
    /// [`Error::Config`] where a clear sky is asked for and no turbidity is known.
    pub fn prepared<'w>(&self, weather: &'w Weather) -> Result<Cow<'w, Weather>> {
        let (wanted, mut prepared) = (self.wanted()?, Cow::Borrowed(weather));
        if let Some(sensor) = wanted.sensor.filter(|sensor| weather.made_by().sensor != Some(*sensor)) {
            let [tilt_deg, azimuth_deg, albedo] = sensor;
            prepared = Cow::Owned(prepared.of_tilted_sensor(tilt_deg, azimuth_deg, albedo)?);
        }
        if let Some((model, air)) = wanted.decomposition.filter(|made| prepared.made_by().decomposition != Some(*made))
        {
            prepared = Cow::Owned(match air {
                Some(air) => prepared.decomposed_under(model, air)?,
                None => prepared.decomposed(model)?,
            });
        }
        if let Some((_, air)) = wanted.limits.filter(|made| prepared.made_by().limits != Some(*made)) {
            prepared = Cow::Owned(prepared.limited(air.as_ref())?.0);
        }
        Ok(prepared)
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
        let prepared = self.prepared(weather)?;
        let table = Arc::new(SunTable::new(Arc::clone(prepared.axis())));
        let daylight = Daylight::of(&prepared, &table, &self.models)?;
        let mut year = self.simulate_hourly_on(&daylight, &prepared)?;
        year.notes = notes_since(weather, &prepared);
        Ok(year)
    }

    /// Simulates the plant with a sun table that was prepared before, without hourly columns: for many sites
    /// on one time axis.
    ///
    /// # Examples
    /// ```
    /// use rooftop_pv::{Plant, Weather, sun::SunTable, weather::climate};
    /// let (plant, station) = (Plant::jidong()?, climate::station("Zhangqiu")?);
    /// let table = SunTable::new(Weather::synthetic(station, 2023, 1)?.axis().clone());
    /// for seed in 1..4 {
    ///     let year = plant.simulate_with(&Weather::synthetic(station, 2023, seed)?, &table)?;
    ///     assert!(year.ac_kwh > 50e6);
    /// }
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Plant::simulate`], and [`Error::Length`] or [`Error::Mismatch`] when the table belongs to another time axis.
    pub fn simulate_with(&self, weather: &Weather, table: &SunTable) -> Result<Year> {
        self.validate()?;
        check_length(weather)?;
        let given = weather;
        let weather = &*self.prepared(given)?;
        let notes = notes_since(given, weather);
        let all = Settings::of(self, 1.0)?;
        let plain = all.iter().all(Settings::is_plain) && SkyModels::from(&self.models).is_plain();
        if !plain || Meter::of(self)?.is_some() {
            let daylight = Daylight::of_table(weather, table, &self.models)?;
            return Ok(Year { notes, ..Sweep::new(&daylight, weather)?.year(self)? });
        }
        let mut chains: Vec<Chain> = all.into_iter().map(|settings| Chain::new(settings, stream::ROOM)).collect();
        let months = stream::run(weather, table, self.models.transposition, &mut chains)?;
        Ok(Year { notes, ..year::assemble(self, weather, &months, &chains) })
    }

    /// Simulates the plant on daylight that was prepared before, without hourly columns: for many plants under
    /// one weather, which must be the one that the daylight was made of.
    ///
    /// # Errors
    /// As [`Plant::simulate`], and [`Error::Mismatch`] for a weather of another place or time than the daylight's, or a
    /// plant that names another transposition or air mass.
    pub fn simulate_on(&self, daylight: &Daylight, weather: &Weather) -> Result<Year> {
        self.validate()?;
        check_length(weather)?;
        daylight.check(weather)?;
        daylight.check_plant(self)?;
        let all = Settings::of(self, 1.0)?;
        if !all.iter().all(Settings::is_plain) || Meter::of(self)?.is_some() {
            return Sweep::new(daylight, weather)?.year(self);
        }
        let mut chains: Vec<Chain> = all.into_iter().map(|settings| Chain::new(settings, BLOCK)).collect();
        for chain in &mut chains {
            for first in (0..daylight.len()).step_by(BLOCK) {
                let sky = daylight.sky(first..daylight.len().min(first + BLOCK));
                chain.block(&sky, first, 0, Stage::ALL, &daylight.months);
            }
        }
        Ok(year::assemble(self, weather, &daylight.months, &chains))
    }

    /// As [`Plant::simulate_on`], with hourly columns.
    ///
    /// # Errors
    /// As [`Plant::simulate_on`].
    pub fn simulate_hourly_on(&self, daylight: &Daylight, weather: &Weather) -> Result<Year> {
        let mut sweep = Sweep::new(daylight, weather)?;
        let (mut year, metered) = sweep.year_and_meter(self)?;
        year.hourly = Some(sweep.hourly(self, metered));
        Ok(year)
    }
}

/// What the plant's models of the sky noted on the weather that was given.
fn notes_since(given: &Weather, prepared: &Weather) -> Vec<String> {
    prepared.notes().iter().skip(given.notes().len()).map(ToString::to_string).collect()
}

/// Refuses a weather longer than a year.
fn check_length(weather: &Weather) -> Result<()> {
    let period_h = weather.len() as f64 * weather.axis().step_h();
    if period_h > YEAR_H {
        return Err(Error::OutOfRange {
            name: "length of the weather series".into(),
            value: period_h,
            allowed: format!("up to {YEAR_H} h, a year; take the years of a longer series one by one"),
        });
    }
    Ok(())
}
