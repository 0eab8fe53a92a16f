//! Parks that are described one by one, added up.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::plan::SYNTHETIC_YEAR;
use crate::carbon;
use crate::error::Result;
use crate::plant::Plant;
use crate::weather::{Weather, climate};

/// The parks of a district.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ParkSum {
    /// The district: the climate station of its parks.
    pub district: String,
    /// How many parks it has.
    pub parks: usize,
    /// DC capacity, kW.
    pub capacity_kw: f64,
    /// Energy a year, kWh.
    pub ac_kwh: f64,
    /// CO2 that it replaces, each park under its own factor, t a year.
    pub co2_t: f64,
}

/// Parks by the climate station that they name or that is nearest, each simulated under its synthetic year, whatever
/// weather file they name. The sums do not depend on the number of threads.
///
/// # Errors
/// Those of the climate, of [`Plant::simulate`] and of [`carbon::resolve`], of the first park that fails.
pub fn portfolio(parks: &[Plant]) -> Result<Vec<ParkSum>> {
    let one = |park: &Plant| -> Result<ParkSum> {
        let station = match &park.weather.climate {
            Some(name) => climate::station(name)?,
            None => climate::nearest(park.site.latitude, park.site.longitude, park.site.elevation_m)?.station,
        };
        let year = park.simulate(&Weather::synthetic(station, SYNTHETIC_YEAR, 1)?)?;
        Ok(ParkSum {
            district: format!("{}, {}", station.name, station.province),
            parks: 1,
            capacity_kw: year.capacity_kw,
            ac_kwh: year.ac_kwh,
            co2_t: carbon::avoided(year.ac_kwh, &carbon::resolve(&park.carbon)?).co2_t,
        })
    };
    let each: Vec<Result<ParkSum>> = parks.par_iter().map(one).collect();
    let mut sums: BTreeMap<String, ParkSum> = BTreeMap::new();
    for park in each {
        let park = park?;
        let sum = sums.entry(park.district.clone()).or_default();
        sum.district = park.district;
        sum.parks += park.parks;
        sum.capacity_kw += park.capacity_kw;
        sum.ac_kwh += park.ac_kwh;
        sum.co2_t += park.co2_t;
    }
    Ok(sums.into_values().collect())
}
