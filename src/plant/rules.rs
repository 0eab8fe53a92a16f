//! What every number of a park file may be, in one table: the check, the text of the error and the
//! hint at the likely slip all come from here.

use std::ops::Bound::{self, Excluded, Included};

use serde::de::DeserializeOwned;

use super::{
    AirmassModel, AlbedoModel, Clipping, Decomposition, Incidence, InverterModel, Mounting, PowerModel, Preset,
    SnowModel, SoilingModel, TemperatureModel, Tracking, Transient, Transposition,
};
use crate::plane::{SpectralModel, SpectralModule, WaterSurface};
use crate::sky::ClearSkyModel;
use crate::weather::IrradianceLimits;

/// The range of one number.
pub(super) struct Rule {
    /// The key with its table, without the array's index.
    pub key: &'static str,
    min: Bound<f64>,
    max: Bound<f64>,
    unit: &'static str,
    hint: Hint,
}

/// What a number out of range was probably meant to be.
#[derive(Clone, Copy)]
enum Hint {
    None,
    Fraction,
    Azimuth,
    Gamma,
    KiloWatt,
    Factor,
    Hours,
}

/// Largest grid factor that any fuel reaches, kg CO2/kWh: lignite at 30 % efficiency gives about 1.3.
const MAX_FACTOR_KG_PER_KWH: f64 = 2.0;

const fn rule(key: &'static str, min: f64, max: f64, unit: &'static str, hint: Hint) -> Rule {
    Rule { key, min: Included(min), max: Included(max), unit, hint }
}

const fn above_zero(key: &'static str, max: f64, unit: &'static str, hint: Hint) -> Rule {
    Rule { key, min: Excluded(0.0), max: Included(max), unit, hint }
}

/// A loss may be nothing but never everything.
const fn loss(key: &'static str) -> Rule {
    Rule { key, min: Included(0.0), max: Excluded(1.0), unit: "as a fraction", hint: Hint::Fraction }
}

/// Stated figures are there to be doubted, so only what cannot be a figure at all is refused.
const fn stated(key: &'static str, unit: &'static str) -> Rule {
    above_zero(key, f64::MAX, unit, Hint::None)
}

