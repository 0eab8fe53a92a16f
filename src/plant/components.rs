//! Library files that a park names: read once with the park, so that no simulation reads a file.

use std::collections::HashMap;
use std::path::Path;

use super::{Array, Derating, GlassFigures, Inverter, InverterParameters, ModuleParameters, Plant};
use crate::error::{Error, Result};
use crate::inverter::DeratingCurve;
use crate::inverter::library::InverterLibrary;
use crate::module::library::{Entries, ModuleLibrary, Named, PanIncidence};
use crate::weather::{ReadOptions, Weather};

impl Plant {
    /// Reads the files that `array.module_file` and `inverter.file` name, counted from a folder, and puts the figures that they hold
    /// of the component named into `parameters` (a PAN file's glass into `array.glass` and an OND file's derating into
    /// `inverter.derating`, too, unless these are given). The files' names
    /// are then dropped: the plant stands by itself. [`Plant::from_file`] does it.
    ///
    /// # Errors
    /// Those of [`ModuleLibrary::from_file`] and [`InverterLibrary::from_file`], and [`Error::Config`] for a component that the file
    /// does not have, and for figures that are given twice.
    pub fn read_components(&mut self, folder: impl AsRef<Path>) -> Result<()> {
        let folder = folder.as_ref();
        // Arrays often share a file, and some have 20,000 modules.
        let mut libraries = HashMap::new();
        for (index, array) in self.array.iter_mut().enumerate() {
            let Some(file) = array.module_file.take() else { continue };
            let key = |name: &str| format!("array[{index}].{name}");
            if array.parameters.is_some() {
                return Err(twice(key("module_file"), &file, &key("parameters")));
            }
            if !libraries.contains_key(&file) {
                let library = ModuleLibrary::from_file(folder.join(&file));
                libraries.insert(file.clone(), library.map_err(|error| unreadable(key("module_file"), &file, error))?);
            }
            if let Some(library) = libraries.get(&file) {
                array.take_from(library, &file, &key("module"))?;
            }
        }
        self.inverter.read(folder)
    }
}

impl Plant {
    /// The weather of the file that the plant names in `weather.file`, if it names one.
    ///
    /// # Errors
    /// [`Error::Config`] for a file that is not there, and those of [`Weather::read`].
    pub fn read_weather(&self, options: &ReadOptions) -> Result<Option<Weather>> {
        let Some(file) = &self.weather.file else { return Ok(None) };
        let weather = Weather::from_file_with(file, options);
        weather.map(Some).map_err(|error| unreadable("weather.file".into(), file, error))
    }
}

impl Array {
    fn take_from(&mut self, library: &ModuleLibrary, file: &str, key: &str) -> Result<()> {
        let name = self.module.as_deref();
        let (full_name, parameters) = match library {
            ModuleLibrary::Cec(entries) => {
                let entry = found(entries, name, file, key)?;
                (entry.name.clone(), entry.into())
            }
            ModuleLibrary::Sandia(entries) => {
                let entry = found(entries, name, file, key)?;
                (entry.name.clone(), entry.into())
            }
            ModuleLibrary::Pan(pan) => {
                if let Some(of_file) = pan.incidence.as_ref().map(of_pan) {
                    let glass = self.glass.get_or_insert_default();
                    glass.ashrae_b = glass.ashrae_b.or(of_file.ashrae_b);
                    if glass.aoi.is_empty() && glass.modifier.is_empty() {
                        (glass.aoi, glass.modifier) = (of_file.aoi, of_file.modifier);
                    }
                }
                (format!("{} {}", pan.manufacturer, pan.model), ModuleParameters::from(pan.as_ref()))
            }
        };
        (self.module, self.parameters) = (Some(full_name), Some(Box::new(parameters)));
        Ok(())
    }
}

/// What a PAN file says of the glass.
fn of_pan(incidence: &PanIncidence) -> GlassFigures {
    match incidence {
        PanIncidence::Ashrae(b) => GlassFigures { ashrae_b: Some(*b), ..GlassFigures::default() },
        PanIncidence::Profile(points) => {
            let (aoi, modifier) = points.iter().copied().unzip();
            GlassFigures { aoi, modifier, ..GlassFigures::default() }
        }
    }
}

impl Inverter {
    fn read(&mut self, folder: &Path) -> Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        if self.parameters.is_some() {
            return Err(twice("inverter.file".into(), &file, "inverter.parameters"));
        }
        let name = self.name.as_deref();
        let key = "inverter.name";
        let library = InverterLibrary::from_file(folder.join(&file));
        let library = library.map_err(|error| unreadable("inverter.file".into(), &file, error))?;
        let (full_name, parameters) = match &library {
            InverterLibrary::Cec(entries) => {
                let entry = found(entries, name, &file, key)?;
                (entry.name.clone(), InverterParameters::Sandia(entry.parameters))
            }
            InverterLibrary::Adr(entries) => {
                let entry = found(entries, name, &file, key)?;
                (entry.name.clone(), InverterParameters::Adr(entry.parameters))
            }
            InverterLibrary::Ond(ond) => {
                if self.derating.is_none() {
                    let points = ond.power_over_temp.iter().map(|(temp_air, watts)| (*temp_air, watts / ond.p_max_w));
                    let points: Vec<(f64, f64)> = points.collect();
                    // A file may leave points out; behind the last its power holds.
                    self.derating = points.last().map(|last| {
                        let points = std::array::from_fn(|k| points.get(k).copied().unwrap_or(*last));
                        Derating::Curve(DeratingCurve { points })
                    });
                }
                (format!("{} {}", ond.manufacturer, ond.model), ond.as_ref().into())
            }
        };
        (self.name, self.parameters) = (Some(full_name), Some(Box::new(parameters)));
        Ok(())
    }
}

fn found<'e, T: Named>(entries: &'e Entries<T>, name: Option<&str>, file: &str, key: &str) -> Result<&'e T> {
    let refused = |value: String, problem: String| Error::Config {
        file: String::new(),
        line: None,
        key: key.to_owned(),
        value,
        problem,
    };
    let Some(name) = name else {
        let problem = format!("missing; {file} has {} components: name one of them", entries.entries.len());
        return Err(refused(String::new(), problem));
    };
    entries.find(name).map_err(|error| refused(format!("{name:?}"), format!("{error} in {file}")))
}

/// A file that is not there is an error of the park file; what stands in a file is one of that file.
fn unreadable(key: String, value: &str, error: Error) -> Error {
    match error {
        Error::Io { path, source } => {
            let problem = format!(
                "{} cannot be read ({source}); the path counts from the folder of the park file",
                path.display()
            );
            Error::Config { file: String::new(), line: None, key, value: format!("{value:?}"), problem }
        }
        other => other,
    }
}

fn twice(key: String, value: &str, other: &str) -> Error {
    let problem = format!("{other} is given too; drop one of the two");
    Error::Config { file: String::new(), line: None, key, value: format!("{value:?}"), problem }
}
