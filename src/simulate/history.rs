//! Columns that one array has for the whole year: spectra, and what depends on the hours before - dust, snow, warm cells.

use super::block::DEFAULT_ALBEDO;
use super::cells::WholeYear;
use super::daylight::Daylight;
use super::settings::LightSettings;
use crate::error::{Error, Result};
use crate::inverter::{LetidRates, LetidState};
use crate::module::{FuentesParameters, PrillimanParameters, faiman_rad, fuentes, prilliman};
use crate::plane::{
    FIRST_SOLAR_AIRMASS, SnowColumns, SnowMonths, SpectralModel, Townsend, albedo_from_snow, dc_loss_nrel,
    inland_water_dvoracek, loss_townsend, spectral_factor_sapm, spectral_pvwatts,
};
use crate::plant::{AlbedoModel, Letid, Snow, SnowModel, Soiling, SoilingModel};
use crate::sky::{absolute_airmass, haurwitz};
use crate::time::Values;
use crate::weather::Weather;
use chrono::Datelike;

/// A column that a model needs and the weather lacks.
fn missing(what: &'static str, needs: &str) -> Error {
    let problem = format!("needs {needs}, which the weather does not know; take a weather that does, or another model");
    Error::Config { file: String::new(), line: None, key: what.into(), value: String::new(), problem }
}

/// What the spectrum leaves of the light, for records with daylight.
pub(super) fn spectrum(light: &LightSettings, daylight: &Daylight, weather: &Weather) -> Result<Option<Vec<f64>>> {
    let track = daylight.track();
    let zenith = track.solar_zenith();
    if light.pvwatts_spectrum {
        let elevation_m = track.site().elevation_m;
        return Ok(Some(zenith.iter().map(|zenith| spectral_pvwatts(*zenith, elevation_m)).collect()));
    }
    let model = light.spectrum.model;
    if model == SpectralModel::None {
        return Ok(None);
    }
    let pressure = track.select(weather.pressure());
    let relative = weather.airmass_on(track, light.airmass)?;
    // The air mass ends at the horizon; a sun below it shines through the longest way.
    let longest = light.airmass.relative(&[90.0])[0];
    let whole = |(relative, pressure): (f64, &f64)| {
        absolute_airmass(if relative.is_nan() { longest } else { relative }, *pressure)
    };
    let airmass: Vec<f64> = relative.into_iter().zip(&pressure).map(whole).collect();
    let columns = weather.columns();
    let water = match weather.water() {
        Some(water) => track.select(Values::Series(&water)),
        None if matches!(model, SpectralModel::FirstSolar | SpectralModel::Caballero) => {
            return Err(missing("spectrum.model", "precipitable water or relative humidity"));
        }
        None => vec![0.0; zenith.len()],
    };
    let clear = match &light.spectrum_sky {
        Some(air) => track.select(Values::Series(&weather.clear_ghi(air)?)),
        None => zenith.iter().map(|zenith| haurwitz(*zenith)).collect(),
    };
    // Never clearer than clear, nor without any light.
    let index = |(ghi, clear): (f64, f64)| (ghi / clear.max(1.0)).clamp(1e-3, 1.0);
    let clear: Vec<f64> = track.select(Values::Series(&columns.ghi)).into_iter().zip(clear).map(index).collect();
    let mut factors = vec![0.0; zenith.len()];
    light.spectrum.factors(&airmass, &water, &clear, &mut factors)?;
    if let (SpectralModel::Sapm, Some(own)) = (model, light.sapm_spectrum) {
        let (least, most) = FIRST_SOLAR_AIRMASS;
        for (factor, airmass) in factors.iter_mut().zip(&airmass) {
            *factor = spectral_factor_sapm(airmass.clamp(least, most), &own);
        }
    }
    Ok(Some(factors))
}

