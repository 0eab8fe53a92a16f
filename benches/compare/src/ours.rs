//! The cases with this crate.

use std::sync::Arc;

use rooftop_pv::plant::{Incidence, Plant};
use rooftop_pv::simulate::{Daylight, Sweep, Year};
use rooftop_pv::sun::SunTable;
use rooftop_pv::{Columns, Site, SunAt, TimeAxis, Weather};

use crate::{Run, common};

/// What the cases share.
pub struct Ours<'a> {
    weathers: &'a [Weather],
    table: Arc<SunTable>,
    /// One plant a site with the models that pvlib is run with.
    plants: Vec<Plant>,
    daylight: Daylight,
    /// The crate as it comes: the sun in the middle of an interval's sunlit part, glass also before diffuse light.
    default_plant: Plant,
    default_table: Arc<SunTable>,
    default_weathers: Vec<Weather>,
}

fn monthly_sum(year: &Year) -> f64 {
    year.monthly.iter().map(|month| month.ac_kwh).sum()
}

impl<'a> Ours<'a> {
    pub fn new(table: SunTable, weathers: &'a [Weather]) -> Self {
        let table = Arc::new(table);
        let plants: Vec<Plant> = weathers
            .iter()
            .map(|weather| {
                let mut plant = common::plant(weather.site(), 30.0, 180.0);
                plant.models.incidence = Incidence::PhysicalBeam;
                plant.array[0].albedo = Some(0.25);
                plant
            })
            .collect();
        let daylight = Daylight::of(&weathers[0], &table, plants[0].models.transposition).expect("one axis");
        let default_axis = Arc::new(common::axis(SunAt::default()));
        let of_default_axis = |weather: &Weather| {
            Weather::new(*weather.site(), Arc::clone(&default_axis), weather.columns().clone(), weather.source())
                .expect("as before")
        };
        Self {
            default_plant: common::plant(weathers[0].site(), 30.0, 180.0),
            default_weathers: weathers.iter().map(of_default_axis).collect(),
            default_table: Arc::new(SunTable::new(default_axis)),
            weathers,
            table,
            plants,
            daylight,
        }
    }

    pub fn case(&mut self, name: &str) -> Option<Run<'_>> {
        let Self { weathers, table, plants, daylight, default_plant, default_table, default_weathers } = self;
        let sites = weathers.len();
        Some(match name {
            "cold" => {
                let (site, mut arrays) = (*weathers[0].site(), weathers[0].columns().clone());
                Box::new(move |_| {
                    let (kwh, back) = cold(site, std::mem::take(&mut arrays), &plants[0]);
                    arrays = back;
                    kwh
                })
            }
            "batch" => Box::new(move |k| {
                let (weather, plant) = (&weathers[k % sites], &plants[k % sites]);
                monthly_sum(&plant.simulate_with(weather, table).expect("a plant that can be"))
            }),
            "batch_default" => Box::new(move |k| {
                let weather = &default_weathers[k % sites];
                monthly_sum(&default_plant.simulate_with(weather, default_table).expect("a plant that can be"))
            }),
            "hourly_default" => Box::new(move |_| {
                monthly_sum(&default_plant.simulate(&default_weathers[0]).expect("a plant that can be"))
            }),
            "planes" => {
                let mut plant = plants[0].clone();
                Box::new(move |k| {
                    plant.array[0].tilt_deg = (k % 91) as f64;
                    monthly_sum(&plant.simulate_on(daylight, &weathers[0]).expect("a plant that can be"))
                })
            }
            "monte_carlo" | "monte_carlo_first" => {
                let hundredths = if name == "monte_carlo" { 100 } else { 1 };
                let mut sweep = Sweep::new(daylight, &weathers[0]).expect("its own weather");
                let mut plant = plants[0].clone();
                Box::new(move |k| {
                    plant.losses.soiling = 0.0005 * (k % hundredths) as f64;
                    plant.array[0].capacity_kw = 9.5 + 0.01 * (k % hundredths) as f64;
                    sweep.totals(&plant).expect("a plant that can be").monthly_ac_kwh.iter().sum()
                })
            }
            _ => return None,
        })
    }
}

/// From arrays of numbers to monthly sums, with nothing known before; the arrays come back.
fn cold(site: Site, columns: Columns, plant: &Plant) -> (f64, Columns) {
    let axis = TimeAxis::hourly_year(common::YEAR, site.utc_offset_s()).expect("a year that the axis allows");
    let axis = axis.with_sun_at(SunAt::Middle).expect("every interval has a middle");
    let weather = Weather::new(site, axis, columns, "cold").expect("as before");
    let table = SunTable::new(Arc::clone(weather.axis()));
    let kwh = monthly_sum(&plant.simulate_with(&weather, &table).expect("a plant that can be"));
    (kwh, weather.into_columns())
}
