//! A plant's years: energy, coal and CO2 under everything that is uncertain about them.

use serde::Serialize;

use super::inputs::{Inputs, MAX_SOBOL_INPUTS, Sampling};
use super::life_inputs::LifeInputs;
use super::response::Response;
use super::sensitivity::{SobolIndex, Swing, sobol_indices, tornado};
use super::study::{Draw, Study};
use crate::carbon::{Factor, resolve};
use crate::error::{Result, check_range};
use crate::plant::Plant;
use crate::weather::Weather;

/// Names of the inputs that hold for all of a life, in the order of a row.
const LIFE_LONG: [&str; 10] = [
    "irradiation data",
    "transposition",
    "rating",
    "soiling",
    "snow",
    "other losses",
    "degradation",
    "grid factor",
    "grid decline",
    "coal per kWh",
];

/// Names of what every year has of its own; a row has them for each year after the life-long ones.
const YEARLY: [&str; 2] = ["weather of a year", "availability of a year"];

/// The outputs of [`PlantLife::study`], in their order: of the first year, a mean year of the first ten, and all years.
pub const OUTPUTS: [&str; 9] = [
    "kWh in the first year",
    "kWh a year, mean of ten",
    "kWh in the life",
    "t coal in the first year",
    "t coal a year, mean of ten",
    "t coal in the life",
    "t CO2 in the first year",
    "t CO2 a year, mean of ten",
    "t CO2 in the life",
];

/// What a year yields and saves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct LifeYear {
    /// AC energy, kWh.
    pub ac_kwh: f64,
    /// Standard coal, t.
    pub coal_t: f64,
    /// CO2, t.
    pub co2_t: f64,
}

/// A plant's life as a function of uncertain inputs.
///
/// # Examples
/// ```
/// use rooftop_pv::uncertainty::{Draw, LifeInputs, PlantLife};
/// use rooftop_pv::{Plant, Weather, weather::climate};
/// let (plant, station) = (Plant::jidong()?, climate::station("Zhangqiu")?);
/// let life = PlantLife::new(&plant, &Weather::synthetic(station, 2025, 1)?, &LifeInputs::at_station(station))?;
/// let study = life.study(&Draw { samples: 1000, ..Draw::default() })?;
/// let first_year = study.spread(0).unwrap();
/// assert!(first_year.p90 < first_year.p50);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PlantLife {
    response: Response,
    inputs: Inputs,
    years: usize,
    /// Loss from the first year to the second, where it is not that of every year.
    first_year: Option<f64>,
    factor: Factor,
}

impl PlantLife {
    /// Prepares a plant under a mean year's weather. Years and emission factor are the plant's own.
    ///
    /// # Errors
    /// Those of [`Plant::simulate`] and [`resolve`]; [`Error::OutOfRange`](crate::Error::OutOfRange) for a distribution that cannot be, a
    /// life of no year or of more than 100.
    pub fn new(plant: &Plant, weather: &Weather, inputs: &LifeInputs) -> Result<Self> {
        let years = plant.lifetime.years;
        check_range("lifetime.years", f64::from(years), 1.0, 100.0, "years")?;
        let hours = weather.len() as f64 * weather.axis().step_h();
        check_range("length of the weather series", hours, 8736.0, 8784.0, "h: a life is made of whole years")?;
        inputs.validate()?;
        let LifeInputs {
            weather_year,
            irradiation,
            models,
            rating,
            soiling,
            snow,
            other,
            availability,
            degradation,
            grid_factor,
            grid_decline,
            coal_kgce_per_kwh,
        } = inputs;
        let long = [
            irradiation,
            models,
            rating,
            soiling,
            snow,
            other,
            degradation,
            grid_factor,
            grid_decline,
            coal_kgce_per_kwh,
        ];
        let mut named = Inputs::new();
        for (name, distribution) in LIFE_LONG.into_iter().zip(long) {
            named = named.with(name, distribution.clone())?;
        }
        for year in 1..=years {
            for (name, distribution) in YEARLY.into_iter().zip([weather_year, availability]) {
                named = named.with(format!("{name} {year}"), distribution.clone())?;
            }
        }
        Ok(Self {
            response: Response::new(plant, weather)?,
            inputs: named,
            years: years as usize,
            first_year: plant.lifetime.first_year,
            factor: resolve(&plant.carbon)?,
        })
    }

