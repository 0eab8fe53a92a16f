//! PVsyst's PAN files.

use super::pvsyst::Object;
use super::text::{Text, bad};
use crate::error::{Error, Result};
use crate::math;
use crate::plane::ashrae;

/// What gets through the glass of a PAN file's module over the angle of incidence.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum PanIncidence {
    /// ASHRAE's formula with this b₀, for [`crate::plane::ashrae`].
    Ashrae(f64),
    /// Angles (degrees, ascending) and modifiers, measured.
    Profile(Vec<(f64, f64)>),
}

impl PanIncidence {
    /// The modifier at an angle of incidence in degrees; 0 for light from behind.
    ///
    /// Between a profile's points it goes straight, as in pvlib's `iam.interp`, where PVsyst lays a cubic curve; before the first
    /// and beyond the last it stays.
    pub fn modifier(&self, aoi: f64) -> f64 {
        let points = match self {
            Self::Ashrae(b) => return ashrae(aoi, *b),
            Self::Profile(points) => points.as_slice(),
        };
        let angle = aoi.abs();
        if angle >= 90.0 {
            return 0.0;
        }
        let after = points.partition_point(|point| point.0 <= angle);
        match (after.checked_sub(1).and_then(|k| points.get(k)), points.get(after)) {
            _ if angle.is_nan() => f64::NAN,
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (angle - x0) / (x1 - x0),
            (Some((_, y)), None) | (None, Some((_, y))) => *y,
            (None, None) => f64::NAN,
        }
    }
}

/// A module of a PAN file, values as the file has them but in the crate's units.
#[derive(Clone, Debug, PartialEq)]
pub struct PanModule {
    /// Maker.
    pub manufacturer: String,
    /// Model.
    pub model: String,
    /// Where the maker's values come from.
    pub data_source: String,
    /// Version of PVsyst that wrote the file.
    pub version: String,
    /// Technology in PVsyst's words, as `mtSiMono` or `mtCdTe`.
    pub technology: String,
    /// Width, m.
    pub width_m: Option<f64>,
    /// Height, m.
    pub height_m: Option<f64>,
    /// Cells in series.
    pub cells_in_series: f64,
    /// Strings of cells in parallel; half-cell modules have two.
    pub cells_in_parallel: f64,
    /// Irradiance of the reference, W/m2: 1000, since files with another are refused.
    pub irradiance_ref: f64,
    /// Cell temperature of the reference, degC: 25, since files with another are refused.
    pub temp_ref: f64,
    /// Nominal power, W.
    pub p_nom_w: f64,
    /// Current without voltage, A.
    pub i_sc: f64,
    /// Voltage without current, V.
    pub v_oc: f64,
    /// Current of the most power, A.
    pub i_mp: f64,
    /// Voltage of the most power, V.
    pub v_mp: f64,
    /// Change of `i_sc` with temperature (`muISC`), A/K.
    pub alpha_sc: f64,
    /// Change of `v_oc` with temperature (`muVocSpec`), V/K, where the maker says it.
    pub beta_oc: Option<f64>,
    /// Change of the power with temperature (`muPmpReq`), 1/K, where the maker says it.
    pub gamma_pdc: Option<f64>,
    /// Shunt resistance at the reference irradiance (`RShunt`), Ω.
    pub r_sh_ref: f64,
    /// Shunt resistance without light (`Rp_0`), Ω.
    pub r_sh_0: f64,
    /// Exponent between the two (`Rp_Exp`); PVsyst's 5.5 where the file has none.
    pub r_sh_exp: f64,
    /// Series resistance (`RSerie`), Ω.
    pub r_s: f64,
    /// Diode factor of one cell (`Gamma`).
    pub gamma: f64,
    /// Change of the diode factor with temperature (`muGamma`), 1/K.
    pub mu_gamma: f64,
    /// Recombination in thin films (`D2MuTau`), V; 0 where the file has none.
    pub d2mutau: f64,
    /// What the back makes of light, over the front.
    pub bifaciality: Option<f64>,
    /// What a first day in the sun costs (`LIDLoss`), a fraction.
    pub lid_loss: Option<f64>,
    /// What gets through the glass, by what `IAMMode` names; none where the file leaves it to `PVsyst`.
    pub incidence: Option<PanIncidence>,
    /// Photocurrent at the reference, A: what the two ends of the curve, `i_sc` and `v_oc`, make of it.
    pub i_l_ref: f64,
    /// Saturation current of the diode at the reference, A, of the same.
    pub i_o_ref: f64,
}

