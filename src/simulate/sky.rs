//! Light of the sky, taken apart so that any plane can be lit by it.

use std::ops::Range;

use crate::columns::Lanes;
use crate::math;
use crate::plane::{AIRMASS_AT_HORIZON, Transposition, hay_davies, perez, perez_1990, perez_driesse};
use crate::sky::{kasten_young_with_cosine, spencer_of_day};
use crate::sun::SunTable;
use crate::time::MonthRun;

/// Consecutive records with daylight: sun, weather, and the parts of [`Dome`](crate::plane::Dome).
#[derive(Clone, Copy)]
pub(super) struct Sky<'a> {
    pub(super) east: &'a [f64],
    pub(super) north: &'a [f64],
    pub(super) up: &'a [f64],
    pub(super) zenith: &'a [f64],
    pub(super) ghi: &'a [f64],
    pub(super) dni: &'a [f64],
    /// DHI, for transpositions that depend on the plane.
    pub(super) isotropic: &'a [f64],
    pub(super) circumsolar: &'a [f64],
    /// Extraterrestrial irradiance, for transpositions that depend on the plane.
    pub(super) horizon: &'a [f64],
    pub(super) temp_air: &'a [f64],
    pub(super) wind_speed: &'a [f64],
    /// Where the weather knows it.
    pub(super) albedo: Option<&'a [f64]>,
}

/// Columns on which a sky is taken apart in place.
pub(super) struct Whole<'a> {
    pub(super) zenith: &'a [f64],
    pub(super) up: &'a [f64],
    pub(super) dni: &'a [f64],
    /// Comes with all diffuse light (DHI).
    pub(super) isotropic: &'a mut [f64],
    pub(super) circumsolar: &'a mut [f64],
    /// Comes with the extraterrestrial irradiance.
    pub(super) horizon: &'a mut [f64],
    /// Where it is not Kasten and Young's.
    pub(super) airmass: Option<&'a [f64]>,
}

impl Whole<'_> {
    pub(super) fn take_apart(self, transposition: Transposition) {
        math::vectorised(
            #[inline(always)]
            || {
                let n = self.dni.len();
                let (zenith, up) = (&self.zenith[..n], &self.up[..n]);
                match self.airmass {
                    None => self.domes(
                        transposition,
                        #[inline(always)]
                        |i| kasten_young_with_cosine(zenith[i], up[i]),
                    ),
                    Some(airmass) => {
                        let airmass = &airmass[..n];
                        self.domes(
                            transposition,
                            #[inline(always)]
                            |i| airmass[i],
                        );
                    }
                }
            },
        );
    }

    #[inline(always)]
    fn domes(self, transposition: Transposition, airmass: impl Fn(usize) -> f64) {
        let n = self.dni.len();
        let (zenith, up, dni) = (&self.zenith[..n], &self.up[..n], &self.dni[..n]);
        let (isotropic, circumsolar, horizon) =
            (&mut self.isotropic[..n], &mut self.circumsolar[..n], &mut self.horizon[..n]);
        match transposition {
            Transposition::Isotropic => {
                circumsolar.fill(0.0);
                horizon.fill(0.0);
            }
            Transposition::HayDavies => {
                for i in 0..n {
                    let dome = hay_davies(isotropic[i], dni[i], horizon[i], up[i]);
                    (isotropic[i], circumsolar[i], horizon[i]) = (dome.isotropic, dome.circumsolar, dome.horizon);
                }
            }
            Transposition::PerezDriesse => {
                for i in 0..n {
                    let airmass = airmass(i);
                    // By the true zenith the sun may be below the horizon before its image is; this model goes on there.
                    let airmass = if airmass.is_nan() { AIRMASS_AT_HORIZON } else { airmass };
                    let dome = perez_driesse(isotropic[i], dni[i], horizon[i], zenith[i], up[i], airmass);
                    (isotropic[i], circumsolar[i], horizon[i]) = (dome.isotropic, dome.circumsolar, dome.horizon);
                }
            }
            // The usual set by itself: its coefficients stand in the instructions.
            Transposition::Perez => {
                for i in 0..n {
                    let airmass = airmass(i);
                    let dome = perez_1990(isotropic[i], dni[i], horizon[i], zenith[i], up[i], airmass);
                    (isotropic[i], circumsolar[i], horizon[i]) = (dome.isotropic, dome.circumsolar, dome.horizon);
                }
            }
            other => {
                // Without a set, it is the plane's own business. A copy of it nothing in the loop can write.
                let Some(set) = other.perez_set().copied() else { return };
                for i in 0..n {
                    let airmass = airmass(i);
                    let dome = perez(isotropic[i], dni[i], horizon[i], zenith[i], up[i], airmass, &set);
                    (isotropic[i], circumsolar[i], horizon[i]) = (dome.isotropic, dome.circumsolar, dome.horizon);
                }
            }
        }
    }
}

/// Extraterrestrial normal irradiance by day of the year in UTC, for records in the order of their axis.
pub(super) struct ExtraOfDays<'a> {
    table: &'a SunTable,
    day: usize,
}

impl<'a> ExtraOfDays<'a> {
    pub(super) fn new(table: &'a SunTable) -> Self {
        Self { table, day: 0 }
    }

    /// Fills a column for consecutive records, which come after those of the last call.
    pub(super) fn fill(&mut self, records: Range<usize>, extra: &mut [f64]) {
        let mut from = records.start;
        while from < records.end {
            let (day, of_year) = self.table.day_of_year(self.day);
            let to = day.end.min(records.end);
            if from < to {
                extra[from - records.start..to - records.start].fill(spencer_of_day(of_year));
                from = to;
            }
            if day.end <= from {
                self.day += 1;
            }
        }
    }
}

/// Records of one calendar month among those with daylight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MonthSpan {
    /// 0 for January.
    pub(super) month: usize,
    pub(super) records: Range<usize>,
    /// Global horizontal irradiation of the month, Wh/m2: of all records, and of those with daylight.
    pub(super) ghi_wh_m2: f64,
    pub(super) daylight_ghi_wh_m2: f64,
}

impl MonthSpan {
    /// A month whose daylight begins at this place.
    pub(super) fn new(month: &MonthRun, first: usize) -> Self {
        let month = usize::from(month.month) - 1;
        Self { month, records: first..first, ghi_wh_m2: 0.0, daylight_ghi_wh_m2: 0.0 }
    }

    /// Adds up the irradiance of the month's records, `places` of the whole column, in steps of so many hours.
    pub(super) fn irradiation(&mut self, ghi: &[f64], places: &Range<usize>, daylight_ghi: Lanes, step_h: f64) {
        let mut all = Lanes::default();
        math::vectorised(
            #[inline(always)]
            || all.add(ghi, 0, places),
        );
        self.ghi_wh_m2 = all.total() * step_h;
        self.daylight_ghi_wh_m2 = daylight_ghi.total() * step_h;
    }
}
