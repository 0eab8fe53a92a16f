//! Names of regions, English and Chinese, and the grid that each province belongs to.

use serde::Serialize;

/// A province with its regional grids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Province {
    /// English name, as in [`Factor::region`](super::Factor::region).
    pub name: &'static str,
    /// Regional grid in the announcements for 2021 on, which know seven.
    pub grid: &'static str,
    /// Regional grid in the margins of 2019, which know six: no Southwest yet.
    pub grid_2019: &'static str,
    /// What the two columns cannot say; empty for most.
    pub note: &'static str,
}

/// The provinces that the announcements give a factor for. Tibet, Hong Kong, Macao and Taiwan have none.
///
/// Source: the division into regional grids in the announcements of the Ministry of Ecology and
/// Environment for 2021 to 2023, and in the baseline factors of 2019; not held against the printed
/// tables yet.
pub const PROVINCES: &[Province] = &[
    same("Beijing", "North"),
    same("Tianjin", "North"),
    same("Hebei", "North"),
    same("Shanxi", "North"),
    same("Shandong", "North"),
    Province {
        name: "Inner Mongolia",
        grid: "North",
        grid_2019: "North",
        note: "Inner Mongolia is split: its west belongs to the North grid, its east (Chifeng, Tongliao, Hulunbuir, \
               Hinggan) to Northeast; North is taken here",
    },
    same("Liaoning", "Northeast"),
    same("Jilin", "Northeast"),
    same("Heilongjiang", "Northeast"),
    same("Shanghai", "East"),
    same("Jiangsu", "East"),
    same("Zhejiang", "East"),
    same("Anhui", "East"),
    same("Fujian", "East"),
    same("Jiangxi", "Central"),
    same("Henan", "Central"),
    same("Hubei", "Central"),
    same("Hunan", "Central"),
    from_central("Chongqing", "Chongqing belongs to the Southwest grid today, and to Central in the margins of 2019"),
    from_central("Sichuan", "Sichuan belongs to the Southwest grid today, and to Central in the margins of 2019"),
    same("Guangdong", "South"),
    same("Guangxi", "South"),
    same("Hainan", "South"),
    same("Guizhou", "South"),
    same("Yunnan", "South"),
    same("Shaanxi", "Northwest"),
    same("Gansu", "Northwest"),
    same("Qinghai", "Northwest"),
    same("Ningxia", "Northwest"),
    same("Xinjiang", "Northwest"),
];

const fn same(name: &'static str, grid: &'static str) -> Province {
    Province { name, grid, grid_2019: grid, note: "" }
}

const fn from_central(name: &'static str, note: &'static str) -> Province {
    Province { name, grid: "Southwest", grid_2019: "Central", note }
}

/// The province of an English name.
///
/// ```
/// assert_eq!(rooftop_pv::carbon::province("Jiangxi").map(|p| p.grid), Some("Central"));
/// ```
pub fn province(name: &str) -> Option<&'static Province> {
    PROVINCES.iter().find(|province| province.name == name)
}

/// The grid of 2019 and a note, for a province or one of today's grids; none for a nation.
pub(super) fn grid_of_2019(region: &str) -> Option<(&'static str, &'static str)> {
    if region == "Southwest" {
        return Some(("Central", "the Southwest grid was part of Central in the margins of 2019"));
    }
    let grid = PROVINCES.iter().find(|province| province.grid == region);
    let province = || province(region).map(|province| (province.grid_2019, province.note));
    grid.map(|province| (province.grid, "")).or_else(province)
}

/// A region's name without what does not tell regions apart, so that `North China Grid`, `华北电网`
/// and `north` come out as their table writes them.
pub(super) fn plain(name: &str) -> String {
    const TAILS: [&str; 17] = [
        "zhuangautonomousregion",
        "huiautonomousregion",
        "uygurautonomousregion",
        "uyghurautonomousregion",
        "autonomousregion",
        "province",
        "municipality",
        "powergrid",
        "grid",
        "区域电网",
        "电网",
        "区域",
        "壮族自治区",
        "回族自治区",
        "维吾尔自治区",
        "自治区",
        "地区",
    ];
    let mut rest: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    for tail in TAILS.into_iter().chain(["省", "市", "china"]) {
        if let Some(head) = rest.strip_suffix(tail).filter(|head| !head.is_empty()) {
            rest.truncate(head.len());
        }
    }
    match rest.as_str() {
        "china" | "chinaaverage" | "national" | "nationalaverage" | "cn" | "prc" | "中国" | "全国平均" => {
            "china".to_owned()
        }
        "neimenggu" | "neimongol" => "innermongolia".to_owned(),
        "us" | "usa" | "unitedstatesofamerica" => "unitedstates".to_owned(),
        "uk" | "greatbritain" => "unitedkingdom".to_owned(),
        "eu" | "eu27" => "europeanunion".to_owned(),
        "uae" => "unitedarabemirates".to_owned(),
        "korea" | "republicofkorea" => "southkorea".to_owned(),
        "türkiye" | "turkiye" => "turkey".to_owned(),
        "czechrepublic" => "czechia".to_owned(),
        "thenetherlands" => "netherlands".to_owned(),
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_does_not_tell_them_apart() {
        for (name, wanted) in [
            ("North China Grid", "north"),
            ("Northeast China", "northeast"),
            ("华北电网", "华北"),
            ("华北区域电网", "华北"),
            ("山东省", "山东"),
            ("新疆维吾尔自治区", "新疆"),
            ("Guangxi Zhuang Autonomous Region", "guangxi"),
            ("Inner-Mongolia", "innermongolia"),
            ("China", "china"),
            ("中国", "china"),
            ("National Grid", "china"),
            ("市", "市"),
            ("", ""),
        ] {
            assert_eq!(plain(name), wanted, "{name}");
        }
    }

    #[test]
    fn grids_of_2019() {
        assert_eq!(PROVINCES.len(), 30);
        assert_eq!(grid_of_2019("Shandong"), Some(("North", "")));
        assert_eq!(grid_of_2019("East"), Some(("East", "")));
        assert_eq!(grid_of_2019("Sichuan").unwrap().0, "Central");
        assert_eq!(grid_of_2019("Southwest").unwrap().0, "Central");
        assert!(grid_of_2019("Inner Mongolia").unwrap().1.contains("Hulunbuir"));
        assert_eq!(grid_of_2019("China"), None);
        assert_eq!(grid_of_2019("Atlantis"), None);
    }
}
