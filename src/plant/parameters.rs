//! Figures of modules of one's own, as a park file holds them or takes them from a library's file.

use serde::{Deserialize, Serialize};

use super::{DatasheetFigures, ModuleKind};
use crate::error::{Error, Result, check_range};
use crate::module::library::{CecEntry, PanModule, SandiaEntry};
use crate::module::single_diode::{
    BeyondDiode, Datasheet, PvsystModule, batzelis, bishop88_mpp, calcparams_cec, calcparams_pvsyst, max_power,
};
use crate::module::{AdrModule, PowerMatrix, SapmModule, pvefficiency_adr, sapm};
use crate::plane::{sapm_modifier, spectral_factor_sapm};

/// A module's figures, by the model that takes them.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModuleParameters {
    /// For [`PowerModel::Cec`](super::PowerModel::Cec) and [`PowerModel::Desoto`](super::PowerModel::Desoto).
    Cec(ModuleKind),
    /// For [`PowerModel::Cec`](super::PowerModel::Cec), [`PowerModel::Desoto`](super::PowerModel::Desoto) and
    /// [`PowerModel::Batzelis`](super::PowerModel::Batzelis): what the module's datasheet has. A park file's is fitted as it is read.
    Datasheet(DatasheetFigures),
    /// For [`PowerModel::Pvsyst`](super::PowerModel::Pvsyst).
    Pvsyst(PvsystFigures),
    /// For [`PowerModel::Batzelis`](super::PowerModel::Batzelis).
    Batzelis(Datasheet),
    /// For [`PowerModel::Sapm`](super::PowerModel::Sapm), [`Incidence::Sapm`](super::Incidence::Sapm) and the spectrum's `sapm`.
    Sapm(SapmModule),
    /// For [`PowerModel::Adr`](super::PowerModel::Adr); `k_a` does not count, since the capacity says how much there is.
    Adr(AdrModule),
    /// For [`PowerModel::Iec61853`](super::PowerModel::Iec61853).
    Iec61853(PowerTable),
}

/// A module in PVsyst's model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "FlatPvsyst", into = "FlatPvsyst")]
pub struct PvsystFigures {
    /// The diode.
    pub module: PvsystModule,
    /// Recombination in thin films, d²/(μ τ), V; 0 for crystalline silicon.
    pub d2mutau: f64,
}

/// [`PvsystFigures`] as a park file has it, without a table in the table.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatPvsyst {
    alpha_sc: f64,
    gamma_ref: f64,
    mu_gamma: f64,
    i_l_ref: f64,
    i_o_ref: f64,
    r_sh_ref: f64,
    r_sh_0: f64,
    r_sh_exp: f64,
    r_s: f64,
    cells_in_series: f64,
    eg_ref: f64,
    #[serde(default)]
    d2mutau: f64,
}

impl From<FlatPvsyst> for PvsystFigures {
    fn from(flat: FlatPvsyst) -> Self {
        let FlatPvsyst {
            alpha_sc,
            gamma_ref,
            mu_gamma,
            i_l_ref,
            i_o_ref,
            r_sh_ref,
            r_sh_0,
            r_sh_exp,
            r_s,
            cells_in_series,
            eg_ref,
            d2mutau,
        } = flat;
        Self {
            module: PvsystModule {
                alpha_sc,
                gamma_ref,
                mu_gamma,
                i_l_ref,
                i_o_ref,
                r_sh_ref,
                r_sh_0,
                r_sh_exp,
                r_s,
                cells_in_series,
                eg_ref,
            },
            d2mutau,
        }
    }
}

impl From<PvsystFigures> for FlatPvsyst {
    fn from(figures: PvsystFigures) -> Self {
        let PvsystModule {
            alpha_sc,
            gamma_ref,
            mu_gamma,
            i_l_ref,
            i_o_ref,
            r_sh_ref,
            r_sh_0,
            r_sh_exp,
            r_s,
            cells_in_series,
            eg_ref,
        } = figures.module;
        Self {
            alpha_sc,
            gamma_ref,
            mu_gamma,
            i_l_ref,
            i_o_ref,
            r_sh_ref,
            r_sh_0,
            r_sh_exp,
            r_s,
            cells_in_series,
            eg_ref,
            d2mutau: figures.d2mutau,
        }
    }
}

