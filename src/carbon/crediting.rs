//! The arithmetic of crediting: emission reductions of a grid-connected solar plant, ER = BE − PE − LE.
//!
//! It says what the methods' formulas make of a yield, not whether a plant is eligible or additional.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::avoided::{OPERATING_MARGIN_WEIGHT, combined_margin};
use super::factors::{Confidence, FactorKind, factors};
use super::regions::{grid_of_2019, plain};
use crate::error::{Error, Result, check_range};

/// A method by which grid-connected solar power is credited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditingMethod {
    /// CDM ACM0002, grid-connected electricity generation from renewable sources: of any size.
    #[default]
    CdmAcm0002,
    /// CDM AMS-I.D., its small-scale counterpart: up to 15 MW.
    CdmAmsId,
    /// CCER CM-001, the Chinese counterpart of ACM0002, of the scheme's first years (2012 to 2017).
    CcerCm001,
}

/// How long a plant is credited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditingPeriod {
    /// Seven years, renewed twice at most: 21 years.
    #[default]
    Renewable,
    /// Ten years, once.
    Fixed,
}

/// A rule of a method, with who says so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CreditingRule {
    /// The rule in words.
    pub rule: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// How far the rule can be trusted to be its source's.
    pub confidence: Confidence,
}

const COMMON_RULES: [CreditingRule; 5] = [
    CreditingRule {
        rule: "BE = EG x EF_CM: net power to the grid times the combined margin",
        source: "ACM0002 and AMS-I.D., baseline emissions",
        confidence: Confidence::Memory,
    },
    CreditingRule {
        rule: "EF_CM = 0.75 EF_OM + 0.25 EF_BM for sun and wind",
        source: "CDM tool to calculate the emission factor for an electricity system, as quoted in public",
        confidence: Confidence::Seen,
    },
    CreditingRule {
        rule: "the weights of sun and wind hold in every crediting period; the factor is fixed ex ante for each",
        source: "CDM tool to calculate the emission factor for an electricity system",
        confidence: Confidence::Memory,
    },
    CreditingRule {
        rule: "PE = 0: solar plants emit nothing in operation",
        source: "ACM0002 and AMS-I.D., project emissions",
        confidence: Confidence::Memory,
    },
    CreditingRule {
        rule: "LE = 0: no leakage is counted",
        source: "ACM0002 and AMS-I.D., leakage",
        confidence: Confidence::Memory,
    },
];

const CDM_PERIODS: CreditingRule = CreditingRule {
    rule: "seven years, renewed twice at most, or ten years once",
    source: "modalities and procedures of the CDM",
    confidence: Confidence::Memory,
};

const CCER_PERIODS: CreditingRule = CreditingRule {
    rule: "seven years, renewed twice at most, or ten years once; today's scheme has other methods and periods",
    source: "CCER scheme of 2012, as quoted in public",
    confidence: Confidence::Seen,
};

impl CreditingMethod {
    /// The method's name.
    pub fn title(self) -> &'static str {
        match self {
            Self::CdmAcm0002 => "CDM ACM0002",
            Self::CdmAmsId => "CDM AMS-I.D.",
            Self::CcerCm001 => "CCER CM-001",
        }
    }

    /// The rules that [`credited`] applies.
    pub fn rules(self) -> Vec<CreditingRule> {
        let periods = if self == Self::CcerCm001 { CCER_PERIODS } else { CDM_PERIODS };
        COMMON_RULES.into_iter().chain([periods]).collect()
    }

    /// Largest capacity, kW AC, where the method has one.
    fn largest_kw(self) -> Option<f64> {
        // CDM small-scale limit for renewable energy.
        (self == Self::CdmAmsId).then_some(15_000.0)
    }
}

impl CreditingPeriod {
    /// Years of one period, and how many there can be.
    fn years(self) -> (usize, usize) {
        match self {
            Self::Renewable => (7, 3),
            Self::Fixed => (10, 1),
        }
    }
}

