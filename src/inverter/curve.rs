//! An inverter by the efficiency curves of its datasheet.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};
use crate::math;

/// Most points that a curve may have, and most voltages.
const MOST: (usize, usize) = (12, 3);

/// The California Energy Commission's weights: shares of the nominal AC power and what they count.
///
/// Bower et al., Performance test protocol for evaluating inverters used in grid-connected photovoltaic systems (2004).
pub const CEC_WEIGHTS: [(f64, f64); 6] =
    [(0.10, 0.04), (0.20, 0.05), (0.30, 0.12), (0.50, 0.21), (0.75, 0.53), (1.00, 0.05)];

/// The European weights, as EN 50530:2010 has them.
pub const EURO_WEIGHTS: [(f64, f64); 6] =
    [(0.05, 0.03), (0.10, 0.06), (0.20, 0.13), (0.30, 0.10), (0.50, 0.48), (1.00, 0.20)];

/// What goes in and what comes out at one DC voltage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurveProfile {
    /// DC voltage, V; of no account where it is the only one.
    pub voltage: f64,
    /// DC power and AC power, W, both ascending.
    #[serde(deserialize_with = "crate::lists::pairs")]
    pub points: Vec<(f64, f64)>,
}

/// AC power over DC power and voltage, prepared from measured points.
///
/// AC power goes straight between the points, so that the loss does, and straight on beyond them, above the last point no faster than
/// DC power; between two voltages it goes straight, too, and it stays as it is beyond the lowest and the highest.
#[derive(Clone, Debug, PartialEq)]
pub struct EfficiencyCurve {
    nominal_w: f64,
    limit_w: f64,
    night_w: f64,
    voltages: Vec<f64>,
    /// DC powers of all points, ascending.
    knots: Vec<f64>,
    lines: [Bent; MOST.1],
    /// Lower voltage of each span between two and 1 over its width.
    spans: [(f64, f64); MOST.1 - 1],
}

/// A line that bends at points: between two of them y₀ + a (p − p₀).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bent {
    /// Inner points, then infinities, beyond which the next piece begins.
    bends: [f64; MOST.0 - 2],
    /// p₀, y₀ and a of each piece.
    pieces: [(f64, f64, f64); MOST.0 - 1],
    /// The last point.
    last: (f64, f64),
}

impl Bent {
    /// Through all points, at least two.
    fn through(points: &[(f64, f64)]) -> Self {
        let mut line = Self {
            bends: [f64::INFINITY; MOST.0 - 2],
            pieces: [(0.0, 0.0, 0.0); MOST.0 - 1],
            last: points[points.len() - 1],
        };
        for (k, pair) in points.windows(2).enumerate() {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            line.pieces[k] = (x0, y0, (y1 - y0) / (x1 - x0));
            if k > 0 {
                line.bends[k - 1] = x0;
            }
        }
        line
    }

    #[inline(always)]
    fn at(&self, p: f64) -> f64 {
        // Counting what lies below needs no branch; a NaN has nothing below it, and stays NaN.
        let (x, y, slope) = self.pieces[self.bends.iter().filter(|bend| p > **bend).count()];
        let line = y + slope * (p - x);
        // Two last points that lie apart by more AC than DC power would soon give more than goes in.
        let most = self.last.1 + (p - self.last.0);
        if p > self.last.0 && line > most { most } else { line }
    }
}

