//! What a synthetic year owes to the sun alone: the same for every year of a station on one calendar.

use std::ops::Range;
use std::sync::Arc;

use crate::error::Result;
use crate::math;
use crate::site::Site;
use crate::sky::{SOLAR_CONSTANT, absolute_airmass, extra_radiation_spencer, ineichen, kasten_young_1989};
use crate::sun::{ATMOSPHERIC_REFRACTION, SUN_RADIUS, SunTable, SunTrack};
use crate::time::{TimeAxis, Values};
use crate::weather::climate::Station;

/// The solar constant that the table's clearness indices were computed with, W/m2.
const TABLE_SOLAR_CONSTANT: f64 = 1361.1;

/// Turbidity of a month's clearest hours as a part of its mean; an own choice: the mean leaves no day above it.
const CLEAREST: f64 = 0.8;

/// The least Linke turbidity: clean, dry air.
const CLEAN_AIR: f64 = 2.0;

/// No hour is clearer than this. Ineichen's height terms reach 0.96 at 4300 m, brighter than Tibet's sky is.
const BRIGHTEST: f64 = 0.85;

/// One day: its place on the axis and in the list of lit records.
#[derive(Clone, Debug)]
pub(super) struct Day {
    pub(super) month: usize,
    /// Lit records, counted in the list of lit records.
    pub(super) lit: Range<usize>,
    /// Sunrise, noon and sunset, hours of the local day.
    pub(super) sunrise: f64,
    pub(super) noon: f64,
    pub(super) sunset: f64,
    /// Extraterrestrial irradiation on the horizontal, Wh/m2.
    pub(super) h0: f64,
}

/// The sun over a station, and what it gives at most, for every record with daylight.
#[derive(Clone, Debug)]
pub(super) struct Geometry {
    pub(super) axis: Arc<TimeAxis>,
    pub(super) table: Arc<SunTable>,
    pub(super) days: Vec<Day>,
    /// Days of each month.
    pub(super) months: [Range<usize>; 12],
    /// Extraterrestrial normal irradiance, W/m2 (constant 1366.1, as the models were fitted).
    pub(super) extra: Vec<f64>,
    /// Part of the interval that is sunlit, above 0 to 1.
    pub(super) sunlit: Vec<f64>,
    /// Extraterrestrial horizontal irradiance, mean over the interval, W/m2 (constant 1361.1, as the table's).
    pub(super) h0: Vec<f64>,
    /// Sine of the sun's elevation.
    pub(super) sin_h: Vec<f64>,
    /// Global irradiance of a very clear sky, mean over the interval, W/m2.
    pub(super) clear_ghi: Vec<f64>,
    /// Normal irradiance of a very clear sky, mean over the interval, W/m2.
    pub(super) clear_dni: Vec<f64>,
    /// Daily profile: clearness of the hour by clearness of the day, up to a daily factor.
    pub(super) profile: Vec<f64>,
}

impl Geometry {
    pub(super) fn new(station: &Station, year: i32) -> Result<Self> {
        let site = &station.site;
        let axis = Arc::new(TimeAxis::hourly_year(year, site.utc_offset_s())?);
        let table = Arc::new(SunTable::new(Arc::clone(&axis)));
        let track = sun(&table, site, Values::Constant(12.0))?;
        let lit: Vec<usize> = track.runs().iter().flat_map(|run| run.records.clone()).collect();
        let sunlit_all = sunlit_parts(&table, site);
        // The track and the parts agree but for slivers of seconds.
        let sunlit: Vec<f64> = lit.iter().map(|&i| sunlit_all[i].max(0.005)).collect();

        let mut geometry = Self {
            days: Vec::with_capacity(axis.len() / 24),
            months: Default::default(),
            extra: vec![0.0; lit.len()],
            h0: vec![0.0; lit.len()],
            sin_h: track.cos_zenith().to_vec(),
            clear_ghi: vec![0.0; lit.len()],
            clear_dni: vec![0.0; lit.len()],
            profile: vec![0.0; lit.len()],
            sunlit,
            axis,
            table,
        };
        geometry.find_days(site, &lit);
        geometry.fill(station, track.solar_zenith());
        for day in &mut geometry.days {
            day.h0 = geometry.h0[day.lit.clone()].iter().sum();
        }
        Ok(geometry)
    }

