//! Many plants that differ in a few numbers: what stays the same is kept.

use std::sync::Arc;

use super::chain::Chain;
use super::daylight::Daylight;
use super::meter::{Meter, Metered};
use super::settings::Settings;
use super::shared::SharedInverters;
use super::stage::Stage;
use super::year::{Hourly, Year, assemble};
use crate::error::{Result, check_range};
use crate::math;
use crate::plant::Plant;
use crate::weather::Weather;

/// Plants under one weather, one after another, each computed from where it differs from the one before.
///
/// It keeps of each array the irradiance on its plane, the cell temperature and the DC power. A new tilt, azimuth,
/// albedo or kind of glass needs all of the chain; a new mounting no new irradiance; a new temperature coefficient
/// only power; new losses or inverters only the inverter; a new capacity at the same ratio to the inverter's
/// nothing at all. A plant's figures do not depend on those before it, to the last bit.
///
/// # Examples
/// The spread of the annual energy over uncertain soiling:
/// ```
/// use rooftop_pv::simulate::{Daylight, Sweep};
/// use rooftop_pv::{Plant, Weather, sun::SunTable, weather::climate};
/// # use std::sync::Arc;
/// let weather = Weather::synthetic(climate::station("Zhangqiu")?, 2023, 1)?;
/// let table = Arc::new(SunTable::new(weather.axis().clone()));
/// let mut plant = Plant::jidong()?;
/// let daylight = Daylight::of(&weather, &table, &plant.models)?;
/// let mut sweep = Sweep::new(&daylight, &weather)?;
/// let mut energies = Vec::new();
/// for soiling in [0.01, 0.02, 0.04, 0.08] {
///     plant.losses.soiling = soiling;
///     energies.push(sweep.totals(&plant)?.ac_kwh);
/// }
/// assert!(energies.is_sorted_by(|a, b| a > b));
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sweep<'a> {
    daylight: &'a Daylight,
    weather: &'a Weather,
    chains: Vec<Chain>,
    shared: Option<SharedInverters>,
}

/// What a plant yields over the weather's time, in a size that needs no memory of its own.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// DC capacity at standard test conditions, kW.
    pub capacity_kw: f64,
    /// Irradiation on the modules, kWh/m2, arrays weighted by capacity.
    pub poa_global_kwh_m2: f64,
    /// DC energy after the losses, at the inverters' input, kWh.
    pub dc_kwh: f64,
    /// AC energy at the meter, kWh.
    pub ac_kwh: f64,
    /// AC energy over DC capacity, kWh/kW.
    pub specific_yield_kwh_per_kw: f64,
    /// AC energy at the meter from January to December, kWh.
    pub monthly_ac_kwh: [f64; 12],
}

/// Columns of one array on the records with daylight, for one kW of modules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArrayColumns<'a> {
    /// Irradiance on the plane, W/m2.
    pub poa_global: &'a [f64],
    /// Irradiance behind the glass, W/m2.
    pub effective_irradiance: &'a [f64],
    /// Cell temperature, degC.
    pub temp_cell: &'a [f64],
    /// DC power before losses, kW.
    pub dc_kw: &'a [f64],
}

impl<'a> Sweep<'a> {
    /// A sweep on daylight and the weather that it was made of.
    ///
    /// # Errors
    /// [`Error::Mismatch`](crate::Error::Mismatch) for a weather of another place or time than the daylight's, [`Error::OutOfRange`](crate::Error::OutOfRange) for one longer
    /// than a year.
    pub fn new(daylight: &'a Daylight, weather: &'a Weather) -> Result<Self> {
        daylight.check(weather)?;
        super::check_length(weather)?;
        Ok(Self { daylight, weather, chains: Vec::new(), shared: None })
    }

    /// The sums of a plant.
    ///
    /// # Errors
    /// [`Error::Config`](crate::Error::Config) for a plant that cannot be, [`Error::Mismatch`](crate::Error::Mismatch) for one
    /// that names another transposition than the daylight's.
    pub fn totals(&mut self, plant: &Plant) -> Result<Totals> {
        self.totals_with_dc(plant, 1.0)
    }

    /// The sums of a plant with all DC power at its inverters times a factor, 0 or more: what soiling, ageing or a
    /// better rating than the file's would do.
    ///
    /// # Errors
    /// As [`Sweep::totals`], and [`Error::OutOfRange`](crate::Error::OutOfRange) for the factor.
    pub fn totals_with_dc(&mut self, plant: &Plant, factor: f64) -> Result<Totals> {
        check_range("factor on DC power", factor, 0.0, 10.0, "")?;
        let meter = Meter::of(plant)?;
        self.run(plant, factor, meter.is_some())?;
        let step_h = self.weather.axis().step_h();
        let mut totals = Totals { capacity_kw: plant.capacity_kw(), ..Totals::default() };
        let ac_kept = 1.0 - plant.losses.ac;
        for (array, chain) in plant.array.iter().zip(&self.chains) {
            let ([poa_global, dc_ideal, ac], monthly_ac) = chain.sums(step_h);
            for (sum, ac) in totals.monthly_ac_kwh.iter_mut().zip(monthly_ac) {
                *sum += ac * ac_kept * array.capacity_kw;
            }
            totals.poa_global_kwh_m2 += poa_global * (array.capacity_kw / totals.capacity_kw);
            totals.dc_kwh += dc_ideal * chain.kept() * array.capacity_kw;
            totals.ac_kwh += ac * ac_kept * array.capacity_kw;
        }
        if let Some(meter) = meter {
            let metered = meter.read(plant, self.daylight, &self.chains);
            (totals.ac_kwh, totals.monthly_ac_kwh) = (metered.ac_kwh(), metered.monthly);
        }
        totals.specific_yield_kwh_per_kw = totals.ac_kwh / totals.capacity_kw;
        Ok(totals)
    }