impl EfficiencyCurve {
    /// Prepares curves at one to three DC voltages, ascending, of an inverter of this nominal AC power (W), this limit of AC power
    /// (W) and this draw at night (W).
    ///
    /// # Errors
    /// No curve or more than three, fewer than 2 or more than 12 points, points that do not ascend or give more than they take,
    /// numbers out of range.
    pub fn new(nominal_w: f64, limit_w: f64, night_w: f64, profiles: &[CurveProfile]) -> Result<Self> {
        check_range("nominal_w", nominal_w, 1.0, 1e8, "W")?;
        check_range("limit_w", limit_w, 1.0, 1e8, "W")?;
        check_range("night_w", night_w, 0.0, 1e6, "W")?;
        check_range("number of voltages", profiles.len() as f64, 1.0, MOST.1 as f64, "")?;
        let mut knots = Vec::new();
        let mut lines = Vec::with_capacity(MOST.1);
        for (k, profile) in profiles.iter().enumerate() {
            let name = format!("voltage[{k}]");
            check_range(&name, profile.voltage, 0.0, 5000.0, "V")?;
            if k > 0 && profile.voltage <= profiles[k - 1].voltage {
                let allowed = format!("voltages ascend, this must be above {} V", profiles[k - 1].voltage);
                return Err(Error::OutOfRange { name, value: profile.voltage, allowed });
            }
            let points = checked(k, &profile.points)?;
            lines.push(Bent::through(&points));
            knots.extend(points.iter().map(|point| point.0));
        }
        knots.sort_by(f64::total_cmp);
        knots.dedup();
        let voltages: Vec<f64> = profiles.iter().map(|profile| profile.voltage).collect();
        let span = |k: usize| voltages.get(k..k + 2).map_or((0.0, 0.0), |v| (v[0], 1.0 / (v[1] - v[0])));
        let line = |k: usize| lines[k.min(lines.len() - 1)];
        let (lines, spans) = (std::array::from_fn(line), std::array::from_fn(span));
        Ok(Self { nominal_w, limit_w, night_w, voltages, knots, lines, spans })
    }

    /// Prepares curves of efficiency (0 to 1) over the share of the nominal AC power, as datasheets draw them: for each DC voltage
    /// (V) its points, both ascending. The nominal power is the limit.
    ///
    /// # Errors
    /// As [`EfficiencyCurve::new`], and shares or efficiencies out of range.
    pub fn from_shares(nominal_w: f64, night_w: f64, profiles: &[(f64, &[(f64, f64)])]) -> Result<Self> {
        let mut converted = Vec::with_capacity(profiles.len());
        for (k, (voltage, shares)) in profiles.iter().enumerate() {
            let mut points = Vec::with_capacity(shares.len());
            for (i, (share, efficiency)) in shares.iter().enumerate() {
                check_range(&format!("share[{k}][{i}]"), *share, 1e-4, 2.0, "of the nominal AC power")?;
                check_range(&format!("efficiency[{k}][{i}]"), *efficiency, 0.01, 1.0, "(0.98 is 98 %)")?;
                points.push((nominal_w * share / efficiency, nominal_w * share));
            }
            converted.push(CurveProfile { voltage: *voltage, points });
        }
        Self::new(nominal_w, nominal_w, night_w, &converted)
    }

    /// AC power, W, from DC voltage (V) and power (W), never above the limit; where nothing comes out, what the inverter draws at
    /// night, negative. With one curve the voltage does not count, but NaN stays NaN.
    #[inline(always)]
    pub fn power(&self, v_dc: f64, p_dc: f64) -> f64 {
        let power = self.unlimited(v_dc, p_dc);
        let power = if power > self.limit_w { self.limit_w } else { power };
        if power <= 0.0 { -self.night_w } else { power }
    }

    /// The same curve with another limit of AC power, W.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a limit that is not 1 to 1e8 W.
    pub fn with_limit(self, limit_w: f64) -> Result<Self> {
        check_range("limit_w", limit_w, 1.0, 1e8, "W")?;
        Ok(Self { limit_w, ..self })
    }

    /// [`EfficiencyCurve::power`] without limit and night: negative where the inverter needs more than it gets.
    #[inline(always)]
    pub fn unlimited(&self, v_dc: f64, p_dc: f64) -> f64 {
        // P = P₀ + Σ (Pₖ₊₁ − Pₖ) sₖ, sₖ the part of the span of voltages that lies below v, 0 to 1
        let mut below = self.lines[0].at(p_dc);
        let mut power = below;
        for (line, (from, per_volt)) in self.lines[1..].iter().zip(&self.spans) {
            let part = math::positive((v_dc - from) * per_volt);
            let part = if part > 1.0 { 1.0 } else { part };
            let above = line.at(p_dc);
            power += (above - below) * part;
            below = above;
        }
        power
    }

