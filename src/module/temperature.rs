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
    /// [`faiman_rad`] (Driesse et al. 2022): with what the modules radiate to the sky. The weather has to know the sky's infrared light.
    FaimanRad,
    /// [`sapm_cell`] (Sandia, 2004): exponential in wind, the cell above its back sheet.
    Sapm,
    /// [`pvsyst_cell`]: heat that is not turned into power, over one coefficient of loss.
    Pvsyst,
    /// [`noct_sam`] (SAM, 2018): the nominal operating cell temperature, with wind and efficiency.
    NoctSam,
    /// [`ross`] (1976): the nominal operating cell temperature alone.
    Ross,
    /// [`noct_pvwatts`]: as PVWatts version 8 computes it.
    NoctPvwatts,
    /// [`faiman`] with the coefficients of PVGIS.
    FaimanPvgis,
    /// [`fuentes`](super::fuentes) (1987): heat stored, radiated and blown away; a nominal operating cell temperature of 45 degC
    /// on racks, 49 on roofs, as PVWatts version 5 has it.
    Fuentes,
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

impl FaimanParameters {
    /// Those of PVGIS for crystalline silicon, free-standing or integrated in a building; it knows no mounting between the two,
    /// so that close to a roof counts as integrated.
    ///
    /// PVGIS's own `efficiency_coefficients` (European Union, 2025); free-standing after Koehl et al., Solar Energy Materials
    /// and Solar Cells 95 (2011), 1638, doi:10.1016/j.solmat.2011.01.020.
    pub fn pvgis(mounting: Mounting) -> Self {
        match mounting {
            Mounting::OpenRack => Self { u0: 26.9, u1: 6.2 },
            Mounting::Roof | Mounting::Integrated => Self { u0: 20.0, u1: 3.2 },
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

/// Temperature of the module's back, degC; arguments as [`sapm_cell`].
///
/// King, Boyson & Kratochvill, SAND2004-3535, eq. 11, doi:10.2172/919131.
#[inline(always)]
pub fn sapm_module(poa_global: f64, temp_air: f64, wind_speed: f64, parameters: &SapmParameters) -> f64 {
    // T_back = Tₐ + G e^(a + b v)
    temp_air + poa_global * math::exp(parameters.a + parameters.b * wind_speed)
}

/// Module temperature, degC, as [`faiman`], with what the module radiates to the sky; `ir_down` is the sky's infrared
/// irradiance on the plane, W/m2, `sky_view` the share of the sky that the plane sees.
///
/// Driesse, Stein & Theristis, SAND2022-11604, doi:10.2172/1884890: emissivity 0.88 gives the best fit.
#[inline(always)]
pub fn faiman_rad(
    poa_global: f64,
    temp_air: f64,
    wind_speed: f64,
    ir_down: f64,
    parameters: &FaimanParameters,
    emissivity: f64,
    sky_view: f64,
) -> f64 {
    /// Constant of Stefan and Boltzmann, W/(m2 K4), CODATA 2018.
    const SIGMA: f64 = 5.670374419184429e-8;
    let kelvin = temp_air + 273.15;
    let squared = kelvin * kelvin;
    // T = Tₐ + (G − ε F (σ Tₐ⁴ − L))/(U₀ + U₁ v)
    let lost = emissivity * sky_view * (SIGMA * (squared * squared) - ir_down);
    temp_air + (poa_global - lost) / (parameters.u0 + parameters.u1 * wind_speed)
}

/// Cell temperature, degC, by the heat that is not turned into power; `u_c` in W/(m2 K), `u_v` in W s/(m3 K). PVsyst takes 29 and 0
/// for open racks, 20 for ventilated roofs and 15 for insulated backs, `alpha_absorption` 0.9, `module_efficiency` 0.1.
///
/// PVsyst help, "Array thermal losses"; Faiman 2008.
#[inline(always)]
pub fn pvsyst_cell(
    poa_global: f64,
    temp_air: f64,
    wind_speed: f64,
    u_c: f64,
    u_v: f64,
    module_efficiency: f64,
    alpha_absorption: f64,
) -> f64 {
    // T = Tₐ + G α (1 − η)/(U_c + U_v v)
    let heat = poa_global * alpha_absorption * (1.0 - module_efficiency);
    temp_air + heat / (u_c + u_v * wind_speed)
}

/// Cell temperature, degC, from the nominal operating cell temperature alone.
///
/// Ross, Interface design considerations for terrestrial solar cell modules, 12th IEEE PVSC (1976), 801.
#[inline(always)]
pub fn ross(poa_global: f64, temp_air: f64, noct: f64) -> f64 {
    // T = Tₐ + (NOCT − 20)/800 G
    temp_air + (noct - 20.0) / 80.0 * (poa_global * 0.1)
}

/// Parameters of [`pvsyst_cell`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PvsystParameters {
    /// Heat loss without wind, W/(m2 K).
    pub u_c: f64,
    /// Heat loss by wind, W s/(m3 K).
    pub u_v: f64,
}

impl PvsystParameters {
    /// PVsyst's own: 29 for open racks, 20 for a ventilated roof, 15 for an insulated back, none by wind.
    pub fn preset(mounting: Mounting) -> Self {
        let u_c = match mounting {
            Mounting::OpenRack => 29.0,
            Mounting::Roof => 20.0,
            Mounting::Integrated => 15.0,
        };
        Self { u_c, u_v: 0.0 }
    }
}

/// What SAM's NOCT model knows of a module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoctParameters {
    /// Nominal operating cell temperature, degC.
    pub noct: f64,
    /// Efficiency at reference conditions.
    pub module_efficiency: f64,
    /// Transmittance times absorptance; 0.9.
    pub transmittance_absorptance: f64,
    /// Whether the array stands two storeys high or more.
    pub two_storeys: bool,
    /// Distance of the modules from the roof, inches; 4 or more is a rack.
    pub mount_standoff: f64,
}

impl NoctParameters {
    /// A module of today (45 degC, 19 %), on a rack, two inches above a roof, or in the roof's skin.
    pub fn preset(mounting: Mounting) -> Self {
        let mount_standoff = match mounting {
            Mounting::OpenRack => 4.0,
            Mounting::Roof => 2.0,
            Mounting::Integrated => 0.25,
        };
        Self { noct: 45.0, module_efficiency: 0.19, transmittance_absorptance: 0.9, two_storeys: false, mount_standoff }
    }

