//! What a plant's models need of it: refuses models that it does not give that, and figures that no model takes.

use super::validate::refused;
use super::{
    Albedo, AlbedoModel, Array, Clipping, Incidence, Inverter, InverterModel, Models, Plant, PowerModel, Preset,
    SnowModel, Soiling, SoilingModel, TemperatureModel, Tracking,
};
use crate::error::{Error, Result};
use crate::plane::{MeasuredModifier, Spectrum};
use crate::words::quoted_word;

impl Plant {
    /// Refuses models that the plant does not give what they need.
    pub(super) fn check_models(&self) -> Result<()> {
        for (index, array) in self.array.iter().enumerate() {
            self.check_module(index, array)?;
            self.check_preset(index, array)?;
        }
        self.check_inverter_figures()?;
        if self.spectrum != Spectrum::default() {
            let module =
                |error: Error| refused("spectrum.module", quoted_word(self.spectrum.module), error.to_string());
            self.spectrum.validate().map_err(module)?;
        }
        self.check_soiling()?;
        self.check_ground_and_sky()?;
        self.check_limits()
    }

    fn check_ground_and_sky(&self) -> Result<()> {
        if self.snow.model == SnowModel::Townsend && self.snow.townsend.is_none() {
            let problem =
                "missing; snow.model = \"townsend\" needs [snow.townsend] with slant_height_m and lower_edge_height_m";
            return Err(refused("snow.townsend", String::new(), problem));
        }
        let Albedo { model, monthly, .. } = &self.albedo;
        let turns = |array: &Array| array.tracking != Tracking::None;
        if self.snow.model != SnowModel::Constant && self.array.iter().any(turns) {
            let problem = "snow is followed on modules that stand; with trackers give losses.snow";
            return Err(refused("snow.model", quoted_word(self.snow.model), problem));
        }
        if *model != AlbedoModel::Monthly && monthly.is_some() {
            return Err(unused("albedo.monthly", &"", "only albedo.model = \"monthly\" takes it"));
        }
        if self.snow.model != SnowModel::Townsend && self.snow.townsend.is_some() {
            return Err(unused("snow.townsend", &"", "only snow.model = \"townsend\" takes it"));
        }
        if self.weather.sensor.is_some()
            && let Some(climate) = &self.weather.climate
        {
            let why = format!(
                "weather.climate = {climate:?} makes horizontal light; a sensor needs a file of what it measured"
            );
            return Err(unused("weather.sensor", &"", why));
        }
        if *model == AlbedoModel::Monthly && monthly.is_none() {
            let problem = "missing; albedo.model = \"monthly\" needs twelve albedos, January first";
            return Err(refused("albedo.monthly", String::new(), problem));
        }
        for (key, months, range) in
            [("albedo.monthly", monthly, 0.0..=1.0), ("site.linke_turbidity", &self.site.linke_turbidity, 1.0..=12.0)]
        {
            if let Some((month, bad)) = months.iter().flatten().enumerate().find(|(_, value)| !range.contains(*value)) {
                let problem = format!("allowed is {} to {} in each month", range.start(), range.end());
                return Err(refused(&format!("{key}[{month}]"), bad.to_string(), problem));
            }
        }
        self.check_clear_sky()?;
        match &self.letid {
            Some(letid) => letid.validate().map_err(|error| refused("letid", String::new(), error.to_string())),
            None => Ok(()),
        }
    }

    fn check_limits(&self) -> Result<()> {
        let Inverter { power_factor, reactive_kvar, derating, .. } = &self.inverter;
        if let (Some(_), Some(kvar)) = (power_factor, reactive_kvar) {
            let problem = "inverter.power_factor is given too; drop one of the two";
            return Err(refused("inverter.reactive_kvar", kvar.to_string(), problem));
        }
        let most_at_night = 0.05 * self.ac_capacity_kw();
        if let Some(night) = self.grid.night_kw.filter(|night| *night > most_at_night) {
            let problem = format!(
                "no inverters draw so much: allowed is 0 to {most_at_night} kW, 5 % of what they give; in kW: {night} W is {} kW",
                night / 1000.0
            );
            return Err(refused("grid.night_kw", night.to_string(), problem));
        }
        if let Some(kvar) = reactive_kvar.filter(|kvar| kvar.abs() > 0.99 * self.ac_capacity_kw()) {
            let problem = format!("of the {:.0} kVA of the inverters nothing would be left", self.ac_capacity_kw());
            return Err(refused("inverter.reactive_kvar", kvar.to_string(), problem));
        }
        if let Some(transformer) = &self.grid.transformer
            && transformer.rating_kw < 0.5 * self.ac_capacity_kw().min(self.grid.limit_kw.unwrap_or(f64::INFINITY))
        {
            let problem = format!("the inverters have {:.0} kW, which it cannot carry", self.ac_capacity_kw());
            return Err(refused("grid.transformer.rating_kw", transformer.rating_kw.to_string(), problem));
        }
        match derating {
            Some(derating) => {
                derating.validate().map_err(|error| refused("inverter.derating", String::new(), error.to_string()))
            }
            None => Ok(()),
        }
    }

