//! Where a claim's plant stands: stations for its sunshine, a region for its factors.

use crate::carbon::{Level, factors};
use crate::error::{Error, Result};
use crate::weather::climate::{self, Station};

use super::claim::Claim;

/// What is known of a claim's place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Stations whose climate it may have: the nearest one, or all of a province where no more is said.
    pub(super) stations: Vec<&'static Station>,
    /// How the stations were found.
    pub(super) remark: String,
    /// Province or nation for the factors, as the factor table writes it.
    pub(super) region: Option<String>,
}

impl Place {
    /// Whether two places have the same stations, found in the same way.
    pub(super) fn same_stations(&self, other: &Self) -> bool {
        self.remark == other.remark
            && self.stations.len() == other.stations.len()
            && self.stations.iter().zip(&other.stations).all(|(a, b)| a.id == b.id)
    }
}

/// Finds stations by coordinates or by the province that the claim's place, name or note names.
///
/// # Errors
/// Coordinates that cannot be.
pub(super) fn locate(claim: &Claim) -> Result<Place> {
    let named = [&claim.place, &claim.name].into_iter().find_map(|text| province_in(text));
    if let (Some(latitude), Some(longitude)) = (claim.latitude, claim.longitude) {
        return Ok(match climate::nearest(latitude, longitude, None) {
            Ok(near) => Place {
                stations: vec![near.station],
                remark: format!("{}, {:.0} km away", near.station.name, near.distance_km),
                region: Some(named.unwrap_or_else(|| near.station.province.clone())),
            },
            Err(error @ Error::Climate { .. }) => {
                Place { stations: Vec::new(), remark: error.to_string(), region: named }
            }
            Err(error) => return Err(error),
        });
    }
    let stations: Vec<&Station> = match &named {
        Some(province) => climate::stations().iter().filter(|station| station.province == *province).collect(),
        None => Vec::new(),
    };
    let remark = match (&named, stations.len()) {
        (None, _) => String::from("no place is said that the climate table knows"),
        (Some(province), 0) => format!("the climate table has no station in {province}"),
        (Some(province), 1) => format!("the one station in {province}"),
        (Some(province), n) => format!("somewhere in {province}: any of its {n} stations"),
    };
    Ok(Place { stations, remark, region: named })
}

/// The province that a text names in English or Chinese; none where it names two.
fn province_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let mut found: Vec<&str> = factors()
        .iter()
        .filter(|factor| factor.level == Level::Province)
        .filter(|factor| text.contains(&factor.region_zh) || has_word(&lower, &factor.region.to_lowercase()))
        .map(|factor| factor.region.as_str())
        .collect();
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [one] => Some(one.to_owned()),
        _ => None,
    }
}

/// Whether a name stands in a text as a word of its own, so that Henan is not found in a longer name.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        !letter(text[..at].chars().next_back()) && !letter(text[at + name.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_is_found_by_word_in_either_language() {
        assert_eq!(province_in("Ji'an Jiangxi").as_deref(), Some("Jiangxi"));
        assert_eq!(province_in("江西省吉安市").as_deref(), Some("Jiangxi"));
        assert_eq!(province_in("Zhangqiu Jinan Shandong").as_deref(), Some("Shandong"));
        assert_eq!(province_in("Shaanxi").as_deref(), Some("Shaanxi"));
        assert_eq!(province_in("from Shandong to Hebei"), None);
        assert_eq!(province_in("Shandongish"), None);
        assert_eq!(province_in(""), None);
    }

    #[test]
    fn coordinates_stand_before_words() {
        let claim = Claim { latitude: Some(36.68), longitude: Some(117.53), ..Claim::default() };
        let place = locate(&claim).unwrap();
        assert_eq!((place.stations.len(), place.region.as_deref()), (1, Some("Shandong")));
        let claim = Claim { place: "Jiangxi".into(), ..Claim::default() };
        assert!(locate(&claim).unwrap().stations.len() > 1);
        assert!(locate(&Claim::default()).unwrap().stations.is_empty());
        let nowhere = Claim { latitude: Some(91.0), longitude: Some(0.0), ..Claim::default() };
        assert!(locate(&nowhere).is_err());
    }
}