/// Built-in voltage of a thin film's junction, V; Mermoud & Lejeune, 25th EU PVSEC (2010), 4BV.1.114.
const V_BUILT_IN: f64 = 0.9;

/// Reads a PAN file.
pub(super) fn read(text: &Text<'_>) -> Result<PanModule> {
    let root = Object::parse(text)?;
    if !root.kind.eq_ignore_ascii_case("pvModule") {
        let problem = format!("the file describes a {}, not a pvModule", root.kind);
        return Err(text.refuse(problem, "give a PAN file; inverters are read by inverter::library"));
    }
    let commercial = root.object("PVObject_Commercial");
    let words = |key: &str| commercial.map_or_else(|| root.text(key), |object| object.text(key));
    let wrong = |key: &str, value: f64, problem: String| -> Result<Error> {
        let line = root.value(key)?.map_or(root.line, |(_, line)| line);
        Ok(bad(root.file(), line, key, &value.to_string(), problem))
    };
    let size = |key: &str| commercial.unwrap_or(&root).maybe(key, (0.01, 10.0, "m"));
    let scaled = |key, factor: f64, range| Ok(root.maybe(key, range)?.map(|value| value * factor));
    let mut module = PanModule {
        manufacturer: words("Manufacturer")?,
        model: words("Model")?,
        data_source: words("DataSource")?,
        version: root.text("Version")?,
        technology: root.text("Technol")?,
        width_m: size("Width")?,
        height_m: size("Height")?,
        cells_in_series: root.number("NCelS", (1.0, 1000.0, "cells"))?,
        cells_in_parallel: root.maybe("NCelP", (1.0, 100.0, "strings"))?.unwrap_or(1.0),
        irradiance_ref: root.maybe("GRef", (100.0, 2000.0, "W/m2"))?.unwrap_or(1000.0),
        temp_ref: root.maybe("TRef", (-20.0, 80.0, "degC"))?.unwrap_or(25.0),
        p_nom_w: root.number("PNom", (0.1, 5000.0, "W"))?,
        i_sc: root.number("Isc", (0.01, 200.0, "A"))?,
        v_oc: root.number("Voc", (0.1, 1000.0, "V"))?,
        i_mp: root.number("Imp", (0.01, 200.0, "A"))?,
        v_mp: root.number("Vmp", (0.1, 1000.0, "V"))?,
        alpha_sc: 1e-3 * root.number("muISC", (-100.0, 100.0, "mA/K"))?,
        beta_oc: scaled("muVocSpec", 1e-3, (-2000.0, 100.0, "mV/K"))?.filter(|beta| *beta != 0.0),
        gamma_pdc: scaled("muPmpReq", 1e-2, (-2.0, 1.0, "%/K"))?.filter(|gamma| *gamma != 0.0),
        r_sh_ref: root.number("RShunt", (0.1, 1e6, "ohm"))?,
        r_sh_0: root.number("Rp_0", (0.1, 1e8, "ohm"))?,
        r_sh_exp: root.maybe("Rp_Exp", (0.1, 100.0, ""))?.unwrap_or(5.5),
        r_s: root.number("RSerie", (0.0, 100.0, "ohm"))?,
        gamma: root.number("Gamma", (0.3, 10.0, ""))?,
        mu_gamma: root.number("muGamma", (-0.1, 0.1, "1/K"))?,
        d2mutau: root.maybe("D2MuTau", (0.0, 50.0, "V"))?.unwrap_or(0.0),
        bifaciality: root.maybe("BifacialityFactor", (0.0, 1.0, ""))?.filter(|factor| *factor > 0.0),
        lid_loss: scaled("LIDLoss", 1e-2, (0.0, 20.0, "%"))?,
        incidence: incidence(&root)?,
        i_l_ref: f64::NAN,
        i_o_ref: f64::NAN,
    };
    // With muGamma the saturation current's change depends on where it starts, so that no numbers at 25 degC make the same module.
    for (key, value, standard) in [("GRef", module.irradiance_ref, 1000.0), ("TRef", module.temp_ref, 25.0)] {
        if value != standard {
            let problem = format!(
                "the numbers of a module are taken at 1000 W/m2 and 25 degC, so {standard} is expected; get the maker's file \
                 for these conditions"
            );
            return Err(wrong(key, value, problem)?);
        }
    }
    for (key, value, most) in [("Imp", module.i_mp, module.i_sc), ("Vmp", module.v_mp, module.v_oc)] {
        if value >= most {
            let problem = format!("the most power lies below the end of the curve, {most}; are the two exchanged?");
            return Err(wrong(key, value, problem)?);
        }
    }
    let made = module.i_mp * module.v_mp;
    if !(0.95..=1.05).contains(&(module.p_nom_w / made)) {
        let problem = format!("Imp and Vmp make {made:.1} W, from which it may differ by 5 %");
        return Err(wrong("PNom", module.p_nom_w, problem)?);
    }
    (module.i_l_ref, module.i_o_ref) = module.reference_currents();
    if !(module.i_o_ref > 0.0 && module.i_l_ref > 0.0 && module.i_l_ref.is_finite()) {
        let problem = "no diode goes through Isc and Voc with this resistance, RSerie and Gamma";
        return Err(wrong("RShunt", module.r_sh_ref, problem.into())?);
    }
    Ok(module)
}

