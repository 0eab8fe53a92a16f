//! Water and aerosols in the air.

use crate::math;

/// Precipitable water, cm, from air temperature (degC) and relative humidity (%); at least 0.1.
///
/// Keogh & Blakers, Progress in Photovoltaics 12 (2004), 1, doi:10.1002/pip.517, after Gueymard, Solar Energy 53 (1994), 57,
/// doi:10.1016/S0038-092X(94)90606-8.
#[inline(always)]
pub fn gueymard94_pw(temp_air: f64, relative_humidity: f64) -> f64 {
    let kelvin = temp_air + 273.15;
    let theta = kelvin / 273.15;
    // H_v = 0.4976 + 1.5265 θ + exp(13.6897 θ − 14.9188 θ³), km
    let height = 0.4976 + 1.5265 * theta + math::exp(13.6897 * theta - 14.9188 * (theta * theta * theta));
    // ρ_v = 216.7 RH/(100 T) exp(22.330 − 49.140 (100/T) − 10.922 (100/T)² − 0.39015 T/100), g/m3
    let inverse = 100.0 / kelvin;
    let pressure = math::exp(22.330 - 49.140 * inverse - 10.922 * (inverse * inverse) - 0.39015 * kelvin / 100.0);
    let density = 216.7 * relative_humidity / (100.0 * kelvin) * pressure;
    let water = 0.1 * height * density;
    if water < 0.1 { 0.1 } else { water }
}

/// Dew point, degC, from air temperature (degC) and relative humidity (%); NaN without any.
///
/// Magnus' formula with the constants of the World Meteorological Organization, Guide to Instruments and Methods of Observation
/// (2018), WMO no. 8, annex 4.B.
#[inline(always)]
pub fn tdew_from_rh(temp_air: f64, relative_humidity: f64) -> f64 {
    // s = ln(RH/100) + 17.62 T/(243.12 + T), T_d = 243.12 s/(17.62 − s)
    let s = math::ln(relative_humidity / 100.0) + 17.62 * temp_air / (243.12 + temp_air);
    243.12 * s / (17.62 - s)
}

/// Linke turbidity from absolute air mass, precipitable water (cm) and broadband optical depth of aerosols.
///
/// Kasten, Solar Energy 56 (1996), 239, doi:10.1016/0038-092X(95)00114-7.
#[inline(always)]
pub fn kasten96_lt(airmass_absolute: f64, precipitable_water: f64, aod_bb: f64) -> f64 {
    let m = airmass_absolute;
    // Δ_CDA = −0.101 + 0.235 m^−0.16, Δ_W = 0.112 m^−0.55 w^0.34
    let clean = -0.101 + 0.235 * math::powf(m, -0.16);
    let water = 0.112 * math::powf(m, -0.55) * math::powf(precipitable_water, 0.34);
    // T_L = −(9.4 + 0.9 m) ln exp(−m (Δ_CDA + Δ_W + τ_A)) / m
    (9.4 + 0.9 * m) * (clean + water + aod_bb)
}

/// Optical depth of aerosols at another wavelength by the exponent of Angstrom (1961); wavelengths in one unit.
#[inline(always)]
pub fn angstrom_aod_at_lambda(aod0: f64, lambda0: f64, alpha: f64, lambda1: f64) -> f64 {
    // τ₁ = τ₀ (λ₁/λ₀)^−α
    aod0 * math::powf(lambda1 / lambda0, -alpha)
}

/// The exponent of Angstrom from optical depths at two wavelengths.
#[inline(always)]
pub fn angstrom_alpha(aod1: f64, lambda1: f64, aod2: f64, lambda2: f64) -> f64 {
    // α = −ln(τ₁/τ₂) / ln(λ₁/λ₂)
    -math::ln(aod1 / aod2) / math::ln(lambda1 / lambda2)
}
