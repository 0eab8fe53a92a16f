//! Spellings of quantities; the figures follow from the definitions of the units.

use proptest::prelude::*;

use super::Dimension as D;
use super::*;

fn read(text: &str) -> (f64, Dimension) {
    let quantity = Quantity::parse(text).unwrap_or_else(|error| panic!("{error}"));
    (quantity.value, quantity.dimension)
}

#[test]
fn spellings() {
    for (texts, value, dimension) in [
        (
            "51MW|51 兆瓦|５１ＭＷ|5.1万千瓦|51,000 kW|51000千瓦|五十一兆瓦|五万一千千瓦|fifty-one megawatts|51-megawatt|51 MWp|51百万瓦|0.051GW|51 000 kW",
            51e3,
            D::Power,
        ),
        (
            "60GWh|6000万千瓦时|6000万度|0.6亿千瓦时|0.6亿度|60 million kWh|60 million kilowatt-hours|60,000,000 kWh|6000萬千瓦時|六千万千瓦时|6,000万kWh|sixty million kWh|60.000.000 kWh|6千万度|60百万千瓦时|60 GWh/年|60 GWh a year|60M kWh",
            60e6,
            D::Energy,
        ),
        ("1亿千瓦时|1億度|一亿度电|100GWh|1 0000万度电", 1e8, D::Energy),
        ("1亿2000万千瓦时|1.2亿千瓦时|120 million kilowatt hours", 1.2e8, D::Energy),
        (
            "18,000 tonnes of coal|1.8万吨标准煤|1.8萬噸標準煤|18000 tce|18 kt|18,000 metric tons|一万八千吨标煤|1.8万吨原煤|18k tonnes",
            18e3,
            D::Mass,
        ),
        ("887.699 t|887.699吨|887699公斤|887,699 kg", 887.699, D::Mass),
        ("0.36 Mt|36万吨|360 thousand tons", 360e3, D::Mass),
        (
            "36万平方米|360,000 m²|360000㎡|36 ha|36公顷|540亩|三十六萬平方公尺|360 000 square metres|540 mu|0.36 km2",
            360e3,
            D::Area,
        ),
        ("1.2 million sq ft|1.2 million square feet", 111483.648, D::Area),
        ("121坪", 400.0, D::Area),
        ("两千瓦|兩千瓦|2千瓦|2 kW|2000W|两千 W", 2.0, D::Power),
        ("25年|25-year|25 years|二十五年", 25.0, D::Duration),
        ("2.1亿元|RMB 210 million|¥210,000,000|210 million yuan", 210e6, D::Money),
        ("2,500 kVA|2.5 MVA|2500千伏安", 2500.0, D::ApparentPower),
    ] {
        for text in texts.split('|') {
            if text == "1 0000万度电" {
                assert!(Quantity::parse(text).is_err(), "{text}");
                continue;
            }
            let (found, of) = read(text);
            assert!((found - value).abs() <= 1e-12 * value && of == dimension, "{text}: {found} {of:?}");
        }
    }
}

#[test]
fn what_digits_allow() {
    for (text, low, high) in [
        ("51 MW", 50.5e3, 51.5e3),
        ("60 GWh", 58.5e6, 61.5e6),
        ("6000万千瓦时", 58.5e6, 61.5e6),
        ("60.0 GWh", 59.95e6, 60.05e6),
        ("0.6亿度", 55e6, 65e6),
        ("18,000 t", 17550.0, 18450.0),
        ("1.8万吨", 17500.0, 18500.0),
        ("48,000 t", 47500.0, 48500.0),
        ("1,072,100 kWh", 1072050.0, 1072150.0),
        ("887.699 t", 887.6985, 887.6995),
        ("1 MW", 900.0, 1100.0),
        ("10 MW", 9.5e3, 10.5e3),
        ("近30MW", 27e3, 30e3),
        ("nearly 30 MW", 27e3, 30e3),
        ("约6000万度", 57e6, 63e6),
        ("6000万度左右", 57e6, 63e6),
        ("more than 7000 kWh", 7000.0, f64::INFINITY),
        ("7000多度电", 7000.0, f64::INFINITY),
        ("30余万平方米", 300e3, f64::INFINITY),
        ("逾70兆瓦", 70e3, f64::INFINITY),
        ("300 kW以上", 300.0, f64::INFINITY),
        ("up to 12 MW", 0.0, 12e3),
        ("不超过12MW", 0.0, 12e3),
        ("最高达12MW", 0.0, 12e3),
        ("不低于12MW", 12e3, f64::INFINITY),
        ("no less than 12 MW", 12e3, f64::INFINITY),
        ("less than 12 MW", 0.0, 12e3),
        ("no more than 12 MW", 0.0, 12e3),
        ("more than 12 MW", 12e3, f64::INFINITY),
        ("50-60MW", 50e3, 60e3),
        ("50MW-60MW", 50e3, 60e3),
        ("50至60兆瓦", 50e3, 60e3),
        ("between 50 and 60 MW", 50e3, 60e3),
        ("5～6万千瓦", 50e3, 60e3),
        ("5000万至6000万千瓦时", 50e6, 60e6),
    ] {
        let interval = Quantity::parse(text).unwrap_or_else(|error| panic!("{error}")).interval;
        let near = |a: f64, b: f64| a == b || (a - b).abs() <= 1e-9 * b.abs();
        assert!(near(interval.low, low) && near(interval.high, high), "{text}: {interval:?}");
    }
    assert_eq!(digits_interval(51000.0, 3), Interval::new(50500.0, 51500.0));
    assert_eq!(digits_interval(64032900.0, 6), Interval::new(64032850.0, 64032950.0));
    assert_eq!(digits_interval(323.238, 0), Interval::new(323.238 - 0.0005, 323.238 + 0.0005));
}

