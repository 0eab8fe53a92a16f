//! Modules and inverters by name: PVWatts' three modules, and those of the embedded libraries.

use serde::{Deserialize, Serialize};

use super::{Inverter, Plant};
use crate::error::{Error, Result};
use crate::inverter::{SandiaInverter, library as inverters};
use crate::module::single_diode::CecModule;
use crate::module::{PVWATTS_MODULES, library as modules};
use crate::words::did_you_mean;

/// Which model makes AC power.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InverterModel {
    /// [`pvwatts`](crate::inverter::pvwatts): one curve for all, scaled to the efficiency.
    #[default]
    Pvwatts,
    /// [`sandia`](crate::inverter::sandia) at its nominal voltage, of the inverter that `inverter.name` names.
    Sandia,
}

/// A module in the CEC's model, with its plate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModuleKind {
    /// Parameters at reference conditions.
    pub cec: CecModule,
    /// Power at reference conditions, W.
    pub p_mp: f64,
    /// Efficiency at reference conditions.
    pub efficiency: f64,
}

impl ModuleKind {
    /// A module by its name: one of PVWatts' (`pvwatts_standard`, `pvwatts_premium`, `pvwatts_thin_film`) or of
    /// [`library::modules`](crate::module::library::modules).
    ///
    /// # Errors
    /// [`Error::Climate`]-like look-up errors of the library: no module, or more than one, has that name.
    pub fn named(name: &str) -> Result<Self> {
        if let Some(module) = PVWATTS_MODULES.iter().find(|module| module.name == name) {
            return Ok(Self { cec: module.cec, p_mp: module.p_mp, efficiency: module.efficiency() });
        }
        let entry = modules::module(name)?;
        let p_mp = entry.i_mp_ref * entry.v_mp_ref;
        Ok(Self { cec: entry.cec(), p_mp, efficiency: p_mp / (1000.0 * entry.area_m2) })
    }

    /// The module of an array; without a name, PVWatts' standard one.
    ///
    /// # Errors
    /// [`Error::Config`] with the array's key.
    pub(crate) fn of(plant: &Plant, index: usize) -> Result<Self> {
        let name = plant.array.get(index).and_then(|array| array.module.as_deref());
        Self::named(name.unwrap_or(PVWATTS_MODULES[0].name)).map_err(|error| {
            let name = name.unwrap_or_default();
            let hint = did_you_mean(name, PVWATTS_MODULES.iter().map(|module| module.name));
            refused(format!("array[{index}].module"), name, format!("{error}; or {}{hint}", pvwatts_names()))
        })
    }
}

impl Inverter {
    /// The inverter of the library that `name` names.
    ///
    /// # Errors
    /// [`Error::Config`] without a name, or where no inverter, or more than one, has it.
    pub(crate) fn library_entry(&self) -> Result<&'static SandiaInverter> {
        let Some(name) = &self.name else {
            let problem = "missing; inverter.model = \"sandia\" needs the name of an inverter of the embedded library";
            return Err(refused(String::from("inverter.name"), "", problem.into()));
        };
        let entry = inverters::inverter(name);
        entry.map(|entry| &entry.parameters).map_err(|error| refused("inverter.name".into(), name, error.to_string()))
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
