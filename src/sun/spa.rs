//! NREL's Solar Position Algorithm, the reference that everything else here is held against.
//!
//! Reda & Andreas, NREL/TP-560-34302 (2008), doi:10.2172/15003974. Uncertainty stated there: 0.0003 degrees
//! in the years -2000 to 6000. Step numbers in the comments are the report's.

use std::f64::consts::TAU;

use super::refraction::{ATMOSPHERIC_REFRACTION, refraction};
use super::spa_tables::{B0, B1, L0, L1, L2, L3, L4, L5, NUTATION, R0, R1, R2, R3, R4, Term};
use crate::math;
use crate::site::Site;

/// Seconds from 1970-01-01 00:00 UTC to the epoch J2000.0 (2000-01-01 12:00).
pub(super) const J2000_UNIX: f64 = 946_728_000.0;
pub(super) const DAY_S: f64 = 86_400.0;
/// Sun's equatorial horizontal parallax at 1 AU, radians (8.794 arc seconds).
pub(super) const PARALLAX_1AU: f64 = 8.794 / 3600.0 * (std::f64::consts::PI / 180.0);

/// The sun as the Earth's centre sees it: steps 3.1 to 3.10, which depend on time alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geocentric {
    /// Heliocentric longitude of the Earth, degrees.
    pub heliocentric_longitude: f64,
    /// Heliocentric latitude of the Earth, degrees.
    pub heliocentric_latitude: f64,
    /// Distance Earth to sun, AU.
    pub distance_au: f64,
    /// Nutation in longitude, degrees.
    pub nutation_longitude: f64,
    /// True obliquity of the ecliptic, degrees.
    pub obliquity: f64,
    /// Apparent sun longitude, degrees.
    pub apparent_longitude: f64,
    /// Unit vector to the sun in the true equator and equinox of date.
    pub direction: [f64; 3],
    /// Equation of the equinoxes Δψ cos ε, degrees.
    pub equation_of_equinoxes: f64,
    /// Julian ephemeris millennium.
    pub(super) millennium: f64,
}

/// A position of the sun in the sky.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SunPosition {
    /// Topocentric zenith angle without refraction, degrees.
    pub zenith: f64,
    /// Topocentric zenith angle with refraction, degrees.
    pub apparent_zenith: f64,
    /// Azimuth, degrees clockwise from north, 0 to 360.
    pub azimuth: f64,
    /// Topocentric right ascension, degrees.
    pub right_ascension: f64,
    /// Topocentric declination, degrees.
    pub declination: f64,
    /// Topocentric local hour angle, degrees, west positive, 0 to 360.
    pub hour_angle: f64,
    /// Equation of time, minutes.
    pub equation_of_time: f64,
    /// Distance Earth to sun, AU.
    pub distance_au: f64,
}

/// The air through which the sun is seen, for refraction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Air {
    /// Pressure, Pa.
    pub pressure: f64,
    /// Temperature, degC.
    pub temp_air: f64,
}

/// Days since J2000.0 of an instant in Unix seconds.
#[inline(always)]
pub(super) fn days_since_j2000(unix_s: f64) -> f64 {
    (unix_s - J2000_UNIX) / DAY_S
}

fn wrap_degrees(angle: f64) -> f64 {
    angle - 360.0 * (angle / 360.0).floor()
}

/// The sun from the Earth's centre at an instant in Unix seconds UTC; `delta_t` is TT - UT, s.
pub fn geocentric(unix_s: f64, delta_t: f64) -> Geocentric {
    let [sun] = geocentric_at([unix_s], [delta_t]);
    sun
}

/// [`geocentric`] at several instants: every step is a loop over them, which vectorises.
pub(super) fn geocentric_at<const N: usize>(unix_s: [f64; N], delta_t: [f64; N]) -> [Geocentric; N] {
    math::vectorised(
        #[inline(always)]
        || steps(&unix_s, &delta_t),
    )
}

