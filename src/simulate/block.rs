//! The stages of the chain over a block of records: plain loops over columns that vectorise, each calling
//! the model's own function. A model is chosen once a block.

use super::cover::{Cover, OwnGlass, degrees};
use super::sky::Sky;
use crate::math;
use crate::plane::{
    DiffuseModifiers, Dome, Incidence, Plane, PvwattsCover, ashrae_with_cosine, ground_diffuse,
    martin_ruiz_with_cosine, sapm_modifier, schlick_with_cosine,
};

/// Albedo where neither the array nor the weather says otherwise (as PVWatts).
pub(super) const DEFAULT_ALBEDO: f64 = 0.2;

/// Glass and plane of an array.
#[derive(Clone, Debug)]
pub(super) struct Aperture {
    plane: Plane,
    cover: Cover,
    diffuse: DiffuseModifiers,
}

/// Light on a plane in one record, W/m2.
pub(super) trait Lit {
    /// Cosine of the sun's incidence.
    fn projection(&self) -> f64;
    fn beam(&self) -> f64;
    fn ground(&self) -> f64;
    /// The sky's diffuse light.
    fn sky(&self) -> f64;
    /// What is left of it when so much of that from around the sun and of the rest gets through.
    fn through(&self, around: f64, rest: f64) -> f64;

    /// What gets through of the light of sky and ground, where the plane does not stand still; else as the plane's.
    #[inline(always)]
    fn diffuse(&self, plane: DiffuseModifiers) -> DiffuseModifiers {
        plane
    }
}

impl Aperture {
    pub(super) fn new(plane: Plane, incidence: Incidence, own: &OwnGlass) -> Self {
        Self::of(plane, Cover::new(incidence, own, plane.surface_tilt))
    }

    fn of(plane: Plane, cover: Cover) -> Self {
        Self { diffuse: cover.diffuse(&plane), plane, cover }
    }

    /// The same glass at another tilt, degrees up to 90.
    pub(super) fn tilted(&self, surface_tilt: f64) -> Self {
        let plane = Plane::new(surface_tilt.min(90.0), 180.0);
        let cover = match &self.cover {
            Cover::Pvwatts(_) => Cover::Pvwatts(PvwattsCover::new(plane.surface_tilt)),
            other => other.clone(),
        };
        Self::of(plane, cover)
    }

    /// What gets through of the light of sky and ground.
    pub(super) fn diffuse(&self) -> DiffuseModifiers {
        self.diffuse
    }

    pub(super) fn plane(&self) -> &Plane {
        &self.plane
    }

    /// Irradiance on the plane and behind its glass, W/m2; `albedo` stands before that of the weather.
    #[inline(always)]
    pub(super) fn irradiance(&self, sky: &Sky<'_>, albedo: Option<f64>, poa_global: &mut [f64], effective: &mut [f64]) {
        let n = poa_global.len();
        let light = Light::new(sky, self.plane, n);
        if let (None, Some(column)) = (albedo, sky.albedo) {
            let column = &column[..n];
            self.reflect(
                #[inline(always)]
                |i| light.at(i, column[i]),
                poa_global,
                effective,
            );
        } else {
            let albedo = albedo.unwrap_or(DEFAULT_ALBEDO);
            self.reflect(
                #[inline(always)]
                |i| light.at(i, albedo),
                poa_global,
                effective,
            );
        }
    }

    /// Light on the plane and what of it gets through the glass.
    #[inline(always)]
    pub(super) fn reflect<L: Lit>(&self, lit: impl Fn(usize) -> L, poa_global: &mut [f64], effective: &mut [f64]) {
        let n = poa_global.len();
        let effective = &mut effective[..n];
        let diffuse = self.diffuse;
        // Copies, which the compiler may keep in registers.
        match self.cover {
            Cover::None => {
                for i in 0..n {
                    let light = lit(i);
                    poa_global[i] = light.beam() + (light.sky() + light.ground());
                    effective[i] = poa_global[i];
                }
            }
            Cover::PhysicalBeam(glass) => beam_modified(
                lit,
                #[inline(always)]
                |projection| glass.modifier(projection),
                poa_global,
                effective,
            ),
            Cover::PvwattsBeam(cover) => beam_modified(
                lit,
                #[inline(always)]
                |projection| cover.modifier(projection),
                poa_global,
                effective,
            ),
            Cover::Ashrae(b) => beam_modified(
                lit,
                #[inline(always)]
                |projection| ashrae_with_cosine(projection, b),
                poa_global,
                effective,
            ),
            Cover::Physical(glass) => all_modified(
                lit,
                diffuse,
                #[inline(always)]
                |projection| glass.modifier(projection),
                poa_global,
                effective,
            ),
            Cover::PhysicalCoated(coated) => all_modified(
                lit,
                diffuse,
                #[inline(always)]
                |projection| coated.modifier(projection),
                poa_global,
                effective,
            ),
            Cover::MartinRuiz(a_r) => all_modified(
                lit,
                diffuse,
                #[inline(always)]
                |projection| martin_ruiz_with_cosine(projection, a_r),
                poa_global,
                effective,
            ),
            Cover::Schlick => all_modified(lit, diffuse, schlick_with_cosine, poa_global, effective),
            Cover::Measured(ref points) => all_modified(
                lit,
                diffuse,
                #[inline(always)]
                |projection| points.at(degrees(projection)),
                poa_global,
                effective,
            ),
            Cover::Sapm(b, used) => {
                for i in 0..n {
                    let light = lit(i);
                    let scattered = light.sky() + light.ground();
                    poa_global[i] = light.beam() + scattered;
                    effective[i] = light.beam() * sapm_modifier(degrees(light.projection()), &b) + used * scattered;
                }
            }
            Cover::Pvwatts(cover) => {
                for i in 0..n {
                    let light = lit(i);
                    let diffuse = light.diffuse(diffuse);
                    poa_global[i] = light.beam() + (light.sky() + light.ground());
                    // One angle stands for all of the sky, the light from around the sun included.
                    let sky = light.through(diffuse.sky, diffuse.sky);
                    let beam = light.beam() * cover.modifier(light.projection());
                    effective[i] = beam + (sky + light.ground() * diffuse.ground);
                }
            }
        }
    }
}

