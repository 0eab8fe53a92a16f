"""modelchain_723170_tilt*.csv, weather_south.csv and modelchain_south_tilt*.csv:
a whole pvlib ModelChain on a TMY3 file and on a synthetic southern year.

Reads tests/reference/723170TYA.CSV (from pvlib's distribution, pvlib/data).
Run from the project root: python tests/reference/make/chain.py
"""

import warnings

import numpy as np
import pandas as pd
from pvlib import atmosphere, clearsky, iotools, irradiance
from pvlib.location import Location
from pvlib.modelchain import ModelChain
from pvlib.pvsystem import Array, FixedMount, PVSystem

from common import REFERENCE, write

SCRIPT = "chain.py"
SEED = 20240603
WEATHER = ["ghi", "dni", "dhi", "temp_air", "wind_speed"]
HALF_HOUR = pd.Timedelta(minutes=30)

SETTINGS = [
    "System: pdc0 = 1000 W, gamma_pdc = -0.0035 1/degC, fixed mount, albedo 0.25; inverter pdc0 =",
    "1000 / 1.2 / 0.96 W (AC nameplate 1000 / 1.2 W), eta_inv_nom = 0.96, eta_inv_ref = 0.9637.",
    "ModelChain(dc_model='pvwatts', ac_model='pvwatts', aoi_model='physical', spectral_model='no_loss',",
    "temperature_model='faiman' (u0 = 25, u1 = 6.84), losses_model='pvwatts' (default set, 14.0757 %),",
    "transposition_model='perez' (allsitescomposite1990), solar_position_method='nrel_numpy',",
    "airmass_model='kastenyoung1989').",
    "What ModelChain does with that, and a second implementation has to do too:",
    "- Solar position: SPA at the middle of the record, delta_t = 67 s in every year, atmos_refract = 0.5667,",
    "  pressure = alt2pres(altitude) all year, refraction temperature = the record's own temp_air.",
    "- apparent_zenith (refracted) is used for air mass, incidence angle and transposition alike.",
    "- dni_extra: Spencer, 1366.1 W/m2, whole day of year of the middle of the record in UTC (not local",
    "  time), day angle 2 pi / 365 (doy - 1).",
    "- Perez uses the relative air mass; it is nan where apparent_zenith > 90 and the sky diffuse is then 0.",
    "- poa_direct = max(dni cos(aoi), 0) and ground diffuse = ghi 0.25 (1 - cos tilt) / 2 are NOT set to zero",
    "  where the sun is below the horizon: twilight records with dni or ghi give a little.",
    "- dni, ghi, dhi, temp_air and wind_speed are used as the record has them: irradiance closed or not,",
    "  temperature and wind not interpolated to the middle.",
    "- dni = dhi = 0 with apparent_zenith <= 90 makes Perez nan (0 / 0); poa_global and dc of that record are",
    "  nan, left out of the sums, ac is 0.",
    "- The incidence modifier acts on the beam only; all diffuse, circumsolar included, passes unreduced:",
    "  effective = poa_direct * iam + poa_sky_diffuse + poa_ground_diffuse.",
    "- Faiman gets poa_global (before the incidence modifier) and wind_speed as it is in the file.",
    "- dc = effective / 1000 * pdc0 * (1 + gamma (t_cell - 25)) * (1 - losses), then the inverter; no night loss.",
]


def run(location, weather, tilt, azimuth):
    mount = FixedMount(surface_tilt=tilt, surface_azimuth=azimuth)
    array = Array(mount, albedo=0.25, module_parameters={"pdc0": 1000.0, "gamma_pdc": -0.0035},
                  temperature_model_parameters={"u0": 25.0, "u1": 6.84})
    system = PVSystem([array], inverter_parameters={
        "pdc0": 1000 / 1.2 / 0.96, "eta_inv_nom": 0.96})
    chain = ModelChain(system, location, dc_model="pvwatts", ac_model="pvwatts", aoi_model="physical",
                       spectral_model="no_loss", temperature_model="faiman", losses_model="pvwatts",
                       transposition_model="perez", solar_position_method="nrel_numpy")
    return chain.run_model(weather).results