    /// All inputs: those of a life, then those of each year.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The same life with two of its inputs correlated; see [`Inputs::correlate`].
    ///
    /// # Errors
    /// As [`Inputs::correlate`].
    pub fn correlate(mut self, one: &str, other: &str, correlation: f64) -> Result<Self> {
        self.inputs = self.inputs.correlate(one, other, correlation)?;
        Ok(self)
    }

    /// The emission factor of the first year.
    pub fn factor(&self) -> &Factor {
        &self.factor
    }

    /// The years of a life from a row of inputs.
    pub fn years<'a>(&'a self, row: &'a [f64]) -> impl Iterator<Item = LifeYear> + 'a {
        let [irradiation, models, rating, soiling, snow, other, degradation, grid, decline, coal] =
            std::array::from_fn(|i| row.get(i).copied().unwrap_or(f64::NAN));
        let yearly = row.get(LIFE_LONG.len()..).unwrap_or_default().as_chunks::<2>().0;
        // What a normal distribution draws below zero counts as nothing.
        let part = |value: f64| value.max(0.0);
        let sun = part(irradiation) * part(models);
        let mut dc = part(rating) * part(soiling) * part(snow) * part(other);
        let mut kg_per_kwh = self.factor.value * part(grid);
        yearly.iter().enumerate().map(move |(index, [weather_year, availability])| {
            // E_k = AC(sun_k, dc (1 − d₁)(1 − d)^(k−2)) a_k
            let ac_kwh = self.response.ac_kwh(sun * part(*weather_year), dc) * part(*availability);
            let year = LifeYear { ac_kwh, coal_t: ac_kwh * part(coal) / 1000.0, co2_t: ac_kwh * kg_per_kwh / 1000.0 };
            let step = self.first_year.filter(|_| index == 0).unwrap_or(degradation);
            dc *= 1.0 - step.clamp(0.0, 1.0);
            // A grid may also get dirtier: the decline is below zero then.
            kg_per_kwh *= 1.0 - decline.min(1.0);
            year
        })
    }

    /// Energy, coal and CO2 of a row: the numbers of [`OUTPUTS`].
    pub fn outputs(&self, row: &[f64]) -> [f64; 9] {
        let mut sums = [[0.0; 3]; 3];
        let tenth = self.years.min(10);
        for (index, year) in self.years(row).enumerate() {
            for (sums, value) in sums.iter_mut().zip([year.ac_kwh, year.coal_t, year.co2_t]) {
                sums[0] += if index == 0 { value } else { 0.0 };
                sums[1] += if index < tenth { value / tenth as f64 } else { 0.0 };
                sums[2] += value;
            }
        }
        std::array::from_fn(|i| sums[i / 3][i % 3])
    }

    /// Runs samples of the life. Lives of more than 43 years have more inputs than Sobol' points are there for: then a Latin
    /// hypercube is laid instead.
    ///
    /// # Errors
    /// As [`Study::run`].
    pub fn study(&self, draw: &Draw) -> Result<Study> {
        let too_many = self.inputs.names().len() > MAX_SOBOL_INPUTS && draw.sampling == Sampling::Sobol;
        let sampling = if too_many { Sampling::LatinHypercube } else { draw.sampling };
        Study::run(&self.inputs, &Draw { sampling, ..*draw }, &OUTPUTS, |row, out| {
            out.copy_from_slice(&self.outputs(row));
        })
    }

    /// The inputs as one takes them together: what holds for a life by itself, what every year has of its own as one.
    pub fn groups(&self) -> Vec<(String, Vec<usize>)> {
        let long = LIFE_LONG.iter().enumerate().map(|(position, name)| ((*name).to_owned(), vec![position]));
        let yearly = YEARLY.iter().enumerate().map(|(kind, name)| {
            let positions = (LIFE_LONG.len() + kind..self.inputs.names().len()).step_by(YEARLY.len());
            ((*name).to_owned(), positions.collect())
        });
        long.chain(yearly).collect()
    }

    /// How much each group of inputs explains of an output of [`OUTPUTS`].
    ///
    /// # Errors
    /// As [`sobol_indices`].
    pub fn sobol_indices(&self, output: usize, draw: &Draw) -> Result<Vec<SobolIndex>> {
        let output = checked(output)?;
        sobol_indices(&self.inputs, &self.groups(), draw, |row| self.outputs(row)[output])
    }

