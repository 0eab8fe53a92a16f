//! Damaged weather files: every damage gives an error that says where, or a named repair, never a panic.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers of fixtures")]

use std::fmt::Write as _;
use std::sync::LazyLock;

use proptest::prelude::*;
use rooftop_pv::weather::{Note, ReadOptions, Severity};
use rooftop_pv::{Error, Weather};

/// A good file, and where its parts are.
struct Sample {
    name: &'static str,
    text: String,
    /// First line of records, from 0.
    first: usize,
    /// Column of GHI and of the air temperature, from 0; characters from..to for fixed columns.
    ghi: Place,
    temperature: Place,
}

#[derive(Clone, Copy)]
enum Place {
    Field(usize),
    Characters(usize, usize),
}

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    String::from_utf8(bytes).unwrap()
}

/// The first lines of a file: enough to damage, small enough to read thousands of times.
fn head(text: &str, lines: usize) -> String {
    text.lines().take(lines).fold(String::new(), |t, l| t + l + "\n")
}

fn sun(i: usize) -> f64 {
    let from_noon = (i % 24) as f64 + 0.5 - 12.0;
    if from_noon.abs() > 6.0 { 0.0 } else { (700.0 * (from_noon * 0.26).cos()).round() }
}

fn power() -> String {
    let mut text = "-BEGIN HEADER-\nNASA/POWER Source Native Resolution Hourly Data \n\
                    Dates (month/day/year): 06/01/2022 through 06/05/2022 in LST\n\
                    Location: Latitude  36.68   Longitude 117.53 \n\
                    Elevation from MERRA-2: Average for 0.5 x 0.625 degree lat/lon region = 92.31 meters\n\
                    Parameter(s): \n\
                    ALLSKY_SFC_SW_DWN     CERES SYN1deg All Sky Surface Shortwave Downward Irradiance (Wh/m^2) \n\
                    T2M                   MERRA-2 Temperature at 2 Meters (C) \n\
                    WS10M                 MERRA-2 Wind Speed at 10 Meters (m/s) \n\
                    -END HEADER-\nYEAR,MO,DY,HR,ALLSKY_SFC_SW_DWN,T2M,WS10M\n"
        .to_owned();
    for i in 0..120 {
        writeln!(text, "2022,6,{},{},{:.1},21.{},2.{}", 1 + i / 24, i % 24, sun(i), i % 10, i % 7).unwrap();
    }
    text
}

fn plain() -> String {
    let mut text = "# latitude: 36.68\n# longitude: 117.53\n# elevation_m: 80\n\
                    time,ghi,temp_air,wind_speed,pressure\n"
        .to_owned();
    for i in 0..120 {
        writeln!(
            text,
            "2022-06-{:02}T{:02}:00+08:00,{:.1},21.{},2.{},100100",
            1 + i / 24,
            i % 24,
            sun(i),
            i % 10,
            i % 7
        )
        .unwrap();
    }
    text
}

static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    use Place::{Characters, Field};
    let sample = |name, text: String, first, ghi, temperature| Sample { name, text, first, ghi, temperature };
    vec![
        sample("good.epw", head(&fixture("weather/tmy3_form.epw"), 128), 8, Field(13), Field(6)),
        sample("pvgis.epw", head(&fixture("weather/pvgis_tmy.epw"), 128), 8, Field(13), Field(6)),
        sample("tmy3.csv", head(&fixture("723170TYA.CSV"), 122), 2, Field(4), Field(31)),
        sample("miami.tm2", head(&fixture("weather/tmy2_12839.tm2"), 121), 1, Characters(17, 21), Characters(67, 71)),
        sample("pvgis.csv", head(&fixture("weather/pvgis_tmy.csv"), 138), 18, Field(3), Field(1)),
        sample("psm3.csv", head(&fixture("weather/nsrdb_psm3_30min.csv"), 123), 3, Field(6), Field(20)),
        sample("psm4.csv", head(&fixture("weather/nsrdb_psm4_30min.csv"), 123), 3, Field(18), Field(5)),
        sample("power.csv", power(), 11, Field(4), Field(5)),
        sample("plain.csv", plain(), 4, Field(1), Field(2)),
    ]
});

static JSON: LazyLock<String> = LazyLock::new(|| {
    let mut tree: serde_json::Value = serde_json::from_str(&fixture("weather/pvgis_tmy.json")).unwrap();
    tree["outputs"]["tmy_hourly"].as_array_mut().unwrap().truncate(72);
    serde_json::to_string_pretty(&tree).unwrap()
});

fn read(name: &str, bytes: &[u8]) -> rooftop_pv::Result<Weather> {
    Weather::read(name, bytes, &ReadOptions::default())
}

