//! Sites, plants and weather for the benchmarks, made by the same few formulas on every machine.

use std::f64::consts::TAU;
use std::sync::Arc;

use rooftop_pv::plant::{
    Array, CarbonChoice, Incidence, Inverter, Lifetime, Losses, Models, Mounting, PlantSite, Stated, WeatherChoice,
};
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

/// A 10 kW roof with the crate's default models.
pub fn plant(site: &Site, tilt_deg: f64, azimuth_deg: f64) -> Plant {
    Plant {
        name: "bench".into(),
        site: PlantSite {
            latitude: site.latitude,
            longitude: site.longitude,
            elevation_m: Some(site.elevation_m),
            utc_offset_h: Some(site.utc_offset_h),
        },
        weather: WeatherChoice::default(),
        array: vec![Array {
            name: String::new(),
            roof_area_m2: None,
            capacity_kw: 10.0,
            tilt_deg,
            azimuth_deg,
            mounting: Mounting::OpenRack,
            gamma_pdc: -0.0035,
            albedo: None,
        }],
        inverter: Inverter { capacity_kw: Some(9.0 * 0.96), dc_ac_ratio: None, efficiency: 0.96 },
        losses: Losses::default(),
        lifetime: Lifetime::default(),
        models: Models::default(),
        carbon: CarbonChoice::default(),
        stated: Stated::default(),
    }
}

/// The same roof with the models of pvlib's `ModelChain` as the comparison runs it.
#[allow(dead_code, reason = "only the comparison needs it")]
pub fn plant_as_pvlib(site: &Site, tilt_deg: f64, azimuth_deg: f64) -> Plant {
    let mut plant = plant(site, tilt_deg, azimuth_deg);
    plant.models.incidence = Incidence::PhysicalBeam;
    plant.array[0].albedo = Some(0.25);
    plant
}
