"""spa.csv and sun_rise_set.csv: NREL SPA as pvlib implements it.

Run from the project root: python tests/reference/make/sun.py
"""

import numpy as np
import pandas as pd
from pvlib import atmosphere, spa

from common import write

SEED = 20240601
DELTA_T = 67.0
REFRACTION = 0.5667


def unix(text):
    return int(pd.Timestamp(text, tz="UTC").timestamp())


# Places and instants at which implementations tend to differ: (utc, lat, lon, elevation m, degC).
EDGES = [
    ("2003-10-17T19:30:30", 39.742476, -105.1786, 1830.14, 11.0),
    ("2020-06-21T00:00:00", 90.0, 0.0, 0.0, -5.0),
    ("2020-12-21T12:00:00", 90.0, 0.0, 0.0, -30.0),
    ("2020-12-21T12:00:00", -90.0, 0.0, 2835.0, -30.0),
    ("2020-06-21T12:00:00", -90.0, 45.0, 2835.0, -30.0),
    ("2020-03-20T03:50:00", 90.0, 100.0, 0.0, -20.0),
    ("2021-01-01T00:00:00", 0.0, 180.0, 0.0, 27.0),
    ("2021-01-01T00:00:00", 0.0, -180.0, 0.0, 27.0),
    ("2021-07-15T23:59:59", 52.0, 180.0, 10.0, 12.0),
    ("2021-07-15T23:59:59", 52.0, -180.0, 10.0, 12.0),
    ("2021-03-20T12:00:00", 0.0, 0.0, 0.0, 30.0),
    ("2021-09-22T12:00:00", 0.0, 0.0, 0.0, 30.0),
    ("2021-03-20T06:00:00", 0.0, 0.0, 0.0, 30.0),
    ("2021-03-20T18:00:00", 0.0, 0.0, 0.0, 30.0),
    ("2000-02-29T12:00:00", 36.1, -79.95, 273.0, 5.0),
    ("2020-02-29T23:59:59", 36.68, 117.53, 80.0, 5.0),
    ("2024-02-29T00:00:00", -33.9, 18.4, 50.0, 22.0),
    ("2023-12-31T23:59:59", 48.0, 8.0, 500.0, 2.0),
    ("2024-01-01T00:00:00", 48.0, 8.0, 500.0, 2.0),
    ("1970-01-01T00:00:00", 51.4779, 0.0, 45.0, 4.0),
    ("1969-12-31T23:59:59", 51.4779, 0.0, 45.0, 4.0),
    ("1950-01-01T00:00:00", 23.436, 77.2, 200.0, 25.0),
    ("2050-12-31T23:59:59", -23.436, 133.9, 545.0, 35.0),
    ("2021-06-21T05:00:00", 23.44, 105.0, 0.0, 33.0),
    ("2021-06-21T12:00:00", 66.5622, 25.0, 150.0, 15.0),
    ("2021-12-21T10:20:00", 66.5622, 25.0, 150.0, -20.0),
]


