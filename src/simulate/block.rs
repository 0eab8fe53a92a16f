//! The stages of the chain over a block of records: plain loops over columns that vectorise, each calling
//! the model's own function. A model is chosen once a block.

use super::sky::Sky;
use crate::inverter::PvwattsInverter;
use crate::math;
use crate::module::{
    FaimanParameters, Mounting, NoctParameters, PvsystParameters, SapmParameters, TemperatureModel, faiman, noct_sam,
    pvsyst_cell, pvwatts_dc, ross, sapm_cell,
};
use crate::plane::{
    DiffuseModifiers, Dome, Glass, Incidence, Plane, ashrae_with_cosine, ground_diffuse, martin_ruiz_with_cosine,
    schlick_with_cosine,
};

/// Albedo where neither the array nor the weather says otherwise (as PVWatts).
const DEFAULT_ALBEDO: f64 = 0.2;

/// Parameter of ASHRAE's modifier for glass.
const ASHRAE_B: f64 = 0.05;

/// Angular loss of Martin and Ruiz for clean glass.
const MARTIN_RUIZ_A: f64 = 0.16;

/// Glass and plane of an array.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aperture {
    plane: Plane,
    incidence: Incidence,
    glass: Glass,
    diffuse: DiffuseModifiers,
}

impl Aperture {
    pub(super) fn new(plane: Plane, incidence: Incidence) -> Self {
        let glass = Glass::default();
        let diffuse = match incidence {
            Incidence::Physical => DiffuseModifiers::new(&glass, &plane),
            Incidence::MartinRuiz => DiffuseModifiers::martin_ruiz(&plane, MARTIN_RUIZ_A),
            Incidence::Schlick => DiffuseModifiers::schlick(&plane),
            Incidence::None | Incidence::PhysicalBeam | Incidence::Ashrae => DiffuseModifiers::NONE,
        };
        Self { plane, incidence, glass, diffuse }
    }

    /// Irradiance on the plane and behind its glass, W/m2; `albedo` stands before that of the weather.
    #[inline(always)]
    pub(super) fn irradiance(&self, sky: &Sky<'_>, albedo: Option<f64>, poa_global: &mut [f64], effective: &mut [f64]) {
        if let (None, Some(column)) = (albedo, sky.albedo) {
            let column = &column[..poa_global.len()];
            self.with_albedo(
                sky,
                #[inline(always)]
                |i| column[i],
                poa_global,
                effective,
            );
        } else {
            let albedo = albedo.unwrap_or(DEFAULT_ALBEDO);
            self.with_albedo(
                sky,
                #[inline(always)]
                |_| albedo,
                poa_global,
                effective,
            );
        }
    }

    #[inline(always)]
    fn with_albedo(&self, sky: &Sky<'_>, albedo: impl Fn(usize) -> f64, poa_global: &mut [f64], effective: &mut [f64]) {
        let n = poa_global.len();
        let effective = &mut effective[..n];
        let Self { plane, glass, diffuse, .. } = *self;
        let light = Light::new(sky, plane, n);
        match self.incidence {
            Incidence::None => {
                for i in 0..n {
                    let (projection, beam, dome, ground) = light.at(i, albedo(i));
                    poa_global[i] = beam + (dome.on_plane(&plane, projection) + ground);
                    effective[i] = poa_global[i];
                }
            }
            Incidence::PhysicalBeam => light.beam_modified(
                &albedo,
                #[inline(always)]
                |projection| glass.modifier(projection),
                poa_global,
                effective,
            ),
            Incidence::Ashrae => light.beam_modified(
                &albedo,
                #[inline(always)]
                |projection| ashrae_with_cosine(projection, ASHRAE_B),
                poa_global,
                effective,
            ),
            Incidence::Physical => light.all_modified(
                &albedo,
                diffuse,
                #[inline(always)]
                |projection| glass.modifier(projection),
                poa_global,
                effective,
            ),
            Incidence::MartinRuiz => light.all_modified(
                &albedo,
                diffuse,
                #[inline(always)]
                |projection| martin_ruiz_with_cosine(projection, MARTIN_RUIZ_A),
                poa_global,
                effective,
            ),
            Incidence::Schlick => light.all_modified(&albedo, diffuse, schlick_with_cosine, poa_global, effective),
        }
    }
}

