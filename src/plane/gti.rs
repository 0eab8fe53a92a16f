//! From what a tilted sensor sees back to GHI, DNI and DHI.

use super::Plane;
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
    aoi: f64,
    extra: f64,
    airmass: f64,
    /// The air mass's [`clearness_factor`].
    factor: f64,
}

impl Hour {
    fn disc_dni(&self, kt: f64) -> f64 {
        math::positive(disc_kn(kt, self.airmass) * self.extra)
    }
}

/// A record's guess.
#[derive(Clone, Copy)]
struct Guess {
    ghi: f64,
    dni: f64,
    dhi: f64,
    kt_prime: f64,
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

    fn hour(&self, plane: &Plane, i: usize) -> Hour {
        let zenith = self.solar_zenith[i];
        let (sin_z, cos_z) = math::sin_cos(zenith.to_radians());
        let (sin_a, cos_a) = math::sin_cos(self.solar_azimuth[i].to_radians());
        let cos_aoi = plane.aoi_projection([sin_z * sin_a, sin_z * cos_a, cos_z]).clamp(-1.0, 1.0);
        let airmass = absolute_airmass(kasten_1966(zenith), self.pressure[i]);
        Hour {
            zenith,
            cos_zenith: cos_z,
            cos_aoi,
            aoi: math::acos(cos_aoi).to_degrees(),
            extra: self.dni_extra[i] * (DISC_SOLAR_CONSTANT / SOLAR_CONSTANT),
            airmass,
            factor: clearness_factor(airmass),
        }
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
        let hours: Vec<Hour> = (0..columns.poa_global.len()).map(|i| columns.hour(plane, i)).collect();
        let (mut best, unsettled) = self.search(plane, columns, &hours);
        let behind = behind_plane(columns, &hours, &best);
        let tilted = plane.ground_view() * self.albedo;
        for (i, hour) in hours.iter().enumerate() {
            if hour.aoi < 90.0 {
                continue;
            }
            let kt_prime = behind[i];
            let water = columns.temp_dew.map(|dew| dew_point_water(dew[i]));
            let dni = hour.disc_dni(kt_prime * hour.factor) * dirint_coefficient(kt_prime, hour.zenith, None, water);
            let beam = dni * hour.cos_zenith;
            // DHI = (GTI − DNI cos z ρ (1 − cos β)/2) / ((1 + cos β)/2 + ρ (1 − cos β)/2)
            let dhi = (columns.poa_global[i] - beam * tilted) / (plane.sky_view() + tilted);
            best[i] = Guess { ghi: beam + dhi, dni, dhi, ..best[i] };
        }
        Ok(GtiSky {
            ghi: best.iter().map(|g| g.ghi).collect(),
            dni: best.iter().map(|g| g.dni).collect(),
            dhi: best.iter().map(|g| g.dhi).collect(),
            unsettled,
        })
    }

    /// The best guess of each record, and how many with the sun in front of the plane are off by more than 1 W/m2.
    fn search(&self, plane: &Plane, columns: &GtiColumns<'_>, hours: &[Hour]) -> (Vec<Guess>, usize) {
        let n = hours.len();
        let nothing = Guess { ghi: f64::NAN, dni: f64::NAN, dhi: f64::NAN, kt_prime: f64::NAN };
        let (mut best, mut off) = (vec![nothing; n], vec![f64::INFINITY; n]);
        let mut poa = columns.poa_global.to_vec();
        // kₜ' with a NaN at either end, where it has no neighbour.
        let (mut kt, mut kt_prime) = (vec![0.0; n], vec![f64::NAN; n + 2]);
        let water: Option<Vec<f64>> = columns.temp_dew.map(|dew| dew.iter().map(|dew| dew_point_water(*dew)).collect());
        let use_delta_kt_prime = self.use_delta_kt_prime;
        let unsettled =
            |off: &[f64]| hours.iter().zip(off).filter(|(hour, off)| hour.aoi < 90.0 && **off > 1.0).count();
        for round in 0..self.max_iterations {
            if unsettled(&off) == 0 {
                break;
            }
            let step = match round {
                0..3 => 1.0,
                3..10 => 0.5,
                10..20 => 0.25,
                _ => 0.125,
            };
            for (i, hour) in hours.iter().enumerate() {
                let most = math::positive(poa[i] / (hour.extra * at_least(hour.cos_aoi)));
                kt[i] = if most > MOST_CLEAR { MOST_CLEAR } else { most };
                kt_prime[i + 1] = clearness_of_factor(kt[i], hour.factor, MOST_CLEAR);
            }
            let coefficients = dirint_coefficients(
                &kt_prime,
                columns.solar_zenith,
                water.as_deref(),
                columns.follows,
                #[inline(always)]
                move |delta| use_delta_kt_prime.then_some(delta),
                Some,
            );
            for (i, hour) in hours.iter().enumerate() {
                let guess = guess(hour, kt[i], kt_prime[i + 1], coefficients[i]);
                let missed = self.on_plane(plane, hour, &guess) - columns.poa_global[i];
                let better = missed.abs() < off[i];
                if better || round == 0 {
                    best[i] = guess;
                }
                if better {
                    off[i] = missed.abs();
                }
                let next = poa[i] - step * missed;
                poa[i] = if next < 1.0 { 1.0 } else { next };
            }
        }
        (best, unsettled(&off))
    }

    /// What the plane would get of a guess, W/m2.
    fn on_plane(&self, plane: &Plane, hour: &Hour, guess: &Guess) -> f64 {
        let Guess { ghi, dni, dhi, .. } = *guess;
        let dome = perez_1990(dhi, dni, hour.extra, hour.zenith, hour.cos_zenith, hour.airmass);
        math::positive(dni * hour.cos_aoi)
            + dome.on_plane(plane, hour.cos_aoi)
            + ground_diffuse(plane, ghi, self.albedo)
    }
}

/// A cosine, held to at least 0.065.
fn at_least(cos: f64) -> f64 {
    if cos < 0.065 { 0.065 } else { cos }
}

fn guess(hour: &Hour, kt: f64, kt_prime: f64, coefficient: f64) -> Guess {
    let dni = hour.disc_dni(kt) * coefficient;
    // GHI = kₜ E₀ max(cos z, 0.065), DHI = GHI − DNI cos z
    let ghi = kt * (hour.extra * at_least(hour.cos_zenith));
    let dhi = ghi - dni * hour.cos_zenith;
    Guess { ghi: math::positive(ghi), dni: math::positive(dni), dhi: math::positive(dhi), kt_prime }
}

/// kₜ' of records with the sun up and behind the plane: the mean of the same half day at angles of incidence between 65 and 80 degrees.
fn behind_plane(columns: &GtiColumns<'_>, hours: &[Hour], best: &[Guess]) -> Vec<f64> {
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
    for (i, hour) in hours.iter().enumerate() {
        let kt_prime = best[i].kt_prime;
        if let (Some(key), true) = (half(i), hour.aoi > 65.0 && hour.aoi < 80.0 && !kt_prime.is_nan()) {
            let (sum, count) = sums.entry(key).or_insert((0.0, 0.0));
            *sum += kt_prime;
            *count += 1.0;
        }
    }
    let mean = |i: usize| half(i).and_then(|key| sums.get(&key)).map_or(f64::NAN, |(sum, count)| sum / count);
    let lit = |hour: &Hour| hour.zenith < 90.0 && hour.aoi >= 90.0;
    hours.iter().enumerate().map(|(i, hour)| if lit(hour) { mean(i) } else { f64::NAN }).collect()
}
