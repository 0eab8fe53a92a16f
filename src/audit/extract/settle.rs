//! Puts figures into their places, where there is one for each place.

use super::clauses::{Parts, Span};
use super::place::place;
use super::roles::Role;
use crate::audit::claim::{Claim, Figure, Period};
use crate::audit::interval::Interval;
use crate::audit::quantity::Side;

/// Annual energy over capacity, kWh/kW, outside of which a figure has slipped by a power of ten or more: no place on
/// Earth gives a tenth, or ten times, of what a fixed roof can.
const SLIPPED_KWH_PER_KW: std::ops::RangeInclusive<f64> = 50.0..=10_000.0;

/// Capacity over area above which one of the two has slipped, kW/m2: sunlight itself is 1.
const SLIPPED_KW_PER_M2: f64 = 1.0;

/// A figure for one place with what tells it from others.
#[derive(Clone)]
struct Candidate<T> {
    figure: Figure,
    kind: T,
}

/// Makes the claim of the roles.
pub(super) fn settle(text: &str, parts: &Parts, roles: &[Role]) -> Claim {
    let mut claim = Claim::default();
    let (mut capacities, mut areas, mut energies) = (Vec::new(), Vec::new(), Vec::new());
    let (mut coals, mut co2s, mut lives, mut years) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (found, role) in parts.found.iter().zip(roles) {
        let words = text.get(parts.plain.original(&found.span)).unwrap_or("").to_owned();
        let quantity = &found.quantity;
        let figure = Figure { value: quantity.value, interval: quantity.interval, words };
        if let Some(most) = most(role)
            && !(quantity.value > 0.0 && quantity.value <= most)
        {
            claim.ambiguous.push(format!("{}: no plant has that; a slip in number or unit?", figure.words));
            continue;
        }
        match role {
            Role::Capacity(side) => capacities.push(Candidate { figure, kind: *side }),
            Role::Area { roof } => areas.push(Candidate { figure, kind: *roof }),
            Role::Energy(span) => energies.push(Candidate { figure, kind: ((), *span) }),
            Role::Coal(kind, span) => coals.push(Candidate { figure, kind: (*kind, *span) }),
            Role::Co2(span) => co2s.push(Candidate { figure, kind: ((), *span) }),
            Role::Life => lives.push(Candidate { figure, kind: () }),
            Role::Year => years.push(quantity.value),
            Role::Aside(why) => claim.aside.push(format!("{}: {why}", figure.words)),
            Role::Unclear(why) => claim.ambiguous.push(format!("{}: {why}", figure.words)),
            Role::Nothing => {}
        }
    }
    years.dedup();
    if let [year] = years.as_slice() {
        #[expect(clippy::cast_possible_truncation, reason = "the scanner takes 1949 to 2100")]
        let year = *year as i32;
        claim.year = Some(year);
    }
    settle_capacity(&mut claim, capacities);
    settle_area(&mut claim, areas);
    if let Some((figure, (), period)) = settle_dated(&mut claim, "energies", energies) {
        (claim.energy_kwh, claim.energy_period) = (Some(figure), period);
    }
    if let Some((figure, kind, period)) = settle_dated(&mut claim, "masses of coal", coals) {
        (claim.coal_t, claim.coal_kind, claim.coal_period) = (Some(figure), kind, period);
    }
    if let Some((figure, (), period)) = settle_dated(&mut claim, "masses of CO2", co2s) {
        (claim.co2_t, claim.co2_period) = (Some(figure), period);
    }
    claim.life_years = one_of(&mut claim.ambiguous, "lives", &lives).map(|candidate| candidate.figure);
    refuse_slips(&mut claim);
    settle_place(&mut claim, parts);
    claim
}

/// The most that a figure of a role can be: more than all of the world has.
fn most(role: &Role) -> Option<f64> {
    match role {
        Role::Capacity(_) => Some(1e9),
        Role::Area { .. } | Role::Coal(..) | Role::Co2(_) => Some(1e10),
        Role::Energy(_) => Some(1e13),
        _ => None,
    }
}

/// Whether two figures can be one that is written twice.
fn same(one: &Figure, other: &Figure) -> bool {
    one.interval.overlaps(other.interval) && (one.value - other.value).abs() <= 0.1 * one.value.max(other.value)
}

/// The sharpest of figures that can all be one; else tells that they differ.
fn one_of<T: Clone>(ambiguous: &mut Vec<String>, what: &str, candidates: &[Candidate<T>]) -> Option<Candidate<T>> {
    let width = |interval: Interval| interval.high - interval.low;
    let sharpest =
        candidates.iter().min_by(|a, b| width(a.figure.interval).total_cmp(&width(b.figure.interval)))?.clone();
    if candidates.iter().all(|each| same(&each.figure, &sharpest.figure)) {
        return Some(sharpest);
    }
    ambiguous.push(format!(
        "{}: {} {what}, and which is the plant's is not said",
        listed(candidates),
        candidates.len()
    ));
    None
}

fn listed<T>(candidates: &[Candidate<T>]) -> String {
    candidates.iter().map(|each| each.figure.words.trim()).collect::<Vec<_>>().join(" / ")
}