def write_chain(name, about, location, weather, tilt, azimuths):
    sums, columns = [], {}
    for azimuth in azimuths:
        r = run(location, weather, tilt, azimuth)
        poa = r.total_irrad["poa_global"]
        sums.append(f"azimuth {azimuth:03d}: poa_global {poa.sum() / 1000:.15g} kWh/m2, "
                    f"dc {r.dc.sum() / 1000:.15g} kWh, ac {r.ac.sum() / 1000:.15g} kWh "
                    f"({int(poa.isna().sum())} records nan)")
        columns[f"ac_az{azimuth:03d}"] = r.ac.to_numpy()
    ac = np.array(list(columns.values()))
    keep = np.flatnonzero((np.abs(ac) > 0).any(axis=0))
    write(name, SCRIPT, [
        *about,
        f"This file: tilt {tilt} degrees; azimuths clockwise from north. Annual sums (dc after losses):",
        *sums,
        *SETTINGS,
        f"index: record, 0..{len(weather) - 1} in file order; ac_az...: W for 1000 W DC, %.9g. Only records with any",
        "ac other than 0 are listed; all others are 0.",
    ], {"index": keep} | {k: v[keep] for k, v in columns.items()},
        {k: "%.9g" for k in columns})
    print("  " + "\n  ".join(sums))


def greensboro():
    data, meta = iotools.read_tmy3(REFERENCE / "723170TYA.CSV", map_variables=True)
    location = Location(meta["latitude"], meta["longitude"], int(meta["TZ"]), meta["altitude"])

    # Labels are the hours' ends: the file's own extraterrestrial radiation tells.
    print("  rms of dni_extra cos(zenith) against the file's hourly ETR, label shifted by:")
    for minutes in (-60, -30, 0, 30):
        t = data.index + pd.Timedelta(minutes=minutes)
        z = np.radians(location.get_solarposition(t)["zenith"].to_numpy())
        etr = np.maximum(np.cos(z), 0) * irradiance.get_extra_radiation(t).to_numpy()
        print(f"    {minutes:+d} min: {np.sqrt(np.mean((etr - data['ghi_extra'].to_numpy()) ** 2)):.2f} W/m2")

    weather = data[WEATHER].copy()
    weather.index = data.index - HALF_HOUR
    print("  first middles:", *weather.index[:2], " last:", weather.index[-1])
    about = [
        "Weather: 723170TYA.CSV (NREL TMY3, Greensboro), pvlib.iotools.read_tmy3(map_variables=True), no year",
        "coercion: each record keeps its own year. Labels are the ends of the hours, so the sun is looked up at",
        "label - 30 min (01/01/1988 01:00 means 1988-01-01 00:30 -05:00). pvlib moves a label on 29 February",
        "00:00 (28 February 24:00 of a leap year) to 1 March 00:00: a night hour, no effect.",
        f"Location: {location.latitude} N, {location.longitude} E, {location.altitude} m, UTC-5 all year. Columns ghi dni dhi temp_air",
        "wind_speed only: no pressure, no albedo from the file.",
    ]
    for tilt, name in ((0, "00"), (10, "10"), (30, "30"), (90, "90")):
        write_chain(f"modelchain_723170_tilt{name}.csv", about, location, weather, tilt, (90, 180, 270))
    twilight(location, weather)