/// The columns of a block that light on a plane is made from.
struct Light<'a> {
    plane: Plane,
    sky: Sky<'a>,
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

    /// A modifier on the beam alone.
    #[inline(always)]
    fn beam_modified(
        &self,
        albedo: &impl Fn(usize) -> f64,
        modifier: impl Fn(f64) -> f64,
        poa_global: &mut [f64],
        effective: &mut [f64],
    ) {
        for i in 0..poa_global.len() {
            let (projection, beam, dome, ground) = self.at(i, albedo(i));
            let scattered = dome.on_plane(&self.plane, projection) + ground;
            poa_global[i] = beam + scattered;
            effective[i] = beam * modifier(projection) + scattered;
        }
    }

    /// A modifier on the beam and on the light from around the sun, and one each for sky and ground.
    #[inline(always)]
    fn all_modified(
        &self,
        albedo: &impl Fn(usize) -> f64,
        diffuse: DiffuseModifiers,
        modifier: impl Fn(f64) -> f64,
        poa_global: &mut [f64],
        effective: &mut [f64],
    ) {
        for i in 0..poa_global.len() {
            let (projection, beam, dome, ground) = self.at(i, albedo(i));
            poa_global[i] = beam + (dome.on_plane(&self.plane, projection) + ground);
            let modifier = modifier(projection);
            // Light from around the sun meets the glass at the beam's angle.
            let through = Dome {
                isotropic: dome.isotropic * diffuse.sky,
                circumsolar: dome.circumsolar * modifier,
                horizon: dome.horizon * diffuse.sky,
            };
            effective[i] = beam * modifier + (through.on_plane(&self.plane, projection) + ground * diffuse.ground);
        }
    }

    /// The sun's projection, and what beam, sky and ground give, W/m2.
    #[inline(always)]
    fn at(&self, i: usize, albedo: f64) -> (f64, f64, Dome, f64) {
        let Self { plane, sky } = self;
        let projection = plane.aoi_projection([sky.east[i], sky.north[i], sky.up[i]]);
        let dome = Dome { isotropic: sky.isotropic[i], circumsolar: sky.circumsolar[i], horizon: sky.horizon[i] };
        let beam = sky.dni[i] * math::positive(projection);
        (projection, beam, dome, ground_diffuse(plane, sky.ghi[i], albedo))
    }
}

/// Cell temperature, degC.
#[inline(always)]
pub(super) fn cell_temperature(
    sky: &Sky<'_>,
    model: TemperatureModel,
    mounting: Mounting,
    poa_global: &[f64],
    temp_cell: &mut [f64],
) {
    let n = poa_global.len();
    let (temp_air, wind) = (&sky.temp_air[..n], &sky.wind_speed[..n]);
    let temp_cell = &mut temp_cell[..n];
    match model {
        TemperatureModel::Faiman => {
            let parameters = FaimanParameters::preset(mounting);
            for i in 0..n {
                temp_cell[i] = faiman(poa_global[i], temp_air[i], wind[i], &parameters);
            }
        }
        TemperatureModel::Sapm => {
            let parameters = SapmParameters::preset(mounting);
            for i in 0..n {
                temp_cell[i] = sapm_cell(poa_global[i], temp_air[i], wind[i], &parameters);
            }
        }
        TemperatureModel::Pvsyst => {
            let PvsystParameters { u_c, u_v } = PvsystParameters::preset(mounting);
            for i in 0..n {
                temp_cell[i] = pvsyst_cell(poa_global[i], temp_air[i], wind[i], u_c, u_v, 0.1, 0.9);
            }
        }
        TemperatureModel::NoctSam => {
            let parameters = NoctParameters::preset(mounting);
            for i in 0..n {
                // Without light the share that reaches the cells would be 0/0.
                let poa = if poa_global[i] > 0.0 { poa_global[i] } else { f64::MIN_POSITIVE };
                temp_cell[i] = noct_sam(poa, poa, temp_air[i], wind[i], &parameters);
            }
        }
        TemperatureModel::Ross => {
            let noct = NoctParameters::preset(mounting).noct_adjusted();
            for i in 0..n {
                temp_cell[i] = ross(poa_global[i], temp_air[i], noct);
            }
        }
    }
}

/// DC power of one kW of modules before losses, kW.
#[inline(always)]
pub(super) fn dc_power(effective: &[f64], temp_cell: &[f64], gamma_pdc: f64, dc: &mut [f64]) {
    let n = effective.len();
    let (temp_cell, dc) = (&temp_cell[..n], &mut dc[..n]);
    for i in 0..n {
        dc[i] = pvwatts_dc(effective[i], temp_cell[i], 1.0, gamma_pdc);
    }
}

/// AC power of one kW of modules, before and after the inverter's limit, kW; `kept` is what the losses leave.
#[inline(always)]
pub(super) fn ac_power(dc: &[f64], kept: f64, inverter: &PvwattsInverter, unclipped: &mut [f64], ac: &mut [f64]) {
    let n = dc.len();
    let (unclipped, ac) = (&mut unclipped[..n], &mut ac[..n]);
    for i in 0..n {
        unclipped[i] = inverter.unclipped(dc[i] * kept);
        ac[i] = inverter.limit(unclipped[i]);
    }
}
