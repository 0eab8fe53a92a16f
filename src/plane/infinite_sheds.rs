//! Light on both sides of the rows of an endless field.
//!
//! Mikofski et al., Bifacial performance modeling in large arrays, 46th IEEE PVSC (2019), 1282,
//! doi:10.1109/PVSC40753.2019.8980572, with the view factors of [`ViewFactors`].

use super::transposition;
use super::view_factors::ViewFactors;
use crate::math;

/// Tangent of 85 degrees: a sun that is lower, seen along the rows, leaves no light on the ground.
const TAN_85: f64 = 11.430052302761343;

/// One side of the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShedSide {
    /// Unit normal: east, north, up.
    normal: [f64; 3],
    /// Unit vector (east, north) of the azimuth that the side faces.
    facing: [f64; 2],
    gcr: f64,
    /// What the side and the ground see.
    pub views: ViewFactors,
}

/// The sky over the rows and the ground under them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShedSky {
    /// Global horizontal irradiance, W/m2.
    pub ghi: f64,
    /// Diffuse horizontal irradiance, W/m2.
    pub dhi: f64,
    /// Direct normal irradiance, W/m2.
    pub dni: f64,
    /// Share of light that the ground reflects, 0 to 1.
    pub albedo: f64,
}

impl ShedSky {
    /// The same sky with the circumsolar part of [`hay_davies`](super::hay_davies) counted as direct; what is left of the diffuse light
    /// is not negative, even where DNI is more than comes from the sun.
    #[must_use]
    #[inline(always)]
    pub fn with_circumsolar(self, dni_extra: f64, cos_zenith: f64) -> Self {
        let circumsolar = transposition::hay_davies(self.dhi, self.dni, dni_extra, cos_zenith).circumsolar;
        let dhi = math::positive(self.dhi - circumsolar * math::positive(cos_zenith));
        Self { dhi, dni: self.dni + circumsolar, ..self }
    }
}

/// Irradiance on one side of the rows, W/m2, as a mean over the slant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShedIrradiance {
    /// Direct, less what the next row's shadow takes.
    pub poa_direct: f64,
    /// From the sky.
    pub poa_sky_diffuse: f64,
    /// From the ground.
    pub poa_ground_diffuse: f64,
    /// Share of the slant in the shadow of the next row, 0 to 1, from the lower edge.
    pub shaded_fraction: f64,
}

impl ShedIrradiance {
    /// Sum of all light.
    #[inline(always)]
    pub fn poa_global(&self) -> f64 {
        self.poa_direct + (self.poa_sky_diffuse + self.poa_ground_diffuse)
    }
}

impl ShedSide {
    /// The side of rows with that tilt (degrees, 0 to 180, beyond 90 looking down) and azimuth (degrees); `gcr`, the ground coverage
    /// ratio, is the slant length over the distance of two rows, above 0 and up to 1.
    #[inline(always)]
    pub fn new(surface_tilt: f64, surface_azimuth: f64, gcr: f64) -> Self {
        let (sin, cos) = math::sin_cos(surface_tilt.to_radians());
        let (east, north) = math::sin_cos(surface_azimuth.to_radians());
        let views = ViewFactors::of_cos(cos, gcr);
        Self { normal: [sin * east, sin * north, cos], facing: [east, north], gcr, views }
    }

    /// The other side.
    #[must_use]
    #[inline(always)]
    pub fn back(&self) -> Self {
        let ([east, north, up], [facing_east, facing_north]) = (self.normal, self.facing);
        Self {
            normal: [-east, -north, -up],
            facing: [-facing_east, -facing_north],
            gcr: self.gcr,
            views: ViewFactors::of_cos(-up, self.gcr),
        }
    }

    /// Cosine of the angle of incidence of light from a unit vector (east, north, up), -1 to 1.
    #[inline(always)]
    pub fn aoi_projection(&self, [east, north, up]: [f64; 3]) -> f64 {
        self.normal[0] * east + self.normal[1] * north + self.normal[2] * up
    }

