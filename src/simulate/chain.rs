//! The chain of one array, from its plane to its share of the meter.

use super::block::{Aperture, BLOCK, Scratch, ac_power, cell_temperature, dc_power, irradiance};
use super::daylight::Daylight;
use super::ledger::Ledger;
use crate::math;
use crate::plane::Plane;
use crate::plant::{Array, Losses, Models};

/// Albedo where neither the array nor the weather says otherwise (as PVWatts).
pub(super) const DEFAULT_ALBEDO: f64 = 0.2;

/// An inverter's share for one kW of modules.
#[derive(Clone, Copy, Debug)]
pub(super) struct InverterShare {
    /// DC power at which it gives its rated AC power, kW.
    pub(super) pdc0: f64,
    pub(super) efficiency: f64,
}

/// Sums of one array over a span of time, for one kW of modules, in kWh (irradiation in kWh/m2).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) ghi: f64,
    pub(super) poa_global: f64,
    pub(super) effective: f64,
    /// DC before losses.
    pub(super) dc_ideal: f64,
    pub(super) ac_unclipped: f64,
    /// AC at the inverter.
    pub(super) ac: f64,
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        self.ghi += other.ghi;
        self.poa_global += other.poa_global;
        self.effective += other.effective;
        self.dc_ideal += other.dc_ideal;
        self.ac_unclipped += other.ac_unclipped;
        self.ac += other.ac;
    }
}

/// Columns of one array on the track, for one kW of modules.
#[derive(Clone, Debug, Default)]
pub(super) struct TrackColumns {
    pub(super) poa_global: Vec<f64>,
    pub(super) temp_cell: Vec<f64>,
    /// After losses, kW.
    pub(super) dc: Vec<f64>,
    /// At the inverter, kW.
    pub(super) ac: Vec<f64>,
}

/// What the chain computes of one array.
pub(super) struct ArrayRun {
    pub(super) monthly: [Sums; 12],
    pub(super) total: Sums,
    pub(super) columns: Option<TrackColumns>,
}

/// Runs one array over all records with daylight.
pub(super) fn run(
    daylight: &Daylight,
    array: &Array,
    models: Models,
    losses_kept: f64,
    inverter: InverterShare,
    want_columns: bool,
) -> ArrayRun {
    let aperture = Aperture::new(Plane::new(array.tilt_deg, array.azimuth_deg), models.incidence);
    let mut scratch = Scratch::new(array.albedo.unwrap_or(DEFAULT_ALBEDO));
    let albedo_column = if array.albedo.is_none() { daylight.albedo.as_deref() } else { None };
    let kwh = daylight.track.table().axis().step_h() / 1000.0;
    let mut result = ArrayRun { monthly: [Sums::default(); 12], total: Sums::default(), columns: None };
    let mut columns = want_columns.then(TrackColumns::default);

    math::vectorised(
        #[inline(always)]
        || {
            for span in &daylight.months {
                let mut sums = Sums::default();
                for first in span.records.clone().step_by(BLOCK) {
                    let n = BLOCK.min(span.records.end - first);
                    let Scratch { albedo, poa_global, effective, temp_cell, dc, unclipped, ac } = &mut scratch;
                    let albedo = albedo_column.map_or(&albedo[..n], |column| &column[first..first + n]);
                    let (poa_global, effective) = (&mut poa_global[..n], &mut effective[..n]);
                    let (temp_cell, dc) = (&mut temp_cell[..n], &mut dc[..n]);
                    let (unclipped, ac) = (&mut unclipped[..n], &mut ac[..n]);
                    irradiance(daylight, &aperture, albedo, first, poa_global, effective);
                    cell_temperature(daylight, models.temperature, array.mounting, first, poa_global, temp_cell);
                    dc_power(effective, temp_cell, array.gamma_pdc, dc);
                    ac_power(dc, losses_kept, inverter.pdc0, inverter.efficiency, unclipped, ac);
                    sums.add(&Sums {
                        ghi: math::sum(&daylight.ghi[first..first + n]) * kwh,
                        poa_global: math::sum(poa_global) * kwh,
                        effective: math::sum(effective) * kwh,
                        dc_ideal: math::sum(dc) * (kwh * 1000.0),
                        ac_unclipped: math::sum(unclipped) * (kwh * 1000.0),
                        ac: math::sum(ac) * (kwh * 1000.0),
                    });
                    if let Some(columns) = &mut columns {
                        columns.poa_global.extend_from_slice(poa_global);
                        columns.temp_cell.extend_from_slice(temp_cell);
                        columns.dc.extend(dc.iter().map(|p| p * losses_kept));
                        columns.ac.extend_from_slice(ac);
                    }
                }
                result.monthly[span.month].add(&sums);
                result.total.add(&sums);
            }
        },
    );
    result.columns = columns;
    result
}

/// The ledger of one array, kWh.
pub(super) fn ledger(sums: &Sums, ghi_kwh_m2: f64, losses: &Losses, capacity_kw: f64) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.leave("horizontal irradiation", ghi_kwh_m2 * capacity_kw);
    ledger.leave("sun above the horizon", sums.ghi * capacity_kw);
    ledger.leave("tilted plane", sums.poa_global * capacity_kw);
    ledger.leave("reflection at the glass", sums.effective * capacity_kw);
    let steps = losses.steps();
    // Shade, snow and dirt keep light from the cells; the rest acts on what the cells make.
    let (optical, electrical) = steps.split_at(3);
    for &(name, loss) in optical {
        ledger.keep(name, 1.0 - loss);
    }
    let light_kept: f64 = optical.iter().map(|(_, loss)| 1.0 - loss).product();
    ledger.leave("cell temperature", sums.dc_ideal * light_kept * capacity_kw);
    for &(name, loss) in electrical {
        ledger.keep(name, 1.0 - loss);
    }
    ledger.leave("inverter efficiency", sums.ac_unclipped * capacity_kw);
    ledger.leave("inverter limit", sums.ac * capacity_kw);
    ledger.keep("between inverter and meter", 1.0 - losses.ac);
    ledger
}
