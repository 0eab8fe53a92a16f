//! From what a tilted sensor sees back to GHI, DNI and DHI.

use super::Plane;
use super::rows::sun_direction;
use super::transposition::{ground_diffuse, perez_1990};
use crate::error::{Error, Result};
use crate::math;
use crate::sky::{
    DISC_SOLAR_CONSTANT, SOLAR_CONSTANT, absolute_airmass, clearness_factor, clearness_of_factor, dew_point_water,
    dirint_coefficient, dirint_coefficients, disc_kn, kasten_1966,
};

/// Clearness indices count up to here.
const MOST_CLEAR: f64 = 2.0;

/// What a tilted sensor's records are taken apart with, all of one length.
#[derive(Clone, Copy, Debug)]
pub struct GtiColumns<'a> {
    /// Global irradiance on the plane, W/m2.
    pub poa_global: &'a [f64],
    /// Zenith angle without refraction, degrees.
    pub solar_zenith: &'a [f64],
    /// Azimuth of the sun, degrees clockwise from north.
    pub solar_azimuth: &'a [f64],
    /// Extraterrestrial normal irradiance with the solar constant of [`sky`](crate::sky), W/m2; raised to that of DISC, 1370 W/m2.
    pub dni_extra: &'a [f64],
    /// Air pressure, Pa.
    pub pressure: &'a [f64],
    /// The day of each record in local time, counted from any day on: mornings and evenings belong to their day.
    pub day: &'a [i64],
    /// Dew point at the ground, degrees Celsius.
    pub temp_dew: Option<&'a [f64]>,
    /// Whether a record follows directly on the one before it; without it, all do.
    pub follows: Option<&'a [bool]>,
}

/// GTI-DIRINT: looks for the GHI, DNI and DHI whose sum on the plane, after [`perez_1990`], is what a tilted sensor measured.
///
/// Marion, Solar Energy 122 (2015), 1037, doi:10.1016/j.solener.2015.10.024.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GtiDirint {
    /// Whether the change of clearness to the neighbours in time counts; wants steps below 1.5 hours.
    pub use_delta_kt_prime: bool,
    /// Albedo of the ground before the plane, 0 to 1.
    pub albedo: f64,
    /// At most so many rounds; the search ends sooner once all records in front of which the sun stands are within 1 W/m2.
    pub max_iterations: usize,
}

impl Default for GtiDirint {
    fn default() -> Self {
        Self { use_delta_kt_prime: true, albedo: 0.25, max_iterations: 30 }
    }
}

/// What a tilted sensor's irradiance was taken apart into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GtiSky {
    /// Global horizontal irradiance, W/m2.
    pub ghi: Vec<f64>,
    /// Direct normal irradiance, W/m2.
    pub dni: Vec<f64>,
    /// Diffuse horizontal irradiance, W/m2.
    pub dhi: Vec<f64>,
    /// Records with the sun in front of the plane whose irradiance was missed by more than 1 W/m2, NaN among them.
    pub unsettled: usize,
}

/// One record as the search sees it.
#[derive(Clone, Copy)]
struct Hour {
    zenith: f64,
    cos_zenith: f64,
    cos_aoi: f64,
    extra: f64,
    airmass: f64,
}

impl Hour {
    #[inline(always)]
    fn disc_dni(&self, kt: f64) -> f64 {
        math::positive(disc_kn(kt, self.airmass) * self.extra)
    }
}

/// The records as the search sees them.
struct Hours<'a> {
    zenith: &'a [f64],
    cos_zenith: Vec<f64>,
    cos_aoi: Vec<f64>,
    aoi: Vec<f64>,
    extra: Vec<f64>,
    airmass: Vec<f64>,
    /// The air mass's [`clearness_factor`].
    factor: Vec<f64>,
    water: Option<Vec<f64>>,
}

/// A record's guess.
#[derive(Clone, Copy)]
struct Guess {
    ghi: f64,
    dni: f64,
    dhi: f64,
}

