"""Models with a closed formula: air mass, extraterrestrial radiation, Erbs, Ineichen,
transposition, incidence, Marion's diffuse integrals, cell temperature, PVWatts DC, inverter, losses.

Run from the project root: python tests/reference/make/closed_forms.py
"""

import numpy as np
from pvlib import atmosphere, clearsky, iam, inverter, irradiance, pvsystem, temperature

from common import write

SCRIPT = "closed_forms.py"
SEED = 20240602
N = 2000


def airmass():
    rng = np.random.default_rng(SEED)
    edges = np.array([0, 30, 60, 80, 85, 87.5, 88, 89, 89.5, 89.9, 89.99, 90, 90.0001, 90.5, 91, 92])
    zenith = np.concatenate([edges, rng.uniform(0, 92, N - len(edges)).round(4)])
    altitude = np.concatenate([np.zeros(len(edges)), rng.uniform(-400, 5000, N - len(edges)).round(1)])
    relative = atmosphere.get_relative_airmass(zenith, "kastenyoung1989")
    pressure = atmosphere.alt2pres(altitude)
    write("airmass.csv", SCRIPT, [
        f"seed {SEED}",
        "zenith: apparent (refracted) zenith, degrees; altitude: m; pressure: Pa, alt2pres(altitude);",
        "airmass_relative: get_relative_airmass(zenith, 'kastenyoung1989'), nan where zenith > 90;",
        "airmass_absolute: get_absolute_airmass(airmass_relative, pressure) = relative * pressure / 101325.",
    ], {"zenith": zenith, "altitude": altitude, "pressure": pressure, "airmass_relative": relative,
        "airmass_absolute": atmosphere.get_absolute_airmass(relative, pressure)})


def extra_radiation():
    doy = np.arange(1, 367)
    write("extra_radiation.csv", SCRIPT, [
        "doy: day of year, 1 = 1 January; spencer, asce: get_extra_radiation(doy, solar_constant=1366.1,",
        "method), W/m2. The day angle is 2 pi / 365 (doy - 1) for spencer and 2 pi / 365 doy for asce,",
        "also in leap years.",
    ], {"doy": doy, "spencer": irradiance.get_extra_radiation(doy, 1366.1, "spencer"),
        "asce": irradiance.get_extra_radiation(doy, 1366.1, "asce")})


def erbs():
    rng = np.random.default_rng(SEED + 1)
    edges = [(0, 0, 1), (0, 60, 100), (300, 80, 100), (1200, 10, 180), (1500, 30, 1), (50, 86.999, 50),
             (50, 87, 50), (50, 87.001, 50), (20, 89, 200), (20, 90, 200), (5, 95, 200), (-5, 50, 200),
             (600, 40, 366), (800, 0, 80)]
    e_ghi, e_zenith, e_doy = (np.array(c, dtype=float) for c in zip(*edges))
    n = N - len(edges)
    zenith = np.concatenate([e_zenith, rng.uniform(0, 95, n).round(3)])
    ghi = np.concatenate([e_ghi, (rng.uniform(0, 1.1, n) * 1366.1
                                  * np.maximum(np.cos(np.radians(zenith[len(edges):])), 0.03)).round(2)])
    doy = np.concatenate([e_doy, rng.integers(1, 367, n)])
    out = irradiance.erbs(ghi, zenith, doy)
    write("erbs.csv", SCRIPT, [
        f"seed {SEED + 1}; pvlib.irradiance.erbs(ghi, zenith, doy) with its defaults: dni_extra by Spencer with",
        "1366.1 W/m2, kt = ghi / (dni_extra * max(cos zenith, 0.065)) held to 0..1,",
        "dni = 0 and dhi = ghi where zenith > 87, ghi < 0 or dni < 0; dni is not clamped otherwise.",
        "ghi, dni, dhi: W/m2; zenith: degrees; doy: day of year; kt: -.",
    ], {"ghi": ghi, "zenith": zenith, "doy": doy, "dni": out["dni"], "dhi": out["dhi"], "kt": out["kt"]})


