//! Sites, plants and weather for the benchmarks, made by the same few formulas on every machine.

use std::f64::consts::TAU;
use std::sync::Arc;

use rooftop_pv::sky::{absolute_airmass, erbs, extra_radiation_spencer, ineichen, kasten_young_1989};
use rooftop_pv::sun::SunTable;
use rooftop_pv::{Columns, Plant, Site, SunAt, TimeAxis, Weather};

/// The calendar year of all benchmarks.
pub const YEAR: i32 = 2023;
/// Fixed offset of local time from UTC, h.
pub const UTC_OFFSET_H: f64 = 8.0;
/// Linke turbidity of the clear sky.
const TURBIDITY: f64 = 3.5;

/// One of a row of sites from Jinan southwards.
pub fn site(index: u32) -> Site {
    Site::new(36.68 - 0.05 * f64::from(index), 117.53, 100.0, UTC_OFFSET_H).expect("a site in Shandong or south of it")
}

/// The hours of [`YEAR`].
pub fn axis(sun_at: SunAt) -> TimeAxis {
    let hours = TimeAxis::hourly_year(YEAR, site(0).utc_offset_s()).expect("a year that the axis allows");
    hours.with_sun_at(sun_at).expect("every interval has a middle")
}

/// A year of weather: a clear sky dimmed by a factor a day, taken apart by Erbs.
pub fn weather(index: u32, table: &SunTable) -> Weather {
    let (site, axis) = (site(index), Arc::clone(table.axis()));
    let mut columns = Columns::default();
    for (hour, cos_zenith) in table.cos_zenith(&site, 0.0).into_iter().enumerate() {
        let (day, of_day) = (hour / 24, hour % 24);
        let zenith = cos_zenith.acos().to_degrees();
        let dni_extra = extra_radiation_spencer((day + 1) as f64);
        let airmass = absolute_airmass(kasten_young_1989(zenith), site.pressure());
        let ghi = ineichen(zenith, airmass, TURBIDITY, site.elevation_m, dni_extra).ghi * daily_factor(index, day);
        let parts = erbs(ghi, zenith, dni_extra);
        columns.ghi.push(ghi);
        columns.dni.push(parts.dni);
        columns.dhi.push(parts.dhi);
        let season = TAU * (day as f64 - 20.0) / 365.0;
        let clock = TAU * (of_day as f64 - 9.0) / 24.0;
        columns.temp_air.push(13.0 - 14.0 * season.cos() + 5.0 * clock.sin());
        columns.wind_speed.push(2.5 + 1.5 * (hour as f64 / 7.0).sin().powi(2));
    }
    Weather::new(site, axis, columns, "clear sky by a factor a day").expect("possible weather")
}

/// From 0.25 to 1, without a visible order.
fn daily_factor(index: u32, day: usize) -> f64 {
    let bits = ((day + 1) as u64 * 1000 + u64::from(index)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let bits = (bits ^ (bits >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    0.25 + 0.75 * ((bits >> 40) as f64 / f64::from(1 << 24))
}

/// A 10 kW roof with the crate's default models and an inverter that takes 9 kW.
pub fn plant(site: &Site, tilt_deg: f64, azimuth_deg: f64) -> Plant {
    let Site { latitude, longitude, elevation_m, utc_offset_h } = site;
    let text = format!(
        "[site]\nlatitude = {latitude}\nlongitude = {longitude}\nelevation_m = {elevation_m}\n\
         utc_offset_h = {utc_offset_h}\n\
         [[array]]\ncapacity_kw = 10\ntilt_deg = {tilt_deg}\nazimuth_deg = {azimuth_deg}\nmounting = \"open_rack\"\n\
         gamma_pdc = -0.0035\n[inverter]\ncapacity_kw = 8.64\nefficiency = 0.96\n"
    );
    Plant::from_toml(&text, "bench.toml").expect("a plant that can be")
}
