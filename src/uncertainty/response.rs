//! A plant's energy as a function of how much sun there is and how much DC power is left of it.

use std::sync::Arc;

use rayon::prelude::*;

use crate::error::Result;
use crate::plant::Plant;
use crate::simulate::{Daylight, Sweep};
use crate::sun::SunTable;
use crate::weather::Weather;

/// Irradiance over the weather's: nodes from 0.5 to 1.5.
const SUN: Grid = Grid { low: 0.5, high: 1.5, nodes: 41 };

/// DC power over the plant's: nodes from 0.3 to 1.5, close enough that clipping's bend costs less than 1e-5.
const DC: Grid = Grid { low: 0.3, high: 1.5, nodes: 241 };

/// AC energy of a plant for a year's weather with all its irradiance scaled and all its DC power scaled.
///
/// Built from whole simulations, so that temperature, glass and clipping follow the chain; between them it is
/// interpolated by cubics. It differs from a simulation by less than 1e-5 (a test holds it to that).
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// kWh, DC nodes within irradiance nodes.
    ac_kwh: Vec<f64>,
}

impl Response {
    /// Simulates the plant at all nodes.
    ///
    /// # Errors
    /// Those of [`Plant::simulate`].
    pub fn new(plant: &Plant, weather: &Weather) -> Result<Self> {
        plant.validate()?;
        let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
        let weather = &*plant.prepared(weather)?;
        let rows: Vec<Vec<f64>> = (0..SUN.nodes)
            .into_par_iter()
            .map(|node| {
                let weather = scaled(weather, SUN.at(node))?;
                let daylight = Daylight::of(&weather, &table, &plant.models)?;
                let mut sweep = Sweep::new(&daylight, &weather)?;
                (0..DC.nodes).map(|node| Ok(sweep.totals_with_dc(plant, DC.at(node))?.ac_kwh)).collect()
            })
            .collect::<Result<_>>()?;
        Ok(Self { ac_kwh: rows.concat() })
    }

    /// AC energy, kWh, with irradiance times `sun` and DC power times `dc`. Beyond the nodes (0.5 to 1.5 and 0.3 to 1.5)
    /// it grows in proportion to what is beyond.
    pub fn ac_kwh(&self, sun: f64, dc: f64) -> f64 {
        let (row, suns, beyond_sun) = SUN.place(sun);
        let (column, dcs, beyond_dc) = DC.place(dc);
        let mut energy = 0.0;
        for (i, a) in suns.iter().enumerate() {
            let at = (row + i) * DC.nodes + column;
            energy += a * self.ac_kwh[at..at + 4].iter().zip(&dcs).map(|(kwh, b)| kwh * b).sum::<f64>();
        }
        energy * beyond_sun * beyond_dc
    }
}

/// The weather with all its irradiance times a factor; what would be more than a weather may hold is held there.
fn scaled(weather: &Weather, factor: f64) -> Result<Weather> {
    let mut columns = weather.columns().clone();
    for column in [&mut columns.ghi, &mut columns.dni, &mut columns.dhi] {
        for value in column {
            *value = (*value * factor).min(2500.0);
        }
    }
    weather.with_columns(columns)
}

/// Nodes at equal distances.
struct Grid {
    low: f64,
    high: f64,
    nodes: usize,
}

impl Grid {
    fn at(&self, node: usize) -> f64 {
        self.low + (self.high - self.low) * node as f64 / (self.nodes - 1) as f64
    }

    /// First of the four nodes around `x`, their weights, and how far beyond the nodes `x` is, as a factor.
    fn place(&self, x: f64) -> (usize, [f64; 4], f64) {
        let held = x.clamp(self.low, self.high);
        let at = (held - self.low) / (self.high - self.low) * (self.nodes - 1) as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to the nodes")]
        let first = (at as usize).saturating_sub(1).min(self.nodes - 4);
        let t = at - first as f64;
        // Lagrange's cubic through 0, 1, 2, 3.
        let (t1, t2, t3) = (t - 1.0, t - 2.0, t - 3.0);
        let weights = [-t1 * t2 * t3 / 6.0, t * t2 * t3 / 2.0, -t * t1 * t3 / 2.0, t * t1 * t2 / 6.0];
        (first, weights, x / held)
    }
}
