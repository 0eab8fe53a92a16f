//! Modules and inverters by name: PVWatts' three modules, those of the embedded libraries, and what the plant's models take of them.

use serde::{Deserialize, Serialize};

use super::datasheet::USUAL_EFFICIENCY;
use super::{
    Array, Incidence, Inverter, InverterParameters, ModuleParameters, Plant, PowerModel, Preset, PvsystFigures,
    TemperatureModel,
};
use crate::error::{Error, Result};
use crate::inverter::library as inverters;
use crate::module::library::{self as modules, CecEntry};
use crate::module::single_diode::{CecModule, Datasheet, DesotoModule};
use crate::module::{AdrModule, PVWATTS_MODULES, PowerMatrix, SapmModule};
use crate::plane::SpectralModel;
use crate::words::{did_you_mean, quoted_word};

/// Which model makes AC power.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InverterModel {
    /// [`pvwatts`](crate::inverter::pvwatts): one curve for all, scaled to the efficiency.
    #[default]
    Pvwatts,
    /// [`sandia`](crate::inverter::sandia) of the inverter that `inverter.name` names in the embedded library or in `inverter.file`.
    Sandia,
    /// [`sandia_multi`](crate::inverter::sandia_multi): as `sandia`, but each inverter takes a part of every array, at an input of its own with
    /// the array's `voltage_v`. What clips is then the sum of the arrays, which east and west roofs do not reach together.
    SandiaMulti,
    /// [`adr`](crate::inverter::adr) of an inverter in Driesse's library, which `inverter.file` names.
    Adr,
    /// [`EfficiencyCurve`](crate::inverter::EfficiencyCurve) of a datasheet in `inverter.parameters.curve`, or of an OND file of
    /// `PVsyst` that `inverter.file` names.
    Curve,
}

/// The modules of PVWatts version 5: temperature coefficient, 1/K, and whether its glass is coated (Dobos 2014, table 2,
/// doi:10.2172/1158421).
const PVWATTS_V5_MODULES: [(&str, f64, bool); 3] =
    [("pvwatts_standard", -0.0047, false), ("pvwatts_premium", -0.0035, true), ("pvwatts_thin_film", -0.0020, false)];

/// A module in the CEC's model, with its plate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "FlatCec", into = "FlatCec")]
pub struct ModuleKind {
    /// Parameters at reference conditions.
    pub cec: CecModule,
    /// Power at reference conditions, W.
    pub p_mp: f64,
    /// Efficiency at reference conditions.
    pub efficiency: f64,
}

/// [`ModuleKind`] as a park file has it, without tables in tables.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatCec {
    alpha_sc: f64,
    a_ref: f64,
    i_l_ref: f64,
    i_o_ref: f64,
    r_sh_ref: f64,
    r_s: f64,
    eg_ref: f64,
    degdt: f64,
    adjust: f64,
    p_mp: f64,
    efficiency: f64,
}

impl From<FlatCec> for ModuleKind {
    fn from(flat: FlatCec) -> Self {
        let FlatCec { alpha_sc, a_ref, i_l_ref, i_o_ref, r_sh_ref, r_s, eg_ref, degdt, adjust, p_mp, efficiency } =
            flat;
        let desoto = DesotoModule { alpha_sc, a_ref, i_l_ref, i_o_ref, r_sh_ref, r_s, eg_ref, degdt };
        Self { cec: CecModule { desoto, adjust }, p_mp, efficiency }
    }
}

impl From<ModuleKind> for FlatCec {
    fn from(kind: ModuleKind) -> Self {
        let ModuleKind { cec: CecModule { desoto, adjust }, p_mp, efficiency } = kind;
        let DesotoModule { alpha_sc, a_ref, i_l_ref, i_o_ref, r_sh_ref, r_s, eg_ref, degdt } = desoto;
        Self { alpha_sc, a_ref, i_l_ref, i_o_ref, r_sh_ref, r_s, eg_ref, degdt, adjust, p_mp, efficiency }
    }
}