/// A modifier on the beam alone.
#[inline(always)]
fn beam_modified<L: Lit>(
    lit: impl Fn(usize) -> L,
    modifier: impl Fn(f64) -> f64,
    poa_global: &mut [f64],
    effective: &mut [f64],
) {
    for i in 0..poa_global.len() {
        let light = lit(i);
        let scattered = light.sky() + light.ground();
        poa_global[i] = light.beam() + scattered;
        effective[i] = light.beam() * modifier(light.projection()) + scattered;
    }
}

/// A modifier on the beam and on the light from around the sun, which meets the glass at the beam's angle, and one each for
/// sky and ground.
#[inline(always)]
fn all_modified<L: Lit>(
    lit: impl Fn(usize) -> L,
    diffuse: DiffuseModifiers,
    modifier: impl Fn(f64) -> f64,
    poa_global: &mut [f64],
    effective: &mut [f64],
) {
    for i in 0..poa_global.len() {
        let light = lit(i);
        let diffuse = light.diffuse(diffuse);
        poa_global[i] = light.beam() + (light.sky() + light.ground());
        let modifier = modifier(light.projection());
        effective[i] =
            light.beam() * modifier + (light.through(modifier, diffuse.sky) + light.ground() * diffuse.ground);
    }
}

/// The columns of a block that light on a plane is made from.
struct Light<'a> {
    plane: Plane,
    sky: Sky<'a>,
}

/// Light of one record, from a sky that was taken apart.
struct UnderDome<'p> {
    plane: &'p Plane,
    projection: f64,
    beam: f64,
    dome: Dome,
    ground: f64,
}

impl Lit for UnderDome<'_> {
    #[inline(always)]
    fn projection(&self) -> f64 {
        self.projection
    }

    #[inline(always)]
    fn beam(&self) -> f64 {
        self.beam
    }

    #[inline(always)]
    fn ground(&self) -> f64 {
        self.ground
    }

    #[inline(always)]
    fn sky(&self) -> f64 {
        self.dome.on_plane(self.plane, self.projection)
    }

    #[inline(always)]
    fn through(&self, around: f64, rest: f64) -> f64 {
        let dome = Dome {
            isotropic: self.dome.isotropic * rest,
            circumsolar: self.dome.circumsolar * around,
            horizon: self.dome.horizon * rest,
        };
        dome.on_plane(self.plane, self.projection)
    }
}

impl<'a> Light<'a> {
    #[inline(always)]
    fn new(sky: &Sky<'a>, plane: Plane, n: usize) -> Self {
        let sky = Sky {
            east: &sky.east[..n],
            north: &sky.north[..n],
            up: &sky.up[..n],
            ghi: &sky.ghi[..n],
            dni: &sky.dni[..n],
            isotropic: &sky.isotropic[..n],
            circumsolar: &sky.circumsolar[..n],
            horizon: &sky.horizon[..n],
            ..*sky
        };
        Self { plane, sky }
    }

    #[inline(always)]
    fn at(&self, i: usize, albedo: f64) -> UnderDome<'_> {
        let Self { plane, sky } = self;
        let projection = plane.aoi_projection([sky.east[i], sky.north[i], sky.up[i]]);
        let dome = Dome { isotropic: sky.isotropic[i], circumsolar: sky.circumsolar[i], horizon: sky.horizon[i] };
        let beam = sky.dni[i] * math::positive(projection);
        UnderDome { plane, projection, beam, dome, ground: ground_diffuse(plane, sky.ghi[i], albedo) }
    }
}