/// Operating and build margin of a grid, kg CO2/kWh, or their combined margin alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Margins {
    /// Both margins, which are weighted 0.75 to 0.25.
    Both {
        /// Operating margin, kg CO2/kWh.
        operating: f64,
        /// Build margin, kg CO2/kWh.
        build: f64,
        /// Who says so.
        source: String,
    },
    /// The combined margin, already weighted.
    Combined {
        /// Combined margin, kg CO2/kWh.
        value: f64,
        /// Who says so.
        source: String,
    },
}

impl Margins {
    /// The embedded margins of a Chinese province or regional grid, or the combined margin of another country.
    ///
    /// # Errors
    /// [`Error::Factor`] where none are known.
    pub fn of_region(region: &str) -> Result<Self> {
        let wanted = plain(region);
        let name = factors().iter().find(|f| plain(&f.region) == wanted || plain(&f.region_zh) == wanted);
        let name = name.map_or(region, |factor| factor.region.as_str());
        if let Some((grid, _)) = grid_of_2019(name) {
            let of = |kind| factors().iter().find(|f| f.kind == kind && f.region == grid);
            if let (Some(operating), Some(build)) = (of(FactorKind::OperatingMargin), of(FactorKind::BuildMargin)) {
                let source = format!(
                    "{}, {grid}, {}; {}",
                    operating.source,
                    operating.year.unwrap_or_default(),
                    operating.confidence.remark()
                );
                return Ok(Self::Both { operating: operating.value, build: build.value, source });
            }
        } else if let Some(factor) = combined_margin(name) {
            let source = format!("{}; {}", factor.source, factor.confidence.remark());
            return Ok(Self::Combined { value: factor.value, source });
        }
        Err(Error::Factor {
            wanted: format!("the margins of {region:?}"),
            available: String::from(
                "the regional grids North, East, Central and South of China and their provinces, and other countries",
            ),
        })
    }

    /// EF, kg CO2/kWh, checked.
    fn combined(&self) -> Result<f64> {
        let check = |name, value| check_range(name, value, 0.0, 2.0, "kg CO2/kWh").map(|()| value);
        Ok(match self {
            // EF_CM = 0.75 EF_OM + 0.25 EF_BM
            Self::Both { operating, build, .. } => {
                OPERATING_MARGIN_WEIGHT * check("operating margin", *operating)?
                    + (1.0 - OPERATING_MARGIN_WEIGHT) * check("build margin", *build)?
            }
            Self::Combined { value, .. } => check("combined margin", *value)?,
        })
    }

    fn source(&self) -> &str {
        match self {
            Self::Both { source, .. } | Self::Combined { source, .. } => source,
        }
    }
}

/// What is credited for one year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreditedYear {
    /// Calendar year; the first year of operation is the first of crediting.
    pub year: i32,
    /// Crediting period, counted from 1.
    pub period: usize,
    /// EG: net power to the grid, `MWh`.
    pub eg_mwh: f64,
    /// EF, t a megawatt-hour.
    pub ef_cm: f64,
    /// BE: baseline emissions, t CO2.
    pub be_t: f64,
    /// PE: project emissions, t CO2.
    pub pe_t: f64,
    /// LE: leakage, t CO2.
    pub le_t: f64,
    /// ER = BE − PE − LE, t CO2, not rounded; credits are issued in whole tonnes.
    pub er_t: f64,
}

/// What a plant is credited over its crediting periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Credited {
    /// The method.
    pub method: CreditingMethod,
    /// The periods.
    pub period: CreditingPeriod,
    /// Margins of each period; the last one given holds for those after it.
    pub margins: Vec<Margins>,
    /// Year by year, for as long as both plant and crediting last.
    pub years: Vec<CreditedYear>,
    /// All years together, t CO2.
    pub er_t: f64,
    /// The rules applied.
    pub rules: Vec<CreditingRule>,
    /// What was assumed.
    pub remarks: Vec<String>,
}

