//! The chain of one array, from its plane to the inverter, block after block.

use super::block::{Aperture, cell_temperature};
use super::daylight::Daylight;
use super::detail::{Detail, LightColumns, LightSettings};
use super::ledger::LightSteps;
use super::power::{Ac, Dc};
use super::sky::{MonthSpan, Sky};
use crate::columns::Lanes;
use crate::inverter::{PvwattsInverter, SandiaInverter};
use crate::math;
use crate::module::{HuldCoefficients, Mounting, PVWATTS_MODULES, PowerModel, PvwattsModule, TemperatureModel};
use crate::plane::{Incidence, Plane};
use crate::plant::{Array, Models, Plant, Preset};

/// The most records of a block: what its columns take still fits the caches near the processor.
pub(super) const BLOCK: usize = 768;

/// The stages of the chain, each of which needs the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Irradiance,
    Temperature,
    Dc,
    Ac,
    /// Nothing is left to compute.
    Done,
}

/// What an array's stages depend on, beside the sky.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Settings {
    plane: [f64; 2],
    albedo: Option<f64>,
    incidence: Incidence,
    light: LightSettings,
    mounting: Mounting,
    temperature: TemperatureModel,
    module_efficiency: f64,
    dc: Dc,
    /// What the losses before the inverter leave.
    kept: f64,
    ac: Ac,
}

impl Settings {
    /// For an array of a plant whose `capacity_kw` and losses are known.
    fn new(array: &Array, models: Models, kept: f64, ac: Ac) -> Self {
        let named = |module: &&PvwattsModule| array.module.as_deref() == Some(module.name);
        let module = PVWATTS_MODULES.iter().find(named).unwrap_or(&PVWATTS_MODULES[0]);
        let pvwatts = models.preset == Some(Preset::PvwattsV8);
        let rows = match (array.gcr, array.mounting) {
            (gcr, Mounting::OpenRack) if pvwatts => Some([gcr.unwrap_or(PVWATTS_GCR), array.capacity_kw]),
            _ => None,
        };
        Self {
            plane: [array.tilt_deg, array.azimuth_deg],
            albedo: array.albedo,
            incidence: models.incidence,
            light: LightSettings { transposition: models.transposition, rows, spectrum: pvwatts },
            mounting: array.mounting,
            temperature: models.temperature,
            module_efficiency: module.efficiency(),
            dc: match models.power {
                PowerModel::Pvwatts => Dc::Pvwatts { gamma_pdc: array.gamma_pdc },
                PowerModel::Cec => Dc::Cec(module.cec, 1.0 / module.p_mp),
                PowerModel::HuldPvgis5 => Dc::Huld(HuldCoefficients::CSI_PVGIS5),
                PowerModel::HuldPvgis6 => Dc::Huld(HuldCoefficients::CSI_PVGIS6),
            },
            kept,
            ac,
        }
    }

    /// The settings of all arrays of a plant.
    pub(super) fn of(plant: &Plant) -> impl Iterator<Item = Self> + '_ {
        Self::with_dc(plant, 1.0)
    }

    /// The same with all DC power at the inverters times a factor.
    pub(super) fn with_dc(plant: &Plant, factor: f64) -> impl Iterator<Item = Self> + '_ {
        let kept = (1.0 - plant.losses.total()) * factor;
        let efficiency = plant.inverter.efficiency;
        // An inverter's share for one kW of modules.
        let pdc0 = plant.ac_capacity_kw() / plant.capacity_kw() / efficiency;
        let ac = if plant.models.preset == Some(Preset::PvwattsV8) {
            Ac::Sandia(pvwatts_v8(pdc0, efficiency))
        } else {
            Ac::Pvwatts(PvwattsInverter::new(pdc0, efficiency))
        };
        plant.array.iter().map(move |array| Self::new(array, plant.models, kept, ac))
    }

    /// Whether an array's light has to be computed part by part, which takes columns of the whole year.
    pub(super) fn is_plain(&self) -> bool {
        self.light.is_plain()
    }

    /// The first stage whose results change with other settings.
    fn first_change(&self, other: &Settings) -> Stage {
        // Taken apart in full, so that a setting added later cannot be forgotten here.
        let Settings { plane, albedo, incidence, light, mounting, temperature, module_efficiency, dc, kept, ac } =
            *other;
        if (self.plane, self.albedo, self.incidence, self.light) != (plane, albedo, incidence, light) {
            Stage::Irradiance
        } else if (self.mounting, self.temperature, self.module_efficiency)
            != (mounting, temperature, module_efficiency)
        {
            Stage::Temperature
        } else if self.dc != dc {
            Stage::Dc
        } else if (self.kept, self.ac) != (kept, ac) {
            Stage::Ac
        } else {
            Stage::Done
        }
    }

    fn aperture(&self) -> Aperture {
        let [tilt, azimuth] = self.plane;
        Aperture::new(Plane::new(tilt, azimuth), self.incidence)
    }
}

