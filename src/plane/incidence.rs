//! What glass lets through at an angle.

use std::f64::consts::{FRAC_PI_2, PI};
use std::iter;

use serde::{Deserialize, Serialize};

use super::{MeasuredModifier, Plane};
use crate::math;

/// How much light the glass lets through at an angle.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incidence {
    /// Nothing is reflected.
    None,
    /// [`Glass`] on the beam and on the light from around the sun; sky and ground by the integral of
    /// [`DiffuseModifiers`] over the directions they come from.
    #[default]
    Physical,
    /// As [`Incidence::Physical`], with [`CoatedGlass`]: a coating of n = 1.29 against reflection.
    PhysicalCoated,
    /// [`Glass`] on the beam alone, as pvlib's `ModelChain` and PVWatts v5 do it.
    PhysicalBeam,
    /// [`ashrae`](super::ashrae) with b = 0.05, on the beam alone.
    Ashrae,
    /// [`martin_ruiz`](super::martin_ruiz) with `a_r` = 0.16, on beam, sky and ground, as PVGIS does it.
    MartinRuiz,
    /// [`schlick`](super::schlick) on beam, sky and ground.
    Schlick,
    /// [`sapm_modifier`](super::sapm_modifier) on the beam alone, with the array's own coefficients and share of diffuse light where it has
    /// figures of Sandia's database, else with those of glass, [`SAPM_GLASS`](super::SAPM_GLASS).
    Sapm,
    /// [`MeasuredModifier`](super::MeasuredModifier) of `array.glass` on the beam and on the light from around the sun; sky and ground by
    /// its integral.
    Measured,
    /// [`PvwattsCover`](super::PvwattsCover): coated glass as PVWatts version 8 counts it.
    Pvwatts,
    /// [`PvwattsCover::of_version_5`](super::PvwattsCover::of_version_5) on the beam alone: the coated glass of its premium modules.
    PvwattsV5Coated,
}

/// A cover of glass: refraction at its face, extinction inside.
///
/// De Soto, Klein & Beckman, Solar Energy 80 (2006), 78, doi:10.1016/j.solener.2005.06.010; Duffie &
/// Beckman, Solar Engineering of Thermal Processes, ch. 5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glass {
    n: f64,
    /// 1/n²
    inverse_n2: f64,
    kl: f64,
    /// One over the transmittance at normal incidence.
    inverse_normal: f64,
}

impl Default for Glass {
    /// n = 1.526, K = 4 1/m, L = 2 mm.
    fn default() -> Self {
        Self::new(1.526, 4.0, 0.002)
    }
}

impl Glass {
    /// Glass of refraction index `n`, extinction coefficient `k` (1/m) and thickness `l` (m).
    pub fn new(n: f64, k: f64, l: f64) -> Self {
        // τ(0) = (1 − ((n−1)/(n+1))²) e^(−KL)
        let r = (n - 1.0) / (n + 1.0);
        let normal = (1.0 - r * r) * math::exp(-k * l);
        Self { n, inverse_n2: 1.0 / (n * n), kl: k * l, inverse_normal: 1.0 / normal }
    }

    /// Transmittance at an angle of incidence (by its cosine) over that at normal incidence, 0 to 1;
    /// 0 for light from behind.
    #[inline(always)]
    pub fn modifier(&self, aoi_projection: f64) -> f64 {
        let cos = math::positive(aoi_projection);
        let cos = if cos > 1.0 { 1.0 } else { cos };
        // sin θᵣ = sin θ / n
        let cos_r = (1.0 - (1.0 - cos * cos) * self.inverse_n2).sqrt();
        // ρ⊥ = ((cos θ − n cos θᵣ)/(cos θ + n cos θᵣ))², ρ∥ = ((cos θᵣ − n cos θ)/(cos θᵣ + n cos θ))²
        let (s, p) = (cos + self.n * cos_r, cos_r + self.n * cos);
        let (s_less, p_less) = ((cos - self.n * cos_r) * p, (cos_r - self.n * cos) * s);
        // Divisions cost most here, so the three quotients share one.
        let inverse = 1.0 / (s * p * cos_r);
        let (over_sp, over_cos_r) = (inverse * cos_r, inverse * (s * p));
        let reflected = (s_less * s_less + p_less * p_less) * (over_sp * over_sp);
        // τ(θ) = (1 − (ρ⊥ + ρ∥)/2) e^(−KL/cos θᵣ)
        let transmittance = (1.0 - 0.5 * reflected) * math::exp(-self.kl * over_cos_r);
        if cos == 0.0 { 0.0 } else { transmittance * self.inverse_normal }
    }
}

