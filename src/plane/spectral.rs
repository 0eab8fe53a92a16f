//! How much more, or less, current a module's cells make of a spectrum than of the standard one: a factor on the irradiance that
//! reaches them, 1 at the standard spectrum (AM 1.5).
//!
//! The functions are the published formulas, without limits but where the paper has them. [`Spectrum::factors`] holds its
//! arguments to where the formulas were fitted, so that a sun at the horizon costs no hour.

use serde::{Deserialize, Serialize};

use super::spectral_tables::{CABALLERO, DE_SOTO, FIRST_SOLAR, JRC, PVSPEC, SpectralModule};
use crate::error::{Error, Result, check_range};
use crate::{math, sky};

/// The aerosol optical depth at 500 nm and the precipitable water (cm) at which [`spectral_factor_caballero`] has no correction.
pub const CABALLERO_REFERENCE: (f64, f64) = (0.084, 1.4164);

/// Limits of [`spectral_factor_firstsolar`], by its authors: the least and the largest precipitable water, cm.
pub const FIRST_SOLAR_WATER: (f64, f64) = (0.1, 8.0);

/// Limits of [`spectral_factor_firstsolar`], by its authors: the least and the largest absolute air mass.
pub const FIRST_SOLAR_AIRMASS: (f64, f64) = (0.58, 10.0);

/// Which formula gives the spectral factor.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpectralModel {
    /// 1 in every hour.
    #[default]
    None,
    /// A polynomial of air mass, [`spectral_factor_sapm`], with De Soto's coefficients, or with the array's own where it has figures of
    /// Sandia's database.
    Sapm,
    /// Air mass and water, [`spectral_factor_firstsolar`]: the usual choice for cadmium telluride in damp air.
    FirstSolar,
    /// Air mass, water and aerosols, [`spectral_factor_caballero`].
    Caballero,
    /// Air mass and clouds, [`spectral_factor_pvspec`].
    Pvspec,
    /// Air mass and clouds, [`spectral_factor_jrc`].
    Jrc,
}

/// A model of the spectrum and the module that it is for, as a plant names them.
///
/// ```
/// use rooftop_pv::plane::{SpectralModel, SpectralModule, Spectrum};
///
/// let spectrum = Spectrum { model: SpectralModel::FirstSolar, module: SpectralModule::Cdte, ..Spectrum::default() };
/// let mut factor = [0.0];
/// spectrum.factors(&[1.5], &[4.0], &[1.0], &mut factor)?;
/// assert!(factor[0] > 1.02);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spectrum {
    /// The formula.
    pub model: SpectralModel,
    /// The module.
    pub module: SpectralModule,
    /// Aerosol optical depth at 500 nm, 0 to 5, which [`SpectralModel::Caballero`] asks for.
    pub aod500: f64,
}

impl Default for Spectrum {
    /// No model; if one is chosen, for monocrystalline silicon under Caballero's reference aerosols.
    fn default() -> Self {
        Self { model: SpectralModel::None, module: SpectralModule::MonoSi, aod500: CABALLERO_REFERENCE.0 }
    }
}

/// The names of the modules of a table.
fn modules<const N: usize>(table: &[(SpectralModule, [f64; N])]) -> Vec<SpectralModule> {
    table.iter().map(|(module, _)| *module).collect()
}

impl SpectralModel {
    /// The modules that the model has coefficients for; none for [`SpectralModel::None`], which needs none.
    pub fn modules(self) -> Vec<SpectralModule> {
        match self {
            Self::None => Vec::new(),
            Self::Sapm => modules(DE_SOTO),
            Self::FirstSolar => modules(FIRST_SOLAR),
            Self::Caballero => modules(CABALLERO),
            Self::Pvspec => modules(PVSPEC),
            Self::Jrc => modules(JRC),
        }
    }
}

impl Spectrum {
    /// Refuses a module that the model has no coefficients for, and impossible aerosols.
    ///
    /// # Errors
    /// [`Error::Mismatch`] names the modules that there are; [`Error::OutOfRange`] for the optical depth.
    pub fn validate(&self) -> Result<()> {
        check_range("aod500", self.aod500, 0.0, 5.0, "")?;
        if self.model == SpectralModel::None || self.model.modules().contains(&self.module) {
            return Ok(());
        }
        Err(self.unknown_module())
    }