pub(super) const RULES: &[Rule] = &[
    rule("site.latitude", -90.0, 90.0, "degrees north", Hint::None),
    rule("site.longitude", -180.0, 180.0, "degrees east", Hint::None),
    rule("site.elevation_m", -450.0, 9000.0, "m", Hint::None),
    rule("site.utc_offset_h", -12.0, 14.0, "hours", Hint::Hours),
    rule("weather.sensor.tilt_deg", 0.0, 90.0, "degrees from horizontal", Hint::None),
    rule("weather.sensor.azimuth_deg", 0.0, 360.0, "degrees clockwise from north", Hint::Azimuth),
    rule("weather.sensor.albedo", 0.0, 1.0, "as a fraction", Hint::Fraction),
    above_zero("array.roof_area_m2", 1e9, "m2", Hint::None),
    // 10 GW: more than any plant on Earth, so whoever writes more meant another unit.
    above_zero("array.capacity_kw", 1e7, "kW", Hint::KiloWatt),
    rule("array.voltage_v", 1.0, 5000.0, "V", Hint::None),
    rule("array.tilt_deg", 0.0, 90.0, "degrees from horizontal", Hint::None),
    rule("array.azimuth_deg", 0.0, 360.0, "degrees clockwise from north", Hint::Azimuth),
    rule("array.gamma_pdc", -0.01, 0.0, "1/K", Hint::Gamma),
    rule("array.albedo", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("array.gcr", 0.01, 1.0, "of slope over pitch", Hint::None),
    rule("array.max_angle_deg", 1.0, 90.0, "degrees", Hint::None),
    rule("array.bifaciality", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("array.glass.ashrae_b", 0.0, 0.5, "", Hint::None),
    rule("array.glass.martin_ruiz_a_r", 0.05, 0.5, "", Hint::None),
    // Measured modules have 15 to 40, and PVsyst's least is 15 too.
    rule("array.thermal.u0", 5.0, 100.0, "W/(m2 K)", Hint::None),
    rule("array.thermal.u1", 0.0, 30.0, "W s/(m3 K)", Hint::None),
    rule("array.thermal.emissivity", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("array.thermal.sky_view", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("array.thermal.a", -6.0, -1.0, "", Hint::None),
    rule("array.thermal.b", -0.5, 0.0, "s/m", Hint::None),
    rule("array.thermal.delta_t", -5.0, 20.0, "K", Hint::None),
    rule("array.thermal.u_c", 5.0, 100.0, "W/(m2 K)", Hint::None),
    rule("array.thermal.u_v", 0.0, 30.0, "W s/(m3 K)", Hint::None),
    above_zero("array.thermal.alpha_absorption", 1.0, "as a fraction", Hint::Fraction),
    rule("array.thermal.noct", 30.0, 90.0, "degC", Hint::None),
    above_zero("array.thermal.module_efficiency", 0.5, "as a fraction", Hint::Fraction),
    above_zero("inverter.capacity_kw", 2e7, "kW", Hint::KiloWatt),
    rule("inverter.dc_ac_ratio", 0.5, 3.0, "kW DC per kW AC", Hint::None),
    rule("inverter.efficiency", 0.5, 1.0, "as a fraction", Hint::Fraction),
    rule("inverter.voltage_v", 1.0, 5000.0, "V", Hint::None),
    rule("inverter.power_factor", 0.1, 1.0, "", Hint::None),
    rule("inverter.reactive_kvar", -2e7, 2e7, "kvar", Hint::None),
    rule("inverter.within_hour.ceiling", 1.0, 2.0, "", Hint::None),
    rule("inverter.within_hour.spread", 0.0, 1.0, "", Hint::None),
    rule("inverter.within_hour.restlessness", 0.0, 10.0, "", Hint::None),
    rule("grid.limit_kw", 0.0, 2e7, "kW", Hint::KiloWatt),
    rule("grid.night_kw", 0.0, 1e5, "kW", Hint::KiloWatt),
    above_zero("grid.transformer.rating_kw", 2e7, "kW", Hint::KiloWatt),
    rule("grid.transformer.no_load_loss", 0.0, 0.1, "of the rating as a fraction", Hint::Fraction),
    rule("grid.transformer.load_loss", 0.0, 0.2, "of the rating as a fraction", Hint::Fraction),
    rule("letid.loss", 0.0, 0.5, "as a fraction", Hint::Fraction),
    rule("letid.injection", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("letid.degraded", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("letid.regenerated", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("albedo.snow", 0.0, 1.0, "as a fraction", Hint::Fraction),
    loss("losses.soiling"),
    loss("losses.shading"),
    loss("losses.snow"),
    loss("losses.mismatch"),
    loss("losses.wiring"),
    loss("losses.connections"),
    loss("losses.lid"),
    loss("losses.nameplate_rating"),
    loss("losses.age"),
    loss("losses.availability"),
    loss("losses.ac"),
    rule("losses.dc_ohmic", 0.0, 0.2, "as a fraction", Hint::Fraction),
    rule("losses.ac_ohmic", 0.0, 0.2, "as a fraction", Hint::Fraction),
    rule("snow.townsend.slant_height_m", 1e-3, 1000.0, "m", Hint::None),
    rule("snow.townsend.lower_edge_height_m", 0.0, 1000.0, "m", Hint::None),
    rule("snow.townsend.string_factor", 0.0, 1.0, "", Hint::Fraction),
    rule("snow.townsend.angle_of_repose_deg", 0.0, 89.0, "degrees", Hint::None),
    rule("soiling.pm2_5_ug_m3", 0.0, 5000.0, "µg/m3", Hint::None),
    rule("soiling.pm10_ug_m3", 0.0, 5000.0, "µg/m3", Hint::None),
    rule("soiling.hsu.cleaning_threshold_mm", 0.0, 1000.0, "mm", Hint::None),
    rule("soiling.hsu.rain_accum_h", 1e-3, 8784.0, "h", Hint::None),
    rule("soiling.hsu.velocity_pm2_5_m_s", 0.0, 1.0, "m/s", Hint::None),
    rule("soiling.hsu.velocity_pm10_m_s", 0.0, 1.0, "m/s", Hint::None),
    rule("soiling.kimber.cleaning_threshold_mm", 0.0, 1000.0, "mm", Hint::None),
    rule("soiling.kimber.soiling_loss_rate", 0.0, 1.0, "a day as a fraction", Hint::Fraction),
    rule("soiling.kimber.grace_period_days", 0.0, 366.0, "days", Hint::None),
    rule("soiling.kimber.max_soiling", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("soiling.kimber.initial_soiling", 0.0, 1.0, "as a fraction", Hint::Fraction),
    rule("soiling.kimber.rain_accum_h", 1e-3, 8784.0, "h", Hint::None),
    rule("snow.strings", 1.0, 100.0, "strings", Hint::None),
    rule("snow.nrel.threshold_snowfall_cm_h", 0.0, 100.0, "cm/h", Hint::None),
    rule("snow.nrel.threshold_depth_cm", 0.0, 1000.0, "cm", Hint::None),
    rule("snow.nrel.can_slide_coefficient", -1000.0, -1.0, "W/(m2 K)", Hint::None),
    rule("snow.nrel.slide_amount_coefficient", 0.0, 10.0, "", Hint::None),
    rule("spectrum.aod500", 0.0, 5.0, "", Hint::None),
    rule("clear_sky.aod380", 0.0, 2.0, "", Hint::None),
    rule("clear_sky.aod500", 0.0, 2.0, "", Hint::None),
    // The range that Solis was simplified over.
    rule("clear_sky.aod700", 0.0, 0.45, "", Hint::None),
    rule("clear_sky.precipitable_water_cm", 0.0, 10.0, "cm", Hint::None),
    rule("clear_sky.ozone_cm", 0.05, 0.6, "cm", Hint::None),
    rule("lifetime.years", 1.0, 100.0, "years", Hint::None),
    rule("lifetime.degradation", 0.0, 0.1, "a year as a fraction", Hint::Fraction),
    rule("lifetime.first_year", 0.0, 0.2, "as a fraction", Hint::Fraction),
    rule("carbon.year", 1990.0, 2100.0, "", Hint::None),
    rule("carbon.factor_kg_per_kwh", 0.0, MAX_FACTOR_KG_PER_KWH, "kg CO2/kWh", Hint::Factor),
    stated("stated.annual_kwh", "kWh a year"),
    stated("stated.coal_t", "t a year"),
    stated("stated.co2_t", "t a year"),
];

type Words = fn() -> Vec<String>;

/// The keys whose values are words, with the words that each allows.
const WORDS: &[(&str, Words)] = &[
    ("array.mounting", words::<Mounting>),
    ("array.tracking", words::<Tracking>),
    ("models.preset", words::<Preset>),
    ("models.decomposition", words::<Decomposition>),
    ("models.airmass", words::<AirmassModel>),
    ("models.transposition", words::<Transposition>),
    ("models.incidence", words::<Incidence>),
    ("models.temperature", words::<TemperatureModel>),
    ("models.power", words::<PowerModel>),
    ("models.transient", words::<Transient>),
    ("inverter.model", words::<InverterModel>),
    ("inverter.clipping", words::<Clipping>),
    ("albedo.model", words::<AlbedoModel>),
    ("albedo.water", words::<WaterSurface>),
    ("weather.limits", words::<IrradianceLimits>),
    ("soiling.model", words::<SoilingModel>),
    ("snow.model", words::<SnowModel>),
    ("clear_sky.model", words::<ClearSkyModel>),
    ("spectrum.model", words::<SpectralModel>),
    ("spectrum.module", words::<SpectralModule>),
];

/// The words that an enum allows, as its own deserialiser lists them: no second list to keep.
fn words<T: DeserializeOwned>() -> Vec<String> {
    let unknown: Result<T, serde::de::value::Error> = T::deserialize(serde::de::value::StrDeserializer::new("\u{0}"));
    // The unknown word itself is the first that the message quotes.
    unknown.err().map_or_else(Vec::new, |error| quoted(&error.to_string()).skip(1).map(str::to_owned).collect())
}

/// The words between backticks in a message of serde's.
pub(super) fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

impl Rule {
    #[inline(always)]
    pub(super) fn allows(&self, value: f64) -> bool {
        let above = match self.min {
            Included(min) => value >= min,
            Excluded(min) => value > min,
            Bound::Unbounded => true,
        };
        let below = match self.max {
            Included(max) => value <= max,
            Excluded(max) => value < max,
            Bound::Unbounded => true,
        };
        // NaN fails both comparisons.
        above && below && value.is_finite()
    }

    /// The range in words, as `0 to 90 degrees from horizontal`.
    pub(super) fn allowed(&self) -> String {
        let range = match (self.min, self.max) {
            (Excluded(min), Included(max)) if max == f64::MAX => format!("more than {min}"),
            (Excluded(min), Included(max)) => format!("more than {min}, at most {max}"),
            (Included(min), Excluded(max)) => format!("{min} to less than {max}"),
            (Included(min), Included(max)) => format!("{min} to {max}"),
            _ => String::from("any number"),
        };
        if self.unit.is_empty() { range } else { format!("{range} {}", self.unit) }
    }

    /// The allowed range, and what was probably meant by a value that lies outside.
    pub(super) fn allowed_instead_of(&self, value: f64) -> String {
        let hint = if value.is_finite() { self.hint(value) } else { String::new() };
        format!("{}{hint}", self.allowed())
    }

    fn hint(&self, value: f64) -> String {
        match self.hint {
            Hint::Fraction if value > 0.0 && value <= 100.0 => {
                format!("; a fraction, not per cent: {value} % is {}", tidy(value / 100.0))
            }
            Hint::Azimuth if (-180.0..0.0).contains(&value) => format!(
                "; 0 is north and the count runs clockwise (90 east, 180 south, 270 west); \
                 PVGIS counts from south: its {value} is {} here",
                tidy(value + 180.0)
            ),
            Hint::Gamma if value > 0.0 => String::from("; power falls as cells warm, so the sign is minus, as -0.0035"),
            Hint::Gamma if value >= -1.0 => {
                format!("; per K as a fraction, not per cent: {value} %/K is {}", tidy(value / 100.0))
            }
            Hint::KiloWatt if self.allows(value / 1000.0) => {
                format!("; in kW: {value} W is {} kW", tidy(value / 1000.0))
            }
            Hint::Factor if self.allows(value / 1000.0) => {
                format!("; in kg/kWh: {value} g/kWh (or kg/MWh) is {}", tidy(value / 1000.0))
            }
            Hint::Hours if value.abs() > 60.0 => String::from("; in hours, not minutes or seconds"),
            _ => String::new(),
        }
    }
}

/// A number without the tail that binary fractions leave: 0.35 / 100 as 0.0035.
fn tidy(value: f64) -> f64 {
    format!("{value:.12}").parse().unwrap_or(value)
}

/// The rule of a key such as `array[1].tilt_deg`.
pub(super) fn rule_of(key: &str) -> Option<&'static Rule> {
    let plain = without_index(key);
    RULES.iter().find(|rule| rule.key == plain)
}

/// The rule of a key that the source itself names, without an index. In a `const` it costs nothing at
/// run time, and a key without a rule does not compile.
pub(super) const fn rule_named(key: &str) -> &'static Rule {
    let mut index = 0;
    // Neither `for` nor `==` on text works in constants yet.
    while index < RULES.len() {
        if same(RULES[index].key.as_bytes(), key.as_bytes()) {
            return &RULES[index];
        }
        index += 1;
    }
    panic!("this number has no rule: give it one in RULES")
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

/// The allowed range, and what was probably meant, where a value of that key lies outside.
pub(crate) fn outside(key: &str, value: f64) -> Option<String> {
    rule_of(key).filter(|rule| !rule.allows(value)).map(|rule| rule.allowed_instead_of(value))
}

/// What a key allows, in words, where that is known.
pub(super) fn allowed_at(key: &str) -> Option<String> {
    let plain = without_index(key);
    match WORDS.iter().find(|(key, _)| *key == plain) {
        Some((_, words)) => Some(format!("one of {}", words().join(", "))),
        None => rule_of(key).map(Rule::allowed),
    }
}

/// The tables in which a key of this name stands.
pub(super) fn tables_with(leaf: &str) -> Vec<&'static str> {
    let keys = RULES.iter().map(|rule| rule.key).chain(WORDS.iter().map(|(key, _)| *key));
    keys.filter_map(|key| key.split_once('.').filter(|(_, name)| *name == leaf).map(|(table, _)| table)).collect()
}

/// `array[1].tilt_deg` as `array.tilt_deg`.
fn without_index(key: &str) -> String {
    let mut depth = 0_usize;
    key.chars()
        .filter(|c| match c {
            '[' => {
                depth += 1;
                false
            }
            ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_from_the_enums() {
        let skies = allowed_at("models.transposition").unwrap();
        assert!(
            skies.starts_with("one of isotropic, hay_davies, perez, perez_driesse,") && skies.ends_with(", muneer")
        );
        assert!(allowed_at("array[3].mounting").unwrap().contains("open_rack"));
        assert_eq!(allowed_at("name"), None);
    }

    #[test]
    fn every_bound_is_as_written() {
        for key in ["losses.soiling", "array[0].capacity_kw", "stated.co2_t", "array.tilt_deg", "carbon.year"] {
            let rule = rule_of(key).unwrap();
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e9] {
                assert!(!rule.allows(bad), "{key} {bad}");
            }
        }
        assert!(rule_of("losses.soiling").unwrap().allows(0.0) && !rule_of("losses.soiling").unwrap().allows(1.0));
        assert!(!rule_of("stated.co2_t").unwrap().allows(0.0) && rule_of("stated.co2_t").unwrap().allows(1e30));
        assert_eq!(rule_of("stated.co2_t").unwrap().allowed(), "more than 0 t a year");
        assert_eq!(rule_of("losses.ac").unwrap().allowed(), "0 to less than 1 as a fraction");
    }

    #[test]
    fn any_key_is_survived() {
        for key in ["", "[", "]]]", "a[0", "阵列[1].倾角", "array[[]].tilt_deg"] {
            let _ = allowed_at(key);
        }
    }
}
