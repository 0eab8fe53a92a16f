//! Light on a plane part by part, for arrays whose way from the sky to the cells has more steps than the fused loop of
//! `block.rs`: skies that depend on the plane, rows that shade one another, spectra.

use std::ops::Range;

use super::block::{Aperture, DEFAULT_ALBEDO, Lit};
use super::daylight::Daylight;
use super::history;
use super::row_shade::{EndlessRows, RowShade};
use super::settings::LightSettings;
use super::sky::Sky;
use crate::error::Result;
use crate::inverter::dc_ohmic_losses;
use crate::math;
use crate::plane::{
    Bifacial, DiffuseModifiers, Dome, Plane, PvwattsRows, ShedSide, ShedSky, SingleAxis, TrackerParameters,
    Transposition, ground_diffuse, ground_pvwatts, hay_davies, klucher, muneer, perez_pvwatts, reindl,
};
use crate::plant::SnowModel;
use crate::weather::Weather;

/// Light of a block on a plane, W/m2, part by part.
#[derive(Clone, Debug, Default)]
struct Parts {
    /// Cosine of the sun's incidence.
    projection: Vec<f64>,
    beam: Vec<f64>,
    /// The sky's diffuse light from around the sun.
    around: Vec<f64>,
    /// The rest of it.
    rest: Vec<f64>,
    ground: Vec<f64>,
    albedo: Vec<f64>,
    /// Where the modules turn: how they stand, and what gets through of the light of sky and ground.
    planes: Vec<Plane>,
    diffuse: Vec<DiffuseModifiers>,
}

impl Parts {
    fn resize(&mut self, n: usize) {
        let Self { projection, beam, around, rest, ground, albedo, .. } = self;
        for column in [projection, beam, around, rest, ground, albedo] {
            column.resize(n, 0.0);
        }
    }

    #[inline(always)]
    fn at(&self, i: usize) -> Part {
        let Self { projection, beam, around, rest, ground, diffuse, .. } = self;
        let diffuse = diffuse.get(i).copied();
        Part { diffuse, projection: projection[i], beam: beam[i], around: around[i], rest: rest[i], ground: ground[i] }
    }
}

/// One record of [`Parts`].
struct Part {
    projection: f64,
    beam: f64,
    around: f64,
    rest: f64,
    ground: f64,
    diffuse: Option<DiffuseModifiers>,
}

impl Lit for Part {
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
        math::positive(self.around + self.rest)
    }

    #[inline(always)]
    fn through(&self, around: f64, rest: f64) -> f64 {
        math::positive(self.around * around + self.rest * rest)
    }

    #[inline(always)]
    fn diffuse(&self, plane: DiffuseModifiers) -> DiffuseModifiers {
        self.diffuse.unwrap_or(plane)
    }
}

/// Where the light of a block goes, W/m2.
pub(super) struct LightColumns<'a> {
    /// On the plane before rows shade it.
    pub(super) open: &'a mut [f64],
    pub(super) poa_global: &'a mut [f64],
    pub(super) behind_glass: &'a mut [f64],
    /// With what the modules' back gets.
    pub(super) both_sides: &'a mut [f64],
    /// After the spectrum.
    pub(super) spectral: &'a mut [f64],
    /// After dust that comes and goes.
    pub(super) effective: &'a mut [f64],
}

/// The light of one array, with what is kept of it for all records with daylight.
#[derive(Clone, Debug)]
pub(super) struct Detail {
    settings: LightSettings,
    rows: Option<RowShade>,
    tracker: Option<Tracker>,
    /// The back of rows that stand still.
    back: Option<ShedSide>,
    surface_tilt: f64,
    /// What the spectrum and the dust leave of the light, and the snow of DC power.
    spectrum: Option<Vec<f64>>,
    clean: Option<Vec<f64>>,
    snow: Option<Vec<f64>>,
    letid: Option<Vec<f64>>,
    /// The albedo of each record, where it is neither the array's nor the weather's.
    ground: Option<Vec<f64>>,
    parts: Parts,
}

