//! Which input explains how much.

use rayon::prelude::*;
use serde::Serialize;

use super::inputs::{Inputs, MAX_SOBOL_INPUTS, Sampling, below, stream_of, uniforms};
use super::study::{Draw, run_rows};
use crate::error::{Error, Result};

/// How much of an output's variance a group of inputs explains.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SobolIndex {
    /// The input, or the name of the group.
    pub name: String,
    /// Share of the variance that the group explains by itself.
    pub first: f64,
    /// Half of the 95 % confidence interval of `first`, by bootstrap.
    pub first_half_width: f64,
    /// Share of the variance that goes with the group, alone or together with others.
    pub total: f64,
    /// Half of the 95 % confidence interval of `total`, by bootstrap.
    pub total_half_width: f64,
}

/// An output when one input stands at an end and the others in the middle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Swing {
    /// The input.
    pub name: String,
    /// The output with the input at its 10 % quantile.
    pub at_10: f64,
    /// The output with the input at its 90 % quantile.
    pub at_90: f64,
}

/// Draws for a confidence interval.
const RESAMPLES: usize = 200;

/// First-order and total Sobol' indices of one output, for inputs taken one by one or in groups.
///
/// `groups`: a name and the positions of the inputs in it; inputs of no group only add variance. The model runs
/// `(groups + 2) × samples` times. Inputs must be independent; where they are correlated, put what hangs together into a
/// study of its own. Sobol' points are taken for up to 48 inputs, a Latin hypercube for more.
///
/// First order: Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, table 2 (b); total: Jansen 1999,
/// doi:10.1016/S0010-4655(98)00154-4.
///
/// # Errors
/// [`Error::OutOfRange`] for correlated inputs, a position that is not there, fewer than 8 samples, or an output that is not finite.
pub fn sobol_indices(
    inputs: &Inputs,
    groups: &[(String, Vec<usize>)],
    draw: &Draw,
    model: impl Fn(&[f64]) -> f64 + Sync,
) -> Result<Vec<SobolIndex>> {
    let refuse = |name: &str, value: f64, allowed: &str| {
        Err(Error::OutOfRange { name: name.into(), value, allowed: allowed.into() })
    };
    let (n, d) = (draw.samples, inputs.names().len());
    if !inputs.independent() {
        return refuse(
            "correlated inputs",
            d as f64,
            "independent inputs: variance cannot be shared out between correlated ones",
        );
    }
    if let Some(position) = groups.iter().flat_map(|(_, members)| members).find(|position| **position >= d) {
        return refuse("position of an input", *position as f64, &format!("below {d}"));
    }
    if n < 8 {
        return refuse("samples", n as f64, "8 or more");
    }
    // Two samples that know nothing of each other: the halves of one cube twice as wide. Where Sobol' points have no such
    // cube, a Latin hypercube does as well.
    let sampling = if draw.sampling == Sampling::Sobol && 2 * d > MAX_SOBOL_INPUTS {
        Sampling::LatinHypercube
    } else {
        draw.sampling
    };
    let points = uniforms(n, 2 * d, draw.seed, sampling)?;
    let value = |index: usize, input: usize, of_b: bool| {
        inputs.distributions()[input].quantile(points[index * 2 * d + if of_b { d } else { 0 } + input])
    };
    let runs = groups.len() + 2;
    let rows = run_rows(n, runs, |index, out| {
        let mut a: Vec<f64> = (0..d).map(|input| value(index, input, false)).collect();
        let b: Vec<f64> = (0..d).map(|input| value(index, input, true)).collect();
        out[0] = model(&a);
        out[1] = model(&b);
        for ((_, members), out) in groups.iter().zip(&mut out[2..]) {
            let kept: Vec<f64> = members.iter().map(|&input| a[input]).collect();
            for &input in members {
                a[input] = b[input];
            }
            *out = model(&a);
            for (&input, kept) in members.iter().zip(kept) {
                a[input] = kept;
            }
        }
    });
    if let Some(place) = rows.iter().position(|value| !value.is_finite()) {
        return refuse(&format!("output of sample {}", place / runs), rows[place], "a finite number");
    }
    let resamples: Vec<Vec<usize>> = (0..RESAMPLES)
        .map(|resample| {
            let mut random = stream_of(draw.seed, 1_000_000 + resample as u64);
            (0..n).map(|_| below(n, &mut random)).collect()
        })
        .collect();
    let all: Vec<usize> = (0..n).collect();
    // Far from zero, products of outputs would lose the digits of their differences, and the estimate its precision.
    let middle = rows.chunks(runs).map(|row| row[0] + row[1]).sum::<f64>() / (2 * n) as f64;
    let indices = groups.par_iter().enumerate().map(|(group, (name, _))| {
        let (first, total) = estimate(&rows, runs, group, middle, &all);
        let spread: Vec<(f64, f64)> =
            resamples.iter().map(|chosen| estimate(&rows, runs, group, middle, chosen)).collect();
        let half = |of: &dyn Fn(&(f64, f64)) -> f64| {
            let values: Vec<f64> = spread.iter().map(of).collect();
            1.96 * super::study::spread(&values).sd
        };
        SobolIndex {
            name: name.clone(),
            first,
            first_half_width: half(&|pair| pair.0),
            total,
            total_half_width: half(&|pair| pair.1),
        }
    });
    Ok(indices.collect())
}

/// First-order and total index of a group over chosen samples; zero where nothing varies.
fn estimate(rows: &[f64], runs: usize, group: usize, middle: f64, chosen: &[usize]) -> (f64, f64) {
    let n = chosen.len() as f64;
    let (mut sum, mut squares, mut first, mut total) = (0.0, 0.0, 0.0, 0.0);
    for &index in chosen {
        let row = &rows[index * runs..(index + 1) * runs];
        let (a, b, mixed) = (row[0] - middle, row[1] - middle, row[2 + group] - middle);
        sum += a + b;
        squares += a * a + b * b;
        // V₁ = E[f(B) (f(A_B) − f(A))],  V_T = ½ E[(f(A) − f(A_B))²]
        first += b * (mixed - a);
        total += 0.5 * (a - mixed) * (a - mixed);
    }
    let mean = sum / (2.0 * n);
    let variance = squares / (2.0 * n) - mean * mean;
    if variance > 0.0 { (first / n / variance, total / n / variance) } else { (0.0, 0.0) }
}

/// Each input by itself as a group.
pub fn each(inputs: &Inputs) -> Vec<(String, Vec<usize>)> {
    inputs.names().iter().enumerate().map(|(position, name)| (name.clone(), vec![position])).collect()
}

/// The swings of an output, widest first: each input at its 10 and 90 % quantile with the others at their medians.
pub fn tornado(inputs: &Inputs, groups: &[(String, Vec<usize>)], model: impl Fn(&[f64]) -> f64) -> Vec<Swing> {
    let at = |members: &[usize], p: f64| {
        let mut row = inputs.at(0.5);
        for &input in members {
            if let Some(distribution) = inputs.distributions().get(input) {
                row[input] = distribution.quantile(p);
            }
        }
        model(&row)
    };
    let mut swings: Vec<Swing> = groups
        .iter()
        .map(|(name, members)| Swing { name: name.clone(), at_10: at(members, 0.1), at_90: at(members, 0.9) })
        .collect();
    swings.sort_by(|a, b| (b.at_90 - b.at_10).abs().total_cmp(&(a.at_90 - a.at_10).abs()));
    swings
}
