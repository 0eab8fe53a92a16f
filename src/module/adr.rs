//! The efficiency of a module over irradiance and temperature in five parameters, and their fit to measurements.

use nalgebra::{SMatrix, SVector};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};
use crate::math;

/// Parameters of [`pvefficiency_adr`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdrModule {
    /// Efficiency at 1000 W/m2 and 25 degC, in whatever unit the efficiency is to have; 1 where a file does not say.
    #[serde(default = "one")]
    pub k_a: f64,
    /// Decimal logarithm of the diode's dark irradiance over 1000 W/m2, negative.
    pub k_d: f64,
    /// Change of `k_d` with temperature, 1/K.
    pub tc_d: f64,
    /// Loss in series resistance at 1000 W/m2 and 25 degC, as a part of the power.
    pub k_rs: f64,
    /// Loss in shunt resistance there, as a part of the power.
    pub k_rsh: f64,
}

fn one() -> f64 {
    1.0
}

/// Efficiency, in the unit of `k_a`, at an irradiance that reaches the cells (W/m2) and a cell temperature (degC); 0 without light.
///
/// Driesse & Stein, SAND2020-3877 (2020), doi:10.2172/1615179; Driesse, Theristis & Stein, IEEE Journal of Photovoltaics 11 (2021),
/// 527, doi:10.1109/JPHOTOV.2020.3045677.
#[inline(always)]
pub fn pvefficiency_adr(effective_irradiance: f64, temp_cell: f64, module: &AdrModule) -> f64 {
    let AdrModule { k_a, k_d, tc_d, k_rs, k_rsh } = *module;
    let s = effective_irradiance / 1000.0;
    // v = ln(s/s₀ + 1) / ln(1/s₀ᵣ + 1), s₀ = 10^(k_d + tc_d ΔT), s₀ᵣ = 10^k_d
    let exponent = -std::f64::consts::LN_10 * (k_d + tc_d * (temp_cell - 25.0));
    let reference = math::ln(math::exp(-std::f64::consts::LN_10 * k_d) + 1.0);
    let v = math::ln(s * math::exp(exponent) + 1.0) / reference;
    // η = k_a ((1 + k_rs + k_rsh) v − k_rs s − k_rsh v²)
    k_a * ((1.0 + k_rs + k_rsh) * v - k_rs * s - k_rsh * (v * v))
}

/// What [`fit_pvefficiency_adr`] found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdrFit {
    /// The parameters.
    pub module: AdrModule,
    /// Root of the mean square by which the measured efficiencies differ, in their unit.
    pub rms: f64,
}

type Parameters = SVector<f64, 5>;

/// Finds the parameters of [`pvefficiency_adr`] that come nearest to measured efficiencies, any unit, at irradiances (W/m2) and cell
/// temperatures (degC).
///
/// Squares of the differences count by irradiance, and large ones less than their square (soft L1 beyond 5 % of the best
/// efficiency), as in Driesse's own fit. Bounds: `k_d` -12 to 0, `tc_d` -0.1 to 0.1, resistances 0 to 1.
///
/// # Errors
/// Columns of different length, fewer than 6 points, a value that is not finite, irradiance outside 1 to 2000 W/m2 or an
/// efficiency that is not positive, and points at too few irradiances or temperatures to tell the parameters apart.
pub fn fit_pvefficiency_adr(effective_irradiance: &[f64], temp_cell: &[f64], efficiency: &[f64]) -> Result<AdrFit> {
    let n = effective_irradiance.len();
    for (name, column) in [("temp_cell", temp_cell), ("efficiency", efficiency)] {
        if column.len() != n {
            return Err(Error::Length { name, found: column.len(), expected: n });
        }
    }
    check_range("number of points", n as f64, 6.0, 1e6, "")?;
    for i in 0..n {
        check_range(&format!("effective_irradiance[{i}]"), effective_irradiance[i], 1.0, 2000.0, "W/m2")?;
        check_range(&format!("temp_cell[{i}]"), temp_cell[i], -60.0, 150.0, "degC")?;
        check_range(&format!("efficiency[{i}]"), efficiency[i], 1e-6, 1e6, "")?;
    }
    let spread = |column: &[f64]| {
        let (low, high) = column.iter().fold((f64::MAX, f64::MIN), |(l, h), x| (l.min(*x), h.max(*x)));
        high - low
    };
    if spread(effective_irradiance) < 100.0 || spread(temp_cell) < 5.0 {
        return Err(Error::Mismatch {
            what: "efficiencies to be fitted",
            problem: "they stand at nearly one irradiance or temperature; give some 100 W/m2 and 5 K apart and more"
                .into(),
        });
    }
    let points = Points { irradiance: effective_irradiance, temp_cell, efficiency };
    let best = efficiency.iter().fold(0.0_f64, |best, x| best.max(*x));
    let found = points.minimise(best);
    let square: f64 = (0..n).map(|i| (points.model(i, &found) - efficiency[i]).powi(2)).sum();
    Ok(AdrFit { module: of(&found), rms: (square / n as f64).sqrt() })
}