#[inline(always)]
fn steps<const N: usize>(unix_s: &[f64; N], delta_t: &[f64; N]) -> [Geocentric; N] {
    // 3.1: Julian ephemeris century and millennium
    let (mut jce, mut jme) = ([0.0; N], [0.0; N]);
    for k in 0..N {
        jce[k] = days_since_j2000(unix_s[k] + delta_t[k]) / 36_525.0;
        jme[k] = jce[k] / 10.0;
    }

    // 3.2: L, B, R = Σ (Lᵢ JMEⁱ) / 10⁸
    let l = periodic(&jme, &[L0, L1, L2, L3, L4, L5]);
    let b = periodic(&jme, &[B0, B1]);
    let r = periodic(&jme, &[R0, R1, R2, R3, R4]);

    // 3.4: nutation, from five arguments of the moon and the sun, degrees
    let (psi, eps) = nutation(&jce);

    let (mut longitude, mut obliquity) = ([0.0; N], [0.0; N]);
    for k in 0..N {
        // 3.5: true obliquity ε = ε₀/3600 + Δε
        let mean_obliquity = polynomial(
            jme[k] / 10.0,
            [84381.448, -4680.93, -1.55, 1999.25, -51.38, -249.67, -39.05, 7.12, 27.87, 5.79, 2.45],
        );
        obliquity[k] = mean_obliquity / 3600.0 + eps[k];
        // 3.3, 3.6, 3.7: λ = L + 180° + Δψ − 20.4898″/R
        longitude[k] = l[k].to_degrees() + 180.0 + psi[k] - 20.4898 / (3600.0 * r[k]);
    }
    let (sin_lambda, cos_lambda) = sines(&longitude);
    let (sin_eps, cos_eps) = sines(&obliquity);
    let (mut sin_beta, mut cos_beta) = ([0.0; N], [0.0; N]);
    for k in 0..N {
        // 3.3: β = −B
        (sin_beta[k], cos_beta[k]) = math::sin_cos(-b[k]);
    }
    std::array::from_fn(|k| Geocentric {
        heliocentric_longitude: wrap_degrees(l[k].to_degrees()),
        heliocentric_latitude: b[k].to_degrees(),
        distance_au: r[k],
        nutation_longitude: psi[k],
        obliquity: obliquity[k],
        apparent_longitude: wrap_degrees(longitude[k]),
        // 3.9, 3.10: right ascension and declination, kept as a vector
        direction: [
            cos_beta[k] * cos_lambda[k],
            cos_beta[k] * sin_lambda[k] * cos_eps[k] - sin_beta[k] * sin_eps[k],
            cos_beta[k] * sin_lambda[k] * sin_eps[k] + sin_beta[k] * cos_eps[k],
        ],
        equation_of_equinoxes: psi[k] * cos_eps[k],
        millennium: jme[k],
    })
}

#[inline(always)]
fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// Σᵢ tⁱ Σⱼ aⱼ cos(bⱼ + cⱼ t) / 10⁸ over tables i and their terms j.
#[inline(always)]
fn periodic<const N: usize>(t: &[f64; N], tables: &[&[Term]]) -> [f64; N] {
    let mut value = [0.0; N];
    for terms in tables.iter().rev() {
        let mut sum = [0.0; N];
        for &[a, b, c] in *terms {
            // cos x = sin(x + ¼ turn), and angles in turns need no reduction by π.
            let (b, c) = (b * (1.0 / TAU) + 0.25, c * (1.0 / TAU));
            for k in 0..N {
                sum[k] += a * math::sin_turns(b + c * t[k]);
            }
        }
        for k in 0..N {
            value[k] = value[k] * t[k] + sum[k];
        }
    }
    for value in &mut value {
        *value /= 1e8;
    }
    value
}

/// Nutation in longitude and in obliquity, degrees; `t` in Julian ephemeris centuries.
#[inline(always)]
fn nutation<const N: usize>(t: &[f64; N]) -> ([f64; N], [f64; N]) {
    let arguments = [
        [297.85036, 445_267.111480, -0.0019142, 1.0 / 189_474.0],
        [357.52772, 35_999.050340, -0.0001603, -1.0 / 300_000.0],
        [134.96298, 477_198.867398, 0.0086972, 1.0 / 56_250.0],
        [93.27191, 483_202.017538, -0.0036825, 1.0 / 327_270.0],
        [125.04452, -1_934.136261, 0.0020708, 1.0 / 450_000.0],
    ];
    let mut x = [[0.0; N]; 5];
    for (x, coefficients) in x.iter_mut().zip(arguments) {
        for k in 0..N {
            x[k] = polynomial(t[k], coefficients) / 360.0;
        }
    }
    let [x0, x1, x2, x3, x4] = &x;
    let (mut psi, mut eps) = ([0.0; N], [0.0; N]);
    for (multiples, [a, b, c, d]) in NUTATION {
        let [m0, m1, m2, m3, m4] = multiples.map(f64::from);
        let argument = |k: usize| m0 * x0[k] + m1 * x1[k] + m2 * x2[k] + m3 * x3[k] + m4 * x4[k];
        for k in 0..N {
            psi[k] += (a + b * t[k]) * math::sin_turns(argument(k));
        }
        // Almost half of the terms leave the obliquity alone.
        if c != 0.0 {
            for k in 0..N {
                eps[k] += (c + d * t[k]) * math::sin_turns(argument(k) + 0.25);
            }
        }
    }
    for k in 0..N {
        psi[k] /= 36_000_000.0;
        eps[k] /= 36_000_000.0;
    }
    (psi, eps)
}