/// What the best guess of each record was made of.
struct Best {
    kt: Vec<f64>,
    kt_prime: Vec<f64>,
    /// DIRINT's.
    coefficient: Vec<f64>,
    /// What the guess misses the plane's irradiance by, W/m2.
    off: Vec<f64>,
}

impl GtiColumns<'_> {
    fn check(&self) -> Result<()> {
        let expected = self.poa_global.len();
        for (name, found) in [
            ("solar_zenith", self.solar_zenith.len()),
            ("solar_azimuth", self.solar_azimuth.len()),
            ("dni_extra", self.dni_extra.len()),
            ("pressure", self.pressure.len()),
            ("day", self.day.len()),
            ("temp_dew", self.temp_dew.map_or(expected, <[f64]>::len)),
            ("follows", self.follows.map_or(expected, <[bool]>::len)),
        ] {
            if found != expected {
                return Err(Error::Length { name, found, expected });
            }
        }
        Ok(())
    }

    fn hours(&self, plane: &Plane) -> Hours<'_> {
        let n = self.poa_global.len();
        let zero = || vec![0.0; n];
        let (mut cos_zenith, mut cos_aoi, mut aoi) = (zero(), zero(), zero());
        let (mut extra, mut airmass, mut factor) = (zero(), zero(), zero());
        let mut water = self.temp_dew.map(<[f64]>::to_vec);
        math::vectorised(
            #[inline(always)]
            || {
                // Slices of a known length, without which the loop checks each index and does not vectorise.
                let (zenith, azimuth) = (&self.solar_zenith[..n], &self.solar_azimuth[..n]);
                let (dni_extra, pressure) = (&self.dni_extra[..n], &self.pressure[..n]);
                let (cos_zenith, cos_aoi, aoi) = (&mut cos_zenith[..n], &mut cos_aoi[..n], &mut aoi[..n]);
                let (extra, airmass, factor) = (&mut extra[..n], &mut airmass[..n], &mut factor[..n]);
                let plane = *plane;
                for i in 0..n {
                    let [east, north, up] = sun_direction(zenith[i], azimuth[i]);
                    cos_zenith[i] = up;
                    cos_aoi[i] = plane.aoi_projection([east, north, up]).clamp(-1.0, 1.0);
                    aoi[i] = math::acos(cos_aoi[i]).to_degrees();
                    extra[i] = dni_extra[i] * (DISC_SOLAR_CONSTANT / SOLAR_CONSTANT);
                    airmass[i] = absolute_airmass(kasten_1966(zenith[i]), pressure[i]);
                    factor[i] = clearness_factor(airmass[i]);
                }
                for value in water.as_deref_mut().unwrap_or_default() {
                    *value = dew_point_water(*value);
                }
            },
        );
        Hours { zenith: self.solar_zenith, cos_zenith, cos_aoi, aoi, extra, airmass, factor, water }
    }
}

impl Hours<'_> {
    fn at(&self, i: usize) -> Hour {
        Hour {
            zenith: self.zenith[i],
            cos_zenith: self.cos_zenith[i],
            cos_aoi: self.cos_aoi[i],
            extra: self.extra[i],
            airmass: self.airmass[i],
        }
    }

    /// How many records with the sun in front of the plane are off by more than 1 W/m2.
    fn unsettled(&self, off: &[f64]) -> usize {
        self.aoi.iter().zip(off).filter(|(aoi, off)| **aoi < 90.0 && **off > 1.0).count()
    }
}

