//! Many plants and sites at once.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use super::{Daylight, SkyModels, Year};
use crate::error::Result;
use crate::plant::Plant;
use crate::sun::SunTable;
use crate::time::TimeAxis;
use crate::weather::Weather;

/// One plant under one weather.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The plant.
    pub plant: Cow<'a, Plant>,
    /// Its weather. Jobs that follow one another and borrow the same weather share its sun and sky.
    pub weather: Cow<'a, Weather>,
}

/// Width of a class of the distribution of specific yields, kWh/kW.
const CLASS: f64 = 5.0;
/// Classes: up to 3,000 kWh/kW, more than any fixed roof on Earth yields.
const CLASSES: usize = 600;

/// What a fleet yields: sums, spread and distribution in a size that does not grow with the fleet.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// How many plants.
    pub plants: u64,
    /// DC capacity, kW.
    pub capacity_kw: f64,
    /// AC energy at the meters, kWh.
    pub ac_kwh: f64,
    /// DC energy at the inverters, kWh.
    pub dc_kwh: f64,
    /// AC energy from January to December, kWh.
    pub monthly_ac_kwh: [f64; 12],
    /// Lowest specific yield, kWh/kW.
    pub min_yield: f64,
    /// Highest specific yield, kWh/kW.
    pub max_yield: f64,
    sum_yield: f64,
    sum_yield_squared: f64,
    #[serde(skip)]
    classes: Vec<u64>,
}

impl Default for Summary {
    fn default() -> Self {
        Self {
            plants: 0,
            capacity_kw: 0.0,
            ac_kwh: 0.0,
            dc_kwh: 0.0,
            monthly_ac_kwh: [0.0; 12],
            min_yield: f64::INFINITY,
            max_yield: f64::NEG_INFINITY,
            sum_yield: 0.0,
            sum_yield_squared: 0.0,
            classes: vec![0; CLASSES],
        }
    }
}

impl Summary {
    /// Takes a plant's year in.
    pub fn add(&mut self, year: &Year) {
        let specific = year.specific_yield_kwh_per_kw;
        self.plants += 1;
        self.capacity_kw += year.capacity_kw;
        self.ac_kwh += year.ac_kwh;
        self.dc_kwh += year.dc_kwh;
        for (sum, month) in self.monthly_ac_kwh.iter_mut().zip(&year.monthly) {
            *sum += month.ac_kwh;
        }
        self.min_yield = self.min_yield.min(specific);
        self.max_yield = self.max_yield.max(specific);
        self.sum_yield += specific;
        self.sum_yield_squared += specific * specific;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to the classes")]
        let class = (specific / CLASS).clamp(0.0, (CLASSES - 1) as f64) as usize;
        self.classes[class] += 1;
    }

    /// Takes another summary in. The order of merging decides the last bits of the sums.
    pub fn merge(&mut self, other: &Summary) {
        self.plants += other.plants;
        self.capacity_kw += other.capacity_kw;
        self.ac_kwh += other.ac_kwh;
        self.dc_kwh += other.dc_kwh;
        for (sum, more) in self.monthly_ac_kwh.iter_mut().zip(&other.monthly_ac_kwh) {
            *sum += more;
        }
        self.min_yield = self.min_yield.min(other.min_yield);
        self.max_yield = self.max_yield.max(other.max_yield);
        self.sum_yield += other.sum_yield;
        self.sum_yield_squared += other.sum_yield_squared;
        for (count, more) in self.classes.iter_mut().zip(&other.classes) {
            *count += more;
        }
    }

    /// Mean of the plants' specific yields, kWh/kW; NaN for an empty fleet.
    pub fn mean_yield(&self) -> f64 {
        self.sum_yield / self.plants as f64
    }

    /// Standard deviation of the plants' specific yields, kWh/kW; NaN for fewer than two.
    pub fn sd_yield(&self) -> f64 {
        let n = self.plants as f64;
        let variance = (self.sum_yield_squared - self.sum_yield * self.sum_yield / n) / (n - 1.0);
        if variance < 0.0 { 0.0 } else { variance.sqrt() }
    }