/// Sines and cosines of angles in degrees.
#[inline(always)]
fn sines<const N: usize>(degrees: &[f64; N]) -> ([f64; N], [f64; N]) {
    let (mut sin, mut cos) = ([0.0; N], [0.0; N]);
    for k in 0..N {
        (sin[k], cos[k]) = math::sin_cos(degrees[k].to_radians());
    }
    (sin, cos)
}

/// Mean sidereal time at Greenwich, degrees, not reduced below 360; step 3.8.
#[inline(always)]
pub(super) fn mean_sidereal_time(days: f64) -> f64 {
    let century = days / 36_525.0;
    // ν₀ = 280.46061837 + 360.98564736629 d + 0.000387933 T² − T³/38710000; whole turns are left out.
    let turn = days - days.floor();
    280.46061837 + 360.0 * turn + 0.98564736629 * days + century * century * (0.000387933 - century / 38_710_000.0)
}

impl Geocentric {
    /// Right ascension, degrees, 0 to 360.
    pub fn right_ascension(&self) -> f64 {
        wrap_degrees(math::atan2(self.direction[1], self.direction[0]).to_degrees())
    }

    /// Declination, degrees.
    pub fn declination(&self) -> f64 {
        math::asin(self.direction[2]).to_degrees()
    }

    /// Equation of time, minutes; appendix A.1.
    pub fn equation_of_time(&self) -> f64 {
        // M = mean longitude of the sun
        let mean_longitude = polynomial(
            self.millennium,
            [280.4664567, 360_007.6982779, 0.03032028, 1.0 / 49_931.0, -1.0 / 15_300.0, -1.0 / 2_000_000.0],
        );
        // E = 4 (M − 0.0057183 − α + Δψ cos ε), brought near 0
        let degrees = mean_longitude - 0.0057183 - self.right_ascension() + self.equation_of_equinoxes;
        4.0 * (degrees - 360.0 * (degrees / 360.0).round())
    }
}

/// The site's place in the meridian plane, in equatorial radii: (ρ cos φ′, ρ sin φ′); step 3.12.
pub(super) fn observer(site: &Site) -> (f64, f64) {
    let (sin_phi, cos_phi) = math::sin_cos(site.latitude.to_radians());
    // u = atan(0.99664719 tan φ), as sine and cosine
    let (y, x) = (0.99664719 * sin_phi, cos_phi);
    let norm = (x * x + y * y).sqrt();
    let height = site.elevation_m / 6_378_140.0;
    (x / norm + height * cos_phi, 0.99664719 * y / norm + height * sin_phi)
}

