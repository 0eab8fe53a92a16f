//! How PVWatts version 8 (NREL's SSC) takes light to the cells of a fixed plane: its Perez, its cover of glass, its rows.
//!
//! Dobos, PVWatts version 5 manual, NREL/TP-6A20-62641 (2014), doi:10.2172/1158421; Gilman et al., SAM photovoltaic model
//! technical reference, NREL/TP-67399 (2018), doi:10.2172/1429291; constants as in SSC's open source (BSD-3), release of
//! `PySAM` 7.1.

use std::f64::consts::FRAC_PI_2;

use super::{Dome, Plane};
use crate::math;

/// Perez' coefficients with the seven digits that PVWatts carries: F11 F12 F13 F21 F22 F23 of the eight clearness bins.
const COEFFICIENTS: [[f64; 6]; 8] = [
    [-0.0083117, 0.5877285, -0.0620636, -0.0596012, 0.0721249, -0.0220216],
    [0.1299457, 0.6825954, -0.1513752, -0.0189325, 0.0659650, -0.0288748],
    [0.3296958, 0.4868735, -0.2210958, 0.0554140, -0.0639588, -0.0260542],
    [0.5682053, 0.1874525, -0.2951290, 0.1088631, -0.1519229, -0.0139754],
    [0.8730280, -0.3920403, -0.3616149, 0.2255647, -0.4620442, 0.0012448],
    [1.1326077, -1.2367284, -0.4118494, 0.2877813, -0.8230357, 0.0558651],
    [1.0601591, -1.5999137, -0.3589221, 0.2642124, -1.1272340, 0.1310694],
    [0.6777470, -0.3272588, -0.2504286, 0.1561313, -1.3765031, 0.2506212],
];
/// Upper edges of the clearness bins; a value on an edge belongs to the lower bin.
const EDGES: [f64; 7] = [1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2];
/// Zenith above which all of the sky counts as isotropic, degrees.
const LOW_SUN: f64 = 87.5;
/// Least cosine of the zenith in the circumsolar term, as PVWatts rounds cos 85°.
const COS_85: f64 = 0.0871557;

/// The sky as PVWatts sees it, from diffuse and direct irradiance (W/m2) and the zenith, degrees with its cosine beside it:
/// [`perez_1990`](super::perez_1990) with more digits, the air mass of Kasten (1966) and a constant sun of 1367 W/m2; isotropic
/// where the sun stands less than 2.5 degrees high.
#[inline(always)]
pub fn perez_pvwatts(dhi: f64, dni: f64, solar_zenith: f64, cos_zenith: f64) -> Dome {
    let z = solar_zenith.to_radians();
    let low = solar_zenith > LOW_SUN;
    let inverse_cube = math::powf(93.9 - if low { LOW_SUN } else { solar_zenith }, -1.253);
    // m = 1/(cos z + 0.15 (93.9 − z)^−1.253), Δ = m DHI/1367
    let brightness = dhi / (cos_zenith + 0.15 * inverse_cube) / 1367.0;
    // ε = ((DNI + DHI)/DHI + κ z³)/(1 + κ z³), κ = 5.534e-6 in degrees
    let kz3 = 5.534e-6 * (solar_zenith * solar_zenith * solar_zenith);
    let clearness = ((dni + dhi) / dhi + kz3) / (1.0 + kz3);
    let mut row = COEFFICIENTS[0];
    for (edge, upper) in EDGES.iter().zip(&COEFFICIENTS[1..]) {
        let above = clearness > *edge;
        for (value, &candidate) in row.iter_mut().zip(upper) {
            *value = if above { candidate } else { *value };
        }
    }
    let [f11, f12, f13, f21, f22, f23] = row;
    let f1 = math::positive(f11 + f12 * brightness + f13 * z);
    let f2 = f21 + f22 * brightness + f23 * z;
    let (f1, f2) = if low || dhi <= 0.0 { (0.0, 0.0) } else { (f1, f2) };
    let lit = if dhi < 0.0 { 0.0 } else { dhi };
    // The bins forget a DNI that is not a number; its difference from itself does not.
    #[expect(clippy::eq_op, reason = "zero, but for what is not a number")]
    let lit = lit + (dni - dni);
    let b = if cos_zenith < COS_85 { COS_85 } else { cos_zenith };
    Dome { isotropic: lit * (1.0 - f1), circumsolar: lit * f1 / b, horizon: lit * f2 }
}