    /// The factors of a block of hours.
    ///
    /// `airmass_absolute` is held to 0.58 to 10 (Lee & Panchula's limits), for Caballero to 5, beyond which its
    /// rounded coefficients let the polynomial turn; `precipitable_water`, cm, to 0.1 to 8; `clearsky_index`, GHI over that of a
    /// clear sky, to 0.01 to 2, since PVSPEC has a pole at 0. These limits but Lee & Panchula's are this crate's
    /// judgement; the functions by themselves have none. NaN gives NaN, in models that use the argument.
    ///
    /// # Errors
    /// As [`Spectrum::validate`], and [`Error::Length`] where a column is not as long as `out`.
    pub fn factors(
        &self,
        airmass_absolute: &[f64],
        precipitable_water: &[f64],
        clearsky_index: &[f64],
        out: &mut [f64],
    ) -> Result<()> {
        let expected = out.len();
        for (name, column) in [
            ("airmass_absolute", airmass_absolute),
            ("precipitable_water", precipitable_water),
            ("clearsky_index", clearsky_index),
        ] {
            if column.len() != expected {
                return Err(Error::Length { name, found: column.len(), expected });
            }
        }
        check_range("aod500", self.aod500, 0.0, 5.0, "")?;
        let (am, pw, kc) = (airmass_absolute, precipitable_water, clearsky_index);
        let (module, aod500) = (self.module, self.aod500);
        match self.model {
            SpectralModel::None => {
                out.fill(1.0);
                Some(())
            }
            SpectralModel::Sapm => module.de_soto().map(|a| {
                each(
                    out,
                    am,
                    pw,
                    *a,
                    #[inline(always)]
                    |am, _, a| spectral_factor_sapm(held(am, FIRST_SOLAR_AIRMASS), a),
                );
            }),
            SpectralModel::FirstSolar => module.first_solar().map(|c| {
                each(
                    out,
                    am,
                    pw,
                    *c,
                    #[inline(always)]
                    |am, pw, c| spectral_factor_firstsolar(held(pw, FIRST_SOLAR_WATER), am, c),
                );
            }),
            SpectralModel::Caballero => module.caballero().map(|c| {
                each(
                    out,
                    am,
                    pw,
                    (*c, aod500),
                    #[inline(always)]
                    |am, pw, (c, aod500)| {
                        spectral_factor_caballero(held(pw, FIRST_SOLAR_WATER), held(am, CABALLERO_AIRMASS), *aod500, c)
                    },
                );
            }),
            SpectralModel::Pvspec => module.pvspec().map(|a| {
                each(
                    out,
                    am,
                    kc,
                    *a,
                    #[inline(always)]
                    |am, kc, a| spectral_factor_pvspec(held(am, FIRST_SOLAR_AIRMASS), held(kc, CLEARSKY_INDEX), a),
                );
            }),
            SpectralModel::Jrc => module.jrc().map(|a| {
                each(
                    out,
                    am,
                    kc,
                    *a,
                    #[inline(always)]
                    |am, kc, a| spectral_factor_jrc(held(am, FIRST_SOLAR_AIRMASS), held(kc, CLEARSKY_INDEX), a),
                );
            }),
        }
        .ok_or_else(|| self.unknown_module())
    }

    fn unknown_module(&self) -> Error {
        let known: Vec<String> = self.model.modules().iter().map(word).collect();
        let (model, module) = (word(&self.model), word(&self.module));
        let problem = format!("{model} has no coefficients for {module}; it has them for {}", known.join(", "));
        Error::Mismatch { what: "spectral model", problem }
    }
}

/// A variant as a park file names it.
fn word(variant: &impl Serialize) -> String {
    serde_json::to_value(variant).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Air masses that [`spectral_factor_caballero`] is used for.
const CABALLERO_AIRMASS: (f64, f64) = (0.58, 5.0);

const CLEARSKY_INDEX: (f64, f64) = (0.01, 2.0);

/// A value within limits; NaN stays NaN.
#[inline(always)]
fn held(x: f64, (low, high): (f64, f64)) -> f64 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// One pass over a block.
#[inline(always)]
fn each<C: Copy>(out: &mut [f64], a: &[f64], b: &[f64], coefficients: C, factor: impl Fn(f64, f64, &C) -> f64) {
    math::vectorised(
        #[inline(always)]
        || {
            // A copy that nothing written to `out` can change, so that the loop keeps it in registers.
            let c = coefficients;
            for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
                *out = factor(a, b, &c);
            }
        },
    );
}

/// The factor of the Sandia array performance model from the absolute air mass; `a` as `A0` to `A4` of its tables, or
/// [`SpectralModule::de_soto`]. Not negative; NaN for NaN, where pvlib gives 0.
///
/// King, Boyson & Kratochvil, SAND2004-3535, doi:10.2172/919131.
#[inline(always)]
pub fn spectral_factor_sapm(airmass_absolute: f64, a: &[f64; 5]) -> f64 {
    let m = airmass_absolute;
    // f₁ = Σ aᵢ mⁱ
    math::positive(a[0] + m * (a[1] + m * (a[2] + m * (a[3] + m * a[4]))))
}

/// The factor from precipitable water (cm) and absolute air mass; coefficients as [`SpectralModule::first_solar`].
///
/// Fitted to simulated spectra of 0.5 to 5 cm and air masses of 1 to 5. As its authors have it, water below 0.1 cm counts as
/// 0.1 and above 8 gives NaN, and the air mass is held to 0.58 to 10.
///
/// Lee & Panchula, 43rd IEEE Photovoltaic Specialists Conference (2016), 3696, doi:10.1109/PVSC.2016.7749836.
#[inline(always)]
pub fn spectral_factor_firstsolar(precipitable_water: f64, airmass_absolute: f64, c: &[f64; 6]) -> f64 {
    let am = held(airmass_absolute, FIRST_SOLAR_AIRMASS);
    let (low, high) = FIRST_SOLAR_WATER;
    let pw = if precipitable_water < low { low } else { precipitable_water };
    let pw = if pw > high { f64::NAN } else { pw };
    let root = pw.sqrt();
    // M = c₁ + c₂ m + c₃ w + c₄ √m + c₅ √w + c₆ m/√w
    c[0] + c[1] * am + c[2] * pw + c[3] * am.sqrt() + c[4] * root + c[5] * am / root
}