impl ModuleKind {
    /// A module by its name: one of PVWatts' (`pvwatts_standard`, `pvwatts_premium`, `pvwatts_thin_film`) or of
    /// [`library::modules`](crate::module::library::modules).
    ///
    /// # Errors
    /// [`Error::Mismatch`]: no module, or more than one, has that name.
    pub fn named(name: &str) -> Result<Self> {
        if let Some(module) = PVWATTS_MODULES.iter().find(|module| module.name == name) {
            return Ok(Self { cec: module.cec, p_mp: module.p_mp, efficiency: module.efficiency() });
        }
        modules::module(name).map(Self::of_entry)
    }

    /// A module of a library.
    pub fn of_entry(entry: &CecEntry) -> Self {
        let p_mp = entry.i_mp_ref * entry.v_mp_ref;
        Self { cec: entry.cec(), p_mp, efficiency: p_mp / (1000.0 * entry.area_m2) }
    }

    /// The module of an array: its own figures, or the one that it names; without a name, PVWatts' standard one.
    ///
    /// # Errors
    /// [`Error::Config`] with the array's key.
    fn of(plant: &Plant, index: usize) -> Result<Self> {
        let array = plant.array.get(index);
        let given = array.and_then(|array| array.parameters.as_deref());
        if let Some(ModuleParameters::Datasheet(figures)) = given {
            let key = || format!("array[{index}].parameters");
            return figures.fitted(plant.models.power).map_err(|error| refused(key(), "", error.to_string()));
        }
        if let Some(ModuleParameters::Cec(kind)) = given {
            return Ok(*kind);
        }
        let name = array.and_then(|array| array.module.as_deref());
        Self::named(name.unwrap_or(PVWATTS_MODULES[0].name)).map_err(|error| {
            let name = name.unwrap_or_default();
            let hint = did_you_mean(name, PVWATTS_MODULES.iter().map(|module| module.name));
            let problem = format!("{error}; or {}{hint}; or give a library's file as module_file", pvwatts_names());
            refused(format!("array[{index}].module"), name, problem)
        })
    }
}

