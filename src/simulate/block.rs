//! The stages of the chain over a block of records: plain loops over columns that vectorise, each calling
//! the model's own function. A model is chosen once a block.

use super::daylight::Daylight;
use crate::inverter::{pvwatts, pvwatts_unclipped};
use crate::math;
use crate::module::{FaimanParameters, Mounting, SapmParameters, TemperatureModel, faiman, pvwatts_dc, sapm_cell};
use crate::plane::{DiffuseModifiers, Dome, Glass, Incidence, Plane, ground_diffuse};

/// The most records a block holds: all columns of a block then stay in the first-level cache.
pub(super) const BLOCK: usize = 512;

/// Columns of one block.
pub(super) struct Scratch {
    pub(super) albedo: [f64; BLOCK],
    pub(super) poa_global: [f64; BLOCK],
    pub(super) effective: [f64; BLOCK],
    pub(super) temp_cell: [f64; BLOCK],
    pub(super) dc: [f64; BLOCK],
    pub(super) unclipped: [f64; BLOCK],
    pub(super) ac: [f64; BLOCK],
}

impl Scratch {
    pub(super) fn new(albedo: f64) -> Self {
        let zero = [0.0; BLOCK];
        Self {
            albedo: [albedo; BLOCK],
            poa_global: zero,
            effective: zero,
            temp_cell: zero,
            dc: zero,
            unclipped: zero,
            ac: zero,
        }
    }
}

/// Glass and plane of an array.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aperture {
    pub(super) plane: Plane,
    pub(super) incidence: Incidence,
    pub(super) glass: Glass,
    pub(super) diffuse: DiffuseModifiers,
}

impl Aperture {
    pub(super) fn new(plane: Plane, incidence: Incidence) -> Self {
        let glass = Glass::default();
        let diffuse = match incidence {
            Incidence::Physical => DiffuseModifiers::new(&glass, &plane),
            Incidence::None | Incidence::PhysicalBeam => DiffuseModifiers::NONE,
        };
        Self { plane, incidence, glass, diffuse }
    }
}

/// The columns of a block that light on a plane is made from.
struct Light<'a> {
    plane: Plane,
    east: &'a [f64],
    north: &'a [f64],
    up: &'a [f64],
    ghi: &'a [f64],
    dni: &'a [f64],
    isotropic: &'a [f64],
    circumsolar: &'a [f64],
    horizon: &'a [f64],
    albedo: &'a [f64],
}

impl<'a> Light<'a> {
    #[inline(always)]
    fn new(daylight: &'a Daylight, plane: Plane, albedo: &'a [f64], first: usize, n: usize) -> Self {
        let track = &daylight.track;
        Self {
            plane,
            east: &track.east()[first..first + n],
            north: &track.north()[first..first + n],
            up: &track.cos_zenith()[first..first + n],
            ghi: &daylight.ghi[first..first + n],
            dni: &daylight.dni[first..first + n],
            isotropic: &daylight.isotropic[first..first + n],
            circumsolar: &daylight.circumsolar[first..first + n],
            horizon: &daylight.horizon[first..first + n],
            albedo: &albedo[..n],
        }
    }

    /// The sun's projection, and what beam, sky and ground give, W/m2.
    #[inline(always)]
    fn at(&self, i: usize) -> (f64, f64, Dome, f64) {
        let projection = self.plane.aoi_projection([self.east[i], self.north[i], self.up[i]]);
        let dome = Dome { isotropic: self.isotropic[i], circumsolar: self.circumsolar[i], horizon: self.horizon[i] };
        let beam = self.dni[i] * math::positive(projection);
        (projection, beam, dome, ground_diffuse(&self.plane, self.ghi[i], self.albedo[i]))
    }
}

/// Irradiance on the plane and behind its glass, W/m2, of the records from `first`.
#[inline(always)]
pub(super) fn irradiance(
    daylight: &Daylight,
    aperture: &Aperture,
    albedo: &[f64],
    first: usize,
    poa_global: &mut [f64],
    effective: &mut [f64],
) {
    let n = poa_global.len();
    let effective = &mut effective[..n];
    let Aperture { plane, glass, diffuse, .. } = *aperture;
    let light = Light::new(daylight, plane, albedo, first, n);
    match aperture.incidence {
        Incidence::None => {
            for i in 0..n {
                let (projection, beam, dome, ground) = light.at(i);
                poa_global[i] = beam + (dome.on_plane(&plane, projection) + ground);
                effective[i] = poa_global[i];
            }
        }
        Incidence::PhysicalBeam => {
            for i in 0..n {
                let (projection, beam, dome, ground) = light.at(i);
                let scattered = dome.on_plane(&plane, projection) + ground;
                poa_global[i] = beam + scattered;
                effective[i] = beam * glass.modifier(projection) + scattered;
            }
        }
        Incidence::Physical => {
            for i in 0..n {
                let (projection, beam, dome, ground) = light.at(i);
                poa_global[i] = beam + (dome.on_plane(&plane, projection) + ground);
                let modifier = glass.modifier(projection);
                // Light from around the sun meets the glass at the beam's angle.
                let through = Dome {
                    isotropic: dome.isotropic * diffuse.sky,
                    circumsolar: dome.circumsolar * modifier,
                    horizon: dome.horizon * diffuse.sky,
                };
                effective[i] = beam * modifier + (through.on_plane(&plane, projection) + ground * diffuse.ground);
            }
        }
    }
}

/// Cell temperature, degC.
#[inline(always)]
pub(super) fn cell_temperature(
    daylight: &Daylight,
    model: TemperatureModel,
    mounting: Mounting,
    first: usize,
    poa_global: &[f64],
    temp_cell: &mut [f64],
) {
    let n = poa_global.len();
    let (temp_air, wind) = (&daylight.temp_air[first..first + n], &daylight.wind_speed[first..first + n]);
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
pub(super) fn ac_power(dc: &[f64], kept: f64, pdc0: f64, eta: f64, unclipped: &mut [f64], ac: &mut [f64]) {
    let n = dc.len();
    let (unclipped, ac) = (&mut unclipped[..n], &mut ac[..n]);
    for i in 0..n {
        unclipped[i] = pvwatts_unclipped(dc[i] * kept, pdc0, eta);
        ac[i] = pvwatts(dc[i] * kept, pdc0, eta);
    }
}
