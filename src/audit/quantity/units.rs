//! Units as they are written, each with its dimension and its size.

use super::plain::{Plain, is_blank};
use super::{Dimension, Side, Substance};

use Dimension as D;

/// A unit found in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) dimension: Dimension,
    /// Power of ten to the dimension's unit.
    pub(super) exponent: i32,
    /// What is left beside the power of ten.
    pub(super) factor: f64,
    pub(super) side: Option<Side>,
    pub(super) substance: Option<Substance>,
    pub(super) doubt: Option<&'static str>,
    pub(super) end: usize,
}

/// 1 坪 is 400/121 m2, 1 mu is 2000/3 m2.
const PING: f64 = 400.0 / 121.0;
const MU: f64 = 2000.0 / 3.0;
const ACRE: f64 = 4046.8564224;
const SQUARE_FOOT: f64 = 0.09290304;
const POUND: f64 = 0.45359237;

/// Spellings whose case matters, with dimension, power of ten and factor.
const SYMBOLS: &[(&str, Dimension, i32, f64)] = &[
    ("W", D::Power, -3, 1.0),
    ("kW", D::Power, 0, 1.0),
    ("KW", D::Power, 0, 1.0),
    ("Kw", D::Power, 0, 1.0),
    ("kw", D::Power, 0, 1.0),
    ("㎾", D::Power, 0, 1.0),
    ("MW", D::Power, 3, 1.0),
    ("Mw", D::Power, 3, 1.0),
    ("㎿", D::Power, 3, 1.0),
    ("GW", D::Power, 6, 1.0),
    ("Gw", D::Power, 6, 1.0),
    ("gw", D::Power, 6, 1.0),
    ("TW", D::Power, 9, 1.0),
    ("VA", D::ApparentPower, -3, 1.0),
    ("kVA", D::ApparentPower, 0, 1.0),
    ("KVA", D::ApparentPower, 0, 1.0),
    ("kva", D::ApparentPower, 0, 1.0),
    ("MVA", D::ApparentPower, 3, 1.0),
    ("Wh", D::Energy, -3, 1.0),
    ("kWh", D::Energy, 0, 1.0),
    ("KWh", D::Energy, 0, 1.0),
    ("KWH", D::Energy, 0, 1.0),
    ("kWH", D::Energy, 0, 1.0),
    ("Kwh", D::Energy, 0, 1.0),
    ("kwh", D::Energy, 0, 1.0),
    ("kW·h", D::Energy, 0, 1.0),
    ("kW.h", D::Energy, 0, 1.0),
    ("KW·h", D::Energy, 0, 1.0),
    ("MWh", D::Energy, 3, 1.0),
    ("MWH", D::Energy, 3, 1.0),
    ("Mwh", D::Energy, 3, 1.0),
    ("MW·h", D::Energy, 3, 1.0),
    ("GWh", D::Energy, 6, 1.0),
    ("GWH", D::Energy, 6, 1.0),
    ("Gwh", D::Energy, 6, 1.0),
    ("gwh", D::Energy, 6, 1.0),
    ("GW·h", D::Energy, 6, 1.0),
    ("TWh", D::Energy, 9, 1.0),
    ("TWH", D::Energy, 9, 1.0),
    ("GJ", D::Heat, 0, 1.0),
    ("MJ", D::Heat, -3, 1.0),
    ("TJ", D::Heat, 3, 1.0),
    ("m2", D::Area, 0, 1.0),
    ("M2", D::Area, 0, 1.0),
    ("㎡", D::Area, 0, 1.0),
    ("m^2", D::Area, 0, 1.0),
    ("km2", D::Area, 6, 1.0),
    ("㎢", D::Area, 6, 1.0),
    ("ha", D::Area, 4, 1.0),
    ("hm2", D::Area, 4, 1.0),
    ("ft2", D::Area, 0, SQUARE_FOOT),
    ("t", D::Mass, 0, 1.0),
    ("T", D::Mass, 0, 1.0),
    ("kt", D::Mass, 3, 1.0),
    ("Mt", D::Mass, 6, 1.0),
    ("Gt", D::Mass, 9, 1.0),
    ("kg", D::Mass, -3, 1.0),
    ("KG", D::Mass, -3, 1.0),
    ("g", D::Mass, -6, 1.0),
    ("kV", D::Voltage, 0, 1.0),
    ("KV", D::Voltage, 0, 1.0),
    ("kv", D::Voltage, 0, 1.0),
    ("V", D::Voltage, -3, 1.0),
    ("m3", D::Volume, 0, 1.0),
    ("m", D::Length, 0, 1.0),
    ("km", D::Length, 3, 1.0),
    ("mm", D::Length, -3, 1.0),
    ("yr", D::Duration, 0, 1.0),
    ("yrs", D::Duration, 0, 1.0),
    ("h", D::Other, 0, 1.0),
    ("%", D::Percent, 0, 1.0),
    ("‰", D::Percent, -1, 1.0),
    ("℃", D::Other, 0, 1.0),
    ("°C", D::Other, 0, 1.0),
    ("°", D::Other, 0, 1.0),
];

