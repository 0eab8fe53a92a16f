//! Clipping within the hour: what an array's inverter clips beyond the mean.

use super::daylight::Daylight;
use super::settings::Settings;
use crate::error::{Error, Result};
use crate::inverter::{AllenHours, allen_losses};
use crate::plant::Clipping;
use crate::time::Values;
use crate::weather::Weather;

/// What clipping within the hour takes, by records with daylight; empty where there is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Clipped {
    /// Of DC power at the inverter, kW.
    dc: Vec<f64>,
    /// Of AC power behind the limit, kW.
    ac: Vec<f64>,
    /// A block of DC power, and of AC power that nobody reads.
    less: Vec<f64>,
    unread: Vec<f64>,
}

impl Clipped {
    /// From an array's DC power before losses, as it is and under a clear sky.
    pub(super) fn new(
        settings: &Settings,
        dc: &[f64],
        clear_dc: &[f64],
        daylight: &Daylight,
        weather: &Weather,
    ) -> Result<Self> {
        let Some(limits) = &settings.limits else { return Ok(Self::default()) };
        let track = daylight.track();
        // Nights stand between the days, so that evening and morning are no neighbours.
        let whole = |column: &[f64]| {
            let kept: Vec<f64> = column.iter().map(|dc| dc * settings.kept).collect();
            track.expand(&kept, 0.0)
        };
        let step_h = weather.axis().step_h();
        if step_h < 1.0 {
            let problem = format!(
                "records of {:.0} minutes hold their own peaks, and clipping within the hour is made for means over one; name \
                 \"mean\", or drop the line",
                60.0 * step_h
            );
            let (file, key, value) = (String::new(), String::from("inverter.clipping"), String::new());
            return Err(Error::Config { file, line: None, key, value, problem });
        }
        let (power, clear) = (whole(dc), whole(clear_dc));
        let limit = settings.ac.dc_limit(limits.most());
        if limit.is_infinite() {
            return Ok(Self::default());
        }
        let mut clipped = vec![0.0; power.len()];
        let select = |column: &[f64]| track.select(Values::Series(column));
        match limits.clipping {
            Clipping::Mean => Ok(Self::default()),
            Clipping::WithinHour => {
                limits.within_hour.clipped(&power, &clear, limit, &mut clipped)?;
                Ok(Self { dc: select(&clipped), ..Self::default() })
            }
            Clipping::Allen2022 => {
                let reference = weather.under_clear_sky(limits.clear)?;
                let hours = AllenHours {
                    dni: &weather.columns().dni,
                    dni_reference: &reference.columns().dni,
                    pdc_reference: &clear,
                };
                let (mut unclipped, mut limited) = (vec![0.0; power.len()], vec![0.0; power.len()]);
                settings.ac.power(&power, 1.0, &mut unclipped, &mut limited);
                // The table is of a year; a shorter series has its part of one.
                let year = unclipped.iter().sum::<f64>() * step_h * (8760.0 / (weather.len() as f64 * step_h));
                if year > 0.0 {
                    allen_losses(&hours, limit, year, &mut clipped)?;
                }
                Ok(Self { ac: select(&clipped), ..Self::default() })
            }
        }
    }

    /// AC power (kW) of a block, whose first record has this place, of what the inverter does not clip of DC power; `dc` is before losses.
    #[inline(always)]
    pub(super) fn take_dc(&mut self, place: usize, settings: &Settings, dc: &[f64], ac: &mut [f64]) {
        let n = ac.len();
        if let Some(clipped) = self.dc.get(place..place + n) {
            self.less.clear();
            self.less.extend(dc.iter().zip(clipped).map(|(dc, clipped)| dc * settings.kept - clipped));
            self.unread.resize(n, 0.0);
            settings.ac.power(&self.less, 1.0, &mut self.unread, ac);
        }
    }

    /// Takes from AC power that has been held to its limits.
    #[inline(always)]
    pub(super) fn take_ac(&self, place: usize, ac: &mut [f64]) {
        let n = ac.len();
        if let Some(clipped) = self.ac.get(place..place + n) {
            for (ac, clipped) in ac.iter_mut().zip(clipped) {
                *ac = if *clipped < *ac { *ac - clipped } else { 0.0 };
            }
        }
    }
}
