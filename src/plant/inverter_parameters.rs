//! Figures of inverters of one's own, as a park file holds them or takes them from a library's file.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};
use crate::inverter::library::OndInverter;
use crate::inverter::{AdrInverter, CurveProfile, EfficiencyCurve, SandiaInverter};

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
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::lists::pairs")]
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

    /// What it draws while it does not run, W.
    pub fn night_w(&self) -> f64 {
        match self {
            Self::Sandia(inverter) => inverter.pnt.abs(),
            Self::Adr(inverter) => inverter.pnt.abs(),
            Self::Curve(figures) => figures.night_w,
        }
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
        check_range("draw at night", self.night_w(), 0.0, 0.02 * rated_w, "W, 2 % of the rated power")?;
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

/// A curve less what the inverter draws beside in operation, from a threshold of AC power on.
fn with_auxiliary(profile: &CurveProfile, auxiliary: Option<(f64, f64)>) -> CurveProfile {
    let (loss, threshold) = auxiliary.unwrap_or_default();
    let less = |p_ac: f64| if p_ac > threshold { (p_ac - loss).max(0.0) } else { p_ac };
    let mut points: Vec<(f64, f64)> = profile.points.iter().map(|(p_dc, p_ac)| (*p_dc, less(*p_ac))).collect();
    // Behind the threshold the curve may stand lower than before it: it ascends from its last point on nothing.
    points.dedup_by(|next, before| next.1 <= before.1);
    CurveProfile { voltage: profile.voltage, points }
}

impl From<&OndInverter> for InverterParameters {
    fn from(ond: &OndInverter) -> Self {
        Self::Curve(CurveFigures {
            nominal_w: ond.p_nom_w,
            limit_w: Some(ond.p_max_w),
            night_w: ond.night_w,
            efficiency: Vec::new(),
            profiles: ond.profiles.iter().map(|profile| with_auxiliary(profile, ond.auxiliary)).collect(),
        })
    }
}
