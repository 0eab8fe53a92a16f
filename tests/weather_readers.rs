//! Readers against pvlib's reading of the same files, and the traps of each format.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers of fixtures")]

use std::collections::HashMap;
use std::fmt::Write as _;

use rooftop_pv::weather::{Format, Note, ReadOptions, Severity, quality};
use rooftop_pv::{Site, SunAt, Weather};

fn bytes(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn read(name: &str) -> Weather {
    Weather::read(name, &bytes(name), &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn read_text(text: &str) -> rooftop_pv::Result<Weather> {
    Weather::read("t.csv", text.as_bytes(), &ReadOptions::default())
}

fn warnings(weather: &Weather) -> Vec<&Note> {
    weather.notes().iter().filter(|n| n.severity == Severity::Warning).collect()
}

fn has_note(weather: &Weather, part: &str) -> bool {
    weather.notes().iter().any(|n| n.to_string().contains(part))
}

/// pvlib's table: column name to values; `time_utc` as Unix seconds.
fn expected(name: &str) -> HashMap<String, Vec<f64>> {
    let text = String::from_utf8(bytes(&format!("weather/expected_{name}.csv"))).unwrap();
    let mut lines = text.lines().filter(|l| !l.starts_with('#'));
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut table: HashMap<String, Vec<f64>> = HashMap::new();
    for line in lines {
        for (name, field) in names.iter().zip(line.split(',')) {
            let value = if *name == "time_utc" {
                chrono::DateTime::parse_from_rfc3339(field).unwrap().timestamp() as f64
            } else {
                field.parse().unwrap()
            };
            table.entry((*name).to_owned()).or_default().push(value);
        }
    }
    table
}

/// Compares the columns that both have; `shift_s` is our start minus pvlib's label.
fn compare(weather: &Weather, name: &str, shift_s: i64, pressure_factor: f64) {
    let table = expected(name);
    let n = table["time_utc"].len();
    assert!(n >= 10);
    for i in 0..n {
        assert_eq!(weather.axis().start(i) as f64, table["time_utc"][i] + shift_s as f64, "{name} record {i}");
    }
    let c = weather.columns();
    let mut seen = 0;
    let mut check = |column: &str, ours: Option<&[f64]>, factor: f64| {
        let (Some(theirs), Some(ours)) = (table.get(column), ours) else { return };
        seen += 1;
        for i in 0..n {
            let error = (ours[i] - theirs[i] * factor).abs();
            assert!(error < 1e-9 * theirs[i].abs().max(1.0) * factor, "{name}: {column}[{i}] = {}", ours[i]);
        }
    };
    check("ghi", Some(&c.ghi), 1.0);
    check("dni", Some(&c.dni), 1.0);
    check("dhi", Some(&c.dhi), 1.0);
    check("temp_air", Some(&c.temp_air), 1.0);
    check("wind_speed", Some(&c.wind_speed), 1.0);
    check("pressure", c.pressure.as_deref(), pressure_factor);
    check("atmospheric_pressure", c.pressure.as_deref(), pressure_factor);
    check("relative_humidity", c.relative_humidity.as_deref(), 1.0);
    check("albedo", c.albedo.as_deref(), 1.0);
    check("IR(h)", c.ir_down.as_deref(), 1.0);
    assert!(seen >= 6, "{name}: only {seen} columns compared");
}

#[test]
fn tmy3_like_pvlib() {
    let w = read("723170TYA.CSV");
    compare(&w, "tmy3_723170", -3600, 100.0);
    assert_eq!(w.len(), 8760);
    assert_eq!((w.site().latitude, w.site().utc_offset_h, w.site().elevation_m), (36.1, -5.0, 273.0));
    assert_eq!(w.axis().sun_at(), SunAt::Sunlit);
    assert!(w.source().contains("TMY3") && w.source().contains("GREENSBORO"));
    // The last label is 24:00 of December 31: its interval starts at 23:00.
    assert!(w.axis().iso(8759).starts_with("1980-12-31T23:00:00-05:00"));
    assert!(w.columns().albedo.is_none() && has_note(&w, "albedo is 0 throughout"));
    assert!(has_note(&w, "typical year"));
    assert_eq!(w.columns().precipitable_water.as_ref().unwrap()[0], 1.5);
    assert_eq!(warnings(&w), Vec::<&Note>::new());
    assert_eq!(w.years().len(), 1);
}

#[test]
fn tmy2_like_pvlib() {
    let w = read("weather/tmy2_12839.tm2");
    compare(&w, "tmy2_12839", 0, 100.0);
    assert_eq!(w.len(), 336);
    assert!((w.site().latitude - 25.8).abs() < 1e-12 && (w.site().longitude + 80.266_666_666_666_67).abs() < 1e-9);
    assert_eq!(w.site().elevation_m, 2.0);
    assert_eq!(warnings(&w), Vec::<&Note>::new());
}

#[test]
fn epw_like_pvlib() {
    let w = read("weather/tmy3_form.epw");
    compare(&w, "tmy3_form_epw", 0, 1.0);
    // 15 mm are 1.5 cm.
    assert!((w.columns().precipitable_water.as_ref().unwrap()[0] - 1.5).abs() < 1e-12);
    assert_eq!(warnings(&w), Vec::<&Note>::new());
}

#[test]
fn epw_and_tmy3_of_one_year_are_one_series() {
    let (epw, tmy3) = (read("weather/tmy3_form.epw"), read("723170TYA.CSV"));
    assert!(epw.axis().starts().eq(tmy3.axis().starts().take(epw.len())));
    assert_eq!(epw.columns().dni, tmy3.columns().dni[..epw.len()]);
}

#[test]
fn pvgis_typical_year_in_three_forms() {
    let csv = read("weather/pvgis_tmy.csv");
    compare(&csv, "pvgis_tmy_csv", 0, 1.0);
    assert_eq!(csv.axis().sun_at(), SunAt::Instant(634));
    let json = read("weather/pvgis_tmy.json");
    compare(&json, "pvgis_tmy_json", 0, 1.0);
    assert_eq!(csv.axis().spans(), json.axis().spans());
    assert_eq!(csv.columns(), json.columns());
    // pvlib believes the head's time zone of this EPW and is an hour early.
    let epw = read("weather/pvgis_tmy.epw");
    compare(&epw, "pvgis_tmy_epw", 3600, 1.0);
    assert_eq!(epw.axis().spans(), csv.axis().spans());
    assert_eq!(epw.axis().sun_at(), SunAt::Instant(634));
    assert_eq!(epw.site().utc_offset_h, 1.0);
    for w in [&csv, &epw] {
        let ir_down = w.columns().ir_down.as_ref().unwrap();
        assert!(ir_down.iter().all(|sky| (100.0..500.0).contains(sky)));
    }
    assert!(epw.columns().albedo.is_none() && epw.columns().snow_depth.is_none());
    for w in [&csv, &json, &epw] {
        assert_eq!(warnings(w), Vec::<&Note>::new());
    }
}

#[test]
fn nsrdb_like_pvlib() {
    for (name, step, count) in [("psm3_30min", 1800, 672), ("psm4_30min", 1800, 672), ("psm3_5min", 300, 288)] {
        let w = read(&format!("weather/nsrdb_{name}.csv"));
        compare(&w, &format!("nsrdb_{name}"), 0, 100.0);
        assert_eq!((w.axis().step_s(), w.len()), (step, count), "{name}");
        assert_eq!(w.axis().sun_at(), SunAt::Instant(0));
        assert_eq!(warnings(&w), Vec::<&Note>::new(), "{name}");
    }
}

#[test]
fn nsrdb_hourly_minute_30_is_the_middle_of_its_hour() {
    let head = "Source,Location ID,Latitude,Longitude,Time Zone,Elevation,Local Time Zone\n\
                NSRDB,1,12.5,77.5,5.5,900,5.5\nYear,Month,Day,Hour,Minute,GHI,DNI,DHI,Temperature,Wind Speed\n";
    let mut text = head.to_owned();
    for hour in 0..24 {
        writeln!(text, "2019,1,1,{hour},30,0,0,0,20,1").unwrap();
    }
    let w = read_text(&text).unwrap();
    assert_eq!(w.axis().iso(0), "2019-01-01T00:00:00+05:30");
    assert_eq!(w.axis().sun_at(), SunAt::Instant(1800));
    // SAM's own files without a minute are means over their hour.
    let sam = text.replace("NSRDB", "measured").replace(",Minute", "").replace(",30,0,0,0", ",0,0,0");
    let w = read_text(&sam).unwrap();
    assert_eq!((w.axis().iso(5), w.axis().sun_at()), ("2019-01-01T05:00:00+05:30".into(), SunAt::Sunlit));
}

#[test]
fn pvgis_hourly_on_an_inclined_plane_is_refused() {
    for name in ["weather/pvgis_hourly.csv", "weather/pvgis_hourly.json"] {
        let error = Weather::read(name, &bytes(name), &ReadOptions::default()).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("slope 0"), "{error}");
    }
}

#[test]
fn pvgis_hourly_on_the_level_is_read() {
    let text = String::from_utf8(bytes("weather/pvgis_hourly.csv")).unwrap().replace("Slope: 30 deg.", "Slope: 0 deg.");
    let w = read_text(&text).unwrap();
    assert_eq!(w.axis().sun_at(), SunAt::Instant(600));
    assert_eq!(w.axis().iso(8), "2016-01-01T08:00:00+00:00".replace("+00:00", "Z").as_str());
    assert!((w.columns().ghi[8] - (26.71 + 8.28)).abs() < 1e-9);
    assert_eq!(w.columns().dhi[8], 8.28);
    // Sun at 8.06 degrees: DNI = Gb / sin(h). The file rounds the height.
    assert!((w.columns().dni[8] - 26.71 / 8.06_f64.to_radians().sin()).abs() < 4.0, "{}", w.columns().dni[8]);
    assert!(has_note(&w, "dni is not in the file"));
}

/// A clear-sky-like day in POWER's form: `dates` names the clock, `offset_h` its distance from the sun's noon.
fn power(unit: &str, factor: f64, clock: &str, offset_h: f64) -> String {
    let mut text = format!(
        "-BEGIN HEADER-\nNASA/POWER Source Native Resolution Hourly Data \n\
         Dates (month/day/year): 06/01/2022 through 06/02/2022 in {clock}\n\
         Location: Latitude  36.68   Longitude 117.53 \n\
         Elevation from MERRA-2: Average for 0.5 x 0.625 degree lat/lon region = 92.31 meters\n\
         The value for missing source data that cannot be computed or is outside of the sources availability range: -999 \n\
         Parameter(s): \n\
         ALLSKY_SFC_SW_DWN     CERES SYN1deg All Sky Surface Shortwave Downward Irradiance ({unit}) \n\
         T2M                   MERRA-2 Temperature at 2 Meters (C) \n\
         WS2M                  MERRA-2 Wind Speed at 2 Meters (m/s) \n\
         PS                    MERRA-2 Surface Pressure (kPa) \n\
         ALLSKY_SRF_ALB        CERES SYN1deg All Sky Surface Albedo (dimensionless) \n\
         -END HEADER-\nYEAR,MO,DY,HR,ALLSKY_SFC_SW_DWN,T2M,WS2M,PS,ALLSKY_SRF_ALB\n"
    );
    for i in 0..48 {
        let (day, hour) = (1 + i / 24, i % 24);
        let from_noon = (f64::from(hour) + 0.5 - 12.0 + offset_h + 36.0).rem_euclid(24.0) - 12.0;
        let ghi = 800.0 * (from_noon / 7.0 * std::f64::consts::FRAC_PI_2).cos().max(0.0);
        let ghi = if from_noon.abs() > 7.0 { 0.0 } else { ghi * factor };
        writeln!(text, "2022,6,{day},{hour},{ghi:.4},20.{hour},2.5,100.2,0.17").unwrap();
    }
    text
}

#[test]
fn nasa_power_units_and_clocks() {
    let solar = read_text(&power("Wh/m^2", 1.0, "LST", 0.0)).unwrap();
    assert_eq!(solar.site().utc_offset_h, 8.0);
    assert_eq!(solar.site().elevation_m, 92.31);
    assert_eq!(solar.axis().iso(0), "2022-06-01T00:00:00+08:00");
    assert_eq!(solar.columns().pressure.as_ref().unwrap()[0], 100_200.0);
    assert_eq!(solar.columns().albedo.as_ref().unwrap()[7], 0.17);
    assert!(has_note(&solar, "Erbs") && has_note(&solar, "WS2M, 2 m"));
    let utc = read_text(&power("Wh/m^2", 1.0, "UTC", 8.0)).unwrap();
    assert_eq!(utc.axis().iso(0), "2022-06-01T00:00:00Z");
    // The agroclimatology community's unit: 1 MJ in an hour is 277.8 W.
    let mega = read_text(&power("MJ/hr", 0.0036, "LST", 0.0)).unwrap();
    assert!((mega.columns().ghi[12] - solar.columns().ghi[12]).abs() < 0.1);
    assert!(has_note(&mega, "MJ/hr"));
    let error = read_text(&power("ly/min", 1.0, "LST", 0.0)).unwrap_err().to_string();
    assert!(error.contains("ly/min") && error.contains("line 14"), "{error}");
}

#[test]
fn power_missing_irradiance_is_never_zero() {
    let text = power("Wh/m^2", 1.0, "LST", 0.0);
    let gap = |hours: std::ops::Range<u32>| {
        let mut out = String::new();
        for line in text.lines() {
            let fields: Vec<&str> = line.split(',').collect();
            let hit = fields.len() == 9 && fields[2] == "1" && fields[3].parse().is_ok_and(|h| hours.contains(&h));
            let line = if hit { line.replacen(fields[4], "-999", 1) } else { line.to_owned() };
            out.push_str(&line);
            out.push('\n');
        }
        read_text(&out)
    };
    let full = read_text(&text).unwrap();
    let short = gap(10..12).unwrap();
    assert!(has_note(&short, "ghi was missing in 2 records: interpolated"));
    let between = full.columns().ghi[9] + (full.columns().ghi[12] - full.columns().ghi[9]) / 3.0;
    assert!((short.columns().ghi[10] - between).abs() < 1e-9);
    let error = gap(9..14).unwrap_err().to_string();
    assert!(error.contains("line 24") && error.contains("5 (ALLSKY_SFC_SW_DWN: ghi)"), "{error}");
    assert!(error.contains("5 values are missing"), "{error}");
}

fn plain(head: &str, rows: usize, row: impl Fn(usize) -> String) -> String {
    let mut text = format!("# latitude: 36.68\n# longitude: 117.53\n# elevation_m: 80\n{head}\n");
    for i in 0..rows {
        writeln!(text, "2021-06-{:02}T{:02}:00+08:00,{}", 1 + i / 24, i % 24, row(i)).unwrap();
    }
    text
}

#[test]
fn plain_closes_what_is_missing() {
    let year = read("723170TYA.CSV");
    let c = year.columns().clone();
    let (site, n) = (*year.site(), 24 * 200);
    let make = |names: &str, columns: &[&[f64]]| {
        let mut text = format!("# latitude: {}\n# longitude: {}\ntime,{names}\n", site.latitude, site.longitude);
        for i in 3000..n {
            let values: Vec<String> = columns.iter().map(|v| v[i].to_string()).collect();
            let iso = year.axis().iso(i);
            writeln!(text, "{iso},{}", values.join(",")).unwrap();
        }
        read_text(&text).unwrap()
    };
    let all = make("ghi,dni,dhi,temp_air,wind_speed", &[&c.ghi, &c.dni, &c.dhi, &c.temp_air, &c.wind_speed]);
    let no_dni = make("ghi,dhi,temp_air,wind_speed", &[&c.ghi, &c.dhi, &c.temp_air, &c.wind_speed]);
    let no_dhi = make("temp_air,wind_speed,ghi,dni", &[&c.temp_air, &c.wind_speed, &c.ghi, &c.dni]);
    let no_ghi = make("dni,dhi,temp_air,wind_speed", &[&c.dni, &c.dhi, &c.temp_air, &c.wind_speed]);
    let only = make("ghi,temp_air,wind_speed", &[&c.ghi, &c.temp_air, &c.wind_speed]);
    let sum = |v: &[f64]| v.iter().sum::<f64>();
    let near = |a: &[f64], b: &[f64], tolerance: f64| {
        assert!((sum(a) / sum(b) - 1.0).abs() < tolerance, "{} against {}", sum(a), sum(b));
    };
    near(&no_dni.columns().dni, &all.columns().dni, 0.02);
    near(&no_dhi.columns().dhi, &all.columns().dhi, 0.02);
    near(&no_ghi.columns().ghi, &all.columns().ghi, 0.01);
    near(&only.columns().dni, &all.columns().dni, 0.1);
    for w in [&no_dni, &only] {
        assert!(w.columns().dni.iter().all(|d| (0.0..1420.0).contains(d)));
    }
    assert!(has_note(&only, "Erbs"));
}

#[test]
fn plain_needs_a_site_and_takes_one() {
    let text = plain("time,ghi,dni,dhi,temp_air,wind_speed", 24, |_| "0,0,0,20,2".into());
    assert_eq!(read_text(&text).unwrap().site().utc_offset_h, 8.0);
    let bare: String = text.lines().filter(|l| !l.starts_with('#')).fold(String::new(), |t, l| t + l + "\n");
    let error = read_text(&bare).unwrap_err().to_string();
    assert!(error.contains("t.csv") && error.contains("ReadOptions::site"), "{error}");
    let site = Site::new(36.0, 117.0, 50.0, 8.0).unwrap();
    let w = Weather::read("t.csv", bare.as_bytes(), &ReadOptions::default().site(site)).unwrap();
    assert_eq!(*w.site(), site);
    let moved = Weather::read("t.csv", text.as_bytes(), &ReadOptions::default().site(Site { latitude: 10.0, ..site }));
    assert!(has_note(&moved.unwrap(), "km from it"));
}

#[test]
fn plain_heads_say_what_is_not_read_and_what_height_is_taken() {
    let text = plain("time,ghi,dni,dhi,temp_air,wind_speed", 24, |_| "0,0,0,20,2".into());
    let low = text.replace("# elevation_m: 80\n", "");
    let here = ReadOptions::default().fallback_site(Site::new(36.7, 117.5, 1234.0, 8.0).unwrap());
    let w = read_text(&low).unwrap();
    assert!(w.site().elevation_m == 0.0 && has_note(&w, "the head has no # elevation_m: 0 m is taken"));
    let w = Weather::read("t.csv", low.as_bytes(), &here).unwrap();
    assert_eq!((w.site().latitude, w.site().elevation_m), (36.68, 1234.0));
    assert!(has_note(&w, "1234 m"));
    let w = Weather::read("t.csv", text.as_bytes(), &here).unwrap();
    assert!(w.site().elevation_m == 80.0 && !has_note(&w, "elevation_m"));

    for (wrong, meant) in [
        ("elevation", "elevation_m"),
        ("Elevation_m", "elevation_m"),
        ("altitude", "elevation_m"),
        ("elev", "elevation_m"),
        ("lattitude", "latitude"),
        ("Longitude", "longitude"),
        ("lon", "longitude"),
    ] {
        let error = read_text(&text.replace("# elevation_m:", &format!("# {wrong}:"))).unwrap_err().to_string();
        assert!(error.starts_with(&format!("t.csv, line 3 = {wrong}: no such key")), "{error}");
        assert!(error.contains(&format!("did you mean {meant}?")), "{error}");
    }
    let w = read_text(&text.replace("# elevation_m:", "# utc_offset: 8\n# Source: a logger\n# elevation_m:")).unwrap();
    assert!(has_note(&w, "line 3: \"utc_offset\" is not read") && !has_note(&w, "Source"));
    let error = Weather::read("t.csv", text.replace("# longitude", "# east").as_bytes(), &here).unwrap_err();
    assert!(error.to_string().contains("only a part of the place"), "{error}");
}

#[test]
fn crlf_bom_quotes_latin1_and_blank_ends_do_no_harm() {
    let text = plain("time,ghi,dni,dhi,temp_air,wind_speed", 48, |i| format!("0,0,0,\"{i}\",2"));
    let good = read_text(&text).unwrap();
    let crlf = text.replace('\n', "\r\n") + "\r\n\r\n";
    assert_eq!(read_text(&crlf).unwrap().columns(), good.columns());
    let bom = format!("\u{feff}{text}");
    assert_eq!(read_text(&bom).unwrap().columns(), good.columns());
    let mut latin = b"# Jos\xe9\n".to_vec();
    latin.extend(text.bytes());
    let w = Weather::read("t.csv", &latin, &ReadOptions::default()).unwrap();
    assert_eq!(w.columns(), good.columns());
    assert!(has_note(&w, "Latin-1"));
}

#[test]
fn half_hour_zones_and_sub_hourly_steps() {
    let mut text = "# latitude: 28.6\n# longitude: 77.2\ntime,ghi,temp_air,wind_speed\n".to_owned();
    for i in 0..96 {
        writeln!(text, "2021-03-01 {:02}:{:02}:00+05:30,0,20,1", i / 4, i % 4 * 15).unwrap();
    }
    let w = read_text(&text).unwrap();
    assert_eq!((w.axis().step_s(), w.axis().utc_offset_s()), (900, 19_800));
    assert_eq!(w.axis().iso(0), "2021-03-01T00:00:00+05:30");
}

#[test]
fn a_typical_year_in_utc_rolls_to_local_midnight() {
    let mut text = "Latitude (decimal degrees): 36.68\nLongitude (decimal degrees): 117.53\nElevation (m): 80\n\
                    Irradiance Time Offset (h): 0.2\ntime(UTC),T2m,G(h),Gb(n),Gd(h),WS10m,SP\n"
        .to_owned();
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut n = 0.0;
    for (m, days) in days.iter().enumerate() {
        for day in 1..=*days {
            for hour in 0..24 {
                let sun = if (0..8).contains(&hour) { 500.0 } else { 0.0 };
                writeln!(text, "{}{:02}{day:02}:{hour:02}00,{:.3},{sun},0,{sun},2,101000", 2005 + m, m + 1, n % 30.0)
                    .unwrap();
                n += 0.001;
            }
        }
    }
    let utc = read_text(&text).unwrap();
    assert!(utc.axis().iso(0).starts_with("2005-01-01T00:00:00"));
    let local = Weather::read("t", text.as_bytes(), &ReadOptions::default().utc_offset_h(8.0)).unwrap();
    assert_eq!(local.len(), 8760);
    assert_eq!(local.axis().iso(0), "2005-01-01T00:00:00+08:00");
    assert_eq!(local.axis().iso(8), "2005-01-01T08:00:00+08:00");
    assert_eq!(local.columns().temp_air[8], utc.columns().temp_air[0]);
    assert_eq!(local.columns().temp_air[0], utc.columns().temp_air[8752]);
    assert!(has_note(&local, "8 records moved round the New Year"));
    assert_eq!(local.years().len(), 1);
    let west = Weather::read("t", text.as_bytes(), &ReadOptions::default().utc_offset_h(-5.0)).unwrap();
    assert_eq!(west.axis().iso(0), "2005-01-01T00:00:00-05:00");
    assert!(west.axis().iso(8759).ends_with("-12-31T23:00:00-05:00"), "{}", west.axis().iso(8759));
}

#[test]
fn several_years_split_at_local_new_year_and_leap_days_count() {
    let mut text = "# latitude: 36.68\n# longitude: 117.53\ntime,ghi,temp_air,wind_speed\n".to_owned();
    let from = chrono::DateTime::parse_from_rfc3339("2019-01-01T00:00:00+08:00").unwrap();
    for i in 0..(365 + 366 + 365) * 24 {
        let at = from + chrono::Duration::hours(i);
        let sun = if (10..15).contains(&(i % 24)) { 400 } else { 0 };
        writeln!(text, "{},{sun},{},{}", at.to_rfc3339(), i % 20, i % 7).unwrap();
    }
    let w = read_text(&text).unwrap();
    let years = w.years();
    assert_eq!(years.iter().map(Weather::len).collect::<Vec<_>>(), [8760, 8784, 8760]);
    assert_eq!(years[1].axis().iso(0), "2020-01-01T00:00:00+08:00");
    assert_eq!(years[2].columns().ghi.len(), 8760);
    assert_eq!(years.iter().map(Weather::ghi_kwh_m2).sum::<f64>(), w.ghi_kwh_m2());
}

#[test]
fn a_wrong_label_is_found_and_named() {
    // Greensboro's hours, told an hour too late, as a reader does that takes the end of the hour for its start.
    let w = read("723170TYA.CSV");
    let starts: Vec<i64> = w.axis().starts().map(|s| s + 3600).collect();
    let axis = rooftop_pv::TimeAxis::new(starts, 3600, -18_000, SunAt::Sunlit).unwrap();
    let wrong = Weather::new(*w.site(), axis, w.columns().clone(), "shifted").unwrap();
    let notes = quality::check(&wrong);
    let clock = notes.iter().find(|n| n.text.contains("the clock does not fit")).expect("no word of the clock");
    assert_eq!(clock.severity, Severity::Warning);
    assert!(clock.text.contains("60 min earlier") || clock.text.contains("55 min earlier"), "{}", clock.text);
    // And taken as momentary at the hour's start, by the half hour.
    let axis = w.axis().as_ref().clone().with_sun_at(SunAt::Instant(0)).unwrap();
    let wrong = Weather::new(*w.site(), axis, w.columns().clone(), "instant").unwrap();
    assert!(quality::check(&wrong).iter().any(|n| n.text.contains("30 min later")), "{:?}", quality::check(&wrong));
}

#[test]
fn values_that_cannot_be_are_found() {
    let w = read("723170TYA.CSV");
    let mut columns = w.columns().clone();
    columns.dni[2000] = 1600.0;
    columns.ghi[5] = 30.0;
    columns.wind_speed.fill(2.0);
    let odd = Weather::new(*w.site(), w.axis().clone(), columns, "odd").unwrap();
    let text: Vec<String> = quality::check(&odd).iter().map(ToString::to_string).collect();
    let text = text.join("\n");
    for part in ["dni is above the extraterrestrial", "below the horizon", "wind_speed is 2 throughout"] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    assert!(!text.contains("UTC offset"), "one odd record blames the clock: {text}");
}

#[test]
fn global_irradiance_alone_on_a_wrong_clock_is_found() {
    // Eight hours off, as local time written with the offset of UTC.
    let w = read("723170TYA.CSV");
    let mut columns = w.columns().clone();
    columns.ghi.rotate_right(8);
    columns.dni.fill(0.0);
    columns.dhi = columns.ghi.clone();
    let wrong = Weather::new(*w.site(), w.axis().clone(), columns, "eight hours late").unwrap();
    let found = quality::check(&wrong);
    assert!(found.iter().any(|n| n.text.contains("check the UTC offset")), "{found:?}");
}

#[test]
fn formats_are_recognised_by_content() {
    for (name, format) in [
        ("723170TYA.CSV", Format::Tmy3),
        ("weather/tmy2_12839.tm2", Format::Tmy2),
        ("weather/tmy3_form.epw", Format::Epw),
        ("weather/pvgis_tmy.csv", Format::PvgisCsv),
        ("weather/pvgis_tmy.json", Format::PvgisJson),
        ("weather/nsrdb_psm3_5min.csv", Format::Nsrdb),
    ] {
        let text = String::from_utf8(bytes(name)).unwrap();
        assert_eq!(Format::recognise(&text), Some(format), "{name}");
    }
    assert_eq!(Format::recognise(&power("Wh/m^2", 1.0, "LST", 0.0)), Some(Format::NasaPower));
    assert_eq!(Format::recognise("time,ghi\n"), Some(Format::Plain));
    assert_eq!(Format::recognise("a,b\n1,2\n"), None);
}

#[test]
fn files_are_read_by_path() {
    let path = format!("{}/tests/reference/723170TYA.CSV", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(Weather::from_file(&path).unwrap().len(), 8760);
    let error = Weather::from_file("no/such/file.epw").unwrap_err().to_string();
    assert!(error.contains("no/such/file.epw"), "{error}");
}
