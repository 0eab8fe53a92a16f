"""Further models with a closed formula: air mass, clear skies, water and aerosols, decomposition, transposition,
incidence-angle modifiers, cell temperature, Huld's curve, inverters.

Run from the project root: python tests/reference/make/models.py
"""

import numpy as np
import pandas as pd
from pvlib import atmosphere, clearsky, iam, inverter, irradiance, pvarray, temperature

from common import write

SCRIPT = "models.py"
SEED = 20261123
N = 2000
NAN = float("nan")


def uniform(rng, low, high, edges, digits=4):
    edges = np.array(edges, dtype=float)
    return np.concatenate([edges, rng.uniform(low, high, N - len(edges)).round(digits)])


def air():
    rng = np.random.default_rng(SEED)
    zenith = uniform(rng, 0, 92, [0, 30, 60, 80, 85, 89, 89.9, 90, 90.1, NAN])
    columns = {"zenith": zenith}
    for model in ["simple", "kasten1966", "youngirvine1967", "gueymard1993", "young1994", "pickering2002", "gueymard2003"]:
        columns[model] = atmosphere.get_relative_airmass(zenith, model)
    formats = {name: "%.11g" for name in columns if name != "zenith"}
    write("airmass_models.csv", SCRIPT, [f"seed {SEED}; get_relative_airmass(zenith, model), zenith in degrees; 11 digits"],
          columns, formats)


def water():
    rng = np.random.default_rng(SEED + 1)
    temp_air = uniform(rng, -40, 50, [0, -40, 50, NAN], 2)
    rh = uniform(rng, 0, 100, [0, 100, 50, 50], 1)
    am = uniform(rng, 1, 35, [1, 35, NAN, 2])
    aod = uniform(rng, 0.01, 0.8, [0.01, 0.8, 0.1, 0.2])
    pw = atmosphere.gueymard94_pw(temp_air, rh)
    write("water.csv", SCRIPT, [
        f"seed {SEED + 1}; pw: gueymard94_pw(temp_air, rh); lt: kasten96_lt(am, pw, aod); at500: angstrom_aod_at_lambda(aod, 700, 1.3, 500);",
        "alpha: angstrom_alpha(aod, 380, 0.5 aod + 0.01, 500); dew: tdew_from_rh(temp_air, rh); 11 digits",
    ], {"temp_air": temp_air, "rh": rh, "am": am, "aod": aod, "pw": pw, "lt": atmosphere.kasten96_lt(am, pw, aod),
        "at500": atmosphere.angstrom_aod_at_lambda(aod, 700, 1.3, 500),
        "alpha": atmosphere.angstrom_alpha(aod, 380, 0.5 * aod + 0.01, 500), "dew": atmosphere.tdew_from_rh(temp_air, rh)},
        {name: "%.11g" for name in ["pw", "lt", "at500", "alpha", "dew"]})


def clear():
    rng = np.random.default_rng(SEED + 2)
    zenith = uniform(rng, 0, 91, [0, 30, 60, 89, 90, NAN])
    am = atmosphere.get_relative_airmass(zenith)
    aod380 = uniform(rng, 0.0, 0.6, [0.1] * 6)
    aod500 = uniform(rng, 0.0, 0.5, [0.1] * 6)
    pw = uniform(rng, 0.1, 6, [1, 0.1, 0.2, 0.3, 3, 1])
    pressure = uniform(rng, 55e3, 104e3, [101325] * 6, 0)
    haurwitz = clearsky.haurwitz(pd.Series(zenith))["ghi"].to_numpy()
    bird = clearsky.bird(zenith, am, aod380, aod500, pw, ozone=0.32, pressure=pressure, dni_extra=1366.0,
                         asymmetry=0.85, albedo=0.25)
    solis = clearsky.simplified_solis(90 - zenith, aod500, pw, pressure, 1366.0)
    columns = {"zenith": zenith, "aod380": aod380, "aod500": aod500, "pw": pw, "pressure": pressure, "haurwitz": haurwitz}
    columns |= {f"bird_{name}": np.asarray(bird[name]) for name in ["ghi", "dni", "dhi"]}
    columns |= {f"solis_{name}": np.asarray(solis[name]) for name in ["ghi", "dni", "dhi"]}
    write("clear_skies.csv", SCRIPT, [
        f"seed {SEED + 2}; haurwitz(zenith); bird(zenith, Kasten & Young's air mass, aod380, aod500, pw, 0.32, pressure, 1366, 0.85, 0.25);",
        "simplified_solis(90 - zenith, aod500, pw, pressure, 1366); 11 digits",
    ], columns, {name: "%.11g" for name in columns if "_" in name or name == "haurwitz"})


