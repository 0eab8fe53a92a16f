//! Between the inverters and the meter, where it takes all arrays together and all hours, the dark ones too: what inverters draw at
//! night, cables, a transformer, what the grid does not take.

use super::chain::Chain;
use super::daylight::Daylight;
use super::year::Year;
use crate::error::Result;
use crate::inverter::{Transformer, grid_limit, three_phase_loss};
use crate::plant::Plant;

/// What stands between inverters and meter beside a constant loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Meter {
    /// What the constant loss leaves.
    kept: f64,
    /// Drawn by all inverters while they do not run, kW.
    night_kw: f64,
    /// Resistance of the cables, 1/kW: their loss at rated power over that power.
    resistance: f64,
    transformer: Option<Transformer>,
    limit_kw: Option<f64>,
}

/// Energy of a plant behind each step, kWh.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Metered {
    meter: Meter,
    /// Behind the constant loss.
    before: f64,
    /// After the draw at night, the cables, the transformer and the grid's limit.
    after: [f64; 4],
    /// At the meter.
    pub(super) monthly: [f64; 12],
    /// Power at the meter, record by record, kW.
    pub(super) hourly: Vec<f64>,
}

impl Meter {
    /// That of a plant; none where a constant loss is all.
    pub(super) fn of(plant: &Plant) -> Result<Option<Self>> {
        let night_kw = match plant.grid.night_kw {
            Some(given) => given,
            None => own_night_kw(plant)?,
        };
        let meter = Self {
            kept: 1.0 - plant.losses.ac,
            night_kw,
            resistance: plant.losses.ac_ohmic / plant.ac_capacity_kw(),
            transformer: plant.grid.transformer.map(|figures| figures.transformer()),
            limit_kw: plant.grid.limit_kw,
        };
        let nothing = Self { night_kw: 0.0, resistance: 0.0, transformer: None, limit_kw: None, ..meter };
        Ok((meter != nothing).then_some(meter))
    }

    /// Power after the draw at night, the cables, the transformer and the grid's limit, kW, of what the inverters give.
    fn steps(&self, inverters_kw: f64) -> [f64; 4] {
        let awake = if inverters_kw > 0.0 { inverters_kw * self.kept } else { inverters_kw - self.night_kw };
        let carried = awake - three_phase_loss(awake, 1.0, 1.0, self.resistance);
        let transformed = self.transformer.map_or(carried, |transformer| transformer.output(carried));
        let taken = self.limit_kw.map_or(transformed, |limit| grid_limit(transformed, 0.0, limit).exported);
        [awake, carried, transformed, taken]
    }

    /// The energy of a plant whose arrays have been computed, with columns of AC power.
    pub(super) fn read(&self, plant: &Plant, daylight: &Daylight, chains: &[Chain]) -> Metered {
        let (axis, track) = (daylight.axis(), daylight.track());
        let mut hourly = vec![0.0; axis.len()];
        for (array, chain) in plant.array.iter().zip(chains) {
            let ac = &chain.columns().ac;
            for run in track.runs() {
                for (i, record) in run.records.clone().enumerate() {
                    hourly[record] += ac[run.first + i] * array.capacity_kw;
                }
            }
        }
        let step_h = axis.step_h();
        let mut metered =
            Metered { meter: *self, before: 0.0, after: [0.0; 4], monthly: [0.0; 12], hourly: Vec::new() };
        for month in axis.months() {
            let sum = &mut metered.monthly[usize::from(month.month) - 1];
            for power in &mut hourly[month.records.clone()] {
                metered.before += *power * self.kept * step_h;
                let steps = self.steps(*power);
                for (after, power) in metered.after.iter_mut().zip(steps) {
                    *after += power * step_h;
                }
                *power = steps[3];
                *sum += *power * step_h;
            }
        }
        Metered { hourly, ..metered }
    }
}

/// What the inverters' own figures say they draw at night together, kW.
fn own_night_kw(plant: &Plant) -> Result<f64> {
    // PVWatts' inverters draw nothing.
    let Some(figures) = plant.inverter.figures()? else { return Ok(0.0) };
    Ok(figures.night_w() * plant.ac_capacity_kw() / figures.rated()?.0)
}

impl Metered {
    /// AC energy at the meter, kWh.
    pub(super) fn ac_kwh(&self) -> f64 {
        self.after[3]
    }

    /// Puts the meter's energy into a year that ends behind the constant loss; arrays share what is lost in proportion.
    pub(super) fn correct(&self, year: &mut Year) {
        let Meter { night_kw, resistance, transformer, limit_kw, .. } = self.meter;
        let steps = [
            ("night draw of the inverters", night_kw > 0.0),
            ("resistance of AC cables", resistance > 0.0),
            ("transformer", transformer.is_some()),
            ("limit of the grid", limit_kw.is_some()),
        ];
        for ((name, there), energy_kwh) in steps.into_iter().zip(self.after) {
            if there {
                year.ledger.leave(name, energy_kwh);
            }
        }
        for array in &mut year.arrays {
            // Where nothing is made, the draw is shared by capacity.
            array.ac_kwh = if self.before == 0.0 {
                self.ac_kwh() * (array.capacity_kw / year.capacity_kw)
            } else {
                array.ac_kwh * (self.ac_kwh() / self.before)
            };
            array.specific_yield_kwh_per_kw = array.ac_kwh / array.capacity_kw;
        }
        for (month, ac_kwh) in year.monthly.iter_mut().zip(self.monthly) {
            month.ac_kwh = ac_kwh;
        }
        year.ac_kwh = self.ac_kwh();
        year.relate();
    }
}