    /// The nominal operating cell temperature with what the gap below the modules adds (Gilman et al. 2018), degC.
    #[inline(always)]
    pub fn noct_adjusted(&self) -> f64 {
        let gap = self.mount_standoff;
        let warmer = if gap > 0.0 && gap < 0.5 {
            18.0
        } else if (0.5..1.5).contains(&gap) {
            11.0
        } else if (1.5..2.5).contains(&gap) {
            6.0
        } else if (2.5..=3.5).contains(&gap) {
            2.0
        } else {
            0.0
        };
        self.noct + warmer
    }
}

/// Cell temperature, degC, of SAM's NOCT model. `effective_irradiance` is what reaches the cells, W/m2, before any spectrum; give
/// `poa_global` where it is not known. Without light that of the air, where pvlib gives NaN; NaN for NaN.
///
/// Gilman et al., NREL/TP-6A20-67399 (2018), section 10.
#[inline(always)]
pub fn noct_sam(
    poa_global: f64,
    effective_irradiance: f64,
    temp_air: f64,
    wind_speed: f64,
    parameters: &NoctParameters,
) -> f64 {
    let ratio = effective_irradiance / poa_global;
    // Any share of nothing will do.
    let ratio = if poa_global == 0.0 && effective_irradiance == 0.0 { 1.0 } else { ratio };
    let wind = wind_speed * if parameters.two_storeys { 0.61 } else { 0.51 };
    // T = Tₐ + G/800 (NOCT′ − 20) (1 − η/(τα)) 9.5/(5.7 + 3.8 v′)
    let heat = 1.0 - parameters.module_efficiency / (parameters.transmittance_absorptance * ratio);
    temp_air + poa_global / 800.0 * (parameters.noct_adjusted() - 20.0) * heat * (9.5 / (5.7 + 3.8 * wind))
}

/// Cell temperature, degC, as PVWatts version 8 counts it: by the light that gets through glass and spectrum (W/m2), the nominal
/// operating cell temperature (45 degC on a rack, 49 on a roof) and the efficiency of the module.
///
/// Gilman et al., NREL/TP-67399 (2018), section 10, without its change of absorptance.
#[inline(always)]
pub fn noct_pvwatts(
    effective_irradiance: f64,
    temp_air: f64,
    wind_speed: f64,
    noct: f64,
    module_efficiency: f64,
) -> f64 {
    let wind = 0.51 * wind_speed;
    let wind = if wind < 0.001 { 0.001 } else { wind };
    // T = Tₐ + G/800 (NOCT − 20) (1 − η/0.9) 9.5/(5.7 + 3.8 v′)
    temp_air
        + effective_irradiance / 800.0 * (noct - 20.0) * (1.0 - module_efficiency / 0.9) * (9.5 / (5.7 + 3.8 * wind))
}