impl GtiDirint {
    /// GHI, DNI and DHI from what a sensor on the plane measured. With the sun behind the plane (or in it) the clearness is that of the
    /// same half day between angles of incidence of 65 and 80 degrees, NaN where the half day has none, or one beyond 1. (pvlib 0.16.1
    /// takes DIRINT's coefficient there from the record's own clearness, for which such records have no bin as a rule.) NaN gives NaN.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] where the columns differ in length.
    pub fn split(&self, plane: &Plane, columns: &GtiColumns<'_>) -> Result<GtiSky> {
        columns.check()?;
        let hours = columns.hours(plane);
        let best = self.search(plane, columns, &hours);
        let behind = behind_plane(columns, &hours, &best.kt_prime);
        let tilted = plane.ground_view() * self.albedo;
        let mut sky = GtiSky { unsettled: hours.unsettled(&best.off), ..GtiSky::default() };
        for i in 0..hours.aoi.len() {
            let hour = hours.at(i);
            let Guess { ghi, dni, dhi } = if hours.aoi[i] < 90.0 {
                guess(&hour, best.kt[i], best.coefficient[i])
            } else {
                let water = hours.water.as_ref().map(|water| water[i]);
                let dni = hour.disc_dni(behind[i] * hours.factor[i])
                    * dirint_coefficient(behind[i], hour.zenith, None, water);
                let beam = dni * hour.cos_zenith;
                // DHI = (GTI − DNI cos z ρ (1 − cos β)/2) / ((1 + cos β)/2 + ρ (1 − cos β)/2)
                let dhi = (columns.poa_global[i] - beam * tilted) / (plane.sky_view() + tilted);
                Guess { ghi: beam + dhi, dni, dhi }
            };
            sky.ghi.push(ghi);
            sky.dni.push(dni);
            sky.dhi.push(dhi);
        }
        Ok(sky)
    }

    /// The best guess of each record.
    fn search(&self, plane: &Plane, columns: &GtiColumns<'_>, hours: &Hours<'_>) -> Best {
        let n = hours.aoi.len();
        let nothing = || vec![f64::NAN; n];
        let mut best = Best { kt: nothing(), kt_prime: nothing(), coefficient: nothing(), off: vec![f64::INFINITY; n] };
        let mut poa = columns.poa_global.to_vec();
        // kₜ' with a NaN at either end, where it has no neighbour.
        let (mut kt, mut kt_prime, mut missed) = (vec![0.0; n], vec![f64::NAN; n + 2], vec![0.0; n]);
        let use_delta_kt_prime = self.use_delta_kt_prime;
        for round in 0..self.max_iterations {
            if hours.unsettled(&best.off) == 0 {
                break;
            }
            let step = match round {
                0..3 => 1.0,
                3..10 => 0.5,
                10..20 => 0.25,
                _ => 0.125,
            };
            math::vectorised(
                #[inline(always)]
                || {
                    let (extra, cos_aoi, factor) = (&hours.extra[..n], &hours.cos_aoi[..n], &hours.factor[..n]);
                    let (poa, kt, kt_prime) = (&poa[..n], &mut kt[..n], &mut kt_prime[1..][..n]);
                    for i in 0..n {
                        let most = math::positive(poa[i] / (extra[i] * at_least(cos_aoi[i])));
                        kt[i] = if most > MOST_CLEAR { MOST_CLEAR } else { most };
                        kt_prime[i] = clearness_of_factor(kt[i], factor[i], MOST_CLEAR);
                    }
                },
            );
            let coefficient = dirint_coefficients(
                &kt_prime,
                hours.zenith,
                hours.water.as_deref(),
                columns.follows,
                #[inline(always)]
                move |delta| use_delta_kt_prime.then_some(delta),
                Some,
            );
            math::vectorised(
                #[inline(always)]
                || {
                    let (zenith, cos_zenith, cos_aoi) =
                        (&hours.zenith[..n], &hours.cos_zenith[..n], &hours.cos_aoi[..n]);
                    let (extra, airmass) = (&hours.extra[..n], &hours.airmass[..n]);
                    let (kt, coefficient) = (&kt[..n], &coefficient[..n]);
                    let (wanted, missed) = (&columns.poa_global[..n], &mut missed[..n]);
                    let (search, plane) = (*self, *plane);
                    for i in 0..n {
                        let hour = Hour {
                            zenith: zenith[i],
                            cos_zenith: cos_zenith[i],
                            cos_aoi: cos_aoi[i],
                            extra: extra[i],
                            airmass: airmass[i],
                        };
                        let guess = guess(&hour, kt[i], coefficient[i]);
                        missed[i] = search.on_plane(&plane, &hour, &guess) - wanted[i];
                    }
                },
            );
            math::vectorised(
                #[inline(always)]
                || {
                    let (kt, kt_prime, coefficient) = (&kt[..n], &kt_prime[1..][..n], &coefficient[..n]);
                    let (missed, poa, best_off) = (&missed[..n], &mut poa[..n], &mut best.off[..n]);
                    let (best_kt, best_kt_prime) = (&mut best.kt[..n], &mut best.kt_prime[..n]);
                    let best_coefficient = &mut best.coefficient[..n];
                    for i in 0..n {
                        let off = missed[i].abs();
                        let better = off < best_off[i];
                        let take = better || round == 0;
                        best_kt[i] = if take { kt[i] } else { best_kt[i] };
                        best_kt_prime[i] = if take { kt_prime[i] } else { best_kt_prime[i] };
                        best_coefficient[i] = if take { coefficient[i] } else { best_coefficient[i] };
                        best_off[i] = if better { off } else { best_off[i] };
                        let next = poa[i] - step * missed[i];
                        poa[i] = if next < 1.0 { 1.0 } else { next };
                    }
                },
            );
        }
        best
    }