/// Irradiance that the ground reflects onto a plane as PVWatts counts it, W/m2: of beam and diffuse light, none where the sun
/// stands less than 2.5 degrees high.
#[inline(always)]
pub fn ground_pvwatts(plane: &Plane, dhi: f64, dni: f64, solar_zenith: f64, cos_zenith: f64, albedo: f64) -> f64 {
    // G = ρ (DNI cos z + DHI)(1 − cos β)/2
    let ground = albedo * (dni * cos_zenith + dhi) * plane.ground_view();
    // The comparison forgets a zenith that is not a number.
    let ground = ground + 0.0 * solar_zenith;
    if solar_zenith > LOW_SUN || dhi <= 0.0 { 0.0 * ground } else { ground }
}

/// Refraction index, extinction (1/m) and thickness (m) of glass and of its anti-reflective coating.
const GLASS: (f64, f64, f64) = (1.526, 4.0, 0.002);
const COATING: (f64, f64, f64) = (1.3, 4.0, 0.002 * 0.01);

/// Transmittance of a layer for light that comes at an angle (its cosine) out of a medium of another index, and the cosine
/// of the angle within.
#[inline(always)]
fn transmittance(cos: f64, (n, k, l): (f64, f64, f64), n_outside: f64) -> (f64, f64) {
    // n sin θ₂ = n₁ sin θ₁
    let ratio = n_outside / n;
    let cos_within = (1.0 - (1.0 - cos * cos) * (ratio * ratio)).sqrt();
    // Fresnel: ρ⊥ = ((n₁ cos θ₁ − n cos θ₂)/(n₁ cos θ₁ + n cos θ₂))², ρ∥ the same with the cosines exchanged
    let (a, b) = (n_outside * cos, n * cos_within);
    let (c, d) = (n_outside * cos_within, n * cos);
    let (s, p) = ((a - b) / (a + b), (c - d) / (c + d));
    // τ = (1 − (ρ⊥ + ρ∥)/2) e^(−K L/cos θ₂)
    ((1.0 - 0.5 * (s * s + p * p)) * math::exp(-k * l / cos_within), cos_within)
}

/// The cover of a module in PVWatts version 8: coated glass before the beam; sky and ground at one angle each that stands for
/// all of theirs (Duffie & Beckman, eq. 5.4.1 and 5.4.2), through bare glass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PvwattsCover {
    /// One over the transmittance at one degree, SSC's normal incidence.
    inverse_normal: f64,
    /// What gets through of the sky's light.
    pub sky: f64,
    /// What gets through of the ground's light.
    pub ground: f64,
}

impl PvwattsCover {
    /// The cover of a plane of this tilt, degrees.
    pub fn new(surface_tilt: f64) -> Self {
        let cos = |degrees: f64| math::cos(degrees.to_radians());
        let (coating, within) = transmittance(cos(1.0), COATING, 1.0);
        // SSC lets the light leave its coating into air here, not into glass.
        let normal = coating * transmittance(within, GLASS, 1.0).0;
        let bare = |degrees: f64| (transmittance(cos(degrees), GLASS, 1.0).0 / normal).min(1.0);
        let tilt = surface_tilt;
        Self {
            inverse_normal: 1.0 / normal,
            sky: bare(59.7 - 0.1388 * tilt + 0.001497 * tilt * tilt),
            ground: bare(90.0 - 0.5788 * tilt + 0.002693 * tilt * tilt),
        }
    }

