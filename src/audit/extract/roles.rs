//! What each figure of a text is: a capacity, an area, an energy, coal, CO2, a life, or something to leave aside.

use super::clauses::{Parts, Span};
use super::cues::{
    self, BOTH, COMPARED, LAND, LIFE, Label, MADE, MODULE, MOMENT, MONTHS, OTHER_POWER, PART_OF, REGION, ROOF, SAVED,
    SHARE, SOLAR, STORAGE, USED, first_of, has, last_of,
};
use super::masses::mass;
use crate::audit::claim::CoalKind;
use crate::audit::quantity::{Dimension, Per, Side};

/// What a figure is taken for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    Capacity(Option<Side>),
    Area {
        roof: bool,
    },
    Energy(Option<Span>),
    Coal(CoalKind, Option<Span>),
    Co2(Option<Span>),
    Life,
    Year,
    /// Understood, and not what is looked for.
    Aside(&'static str),
    /// May mean more than one thing.
    Unclear(String),
    /// Nothing that a claim could hold.
    Nothing,
}

/// Largest modules on sale, kW, with some room; no plant of a roof is stated by less beside the word module.
const LARGEST_MODULE_KW: f64 = 2.0;

/// The role of one figure.
pub(super) fn role(parts: &Parts, index: usize) -> Role {
    let Some(found) = parts.found.get(index) else { return Role::Nothing };
    let quantity = &found.quantity;
    let label = cues::label(parts.before(index));
    let role = match quantity.dimension {
        Dimension::Power => power(parts, index, label),
        Dimension::Energy => energy(parts, index, label),
        Dimension::Area => area(parts, index, label),
        Dimension::Mass => mass(parts, index, label),
        Dimension::Duration => duration(parts, index),
        Dimension::CalendarYear => calendar_year(parts, index),
        Dimension::Money => Role::Aside("money"),
        Dimension::ApparentPower => {
            mismatch(label, &[]).unwrap_or(Role::Aside("a transformer's or line's apparent power"))
        }
        Dimension::Rate => Role::Aside("so much for each of something"),
        Dimension::Heat => Role::Aside("heat"),
        Dimension::Number => bare(parts, index, label),
        Dimension::Length | Dimension::Volume | Dimension::Voltage => mismatch(label, &[]).unwrap_or(Role::Nothing),
        Dimension::Percent | Dimension::Count | Dimension::Other => Role::Nothing,
    };
    match role {
        Role::Capacity(_) | Role::Area { .. } | Role::Energy(_) | Role::Coal(..) | Role::Co2(_) => {
            if !quantity.doubt.is_empty() {
                return Role::Unclear(quantity.doubt.clone());
            }
            if parts.plain.stretch(0, parts.at(index)).trim_end().ends_with(['×', '*', 'x']) {
                return Role::Unclear(String::from("is taken times another number"));
            }
            match shared_unit(parts, index) {
                Some(other) => {
                    Role::Unclear(format!("shares its unit with {other}, and which of the two holds is not said"))
                }
                None => role,
            }
        }
        role => role,
    }
}

/// The number before a figure that has the same unit: "either 5,100 or 7,200 tonnes".
fn shared_unit<'a>(parts: &'a Parts, index: usize) -> Option<&'a str> {
    let (last, found) = (parts.found.get(index.checked_sub(1)?)?, parts.found.get(index)?);
    let joint = parts.plain.stretch(last.span.end, found.span.start).trim();
    let joined = ["or", "and", "或", "或者", "和", "与", "、", "/", "&", ", and", "及", "or even"].contains(&joint);
    (last.quantity.dimension == Dimension::Number && joined)
        .then(|| parts.plain.stretch(last.span.start, last.span.end))
}

/// A label that asks for another dimension.
pub(super) fn mismatch(label: Option<Label>, allowed: &[Label]) -> Option<Role> {
    let label = label.filter(|label| !allowed.contains(label))?;
    Some(Role::Unclear(format!("{} is due there", label.wants())))
}