    fn check_module(&self, index: usize, array: &Array) -> Result<()> {
        if let Some(file) = &array.module_file {
            return Err(unread(&format!("array[{index}].module_file"), file));
        }
        self.module_figures(index)?;
        self.check_pvwatts_v5_module(index, array)?;
        self.check_unused_figures(index, array)?;
        self.module_efficiency(index)?;
        if let Some(parameters) = &array.parameters {
            let key = format!("array[{index}].parameters");
            parameters.validate().map_err(|error| refused(&key, String::new(), error.to_string()))?;
            if !self.takes(parameters) {
                let problem = format!(
                    "these are figures of {0}, which no model of the park takes; name models.power = \"{0}\", or drop them",
                    parameters.word()
                );
                return Err(refused(&key, String::new(), problem));
            }
        }
        if let Some((name, value, takers)) = array.thermal.and_then(|own| own.unused_by(self.models.temperature)) {
            let takers: Vec<String> = takers.iter().map(quoted_word).collect();
            let why = format!("only models.temperature = {} takes it", takers.join(" or "));
            return Err(unused(&format!("array[{index}].thermal.{name}"), &value, why));
        }
        check_glass(array, index, self.models.incidence)
    }

    /// Refuses what a tool does not have, or has otherwise, where its preset is named.
    fn check_preset(&self, index: usize, array: &Array) -> Result<()> {
        let Some(preset) = self.models.preset else { return Ok(()) };
        let tool = quoted_word(preset);
        let pvwatts = matches!(preset, Preset::PvwattsV5 | Preset::PvwattsV8);
        let shaded = preset == Preset::PvwattsV8 || array.tracking == Tracking::SingleAxis;
        if pvwatts && array.tracking != Tracking::None && shaded {
            let problem =
                format!("models.preset = {tool} is followed for modules that stand; name models one by one instead");
            return Err(refused(&format!("array[{index}].tracking"), quoted_word(array.tracking), problem));
        }
        if let Some(bifaciality) = array.bifaciality {
            let problem =
                format!("models.preset = {tool} is followed for the front of modules; name models one by one instead");
            return Err(refused(&format!("array[{index}].bifaciality"), bifaciality.to_string(), problem));
        }
        // PVWatts version 8 takes it on roofs too, where it has no rows.
        let rows = preset == Preset::PvwattsV8 || array.tracking == Tracking::Backtracking;
        match array.gcr.filter(|_| !rows) {
            Some(gcr) => {
                let why = format!("models.preset = {tool} has no rows that shade one another here");
                Err(unused(&format!("array[{index}].gcr"), &gcr, why))
            }
            None => Ok(()),
        }
    }

    /// Refuses a module's name or temperature coefficient that no model takes.
    fn check_unused_figures(&self, index: usize, array: &Array) -> Result<()> {
        let Models { power, preset, temperature, .. } = self.models;
        let named = array.module.as_ref().filter(|_| array.parameters.is_none());
        let takes_name = !power.needs_no_module()
            || preset == Some(Preset::PvwattsV5)
            || temperature == TemperatureModel::NoctPvwatts;
        if let (false, Some(name)) = (takes_name, named) {
            let why = format!("models.power = {} takes no module", quoted_word(power));
            return Err(unused(&format!("array[{index}].module"), &format!("{name:?}"), why));
        }
        match array.gamma_pdc.filter(|_| power != PowerModel::Pvwatts) {
            Some(gamma_pdc) => {
                let why = format!("models.power = {} has it in the module's figures", quoted_word(power));
                Err(unused(&format!("array[{index}].gamma_pdc"), &gamma_pdc, why))
            }
            None => Ok(()),
        }
    }