impl Detail {
    pub(super) fn new(
        light: &LightSettings,
        aperture: &Aperture,
        albedo: Option<f64>,
        daylight: &Daylight,
        weather: &Weather,
    ) -> Result<Self> {
        let plane = *aperture.plane();
        Ok(Self {
            tracker: light.tracker.as_ref().map(|tracker| Tracker::new(tracker, aperture)),
            back: light.back.map(|[_, gcr]| ShedSide::new(plane.surface_tilt, plane.surface_azimuth, gcr).back()),
            settings: *light,
            rows: light.rows.map(|rows| RowShade::new(rows, &plane, light.tracker.as_ref())),
            surface_tilt: plane.surface_tilt,
            spectrum: history::spectrum(light, daylight, weather)?,
            clean: history::clean(&light.soiling, plane.surface_tilt, daylight, weather)?,
            snow: None,
            letid: None,
            ground: history::ground(light, albedo, daylight, weather)?,
            parts: Parts::default(),
        })
    }

    /// Whether something of it depends on the hours before.
    pub(super) fn remembers(&self) -> bool {
        let LightSettings { cells, prilliman, snow, letid, .. } = &self.settings;
        cells.is_some() || *prilliman || snow.model != SnowModel::Constant || letid.is_some()
    }

    /// Computes what depends on the hours before, once the light of all records is known.
    pub(super) fn remember(
        &mut self,
        poa_global: &[f64],
        temp_cell: &mut [f64],
        daylight: &Daylight,
        weather: &Weather,
    ) -> Result<()> {
        history::temperature(&self.settings, poa_global, temp_cell, daylight, weather)?;
        self.snow = history::snow(&self.settings.snow, self.surface_tilt, poa_global, daylight, weather)?;
        let step_h = weather.axis().step_h();
        let letid = self.settings.letid.map(|letid| history::letid(&letid, poa_global, temp_cell, step_h));
        self.letid = letid.transpose()?;
        Ok(())
    }

    /// Takes what the wires' resistance loses from DC power, kW; the light that reaches the cells (W/m2) drives the current.
    #[inline(always)]
    pub(super) fn resist(&self, effective: &[f64], dc: &mut [f64]) {
        let at_rated = self.settings.dc_ohmic;
        if at_rated > 0.0 {
            for (dc, effective) in dc.iter_mut().zip(effective) {
                // A kW of modules has a current of 1 at 1000 W/m2, so that its wires have a resistance of their loss there.
                *dc = math::positive(*dc - dc_ohmic_losses(at_rated, effective / 1000.0));
            }
        }
    }

    /// What snow, and degradation by light and heat, leave of DC power.
    #[inline(always)]
    pub(super) fn dc_kept(&self, records: Range<usize>) -> [Option<&[f64]>; 2] {
        [&self.snow, &self.letid].map(|kept| kept.as_ref().map(|kept| &kept[records.clone()]))
    }

    /// The light of a block whose first record has this place; `albedo` stands before that of the weather.
    #[inline(always)]
    pub(super) fn irradiance(
        &mut self,
        aperture: &Aperture,
        sky: &Sky<'_>,
        albedo: Option<f64>,
        place: usize,
        out: LightColumns<'_>,
    ) {
        let LightColumns { open, poa_global, behind_glass, both_sides, spectral, effective } = out;
        let n = poa_global.len();
        self.parts.resize(n);
        if let Some(tracker) = &self.tracker {
            tracker.turn(sky, &mut self.parts);
        }
        match (&self.ground, albedo, sky.albedo) {
            (Some(column), ..) => self.parts.albedo.copy_from_slice(&column[place..place + n]),
            (None, None, Some(column)) => self.parts.albedo.copy_from_slice(&column[..n]),
            (None, albedo, _) => self.parts.albedo.fill(albedo.unwrap_or(DEFAULT_ALBEDO)),
        }
        self.fill(aperture.plane(), sky);
        let parts = &self.parts;
        for i in 0..n {
            let part = parts.at(i);
            open[i] = part.beam + (part.sky() + part.ground);
        }
        if let Some(rows) = self.rows {
            match rows {
                RowShade::Pvwatts(rows) => self.shade_by_pvwatts(&rows, sky),
                RowShade::Endless(rows) => self.shade(&rows, sky),
            }
        }
        let parts = &self.parts;
        aperture.reflect(
            #[inline(always)]
            |i| parts.at(i),
            poa_global,
            effective,
        );
        behind_glass.copy_from_slice(effective);
        self.light_on_the_back(sky, effective);
        both_sides.copy_from_slice(effective);
        if let Some(factor) = &self.spectrum {
            multiply(effective, &factor[place..place + n]);
        }
        spectral.copy_from_slice(effective);
        if let Some(factor) = &self.clean {
            multiply(effective, &factor[place..place + n]);
        }
    }