    /// The coated glass of PVWatts version 5's premium modules, which counts for the beam alone.
    pub fn of_version_5() -> Self {
        let (coating, within) = transmittance(math::cos(1.0_f64.to_radians()), COATING, 1.0);
        let normal = coating * transmittance(within, GLASS, COATING.0).0;
        Self { inverse_normal: 1.0 / normal, sky: 1.0, ground: 1.0 }
    }

    /// What gets through of the beam, by the cosine of its angle, which counts as 1 to 89 degrees.
    #[inline(always)]
    pub fn modifier(&self, aoi_projection: f64) -> f64 {
        const COS_1: f64 = 0.9998476951563913;
        const COS_89: f64 = 0.01745240643728351;
        let cos = if aoi_projection > COS_1 { COS_1 } else { aoi_projection };
        let cos = if cos < COS_89 { COS_89 } else { cos };
        let (coating, within) = transmittance(cos, COATING, 1.0);
        let modifier = coating * transmittance(within, GLASS, COATING.0).0 * self.inverse_normal;
        if modifier > 1.0 { 1.0 } else { modifier }
    }
}

/// Rows of modules that shade one another, as PVWatts lays them out: two modules of 1.7 to 1 high, as many rows as modules in
/// a row.
///
/// Deline, Dobos, Janzou, Meydbray & Donovan, A simplified model of uniform shading in large photovoltaic arrays, Solar Energy
/// 96 (2013), 274, doi:10.1016/j.solener.2013.07.008; Appelbaum & Bany, Solar Energy 23 (1979), 497.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PvwattsRows {
    plane: Plane,
    /// Row pitch over the height of a row, 1/gcr.
    pitch: f64,
    rows: f64,
    /// Length of a row over the pitch.
    row_length: f64,
    /// Whether strings run along rows so long that light past their ends does not count.
    long: bool,
    /// What the rows leave of the sky's light.
    pub sky: f64,
}

impl PvwattsRows {
    /// The rows of an array of this capacity (kW) with this ground coverage ratio, 0.01 to 1.
    pub fn new(plane: Plane, gcr: f64, capacity_kw: f64) -> Self {
        const MODULE_KW: f64 = 0.3;
        const ASPECT: f64 = 1.7;
        let modules = (capacity_kw / MODULE_KW).ceil().max(1.0);
        let rows = (modules / 2.0).sqrt().ceil();
        let along = (modules / (rows * 2.0)).ceil().max(1.0);
        let pitch = 1.0 / gcr;
        Self {
            plane,
            pitch,
            rows,
            row_length: along / (2.0 * ASPECT) / pitch,
            long: (along / 7.0).floor() > 1.0,
            sky: sky_kept(plane.surface_tilt, gcr),
        }
    }

    /// Share of the beam that the rows before leave; the zenith as cosine, the sun's direction east and north.
    #[inline(always)]
    pub fn beam(&self, [east, north, up]: [f64; 3]) -> f64 {
        let (sin_a, cos_a) = self.azimuth();
        // The sun's horizontal direction along the plane's azimuth and across it, over its height
        let (along, across) = ((east * sin_a + north * cos_a) / up, (east * cos_a - north * sin_a) / up);
        let (sin_tilt, cos_tilt) = self.tilt();
        // p_y = cos β + cos γ sin β/tan α, p_x = sin β sin γ/tan α; H = 1 − R/p_y, g = R p_x/p_y
        let (py, px) = (cos_tilt + along * sin_tilt, across * sin_tilt);
        let height = 1.0 - self.pitch / py;
        let height = math::positive(if height > 1.0 { 1.0 } else { height });
        let beyond = math::positive(px / py / self.row_length);
        let beyond = if beyond > 1.0 { 1.0 } else { beyond };
        let beyond = if self.long { 0.0 } else { beyond };
        let shaded = up > 0.0 && along > 0.0 && sin_tilt > 0.0;
        if shaded { 1.0 - height * (1.0 - beyond) } else { 1.0 }
    }