/// Position of the sun at an instant in Unix seconds UTC, by SPA in full: some microseconds a call.
///
/// `delta_t` is TT - UT, s: see [`delta_t`](super::delta_t).
///
/// # Examples
/// ```
/// use rooftop_pv::{Site, sun};
/// // SPA's worked example: Golden, 2003-10-17 12:30:30, UTC-7.
/// let golden = Site::new(39.742476, -105.1786, 1830.14, -7.0)?;
/// let air = sun::Air { pressure: 82_000.0, temp_air: 11.0 };
/// let position = sun::spa(1_066_419_030.0, &golden, &air, 67.0);
/// assert!((position.apparent_zenith - 50.11162).abs() < 5e-6);
/// assert!((position.azimuth - 194.34024).abs() < 5e-6);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
pub fn spa(unix_s: f64, site: &Site, air: &Air, delta_t: f64) -> SunPosition {
    let sun = geocentric(unix_s, delta_t);
    let alpha = sun.right_ascension();
    let sidereal_time = mean_sidereal_time(days_since_j2000(unix_s)) + sun.equation_of_equinoxes;
    // 3.11: H = ν + σ − α
    let hour_angle = (sidereal_time + site.longitude - alpha).to_radians();
    let (sin_h, cos_h) = math::sin_cos(hour_angle);
    let (sin_delta, cos_delta) = {
        let [x, y, z] = sun.direction;
        (z, (x * x + y * y).sqrt())
    };

    // 3.12: parallax turns α and δ into what the site sees
    let sin_xi = math::sin(PARALLAX_1AU / sun.distance_au);
    let (x, y) = observer(site);
    let meridian = cos_delta - x * sin_xi * cos_h;
    // Δα = atan2(−x sin ξ sin H, cos δ − x sin ξ cos H)
    let delta_alpha = math::atan2(-x * sin_xi * sin_h, meridian);
    // δ′ = atan2((sin δ − y sin ξ) cos Δα, cos δ − x sin ξ cos H)
    let declination = math::atan2((sin_delta - y * sin_xi) * math::cos(delta_alpha), meridian);
    // 3.13: H′ = H − Δα
    let local_hour_angle = hour_angle - delta_alpha;

    // 3.14: e₀ = asin(sin φ sin δ′ + cos φ cos δ′ cos H′)
    let (sin_phi, cos_phi) = math::sin_cos(site.latitude.to_radians());
    let (sin_d, cos_d) = math::sin_cos(declination);
    let (sin_l, cos_l) = math::sin_cos(local_hour_angle);
    let up = sin_phi * sin_d + cos_phi * cos_d * cos_l;
    let elevation = math::asin(up.clamp(-1.0, 1.0)).to_degrees();
    let apparent_elevation = elevation + refraction(elevation, air.pressure, air.temp_air, ATMOSPHERIC_REFRACTION);

    // 3.15: Γ = atan2(sin H′, cos H′ sin φ − tan δ′ cos φ), from south; times cos δ′ to stay finite
    let gamma = math::atan2(cos_d * sin_l, cos_d * cos_l * sin_phi - sin_d * cos_phi);
    SunPosition {
        zenith: 90.0 - elevation,
        apparent_zenith: 90.0 - apparent_elevation,
        azimuth: wrap_degrees(gamma.to_degrees() + 180.0),
        right_ascension: wrap_degrees(alpha + delta_alpha.to_degrees()),
        declination: declination.to_degrees(),
        hour_angle: wrap_degrees(local_hour_angle.to_degrees()),
        equation_of_time: sun.equation_of_time(),
        distance_au: sun.distance_au,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of the report, tables A5.1 and following: every printed digit.
    #[test]
    fn worked_example_to_the_printed_digits() {
        let time = 1_066_419_030.0; // 2003-10-17 12:30:30 -07:00
        let site = Site::new(39.742476, -105.1786, 1830.14, -7.0).unwrap();
        let sun = geocentric(time, 67.0);
        assert_eq!(format!("{:.6}", time / 86400.0 + 2_440_587.5), "2452930.312847");
        assert_eq!(format!("{:.10}", sun.heliocentric_longitude), "24.0182616917");
        assert_eq!(format!("{:.10}", sun.heliocentric_latitude), "-0.0001011219");
        assert_eq!(format!("{:.10}", sun.distance_au), "0.9965422974");
        assert_eq!(format!("{:.6}", sun.obliquity), "23.440465");
        assert_eq!(format!("{:.5}", sun.right_ascension()), "202.22741");
        assert_eq!(format!("{:.5}", sun.declination()), "-9.31434");
        let position = spa(time, &site, &Air { pressure: 82_000.0, temp_air: 11.0 }, 67.0);
        let geocentric_hour_angle = wrap_degrees(
            mean_sidereal_time(days_since_j2000(time)) + sun.equation_of_equinoxes + site.longitude
                - sun.right_ascension(),
        );
        assert_eq!(format!("{geocentric_hour_angle:.5}"), "11.10590");
        assert_eq!(format!("{:.6}", 90.0 - position.zenith), "39.872046");
        assert_eq!(format!("{:.6}", 90.0 - position.apparent_zenith), "39.888378");
        assert_eq!(format!("{:.5}", position.apparent_zenith), "50.11162");
        assert_eq!(format!("{:.6}", position.azimuth), "194.340241");
        // Incidence on a plane tilted 30 degrees and turned -10 degrees from south, west positive.
        let (zenith, azimuth) = (position.apparent_zenith.to_radians(), (position.azimuth - 170.0).to_radians());
        let tilt = 30f64.to_radians();
        let incidence = (zenith.cos() * tilt.cos() + tilt.sin() * zenith.sin() * azimuth.cos()).acos().to_degrees();
        assert_eq!(format!("{incidence:.5}"), "25.18700");
    }
}
