//! How warm an array's cells get: the model named, with the numbers of its mounting or the array's own.

use super::sky::Sky;
use crate::error::Result;
use crate::module::{
    FaimanParameters, FuentesParameters, Mounting, NoctParameters, PvsystParameters, SapmParameters, TemperatureModel,
    faiman, noct_pvwatts, noct_sam, pvsyst_cell, ross, sapm_cell,
};
use crate::plane::Plane;
use crate::plant::Plant;

/// A model of cell temperature with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cells {
    Faiman(FaimanParameters),
    Sapm(SapmParameters),
    Pvsyst {
        parameters: PvsystParameters,
        module_efficiency: f64,
        alpha_absorption: f64,
    },
    NoctSam(NoctParameters),
    /// By the nominal operating cell temperature as installed, degC.
    Ross(f64),
    NoctPvwatts {
        noct: f64,
        module_efficiency: f64,
    },
    WholeYear(WholeYear),
}

/// Models that are computed for all records together, by themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum WholeYear {
    /// It has a memory; with the nominal operating cell temperature as installed, degC.
    Fuentes(f64),
    /// It needs the sky's infrared light, which few have.
    FaimanRad { parameters: FaimanParameters, emissivity: f64, sky_view: f64 },
}

/// Emissivity of glass that fits measurements best (Driesse et al. 2022, doi:10.2172/1884890).
const EMISSIVITY: f64 = 0.88;
/// What `pvlib` takes for PVsyst's model; PVsyst's help names the same.
const PVSYST_EFFICIENCY: f64 = 0.1;
const PVSYST_ABSORPTION: f64 = 0.9;

impl Cells {
    /// Those of an array of a plant.
    ///
    /// # Errors
    /// [`Error::Config`](crate::Error::Config) for a module that is not known, where the model asks for its efficiency.
    pub(super) fn of(plant: &Plant, index: usize) -> Result<Self> {
        let array = &plant.array[index];
        let own = array.thermal.unwrap_or_default();
        let mounting = array.mounting;
        let faiman_of = |preset: FaimanParameters| FaimanParameters {
            u0: own.u0.unwrap_or(preset.u0),
            u1: own.u1.unwrap_or(preset.u1),
        };
        Ok(match plant.models.temperature {
            TemperatureModel::Faiman => Self::Faiman(faiman_of(FaimanParameters::preset(mounting))),
            TemperatureModel::FaimanPvgis => Self::Faiman(faiman_of(FaimanParameters::pvgis(mounting))),
            TemperatureModel::FaimanRad => Self::WholeYear(WholeYear::FaimanRad {
                parameters: faiman_of(FaimanParameters::preset(mounting)),
                emissivity: own.emissivity.unwrap_or(EMISSIVITY),
                sky_view: own.sky_view.unwrap_or_else(|| Plane::new(array.tilt_deg, array.azimuth_deg).sky_view()),
            }),
            TemperatureModel::Sapm => {
                let preset = SapmParameters::preset(mounting);
                Self::Sapm(SapmParameters {
                    a: own.a.unwrap_or(preset.a),
                    b: own.b.unwrap_or(preset.b),
                    delta_t: own.delta_t.unwrap_or(preset.delta_t),
                })
            }
            TemperatureModel::Pvsyst => {
                let preset = PvsystParameters::preset(mounting);
                Self::Pvsyst {
                    parameters: PvsystParameters {
                        u_c: own.u_c.unwrap_or(preset.u_c),
                        u_v: own.u_v.unwrap_or(preset.u_v),
                    },
                    module_efficiency: own.module_efficiency.unwrap_or(PVSYST_EFFICIENCY),
                    alpha_absorption: own.alpha_absorption.unwrap_or(PVSYST_ABSORPTION),
                }
            }
            TemperatureModel::NoctSam => {
                let preset = NoctParameters::preset(mounting);
                Self::NoctSam(NoctParameters {
                    noct: own.noct.unwrap_or(preset.noct),
                    module_efficiency: own.module_efficiency.unwrap_or(preset.module_efficiency),
                    ..preset
                })
            }
            TemperatureModel::Ross => {
                let preset = NoctParameters::preset(mounting);
                Self::Ross(NoctParameters { noct: own.noct.unwrap_or(preset.noct), ..preset }.noct_adjusted())
            }
            TemperatureModel::NoctPvwatts => Self::NoctPvwatts {
                noct: own.noct.unwrap_or(noct_installed(mounting)),
                module_efficiency: match own.module_efficiency {
                    Some(given) => given,
                    None => plant.module_efficiency(index)?,
                },
            },
            TemperatureModel::Fuentes => {
                Self::WholeYear(WholeYear::Fuentes(own.noct.unwrap_or(noct_installed(mounting))))
            }
        })
    }

    /// Cell temperature of a block, degC; left alone by models of the whole year.
    #[inline(always)]
    pub(super) fn temperature(&self, sky: &Sky<'_>, poa_global: &[f64], effective: &[f64], temp_cell: &mut [f64]) {
        let n = poa_global.len();
        let effective = &effective[..n];
        let (temp_air, wind) = (&sky.temp_air[..n], &sky.wind_speed[..n]);
        let temp_cell = &mut temp_cell[..n];
        match *self {
            Self::Faiman(parameters) => {
                for i in 0..n {
                    temp_cell[i] = faiman(poa_global[i], temp_air[i], wind[i], &parameters);
                }
            }
            Self::Sapm(parameters) => {
                for i in 0..n {
                    temp_cell[i] = sapm_cell(poa_global[i], temp_air[i], wind[i], &parameters);
                }
            }
            Self::Pvsyst { parameters: PvsystParameters { u_c, u_v }, module_efficiency, alpha_absorption } => {
                for i in 0..n {
                    let (air, wind) = (temp_air[i], wind[i]);
                    temp_cell[i] = pvsyst_cell(poa_global[i], air, wind, u_c, u_v, module_efficiency, alpha_absorption);
                }
            }
            Self::NoctSam(parameters) => {
                for i in 0..n {
                    temp_cell[i] = noct_sam(poa_global[i], poa_global[i], temp_air[i], wind[i], &parameters);
                }
            }
            Self::NoctPvwatts { noct, module_efficiency } => {
                for i in 0..n {
                    temp_cell[i] = noct_pvwatts(effective[i], temp_air[i], wind[i], noct, module_efficiency);
                }
            }
            Self::Ross(noct) => {
                for i in 0..n {
                    temp_cell[i] = ross(poa_global[i], temp_air[i], noct);
                }
            }
            Self::WholeYear(_) => {}
        }
    }
}

/// The nominal operating cell temperature as PVWatts installs its modules, degC.
fn noct_installed(mounting: Mounting) -> f64 {
    match mounting {
        Mounting::OpenRack => FuentesParameters::RACK_NOCT,
        Mounting::Roof | Mounting::Integrated => FuentesParameters::ROOF_NOCT,
    }
}