    fn find_days(&mut self, site: &Site, lit: &[usize]) {
        let mut next = 0;
        for (run, month) in self.axis.months().iter().zip(0..12) {
            let first_day = self.days.len();
            for midnight in run.records.clone().step_by(24) {
                let from = next;
                while next < lit.len() && lit[next] < midnight + 24 {
                    next += 1;
                }
                // Where the sun does not rise, or does not set, the hours of the mean sun stand in.
                let mean_noon = 12.0 + site.utc_offset_h - site.longitude / 15.0;
                let (sunrise, sunset) = match (lit.get(from), next > from && next - from < 24) {
                    (Some(&first), true) => (
                        (first - midnight) as f64 + 1.0 - self.sunlit[from],
                        (lit[next - 1] - midnight) as f64 + self.sunlit[next - 1],
                    ),
                    _ => (mean_noon - 6.0, mean_noon + 6.0),
                };
                let noon = 0.5 * (sunrise + sunset);
                self.days.push(Day { month, lit: from..next, sunrise, noon, sunset, h0: 0.0 });
            }
            self.months[month] = first_day..self.days.len();
        }
    }

    fn fill(&mut self, station: &Station, zenith: &[f64]) {
        let (altitude_m, pressure) = (station.site.elevation_m, station.site.pressure());
        for (day_of_year, day) in self.days.iter().enumerate() {
            let extra = extra_radiation_spencer(day_of_year as f64 + 1.0);
            let linke = (CLEAREST * station.linke[day.month]).max(CLEAN_AIR);
            // Collares-Pereira & Rabl, Solar Energy 22 (1979), 155, doi:10.1016/0038-092X(79)90100-2:
            // r_t / r_d = a + b cos ω, a = 0.409 + 0.5016 sin(ω_s − 60°), b = 0.6609 − 0.4767 sin(ω_s − 60°)
            let hour_angle = |hour: f64| (15.0 * (hour - day.noon)).to_radians();
            let past_60 = math::sin(hour_angle(day.sunset) - 60.0_f64.to_radians());
            let (a, b) = (0.409 + 0.5016 * past_60, 0.6609 - 0.4767 * past_60);
            let records = day.lit.len();
            for (nth, i) in day.lit.clone().enumerate() {
                let part = self.sunlit[i];
                let cos_z = math::positive(self.sin_h[i]);
                self.extra[i] = extra;
                self.h0[i] = extra * (TABLE_SOLAR_CONSTANT / SOLAR_CONSTANT) * cos_z * part;
                // Half an hour beside the middle only matters at the ends of the day, where the part is known.
                let hour = if nth == 0 {
                    day.sunrise + 0.5 * part
                } else if nth + 1 == records {
                    day.sunset - 0.5 * part
                } else {
                    day.sunrise + self.sunlit[day.lit.start] + nth as f64 - 0.5
                };
                self.profile[i] = (a + b * math::cos(hour_angle(hour))).max(0.1);
                if cos_z > 0.0 && zenith[i] < 90.0 {
                    let airmass = absolute_airmass(kasten_young_1989(zenith[i]), pressure);
                    let clear = ineichen(zenith[i], airmass, linke, altitude_m, extra);
                    self.clear_ghi[i] = part * clear.ghi.min(BRIGHTEST * extra * cos_z);
                    self.clear_dni[i] = part * clear.dni.min(BRIGHTEST * extra);
                }
            }
        }
    }
}

/// The sun as it is looked up for a synthetic series: air pressure of the station's height, air temperature as given.
pub(super) fn sun(table: &Arc<SunTable>, site: &Site, temp_air: Values<'_>) -> Result<SunTrack> {
    SunTrack::new(table, site, Values::Constant(site.pressure()), temp_air)
}

/// Part of every record's interval with the sun up, 0 to 1, on a chord between its ends.
fn sunlit_parts(table: &SunTable, site: &Site) -> Vec<f64> {
    let horizon = math::sin(-(SUN_RADIUS + ATMOSPHERIC_REFRACTION).to_radians());
    let begin = table.cos_zenith(site, -0.5 * f64::from(table.axis().step_s()));
    let part = |i: usize| {
        let from = begin[i] - horizon;
        let to = begin.get(i + 1).unwrap_or(&begin[i]) - horizon;
        match (from >= 0.0, to >= 0.0) {
            (true, true) => 1.0,
            (false, false) => 0.0,
            (true, false) => from / (from - to),
            (false, true) => to / (to - from),
        }
    };
    (0..begin.len()).map(part).collect()
}
