//! Holding a model's function to the columns of a fixture, and the table of all that were held.

use std::fmt::Write as _;

use crate::common::Fixture;

/// What a model is called, here and elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// Its path in this crate, as `sky::dirint`.
    pub name: &'static str,
    /// Its name in pvlib, as `irradiance.dirint`, or what else it was held to.
    pub reference: &'static str,
    /// Where it was published: authors, year, DOI where there is one.
    pub paper: &'static str,
}

/// How near a model came to its reference.
#[derive(Clone, Debug)]
pub struct Proof {
    pub model: Model,
    pub rows: usize,
    /// The largest relative difference.
    pub worst: f64,
}

/// How near a model must come.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    pub relative: f64,
    /// Differences of smaller values count as if the value were this large.
    pub floor: f64,
}

/// A closed formula: 1e-9 of the value, or of a floor.
pub const fn closed(floor: f64) -> Within {
    Within { relative: 1e-9, floor }
}

/// An iteration: 1e-6 of the value, or of a floor.
pub const fn iterated(floor: f64) -> Within {
    Within { relative: 1e-6, floor }
}

/// The proofs of one family of models.
#[derive(Default)]
pub struct Proofs(pub Vec<Proof>);

impl Proofs {
    /// Holds a function of the row to a column, every row of it, where NaN must be NaN. Several columns of one model, held one
    /// after another, are one line of the table.
    pub fn held(&mut self, model: Model, f: &Fixture, column: &str, within: Within, value: impl Fn(usize) -> f64) {
        let mut worst = 0.0_f64;
        for (row, &want) in f.get(column).iter().enumerate() {
            let got = value(row);
            let name = model.name;
            assert_eq!(got.is_nan(), want.is_nan(), "{name}, {column}, row {row}: got {got}, want {want}");
            if want.is_nan() || got == want {
                continue;
            }
            let off = (got - want).abs() / want.abs().max(within.floor);
            assert!(off <= within.relative, "{name}, {column}, row {row}: got {got}, want {want}, {off:.1e} apart");
            worst = worst.max(off);
        }
        println!("{} {column}: {} rows, worst {worst:.1e}", model.name, f.rows);
        self.add(model, f.rows, worst);
    }

    /// Takes in what was held elsewhere.
    pub fn add(&mut self, model: Model, rows: usize, worst: f64) {
        match self.0.iter_mut().find(|proof| proof.model.name == model.name) {
            Some(proof) => (proof.rows, proof.worst) = (proof.rows.max(rows), proof.worst.max(worst)),
            None => self.0.push(Proof { model, rows, worst }),
        }
    }
}

/// The table of Markdown: a line a model, its worst difference rounded up to one digit.
pub fn table(families: &[(&str, Proofs)]) -> String {
    let mut text = String::from("| model | held to | published | points | within |\n|---|---|---|---|---|\n");
    for (family, proofs) in families {
        let _ = writeln!(text, "| **{family}** | | | | |");
        for Proof { model, rows, worst } in &proofs.0 {
            let Model { name, reference, paper } = model;
            let _ = writeln!(text, "| `{name}` | {reference} | {paper} | {rows} | {} |", rounded_up(*worst));
        }
    }
    text
}

/// `3.2e-13` as `4e-13`, and what lies below the rounding of one operation as that.
fn rounded_up(worst: f64) -> String {
    let text = format!("{:e}", worst.max(f64::EPSILON));
    let (mantissa, power) = text.split_once('e').unwrap();
    match mantissa.parse::<f64>().unwrap().ceil() {
        10.0 => format!("1e{}", power.parse::<i32>().unwrap() + 1),
        digit => format!("{digit}e{power}"),
    }
}