def twilight(location, weather):
    """How much of the file's radiation falls into records whose middle has no sun."""
    def apparent(minutes):
        t = weather.index + pd.Timedelta(minutes=minutes)
        return location.get_solarposition(
            t, temperature=weather["temp_air"].to_numpy())["apparent_zenith"].to_numpy()
    lit = ((weather["ghi"] > 0) | (weather["dni"] > 0)).to_numpy()
    dark = lit & (apparent(0) > 90)
    geometric = np.min([location.get_solarposition(weather.index + pd.Timedelta(minutes=m))["zenith"].to_numpy()
                        for m in range(-30, 31)], axis=0)
    low = lit & (geometric > 90)
    print(f"  without refraction, sun's centre below the horizon all hour: {low.sum()} records, largest ghi "
          f"{weather['ghi'].to_numpy()[low].max(initial=0)} dni {weather['dni'].to_numpy()[low].max(initial=0)}")
    lowest = np.min([apparent(m) for m in range(-30, 31)], axis=0)
    for limit, what in ((90, "centre"), (90.2667, "upper limb")):
        whole = dark & (lowest > limit)
        print(f"  sun's {what} below the horizon all hour: {whole.sum()} records, largest ghi "
              f"{weather['ghi'].to_numpy()[whole].max(initial=0)} dni {weather['dni'].to_numpy()[whole].max(initial=0)}")
        print("    ", [(str(weather.index[i]), float(weather['ghi'].iloc[i]), float(weather['dni'].iloc[i]),
                        round(float(lowest[i]), 3)) for i in np.flatnonzero(whole)[:12]])
    print(f"  ghi or dni > 0 with apparent zenith > 90 at mid-hour: {dark.sum()} records, "
          f"ghi up to {weather['ghi'][dark].max()}, sum {weather['ghi'][dark].sum()}; dni > 0 in "
          f"{(weather['dni'][dark] > 0).sum()}, up to {weather['dni'][dark].max()}")
    up = apparent(0) <= 90
    none = up & ((weather["dni"] == 0) & (weather["dhi"] == 0)).to_numpy()
    print(f"  dni = dhi = 0 with the sun up at mid-hour: {none.sum()} records, of these with ghi > 0: "
          f"{(weather['ghi'][none] > 0).sum()}")
    for tilt in (0, 10, 30, 90):
        for azimuth in (90, 180, 270):
            r = run(location, weather, tilt, azimuth)
            ac = r.ac.to_numpy()
            print(f"  tilt {tilt} azimuth {azimuth}: ac in such records {ac[dark].sum():.4f} Wh a year, largest {ac[dark].max():.4f}")


def south():
    rng = np.random.default_rng(SEED)
    location = Location(-33.9, 18.4, "Etc/GMT-2", 50)
    start = pd.date_range("2021-01-01", "2022-01-01", freq="h", inclusive="left", tz="Etc/GMT-2")
    middle = start + HALF_HOUR
    sun = location.get_solarposition(middle)
    extra = irradiance.get_extra_radiation(middle)
    am = location.get_airmass(solar_position=sun)["airmass_absolute"]
    clear = clearsky.ineichen(sun["apparent_zenith"], am, 3.0, altitude=50, dni_extra=extra)
    day = (start.day_of_year - 1).to_numpy()
    hour = start.hour.to_numpy() + 0.5
    ghi = clear["ghi"].to_numpy() * rng.uniform(0.3, 1.0, 365)[day]
    split = irradiance.erbs(ghi, sun["zenith"].to_numpy(), middle)
    season = np.cos(2 * np.pi * (day - 20) / 365)
    weather = pd.DataFrame({
        "ghi": ghi, "dni": split["dni"].to_numpy(), "dhi": split["dhi"].to_numpy(),
        "temp_air": 17 + 5 * season + 4 * np.cos(2 * np.pi * (hour - 15) / 24),
        "wind_speed": 4 + season + 2 * np.cos(2 * np.pi * (hour - 16) / 24),
    }, index=start).round(2) + 0.0
    assert not weather.isna().any().any()
    path = REFERENCE / "weather_south.csv"
    lines = ["time," + ",".join(WEATHER)]
    lines += [t.isoformat() + "".join(f",{v:g}" if v == 0 else f",{v:.2f}" for v in row)
              for t, row in zip(start, weather.to_numpy())]
    path.write_text("\n".join(lines) + "\n", newline="\n")
    print(f"weather_south.csv: {len(start)} rows, {path.stat().st_size / 1000:.0f} kB")

    # the chain runs on what the file says
    back = pd.read_csv(path)
    back.index = pd.to_datetime(back.pop("time")) + HALF_HOUR
    assert str(back.index[0]) == "2021-01-01 00:30:00+02:00" and len(back) == 8760
    about = [
        f"seed {SEED}. Weather: weather_south.csv, a synthetic year at {location.latitude} N, {location.longitude} E, {location.altitude} m,",
        "UTC+2: clear-sky Ineichen (Linke 3) times a daily factor uniform in 0.3..1, Erbs split, sinusoidal",
        "temperature and wind, all rounded to 2 decimals before use. Its times are the STARTS of the hours",
        "(column time, ISO 8601 with offset); the sun is looked up at time + 30 min.",
        "Irradiance in W/m2, temp_air in degC, wind_speed in m/s.",
    ]
    for tilt in (10, 30):
        write_chain(f"modelchain_south_tilt{tilt}.csv", about, location, back, tilt, (0, 90, 180, 270))


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=RuntimeWarning)
    greensboro()
    south()
