//! How units and substances are written: tables of spellings.
//!
//! Sizes by definition: 1 坪 is 400/121 m2 and 1 mu 2000/3 m2, a foot 0.3048 m, a pound 0.45359237 kg, an acre 43 560
//! square feet.

use super::{Dimension, Substance};

use Dimension as D;

const PING: f64 = 400.0 / 121.0;
const MU: f64 = 2000.0 / 3.0;
const ACRE: f64 = 4046.8564224;
const SQUARE_FOOT: f64 = 0.09290304;
const POUND: f64 = 0.45359237;

/// Spellings whose case matters, with dimension, power of ten and factor.
#[rustfmt::skip]
pub(super) const SYMBOLS: &[(&str, Dimension, i32, f64)] = &[
    ("W", D::Power, -3, 1.0), ("kW", D::Power, 0, 1.0), ("KW", D::Power, 0, 1.0), ("Kw", D::Power, 0, 1.0),
    ("kw", D::Power, 0, 1.0), ("㎾", D::Power, 0, 1.0), ("MW", D::Power, 3, 1.0), ("Mw", D::Power, 3, 1.0),
    ("㎿", D::Power, 3, 1.0), ("GW", D::Power, 6, 1.0), ("Gw", D::Power, 6, 1.0), ("gw", D::Power, 6, 1.0),
    ("TW", D::Power, 9, 1.0), ("VA", D::ApparentPower, -3, 1.0), ("kVA", D::ApparentPower, 0, 1.0),
    ("KVA", D::ApparentPower, 0, 1.0), ("kva", D::ApparentPower, 0, 1.0), ("MVA", D::ApparentPower, 3, 1.0),
    ("Wh", D::Energy, -3, 1.0), ("kWh", D::Energy, 0, 1.0), ("KWh", D::Energy, 0, 1.0), ("KWH", D::Energy, 0, 1.0),
    ("kWH", D::Energy, 0, 1.0), ("Kwh", D::Energy, 0, 1.0), ("kwh", D::Energy, 0, 1.0), ("kW·h", D::Energy, 0, 1.0),
    ("kW.h", D::Energy, 0, 1.0), ("KW·h", D::Energy, 0, 1.0), ("MWh", D::Energy, 3, 1.0),
    ("MWH", D::Energy, 3, 1.0), ("Mwh", D::Energy, 3, 1.0), ("MW·h", D::Energy, 3, 1.0), ("GWh", D::Energy, 6, 1.0),
    ("GWH", D::Energy, 6, 1.0), ("Gwh", D::Energy, 6, 1.0), ("gwh", D::Energy, 6, 1.0), ("GW·h", D::Energy, 6, 1.0),
    ("TWh", D::Energy, 9, 1.0), ("TWH", D::Energy, 9, 1.0), ("GJ", D::Heat, 0, 1.0), ("MJ", D::Heat, -3, 1.0),
    ("TJ", D::Heat, 3, 1.0), ("m2", D::Area, 0, 1.0), ("M2", D::Area, 0, 1.0), ("㎡", D::Area, 0, 1.0),
    ("m^2", D::Area, 0, 1.0), ("km2", D::Area, 6, 1.0), ("㎢", D::Area, 6, 1.0), ("ha", D::Area, 4, 1.0),
    ("hm2", D::Area, 4, 1.0), ("ft2", D::Area, 0, SQUARE_FOOT), ("t", D::Mass, 0, 1.0), ("T", D::Mass, 0, 1.0),
    ("kt", D::Mass, 3, 1.0), ("Mt", D::Mass, 6, 1.0), ("Gt", D::Mass, 9, 1.0), ("kg", D::Mass, -3, 1.0),
    ("KG", D::Mass, -3, 1.0), ("g", D::Mass, -6, 1.0), ("kV", D::Voltage, 0, 1.0), ("KV", D::Voltage, 0, 1.0),
    ("kv", D::Voltage, 0, 1.0), ("V", D::Voltage, -3, 1.0), ("m3", D::Volume, 0, 1.0), ("m", D::Length, 0, 1.0),
    ("km", D::Length, 3, 1.0), ("mm", D::Length, -3, 1.0), ("yr", D::Duration, 0, 1.0),
    ("yrs", D::Duration, 0, 1.0), ("h", D::Other, 0, 1.0), ("%", D::Percent, 0, 1.0), ("‰", D::Percent, -1, 1.0),
    ("℃", D::Other, 0, 1.0), ("°C", D::Other, 0, 1.0),
    ("°", D::Other, 0, 1.0),
];

