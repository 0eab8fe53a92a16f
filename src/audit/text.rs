//! An audit as a page of text.

use std::fmt;

use super::claim::Figure;
use super::conventions::Matches;
use super::interval::Interval;
use super::judge::Audit;
use super::likely::Likely;
use super::ratios::RatioKind;
use super::readings::Reading;
use crate::words::{grouped, round_to, trimmed};

/// Conventions that are shown for one figure.
const SHOWN: usize = 5;

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claim = &self.evidence.claim;
        let head: Vec<&str> = [claim.id.as_str(), claim.name.as_str(), claim.place.as_str()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        write!(f, "{}", if head.is_empty() { String::from("Claim") } else { head.join(" · ") })?;
        match claim.year {
            Some(year) => writeln!(f, " · {year}")?,
            None => writeln!(f)?,
        }
        self.stated(f)?;
        for note in &self.evidence.annual.assumed {
            line(f, "assumed", note)?;
        }
        for said in &claim.ambiguous {
            line(f, "unclear", said)?;
        }
        for said in &claim.aside {
            line(f, "aside", said)?;
        }
        for ratio in &self.evidence.ratios {
            line(f, "implies", &ratio.to_string())?;
        }
        if let Some(likely) = &self.evidence.likely {
            line(f, "likely", &likely.to_string())?;
            if let Some(ratio) = self.evidence.ratio(RatioKind::SpecificYield) {
                let at = likely.percentiles(ratio.interval);
                let (value, shares) = (100.0 * likely.percentile(ratio.value), shown_shares(at));
                line(f, "", &format!("{:.0} kWh/kW: {value:.0} of 100 plants give less ({shares})", ratio.value))?;
            }
        }
        for found in &self.evidence.conventions {
            conventions(f, found)?;
        }
        for reading in &self.evidence.readings {
            reading_lines(f, reading)?;
        }
        for missing in &self.evidence.inferred {
            let Interval { low, high } = missing.interval;
            let range = range(Interval { low: round_to(low, 3), high: round_to(high, 3) });
            line(f, "missing", &format!("{} {range} {}, from {}", missing.what, missing.unit, missing.from))?;
        }
        for doubt in &self.doubts {
            line(f, doubt.grade.map_or("note", |_| "doubt"), &doubt.text)?;
        }
        line(f, "verdict", &format!("{}: {}", self.verdict.grade.to_string().to_uppercase(), self.verdict.words))
    }
}

impl Audit {
    fn stated(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claim = &self.evidence.claim;
        let area = if claim.area_is_roof { "m2 of roof" } else { "m2" };
        for (figure, unit) in [
            (&claim.capacity_kw, "kW"),
            (&claim.area_m2, area),
            (&claim.energy_kwh, "kWh"),
            (&claim.coal_t, "t coal"),
            (&claim.co2_t, "t CO2"),
        ] {
            if let Some(figure) = figure {
                line(f, "stated", &stated(figure, unit))?;
            }
        }
        Ok(())
    }
}

fn stated(figure: &Figure, unit: &str) -> String {
    let range = range(figure.interval);
    let words = if figure.words.is_empty() { String::new() } else { format!(", from “{}”", figure.words) };
    format!("{} {unit} ({range}){words}", amount(figure.value))
}

fn conventions(f: &mut fmt::Formatter<'_>, found: &Matches) -> fmt::Result {
    let (ratio, unit) = (&found.ratio, found.ratio.kind.unit());
    let about = |m: &super::conventions::Match| {
        let c = &m.convention;
        format!("{} {unit}: {} ({}; {})", trimmed(c.value), c.title, c.source, c.confidence.remark())
    };
    if found.fitting.is_empty() {
        line(f, "factor", &format!("{} {unit} fits none", trimmed(ratio.value)))?;
        for near in &found.nearest {
            line(f, "", &format!("next is {}, {:+.0} %", about(near), 100.0 * near.off))?;
        }
        return Ok(());
    }
    line(f, "factor", &format!("{} {unit} can be", trimmed((ratio.value * 1e4).round() / 1e4)))?;
    for (rank, fit) in found.fitting.iter().take(SHOWN).enumerate() {
        line(f, "", &format!("{}. {}, stated is {:+.1} %", rank + 1, about(fit), 100.0 * fit.off))?;
    }
    if found.fitting.len() > SHOWN {
        line(f, "", &format!("and {} more that its digits allow", found.fitting.len() - SHOWN))?;
    }
    Ok(())
}

fn reading_lines(f: &mut fmt::Formatter<'_>, reading: &Reading) -> fmt::Result {
    let mut head = format!("as that of {}", reading.title());
    if let Some(ratio) = &reading.specific_yield {
        head = format!("{head}: {:.0} kWh/kW ({:.0})", ratio.value, ratio.interval);
        if let Some(percentile) = reading.percentile {
            head = format!("{head}, {} of 100 plants give less", shown_shares(percentile));
        }
    }
    line(f, "reading", &head)?;
    if let Some(found) = &reading.with_energy {
        let fits = found.fitting.first().map_or_else(
            || String::from("which fits no factor"),
            |best| format!("which can be {}", best.convention.title),
        );
        line(f, "", &format!("with the energy stated for it: {:.3} kgCO2/kWh, {fits}", found.ratio.value))?;
    }
    let possible = reading.possible().count();
    if possible == 0 && !reading.co2_needs.is_empty() {
        line(f, "", "no convention makes the CO2 of a yield that plants there have")?;
    }
    for need in reading.possible().take(SHOWN) {
        let percentile = need.percentile.map_or(String::new(), |p| format!(", {} of 100 give less", shown_shares(p)));
        let (title, value) = (&need.convention.title, trimmed(need.convention.value));
        line(f, "", &format!("can be {title} ({value}) at {:.0} kWh/kW{percentile}", need.specific_yield))?;
    }
    if possible > SHOWN {
        line(f, "", &format!("and {} conventions more", possible - SHOWN))?;
    }
    Ok(())
}

impl fmt::Display for Likely {
    /// As `880 to 1302 kWh/kW in 95 of 100 plants, half above 1080 (Zhangqiu, 2 km away; 2000 plants of unknown …)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [_, _, quarter, half, three, _, _] = self.quantiles;
        write!(
            f,
            "{:.0} kWh/kW in 95 of 100 plants, {quarter:.0} to {three:.0} in the middle half, {half:.0} in the middle ({}; {} plants of unknown tilt, azimuth, losses and year)",
            self.usual(),
            self.place,
            self.yields.len()
        )
    }
}

/// Both ends, or the one that there is.
fn range(Interval { low, high }: Interval) -> String {
    match (low > 0.0, high.is_finite()) {
        (true, true) => format!("{} to {}", amount(low), amount(high)),
        (true, false) => format!("more than {}", amount(low)),
        (false, true) => format!("up to {}", amount(high)),
        (false, false) => String::from("any"),
    }
}

/// A share of 100, or the two ends of it.
fn shown_shares(shares: Interval) -> String {
    let (low, high) = (100.0 * shares.low, 100.0 * shares.high);
    if low.round() == high.round() { format!("{low:.0}") } else { format!("{low:.0} to {high:.0}") }
}

/// A number as people write it: grouped, with decimals where it is small.
fn amount(value: f64) -> String {
    if value.abs() >= 1000.0 && (value.fract().abs() < 1e-9 || value.abs() >= 1e5) {
        return grouped(value, 0);
    }
    trimmed(round_to(value, 6))
}

/// A line with its word in front.
fn line(f: &mut fmt::Formatter<'_>, word: &str, text: &str) -> fmt::Result {
    writeln!(f, "  {word:<8} {text}")
}
