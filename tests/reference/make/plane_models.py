"""Skies on tilted planes, glass, water: perez_sets.csv, skies.csv, glass.csv, marion.csv, albedo_water.csv.

Run from the project root: python tests/reference/make/plane_models.py
"""

import numpy as np
from pvlib import albedo, atmosphere, iam, irradiance

from common import write

SCRIPT = "plane_models.py"
SEED = 20261125
N = 2000
NAN = float("nan")
SETS = ["allsitescomposite1988", "sandiacomposite1988", "usacomposite1988", "france1988", "phoenix1988", "elmonte1988",
        "osage1988", "albuquerque1988", "capecanaveral1988", "albany1988"]


def column(rng, low, high, edges, digits=4):
    edges = np.array(edges, dtype=float)
    return np.concatenate([edges, rng.uniform(low, high, N - len(edges)).round(digits)])


def muneer(tilt, azimuth, dhi, dni, extra, zenith, solar_azimuth):
    """Written from Hofierka & Suri (2002), equations 21 to 29, by angles; pvlib has no Muneer."""
    beta, h = np.radians(tilt), np.radians(90 - zenith)
    kb = dni * np.sin(h) / (extra * np.sin(h))
    aln = np.radians(solar_azimuth - azimuth)
    sin_delta = np.sin(h) * np.cos(beta) + np.cos(h) * np.sin(beta) * np.cos(aln)
    sunlit = (sin_delta > 0) & (h > 0)
    n = np.where(sunlit, 0.00263 - 0.712 * kb - 0.6883 * kb ** 2, 0.25227)
    f = np.cos(beta / 2) ** 2 + (np.sin(beta) - beta * np.cos(beta) - np.pi * np.sin(beta / 2) ** 2) * n
    high = f * (1 - kb) + kb * sin_delta / np.sin(h)
    low = f * (1 - kb) + kb * np.sin(beta) * np.cos(aln) / (0.1 - 0.008 * h)
    out = np.maximum(dhi * np.where(sunlit, np.where(h >= 0.1, high, low), f), 0)
    return np.where(np.isnan(dhi + dni + extra + zenith), np.nan, out)


def skies():
    rng = np.random.default_rng(SEED)
    tilt = column(rng, 0, 90, [0, 90, 30, 30, 30, 30, 30, 10])
    azimuth = column(rng, 0, 360, [180] * 8)
    zenith = column(rng, 0, 96, [0, 60, 90, 85, 95, 84.5, NAN, 40])
    solar_azimuth = column(rng, 0, 360, [180, 180, 100, 90, 90, 180, 180, 0])
    dni = column(rng, 0, 1100, [0, 800, 0, 100, 0, 50, 500, NAN], 2)
    dhi = column(rng, 0, 500, [100, 0, 20, 30, 5, 40, 100, 100], 2)
    extra = np.full(N, 1366.0)
    am = atmosphere.get_relative_airmass(zenith)
    columns = {"tilt": tilt, "azimuth": azimuth, "zenith": zenith, "solar_azimuth": solar_azimuth, "dni": dni, "dhi": dhi}
    out = {"driesse": irradiance.perez_driesse(tilt, azimuth, dhi, dni, extra, zenith, solar_azimuth, am),
           "muneer": muneer(tilt, azimuth, dhi, dni, extra, zenith, solar_azimuth)}
    write("skies.csv", SCRIPT, [
        f"seed {SEED}; dni_extra 1366; driesse: perez_driesse with Kasten & Young's air mass; muneer: by the script, after",
        "Hofierka & Suri 2002; 11 digits"], columns | out, {name: "%.11g" for name in out})
    few = slice(0, N)
    out = {}
    for name in SETS:
        out[name] = irradiance.perez(tilt, azimuth, dhi, dni, extra, zenith, solar_azimuth, am, model=name)[few]
    # Without any light pvlib's clearness is 0/0.
    write("perez_sets.csv", SCRIPT, [
        "the rows of skies.csv; perez(model=name); 11 digits"], out, {name: "%.11g" for name in out})


def glass():
    rng = np.random.default_rng(SEED + 1)
    aoi = column(rng, 0, 95, [0, 90, 89.9, 95, 60, NAN])
    theta, values = [0, 30, 50, 60, 70, 75, 80, 85, 90], [1.0, 1.0, 0.99, 0.962, 0.92, 0.87, 0.78, 0.53, 0.0]
    columns = {"aoi": aoi, "bare": iam.physical(aoi), "coated": iam.physical(aoi, 1.526, 4.0, 0.002, n_ar=1.29), "measured": iam.interp(aoi, theta, values)}
    write("glass.csv", SCRIPT, [
        f"seed {SEED + 1}; bare: physical(aoi); coated: physical(aoi, 1.526, 4, 0.002, n_ar=1.29); measured: interp(aoi, {theta},", f"{values}); 11 digits"],
        columns, {"bare": "%.11g", "coated": "%.11g", "measured": "%.11g"})


def marion():
    rng = np.random.default_rng(SEED + 3)
    # A number of each model is drawn; SAPM's are Sandia's for flat glass, with another slope.
    models = [("physical", "n", 1.3, 1.6), ("physical", "n_ar", 1.2, 1.4), ("ashrae", "b", 0.02, 0.1),
              ("martin_ruiz", "a_r", 0.1, 0.3), ("schlick", None, 0, 0), ("sapm", "B1", -0.003, -0.0018)]
    sapm = dict(zip(["B0", "B1", "B2", "B3", "B4", "B5"], [1, None, 3.103e-4, -1.246e-5, 2.11e-7, -1.36e-9]))
    tilt = column(rng, 0, 180, np.repeat([0, 90, 180, 0.01, 179.99, NAN], len(models)), 3)
    which = np.arange(N) % len(models)
    number, out = np.zeros(N), {"sky": np.zeros(N), "horizon": np.zeros(N), "ground": np.zeros(N)}
    for i, k in enumerate(which):
        model, name, low, high = models[k]
        number[i] = float(f"{rng.uniform(low, high):.4g}")
        arguments = {} if name is None else {name: number[i]}
        if model == "sapm":
            arguments = {"module": sapm | arguments}
        for region, value in iam.marion_diffuse(model, tilt[i], **arguments).items():
            out[region][i] = value
    write("marion.csv", SCRIPT, [
        f"seed {SEED + 3}; marion_diffuse(model, tilt) by steps of a degree, of a tenth for the horizon; 11 digits",
        *[f"model {k}: {model}{f', number: {name}' if name else ''}" for k, (model, name, *_) in enumerate(models)],
        f"sapm: {sapm}"],
        {"tilt": tilt, "model": which, "number": number} | out, {name: "%.11g" for name in out})


def water():
    rng = np.random.default_rng(SEED + 2)
    elevation = column(rng, -20, 90, [0, 90, -20, NAN])
    out = {name: albedo.inland_water_dvoracek(elevation, name) for name in albedo.WATER_COLOR_COEFFS}
    short = dict(zip(out, ["clear_no_waves", "clear_ripples", "clear_waves", "clear_whitecaps", "green_ripples", "muddy_no_waves"]))
    columns = {"elevation": elevation} | {short[name]: values for name, values in out.items()}
    write("albedo_water.csv", SCRIPT, [f"seed {SEED + 2}; inland_water_dvoracek(elevation, name); 11 digits"], columns,
          {name: "%.11g" for name in short.values()})


if __name__ == "__main__":
    skies()
    glass()
    marion()
    water()