    /// Share of the ground's light that the rows before leave; irradiance in W/m2.
    #[inline(always)]
    pub fn ground(&self, dhi: f64, dni: f64, cos_zenith: f64) -> f64 {
        let (sin_tilt, cos_tilt) = self.tilt();
        // Rounding may take a sun in the zenith beyond 1.
        let sin_zenith = math::positive(1.0 - cos_zenith * cos_zenith).sqrt();
        let horizontal = dni * cos_zenith;
        // Y = R − sin(180° − α − β)/sin α = R − (cos β + sin β/tan α)
        let lit = self.pitch - (cos_tilt + sin_tilt * sin_zenith / cos_zenith);
        let lit = if lit < 0.00001 { 0.00001 } else { lit };
        // F(x) = (1 + x − √(x² + 2 x cos β + 1))/2, for all of the ground before a row sin²(β/2)
        let view = |x: f64| 0.5 * (1.0 + x - (x * x + 2.0 * x * cos_tilt + 1.0).sqrt());
        let first = self.plane.ground_view();
        let of_beam = (first + (self.rows - 1.0) * view(lit)) / self.rows;
        let of_sky = (first + (self.rows - 1.0) * view(self.pitch)) / self.rows;
        let open = first * (horizontal + dhi);
        let kept = (of_beam * horizontal + of_sky * dhi) / open;
        if open <= 0.0 { 1.0 } else { kept }
    }

    #[inline(always)]
    fn tilt(&self) -> (f64, f64) {
        let [x, y, cos] = self.plane.normal;
        ((x * x + y * y).sqrt(), cos)
    }

    #[inline(always)]
    fn azimuth(&self) -> (f64, f64) {
        let ([x, y, _], (sin, _)) = (self.plane.normal, self.tilt());
        if sin > 0.0 { (x / sin, y / sin) } else { (0.0, 1.0) }
    }
}

/// What rows leave of an even sky's light, over the height of a row in 250 steps.
fn sky_kept(surface_tilt: f64, gcr: f64) -> f64 {
    const STEPS: u32 = 250;
    if surface_tilt == 0.0 {
        return 1.0;
    }
    let (sin, cos) = math::sin_cos(surface_tilt.to_radians());
    let open = 1.0 + cos.abs();
    let kept = (0..STEPS).map(|n| {
        let height = 1.0 - f64::from(n) / f64::from(STEPS);
        // Past the row before, the sky is seen down to β + γ, γ = atan(cot β − 1/(gcr h sin β)) − 90°.
        let arg = cos / sin - 1.0 / (gcr * height * sin);
        let angle = surface_tilt.to_radians() + math::atan2(arg, 1.0) - FRAC_PI_2;
        let cos = math::cos(angle);
        (1.0 + if angle > FRAC_PI_2 { cos } else { cos.abs() }) / open
    });
    (kept.sum::<f64>() / f64::from(STEPS)).min(1.0)
}

/// What the spectrum leaves of the light in PVWatts version 8, by zenith (degrees, counted up to 86) and height of the site (m):
/// De Soto's polynomial of the air mass, for polycrystalline silicon.
///
/// De Soto, Klein & Beckman, Solar Energy 80 (2006), 78, doi:10.1016/j.solener.2005.06.010.
#[inline(always)]
pub fn spectral_pvwatts(solar_zenith: f64, elevation_m: f64) -> f64 {
    const A: [f64; 5] = [0.918093, 0.086257, -0.024459, 0.002816, -0.000126];
    let z = if solar_zenith > 86.0 { 86.0 } else { solar_zenith };
    let slant = math::cos(z.to_radians()) + 0.5057 * math::powf(96.080 - z, -1.634);
    // m = e^(−0.0001184 h)/(cos z + 0.5057 (96.080 − z)^−1.634), M = Σ aᵢ mⁱ
    let m = math::exp(-0.0001184 * elevation_m) / slant;
    math::positive(A[0] + m * (A[1] + m * (A[2] + m * (A[3] + m * A[4]))))
}
