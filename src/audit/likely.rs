//! How likely a yield is at a place, where nothing is known of the plant but that it lies on roofs.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::USUAL;
use super::interval::Interval;
use super::place::Place;
use crate::error::{Error, Result, check_range};
use crate::plant::{Losses, Mounting, Plant};
use crate::simulate::{Daylight, Sweep};
use crate::sun::SunTable;
use crate::uncertainty::{Distribution, Sampling, quantile_of, uniforms};
use crate::weather::{SyntheticClimate, SyntheticOptions, Weather};

/// What is believed of a roof plant of which nothing is known. The defaults are this crate's own judgement, made
/// from usual practice on industrial roofs; they are printed with every result and can be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Priors {
    /// Tilt, degrees: industrial roofs carry modules nearly flat, few are tilted for the most energy.
    pub tilt_deg: Distribution,
    /// Azimuth, degrees: roofs follow their street; in the northern hemisphere planners look for south.
    pub azimuth_deg: Distribution,
    /// All losses before the inverter, as a fraction; PVWatts takes 0.14.
    pub losses: Distribution,
    /// DC capacity over AC capacity.
    pub dc_ac_ratio: Distribution,
    /// True irradiation over that of the climate table: sources differ by 5 to 10 % in China.
    pub irradiation: Distribution,
    /// Yield over that of the models (transposition, temperature, rating).
    pub models: Distribution,
    /// Share of plants whose modules stand free and are cooled from below, 0 to 1; the others lie close to the roof.
    pub rack_share: f64,
    /// How many plants are drawn.
    pub samples: usize,
    /// Names the random numbers.
    pub seed: u64,
}

impl Default for Priors {
    fn default() -> Self {
        Self {
            tilt_deg: Distribution::Triangular { low: 0.0, mode: 10.0, high: 35.0 },
            azimuth_deg: Distribution::Triangular { low: 90.0, mode: 180.0, high: 270.0 },
            losses: Distribution::Triangular { low: 0.07, mode: 0.14, high: 0.22 },
            dc_ac_ratio: Distribution::Uniform { low: 1.0, high: 1.4 },
            irradiation: Distribution::Normal { mean: 1.0, sd: 0.05 },
            models: Distribution::Normal { mean: 1.0, sd: 0.03 },
            rack_share: 0.3,
            samples: 2000,
            seed: 1,
        }
    }
}

/// The specific yields that plants may have at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Likely {
    /// Whose climate it is.
    pub place: String,
    /// Annual yields of the drawn plants in a year drawn too, ascending, kWh/kW.
    #[serde(skip)]
    pub yields: Vec<f64>,
    /// Yields that 1, 5, 25, 50, 75, 95 and 99 % of the plants do not reach, kWh/kW.
    pub quantiles: [f64; 7],
    /// Irradiation of the best fixed plane in an average year, kWh/m2; the best of several stations.
    pub sunlight_kwh_m2: f64,
}

/// The shares that [`Likely::quantiles`] stand for.
pub const SHARES: [f64; 7] = [0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99];

/// Calendar year of the synthetic weather: an ordinary one.
const YEAR: i32 = 2025;

/// What is drawn of each plant: tilt, azimuth, losses, ratio to the inverter, irradiation, models, mounting, year.
const DRAWN: usize = 8;

impl Priors {
    /// Priors from a toml file; a key that is left out keeps its default.
    ///
    /// # Errors
    /// [`Error::Io`], and [`Error::Format`] with line and key for what is not understood.
    pub fn from_file(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let priors: Self = toml::from_str(&text).map_err(|error| Error::Format {
            file: path.display().to_string(),
            problem: error.to_string().trim().to_owned(),
            fix: "see audit::Priors for the keys".into(),
        })?;
        priors.validate()?;
        Ok(priors)
    }

    /// Refuses priors under which no plant can be drawn.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] with the name of the prior.
    pub fn validate(&self) -> Result<()> {
        for prior in
            [&self.tilt_deg, &self.azimuth_deg, &self.losses, &self.dc_ac_ratio, &self.irradiation, &self.models]
        {
            prior.validate()?;
        }
        check_range("rack_share", self.rack_share, 0.0, 1.0, "")?;
        check_range("samples", self.samples as f64, 100.0, 1e6, "plants")
    }