    /// The parts of the light on the open plane.
    #[inline(always)]
    fn fill(&mut self, plane: &Plane, sky: &Sky<'_>) {
        let n = sky.ghi.len();
        let Parts { projection, beam, around, rest, ground, albedo, planes, .. } = &mut self.parts;
        let plane = |i: usize| planes.get(i).unwrap_or(plane);
        for i in 0..n {
            let plane = plane(i);
            projection[i] = plane.aoi_projection([sky.east[i], sky.north[i], sky.up[i]]);
            beam[i] = sky.dni[i] * math::positive(projection[i]);
            ground[i] = ground_diffuse(plane, sky.ghi[i], albedo[i]);
        }
        match self.settings.transposition {
            Transposition::Muneer => {
                for i in 0..n {
                    around[i] = 0.0;
                    rest[i] = muneer(plane(i), sky.isotropic[i], sky.dni[i], sky.horizon[i], sky.up[i], projection[i]);
                }
            }
            Transposition::PerezPvwatts => {
                for i in 0..n {
                    let (dhi, dni, zenith, up) = (sky.isotropic[i], sky.dni[i], sky.zenith[i], sky.up[i]);
                    let dome = perez_pvwatts(dhi, dni, zenith, up);
                    around[i] = dome.around_sun(projection[i]);
                    rest[i] = dome.on_plane(plane(i), projection[i]) - around[i];
                    ground[i] = ground_pvwatts(plane(i), dhi, dni, zenith, up, albedo[i]);
                }
            }
            Transposition::Klucher => {
                for i in 0..n {
                    around[i] = 0.0;
                    rest[i] = klucher(plane(i), sky.isotropic[i], sky.ghi[i], sky.up[i], projection[i]);
                }
            }
            Transposition::Reindl => {
                for i in 0..n {
                    let (dhi, dni, extra, up) = (sky.isotropic[i], sky.dni[i], sky.horizon[i], sky.up[i]);
                    around[i] = hay_davies(dhi, dni, extra, up).around_sun(projection[i]);
                    rest[i] = reindl(plane(i), dhi, dni, sky.ghi[i], extra, up, projection[i]) - around[i];
                }
            }
            // Taken apart already, for all planes.
            _ => {
                for i in 0..n {
                    let dome =
                        Dome { isotropic: sky.isotropic[i], circumsolar: sky.circumsolar[i], horizon: sky.horizon[i] };
                    around[i] = dome.around_sun(projection[i]);
                    rest[i] = dome.on_plane(plane(i), projection[i]) - around[i];
                }
            }
        }
    }

    /// Adds what the modules' back gets: of direct light, of an even sky with what comes from around the sun, and of the ground.
    fn light_on_the_back(&self, sky: &Sky<'_>, effective: &mut [f64]) {
        let (Some([bifaciality, gcr]), Some(fixed)) = (self.settings.back, self.back) else { return };
        let sides = Bifacial { bifaciality, ..Bifacial::default() };
        for (i, effective) in effective.iter_mut().enumerate() {
            let side = self
                .parts
                .planes
                .get(i)
                .map_or(fixed, |plane| ShedSide::new(plane.surface_tilt, plane.surface_azimuth, gcr).back());
            let dhi = math::positive(sky.ghi[i] - sky.dni[i] * math::positive(sky.up[i]));
            let albedo = self.parts.albedo[i];
            let above = ShedSky { ghi: sky.ghi[i], dhi, dni: sky.dni[i], albedo };
            // A sun on the horizon lights the ground through no gap.
            let sun = [sky.east[i], sky.north[i], if sky.up[i] > 1e-6 { sky.up[i] } else { 1e-6 }];
            *effective = sides.poa_global(*effective, side.irradiance(sun, &above, 1.0).poa_global());
        }
    }

