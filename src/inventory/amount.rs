//! Amounts as whole billionths of a base unit: read digit for digit, added up without rounding.
//!
//! Every unit is a power of ten of its base unit, so a decimal number times its unit is a whole number of billionths,
//! and sums of whole numbers do not depend on their order. Digits below a billionth of the base unit are rounded to
//! it, half to even, in each row by itself.

use crate::words::did_you_mean;

/// What the amounts of a carrier are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BaseUnit {
    /// Mass, kg.
    Kilogram,
    /// Volume of gas, m3.
    CubicMetre,
    /// Heat, MJ.
    Megajoule,
    /// Electric energy, kWh.
    KilowattHour,
    /// Energy already counted as standard coal, kgce.
    StandardCoal,
}

impl BaseUnit {
    /// The unit's sign, as `kWh`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Kilogram => "kg",
            Self::CubicMetre => "m3",
            Self::Megajoule => "MJ",
            Self::KilowattHour => "kWh",
            Self::StandardCoal => "kgce",
        }
    }

    pub(super) fn from_sign(sign: &str) -> Option<Self> {
        [Self::Kilogram, Self::CubicMetre, Self::Megajoule, Self::KilowattHour, Self::StandardCoal]
            .into_iter()
            .find(|base| base.sign() == sign)
    }

    /// Whether amounts of this base can be given in units of the other: a kilogram of standard coal is a kgce.
    fn takes(self, unit: Self) -> bool {
        self == unit || (self == Self::StandardCoal && unit == Self::Kilogram)
    }
}

/// Unit, base and power of ten. The first name of each power is the one that messages list.
const UNITS: &[(&[&str], BaseUnit, i32)] = &[
    (&["kg", "千克", "公斤"], BaseUnit::Kilogram, 0),
    (&["t", "吨", "ton", "tonne", "tonnes"], BaseUnit::Kilogram, 3),
    (&["kt", "千吨"], BaseUnit::Kilogram, 6),
    (&["10^4t", "万吨"], BaseUnit::Kilogram, 7),
    (&["Mt", "百万吨"], BaseUnit::Kilogram, 9),
    (&["m3", "Nm3", "立方米", "标准立方米", "标方"], BaseUnit::CubicMetre, 0),
    (&["10^3m3", "千立方米"], BaseUnit::CubicMetre, 3),
    (&["10^4m3", "10^4Nm3", "万立方米", "万m3", "万Nm3", "万标方"], BaseUnit::CubicMetre, 4),
    (&["10^8m3", "亿立方米"], BaseUnit::CubicMetre, 8),
    (&["kJ", "千焦"], BaseUnit::Megajoule, -3),
    (&["MJ", "兆焦"], BaseUnit::Megajoule, 0),
    (&["GJ", "吉焦", "百万千焦"], BaseUnit::Megajoule, 3),
    (&["10^4GJ", "万吉焦"], BaseUnit::Megajoule, 7),
    (&["TJ", "太焦"], BaseUnit::Megajoule, 6),
    (&["kWh", "KWH", "kwh", "KWh", "kW.h", "kW·h", "千瓦时", "度"], BaseUnit::KilowattHour, 0),
    (&["MWh", "兆瓦时"], BaseUnit::KilowattHour, 3),
    (&["10^4kWh", "万kWh", "万千瓦时", "万度"], BaseUnit::KilowattHour, 4),
    (&["GWh", "百万千瓦时"], BaseUnit::KilowattHour, 6),
    (&["10^8kWh", "亿千瓦时"], BaseUnit::KilowattHour, 8),
    (&["TWh"], BaseUnit::KilowattHour, 9),
    (&["kgce", "千克标准煤"], BaseUnit::StandardCoal, 0),
    (&["tce", "吨标准煤", "吨标煤"], BaseUnit::StandardCoal, 3),
    (&["10^4tce", "万吨标准煤", "万吨标煤"], BaseUnit::StandardCoal, 7),
    (&["Mtce"], BaseUnit::StandardCoal, 9),
];

/// The power of ten from a unit to a carrier's base unit, or what is wrong with it.
pub(super) fn power_of(unit: &str, base: BaseUnit, carrier: &str) -> Result<i32, String> {
    let plain: String = unit.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '³' { '3' } else { c }).collect();
    let known = || UNITS.iter().filter(|(_, of, _)| base.takes(*of));
    let allowed = || known().filter_map(|(names, _, _)| names.first().copied()).collect::<Vec<_>>().join(", ");
    match UNITS.iter().find(|(names, _, _)| names.contains(&plain.as_str())) {
        Some((_, of, power)) if base.takes(*of) => Ok(*power),
        Some((_, of, _)) => {
            let other = match (base, of) {
                (_, BaseUnit::StandardCoal) => "; energy that is already counted as standard coal is standard_coal",
                (BaseUnit::Kilogram, BaseUnit::CubicMetre) => "; a volume needs a density: convert it to mass first",
                _ => "",
            };
            Err(format!("{carrier} is counted in {}; allowed is one of {}{other}", base.sign(), allowed()))
        }
        None => {
            let hint = did_you_mean(&plain, known().flat_map(|(names, _, _)| names.iter().copied()));
            let litres = matches!(plain.as_str(), "L" | "l" | "升" | "litre" | "litres" | "liter");
            let litres = if litres { "; litres need a density: convert them to mass first" } else { "" };
            Err(format!("unknown unit; {carrier} takes one of {}{hint}{litres}", allowed()))
        }
    }
}

