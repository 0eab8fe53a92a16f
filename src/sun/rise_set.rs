//! Sunrise, transit and sunset of a day.

use super::spa::{DAY_S, days_since_j2000, geocentric, mean_sidereal_time};
use crate::math;
use crate::site::Site;

/// Elevation of the sun's centre at sunrise and sunset, degrees.
const RISING: f64 = -0.8333;

/// What the sun does on one day; instants in Unix seconds UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SunDay {
    /// It rises, passes the meridian, sets.
    Ordinary {
        /// Its upper edge comes up.
        sunrise: f64,
        /// It stands highest.
        transit: f64,
        /// Its upper edge goes down.
        sunset: f64,
    },
    /// It never sets.
    PolarDay {
        /// It stands highest.
        transit: f64,
    },
    /// It never rises.
    PolarNight {
        /// It stands highest, below the horizon.
        transit: f64,
    },
}

/// Sunrise, transit and sunset by SPA's appendix A.2, around the transit within the day that begins at
/// `midnight` (Unix seconds of any midnight, local or UTC); `delta_t` is TT - UT, s.
///
/// The appendix takes one interpolation step: good to a few seconds, but it may miss by hours where the sun
/// grazes the horizon, at the ends of polar day and night. There sunrise and sunset are held to half a
/// day before and after the transit.
pub fn sun_day(midnight: f64, site: &Site, delta_t: f64) -> SunDay {
    let utc_midnight = (midnight / DAY_S).floor() * DAY_S;
    let sidereal_time =
        mean_sidereal_time(days_since_j2000(utc_midnight)) + geocentric(utc_midnight, delta_t).equation_of_equinoxes;
    // A.2.2: α and δ at 0 TT of the day before, the day and the day after
    let [before, today, after] = [-1.0, 0.0, 1.0].map(|day| {
        let sun = geocentric(utc_midnight + day * DAY_S - delta_t, delta_t);
        (sun.right_ascension(), sun.declination())
    });
    let (sin_lat, cos_lat) = math::sin_cos(site.latitude.to_radians());
    let step = |from: f64, to: f64| (to - from) - 360.0 * ((to - from) / 360.0).round();
    let interpolate = |b: f64, t: f64, a: f64, n: f64| {
        let (first, second) = (step(b, t), step(t, a));
        t + n * (first + second + (second - first) * n) / 2.0
    };
    // Hour angle and declination at a fraction m of the UTC day
    let sun_at = |m: f64| {
        let n = m + delta_t / DAY_S;
        let alpha = interpolate(before.0, today.0, after.0, n);
        let hour_angle = sidereal_time + 360.985647 * m + site.longitude - alpha;
        let declination = interpolate(before.1, today.1, after.1, n).to_radians();
        (hour_angle - 360.0 * (hour_angle / 360.0).round(), declination)
    };

    // A.2.3: m₀ = (α₀ − σ − ν)/360, brought into the day that was asked for
    let wanted = (midnight - utc_midnight) / DAY_S;
    let m0 = (today.0 - site.longitude - sidereal_time) / 360.0;
    let m0 = m0 - (m0 - wanted).floor();
    let transit = utc_midnight + (m0 - sun_at(m0).0 / 360.0) * DAY_S;

    // A.2.4: cos H₀ = (sin h₀′ − sin φ sin δ₀) / (cos φ cos δ₀)
    let (sin_delta, cos_delta) = math::sin_cos(today.1.to_radians());
    let cosine = (math::sin(RISING.to_radians()) - sin_lat * sin_delta) / (cos_lat * cos_delta);
    if cosine > 1.0 {
        return SunDay::PolarNight { transit };
    }
    if cosine < -1.0 {
        return SunDay::PolarDay { transit };
    }
    let half_day = math::acos(cosine).to_degrees() / 360.0;
    // A.2.13: R = m + (h − h₀′) / (360 cos δ′ cos φ sin H′)
    let crossing = |m: f64| {
        let (hour_angle, declination) = sun_at(m);
        let (sin_h, cos_h) = math::sin_cos(hour_angle.to_radians());
        let (sin_d, cos_d) = math::sin_cos(declination);
        let elevation = math::asin((sin_lat * sin_d + cos_lat * cos_d * cos_h).clamp(-1.0, 1.0)).to_degrees();
        utc_midnight + (m + (elevation - RISING) / (360.0 * cos_d * cos_lat * sin_h)) * DAY_S
    };
    SunDay::Ordinary {
        sunrise: crossing(m0 - half_day).max(transit - 0.5 * DAY_S).min(transit),
        transit,
        sunset: crossing(m0 + half_day).max(transit).min(transit + 0.5 * DAY_S),
    }
}
