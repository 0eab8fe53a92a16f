//! Arrays at the inputs of the same inverters: their DC powers are one before the inverters' limit.

use super::chain::Chain;
use super::daylight::Daylight;
use super::power::running;
use super::settings::scaled;
use crate::error::Result;
use crate::inverter::SandiaInverter;
use crate::plant::{InverterModel, InverterParameters, Plant};

/// Inverters each of which takes a part of every array, for one kW of the plant's modules.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SharedInverters {
    /// Powers in kW.
    inverter: SandiaInverter,
    /// The DC voltage of each array, V, and its share of the plant's capacity.
    arrays: Vec<(f64, f64)>,
}

impl SharedInverters {
    /// Those of a plant; none where each array has its own.
    pub(super) fn of(plant: &Plant) -> Result<Option<Self>> {
        if plant.inverter.model != InverterModel::SandiaMulti {
            return Ok(None);
        }
        let Some(InverterParameters::Sandia(unit)) = plant.inverter.figures()? else { return Ok(None) };
        let capacity_kw = plant.capacity_kw();
        let voltage = plant.inverter.voltage_v.unwrap_or(unit.vdco);
        let arrays = plant.array.iter();
        Ok(Some(Self {
            inverter: scaled(&unit, plant.ac_capacity_kw() / capacity_kw),
            arrays: arrays.map(|a| (a.voltage_v.unwrap_or(voltage), a.capacity_kw / capacity_kw)).collect(),
        }))
    }

    /// Puts AC power into arrays whose DC power is known; each has its part of it by its DC power.
    pub(super) fn run(&self, chains: &mut [Chain], daylight: &Daylight) {
        let Self { inverter, arrays } = self;
        let n = daylight.len();
        let (mut unclipped, mut ac, mut total) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        let mut inputs = vec![(0.0, 0.0); arrays.len()];
        for place in 0..n {
            for ((input, chain), (v_dc, share)) in inputs.iter_mut().zip(&*chains).zip(arrays) {
                *input = (*v_dc, chain.columns().dc[place] * chain.kept() * share);
            }
            total[place] = inputs.iter().map(|(_, p_dc)| p_dc).sum();
            (unclipped[place], ac[place]) = running(inverter, inverter.unlimited_multi(&inputs), total[place]);
        }
        if let Some(limits) = chains.first().and_then(Chain::limits) {
            limits.hold(&mut ac, daylight.sky(0..n).temp_air);
        }
        for chain in chains {
            chain.take_ac(&total, &unclipped, &ac, &daylight.months);
        }
    }
}