/// The error's text; it has to begin with the file's name.
fn refused(name: &str, bytes: &[u8], what: &str) -> String {
    let error = match read(name, bytes) {
        Err(error) => error,
        Ok(w) => panic!("{name}, {what}: accepted, with {:?}", w.notes()),
    };
    let text = error.to_string();
    assert!(text.starts_with(name), "{what}: {text}");
    assert!(matches!(error, Error::Format { .. } | Error::Record { .. }), "{what}: {error:?}");
    text
}

fn repaired(name: &str, bytes: &[u8], rule: &str) -> Weather {
    let w = read(name, bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    let named = w.notes().iter().any(|n| n.severity == Severity::Repair && n.text.contains(rule));
    assert!(named, "{name}: no repair says '{rule}' in {:?}", w.notes());
    w
}

impl Sample {
    fn lines(&self) -> Vec<String> {
        self.text.lines().map(str::to_owned).collect()
    }

    /// The sample with record `record`'s field replaced.
    fn with(&self, record: usize, place: Place, value: &str) -> String {
        let mut lines = self.lines();
        put(&mut lines[self.first + record], place, value);
        lines.join("\n") + "\n"
    }

    fn with_all(&self, records: std::ops::Range<usize>, place: Place, value: &str) -> String {
        let mut lines = self.lines();
        for record in records {
            put(&mut lines[self.first + record], place, value);
        }
        lines.join("\n") + "\n"
    }

    /// The record's line as errors count it.
    fn line(&self, record: usize) -> String {
        format!("line {}", self.first + record + 1)
    }
}

fn put(line: &mut String, place: Place, value: &str) {
    match place {
        Place::Field(index) => {
            let mut fields: Vec<&str> = line.split(',').collect();
            fields[index] = value;
            *line = fields.join(",");
        }
        Place::Characters(from, to) => line.replace_range(from..to, &format!("{value:>width$}", width = to - from)),
    }
}

/// How a number is written in the place: TMY2 has tenths of degrees.
fn degrees(place: Place, value: i32) -> String {
    if matches!(place, Place::Characters(..)) { (value * 10).to_string() } else { value.to_string() }
}

#[test]
fn samples_are_good() {
    for s in SAMPLES.iter() {
        let w = read(s.name, s.text.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(w.len(), 120, "{}", s.name);
        // These days of Miami do have more diffuse than global irradiance in some hours.
        let fine = |n: &Note| n.severity == Severity::Info || n.text.contains("dhi is larger than ghi");
        assert!(w.notes().iter().all(fine), "{:?}", w.notes());
    }
    assert_eq!(read("pvgis.json", JSON.as_bytes()).unwrap().len(), 72);
}

#[test]
fn cut_anywhere_it_says_so() {
    for s in SAMPLES.iter() {
        let step = (s.text.len() / 300).max(1);
        for at in (0..s.text.len()).step_by(step) {
            match read(s.name, &s.text.as_bytes()[..at]) {
                Err(error) => assert!(error.to_string().starts_with(s.name), "{} cut at {at}: {error}", s.name),
                Ok(w) => {
                    // A cut between two numbers cannot be told from a short file, but it is said that it is short.
                    let told = w.notes().iter().any(|n| n.text.contains("not whole years"));
                    assert!(told, "{} cut at {at}: {:?}", s.name, w.notes());
                    assert!(w.len() < 121);
                }
            }
        }
    }
    for at in (0..JSON.len() - 2).step_by(97) {
        refused("pvgis.json", &JSON.as_bytes()[..at], "cut json");
    }
}

#[test]
fn cut_in_the_middle_of_a_line_names_the_line() {
    for s in SAMPLES.iter() {
        let lines = s.lines();
        let cut = lines[..s.first + 60].join("\n") + "\n" + &lines[s.first + 60][..lines[s.first + 60].len() / 3];
        let error = refused(s.name, cut.as_bytes(), "cut line");
        assert!(error.contains(&s.line(60)), "{error}");
    }
    let error = refused("pvgis.json", &JSON.as_bytes()[..JSON.len() / 2], "cut json");
    assert!(error.contains("line "), "{error}");
}

#[test]
fn text_where_a_number_should_be() {
    for s in SAMPLES.iter() {
        for (place, column) in [(s.ghi, "ghi"), (s.temperature, "temp_air")] {
            for junk in ["1x2", "inf", "--5", "#REF"] {
                let error = refused(s.name, s.with(30, place, junk).as_bytes(), junk);
                assert!(error.contains(&s.line(30)) && error.contains(column) && error.contains(junk), "{error}");
            }
        }
    }
}

#[test]
fn sentinels_and_blanks_are_missing_never_zero() {
    for s in SAMPLES.iter() {
        for mark in ["nan", "", "-999", "9999", "-99"] {
            // -99 tenths of a degree are -9.9 degrees.
            if mark == "-99" && matches!(s.temperature, Place::Characters(..)) {
                continue;
            }
            // One hour of temperature is interpolated.
            repaired(s.name, s.with(30, s.temperature, mark).as_bytes(), "temp_air was missing in 1 records");
            // A day and more is not: the line is named.
            let error = refused(s.name, s.with_all(40..100, s.temperature, mark).as_bytes(), mark);
            assert!(error.contains(&s.line(40)) && error.contains("60 values are missing"), "{error}");
        }
    }
}

#[test]
fn long_gaps_of_irradiance_are_refused() {
    // Only GHI in these two: nothing closes it.
    for s in SAMPLES.iter().filter(|s| s.name == "power.csv" || s.name == "plain.csv") {
        let error = refused(s.name, s.with_all(40..44, s.ghi, "-999").as_bytes(), "gap");
        assert!(error.contains(&s.line(40)) && error.contains("4 values are missing"), "{error}");
        repaired(s.name, s.with_all(40..43, s.ghi, "-999").as_bytes(), "ghi was missing in 3 records");
        refused(s.name, s.with_all(0..1, s.ghi, "-999").as_bytes(), "gap at the start");
    }
    // With the other two components there, the closure gives it.
    for s in SAMPLES.iter().filter(|s| s.name != "power.csv" && s.name != "plain.csv") {
        repaired(s.name, s.with_all(40..50, s.ghi, "9999").as_bytes(), "10 missing values closed");
    }
}

#[test]
fn absurd_values_are_refused_with_line_and_column() {
    for s in SAMPLES.iter() {
        for value in [150, 290] {
            let written = degrees(s.temperature, value);
            let error = refused(s.name, s.with(30, s.temperature, &written).as_bytes(), "hot");
            assert!(error.contains(&s.line(30)) && error.contains("temp_air") && error.contains("allowed"), "{error}");
        }
        let error = refused(s.name, s.with(30, s.ghi, "3000").as_bytes(), "bright");
        assert!(error.contains(&s.line(30)) && error.contains("ghi") && error.contains("2500"), "{error}");
        let error = refused(s.name, s.with(30, s.ghi, "-50").as_bytes(), "negative");
        assert!(error.contains(&s.line(30)) && error.contains("night offsets"), "{error}");
        repaired(s.name, s.with(2, s.ghi, "-3").as_bytes(), "ghi was negative in 1 records, down to -3");
    }
}

#[test]
fn a_dropped_column_is_found() {
    for s in SAMPLES.iter() {
        let mut lines = s.lines();
        let line = &mut lines[s.first + 30];
        match s.ghi {
            Place::Field(index) => {
                let mut fields: Vec<&str> = line.split(',').collect();
                fields.remove(index);
                // The NSRDB's head pads rows with empty fields; a row that lost one of its own is short of a value.
                *line = fields.join(",");
            }
            Place::Characters(from, to) => line.replace_range(from..to, ""),
        }
        let text = lines.join("\n");
        if s.name == "psm3.csv" {
            // Shifted by one, the pressure takes the temperature's place and is out of range.
            let error = refused(s.name, text.as_bytes(), "column dropped");
            assert!(error.contains(&s.line(30)), "{error}");
            continue;
        }
        let error = refused(s.name, text.as_bytes(), "column dropped");
        assert!(error.contains(&s.line(30)) && error.contains("expected"), "{error}");
    }
}

#[test]
fn doubled_missing_and_swapped_rows() {
    for s in SAMPLES.iter() {
        let lines = s.lines();
        let at = s.first + 30;
        let join = |lines: &[String]| lines.join("\n") + "\n";

        let mut doubled = lines.clone();
        doubled.insert(at, lines[at].clone());
        let w = repaired(s.name, join(&doubled).as_bytes(), "1 repeated records with equal values");
        assert_eq!(w.len(), 120);

        put(&mut doubled[at], s.ghi, "17");
        let error = refused(s.name, join(&doubled).as_bytes(), "doubled, other value");
        assert!(error.contains(&s.line(31)) && error.contains("repeats"), "{error}");

        let mut missing = lines.clone();
        missing.drain(at..at + 3);
        let w = repaired(s.name, join(&missing).as_bytes(), "3 missing records");
        assert_eq!(w.len(), 120);

        missing.remove(at);
        let error = refused(s.name, join(&missing).as_bytes(), "four rows missing");
        assert!(error.contains(&s.line(30)) && error.contains("4 records are missing"), "{error}");

        let mut swapped = lines.clone();
        swapped.swap(at, at + 5);
        let w = repaired(s.name, join(&swapped).as_bytes(), "out of order");
        assert_eq!(w.columns(), read(s.name, s.text.as_bytes()).unwrap().columns());
    }
}

#[test]
fn wrong_encodings_and_things_that_are_no_text() {
    let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    refused("noise.bin", &noise, "noise");
    for (bytes, word) in [
        (&b""[..], "empty"),
        (b"\n\n  \r\n", "empty"),
        (b"PK\x03\x04rest of a spreadsheet", "zip"),
        (b"<!DOCTYPE html><html>error</html>", "web page"),
        (b"{\"error\": 1}", "PVGIS"),
        (b"a,b,c\n1,2,3\n", "not recognised"),
    ] {
        let error = refused("bad.csv", bytes, word);
        assert!(error.contains(word), "{error}");
    }
    for s in SAMPLES.iter() {
        let little: Vec<u8> = s.text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = s.text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xFF\xFE".to_vec(), little.clone()].concat();
        for bytes in [little, big, marked] {
            assert!(refused(s.name, &bytes, "UTF-16").contains("UTF-16"));
        }
        let mut with_zero = s.text.clone().into_bytes();
        with_zero[200] = 0;
        refused(s.name, &with_zero, "zero byte");
    }
}

#[test]
fn an_unclosed_quote_stays_on_its_line() {
    for s in SAMPLES.iter().filter(|s| matches!(s.ghi, Place::Field(_))) {
        let error = refused(s.name, s.with(30, s.ghi, "\"5").as_bytes(), "quote");
        assert!(error.contains(&s.line(30)) && error.contains("quotation"), "{error}");
    }
}

#[test]
fn json_names_the_record() {
    let mut tree: serde_json::Value = serde_json::from_str(&JSON).unwrap();
    let hours = tree["outputs"]["tmy_hourly"].as_array_mut().unwrap();
    hours[20]["G(h)"] = serde_json::json!(4000.0);
    let text = serde_json::to_string_pretty(&tree).unwrap();
    let error = refused("pvgis.json", text.as_bytes(), "bright");
    assert!(error.contains("/outputs/tmy_hourly/20") && error.contains("ghi"), "{error}");
    let line: usize = error.split("line ").nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    let near = text.lines().skip(line.saturating_sub(12)).take(12).any(|l| l.contains("4000"));
    assert!(near, "line {line}: {error}");
    let hours = tree["outputs"]["tmy_hourly"].as_array_mut().unwrap();
    hours[20].as_object_mut().unwrap().remove("G(h)");
    refused("pvgis.json", tree.to_string().as_bytes(), "field lost");
}

#[test]
fn a_year_in_the_wrong_unit_is_refused() {
    let year = fixture("723170TYA.CSV");
    let mut lines: Vec<String> = year.lines().map(str::to_owned).collect();
    for line in lines.iter_mut().skip(2) {
        for index in [4, 7, 10] {
            let value: f64 = line.split(',').nth(index).unwrap().parse().unwrap();
            put(line, Place::Field(index), &(value / 1000.0).to_string());
        }
    }
    let error = refused("kwh.csv", lines.join("\n").as_bytes(), "kWh");
    assert!(error.contains("kWh"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(
        which in 0..10_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12),
    ) {
        let (name, text) = SAMPLES.get(which).map_or(("pvgis.json", JSON.as_str()), |s| (s.name, s.text.as_str()));
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len().max(1));
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if at < bytes.len() => { bytes.remove(at); }
                // Digits hit more often than not: they damage values and stamps, not the form.
                _ if at < bytes.len() => bytes[at] = b"0123456789-.,\n"[usize::from(byte) % 14],
                _ => {}
            }
        }
        if let Err(error) = read(name, &bytes) {
            prop_assert!(error.to_string().starts_with(name), "{}", error);
        }
    }

    #[test]
    fn nor_do_spliced_files(a in 0..9_usize, b in 0..9_usize, from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let (a, b) = (&SAMPLES[a], &SAMPLES[b]);
        let mut bytes = a.text.as_bytes()[..from.index(a.text.len())].to_vec();
        bytes.extend(&b.text.as_bytes()[to.index(b.text.len())..]);
        if let Err(error) = read(a.name, &bytes) {
            prop_assert!(error.to_string().starts_with(a.name), "{}", error);
        }
    }

    #[test]
    fn nor_does_noise(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read("noise", &bytes);
    }
}
