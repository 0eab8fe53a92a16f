//! Refuses regions that cannot be, and says why.

use super::Region;
use crate::carbon;
use crate::error::{Error, Result};
use crate::plant::MAX_W_PER_M2;
use crate::weather::climate;
use crate::words::did_you_mean;

/// The longest time that a plan goes over, years.
const LONGEST: i32 = 100;

impl Region {
    /// Checks every number against its range, and what has to go together.
    ///
    /// # Errors
    /// [`Error::Config`] names the first key that cannot be, its value and what is allowed; file and line stay empty.
    pub fn validate(&self) -> Result<()> {
        number("base_year", f64::from(self.base_year), 1990.0, 2200.0, "")?;
        number("target.capacity_kw", self.target.capacity_kw, f64::MIN_POSITIVE, 1e9, "kW")?;
        if self.target.year <= self.base_year || self.target.year - self.base_year > LONGEST {
            let problem = format!("must lie after base_year = {}, by {LONGEST} years at most", self.base_year);
            return Err(refused("target.year", &self.target.year.to_string(), problem));
        }
        carbon::resolve(&self.carbon)?;
        self.check_districts()?;
        if self.roof.is_empty() {
            return Err(refused("roof", "", "missing; a region needs at least one [[roof]]".into()));
        }
        for index in 0..self.roof.len() {
            self.check_roof(index)?;
        }
        Ok(())
    }

    fn check_districts(&self) -> Result<()> {
        if self.district.is_empty() {
            return Err(refused("district", "", "missing; a region needs at least one [[district]]".into()));
        }
        for (index, district) in self.district.iter().enumerate() {
            let key = |name: &str| format!("district[{index}].{name}");
            if district.name.trim().is_empty() {
                return Err(refused(&key("name"), "\"\"", "empty; roofs name their district".into()));
            }
            if self.district.iter().take(index).any(|other| other.name == district.name) {
                return Err(refused(&key("name"), &district.name, "another district has this name".into()));
            }
            number(&key("tilt_deg"), district.tilt_deg, 0.0, 90.0, "degrees from horizontal")?;
            number(&key("azimuth_deg"), district.azimuth_deg, 0.0, 360.0, "degrees clockwise from north")?;
            optional(&key("yield_kwh_per_kw"), district.yield_kwh_per_kw, 1.0, 3000.0, "kWh/kW")?;
            optional(&key("latitude"), district.latitude, -90.0, 90.0, "degrees north")?;
            optional(&key("longitude"), district.longitude, -180.0, 180.0, "degrees east")?;
            match (district.yield_kwh_per_kw, &district.climate, district.latitude, district.longitude) {
                (Some(_), ..) | (_, None, Some(_), Some(_)) => {}
                (None, Some(name), ..) => {
                    climate::station(name).map_err(|error| refused(&key("climate"), name, error.to_string()))?;
                }
                _ => {
                    let problem = "has no yield: give yield_kwh_per_kw, climate, or latitude and longitude";
                    return Err(refused(&format!("district[{index}]"), &district.name, problem.into()));
                }
            }
        }
        Ok(())
    }

    fn check_roof(&self, index: usize) -> Result<()> {
        let Some(roof) = self.roof.get(index) else { return Ok(()) };
        let key = |name: &str| format!("roof[{index}].{name}");
        let districts = || self.district.iter().map(|district| district.name.as_str());
        if !districts().any(|name| name == roof.district) {
            let list = districts().collect::<Vec<_>>().join(", ");
            let problem = format!("no such district{}; there are {list}", did_you_mean(&roof.district, districts()));
            return Err(refused(&key("district"), &roof.district, problem));
        }
        number(&key("area_m2"), roof.area_m2, 0.0, 1e11, "m2")?;
        number(&key("new_m2_per_year"), roof.new_m2_per_year, 0.0, 1e10, "m2 a year")?;
        if roof.area_m2 == 0.0 && roof.new_m2_per_year == 0.0 {
            return Err(refused(&key("area_m2"), "", "give area_m2, new_m2_per_year or both".into()));
        }
        number(&key("usable_share"), roof.usable_share, 0.0, 1.0, "as a fraction")?;
        // 10 W: less is no module but a slip of units.
        number(&key("w_per_m2"), roof.w_per_m2, 10.0, MAX_W_PER_M2, "W of modules a m2 of covered roof")?;
        let share = |name: &str, value: f64| {
            number(&key(name), value, 0.0, 1.0, "as a fraction")?;
            if value > roof.usable_share {
                let problem =
                    format!("more than usable_share = {}: coverage is a share of all roof area", roof.usable_share);
                return Err(refused(&key(name), &value.to_string(), problem));
            }
            Ok(())
        };
        if let Some(value) = roof.new_coverage {
            share("new_coverage", value)?;
        }
        if let (Some(_), false) = (roof.coverage, roof.path.is_empty()) {
            return Err(refused(&key("path"), "", "coverage is given too; drop one of the two".into()));
        }
        if let Some(value) = roof.coverage {
            share("coverage", value)?;
        }
        for (step, (year, value)) in roof.path.iter().enumerate() {
            let before = step.checked_sub(1).and_then(|before| roof.path.get(before));
            let last = before.map_or(self.base_year, |(year, _)| *year);
            if *year <= last && step > 0 || *year < self.base_year {
                let problem = format!("years must rise from base_year = {} on", self.base_year);
                return Err(refused(&key(&format!("path[{step}]")), &year.to_string(), problem));
            }
            share(&format!("path[{step}]"), *value)?;
        }
        let preset = self.preset.and_then(|preset| preset.coverage(roof.kind));
        if roof.coverage.is_none() && roof.path.is_empty() {
            let Some(value) = preset else {
                // New roofs alone may have only a coverage of their own.
                if roof.area_m2 == 0.0 && roof.new_coverage.is_some() {
                    return Ok(());
                }
                let problem = "missing; give coverage or path: no preset has a share for this kind";
                return Err(refused(&key("coverage"), "", problem.into()));
            };
            share("coverage", value)?;
        }
        Ok(())
    }
}

fn optional(key: &str, value: Option<f64>, min: f64, max: f64, unit: &str) -> Result<()> {
    value.map_or(Ok(()), |value| number(key, value, min, max, unit))
}

fn number(key: &str, value: f64, min: f64, max: f64, unit: &str) -> Result<()> {
    if value >= min && value <= max {
        return Ok(());
    }
    let hint = if max == 1.0 && value > 1.0 && value <= 100.0 {
        format!("; per cent are {}", value / 100.0)
    } else {
        String::new()
    };
    let range =
        if min == f64::MIN_POSITIVE { format!("more than 0, at most {max}") } else { format!("{min} to {max}") };
    Err(refused(key, &value.to_string(), format!("allowed is {}{hint}", format!("{range} {unit}").trim())))
}

fn refused(key: &str, value: &str, problem: String) -> Error {
    Error::Config { file: String::new(), line: None, key: key.to_owned(), value: value.to_owned(), problem }
}
