//! Sulphur dioxide, nitrogen oxides and dust, by the rules of thumb of press releases.

use std::fmt;

use serde::Serialize;

use super::Confidence;

/// What a chimney gives off beside CO2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pollutant {
    /// Sulphur dioxide.
    So2,
    /// Nitrogen oxides.
    Nox,
    /// What is printed as dust.
    Dust,
}

impl Pollutant {
    /// As printed, `SO2`.
    pub fn title(self) -> &'static str {
        match self {
            Self::So2 => "SO2",
            Self::Nox => "NOx",
            Self::Dust => "dust",
        }
    }
}

/// How much of a pollutant counts for a kilowatt-hour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PollutantRule {
    /// What.
    pub pollutant: Pollutant,
    /// Mass for a kilowatt-hour, kg.
    pub kg_per_kwh: f64,
    /// Where it is used.
    pub region: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// How far the figure can be trusted to be its source's.
    pub confidence: Confidence,
    /// What else must be known.
    pub note: &'static str,
}

/// The rules of thumb met in Chinese press releases. They go with 0.4 kg of coal and 0.997 kg CO2 a kilowatt-hour, and
/// are meant to be quoted against stated figures, not to say what a plant's chimney gives off today.
pub const POLLUTANT_RULES: [PollutantRule; 3] = [
    rule(Pollutant::So2, 0.030, "of coal burnt without flue-gas cleaning"),
    rule(Pollutant::Nox, 0.015, "of coal burnt without flue-gas cleaning"),
    // 0.4 kgce × 0.68 kg C/kgce = 0.272 kg = 0.997 kg CO₂ × 12/44: the carbon of the CO2, no dust at all.
    rule(
        Pollutant::Dust,
        0.272,
        "equals the carbon in the 0.997 kg CO2 of the same rule; no chimney gives off as much dust",
    ),
];

const fn rule(pollutant: Pollutant, kg_per_kwh: f64, note: &'static str) -> PollutantRule {
    PollutantRule {
        pollutant,
        kg_per_kwh,
        region: "China",
        source: "rule of thumb in press releases",
        confidence: Confidence::Seen,
        note,
    }
}

/// What some energy saves of a pollutant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PollutantSaved {
    /// The rule.
    pub rule: PollutantRule,
    /// Mass, t.
    pub mass_t: f64,
}

/// What `ac_kwh` save of every pollutant of [`POLLUTANT_RULES`].
///
/// Linear in `ac_kwh`, kWh; what is not finite comes out as not finite.
///
/// ```
/// let saved = rooftop_pv::carbon::pollutants_saved(1e6);
/// assert!((saved[0].mass_t - 30.0).abs() < 1e-9);
/// ```
pub fn pollutants_saved(ac_kwh: f64) -> Vec<PollutantSaved> {
    POLLUTANT_RULES.iter().map(|&rule| PollutantSaved { rule, mass_t: ac_kwh * rule.kg_per_kwh / 1000.0 }).collect()
}

impl fmt::Display for PollutantSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PollutantRule { pollutant, kg_per_kwh, region, source, confidence, note } = self.rule;
        let (name, remark) = (pollutant.title(), confidence.remark());
        write!(f, "{:.0} t {name} at {kg_per_kwh} kg/kWh ({region}; {source}; {remark}; {note})", self.mass_t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let saved = pollutants_saved(60e6);
        let masses: Vec<f64> = saved.iter().map(|s| s.mass_t.round()).collect();
        assert_eq!(masses, [1800.0, 900.0, 16_320.0]);
        assert_eq!(
            saved[0].to_string(),
            "1800 t SO2 at 0.03 kg/kWh (China; rule of thumb in press releases; as quoted in public; of coal burnt \
             without flue-gas cleaning)"
        );
        approx::assert_abs_diff_eq!(0.997 * 12.0 / 44.0, POLLUTANT_RULES[2].kg_per_kwh, epsilon = 5e-4);
        assert!(pollutants_saved(f64::NAN)[0].mass_t.is_nan());
    }
}
