//! What the roofs of a region give, year by year, and how far that is from the target.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{District, Kind, Region, Roof};
use crate::carbon::{self, Saved};
use crate::error::{Error, Result, check_range};
use crate::plant::Plant;
use crate::weather::{Weather, climate};

/// Calendar year of the synthetic weather: an ordinary one.
pub(super) const SYNTHETIC_YEAR: i32 = 2025;

/// The yield of a district.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DistrictYield {
    /// The district.
    pub name: String,
    /// Energy of a kW in a year, kWh.
    pub kwh_per_kw: f64,
    /// Given, or which station and which modules.
    pub from: String,
}

/// The end of one year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearSum {
    /// The year.
    pub year: i32,
    /// Capacity at its end, kW.
    pub capacity_kw: f64,
    /// Energy that this capacity gives in a full year, kWh.
    pub ac_kwh: f64,
    /// Coal and CO2 of that energy, under every convention.
    pub saved: Saved,
}

/// Roofs of a kind in a district in the target year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KindSum {
    /// The district.
    pub district: String,
    /// The kind.
    pub kind: Kind,
    /// All roof area by then, m2.
    pub area_m2: f64,
    /// Area under modules, m2.
    pub covered_m2: f64,
    /// Capacity, kW.
    pub capacity_kw: f64,
    /// Energy a year, kWh.
    pub ac_kwh: f64,
}

/// The plan held against the target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// What is to be reached, kW.
    pub target_kw: f64,
    /// What the plan gives by then, kW.
    pub planned_kw: f64,
    /// What is missing, kW; negative where the plan gives more.
    pub missing_kw: f64,
    /// What all usable roof area would give, kW.
    pub most_kw: f64,
    /// The one coverage of all roofs, stock and new, that reaches the target, each up to its usable share; none where
    /// all usable roofs are too few.
    pub coverage: Option<f64>,
    /// How many times the planned roof area would reach the target at the planned coverages; none where nothing is
    /// planned.
    pub area_factor: Option<f64>,
}

/// A region computed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// The region's name.
    pub name: String,
    /// Its districts' yields.
    pub yields: Vec<DistrictYield>,
    /// From the year after the base year to the target year.
    pub years: Vec<YearSum>,
    /// The target year, roof by roof as the file lists them.
    pub roofs: Vec<KindSum>,
    /// The target.
    pub gap: Gap,
    /// Assumptions and where figures come from.
    pub notes: Vec<String>,
}

/// The roof area that a capacity needs, m2.
///
/// ```
/// use rooftop_pv::region::roof_area_m2;
/// // 300 MW on half of the roofs at 150 W/m2: 4 km2 of roofs.
/// assert_eq!(roof_area_m2(300_000.0, 0.5, 150.0)?, 4e6);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
///
/// # Errors
/// [`Error::OutOfRange`] for a capacity outside of 0 to 1e9 kW, a coverage outside of 0.001 to 1 or a density outside
/// of 10 to 250 W/m2.
pub fn roof_area_m2(capacity_kw: f64, coverage: f64, w_per_m2: f64) -> Result<f64> {
    check_range("capacity_kw", capacity_kw, 0.0, 1e9, "kW")?;
    check_range("coverage", coverage, 0.001, 1.0, "as a fraction")?;
    check_range("w_per_m2", w_per_m2, 10.0, crate::plant::MAX_W_PER_M2, "W/m2")?;
    // A = P / (c w)
    Ok(1000.0 * capacity_kw / (coverage * w_per_m2))
}

impl Region {
    /// Capacity, energy, coal and CO2 of every year to the target, and the gap.
    ///
    /// Modules that stand count with their full-year energy and do not age: for ageing see
    /// [`Year::lifetime_kwh`](crate::simulate::Year::lifetime_kwh).
    ///
    /// # Errors
    /// Those of [`Region::validate`], and of the climate and simulation behind a district's yield.
    pub fn plan(&self) -> Result<Plan> {
        self.validate()?;
        let yields: Vec<DistrictYield> = self.district.iter().map(yield_of).collect::<Result<_>>()?;
        let kwh_per_kw =
            |roof: &Roof| yields.iter().find(|of| of.name == roof.district).map_or(0.0, |of| of.kwh_per_kw);
        let mut years = Vec::new();
        for year in self.base_year + 1..=self.target.year {
            let (mut capacity_kw, mut ac_kwh) = (0.0, 0.0);
            for roof in &self.roof {
                let kw = self.covered_m2(roof, year) * roof.w_per_m2 / 1000.0;
                capacity_kw += kw;
                ac_kwh += kw * kwh_per_kw(roof);
            }
            years.push(YearSum { year, capacity_kw, ac_kwh, saved: carbon::saved(ac_kwh, &self.carbon)? });
        }
        let roofs: Vec<KindSum> = self
            .roof
            .iter()
            .map(|roof| {
                let covered_m2 = self.covered_m2(roof, self.target.year);
                let capacity_kw = covered_m2 * roof.w_per_m2 / 1000.0;
                KindSum {
                    district: roof.district.clone(),
                    kind: roof.kind,
                    area_m2: self.area_m2(roof, self.target.year),
                    covered_m2,
                    capacity_kw,
                    ac_kwh: capacity_kw * kwh_per_kw(roof),
                }
            })
            .collect();
        Ok(Plan { name: self.name.clone(), yields, years, gap: self.gap(&roofs), notes: self.notes(), roofs })
    }