/// Spellings whose case does not matter.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, Dimension, i32, f64)] = &[
    ("瓦", D::Power, -3, 1.0), ("峰瓦", D::Power, -3, 1.0), ("千瓦", D::Power, 0, 1.0), ("瓩", D::Power, 0, 1.0),
    ("兆瓦", D::Power, 3, 1.0), ("吉瓦", D::Power, 6, 1.0), ("太瓦", D::Power, 9, 1.0), ("watt", D::Power, -3, 1.0),
    ("watts", D::Power, -3, 1.0), ("kilowatt", D::Power, 0, 1.0), ("kilowatts", D::Power, 0, 1.0),
    ("megawatt", D::Power, 3, 1.0), ("megawatts", D::Power, 3, 1.0), ("gigawatt", D::Power, 6, 1.0),
    ("gigawatts", D::Power, 6, 1.0), ("千伏安", D::ApparentPower, 0, 1.0), ("兆伏安", D::ApparentPower, 3, 1.0),
    ("瓦时", D::Energy, -3, 1.0), ("千瓦时", D::Energy, 0, 1.0), ("千瓦·时", D::Energy, 0, 1.0),
    ("千瓦小时", D::Energy, 0, 1.0), ("兆瓦时", D::Energy, 3, 1.0), ("兆瓦·时", D::Energy, 3, 1.0),
    ("兆瓦小时", D::Energy, 3, 1.0), ("吉瓦时", D::Energy, 6, 1.0), ("吉瓦·时", D::Energy, 6, 1.0),
    ("太瓦时", D::Energy, 9, 1.0), ("度电", D::Energy, 0, 1.0), ("kilowatt hour", D::Energy, 0, 1.0),
    ("kilowatt hours", D::Energy, 0, 1.0), ("kilowatthours", D::Energy, 0, 1.0),
    ("megawatt hour", D::Energy, 3, 1.0), ("megawatt hours", D::Energy, 3, 1.0),
    ("gigawatt hour", D::Energy, 6, 1.0), ("gigawatt hours", D::Energy, 6, 1.0),
    ("terawatt hour", D::Energy, 9, 1.0), ("terawatt hours", D::Energy, 9, 1.0), ("平方米", D::Area, 0, 1.0),
    ("平方公尺", D::Area, 0, 1.0), ("平米", D::Area, 0, 1.0), ("平方公里", D::Area, 6, 1.0),
    ("平方千米", D::Area, 6, 1.0), ("坪", D::Area, 0, PING), ("公顷", D::Area, 4, 1.0), ("亩", D::Area, 0, MU),
    ("mu", D::Area, 0, MU), ("hectare", D::Area, 4, 1.0), ("hectares", D::Area, 4, 1.0), ("acre", D::Area, 0, ACRE),
    ("acres", D::Area, 0, ACRE), ("sqm", D::Area, 0, 1.0), ("sq m", D::Area, 0, 1.0), ("sq. m", D::Area, 0, 1.0),
    ("sq.m", D::Area, 0, 1.0), ("square metre", D::Area, 0, 1.0), ("square metres", D::Area, 0, 1.0),
    ("square meter", D::Area, 0, 1.0), ("square meters", D::Area, 0, 1.0), ("square kilometres", D::Area, 6, 1.0),
    ("square kilometers", D::Area, 6, 1.0), ("sq km", D::Area, 6, 1.0), ("sq ft", D::Area, 0, SQUARE_FOOT),
    ("sq. ft", D::Area, 0, SQUARE_FOOT), ("sqft", D::Area, 0, SQUARE_FOOT),
    ("square foot", D::Area, 0, SQUARE_FOOT), ("square feet", D::Area, 0, SQUARE_FOOT), ("吨", D::Mass, 0, 1.0),
    ("公吨", D::Mass, 0, 1.0), ("千克", D::Mass, -3, 1.0), ("公斤", D::Mass, -3, 1.0), ("斤", D::Mass, -3, 0.5),
    ("克", D::Mass, -6, 1.0), ("tonne", D::Mass, 0, 1.0), ("tonnes", D::Mass, 0, 1.0),
    ("metric ton", D::Mass, 0, 1.0), ("metric tons", D::Mass, 0, 1.0), ("metric tonnes", D::Mass, 0, 1.0),
    ("ton", D::Mass, 0, 1.0), ("tons", D::Mass, 0, 1.0), ("short tons", D::Mass, 0, 2.0 * POUND),
    ("kilogram", D::Mass, -3, 1.0), ("kilograms", D::Mass, -3, 1.0), ("kilogrammes", D::Mass, -3, 1.0),
    ("kilotonnes", D::Mass, 3, 1.0), ("megatonnes", D::Mass, 6, 1.0), ("lb", D::Mass, -3, POUND),
    ("lbs", D::Mass, -3, POUND), ("pounds", D::Mass, -3, POUND), ("千伏", D::Voltage, 0, 1.0),
    ("伏", D::Voltage, -3, 1.0), ("立方米", D::Volume, 0, 1.0), ("方水", D::Volume, 0, 1.0),
    ("cubic metres", D::Volume, 0, 1.0), ("cubic meters", D::Volume, 0, 1.0), ("litres", D::Volume, -3, 1.0),
    ("liters", D::Volume, -3, 1.0), ("升", D::Volume, -3, 1.0), ("公里", D::Length, 3, 1.0),
    ("千米", D::Length, 3, 1.0), ("米", D::Length, 0, 1.0), ("metres", D::Length, 0, 1.0),
    ("meters", D::Length, 0, 1.0), ("kilometres", D::Length, 3, 1.0), ("kilometers", D::Length, 3, 1.0),
    ("miles", D::Length, 0, 1609.344), ("year", D::Duration, 0, 1.0), ("years", D::Duration, 0, 1.0),
    ("年", D::Duration, 0, 1.0), ("元", D::Money, 0, 1.0), ("人民币", D::Money, 0, 1.0), ("美元", D::Money, 0, 1.0),
    ("欧元", D::Money, 0, 1.0), ("yuan", D::Money, 0, 1.0), ("rmb", D::Money, 0, 1.0), ("cny", D::Money, 0, 1.0),
    ("usd", D::Money, 0, 1.0), ("dollars", D::Money, 0, 1.0), ("us dollars", D::Money, 0, 1.0),
    ("euros", D::Money, 0, 1.0), ("eur", D::Money, 0, 1.0), ("percent", D::Percent, 0, 1.0),
    ("per cent", D::Percent, 0, 1.0), ("个百分点", D::Percent, 0, 1.0), ("小时", D::Other, 0, 1.0),
    ("hours", D::Other, 0, 1.0), ("hour", D::Other, 0, 1.0), ("分钟", D::Other, 0, 1.0),
    ("minutes", D::Other, 0, 1.0), ("days", D::Other, 0, 1.0), ("months", D::Other, 0, 1.0),
    ("weeks", D::Other, 0, 1.0), ("个月", D::Other, 0, 1.0), ("degrees", D::Other, 0, 1.0),
    ("月", D::Other, 0, 1.0), ("日", D::Other, 0, 1.0), ("天", D::Other, 0, 1.0), ("周", D::Other, 0, 1.0),
    ("units", D::Count, 0, 1.0), ("homes", D::Count, 0, 1.0), ("households", D::Count, 0, 1.0),
    ("modules", D::Count, 0, 1.0), ("panels", D::Count, 0, 1.0), ("roofs", D::Count, 0, 1.0),
    ("rooftops", D::Count, 0, 1.0), ("buildings", D::Count, 0, 1.0), ("trees", D::Count, 0, 1.0),
    ("cars", D::Count, 0, 1.0), ("vehicles", D::Count, 0, 1.0), ("people", D::Count, 0, 1.0),
    ("jobs", D::Count, 0, 1.0),
];