/// Spellings whose case does not matter.
const WORDS: &[(&str, Dimension, i32, f64)] = &[
    ("瓦", D::Power, -3, 1.0),
    ("峰瓦", D::Power, -3, 1.0),
    ("千瓦", D::Power, 0, 1.0),
    ("瓩", D::Power, 0, 1.0),
    ("兆瓦", D::Power, 3, 1.0),
    ("吉瓦", D::Power, 6, 1.0),
    ("太瓦", D::Power, 9, 1.0),
    ("watt", D::Power, -3, 1.0),
    ("watts", D::Power, -3, 1.0),
    ("kilowatt", D::Power, 0, 1.0),
    ("kilowatts", D::Power, 0, 1.0),
    ("megawatt", D::Power, 3, 1.0),
    ("megawatts", D::Power, 3, 1.0),
    ("gigawatt", D::Power, 6, 1.0),
    ("gigawatts", D::Power, 6, 1.0),
    ("千伏安", D::ApparentPower, 0, 1.0),
    ("兆伏安", D::ApparentPower, 3, 1.0),
    ("瓦时", D::Energy, -3, 1.0),
    ("千瓦时", D::Energy, 0, 1.0),
    ("千瓦·时", D::Energy, 0, 1.0),
    ("千瓦小时", D::Energy, 0, 1.0),
    ("兆瓦时", D::Energy, 3, 1.0),
    ("兆瓦·时", D::Energy, 3, 1.0),
    ("兆瓦小时", D::Energy, 3, 1.0),
    ("吉瓦时", D::Energy, 6, 1.0),
    ("吉瓦·时", D::Energy, 6, 1.0),
    ("太瓦时", D::Energy, 9, 1.0),
    ("度电", D::Energy, 0, 1.0),
    ("kilowatt hour", D::Energy, 0, 1.0),
    ("kilowatt hours", D::Energy, 0, 1.0),
    ("kilowatthours", D::Energy, 0, 1.0),
    ("megawatt hour", D::Energy, 3, 1.0),
    ("megawatt hours", D::Energy, 3, 1.0),
    ("gigawatt hour", D::Energy, 6, 1.0),
    ("gigawatt hours", D::Energy, 6, 1.0),
    ("terawatt hour", D::Energy, 9, 1.0),
    ("terawatt hours", D::Energy, 9, 1.0),
    ("平方米", D::Area, 0, 1.0),
    ("平方公尺", D::Area, 0, 1.0),
    ("平米", D::Area, 0, 1.0),
    ("平方公里", D::Area, 6, 1.0),
    ("平方千米", D::Area, 6, 1.0),
    ("坪", D::Area, 0, PING),
    ("公顷", D::Area, 4, 1.0),
    ("亩", D::Area, 0, MU),
    ("mu", D::Area, 0, MU),
    ("hectare", D::Area, 4, 1.0),
    ("hectares", D::Area, 4, 1.0),
    ("acre", D::Area, 0, ACRE),
    ("acres", D::Area, 0, ACRE),
    ("sqm", D::Area, 0, 1.0),
    ("sq m", D::Area, 0, 1.0),
    ("sq. m", D::Area, 0, 1.0),
    ("sq.m", D::Area, 0, 1.0),
    ("square metre", D::Area, 0, 1.0),
    ("square metres", D::Area, 0, 1.0),
    ("square meter", D::Area, 0, 1.0),
    ("square meters", D::Area, 0, 1.0),
    ("square kilometres", D::Area, 6, 1.0),
    ("square kilometers", D::Area, 6, 1.0),
    ("sq km", D::Area, 6, 1.0),
    ("sq ft", D::Area, 0, SQUARE_FOOT),
    ("sq. ft", D::Area, 0, SQUARE_FOOT),
    ("sqft", D::Area, 0, SQUARE_FOOT),
    ("square foot", D::Area, 0, SQUARE_FOOT),
    ("square feet", D::Area, 0, SQUARE_FOOT),
    ("吨", D::Mass, 0, 1.0),
    ("公吨", D::Mass, 0, 1.0),
    ("千克", D::Mass, -3, 1.0),
    ("公斤", D::Mass, -3, 1.0),
    ("斤", D::Mass, -3, 0.5),
    ("克", D::Mass, -6, 1.0),
    ("tonne", D::Mass, 0, 1.0),
    ("tonnes", D::Mass, 0, 1.0),
    ("metric ton", D::Mass, 0, 1.0),
    ("metric tons", D::Mass, 0, 1.0),
    ("metric tonnes", D::Mass, 0, 1.0),
    ("ton", D::Mass, 0, 1.0),
    ("tons", D::Mass, 0, 1.0),
    ("short tons", D::Mass, 0, 2.0 * POUND),
    ("kilogram", D::Mass, -3, 1.0),
    ("kilograms", D::Mass, -3, 1.0),
    ("kilogrammes", D::Mass, -3, 1.0),
    ("kilotonnes", D::Mass, 3, 1.0),
    ("megatonnes", D::Mass, 6, 1.0),
    ("lb", D::Mass, -3, POUND),
    ("lbs", D::Mass, -3, POUND),
    ("pounds", D::Mass, -3, POUND),
    ("千伏", D::Voltage, 0, 1.0),
    ("伏", D::Voltage, -3, 1.0),
    ("立方米", D::Volume, 0, 1.0),
    ("方水", D::Volume, 0, 1.0),
    ("cubic metres", D::Volume, 0, 1.0),
    ("cubic meters", D::Volume, 0, 1.0),
    ("litres", D::Volume, -3, 1.0),
    ("liters", D::Volume, -3, 1.0),
    ("升", D::Volume, -3, 1.0),
    ("公里", D::Length, 3, 1.0),
    ("千米", D::Length, 3, 1.0),
    ("米", D::Length, 0, 1.0),
    ("metres", D::Length, 0, 1.0),
    ("meters", D::Length, 0, 1.0),
    ("kilometres", D::Length, 3, 1.0),
    ("kilometers", D::Length, 3, 1.0),
    ("miles", D::Length, 0, 1609.344),
    ("year", D::Duration, 0, 1.0),
    ("years", D::Duration, 0, 1.0),
    ("年", D::Duration, 0, 1.0),
    ("元", D::Money, 0, 1.0),
    ("人民币", D::Money, 0, 1.0),
    ("美元", D::Money, 0, 1.0),
    ("欧元", D::Money, 0, 1.0),
    ("yuan", D::Money, 0, 1.0),
    ("rmb", D::Money, 0, 1.0),
    ("cny", D::Money, 0, 1.0),
    ("usd", D::Money, 0, 1.0),
    ("dollars", D::Money, 0, 1.0),
    ("us dollars", D::Money, 0, 1.0),
    ("euros", D::Money, 0, 1.0),
    ("eur", D::Money, 0, 1.0),
    ("percent", D::Percent, 0, 1.0),
    ("per cent", D::Percent, 0, 1.0),
    ("个百分点", D::Percent, 0, 1.0),
    ("小时", D::Other, 0, 1.0),
    ("hours", D::Other, 0, 1.0),
    ("hour", D::Other, 0, 1.0),
    ("分钟", D::Other, 0, 1.0),
    ("minutes", D::Other, 0, 1.0),
    ("days", D::Other, 0, 1.0),
    ("months", D::Other, 0, 1.0),
    ("weeks", D::Other, 0, 1.0),
    ("个月", D::Other, 0, 1.0),
    ("degrees", D::Other, 0, 1.0),
    ("月", D::Other, 0, 1.0),
    ("日", D::Other, 0, 1.0),
    ("天", D::Other, 0, 1.0),
    ("周", D::Other, 0, 1.0),
    ("units", D::Count, 0, 1.0),
    ("homes", D::Count, 0, 1.0),
    ("households", D::Count, 0, 1.0),
    ("modules", D::Count, 0, 1.0),
    ("panels", D::Count, 0, 1.0),
    ("roofs", D::Count, 0, 1.0),
    ("rooftops", D::Count, 0, 1.0),
    ("buildings", D::Count, 0, 1.0),
    ("trees", D::Count, 0, 1.0),
    ("cars", D::Count, 0, 1.0),
    ("vehicles", D::Count, 0, 1.0),
    ("people", D::Count, 0, 1.0),
    ("jobs", D::Count, 0, 1.0),
];

