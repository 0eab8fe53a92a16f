//! What an array's stages depend on, taken from its plant: parameters of its models, and what is left by its losses.

use std::sync::Arc;

use super::block::Aperture;
use super::cells::{Cells, WholeYear};
use super::cover::OwnGlass;
use super::ledger::LightSteps;
use super::power::{Ac, Dc};
use super::stage::Stage;
use crate::error::Result;
use crate::inverter::{PvwattsInverter, ReactiveDuty, SandiaInverter, WithinHour};
use crate::module::Mounting;
use crate::plane::{Incidence, MeasuredModifier, Plane, SpectralModel, Spectrum, TrackerParameters, Transposition};
use crate::plant::{
    Albedo, AlbedoModel, Array, Clipping, Derating, Inverter, InverterModel, InverterParameters, Letid,
    ModuleParameters, Plant, Preset, Snow, SnowModel, Soiling, SoilingModel, Tracking, Transient,
};
use crate::sky::{AirmassModel, ClearAir};

/// Ground coverage ratio of a rack in PVWatts version 8 where none is given.
const PVWATTS_GCR: f64 = 0.3;

/// Rows that shade one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rows {
    /// As PVWatts version 8 has them, with this ground coverage ratio and capacity, kW.
    Pvwatts(f64, f64),
    /// With this ground coverage ratio.
    Endless(f64),
}

/// What of an array's light needs it part by part, or has a memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LightSettings {
    pub(super) transposition: Transposition,
    pub(super) rows: Option<Rows>,
    /// The modifier for air mass of PVWatts, instead of `spectrum`.
    pub(super) pvwatts_spectrum: bool,
    pub(super) spectrum: Spectrum,
    /// The clear sky that clouds are told by; none for Haurwitz'.
    pub(super) spectrum_sky: Option<ClearAir>,
    pub(super) airmass: AirmassModel,
    /// The module's own polynomial of air mass, instead of that of its kind.
    pub(super) sapm_spectrum: Option<[f64; 5]>,
    pub(super) soiling: Soiling,
    pub(super) snow: Snow,
    pub(super) letid: Option<Letid>,
    /// Ohmic loss of a kW's wires at standard conditions, kW.
    pub(super) dc_ohmic: f64,
    /// Where the albedo comes from; none where the array's or the weather's stands.
    pub(super) ground: Option<Albedo>,
    /// Cell temperature that is computed for the whole year by itself.
    pub(super) cells: Option<WholeYear>,
    /// Cell temperature that follows light within the hour.
    pub(super) prilliman: bool,
    pub(super) tracker: Option<TrackerParameters>,
    /// Bifaciality and ground coverage ratio.
    pub(super) back: Option<[f64; 2]>,
}

impl LightSettings {
    /// Those of an array; none where the fused loop does for them, block after block.
    fn of(plant: &Plant, array: &Array, cells: &Cells) -> Result<Option<Box<Self>>> {
        let models = plant.models;
        let v8 = models.preset == Some(Preset::PvwattsV8);
        let cells = match *cells {
            Cells::WholeYear(model) => Some(model),
            _ => None,
        };
        let prilliman = models.transient == Transient::Prilliman;
        // An array's own albedo stands, but snow lies on it too.
        let ground = match plant.albedo.model {
            AlbedoModel::Constant => None,
            AlbedoModel::Snow => Some(plant.albedo),
            _ if array.albedo.is_some() => None,
            _ => Some(plant.albedo),
        };
        let rack = array.mounting == Mounting::OpenRack;
        let rows = match (models.preset, array.gcr) {
            (Some(Preset::PvwattsV8), gcr) if rack => {
                Some(Rows::Pvwatts(gcr.unwrap_or(PVWATTS_GCR), array.capacity_kw))
            }
            (None, Some(gcr)) => Some(Rows::Endless(gcr)),
            _ => None,
        };
        let plain = !(models.transposition.depends_on_plane() || v8 || cells.is_some() || prilliman)
            && plant.spectrum.model == SpectralModel::None
            && plant.soiling.model == SoilingModel::Constant
            && plant.snow.model == SnowModel::Constant
            && plant.letid.is_none()
            && plant.losses.dc_ohmic == 0.0
            && ground.is_none()
            && rows.is_none()
            && array.tracking == Tracking::None
            && array.bifaciality.is_none();
        if plain {
            return Ok(None);
        }
        Ok(Some(Box::new(Self {
            transposition: models.transposition,
            rows,
            pvwatts_spectrum: v8 && plant.spectrum.model == SpectralModel::None,
            spectrum: plant.spectrum,
            spectrum_sky: plant.spectrum_sky()?,
            airmass: models.airmass,
            sapm_spectrum: match array.parameters.as_deref() {
                Some(ModuleParameters::Sapm(module)) => Some(module.a),
                _ => None,
            },
            soiling: plant.soiling,
            snow: plant.snow,
            letid: plant.letid,
            dc_ohmic: plant.losses.dc_ohmic,
            ground,
            cells,
            prilliman,
            tracker: tracker_of(array),
            back: array.bifaciality.map(|bifaciality| [bifaciality, array.gcr.unwrap_or(1.0)]),
        })))
    }

