//! The models a plant can name, each an enum over pure functions.

use serde::{Deserialize, Serialize};

pub use crate::module::{Mounting, PowerModel, TemperatureModel};
pub use crate::plane::{Incidence, Transposition};
pub use crate::sky::{AirmassModel, Decomposition};

/// Every model by name. In a park file each key stands alone; what is not given comes from the preset, and without a preset
/// from the defaults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Given")]
pub struct Models {
    /// A tool whose models are taken together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// Direct and diffuse from global irradiance, in place of those of the weather; without it, the weather's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decomposition: Option<Decomposition>,
    /// How the light's path through the air is counted, in transposition, clear skies and spectra; the decompositions have their own.
    pub airmass: AirmassModel,
    /// From horizontal to tilted irradiance.
    pub transposition: Transposition,
    /// What the glass reflects.
    pub incidence: Incidence,
    /// Cell temperature.
    pub temperature: TemperatureModel,
    /// DC power.
    pub power: PowerModel,
    /// How cells follow light that changes within minutes.
    pub transient: Transient,
}

/// How cells follow light that changes within minutes.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transient {
    /// At once.
    #[default]
    None,
    /// [`prilliman`](crate::module::prilliman): over some twenty minutes; changes nothing in steps of that length or more.
    Prilliman,
}

/// A tool whose chain is followed from end to end.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// NREL's PVWatts version 5, linear in light and temperature, with Fuentes' cells. An array's `module` is `pvwatts_standard` (without
    /// one), `pvwatts_premium` (of coated glass) or `pvwatts_thin_film`, which decides its `gamma_pdc`.
    PvwattsV5,
    /// NREL's PVWatts version 8.
    PvwattsV8,
    /// PVGIS 5: crystalline silicon, free-standing on racks, else integrated. Its terrain and its spectral maps are not
    /// followed.
    Pvgis,
    /// pvlib's `ModelChain.with_pvwatts`.
    PvlibPvwatts,
}

impl Preset {
    /// The models of the tool.
    pub fn models(self) -> Models {
        let models = Models { preset: Some(self), ..Models::default() };
        match self {
            Self::PvwattsV8 => Models {
                transposition: Transposition::PerezPvwatts,
                incidence: Incidence::Pvwatts,
                temperature: TemperatureModel::NoctPvwatts,
                power: PowerModel::Cec,
                ..models
            },
            Self::PvwattsV5 => Models {
                transposition: Transposition::PerezPvwatts,
                incidence: Incidence::PhysicalBeam,
                temperature: TemperatureModel::Fuentes,
                power: PowerModel::Pvwatts,
                ..models
            },
            Self::Pvgis => Models {
                transposition: Transposition::Muneer,
                incidence: Incidence::MartinRuiz,
                temperature: TemperatureModel::FaimanPvgis,
                power: PowerModel::HuldPvgis5,
                ..models
            },
            Self::PvlibPvwatts => Models {
                transposition: Transposition::Perez,
                incidence: Incidence::PhysicalBeam,
                temperature: TemperatureModel::Sapm,
                power: PowerModel::Pvwatts,
                ..models
            },
        }
    }
}

/// `[models]` as a file gives it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    preset: Option<Preset>,
    decomposition: Option<Decomposition>,
    airmass: Option<AirmassModel>,
    transposition: Option<Transposition>,
    incidence: Option<Incidence>,
    temperature: Option<TemperatureModel>,
    power: Option<PowerModel>,
    transient: Option<Transient>,
}

impl From<Given> for Models {
    fn from(given: Given) -> Self {
        let of = given.preset.map_or_else(Models::default, Preset::models);
        Self {
            preset: given.preset,
            decomposition: given.decomposition.or(of.decomposition),
            airmass: given.airmass.unwrap_or(of.airmass),
            transposition: given.transposition.unwrap_or(of.transposition),
            incidence: given.incidence.unwrap_or(of.incidence),
            temperature: given.temperature.unwrap_or(of.temperature),
            power: given.power.unwrap_or(of.power),
            transient: given.transient.unwrap_or(of.transient),
        }
    }
}