/// Built-in voltage of a thin film's cell, V; Mermoud & Lejeune, 25th EU PVSEC (2010), 4BV.1.114.
const V_BUILT_IN: f64 = 0.9;

impl PvsystFigures {
    /// What the curve has beyond the plain diode; none for crystalline silicon.
    pub(crate) fn beyond(&self) -> Option<BeyondDiode> {
        let ns_vbi = V_BUILT_IN * self.module.cells_in_series;
        (self.d2mutau > 0.0).then(|| BeyondDiode { d2mutau: self.d2mutau, ns_vbi, ..BeyondDiode::default() })
    }
}

/// Measurements of power after IEC 61853-1, for [`PowerMatrix::new`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PowerTable {
    /// Ascending irradiances, W/m2.
    pub irradiance: Vec<f64>,
    /// Ascending cell temperatures, degC.
    pub temp_cell: Vec<f64>,
    /// For each irradiance the powers over the temperatures, in any unit; `nan` where not measured.
    pub power: Vec<Vec<f64>>,
}

impl PowerTable {
    /// The prepared matrix.
    ///
    /// # Errors
    /// As [`PowerMatrix::new`].
    pub fn matrix(&self) -> Result<PowerMatrix> {
        PowerMatrix::new(&self.irradiance, &self.temp_cell, &self.power)
    }
}

impl ModuleParameters {
    /// The model's word in a park file.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Cec(_) => "cec",
            Self::Datasheet(_) => "datasheet",
            Self::Pvsyst(_) => "pvsyst",
            Self::Batzelis(_) => "batzelis",
            Self::Sapm(_) => "sapm",
            Self::Adr(_) => "adr",
            Self::Iec61853(_) => "iec61853",
        }
    }

    /// Power of one module (of a datasheet by [`batzelis`]), in the figures' unit, at an irradiance that reaches the cells (W/m2) and a cell temperature (degC).
    ///
    /// # Errors
    /// As [`PowerMatrix::new`] for a table that cannot be used.
    pub fn power(&self, effective_irradiance: f64, temp_cell: f64) -> Result<f64> {
        let (g, t) = (effective_irradiance, temp_cell);
        Ok(match self {
            Self::Cec(kind) => max_power(&calcparams_cec(g, t, &kind.cec)).p_mp,
            Self::Pvsyst(figures) => {
                let diode = calcparams_pvsyst(g, t, &figures.module);
                figures.beyond().map_or_else(|| max_power(&diode), |beyond| bishop88_mpp(&diode, &beyond)).p_mp
            }
            Self::Batzelis(sheet) | Self::Datasheet(DatasheetFigures { sheet, .. }) => {
                batzelis(g, t, sheet).max_power.p_mp
            }
            Self::Sapm(module) => sapm(g, t, module).p_mp,
            Self::Adr(module) => g * 0.001 * pvefficiency_adr(g, t, module),
            Self::Iec61853(table) => table.matrix()?.power(g, t),
        })
    }

    /// Refuses figures that make no power, whatever each number is: the model itself says it best.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] with the power and where it came out, and those of [`ModuleParameters::power`].
    pub fn validate(&self) -> Result<()> {
        let refuse = |name: String, value: f64, allowed: String| Err(Error::OutOfRange { name, value, allowed });
        let (power, ends) = match self {
            Self::Batzelis(sheet) | Self::Datasheet(DatasheetFigures { sheet, .. }) => {
                ([sheet.v_mp, sheet.i_mp], [sheet.v_oc, sheet.i_sc])
            }
            Self::Sapm(module) => ([module.vmpo, module.impo], [module.voco, module.isco]),
            _ => Default::default(),
        };
        for ((name, at_power), end) in
            ["voltage", "current"].into_iter().zip(power).zip(ends).filter(|(_, end)| *end != 0.0)
        {
            if !(at_power > 0.0 && at_power < end) {
                let allowed = format!("above 0 and below the {end} at the end of the curve; are the two exchanged?");
                return refuse(format!("{name} of maximum power"), at_power, allowed);
            }
        }
        if let Self::Datasheet(DatasheetFigures { gamma_pdc, efficiency, .. }) = self {
            check_range("gamma_pdc", *gamma_pdc, -0.01, 0.0, "1/K")?;
            check_range("efficiency", *efficiency, 0.01, 0.5, "as a fraction")?;
        }
        if let Self::Pvsyst(PvsystFigures { d2mutau, .. }) = self {
            check_range("d2mutau", *d2mutau, 0.0, 50.0, "V")?;
        }
        if let Self::Sapm(module) = self {
            check_range("fd", module.fd, 0.0, 1.5, "")?;
            let spectral = spectral_factor_sapm(1.5, &module.a);
            check_range("factor of the spectrum by A0 to A4 at an air mass of 1.5", spectral, 0.8, 1.2, "")?;
            for (angle, least) in [(0.0, 0.9), (30.0, 0.8), (60.0, 0.5)] {
                let name = format!("modifier by B0 to B5 at {angle} degrees");
                check_range(&name, sapm_modifier(angle, &module.b), least, 1.1, "")?;
            }
        }
        let rated = self.power(1000.0, 25.0)?;
        if !(rated > 0.0 && rated < 1e9) {
            let allowed = format!("the figures of {} have to give a power above 0 there", self.word());
            return refuse("power at 1000 W/m2 and 25 degC".into(), rated, allowed);
        }
        // No module's efficiency changes as much as that; a wrong sign or unit changes it more.
        for (g, t) in [(200.0, -10.0), (600.0, 45.0), (1100.0, 75.0)] {
            let relative = self.power(g, t)? / rated / (g / 1000.0);
            if !(0.5..=1.5).contains(&relative) {
                let name = format!("efficiency at {g} W/m2 and {t} degC over that at 1000 W/m2 and 25 degC");
                let allowed = format!("the figures of {} have to give 0.5 to 1.5; check signs and units", self.word());
                return refuse(name, relative, allowed);
            }
        }
        let sound = |kind: &ModuleKind| {
            (rated / kind.p_mp - 1.0).abs() < 0.005 && kind.efficiency > 0.0 && kind.efficiency < 0.5
        };
        match self {
            Self::Cec(kind) if !sound(kind) => {
                let allowed = format!(
                    "the diode's parameters give {rated:.1} W at 1000 W/m2 and 25 degC, p_mp has to be within half a per cent of it, and \
                     efficiency ({}) a fraction above 0",
                    kind.efficiency
                );
                refuse("p_mp".into(), kind.p_mp, allowed)
            }
            _ => Ok(()),
        }
    }
}

