"""Cell temperature with memory and its generic linear form: Fuentes, Prilliman, Driesse.

Run from the project root: python tests/reference/make/thermal.py
"""

import warnings

import numpy as np
import pandas as pd
from pvlib import temperature

from common import write

SCRIPT = "thermal.py"
SEED = 20261201
N = 2000
NAN = float("nan")
warnings.simplefilter("ignore")


def weather(rng, times):
    """A sun that rises and sets, under clouds; a calm every now and then."""
    hour = np.asarray(times.hour + times.minute / 60 + times.second / 3600)
    sun = np.maximum(np.sin((hour - 6) / 12 * np.pi), 0)
    n = len(hour)
    poa = (1150 * sun * rng.uniform(0.05, 1, n)).round(1)
    air = (8 + 14 * np.sin((hour - 9) / 24 * 2 * np.pi) + rng.normal(0, 6, n)).round(2)
    wind = (rng.weibull(2, n) * 4 * (rng.uniform(size=n) > 0.08)).round(2)
    return poa, air, wind


def fuentes():
    rng = np.random.default_rng(SEED)
    minutes = rng.choice([5, 10, 15, 30, 60, 60, 60, 120], N)
    minutes[0] = minutes[1]
    times = pd.Timestamp("2023-03-01") + pd.to_timedelta(np.cumsum(minutes), "min")
    times = pd.DatetimeIndex(times)
    poa, air, wind = weather(rng, times)
    wind[1500:1510] = 25 + np.arange(10)
    poa[-1] = NAN
    series = [pd.Series(x, index=times) for x in (poa, air, wind)]
    odd = {"module_height": 3.5, "wind_height": 10.0, "emissivity": 0.9, "absorption": 0.88, "surface_tilt": 72.5,
           "module_width": 1.1, "module_length": 2.2}
    columns = {"minutes": minutes, "poa": poa, "air": air, "wind": wind,
               "rack": temperature.fuentes(*series, 45.0), "roof": temperature.fuentes(*series, 49.0),
               "odd": temperature.fuentes(*series, 46.5, **odd), "flat": temperature.fuentes(*series, 52.0, surface_tilt=0)}
    write("fuentes.csv", SCRIPT, [
        f"seed {SEED}; fuentes(poa, air, wind, noct), a record 'minutes' after the one before; rack: noct 45; roof: 49;",
        f"odd: 46.5 with {odd};", "flat: 52 with surface_tilt 0; degC, 11 digits",
    ], columns, {name: "%.11g" for name in ["rack", "roof", "odd", "flat"]})


def prilliman():
    rng = np.random.default_rng(SEED + 1)
    n = N
    temp = (35 + 20 * np.sin(np.arange(n) / 90) + rng.normal(0, 5, n)).round(2)
    wind = (rng.weibull(2, n) * 4).round(2)
    temp[[5, 100, 101, 700]] = NAN
    temp[300:340] = NAN
    wind[[50, 900]] = NAN
    wind[60:70] = 0
    columns = {"temp": temp, "wind": wind}
    for name, seconds, options in [
        ("m1", 60, {}), ("m3", 180, {}), ("s30", 30, {"unit_mass": 20.0}),
        ("m5", 300, {"unit_mass": 8.0, "coefficients": [0.005, 0.0005, -0.0002, -1.5e-5]}), ("m19", 1140, {}),
    ]:
        times = pd.date_range("2023-06-01", periods=n, freq=f"{seconds}s")
        columns[name] = temperature.prilliman(pd.Series(temp, times), pd.Series(wind, times), **options)
    write("prilliman.csv", SCRIPT, [
        f"seed {SEED + 1}; prilliman(temp, wind) at steps of 1 min (m1), 3 min (m3), 30 s with unit_mass 20 (s30),",
        "5 min with unit_mass 8 and coefficients 0.005, 0.0005, -0.0002, -1.5e-5 (m5), 19 min (m19); degC, 11 digits",
    ], columns, {name: "%.11g" for name in ["m1", "m3", "s30", "m5", "m19"]})


def linear():
    rng = np.random.default_rng(SEED + 2)

    def uniform(low, high, edges, digits=3):
        return np.concatenate([edges, rng.uniform(low, high, N - len(edges)).round(digits)])

    poa = uniform(0, 1300, [0, 800, NAN, 800, 800], 1)
    air = uniform(-40, 50, [20, 20, 20, NAN, 20], 2)
    wind = uniform(0, 20, [0, 1, 1, 1, NAN], 2)
    u0 = uniform(10, 40, [25.0] * 5)
    u1 = uniform(0, 10, [6.84] * 5)
    eta = uniform(0.08, 0.24, [0.19] * 5)
    alpha = uniform(0.8, 0.95, [0.88] * 5)
    a = uniform(-4, -2.5, [-3.56] * 5)
    b = uniform(-0.12, -0.03, [-0.075] * 5)
    noct = uniform(40, 60, [45.0] * 5)
    columns = {"poa": poa, "air": air, "wind": wind, "u0": u0, "u1": u1, "eta": eta, "alpha": alpha, "a": a, "b": b, "noct": noct}
    names = ["t", "faiman_u", "faiman_du", "pvsyst_u", "pvsyst_du", "noct_u", "noct_du", "sapm_u", "sapm_du", "to_a", "to_b",
             "to_u_c", "to_noct"]
    out = {name: [] for name in names}
    for i in range(N):
        def glm():
            return temperature.GenericLinearModel(eta[i], alpha[i])
        faiman = glm().use_faiman(u0[i], u1[i])
        pvsyst = glm().use_pvsyst(u0[i], u1[i])
        sam = glm().use_noct_sam(noct[i])
        sapm = glm().use_sapm(a[i], b[i])
        to_sapm = faiman.to_sapm()
        row = [temperature.generic_linear(poa[i], air[i], wind[i], u0[i], u1[i], eta[i], alpha[i])]
        for model in (faiman, pvsyst, sam, sapm):
            row += [model.u_const, model.du_wind]
        row += [to_sapm["a"], to_sapm["b"], faiman.to_pvsyst()["u_c"], faiman.to_noct_sam()["noct"]]
        for name, value in zip(names, row):
            out[name].append(value)
    formats = {name: "%.11g" for name in names}

    def part(name, columns, notes):
        write(name, SCRIPT, [f"seed {SEED + 2}; {notes}"], columns, formats)

    every = columns | out
    part("generic_linear.csv", {name: every[name] for name in ["poa", "air", "wind", "u0", "u1", "eta", "alpha", "t"]},
         "t: generic_linear(poa, air, wind, u0, u1, eta, alpha); degC, 11 digits")
    part("generic_linear_from.csv", {name: every[name] for name in ["u0", "u1", "eta", "alpha", "a", "b", "noct"] + names[1:9]},
         "GenericLinearModel(eta, alpha) with use_faiman(u0, u1), use_pvsyst(u0, u1), use_noct_sam(noct), use_sapm(a, b): u_const, du_wind; 11 digits")
    part("generic_linear_to.csv", {name: every[name] for name in ["u0", "u1", "eta", "alpha"] + names[9:]},
         "GenericLinearModel(eta, alpha).use_faiman(u0, u1): to_sapm, to_pvsyst, to_noct_sam; 11 digits")


for make in (fuentes, prilliman, linear):
    make()
