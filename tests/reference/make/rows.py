"""Rows of modules: what they hide from each other, trackers, infinite sheds.

Run from the project root: python tests/reference/make/rows.py
"""

import warnings

import numpy as np
from pvlib import shading, tracking
from pvlib.bifacial import infinite_sheds, loss_models, utils
from scipy.integrate import quad

from common import write

SCRIPT = "rows.py"
SEED = 20261211
N = 2000
NAN = float("nan")
warnings.simplefilter("ignore")


def uniform(rng, low, high, edges, digits=3):
    edges = np.array(edges, dtype=float)
    return np.concatenate([edges, rng.uniform(low, high, N - len(edges)).round(digits)])


def shade():
    rng = np.random.default_rng(SEED)
    tilt = uniform(rng, 0, 90, [0, 90, 0, 90, 30, NAN, 30, 30, 30, 30, 30], 2)
    gcr = uniform(rng, 0.02, 1, [1, 1, 1e-6, 1e-6, 1e-6, 0.4, NAN, 0.4, 0.4, 0.4, 0.4])
    height = uniform(rng, 0, 1, [0, 0, 1, 1, 0, 0, 0, NAN, 0, 0, 0])
    zenith = uniform(rng, 0, 100, [0, 90, 60, 60, 60, 60, 60, 60, NAN, 60, 60], 2)
    azimuth = uniform(rng, 0, 360, [180, 0, 360, 90, 270, 180, 180, 180, 180, NAN, 180], 2)
    axis_tilt = uniform(rng, 0, 40, [0, 0, 10, 10, 0, 0, 0, 0, 0, 0, NAN], 2)
    axis_azimuth = uniform(rng, 0, 360, [0, 180, 90, 90, 180, 180, 180, 180, 180, 180, 180], 2)
    rotation = uniform(rng, -60, 60, [0] * 11, 2)
    other = uniform(rng, -60, 60, [0] * 11, 2)
    psza = shading.projected_solar_zenith_angle(zenith, azimuth, axis_tilt, axis_azimuth)
    passias = shading.masking_angle_passias(tilt, gcr)
    same = shading.shaded_fraction1d(zenith, azimuth, axis_azimuth, rotation, collector_width=1.4, pitch=3, axis_tilt=axis_tilt)
    two = shading.shaded_fraction1d(zenith, azimuth, axis_azimuth, rotation, collector_width=1.4, pitch=3, axis_tilt=axis_tilt,
                                    surface_to_axis_offset=0.1, cross_axis_slope=7, shading_row_rotation=other)
    martinez = shading.direct_martinez(900.0, 9 * zenith, height, np.ceil(6 * height), 6)
    names = {"ground_angle": shading.ground_angle(tilt, gcr, height), "masking_angle": shading.masking_angle(tilt, gcr, height),
             "passias": passias, "sky_diffuse": shading.sky_diffuse_passias(tilt), "psza": psza, "same": same, "two": two,
             "martinez": martinez}
    write("row_shade.csv", SCRIPT, [
        f"seed {SEED}; ground_angle, masking_angle(tilt, gcr, height); passias: masking_angle_passias(tilt, gcr); sky_diffuse_passias(tilt);",
        "psza: projected_solar_zenith_angle(zenith, azimuth, axis_tilt, axis_azimuth); same: shaded_fraction1d(..., rotation, width 1.4, pitch 3);",
        "two: the same with offset 0.1, cross-axis slope 7, shading_row_rotation other;",
        "martinez: direct_martinez(900, 9 zenith, height, ceil(6 height), 6); degrees, 11 digits",
    ], {"tilt": tilt, "gcr": gcr, "height": height, "zenith": zenith, "azimuth": azimuth, "axis_tilt": axis_tilt,
        "axis_azimuth": axis_azimuth, "rotation": rotation, "other": other} | names, {name: "%.11g" for name in names})


