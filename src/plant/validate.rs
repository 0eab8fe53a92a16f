//! Refuses plants that cannot be, and says why.

use super::rules::{Rule, rule_named};
use super::{
    Albedo, Array, CarbonChoice, ClearSkyFigures, GlassFigures, Grid, Inverter, Letid, Lifetime, Losses, Models, Plant,
    PlantSite, SensorPlane, Snow, Soiling, Stated, ThermalFigures, TownsendRow, Tracking, TransformerFigures,
    WeatherChoice,
};
use crate::error::{Error, Result};
use crate::inverter::WithinHour;
use crate::plane::{Hsu, Kimber, SnowCover, Spectrum};

/// The most DC power that a square metre of roof can carry, W: 25 % of the 1000 W/m2 of standard
/// test conditions. The best modules on sale reach 24 to 25 % (`TaiyangNews`, TOP SOLAR MODULES
/// H1-2024: 24.2 %), and no roof is tiled with modules without a gap. Real roofs carry 80 to 200.
pub const MAX_W_PER_M2: f64 = 250.0;

/// Between what W/m2 a mended area or capacity has to come out to be named as the likely slip.
const USUAL_W_PER_M2: std::ops::RangeInclusive<f64> = 40.0..=MAX_W_PER_M2;

/// How far `inverter.capacity_kw` and `inverter.dc_ac_ratio` may differ where both are given.
const SAME_RATIO: f64 = 0.01;

/// A number of a park file, given or not.
trait Number: Copy {
    fn given(self) -> Option<f64>;
}

impl Number for f64 {
    fn given(self) -> Option<f64> {
        Some(self)
    }
}

impl Number for u32 {
    fn given(self) -> Option<f64> {
        Some(f64::from(self))
    }
}

impl Number for i32 {
    fn given(self) -> Option<f64> {
        Some(f64::from(self))
    }
}

impl<N: Number> Number for Option<N> {
    fn given(self) -> Option<f64> {
        self.and_then(N::given)
    }
}

/// Takes a struct apart and holds its numbers to their rules: `tilt_deg` under `"array"` to the rule of
/// `array.tilt_deg`. All fields have to stand here, those that are no numbers behind `words`: one added
/// to the struct does not compile before it does, nor a number before it has a rule. The rules are
/// looked up while compiling: every simulation checks its plant, and some are over in microseconds.
macro_rules! check_numbers {
    ($table:literal, $index:expr => $struct:ident { $($number:ident),+ $(; words $($word:ident),+)? } = $value:expr) => {{
        let $struct { $($number,)+ $($($word: _,)+)? } = $value; // An error here: a field is not in the call.
        $({
            // An item, not an inline constant, so that `cargo check` evaluates it too.
            const RULE: &Rule = rule_named(concat!($table, ".", stringify!($number)));
            check_number(RULE, $index, *$number)?;
        })+
    }};
}

impl Plant {
    /// Checks every number against its range and every pair of values that can be at odds.
    ///
    /// # Errors
    /// [`Error::Config`] names the first key that cannot be, its value and what is allowed; file and
    /// line stay empty (see [`locate`](super::locate)).
    pub fn validate(&self) -> Result<()> {
        self.check_swapped_site()?;
        self.check_numbers()?;
        if self.array.is_empty() {
            return Err(refused("array", String::new(), "missing; a park needs at least one [[array]]"));
        }
        for (index, array) in self.array.iter().enumerate() {
            check_name(&self.array, index)?;
            check_density(array, index)?;
            check_rows(array, index)?;
        }
        self.check_weather()?;
        check_inverter(&self.inverter, self.array.iter().map(|array| array.capacity_kw).sum())?;
        self.check_carbon()?;
        self.check_losses()?;
        self.check_models()
    }

