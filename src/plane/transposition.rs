//! From the horizontal to a tilted plane.
//!
//! Every model of this family first turns a record's sky into a [`Dome`], which no plane enters, and the
//! dome is then seen from a plane: so a sweep over planes computes the sky once.

use serde::{Deserialize, Serialize};

use super::perez_sets::{self, PerezSet};
use crate::math;

/// How diffuse sky light is carried to a tilted plane.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transposition {
    /// [`isotropic`]: the same from all of the sky; underestimates tilted planes under clear skies.
    Isotropic,
    /// [`hay_davies`]: a circumsolar part beside the isotropic one.
    HayDavies,
    /// [`perez_1990`]: circumsolar and horizon parts by clearness and brightness, all-sites coefficients;
    /// the field's usual choice.
    #[default]
    Perez,
    /// [`perez_driesse`](super::perez_driesse): the same without steps between bins.
    PerezDriesse,
    /// [`perez`] with the coefficients of all sites of 1988, and so on of single sites.
    PerezAllSites1988,
    /// Sandia's.
    PerezSandia1988,
    /// The United States.
    PerezUsa1988,
    /// France.
    PerezFrance1988,
    /// Phoenix.
    PerezPhoenix1988,
    /// El Monte.
    PerezElMonte1988,
    /// Osage.
    PerezOsage1988,
    /// Albuquerque.
    PerezAlbuquerque1988,
    /// Cape Canaveral.
    PerezCapeCanaveral1988,
    /// Albany.
    PerezAlbany1988,
    /// [`perez_pvwatts`](super::perez_pvwatts): as PVWatts version 8 computes it.
    PerezPvwatts,
    /// [`klucher`].
    Klucher,
    /// [`reindl`].
    Reindl,
    /// [`muneer`](super::muneer): as PVGIS computes it.
    Muneer,
}

impl Transposition {
    /// Whether a sky has to be taken apart anew for each plane.
    pub fn depends_on_plane(self) -> bool {
        matches!(self, Self::PerezPvwatts | Self::Klucher | Self::Reindl | Self::Muneer)
    }

    /// The coefficients, where the model is [`perez`].
    pub fn perez_set(self) -> Option<&'static PerezSet> {
        Some(match self {
            Self::Perez => &perez_sets::ALL_SITES_1990,
            Self::PerezAllSites1988 => &perez_sets::ALL_SITES_1988,
            Self::PerezSandia1988 => &perez_sets::SANDIA_1988,
            Self::PerezUsa1988 => &perez_sets::USA_1988,
            Self::PerezFrance1988 => &perez_sets::FRANCE_1988,
            Self::PerezPhoenix1988 => &perez_sets::PHOENIX_1988,
            Self::PerezElMonte1988 => &perez_sets::EL_MONTE_1988,
            Self::PerezOsage1988 => &perez_sets::OSAGE_1988,
            Self::PerezAlbuquerque1988 => &perez_sets::ALBUQUERQUE_1988,
            Self::PerezCapeCanaveral1988 => &perez_sets::CAPE_CANAVERAL_1988,
            Self::PerezAlbany1988 => &perez_sets::ALBANY_1988,
            Self::Isotropic
            | Self::HayDavies
            | Self::PerezDriesse
            | Self::PerezPvwatts
            | Self::Klucher
            | Self::Reindl
            | Self::Muneer => return None,
        })
    }
}

/// A fixed plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    /// Tilt from horizontal, degrees.
    pub surface_tilt: f64,
    /// Azimuth, degrees clockwise from north.
    pub surface_azimuth: f64,
    /// Unit normal: east, north, up.
    pub normal: [f64; 3],
    sin_tilt: f64,
    cos_tilt: f64,
}

impl Plane {
    /// The plane of a tilt and an azimuth, degrees.
    #[inline(always)]
    pub fn new(surface_tilt: f64, surface_azimuth: f64) -> Self {
        let (sin_tilt, cos_tilt) = math::sin_cos(surface_tilt.to_radians());
        let (sin_azimuth, cos_azimuth) = math::sin_cos(surface_azimuth.to_radians());
        let normal = [sin_tilt * sin_azimuth, sin_tilt * cos_azimuth, cos_tilt];
        Self { surface_tilt, surface_azimuth, normal, sin_tilt, cos_tilt }
    }

    /// The plane of a unit normal: east, north, up.
    #[inline(always)]
    pub fn of_normal(normal: [f64; 3]) -> Self {
        let [east, north, cos_tilt] = normal;
        let sin_tilt = (east * east + north * north).sqrt();
        let surface_tilt = math::atan2(sin_tilt, cos_tilt).to_degrees();
        let azimuth = math::atan2(east, north).to_degrees();
        let surface_azimuth = if azimuth < 0.0 { azimuth + 360.0 } else { azimuth };
        Self { surface_tilt, surface_azimuth, normal, sin_tilt, cos_tilt }
    }

    /// Share of the sky that the plane sees, (1 + cos β)/2.
    #[inline(always)]
    pub fn sky_view(&self) -> f64 {
        0.5 * (1.0 + self.cos_tilt)
    }