    /// The whole year of a plant, with its months, arrays and loss ledger.
    ///
    /// # Errors
    /// As [`Sweep::totals`].
    pub fn year(&mut self, plant: &Plant) -> Result<Year> {
        Ok(self.year_and_meter(plant)?.0)
    }

    /// The year, and what the meter shows where it is not the inverters' power less a constant loss.
    pub(super) fn year_and_meter(&mut self, plant: &Plant) -> Result<(Year, Option<Metered>)> {
        let meter = Meter::of(plant)?;
        self.run(plant, 1.0, true)?;
        let mut year = assemble(plant, self.weather, &self.daylight.months, &self.chains);
        let metered = meter.map(|meter| meter.read(plant, self.daylight, &self.chains));
        if let Some(metered) = &metered {
            metered.correct(&mut year);
        }
        Ok((year, metered))
    }

    /// Columns of an array of the last plant, by its index; see [`Daylight::track`] for their records.
    pub fn columns(&self, array: usize) -> Option<ArrayColumns<'_>> {
        self.chains.get(array).map(|chain| {
            let columns = chain.columns();
            ArrayColumns {
                poa_global: &columns.poa_global,
                effective_irradiance: &columns.effective,
                temp_cell: &columns.temp_cell,
                dc_kw: &columns.dc,
            }
        })
    }

    /// Computes what has changed.
    fn run(&mut self, plant: &Plant, dc_factor: f64, ac_columns: bool) -> Result<()> {
        plant.validate()?;
        self.daylight.check_plant(plant)?;
        let Self { daylight, weather, chains, shared } = self;
        let inverters = SharedInverters::of(plant)?;
        let mut changed = inverters != *shared;
        chains.truncate(plant.array.len());
        for (index, settings) in Settings::of(plant, dc_factor)?.into_iter().enumerate() {
            let from = if let Some(chain) = chains.get_mut(index) {
                chain.set(settings, ac_columns, daylight, weather)?
            } else {
                chains.push(Chain::on(settings, daylight, weather)?);
                Stage::Irradiance
            };
            if from < Stage::Done {
                chains[index].run(from, daylight, weather)?;
                changed = true;
            }
        }
        // An array that has not changed has another part when one beside it has.
        if let (true, Some(inverters)) = (changed, &inverters) {
            inverters.run(chains, daylight);
        }
        *shared = inverters;
        Ok(())
    }

    /// Columns of the last plant, record by record.
    pub(super) fn hourly(&self, plant: &Plant, metered: Option<Metered>) -> Hourly {
        let track = self.daylight.track();
        let capacity_kw = plant.capacity_kw();
        let (losses_kept, ac_kept) = (1.0 - plant.constant_losses().total(), 1.0 - plant.losses.ac);
        let mut hourly = self.dark_hours();
        for (array, chain) in plant.array.iter().zip(&self.chains) {
            let columns = chain.columns();
            let share = array.capacity_kw / capacity_kw;
            for run in track.runs() {
                for (i, record) in run.records.clone().enumerate() {
                    let place = run.first + i;
                    hourly.poa_global[record] += columns.poa_global[place] * share;
                    hourly.temp_cell[record] += columns.temp_cell[place] * share;
                    hourly.dc_kw[record] += columns.dc[place] * losses_kept * array.capacity_kw;
                    hourly.ac_kw[record] += columns.ac[place] * (ac_kept * array.capacity_kw);
                }
            }
        }
        if let Some(metered) = metered {
            hourly.ac_kw = metered.hourly;
        }
        hourly
    }

    /// Columns as they are without light.
    fn dark_hours(&self) -> Hourly {
        let track = self.daylight.track();
        let mut solar_zenith = track.table().cos_zenith(track.site(), 0.0);
        math::vectorised(
            #[inline(always)]
            || {
                for zenith in &mut solar_zenith {
                    let cos = if *zenith < -1.0 { -1.0 } else { *zenith };
                    *zenith = math::acos(if cos > 1.0 { 1.0 } else { cos }).to_degrees();
                }
            },
        );
        let mut temp_cell = self.weather.columns().temp_air.clone();
        for run in track.runs() {
            let on_track = run.first..run.first + run.records.len();
            solar_zenith[run.records.clone()].copy_from_slice(&track.solar_zenith()[on_track]);
            temp_cell[run.records.clone()].fill(0.0);
        }
        let n = solar_zenith.len();
        Hourly {
            axis: Arc::clone(self.daylight.axis()),
            solar_zenith,
            poa_global: vec![0.0; n],
            temp_cell,
            dc_kw: vec![0.0; n],
            ac_kw: vec![0.0; n],
        }
    }
}
