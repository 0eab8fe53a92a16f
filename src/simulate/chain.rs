//! The chain of one array, from its plane to the inverter, block after block.

use super::block::{Aperture, ac_power, cell_temperature, dc_power};
use super::sky::{MonthSpan, Sky};
use crate::columns::Lanes;
use crate::inverter::PvwattsInverter;
use crate::math;
use crate::module::{Mounting, TemperatureModel};
use crate::plane::{Incidence, Plane};
use crate::plant::{Array, Models, Plant};

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
    mounting: Mounting,
    temperature: TemperatureModel,
    gamma_pdc: f64,
    /// What the losses before the inverter leave.
    kept: f64,
    inverter: PvwattsInverter,
}

impl Settings {
    /// For an array of a plant whose `capacity_kw` and losses are known.
    pub(super) fn new(array: &Array, models: Models, kept: f64, inverter: PvwattsInverter) -> Self {
        Self {
            plane: [array.tilt_deg, array.azimuth_deg],
            albedo: array.albedo,
            incidence: models.incidence,
            mounting: array.mounting,
            temperature: models.temperature,
            gamma_pdc: array.gamma_pdc,
            kept,
            inverter,
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
        let inverter = PvwattsInverter::new(pdc0, efficiency);
        plant.array.iter().map(move |array| Self::new(array, plant.models, kept, inverter))
    }

    /// The first stage whose results change with other settings.
    fn first_change(&self, other: &Settings) -> Stage {
        // Taken apart in full, so that a setting added later cannot be forgotten here.
        let Settings { plane, albedo, incidence, mounting, temperature, gamma_pdc, kept, inverter } = *other;
        if (self.plane, self.albedo, self.incidence) != (plane, albedo, incidence) {
            Stage::Irradiance
        } else if (self.mounting, self.temperature) != (mounting, temperature) {
            Stage::Temperature
        } else if self.gamma_pdc != gamma_pdc {
            Stage::Dc
        } else if (self.kept, self.inverter) != (kept, inverter) {
            Stage::Ac
        } else {
            Stage::Done
        }
    }
}

/// Sums of one array over a month, for one kW of modules: W/m2 and kW, each over the records.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    poa_global: Lanes,
    effective: Lanes,
    dc: Lanes,
    unclipped: Lanes,
    ac: Lanes,
}

/// Energy of one array over a span of time, for one kW of modules: kWh, irradiation in kWh/m2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Energy {
    pub(super) poa_global: f64,
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
    /// Whether AC power gets its columns, and a sum before the inverter's limit; the AC energy needs neither.
    ac_columns: bool,
    columns: Columns,
    months: [Sums; 12],
}

/// Columns of one array for one kW of modules: of one block, or of all records with daylight.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) poa_global: Vec<f64>,
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
    /// A chain with room for this many records: a block for sums alone, or all that have daylight.
    pub(super) fn new(settings: Settings, records: usize) -> Self {
        let zero = || vec![0.0; records];
        Self {
            aperture: settings.aperture(),
            settings,
            ac_columns: true,
            columns: Columns {
                poa_global: zero(),
                effective: zero(),
                temp_cell: zero(),
                dc: zero(),
                unclipped: zero(),
                ac: zero(),
            },
            months: [Sums::default(); 12],
        }
    }

    /// Takes other settings; says from which stage the chain has to be computed again.
    pub(super) fn set(&mut self, settings: Settings, ac_columns: bool) -> Stage {
        let missing = if ac_columns && !self.ac_columns { Stage::Ac } else { Stage::Done };
        let stage = self.settings.first_change(&settings).min(missing);
        if stage <= Stage::Ac {
            self.ac_columns = ac_columns;
        }
        if stage == Stage::Irradiance {
            self.aperture = settings.aperture();
        }
        self.settings = settings;
        self.forget(stage);
        stage
    }

    /// Empties the sums of a stage and of all after it.
    fn forget(&mut self, from: Stage) {
        for sums in &mut self.months {
            if from <= Stage::Irradiance {
                (sums.poa_global, sums.effective) = Default::default();
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
        let Self { settings, aperture, ac_columns, columns, months: sums } = self;
        let Columns { poa_global, effective, temp_cell, dc, unclipped, ac } = columns;
        let (poa_global, effective) = (&mut poa_global[at..at + n], &mut effective[at..at + n]);
        let (temp_cell, dc) = (&mut temp_cell[at..at + n], &mut dc[at..at + n]);
        let (unclipped, ac) = (&mut unclipped[at..at + n], &mut ac[at..at + n]);
        math::vectorised(
            #[inline(always)]
            || {
                if from <= Stage::Irradiance {
                    aperture.irradiance(sky, settings.albedo, poa_global, effective);
                }
                if from <= Stage::Temperature {
                    cell_temperature(sky, settings.temperature, settings.mounting, poa_global, temp_cell);
                }
                if from <= Stage::Dc {
                    dc_power(effective, temp_cell, settings.gamma_pdc, dc);
                }
                if from <= Stage::Ac && *ac_columns {
                    ac_power(dc, settings.kept, &settings.inverter, unclipped, ac);
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
                    }
                    if from <= Stage::Dc {
                        sums.dc.add(dc, place, places);
                    }
                    if from <= Stage::Ac && *ac_columns {
                        sums.unclipped.add(unclipped, place, places);
                        sums.ac.add(ac, place, places);
                    } else if from <= Stage::Ac {
                        sums.ac.add_each(
                            dc,
                            place,
                            places,
                            #[inline(always)]
                            |dc| settings.inverter.limit(settings.inverter.unclipped(dc * settings.kept)),
                        );
                    }
                }
            },
        );
    }

    /// What the losses before the inverter leave.
    pub(super) fn kept(&self) -> f64 {
        self.settings.kept
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The energy of each month; `step_h` is the length of a record.
    pub(super) fn monthly(&self, step_h: f64) -> [Energy; 12] {
        self.months.each_ref().map(|sums| Energy {
            poa_global: sums.poa_global.total() * (step_h / 1000.0),
            effective: sums.effective.total() * (step_h / 1000.0),
            dc_ideal: sums.dc.total() * step_h,
            ac_unclipped: sums.unclipped.total() * step_h,
            ac: sums.ac.total() * step_h,
        })
    }
}

impl Settings {
    fn aperture(&self) -> Aperture {
        let [tilt, azimuth] = self.plane;
        Aperture::new(Plane::new(tilt, azimuth), self.incidence)
    }
}

/// The energy of all months together.
pub(super) fn total(months: &[Energy; 12]) -> Energy {
    months.iter().fold(Energy::default(), |sum, month| Energy {
        poa_global: sum.poa_global + month.poa_global,
        effective: sum.effective + month.effective,
        dc_ideal: sum.dc_ideal + month.dc_ideal,
        ac_unclipped: sum.ac_unclipped + month.ac_unclipped,
        ac: sum.ac + month.ac,
    })
}