    /// Irradiance under a sun of that direction (unit vector east, north, up); `iam` is what part of direct light gets through the
    /// glass. The ground's direct light is `ghi - dhi`. With the sun below the horizon, direct light is for the sky to leave out.
    #[inline(always)]
    pub fn irradiance(&self, sun: [f64; 3], sky: &ShedSky, iam: f64) -> ShedIrradiance {
        let cos_aoi = self.aoi_projection(sun);
        // Shadow of a row on level ground, over the distance of two: x = g (cos β + sin β tan φ) = g cos θ/cos z
        let shadow = self.gcr * cos_aoi / sun[2];
        let part = if cos_aoi <= 0.0 { 1.0 } else { 1.0 - 1.0 / shadow };
        let shaded_fraction = if shadow <= 1.0 { 0.0 } else { part };
        let dark = shadow.abs();
        let lit = if dark > 1.0 { 0.0 } else { 1.0 - dark };
        // tan φ = cos(γ_s − γ) tan z, the sun's zenith as seen along the rows
        let forward = (self.facing[0] * sun[0] + self.facing[1] * sun[1]).abs();
        let lit = if forward > TAN_85 * sun[2].abs() { 0.0 } else { lit };
        let on_ground = sky.albedo * (lit * (sky.ghi - sky.dhi) + self.views.ground_sky * sky.dhi);
        ShedIrradiance {
            poa_direct: math::positive(sky.dni * cos_aoi) * (1.0 - shaded_fraction) * iam,
            poa_sky_diffuse: sky.dhi * self.views.row_sky,
            poa_ground_diffuse: on_ground * self.views.row_ground,
            shaded_fraction,
        }
    }
}

/// What the back of a module makes of its light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bifacial {
    /// Power of the back over that of the front under the same light; 0.7 to 0.9 for modules of today.
    pub bifaciality: f64,
    /// Share of the back's light that frames, rails and torque tubes take, as a negative number.
    pub shade_factor: f64,
    /// Share of light that passes between cells and modules and comes back from the ground.
    pub transmission_factor: f64,
}

impl Default for Bifacial {
    /// pvlib's defaults: 0.8, -0.02, 0.
    fn default() -> Self {
        Self { bifaciality: 0.8, shade_factor: -0.02, transmission_factor: 0.0 }
    }
}

impl Bifacial {
    /// Irradiance that the cells use, W/m2, from that on both sides.
    #[inline(always)]
    pub fn poa_global(&self, poa_front: f64, poa_back: f64) -> f64 {
        // G = G_f + φ (1 + s)(1 + t) G_b
        poa_front + poa_back * self.bifaciality * ((1.0 + self.shade_factor) * (1.0 + self.transmission_factor))
    }
}

/// Share of DC power that is lost because cells are not lit alike; `rmad` is the relative mean absolute difference of the cells'
/// light, 0 to 1, `fill_factor` that of the module (0.79 where the fit was made).
///
/// Deline et al., Progress in Photovoltaics 28 (2020), 691, doi:10.1002/pip.3259, equations 7 and 11.
#[inline(always)]
pub fn power_mismatch_deline(rmad: f64, fill_factor: f64) -> f64 {
    // M = (0.142 Δ + 3.2 Δ²) FF/0.79
    rmad * (0.142 + 3.2 * rmad) * (fill_factor / 0.79)
}

