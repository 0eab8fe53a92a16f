//! The loss ledger: where the energy went, from the horizontal to the meter.

use serde::Serialize;

use super::energy::Energy;
use crate::plant::Losses;

/// One step of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What happened.
    pub name: &'static str,
    /// Energy that is left after it, kWh: before the modules, irradiation times the capacity at 1 kW/m2.
    pub energy_kwh: f64,
    /// Energy after over energy before; the first step has 1.
    pub factor: f64,
}

/// Every step that the energy passed, in order. The first step's energy times all factors is the last
/// step's energy: the AC energy at the meter. Only a draw where nothing was made before it, as in a polar night, has no factor; 1 stands
/// there.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Ledger {
    steps: Vec<Step>,
}

/// Steps of light that not every plant has: told for all of its arrays if one has them.
#[expect(clippy::struct_excessive_bools, reason = "each step is there or not")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LightSteps {
    pub(super) rows: bool,
    pub(super) spectrum: bool,
    pub(super) soiling: bool,
    pub(super) snow: bool,
    pub(super) letid: bool,
    pub(super) dc_ohmic: bool,
    pub(super) back: bool,
}

impl LightSteps {
    /// The steps that either has.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            rows: self.rows || other.rows,
            spectrum: self.spectrum || other.spectrum,
            soiling: self.soiling || other.soiling,
            snow: self.snow || other.snow,
            letid: self.letid || other.letid,
            dc_ohmic: self.dc_ohmic || other.dc_ohmic,
            back: self.back || other.back,
        }
    }
}

impl Ledger {
    /// The ledger of one array; irradiation on the horizontal in kWh/m2: of all records, of those with daylight.
    pub(super) fn of(
        energy: &Energy,
        steps: LightSteps,
        all_ghi: f64,
        daylight_ghi: f64,
        losses: &Losses,
        capacity_kw: f64,
    ) -> Self {
        let of_losses = losses.steps();
        // Shade, snow and dirt keep light from the cells; the rest acts on what the cells make.
        let (optical, electrical) = of_losses.split_at(3);
        let mut ledger = Self { steps: Vec::with_capacity(of_losses.len() + 14) };
        ledger.leave("horizontal irradiation", all_ghi * capacity_kw);
        ledger.leave("sun above the horizon", daylight_ghi * capacity_kw);
        ledger.leave("tilted plane", energy.open * capacity_kw);
        if steps.rows {
            ledger.leave("shade of other rows", energy.poa_global * capacity_kw);
        }
        ledger.leave("reflection at the glass", energy.behind_glass * capacity_kw);
        if steps.back {
            ledger.leave("light on the back", energy.both_sides * capacity_kw);
        }
        if steps.spectrum {
            ledger.leave("spectrum", energy.spectral * capacity_kw);
        }
        if steps.soiling {
            ledger.leave("dust that comes and goes", energy.effective * capacity_kw);
        }
        for &(name, loss) in optical {
            ledger.keep(name, 1.0 - loss);
        }
        let light_kept: f64 = optical.iter().map(|(_, loss)| 1.0 - loss).product();
        ledger.leave("cell temperature", energy.dc_bare * light_kept * capacity_kw);
        if steps.snow {
            ledger.leave("snow that comes and goes", energy.dc_snowed * light_kept * capacity_kw);
        }
        if steps.letid {
            ledger.leave("degradation by light and heat", energy.dc_aged * light_kept * capacity_kw);
        }
        if steps.dc_ohmic {
            ledger.leave("resistance of DC wires", energy.dc_ideal * light_kept * capacity_kw);
        }
        for &(name, loss) in electrical {
            ledger.keep(name, 1.0 - loss);
        }
        ledger.leave("inverter efficiency", energy.ac_unclipped * capacity_kw);
        ledger.leave("inverter limit", energy.ac * capacity_kw);
        ledger.keep("between inverter and meter", 1.0 - losses.ac);
        ledger
    }

    /// The steps in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// A step by its name.
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// Adds a step that leaves this much energy.
    pub(super) fn leave(&mut self, name: &'static str, energy_kwh: f64) {
        let before = self.steps.last().map_or(energy_kwh, |step| step.energy_kwh);
        let factor = if before == 0.0 { 1.0 } else { energy_kwh / before };
        self.steps.push(Step { name, energy_kwh, factor });
    }

    /// Adds a step that leaves this share of the energy.
    fn keep(&mut self, name: &'static str, factor: f64) {
        let before = self.steps.last().map_or(0.0, |step| step.energy_kwh);
        self.steps.push(Step { name, energy_kwh: before * factor, factor });
    }

    /// Adds another ledger's energies, step by step; both must come from the same kind of chain.
    pub(super) fn add(&mut self, other: &Ledger) {
        if self.steps.is_empty() {
            self.steps.clone_from(&other.steps);
            return;
        }
        let mut before = None;
        for (step, more) in self.steps.iter_mut().zip(&other.steps) {
            step.energy_kwh += more.energy_kwh;
            step.factor = match before {
                Some(before) if before != 0.0 => step.energy_kwh / before,
                _ => 1.0,
            };
            before = Some(step.energy_kwh);
        }
    }
}