    /// Which steps of the ledger it takes beside the usual ones.
    pub(super) fn steps(&self) -> LightSteps {
        LightSteps {
            rows: self.rows.is_some(),
            spectrum: self.pvwatts_spectrum || self.spectrum.model != SpectralModel::None,
            soiling: self.soiling.model != SoilingModel::Constant,
            snow: self.snow.model != SnowModel::Constant,
            letid: self.letid.is_some(),
            dc_ohmic: self.dc_ohmic > 0.0,
            back: self.back.is_some(),
        }
    }
}

/// What an array's stages depend on, beside the sky.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settings {
    plane: [f64; 2],
    pub(super) albedo: Option<f64>,
    incidence: Incidence,
    /// None where it is clean flat glass.
    glass: Option<Box<OwnGlass>>,
    /// None where the light is plain.
    pub(super) light: Option<Box<LightSettings>>,
    pub(super) cells: Cells,
    pub(super) dc: Dc,
    /// What the losses before the inverter leave.
    pub(super) kept: f64,
    pub(super) ac: Ac,
    /// Whether all arrays share each inverter, so that AC power is not this array's own.
    shared: bool,
    /// What holds AC power beside the inverter's own limit on means over an hour.
    pub(super) limits: Option<Box<Limits>>,
}

/// What holds AC power beside the inverter's own limit on means over an hour, for one kW of modules.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Limits {
    /// Rated AC power, kW.
    rated: f64,
    derating: Option<Derating>,
    duty: Option<ReactiveDuty>,
    pub(super) clipping: Clipping,
    pub(super) within_hour: WithinHour,
    /// Of the clear sky that clipping within the hour is held against.
    pub(super) clear: ClearAir,
}

impl Limits {
    fn of(plant: &Plant) -> Result<Option<Box<Self>>> {
        let Inverter { power_factor, reactive_kvar, derating, clipping, within_hour, .. } = plant.inverter;
        if (power_factor, reactive_kvar, derating, clipping) == (None, None, None, Clipping::Mean) {
            return Ok(None);
        }
        let duty = match (power_factor, reactive_kvar) {
            (Some(factor), _) => Some(ReactiveDuty::PowerFactor(factor)),
            (None, Some(kvar)) => Some(ReactiveDuty::Fixed(kvar / plant.capacity_kw())),
            (None, None) => None,
        };
        Ok(Some(Box::new(Self {
            rated: plant.ac_capacity_kw() / plant.capacity_kw(),
            derating,
            duty,
            clipping,
            within_hour,
            clear: match clipping {
                Clipping::WithinHour => plant.clear_air()?,
                // Allen's reference sky.
                Clipping::Allen2022 | Clipping::Mean => ClearAir::from(&[1.0; 12]),
            },
        })))
    }