/// Chinese measure words behind counts of things.
const COUNTED: &str = "户块片台栋家个人辆棵座组套项盏株名批处张幢间根条次位所倍平";

const MILLI: &str = "mW is a milliwatt; was MW meant?";
const LOWER: &str = "in small letters it may be a milliwatt or a megawatt";
const MEGA: &str = "兆 alone may be a million or a trillion, of no unit; was 兆瓦 meant?";
const METRIC_OR_MEGA: &str = "may be metric tons or megatonnes";
const SQUARE: &str = "平方 names no unit";
const DEGREE: &str = "度 may be a kilowatt-hour or a degree";

const DOUBTFUL: &[(&str, Dimension, i32, &str)] = &[
    ("mW", D::Power, 3, MILLI),
    ("mWp", D::Power, 3, MILLI),
    ("mw", D::Power, 3, LOWER),
    ("mwp", D::Power, 3, LOWER),
    ("mWh", D::Energy, 3, MILLI),
    ("mwh", D::Energy, 3, LOWER),
    ("兆", D::Number, 6, MEGA),
    ("MT", D::Mass, 0, METRIC_OR_MEGA),
    ("mt", D::Mass, 0, METRIC_OR_MEGA),
    ("平方", D::Area, 0, SQUARE),
];

/// The unit at a place, the longest that fits.
pub(super) fn unit(plain: &Plain, at: usize) -> Option<Unit> {
    let (text, lower) = (plain.rest(at), plain.rest_lower(at));
    let mut best: Option<Unit> = None;
    let mut offer = |spelling: &str, dimension, exponent, factor, doubt| {
        let end = at + spelling.len();
        if best.is_none_or(|best| end > best.end) {
            best = Some(Unit { dimension, exponent, factor, side: None, substance: None, doubt, end });
        }
    };
    for &(spelling, dimension, exponent, factor) in SYMBOLS {
        let Some(behind) = text.strip_prefix(spelling) else { continue };
        let behind = match dimension {
            D::Power => without_side(behind),
            _ => behind,
        };
        let carbon = dimension == D::Mass && (behind.starts_with("CO2") || behind.starts_with("ce"));
        if carbon || ends_here(spelling, behind) {
            offer(spelling, dimension, exponent, factor, None);
        }
    }
    // "kilowatt-hours" and "square-metre" are the words with a hyphen for the blank.
    let spaced: String = lower.chars().take(24).map(|c| if c == '-' { ' ' } else { c }).collect();
    for &(spelling, dimension, exponent, factor) in WORDS {
        if spaced.strip_prefix(spelling).is_some_and(|behind| ends_here(spelling, behind)) {
            offer(spelling, dimension, exponent, factor, None);
        }
    }
    for &(spelling, dimension, exponent, doubt) in DOUBTFUL {
        if text.strip_prefix(spelling).is_some_and(|behind| ends_here(spelling, behind)) {
            offer(spelling, dimension, exponent, 1.0, Some(doubt));
        }
    }
    let mut found = match best {
        Some(best) => best,
        None if text.starts_with('度') => degree(plain, at),
        None => {
            let counted = text.chars().next().filter(|&c| COUNTED.contains(c))?;
            let end = at + counted.len_utf8();
            Unit { dimension: D::Count, exponent: 0, factor: 1.0, side: None, substance: None, doubt: None, end }
        }
    };
    if found.dimension == D::Power {
        side(plain, &mut found);
    }
    if found.dimension == D::Mass {
        substance(plain, &mut found);
    }
    Some(found)
}