/// Ground coverage ratio of a rack in PVWatts version 8 where none is given.
const PVWATTS_GCR: f64 = 0.3;

/// The inverter of PVWatts version 8: Sandia's without curvature; `pdc0` in kW. The power that it needs to start is that of
/// large inverters whatever the plant's size, as SSC holds kW against W there.
fn pvwatts_v8(pdc0: f64, efficiency: f64) -> SandiaInverter {
    let paco = pdc0 * efficiency;
    SandiaInverter { paco, pdco: pdc0, vdco: 0.0, pso: 0.004931 * paco, c0: 0.0, c1: 0.0, c2: 0.0, c3: 0.0, pnt: 0.0 }
}

/// Sums of one array over a month, for one kW of modules: W/m2 and kW, each over the records.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// On the plane before rows shade it, where they do.
    open: Lanes,
    poa_global: Lanes,
    /// Before the spectrum.
    behind_glass: Lanes,
    effective: Lanes,
    dc: Lanes,
    unclipped: Lanes,
    ac: Lanes,
}

/// Energy of one array over a span of time, for one kW of modules: kWh, irradiation in kWh/m2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Energy {
    /// On the plane before rows shade it.
    pub(super) open: f64,
    pub(super) poa_global: f64,
    /// Before the spectrum.
    pub(super) behind_glass: f64,
    pub(super) effective: f64,
    /// DC before losses.
    pub(super) dc_ideal: f64,
    pub(super) ac_unclipped: f64,
    /// AC at the inverter.
    pub(super) ac: f64,
}

/// One array on its way through the year: settings, columns, sums.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    settings: Settings,
    aperture: Aperture,
    detail: Option<Detail>,
    /// Whether AC power gets its columns, and a sum before the inverter's limit; the AC energy needs neither.
    ac_columns: bool,
    columns: Columns,
    months: [Sums; 12],
}

/// Columns of one array for one kW of modules: of one block, or of all records with daylight.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) poa_global: Vec<f64>,
    /// Before rows shade it, and before the spectrum, W/m2; empty where the light is plain.
    open: Vec<f64>,
    behind_glass: Vec<f64>,
    /// Irradiance behind the glass, W/m2.
    pub(super) effective: Vec<f64>,
    pub(super) temp_cell: Vec<f64>,
    /// Before losses, kW.
    pub(super) dc: Vec<f64>,
    unclipped: Vec<f64>,
    /// At the inverter, kW.
    pub(super) ac: Vec<f64>,
}

impl Chain {
    /// A chain for plain light with room for this many records: a block for sums alone, or all that have daylight.
    pub(super) fn new(settings: Settings, records: usize) -> Self {
        let zero = || vec![0.0; records];
        Self {
            aperture: settings.aperture(),
            detail: None,
            settings,
            ac_columns: true,
            columns: Columns {
                open: Vec::new(),
                poa_global: zero(),
                behind_glass: Vec::new(),
                effective: zero(),
                temp_cell: zero(),
                dc: zero(),
                unclipped: zero(),
                ac: zero(),
            },
            months: [Sums::default(); 12],
        }
    }

    /// A chain for any light, with room for all records with daylight.
    pub(super) fn on(settings: Settings, daylight: &Daylight) -> Self {
        let mut chain = Self::new(settings, daylight.len());
        chain.prepare(daylight);
        chain
    }

    /// Prepares what light that is not plain needs.
    fn prepare(&mut self, daylight: &Daylight) {
        let Self { settings, aperture, detail, columns, .. } = self;
        if settings.is_plain() {
            *detail = None;
        } else {
            *detail = Some(Detail::new(settings.light, *aperture.plane(), daylight));
            columns.open.resize(daylight.len(), 0.0);
            columns.behind_glass.resize(daylight.len(), 0.0);
        }
    }

    /// Takes other settings; says from which stage the chain has to be computed again.
    pub(super) fn set(&mut self, settings: Settings, ac_columns: bool, daylight: &Daylight) -> Stage {
        let missing = if ac_columns && !self.ac_columns { Stage::Ac } else { Stage::Done };
        let stage = self.settings.first_change(&settings).min(missing);
        if stage <= Stage::Ac {
            self.ac_columns = ac_columns;
        }
        self.settings = settings;
        if stage == Stage::Irradiance {
            self.aperture = settings.aperture();
            self.prepare(daylight);
        }
        self.forget(stage);
        stage
    }

