"""Electrical losses: wires, transformers, combined factors; the three states of LeTID by scipy's integrator.

Run from the project root: python tests/reference/make/electrical.py
"""

import numpy as np
import pandas as pd
from pvlib import pvsystem, transformer
from scipy.constants import Boltzmann, elementary_charge
from scipy.integrate import quad, solve_bvp, solve_ivp

from common import write

SCRIPT = "electrical.py"
SEED = 20261221
N = 2000
NAN = float("nan")


def uniform(rng, low, high, edges, digits=4):
    edges = np.array(edges, dtype=float)
    return np.concatenate([edges, rng.uniform(low, high, N - len(edges)).round(digits)])


def losses():
    rng = np.random.default_rng(SEED)
    vmp = uniform(rng, 20, 60, [40] * 4, 2)
    imp = uniform(rng, 5, 20, [10, 10, 10, NAN], 2)
    percent = uniform(rng, 0, 5, [0, 1.5, NAN, 1], 2)
    series = rng.integers(1, 30, N)
    parallel = rng.integers(1, 200, N)
    ohms = pvsystem.dc_ohms_from_percent(vmp, imp, percent, series, parallel)
    power = uniform(rng, -50, 1100, [0, -50, 1000, NAN], 2)
    no_load = uniform(rng, 0, 0.01, [0, 0.002, 0, 0.002], 5)
    load = uniform(rng, 0, 0.05, [0, 0, 0.01, 0.01], 5)
    parts = [pd.Series(x) for x in (no_load, load, percent / 100)]
    combined = pvsystem.combine_loss_factors(parts[0].index, *parts)
    out = {"ohms": ohms, "dc_loss": pvsystem.dc_ohmic_losses(ohms, imp * parallel * 0.6),
           "transformed": transformer.simple_efficiency(power, no_load, load, 1000.0), "combined": combined}
    write("electrical.csv", SCRIPT, [
        f"seed {SEED}; ohms: dc_ohms_from_percent(vmp, imp, percent, series, parallel); dc_loss: dc_ohmic_losses(ohms, 0.6 imp parallel);",
        "transformed: transformer.simple_efficiency(power, no_load, load, 1000); combined: combine_loss_factors of no_load, load, percent/100; 11 digits",
    ], {"vmp": vmp, "imp": imp, "percent": percent, "series": series, "parallel": parallel, "power": power, "no_load": no_load,
        "load": load} | out, {name: "%.11g" for name in out})


def measured_carriers():
    """Excess carriers, 1/m3, under which Repins' rates from A to B and to C were measured: the mean over the base of a cell of 200 µm,
    75 µs and 0.9 m/s at 410 K under 400 A/m2, mobility 0.15 m2/(V s), by scipy's solution of D n'' = n/tau."""
    current, tau, speed, width = 400.0, 75e-6, 0.9, 200e-6 - 0.24e-6
    diffusivity = 0.15 * Boltzmann * 410 / elementary_charge
    # Carriers come in at the junction and go at the back: -D n' = J/q at 0, -D n' = S n at W. Lengths in W, n in J W/(q D).
    scale = current * width / (elementary_charge * diffusivity)
    over = width**2 / (diffusivity * tau)
    base = solve_bvp(lambda x, n: [n[1], over * n[0]],
                     lambda front, rear: [front[1] + 1, rear[1] + speed * width / diffusivity * rear[0]],
                     np.linspace(0, 1, 50), np.ones((2, 50)), tol=1e-10)
    return scale * quad(lambda x: base.sol(x)[0], 0, 1)[0]


def letid():
    """States A, B, C under rates that hold for an interval each."""
    rng = np.random.default_rng(SEED + 1)
    n = 2000
    # The first half cool, where the way back decides; then hot, where all goes on to C.
    temp = np.where(np.arange(n) < n // 2, rng.uniform(-20, 60, n), rng.uniform(-10, 95, n)).round(2)
    injection = (rng.uniform(0, 1, n) ** 3).round(5) * (rng.uniform(size=n) > 0.3)
    hours = rng.choice([1.0, 1.0, 0.25, 24.0], n)
    k = lambda v, ea, t: v * np.exp(-ea * elementary_charge / (Boltzmann * (t + 273.15)))
    # The way back counts excess carriers by 1e21 per m3, the others by those of their measurement.
    scale = (measured_carriers() / 1e21) ** 1.7
    state, b, c = [0.2, 0.8, 0.0], [], []
    for t, x, h in zip(temp, injection, hours):
        ab, bc, ba = k(4.67e7, 0.827, t) * x, k(1.99e7, 0.871, t) * x**1.2, k(4.7e-25, -1.15, t) * scale * x**1.7
        matrix = np.array([[-ab, ba, 0], [ab, -ba - bc, 0], [0, bc, 0]])
        state = solve_ivp(lambda _, s: matrix @ s, (0, h * 3600), state, rtol=1e-11, atol=1e-14, method="Radau",
                          jac=matrix).y[:, -1]
        b.append(state[1])
        c.append(state[2])
    write("letid.csv", SCRIPT, [
        f"seed {SEED + 1}; shares of defects in states B and C after each interval, by scipy.integrate.solve_ivp, from 0.8 and 0 on; rates",
        "4.67e7 exp(-0.827 eV/kT) injection, 1.99e7 exp(-0.871 eV/kT) injection^1.2, back",
        f"{scale:.9f} 4.7e-25 exp(1.15 eV/kT) injection^1.7 per second; degC, h; 10 digits",
    ], {"temp": temp, "injection": injection, "hours": hours, "b": b, "c": c}, {"b": "%.10g", "c": "%.10g"})


for make in (losses, letid):
    make()
