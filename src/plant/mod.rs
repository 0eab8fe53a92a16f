//! The description of a plant: what stands on the roofs, what is lost on the way, which models to use.

mod air;
mod components;
mod datasheet;
mod equipment;
mod grid;
mod inverter_parameters;
mod load;
mod losses;
mod models;
mod needs;
mod parameters;
pub(crate) mod rules;
mod surface;
mod thermal;
mod validate;

pub use air::ClearSkyFigures;
pub use datasheet::DatasheetFigures;
pub(crate) use equipment::ModuleFigures;
pub use equipment::{InverterModel, ModuleKind};
pub use grid::{Clipping, Derating, Grid, Letid, TransformerFigures};
pub use inverter_parameters::{CurveFigures, InverterParameters};
pub use load::locate;
pub use losses::Losses;
pub use models::{
    AirmassModel, Decomposition, Incidence, Models, Mounting, PowerModel, Preset, TemperatureModel, Transient,
    Transposition,
};
pub use parameters::{ModuleParameters, PowerTable, PvsystFigures};
pub use surface::{Albedo, AlbedoModel, GlassFigures, Snow, SnowModel, Soiling, SoilingModel, TownsendRow};
pub use thermal::ThermalFigures;
pub use validate::MAX_W_PER_M2;

use crate::inverter::WithinHour;
use crate::plane::Spectrum;
use crate::weather::IrradianceLimits;

use serde::{Deserialize, Serialize};

/// A plant as `park.toml` describes it. Only `[site]` and one `[[array]]` are needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plant {
    /// What to call it.
    #[serde(default)]
    pub name: String,
    /// Where it stands.
    pub site: PlantSite,
    /// Which weather to use; without it, the nearest station of the embedded climate.
    #[serde(default)]
    pub weather: WeatherChoice,
    /// The arrays, each with one orientation.
    pub array: Vec<Array>,
    /// The inverters, shared by the arrays in proportion to their capacity.
    #[serde(default)]
    pub inverter: Inverter,
    /// What is lost on the way.
    #[serde(default)]
    pub losses: Losses,
    /// Dust that comes and goes.
    #[serde(default)]
    pub soiling: Soiling,
    /// Snow that comes and goes.
    #[serde(default)]
    pub snow: Snow,
    /// Light that the ground throws back.
    #[serde(default)]
    pub albedo: Albedo,
    /// The clear sky that light is held against.
    #[serde(default)]
    pub clear_sky: ClearSkyFigures,
    /// What the spectrum is worth to the modules.
    #[serde(default)]
    pub spectrum: Spectrum,
    /// What heat and light do to the modules' silicon.
    pub letid: Option<Letid>,
    /// What lies between inverters and meter.
    #[serde(default)]
    pub grid: Grid,
    /// How the plant ages.
    #[serde(default)]
    pub lifetime: Lifetime,
    /// Which models compute it.
    #[serde(default)]
    pub models: Models,
    /// Which factors turn kWh into CO2.
    #[serde(default)]
    pub carbon: CarbonChoice,
    /// Published figures to hold against the simulation.
    #[serde(default)]
    pub stated: Stated,
}

/// Where a plant stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlantSite {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Height above sea level, m; without it, the height of the weather's site.
    pub elevation_m: Option<f64>,
    /// Fixed offset of local time from UTC, h; without it, that of the weather.
    pub utc_offset_h: Option<f64>,
    /// Linke turbidity of each month, January first, for models that need a clear sky; without it, that of the nearest station of the
    /// embedded climate.
    #[serde(default, deserialize_with = "crate::lists::months")]
    pub linke_turbidity: Option<[f64; 12]>,
}

/// Which weather a plant is simulated with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeatherChoice {
    /// A station of the embedded climate, by name.
    pub climate: Option<String>,
    /// A weather file, recognised by content; a relative path counts from the park file.
    pub file: Option<String>,
    /// To what its irradiance is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<IrradianceLimits>,
    /// The plane of the sensor that measured what the file has as `ghi`, where that is no horizontal one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensor: Option<SensorPlane>,
}

/// How a tilted sensor stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SensorPlane {
    /// Tilt from horizontal, degrees.
    pub tilt_deg: f64,
    /// Azimuth, degrees clockwise from north.
    pub azimuth_deg: f64,
    /// Albedo of the ground before it.
    #[serde(default = "default_albedo")]
    pub albedo: f64,
}

fn default_albedo() -> f64 {
    0.2
}