    /// Specific yield below which this share of the plants lies, kWh/kW, to the 5 kWh/kW of a class;
    /// NaN for an empty fleet.
    pub fn quantile_yield(&self, share: f64) -> f64 {
        let wanted = share.clamp(0.0, 1.0) * self.plants as f64;
        let mut below = 0.0;
        for (class, &count) in self.classes.iter().enumerate() {
            let here = count as f64;
            if here > 0.0 && below + here >= wanted {
                let within = CLASS * (class as f64 + (wanted - below) / here);
                return within.clamp(self.min_yield, self.max_yield);
            }
            below += here;
        }
        f64::NAN
    }
}

/// Jobs that one task takes: the same for any number of threads, so that the sums are too.
const CHUNK: usize = 4;
/// Tasks whose summaries wait for their turn at once.
const WINDOW: usize = 512;

/// Simulates `count` plants on all threads of the current rayon pool. `job` makes the plant and weather
/// of an index; `done` is called after each plant, in no order, from any thread.
///
/// Sun tables are shared by all weathers on one time axis. One thread and many give the same bits.
///
/// # Errors
/// The error of the first job (by index within its window) that fails.
pub fn fleet<'a>(
    count: usize,
    job: impl Fn(usize) -> Result<Job<'a>> + Sync,
    done: impl Fn(&Year) + Sync,
) -> Result<Summary> {
    let tables = Tables::default();
    let mut total = Summary::default();
    for window in (0..count).step_by(CHUNK * WINDOW) {
        let chunks: Vec<usize> = (window..count.min(window + CHUNK * WINDOW)).step_by(CHUNK).collect();
        let summaries: Vec<Result<Summary>> = chunks
            .into_par_iter()
            .map_init(Shared::default, |shared, first| {
                let mut summary = Summary::default();
                for index in first..count.min(first + CHUNK) {
                    let year = shared.simulate(&job(index)?, &tables)?;
                    summary.add(&year);
                    done(&year);
                }
                Ok(summary)
            })
            .collect();
        for summary in summaries {
            total.merge(&summary?);
        }
    }
    Ok(total)
}

/// What one job leaves for the next.
#[derive(Default)]
struct Shared {
    /// The last borrowed weather: only that outlives its job, so only its address names it.
    weather: Option<*const Weather>,
    /// Its daylight, once a second job wanted it.
    daylight: Option<Daylight>,
}

impl Shared {
    fn simulate(&mut self, job: &Job<'_>, tables: &Tables) -> Result<Year> {
        let (plant, weather): (&Plant, &Weather) = (&job.plant, &job.weather);
        let address = match &job.weather {
            Cow::Borrowed(weather) => Some(std::ptr::from_ref(*weather)),
            Cow::Owned(_) => None,
        };
        // A plant that makes the weather anew for itself shares nothing.
        let as_given = matches!(plant.prepared(weather)?, Cow::Borrowed(_));
        let again = as_given && address.is_some() && address == self.weather;
        if !again {
            (self.weather, self.daylight) = (address, None);
            return plant.simulate_with(weather, &tables.of(weather.axis()));
        }
        let models = SkyModels::from(&plant.models);
        let daylight = match self.daylight.take() {
            Some(daylight) if daylight.models() == models => daylight,
            _ => Daylight::of(weather, &tables.of(weather.axis()), models)?,
        };
        plant.simulate_on(self.daylight.insert(daylight), weather)
    }
}

/// Sun tables by time axis.
#[derive(Default)]
struct Tables {
    tables: Mutex<Vec<Arc<SunTable>>>,
}

/// How many time axes a fleet keeps tables for.
const MOST_TABLES: usize = 32;

impl Tables {
    fn of(&self, axis: &Arc<TimeAxis>) -> Arc<SunTable> {
        let known = |tables: &[Arc<SunTable>]| {
            tables.iter().find(|t| Arc::ptr_eq(t.axis(), axis) || **t.axis() == **axis).map(Arc::clone)
        };
        let lock = || self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = known(&lock()) {
            return table;
        }
        let table = Arc::new(SunTable::new(Arc::clone(axis)));
        let mut tables = lock();
        // Another thread may have been faster.
        if let Some(table) = known(&tables) {
            return table;
        }
        if tables.len() == MOST_TABLES {
            tables.remove(0);
        }
        tables.push(Arc::clone(&table));
        table
    }
}