impl From<&CecEntry> for ModuleParameters {
    fn from(entry: &CecEntry) -> Self {
        Self::Cec(ModuleKind::of_entry(entry))
    }
}

impl From<&SandiaEntry> for ModuleParameters {
    /// The two further points of the curve are left out, which no power needs.
    fn from(entry: &SandiaEntry) -> Self {
        let [c0, c1, c2, c3, ..] = entry.parameters.c;
        let c = [c0, c1, c2, c3, 0.0, 0.0, 0.0, 0.0];
        Self::Sapm(SapmModule { c, ixo: 0.0, ixxo: 0.0, ..entry.parameters })
    }
}

impl From<&PanModule> for ModuleParameters {
    fn from(pan: &PanModule) -> Self {
        let module = PvsystModule {
            alpha_sc: pan.alpha_sc,
            gamma_ref: pan.gamma,
            mu_gamma: pan.mu_gamma,
            i_l_ref: pan.i_l_ref,
            i_o_ref: pan.i_o_ref,
            r_sh_ref: pan.r_sh_ref,
            r_sh_0: pan.r_sh_0,
            r_sh_exp: pan.r_sh_exp,
            r_s: pan.r_s,
            cells_in_series: pan.cells_in_series,
            eg_ref: band_gap(&pan.technology),
        };
        Self::Pvsyst(PvsystFigures { module, d2mutau: pan.d2mutau })
    }
}

/// PVsyst's band gap of a technology in its words, eV: the files have none, its help has one by material ("standard one-diode model").
fn band_gap(technology: &str) -> f64 {
    let named = |part: &str| technology.to_ascii_lowercase().contains(part);
    match () {
        () if named("cdte") => 1.5,
        () if named("cis") || named("cigs") => 1.03,
        () if named("asi") => 1.7,
        () => 1.121,
    }
}