    /// All area of these roofs at the end of a year.
    fn area_m2(&self, roof: &Roof, year: i32) -> f64 {
        roof.area_m2 + roof.new_m2_per_year * f64::from(year - self.base_year)
    }

    /// Area under modules at the end of a year: a share of the stock, and of each year's new roofs.
    fn covered_m2(&self, roof: &Roof, year: i32) -> f64 {
        // A(t) = A₀ c(t) + (t − t₀) n cₙ
        let new = roof.new_coverage.unwrap_or_else(|| self.coverage(roof, self.target.year));
        roof.area_m2 * self.coverage(roof, year) + roof.new_m2_per_year * f64::from(year - self.base_year) * new
    }

    /// Share of the stock under modules at the end of a year.
    fn coverage(&self, roof: &Roof, year: i32) -> f64 {
        let end = roof.coverage.or_else(|| self.preset.and_then(|preset| preset.coverage(roof.kind)));
        let whole = [(self.target.year, end.unwrap_or(0.0))];
        let path: &[(i32, f64)] = if roof.path.is_empty() { &whole } else { &roof.path };
        let mut before = (self.base_year, 0.0);
        for &(at, share) in path {
            if year <= at {
                let span = at - before.0;
                let passed = if span == 0 { 1.0 } else { f64::from(year - before.0) / f64::from(span) };
                return before.1 + (share - before.1) * passed;
            }
            before = (at, share);
        }
        before.1
    }

    fn gap(&self, roofs: &[KindSum]) -> Gap {
        let target_kw = self.target.capacity_kw;
        let planned_kw: f64 = roofs.iter().map(|roof| roof.capacity_kw).sum();
        // Usable share, and what full coverage of these roofs would give.
        let mut full: Vec<(f64, f64)> = self
            .roof
            .iter()
            .zip(roofs)
            .map(|(roof, sum)| (roof.usable_share, sum.area_m2 * roof.w_per_m2 / 1000.0))
            .collect();
        full.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let most_kw: f64 = full.iter().map(|(usable, kw)| usable * kw).sum();
        // Σ min(c, uᵢ) Fᵢ = P: below each uᵢ in turn the sum is a line in c.
        let mut coverage = None;
        let mut at_their_end = 0.0;
        for index in 0..full.len() {
            let free: f64 = full.iter().skip(index).map(|(_, kw)| kw).sum();
            let (usable, kw) = full[index];
            let needed = (target_kw - at_their_end) / free;
            if free > 0.0 && needed <= usable {
                coverage = Some(needed);
                break;
            }
            at_their_end += usable * kw;
        }
        Gap {
            target_kw,
            planned_kw,
            missing_kw: target_kw - planned_kw,
            most_kw,
            coverage,
            area_factor: (planned_kw > 0.0).then(|| target_kw / planned_kw),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(preset) = self.preset {
            notes.push(format!("coverages not given: {} ({})", preset.source(), preset.confidence().remark()));
        }
        let mut silent: BTreeMap<Kind, usize> = BTreeMap::new();
        for roof in &self.roof {
            let title = format!("{}, {}", roof.district, roof.kind.title());
            if roof.source.trim().is_empty() {
                *silent.entry(roof.kind).or_default() += 1;
            } else {
                notes.push(format!("{title}: {}", roof.source));
            }
        }
        for (kind, count) in silent {
            notes.push(format!("{}: {count} without a source for their area", kind.title()));
        }
        notes
    }
}

/// A district's yield: given, or that of one kW of modules under the synthetic year of a station.
fn yield_of(district: &District) -> Result<DistrictYield> {
    if let Some(kwh_per_kw) = district.yield_kwh_per_kw {
        return Ok(DistrictYield { name: district.name.clone(), kwh_per_kw, from: "given".into() });
    }
    let (station, far) = match (&district.climate, district.latitude, district.longitude) {
        (Some(name), ..) => (climate::station(name)?, String::new()),
        (None, Some(latitude), Some(longitude)) => {
            let near = climate::nearest(latitude, longitude, None)?;
            (near.station, format!(", {:.0} km away", near.distance_km))
        }
        _ => {
            return Err(Error::Climate {
                problem: format!("district {} has neither yield nor place", district.name),
                fix: "give yield_kwh_per_kw, climate, or latitude and longitude".into(),
            });
        }
    };
    // One kW with every default of a park file.
    let park = format!(
        "[site]\nlatitude = {:?}\nlongitude = {:?}\n[[array]]\ncapacity_kw = 1.0\ntilt_deg = {:?}\nazimuth_deg = {:?}\n",
        district.latitude.unwrap_or(station.site.latitude),
        district.longitude.unwrap_or(station.site.longitude),
        district.tilt_deg,
        district.azimuth_deg
    );
    let plant = Plant::from_toml(&park, &district.name)?;
    let year = plant.simulate(&Weather::synthetic(station, SYNTHETIC_YEAR, 1)?)?;
    Ok(DistrictYield {
        name: district.name.clone(),
        kwh_per_kw: year.specific_yield_kwh_per_kw,
        from: format!(
            "simulated on the climate of {}{far}, tilt {} degrees, azimuth {}",
            station.name, district.tilt_deg, district.azimuth_deg
        ),
    })
}
