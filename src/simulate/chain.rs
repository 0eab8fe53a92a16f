//! The chain of one array, from its plane to the inverter, block after block.

use std::ops::RangeInclusive;

use super::block::Aperture;
use super::clipping::Clipped;
use super::daylight::Daylight;
use super::detail::{Detail, LightColumns};
use super::energy::Energy;
use super::ledger::LightSteps;
use super::settings::{Limits, Settings};
use super::sky::{MonthSpan, Sky};
use super::stage::Stage;
use super::sums::{Beside, Sums};
use crate::columns::Lanes;
use crate::error::Result;
use crate::math;
use crate::weather::Weather;

/// The most records of a block: what its columns take still fits the caches near the processor.
pub(super) const BLOCK: usize = 768;

/// One array on its way through the year: settings, columns, sums.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    settings: Settings,
    aperture: Aperture,
    detail: Option<Detail>,
    /// Whether AC power gets its columns, and a sum before the inverter's limit; the AC energy needs neither.
    ac_columns: bool,
    /// DC power of a kW under a clear sky, where clipping within the hour needs it.
    clear_dc: Vec<f64>,
    clipped: Clipped,
    columns: Columns,
    months: [Sums; 12],
    /// Of each month, or none where the light is plain.
    beside: Vec<Beside>,
}