def decomposition():
    rng = np.random.default_rng(SEED + 3)
    zenith = uniform(rng, 0, 95, [0, 60, 86.999, 87, 87.001, 90, 95, 50, NAN, 50], 3)
    ghi = np.concatenate([[0, 300, 50, 50, 50, 20, 5, -5, 100, NAN],
                          (rng.uniform(0, 1.1, N - 10) * 1366 * np.maximum(np.cos(np.radians(zenith[10:])), 0.03)).round(2)])
    doy = np.concatenate([[1, 100, 180, 200, 366, 1, 1, 1, 1, 1], rng.integers(1, 367, N - 10)])
    columns = {"ghi": ghi, "zenith": zenith, "doy": doy}
    models = {model: getattr(irradiance, model) for model in ["erbs_driesse", "orgill_hollands", "boland", "louche", "disc"]}
    models["boland_hour"] = lambda *given: irradiance.boland(*given, a_coeff=7.997, b_coeff=0.586)
    for model, split in models.items():
        out = split(ghi, zenith, doy)
        columns[f"{model}_dni"] = np.asarray(out["dni"])
        if "dhi" in out:
            columns[f"{model}_dhi"] = np.asarray(out["dhi"])
    write("decomposition.csv", SCRIPT, [
        f"seed {SEED + 3}; each model(ghi, zenith, doy) with its defaults: extraterrestrial irradiance by Spencer with 1366.1 W/m2, for",
        "disc with 1370 W/m2 and air mass by Kasten 1966 at 101325 Pa; boland_hour: boland with a_coeff=7.997, b_coeff=0.586; 11 digits",
    ], columns, {name: "%.11g" for name in columns if "_" in name})


def transposition():
    rng = np.random.default_rng(SEED + 4)
    tilt = uniform(rng, 0, 90, [0, 90, 30, 45, 10], 2)
    azimuth = uniform(rng, 0, 360, [180, 90, 270, 0, 180], 2)
    zenith = uniform(rng, 0, 89.9, [0, 89.9, 60, 30, 80], 3)
    solar_azimuth = uniform(rng, 0, 360, [180, 90, 90, 180, 10], 3)
    dhi = uniform(rng, 1, 500, [100] * 5, 2)
    dni = uniform(rng, 0, 1000, [0, 800, 500, 900, 100], 2)
    ghi = (dhi + dni * np.cos(np.radians(zenith))).round(4)
    klucher = irradiance.klucher(tilt, azimuth, dhi, ghi, zenith, solar_azimuth)
    reindl = irradiance.reindl(tilt, azimuth, dhi, dni, ghi, 1366.0, zenith, solar_azimuth)
    write("transposition_models.csv", SCRIPT, [f"seed {SEED + 4}; klucher and reindl with 1366 W/m2 above the atmosphere; 11 digits"], {
        "tilt": tilt, "azimuth": azimuth, "zenith": zenith, "solar_azimuth": solar_azimuth, "dhi": dhi, "dni": dni, "ghi": ghi,
        "klucher": np.asarray(klucher), "reindl": np.asarray(reindl)}, {"klucher": "%.11g", "reindl": "%.11g"})


def modifiers():
    rng = np.random.default_rng(SEED + 5)
    aoi = uniform(rng, 0, 95, [0, 45, 89.99, 90, 90.01, NAN])
    tilt = uniform(rng, 0, 180, [0, 90, 180, 30, 1e-3, 10], 3)
    module = {"B5": -4.5e-9, "B4": 7.3e-7, "B3": -4.4e-5, "B2": 1.1e-3, "B1": -2.4e-3, "B0": 1.0}
    martin, schlick = iam.martin_ruiz_diffuse(tilt, 0.16), iam.schlick_diffuse(np.minimum(tilt, 90))
    write("modifiers.csv", SCRIPT, [
        f"seed {SEED + 5}; ashrae(aoi), martin_ruiz(aoi), schlick(aoi), sapm(aoi) with {module}; martin_ruiz_diffuse(tilt, 0.16),",
        "schlick_diffuse(min(tilt, 90)); degrees; 11 digits",
    ], {"aoi": aoi, "tilt": tilt, "ashrae": iam.ashrae(aoi), "martin_ruiz": iam.martin_ruiz(aoi), "schlick": iam.schlick(aoi),
        "sapm": iam.sapm(aoi, module), "martin_ruiz_sky": martin["sky"], "martin_ruiz_ground": martin["ground"],
        "schlick_sky": schlick["sky"], "schlick_ground": schlick["ground"]},
        {name: "%.11g" for name in ["ashrae", "martin_ruiz", "schlick", "sapm", "martin_ruiz_sky", "martin_ruiz_ground",
                                    "schlick_sky", "schlick_ground"]})


