//! Figures of modules and inverters of one's own, as a park file holds them or takes them from a library's file.

use serde::{Deserialize, Serialize};

use super::ModuleKind;
use crate::error::{Error, Result};
use crate::inverter::library::OndInverter;
use crate::inverter::{AdrInverter, CurveProfile, EfficiencyCurve, SandiaInverter};
use crate::module::library::{CecEntry, PanModule, SandiaEntry};
use crate::module::single_diode::{
    BeyondDiode, Datasheet, PvsystModule, batzelis, bishop88_mpp, calcparams_cec, calcparams_pvsyst, max_power,
};
use crate::module::{AdrModule, PowerMatrix, SapmModule, pvefficiency_adr, sapm};

/// A module's figures, by the model that takes them.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModuleParameters {
    /// For [`PowerModel::Cec`](super::PowerModel::Cec) and [`PowerModel::Desoto`](super::PowerModel::Desoto).
    Cec(ModuleKind),
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
pub struct PvsystFigures {
    /// The diode.
    #[serde(flatten)]
    pub module: PvsystModule,
    /// Recombination in thin films, d²/(μ τ), V; 0 for crystalline silicon.
    pub d2mutau: f64,
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
            Self::Pvsyst(_) => "pvsyst",
            Self::Batzelis(_) => "batzelis",
            Self::Sapm(_) => "sapm",
            Self::Adr(_) => "adr",
            Self::Iec61853(_) => "iec61853",
        }
    }

    /// Power of one module, in the figures' unit, at an irradiance that reaches the cells (W/m2) and a cell temperature (degC).
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
            Self::Batzelis(sheet) => batzelis(g, t, sheet).max_power.p_mp,
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
            Self::Batzelis(sheet) => ([sheet.v_mp, sheet.i_mp], [sheet.v_oc, sheet.i_sc]),
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
            (rated / kind.p_mp - 1.0).abs() < 0.05 && kind.efficiency > 0.0 && kind.efficiency < 0.5
        };
        match self {
            Self::Cec(kind) if !sound(kind) => {
                let allowed = format!(
                    "the diode's parameters give {rated:.1} W at 1000 W/m2 and 25 degC, p_mp has to be within 5 % of it, and \
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

/// An inverter's figures, by the model that takes them.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InverterParameters {
    /// For [`InverterModel::Sandia`](super::InverterModel::Sandia).
    Sandia(SandiaInverter),
    /// For [`InverterModel::Adr`](super::InverterModel::Adr).
    Adr(AdrInverter),
    /// For [`InverterModel::Curve`](super::InverterModel::Curve).
    Curve(CurveFigures),
}

/// An inverter by its datasheet: either `efficiency` or `profiles`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurveFigures {
    /// Nominal AC power, W.
    pub nominal_w: f64,
    /// Limit of AC power, W; the nominal one where it is not given.
    pub limit_w: Option<f64>,
    /// What it draws at night, W.
    #[serde(default)]
    pub night_w: f64,
    /// Share of the nominal AC power and efficiency there, point by point, as `[0.05, 0.95]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub efficiency: Vec<(f64, f64)>,
    /// DC and AC power, point by point, at one to three DC voltages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<CurveProfile>,
}

impl CurveFigures {
    /// The prepared curve.
    ///
    /// # Errors
    /// As [`EfficiencyCurve::new`] and [`EfficiencyCurve::from_shares`]; both or neither of `efficiency` and `profiles`.
    pub fn prepared(&self) -> Result<EfficiencyCurve> {
        match (self.efficiency.as_slice(), self.profiles.as_slice()) {
            (shares, []) if !shares.is_empty() => {
                EfficiencyCurve::from_shares(self.nominal_w, self.night_w, &[(0.0, shares)])?
                    .with_limit(self.limit_w.unwrap_or(self.nominal_w))
            }
            ([], profiles) if !profiles.is_empty() => {
                EfficiencyCurve::new(self.nominal_w, self.limit_w.unwrap_or(self.nominal_w), self.night_w, profiles)
            }
            (efficiency, _) => {
                let both = if efficiency.is_empty() { "neither" } else { "both" };
                let problem = format!("{both} of efficiency and profiles stand in it; give one of them");
                Err(Error::Mismatch { what: "curve", problem })
            }
        }
    }
}

impl InverterParameters {
    /// The model's word in a park file.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Sandia(_) => "sandia",
            Self::Adr(_) => "adr",
            Self::Curve(_) => "curve",
        }
    }

    /// Rated AC power, W, and the DC voltage at which it is rated, V: of a curve the middle one.
    ///
    /// # Errors
    /// As [`CurveFigures::prepared`].
    pub fn rated(&self) -> Result<(f64, f64)> {
        Ok(match self {
            Self::Sandia(inverter) => (inverter.paco, inverter.vdco),
            Self::Adr(inverter) => (inverter.pacmax, inverter.vnom),
            Self::Curve(figures) => {
                let curve = figures.prepared()?;
                let voltages = curve.voltages();
                (curve.limit_w(), voltages.get(voltages.len() / 2).copied().unwrap_or_default())
            }
        })
    }

    /// AC power, W, without the limit, from DC voltage (V) and power (W).
    ///
    /// # Errors
    /// As [`CurveFigures::prepared`].
    pub fn unlimited(&self, v_dc: f64, p_dc: f64) -> Result<f64> {
        Ok(match self {
            Self::Sandia(inverter) => inverter.unlimited(v_dc, p_dc),
            Self::Adr(inverter) => crate::inverter::adr(v_dc, p_dc, &AdrInverter { pacmax: f64::MAX, ..*inverter }),
            Self::Curve(figures) => figures.prepared()?.unlimited(v_dc, p_dc),
        })
    }

    /// Refuses figures that make no AC power, or more than goes in, at a DC voltage (V; the rated one where it is none).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] with the power, and those of [`CurveFigures::prepared`].
    pub fn validate(&self, v_dc: Option<f64>) -> Result<()> {
        let (rated_w, v_rated) = self.rated()?;
        let v_dc = v_dc.unwrap_or(v_rated);
        if !(rated_w > 0.0 && rated_w < 1e9) {
            let allowed = String::from("more than 0 W");
            return Err(Error::OutOfRange { name: "rated AC power".into(), value: rated_w, allowed });
        }
        for share in [0.3, 0.6, 1.0] {
            let (p_dc, name) = (share * rated_w, format!("AC power of {} W DC at {v_dc} V", share * rated_w));
            let power = self.unlimited(v_dc, p_dc)?;
            // Fits may give a little more than goes in where nothing was measured.
            if !(power > 0.5 * p_dc && power < 1.02 * p_dc) {
                let allowed = format!("the figures of {} have to give 50 to 100 % of it there", self.word());
                return Err(Error::OutOfRange { name, value: power, allowed });
            }
        }
        Ok(())
    }
}

impl From<&OndInverter> for InverterParameters {
    fn from(ond: &OndInverter) -> Self {
        Self::Curve(CurveFigures {
            nominal_w: ond.p_nom_w,
            limit_w: Some(ond.p_max_w),
            night_w: ond.night_w,
            efficiency: Vec::new(),
            profiles: ond.profiles.clone(),
        })
    }
}