/// Billionths in a base unit, as a power of ten.
const PARTS_POWER: i32 = 9;
/// The largest amount of a row or sum, in billionths: 10¹⁸ base units, more than the world uses of anything in a year.
pub(super) const LARGEST: u128 = 10u128.pow(27);

/// A decimal number times ten to a power, in billionths.
pub(super) fn parse(text: &str, power: i32) -> Result<i128, &'static str> {
    const NOT_A_NUMBER: &str = "not a number; write digits and a point, as 1234.5";
    let text = text.trim();
    if text.is_empty() {
        return Err("empty; a month without use is 0, a month without a reading has no row");
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if let Some(rest) = unsigned.strip_prefix('-') {
        let digits = rest.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        return Err(if digits { "negative; correct the month's own amount instead" } else { NOT_A_NUMBER });
    }
    let (number, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, Ok(0)), |(n, e)| (n, e.parse::<i32>()));
    let exponent = exponent.ok().filter(|e| e.abs() <= 60).ok_or(NOT_A_NUMBER)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() {
        return Err(NOT_A_NUMBER);
    }
    if whole.contains(',') || whole.contains(' ') {
        return Err("thousands are marked; write the digits without marks, as 1234.5");
    }
    let mut mantissa = 0u128;
    for digit in whole.bytes().chain(fraction.bytes()) {
        if !digit.is_ascii_digit() {
            return Err(NOT_A_NUMBER);
        }
        mantissa = mantissa
            .checked_mul(10)
            .and_then(|m| m.checked_add(u128::from(digit - b'0')))
            .ok_or("more digits than any meter has; round it")?;
    }
    let decimals = i32::try_from(fraction.len()).map_err(|_| NOT_A_NUMBER)?;
    let scale = exponent - decimals + power + PARTS_POWER;
    let ten_to = |power: u32| 10u128.checked_pow(power);
    let parts = if mantissa == 0 {
        0
    } else if scale >= 0 {
        let factor = ten_to(scale.unsigned_abs()).unwrap_or(u128::MAX);
        mantissa.checked_mul(factor).filter(|parts| *parts <= LARGEST).ok_or("larger than 10^18 base units")?
    } else {
        let rounded = ten_to(scale.unsigned_abs()).map_or(0, |divisor| half_even(mantissa, divisor));
        if rounded == 0 {
            return Err("smaller than a billionth of the base unit; is the unit right?");
        }
        rounded
    };
    i128::try_from(parts).ok().filter(|_| parts <= LARGEST).ok_or("larger than 10^18 base units")
}

fn half_even(value: u128, divisor: u128) -> u128 {
    let (quotient, rest) = (value / divisor, value % divisor);
    let twice = rest.saturating_mul(2);
    quotient + u128::from(twice > divisor || (twice == divisor && quotient % 2 == 1))
}

/// Billionths as a number of base units.
pub(super) fn to_f64(parts: i128) -> f64 {
    parts as f64 / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_digit_for_digit() {
        for (text, power, wanted) in [
            ("0", 0, 0),
            ("1", 0, 1_000_000_000),
            ("+1.5", 0, 1_500_000_000),
            ("0.1", 3, 100_000_000_000),
            (".25", 0, 250_000_000),
            ("3.", 0, 3_000_000_000),
            ("1.5e3", 0, 1_500_000_000_000),
            ("2E-3", 0, 2_000_000),
            ("1234567890.123456789", 0, 1_234_567_890_123_456_789),
            ("0.0000000015", 0, 2),
            ("0.0000000025", 0, 2),
            ("0.00000000250001", 0, 3),
            ("1", 4, 10_000_000_000_000),
        ] {
            assert_eq!(parse(text, power), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-", "NaN", "inf", "-inf", "1,234", "1 234", "12a", "0x10", "1e", "1e99", ".", "--1", "1.2.3"]
        {
            assert!(parse(text, 0).is_err(), "{text}");
        }
        assert!(parse("-5", 0).unwrap_err().contains("negative"));
        assert!(parse("1e19", 0).unwrap_err().contains("larger"));
        assert!(parse("1e-12", 0).unwrap_err().contains("smaller"));
        assert!(parse(&"9".repeat(60), 0).unwrap_err().contains("digits"));
    }

    #[test]
    fn units_know_their_base() {
        assert_eq!(power_of("万吨", BaseUnit::Kilogram, "raw_coal"), Ok(7));
        assert_eq!(power_of("10^4 kWh", BaseUnit::KilowattHour, "electricity"), Ok(4));
        assert_eq!(power_of("m³", BaseUnit::CubicMetre, "natural_gas"), Ok(0));
        assert_eq!(power_of("t", BaseUnit::StandardCoal, "standard_coal"), Ok(3));
        let wrong = power_of("m3", BaseUnit::Kilogram, "diesel").unwrap_err();
        assert!(wrong.contains("diesel is counted in kg") && wrong.contains("density"), "{wrong}");
        assert!(power_of("GWhh", BaseUnit::KilowattHour, "electricity").unwrap_err().contains("did you mean GWh?"));
        assert!(power_of("L", BaseUnit::Kilogram, "diesel").unwrap_err().contains("density"));
        let signs: Vec<&str> = UNITS.iter().flat_map(|(names, _, _)| names.iter().copied()).collect();
        assert!(signs.iter().all(|sign| signs.iter().filter(|other| other == &sign).count() == 1), "{signs:?}");
    }
}
