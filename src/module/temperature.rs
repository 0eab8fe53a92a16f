//! How warm the cells get.

use serde::{Deserialize, Serialize};

use crate::math;

/// How modules are mounted; decides the parameters of the cell-temperature models.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mounting {
    /// Free on a rack, air on both sides.
    OpenRack,
    /// Close to a roof, with an air gap.
    #[default]
    Roof,
    /// In the roof's skin, insulated at the back.
    Integrated,
}

/// Which model gives the cell temperature.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemperatureModel {
    /// [`faiman`] (2008): heat loss linear in wind.
    #[default]
    Faiman,
    /// [`sapm_cell`] (Sandia, 2004): exponential in wind, the cell above its back sheet.
    Sapm,
}

/// Parameters of [`faiman`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaimanParameters {
    /// Heat loss without wind, W/(m2 K).
    pub u0: f64,
    /// Heat loss by wind, W s/(m3 K).
    pub u1: f64,
}

impl FaimanParameters {
    /// The preset of a mounting.
    ///
    /// Open rack: Faiman's own mean for crystalline silicon, 25 and 6.84. The others have no published Faiman
    /// pair; they follow from PVsyst's 20 and 15 W/(m2 K) for a ventilated roof and for integration
    /// with an insulated back (PVsyst help, "Array thermal losses"), which count only the heat, at 90 %
    /// absorption and 20 % efficiency: 20/(0.9·0.8) = 27.8 and 15/(0.9·0.8) = 20.8, without wind.
    pub fn preset(mounting: Mounting) -> Self {
        match mounting {
            Mounting::OpenRack => Self { u0: 25.0, u1: 6.84 },
            Mounting::Roof => Self { u0: 20.0 / (0.9 * 0.8), u1: 0.0 },
            Mounting::Integrated => Self { u0: 15.0 / (0.9 * 0.8), u1: 0.0 },
        }
    }
}

/// Parameters of [`sapm_cell`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SapmParameters {
    /// Logarithm of the back's rise over air a unit of irradiance without wind.
    pub a: f64,
    /// How wind lowers it, s/m.
    pub b: f64,
    /// Cell above back at 1000 W/m2, K.
    pub delta_t: f64,
}

impl SapmParameters {
    /// Open rack, glass on both sides (King et al. 2004, table 1, as are the next three).
    pub const OPEN_RACK_GLASS_GLASS: Self = Self { a: -3.47, b: -0.0594, delta_t: 3.0 };
    /// Close to a roof, glass on both sides.
    pub const CLOSE_MOUNT_GLASS_GLASS: Self = Self { a: -2.98, b: -0.0471, delta_t: 1.0 };
    /// Open rack, polymer back.
    pub const OPEN_RACK_GLASS_POLYMER: Self = Self { a: -3.56, b: -0.0750, delta_t: 3.0 };
    /// Insulated back, polymer.
    pub const INSULATED_BACK_GLASS_POLYMER: Self = Self { a: -2.81, b: -0.0455, delta_t: 0.0 };

    /// The preset of a mounting.
    pub fn preset(mounting: Mounting) -> Self {
        match mounting {
            Mounting::OpenRack => Self::OPEN_RACK_GLASS_POLYMER,
            Mounting::Roof => Self::CLOSE_MOUNT_GLASS_GLASS,
            Mounting::Integrated => Self::INSULATED_BACK_GLASS_POLYMER,
        }
    }
}

/// Cell temperature, degC, from irradiance on the plane (W/m2), air temperature (degC) and wind speed (m/s).
///
/// Faiman, Progress in Photovoltaics 16 (2008), 307, doi:10.1002/pip.813.
#[inline(always)]
pub fn faiman(poa_global: f64, temp_air: f64, wind_speed: f64, parameters: &FaimanParameters) -> f64 {
    // T = Tₐ + G/(U₀ + U₁ v)
    temp_air + poa_global / (parameters.u0 + parameters.u1 * wind_speed)
}

/// Cell temperature, degC, from irradiance on the plane (W/m2), air temperature (degC) and wind speed at
/// 10 m (m/s).
///
/// King, Boyson & Kratochvill, SAND2004-3535, eq. 11 and 12, doi:10.2172/919131.
#[inline(always)]
pub fn sapm_cell(poa_global: f64, temp_air: f64, wind_speed: f64, parameters: &SapmParameters) -> f64 {
    // T_back = Tₐ + G e^(a + b v); T = T_back + G/1000 ΔT
    let back = temp_air + poa_global * math::exp(parameters.a + parameters.b * wind_speed);
    back + poa_global / 1000.0 * parameters.delta_t
}