    /// Share of the ground that the plane sees, (1 − cos β)/2.
    #[inline(always)]
    pub fn ground_view(&self) -> f64 {
        0.5 * (1.0 - self.cos_tilt)
    }

    /// sin³(β/2), from sin²(β/2) = (1 − cos β)/2.
    #[inline(always)]
    fn sin_half_tilt_cubed(&self) -> f64 {
        let squared = self.ground_view();
        squared * squared.sqrt()
    }

    /// Cosine of the angle of incidence of light from a unit vector (east, north, up), -1 to 1.
    #[inline(always)]
    pub fn aoi_projection(&self, [east, north, up]: [f64; 3]) -> f64 {
        self.normal[0] * east + self.normal[1] * north + self.normal[2] * up
    }
}

/// Cosine of the angle of incidence, -1 to 1; all angles in degrees.
#[inline(always)]
pub fn aoi_projection(surface_tilt: f64, surface_azimuth: f64, solar_zenith: f64, solar_azimuth: f64) -> f64 {
    let (sin_z, cos_z) = math::sin_cos(solar_zenith.to_radians());
    let (sin_a, cos_a) = math::sin_cos(solar_azimuth.to_radians());
    Plane::new(surface_tilt, surface_azimuth).aoi_projection([sin_z * sin_a, sin_z * cos_a, cos_z])
}

/// Diffuse irradiance of one record's sky, before any plane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dome {
    /// From all of the sky alike: on the horizontal, W/m2.
    pub isotropic: f64,
    /// From around the sun: on a plane facing it, W/m2.
    pub circumsolar: f64,
    /// From along the horizon: on a vertical plane, W/m2; may be negative.
    pub horizon: f64,
}

impl Dome {
    /// Of the diffuse irradiance on a plane that from around the sun, W/m2, given the cosine of the sun's incidence.
    #[inline(always)]
    pub fn around_sun(&self, aoi_projection: f64) -> f64 {
        self.circumsolar * math::positive(aoi_projection)
    }

    /// Sky diffuse irradiance on a plane, W/m2, given the cosine of the sun's incidence on it.
    #[inline(always)]
    pub fn on_plane(&self, plane: &Plane, aoi_projection: f64) -> f64 {
        // D = I (1 + cos β)/2 + C max(cos θ, 0) + H sin β, not negative
        math::positive(
            self.isotropic * plane.sky_view()
                + self.circumsolar * math::positive(aoi_projection)
                + self.horizon * plane.sin_tilt,
        )
    }
}

/// The same light from all of the sky; DHI in W/m2.
///
/// Hottel & Woertz (1942); Liu & Jordan, Solar Energy 7 (1963), 53.
#[inline(always)]
pub fn isotropic(dhi: f64) -> Dome {
    Dome { isotropic: dhi, circumsolar: 0.0, horizon: 0.0 }
}

/// A circumsolar share as large as the beam's transmittance; irradiance in W/m2.
///
/// Hay & Davies (1980), as in Loutzenhiser et al., Solar Energy 81 (2007), 254,
/// doi:10.1016/j.solener.2006.03.009. The zenith's cosine counts as at least 0.01745.
#[inline(always)]
pub fn hay_davies(dhi: f64, dni: f64, dni_extra: f64, cos_zenith: f64) -> Dome {
    // A_I = DNI/E₀
    let anisotropy = dni / dni_extra;
    let cos_z = if cos_zenith < 0.01745 { 0.01745 } else { cos_zenith };
    Dome { isotropic: math::positive(dhi * (1.0 - anisotropy)), circumsolar: dhi * anisotropy / cos_z, horizon: 0.0 }
}

/// Lower edges of the clearness bins above the first; a value on an edge belongs to the upper bin.
const PEREZ_EDGES: [f64; 7] = [1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2];
/// Least cosine of the zenith in the circumsolar term, cos 85°.
const COS_85: f64 = 0.08715574274765824;

/// [`perez`] with the coefficients of all sites of 1990.
///
/// Perez, Ineichen, Seals, Michalsky & Stewart, Solar Energy 44 (1990), 271, doi:10.1016/0038-092X(90)90055-H.
#[inline(always)]
pub fn perez_1990(
    dhi: f64,
    dni: f64,
    dni_extra: f64,
    solar_zenith: f64,
    cos_zenith: f64,
    airmass_relative: f64,
) -> Dome {
    perez(dhi, dni, dni_extra, solar_zenith, cos_zenith, airmass_relative, &perez_sets::ALL_SITES_1990)
}