fn of(p: &Parameters) -> AdrModule {
    AdrModule { k_a: p[0], k_d: p[1], tc_d: p[2], k_rs: p[3], k_rsh: p[4] }
}

struct Points<'a> {
    irradiance: &'a [f64],
    temp_cell: &'a [f64],
    efficiency: &'a [f64],
}

impl Points<'_> {
    fn model(&self, i: usize, p: &Parameters) -> f64 {
        pvefficiency_adr(self.irradiance[i], self.temp_cell[i], &of(p))
    }

    /// Weighted difference of a point.
    fn residual(&self, i: usize, p: &Parameters) -> f64 {
        (self.model(i, p) - self.efficiency[i]) * (self.irradiance[i] / 1000.0).sqrt()
    }

    /// Σ C² (√(1 + (r/C)²) − 1)
    fn cost(&self, p: &Parameters, scale: f64) -> f64 {
        (0..self.irradiance.len())
            .map(|i| {
                let z = (self.residual(i, p) / scale).powi(2);
                // √(1 + z) − 1 without cancellation
                scale * scale * z / ((1.0 + z).sqrt() + 1.0)
            })
            .sum()
    }

    /// Derivatives of a point's weighted difference by the parameters.
    fn slopes(&self, i: usize, p: &Parameters) -> Parameters {
        let AdrModule { k_a, k_d, tc_d, k_rs, k_rsh } = of(p);
        let ln10 = std::f64::consts::LN_10;
        let (s, dt) = (self.irradiance[i] / 1000.0, self.temp_cell[i] - 25.0);
        let (w, w_ref) = (s * math::exp(-ln10 * (k_d + tc_d * dt)), math::exp(-ln10 * k_d));
        let reference = math::ln(w_ref + 1.0);
        let v = math::ln(w + 1.0) / reference;
        let by_exponent = -ln10 * w / (w + 1.0) / reference;
        let by_reference = v * ln10 * w_ref / (w_ref + 1.0) / reference;
        let by_v = k_a * (1.0 + k_rs + k_rsh - 2.0 * k_rsh * v);
        let by_k_a = (1.0 + k_rs + k_rsh) * v - k_rs * s - k_rsh * v * v;
        let slopes =
            [by_k_a, by_v * (by_exponent + by_reference), by_v * by_exponent * dt, k_a * (v - s), k_a * (v - v * v)];
        Parameters::from(slopes) * (self.irradiance[i] / 1000.0).sqrt()
    }

    /// Slope and curvature of the cost, the curvature without the model's own.
    fn slope(&self, p: &Parameters, soft: f64) -> Slope {
        let size = Parameters::from([20.0 * soft, 10.0, 0.1, 1.0, 1.0]);
        let (mut gradient, mut curvature) = (Parameters::zeros(), SMatrix::zeros());
        for i in 0..self.irradiance.len() {
            let (r, slopes) = (self.residual(i, p), self.slopes(i, p).component_mul(&size));
            // ρ' = 1/√(1 + z)
            let root = (1.0 + (r / soft).powi(2)).sqrt();
            gradient += slopes * (r / root);
            curvature += slopes * slopes.transpose() / root;
        }
        Slope { size, gradient, curvature }
    }

    /// Levenberg and Marquardt's steps within bounds.
    fn minimise(&self, best: f64) -> Parameters {
        let soft = 0.05 * best;
        let mut p = Parameters::from([best, -6.0, 0.0, 1e-3, 1e-3]);
        let mut cost = self.cost(&p, soft);
        let mut damping = 1e-3;
        for _ in 0..500 {
            let slope = self.slope(&p, soft);
            let mut moved = 0.0;
            while damping < 1e12 {
                let next = slope.step(&p, damping);
                let next_cost = next.map_or(f64::INFINITY, |next| self.cost(&next, soft));
                if let (Some(next), true) = (next, next_cost < cost) {
                    moved = (next - p).component_div(&slope.size).amax();
                    (p, cost) = (next, next_cost);
                    damping = (damping * 0.1).max(1e-12);
                    break;
                }
                damping *= 10.0;
            }
            if moved < 1e-13 {
                break;
            }
        }
        // The sum of squares has no digits left for the last part of the way, the slope has.
        for _ in 0..10 {
            let slope = self.slope(&p, soft);
            if let Some(next) = slope.step(&p, 0.0)
                && (next - p).component_div(&slope.size).amax() < 1e-4
            {
                p = next;
            }
        }
        p
    }
}

