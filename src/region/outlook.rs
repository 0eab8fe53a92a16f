//! Capacity, energy, coal and CO2 of a region's roofs, year by year.

use serde::Serialize;

use super::{CapacityTarget, District, Region, Roof};
use crate::carbon::{COAL_CONVENTIONS, CoalConvention, Factor, resolve};
use crate::error::Result;
use crate::plant::Plant;
use crate::weather::{Weather, climate};

/// A year of a region's roofs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearOutlook {
    /// Calendar year.
    pub year: i32,
    /// Capacity at its end, kW.
    pub capacity_kw: f64,
    /// Energy of a year with all of it, kWh.
    pub ac_kwh: f64,
    /// Standard coal of that energy, t.
    pub coal_t: f64,
    /// CO2 of that energy, t.
    pub co2_t: f64,
    /// Each district by itself.
    pub districts: Vec<DistrictYear>,
}

/// A year of a district's roofs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DistrictYear {
    /// The district.
    pub name: String,
    /// Energy of a kilowatt a year, kWh.
    pub yield_kwh_per_kw: f64,
    /// Capacity of each kind of roof, in the district's order, kW.
    pub capacity_kw: Vec<f64>,
}

/// What a region's roofs can do, and what its target asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outlook {
    /// Year by year.
    pub years: Vec<YearOutlook>,
    /// The emission factor.
    pub factor: Factor,
    /// The coal convention.
    pub coal: CoalConvention,
    /// The target, where one is stated.
    pub target: Option<CapacityTarget>,
    /// Capacity short of the target in its year, kW; below zero what is beyond it.
    pub gap_kw: Option<f64>,
    /// All coverage would have to be so many times what it is for the target; none without any roof. Above what makes any
    /// share more than 1 it cannot be.
    pub coverage_times: Option<f64>,
    /// New roofs that would close the gap at the coverage and density that new roofs have on average in the target's year, m2.
    pub missing_new_roof_m2: Option<f64>,
}

impl Region {
    /// Runs the outlook; districts without a yield of their own are simulated.
    ///
    /// # Errors
    /// Those of [`Region::validate`] and [`resolve`]; [`Error::Climate`](crate::Error::Climate) where no station is near.
    pub fn outlook(&self) -> Result<Outlook> {
        self.validate()?;
        let factor = resolve(&self.carbon)?;
        let coal = COAL_CONVENTIONS.iter().filter(|c| c.year.is_some()).max_by_key(|c| c.year).copied();
        let coal = coal.unwrap_or(COAL_CONVENTIONS[0]);
        let yields: Vec<f64> = self.district.iter().map(District::specific_yield).collect::<Result<_>>()?;
        let years: Vec<YearOutlook> =
            (self.first_year..=self.last_year).map(|year| self.year(year, &yields, &factor, &coal)).collect();
        let mut outlook = Outlook {
            years,
            factor,
            coal,
            target: self.target,
            gap_kw: None,
            coverage_times: None,
            missing_new_roof_m2: None,
        };
        if let Some(target) = self.target {
            let reached = outlook.years.iter().find(|year| year.year == target.year).map_or(0.0, |y| y.capacity_kw);
            let gap = target.capacity_kw - reached;
            outlook.gap_kw = Some(gap);
            outlook.coverage_times = (reached > 0.0).then(|| target.capacity_kw / reached);
            outlook.missing_new_roof_m2 = self.kw_of_new_m2(target.year).map(|kw| gap.max(0.0) / kw);
        }
        Ok(outlook)
    }

    fn year(&self, year: i32, yields: &[f64], factor: &Factor, coal: &CoalConvention) -> YearOutlook {
        let districts: Vec<DistrictYear> = self
            .district
            .iter()
            .zip(yields)
            .map(|(district, &yield_kwh_per_kw)| DistrictYear {
                name: district.name.clone(),
                yield_kwh_per_kw,
                capacity_kw: district.roof.iter().map(|roof| roof.capacity_kw(self.first_year, year)).collect(),
            })
            .collect();
        let of = |district: &DistrictYear| district.capacity_kw.iter().sum::<f64>();
        let ac_kwh: f64 = districts.iter().map(|district| of(district) * district.yield_kwh_per_kw).sum();
        YearOutlook {
            year,
            capacity_kw: districts.iter().map(of).sum(),
            ac_kwh,
            coal_t: ac_kwh * coal.kgce_per_kwh / 1000.0,
            co2_t: ac_kwh * factor.value / 1000.0,
            districts,
        }
    }

    /// Capacity on a square metre of new roof in a year, as the kinds are mixed, kW; none where nothing new is covered.
    fn kw_of_new_m2(&self, year: i32) -> Option<f64> {
        let roofs = || self.district.iter().flat_map(|district| &district.roof);
        let area: f64 = roofs().map(|roof| roof.new_m2_per_year).sum();
        let kw: f64 =
            roofs().map(|roof| roof.new_m2_per_year * roof.kw_per_m2() * share(&roof.new_coverage, year)).sum();
        (kw > 0.0).then(|| kw / area)
    }
}