fn incidence(root: &Object<'_>) -> Result<Option<PanIncidence>> {
    let Some(object) = root.object("PVObject_IAM") else { return Ok(None) };
    let mode = object.text("IAMMode")?.to_ascii_lowercase();
    let ashrae = || Ok(object.maybe("B0_IAM", (0.0, 0.5, ""))?.map(PanIncidence::Ashrae));
    let profile = || object.object("IAMProfile").map(profile).transpose();
    match mode.as_str() {
        "ashrae" => ashrae(),
        "userprofile" => profile(),
        "" => ashrae()?.map_or_else(profile, |ashrae| Ok(Some(ashrae))),
        _ => Ok(None),
    }
}

fn profile(profile: &Object<'_>) -> Result<PanIncidence> {
    let points = profile.points((0.0, 90.0, "degrees"), (0.0, 1.2, ""))?;
    if points.len() < 2 {
        return Err(bad(profile.file(), profile.line, "IAMProfile", "", "a profile has two points or more"));
    }
    let incidence = PanIncidence::Profile(points);
    let straight = incidence.modifier(0.0);
    if !(0.9..=1.1).contains(&straight) {
        let problem = format!("{straight} of the light gets through where it falls straight in; 0.9 to 1.1 is allowed");
        return Err(bad(profile.file(), profile.line, "Point_1", "", problem));
    }
    Ok(incidence)
}

impl PanModule {
    /// Photocurrent and saturation current, A, of the diode through both ends of the curve: two equations, linear in both.
    fn reference_currents(&self) -> (f64, f64) {
        let cells_v = self.cells_in_series * 1.380649e-23 / 1.602176634e-19 * (self.temp_ref + 273.15);
        // At a diode voltage U: I = I_L (1 − d²/μτ / (N_s V_bi − U)) − I_o (e^(U/a) − 1) − U/R_sh
        let terms = |u: f64| {
            let lost = self.d2mutau / (self.cells_in_series * V_BUILT_IN - u);
            (1.0 - lost, math::exp(u / (self.gamma * cells_v)) - 1.0, u / self.r_sh_ref)
        };
        let (light_0, dark_0, shunt_0) = terms(self.i_sc * self.r_s);
        let (light_1, dark_1, shunt_1) = terms(self.v_oc);
        let determinant = light_0 * dark_1 - light_1 * dark_0;
        let (with_isc, with_voc) = (self.i_sc + shunt_0, shunt_1);
        let i_l = (with_isc * dark_1 - with_voc * dark_0) / determinant;
        (i_l, (with_isc * light_1 - with_voc * light_0) / determinant)
    }
}
