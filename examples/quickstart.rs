//! The crate in thirty lines: a roof, a year of weather, its energy and the CO2 that it replaces.
//!
//! `cargo run --release --example quickstart`

use rooftop_pv::weather::climate;
use rooftop_pv::{Plant, Weather, carbon};

fn main() -> rooftop_pv::Result<()> {
    let plant = Plant::from_toml(
        r#"
        [site]
        latitude = 36.68
        longitude = 117.53

        [[array]]
        capacity_kw = 500.0
        tilt_deg = 10.0
        azimuth_deg = 180.0
        "#,
        "quickstart",
    )?;
    let near = climate::nearest(plant.site.latitude, plant.site.longitude, plant.site.elevation_m)?;
    let weather = Weather::synthetic(near.station, 2025, 1)?;
    let year = plant.simulate(&weather)?;
    let grid = carbon::grid_factor("Shandong", None)?;

    println!("{} at {:.0} km", near.station.name, near.distance_km);
    println!("{:.0} kWh, {:.0} kWh/kW", year.ac_kwh, year.specific_yield_kwh_per_kw);
    println!("performance ratio {:.3}", year.performance_ratio);
    println!("{:.0} t CO2 a year by {grid}", carbon::avoided(year.ac_kwh, grid).co2_t);
    Ok(())
}
