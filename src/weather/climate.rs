//! The embedded climate: monthly means and statistics of 196 stations in China.
//!
//! Irradiation 1998-2017, temperatures 1991-2020, turbidity; the sources stand at the head of
//! `climate_stations.csv`. About 120 stations measured their irradiation, at the others it was estimated from
//! sunshine hours; other sources differ by 5 to 10 %. For another place, build a [`Station`] from your own
//! monthly figures: every field is public and [`Station::validate`] checks them.
//! [`Weather::synthetic`](crate::Weather::synthetic) makes hours of it.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, check_range};
use crate::site::Site;

const TABLE: &str = include_str!("climate_stations.csv");

/// Farthest that a station may lie away and still speak for a place, km.
const REACH_KM: f64 = 300.0;

/// Kilometres of distance that a kilometre of height counts as.
///
/// Meteonorm's climatic distance, as the help pages of `PVsyst` define it ("Climatic distance"): the quadratic sum of the
/// horizontal distance and 100 times the difference in height.
const HEIGHT_WEIGHT: f64 = 100.0;

/// The monthly climate of one station. Arrays run from January to December.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Station number (WMO block and number in the embedded table), or any name that tells stations apart:
    /// synthetic years of stations with different ids are independent of each other.
    pub id: String,
    /// English name.
    pub name: String,
    /// Chinese name.
    #[serde(default)]
    pub name_zh: String,
    /// Province.
    #[serde(default)]
    pub province: String,
    /// Where it stands; the embedded stations keep China's one clock, UTC+8.
    pub site: Site,
    /// Years of irradiation that the means come from.
    pub years: u32,
    /// Standard deviation of annual global irradiation between years, %.
    pub sigma_year_pct: f64,
    /// Lag-1 autocorrelation of the daily clearness index after removing monthly means, -0.5 to 0.95.
    pub kt_lag1: f64,
    /// Where the temperatures come from.
    #[serde(default)]
    pub temp_source: String,
    /// Mean daily global horizontal irradiation, kWh/m2/day.
    pub ghi_kwh_m2_day: [f64; 12],
    /// Mean daily diffuse horizontal irradiation, kWh/m2/day.
    pub dhi_kwh_m2_day: [f64; 12],
    /// Standard deviation of the daily clearness index within the month.
    pub kt_sd: [f64; 12],
    /// Mean air temperature, degC.
    pub tavg: [f64; 12],
    /// Mean daily maximum of the air temperature, degC.
    pub tmax: [f64; 12],
    /// Mean daily minimum of the air temperature, degC.
    pub tmin: [f64; 12],
    /// Linke turbidity.
    pub linke: [f64; 12],
}

impl Station {
    /// Annual global horizontal irradiation of a year of 365 days, kWh/m2.
    pub fn ghi_kwh_m2_year(&self) -> f64 {
        const DAYS: [f64; 12] = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];
        self.ghi_kwh_m2_day.iter().zip(DAYS).map(|(day, days)| day * days).sum()
    }

    /// Checks every value against its range.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] names the first value that cannot be.
    pub fn validate(&self) -> Result<()> {
        self.site.validate()?;
        check_range("sigma_year_pct", self.sigma_year_pct, 0.0, 30.0, "%")?;
        check_range("kt_lag1", self.kt_lag1, -0.5, 0.95, "")?;
        let columns: [(&str, &[f64; 12], f64, f64, &str); 7] = [
            ("ghi_kwh_m2_day", &self.ghi_kwh_m2_day, 0.0, 12.0, "kWh/m2/day"),
            ("dhi_kwh_m2_day", &self.dhi_kwh_m2_day, 0.0, 12.0, "kWh/m2/day"),
            ("kt_sd", &self.kt_sd, 0.0, 0.3, ""),
            ("tavg", &self.tavg, -70.0, 50.0, "degC"),
            ("tmax", &self.tmax, -70.0, 60.0, "degC"),
            ("tmin", &self.tmin, -75.0, 50.0, "degC"),
            ("linke", &self.linke, 1.0, 12.0, ""),
        ];
        for (name, values, min, max, unit) in columns {
            for (month, &value) in values.iter().enumerate() {
                check_range(&format!("{name}[{month}] of station {}", self.name), value, min, max, unit)?;
            }
        }
        for month in 0..12 {
            let name = format!("tavg[{month}] of station {}", self.name);
            check_range(&name, self.tavg[month], self.tmin[month], self.tmax[month], "degC (tmin to tmax)")?;
        }
        Ok(())
    }

    fn label(&self) -> String {
        format!("{} ({}, {}, {})", self.name, self.name_zh, self.province, self.id)
    }
}