def tracker():
    rng = np.random.default_rng(SEED + 1)
    zenith = uniform(rng, 0, 92, [0, 90, 89.9, 90.1, 60, 60, NAN, 60, 60, 60], 3)
    azimuth = uniform(rng, 0, 360, [180, 90, 270, 90, 0, 360, 90, NAN, 180, 90.0], 3)
    plain = tracking.singleaxis(zenith, azimuth, max_angle=90, gcr=2 / 7)
    flat_true = tracking.singleaxis(zenith, azimuth, max_angle=60, backtrack=False)
    slope = tracking.singleaxis(zenith, azimuth, 12.0, 195.0, (-50, 45), True, 0.45, -6.0)
    columns = {"zenith": zenith, "azimuth": azimuth}
    for case, out in [("plain", plain), ("true", flat_true), ("slope", slope)]:
        columns |= {f"{case}_theta": out["tracker_theta"], f"{case}_aoi": out["aoi"], f"{case}_tilt": out["surface_tilt"],
                    f"{case}_azimuth": out["surface_azimuth"]}
    write("tracker.csv", SCRIPT, [
        f"seed {SEED + 1}; singleaxis(zenith, azimuth, ...); plain: gcr 2/7, max_angle 90; true: backtrack False, max_angle 60;",
        "slope: axis_tilt 12, axis_azimuth 195, max_angle (-50, 45), gcr 0.45, cross_axis_tilt -6; degrees, 11 digits",
    ], columns, {name: "%.11g" for name in columns if "_" in name})
    slope_azimuth = uniform(rng, 0, 360, [0, 180, 90, NAN], 2)
    slope_tilt = uniform(rng, 0, 60, [0, 10, 10, 10], 2)
    axis_azimuth = uniform(rng, 0, 360, [0, 180, 180, 180], 2)
    axis_tilt = tracking.calc_axis_tilt(slope_azimuth, slope_tilt, axis_azimuth)
    cross = [tracking.calc_cross_axis_tilt(*x) for x in zip(slope_azimuth, slope_tilt, axis_azimuth, axis_tilt)]
    other_tilt = uniform(rng, 0, 40, [0, 0, 30, 10], 2)
    theta = uniform(rng, -90, 90, [0, 90, -90, 10], 2)
    cross_other = [tracking.calc_cross_axis_tilt(*x) for x in zip(slope_azimuth, slope_tilt, axis_azimuth, other_tilt)]
    turned = [tracking.calc_surface_orientation(t, b, a) for t, b, a in zip(theta, other_tilt, axis_azimuth)]
    columns = {"slope_azimuth": slope_azimuth, "slope_tilt": slope_tilt, "axis_azimuth": axis_azimuth, "other_tilt": other_tilt,
               "theta": theta, "axis_tilt": axis_tilt, "cross": cross, "cross_other": cross_other,
               "surface_tilt": [float(t["surface_tilt"]) for t in turned],
               "surface_azimuth": [float(np.squeeze(t["surface_azimuth"])) for t in turned]}
    names = ["axis_tilt", "cross", "cross_other", "surface_tilt", "surface_azimuth"]
    write("tracker_slopes.csv", SCRIPT, [
        f"seed {SEED + 1}; axis_tilt: calc_axis_tilt(slope_azimuth, slope_tilt, axis_azimuth); cross: calc_cross_axis_tilt with that axis_tilt,",
        "cross_other with other_tilt; surface_tilt, surface_azimuth: calc_surface_orientation(theta, other_tilt, axis_azimuth); 11 digits",
    ], columns, {name: "%.11g" for name in names})


def views():
    rng = np.random.default_rng(SEED + 2)
    tilt = uniform(rng, 0, 180, [0, 90, 180, 30, 30, 150, 0, NAN, 30], 2)
    gcr = uniform(rng, 0.05, 1, [0.4, 0.4, 0.4, 1, 0.05, 1, 1, 0.4, NAN])
    x0 = uniform(rng, 0, 0.5, [0] * 9)
    x1 = uniform(rng, 0.5, 1, [1, 1, 1, 1, 1, 1, 0.5, 1, 1])
    height = uniform(rng, 0.6, 2.5, [1] * 9, 2)
    rows = np.ceil(height / np.tan(np.radians(5)))
    out = {name: [] for name in ["sky_x", "sky", "ground_x", "ground", "ground_20", "ground_sky", "ground_sky_far"]}
    for t, g, a, b, h, k in zip(tilt, gcr, x0, x1, height, rows):
        out["sky_x"].append(utils.vf_row_sky_2d(t, g, a))
        out["sky"].append(utils.vf_row_sky_2d_integ(t, g, a, b))
        out["ground_x"].append(utils.vf_row_ground_2d(t, g, b))
        whole = quad(lambda x: utils.vf_row_ground_2d(t, g, x), a, b, epsabs=1e-13, epsrel=1e-12)[0] if t == t and g == g else NAN
        out["ground"].append(whole / (b - a))
        out["ground_20"].append(utils.vf_row_ground_2d_integ(t, g))
        out["ground_sky"].append(utils.vf_ground_sky_2d_integ(t, g, h, 1.0, max_rows=k))
        out["ground_sky_far"].append(utils.vf_ground_sky_2d_integ(t, g, 0.5, 1.0, max_rows=2000))
    write("view_factors.csv", SCRIPT, [
        f"seed {SEED + 2}; sky_x: vf_row_sky_2d(tilt, gcr, x0); sky: vf_row_sky_2d_integ(tilt, gcr, x0, x1); ground_x: vf_row_ground_2d(tilt, gcr, x1);",
        "ground: its mean over x0 to x1 by scipy's quad; ground_20: vf_row_ground_2d_integ(tilt, gcr), 20 rows far; ground_sky:",
        "vf_ground_sky_2d_integ(tilt, gcr, height, 1, max_rows=ceil(height / tan 5 degrees)); ground_sky_far: with height 0.5 and 2000 rows; 11 digits",
    ], {"tilt": tilt, "gcr": gcr, "x0": x0, "x1": x1, "height": height} | out, {name: "%.11g" for name in out})