/// [`Glass`] with a coating against reflection, thin enough not to absorb.
///
/// De Soto, Klein & Beckman 2006, as [`Glass`]; at two faces, with what is thrown back and forth between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoatedGlass {
    n: f64,
    n_ar: f64,
    kl: f64,
    inverse_normal: f64,
}

impl Default for CoatedGlass {
    /// Default glass under a coating of n = 1.29.
    fn default() -> Self {
        Self::new(1.526, 4.0, 0.002, 1.29)
    }
}

impl CoatedGlass {
    /// Glass of refraction index `n`, extinction coefficient `k` (1/m) and thickness `l` (m) under a coating of index `n_ar`.
    pub fn new(n: f64, k: f64, l: f64, n_ar: f64) -> Self {
        let mut glass = Self { n, n_ar, kl: k * l, inverse_normal: 1.0 };
        glass.inverse_normal = 1.0 / glass.transmittance(1.0);
        glass
    }

    /// Transmittance by the cosine of the angle of incidence, above 0.
    #[inline(always)]
    fn transmittance(&self, cos: f64) -> f64 {
        let Self { n, n_ar, kl, .. } = *self;
        let sin2 = 1.0 - cos * cos;
        // n sin θᵣ = sin θ in coating and glass
        let cos_ar = (1.0 - sin2 / (n_ar * n_ar)).sqrt();
        let cos_r = (1.0 - sin2 / (n * n)).sqrt();
        // ρ⊥ = ((n₁ cos θ₁ − n₂ cos θ₂)/(n₁ cos θ₁ + n₂ cos θ₂))², ρ∥ with the cosines exchanged
        let part = |a: f64, b: f64| {
            let ratio = (a - b) / (a + b);
            ratio * ratio
        };
        let (s12, p12) = (part(cos, n_ar * cos_ar), part(cos_ar, n_ar * cos));
        let (s23, p23) = (part(n_ar * cos_ar, n * cos_r), part(n_ar * cos_r, n * cos_ar));
        // Through both faces: (1 − ρ₁₂)(1 − ρ₂₃)/(1 − ρ₁₂ ρ₂₃), with all that is thrown back and forth
        let both = |first: f64, second: f64| (1.0 - first) * (1.0 - second) / (1.0 - first * second);
        0.5 * (both(s12, s23) + both(p12, p23)) * math::exp(-kl / cos_r)
    }

    /// Transmittance at an angle of incidence (by its cosine) over that at normal incidence; 0 for light from behind.
    #[inline(always)]
    pub fn modifier(&self, aoi_projection: f64) -> f64 {
        let cos = math::positive(aoi_projection);
        let cos = if cos > 1.0 { 1.0 } else { cos };
        let modifier = self.transmittance(cos) * self.inverse_normal;
        if cos == 0.0 { 0.0 } else { modifier }
    }
}

/// [`Glass::modifier`] of default glass at an angle of incidence in degrees.
pub fn physical(aoi: f64) -> f64 {
    Glass::default().modifier(math::cos(aoi.to_radians()))
}

/// The part of the surroundings that Marion's integral runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// All directions above the horizontal.
    Sky,
    /// The half degree above the horizontal.
    Horizon,
    /// All directions below the horizontal.
    Ground,
}