    fn check_inverter_figures(&self) -> Result<()> {
        let inverter = &self.inverter;
        if let Some(file) = &inverter.file {
            return Err(unread("inverter.file", file));
        }
        let figures = inverter.figures()?;
        if let (None, Some(given)) = (&figures, &inverter.parameters) {
            let problem = format!(
                "these are figures of {0}, which inverter.model = {1} does not take; name model = \"{0}\", or drop them",
                given.word(),
                quoted_word(inverter.model)
            );
            return Err(refused("inverter.parameters", String::new(), problem));
        }
        let shared = inverter.model == InverterModel::SandiaMulti;
        let array_voltages = || self.array.iter().enumerate().filter_map(|(k, array)| Some((k, array.voltage_v?)));
        if let (false, Some((index, volts))) = (shared, array_voltages().next()) {
            let why = "only inverter.model = \"sandia_multi\" takes it";
            return Err(unused(&format!("array[{index}].voltage_v"), &volts, why));
        }
        if shared && inverter.clipping != Clipping::Mean {
            let problem = "it is told array by array, but with \"sandia_multi\" the arrays clip together; name \"mean\" or model = \"sandia\"";
            return Err(refused("inverter.clipping", quoted_word(inverter.clipping), problem));
        }
        let Some(figures) = figures else {
            if let Some(name) = &inverter.name {
                return Err(unused(
                    "inverter.name",
                    &format!("{name:?}"),
                    "inverter.model = \"pvwatts\" is every inverter",
                ));
            }
            return match inverter.voltage_v {
                Some(volts) => {
                    Err(unused("inverter.voltage_v", &volts, "inverter.model = \"pvwatts\" knows no voltage"))
                }
                None => Ok(()),
            };
        };
        let told = |error: Error| refused("inverter.parameters", String::new(), error.to_string());
        let nominal = figures.rated().map_err(told)?.1;
        let keys = array_voltages().map(|(index, volts)| (format!("array[{index}].voltage_v"), volts));
        for (key, volts) in inverter.voltage_v.map(|volts| ("inverter.voltage_v".into(), volts)).into_iter().chain(keys)
        {
            if nominal > 0.0 && (volts / nominal - 1.0).abs() > 0.6 {
                let problem =
                    format!("allowed is {:.0} to {:.0} V about its nominal {nominal} V", 0.4 * nominal, 1.6 * nominal);
                return Err(refused(&key, volts.to_string(), problem));
            }
            figures.validate(Some(volts)).map_err(told)?;
        }
        figures.validate(inverter.voltage_v).map_err(told)
    }

    fn check_soiling(&self) -> Result<()> {
        let Soiling { model, monthly, .. } = &self.soiling;
        let key = "soiling.monthly";
        if *model != SoilingModel::Monthly && monthly.is_some() {
            return Err(unused(key, &"", "only soiling.model = \"monthly\" takes it"));
        }
        match monthly {
            None if *model == SoilingModel::Monthly => {
                let problem = "missing; soiling.model = \"monthly\" needs twelve fractions, January first";
                Err(refused(key, String::new(), problem))
            }
            Some(months) => match months.iter().enumerate().find(|(_, loss)| !(0.0..1.0).contains(*loss)) {
                Some((month, loss)) => Err(refused(
                    &format!("{key}[{month}]"),
                    loss.to_string(),
                    "allowed is 0 to less than 1 as a fraction in each month",
                )),
                None => Ok(()),
            },
            None => Ok(()),
        }
    }
}

/// A key that changes nothing is one that somebody meant to change something.
fn unused(key: &str, value: &dyn ToString, why: impl Into<String>) -> Error {
    refused(key, value.to_string(), format!("{}, so this changes nothing; drop it, or name that model", why.into()))
}

/// A file that should have been read before.
fn unread(key: &str, file: &str) -> Error {
    let problem =
        "it is read with the park file, by Plant::from_file; of a plant from text Plant::read_components reads it";
    refused(key, format!("{file:?}"), problem)
}

fn check_glass(array: &Array, index: usize, incidence: Incidence) -> Result<()> {
    let told = |problem: String| Err(refused(&format!("array[{index}].glass"), String::new(), problem));
    let measured = array.glass.as_ref().filter(|glass| !(glass.aoi.is_empty() && glass.modifier.is_empty()));
    match measured {
        Some(glass) => match MeasuredModifier::new(&glass.aoi, &glass.modifier) {
            Ok(_) if glass.aoi.last().is_none_or(|last| *last < 80.0) => {
                told("the last angle of aoi has to be 80 degrees or more, so that low light is reflected, too".into())
            }
            Ok(_) => Ok(()),
            Err(error) => told(error.to_string()),
        },
        None if incidence == Incidence::Measured => {
            let problem = "missing; models.incidence = \"measured\" takes [array.glass] with aoi and modifier, or a PAN file \
                           with such a profile as array.module_file";
            told(problem.into())
        }
        None => Ok(()),
    }
}