#[test]
fn what_may_mean_two_things_is_refused() {
    for (text, says) in [
        ("51 mW", "milliwatt"),
        ("51mw", "milliwatt or a megawatt"),
        ("51兆", "兆 alone"),
        ("1.000 kW", "the dot"),
        ("-51 MW", "negative"),
        ("十几兆瓦", "roughly"),
        ("几千万度电", "roughly"),
        ("18,000 MT", "metric tons or megatonnes"),
        ("300度", "degree"),
        ("from 30 to 51 MW", "is no part"),
        ("", "no number"),
        ("MW", "no number"),
        ("51 MW and 60 GWh", "no part"),
        ("120 512 kWh", "one number or two"),
    ] {
        let error = Quantity::parse(text).expect_err(text).to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
}

#[test]
fn traps_of_prose() {
    let dimensions = |text: &str| Quantity::find_all(text).into_iter().map(|(_, q)| q.dimension).collect::<Vec<_>>();
    assert_eq!(dimensions("倾角10度，北纬36度，气温40度，年发电300万度"), [D::Other, D::Other, D::Other, D::Energy]);
    assert_eq!(dimensions("CO2 and PM2.5 of A3 and H2"), []);
    assert_eq!(dimensions("统一规划，一期，第一座"), []);
    assert_eq!(dimensions("每平方米发电200度，301.5 g/kWh，0.4元/千瓦时"), [D::Rate, D::Rate, D::Rate]);
    assert_eq!(dimensions("2022年，in 2021, 25年"), [D::CalendarYear, D::CalendarYear, D::Duration]);
    let text = "可节约1.8万吨，附近36万平方米";
    let words: Vec<String> = Quantity::find_all(text).into_iter().map(|(_, q)| q.words).collect();
    assert_eq!(words, ["1.8万吨", "36万平方米"]);
    assert_eq!(Quantity::find_all("51MW多能互补")[0].1.interval.high, 51.5e3);
    assert_eq!(Quantity::find_all("10MW/20MWh").len(), 2);
    let labelled = Quantity::find_all("容量（MW）：51；annual energy (GWh) 60");
    let labelled: Vec<_> = labelled.iter().map(|(_, q)| (q.value, q.dimension, q.words.as_str())).collect();
    assert_eq!(labelled, [(51e3, D::Power, "（MW）：51"), (60e6, D::Energy, "(GWh) 60")]);
    assert_eq!(Quantity::parse("6000万千瓦时/年").unwrap().per, Some(Per::Year));
    assert_eq!(Quantity::parse("25 MWac").unwrap().side, Some(Side::Ac));
    assert_eq!(Quantity::parse("18,000 tonnes of raw coal").unwrap().substance, Some(Substance::RawCoal));
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC*", mixed in "[0-9万亿千百十几两.,\\-–~ 兆瓦时度吨mMkKWwhtp年每/()一二三点余多近约至到]{0,40}") {
        for text in [text, mixed] {
            for (span, quantity) in Quantity::find_all(&text) {
                prop_assert_eq!(&text[span], quantity.words.as_str());
            }
            let _ = Quantity::parse(&text);
        }
    }

    #[test]
    fn spellings_read_back(kilowatts in 1u64..2_000_000, megawatt_hours in 1u32..9_999_999) {
        let value = kilowatts as f64;
        for text in [
            format!("{kilowatts} kW"),
            format!("{kilowatts}千瓦"),
            format!("{}MW", value / 1e3),
            format!("{}万千瓦", value / 1e4),
            format!("{} megawatts", value / 1e3),
            grouped(kilowatts) + " kW",
        ] {
            // Three decimals that end in a zero are refused on purpose, but Rust never prints such.
            let quantity = Quantity::parse(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!((quantity.value - value).abs() <= 1e-12 * value, "{text}: {quantity:?}");
            prop_assert!(quantity.interval.contains(value));
        }
        let value = f64::from(megawatt_hours) * 1e3;
        for text in [format!("{}万千瓦时", value / 1e4), format!("{}亿度", value / 1e8), format!("{} million kWh", value / 1e6), format!("{}GWh", value / 1e6)] {
            let quantity = Quantity::parse(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!((quantity.value - value).abs() <= 1e-12 * value, "{text}: {quantity:?}");
        }
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
