//! The cases with the crate `pvlib-rust`.
//!
//! `cold` and `batch` run its whole chain, `BatchModelChain`: the sun by crate `spa` (an equation of time, neither
//! NREL's SPA nor refraction), Perez, Fresnel glass before the beam, a NOCT cell temperature without wind,
//! PVWatts DC, losses and inverter (whose rating it takes from the DC capacity). `planes` and `monte_carlo` call
//! its functions on columns, since the chain cannot keep anything: `planes` keeps sun, extraterrestrial irradiance and air
//! mass, `monte_carlo` also effective irradiance and cell temperature (Faiman).

use chrono::{DateTime, Datelike, NaiveDateTime};
use chrono_tz::{Etc::GMTMinus8, Tz};
use pvlib::batch::{
    BatchModelChain, WeatherSeries, airmass_relative_batch, extra_radiation_batch, faiman_batch, iam_physical_batch,
    pvwatts_ac_batch, solar_position_batch, total_irradiance_batch,
};
use pvlib::irradiance::{DiffuseModel, aoi};
use pvlib::location::Location;
use rooftop_pv::Weather;

use crate::Run;

const DC_W: f64 = 10_000.0;
const AZIMUTH: f64 = 180.0;
const ALBEDO: f64 = 0.25;
const GAMMA: f64 = -0.0035;
/// The product of PVWatts' losses.
const LOSSES: f64 = 0.140_756;

/// What the cases share.
pub struct PvlibRust<'a> {
    weathers: &'a [Weather],
    series: Vec<WeatherSeries>,
    month: Vec<usize>,
    sky: Sky,
    cells: Cells,
}

/// What planes share.
struct Sky {
    zenith: Vec<f64>,
    azimuth: Vec<f64>,
    dni_extra: Vec<f64>,
    airmass: Vec<f64>,
}

/// What samples share.
struct Cells {
    effective: Vec<f64>,
    temp_cell: Vec<f64>,
}

fn location(weather: &Weather) -> Location {
    let site = weather.site();
    Location::new(site.latitude, site.longitude, GMTMinus8, site.elevation_m, "")
}

/// Middles of the hours, UTC.
fn instants(weather: &Weather) -> Vec<NaiveDateTime> {
    let middle = |start: i64| DateTime::from_timestamp(start + 1800, 0).expect("a date").naive_utc();
    weather.axis().starts().map(middle).collect()
}

fn series(weather: &Weather) -> WeatherSeries {
    let c = weather.columns().clone();
    let times = instants(weather);
    WeatherSeries::from_utc(&times, "Etc/GMT-8", c.ghi, c.dni, c.dhi, c.temp_air, c.wind_speed).expect("a known zone")
}

fn months(times: &[DateTime<Tz>]) -> Vec<usize> {
    times.iter().map(|time| time.month0() as usize).collect()
}

/// kWh of the months' sums.
fn monthly_sum(ac_w: &[f64], month: &[usize]) -> f64 {
    let mut sums = [0.0; 12];
    for (power, month) in ac_w.iter().zip(month) {
        if power.is_finite() {
            sums[*month] += power / 1000.0;
        }
    }
    sums.iter().sum()
}

fn chain(weather: &Weather, series: &WeatherSeries) -> Vec<f64> {
    let chain = BatchModelChain::pvwatts(location(weather), 30.0, AZIMUTH, DC_W)
        .with_gamma_pdc(GAMMA)
        .with_inverter(9_000.0, 0.96)
        .with_albedo(ALBEDO)
        .with_transposition(DiffuseModel::Perez)
        .with_system_losses(LOSSES);
    chain.run(series).expect("a place on Earth").ac_power
}

impl Sky {
    fn new(weather: &Weather, series: &WeatherSeries) -> Self {
        let (zenith, azimuth, _) = solar_position_batch(&location(weather), &series.times).expect("a place on Earth");
        let days: Vec<i32> = series.times.iter().map(|time| time.ordinal().cast_signed()).collect();
        // Its chain passes no air mass in the dark; on columns there is only a number to pass.
        let airmass = airmass_relative_batch(&zenith).into_iter().map(|m| if m.is_nan() { 40.0 } else { m }).collect();
        Self { zenith, azimuth, dni_extra: extra_radiation_batch(&days), airmass }
    }

    fn cells(&self, tilt: f64, w: &WeatherSeries) -> Cells {
        let poa = total_irradiance_batch(
            tilt,
            AZIMUTH,
            &self.zenith,
            &self.azimuth,
            &w.dni,
            &w.ghi,
            &w.dhi,
            ALBEDO,
            DiffuseModel::Perez,
            &self.dni_extra,
            &self.airmass,
        );
        let angles: Vec<f64> = self.zenith.iter().zip(&self.azimuth).map(|(z, a)| aoi(tilt, AZIMUTH, *z, *a)).collect();
        let modifier = iam_physical_batch(&angles, 1.526, 4.0, 0.002);
        let global: Vec<f64> = poa.iter().map(|poa| poa.poa_global).collect();
        let effective = poa.iter().zip(&modifier).map(|(poa, m)| poa.poa_direct * m + poa.poa_diffuse).collect();
        Cells { effective, temp_cell: faiman_batch(&global, &w.temp_air, &w.wind_speed, 25.0, 6.84) }
    }
}

impl Cells {
    fn ac(&self, dc_w: f64, losses: f64) -> Vec<f64> {
        let power =
            |(light, temp): (&f64, &f64)| dc_w * light / 1000.0 * (1.0 + GAMMA * (temp - 25.0)) * (1.0 - losses);
        let dc: Vec<f64> = self.effective.iter().zip(&self.temp_cell).map(power).collect();
        pvwatts_ac_batch(&dc, 9_000.0, 0.96, 0.9637)
    }
}

impl<'a> PvlibRust<'a> {
    pub fn new(weathers: &'a [Weather]) -> Self {
        let series: Vec<WeatherSeries> = weathers.iter().map(series).collect();
        let sky = Sky::new(&weathers[0], &series[0]);
        Self { weathers, month: months(&series[0].times), cells: sky.cells(30.0, &series[0]), sky, series }
    }

    pub fn case(&mut self, name: &str) -> Option<Run<'_>> {
        let Self { weathers, series: all, month, sky, cells } = self;
        let sites = weathers.len();
        Some(match name {
            "cold" => Box::new(move |_| {
                let series = series(&weathers[0]);
                monthly_sum(&chain(&weathers[0], &series), &months(&series.times))
            }),
            "batch" => Box::new(move |k| monthly_sum(&chain(&weathers[k % sites], &all[k % sites]), month)),
            "planes" => Box::new(move |k| monthly_sum(&sky.cells((k % 91) as f64, &all[0]).ac(DC_W, LOSSES), month)),
            "monte_carlo" => Box::new(move |k| {
                let losses = 1.0 - (1.0 - LOSSES) / 0.98 * (1.0 - 0.0005 * (k % 100) as f64);
                monthly_sum(&cells.ac(9_500.0 + 10.0 * (k % 100) as f64, losses), month)
            }),
            _ => return None,
        })
    }
}
