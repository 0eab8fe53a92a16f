//! Energy of an array behind each step of its chain.

/// Energy of one array over a span of time, for one kW of modules: kWh, irradiation in kWh/m2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Energy {
    /// On the plane before rows shade it.
    pub(super) open: f64,
    pub(super) poa_global: f64,
    pub(super) behind_glass: f64,
    /// With what the modules' back gets.
    pub(super) both_sides: f64,
    /// After the spectrum, before dust that comes and goes.
    pub(super) spectral: f64,
    pub(super) effective: f64,
    /// DC before snow and losses.
    pub(super) dc_bare: f64,
    /// DC after snow, before degradation by light and heat.
    pub(super) dc_snowed: f64,
    /// DC after both, before the resistance of the wires.
    pub(super) dc_aged: f64,
    /// DC before losses.
    pub(super) dc_ideal: f64,
    pub(super) ac_unclipped: f64,
    /// AC at the inverter.
    pub(super) ac: f64,
}

/// The energy of all months together.
pub(super) fn total(months: &[Energy; 12]) -> Energy {
    months.iter().fold(Energy::default(), |sum, month| Energy {
        open: sum.open + month.open,
        poa_global: sum.poa_global + month.poa_global,
        behind_glass: sum.behind_glass + month.behind_glass,
        both_sides: sum.both_sides + month.both_sides,
        spectral: sum.spectral + month.spectral,
        dc_bare: sum.dc_bare + month.dc_bare,
        dc_snowed: sum.dc_snowed + month.dc_snowed,
        dc_aged: sum.dc_aged + month.dc_aged,
        effective: sum.effective + month.effective,
        dc_ideal: sum.dc_ideal + month.dc_ideal,
        ac_unclipped: sum.ac_unclipped + month.ac_unclipped,
        ac: sum.ac + month.ac,
    })
}