/// Circumsolar and horizon brightening from clearness and brightness, with a set of coefficients of
/// [`perez_sets`]; irradiance in W/m2, zenith in
/// degrees with its cosine beside it, relative air mass NaN where the sun is below the horizon (then
/// there is no sky diffuse, as in pvlib).
///
/// Perez, Ineichen, Seals, Michalsky & Stewart, Solar Energy 44 (1990), 271, doi:10.1016/0038-092X(90)90055-H.
#[inline(always)]
pub fn perez(
    dhi: f64,
    dni: f64,
    dni_extra: f64,
    solar_zenith: f64,
    cos_zenith: f64,
    airmass_relative: f64,
    set: &PerezSet,
) -> Dome {
    let z = solar_zenith.to_radians();
    // ε = ((DHI + DNI)/DHI + κ z³) / (1 + κ z³), κ = 1.041; here with DHI multiplied in
    let kz3 = 1.041 * (z * z * z);
    let clearness = (dhi + dni + kz3 * dhi) / (dhi * (1.0 + kz3));
    // Δ = m DHI/E₀
    let brightness = dhi * airmass_relative / dni_extra;
    // Comparisons instead of a look-up, so that the loop over records vectorises.
    let mut row = set[0];
    for (edge, upper) in PEREZ_EDGES.iter().zip(&set[1..]) {
        let above = clearness >= *edge;
        for (value, &candidate) in row.iter_mut().zip(upper) {
            *value = if above { candidate } else { *value };
        }
    }
    let [f11, f12, f13, f21, f22, f23] = row;
    // F₁ = max(0, F₁₁ + F₁₂ Δ + F₁₃ z), F₂ = F₂₁ + F₂₂ Δ + F₂₃ z
    let f1 = math::positive(f11 + f12 * brightness + f13 * z);
    let f2 = f21 + f22 * brightness + f23 * z;
    // D = DHI ((1 − F₁)(1 + cos β)/2 + F₁ a/b + F₂ sin β), b = max(cos z, cos 85°)
    // The bins forget a DNI that is not a number; its difference from itself does not.
    #[expect(clippy::eq_op, reason = "zero, but for what is not a number")]
    let nothing = dni - dni;
    let lit = if airmass_relative.is_nan() { 0.0 } else { dhi + nothing };
    let (f1, f2) = if airmass_relative.is_nan() { (0.0, 0.0) } else { (f1, f2) };
    let b = if cos_zenith < COS_85 { COS_85 } else { cos_zenith };
    Dome { isotropic: lit * (1.0 - f1), circumsolar: lit * f1 / b, horizon: lit * f2 }
}

/// Sky diffuse irradiance on a plane, W/m2, with the sun's and the horizon's share growing as the sky clears; irradiance in W/m2,
/// `aoi_projection` the cosine of the sun's incidence on the plane.
///
/// Klucher, Solar Energy 23 (1979), 111, doi:10.1016/0038-092X(79)90110-5.
#[inline(always)]
pub fn klucher(plane: &Plane, dhi: f64, ghi: f64, cos_zenith: f64, aoi_projection: f64) -> f64 {
    let cos_aoi = math::positive(aoi_projection);
    // F = 1 − (DHI/GHI)², none without light
    let share = dhi / ghi;
    let f = if ghi == 0.0 { 0.0 } else { 1.0 - share * share };
    // Rounding may take a sun in the zenith beyond 1.
    let sin_zenith_squared = math::positive(1.0 - cos_zenith * cos_zenith);
    let sin_zenith = sin_zenith_squared.sqrt();
    // D = DHI (1 + cos β)/2 (1 + F sin³(β/2)) (1 + F cos² θ sin³ z)
    dhi * plane.sky_view()
        * (1.0 + f * plane.sin_half_tilt_cubed())
        * (1.0 + f * (cos_aoi * cos_aoi) * (sin_zenith_squared * sin_zenith))
}

/// Sky diffuse irradiance on a plane, W/m2: [`hay_davies`] with light along the horizon; irradiance in W/m2. The zenith's cosine
/// counts as at least 0.01745.
///
/// Reindl, Beckman & Duffie, Solar Energy 45 (1990), 9, doi:10.1016/0038-092X(90)90061-G, as Loutzenhiser et al. 2007 give it.
#[inline(always)]
pub fn reindl(
    plane: &Plane,
    dhi: f64,
    dni: f64,
    ghi: f64,
    dni_extra: f64,
    cos_zenith: f64,
    aoi_projection: f64,
) -> f64 {
    // A = DNI/E₀, R = max(cos θ, 0)/max(cos z, 0.01745)
    let a = dni / dni_extra;
    let r = math::positive(aoi_projection) / if cos_zenith < 0.01745 { 0.01745 } else { cos_zenith };
    let horizontal = math::positive(dni * cos_zenith);
    let f = if ghi == 0.0 { 0.0 } else { (horizontal / ghi).sqrt() };
    // D = DHI (A R + (1 − A) (1 + cos β)/2 (1 + √(BHI/GHI) sin³(β/2)))
    math::positive(dhi * (a * r + (1.0 - a) * plane.sky_view() * (1.0 + f * plane.sin_half_tilt_cubed())))
}

/// Irradiance that the ground reflects onto a plane, W/m2; GHI in W/m2, albedo 0 to 1.
#[inline(always)]
pub fn ground_diffuse(plane: &Plane, ghi: f64, albedo: f64) -> f64 {
    // G = GHI ρ (1 − cos β)/2
    ghi * albedo * plane.ground_view()
}
