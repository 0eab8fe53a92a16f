//! From a claim to a verdict.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::claim::Claim;
use super::doubts::{Doubt, doubts};
use super::evidence::Evidence;
use super::likely::{Likely, Priors};
use super::place::{Place, locate};
use super::verdict::Verdict;
use crate::carbon;
use crate::error::{Error, Result};

/// All that can be said of one claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Audit {
    /// What its figures imply and can be held against.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// What does not fit, with likely causes.
    pub doubts: Vec<Doubt>,
    /// The verdict.
    pub verdict: Verdict,
}

/// Audits one claim by itself.
///
/// # Examples
/// ```
/// use rooftop_pv::audit::{Grade, Priors, audit, extract};
/// let claim = extract("山东济南某产业园利用36万平方米屋顶建成51MW光伏，年发电量6000万千瓦时");
/// let audit = audit(&claim, &Priors::default())?;
/// assert_eq!(audit.verdict.grade, Grade::Consistent);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
///
/// # Errors
/// Coordinates or priors that cannot be.
pub fn audit(claim: &Claim, priors: &Priors) -> Result<Audit> {
    claim.validate()?;
    let place = locate(claim)?;
    let likely = Likely::at(&place, priors)?;
    Ok(judge(claim, &[], &place, likely.as_ref()))
}

/// Audits claims beside each other: rows of one family (`park`, `park-1`, `park-2`) are read with each other's capacity.
///
/// The order of the results is that of the claims, and they do not depend on the number of threads.
///
/// # Errors
/// As [`audit`], with the claim's id.
pub fn audit_all(claims: &[Claim], priors: &Priors) -> Result<Vec<Audit>> {
    for claim in claims {
        claim.validate().map_err(|error| of_claim(claim, error))?;
    }
    let places: Vec<Place> =
        claims.iter().map(|claim| locate(claim).map_err(|error| of_claim(claim, error))).collect::<Result<_>>()?;
    // Claims of one place share its simulation.
    let mut first_of: Vec<usize> = Vec::new();
    let same: Vec<usize> = places
        .iter()
        .enumerate()
        .map(|(index, place)| {
            first_of.iter().position(|&first| places[first].same_stations(place)).unwrap_or_else(|| {
                first_of.push(index);
                first_of.len() - 1
            })
        })
        .collect();
    let likely: Vec<Option<Likely>> =
        first_of.par_iter().map(|&index| Likely::at(&places[index], priors)).collect::<Result<_>>()?;
    let mut families: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| !claim.id.is_empty()) {
        families.entry(claim.family()).or_default().push(claim);
    }
    let audits = claims.par_iter().zip(&places).zip(&same).map(|((claim, place), &same)| {
        let family = families.get(claim.family()).map_or(&[][..], Vec::as_slice);
        judge(claim, family, place, likely[same].as_ref())
    });
    Ok(audits.collect())
}

/// Says whose figure it is.
fn of_claim(claim: &Claim, error: Error) -> Error {
    match error {
        Error::OutOfRange { name, value, allowed } => {
            Error::OutOfRange { name: format!("{}: {name}", claim.id), value, allowed }
        }
        other => other,
    }
}

fn judge(claim: &Claim, family: &[&Claim], place: &Place, likely: Option<&Likely>) -> Audit {
    let known = carbon::conventions(place.region.as_deref());
    let evidence = Evidence::gather(claim, family, place, likely, &known);
    let doubts = doubts(&evidence, &known);
    let verdict = Verdict::of(&evidence, &doubts);
    Audit { evidence, doubts, verdict }
}
