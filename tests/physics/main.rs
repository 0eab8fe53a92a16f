//! Every model against its reference, at 2,000 points and more; the table of ARCHITECTURE.md is what came out.
//!
//! `cargo test --test physics -- --nocapture` prints each worst difference; with `MODELS=write` it also renews the table.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers of fixtures")]
#![allow(clippy::type_complexity, reason = "tables of cases")]

#[path = "../common/mod.rs"]
mod common;

mod held;
mod hostile;

mod air;
mod curves;
mod decomposition;
mod inverter;
mod library;
mod library_care;
mod library_damage;
mod module_power;
mod plane;
mod rows;
mod single_diode;
mod snow;
mod soiling;
mod spectral;
mod subhourly;
mod thermal;

use std::collections::HashSet;

use held::{Proofs, table};

/// A family's name and its proofs.
type Family = (&'static str, fn() -> Proofs);

const FAMILIES: &[Family] = &[
    ("Air and clear skies", air::proofs),
    ("Decomposition", decomposition::proofs),
    ("Planes, glass, ground", plane::proofs),
    ("Spectrum", spectral::proofs),
    ("Soiling", soiling::proofs),
    ("Snow", snow::proofs),
    ("Single diode", single_diode::proofs),
    ("Curves of the single diode", curves::proofs),
    ("Clipping within the hour", subhourly::proofs),
    ("A module's power by measured curves", module_power::proofs),
    ("Inverter curves", library::proofs),
    ("Rows, trackers and both sides", rows::proofs),
    ("Cell temperature and DC power", thermal::proofs),
    ("Inverters and electrical losses", inverter::proofs),
];

const BEGIN: &str = "<!-- models: written by tests/physics -->\n";
const END: &str = "<!-- end of models -->";

#[test]
fn table_of_models() {
    let proofs: Vec<(&str, Proofs)> = FAMILIES.iter().map(|(family, proofs)| (*family, proofs())).collect();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("ARCHITECTURE.md has no place for the table");
    let (kept, after) = rest.split_once(END).expect("ARCHITECTURE.md has no end of the table");
    let made = table(&proofs);
    if std::env::var("MODELS").is_ok_and(|value| value == "write") {
        std::fs::write(file, format!("{before}{BEGIN}{made}{END}{after}")).unwrap();
    } else {
        assert!(kept == made, "ARCHITECTURE.md is behind: MODELS=write cargo test --test physics");
    }
}

/// Each model of the table is timed by its name in benches/models/.
#[test]
fn every_model_has_a_bench() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join("benches/models")).unwrap();
    let benches: String = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let words: HashSet<&str> = benches.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let text = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let models: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("| `")?.split(['`', ' ']).next()).collect();
    let timed = |model: &&&str| model.rsplit("::").next().is_some_and(|name| words.contains(name));
    let missing: Vec<&&str> = models.iter().filter(|model| model.contains("::") && !timed(model)).collect();
    assert!(missing.is_empty() && models.len() > 100, "no bench in benches/models/: {missing:?}");
}