fn power(parts: &Parts, index: usize, label: Option<Label>) -> Role {
    let Some(found) = parts.found.get(index) else { return Role::Nothing };
    let quantity = &found.quantity;
    let (before, after) = (parts.before(index), parts.after(index));
    if storage_near(parts, index) {
        return Role::Aside("a store's power");
    }
    let clause = parts.plain.stretch(parts.clause(found.span.start).start, found.span.start);
    let module = quantity.value.abs() < LARGEST_MODULE_KW && (has(clause, MODULE) || has(after, MODULE));
    if module {
        return Role::Aside("a module's power");
    }
    if has(before, BOTH) || has(after, BOTH) {
        return Role::Aside("sun and wind together");
    }
    if nearer(own_part(before), after, OTHER_POWER, SOLAR) {
        return Role::Aside("another machine's power");
    }
    if region(parts, index) {
        return Role::Aside("a region's power");
    }
    if has(before, COMPARED) {
        return Role::Aside("what the figure is compared with");
    }
    if has(before, MOMENT) || after.trim_start().starts_with("at noon") {
        return Role::Aside("the power of a moment, or of one of several");
    }
    let near: String = after.chars().take(16).collect();
    if has(&near, &["需", "needs", "requires", "would need"]) {
        return Role::Aside("a rule of thumb");
    }
    let yearly = quantity.per.is_some()
        || has(before, &["年发电量", "发电量", "annual output", "annual generation", "annual production"]);
    if yearly && label != Some(Label::Capacity) {
        return Role::Unclear(String::from("a power where an energy is due: kWh meant?"));
    }
    if let Some(role) = mismatch(label, &[Label::Capacity, Label::Energy]) {
        return role;
    }
    // "generates 51 MW" is loosely said of a capacity.
    let side = quantity.side.or_else(|| side_words(parts, index));
    Role::Capacity(side)
}

/// What stands behind the last joint that begins to tell of something else.
fn own_part(before: &str) -> &str {
    let joints = [" and has ", " and have ", " and is ", " and its ", " and the ", " and a ", " with a "];
    joints
        .iter()
        .filter_map(|joint| before.rfind(joint).and_then(|at| before.get(at..)))
        .min_by_key(|part| part.len())
        .unwrap_or(before)
}

/// Whether the nearest of the words around a figure is one of `these` and not of `those`.
fn nearer(before: &str, after: &str, these: &[&str], those: &[&str]) -> bool {
    let behind: String = after.chars().take(24).collect();
    let behind = behind.split(['与', '和', '及']).next().unwrap_or("");
    let behind = behind.split(" and ").next().unwrap_or("");
    let distance = |words: &[&str]| {
        let back = last_of(before, words).map(|(_, end)| before.len() - end);
        back.into_iter().chain(first_of(behind, words).map(|(start, _)| start)).min()
    };
    distance(these).is_some_and(|this| distance(those).is_none_or(|that| this < that))
}

/// Whether the words right around a figure, or the figure paired with it ("10MW/20MWh"), are of storage.
fn storage_near(parts: &Parts, index: usize) -> bool {
    let near = |index: usize| nearer(parts.before(index), parts.after(index), STORAGE, SOLAR);
    let paired = |one: usize, other: usize| {
        let (Some(one), Some(other)) = (parts.found.get(one), parts.found.get(other)) else { return false };
        matches!(parts.plain.stretch(one.span.end, other.span.start).trim(), "/" | "x" | "×")
    };
    near(index)
        || paired(index, index + 1) && near(index + 1)
        || index.checked_sub(1).is_some_and(|last| paired(last, index) && near(last))
        || index.checked_sub(1).is_some_and(|last| paired(last, index) || paired(index, last))
            && parts.found.get(index).is_some_and(|found| found.quantity.dimension == Dimension::Energy)
        || paired(index, index + 1)
            && parts.found.get(index + 1).is_some_and(|found| found.quantity.dimension == Dimension::Energy)
}

/// Whether the figure is of a country, a province, a city, a trade, or a part of such a figure.
pub(super) fn region(parts: &Parts, index: usize) -> bool {
    if has(parts.before(index), PART_OF) && parts.last_alike(index).is_some_and(|last| region(parts, last)) {
        return true;
    }
    has(parts.before(index), REGION) && !has(parts.before(index), &["最大", "首个", "largest", "first", "biggest"])
}