/// The albedo of records with daylight, where neither the array's (`own`) nor the weather's is all there is.
pub(super) fn ground(
    light: &LightSettings,
    own: Option<f64>,
    daylight: &Daylight,
    weather: &Weather,
) -> Result<Option<Vec<f64>>> {
    let Some(ground) = light.ground else { return Ok(None) };
    let (track, columns) = (daylight.track(), weather.columns());
    let mut albedo = match (own, &columns.albedo) {
        (None, Some(column)) => track.select(Values::Series(column)),
        _ => vec![own.unwrap_or(DEFAULT_ALBEDO); daylight.len()],
    };
    match ground.model {
        AlbedoModel::Constant => {}
        AlbedoModel::Monthly => {
            let months = ground.monthly.unwrap_or([DEFAULT_ALBEDO; 12]);
            for span in &daylight.months {
                albedo[span.records.clone()].fill(months[span.month]);
            }
        }
        AlbedoModel::Snow => {
            let depth = columns.snow_depth.as_deref().ok_or_else(|| missing("albedo.model", "the depth of snow"))?;
            for (albedo, depth) in albedo.iter_mut().zip(track.select(Values::Series(depth))) {
                *albedo = albedo_from_snow(depth, *albedo, ground.snow);
            }
        }
        AlbedoModel::InlandWater => {
            let (color, roughness) = ground.water.coefficients();
            for (albedo, zenith) in albedo.iter_mut().zip(track.solar_zenith()) {
                *albedo = inland_water_dvoracek(90.0 - zenith, color, roughness);
            }
        }
    }
    Ok(Some(albedo))
}

/// What degradation by light and heat leaves of DC power, for records with daylight: the state as each record begins.
pub(super) fn letid(letid: &Letid, poa_global: &[f64], temp_cell: &[f64], step_h: f64) -> Result<Vec<f64>> {
    let mut state = LetidState { degraded: letid.degraded, regenerated: letid.regenerated };
    let injection: Vec<f64> = poa_global.iter().map(|poa| letid.injection * (poa / 1000.0)).collect();
    // In the dark there are no excess carriers, and nothing changes.
    let mut kept = state.steps(step_h, temp_cell, &injection, &LetidRates::REPINS)?;
    for kept in &mut kept {
        *kept = 1.0 - letid.loss * *kept;
    }
    Ok(kept)
}

/// What dust leaves of the light, for records with daylight.
pub(super) fn clean(
    soiling: &Soiling,
    surface_tilt: f64,
    daylight: &Daylight,
    weather: &Weather,
) -> Result<Option<Vec<f64>>> {
    let (track, step_h) = (daylight.track(), weather.axis().step_h());
    let rain = || weather.columns().rain.as_deref().ok_or_else(|| missing("soiling.model", "rain"));
    let losses = match soiling.model {
        SoilingModel::Constant => return Ok(None),
        SoilingModel::Monthly => {
            let months = soiling.monthly.unwrap_or_default();
            let mut kept = vec![1.0; daylight.len()];
            for span in &daylight.months {
                kept[span.records.clone()].fill(1.0 - months[span.month]);
            }
            return Ok(Some(kept));
        }
        SoilingModel::Hsu => {
            let (rain, air) = (rain()?, |ug_m3: f64| vec![ug_m3 * 1e-6; weather.len()]);
            soiling.hsu.losses(rain, &air(soiling.pm2_5_ug_m3), &air(soiling.pm10_ug_m3), surface_tilt, step_h)?
        }
        SoilingModel::Kimber => soiling.kimber.losses(rain()?, step_h, &[])?,
    };
    Ok(Some(track.select(Values::Series(&losses)).into_iter().map(|loss| 1.0 - loss).collect()))
}

/// What snow leaves of DC power, for records with daylight.
pub(super) fn snow(
    snow: &Snow,
    surface_tilt: f64,
    poa_global: &[f64],
    daylight: &Daylight,
    weather: &Weather,
) -> Result<Option<Vec<f64>>> {
    if snow.model == SnowModel::Constant {
        return Ok(None);
    }
    let (track, columns) = (daylight.track(), weather.columns());
    let depth = columns.snow_depth.as_deref().ok_or_else(|| missing("snow.model", "the depth of snow"))?;
    // What the depth rises by has fallen.
    let mut before = depth.first().copied().unwrap_or_default();
    let fallen =
        depth.iter().map(|&depth| (depth - std::mem::replace(&mut before, depth)).max(0.0)).collect::<Vec<_>>();
    let poa = track.expand(poa_global, 0.0);
    if let (SnowModel::Townsend, Some(row)) = (snow.model, snow.townsend) {
        let months = snow_months(&fallen, &poa, weather)?;
        let losses = loss_townsend(
            &Townsend {
                surface_tilt_deg: surface_tilt,
                slant_height_m: row.slant_height_m,
                lower_edge_height_m: row.lower_edge_height_m,
                string_factor: row.string_factor,
                angle_of_repose_deg: row.angle_of_repose_deg,
                front_side_fraction: 1.0,
            },
            &SnowMonths {
                snow_total: &months.total,
                snow_events: &months.events,
                relative_humidity: &months.humidity,
                temp_air: &months.air,
                poa_global: &months.poa,
            },
        )?;
        let mut kept = vec![1.0; daylight.len()];
        for span in &daylight.months {
            kept[span.records.clone()].fill(1.0 - losses[span.month]);
        }
        return Ok(Some(kept));
    }
    let record =
        SnowColumns { snowfall: &fallen, poa_global: &poa, temp_air: &columns.temp_air, snow_depth: Some(depth) };
    let covered = snow.nrel.coverage(&record, surface_tilt, weather.axis().step_h(), 0.0)?;
    let kept: Vec<f64> = covered.iter().map(|covered| 1.0 - dc_loss_nrel(*covered, snow.strings)).collect();
    Ok(Some(track.select(Values::Series(&kept))))
}

