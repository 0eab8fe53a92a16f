//! Incidence-angle modifiers beside [`physical`](super::physical): what part of light gets through the glass, over that at
//! normal incidence. Angles in degrees; light from behind, beyond 90 degrees, gives 0.

use std::f64::consts::PI;

use crate::error::{Error, Result, check_range};
use crate::math;

/// Zero for light from behind.
#[inline(always)]
fn in_front(aoi: f64, modifier: f64) -> f64 {
    if aoi.abs() >= 90.0 { 0.0 } else { modifier }
}

/// The modifier of ASHRAE; `b` is 0.05 for glass.
///
/// Souka & Safwat, Solar Energy 10 (1966), 170; ASHRAE standard 93-77.
#[inline(always)]
pub fn ashrae(aoi: f64, b: f64) -> f64 {
    in_front(aoi, ashrae_with_cosine(math::cos(aoi.to_radians()), b))
}

/// [`ashrae`] by the cosine of the angle; 0 where it is not above 0.
#[inline(always)]
pub fn ashrae_with_cosine(cos_aoi: f64, b: f64) -> f64 {
    // K = 1 − b (1/cos θ − 1), not negative
    let modifier = math::positive(1.0 - b * (1.0 / cos_aoi - 1.0));
    if cos_aoi <= 0.0 { 0.0 } else { modifier }
}

/// The modifier of Martin & Ruiz; `a_r` is 0.16 for glass, more for dirty, less for textured glass.
///
/// Martin & Ruiz, Solar Energy Materials and Solar Cells 70 (2001), 25, doi:10.1016/S0927-0248(00)00408-6.
#[inline(always)]
pub fn martin_ruiz(aoi: f64, a_r: f64) -> f64 {
    in_front(aoi, martin_ruiz_with_cosine(math::cos(aoi.to_radians()), a_r))
}

/// [`martin_ruiz`] by the cosine of the angle; 0 where it is not above 0.
#[inline(always)]
pub fn martin_ruiz_with_cosine(cos_aoi: f64, a_r: f64) -> f64 {
    // K = (1 − exp(−cos θ / a)) / (1 − exp(−1/a))
    (1.0 - math::exp(-math::positive(cos_aoi) / a_r)) / (1.0 - math::exp(-1.0 / a_r))
}

/// What of the sky's and the ground's diffuse light gets through, by [`martin_ruiz`]'s integrals; tilt in degrees, 0 to 180.
///
/// Martin & Ruiz, Progress in Photovoltaics 13 (2005), 75, doi:10.1002/pip.585, with c₁ = 0.4244 and c₂ = 0.5 a − 0.154
/// (Martin & Ruiz 2013, erratum doi:10.1002/pip.1091).
#[inline(always)]
pub fn martin_ruiz_diffuse(surface_tilt: f64, a_r: f64) -> (f64, f64) {
    let (c1, c2) = (0.4244, 0.5 * a_r - 0.154);
    let beta = surface_tilt.to_radians();
    // σ = sin β + (π − β − sin β)/(1 + cos β), γ = sin β + (β − sin β)/(1 − cos β): one function of π − β and of β.
    let term = |x: f64| {
        let (sin, cos) = math::sin_cos(x);
        // (x − sin x)/(1 − cos x) is 0/0 at 0; its series loses no digits there.
        let series = x / 3.0 * (1.0 + x * x / 30.0 * (1.0 + x * x / 28.0));
        sin + if x.abs() < 0.03 { series } else { (x - sin) / (1.0 - cos) }
    };
    let (sky, ground) = (term(PI - beta), term(beta));
    // K = 1 − exp(−(c₁ + c₂ σ) σ / a)
    let modifier = |term: f64| 1.0 - math::exp(-(c1 + c2 * term) * term / a_r);
    (modifier(sky), modifier(ground))
}

/// Schlick's approximation of Fresnel's equations.
///
/// Schlick, Computer Graphics Forum 13 (1994), 233, doi:10.1111/1467-8659.1330233; for modules Xie et al. 2022.
#[inline(always)]
pub fn schlick(aoi: f64) -> f64 {
    in_front(aoi, schlick_with_cosine(math::cos(aoi.to_radians())))
}

/// [`schlick`] by the cosine of the angle; 0 where it is not above 0.
#[inline(always)]
pub fn schlick_with_cosine(cos_aoi: f64) -> f64 {
    let rest = 1.0 - math::positive(cos_aoi);
    let squared = rest * rest;
    // K = 1 − (1 − cos θ)⁵
    1.0 - squared * squared * rest
}

