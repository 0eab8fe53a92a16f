//! Hourly years from a station's monthly climate.
//!
//! 1. **Days.** The clearness index of the days has the month's mean, standard deviation and bounds (Johnson's
//!    `S_B` distribution between 0.03 and a very clear sky) and the station's lag-1 autocorrelation (a Gaussian
//!    autoregression, mapped; Graham, Hollands & Unny 1988). Monthly irradiation is the table's.
//! 2. **Hours.** Collares-Pereira & Rabl's (1979) mean profile over the sun of each record, with hourly scatter after
//!    Aguiar & Collares-Pereira (1992), bounded by a very clear sky.
//! 3. **Diffuse.** Erbs et al. (1982), with one factor a month on the odds of the diffuse fraction, so that the month's
//!    diffuse irradiation is the table's; DNI closes: GHI = DNI cos Z + DHI with the sun of the record.
//! 4. **Temperature.** Between the month's mean minimum and maximum with the sun, wider on clear days than on dull
//!    ones (Bristow & Campbell 1984), with the month's mean.
//! 5. **Wind.** The climate table has none: one constant.
//!
//! The years of [`Weather::synthetic_years`] differ by a normal factor on the whole year's irradiation, of the
//! station's standard deviation, and by their random days.
//!
//! # What it is good for, and what not
//! Good for yields of a plant by month and year, their spread from year to year, self-consumption against a load, and
//! the wear of a store over runs of dull days. In size the hours look like weather: at Jinan 590 h a year above
//! 600 W/m2, 115 above 800, the most 955; overcast hours all diffuse, clear ones 14 to 20 %; DNI up to 910 W/m2, up to
//! 1050 in Tibet. Known shortcomings:
//! - The temperature of a day does not depend on the day before: no cold spells, no heat waves, no extremes to size
//!   strings by.
//! - Within a month, hours of one clearness have nearly one diffuse fraction, while real skies scatter widely about
//!   Erbs' curve; and clear days end at one edge, the very clear sky of 0.8 times the month's turbidity, so
//!   no hour is brighter by broken cloud.
//! - Hours are means: inverter clipping within the hour is missed.
//! - Sunny years have the diffuse share of average ones, and all months of a year are sunny or dull together, so single
//!   months vary from year to year less than real ones do.
//! - Stations do not share their weather: sums over plants of one region vary too little.
//! - The table itself is uncertain: other sources of irradiation differ from it by 5 to 10 %.

mod days;
mod geometry;
mod hours;
mod random;
mod solve;
mod temperature;

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use self::geometry::Geometry;
use self::random::{Normals, Purpose};
use super::climate::Station;
use super::{Columns, Note, Severity, Weather};
use crate::error::{Result, check_range};
use crate::time::Values;

/// Of a month's light at most this part is diffuse. Three rows of the table say more than all, since their diffuse
/// means come from fewer days.
const MOST_DIFFUSE: f64 = 0.99;

/// How a synthetic year is made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SyntheticOptions {
    /// Names the random numbers: the same seed, station and variant give the same bits on any machine.
    pub seed: u64,
    /// `None`: the average year, with the table's monthly irradiation. `Some(i)`: the year number `i` among years
    /// that vary as the station's do.
    pub variant: Option<u32>,
    /// Wind speed at the height of the modules, constant, 0 to 30 m/s.
    pub wind_speed: f64,
}

impl Default for SyntheticOptions {
    fn default() -> Self {
        Self { seed: 0, variant: None, wind_speed: 2.0 }
    }
}

/// A station's climate made ready for one calendar year: prepare once, make many years.
///
/// # The model
/// - **Days.** Clearness index with the month's mean and standard deviation, bounded by 0.03 and a very clear sky
///   (Johnson's `S_B` distribution), and the station's lag-1 autocorrelation (Graham, Hollands & Unny 1988, in kind).
/// - **Hours.** Profile of Collares-Pereira & Rabl (1979), scatter of Aguiar & Collares-Pereira (1992).
/// - **Diffuse.** Erbs et al. (1982), fitted to the month's diffuse irradiation; DNI closes with the sun of the record.
/// - **Temperature.** Mean, mean minimum and mean maximum of the month, wider on clear days (Bristow & Campbell 1984).
/// - **Wind.** One constant.
///
/// Fit for monthly and annual yields, their spread, self-consumption and stores. Not for temperature extremes,
/// clipping within the hour or the common weather of neighbouring plants.
///
/// # Examples
/// ```
/// use rooftop_pv::weather::{climate, SyntheticClimate, SyntheticOptions};
/// let prepared = SyntheticClimate::new(climate::station("Jinan")?, 2025)?;
/// let sunny = prepared.year(&SyntheticOptions { seed: 7, variant: Some(3), ..Default::default() })?;
/// assert_eq!(sunny.len(), 8760);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SyntheticClimate {
    station: Station,
    geometry: Geometry,
}

impl SyntheticClimate {
    /// Looks up the sun over the station for all hours of a year, 1900 to 2199.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) for a year or a figure of the station that cannot be.
    pub fn new(station: &Station, year: i32) -> Result<Self> {
        station.validate()?;
        Ok(Self { geometry: Geometry::new(station, year)?, station: station.clone() })
    }