    /// A range tells that 117 is no latitude, but not that the two stand in each other's place.
    fn check_swapped_site(&self) -> Result<()> {
        let (latitude, longitude) = (self.site.latitude, self.site.longitude);
        if latitude.abs() > 90.0 && latitude.abs() <= 180.0 && longitude.abs() <= 90.0 {
            let problem = format!(
                "allowed is -90 to 90 degrees north; longitude is {longitude}: are the two in each other's place?"
            );
            return Err(refused("site.latitude", latitude.to_string(), problem));
        }
        Ok(())
    }

    /// Holds every number of the plant to its rule.
    fn check_numbers(&self) -> Result<()> {
        let Self {
            name: _,
            site,
            weather,
            array,
            inverter,
            losses,
            soiling,
            snow,
            albedo,
            clear_sky,
            spectrum,
            letid,
            grid,
            lifetime,
            models,
            carbon,
            stated,
        } = self;
        // No numbers but the sensor's, which stand below.
        let WeatherChoice { climate: _, file: _, limits: _, sensor } = weather;
        let Models {
            preset: _,
            decomposition: _,
            airmass: _,
            transposition: _,
            incidence: _,
            temperature: _,
            power: _,
            transient: _,
        } = models;

        check_numbers!("site", None => PlantSite {
            latitude, longitude, elevation_m, utc_offset_h; words linke_turbidity
        } = site);
        for (index, array) in array.iter().enumerate() {
            check_numbers!("array", Some(index) => Array {
                roof_area_m2, capacity_kw, voltage_v, tilt_deg, azimuth_deg, gamma_pdc, albedo, gcr, max_angle_deg, bifaciality;
                words name, mounting, module, module_file, tracking, glass, thermal, parameters
            } = array);
            if let Some(glass) = &array.glass {
                check_numbers!("array.glass", Some(index) => GlassFigures {
                    ashrae_b, martin_ruiz_a_r; words aoi, modifier
                } = glass);
            }
            if let Some(thermal) = &array.thermal {
                check_numbers!("array.thermal", Some(index) => ThermalFigures {
                    u0, u1, emissivity, sky_view, a, b, delta_t, u_c, u_v, alpha_absorption, noct, module_efficiency
                } = thermal);
            }
        }
        check_numbers!("inverter", None => Inverter {
            capacity_kw, dc_ac_ratio, efficiency, voltage_v, power_factor, reactive_kvar;
            words model, name, file, clipping, within_hour, derating, parameters
        } = inverter);
        check_numbers!("inverter.within_hour", None => WithinHour {
            ceiling, spread, restlessness
        } = &inverter.within_hour);
        if let Some(sensor) = sensor {
            check_numbers!("weather.sensor", None => SensorPlane { tilt_deg, azimuth_deg, albedo } = sensor);
        }
        check_numbers!("grid", None => Grid { limit_kw, night_kw; words transformer } = grid);
        if let Some(transformer) = &grid.transformer {
            check_numbers!("grid.transformer", None => TransformerFigures {
                rating_kw, no_load_loss, load_loss
            } = transformer);
        }
        if let Some(letid) = letid {
            check_numbers!("letid", None => Letid { loss, injection, degraded, regenerated } = letid);
        }
        check_numbers!("albedo", None => Albedo { snow; words model, monthly, water } = albedo);
        check_numbers!("losses", None => Losses {
            soiling, shading, snow, mismatch, wiring, connections, lid, nameplate_rating, age, availability, ac, dc_ohmic,
            ac_ohmic
        } = losses);
        check_numbers!("soiling", None => Soiling { pm2_5_ug_m3, pm10_ug_m3; words model, monthly, hsu, kimber } = soiling);
        check_numbers!("soiling.hsu", None => Hsu {
            cleaning_threshold_mm, rain_accum_h, velocity_pm2_5_m_s, velocity_pm10_m_s
        } = &soiling.hsu);
        check_numbers!("soiling.kimber", None => Kimber {
            cleaning_threshold_mm, soiling_loss_rate, grace_period_days, max_soiling, initial_soiling, rain_accum_h
        } = &soiling.kimber);
        check_numbers!("snow", None => Snow { strings; words model, nrel, townsend } = snow);
        check_numbers!("snow.nrel", None => SnowCover {
            threshold_snowfall_cm_h, threshold_depth_cm, can_slide_coefficient, slide_amount_coefficient
        } = &snow.nrel);
        if let Some(row) = &snow.townsend {
            check_numbers!("snow.townsend", None => TownsendRow {
                slant_height_m, lower_edge_height_m, string_factor, angle_of_repose_deg
            } = row);
        }
        check_numbers!("spectrum", None => Spectrum { aod500; words model, module } = spectrum);
        check_numbers!("clear_sky", None => ClearSkyFigures {
            aod380, aod500, aod700, precipitable_water_cm, ozone_cm; words model
        } = clear_sky);
        check_numbers!("lifetime", None => Lifetime { years, degradation, first_year } = lifetime);
        check_numbers!("carbon", None => CarbonChoice {
            year, factor_kg_per_kwh; words region, factor_source
        } = carbon);
        check_numbers!("stated", None => Stated { annual_kwh, coal_t, co2_t } = stated);
        Ok(())
    }