    /// What the plane would get of a guess, W/m2.
    #[inline(always)]
    fn on_plane(&self, plane: &Plane, hour: &Hour, guess: &Guess) -> f64 {
        let Guess { ghi, dni, dhi } = *guess;
        let dome = perez_1990(dhi, dni, hour.extra, hour.zenith, hour.cos_zenith, hour.airmass);
        math::positive(dni * hour.cos_aoi)
            + dome.on_plane(plane, hour.cos_aoi)
            + ground_diffuse(plane, ghi, self.albedo)
    }
}

/// A cosine, held to at least 0.065.
#[inline(always)]
fn at_least(cos: f64) -> f64 {
    if cos < 0.065 { 0.065 } else { cos }
}

#[inline(always)]
fn guess(hour: &Hour, kt: f64, coefficient: f64) -> Guess {
    let dni = hour.disc_dni(kt) * coefficient;
    // GHI = kₜ E₀ max(cos z, 0.065), DHI = GHI − DNI cos z
    let ghi = kt * (hour.extra * at_least(hour.cos_zenith));
    let dhi = ghi - dni * hour.cos_zenith;
    Guess { ghi: math::positive(ghi), dni: math::positive(dni), dhi: math::positive(dhi) }
}

/// kₜ' of records with the sun up and behind the plane: the mean of the same half day at angles of incidence between 65 and 80 degrees.
fn behind_plane(columns: &GtiColumns<'_>, hours: &Hours<'_>, kt_prime: &[f64]) -> Vec<f64> {
    let half = |i: usize| {
        let azimuth = columns.solar_azimuth[i];
        if azimuth < 180.0 {
            Some((columns.day[i], false))
        } else if azimuth > 180.0 {
            Some((columns.day[i], true))
        } else {
            None
        }
    };
    let mut sums = std::collections::BTreeMap::new();
    for (i, (aoi, kt_prime)) in hours.aoi.iter().zip(kt_prime).enumerate() {
        if let (Some(key), true) = (half(i), *aoi > 65.0 && *aoi < 80.0 && !kt_prime.is_nan()) {
            let (sum, count) = sums.entry(key).or_insert((0.0, 0.0));
            *sum += kt_prime;
            *count += 1.0;
        }
    }
    let mean = |i: usize| half(i).and_then(|key| sums.get(&key)).map_or(f64::NAN, |(sum, count)| sum / count);
    let lit = |i: usize| hours.zenith[i] < 90.0 && hours.aoi[i] >= 90.0;
    (0..kt_prime.len()).map(|i| if lit(i) { mean(i) } else { f64::NAN }).collect()
}
