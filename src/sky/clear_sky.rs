//! Irradiance under a cloudless sky.

use crate::math;

/// Irradiance under a cloudless sky, W/m2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClearSky {
    /// Global horizontal irradiance.
    pub ghi: f64,
    /// Direct normal irradiance.
    pub dni: f64,
    /// Diffuse horizontal irradiance.
    pub dhi: f64,
}

/// Clear-sky irradiance from apparent zenith (degrees), absolute air mass, Linke turbidity, height (m) and
/// extraterrestrial normal irradiance (W/m2); 0 where the sun is below the horizon, which an air mass of NaN tells as well. NaN for any
/// other NaN.
///
/// Ineichen & Perez, Solar Energy 73 (2002), 151, doi:10.1016/S0038-092X(02)00045-2, with the coefficients
/// that the field computes it with (Reno et al., SAND2012-2389).
#[inline(always)]
pub fn ineichen(
    apparent_zenith: f64,
    airmass_absolute: f64,
    linke_turbidity: f64,
    altitude_m: f64,
    dni_extra: f64,
) -> ClearSky {
    let cos_z = math::positive(math::cos(apparent_zenith.to_radians()));
    let (am, tl) = (airmass_absolute, linke_turbidity);
    // f_h1 = exp(−h/8000), f_h2 = exp(−h/1250)
    let fh1 = math::exp(-altitude_m / 8000.0);
    let fh2 = math::exp(-altitude_m / 1250.0);
    let cg1 = 5.09e-5 * altitude_m + 0.868;
    let cg2 = 3.92e-5 * altitude_m + 0.0387;
    // GHI = c_g1 E₀ cos Z exp(−c_g2 m (f_h1 + f_h2 (T_L − 1)))
    let night = am.is_nan();
    let transmitted = math::exp(-cg2 * am * (fh1 + fh2 * (tl - 1.0)));
    let ghi = cg1 * dni_extra * cos_z * if night { 0.0 } else { transmitted };
    // DNI = E₀ min(b exp(−0.09 m (T_L − 1)), GHI (1 − (0.1 − 0.2 exp(−T_L))/(0.1 + 0.882/f_h1)) / cos Z)
    let b = 0.664 + 0.163 / fh1;
    let beam = math::exp(-0.09 * am * (tl - 1.0));
    let direct = dni_extra * b * if night { 0.0 } else { beam };
    let share = math::positive(1.0 - (0.1 - 0.2 * math::exp(-tl)) / (0.1 + 0.882 / fh1));
    let limit = ghi * if cos_z > 0.0 { share / cos_z } else { 0.0 };
    // In this order a limit that is no number comes out as such.
    let dni = if direct <= limit { direct } else { limit };
    ClearSky { ghi, dni, dhi: ghi - dni * cos_z }
}

/// Global horizontal irradiance of a clear sky, W/m2, from the apparent zenith angle alone (degrees); 0 where the sun is down.
///
/// Haurwitz, Journal of Meteorology 2 (1945), 154; as in Reno et al., SAND2012-2389.
#[inline(always)]
pub fn haurwitz(apparent_zenith: f64) -> f64 {
    let cos_z = math::cos(apparent_zenith.to_radians());
    // GHI = 1098 cos z exp(−0.059 / cos z)
    let ghi = 1098.0 * cos_z * math::exp(-0.059 / cos_z);
    if cos_z <= 0.0 { 0.0 } else { ghi }
}

/// What stands in a clear sky for [`bird`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BirdAir {
    /// Optical depth of aerosols at 380 nm.
    pub aod380: f64,
    /// Optical depth of aerosols at 500 nm.
    pub aod500: f64,
    /// Precipitable water, cm.
    pub precipitable_water: f64,
    /// Ozone, cm.
    pub ozone: f64,
    /// Pressure, Pa.
    pub pressure: f64,
    /// How much aerosols scatter forwards, 0 to 1.
    pub asymmetry: f64,
    /// Albedo of the ground.
    pub albedo: f64,
}

impl Default for BirdAir {
    /// Clean mid-latitude air over ordinary ground.
    fn default() -> Self {
        Self {
            aod380: 0.15,
            aod500: 0.1,
            precipitable_water: 1.5,
            ozone: 0.3,
            pressure: 101_325.0,
            asymmetry: 0.85,
            albedo: 0.2,
        }
    }
}