/// Whether a spelling is a whole word before what stands behind it.
fn ends_here(spelling: &str, behind: &str) -> bool {
    let latin = spelling.ends_with(|c: char| c.is_ascii_alphanumeric());
    !(latin && behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

const SIDES: [(&str, Side); 12] = [
    ("p", Side::Dc),
    ("P", Side::Dc),
    ("-peak", Side::Dc),
    (" peak", Side::Dc),
    ("dc", Side::Dc),
    ("DC", Side::Dc),
    (" DC", Side::Dc),
    ("(DC)", Side::Dc),
    ("ac", Side::Ac),
    ("AC", Side::Ac),
    (" AC", Side::Ac),
    ("(AC)", Side::Ac),
];

/// What stands behind a suffix such as the p of MWp.
fn without_side(behind: &str) -> &str {
    let mut cut = SIDES.iter().filter(|(suffix, _)| !suffix.starts_with([' ', '-', '(']));
    cut.find_map(|(suffix, _)| behind.strip_prefix(suffix)).unwrap_or(behind)
}

fn side(plain: &Plain, unit: &mut Unit) {
    let behind = plain.rest(unit.end);
    for (suffix, side) in SIDES {
        if behind.strip_prefix(suffix).is_some_and(|behind| ends_here(suffix, behind)) {
            unit.side = Some(side);
            unit.end += suffix.len();
            return;
        }
    }
}

/// Words that name a substance, each before those that are part of it.
pub(crate) const SUBSTANCES: &[(&str, Substance)] = &[
    ("标准煤", Substance::StandardCoal),
    ("标煤", Substance::StandardCoal),
    ("standard coal", Substance::StandardCoal),
    ("coal equivalent", Substance::StandardCoal),
    ("coal-equivalent", Substance::StandardCoal),
    ("原煤", Substance::RawCoal),
    ("raw coal", Substance::RawCoal),
    ("煤炭", Substance::Coal),
    ("煤", Substance::Coal),
    ("coal", Substance::Coal),
    ("二氧化碳", Substance::Co2),
    ("co2", Substance::Co2),
    ("carbon dioxide", Substance::Co2),
    ("carbon emission", Substance::Co2),
    ("carbon emissions", Substance::Co2),
    ("carbon footprint", Substance::Co2),
    ("碳排放", Substance::Co2),
    ("减碳", Substance::Co2),
    ("降碳", Substance::Co2),
    ("碳减排", Substance::Co2),
    ("碳粉尘", Substance::Other),
    ("二氧化硫", Substance::Other),
    ("so2", Substance::Other),
    ("sulphur", Substance::Other),
    ("sulfur", Substance::Other),
    ("氮氧化", Substance::Other),
    ("nox", Substance::Other),
    ("nitrogen", Substance::Other),
    ("粉尘", Substance::Other),
    ("烟尘", Substance::Other),
    ("dust", Substance::Other),
    ("灰渣", Substance::Other),
    ("钢", Substance::Other),
    ("steel", Substance::Other),
    ("水泥", Substance::Other),
    ("cement", Substance::Other),
    ("用水", Substance::Other),
    ("节水", Substance::Other),
    ("净水", Substance::Other),
    ("water", Substance::Other),
    ("垃圾", Substance::Other),
    ("铝", Substance::Other),
];

/// Takes in what a mass is of, where the words stand right behind: 吨标准煤, tce, `tonnes of coal`.
fn substance(plain: &Plain, unit: &mut Unit) {
    let lower = plain.rest_lower(unit.end);
    if lower.starts_with("ce") && !lower.get(2..).unwrap_or("").starts_with(|c: char| c.is_ascii_alphanumeric()) {
        unit.substance = Some(Substance::StandardCoal);
        unit.end += 2;
        return;
    }
    let mut at = plain.skip_blanks(unit.end);
    let mut of = false;
    for lead in ["of ", "的"] {
        if plain.rest_lower(at).starts_with(lead) {
            at = plain.skip_blanks(at + lead.len());
            of = true;
        }
    }
    let rest = plain.rest_lower(at);
    let named = SUBSTANCES
        .iter()
        .filter(|(word, _)| !matches!(*word, "煤" | "钢") || at == unit.end || of)
        .find(|(word, _)| rest.starts_with(word));
    if let Some(&(word, substance)) = named {
        unit.substance = Some(substance);
        unit.end = at + word.len();
        let tail = plain.rest_lower(unit.end);
        for more in ["当量", "e", "-e", "eq", "-eq", " equivalent", "s"] {
            if tail.strip_prefix(more).is_some_and(|behind| ends_here(more, behind)) {
                unit.end += more.len();
                break;
            }
        }
    } else if of {
        unclear_substance(rest, at, unit);
    }
}

/// `tonnes of` something that the table does not know: carbon alone is told, anything else is another product.
fn unclear_substance(rest: &str, at: usize, unit: &mut Unit) {
    if rest.starts_with("carbon") {
        unit.doubt = Some("carbon may be CO2 or the carbon in it, 12/44 of its mass");
        unit.substance = Some(Substance::Co2);
        unit.end = at + "carbon".len();
    } else if !["greenhouse", "emission", "the ", "it"].iter().any(|word| rest.starts_with(word)) {
        unit.substance = Some(Substance::Other);
    }
}

/// 度: a kilowatt-hour or a degree, as the words around it have it.
fn degree(plain: &Plain, at: usize) -> Unit {
    let end = at + '度'.len_utf8();
    let head: Vec<char> = plain.text.get(..at).unwrap_or("").chars().rev().take(14).collect();
    let head: String = head.into_iter().rev().collect();
    let clause = head.rsplit(['，', ',', '。', ';', '、']).next().unwrap_or("");
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let angle = has(&["北纬", "东经", "南纬", "西经", "倾", "角", "方位", "温", "摄氏", "坡", "高热", "零下"])
        || plain.rest(end).starts_with(['角', '高', 'C', '倾']);
    let behind = plain.before(at);
    let power = has(&["电", "供能"]) || matches!(behind, Some('万' | '亿'));
    let (dimension, doubt) = match (angle, power) {
        (true, _) => (D::Other, None),
        (false, true) => (D::Energy, None),
        (false, false) => (D::Energy, Some(DEGREE)),
    };
    Unit { dimension, exponent: 0, factor: 1.0, side: None, substance: None, doubt, end }
}

/// For what time or thing a figure holds, as said right behind its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Behind {
    Nothing,
    Year(usize),
    Shorter(usize),
    Rate(usize),
}

const YEARLY: &[&str] = &[
    "/年",
    "/a",
    "/yr",
    "/year",
    "/y",
    "/annum",
    "per year",
    "per annum",
    "a year",
    "each year",
    "every year",
    "annually",
    "yearly",
    "p.a.",
    "per-year",
    "每年",
];
const SHORTER: &[&str] = &[
    "/月",
    "/日",
    "/天",
    "/day",
    "/d",
    "/month",
    "/h",
    "per day",
    "per month",
    "a day",
    "a month",
    "each day",
    "each month",
    "daily",
    "monthly",
    "per hour",
    "an hour",
    "every day",
    "every month",
    "a week",
    "per week",
];

/// Reads what a figure holds for.
pub(super) fn behind(plain: &Plain, end: usize) -> Behind {
    let at = plain.skip_blanks(end);
    let lower = plain.rest_lower(at);
    let found = |words: &[&str]| {
        words
            .iter()
            .filter(|word| lower.strip_prefix(**word).is_some_and(|behind| ends_here(word, behind)))
            .map(|word| at + word.len())
            .max()
    };
    // "每年" behind a figure belongs to the next clause unless that ends there.
    let yearly = found(YEARLY).filter(|&end| !lower.starts_with("每年") || !plain.rest(end).starts_with(is_han));
    if let Some(end) = yearly {
        return Behind::Year(end);
    }
    if let Some(end) = found(SHORTER) {
        return Behind::Shorter(end);
    }
    let rate = ["/", "每", "per "].iter().find_map(|lead| lower.strip_prefix(lead).map(|behind| (lead, behind)));
    if let Some((lead, thing)) = rate {
        let thing_starts = thing.chars().next();
        let counts = match *lead {
            "/" => thing_starts.is_some_and(|c| c.is_alphabetic() || c == '㎡'),
            "每" => {
                thing_starts.is_some_and(|c| !matches!(c, '年' | '月' | '日' | '天' | '小' | '季')) && {
                    ["千瓦", "平", "瓦", "兆瓦", "户", "块", "度", "吨"].iter().any(|unit| thing.starts_with(unit))
                }
            }
            _ => true,
        };
        if counts {
            let word = thing.chars().take_while(|c| c.is_alphanumeric() && (*lead != "每" || is_unit_char(*c)));
            return Behind::Rate(at + lead.len() + word.map(char::len_utf8).sum::<usize>());
        }
    }
    for each in ["each", "apiece"] {
        if lower.strip_prefix(each).is_some_and(|behind| ends_here(each, behind)) {
            return Behind::Rate(at + each.len());
        }
    }
    Behind::Nothing
}

fn is_unit_char(c: char) -> bool {
    "千瓦平方米兆户块度吨时".contains(c)
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Signs and letters of currencies that stand before their number.
const CURRENCIES: &[&str] = &["us$", "$", "¥", "￥", "€", "£", "rmb", "cny", "usd", "eur", "人民币"];

/// The end of a currency sign at a place, where a number follows.
pub(super) fn currency(plain: &Plain, at: usize) -> Option<usize> {
    let lower = plain.rest_lower(at);
    let sign = CURRENCIES.iter().find(|sign| lower.starts_with(**sign))?;
    let letter = sign.starts_with(|c: char| c.is_ascii_alphabetic());
    if letter && plain.before(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = plain.skip_blanks(at + sign.len());
    plain.rest(end).starts_with(|c: char| c.is_ascii_digit()).then_some(end)
}

/// Where a unit may begin behind a number: blanks, or the hyphen of "51-megawatt".
pub(super) fn unit_place(plain: &Plain, end: usize) -> usize {
    let rest = plain.rest(end);
    match rest.strip_prefix('-').and_then(|behind| behind.chars().next()) {
        Some(c) if c.is_ascii_alphabetic() => end + 1,
        _ => end + (rest.len() - rest.trim_start_matches(is_blank).len()),
    }
}