impl Roof {
    /// Power on a covered square metre, kW.
    fn kw_per_m2(&self) -> f64 {
        self.usable_share * self.w_per_m2 / 1000.0
    }

    /// Capacity at the end of a year, kW.
    fn capacity_kw(&self, first_year: i32, year: i32) -> f64 {
        // P = u d (S cₛ(y) + Σₖ N cₙ(k))
        let new: f64 = (first_year..=year).map(|built| self.new_m2_per_year * share(&self.new_coverage, built)).sum();
        self.kw_per_m2() * (self.stock_m2 * share(&self.stock_coverage, year) + new)
    }
}

impl District {
    /// Energy of a kilowatt a year, kWh: as given, or simulated in the default models under the nearest station's mean year.
    fn specific_yield(&self) -> Result<f64> {
        if let Some(given) = self.yield_kwh_per_kw {
            return Ok(given);
        }
        let near = climate::nearest(self.latitude, self.longitude, None)?;
        let azimuth = if self.latitude < 0.0 { 0.0 } else { 180.0 };
        let plant = Plant::from_toml(
            &format!(
                "[site]\nlatitude = {:?}\nlongitude = {:?}\n[[array]]\ncapacity_kw = 1.0\ntilt_deg = {:?}\nazimuth_deg = {azimuth:?}\n",
                self.latitude, self.longitude, self.tilt_deg
            ),
            "district",
        )?;
        Ok(plant.simulate(&Weather::synthetic(near.station, 2025, 1)?)?.specific_yield_kwh_per_kw)
    }
}

/// A share in a year: straight between points, the same beyond them, none without points.
fn share(points: &[(i32, f64)], year: i32) -> f64 {
    let after = points.partition_point(|(at, _)| *at <= year);
    match (after.checked_sub(1).and_then(|before| points.get(before)), points.get(after)) {
        (Some(&(y0, s0)), Some(&(y1, s1))) => {
            s0 + (s1 - s0) * (f64::from(year) - f64::from(y0)) / (f64::from(y1) - f64::from(y0))
        }
        (Some(&(_, only)), None) | (None, Some(&(_, only))) => only,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::RoofKind;

    fn by_hand() -> Region {
        let roof = Roof {
            kind: RoofKind::Factory,
            stock_m2: 1e6,
            new_m2_per_year: 1e5,
            stock_coverage: vec![(2022, 0.0), (2026, 0.4)],
            new_coverage: vec![(2022, 0.5)],
            usable_share: 0.5,
            w_per_m2: 200.0,
        };
        let district = District {
            name: "D".into(),
            latitude: 25.9,
            longitude: 116.0,
            yield_kwh_per_kw: Some(1000.0),
            tilt_deg: 10.0,
            roof: vec![roof],
        };
        Region {
            name: "R".into(),
            first_year: 2022,
            last_year: 2025,
            target: Some(CapacityTarget { year: 2025, capacity_kw: 60_000.0 }),
            carbon: crate::plant::CarbonChoice { region: Some("Jiangxi".into()), ..Default::default() },
            district: vec![district],
        }
    }

    #[test]
    fn capacities_and_gaps_by_hand() {
        let outlook = by_hand().outlook().unwrap();
        // 0.1 kW/m2; 2025: 0.3 of 1 km2 and half of four years' 0.1 km2: 300 000 + 200 000 m2.
        let last = outlook.years.last().unwrap();
        approx::assert_relative_eq!(last.capacity_kw, 50_000.0, max_relative = 1e-12);
        approx::assert_relative_eq!(last.co2_t, 50e6 * 0.5836 / 1000.0, max_relative = 1e-12);
        approx::assert_relative_eq!(last.coal_t, 50e6 * 0.300 / 1000.0, max_relative = 1e-12);
        approx::assert_relative_eq!(outlook.gap_kw.unwrap(), 10_000.0, max_relative = 1e-9);
        approx::assert_relative_eq!(outlook.coverage_times.unwrap(), 1.2, max_relative = 1e-12);
        // 10 MW at 0.05 kW on each square metre of new roof.
        approx::assert_relative_eq!(outlook.missing_new_roof_m2.unwrap(), 200_000.0, max_relative = 1e-9);
        approx::assert_relative_eq!(outlook.years[0].capacity_kw, 5000.0, max_relative = 1e-12);
    }

    #[test]
    fn a_yield_that_is_not_given_is_simulated() {
        let mut region = by_hand();
        region.district[0].yield_kwh_per_kw = None;
        let found = region.outlook().unwrap().years[0].districts[0].yield_kwh_per_kw;
        assert!((850.0..1150.0).contains(&found), "{found}");
        // No roofs, no gap to close with them.
        region.district[0].roof.clear();
        let empty = region.outlook().unwrap();
        assert_eq!((empty.coverage_times, empty.missing_new_roof_m2), (None, None));
        assert_eq!(empty.gap_kw, Some(60_000.0));
    }
}