    /// One year of it, 8760 or 8784 hours.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) for an impossible wind speed.
    pub fn year(&self, options: &SyntheticOptions) -> Result<Weather> {
        check_range("wind_speed", options.wind_speed, 0.0, 30.0, "m/s")?;
        let (station, geometry) = (&self.station, &self.geometry);
        let stream = options.variant.map_or(0, |variant| u64::from(variant) + 1);
        let normals = |purpose| Normals::new(options.seed, &station.id, stream, purpose);
        let factor = match options.variant {
            None => 1.0,
            // Bounded far outside what a station's years do.
            Some(_) => (1.0 + 0.01 * station.sigma_year_pct * normals(Purpose::Year).draw()).clamp(0.5, 1.5),
        };
        let days = days::draw(station, geometry, factor, &mut normals(Purpose::Days));
        let ghi = hours::global(geometry, &days, &mut normals(Purpose::Hours));
        let temp_air = temperature::hourly(station, geometry, &days);
        let track = geometry::sun(&geometry.table, &station.site, Values::Series(&temp_air))?;
        let mut dhi_month = [0.0; 12];
        let mut capped = false;
        for (month, wanted) in dhi_month.iter_mut().enumerate() {
            let most = MOST_DIFFUSE * station.ghi_kwh_m2_day[month];
            capped |= station.dhi_kwh_m2_day[month] > most;
            let daily = station.dhi_kwh_m2_day[month].min(most);
            *wanted = 1000.0 * daily * factor * geometry.months[month].len() as f64;
        }
        let split = hours::split(geometry, &track, &ghi, &dhi_month);
        let n = geometry.axis.len();
        let columns = Columns {
            ghi: track.expand(&ghi, 0.0),
            dni: track.expand(&split.dni, 0.0),
            dhi: track.expand(&split.dhi, 0.0),
            temp_air,
            wind_speed: vec![options.wind_speed; n],
            ..Columns::default()
        };
        let kind =
            options.variant.map_or_else(|| "average year".to_owned(), |variant| format!("varied year {variant}"));
        let source = format!(
            "synthetic hours from the monthly climate of {} ({}), {kind}, seed {}",
            station.name, station.id, options.seed
        );
        let mut weather = Weather::new(station.site, Arc::clone(&geometry.axis), columns, source)?;
        weather.made_by.synthetic = true;
        Ok(weather.with_notes(notes(options, capped)))
    }
}

fn notes(options: &SyntheticOptions, capped: bool) -> Vec<Note> {
    let wind = format!(
        "wind is constant at {} m/s at the height of the modules: the climate table has no wind; give your own where you \
         know it",
        options.wind_speed
    );
    let made =
        "hours are made by a random model from monthly means: fit for monthly and annual yields, not for extremes";
    let mut notes: Vec<Note> =
        [made.to_owned(), wind].into_iter().map(|text| Note { severity: Severity::Info, text }).collect();
    if capped {
        let text = "a month's diffuse irradiation exceeded the global and was set to 99 % of it".to_owned();
        notes.push(Note { severity: Severity::Repair, text });
    }
    notes
}

impl Weather {
    /// An average year from a station's monthly climate: hourly, all hours of that calendar year in local time.
    ///
    /// Monthly global and diffuse irradiation and mean temperature are the table's. The same station, year and
    /// seed give the same bits on every machine. How the hours are made, and what they are good
    /// for, says [`SyntheticClimate`]; wind is constant at 2 m/s, see [`SyntheticOptions`].
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) for a year outside 1900 to 2199 or an impossible station.
    ///
    /// # Examples
    /// ```
    /// use rooftop_pv::{Weather, weather::climate};
    /// let jinan = climate::station("Jinan")?;
    /// let weather = Weather::synthetic(jinan, 2025, 1)?;
    /// assert!((weather.ghi_kwh_m2() / jinan.ghi_kwh_m2_year() - 1.0).abs() < 1e-3);
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    pub fn synthetic(station: &Station, year: i32, seed: u64) -> Result<Self> {
        SyntheticClimate::new(station, year)?.year(&SyntheticOptions { seed, ..SyntheticOptions::default() })
    }

    /// `n` equally likely renditions of one calendar year, whose annual irradiation varies as the station's does.
    ///
    /// Every month of a rendition has the table's irradiation times that rendition's factor. Rendition `i` is the same
    /// whatever `n`, and on any number of threads. All share one time axis, so one sun table serves
    /// them; each takes 0.35 MB. To make them one by one, use [`SyntheticClimate`].
    ///
    /// # Errors
    /// As [`Weather::synthetic`].
    pub fn synthetic_years(station: &Station, year: i32, n: u32, seed: u64) -> Result<Vec<Self>> {
        let prepared = SyntheticClimate::new(station, year)?;
        (0..n)
            .into_par_iter()
            .map(|i| prepared.year(&SyntheticOptions { seed, variant: Some(i), ..SyntheticOptions::default() }))
            .collect()
    }
}