/// What the power model of a plant takes of an array's modules.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ModuleFigures<'p> {
    /// Nothing but the capacity and what stands in the array itself.
    None,
    Cec(ModuleKind),
    Pvsyst(&'p PvsystFigures),
    Batzelis(&'p Datasheet),
    Sapm(&'p SapmModule),
    Adr(&'p AdrModule),
    Iec61853(Box<PowerMatrix>),
}

impl Plant {
    /// What the power model takes of an array's modules.
    ///
    /// # Errors
    /// [`Error::Config`] where the array does not have it, or has that of another model.
    pub(crate) fn module_figures(&self, index: usize) -> Result<ModuleFigures<'_>> {
        let given = self.array.get(index).and_then(|array| array.parameters.as_deref());
        let key = || format!("array[{index}].parameters");
        Ok(match (self.models.power, given) {
            (model, _) if model.needs_no_module() => ModuleFigures::None,
            (
                PowerModel::Cec | PowerModel::Desoto,
                None | Some(ModuleParameters::Cec(_) | ModuleParameters::Datasheet(_)),
            ) => ModuleFigures::Cec(ModuleKind::of(self, index)?),
            (PowerModel::Pvsyst, Some(ModuleParameters::Pvsyst(figures))) => ModuleFigures::Pvsyst(figures),
            (PowerModel::Batzelis, Some(ModuleParameters::Batzelis(sheet))) => ModuleFigures::Batzelis(sheet),
            (PowerModel::Batzelis, Some(ModuleParameters::Datasheet(figures))) => {
                ModuleFigures::Batzelis(&figures.sheet)
            }
            (PowerModel::Sapm, Some(ModuleParameters::Sapm(module))) => ModuleFigures::Sapm(module),
            (PowerModel::Adr, Some(ModuleParameters::Adr(module))) => ModuleFigures::Adr(module),
            (PowerModel::Iec61853, Some(ModuleParameters::Iec61853(table))) => {
                let matrix = table.matrix().map_err(|error| refused(key(), "", error.to_string()))?;
                ModuleFigures::Iec61853(Box::new(matrix))
            }
            (model, Some(other)) => {
                let problem = format!(
                    "these are figures of {}, but models.power = {} takes {}",
                    other.word(),
                    quoted_word(model),
                    wanted_by(model)
                );
                return Err(refused(key(), "", problem));
            }
            (model, None) => {
                let problem = format!("missing; models.power = {} takes {}", quoted_word(model), wanted_by(model));
                return Err(refused(key(), "", problem));
            }
        })
    }

    /// Temperature coefficient of an array's power, 1/K.
    pub fn gamma_pdc(&self, array: &Array) -> f64 {
        /// Of crystalline silicon on sale in the last decade.
        const USUAL: f64 = -0.0035;
        array.gamma_pdc.unwrap_or_else(|| self.pvwatts_v5_module(array).map_or(USUAL, |(_, gamma_pdc, _)| *gamma_pdc))
    }

    /// What covers an array's cells: the model named, but coated glass on the modules of PVWatts version 5 that have it.
    pub(crate) fn incidence(&self, array: &Array) -> Incidence {
        match (self.models.incidence, self.pvwatts_v5_module(array)) {
            (Incidence::PhysicalBeam, Some((.., true))) => Incidence::PvwattsV5Coated,
            (named, _) => named,
        }
    }

    /// The module of an array in PVWatts version 5: temperature coefficient, 1/K, and whether its glass is coated.
    fn pvwatts_v5_module(&self, array: &Array) -> Option<&'static (&'static str, f64, bool)> {
        if self.models.preset != Some(Preset::PvwattsV5) {
            return None;
        }
        let name = array.module.as_deref().unwrap_or(PVWATTS_V5_MODULES[0].0);
        PVWATTS_V5_MODULES.iter().find(|(known, ..)| *known == name)
    }

    /// Refuses a module that PVWatts version 5 does not have, where its preset makes the power.
    ///
    /// # Errors
    /// [`Error::Config`] with the array's key and the modules that there are.
    pub(super) fn check_pvwatts_v5_module(&self, index: usize, array: &Array) -> Result<()> {
        let linear = self.models.preset == Some(Preset::PvwattsV5) && self.models.power == PowerModel::Pvwatts;
        match &array.module {
            Some(name) if linear && self.pvwatts_v5_module(array).is_none() => {
                let hint = did_you_mean(name, PVWATTS_V5_MODULES.iter().map(|(known, ..)| *known));
                let problem = format!("models.preset = \"pvwatts_v5\" has {}{hint}", pvwatts_names());
                Err(refused(format!("array[{index}].module"), name, problem))
            }
            _ => Ok(()),
        }
    }

    /// Efficiency of an array's modules, for cell temperatures that ask for it.
    ///
    /// # Errors
    /// [`Error::Config`] for a module that is not known.
    pub(crate) fn module_efficiency(&self, index: usize) -> Result<f64> {
        let needed = self.models.temperature == TemperatureModel::NoctPvwatts;
        let given = self.array.get(index).and_then(|array| array.parameters.as_deref());
        if let Some(ModuleParameters::Datasheet(figures)) = given {
            return Ok(figures.efficiency);
        }
        let other = |parameters: &ModuleParameters| !matches!(parameters, ModuleParameters::Cec(_));
        let foreign = given.is_some_and(other);
        if needed && !foreign { Ok(ModuleKind::of(self, index)?.efficiency) } else { Ok(USUAL_EFFICIENCY) }
    }

    /// Whether a model of the plant takes anything of an array's figures.
    pub(crate) fn takes(&self, parameters: &ModuleParameters) -> bool {
        let models = &self.models;
        match parameters {
            ModuleParameters::Cec(_) => {
                matches!(models.power, PowerModel::Cec | PowerModel::Desoto)
                    || models.temperature == TemperatureModel::NoctPvwatts
            }
            ModuleParameters::Datasheet(_) => {
                matches!(models.power, PowerModel::Cec | PowerModel::Desoto | PowerModel::Batzelis)
                    || models.temperature == TemperatureModel::NoctPvwatts
            }
            ModuleParameters::Pvsyst(_) => models.power == PowerModel::Pvsyst,
            ModuleParameters::Batzelis(_) => models.power == PowerModel::Batzelis,
            ModuleParameters::Sapm(_) => {
                models.power == PowerModel::Sapm
                    || models.incidence == Incidence::Sapm
                    || self.spectrum.model == SpectralModel::Sapm
            }
            ModuleParameters::Adr(_) => models.power == PowerModel::Adr,
            ModuleParameters::Iec61853(_) => models.power == PowerModel::Iec61853,
        }
    }
}

/// What a power model takes of an array, in words.
fn wanted_by(model: PowerModel) -> &'static str {
    match model {
        PowerModel::Cec | PowerModel::Desoto => {
            "a module by its name, of the embedded library or of SAM's CEC Modules.csv as module_file, or \
             [array.parameters.cec] or [array.parameters.datasheet]"
        }
        PowerModel::Pvsyst => "a PAN file of PVsyst as module_file, or [array.parameters.pvsyst]",
        PowerModel::Batzelis => {
            "[array.parameters.batzelis] with the datasheet's v_mp, i_mp, v_oc, i_sc, alpha_sc (A/K) and beta_voc (V/K), or \
             [array.parameters.datasheet]"
        }
        PowerModel::Sapm => {
            "SAM's Sandia Modules.csv as module_file with a name in it as module, or [array.parameters.sapm]"
        }
        PowerModel::Adr => "[array.parameters.adr] with k_d, tc_d, k_rs and k_rsh",
        PowerModel::Iec61853 => "[array.parameters.iec61853] with irradiance, temp_cell and power",
        _ => "none",
    }
}