/// Chinese measure words behind counts of things.
pub(super) const COUNTED: &str = "户块片台栋家个人辆棵座组套项盏株名批处张幢间根条次位所倍平";

const MILLI: &str = "mW is a milliwatt; was MW meant?";
const LOWER: &str = "in small letters it may be a milliwatt or a megawatt";
const MEGA: &str = "兆 alone may be a million or a trillion, of no unit; was 兆瓦 meant?";
const METRIC_OR_MEGA: &str = "may be metric tons or megatonnes";
const SQUARE: &str = "平方 names no unit";
pub(super) const DEGREE: &str = "度 may be a kilowatt-hour or a degree";

#[rustfmt::skip]
pub(super) const DOUBTFUL: &[(&str, Dimension, i32, &str)] = &[
    ("mW", D::Power, 3, MILLI), ("mWp", D::Power, 3, MILLI), ("mw", D::Power, 3, LOWER),
    ("mwp", D::Power, 3, LOWER), ("mWh", D::Energy, 3, MILLI), ("mwh", D::Energy, 3, LOWER),
    ("兆", D::Number, 6, MEGA), ("MT", D::Mass, 0, METRIC_OR_MEGA), ("mt", D::Mass, 0, METRIC_OR_MEGA),
    ("平方", D::Area, 0, SQUARE),
];

