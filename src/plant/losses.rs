//! What is lost on the way, as fractions.

use serde::{Deserialize, Serialize};

/// Losses as fractions, in the order the energy meets them. The defaults are those of PVWatts v5
/// (Dobos 2014, NREL/TP-6A20-62641, table 2): together 14.08 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Losses {
    /// Dirt on the glass.
    pub soiling: f64,
    /// Near and far shade.
    pub shading: f64,
    /// Snow on the glass.
    pub snow: f64,
    /// Modules that differ from one another.
    pub mismatch: f64,
    /// DC and AC wiring, as PVWatts counts it.
    pub wiring: f64,
    /// Connectors.
    pub connections: f64,
    /// Light-induced degradation of the first hours.
    pub lid: f64,
    /// Nameplate above the true rating.
    pub nameplate_rating: f64,
    /// Ageing up to the simulated year.
    pub age: f64,
    /// Time out of service.
    pub availability: f64,
    /// Between inverter and meter: AC wiring and transformer beyond what PVWatts counts.
    pub ac: f64,
    /// In the wires before the inverters at standard test conditions; falls with the square of the current
    /// ([`dc_ohmic_losses`](crate::inverter::dc_ohmic_losses)), which the light that reaches the cells drives. Set `wiring` to 0 beside it.
    pub dc_ohmic: f64,
    /// In the cables behind the inverters at their rated power; falls with the square of the power
    /// ([`three_phase_loss`](crate::inverter::three_phase_loss)).
    pub ac_ohmic: f64,
}

impl Default for Losses {
    fn default() -> Self {
        Self {
            soiling: 0.02,
            shading: 0.03,
            mismatch: 0.02,
            wiring: 0.02,
            connections: 0.005,
            lid: 0.015,
            nameplate_rating: 0.01,
            availability: 0.03,
            ..Self::NONE
        }
    }
}

impl Losses {
    /// Nothing is lost.
    pub const NONE: Self = Self {
        soiling: 0.0,
        shading: 0.0,
        snow: 0.0,
        mismatch: 0.0,
        wiring: 0.0,
        connections: 0.0,
        lid: 0.0,
        nameplate_rating: 0.0,
        age: 0.0,
        availability: 0.0,
        ac: 0.0,
        dc_ohmic: 0.0,
        ac_ohmic: 0.0,
    };

    /// The PVWatts losses by name, in the order the energy meets them.
    pub fn steps(&self) -> [(&'static str, f64); 10] {
        [
            ("shading", self.shading),
            ("snow", self.snow),
            ("soiling", self.soiling),
            ("nameplate rating", self.nameplate_rating),
            ("light-induced degradation", self.lid),
            ("age", self.age),
            ("mismatch", self.mismatch),
            ("connections", self.connections),
            ("wiring", self.wiring),
            ("availability", self.availability),
        ]
    }

    /// All PVWatts losses together, as a fraction: they multiply.
    pub fn total(&self) -> f64 {
        // L = 1 − Π (1 − Lᵢ)
        1.0 - self.steps().iter().fold(1.0, |kept, (_, loss)| kept * (1.0 - loss))
    }
}