/// Clear-sky irradiance from the zenith angle (degrees), relative air mass and extraterrestrial normal irradiance (W/m2); NaN where
/// the air mass is.
///
/// Bird & Hulstrom, A simplified clear sky model for direct and diffuse insolation on horizontal surfaces, SERI/TR-642-761
/// (1981), doi:10.2172/6510849.
#[inline(always)]
pub fn bird(zenith: f64, airmass_relative: f64, air: &BirdAir, dni_extra: f64) -> ClearSky {
    let m = airmass_relative;
    let pressed = m * air.pressure / 101_325.0;
    // T_R = exp(−0.0903 m′^0.84 (1 + m′ − m′^1.01))
    let rayleigh = math::exp(-0.0903 * math::powf(pressed, 0.84) * (1.0 + pressed - math::powf(pressed, 1.01)));
    let o3 = air.ozone * m;
    let ozone = 1.0
        - 0.1611 * o3 * math::powf(1.0 + 139.48 * o3, -0.3034)
        - 0.002715 * o3 / (1.0 + 0.044 * o3 + 0.0003 * (o3 * o3));
    // T_UM = exp(−0.0127 m′^0.26)
    let gases = math::exp(-0.0127 * math::powf(pressed, 0.26));
    let h2o = m * air.precipitable_water;
    let water = 1.0 - 2.4959 * h2o / (math::powf(1.0 + 79.034 * h2o, 0.6828) + 6.385 * h2o);
    // T_A = exp(−τ^0.873 (1 + τ − τ^0.7088) m^0.9108), τ = 0.27583 τ₃₈₀ + 0.35 τ₅₀₀
    let depth = bird_hulstrom_aod_bb(air.aod380, air.aod500);
    let aerosol =
        math::exp(-math::powf(depth, 0.873) * (1.0 + depth - math::powf(depth, 0.7088)) * math::powf(m, 0.9108));
    // m^1.02 and m^1.06 of one power
    let little = math::powf(m, 0.02);
    let absorbed = 1.0 - 0.1 * (1.0 - m + m * (little * little * little)) * (1.0 - aerosol);
    let sky_albedo = 0.0685 + (1.0 - air.asymmetry) * (1.0 - aerosol / absorbed);
    let dni = 0.9662 * dni_extra * aerosol * water * gases * ozone * rayleigh;
    let cos_z = if zenith < 90.0 { math::cos(zenith.to_radians()) } else { 0.0 };
    let direct = dni * cos_z;
    let scattered = dni_extra
        * cos_z
        * 0.79
        * ozone
        * gases
        * water
        * absorbed
        * (0.5 * (1.0 - rayleigh) + air.asymmetry * (1.0 - aerosol / absorbed))
        / (1.0 - m + m * little);
    let ghi = (direct + scattered) / (1.0 - air.albedo * sky_albedo);
    ClearSky { ghi, dni, dhi: ghi - direct }
}

/// Clear-sky irradiance from the apparent elevation of the sun (degrees), the optical depth of aerosols at 700 nm, precipitable
/// water (cm, counted as at least 0.2), pressure (Pa) and extraterrestrial normal irradiance (W/m2).
///
/// Ineichen, Solar Energy 82 (2008), 758, doi:10.1016/j.solener.2008.02.009.
#[inline(always)]
pub fn simplified_solis(
    apparent_elevation: f64,
    aod700: f64,
    precipitable_water: f64,
    pressure: f64,
    dni_extra: f64,
) -> ClearSky {
    let (a, p) = (aod700, math::ln(pressure / 101_325.0));
    let w = if precipitable_water < 0.2 { 0.2 } else { precipitable_water };
    let ln_w = math::ln(w);
    let squared = ln_w * ln_w;
    // I₀′ = I₀ (I₀₂ τ² + I₀₁ τ + I₀₀ + 0.071 ln(p/p₀))
    let extra = dni_extra
        * (0.12 * math::powf(w, 0.56) * (a * a)
            + 0.97 * math::powf(w, 0.032) * a
            + 1.08 * math::powf(w, 0.0051)
            + 0.071 * p);
    let tau_b = (1.82 + 0.056 * ln_w + 0.0071 * squared) * a
        + (0.33 + 0.045 * ln_w + 0.0096 * squared)
        + (0.0089 * w + 0.13) * p;
    let b = (0.00925 * (a * a) + 0.0148 * a - 0.0172) * ln_w + (-0.7565 * (a * a) + 0.5057 * a + 0.4557);
    let tau_g = (1.24 + 0.047 * ln_w + 0.0061 * squared) * a
        + (0.27 + 0.043 * ln_w + 0.0090 * squared)
        + (0.0079 * w + 0.1) * p;
    let g = -0.0147 * ln_w - 0.3079 * (a * a) + 0.2846 * a + 0.3798;
    let clean = a < 0.05;
    let t = if clean {
        [0.0042 * w + 3.12, 0.092 * w - 8.86, -0.23 * w + 74.8, -3.11 * w + 79.4, 86.0 * w - 13_800.0]
    } else {
        [0.0057 * w + 2.94, 0.0554 * w - 5.71, -0.134 * w + 15.5, 0.27 * w - 20.7, -0.21 * w + 11.6]
    };
    let t_p = if clean { -0.83 * math::powf(1.0 + a, -17.2) } else { -0.71 * math::powf(1.0 + a, -15.0) };
    let tau_d = t[0] + a * (t[1] + a * (t[2] + a * (t[3] + a * t[4]))) + t_p * p;
    let d = -0.337 * (a * a) + 0.63 * a + 0.116 + p / (18.0 + 152.0 * a);
    let sin = math::sin(apparent_elevation.to_radians());
    let sin = if sin < 1e-30 { 1e-30 } else { sin };
    // DNI = I₀′ exp(−τ_b / sin^b h), GHI = I₀′ exp(−τ_g / sin^g h) sin h, DHI = I₀′ exp(−τ_d / sin^d h)
    ClearSky {
        ghi: extra * math::exp(-tau_g / math::powf(sin, g)) * sin,
        dni: extra * math::exp(-tau_b / math::powf(sin, b)),
        dhi: extra * math::exp(-tau_d / math::powf(sin, d)),
    }
}

/// Broadband optical depth of aerosols from those at 380 and 500 nm (Bird & Hulstrom, Direct insolation models,
/// SERI/TR-335-344, 1980).
#[inline(always)]
pub fn bird_hulstrom_aod_bb(aod380: f64, aod500: f64) -> f64 {
    0.27583 * aod380 + 0.35 * aod500
}