/// Modifier of light that comes evenly from a region, by the sums of Marion's paper over steps of
/// π/`steps`; 0 where the plane sees nothing of it. Tilt in degrees, 0 to 180; NaN gives NaN. The paper's step of one
/// degree is `steps` = 180 (1800 for the horizon). The modifier is a function of the cosine of the angle, 0 to 1.
///
/// Marion, Solar Energy 147 (2017), 344, doi:10.1016/j.solener.2017.03.027.
pub fn marion_integrate(modifier: impl Fn(f64) -> f64, surface_tilt: f64, region: Region, steps: u32) -> f64 {
    let step = PI / f64::from(steps);
    let (sin_tilt, cos_tilt) = math::sin_cos(surface_tilt.to_radians());
    let azimuths: Vec<f64> = (0..2 * steps).map(|j| math::cos((f64::from(j) + 0.5) * step)).collect();
    let (mut above, mut below) = (0.0, 0.0);
    for i in 0..steps {
        let polar = f64::from(i) * step;
        let inside = match region {
            Region::Sky => polar + step <= FRAC_PI_2,
            Region::Horizon => polar >= 89.5_f64.to_radians() && polar + step <= FRAC_PI_2,
            Region::Ground => polar >= FRAC_PI_2,
        };
        if !inside {
            continue;
        }
        let (sin_mid, cos_mid) = math::sin_cos(polar + 0.5 * step);
        let area = step * (math::cos(polar) - math::cos(polar + step));
        for cos_azimuth in &azimuths {
            let cos_aoi = cos_tilt * cos_mid + sin_tilt * sin_mid * cos_azimuth;
            if cos_aoi > 0.0 {
                above += modifier(cos_aoi) * cos_aoi * area;
                below += cos_aoi * area;
            }
        }
    }
    if below > 0.0 || surface_tilt.is_nan() { above / below } else { 0.0 }
}

/// Modifiers of the light that a plane gets from sky and ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiffuseModifiers {
    /// Of light that comes evenly from the sky.
    pub sky: f64,
    /// Of light that comes evenly from the ground; 1 where the plane sees none.
    pub ground: f64,
}

impl DiffuseModifiers {
    /// Nothing is reflected.
    pub const NONE: Self = Self { sky: 1.0, ground: 1.0 };

    /// Those of [`martin_ruiz_diffuse`](super::martin_ruiz_diffuse); for tilts of 0 to 90 degrees.
    pub fn martin_ruiz(plane: &Plane, a_r: f64) -> Self {
        let (sky, ground) = super::martin_ruiz_diffuse(plane.surface_tilt, a_r);
        Self { sky, ground: if plane.ground_view() > 1e-9 { ground } else { 1.0 } }
    }

    /// Those of [`schlick_diffuse`](super::schlick_diffuse); for tilts of 0 to 90 degrees.
    pub fn schlick(plane: &Plane) -> Self {
        let (sky, ground) = super::schlick_diffuse(plane.surface_tilt);
        Self { sky, ground: if plane.ground_view() > 1e-9 { ground } else { 1.0 } }
    }

    /// The integral of [`marion_integrate`] with its azimuth part in closed form: microseconds instead
    /// of a fraction of a millisecond, and without the error of the paper's steps (some 1e-4). For tilts of
    /// 0 to 90 degrees.
    pub fn new(glass: &Glass, plane: &Plane) -> Self {
        let glass = *glass;
        Self::of(
            #[inline(always)]
            |cos| glass.modifier(cos),
            plane,
        )
    }

    /// The same for any smooth modifier, a function of the cosine of the angle, 0 to 1; it should be `#[inline(always)]`. A bend in it
    /// costs up to some 1e-3.
    pub fn of(modifier: impl Fn(f64) -> f64, plane: &Plane) -> Self {
        Self::of_bent(
            #[inline(always)]
            |_, cos| modifier(cos),
            &[],
            4,
            plane,
        )
    }

    /// The same for a measured modifier, from bend to bend; within 1e-7 of the integral.
    pub fn measured(modifier: &MeasuredModifier, plane: &Plane) -> Self {
        Self::of_bent(
            #[inline(always)]
            |theta: f64, _| modifier.at(theta.to_degrees()),
            &modifier.bends(),
            2,
            plane,
        )
    }