const LOW: [f64; 5] = [0.0, -12.0, -0.1, 0.0, 0.0];
const HIGH: [f64; 5] = [f64::INFINITY, 0.0, 0.1, 1.0, 1.0];

/// Slope and curvature of the cost, in parameters over their size.
struct Slope {
    size: Parameters,
    gradient: Parameters,
    curvature: SMatrix<f64, 5, 5>,
}

impl Slope {
    /// The parameters after a step; a parameter on its bound rests while the slope pushes it outwards.
    fn step(&self, p: &Parameters, damping: f64) -> Option<Parameters> {
        let (mut gradient, mut curvature) = (self.gradient, self.curvature);
        for k in 0..5 {
            let outwards = (p[k] <= LOW[k] && gradient[k] > 0.0) || (p[k] >= HIGH[k] && gradient[k] < 0.0);
            if outwards {
                gradient[k] = 0.0;
                curvature.row_mut(k).fill(0.0);
                curvature.column_mut(k).fill(0.0);
                curvature[(k, k)] = 1.0;
            }
        }
        let damped = curvature + SMatrix::from_diagonal(&(curvature.diagonal() * damping));
        let step = damped.cholesky()?.solve(&-gradient).component_mul(&self.size);
        let next = Parameters::from_fn(|k, _| (p[k] + step[k]).max(LOW[k]).min(HIGH[k]));
        next.iter().all(|x| x.is_finite()).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: AdrModule = AdrModule { k_a: 0.21, k_d: -6.2, tc_d: 0.018, k_rs: 0.06, k_rsh: 0.04 };

    fn matrix() -> (Vec<f64>, Vec<f64>, Vec<f64>) {
        let (mut g, mut t, mut eta) = (vec![], vec![], vec![]);
        for irradiance in [100.0, 200.0, 400.0, 600.0, 800.0, 1000.0, 1100.0] {
            for temp in [15.0, 25.0, 50.0, 75.0] {
                g.push(irradiance);
                t.push(temp);
                eta.push(pvefficiency_adr(irradiance, temp, &KNOWN));
            }
        }
        (g, t, eta)
    }

    #[test]
    fn example_of_the_function_in_pvlib() {
        let module = AdrModule { k_a: 100.0, k_d: -6.0, tc_d: 0.02, k_rs: 0.05, k_rsh: 0.10 };
        assert!((pvefficiency_adr(1000.0, 25.0, &module) - 100.0).abs() < 1e-12);
        assert!((pvefficiency_adr(200.0, 25.0, &module) - 92.79729308).abs() < 1e-8);
        assert_eq!(pvefficiency_adr(0.0, 40.0, &module), 0.0);
        assert!(pvefficiency_adr(f64::NAN, 25.0, &module).is_nan());
        assert!(pvefficiency_adr(500.0, f64::NAN, &module).is_nan());
    }

    #[test]
    fn a_fit_finds_what_made_the_points() {
        let (g, t, eta) = matrix();
        let fit = fit_pvefficiency_adr(&g, &t, &eta).unwrap();
        let m = fit.module;
        for (got, want) in [(m.k_a, 0.21), (m.k_d, -6.2), (m.tc_d, 0.018), (m.k_rs, 0.06), (m.k_rsh, 0.04)] {
            assert!((got - want).abs() < 1e-7 * want.abs(), "{got} {want}");
        }
        assert!(fit.rms < 1e-12);
    }

    #[test]
    fn points_that_cannot_be_fitted_are_refused_by_name() {
        let (g, t, mut eta) = matrix();
        eta[3] = f64::NAN;
        let error = fit_pvefficiency_adr(&g, &t, &eta).unwrap_err().to_string();
        assert!(error.contains("efficiency[3] = NaN"), "{error}");
        assert!(fit_pvefficiency_adr(&g[..5], &t[..5], &eta[..5]).is_err());
        assert!(fit_pvefficiency_adr(&g, &t[1..], &eta).unwrap_err().to_string().contains("temp_cell"));
        let one = vec![25.0; g.len()];
        eta[3] = 0.2;
        assert!(
            fit_pvefficiency_adr(&g, &one, &eta).unwrap_err().to_string().contains("one irradiance or temperature")
        );
    }
}