/// Words that name a substance, each before those that are part of it.
#[rustfmt::skip]
pub(crate) const SUBSTANCES: &[(&str, Substance)] = &[
    ("标准煤", Substance::StandardCoal), ("标煤", Substance::StandardCoal),
    ("standard coal", Substance::StandardCoal), ("coal equivalent", Substance::StandardCoal),
    ("coal-equivalent", Substance::StandardCoal), ("原煤", Substance::RawCoal), ("raw coal", Substance::RawCoal),
    ("煤炭", Substance::Coal), ("煤", Substance::Coal), ("coal", Substance::Coal), ("二氧化碳", Substance::Co2),
    ("co2", Substance::Co2), ("carbon dioxide", Substance::Co2), ("carbon emission", Substance::Co2),
    ("carbon emissions", Substance::Co2), ("carbon footprint", Substance::Co2), ("碳排放", Substance::Co2),
    ("减碳", Substance::Co2), ("降碳", Substance::Co2), ("碳减排", Substance::Co2), ("碳粉尘", Substance::Other),
    ("二氧化硫", Substance::Other), ("so2", Substance::Other), ("sulphur", Substance::Other),
    ("sulfur", Substance::Other), ("氮氧化", Substance::Other), ("nox", Substance::Other),
    ("nitrogen", Substance::Other), ("粉尘", Substance::Other), ("烟尘", Substance::Other),
    ("dust", Substance::Other), ("灰渣", Substance::Other), ("钢", Substance::Other), ("steel", Substance::Other),
    ("水泥", Substance::Other), ("cement", Substance::Other), ("用水", Substance::Other),
    ("节水", Substance::Other), ("净水", Substance::Other), ("water", Substance::Other), ("垃圾", Substance::Other),
    ("铝", Substance::Other),
];
