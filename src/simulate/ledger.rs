//! The loss ledger: where the energy went, from the horizontal to the meter.

use serde::Serialize;

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
/// step's energy: the AC energy at the meter.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Ledger {
    steps: Vec<Step>,
}

impl Ledger {
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
    pub(super) fn keep(&mut self, name: &'static str, factor: f64) {
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