    fn check_weather(&self) -> Result<()> {
        let weather = &self.weather;
        if let (Some(climate), Some(file)) = (&weather.climate, &weather.file) {
            let problem =
                format!("weather.climate = {climate:?} is given too; one of the two can be used: drop the other");
            return Err(refused("weather.file", format!("{file:?}"), problem));
        }
        for (key, value) in [("weather.climate", &weather.climate), ("weather.file", &weather.file)] {
            if value.as_ref().is_some_and(|text| text.trim().is_empty()) {
                let problem = "empty; give a name, or drop the line to use the nearest station";
                return Err(refused(key, String::from("\"\""), problem));
            }
        }
        Ok(())
    }

    fn check_carbon(&self) -> Result<()> {
        match (&self.carbon.factor_source, self.carbon.factor_kg_per_kwh) {
            (Some(source), None) => {
                let problem = "names the source of carbon.factor_kg_per_kwh, which is missing; give both, or drop the \
                               line to use the grid factor of region and year";
                Err(refused("carbon.factor_source", format!("{source:?}"), problem))
            }
            _ => Ok(()),
        }
    }

    fn check_losses(&self) -> Result<()> {
        let Losses {
            soiling,
            shading,
            snow,
            mismatch,
            wiring,
            connections,
            lid,
            nameplate_rating,
            age,
            availability,
            ac,
            dc_ohmic,
            ac_ohmic,
        } = self.losses;
        let all = [
            soiling,
            shading,
            snow,
            mismatch,
            wiring,
            connections,
            lid,
            nameplate_rating,
            age,
            availability,
            ac,
            dc_ohmic,
            ac_ohmic,
        ];
        let sum: f64 = all.iter().sum();
        if sum >= 1.0 {
            let problem = "the losses together take everything: their sum must stay below 1 (PVWatts: 0.15)";
            return Err(refused("losses", format!("{sum:.3} in all"), problem));
        }
        Ok(())
    }
}

#[inline(always)]
fn check_number(rule: &Rule, index: Option<usize>, number: impl Number) -> Result<()> {
    match number.given() {
        Some(value) if !rule.allows(value) => Err(out_of_range(rule, index, value)),
        _ => Ok(()),
    }
}

/// Apart from the check, so that a number within its range costs no more than the comparison.
#[cold]
fn out_of_range(rule: &Rule, index: Option<usize>, value: f64) -> Error {
    let key = match (index, rule.key.split_once('.')) {
        (Some(index), Some((table, name))) => format!("{table}[{index}].{name}"),
        _ => rule.key.to_owned(),
    };
    refused(&key, value.to_string(), format!("allowed is {}", rule.allowed_instead_of(value)))
}