/// The factor from precipitable water (cm), absolute air mass and aerosol optical depth at 500 nm; coefficients as
/// [`SpectralModule::caballero`]: five of the air mass, four of aerosols (constant, air mass, its logarithm, its square), two of water.
///
/// Fitted to a year of spectra in Jaén. NaN for an air mass below 0.
///
/// Caballero et al., IEEE Journal of Photovoltaics 8 (2018), 552, doi:10.1109/JPHOTOV.2017.2787019, equations 5 to 7.
#[inline(always)]
pub fn spectral_factor_caballero(precipitable_water: f64, airmass_absolute: f64, aod500: f64, c: &[f64; 11]) -> f64 {
    let m = airmass_absolute;
    let (aod_reference, water_reference) = CABALLERO_REFERENCE;
    let ln_m = math::ln(m);
    // M = f(m) + (τ − 0.084) g(m) + (w − 1.4164) h(m)
    let air = c[0] + m * (c[1] + m * (c[2] + m * (c[3] + m * c[4])));
    let aerosols = c[5] + c[6] * m + c[7] * ln_m + c[8] * (m * m);
    let water = c[9] + c[10] * ln_m;
    air + (aod500 - aod_reference) * aerosols + (precipitable_water - water_reference) * water
}

/// The factor from absolute air mass and clear-sky index (GHI over that of a clear sky); coefficients as
/// [`SpectralModule::pvspec`]. Infinite without light.
///
/// Pelland et al., 47th IEEE Photovoltaic Specialists Conference (2020), 1258, doi:10.1109/PVSC45281.2020.9300932.
#[inline(always)]
pub fn spectral_factor_pvspec(airmass_absolute: f64, clearsky_index: f64, a: &[f64; 3]) -> f64 {
    // M = a₁ k^a₂ m^a₃
    a[0] * math::exp(a[1] * math::ln(clearsky_index) + a[2] * math::ln(airmass_absolute))
}

/// The factor from air mass and clear-sky index (GHI over that of a clear sky); coefficients as [`SpectralModule::jrc`]. The
/// paper does not say whether its air mass is relative or absolute.
///
/// Huld, Sample & Dunlop, 24th European Photovoltaic Solar Energy Conference (2009), 3385,
/// doi:10.4229/24THEUPVSEC2009-4AV.3.27.
#[inline(always)]
pub fn spectral_factor_jrc(airmass: f64, clearsky_index: f64, a: &[f64; 3]) -> f64 {
    const E_INVERSE: f64 = 0.367_879_441_171_442_33;
    // M = 1 + a₁ (e⁻ᵏ − e⁻¹) + a₂ (k − 1) + a₃ (m − 1.5)
    1.0 + a[0] * (math::exp(-clearsky_index) - E_INVERSE) + a[1] * (clearsky_index - 1.0) + a[2] * (airmass - 1.5)
}

/// What [`spectral_factor_polo`] looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoloAir {
    /// Precipitable water, cm.
    pub precipitable_water: f64,
    /// Absolute air mass.
    pub airmass_absolute: f64,
    /// Aerosol optical depth at 500 nm, above 0.
    pub aod500: f64,
    /// Angle of incidence on the facade, degrees; beyond 90 it counts as 90.
    pub aoi: f64,
    /// Pressure, Pa.
    pub pressure: f64,
    /// Albedo of the ground, 0 to 1.
    pub albedo: f64,
}

/// The factor of a module on an upright facade; coefficients as [`SpectralModule::polo`].
///
/// Polo & Sanz-Saiz, Renewable Energy 245 (2025), 122820, doi:10.1016/j.renene.2025.122820.
#[inline(always)]
pub fn spectral_factor_polo(air: &PoloAir, c: &[f64; 9]) -> f64 {
    let aoi = if air.aoi > 90.0 { 90.0 } else { air.aoi };
    // r: the air mass along the module's normal over that along the beam, both absolute.
    let r = sky::absolute_airmass(sky::kasten_young_1989(aoi), air.pressure) / air.airmass_absolute;
    // M = (p₁ r + p₂/(p₃ + r^p₄) + b/τ + c √w) (c₁ (ρ/0.2)² + c₂ ρ/0.2 + c₃)
    let albedo = air.albedo / 0.2;
    let ground = c[8] + albedo * (c[7] + albedo * c[6]);
    let sky = c[0] * r + c[1] / (c[2] + math::powf(r, c[3])) + c[4] / air.aod500 + c[5] * air.precipitable_water.sqrt();
    ground * sky
}
