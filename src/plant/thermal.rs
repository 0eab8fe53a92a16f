//! Numbers of cell-temperature models of one's own, in place of those of the mounting.

use serde::{Deserialize, Serialize};

use super::TemperatureModel::{
    self, Faiman, FaimanPvgis, FaimanRad, Fuentes, NoctPvwatts, NoctSam, Pvsyst, Ross, Sapm,
};

/// What is known of how an array's modules get warm: from a datasheet, a measurement, or another tool's settings. What is not given
/// is that of the mounting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThermalFigures {
    /// Heat loss without wind of [`faiman`](crate::module::faiman), W/(m2 K).
    pub u0: Option<f64>,
    /// Heat loss by wind of [`faiman`](crate::module::faiman), W s/(m3 K).
    pub u1: Option<f64>,
    /// Emissivity of [`faiman_rad`](crate::module::faiman_rad), 0.88 without.
    pub emissivity: Option<f64>,
    /// Share of the sky that radiates to the modules in [`faiman_rad`](crate::module::faiman_rad); without it, what the tilt lets them see.
    pub sky_view: Option<f64>,
    /// a of [`sapm_cell`](crate::module::sapm_cell).
    pub a: Option<f64>,
    /// b of [`sapm_cell`](crate::module::sapm_cell), s/m.
    pub b: Option<f64>,
    /// Cell above back of [`sapm_cell`](crate::module::sapm_cell) at 1000 W/m2, K.
    pub delta_t: Option<f64>,
    /// Heat loss without wind of [`pvsyst_cell`](crate::module::pvsyst_cell), W/(m2 K).
    pub u_c: Option<f64>,
    /// Heat loss by wind of [`pvsyst_cell`](crate::module::pvsyst_cell), W s/(m3 K).
    pub u_v: Option<f64>,
    /// Share of light that [`pvsyst_cell`](crate::module::pvsyst_cell) absorbs, 0.9 without.
    pub alpha_absorption: Option<f64>,
    /// Nominal operating cell temperature, degC: the datasheet's for [`noct_sam`](crate::module::noct_sam) and
    /// [`ross`](crate::module::ross), to which the mounting adds; as installed for [`noct_pvwatts`](crate::module::noct_pvwatts) and
    /// [`fuentes`](crate::module::fuentes()).
    pub noct: Option<f64>,
    /// Efficiency at reference conditions in models by NOCT and in PVsyst's.
    pub module_efficiency: Option<f64>,
}

impl ThermalFigures {
    /// The first number given that a model does not take, and the models that do.
    pub(super) fn unused_by(
        &self,
        model: TemperatureModel,
    ) -> Option<(&'static str, f64, &'static [TemperatureModel])> {
        let Self { u0, u1, emissivity, sky_view, a, b, delta_t, u_c, u_v, alpha_absorption, noct, module_efficiency } =
            *self;
        let faimans: &[_] = &[Faiman, FaimanRad, FaimanPvgis];
        let all: [(_, _, &[TemperatureModel]); 12] = [
            ("u0", u0, faimans),
            ("u1", u1, faimans),
            ("emissivity", emissivity, &[FaimanRad]),
            ("sky_view", sky_view, &[FaimanRad]),
            ("a", a, &[Sapm]),
            ("b", b, &[Sapm]),
            ("delta_t", delta_t, &[Sapm]),
            ("u_c", u_c, &[Pvsyst]),
            ("u_v", u_v, &[Pvsyst]),
            ("alpha_absorption", alpha_absorption, &[Pvsyst]),
            ("noct", noct, &[NoctSam, Ross, NoctPvwatts, Fuentes]),
            ("module_efficiency", module_efficiency, &[Pvsyst, NoctSam, NoctPvwatts]),
        ];
        all.into_iter().find_map(|(name, given, takers)| {
            given.filter(|_| !takers.contains(&model)).map(|value| (name, value, takers))
        })
    }
}