    /// Efficiency at a share of the nominal AC power and a DC voltage (V), without limit; NaN for a share that is not above 0.
    pub fn efficiency(&self, share: f64, v_dc: f64) -> f64 {
        let wanted = share * self.nominal_w;
        if !(wanted > 0.0 && wanted.is_finite()) || v_dc.is_nan() {
            return f64::NAN;
        }
        let after = self.knots.partition_point(|p| self.unlimited(v_dc, *p) < wanted);
        let (last, knot) = (self.knots.len() - 1, |k: usize| self.knots[k]);
        let (from, to) = match after {
            0 => (knot(0) - 1.0, knot(0)),
            after if after > last => (knot(last), knot(last) + 1.0),
            after => (knot(after - 1), knot(after)),
        };
        let (low, high) = (self.unlimited(v_dc, from), self.unlimited(v_dc, to));
        wanted / (from + (to - from) * (wanted - low) / (high - low))
    }

    /// Efficiency weighted by shares of the nominal AC power, as [`CEC_WEIGHTS`], at a DC voltage (V).
    pub fn weighted_efficiency(&self, weights: &[(f64, f64)], v_dc: f64) -> f64 {
        weights.iter().map(|(share, weight)| weight * self.efficiency(*share, v_dc)).sum()
    }

    /// The California Energy Commission's efficiency: the mean of that at each of the curve's voltages.
    pub fn cec_efficiency(&self) -> f64 {
        let sum: f64 = self.voltages.iter().map(|v| self.weighted_efficiency(&CEC_WEIGHTS, *v)).sum();
        sum / self.voltages.len() as f64
    }

    /// The European efficiency at a DC voltage, V.
    pub fn euro_efficiency(&self, v_dc: f64) -> f64 {
        self.weighted_efficiency(&EURO_WEIGHTS, v_dc)
    }

    /// Nominal AC power, W.
    pub fn nominal_w(&self) -> f64 {
        self.nominal_w
    }

    /// Limit of AC power, W.
    pub fn limit_w(&self) -> f64 {
        self.limit_w
    }

    /// DC voltages of the curves, V.
    pub fn voltages(&self) -> &[f64] {
        &self.voltages
    }
}