/// Emission reductions year by year: ER = BE − PE − LE with BE = EG × EF, and PE and LE nil for solar power.
///
/// `grid_kwh` is what each year of the plant's life delivers to the grid net of the plant's own use, kWh, with its
/// degradation ([`Year::lifetime_kwh`](crate::simulate::Year::lifetime_kwh) where all of it goes to the grid). Power
/// used on site is not grid power in these methods. The margins are fixed ex ante for a period: one entry for each,
/// of which the last is held.
///
/// ```
/// use rooftop_pv::carbon::{CreditingMethod, CreditingPeriod, Margins, credited};
/// let north = [Margins::of_region("Shandong")?];
/// let ten = credited(CreditingMethod::CdmAcm0002, CreditingPeriod::Fixed, &north, &[60e6; 25], 2026, 51_000.0)?;
/// assert_eq!(ten.years.len(), 10);
/// assert!((ten.years[0].er_t - 60_000.0 * 0.8269).abs() < 1e-6);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
///
/// # Errors
/// [`Error::OutOfRange`] for energies or margins that are negative or no numbers, no margins, more margins than
/// periods, and a capacity (kW AC) above the method's limit.
pub fn credited(
    method: CreditingMethod,
    period: CreditingPeriod,
    margins: &[Margins],
    grid_kwh: &[f64],
    first_year: i32,
    capacity_kw: f64,
) -> Result<Credited> {
    check_range("capacity_kw", capacity_kw, 0.0, f64::MAX, "kW")?;
    if let Some(largest) = method.largest_kw().filter(|largest| capacity_kw > *largest) {
        return Err(Error::OutOfRange {
            name: String::from("capacity_kw"),
            value: capacity_kw,
            allowed: format!("up to {largest} kW by {}; larger plants take CDM ACM0002", method.title()),
        });
    }
    let (length, most) = period.years();
    if margins.is_empty() || margins.len() > most {
        return Err(Error::OutOfRange {
            name: String::from("number of margins"),
            value: margins.len() as f64,
            allowed: format!("1 to {most}, one for each crediting period"),
        });
    }
    for (k, &kwh) in grid_kwh.iter().enumerate() {
        check_range(&format!("grid_kwh[{k}]"), kwh, 0.0, f64::MAX, "kWh")?;
    }
    let combined: Vec<f64> = margins.iter().map(Margins::combined).collect::<Result<_>>()?;
    let years: Vec<CreditedYear> = grid_kwh
        .iter()
        .take(length * most)
        .enumerate()
        .map(|(k, kwh)| {
            let ef_cm = combined[(k / length).min(combined.len() - 1)];
            let (eg_mwh, pe_t, le_t) = (kwh / 1000.0, 0.0, 0.0);
            // BE = EG × EF_CM
            let be_t = eg_mwh * ef_cm;
            CreditedYear {
                year: first_year.saturating_add(i32::try_from(k).unwrap_or(i32::MAX)),
                period: k / length + 1,
                eg_mwh,
                ef_cm,
                be_t,
                pe_t,
                le_t,
                // ER = BE − PE − LE
                er_t: be_t - pe_t - le_t,
            }
        })
        .collect();
    let mut remarks = vec![String::from("arithmetic alone: neither eligibility nor additionality is judged")];
    let periods = years.last().map_or(0, |year| year.period);
    if periods > margins.len() {
        remarks.push(format!(
            "the margins of period {} are held for the {} after it, though each renewal sets them anew",
            margins.len(),
            periods - margins.len()
        ));
    }
    Ok(Credited {
        method,
        period,
        margins: margins.to_vec(),
        er_t: years.iter().map(|year| year.er_t).sum(),
        years,
        rules: method.rules(),
        remarks,
    })
}