def ineichen():
    rng = np.random.default_rng(SEED + 2)
    edges = np.array([0, 30, 60, 85, 89, 89.9, 90, 90.001, 92, 95])
    n = N - len(edges)
    zenith = np.concatenate([edges, rng.uniform(0, 95, n).round(3)])
    altitude = np.concatenate([np.full(len(edges), 339.0), rng.uniform(0, 4500, n).round(0)])
    linke = np.concatenate([np.full(len(edges), 3.0), rng.uniform(1, 8, n).round(2)])
    extra = np.concatenate([np.full(len(edges), 1367.0), rng.uniform(1320, 1415, n).round(1)])
    am = atmosphere.get_absolute_airmass(
        atmosphere.get_relative_airmass(zenith), atmosphere.alt2pres(altitude)).round(6)
    out = clearsky.ineichen(zenith, am, linke, altitude, extra, perez_enhancement=False)
    write("ineichen.csv", SCRIPT, [
        f"seed {SEED + 2}; pvlib.clearsky.ineichen(..., perez_enhancement=False)",
        "apparent_zenith: degrees; airmass_absolute: Kasten-Young * alt2pres(altitude) / 101325, rounded to",
        "6 decimals before use, nan where the zenith > 90; linke_turbidity: -; altitude: m;",
        "dni_extra, ghi, dni, dhi: W/m2.",
    ], {"apparent_zenith": zenith, "airmass_absolute": am, "linke_turbidity": linke, "altitude": altitude,
        "dni_extra": extra, "ghi": out["ghi"], "dni": out["dni"], "dhi": out["dhi"]})


def transposition():
    rng = np.random.default_rng(SEED + 3)
    n = N
    tilt = rng.uniform(0, 90, n).round(1)
    azimuth = rng.uniform(0, 360, n).round(1)
    zenith = rng.uniform(0, 95, n).round(2)
    sun_azimuth = rng.uniform(0, 360, n).round(1)
    dni = rng.uniform(0, 1050, n).round(0)
    dhi = np.exp(rng.uniform(np.log(2), np.log(600), n)).round(1)
    extra = rng.uniform(1320, 1415, n).round(0)
    tilt[:60], tilt[60:120] = 0, 90          # edges: flat and upright
    dhi[100:160] = 0                         # no diffuse
    dni[140:260] = 0                         # no beam; rows 140..159 have neither
    zenith[250:300] = rng.uniform(90.01, 95, 50).round(2)
    zenith[300:304] = [0, 85, 90, 90.01]
    azimuth[304:308], sun_azimuth[304:308] = 180, 180
    cos_z = np.cos(np.radians(zenith))
    ghi = (dni * np.maximum(cos_z, 0) + dhi).round(1)
    am = atmosphere.get_relative_airmass(zenith).round(4)
    proj = irradiance.aoi_projection(tilt, azimuth, zenith, sun_azimuth)
    write("transposition.csv", SCRIPT, [
        f"seed {SEED + 3}; inputs are rounded before use",
        "surface_tilt, surface_azimuth, solar_zenith, solar_azimuth: degrees, azimuth clockwise from north;",
        "dni, ghi, dhi, dni_extra: W/m2; airmass_relative: Kasten-Young rounded to 4 decimals, nan where",
        "zenith > 90; aoi_projection: cosine of the incidence angle, -1..1; all others W/m2 in the plane:",
        "poa_direct = max(dni * aoi_projection, 0), also where the sun is below the horizon;",
        "isotropic, haydavies, perez ('allsitescomposite1990'): sky diffuse alone;",
        "ground_diffuse: albedo 0.25. perez is 0 where airmass is nan, and nan where dni = dhi = 0 with",
        "airmass given (clearness 0 / 0); its horizon term has 1.041 z^3 with z in radians, bins",
        "1.065 1.23 1.5 1.95 2.8 4.5 6.2 (a value on an edge belongs to the upper bin).",
    ], {"surface_tilt": tilt, "surface_azimuth": azimuth, "solar_zenith": zenith,
        "solar_azimuth": sun_azimuth, "dni": dni, "ghi": ghi, "dhi": dhi, "dni_extra": extra,
        "airmass_relative": am, "aoi_projection": proj, "poa_direct": np.maximum(dni * proj, 0),
        "isotropic": irradiance.isotropic(tilt, dhi),
        "haydavies": irradiance.haydavies(tilt, azimuth, dhi, dni, extra, zenith, sun_azimuth),
        "perez": irradiance.perez(tilt, azimuth, dhi, dni, extra, zenith, sun_azimuth, am,
                                  model="allsitescomposite1990"),
        "ground_diffuse": irradiance.get_ground_diffuse(tilt, ghi, 0.25)})


def incidence():
    aoi = np.unique(np.concatenate([np.arange(0, 180.01, 0.25), [89.9, 89.99, 89.999, 90.001]]))
    write("iam_physical.csv", SCRIPT, [
        "aoi: angle of incidence, degrees; iam: pvlib.iam.physical(aoi) with n = 1.526, K = 4 1/m, L = 0.002 m;",
        "iam_ar: the same with n_ar = 1.29.",
    ], {"aoi": aoi, "iam": iam.physical(aoi), "iam_ar": iam.physical(aoi, n_ar=1.29)})