fn check_name(arrays: &[Array], index: usize) -> Result<()> {
    let name = &arrays[index].name;
    match arrays[..index].iter().position(|other| !name.is_empty() && other.name == *name) {
        Some(first) => {
            let problem = format!("array[{first}] has that name already; every array needs its own");
            Err(refused(&format!("array[{index}].name"), format!("{name:?}"), problem))
        }
        None => Ok(()),
    }
}

fn check_density(array: &Array, index: usize) -> Result<()> {
    let Some(area_m2) = array.roof_area_m2 else { return Ok(()) };
    let density = array.capacity_kw * 1000.0 / area_m2;
    if density <= MAX_W_PER_M2 {
        return Ok(());
    }
    let slips = [
        ("capacity in W where kW is asked", 1e-3),
        ("area in mu (1 mu = 666.7 m2)", 3.0 / 2000.0),
        ("area in units of 10 000 m2", 1e-4),
        ("area short of two zeros", 1e-2),
        ("area or capacity off by one digit", 1e-1),
    ];
    let likely: Vec<&str> = slips
        .iter()
        .filter(|(_, factor)| USUAL_W_PER_M2.contains(&(density * factor)))
        .map(|(slip, _)| *slip)
        .collect();
    let slip = match likely.as_slice() {
        [] => String::from("check the units: kW, not W, and m2, not mu (666.7 m2)"),
        found => format!("likely slip: {}; check kW against W, and m2 against mu", found.join(", or ")),
    };
    let problem = format!(
        "on {area_m2} m2 that is {density:.0} W/m2, and no roof holds more than {MAX_W_PER_M2} (modules of 25 %, \
         the best on sale, without a gap): at most {:.0} kW here, or at least {:.0} m2 for this capacity; {slip}",
        area_m2 * MAX_W_PER_M2 / 1000.0,
        array.capacity_kw * 1000.0 / MAX_W_PER_M2,
    );
    Err(refused(&format!("array[{index}].capacity_kw"), array.capacity_kw.to_string(), problem))
}

fn check_rows(array: &Array, index: usize) -> Result<()> {
    if array.gcr.is_none() && (array.bifaciality.is_some() || array.tracking == Tracking::Backtracking) {
        let problem =
            "missing; light on the back of modules and trackers that turn back need the ground coverage ratio";
        return Err(refused(&format!("array[{index}].gcr"), String::new(), problem));
    }
    if array.max_angle_deg.is_some() && array.tracking == Tracking::None {
        let problem = "only trackers turn; give array.tracking too, or drop the line";
        return Err(refused(&format!("array[{index}].max_angle_deg"), String::new(), problem));
    }
    Ok(())
}

fn check_inverter(inverter: &Inverter, dc_kw: f64) -> Result<()> {
    const RATIO: &Rule = rule_named("inverter.dc_ac_ratio");
    let Some(ac_kw) = inverter.capacity_kw else { return Ok(()) };
    let ratio = dc_kw / ac_kw;
    if let Some(stated) = inverter.dc_ac_ratio
        && (ratio / stated - 1.0).abs() > SAME_RATIO
    {
        let problem = format!(
            "inverter.capacity_kw = {ac_kw} is given too and makes it {ratio:.3} ({dc_kw} kW DC over {ac_kw} kW AC); \
             drop one of the two"
        );
        return Err(refused("inverter.dc_ac_ratio", stated.to_string(), problem));
    }
    if !RATIO.allows(ratio) {
        let problem = format!(
            "{dc_kw} kW of modules on it are {ratio:.3} kW DC per kW AC; allowed is {}: {:.0} to {:.0} kW",
            RATIO.allowed(),
            dc_kw / 3.0,
            dc_kw / 0.5
        );
        return Err(refused("inverter.capacity_kw", ac_kw.to_string(), problem));
    }
    Ok(())
}

pub(super) fn refused(key: &str, value: String, problem: impl Into<String>) -> Error {
    Error::Config { file: String::new(), line: None, key: key.to_owned(), value, problem: problem.into() }
}