/// Modules of one orientation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Array {
    /// What to call it.
    #[serde(default)]
    pub name: String,
    /// Roof area that the array stands on, m2; held against the capacity.
    pub roof_area_m2: Option<f64>,
    /// DC capacity at standard test conditions, kW.
    pub capacity_kw: f64,
    /// Tilt from horizontal, degrees, 0 to 90.
    pub tilt_deg: f64,
    /// Azimuth, degrees clockwise from north, 0 to 360.
    pub azimuth_deg: f64,
    /// DC voltage at the array's inputs of inverters that all arrays share, V; without it `inverter.voltage_v`.
    pub voltage_v: Option<f64>,
    /// How the modules are mounted; decides the cell temperature.
    #[serde(default)]
    pub mounting: Mounting,
    /// Temperature coefficient of power, 1/K; without it -0.0035, but in the preset `pvwatts_v5` that of the module named, or of its
    /// standard one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gamma_pdc: Option<f64>,
    /// Albedo before the array; without it, the weather's column, or else 0.2.
    pub albedo: Option<f64>,
    /// The kind of module, by name, for models that need one.
    pub module: Option<String>,
    /// A file that has it: SAM's CEC or Sandia modules, a PAN file of `PVsyst`. [`Plant::from_file`] reads it from the folder of the park
    /// file, and it is empty afterwards.
    pub module_file: Option<String>,
    /// Ground coverage ratio, width of the rows' slope over their pitch: they then shade one another, as endless rows do. Of the presets
    /// only `pvwatts_v8` follows it, on racks, with 0.3 where it is not given.
    pub gcr: Option<f64>,
    /// Whether the modules turn after the sun; tilt and azimuth are then those of the axis.
    #[serde(default)]
    pub tracking: Tracking,
    /// How far a tracker turns to either side, degrees; 60 where it is not given.
    pub max_angle_deg: Option<f64>,
    /// Power of the modules' back over that of their front under the same light: then light on the back of endless rows of this
    /// `gcr` counts too, less 2 % that frames and rails take of it ([`Bifacial::default`](crate::plane::Bifacial)).
    pub bifaciality: Option<f64>,
    /// What is known of the modules' glass.
    pub glass: Option<GlassFigures>,
    /// What is known of how the modules get warm.
    pub thermal: Option<ThermalFigures>,
    /// The module's own figures, for models that take them.
    pub parameters: Option<Box<ModuleParameters>>,
}

/// Whether modules turn after the sun.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracking {
    /// They stand.
    #[default]
    None,
    /// About one axis, always towards the sun; rows of the `gcr` given shade one another.
    SingleAxis,
    /// About one axis, turned back where rows of this `gcr` would shade one another.
    Backtracking,
}

/// The inverters of a plant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inverter {
    /// Which model makes AC power.
    pub model: InverterModel,
    /// The kind of inverter, by its name in the embedded library or in `file`, for models that need one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A file that has it: SAM's CEC inverters, Driesse's library, an OND file of `PVsyst`. [`Plant::from_file`] reads it from the folder
    /// of the park file, and it is empty afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// AC capacity of all inverters, kW; stands before `dc_ac_ratio`.
    pub capacity_kw: Option<f64>,
    /// DC capacity over AC capacity; 1.2 where neither is given.
    pub dc_ac_ratio: Option<f64>,
    /// Efficiency at nominal power, of the model `pvwatts`.
    pub efficiency: f64,
    /// DC voltage at which models run that depend on it, V; their nominal one where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voltage_v: Option<f64>,
    /// Power factor that the inverters keep: reactive power takes from their limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power_factor: Option<f64>,
    /// Reactive power that all inverters give together at any time, kvar, of either sign, instead of `power_factor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reactive_kvar: Option<f64>,
    /// How their limit acts on means over an hour.
    pub clipping: Clipping,
    /// The numbers of [`Clipping::WithinHour`].
    pub within_hour: WithinHour,
    /// How heat lowers their limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derating: Option<Derating>,
    /// The inverter's own figures, for models that take them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Box<InverterParameters>>,
}

impl Default for Inverter {
    fn default() -> Self {
        Self {
            model: InverterModel::Pvwatts,
            name: None,
            file: None,
            capacity_kw: None,
            dc_ac_ratio: None,
            efficiency: 0.96,
            voltage_v: None,
            power_factor: None,
            reactive_kvar: None,
            clipping: Clipping::Mean,
            within_hour: WithinHour::default(),
            derating: None,
            parameters: None,
        }
    }
}

impl Plant {
    /// The losses that are the same all year: those of `losses`, without dust or snow where a model counts them hour by hour.
    pub fn constant_losses(&self) -> Losses {
        let mut losses = self.losses;
        if self.soiling.model != SoilingModel::Constant {
            losses.soiling = 0.0;
        }
        if self.snow.model != SnowModel::Constant {
            losses.snow = 0.0;
        }
        losses
    }
}

/// How a plant ages.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lifetime {
    /// Years of operation.
    pub years: u32,
    /// Loss of output a year after the first, as a fraction of the year before's (compound, as SAM counts it).
    pub degradation: f64,
    /// Loss from the first year to the second instead of `degradation`, as a fraction: the first-year step of warranties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_year: Option<f64>,
}

impl Default for Lifetime {
    /// 25 years at the median of 0.5 % a year for crystalline silicon (Jordan et al. 2016,
    /// doi:10.1002/pip.2744).
    fn default() -> Self {
        Self { years: 25, degradation: 0.005, first_year: None }
    }
}

/// Which factors turn kWh into CO2.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CarbonChoice {
    /// Region or province of the grid factor.
    pub region: Option<String>,
    /// Year of the grid factor; without it, the latest.
    pub year: Option<i32>,
    /// A factor of one's own, kg CO2/kWh; stands before region and year.
    pub factor_kg_per_kwh: Option<f64>,
    /// Where that factor comes from.
    pub factor_source: Option<String>,
}

/// Published figures to hold against the simulation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stated {
    /// Energy a year, kWh.
    pub annual_kwh: Option<f64>,
    /// Coal a year, t.
    pub coal_t: Option<f64>,
    /// CO2 a year, t.
    pub co2_t: Option<f64>,
}

#[cfg(test)]
mod tests;