/// The points, with one at nothing before them where they would give something from nothing.
fn checked(k: usize, points: &[(f64, f64)]) -> Result<Vec<(f64, f64)>> {
    let mut all = Vec::with_capacity(points.len() + 1);
    for (i, (p_dc, p_ac)) in points.iter().enumerate() {
        check_range(&format!("DC power of point [{k}][{i}]"), *p_dc, 0.0, 1e9, "W")?;
        check_range(
            &format!("AC power of point [{k}][{i}]"),
            *p_ac,
            0.0,
            *p_dc,
            "W, since no more comes out than goes in",
        )?;
        if i > 0 && (*p_dc <= points[i - 1].0 || *p_ac <= points[i - 1].1) {
            let name = format!("AC power of point [{k}][{i}]");
            let allowed = format!("both powers ascend from ({}, {}) W on", points[i - 1].0, points[i - 1].1);
            return Err(Error::OutOfRange { name, value: *p_ac, allowed });
        }
        all.push((*p_dc, *p_ac));
    }
    if let [(p0, ac0), (p1, ac1), ..] = all.as_slice()
        && ac0 * p1 > ac1 * p0
    {
        all.insert(0, (0.0, 0.0));
    }
    check_range(&format!("number of points of curve [{k}]"), all.len() as f64, 2.0, MOST.0 as f64, "")?;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOW: &[(f64, f64)] =
        &[(0.05, 0.93), (0.1, 0.955), (0.2, 0.97), (0.3, 0.975), (0.5, 0.978), (0.75, 0.977), (1.0, 0.974)];
    const HIGH: &[(f64, f64)] =
        &[(0.05, 0.95), (0.1, 0.965), (0.2, 0.98), (0.3, 0.983), (0.5, 0.985), (0.75, 0.984), (1.0, 0.981)];

    fn curve() -> EfficiencyCurve {
        EfficiencyCurve::from_shares(50_000.0, 2.0, &[(500.0, LOW), (800.0, HIGH)]).unwrap()
    }

    #[test]
    fn points_of_the_datasheet_come_back() {
        let curve = curve();
        for (share, efficiency) in LOW {
            assert!((curve.efficiency(*share, 500.0) - efficiency).abs() < 1e-12);
            let p_dc = 50_000.0 * share / efficiency;
            assert!((curve.power(400.0, p_dc) - 50_000.0 * share).abs() < 1e-8, "{share}");
        }
        // By hand: 0.03·0.93 + 0.06·0.955 + 0.13·0.97 + 0.10·0.975 + 0.48·0.978 + 0.20·0.974
        assert!((curve.euro_efficiency(500.0) - 0.97304).abs() < 1e-12);
        // 0.04·0.955 + 0.05·0.97 + 0.12·0.975 + 0.21·0.978 + 0.53·0.977 + 0.05·0.974 = 0.97559, and 0.98298 at 800 V
        assert!((curve.cec_efficiency() - f64::midpoint(0.97559, 0.98298)).abs() < 1e-12);
        for weights in [CEC_WEIGHTS, EURO_WEIGHTS] {
            assert!((weights.iter().map(|w| w.1).sum::<f64>() - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn limits_night_and_voltages() {
        let curve = curve();
        assert_eq!(curve.power(600.0, 80_000.0), 50_000.0);
        assert_eq!(curve.power(600.0, 0.0), -2.0);
        assert_eq!(curve.power(600.0, -5.0), -2.0);
        assert!(curve.power(600.0, f64::NAN).is_nan() && curve.power(f64::NAN, 1000.0).is_nan());
        let at = |v: f64| curve.power(v, 20_000.0);
        assert!((at(650.0) - 0.5 * (at(500.0) + at(800.0))).abs() < 1e-9);
        assert_eq!((at(100.0), at(2000.0)), (at(500.0), at(800.0)));
        assert!(curve.efficiency(0.0, 600.0).is_nan());
    }

    #[test]
    fn nothing_comes_from_nothing() {
        // Its efficiency falls with load, so the line through the first points would give something without light.
        let falling = EfficiencyCurve::from_shares(1000.0, 0.5, &[(0.0, &[(0.2, 0.98), (1.0, 0.95)])]).unwrap();
        assert_eq!(falling.power(0.0, 0.0), -0.5);
        assert!((falling.power(0.0, 100.0) - 98.0).abs() < 1e-9);
    }

    #[test]
    fn no_more_comes_out_than_goes_in_beyond_the_last_point() {
        let steep = CurveProfile { voltage: 0.0, points: vec![(100.0, 50.0), (200.0, 199.0)] };
        let curve = EfficiencyCurve::new(1000.0, 1000.0, 0.0, &[steep]).unwrap();
        assert_eq!([150.0, 200.0, 400.0].map(|dc| curve.power(0.0, dc)), [124.5, 199.0, 399.0]);
        assert!((curve.efficiency(0.399, 0.0) - 399.0 / 400.0).abs() < 1e-12);
        let most: Vec<(f64, f64)> = (1..=12).map(|k| f64::from(k) * 10.0).map(|dc| (dc, dc * dc / 130.0)).collect();
        let curve = EfficiencyCurve::new(1e3, 1e3, 0.0, &[CurveProfile { voltage: 0.0, points: most }]).unwrap();
        for dc in [120.0, 121.0, 500.0] {
            assert!((dc - curve.power(0.0, dc) - 1200.0 / 130.0).abs() < 1e-9, "{dc}");
        }
        // The slope of points that lie closer together goes on as it is.
        let flat = EfficiencyCurve::from_shares(1000.0, 0.0, &[(0.0, &[(0.5, 0.9), (1.0, 0.9)])]).unwrap();
        assert!((flat.with_limit(2000.0).unwrap().power(0.0, 1500.0) - 1350.0).abs() < 1e-9);
    }

    #[test]
    fn curves_that_cannot_be_are_refused() {
        let bad = |profiles: &[(f64, &[(f64, f64)])]| {
            EfficiencyCurve::from_shares(1000.0, 1.0, profiles).unwrap_err().to_string()
        };
        assert!(bad(&[]).contains("number of voltages = 0"));
        assert!(bad(&[(600.0, LOW), (500.0, LOW)]).contains("above 600 V"));
        assert!(bad(&[(600.0, &[(0.1, 98.0), (1.0, 97.0)])]).contains("0.98 is 98 %"));
        assert!(bad(&[(600.0, &[(0.1, 0.98)])]).contains("number of points"));
        assert!(bad(&[(600.0, &[(0.5, 0.98), (0.1, 0.98)])]).contains("ascend"));
        let more = CurveProfile { voltage: 600.0, points: vec![(0.0, 0.0), (100.0, 101.0)] };
        assert!(EfficiencyCurve::new(1e3, 1e3, 0.0, &[more]).unwrap_err().to_string().contains("no more comes out"));
    }
}