    /// Holds AC power (kW) to what heat (air temperature, degC) and reactive power leave of the limit.
    #[inline(always)]
    pub(super) fn hold(&self, ac: &mut [f64], temp_air: &[f64]) {
        if self.derating.is_none() && self.duty.is_none() {
            return;
        }
        for (ac, temp_air) in ac.iter_mut().zip(temp_air) {
            let apparent = self.rated * self.derating.map_or(1.0, |derating| derating.share(*temp_air));
            let active = self.duty.map_or(f64::INFINITY, |duty| duty.apply(*ac, apparent).active);
            let held = if *ac > apparent { apparent } else { *ac };
            *ac = if active < held { active } else { held };
        }
    }

    /// The most AC power at any temperature, kW.
    pub(super) fn most(&self) -> f64 {
        self.duty.map_or(self.rated, |duty| duty.apply(f64::MAX, self.rated).active)
    }

    /// Whether the limit acts within the hour.
    pub(super) fn within_hour(&self) -> bool {
        self.clipping != Clipping::Mean
    }
}

impl Settings {
    /// The settings of all arrays of a plant, with all DC power at the inverters times a factor.
    pub(super) fn of(plant: &Plant, dc_factor: f64) -> Result<Vec<Self>> {
        let kept = (1.0 - plant.constant_losses().total()) * dc_factor;
        let (ac, limits) = (ac_of(plant)?, Limits::of(plant)?);
        let arrays = plant.array.iter().enumerate();
        arrays.map(|(index, array)| Self::new(plant, index, array, kept, ac.clone(), limits.clone())).collect()
    }

    fn new(plant: &Plant, index: usize, array: &Array, kept: f64, ac: Ac, limits: Option<Box<Limits>>) -> Result<Self> {
        let cells = Cells::of(plant, index)?;
        Ok(Self {
            plane: [array.tilt_deg, array.azimuth_deg],
            albedo: array.albedo,
            incidence: plant.incidence(array),
            glass: glass_of(array)?,
            light: LightSettings::of(plant, array, &cells)?,
            cells,
            dc: Dc::of(plant, index, array)?,
            kept,
            ac,
            shared: plant.inverter.model == InverterModel::SandiaMulti,
            limits,
        })
    }

    /// Whether the inverter's limit acts within the hour, for which the hours beside and a clear sky are needed.
    pub(super) fn clips_within_hour(&self) -> bool {
        self.limits.as_ref().is_some_and(|limits| limits.within_hour())
    }

    /// The same without limits beside the inverter's own.
    pub(super) fn without_limits(&self) -> Self {
        Self { limits: None, ..self.clone() }
    }

    /// The last stage that an array takes by itself.
    pub(super) fn own_end(&self) -> Stage {
        if self.shared { Stage::Dc } else { Stage::Ac }
    }

    /// Whether an array goes straight from light to power, block after block, by the fused loop.
    pub(super) fn is_plain(&self) -> bool {
        self.light.is_none() && !self.clips_within_hour() && !self.shared
    }

    /// Which steps of the ledger the light takes beside the usual ones.
    pub(super) fn steps(&self) -> LightSteps {
        self.light.as_ref().map_or_else(LightSteps::default, |light| light.steps())
    }

    /// The first stage whose results change with other settings.
    pub(super) fn first_change(&self, other: &Settings) -> Stage {
        // Taken apart in full, so that a setting added later cannot be forgotten here.
        let Settings { plane, albedo, incidence, glass, light, cells, dc, kept, ac, shared, limits } = other;
        if (&self.plane, &self.albedo, &self.incidence, &self.glass, &self.light)
            != (plane, albedo, incidence, glass, light)
        {
            Stage::Irradiance
        } else if self.cells != *cells {
            Stage::Temperature
        } else if self.dc != *dc {
            Stage::Dc
        } else if (&self.kept, &self.ac, &self.shared, &self.limits) != (kept, ac, shared, limits) {
            Stage::Ac
        } else {
            Stage::Done
        }
    }