fn settle_capacity(claim: &mut Claim, candidates: Vec<Candidate<Option<Side>>>) {
    // Where both sides of the inverter are named, the modules' power is the plant's, as yields are stated by it.
    let has_dc = candidates.iter().any(|each| each.kind == Some(Side::Dc));
    let (ac, rest): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|each| has_dc && each.kind == Some(Side::Ac));
    claim.aside.extend(ac.iter().map(|each| format!("{}: the AC side of the same plant", each.figure.words)));
    let side = rest.iter().find_map(|each| each.kind);
    if let Some(candidate) = one_of(&mut claim.ambiguous, "capacities", &rest) {
        claim.capacity_is_ac = side.map(|side| side == Side::Ac);
        claim.capacity_kw = Some(candidate.figure);
    }
}

fn settle_area(claim: &mut Claim, candidates: Vec<Candidate<bool>>) {
    let has_roof = candidates.iter().any(|each| each.kind);
    let (plain, rest): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|each| has_roof && !each.kind);
    claim
        .aside
        .extend(plain.iter().map(|each| format!("{}: an area that is not said to be of roofs", each.figure.words)));
    if let Some(candidate) = one_of(&mut claim.ambiguous, "areas", &rest) {
        claim.area_is_roof = candidate.kind;
        claim.area_m2 = Some(candidate.figure);
    }
}

/// A figure for a year goes before one for life or of no period.
fn settle_dated<T: Clone>(
    claim: &mut Claim,
    what: &str,
    candidates: Vec<Candidate<(T, Option<Span>)>>,
) -> Option<(Figure, T, Period)> {
    let wanted = [Some(Span::Year), Some(Span::Life), None];
    let best = wanted.into_iter().find(|span| candidates.iter().any(|each| each.kind.1 == *span))?;
    let (own, other): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|each| each.kind.1 == best);
    for each in other {
        // Without a period it may be the same figure once more.
        let repeated = each.kind.1.is_none() && own.iter().any(|own| same(&own.figure, &each.figure));
        if each.kind.1.is_none() && !repeated {
            let words = format!("{} / {}", listed(&own), each.figure.words);
            claim.ambiguous.push(format!("{words}: two {what}, one of no said period"));
            return None;
        }
        if !repeated {
            claim.aside.push(format!("{}: for the plant's life, beside a figure for a year", each.figure.words));
        }
    }
    let candidate = one_of(&mut claim.ambiguous, what, &own)?;
    let period = match best {
        Some(Span::Year) => Period::Year,
        Some(Span::Life) => Period::Life,
        _ => Period::Unsaid,
    };
    Some((candidate.figure, candidate.kind.0, period))
}

/// Figures that lie apart by powers of ten: a 万 is lost, a unit is wrong, and nobody can say where.
fn refuse_slips(claim: &mut Claim) {
    let value = |figure: &Option<Figure>| figure.as_ref().map(|figure| (figure.value, figure.words.clone()));
    let capacity = value(&claim.capacity_kw);
    let (mut drop_capacity, mut drop_energy, mut drop_area) = (false, false, false);
    if let (Some((kw, capacity)), Some((kwh, energy))) = (&capacity, value(&claim.energy_kwh))
        && claim.energy_period == Period::Year
        && !SLIPPED_KWH_PER_KW.contains(&(kwh / kw))
    {
        let each = kwh / kw;
        claim.ambiguous.push(format!(
            "{energy} of {capacity} would be {each:.3} kWh/kW in a year; a 万, a million or another unit is lost in one of them"
        ));
        (drop_capacity, drop_energy) = (true, true);
    }
    if let (Some((kw, capacity)), Some((m2, area))) = (&capacity, value(&claim.area_m2))
        && kw / m2 > SLIPPED_KW_PER_M2
    {
        let each = kw / m2;
        claim.ambiguous.push(format!(
            "{capacity} on {area} would be {each:.1} kW/m2, more than sunlight brings; a 万 or a unit is lost in one of them"
        ));
        (drop_capacity, drop_area) = (true, true);
    }
    if drop_capacity {
        (claim.capacity_kw, claim.capacity_is_ac) = (None, None);
    }
    if drop_energy {
        (claim.energy_kwh, claim.energy_period) = (None, Period::Unsaid);
    }
    if drop_area {
        (claim.area_m2, claim.area_is_roof) = (None, false);
    }
}

fn settle_place(claim: &mut Claim, parts: &Parts) {
    let place = place(parts.plain);
    claim.place = place.names.join(", ");
    if let Some(station) = place.station {
        claim.latitude = Some(station.site.latitude);
        claim.longitude = Some(station.site.longitude);
        claim.note =
            format!("latitude and longitude are those of the climate station {}, {}", station.name, station.province);
    }
}

impl Claim {
    /// Whether any figure is filled.
    pub fn states_something(&self) -> bool {
        [&self.area_m2, &self.capacity_kw, &self.energy_kwh, &self.coal_t, &self.co2_t, &self.life_years]
            .iter()
            .any(|figure| figure.is_some())
    }
}