impl fmt::Display for Credited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:.0} t CO2 in {} years by {}", self.er_t, self.years.len(), self.method.title())?;
        for (k, margins) in self.margins.iter().enumerate() {
            let value = margins.combined().unwrap_or(f64::NAN);
            writeln!(f, "combined margin {}: {value:.4} t CO2/MWh ({})", k + 1, margins.source())?;
        }
        for CreditingRule { rule, source, confidence } in &self.rules {
            writeln!(f, "{rule} ({source}; {})", confidence.remark())?;
        }
        f.write_str(&self.remarks.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    fn both(operating: f64, build: f64) -> Margins {
        Margins::Both { operating, build, source: "test".into() }
    }

    #[test]
    fn jidong_over_three_periods_by_hand() {
        // North 2019: 0.75 x 0.9419 + 0.25 x 0.4819 = 0.8269. 21 years of 60 GWh at 0.5 % less each year.
        let kwh: Vec<f64> = (0..25).map(|k| 60e6 * 0.995_f64.powi(k)).collect();
        let north = Margins::of_region("山东省").unwrap();
        let (method, period) = (CreditingMethod::CdmAcm0002, CreditingPeriod::Renewable);
        let got = credited(method, period, &[north], &kwh, 2026, 51_000.0).unwrap();
        assert_eq!((got.years.len(), got.years[20].year, got.years[20].period), (21, 2046, 3));
        assert_relative_eq!(got.years[0].er_t, 49_614.0, max_relative = 1e-12);
        let sum = 49_614.0 * (1.0 - 0.995_f64.powi(21)) / 0.005;
        assert_relative_eq!(got.er_t, sum, max_relative = 1e-12);
        let text = got.to_string();
        assert!(text.contains("combined margin 1: 0.8269 t CO2/MWh (China's baseline factors"), "{text}");
        assert!(
            text.contains("PE = 0: solar plants emit nothing in operation") && text.contains("unverified"),
            "{text}"
        );
        assert!(text.ends_with("held for the 2 after it, though each renewal sets them anew"), "{text}");
    }

    #[test]
    fn each_period_has_its_own_margins() {
        let margins = [both(1.0, 0.2), both(0.8, 0.0), Margins::Combined { value: 0.1, source: "test".into() }];
        let (method, period) = (CreditingMethod::CdmAmsId, CreditingPeriod::Renewable);
        let got = credited(method, period, &margins, &[1e6; 30], 2026, 800.0).unwrap();
        let of = |k: usize| got.years[k].ef_cm;
        assert_relative_eq!(of(6), 0.8, max_relative = 1e-12);
        assert_relative_eq!(of(7), 0.6, max_relative = 1e-12);
        assert_relative_eq!(of(14), 0.1, max_relative = 1e-12);
        assert_relative_eq!(got.er_t, 7.0 * (800.0 + 600.0 + 100.0), max_relative = 1e-12);
        assert_eq!(got.remarks.len(), 1);
        let short = credited(method, CreditingPeriod::Fixed, &margins[..1], &[1e6; 4], 2026, 800.0).unwrap();
        assert_eq!(short.years.len(), 4, "the plant's life ends before the period");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let of = |margins: &[Margins], kwh: f64, kw: f64| {
            credited(CreditingMethod::CdmAmsId, CreditingPeriod::Fixed, margins, &[kwh], 2026, kw)
        };
        let good = [both(0.9, 0.4)];
        assert!(of(&good, 1.0, 15_000.0).is_ok());
        let error = of(&good, 1.0, 51_000.0).unwrap_err().to_string();
        assert!(error.ends_with("up to 15000 kW by CDM AMS-I.D.; larger plants take CDM ACM0002"), "{error}");
        assert!(of(&[], 1.0, 1.0).is_err());
        assert!(of(&[both(0.9, 0.4), both(0.9, 0.4)], 1.0, 1.0).is_err());
        assert!(of(&[both(941.9, 481.9)], 1.0, 1.0).is_err());
        assert!(
            of(&good, f64::NAN, 1.0).is_err() && of(&good, -1.0, 1.0).is_err() && of(&good, 1.0, f64::NAN).is_err()
        );
        for unknown in ["Liaoning", "China", "Atlantis"] {
            assert!(matches!(Margins::of_region(unknown), Err(Error::Factor { .. })), "{unknown}");
        }
        assert!(matches!(Margins::of_region("Germany"), Ok(Margins::Combined { value, .. }) if value == 0.523));
    }
}