    pub(super) fn aperture(&self) -> Aperture {
        let [tilt, azimuth] = self.plane;
        Aperture::new(Plane::new(tilt, azimuth), self.incidence, self.glass.as_deref().unwrap_or(&OwnGlass::PLAIN))
    }
}

/// What an array's figures say of its glass; none where they say nothing.
fn glass_of(array: &Array) -> Result<Option<Box<OwnGlass>>> {
    let sapm = match array.parameters.as_deref() {
        Some(ModuleParameters::Sapm(module)) => Some((module.b, module.fd)),
        _ => None,
    };
    if array.glass.is_none() && sapm.is_none() {
        return Ok(None);
    }
    let plain = OwnGlass::PLAIN;
    let glass = array.glass.clone().unwrap_or_default();
    let measured = (!glass.aoi.is_empty()).then(|| MeasuredModifier::new(&glass.aoi, &glass.modifier)).transpose()?;
    Ok(Some(Box::new(OwnGlass {
        ashrae_b: glass.ashrae_b.unwrap_or(plain.ashrae_b),
        martin_ruiz_a_r: glass.martin_ruiz_a_r.unwrap_or(plain.martin_ruiz_a_r),
        sapm: sapm.unwrap_or(plain.sapm),
        measured,
    })))
}

/// How the modules of an array turn.
fn tracker_of(array: &Array) -> Option<TrackerParameters> {
    let angle = array.max_angle_deg.unwrap_or(60.0);
    (array.tracking != Tracking::None).then(|| TrackerParameters {
        axis_tilt: array.tilt_deg,
        axis_azimuth: array.azimuth_deg,
        min_angle: -angle,
        max_angle: angle,
        backtrack: array.tracking == Tracking::Backtracking,
        gcr: array.gcr.unwrap_or(1.0),
        ..TrackerParameters::default()
    })
}

/// The inverters of a plant, for one kW of modules.
fn ac_of(plant: &Plant) -> Result<Ac> {
    let efficiency = plant.inverter.efficiency;
    let paco = plant.ac_capacity_kw() / plant.capacity_kw();
    let pdc0 = paco / efficiency;
    // An inverter that the park names goes before the preset's.
    if plant.models.preset == Some(Preset::PvwattsV8) && plant.inverter.model == InverterModel::Pvwatts {
        return Ok(Ac::Sandia(Arc::new(pvwatts_v8(pdc0, efficiency)), 0.0));
    }
    let Some(figures) = plant.inverter.figures()? else {
        return Ok(Ac::Pvwatts(PvwattsInverter::new(pdc0, efficiency)));
    };
    let (rated_w, v_rated) = figures.rated()?;
    let v_dc = plant.inverter.voltage_v.unwrap_or(v_rated);
    Ok(match figures {
        InverterParameters::Sandia(unit) => Ac::Sandia(Arc::new(scaled(&unit, paco)), v_dc),
        InverterParameters::Adr(unit) => Ac::Adr(Arc::new(unit), v_dc, paco / rated_w),
        InverterParameters::Curve(curve) => Ac::Curve(Arc::new(curve.prepared()?), v_dc, paco / rated_w),
    })
}

/// An inverter's parameters with powers in kW, for so much AC capacity.
pub(super) fn scaled(unit: &SandiaInverter, paco: f64) -> SandiaInverter {
    let scale = paco / unit.paco;
    SandiaInverter {
        paco,
        pdco: unit.pdco * scale,
        pso: unit.pso * scale,
        pnt: unit.pnt * scale,
        c0: unit.c0 / scale,
        ..*unit
    }
}

/// The inverter of PVWatts version 8: Sandia's without curvature; `pdc0` in kW. The power that it needs to start is that of
/// large inverters whatever the plant's size, as SSC holds kW against W there.
fn pvwatts_v8(pdc0: f64, efficiency: f64) -> SandiaInverter {
    let paco = pdc0 * efficiency;
    SandiaInverter { paco, pdco: pdc0, vdco: 0.0, pso: 0.004931 * paco, c0: 0.0, c1: 0.0, c2: 0.0, c3: 0.0, pnt: 0.0 }
}