/// A station of the embedded table near a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The station.
    pub station: &'static Station,
    /// Great-circle distance between place and station, km.
    pub distance_km: f64,
    /// How much higher the station stands than the place, m; `None` when the place's height was not given.
    pub height_difference_m: Option<f64>,
}

/// All stations of the embedded table.
pub fn stations() -> &'static [Station] {
    static STATIONS: OnceLock<Vec<Station>> = OnceLock::new();
    // The table is part of the program; that it parses is a test's matter, not the user's.
    STATIONS.get_or_init(|| parse("climate_stations.csv", TABLE).unwrap_or_default())
}

/// The station of that English or Chinese name or id, whatever its case, spaces and punctuation.
///
/// Where a name stands twice, add the province: `"Name, Province"` always works.
///
/// # Errors
/// [`Error::Climate`] lists the closest names when there is none, or all when there are several.
///
/// # Examples
/// ```
/// use rooftop_pv::weather::climate;
/// let jinan = climate::station("济南")?;
/// assert_eq!(jinan, climate::station("jinan, Shandong")?);
/// assert_eq!(jinan.id, "54823");
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
pub fn station(name: &str) -> Result<&'static Station> {
    find(stations(), name)
}

/// The station that speaks best for a place: degrees north and east, height in m where known.
///
/// Among the stations within 300 km it is the one of the smallest climatic distance √(d² + (100 Δh)²), d and Δh in
/// km: 100 m of height count as much as 10 km of way. Without a height it is the nearest.
///
/// # Errors
/// [`Error::OutOfRange`] for an impossible place; [`Error::Climate`] when no station lies within 300 km.
pub fn nearest(latitude: f64, longitude: f64, elevation_m: Option<f64>) -> Result<Nearest> {
    let place = Site::new(latitude, longitude, elevation_m.unwrap_or(0.0), 0.0)?;
    let measured = stations().iter().map(|station| {
        let distance_km = place.distance_km(&station.site);
        let height_difference_m = elevation_m.map(|height| station.site.elevation_m - height);
        let height_km = HEIGHT_WEIGHT * height_difference_m.unwrap_or(0.0) / 1000.0;
        (
            (distance_km * distance_km + height_km * height_km).sqrt(),
            Nearest { station, distance_km, height_difference_m },
        )
    });
    let best = measured
        .clone()
        .filter(|(_, near)| near.distance_km <= REACH_KM)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, near)| near);
    best.ok_or_else(|| {
        let closest = measured.map(|(_, near)| near).min_by(|a, b| a.distance_km.total_cmp(&b.distance_km));
        let next = closest.map_or_else(String::new, |near| {
            format!(": the nearest, {}, is {:.0} km away", near.station.label(), near.distance_km)
        });
        Error::Climate {
            problem: format!(
                "no station of the embedded climate within {REACH_KM} km of {latitude} north, {longitude} east{next}"
            ),
            fix: "give a weather file of the place instead: EPW from climate.onebuilding.org, TMY or hourly series from \
                  PVGIS (re.jrc.ec.europa.eu/pvg_tools), NSRDB (nsrdb.nrel.gov) or NASA POWER (power.larc.nasa.gov); or \
                  build a Station from monthly means"
                .to_owned(),
        }
    })
}

