"""What stands between the light and the cells beside glass: spectral factors, soiling, snow, and inverters that clip
within the hour.

The minutes come from files that only pvlib's source distribution and pvanalytics' wheel have:
    pip download --no-deps --no-binary pvlib pvlib==0.16.1   (then unpack it)
    pip download --no-deps pvanalytics==0.2.2                (then unzip it)
Run from the project root, with both folders:
    python tests/reference/make/surfaces.py pvlib-0.16.1/tests/data pvanalytics/data
Without them it makes all but minutes_payerne.csv and minutes_golden.csv.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from pvlib import iotools, snow, soiling, spectrum
from pvlib.location import Location
from scipy.special import erf
from scipy.stats import norm

from common import write

SCRIPT = "surfaces.py"
SEED = 20261201
N = 2000
NAN = float("nan")


def uniform(rng, low, high, edges, digits=4, n=N):
    edges = np.array(edges, dtype=float)
    return np.concatenate([edges, rng.uniform(low, high, n - len(edges)).round(digits)])


def spectral():
    rng = np.random.default_rng(SEED)
    #                      NaN in each argument, then the limits of each model and sun at the zenith and horizon
    am = uniform(rng, 0.4, 12, [NAN, 1.5, 1.5, 1.5, 0.3, 0.58, 10, 11, 38, 1, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5])
    pw = uniform(rng, 0.02, 8.5, [1.4, NAN, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 0, 0.1, 0.05, 8, 8.01, 1.4164, 5])
    kc = uniform(rng, 0.02, 1.4, [1, 1, NAN, 1, 1, 1, 1, 1, 1, 1, 0.02, 0.5, 1.4, 1, 1, 1])
    aod = uniform(rng, 0.01, 1.5, [0.1, 0.1, 0.1, NAN, 0.084, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 1.5, 0.084])
    aoi = uniform(rng, 0, 120, [0, 30, 60, 85, NAN, 90, 90.01, 180, 0, 45, 45, 45, 45, 45, 45, 45], 3)
    pressure = uniform(rng, 55e3, 104e3, [101325] * 5 + [NAN] + [101325] * 10, 0)
    columns = {"am": am, "pw": pw, "kc": kc, "aod": aod, "aoi": aoi, "pressure": pressure}
    module = {"A0": 0.928385, "A1": 0.068093, "A2": -0.0157738, "A3": 0.0016606, "A4": -6.93e-05}
    columns["sapm"] = spectrum.spectral_factor_sapm(am, module)
    for kind in ["cdte", "monosi", "multisi", "cigs", "asi"]:
        columns[f"firstsolar_{kind}"] = spectrum.spectral_factor_firstsolar(pw, am, kind)
    for kind in ["cdte", "monosi", "multisi", "cigs", "asi", "perovskite"]:
        columns[f"caballero_{kind}"] = spectrum.spectral_factor_caballero(pw, am, aod, kind)
    for kind in ["fs4-1", "fs4-2", "monosi", "multisi", "cigs", "asi"]:
        columns[f"pvspec_{kind}"] = spectrum.spectral_factor_pvspec(am, kc, kind)
    for kind in ["cdte", "multisi"]:
        columns[f"jrc_{kind}"] = spectrum.spectral_factor_jrc(am, kc, kind)
    for kind in ["cdte", "monosi", "cigs", "asi"]:
        columns[f"polo_{kind}"] = spectrum.spectral_factor_polo(pw, am, aod, aoi, pressure, kind, albedo=0.25)
    # Several files, since one would be large.
    files = {"spectral_water.csv": (["am", "pw"], ("firstsolar", "sapm")), "spectral_clouds.csv": (["am", "kc"], ("pvspec", "jrc")),
             "spectral_aerosols.csv": (["am", "pw", "aod"], ("caballero",)),
             "spectral_facade.csv": (["am", "pw", "aod", "aoi", "pressure"], ("polo",))}
    for name, (given, models) in files.items():
        chosen = {n: c for n, c in columns.items() if n in given or n.startswith(models)}
        write(name, SCRIPT, [
            f"seed {SEED}; spectrum.spectral_factor_<model>(…, module type) of am (absolute air mass), pw (cm), kc (clear-sky index), aod (500 nm),",
            f"aoi (degrees), pressure (Pa); sapm with {module}; polo with albedo 0.25; 11 digits",
        ], chosen, {n: "%.11g" for n in chosen if n not in given})


def rain(rng, hours, step):
    """Showers in steps of a tenth of a millimetre: a wet spell begins every five days or so."""
    n = int(hours / step)
    wet = np.zeros(n)
    i = 0
    while i < n:
        i += int(rng.exponential(120 / step)) + 1
        length = int(rng.exponential(5 / step)) + 1
        wet[i:i + length] = rng.exponential(1.2 * step, len(wet[i:i + length])).round(1)
        i += length
    return wet


def dust():
    rng = np.random.default_rng(SEED + 1)
    for step, label in [(1.0, "60min"), (0.5, "30min")]:
        hours = 2200 * step
        index = pd.date_range("2019-01-01", periods=2200, freq=label)
        rainfall = pd.Series(rain(rng, hours, step), index)
        fine = pd.Series(rng.uniform(0, 2e-4, 2200).round(7), index)
        coarse = pd.Series((fine + rng.uniform(-2e-5, 3e-4, 2200)).clip(lower=0).round(7), index)
        columns = {"rain": rainfall, "pm2_5": fine, "pm10": coarse}
        for tilt, threshold, accumulated in [(0, 1, 1), (30, 0.5, 1), (30, 3, 6), (90, 5, 24), (20, 1000, 1), (20, 0, 1)]:
            ratio = soiling.hsu(rainfall, threshold, tilt, fine, coarse, rain_accum_period=pd.Timedelta(hours=accumulated))
            columns[f"hsu_{tilt}_{threshold}_{accumulated}"] = 1 - ratio
        dates = [pd.Timestamp("2019-01-20").date(), pd.Timestamp("2019-02-11").date()]
        columns["kimber"] = soiling.kimber(rainfall)
        columns["kimber_short"] = soiling.kimber(rainfall, 2.0, 0.003, 2, 0.02, rain_accum_period=6)
        columns["kimber_washed"] = soiling.kimber(rainfall, 8.0, 0.002, 7, 0.3, dates, 0.05)
        columns["kimber_dry"] = soiling.kimber(rainfall * 0, initial_soiling=0.01, max_soiling=0.1)
        columns["kimber_wet"] = soiling.kimber(rainfall * 0 + 6, initial_soiling=0.01)
        given = ["rain", "pm2_5", "pm10"]
        write(f"soiling_{label}.csv", SCRIPT, [
            f"seed {SEED + 1}; 2200 records of {step} h from 2019-01-01; rain in mm, particles in g/m3;",
            "hsu_<tilt>_<threshold>_<hours>: 1 - soiling.hsu(rain, threshold, tilt, pm2_5, pm10, rain_accum_period=hours);",
            "kimber: soiling.kimber(rain); short: (rain, 2, 0.003, 2, 0.02, rain_accum_period=6); washed: (rain, 8, 0.002, 7, 0.3,",
            "washed at 0:00 of January 20 and February 11, 0.05); dry: (no rain, initial 0.01, at most 0.1); wet: (6 mm each record, 0.01)",
        ], {n: c.to_numpy() for n, c in columns.items()}, {n: "%.11g" for n in columns if n not in given})
    mass = uniform(rng, 0, 20, [0, 10, 1e-6, NAN])
    write("soiling_mass.csv", SCRIPT, [f"seed {SEED + 1}; loss = 0.3437 erf(0.17 mass^0.8473) (scipy.special.erf), mass in g/m2; 11 digits"],
          {"mass": mass, "loss": 0.3437 * erf(0.17 * mass**0.8473)}, {"loss": "%.11g"})


def cover():
    rng = np.random.default_rng(SEED + 2)
    for step, label in [(1.0, "60min"), (0.5, "30min")]:
        index = pd.date_range("2019-01-01", periods=2000, freq=label)
        fall = pd.Series(np.where(rng.uniform(size=2000) < 0.02, rng.uniform(0, 4 * step, 2000), 0).round(2), index)
        poa = pd.Series(np.maximum(0, 500 * np.sin(np.arange(2000) * step / 24 * 2 * np.pi)).round(1), index)
        air = pd.Series((-4 + 6 * np.sin(np.arange(2000) * step / 90) + rng.normal(0, 2, 2000)).round(2), index)
        depth = pd.Series((6 + 7 * np.sin(np.arange(2000) * step / 150)).clip(0).round(2), index)
        night = poa * 0
        columns = {"snowfall": fall, "poa": poa, "air": air, "depth": depth,
                   "fallen": snow.fully_covered_nrel(fall).astype(float),
                   "fallen_depth": snow.fully_covered_nrel(fall, depth, 0.5, 2.0).astype(float),
                   "cover_0": snow.coverage_nrel(fall, poa, air, 0),
                   "cover_30": snow.coverage_nrel(fall, poa, air, 30, initial_coverage=0.7),
                   "cover_90": snow.coverage_nrel(fall, poa, air, 90),
                   "cover_depth": snow.coverage_nrel(fall, poa, air, 20, depth, 1.0, 0.5, 2.0, -60.0, 0.25),
                   "cover_night": snow.coverage_nrel(fall, night, air - 30, 30, initial_coverage=0.3)}
        columns["loss"] = snow.dc_loss_nrel(columns["cover_30"], 3)
        given = ["snowfall", "poa", "air", "depth"]
        write(f"snow_{label}.csv", SCRIPT, [
            f"seed {SEED + 2}; records of {step} h; snowfall and depth in cm, poa in W/m2, air in degC; fallen: fully_covered_nrel(snowfall);",
            "fallen_depth: (snowfall, depth, 0.5, 2); cover_<tilt>: coverage_nrel(snowfall, poa, air, tilt), at 30 from 0.7 on;",
            "cover_depth: (…, 20, depth, 1, 0.5, 2, -60, 0.25); cover_night: (snowfall, no light, air - 30, 30) from 0.3 on;",
            "loss: dc_loss_nrel(cover_30, 3)",
        ], {n: c.to_numpy() for n, c in columns.items()}, {n: "%.17g" if n == "cover_30" else "%.11g" for n in columns if n not in given})
    years = 180
    n = 12 * years
    total = np.where(rng.uniform(size=n) < 0.4, 0, rng.uniform(0, 250, n)).round(1)
    events = np.where(total > 0, rng.uniform(0, 15, n), 0).round(1)
    rh, air, poa = rng.uniform(0, 100, n).round(1), rng.uniform(-40, 30, n).round(1), rng.uniform(100, 250e3, n).round(0)
    tilt = np.repeat(np.concatenate([[0, 90], rng.uniform(0, 90, years - 2).round(1)]), 12)
    slant, edge = np.repeat(rng.uniform(0.5, 10, years).round(2), 12), np.repeat(rng.uniform(0, 3, years).round(2), 12)
    repose = np.repeat(rng.uniform(25, 55, years).round(1), 12)
    string, front = np.repeat(rng.choice([0.75, 1.0], years), 12), np.repeat(rng.uniform(0.8, 1, years).round(2), 12)
    loss = np.concatenate([snow.loss_townsend(*[c[i:i + 12] for c in (total, events)], tilt[i], *[c[i:i + 12] for c in (rh, air, poa)],
                                              slant[i], edge[i], string[i], repose[i], front[i]) for i in range(0, n, 12)])
    write("snow_months.csv", SCRIPT, [f"seed {SEED + 2}; {years} years of twelve months: snow.loss_townsend; cm, events, %, degC, Wh/m2, degrees, m; 11 digits"],
          {"total": total, "events": events, "rh": rh, "air": air, "poa": poa, "tilt": tilt, "slant": slant, "edge": edge, "repose": repose,
           "string": string, "front": front, "loss": loss}, {"loss": "%.11g"})


def clipping():
    rng = np.random.default_rng(SEED + 3)
    rows = [line.split(",") for line in Path("src/inverter/subhourly_allen.csv").read_text().splitlines() if line[0] != "#"]
    potentials, gammas = np.array([-2.0, *map(float, rows[0][1:])]), np.array([-0.05, *(float(row[0]) for row in rows[1:])])
    share = np.array([[float(x) for x in row[1:]] for row in rows[1:]])
    gamma = uniform(rng, -0.1, 1.15, [*gammas, NAN, 0.5], 3)
    potential = uniform(rng, -2.2, 1.7, [*[0.25] * len(gammas), 0.1, NAN, *potentials], 3)
    row, column = pd.cut(gamma, gammas, labels=False), pd.cut(potential, potentials, labels=False)
    inside = ~(np.isnan(row) | np.isnan(column))
    found = np.zeros(N)
    found[inside] = np.maximum(share[row[inside].astype(int), column[inside].astype(int)], 0)
    found[np.isnan(gamma) | np.isnan(potential)] = NAN
    mean = uniform(rng, 0, 1000, [0, 500, 500, 499, NAN, 500, 500], 2)
    sigma = uniform(rng, 0, 400, [0, 0, 100, 1e-3, 10, NAN, 1e-300], 3)
    limit = uniform(rng, 50, 1000, [500] * 7, 2)
    with np.errstate(all="ignore"):
        z = (mean - limit) / sigma
        excess = (mean - limit) * norm.cdf(z) + sigma * norm.pdf(z)
        excess = np.where(sigma <= 0, np.maximum(mean - limit, 0), excess)
    write("subhourly.csv", SCRIPT, [
        f"seed {SEED + 3}; allen: pandas.cut of gamma and potential in src/inverter/subhourly_allen.csv, 0 outside;",
        "excess: (mean - limit) Φ(z) + sigma φ(z), z = (mean - limit)/sigma (scipy.stats.norm); 11 digits",
    ], {"gamma": gamma, "potential": potential, "allen": found, "mean": mean, "sigma": sigma, "limit": limit, "excess": excess},
        {"allen": "%.11g", "excess": "%.11g"})


def hours_of_minutes(name, ghi, dni, place, per_hour, notes):
    """A row an hour: means of what hourly methods ask for, and the measured GHI of each minute (or five)."""
    middle = ghi.index + pd.Timedelta(minutes=30 / per_hour)
    sun = place.get_solarposition(middle)
    clear = place.get_clearsky(middle, solar_position=sun)
    reference = place.get_clearsky(middle, solar_position=sun, linke_turbidity=1.0)
    frame = pd.DataFrame({"ghi": ghi.to_numpy(), "dni": dni.to_numpy(), "ghi_clear": clear["ghi"].to_numpy(),
                          "ghi_reference": reference["ghi"].to_numpy(), "dni_reference": reference["dni"].to_numpy()}, ghi.index)
    hour = frame.index.floor("h")
    mean = frame.groupby(hour).mean()
    whole = frame["ghi"].groupby(hour).count().to_numpy() == per_hour
    mean.loc[~whole, "ghi"] = NAN
    columns = {"day": mean.index.day, "hour": mean.index.hour, "dni": mean["dni"].to_numpy().round(1)}
    columns |= {n: mean[n].to_numpy().round(2) for n in ["ghi_clear", "ghi_reference", "dni_reference"]}
    minutes = frame["ghi"].to_numpy().reshape(-1, per_hour).round(0)
    minutes[~whole] = NAN
    # Nights measure a few W/m2 below nothing.
    minutes = np.maximum(minutes, 0)
    columns |= {f"g{k:02}": minutes[:, k] for k in range(per_hour)}
    write(name, SCRIPT, notes + [
        "dni: mean of the measured; ghi_clear: mean of Ineichen's clear sky with pvlib's climate of turbidity; *_reference: with turbidity 1;",
        "g00…: measured GHI, rounded to 1 W/m2, below 0 as 0; NaN where one of the hour is missing",
    ], columns)


def minutes(pvlib_data, pvanalytics_data):
    measured = iotools.read_bsrn(Path(pvlib_data) / "bsrn-pay0616.dat.gz")[0]
    hours_of_minutes("minutes_payerne.csv", measured["ghi"], measured["dni"], Location(46.815, 6.944, "UTC", 491), 60, [
        "BSRN station Payerne (MeteoSwiss), one minute, June 2016, UTC: tests/data/bsrn-pay0616.dat.gz of pvlib 0.16.1's source distribution;",
    ])
    measured = pd.read_csv(Path(pvanalytics_data) / "irradiance_RMIS_NREL.csv", index_col=0)
    # The label is the end of five minutes, mountain standard time.
    measured.index = pd.DatetimeIndex(pd.to_datetime(measured.index)).tz_localize("Etc/GMT+7") - pd.Timedelta(minutes=5)
    assert len(measured) == 1440
    hours_of_minutes("minutes_golden.csv", measured["irradiance_ghi__7981"], measured["irradiance_dni__7982"],
                     Location(39.742, -105.18, "Etc/GMT+7", 1829), 12, [
        "NREL's RMIS at Golden, five minutes, 2019-02-01 to 05, UTC-7: data/irradiance_RMIS_NREL.csv of pvanalytics 0.2.2 (MIT);",
    ])


if __name__ == "__main__":
    for make in (spectral, dust, cover, clipping):
        make()
    if len(sys.argv) == 3:
        minutes(*sys.argv[1:])
