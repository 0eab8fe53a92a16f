//! What part of its light the ground throws back.

use serde::{Deserialize, Serialize};

use crate::math;

/// Albedos of surfaces by name, as pvlib 0.16.1 lists them after Payne (1972), doi:10.1175/1520-0469(1972)029<0959:AOTSS>2.0.CO;2,
/// and `PVsyst`; white and cool roofing membranes from Levinson & Akbari, Energy Efficiency 3 (2010), 53,
/// doi:10.1007/s12053-008-9038-2 (aged).
pub const SURFACE_ALBEDOS: [(&str, f64); 15] = [
    ("urban", 0.18),
    ("grass", 0.20),
    ("fresh_grass", 0.26),
    ("soil", 0.17),
    ("sand", 0.40),
    ("snow", 0.65),
    ("fresh_snow", 0.75),
    ("asphalt", 0.12),
    ("concrete", 0.30),
    ("aluminum", 0.85),
    ("copper", 0.74),
    ("fresh_steel", 0.35),
    ("dirty_steel", 0.08),
    ("sea", 0.06),
    ("white_roof", 0.55),
];

/// The albedo of a surface of [`SURFACE_ALBEDOS`].
pub fn surface_albedo(name: &str) -> Option<f64> {
    SURFACE_ALBEDOS.iter().find(|(surface, _)| *surface == name).map(|(_, albedo)| *albedo)
}

/// Least depth of snow that hides the ground, cm, as SAM has it.
const SNOW_COVER_CM: f64 = 0.5;

/// Albedo of ground under snow of a depth (cm): that of the bare ground below half a centimetre, else that of snow.
///
/// SAM's rule (Gilman et al., NREL/TP-67399, 2018), which takes 0.6 for snow.
#[inline(always)]
pub fn albedo_from_snow(snow_depth: f64, bare: f64, snow: f64) -> f64 {
    let albedo = if snow_depth > SNOW_COVER_CM { snow } else { bare };
    if snow_depth.is_nan() { f64::NAN } else { albedo }
}

/// The surface of inland water.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaterSurface {
    /// Clear, no waves.
    ClearNoWaves,
    /// Clear, ripples up to 2.5 cm.
    ClearRipples,
    /// Clear, larger ripples, now and then whitecaps.
    ClearWaves,
    /// Clear, many whitecaps.
    ClearWhitecaps,
    /// Green, ripples up to 2.5 cm.
    GreenRipples,
    /// Muddy, no waves.
    MuddyNoWaves,
}

impl WaterSurface {
    /// Coefficients of colour and of roughness.
    pub fn coefficients(self) -> (f64, f64) {
        match self {
            Self::ClearNoWaves => (0.13, 0.29),
            Self::ClearRipples => (0.16, 0.70),
            Self::ClearWaves => (0.23, 1.25),
            Self::ClearWhitecaps => (0.30, 2.00),
            Self::GreenRipples => (0.22, 0.70),
            Self::MuddyNoWaves => (0.19, 0.29),
        }
    }
}

/// Albedo of inland water by the height of the sun, degrees, which counts from 0; `color` and `roughness` as
/// [`WaterSurface::coefficients`].
///
/// Dvoracek & Hannabas, Prediction of albedo for use in evapotranspiration and irrigation scheduling, Visions of the Future, ASAE
/// 04-90 (1990), 692.
#[inline(always)]
pub fn inland_water_dvoracek(solar_elevation: f64, color: f64, roughness: f64) -> f64 {
    let height = math::positive(solar_elevation);
    // ρ = C^(R sin h + 1)
    math::powf(color, roughness * math::sin(height.to_radians()) + 1.0)
}