    /// The plant of some places in the distributions, 0 to 1 each, and the factor on its yield that is no plant's.
    fn plant(&self, at: &[f64; DRAWN], year: &Distribution, plant: &mut Plant) -> f64 {
        let [tilt, azimuth, losses, ratio, irradiation, models, mounting, sunshine] = *at;
        let array = &mut plant.array[0];
        // What a distribution with tails draws beyond the possible counts as the possible's end.
        array.tilt_deg = self.tilt_deg.quantile(tilt).clamp(0.0, 90.0);
        array.azimuth_deg = self.azimuth_deg.quantile(azimuth).rem_euclid(360.0);
        array.mounting = if mounting < self.rack_share { Mounting::OpenRack } else { Mounting::Roof };
        plant.losses.availability = self.losses.quantile(losses).clamp(0.0, 0.9);
        plant.inverter.dc_ac_ratio = Some(self.dc_ac_ratio.quantile(ratio).clamp(0.5, 3.0));
        let factors = [self.irradiation.quantile(irradiation), self.models.quantile(models), year.quantile(sunshine)];
        factors.iter().product::<f64>().max(0.0)
    }
}

impl Likely {
    /// The yields at a place; none where the climate table has no station for it.
    ///
    /// # Errors
    /// Priors that cannot be.
    pub(super) fn at(place: &Place, priors: &Priors) -> Result<Option<Self>> {
        priors.validate()?;
        let Some(per_station) = priors.samples.checked_div(place.stations.len()) else { return Ok(None) };
        // Few samples at many stations still need some of each.
        let per_station = per_station.max(100);
        let mut yields = Vec::with_capacity(per_station * place.stations.len());
        let mut sunlight_kwh_m2 = 0.0_f64;
        for (index, station) in place.stations.iter().enumerate() {
            let weather = SyntheticClimate::new(station, YEAR)?.year(&SyntheticOptions::default())?;
            let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
            let mut plant = unknown_plant(&weather)?;
            let daylight = Daylight::of(&weather, &table, &plant.models)?;
            let mut sweep = Sweep::new(&daylight, &weather)?;
            sunlight_kwh_m2 = sunlight_kwh_m2.max(best_plane(&mut plant, &mut sweep)?);
            let year = Distribution::Normal { mean: 1.0, sd: 0.01 * station.sigma_year_pct };
            let seed = priors.seed.wrapping_add(index as u64);
            let points = uniforms(per_station, DRAWN, seed, Sampling::LatinHypercube)?;
            for at in points.as_chunks::<DRAWN>().0 {
                let factor = priors.plant(at, &year, &mut plant);
                yields.push(factor * sweep.totals(&plant)?.specific_yield_kwh_per_kw);
            }
        }
        yields.sort_by(f64::total_cmp);
        let quantiles = SHARES.map(|share| quantile_of(&yields, share));
        Ok(Some(Self { place: place.remark.clone(), yields, quantiles, sunlight_kwh_m2 }))
    }

    /// Share of plants that yield less, 0 to 1.
    pub fn percentile(&self, kwh_per_kw: f64) -> f64 {
        self.yields.partition_point(|&other| other < kwh_per_kw) as f64 / self.yields.len() as f64
    }

    /// The same for both ends of an interval.
    pub fn percentiles(&self, kwh_per_kw: Interval) -> Interval {
        Interval::new(self.percentile(kwh_per_kw.low), self.percentile(kwh_per_kw.high))
    }

    /// The yields of the middle 95 of 100 plants, kWh/kW.
    pub fn usual(&self) -> Interval {
        Interval::new(quantile_of(&self.yields, USUAL.low), quantile_of(&self.yields, USUAL.high))
    }
}

/// A kilowatt on a roof without losses; what the priors draw is filled in later.
fn unknown_plant(weather: &Weather) -> Result<Plant> {
    let site = weather.site();
    let mut plant = Plant::from_toml(
        &format!(
            "[site]\nlatitude = {:?}\nlongitude = {:?}\n[[array]]\ncapacity_kw = 1.0\ntilt_deg = 0.0\nazimuth_deg = 180.0\n",
            site.latitude, site.longitude
        ),
        "unknown plant",
    )?;
    plant.losses = Losses::NONE;
    Ok(plant)
}

/// Irradiation of the sunniest fixed plane, kWh/m2.
fn best_plane(plant: &mut Plant, sweep: &mut Sweep<'_>) -> Result<f64> {
    let mut best = 0.0_f64;
    for tilt in (0..=60).step_by(5) {
        for azimuth in [0.0, 180.0] {
            plant.array[0].tilt_deg = f64::from(tilt);
            plant.array[0].azimuth_deg = azimuth;
            best = best.max(sweep.totals(plant)?.poa_global_kwh_m2);
        }
    }
    Ok(best)
}
