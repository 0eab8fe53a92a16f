//! Surfaces: the glass, what lies on it and comes and goes with the weather, the ground before it.

use serde::{Deserialize, Serialize};

use crate::plane::{Hsu, Kimber, SnowCover, WaterSurface};

/// What is known of the glass of an array's modules, for the models of incidence that take it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GlassFigures {
    /// b of [`Incidence::Ashrae`](crate::plane::Incidence::Ashrae), 0.05 without.
    pub ashrae_b: Option<f64>,
    /// Angular loss of [`Incidence::MartinRuiz`](crate::plane::Incidence::MartinRuiz), 0.16 without.
    pub martin_ruiz_a_r: Option<f64>,
    /// Angles of [`Incidence::Measured`](crate::plane::Incidence::Measured), degrees, ascending from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aoi: Vec<f64>,
    /// Its modifiers at these angles, 1 at 0 degrees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modifier: Vec<f64>,
}

/// How dust is counted.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoilingModel {
    /// As `losses.soiling` says, all year.
    #[default]
    Constant,
    /// As `soiling.monthly` says, instead of `losses.soiling`.
    Monthly,
    /// [`Hsu`]: dust in the air settles, rain washes; instead of `losses.soiling`.
    Hsu,
    /// [`Kimber`]: so much a day, rain washes; instead of `losses.soiling`.
    Kimber,
}

/// Dust on the glass.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Soiling {
    /// The model.
    pub model: SoilingModel,
    /// Part of the light lost in each month, January first.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::lists::months")]
    pub monthly: Option<[f64; 12]>,
    /// Particles below 2.5 µm in the air, µg/m3.
    pub pm2_5_ug_m3: f64,
    /// Particles below 10 µm in the air, µg/m3.
    pub pm10_ug_m3: f64,
    /// The numbers of [`SoilingModel::Hsu`].
    pub hsu: Hsu,
    /// The numbers of [`SoilingModel::Kimber`].
    pub kimber: Kimber,
}

impl Default for Soiling {
    /// A constant loss; where dust is counted, in air at the yearly limits of China's standard GB 3095-2012, grade II: 35 and
    /// 70 µg/m3.
    fn default() -> Self {
        Self {
            model: SoilingModel::Constant,
            monthly: None,
            pm2_5_ug_m3: 35.0,
            pm10_ug_m3: 70.0,
            hsu: Hsu::default(),
            kimber: Kimber::default(),
        }
    }
}

/// How snow is counted.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnowModel {
    /// As `losses.snow` says, all year.
    #[default]
    Constant,
    /// [`SnowCover`]: falls, lies and slides; instead of `losses.snow`. The weather has to know the snow's depth, whose rise
    /// is what fell.
    Nrel,
    /// [`loss_townsend`](crate::plane::loss_townsend) of the row in `snow.townsend`, month by month; instead of `losses.snow`. The weather has
    /// to know the snow's depth and the relative humidity.
    Townsend,
}

/// A row of modules, for Townsend's monthly losses; the tilt is the array's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownsendRow {
    /// Length of the row along its slope, m.
    pub slant_height_m: f64,
    /// Height of the row's lower edge above ground or roof, m.
    pub lower_edge_height_m: f64,
    /// 1 where one string stands along the slope, 0.75 for more.
    #[serde(default = "one")]
    pub string_factor: f64,
    /// Slope at which piled snow comes to rest, degrees.
    #[serde(default = "forty")]
    pub angle_of_repose_deg: f64,
}

fn one() -> f64 {
    1.0
}

fn forty() -> f64 {
    40.0
}

/// Snow on the glass.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Snow {
    /// The model.
    pub model: SnowModel,
    /// Strings along the slope of a row: snow that covers a part of one takes all of its power.
    pub strings: u32,
    /// The numbers of [`SnowModel::Nrel`].
    pub nrel: SnowCover,
    /// The row of [`SnowModel::Townsend`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub townsend: Option<TownsendRow>,
}

impl Default for Snow {
    /// A constant loss; where snow is followed, on rows of one string.
    fn default() -> Self {
        Self { model: SnowModel::Constant, strings: 1, nrel: SnowCover::default(), townsend: None }
    }
}

/// Where the albedo before the arrays comes from.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlbedoModel {
    /// The array's `albedo`; without it the weather's column, or else 0.2.
    #[default]
    Constant,
    /// `albedo.monthly`, where the array has none of its own.
    Monthly,
    /// [`albedo_from_snow`](crate::plane::albedo_from_snow): that of the first choice, but `albedo.snow` where snow lies. The weather has to
    /// know the snow's depth.
    Snow,
    /// [`inland_water_dvoracek`](crate::plane::inland_water_dvoracek) of `albedo.water`, where the array has none of its own.
    InlandWater,
}

/// Light that the ground throws back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Albedo {
    /// The model.
    pub model: AlbedoModel,
    /// Albedo of each month, January first.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::lists::months")]
    pub monthly: Option<[f64; 12]>,
    /// Albedo of snow.
    pub snow: f64,
    /// The surface of the water.
    pub water: WaterSurface,
}

impl Default for Albedo {
    /// Constant; snow of 0.6, as SAM has it, and clear water with ripples.
    fn default() -> Self {
        Self { model: AlbedoModel::Constant, monthly: None, snow: 0.6, water: WaterSurface::ClearRipples }
    }
}
