//! DC power.

use serde::{Deserialize, Serialize};

use super::HuldCoefficients;

/// Which model gives the DC power.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerModel {
    /// [`pvwatts_dc`]: linear in light and temperature.
    #[default]
    Pvwatts,
    /// [`huld`](super::huld) with the coefficients of PVGIS 5 for crystalline silicon.
    HuldPvgis5,
    /// [`huld`](super::huld) with the coefficients of PVGIS 5 for copper indium selenide.
    HuldPvgis5Cis,
    /// [`huld`](super::huld) with the coefficients of PVGIS 5 for cadmium telluride.
    HuldPvgis5Cdte,
    /// [`huld`](super::huld) with the coefficients of PVGIS 6 for crystalline silicon.
    HuldPvgis6,
    /// [`huld`](super::huld) with the coefficients of PVGIS 6 for copper indium selenide.
    HuldPvgis6Cis,
    /// [`huld`](super::huld) with the coefficients of PVGIS 6 for cadmium telluride.
    HuldPvgis6Cdte,
    /// [`calcparams_cec`](super::single_diode::calcparams_cec) and the point of maximum power of its curve, for the array's
    /// `module`, or of a file.
    Cec,
    /// [`calcparams_desoto`](super::single_diode::calcparams_desoto) with the same module's parameters but for the CEC's adjustment.
    Desoto,
    /// [`calcparams_pvsyst`](super::single_diode::calcparams_pvsyst), of a PAN file; with recombination where the file has it.
    Pvsyst,
    /// [`batzelis`](super::single_diode::batzelis): the diode in closed form, from what a datasheet has.
    Batzelis,
    /// [`sapm`](super::sapm()), of a file of Sandia's database.
    Sapm,
    /// [`pvefficiency_adr`](super::pvefficiency_adr) with the array's own five parameters.
    Adr,
    /// [`PowerMatrix`](super::PowerMatrix) of the array's own measurements.
    Iec61853,
}

impl PowerModel {
    /// The coefficients of the models by [`huld`](super::huld).
    pub fn huld(self) -> Option<HuldCoefficients> {
        match self {
            Self::HuldPvgis5 => Some(HuldCoefficients::CSI_PVGIS5),
            Self::HuldPvgis5Cis => Some(HuldCoefficients::CIS_PVGIS5),
            Self::HuldPvgis5Cdte => Some(HuldCoefficients::CDTE_PVGIS5),
            Self::HuldPvgis6 => Some(HuldCoefficients::CSI_PVGIS6),
            Self::HuldPvgis6Cis => Some(HuldCoefficients::CIS_PVGIS6),
            Self::HuldPvgis6Cdte => Some(HuldCoefficients::CDTE_PVGIS6),
            _ => None,
        }
    }

    /// Whether it needs no more of a module than its power and temperature coefficient.
    pub(crate) fn needs_no_module(self) -> bool {
        self == Self::Pvwatts || self.huld().is_some()
    }
}

/// DC power, in the unit of `pdc0`, from the irradiance that reaches the cells (W/m2) and their temperature
/// (degC); `pdc0` is the power at 1000 W/m2 and 25 degC, `gamma_pdc` its temperature coefficient (1/K).
///
/// PVWatts version 5, Dobos (2014), NREL/TP-6A20-62641, doi:10.2172/1158421, eq. 8, without its losses.
#[inline(always)]
pub fn pvwatts_dc(effective_irradiance: f64, temp_cell: f64, pdc0: f64, gamma_pdc: f64) -> f64 {
    // P = G/1000 P₀ (1 + γ (T − 25))
    effective_irradiance * 0.001 * pdc0 * (1.0 + gamma_pdc * (temp_cell - 25.0))
}