impl Inverter {
    /// The figures that the model takes: the inverter's own, or those of the embedded library; none for PVWatts' curve.
    ///
    /// # Errors
    /// [`Error::Config`] where they are missing or of another model, or where no inverter, or more than one, has the name.
    pub(crate) fn figures(&self) -> Result<Option<InverterParameters>> {
        let model = match (self.model, self.parameters.as_deref()) {
            (InverterModel::Pvwatts, _) => return Ok(None),
            (InverterModel::Sandia | InverterModel::SandiaMulti, None) => return self.of_library().map(Some),
            (InverterModel::Sandia | InverterModel::SandiaMulti, Some(given @ InverterParameters::Sandia(_)))
            | (InverterModel::Adr, Some(given @ InverterParameters::Adr(_)))
            | (InverterModel::Curve, Some(given @ InverterParameters::Curve(_))) => return Ok(Some(given.clone())),
            (model, _) => model,
        };
        let wanted = match model {
            InverterModel::Adr => "Driesse's library of inverters as inverter.file with a name in it as inverter.name",
            InverterModel::Curve => "[inverter.parameters.curve], or an OND file of PVsyst as inverter.file",
            _ => "SAM's CEC Inverters.csv as inverter.file, or a name",
        };
        let model = quoted_word(model);
        let problem = match self.parameters.as_deref() {
            Some(other) => {
                format!("these are figures of {}, but inverter.model = {model} takes {wanted}", other.word())
            }
            None => format!("missing; inverter.model = {model} takes {wanted}"),
        };
        Err(refused("inverter.parameters".into(), "", problem))
    }

    fn of_library(&self) -> Result<InverterParameters> {
        let Some(name) = &self.name else {
            let problem = "missing; Sandia's model needs the name of an inverter of the embedded library, or of \
                           SAM's CEC Inverters.csv as inverter.file";
            return Err(refused(String::from("inverter.name"), "", problem.into()));
        };
        let entry = inverters::inverter(name);
        let problem = |error: Error| refused("inverter.name".into(), name, error.to_string());
        entry.map(|entry| InverterParameters::Sandia(entry.parameters)).map_err(problem)
    }
}

fn pvwatts_names() -> String {
    let names: Vec<&str> = PVWATTS_MODULES.iter().map(|module| module.name).collect();
    format!("one of {}", names.join(", "))
}

fn refused(key: String, value: &str, problem: String) -> Error {
    let value = if value.is_empty() { String::new() } else { format!("{value:?}") };
    Error::Config { file: String::new(), line: None, key, value, problem }
}