    /// [`DiffuseModifiers::of`] for a modifier of the angle (radians) and its cosine with bends at some angles (radians, ascending),
    /// between which the rule of Gauss and Legendre takes so many panels.
    #[inline(always)]
    fn of_bent(modifier: impl Fn(f64, f64) -> f64, bends: &[f64], panels: u32, plane: &Plane) -> Self {
        let (sky_view, ground_view) = (plane.sky_view(), plane.ground_view());
        let [nx, ny, cos_tilt] = plane.normal;
        let sin_tilt = (nx * nx + ny * ny).sqrt();
        let tilt = math::atan2(sin_tilt, cos_tilt);
        // ∫ τ(θ) cos θ dΩ/π = (1/π) ∫ τ(θ) ψ(θ) sin 2θ dθ, 2ψ being the arc of the cone θ about the normal that
        // lies above the horizontal: all of it up to θ = π/2 − β, then cos ψ = −cot β cot θ.
        let kink = FRAC_PI_2 - tilt;
        let (mut inner, mut outer, mut cut) = (0.0, 0.0, 0.0);
        math::vectorised(
            #[inline(always)]
            || {
                for (from, to) in pieces(bends, 0.0, kink) {
                    inner += gauss_legendre(
                        #[inline(always)]
                        |theta| through_cone(&modifier, theta, 1.0),
                        from,
                        to,
                        panels,
                    );
                }
                for (from, to) in pieces(bends, kink, FRAC_PI_2) {
                    outer += gauss_legendre(
                        #[inline(always)]
                        |theta| through_cone(&modifier, theta, 1.0),
                        from,
                        to,
                        panels,
                    );
                    // θ = kink + β s² takes the root out of the arc's start.
                    let start = ((from - kink) / tilt).sqrt();
                    let end = if to < FRAC_PI_2 { ((to - kink) / tilt).sqrt() } else { 1.0 };
                    cut += gauss_legendre(
                        #[inline(always)]
                        |s| {
                            let theta = kink + tilt * s * s;
                            let (sin, cos) = math::sin_cos(theta);
                            let cosine = -(cos_tilt * cos) / (sin_tilt * sin);
                            let cosine = if cosine < -1.0 { -1.0 } else { cosine };
                            let arc = math::acos(if cosine > 1.0 { 1.0 } else { cosine }) / PI;
                            2.0 * tilt * s * through_cone(&modifier, theta, arc)
                        },
                        start,
                        end,
                        panels,
                    );
                }
            },
        );
        let hemisphere = inner + outer;
        let sky = inner + if tilt > 0.0 { cut } else { 0.0 };
        // What is not sky is ground.
        let ground = if ground_view > 1e-9 { (hemisphere - sky) / ground_view } else { 1.0 };
        Self { sky: sky / sky_view, ground }
    }
}

/// Light that comes through the glass from a share of the cone at an angle about its normal, an angle's worth.
#[inline(always)]
fn through_cone(modifier: &impl Fn(f64, f64) -> f64, theta: f64, share: f64) -> f64 {
    let (sin, cos) = math::sin_cos(theta);
    2.0 * sin * cos * modifier(theta, cos) * share
}

/// The pieces into which the bends within it part a range.
#[inline(always)]
fn pieces(bends: &[f64], from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    let within = bends.iter().copied().filter(move |bend| *bend > from && *bend < to);
    iter::once(from).chain(within.clone()).zip(within.chain(iter::once(to)))
}

/// Integral over `from..to` by panels of the eight-point rule of Gauss and Legendre.
#[inline(always)]
fn gauss_legendre(f: impl Fn(f64) -> f64, from: f64, to: f64, panels: u32) -> f64 {
    const NODES: [f64; 4] = [0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363];
    const WEIGHTS: [f64; 4] = [0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];
    let half = (to - from) / f64::from(2 * panels);
    let mut sums = [0.0; 8];
    for panel in 0..panels {
        let middle = from + half * f64::from(2 * panel + 1);
        for k in 0..8 {
            let offset = if k < 4 { -NODES[k] } else { NODES[k - 4] };
            sums[k] += WEIGHTS[k % 4] * f(middle + half * offset);
        }
    }
    sums.iter().sum::<f64>() * half
}