fn side_words(parts: &Parts, index: usize) -> Option<Side> {
    let (before, after) = (parts.before(index), parts.after(index));
    let near: String = after.chars().take(6).collect();
    let dc = last_of(before, &["直流", "dc", "峰值"]);
    let ac = last_of(before, &["交流", "ac"]);
    match (dc, ac) {
        (Some(dc), Some(ac)) => Some(if dc.1 > ac.1 { Side::Dc } else { Side::Ac }),
        (Some(_), None) => Some(Side::Dc),
        (None, Some(_)) => Some(Side::Ac),
        (None, None) if has(&near, &["直流", "dc"]) => Some(Side::Dc),
        (None, None) if has(&near, &["交流", "ac"]) => Some(Side::Ac),
        (None, None) => None,
    }
}

fn energy(parts: &Parts, index: usize, label: Option<Label>) -> Role {
    let before = parts.before(index);
    if storage_near(parts, index) {
        return Role::Aside("a store's energy");
    }
    if has(before, SHARE) || has(parts.after(index), &["余电", "上网销售", "surplus", "is sold", "are sold"]) {
        return Role::Aside("a part of the energy, named apart");
    }
    let made = last_of(before, MADE);
    let used = last_of(before, USED);
    if used.is_some_and(|(_, used)| made.is_none_or(|(_, made)| used > made)) || used_behind(parts.after(index)) {
        return Role::Aside("energy that is used");
    }
    let machine = last_of(before, OTHER_POWER);
    let solar = last_of(before, SOLAR);
    if machine.is_some_and(|(_, machine)| made.is_none() || solar.is_none_or(|(_, solar)| machine > solar)) {
        return Role::Aside("another machine's energy");
    }
    if region(parts, index) {
        return Role::Aside("a region's energy");
    }
    if has(before, COMPARED) {
        return Role::Aside("what the figure is compared with");
    }
    if let Some(role) = mismatch(label, &[Label::Energy]) {
        return role;
    }
    // "51 MW, 60 GWh/yr" needs no verb.
    let yearly = parts.found.get(index).is_some_and(|found| found.quantity.per == Some(Per::Year));
    let beside_power = yearly && parts.sentence_measures(index, Dimension::Power);
    if !beside_power && !has(parts.sentence_text(index), MADE) {
        return Role::Aside("energy that is not said to be generated");
    }
    match parts.period(index) {
        Some(Span::ToDate) => Role::Aside("a total up to a day"),
        Some(Span::Short) => Role::Aside("for less than a year"),
        None if has(parts.sentence_text(index), MONTHS) => {
            Role::Aside("a month is named, and for which time this holds is not said")
        }
        period => Role::Energy(period),
    }
}

fn used_behind(after: &str) -> bool {
    let near: String = after.chars().take(32).collect();
    let near = near.split([',', '，']).next().unwrap_or("");
    has(
        near,
        &[
            "的用电",
            "的年用电",
            "用电量",
            "is consumed",
            "are consumed",
            "are used",
            "is used",
            "consumption",
            "demand",
            "needs",
            "usage",
            "uses",
        ],
    ) && !has(near, &["equivalent", "相当于", "meets", "meeting", "covers", "covering", "满足"])
}

fn area(parts: &Parts, index: usize, label: Option<Label>) -> Role {
    if region(parts, index) {
        return Role::Aside("a region's area");
    }
    if let Some(role) = mismatch(label, &[Label::Area]) {
        return role;
    }
    let (before, after) = (parts.wide_before(index), parts.after(index));
    let own = parts.before(index);
    let distance_before = |words: &[&str]| last_of(before, words).map(|(_, end)| before.len() - end);
    let distance_after = |words: &[&str]| first_of(after, words).map(|(start, _)| start);
    let nearest = |words: &[&str]| match (distance_before(words), distance_after(words)) {
        // What stands before is a label more often than what stands behind.
        (Some(before), Some(after)) => Some(before.min(after.saturating_add(2))),
        (one, other) => one.or(other),
    };
    let mu = parts.found.get(index).is_some_and(|found| {
        let unit = parts.plain.stretch(found.digits, found.span.end);
        unit.contains('亩') || unit.ends_with("mu") || unit.contains("acre")
    });
    match (nearest(ROOF), nearest(LAND)) {
        (Some(roof), Some(land)) if roof < land => Role::Area { roof: true },
        (_, Some(_)) => Role::Aside("land or floors, not roofs"),
        (Some(_), None) => Role::Area { roof: true },
        (None, None) if has(own, PART_OF) && parts.last_alike(index).is_some() => {
            parts.last_alike(index).map_or(Role::Nothing, |last| role(parts, last))
        }
        (None, None) if mu => Role::Aside("land or floors, not roofs"),
        (None, None)
            if has(own, MODULE)
                || label.is_some()
                || has(own, &["铺", "覆盖", "安装", "利用", "cover-", "span-", "across", "install-", "occup-"]) =>
        {
            Role::Area { roof: false }
        }
        (None, None) => Role::Aside("an area of nothing that is said"),
    }
}