/// A weather's months for Townsend's losses.
#[derive(Default)]
struct MonthsOfSnow {
    total: [f64; 12],
    events: [f64; 12],
    humidity: [f64; 12],
    air: [f64; 12],
    poa: [f64; 12],
}

/// Snow that fell (cm), days with more than an inch of it, mean humidity and air, and light on the plane of each calendar month.
fn snow_months(fallen: &[f64], poa_global: &[f64], weather: &Weather) -> Result<MonthsOfSnow> {
    const INCH_CM: f64 = 2.54;
    let (axis, columns) = (weather.axis(), weather.columns());
    let humidity = columns.relative_humidity.as_deref().ok_or_else(|| missing("snow.model", "relative humidity"))?;
    let (mut months, mut records) = (MonthsOfSnow::default(), [0.0; 12]);
    let mut today = (0, 0.0);
    for run in axis.months() {
        let month = usize::from(run.month) - 1;
        for i in run.records.clone() {
            months.total[month] += fallen[i];
            months.humidity[month] += humidity[i];
            months.air[month] += columns.temp_air[i];
            months.poa[month] += poa_global[i] * axis.step_h();
            records[month] += 1.0;
            let day = axis.local(i).ordinal();
            if day != today.0 {
                today = (day, 0.0);
            }
            let before = today.1;
            today.1 += fallen[i];
            if before <= INCH_CM && today.1 > INCH_CM {
                months.events[month] += 1.0;
            }
        }
    }
    for (month, n) in records.into_iter().enumerate().filter(|(_, n)| *n > 0.0) {
        months.humidity[month] /= n;
        months.air[month] /= n;
    }
    Ok(months)
}

/// Puts the cells' temperature (degC, records with daylight) of models of the whole year, and lets it follow light within the hour.
pub(super) fn temperature(
    light: &LightSettings,
    poa_global: &[f64],
    temp_cell: &mut [f64],
    daylight: &Daylight,
    weather: &Weather,
) -> Result<()> {
    let (track, columns, step_h) = (daylight.track(), weather.columns(), weather.axis().step_h());
    match light.cells {
        Some(WholeYear::Fuentes(noct)) => {
            let hours = vec![step_h; weather.len()];
            let poa = track.expand(poa_global, 0.0);
            let parameters = FuentesParameters::new(noct);
            let whole = fuentes(&poa, &columns.temp_air, &columns.wind_speed, &hours, &parameters)?;
            temp_cell.copy_from_slice(&track.select(Values::Series(&whole)));
        }
        Some(WholeYear::FaimanRad { parameters, emissivity, sky_view }) => {
            let ir_down = columns.ir_down.as_deref().ok_or_else(|| missing("models.temperature", "ir_down"))?;
            let on_track = |column: &[f64]| track.select(Values::Series(column));
            let (air, wind) = (on_track(&columns.temp_air), on_track(&columns.wind_speed));
            for (place, ir_down) in on_track(ir_down).into_iter().enumerate() {
                let poa = poa_global[place];
                temp_cell[place] = faiman_rad(poa, air[place], wind[place], ir_down, &parameters, emissivity, sky_view);
            }
        }
        None => {}
    }
    if light.prilliman {
        let mut steady = columns.temp_air.clone();
        for run in track.runs() {
            let on_track = run.first..run.first + run.records.len();
            steady[run.records.clone()].copy_from_slice(&temp_cell[on_track]);
        }
        let parameters = PrillimanParameters::default();
        let followed = prilliman(&steady, &columns.wind_speed, step_h * 60.0, &parameters)?;
        temp_cell.copy_from_slice(&track.select(Values::Series(&followed)));
    }
    Ok(())
}
