//! Sums of one array over a month, and the energy that they are.

use super::energy::Energy;
use crate::columns::Lanes;

/// Sums of one array over a month, for one kW of modules: W/m2 and kW, each over the records.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) poa_global: Lanes,
    pub(super) effective: Lanes,
    pub(super) dc: Lanes,
    pub(super) unclipped: Lanes,
    pub(super) ac: Lanes,
}

/// Sums beside [`Sums`] that only light has which is not plain.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    /// On the plane before rows shade it, where they do.
    pub(super) open: Lanes,
    pub(super) behind_glass: Lanes,
    /// With what the modules' back gets.
    pub(super) both_sides: Lanes,
    /// After the spectrum, before dust that comes and goes.
    pub(super) spectral: Lanes,
    /// Before snow, and before degradation by light and heat.
    pub(super) dc_bare: Lanes,
    pub(super) dc_snowed: Lanes,
    /// Before the resistance of the wires.
    pub(super) dc_aged: Lanes,
}

impl Sums {
    /// The energy of a month; `step_h` is the length of a record.
    pub(super) fn energy(&self, beside: Option<&Beside>, step_h: f64) -> Energy {
        let light = |sum: &Lanes| sum.total() * (step_h / 1000.0);
        let (poa_global, effective) = (light(&self.poa_global), light(&self.effective));
        let dc_ideal = self.dc.total() * step_h;
        // What plain light has no sums of is what comes after.
        let plain = Energy {
            open: poa_global,
            poa_global,
            behind_glass: effective,
            both_sides: effective,
            spectral: effective,
            effective,
            dc_bare: dc_ideal,
            dc_snowed: dc_ideal,
            dc_aged: dc_ideal,
            dc_ideal,
            ac_unclipped: self.unclipped.total() * step_h,
            ac: self.ac.total() * step_h,
        };
        beside.map_or(plain, |others| Energy {
            open: light(&others.open),
            behind_glass: light(&others.behind_glass),
            both_sides: light(&others.both_sides),
            spectral: light(&others.spectral),
            dc_bare: others.dc_bare.total() * step_h,
            dc_snowed: others.dc_snowed.total() * step_h,
            dc_aged: others.dc_aged.total() * step_h,
            ..plain
        })
    }
}
