//! The air temperature of every hour.

use std::f64::consts::PI;
use std::ops::Range;

use super::days::Days;
use super::geometry::Geometry;
use super::solve;
use crate::math;
use crate::weather::climate::Station;

/// Hours after solar noon at which the air is warmest.
const LAG_H: f64 = 2.5;

/// Air temperature of every record, degC.
///
/// Each day swings between a minimum at sunrise and a maximum 2.5 h after solar noon on two half waves of a cosine, as de
/// Wit, Goudriaan & van Laar (1978, Simulation of Assimilation, Respiration and Transpiration of Crops) draw it, here
/// raised to a power that each month's mean decides. Monthly figures are interpolated so that
/// their monthly means stay; the daily swing follows the day's clearness.
pub(super) fn hourly(station: &Station, geometry: &Geometry, days: &Days) -> Vec<f64> {
    let (low, high) = extremes(station, geometry, days);
    let n_days = geometry.days.len();
    let n = 24 * n_days;
    // Per record: the temperatures that its half wave joins, the logarithm of its height, the month of its day.
    let (mut cold, mut warm, mut height) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    let mut month_of = vec![0; n];
    let peak = |d: usize| {
        let day = &geometry.days[d];
        (day.noon + LAG_H).min(day.sunset.max(day.noon + 1.0))
    };
    for d in 0..n_days {
        let (before, after) = ((d + n_days - 1) % n_days, (d + 1) % n_days);
        let sunrise = geometry.days[d].sunrise;
        for hour in 0..24 {
            let i = 24 * d + hour;
            let t = hour as f64 + 0.5;
            // Falling since yesterday's maximum, rising, or falling to tomorrow's minimum.
            let (from, to, falling, bottom, top, of) = if t < sunrise {
                (peak(before) - 24.0, sunrise, true, low[d], high[before], before)
            } else if t < peak(d) {
                (sunrise, peak(d), false, low[d], high[d], d)
            } else {
                (peak(d), geometry.days[after].sunrise + 24.0, true, low[after], high[d], d)
            };
            let x = ((t - from) / (to - from)).clamp(0.0, 1.0);
            let wave = 0.5 - 0.5 * math::cos(PI * x);
            let wave = if falling { 1.0 - wave } else { wave };
            (cold[i], warm[i], height[i]) = (bottom, top, math::ln(wave.max(1e-9)));
            month_of[i] = geometry.days[of].month;
        }
    }
    // T = T_cold + (T_warm − T_cold) wᵖ, p by month so that the month's mean is the table's
    let mut power = [1.0; 12];
    let mut temp_air = vec![0.0; n];
    let fill = |temp_air: &mut [f64], records: Range<usize>, power: f64| {
        let temp_air = &mut temp_air[records.clone()];
        let (cold, warm, height) = (&cold[records.clone()], &warm[records.clone()], &height[records]);
        math::vectorised(
            #[inline(always)]
            || {
                for i in 0..temp_air.len() {
                    temp_air[i] = cold[i] + (warm[i] - cold[i]) * math::exp(power * height[i]);
                }
            },
        );
    };
    // The night before a month's first sunrise has the power of the month before: twice around settles it.
    for _ in 0..2 {
        for month in 0..12 {
            let Range { start, end } = geometry.months[month].clone();
            let (start, end) = (24 * start, 24 * end);
            let sunrise = (start..end).find(|&i| month_of[i] == month).unwrap_or(start);
            fill(&mut temp_air, start..sunrise, power[(month + 11) % 12]);
            let wanted = station.tavg[month] * (end - start) as f64;
            // The sum falls as the power grows.
            let log_power = solve::increasing(-1.5, 1.5, -math::ln(power[month]), 1e-5 * wanted.abs().max(1.0), |x| {
                fill(&mut temp_air, sunrise..end, math::exp(-x));
                math::sum(&temp_air[start..end]) - wanted
            });
            power[month] = math::exp(-log_power);
        }
    }
    temp_air
}

/// Minimum and maximum of every day, degC.
fn extremes(station: &Station, geometry: &Geometry, days: &Days) -> (Vec<f64>, Vec<f64>) {
    let mean = smooth(&station.tavg, geometry);
    let mut low = smooth(&station.tmin, geometry);
    let mut high = smooth(&station.tmax, geometry);
    for (month, range) in geometry.months.iter().enumerate() {
        // Bristow & Campbell, Agric. Forest Meteorol. 31 (1984), 159, doi:10.1016/0168-1923(84)90017-0:
        // K = A (1 − exp(−B ΔT^2.4)), solved for ΔT; B drops out as the month's mean swing is known.
        let swing = |d: usize| {
            let clear = (days.kt[d] / (1.02 * days.kt_max[month]).max(0.01)).clamp(0.01, 0.985);
            math::powf(-math::ln(1.0 - clear), 1.0 / 2.4)
        };
        let swings: Vec<f64> = range.clone().map(swing).collect();
        for values in [&mut low, &mut high] {
            let away: f64 = range.clone().map(|d| values[d] - mean[d]).sum();
            let swung: f64 = range.clone().zip(&swings).map(|(d, s)| (values[d] - mean[d]) * s).sum();
            let scale = if swung == 0.0 { 0.0 } else { away / swung };
            for (d, s) in range.clone().zip(&swings) {
                values[d] = mean[d] + (values[d] - mean[d]) * s * scale;
            }
        }
    }
    (low, high)
}

/// Daily values on straight lines between the middles of the months, whose monthly means are those given.
fn smooth(means: &[f64; 12], geometry: &Geometry) -> Vec<f64> {
    let n = geometry.days.len();
    let middle = |month: usize| 0.5 * (geometry.months[month].start + geometry.months[month].end) as f64;
    let mut nodes = *means;
    let mut values = vec![0.0; n];
    // The means of the lines answer to the nodes at about three quarters: correcting by the rest converges.
    for _ in 0..24 {
        for (d, value) in values.iter_mut().enumerate() {
            let t = d as f64 + 0.5;
            let month = geometry.days[d].month;
            let late = t >= middle(month);
            let (a, b) = if late { (month, (month + 1) % 12) } else { ((month + 11) % 12, month) };
            let (mut ta, mut tb) = (middle(a), middle(b));
            if tb < ta {
                if late { tb += n as f64 } else { ta -= n as f64 }
            }
            *value = nodes[a] + (nodes[b] - nodes[a]) * (t - ta) / (tb - ta);
        }
        for (month, range) in geometry.months.iter().enumerate() {
            let mean = values[range.clone()].iter().sum::<f64>() / range.len() as f64;
            nodes[month] += means[month] - mean;
        }
    }
    values
}