/// Relative mean absolute difference of the light of both sides together from that of the back, where the front's light is even.
///
/// Deline et al. 2020, doi:10.1002/pip.3259, equation 2: the difference of φ B + F is φ times that of B, its mean φ B + F.
#[inline(always)]
pub fn rmad_of_both_sides(rmad_back: f64, bifaciality: f64, poa_front: f64, poa_back: f64) -> f64 {
    // Δ = Δ_b φ G_b/(φ G_b + G_f)
    let back = bifaciality * poa_back;
    rmad_back * back / (back + poa_front)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plane::sun_direction;

    const SKY: ShedSky = ShedSky { ghi: 700.0, dhi: 120.0, dni: 820.0, albedo: 0.6 };

    #[test]
    fn flat_rows_see_the_sky_and_their_backs_the_ground() {
        let front = ShedSide::new(0.0, 180.0, 0.4);
        let sun = sun_direction(30.0, 150.0);
        let light = front.irradiance(sun, &SKY, 1.0);
        assert!((light.poa_global() - (820.0 * 30f64.to_radians().cos() + 120.0)).abs() < 1e-10);
        let back = front.back().irradiance(sun, &SKY, 1.0);
        // The rows cover 40 % of the ground; the rest is lit by the sun and by the sky.
        assert!((back.poa_global() - 0.6 * 0.6 * 700.0).abs() < 1e-10, "{back:?}");
        assert_eq!(back.poa_direct, 0.0);
    }

    #[test]
    fn direct_light_is_neither_lost_nor_made() {
        // What falls on a strip of ground as wide as the distance of two rows lands on the front, the back or the ground.
        for (tilt, gcr, zenith, azimuth) in
            [(25.0, 0.5, 40.0, 200.0), (60.0, 0.9, 75.0, 170.0), (30.0, 0.4, 80.0, 10.0)]
        {
            let sun = sun_direction(zenith, azimuth);
            let beam = ShedSky { ghi: 800.0 * sun[2], dhi: 0.0, dni: 800.0, albedo: 1.0 };
            let front = ShedSide::new(tilt, 180.0, gcr);
            let [a, b] = [front, front.back()].map(|side| side.irradiance(sun, &beam, 1.0));
            let ground = a.poa_ground_diffuse / front.views.row_ground;
            let landed = gcr * (a.poa_direct + b.poa_direct) + ground;
            assert!((landed - beam.ghi).abs() < 1e-9, "{landed} of {}", beam.ghi);
        }
    }

    #[test]
    fn uneven_backs_count_by_their_part_of_the_light() {
        let rmad = |light: &[f64]| {
            let n = light.len() as f64;
            let mean = light.iter().sum::<f64>() / n;
            let differences = light.iter().flat_map(|a| light.iter().map(move |b| (a - b).abs())).sum::<f64>();
            differences / (n * n * mean)
        };
        let back = [40.0, 90.0, 120.0, 70.0];
        let both = back.map(|b| 0.7 * b + 800.0);
        assert!((rmad_of_both_sides(rmad(&back), 0.7, 800.0, 80.0) - rmad(&both)).abs() < 1e-15);
    }

    #[test]
    fn a_night_is_dark_and_what_is_not_a_number_stays_so() {
        let side = ShedSide::new(30.0, 180.0, 0.5);
        let night = ShedSky { ghi: 0.0, dhi: 0.0, dni: 0.0, albedo: 0.2 };
        assert_eq!(side.irradiance(sun_direction(110.0, 20.0), &night, 1.0).poa_global(), 0.0);
        let impossible = ShedSky { ghi: 1300.0, dhi: 100.0, dni: 1500.0, albedo: 0.2 };
        assert_eq!(impossible.with_circumsolar(1366.0, 0.8).dhi, 0.0);
        assert!(ShedSky { dhi: f64::NAN, ..impossible }.with_circumsolar(1366.0, 0.8).dhi.is_nan());
        let nan = f64::NAN;
        let sun = sun_direction(40.0, 150.0);
        for light in [
            side.irradiance(sun_direction(nan, 150.0), &SKY, 1.0),
            side.irradiance(sun, &ShedSky { dhi: nan, ..SKY }, 1.0),
            side.irradiance(sun, &ShedSky { dni: nan, ..SKY }, 1.0),
            side.irradiance(sun, &ShedSky { ghi: nan, ..SKY }, 1.0),
            side.irradiance(sun, &ShedSky { albedo: nan, ..SKY }, 1.0),
            side.irradiance(sun, &SKY, nan),
            ShedSide::new(30.0, nan, 0.5).irradiance(sun, &SKY, 1.0),
            ShedSide::new(30.0, 180.0, nan).irradiance(sun, &SKY, 1.0),
        ] {
            assert!(light.poa_global().is_nan());
        }
    }
}
