//! PVsyst's OND files.

use crate::error::Result;
use crate::inverter::{CurveProfile, EfficiencyCurve};
use crate::module::library::pvsyst::Object;
use crate::module::library::text::{Text, bad};

/// An inverter of an OND file, values as the file has them but in the crate's units.
#[derive(Clone, Debug, PartialEq)]
pub struct OndInverter {
    /// Maker.
    pub manufacturer: String,
    /// Model.
    pub model: String,
    /// Where the maker's values come from.
    pub data_source: String,
    /// Version of PVsyst that wrote the file.
    pub version: String,
    /// Nominal AC power (`PNomConv`), W.
    pub p_nom_w: f64,
    /// Highest AC power (`PMaxOUT`), W, which it gives when it is cool.
    pub p_max_w: f64,
    /// AC voltage, V.
    pub v_ac: Option<f64>,
    /// DC voltages between which it follows the most power, V.
    pub v_mpp: [f64; 2],
    /// Highest DC voltage, V.
    pub v_dc_max: f64,
    /// Highest DC current, A.
    pub i_dc_max: Option<f64>,
    /// DC power from which it works (`PSeuil`), W.
    pub p_start_w: f64,
    /// What it draws at night (`Night_Loss`), W; 0 where the file has none.
    pub night_w: f64,
    /// What it draws beside in operation (`Aux_Loss`), W, and the AC power from which on it does (`Aux_Thresh`), W.
    pub auxiliary: Option<(f64, f64)>,
    /// Inputs with a tracker of their own.
    pub trackers: Option<f64>,
    /// European efficiency in the maker's words, a fraction.
    pub efficiency_euro: Option<f64>,
    /// Air temperatures (degC, ascending) and the AC power (W) up to which it works there. A limit of 0 counts as one that the file
    /// leaves out, as it does with those that are not used.
    pub power_over_temp: Vec<(f64, f64)>,
    /// Measured curves, by ascending voltage, or one where the file has one.
    pub profiles: Vec<CurveProfile>,
    /// European efficiency at each voltage of `profiles` in the maker's words, a fraction; may be empty.
    pub efficiency_euro_v: Vec<f64>,
}

const KW: (f64, f64, &str) = (1e-3, 1e5, "kW");
const WATTS: (f64, f64, &str) = (0.0, 1e9, "W");
const VOLTS: (f64, f64, &str) = (1.0, 5000.0, "V");
const PERCENT: (f64, f64, &str) = (0.0, 100.0, "%");

/// Reads an OND file.
pub(super) fn read(text: &Text<'_>) -> Result<OndInverter> {
    let root = Object::parse(text)?;
    if !root.kind.eq_ignore_ascii_case("pvGInverter") && !root.kind.eq_ignore_ascii_case("pvInverter") {
        let problem = format!("the file describes a {}, not a pvGInverter", root.kind);
        return Err(text.refuse(problem, "give an OND file; modules are read by module::library"));
    }
    let commercial = root.object("PVObject_Commercial");
    let words = |key: &str| commercial.map_or_else(|| root.text(key), |object| object.text(key));
    let Some(converter) = root.object("Converter") else {
        return Err(text.refuse("the object Converter=TConverter is missing", "get the file whole"));
    };
    let p_nom_w = 1e3 * converter.number("PNomConv", KW)?;
    let p_max_w = converter.maybe("PMaxOUT", KW)?.map_or(p_nom_w, |kw| 1e3 * kw);
    let maybe = |key: &str, range| Ok(converter.maybe(key, range)?.filter(|value| *value > 0.0));
    let mut power_over_temp = Vec::new();
    for (temp, power) in [("TPMax", "PMaxOUT"), ("TPNom", "PNomConv"), ("TPLim1", "PLim1"), ("TPLimAbs", "PLimAbs")] {
        let kw = maybe(power, (0.0, 1e5, "kW"))?;
        let point = converter.maybe(temp, (-60.0, 120.0, "degC"))?.zip(kw);
        power_over_temp.extend(point.map(|(temp, kw)| (temp, 1e3 * kw)));
    }
    power_over_temp.sort_by(|a, b| a.0.total_cmp(&b.0));
    let v_mpp = [converter.number("VMppMin", VOLTS)?, converter.number("VMPPMax", VOLTS)?];
    if v_mpp[0] > v_mpp[1] {
        let line = converter.value("VMppMin")?.map_or(converter.line, |(_, line)| line);
        let problem = format!("this is above VMPPMax, {}; are the two exchanged?", v_mpp[1]);
        return Err(bad(converter.file(), line, "VMppMin", &v_mpp[0].to_string(), problem));
    }
    let auxiliary = root.maybe("Aux_Loss", (0.0, 1e7, "W"))?.filter(|loss| *loss > 0.0);
    let threshold = root.maybe("Aux_Thresh", (0.0, 1e8, "W"))?.unwrap_or(0.0);
    let euro = converter.list("EfficEuroV", PERCENT)?;
    Ok(OndInverter {
        manufacturer: words("Manufacturer")?,
        model: words("Model")?,
        data_source: words("DataSource")?,
        version: root.text("Version")?,
        p_nom_w,
        p_max_w,
        v_ac: maybe("VOutConv", (0.0, 1e5, "V"))?,
        v_mpp,
        v_dc_max: converter.number("VAbsMax", VOLTS)?,
        i_dc_max: maybe("IMaxDC", (0.0, 1e6, "A"))?,
        p_start_w: converter.number("PSeuil", (0.0, 1e6, "W"))?,
        night_w: root.maybe("Night_Loss", (0.0, 1e5, "W"))?.unwrap_or(0.0),
        auxiliary: auxiliary.map(|loss| (loss, threshold)),
        trackers: root.maybe("NbMPPT", (1.0, 1000.0, "inputs"))?,
        efficiency_euro: maybe("EfficEuro", PERCENT)?.map(|percent| percent / 100.0),
        power_over_temp,
        profiles: profiles(converter)?,
        efficiency_euro_v: euro.iter().map(|percent| percent / 100.0).collect(),
    })
}