    /// Takes away what other rows take: of the light from the sun and around it their shadow, of the sky's rest what they hide.
    fn shade(&mut self, rows: &EndlessRows, sky: &Sky<'_>) {
        let Parts { beam, around, rest, planes, .. } = &mut self.parts;
        for i in 0..sky.ghi.len() {
            let sun = [sky.east[i], sky.north[i], sky.up[i]];
            let (rotation, sky_kept) = match planes.get(i) {
                Some(plane) => (rows.rotation_of(plane), rows.sky_kept(plane.surface_tilt)),
                None => (rows.rotation, rows.sky_kept),
            };
            let shaded = rows.pair.shaded_fraction1d(rows.axis.projected_zenith(sun), rotation, rotation);
            // Without a shadow there is none: the sun stands behind the rows or below the horizon.
            let lit = if shaded > 0.0 { 1.0 - shaded } else { 1.0 };
            beam[i] *= lit;
            around[i] *= lit;
            rest[i] *= sky_kept;
        }
    }

    /// Takes away what other rows take in PVWatts version 8.
    #[inline(always)]
    fn shade_by_pvwatts(&mut self, rows: &PvwattsRows, sky: &Sky<'_>) {
        let (n, whole) = (sky.ghi.len(), self.settings.transposition.depends_on_plane());
        let Parts { beam, around, rest, ground, .. } = &mut self.parts;
        for i in 0..n {
            beam[i] *= rows.beam([sky.east[i], sky.north[i], sky.up[i]]);
            around[i] *= rows.sky;
            rest[i] *= rows.sky;
            // Where the plane does not matter, the sky has been taken apart and GHI tells what it was.
            let diffuse = if whole { sky.isotropic[i] } else { math::positive(sky.ghi[i] - sky.dni[i] * sky.up[i]) };
            ground[i] *= rows.ground(diffuse, sky.dni[i], sky.up[i]);
        }
    }
}

#[inline(always)]
fn multiply(values: &mut [f64], factors: &[f64]) {
    for (value, factor) in values.iter_mut().zip(factors) {
        *value *= factor;
    }
}

/// Modules that turn.
#[derive(Clone, Debug)]
struct Tracker {
    axis: SingleAxis,
    /// What gets through of the light of sky and ground, by whole degrees of tilt.
    diffuse: Vec<DiffuseModifiers>,
}

impl Tracker {
    fn new(parameters: &TrackerParameters, aperture: &Aperture) -> Self {
        let tilted = |tilt: i32| aperture.tilted(f64::from(tilt)).diffuse();
        Self { axis: SingleAxis::new(parameters), diffuse: (0..=91).map(tilted).collect() }
    }

    /// Turns the modules of a block; without sun they lie level.
    fn turn(&self, sky: &Sky<'_>, parts: &mut Parts) {
        parts.planes.clear();
        parts.diffuse.clear();
        for i in 0..sky.ghi.len() {
            let rotation = self.axis.rotation([sky.east[i], sky.north[i], sky.up[i]]);
            let plane = Plane::of_normal(self.axis.normal(if rotation.is_nan() { 0.0 } else { rotation }));
            parts.planes.push(plane);
            let tilt = plane.surface_tilt.clamp(0.0, 90.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 90")]
            let (below, part) = (tilt as usize, tilt.fract());
            let (a, b) = (self.diffuse[below], self.diffuse[below + 1]);
            parts.diffuse.push(DiffuseModifiers {
                sky: a.sky + part * (b.sky - a.sky),
                ground: a.ground + part * (b.ground - a.ground),
            });
        }
    }
}