def cell_temperature():
    rng = np.random.default_rng(SEED + 4)
    poa = rng.uniform(0, 1300, N).round(1)
    air = rng.uniform(-40, 55, N).round(1)
    wind = rng.uniform(0, 20, N).round(1)
    poa[:3], air[:3], wind[:3] = [0, 800, 1000], [20, 20, 25], [0, 2, 0]
    sapm = temperature.TEMPERATURE_MODEL_PARAMETERS["sapm"]
    pvsyst = temperature.TEMPERATURE_MODEL_PARAMETERS["pvsyst"]
    columns = {"poa_global": poa, "temp_air": air, "wind_speed": wind,
               "faiman": temperature.faiman(poa, air, wind)}
    columns |= {f"sapm_{k}": temperature.sapm_cell(poa, air, wind, **p) for k, p in sapm.items()}
    columns["pvsyst"] = temperature.pvsyst_cell(poa, air, wind)
    write("temperature.csv", SCRIPT, [
        f"seed {SEED + 4}",
        "poa_global: W/m2; temp_air: degC; wind_speed: m/s; cell temperatures in degC:",
        "faiman: u0 = 25, u1 = 6.84;",
        *[f"sapm_{k}: sapm_cell with {', '.join(f'{n} = {v}' for n, v in p.items())}, 1000 W/m2;"
          for k, p in sapm.items()],
        "pvsyst: pvsyst_cell's defaults u_c = 29, u_v = 0, module_efficiency = 0.1, alpha_absorption = 0.9",
        f"(its presets: {'; '.join(f'{k}: {p}' for k, p in pvsyst.items())}).",
    ], columns)


def pvwatts():
    rng = np.random.default_rng(SEED + 5)
    eff = rng.uniform(0, 1400, N).round(2)
    cell = rng.uniform(-30, 95, N).round(2)
    pdc0 = rng.choice([1.0, 300.0, 1000.0, 4000.0, 5.1e7], N)
    gamma = rng.uniform(-0.006, 0, N).round(5)
    eff[:4], cell[:4], pdc0[:4], gamma[:4] = [0, 1000, 1000, 200], [25, 25, 45, 10], 1000, -0.0035
    write("pvwatts_dc.csv", SCRIPT, [
        f"seed {SEED + 5}; pvlib.pvsystem.pvwatts_dc, temp_ref = 25 degC, no k",
        "effective_irradiance: W/m2; temp_cell: degC; pdc0: W; gamma_pdc: 1/degC; pdc: W.",
    ], {"effective_irradiance": eff, "temp_cell": cell, "pdc0": pdc0, "gamma_pdc": gamma,
        "pdc": pvsystem.pvwatts_dc(eff, cell, pdc0, gamma)})

    pdc0 = rng.choice([1.0, 868.05, 1000.0, 4000.0, 250000.0], N)
    eta = rng.choice([0.90, 0.95, 0.96, 0.975, 0.99], N)
    share = rng.uniform(0, 1.4, N)
    share[:500] = rng.uniform(0, 0.02, 500)
    pdc = (share * pdc0).round(6)
    head = [0, 5, 50, 100, 500, 1000, 1100, 5.9, 6, 1e-9]
    pdc[:len(head)], pdc0[:len(head)], eta[:len(head)] = head, 1000, 0.96
    write("inverter_pvwatts.csv", SCRIPT, [
        f"seed {SEED + 5}, after pvwatts_dc.csv; pvlib.inverter.pvwatts, eta_inv_ref = 0.9637",
        "pdc: DC power, W; pdc0: DC limit of the inverter, W (AC nameplate = pdc0 * eta_inv_nom);",
        "eta_inv_nom: -; ac: W, held to 0 .. pdc0 * eta_inv_nom.",
    ], {"pdc": pdc, "pdc0": pdc0, "eta_inv_nom": eta, "ac": inverter.pvwatts(pdc, pdc0, eta)})

    names = ["soiling", "shading", "snow", "mismatch", "wiring", "connections", "lid",
             "nameplate_rating", "age", "availability"]
    rows = [[2, 3, 0, 2, 2, 0.5, 1.5, 1, 0, 3], [0] * 10, [1] * 10, [5, 0, 2, 1, 1.5, 0.5, 2, -1, 4, 1],
            [2, 0, 0, 2, 2, 0.5, 1.5, 1, 0, 3], [100] + [0] * 9]
    columns = {n: np.array([r[i] for r in rows], dtype=float) for i, n in enumerate(names)}
    write("pvwatts_losses.csv", SCRIPT, [
        "pvlib.pvsystem.pvwatts_losses; every column in percent; the first row is PVWatts' default set.",
    ], columns | {"losses": [float(pvsystem.pvwatts_losses(*r)) for r in rows]})


if __name__ == "__main__":
    with np.errstate(divide="ignore", invalid="ignore"):
        for make in (airmass, extra_radiation, erbs, ineichen, transposition, incidence,
                     cell_temperature, pvwatts):
            make()