    /// Empties the sums of a stage and of all after it.
    fn forget(&mut self, from: Stage) {
        for sums in &mut self.months {
            if from <= Stage::Irradiance {
                (sums.open, sums.poa_global) = Default::default();
                (sums.behind_glass, sums.effective) = Default::default();
            }
            if from <= Stage::Dc {
                sums.dc = Lanes::default();
            }
            if from <= Stage::Ac {
                (sums.unclipped, sums.ac) = Default::default();
            }
        }
    }

    /// Computes a block of consecutive records, the first of which has this place among those with daylight, and
    /// adds it to the months. Results go to the columns from `at`; stages before `from` stand there already.
    pub(super) fn block(&mut self, sky: &Sky<'_>, place: usize, at: usize, from: Stage, months: &[MonthSpan]) {
        let n = sky.ghi.len();
        let Self { settings, aperture, detail, ac_columns, columns, months: sums } = self;
        let Columns { open, poa_global, behind_glass, effective, temp_cell, dc, unclipped, ac } = columns;
        let mut detail = detail.as_mut().map(|detail| (detail, &mut open[at..at + n], &mut behind_glass[at..at + n]));
        let (poa_global, effective) = (&mut poa_global[at..at + n], &mut effective[at..at + n]);
        let (temp_cell, dc) = (&mut temp_cell[at..at + n], &mut dc[at..at + n]);
        let (unclipped, ac) = (&mut unclipped[at..at + n], &mut ac[at..at + n]);
        math::vectorised(
            #[inline(always)]
            || {
                if from <= Stage::Irradiance {
                    match &mut detail {
                        None => aperture.irradiance(sky, settings.albedo, poa_global, effective),
                        Some((detail, open, behind_glass)) => {
                            let out = LightColumns { open, poa_global, behind_glass, effective };
                            detail.irradiance(aperture, sky, settings.albedo, out);
                        }
                    }
                }
                if from <= Stage::Temperature {
                    let Settings { temperature, mounting, module_efficiency, .. } = *settings;
                    cell_temperature(sky, temperature, mounting, module_efficiency, poa_global, effective, temp_cell);
                }
                if from <= Stage::Dc {
                    settings.dc.power(effective, temp_cell, dc);
                }
                if from <= Stage::Ac && *ac_columns {
                    settings.ac.power(dc, settings.kept, unclipped, ac);
                }
                // An axis of many gaps may have as many months as records.
                let first = months.partition_point(|month| month.records.end <= place);
                for month in &months[first..] {
                    let (sums, places) = (&mut sums[month.month], &month.records);
                    if place + n <= places.start {
                        break;
                    }
                    if from <= Stage::Irradiance {
                        sums.poa_global.add(poa_global, place, places);
                        sums.effective.add(effective, place, places);
                        if let Some((_, open, behind_glass)) = &detail {
                            sums.open.add(open, place, places);
                            sums.behind_glass.add(behind_glass, place, places);
                        }
                    }
                    if from <= Stage::Dc {
                        sums.dc.add(dc, place, places);
                    }
                    if from <= Stage::Ac && *ac_columns {
                        sums.unclipped.add(unclipped, place, places);
                        sums.ac.add(ac, place, places);
                    } else if from <= Stage::Ac {
                        settings.ac.add(&mut sums.ac, dc, settings.kept, place, places);
                    }
                }
            },
        );
    }

    /// What the losses before the inverter leave.
    pub(super) fn kept(&self) -> f64 {
        self.settings.kept
    }

    /// Which steps its light takes beside the usual ones.
    pub(super) fn light_steps(&self) -> LightSteps {
        let LightSettings { rows, spectrum, .. } = self.settings.light;
        LightSteps { rows: rows.is_some(), spectrum }
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The energy of each month; `step_h` is the length of a record.
    pub(super) fn monthly(&self, step_h: f64) -> [Energy; 12] {
        let light = |sum: &Lanes| sum.total() * (step_h / 1000.0);
        let plain = self.detail.is_none();
        self.months.each_ref().map(|sums| Energy {
            open: light(if plain { &sums.poa_global } else { &sums.open }),
            poa_global: light(&sums.poa_global),
            behind_glass: light(if plain { &sums.effective } else { &sums.behind_glass }),
            effective: light(&sums.effective),
            dc_ideal: sums.dc.total() * step_h,
            ac_unclipped: sums.unclipped.total() * step_h,
            ac: sums.ac.total() * step_h,
        })
    }
}

/// The energy of all months together.
pub(super) fn total(months: &[Energy; 12]) -> Energy {
    months.iter().fold(Energy::default(), |sum, month| Energy {
        open: sum.open + month.open,
        poa_global: sum.poa_global + month.poa_global,
        behind_glass: sum.behind_glass + month.behind_glass,
        effective: sum.effective + month.effective,
        dc_ideal: sum.dc_ideal + month.dc_ideal,
        ac_unclipped: sum.ac_unclipped + month.ac_unclipped,
        ac: sum.ac + month.ac,
    })
}
