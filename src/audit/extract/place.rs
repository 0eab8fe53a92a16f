//! Provinces and towns that a text names.

use crate::audit::quantity::plain::Plain;
use crate::carbon::{Level, PROVINCES, factors};
use crate::weather::climate::{Station, stations};

/// Where a text says that the plant stands.
#[derive(Default)]
pub(super) struct Place {
    /// The names in the order of the text.
    pub(super) names: Vec<String>,
    /// The one station whose town and province are both named.
    pub(super) station: Option<&'static Station>,
}

/// Finds the provinces of the factor table and the towns of the climate table.
pub(super) fn place(plain: &Plain) -> Place {
    let mut named: Vec<(usize, String)> = Vec::new();
    let mut provinces: Vec<&str> = Vec::new();
    for province in PROVINCES {
        let chinese = factors()
            .iter()
            .find(|factor| factor.level == Level::Province && factor.region == province.name)
            .map_or("", |factor| factor.region_zh.as_str());
        let spots = [english(plain, province.name), han(plain, chinese, false)];
        for spot in spots.into_iter().flatten() {
            named.push(spot);
            provinces.push(province.name);
        }
    }
    let mut found: Vec<&'static Station> = Vec::new();
    for station in stations() {
        let province_named = provinces.contains(&station.province.as_str());
        // 吉安县 speaks for 吉安; many a two-character name is a word too, so a suffix or the province has to stand by.
        let name = station.name_zh.trim().trim_end_matches(['县', '市']);
        let spot = english(plain, station.name.trim()).or_else(|| han(plain, name, !province_named));
        let Some(spot) = spot else { continue };
        if province_named {
            found.push(station);
        }
        if !named.iter().any(|(at, _)| *at == spot.0) {
            named.push(spot);
        }
    }
    named.sort();
    named.dedup_by(|a, b| a.1 == b.1);
    provinces.sort_unstable();
    provinces.dedup();
    let station = match (found.as_slice(), provinces.len()) {
        ([station], 1) => Some(*station),
        _ => None,
    };
    Place { names: named.into_iter().map(|(_, name)| name).collect(), station }
}

/// A name in Latin letters that stands alone, with its capital.
fn english(plain: &Plain, name: &str) -> Option<(usize, String)> {
    if name.is_empty() {
        return None;
    }
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    plain
        .text
        .match_indices(name)
        .find(|(at, _)| !letter(plain.before(*at)) && !letter(plain.rest(at + name.len()).chars().next()))
        .map(|(at, name)| (at, name.to_owned()))
}

/// A Chinese name; with `suffixed` only before what makes it a town.
fn han(plain: &Plain, name: &str, suffixed: bool) -> Option<(usize, String)> {
    if name.chars().count() < 2 {
        return None;
    }
    plain
        .text
        .match_indices(name)
        .find(|(at, _)| {
            let behind = plain.rest(at + name.len());
            !suffixed
                || ["市", "县", "地区", "工厂", "厂", "自治", "某", "开发区", "高新区", "经开区"]
                    .iter()
                    .any(|suffix| behind.starts_with(suffix))
        })
        .map(|(at, name)| (at, name.to_owned()))
}