fn find<'a>(stations: &'a [Station], name: &str) -> Result<&'a Station> {
    let wanted = key(name);
    let is_named = |s: &Station| {
        [&s.id, &s.name, &s.name_zh].into_iter().any(|n| {
            let plain = key(n);
            !plain.is_empty() && (plain == wanted || plain + &key(&s.province) == wanted)
        })
    };
    let found: Vec<&Station> = stations.iter().filter(|s| is_named(s)).collect();
    let list = |all: &[&Station]| all.iter().map(|s| s.label()).collect::<Vec<_>>().join(", ");
    match found[..] {
        [one] => Ok(one),
        [] => Err(Error::Climate {
            problem: format!("no station of the embedded climate is called {name:?}"),
            fix: format!(
                "the closest are {}; climate::nearest finds the station for a latitude and longitude",
                list(&closest(stations, &wanted))
            ),
        }),
        _ => Err(Error::Climate {
            problem: format!("{} stations are called {name:?}", found.len()),
            fix: format!("add the province (\"Name, Province\") or give the id: {}", list(&found)),
        }),
    }
}

/// Letters and digits alone, small: "Xi'an" and "xian" are one name.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The five stations whose names differ least; names that contain the wanted one, or its province, come first.
fn closest<'a>(stations: &'a [Station], wanted: &str) -> Vec<&'a Station> {
    let distance = |s: &Station| {
        let names = [&s.name, &s.name_zh, &s.province];
        names
            .into_iter()
            .map(|n| key(n))
            .map(|n| if !wanted.is_empty() && n.contains(wanted) { 0 } else { strsim::damerau_levenshtein(&n, wanted) })
            .min()
    };
    let mut ranked: Vec<&Station> = stations.iter().collect();
    ranked.sort_by_cached_key(|s| distance(s));
    ranked.truncate(5);
    ranked
}

/// Columns before the monthly ones, and the monthly ones, twelve each.
const HEAD: [&str; 11] = [
    "station",
    "name",
    "name_zh",
    "province",
    "latitude",
    "longitude",
    "elevation_m",
    "years",
    "sigma_year_pct",
    "kt_lag1",
    "temp_source",
];
const MONTHLY: [&str; 7] = ["ghi", "dhi", "kt_sd", "tavg", "tmax", "tmin", "linke"];