fn duration(parts: &Parts, index: usize) -> Role {
    let Some(found) = parts.found.get(index) else { return Role::Nothing };
    let wide = parts.wide_before(index);
    let before = wide.char_indices().rev().nth(31).and_then(|(at, _)| wide.get(at..)).unwrap_or(wide);
    let after = parts.after(index);
    let words: Vec<&str> = LIFE
        .iter()
        .copied()
        .chain([
            "寿命",
            "运营",
            "运行",
            "使用年限",
            "年限",
            "周期",
            "服役",
            "life",
            "lifetime",
            "operat-",
            "service",
            "last",
            "lasts",
            "lasting",
        ])
        .collect();
    let near: String = after.chars().take(24).collect();
    let contract = has(
        before,
        &["合同", "协议", "质保", "租", "ppa", "contract", "lease", "warrant-", "agreement", "贷款", "loan"],
    ) || has(
        &near,
        &[
            "合同",
            "协议",
            "质保",
            "租",
            "ppa",
            "contract",
            "lease",
            "warrant-",
            "agreement",
            "power purchase",
            "loan",
            "购电",
        ],
    );
    let total = ["累计", "总", "内累计", "内总", "共", "内", "可", "预计", "里"]
        .iter()
        .any(|word| after.trim_start().starts_with(word))
        || ["over", "over the", "over its", "in", "within", "for", "next"]
            .iter()
            .any(|word| before.trim_end().ends_with(word))
        || parts.plain.stretch(found.span.start, found.digits).starts_with("over");
    let plausible = (10.0..=60.0).contains(&found.quantity.value);
    if plausible && !contract && (has(before, &words) || has(&near, &words) || total && of_plant(parts, index)) {
        return Role::Life;
    }
    Role::Nothing
}

/// Whether the sentence of a stretch of years speaks of energy or what it saves.
fn of_plant(parts: &Parts, index: usize) -> bool {
    has(
        parts.sentence_text(index),
        &["发电", "减排", "节约", "generat-", "produc-", "sav-", "avoid-", "kwh", "gwh", "mwh", "co2"],
    ) || has(parts.sentence_text(index), SAVED)
}

fn calendar_year(parts: &Parts, index: usize) -> Role {
    let before: String = parts.before(index).chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
    let near: String = parts.after(index).chars().take(8).collect();
    let other = [
        "成立",
        "始建",
        "创建",
        "创立",
        "建厂",
        "以来",
        "founded",
        "established",
        "since",
        "自",
        "同比",
        "比",
        "from",
        "set up",
        "opened in",
    ];
    if has(&before, &other) || has(&near, &["成立", "创建", "以来", "建厂", "始建"]) {
        return Role::Nothing;
    }
    Role::Year
}

/// A number without a unit where a label asks for a figure.
fn bare(parts: &Parts, index: usize, label: Option<Label>) -> Role {
    let ends = parts.after(index).chars().next().is_none_or(|c| "，,。.;、)!".contains(c) || c == '\n');
    let Some(found) = parts.found.get(index) else { return Role::Nothing };
    if !found.quantity.doubt.is_empty() && label.is_some() {
        return Role::Unclear(found.quantity.doubt.clone());
    }
    match label {
        Some(label) if ends => Role::Unclear(format!("no unit; {} is due there", label.wants())),
        _ => Role::Nothing,
    }
}
