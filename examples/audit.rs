//! Published figures of a plant, held against physics and official factors.
//!
//! ```text
//! cargo run --release --example audit                              # the published rows that come with the crate
//! cargo run --release --example audit -- "新建屋顶光伏51兆瓦，年发电6000万千瓦时，节约标煤1.8万吨"
//! cargo run --release --example audit -- my-claims.csv --json audits.json
//! ```

mod common;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use rooftop_pv::audit::{Audit, Claim, Grade, Priors, RatioKind, audit, audit_all, extract};
use rooftop_pv::{Error, Result};

/// The published figures that the crate was asked to judge.
const PUBLISHED: &str = include_str!("claims/stated_yields.csv");

/// Judge stated figures: a sentence, a csv or toml of claims, or the published rows.
#[derive(Parser)]
struct Arguments {
    /// A sentence in Chinese or English, or a csv or toml file; without it, the published rows
    claim: Option<String>,
    /// What is believed of an unknown plant, as toml (keys of `audit::Priors`)
    #[arg(long, value_name = "FILE")]
    priors: Option<PathBuf>,
    /// Only the rows with these ids
    #[arg(long, value_name = "ID")]
    id: Vec<String>,
    /// Only the table at the end
    #[arg(long)]
    brief: bool,
    /// Write the audits as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::run_and_tell(|| run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<()> {
    common::check_results(
        [arguments.json.as_deref()],
        [arguments.priors.as_deref(), arguments.claim.as_deref().map(Path::new)],
    )?;
    let priors = match &arguments.priors {
        Some(path) => Priors::from_file(path)?,
        None => Priors::default(),
    };
    let mut audits = match &arguments.claim {
        None => audit_all(&Claim::from_csv(PUBLISHED, "stated_yields.csv")?, &priors)?,
        Some(text) if is_file(text) => audit_all(&Claim::from_file(Path::new(text))?, &priors)?,
        Some(sentence) => vec![audit(&extract(sentence), &priors)?],
    };
    if !arguments.id.is_empty() {
        audits.retain(|audit| arguments.id.contains(&audit.evidence.claim.id));
        if audits.is_empty() {
            println!("No row has the id {}.", arguments.id.join(" or "));
        }
    }
    if !arguments.brief {
        for audit in &audits {
            println!("{audit}");
        }
    }
    if audits.len() > 1 || arguments.brief {
        print_table(&audits);
    }
    if let Some(path) = &arguments.json {
        let io = |source| Error::Io { path: path.clone(), source };
        let mut writer = BufWriter::new(File::create(path).map_err(io)?);
        serde_json::to_writer_pretty(&mut writer, &audits).map_err(|error| io(error.into()))?;
        writer.flush().map_err(io)?;
        println!("\nWrote {}", path.display());
    }
    Ok(())
}

/// Whether an argument is meant as a file: one that is there, or a name that ends as claim files do.
fn is_file(text: &str) -> bool {
    let path = Path::new(text);
    let ends = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv") || end.eq_ignore_ascii_case("toml"));
    ends || path.is_file()
}

fn print_table(audits: &[Audit]) {
    println!("{:<14}{:>9}{:>8}{:>10}{:>11}{:>10}  verdict", "", "kWh/kW", "W/m2", "kgce/kWh", "kgCO2/kWh", "tCO2/tce");
    for audit in audits {
        let cell = |kind: RatioKind| {
            audit
                .evidence
                .ratio(kind)
                .map_or_else(|| String::from("-"), |ratio| format!("{:.*}", kind.decimals(), ratio.value))
        };
        println!(
            "{:<14}{:>9}{:>8}{:>10}{:>11}{:>10}  {}",
            audit.evidence.claim.id,
            cell(RatioKind::SpecificYield),
            cell(RatioKind::PowerDensity),
            cell(RatioKind::CoalOfEnergy),
            cell(RatioKind::Co2OfEnergy),
            cell(RatioKind::Co2OfCoal),
            audit.verdict.grade
        );
    }
    let doubtful = audits.iter().filter(|audit| audit.verdict.grade > Grade::Consistent).count();
    let silent = audits.iter().filter(|audit| audit.verdict.grade == Grade::NotEnoughSaid).count();
    println!("{} claims: {doubtful} in doubt, {silent} say too little to be judged", audits.len());
}