/// What of the sky's and the ground's diffuse light gets through, by [`schlick`]'s integrals; tilt in degrees, 0 to 180.
///
/// Xie et al., Renewable and Sustainable Energy Reviews 161 (2022), 112362, doi:10.1016/j.rser.2022.112362, equations 4 and 6.
#[inline(always)]
pub fn schlick_diffuse(surface_tilt: f64) -> (f64, f64) {
    let beta = surface_tilt.to_radians();
    let (sin, cos) = math::sin_cos(beta);
    let squared = sin * sin;
    let sky = 2.0 / (PI * (1.0 + cos))
        * (30.0 / 7.0 * PI - 160.0 / 21.0 * beta - 10.0 / 3.0 * PI * cos + 160.0 / 21.0 * cos * sin
            - 5.0 / 3.0 * PI * cos * squared
            + 20.0 / 7.0 * cos * (squared * sin)
            - 5.0 / 16.0 * PI * cos * (squared * squared)
            + 16.0 / 105.0 * cos * (squared * squared * sin));
    let ground = 40.0 / (21.0 * (1.0 - cos)) - (1.0 + cos) / (1.0 - cos) * sky;
    (sky, if surface_tilt < 1e-6 { 0.0 } else { ground })
}

/// The polynomial of the Sandia array performance model, lowest power of the angle (degrees) first; not negative.
///
/// King, Boyson & Kratochvill, SAND2004-3535, doi:10.2172/919131.
#[inline(always)]
pub fn sapm_modifier(aoi: f64, b: &[f64; 6]) -> f64 {
    // K = Σ bᵢ θⁱ
    let modifier = b[0] + aoi * (b[1] + aoi * (b[2] + aoi * (b[3] + aoi * (b[4] + aoi * b[5]))));
    if (0.0..=90.0).contains(&aoi) || aoi.is_nan() { math::positive(modifier) } else { 0.0 }
}

/// Coefficients of [`sapm_modifier`] for flat glass, which most modules of Sandia's database have.
pub const SAPM_GLASS: [f64; 6] = [1.0, -2.438e-3, 3.103e-4, -1.246e-5, 2.11e-7, -1.36e-9];

/// A modifier measured at a few angles, straight between them and on to 90 degrees, as a data sheet, a PAN file or IEC 61853-2 gives
/// it; not negative.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredModifier {
    /// Angles, degrees, and the slope of the modifier from each on less that before it.
    bends: Vec<(f64, f64)>,
    /// At the first angle.
    first: f64,
}

impl MeasuredModifier {
    /// Most that glass lets through aslant over what it lets through at normal incidence: measured ones have some hundredths more than 1.
    pub const MOST: f64 = 1.1;

    /// From angles (degrees, 0 to 90, ascending, the first 0) and modifiers, two at least; divided by that at 0 degrees, of which none is
    /// more than [`MeasuredModifier::MOST`] times.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for what is not so, [`Error::Length`] for columns of different length.
    pub fn new(aoi: &[f64], modifier: &[f64]) -> Result<Self> {
        if aoi.len() != modifier.len() {
            return Err(Error::Length { name: "modifier", found: modifier.len(), expected: aoi.len() });
        }
        check_range("number of angles", aoi.len() as f64, 2.0, 100.0, "")?;
        check_range("first angle", aoi[0], 0.0, 0.0, "degrees")?;
        check_range("modifier[0]", modifier[0], 0.1, 2.0, "")?;
        let most = Self::MOST * modifier[0];
        let mut bends = Vec::with_capacity(aoi.len() - 1);
        let mut before = 0.0;
        for k in 1..aoi.len() {
            if !(aoi[k] > aoi[k - 1] && aoi[k] <= 90.0) {
                let allowed = format!("more than the {} before it, at most 90 degrees", aoi[k - 1]);
                return Err(Error::OutOfRange { name: format!("aoi[{k}]"), value: aoi[k], allowed });
            }
            // NaN is refused here, too.
            if !(0.0..=most).contains(&modifier[k]) {
                let allowed = format!("0 to {} times that at 0 degrees: glass lets no more through aslant", Self::MOST);
                return Err(Error::OutOfRange { name: format!("modifier[{k}]"), value: modifier[k], allowed });
            }
            let slope = (modifier[k] - modifier[k - 1]) / (aoi[k] - aoi[k - 1]) / modifier[0];
            bends.push((aoi[k - 1], slope - before));
            before = slope;
        }
        Ok(Self { bends, first: 1.0 })
    }

    /// The modifier at an angle, degrees, of which the sign does not count. pvlib goes straight on beyond 90 degrees, too.
    #[inline(always)]
    pub fn at(&self, aoi: f64) -> f64 {
        let aoi = aoi.abs();
        // K = K₀ + Σ sₖ (θ − θₖ)₊: no search for an interval
        let bent = |sum: f64, &(angle, slope): &(f64, f64)| sum + slope * math::positive(aoi - angle);
        in_front(aoi, math::positive(self.bends.iter().fold(self.first, bent)))
    }

    /// Where the modifier bends, radians, ascending: at measured angles, and where it reaches 0 beyond them.
    pub(super) fn bends(&self) -> Vec<f64> {
        let mut angles: Vec<f64> = self.bends.iter().map(|(angle, _)| *angle).collect();
        let last = angles[angles.len() - 1];
        let slope: f64 = self.bends.iter().map(|(_, slope)| slope).sum();
        if slope < 0.0 {
            angles.push(last - self.at(last) / slope);
        }
        angles.into_iter().map(f64::to_radians).collect()
    }
}