def make_spa():
    rng = np.random.default_rng(SEED)
    n = 2000 - len(EDGES)
    time = rng.integers(unix("1950-01-01"), unix("2051-01-01"), n)
    lat = rng.uniform(-90, 90, n).round(4)
    lon = rng.uniform(-180, 180, n).round(4)
    elevation = rng.uniform(0, 3000, n).round(1)
    temp = rng.uniform(-30, 40, n).round(1)
    edge = [np.array(c) for c in zip(*[(unix(t), *rest) for t, *rest in EDGES])]
    time, lat, lon, elevation, temp = (
        np.concatenate([e, r]) for e, r in zip(edge, (time, lat, lon, elevation, temp)))
    pressure = atmosphere.alt2pres(elevation).round(2)
    app_zenith, zenith, _, _, azimuth, eot = spa.solar_position(
        time.astype(float), lat, lon, elevation, pressure / 100, temp, DELTA_T, REFRACTION)
    # one by one must give the same as all at once
    for i in range(0, 2000, 97):
        one = spa.solar_position(np.array([float(time[i])]), lat[i], lon[i], elevation[i],
                                 pressure[i] / 100, temp[i], DELTA_T, REFRACTION)[:, 0]
        assert np.allclose(one[[0, 1, 4, 5]],
                           [app_zenith[i], zenith[i], azimuth[i], eot[i]], rtol=0, atol=1e-11)
    write("spa.csv", "sun.py", [
        f"seed {SEED}; the first {len(EDGES)} rows are chosen edge cases (SPA's worked example,",
        "poles, date line, equator, 29 February, ends of years), the others are uniform over",
        "1950-2050, latitude, longitude, elevation 0..3000 m and temperature -30..40 degC.",
        "pvlib.spa.solar_position(unix_time, latitude, longitude, elevation_m, pressure_pa / 100,",
        "temp_air, delta_t, atmos_refract = 0.5667), numpy.",
        "unix_time: seconds since 1970-01-01 00:00 UTC; latitude, longitude: degrees north, east;",
        "elevation_m: m; pressure_pa: Pa, pvlib.atmosphere.alt2pres(elevation_m) rounded to 0.01 Pa;",
        "temp_air: degC; delta_t: TT - UT1 in s; zenith: topocentric, without refraction, degrees;",
        "apparent_zenith: with refraction, degrees (the correction is added only where the elevation is",
        "at least -(0.26667 + 0.5667) degrees); azimuth: degrees clockwise from north, 0 <= a < 360;",
        "equation_of_time: minutes.",
        "Where the zenith is near 0 or 180 the azimuth is ill-conditioned: compare directions there.",
    ], {
        "unix_time": time, "latitude": lat, "longitude": lon, "elevation_m": elevation,
        "pressure_pa": pressure, "temp_air": temp, "delta_t": np.full(len(time), DELTA_T),
        "zenith": zenith, "apparent_zenith": app_zenith, "azimuth": azimuth,
        "equation_of_time": eot,
    })


def make_rise_set():
    rng = np.random.default_rng(SEED + 1)
    n = 300
    first, last = unix("1950-01-01") // 86400, unix("2050-12-31") // 86400
    day = rng.integers(first, last + 1, n) * 86400
    lat = rng.uniform(-90, 90, n).round(4)
    lon = rng.uniform(-180, 180, n).round(4)
    transit, sunrise, sunset = spa.transit_sunrise_sunset(
        day.astype(float), lat, lon, DELTA_T, 1)
    write("sun_rise_set.csv", "sun.py", [
        f"seed {SEED + 1}; uniform over days 1950-2050, latitude and longitude.",
        "pvlib.spa.transit_sunrise_sunset(day, latitude, longitude, delta_t = 67), numpy.",
        "day: the UTC midnight asked for, unix seconds; latitude, longitude: degrees north, east;",
        "sunrise, transit, sunset: unix seconds UTC, nan where the sun does not cross -0.8333 degrees",
        "(polar day or night). The transit lies in the UTC day; sunrise may lie in the day before and",
        "sunset in the day after. This is one interpolation step from the days' right ascension and",
        "declination (SPA appendix A.2), not a root search: where the sun grazes the horizon it may be off by",
        "minutes (in one row sunset < sunrise). A sunrise that falls into the day before is the one of this UTC",
        "day moved back by 86400 s, a sunset in the day after the one of this UTC day moved on: off by up to",
        "a day's change of declination, minutes away from the poles.",
    ], {"day": day, "latitude": lat, "longitude": lon,
        "sunrise": sunrise, "transit": transit, "sunset": sunset})
    ok = ~np.isnan(sunrise)
    print("  polar:", int((~ok).sum()), " ordered:",
          bool(np.all((sunrise < transit)[ok] & (transit < sunset)[ok])))
    for name, t in (("sunrise", sunrise), ("sunset", sunset)):
        z = spa.solar_position(t[ok], lat[ok], lon[ok], 0.0, 1013.25, 12.0, DELTA_T, REFRACTION)[1]
        err = np.abs(z - 90.8333)
        print(f"  {name}: geometric zenith there off by median {np.median(err):.2g}, max {err.max():.2g} degrees")


if __name__ == "__main__":
    make_spa()
    make_rise_set()