/// Columns of one array for one kW of modules: of one block, or of all records with daylight.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) poa_global: Vec<f64>,
    /// Light before rows shade it, behind the glass, with that of the back, and after the spectrum, W/m2; empty where the light is
    /// plain.
    open: Vec<f64>,
    behind_glass: Vec<f64>,
    both_sides: Vec<f64>,
    spectral: Vec<f64>,
    /// Irradiance that reaches the cells, W/m2.
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
            clear_dc: Vec::new(),
            clipped: Clipped::default(),
            columns: Columns {
                open: Vec::new(),
                poa_global: zero(),
                behind_glass: Vec::new(),
                both_sides: Vec::new(),
                spectral: Vec::new(),
                effective: zero(),
                temp_cell: zero(),
                dc: zero(),
                unclipped: zero(),
                ac: zero(),
            },
            months: [Sums::default(); 12],
            beside: Vec::new(),
        }
    }

    /// A chain for any light, with room for all records with daylight.
    pub(super) fn on(settings: Settings, daylight: &Daylight, weather: &Weather) -> Result<Self> {
        let mut chain = Self::new(settings, daylight.len());
        chain.prepare(daylight, weather)?;
        Ok(chain)
    }

    /// Prepares what light that is not plain needs.
    fn prepare(&mut self, daylight: &Daylight, weather: &Weather) -> Result<()> {
        let Self { settings, aperture, detail, columns, beside, .. } = self;
        *detail = None;
        beside.clear();
        if let Some(light) = &settings.light {
            beside.resize(12, Beside::default());
            *detail = Some(Detail::new(light, aperture, settings.albedo, daylight, weather)?);
            for column in [&mut columns.open, &mut columns.behind_glass, &mut columns.both_sides, &mut columns.spectral]
            {
                column.resize(daylight.len(), 0.0);
            }
        }
        Ok(())
    }

    /// Takes other settings; says from which stage the chain has to be computed again.
    pub(super) fn set(
        &mut self,
        settings: Settings,
        ac_columns: bool,
        daylight: &Daylight,
        weather: &Weather,
    ) -> Result<Stage> {
        let ac_columns = ac_columns || settings.limits.is_some();
        let missing = if ac_columns && !self.ac_columns { Stage::Ac } else { Stage::Done };
        let stage = self.settings.first_change(&settings).min(missing);
        if stage <= Stage::Ac {
            self.ac_columns = ac_columns;
        }
        let clear = |limits: &Option<Box<Limits>>| limits.as_ref().map(|limits| (limits.clipping, limits.clear));
        if clear(&self.settings.limits) != clear(&settings.limits) {
            (self.clear_dc, self.clipped) = Default::default();
        }
        self.settings = settings;
        if stage == Stage::Irradiance {
            self.aperture = self.settings.aperture();
            self.prepare(daylight, weather)?;
        }
        self.forget(stage);
        Ok(stage)
    }

    /// Computes all records with daylight from a stage on.
    pub(super) fn run(&mut self, from: Stage, daylight: &Daylight, weather: &Weather) -> Result<()> {
        let n = daylight.len();
        // Sums alone read one column once, so blocks would only cost.
        let block = if from == Stage::Ac && !self.ac_columns { n.max(1) } else { BLOCK };
        let mut from = from;
        let pass = |chain: &mut Self, from: Stage, until: Stage| {
            for first in (0..n).step_by(block) {
                let sky = daylight.sky(first..n.min(first + block));
                chain.block(&sky, first, first, from..=until, &daylight.months);
            }
        };
        if from <= Stage::Temperature && self.detail.as_ref().is_some_and(Detail::remembers) {
            pass(self, from, Stage::Temperature);
            let Self { detail, columns: Columns { poa_global, temp_cell, .. }, .. } = self;
            if let Some(detail) = detail {
                detail.remember(poa_global, temp_cell, daylight, weather)?;
            }
            from = Stage::Dc;
        }
        if self.settings.clips_within_hour() {
            if from <= Stage::Dc {
                pass(self, from, Stage::Dc);
            }
            if from <= Stage::Dc || self.clear_dc.is_empty() {
                self.clear_dc = clear_dc(&self.settings, daylight, weather)?;
            }
            let Self { settings, clear_dc, clipped, columns, .. } = self;
            *clipped = Clipped::new(settings, &columns.dc, clear_dc, daylight, weather)?;
            from = Stage::Ac;
        }
        let end = self.settings.own_end();
        if from <= end {
            pass(self, from, end);
        }
        Ok(())
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
        for sums in &mut self.beside {
            if from <= Stage::Irradiance {
                (sums.open, sums.behind_glass, sums.both_sides, sums.spectral) = Default::default();
            }
            if from <= Stage::Dc {
                (sums.dc_bare, sums.dc_snowed, sums.dc_aged) = Default::default();
            }
        }
    }

    /// Takes this array's part of AC power that all arrays have together: `total` DC power at the inverters, AC power before and after
    /// their limit, kW for one kW of the plant.
    pub(super) fn take_ac(&mut self, total: &[f64], unclipped: &[f64], ac: &[f64], months: &[MonthSpan]) {
        self.forget(Stage::Ac);
        let Self { settings, columns, months: sums, .. } = self;
        for (place, total) in total.iter().enumerate() {
            let part = if *total > 0.0 { columns.dc[place] * settings.kept / total } else { 0.0 };
            (columns.unclipped[place], columns.ac[place]) = (unclipped[place] * part, ac[place] * part);
        }
        for month in months {
            let sums = &mut sums[month.month];
            sums.unclipped.add(&columns.unclipped, 0, &month.records);
            sums.ac.add(&columns.ac, 0, &month.records);
        }
    }

    /// What holds its AC power beside the inverter's limit.
    pub(super) fn limits(&self) -> Option<&Limits> {
        self.settings.limits.as_deref()
    }

    /// Computes stages of a block of consecutive records, the first of which has this place among those with daylight, and
    /// adds them to the months. Results go to the columns from `at`; stages before stand there already.
    pub(super) fn block(
        &mut self,
        sky: &Sky<'_>,
        place: usize,
        at: usize,
        stages: RangeInclusive<Stage>,
        months: &[MonthSpan],
    ) {
        let n = sky.ghi.len();
        let Self {
            settings,
            aperture,
            detail,
            ac_columns,
            clear_dc: _,
            clipped,
            columns,
            months: sums,
            beside: others,
        } = self;
        let Columns { open, poa_global, behind_glass, both_sides, spectral, effective, temp_cell, dc, unclipped, ac } =
            columns;
        let (poa_global, effective) = (&mut poa_global[at..at + n], &mut effective[at..at + n]);
        let (temp_cell, dc) = (&mut temp_cell[at..at + n], &mut dc[at..at + n]);
        let (unclipped, ac) = (&mut unclipped[at..at + n], &mut ac[at..at + n]);
        // Plain light has no such columns.
        let within = |column: &'_ mut Vec<f64>| if column.is_empty() { 0..0 } else { at..at + n };
        let beside = within(open);
        let (open, behind_glass) = (&mut open[beside.clone()], &mut behind_glass[beside.clone()]);
        let (both_sides, spectral) = (&mut both_sides[beside.clone()], &mut spectral[beside]);
        let light = stages.contains(&Stage::Irradiance);
        let (power, grid) = (stages.contains(&Stage::Dc), stages.contains(&Stage::Ac));
        math::vectorised(
            #[inline(always)]
            || {
                if light {
                    match detail {
                        None => aperture.irradiance(sky, settings.albedo, poa_global, effective),
                        Some(detail) => {
                            let out = LightColumns { open, poa_global, behind_glass, both_sides, spectral, effective };
                            detail.irradiance(aperture, sky, settings.albedo, place, out);
                        }
                    }
                }
                if stages.contains(&Stage::Temperature) {
                    settings.cells.temperature(sky, poa_global, effective, temp_cell);
                }
                if power {
                    settings.dc.power(effective, temp_cell, dc);
                }
                if let (true, Some(detail)) = (power, detail.as_ref()) {
                    // Sums before a loss are taken as the columns stand, so they come first.
                    let [snow, letid] = detail.dc_kept(place..place + n);
                    let mut within = |pick: fn(&mut Beside) -> &mut Lanes, dc: &mut [f64], kept: Option<&[f64]>| {
                        for month in &months[months.partition_point(|month| month.records.end <= place)..] {
                            pick(&mut others[month.month]).add(dc, place, &month.records);
                        }
                        for (dc, kept) in dc.iter_mut().zip(kept.unwrap_or_default()) {
                            *dc *= kept;
                        }
                    };
                    within(|sums| &mut sums.dc_bare, dc, snow);
                    within(|sums| &mut sums.dc_snowed, dc, letid);
                    within(|sums| &mut sums.dc_aged, dc, None);
                    detail.resist(effective, dc);
                }
                if grid && *ac_columns {
                    settings.ac.power(dc, settings.kept, unclipped, ac);
                    if let Some(limits) = &settings.limits {
                        clipped.take_dc(place, settings, dc, ac);
                        limits.hold(ac, sky.temp_air);
                        clipped.take_ac(place, ac);
                    }
                }
                // An axis of many gaps may have as many months as records.
                let first = months.partition_point(|month| month.records.end <= place);
                for month in &months[first..] {
                    let (sums, places) = (&mut sums[month.month], &month.records);
                    if place + n <= places.start {
                        break;
                    }
                    if light {
                        sums.poa_global.add(poa_global, place, places);
                        sums.effective.add(effective, place, places);
                        if let Some(others) = others.get_mut(month.month) {
                            others.open.add(open, place, places);
                            others.behind_glass.add(behind_glass, place, places);
                            others.both_sides.add(both_sides, place, places);
                            others.spectral.add(spectral, place, places);
                        }
                    }
                    if power {
                        sums.dc.add(dc, place, places);
                    }
                    if grid && *ac_columns {
                        sums.unclipped.add(unclipped, place, places);
                        sums.ac.add(ac, place, places);
                    } else if grid {
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
        self.settings.steps()
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Light on the plane (kWh/m2), DC before losses and AC at the inverter (kWh a kW) of all months, and AC of each: what a sweep's totals
    /// need of [`Chain::monthly`], with the same bits.
    pub(super) fn sums(&self, step_h: f64) -> ([f64; 3], [f64; 12]) {
        let mut all = [0.0; 3];
        let monthly = self.months.each_ref().map(|sums| {
            let ac = sums.ac.total() * step_h;
            all[0] += sums.poa_global.total() * (step_h / 1000.0);
            all[1] += sums.dc.total() * step_h;
            all[2] += ac;
            ac
        });
        (all, monthly)
    }

    /// The energy of each month; `step_h` is the length of a record.
    pub(super) fn monthly(&self, step_h: f64) -> [Energy; 12] {
        std::array::from_fn(|month| self.months[month].energy(self.beside.get(month), step_h))
    }
}

/// DC power of a kW under a clear sky, records with daylight.
fn clear_dc(settings: &Settings, daylight: &Daylight, weather: &Weather) -> Result<Vec<f64>> {
    let Some(limits) = &settings.limits else { return Ok(Vec::new()) };
    let clear = weather.under_clear_sky(limits.clear)?;
    let light = Daylight::new(daylight.track(), &clear, daylight.models())?;
    let mut chain = Chain::on(settings.without_limits(), &light, &clear)?;
    chain.run(Stage::Irradiance, &light, &clear)?;
    Ok(chain.columns().dc.clone())
}