    /// The swings of an output of [`OUTPUTS`], widest first; yearly inputs are moved in all years at once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) for an output that there is not.
    pub fn tornado(&self, output: usize) -> Result<Vec<Swing>> {
        let output = checked(output)?;
        Ok(tornado(&self.inputs, &self.groups(), |row| self.outputs(row)[output]))
    }
}

fn checked(output: usize) -> Result<usize> {
    check_range("output", output as f64, 0.0, (OUTPUTS.len() - 1) as f64, "")?;
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::super::Distribution;
    use super::*;
    use crate::carbon::COAL_CONVENTIONS;
    use crate::weather::climate;

    fn jidong() -> (Plant, Weather) {
        let station = climate::station("Zhangqiu").unwrap();
        (Plant::jidong().unwrap(), Weather::synthetic(station, 2025, 1).unwrap())
    }

    fn certain(plant: &Plant) -> LifeInputs {
        LifeInputs::certain(plant.lifetime.degradation, &COAL_CONVENTIONS[0])
    }

    #[test]
    fn without_uncertainty_it_is_the_simulation() {
        let (mut plant, weather) = jidong();
        let life = PlantLife::new(&plant, &weather, &certain(&plant)).unwrap();
        let found: Vec<f64> = life.years(&life.inputs().at(0.5)).map(|year| year.ac_kwh).collect();
        assert_eq!(found.len(), 25);
        for (age, found) in (0..).zip(&found) {
            plant.losses.age = 1.0 - (1.0 - plant.lifetime.degradation).powi(age);
            let wanted = plant.simulate(&weather).unwrap().ac_kwh;
            approx::assert_relative_eq!(*found, wanted, max_relative = 1e-5);
        }
        // A compound factor on the first year's AC leaves out that an inverter is a little worse at less load.
        plant.losses.age = 0.0;
        let compound: f64 = plant.simulate(&weather).unwrap().lifetime_kwh(&plant.lifetime).iter().sum();
        approx::assert_relative_eq!(found.iter().sum::<f64>(), compound, max_relative = 1e-3);
        let outputs = life.outputs(&life.inputs().at(0.5));
        approx::assert_relative_eq!(outputs[6], found[0] * 0.6191 / 1000.0, max_relative = 1e-12);
        approx::assert_relative_eq!(
            outputs[3],
            found[0] * COAL_CONVENTIONS[0].kgce_per_kwh / 1000.0,
            max_relative = 1e-12
        );
        let dirtier =
            LifeInputs { grid_decline: Distribution::Fixed(-0.02), ..LifeInputs::certain(0.0, &COAL_CONVENTIONS[0]) };
        let dirtier = PlantLife::new(&plant, &weather, &dirtier).unwrap();
        let years: Vec<LifeYear> = dirtier.years(&dirtier.inputs().at(0.5)).collect();
        approx::assert_relative_eq!(years[1].co2_t, 1.02 * years[0].co2_t, max_relative = 1e-12);
        approx::assert_relative_eq!(outputs[1], found[..10].iter().sum::<f64>() / 10.0, max_relative = 1e-12);
    }

    #[test]
    fn the_response_is_the_simulation() {
        let (plant, weather) = jidong();
        let response = Response::new(&plant, &weather).unwrap();
        let points = super::super::uniforms(60, 2, 5, super::super::Sampling::Sobol).unwrap();
        let mut worst = 0.0_f64;
        for point in points.as_chunks::<2>().0 {
            let (sun, dc) = (0.55 + 0.9 * point[0], 0.45 + 1.0 * point[1]);
            let mut columns = weather.columns().clone();
            for column in [&mut columns.ghi, &mut columns.dni, &mut columns.dhi] {
                for value in column {
                    *value *= sun;
                }
            }
            let scaled = Weather::new(*weather.site(), weather.axis().clone(), columns, "scaled").unwrap();
            // The same DC in another way: more modules on the same inverters.
            let mut same = plant.clone();
            same.inverter.capacity_kw = Some(plant.ac_capacity_kw());
            same.inverter.dc_ac_ratio = None;
            same.array[0].capacity_kw *= dc;
            same.array[0].roof_area_m2 = None;
            let wanted = same.simulate(&scaled).unwrap().ac_kwh;
            worst = worst.max((response.ac_kwh(sun, dc) / wanted - 1.0).abs());
        }
        println!("response against simulation: worst {worst:.1e}");
        assert!(worst < 1e-5, "{worst:e}");
        // Less DC by a loss is less DC by the factor.
        let mut dirty = plant.clone();
        dirty.losses.soiling = 1.0 - 0.9 * (1.0 - plant.losses.soiling);
        let wanted = dirty.simulate(&weather).unwrap().ac_kwh;
        approx::assert_relative_eq!(response.ac_kwh(1.0, 0.9), wanted, max_relative = 1e-5);
    }

    #[test]
    fn spread_of_a_first_year_is_near_the_root_of_squares() {
        let (plant, weather) = jidong();
        let life = PlantLife::new(&plant, &weather, &LifeInputs::default()).unwrap();
        let study = life.study(&Draw::default()).unwrap();
        let first = study.spread(0).unwrap();
        // Thevenard & Pelland's seven are 9.46 %; availability adds 0.8 %, clipping and heat take a little.
        let relative = 100.0 * first.sd / first.mean;
        println!("first year: {relative:.2} %");
        assert!(relative > 8.6 && relative < 9.5, "{relative}");
        // Years' own weather evens out over ten.
        let ten = study.spread(1).unwrap();
        assert!(ten.sd / ten.mean < first.sd / first.mean);
        assert!(first.p99 < first.p95 && first.p95 < first.p90 && first.p90 < first.p75 && first.p75 < first.p50);
        let indices = life.sobol_indices(0, &Draw { samples: 1024, ..Draw::default() }).unwrap();
        let sum: f64 = indices.iter().map(|index| index.first).sum();
        assert!((sum - 1.0).abs() < 0.1, "{sum}: {indices:?}");
        let of = |name: &str| indices.iter().find(|index| index.name == name).unwrap();
        assert!(of("irradiation data").first > 0.2 && of("grid decline").total.abs() < 1e-12);
        assert_eq!(life.tornado(2).unwrap().len(), 12);
        assert!(life.tornado(9).is_err());
    }

    #[test]
    fn threads_do_not_change_a_bit() {
        let (plant, weather) = jidong();
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let life = PlantLife::new(&plant, &weather, &LifeInputs::default()).unwrap();
                (life.clone(), life.study(&Draw { samples: 500, ..Draw::default() }).unwrap())
            })
        };
        let one = run(1);
        assert_eq!(one, run(2));
        assert_eq!(one, run(7));
    }

    #[test]
    fn lives_that_cannot_be_are_refused() {
        let (mut plant, weather) = jidong();
        let bad = LifeInputs { soiling: Distribution::Normal { mean: 1.0, sd: -0.1 }, ..LifeInputs::default() };
        let said = PlantLife::new(&plant, &weather, &bad).unwrap_err().to_string();
        assert!(said.contains("soiling"), "{said}");
        // Percent for a factor, and a day for a year.
        let percent =
            LifeInputs { irradiation: Distribution::Normal { mean: 100.0, sd: 5.0 }, ..LifeInputs::default() };
        let said = PlantLife::new(&plant, &weather, &percent).unwrap_err().to_string();
        assert!(said.contains("middle of irradiation"), "{said}");
        let day = weather.years()[0].axis().start(0);
        let starts: Vec<i64> = (0..24).map(|hour| day + 3600 * hour).collect();
        let axis = crate::TimeAxis::new(starts, 3600, 28_800, crate::SunAt::default()).unwrap();
        let few = |column: &[f64]| column[..24].to_vec();
        let c = weather.columns();
        let columns = crate::Columns {
            ghi: few(&c.ghi),
            dni: few(&c.dni),
            dhi: few(&c.dhi),
            temp_air: few(&c.temp_air),
            wind_speed: few(&c.wind_speed),
            ..crate::Columns::default()
        };
        let short = Weather::new(*weather.site(), axis, columns, "a day").unwrap();
        assert!(PlantLife::new(&plant, &short, &LifeInputs::default()).is_err());
        // Sobol' points end at 43 years; longer lives are laid otherwise.
        plant.lifetime.years = 60;
        let long = PlantLife::new(&plant, &weather, &LifeInputs::default()).unwrap();
        assert!(long.study(&Draw { samples: 64, ..Draw::default() }).is_ok());
        plant.lifetime.years = 0;
        assert!(PlantLife::new(&plant, &weather, &LifeInputs::default()).is_err());
    }
}