def sheds():
    rng = np.random.default_rng(SEED + 3)
    tilt = uniform(rng, 0, 90, [0, 90, 30, 30, 30, 30, 20, 20, 20, 20, 20, 20, 20], 2)
    azimuth = uniform(rng, 0, 360, [180, 180, 0, 360, 90, 180, 180, 180, NAN, 180, 180, 180, 180], 2)
    zenith = uniform(rng, 0, 89, [0, 45, 45, 45, 89.9, 95, 100, NAN, 40, 40, 40, 40, 40], 2)
    solar_azimuth = uniform(rng, 0, 360, [180, 180, 180, 180, 270, 120, 180, 180, 180, NAN, 180, 180, 180], 2)
    gcr = uniform(rng, 0.05, 0.9, [0.4] * 13)
    dhi = uniform(rng, 0, 400, [100] * 5 + [0, 0, 80, 80, 80, NAN, 80, 80], 1)
    dni = uniform(rng, 0, 1000, [800] * 5 + [0, 0, 500, 500, 500, 500, NAN, 500], 1)
    ghi = (dhi + dni * np.maximum(np.cos(np.radians(zenith)), 0)).round(3)
    ghi[7:12] = 400
    albedo = uniform(rng, 0.05, 0.85, [0.2] * 12 + [NAN], 2)
    parts = ["front_direct", "back_direct", "front_ground_diffuse", "back_ground_diffuse"]
    out = {name: [] for name in ["f_front", "f_back"] + parts + ["poa_global"]}
    hay = {name: [] for name in ["front", "back", "mismatch"]}

    def one(x):
        return float(np.squeeze(x))

    for i in range(N):
        args = (tilt[i], azimuth[i], zenith[i], solar_azimuth[i], gcr[i], 1.4, 3.0, ghi[i], dhi[i], dni[i], albedo[i])
        r = infinite_sheds.get_irradiance(*args, iam_front=0.97, iam_back=0.95, bifaciality=0.75, shade_factor=-0.03,
                                          transmission_factor=0.05)
        h = infinite_sheds.get_irradiance(*args, model="haydavies", dni_extra=1366.0)
        out["f_front"].append(one(r["shaded_fraction_front"]))
        out["f_back"].append(one(r["shaded_fraction_back"]))
        for part in parts:
            out[part].append(one(r[f"poa_{part}"]))
        out["poa_global"].append(one(r["poa_global"]))
        hay["front"].append(one(h["poa_front"]))
        hay["back"].append(one(h["poa_back"]))
        hay["mismatch"].append(one(loss_models.power_mismatch_deline(albedo[i], fill_factor=0.8)))
    inputs = {"tilt": tilt, "azimuth": azimuth, "zenith": zenith, "solar_azimuth": solar_azimuth, "gcr": gcr, "ghi": ghi,
              "dhi": dhi, "dni": dni, "albedo": albedo}
    write("infinite_sheds.csv", SCRIPT, [
        f"seed {SEED + 3}; get_irradiance(tilt, azimuth, zenith, solar_azimuth, gcr, 1.4, 3, ghi, dhi, dni, albedo, iam_front=0.97, iam_back=0.95,",
        "bifaciality=0.75, shade_factor=-0.03, transmission_factor=0.05); 11 digits",
    ], inputs | out, {name: "%.11g" for name in out})
    write("infinite_sheds_hay.csv", SCRIPT, [
        f"seed {SEED + 3}; front, back: as infinite_sheds.csv with model 'haydavies', dni_extra 1366, no modifiers;",
        "mismatch: power_mismatch_deline(albedo, fill_factor=0.8); 11 digits",
    ], inputs | hay, {name: "%.11g" for name in hay})


for make in (shade, tracker, views, sheds):
    make()