def temperatures():
    rng = np.random.default_rng(SEED + 6)
    poa = uniform(rng, 0, 1300, [0, 800, 1000, 1, NAN], 2)
    air_temp = uniform(rng, -40, 50, [20, 20, 25, 0, 0], 2)
    wind = uniform(rng, 0, 20, [0, 1, 2, 0, 1], 2)
    ir = uniform(rng, 100, 450, [300] * 5, 1)
    share = uniform(rng, 0.8, 1.0, [1, 0.95, 1, 1, 1], 3)
    with np.errstate(invalid="ignore"):
        noct = temperature.noct_sam(poa, air_temp, wind, 45.0, 0.19, effective_irradiance=share * poa)
        low = temperature.noct_sam(poa, air_temp, wind, 46.0, 0.17, effective_irradiance=share * poa, array_height=2,
                                   mount_standoff=1.0)
    write("cell_temperature.csv", SCRIPT, [
        f"seed {SEED + 6}; sapm_module(a=-3.47, b=-0.0594); faiman_rad(ir_down=ir) with its defaults; pvsyst_cell(u_c=29, u_v=1.2);",
        "ross(noct=45); noct_sam(45, 0.19, effective_irradiance=share * poa); noct_low the same with 46, 0.17, array_height 2, standoff 1;",
        "huld5, huld6: huld(poa, air, 1000, cell_type='csi'), pvgis5 and pvgis6; 11 digits",
    ], {"poa": poa, "air": air_temp, "wind": wind, "ir": ir, "share": share,
        "sapm_module": temperature.sapm_module(poa, air_temp, wind, -3.47, -0.0594),
        "faiman_rad": temperature.faiman_rad(poa, air_temp, wind, ir),
        "pvsyst": temperature.pvsyst_cell(poa, air_temp, wind, 29.0, 1.2), "ross": temperature.ross(poa, air_temp, 45.0),
        "noct": noct, "noct_low": low, "huld5": pvarray.huld(poa, air_temp, 1000.0, cell_type="csi", k_version="pvgis5"),
        "huld6": pvarray.huld(poa, air_temp, 1000.0, cell_type="csi", k_version="pvgis6")},
        {name: "%.11g" for name in ["sapm_module", "faiman_rad", "pvsyst", "ross", "noct", "noct_low", "huld5", "huld6"]})


def inverters():
    rng = np.random.default_rng(SEED + 7)
    v = uniform(rng, 150, 600, [0, 365, 365, 310, 600, 365], 2)
    p = uniform(rng, 0, 4500, [0, 20.7, 4151, 2000, 4500, NAN], 2)
    unit = {"Paco": 4000.0, "Pdco": 4186.0, "Vdco": 310.67, "Pso": 19.73, "C0": -7.58e-6, "C1": -3.77e-5, "C2": -1.09e-3,
            "C3": -4.5e-4, "Pnt": 0.99}
    adr = {"Pnom": 4200.0, "Vnom": 360.0, "Pacmax": 4000.0, "Pnt": 0.4, "Vmin": 200.0, "Vmax": 500.0, "Vdcmax": 600.0,
           "MPPTHi": 480.0, "MPPTLow": 250.0,
           "ADRCoefficients": [0.00385, 0.0187, 0.0135, 0.0035, -0.0057, 0.0131, 0.0092, 0.0188, -0.0072]}
    multi = inverter.sandia_multi((v, 0.9 * v), (0.6 * p, 0.4 * p), unit)
    write("inverters.csv", SCRIPT, [f"seed {SEED + 7}; sandia with {unit}; sandia_multi((v, 0.9 v), (0.6 p, 0.4 p));",
                                    f"adr with {adr}; 11 digits"], {
        "v": v, "p": p, "sandia": inverter.sandia(v, p, unit), "multi": multi, "adr": inverter.adr(v, p, adr)},
        {"sandia": "%.11g", "multi": "%.11g", "adr": "%.11g"})


for make in (air, water, clear, decomposition, transposition, modifiers, temperatures, inverters):
    make()