fn parse(file: &str, text: &str) -> Result<Vec<Station>> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let broken = |line: u64, column: String, value: &str, problem: String| Error::Record {
        file: file.to_owned(),
        line: usize::try_from(line).unwrap_or(0),
        column,
        value: value.to_owned(),
        problem,
    };
    let unreadable =
        |e: &csv::Error| broken(e.position().map_or(0, csv::Position::line), String::new(), "", e.to_string());
    let monthly = MONTHLY.iter().flat_map(|name| (1..=12).map(move |month| format!("{name}_{month:02}")));
    let expected: Vec<String> = HEAD.iter().map(ToString::to_string).chain(monthly).collect();
    let header = reader.headers().map_err(|e| unreadable(&e))?;
    if !header.iter().eq(expected.iter().map(String::as_str)) {
        return Err(broken(0, String::new(), "", format!("the header must be {}", expected.join(","))));
    }
    let mut stations = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| unreadable(&e))?;
        let line = record.position().map_or(0, csv::Position::line);
        let text = |i: usize| record.get(i).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let number = |i: usize| {
            let value = text(i);
            let column = || format!("{} ({})", i + 1, expected[i]);
            value.parse::<f64>().map_err(|_| broken(line, column(), &value, "not a number".to_owned()))
        };
        let months = |block: usize| -> Result<[f64; 12]> {
            let mut values = [0.0; 12];
            for (month, value) in values.iter_mut().enumerate() {
                *value = number(HEAD.len() + 12 * block + month)?;
            }
            Ok(values)
        };
        let years = text(7);
        let station = Station {
            id: text(0),
            name: text(1),
            name_zh: text(2),
            province: text(3),
            site: Site::new(number(4)?, number(5)?, number(6)?, 8.0)?,
            years: years
                .parse()
                .map_err(|_| broken(line, "8 (years)".to_owned(), &years, "not a whole number".to_owned()))?,
            sigma_year_pct: number(8)?,
            kt_lag1: number(9)?,
            temp_source: text(10),
            ghi_kwh_m2_day: months(0)?,
            dhi_kwh_m2_day: months(1)?,
            kt_sd: months(2)?,
            tavg: months(3)?,
            tmax: months(4)?,
            tmin: months(5)?,
            linke: months(6)?,
        };
        station.validate()?;
        stations.push(station);
    }
    Ok(stations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_parses_whole() {
        let table = parse("climate_stations.csv", TABLE).unwrap();
        assert_eq!(table.len(), 196);
        assert_eq!(table, stations());
        for s in &table {
            assert!(!s.id.is_empty() && !s.name.is_empty() && !s.name_zh.is_empty() && !s.province.is_empty());
            assert_eq!(s.site.utc_offset_h, 8.0);
            // Every station answers to its id, and to its name with its province.
            assert_eq!(station(&s.id).unwrap(), s);
            assert_eq!(station(&format!("{}, {}", s.name, s.province)).unwrap(), s);
            assert_eq!(station(&s.name_zh).unwrap().id, s.id);
        }
        let jinan = station("JINAN").unwrap();
        assert_eq!((jinan.ghi_kwh_m2_day[0], jinan.linke[11], jinan.tmin[11]), (2.127, 2.2, -1.8));
        assert!((jinan.ghi_kwh_m2_year() - 1322.0).abs() < 5.0, "{}", jinan.ghi_kwh_m2_year());
    }

    #[test]
    fn a_broken_row_is_told_with_line_and_column() {
        let bad = TABLE.replacen(",2.127,2.751", ",2,127x,2.751", 1);
        assert!(parse("t.csv", &bad).is_err());
        let message = parse("t.csv", &TABLE.replacen(",2.127,2.751", ",2.1x27,2.751", 1)).unwrap_err().to_string();
        assert!(message.contains("column 12 (ghi_01) = 2.1x27"), "{message}");
        assert!(parse("t.csv", &TABLE.replacen(",ghi_01,", ",ghi_1,", 1)).is_err());
        assert!(parse("t.csv", "").is_err());
    }

    #[test]
    fn unknown_and_ambiguous_names_say_what_to_do() {
        let message = station("Shangai").unwrap_err().to_string();
        assert!(message.contains("Shanghai Baoshan"), "{message}");
        assert!(station("").is_err());
        let twice: Vec<Station> = ["Hebei", "Henan"]
            .into_iter()
            .map(|province| Station { province: province.to_owned(), ..station("Jinan").unwrap().clone() })
            .collect();
        let message = find(&twice, "jinan").unwrap_err().to_string();
        assert!(message.contains("Hebei") && message.contains("Henan"), "{message}");
        assert_eq!(find(&twice, "济南 Henan").unwrap(), &twice[1]);
    }

    #[test]
    fn the_nearest_station_minds_the_height() {
        let near = nearest(36.68, 117.53, Some(80.0)).unwrap();
        assert_eq!(near.station.name, "Zhangqiu");
        assert!(near.distance_km < 3.0 && near.height_difference_m == Some(43.0));
        // A valley 60 km from the mountain station and 110 km from Taiyuan is more like Taiyuan.
        assert_eq!(nearest(38.5, 113.2, None).unwrap().station.name, "Wutai Shan");
        assert_eq!(nearest(38.5, 113.2, Some(800.0)).unwrap().station.name, "Taiyuan");
    }

    #[test]
    fn far_places_are_sent_to_weather_files() {
        let message = nearest(52.5, 13.4, None).unwrap_err().to_string();
        assert!(message.contains("onebuilding") && message.contains("km away"), "{message}");
        assert!(nearest(95.0, 13.4, None).is_err());
        assert!(nearest(f64::NAN, 13.4, None).is_err());
    }
}