/// The curve at each voltage, else the one without.
fn profiles(converter: &Object<'_>) -> Result<Vec<CurveProfile>> {
    let points = |profile: &Object<'_>| -> Result<Vec<(f64, f64)>> {
        let mut points = profile.points(WATTS, WATTS)?;
        // Beyond the limit of AC power the curve is flat, which the limit says, too.
        while let [.., (_, before), (_, last)] = points.as_slice()
            && last <= before
        {
            points.pop();
        }
        for (k, (p_dc, p_ac)) in points.iter().enumerate() {
            if p_ac > p_dc {
                let key = format!("Point_{}", k + 1);
                let line = profile.value(&key)?.map_or(profile.line, |(_, line)| line);
                let problem = format!("{p_ac} W come out where {p_dc} W go in");
                return Err(bad(profile.file(), line, &key, "", problem));
            }
        }
        if points.len() < 2 {
            return Err(bad(profile.file(), profile.line, "Point_1", "", "a profile has two points or more"));
        }
        Ok(points)
    };
    let voltages = converter.list("VNomEff", (1.0, 5000.0, "V"))?;
    let at_voltages: Vec<&Object<'_>> = (1..=9).map_while(|k| converter.object(&format!("ProfilPIOV{k}"))).collect();
    if !at_voltages.is_empty() {
        let (value, line) = converter.value("VNomEff")?.unwrap_or(("", converter.line));
        let (found, expected) = (voltages.len(), at_voltages.len());
        if found != expected {
            let problem = format!(
                "{expected} profiles stand in the file, ProfilPIOV1 to ProfilPIOV{expected}, and this gives voltages of {found}"
            );
            return Err(bad(converter.file(), line, "VNomEff", value, problem));
        }
        if voltages.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(bad(converter.file(), line, "VNomEff", value, "the voltages of the profiles ascend"));
        }
    }
    let mut profiles = Vec::with_capacity(voltages.len());
    for (voltage, profile) in voltages.iter().zip(at_voltages) {
        profiles.push(CurveProfile { voltage: *voltage, points: points(profile)? });
    }
    if profiles.is_empty()
        && let Some(profile) = converter.object("ProfilPIO")
    {
        profiles.push(CurveProfile { voltage: 0.0, points: points(profile)? });
    }
    if profiles.is_empty() {
        let problem = "neither ProfilPIOV1 with VNomEff nor ProfilPIO stands in it, so there is no efficiency curve";
        return Err(bad(converter.file(), converter.line, "Converter", "", problem));
    }
    Ok(profiles)
}

impl OndInverter {
    /// The prepared curve: AC power over DC power and voltage, limited to `p_max_w`, weighted by shares of `p_nom_w`.
    ///
    /// # Errors
    /// More than three voltages or twelve points.
    pub fn curve(&self) -> Result<EfficiencyCurve> {
        EfficiencyCurve::new(self.p_nom_w, self.p_max_w, self.night_w, &self.profiles)
    }
}
