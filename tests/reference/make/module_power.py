"""A module's power: Sandia's model, Driesse's efficiency and its fit, the matrix of IEC 61853-1.

Run from the project root: python tests/reference/make/module_power.py
"""

import numpy as np
import pandas as pd
from pvlib import pvarray, pvsystem
from scipy.interpolate import RegularGridInterpolator

from common import write

SCRIPT = "module_power.py"
SEED = 20261130
N = 2000
NAN = float("nan")

SANDIA = ["Canadian_Solar_CS5P_220M___2009_", "First_Solar_FS_272___2009_"]


def uniform(rng, low, high, edges, digits=4):
    edges = np.array(edges, dtype=float)
    return np.concatenate([edges, rng.uniform(low, high, N - len(edges)).round(digits)])


def sandia_modules():
    library = pvsystem.retrieve_sam("SandiaMod")
    names = [name if name in library.columns else None for name in SANDIA]
    if None in names:
        print([c for c in library.columns if "First_Solar" in c or "CS5P" in c])
    return [library[name] for name in names]


def sapm():
    rng = np.random.default_rng(SEED)
    modules = sandia_modules()
    irradiance = uniform(rng, 0, 1300, [0, 0, 1e-3, 1, 1000, 1000, NAN, 500, 0, 1300], 2)
    temp = uniform(rng, -40, 90, [25, 25, 25, 20, 25, 25, 20, NAN, -40, 90], 2)
    which = np.arange(N) % 2
    out = []
    with np.errstate(all="ignore"):
        for g, t, k in zip(irradiance, temp, which):
            out.append(pvsystem.sapm(g, t, modules[k]))
    names = ["i_sc", "i_mp", "v_oc", "v_mp", "p_mp", "i_x", "i_xx"]
    columns = {"irradiance": irradiance, "temp": temp, "module": which}
    columns |= {name: [float(o[name]) for o in out] for name in names}
    write("sapm.csv", SCRIPT, [f"seed {SEED}; pvsystem.sapm(irradiance, temp) of module 0 {SANDIA[0]}, 1 {SANDIA[1]}; 11 digits"],
          columns, {name: "%.11g" for name in names})


def effective():
    rng = np.random.default_rng(SEED + 1)
    modules = sandia_modules()
    direct = uniform(rng, 0, 1100, [0, 800, 800, 800, 800, NAN, 10, 10, 10, 500], 2)
    diffuse = uniform(rng, 0, 500, [0, 0, 100, 100, 100, 10, NAN, 10, 10, 100], 2)
    airmass = uniform(rng, 0.6, 36, [1, 1, 1.5, 38, 1.5, 1, 1, 1, 2, 0.6])
    aoi = uniform(rng, 0, 180, [0, 0, 90, 45, 90.001, 10, 10, NAN, 180, 89.99], 3)
    direct = np.where(aoi > 90, 0, direct)  # pvlib's polynomial goes on behind the module, where no direct light is
    which = np.arange(N) % 2
    value = [float(pvsystem.sapm_effective_irradiance(b, d, am, a, modules[k]))
             for b, d, am, a, k in zip(direct, diffuse, airmass, aoi, which)]
    write("sapm_effective.csv", SCRIPT, [
        f"seed {SEED + 1}; pvsystem.sapm_effective_irradiance(direct, diffuse, airmass, aoi) of module 0 {SANDIA[0]}, 1 {SANDIA[1]}; 11 digits",
    ], {"direct": direct, "diffuse": diffuse, "airmass": airmass, "aoi": aoi, "module": which, "effective": value},
        {"effective": "%.11g"})


def adr():
    rng = np.random.default_rng(SEED + 2)
    irradiance = uniform(rng, 0, 1400, [0, 1000, 200, NAN, 500, 1e-3], 2)
    temp = uniform(rng, -40, 95, [25, 25, 25, 25, NAN, 25], 2)
    k_a = uniform(rng, 0.05, 0.25, [1, 1, 1, 1, 1, 1])
    k_d = uniform(rng, -11, -2, [-6] * 6)
    tc_d = uniform(rng, -0.02, 0.08, [0.02] * 6)
    k_rs = uniform(rng, 0, 0.2, [0.05] * 6)
    k_rsh = uniform(rng, 0, 0.3, [0.1] * 6)
    eta = pvarray.pvefficiency_adr(irradiance, temp, k_a, k_d, tc_d, k_rs, k_rsh)
    write("adr_efficiency.csv", SCRIPT, [f"seed {SEED + 2}; pvarray.pvefficiency_adr of the columns before; 11 digits"], {
        "irradiance": irradiance, "temp": temp, "k_a": k_a, "k_d": k_d, "tc_d": tc_d, "k_rs": k_rs, "k_rsh": k_rsh, "eta": eta},
        {"eta": "%.11g"})


def slopes(x, *p):
    """Derivatives of the efficiency by complex steps: scipy's differences end the fit some 1e-6 short of the minimum."""
    s, dt = x[0] / 1000, x[1] - 25

    def eta(k_a, k_d, tc_d, k_rs, k_rsh):
        v = np.log(s * 10 ** -(k_d + tc_d * dt) + 1) / np.log(10**-k_d + 1)
        return k_a * ((1 + k_rs + k_rsh) * v - k_rs * s - k_rsh * v**2)

    steps = 1e-30j * np.eye(5)
    return np.column_stack([eta(*(np.array(p) + step)).imag / 1e-30 for step in steps])


def polished(g, t, eta, p):
    """Gauss and Newton's steps of the parameters off their bounds: scipy's cost has no digits left for the last 1e-6 of k_rsh."""
    free, p = np.abs(p) > 1e-9, np.array(p)
    root, scale = np.sqrt(g / 1000), 0.05 * eta.max()
    for _ in range(30):
        f = (pvarray.pvefficiency_adr(g, t, *p) - eta) * root
        j = (slopes([g, t], *p) * root[:, None])[:, free]
        p[free] -= np.linalg.solve(j.T @ j, j.T @ (f / np.sqrt(1 + (f / scale) ** 2)))
    return p


def adr_fits():
    rng = np.random.default_rng(SEED + 3)
    names = ["k_a", "k_d", "tc_d", "k_rs", "k_rsh"]
    columns = {name: [] for name in ["set", "irradiance", "temp", "eta", *names]}
    grid = [(g, t) for g in [100, 200, 400, 600, 800, 1000, 1100] for t in [15, 25, 50, 75]]
    for k in range(20):
        true = [rng.uniform(0.1, 0.24), rng.uniform(-9, -4), rng.uniform(0.0, 0.04), rng.uniform(0.0, 0.12), rng.uniform(0.0, 0.12)]
        g, t = np.array(grid, dtype=float).T
        eta = (pvarray.pvefficiency_adr(g, t, *true) * (1 + rng.normal(0, 0.003, len(g)))).round(5)
        if k % 4 == 3:
            eta[5] = (1.3 * eta[5]).round(5)  # one that lies far off
        tight = {"ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15, "max_nfev": 20000, "jac": slopes}
        fit = pvarray.fit_pvefficiency_adr(g, t, eta, dict_output=False, **tight)
        fit = polished(g, t, eta, fit)
        for i in range(len(g)):
            for name, value in zip(columns, [k, g[i], t[i], eta[i], *fit]):
                columns[name].append(value)
    write("adr_fits.csv", SCRIPT, [
        f"seed {SEED + 3}; 20 sets of 28 points with noise of 0.3 %, every fourth with one point 30 % off;",
        "k_a to k_rsh by pvarray.fit_pvefficiency_adr with ftol, xtol and gtol 1e-15, and Newton's steps after it; 11 digits",
    ], columns, {name: "%.11g" for name in names})


def matrix():
    """Efficiency by scipy's linear RegularGridInterpolator, which goes on straight outside; gaps filled with numpy's polyfit."""
    rng = np.random.default_rng(SEED + 4)
    g_axis, t_axis = np.array([100.0, 200, 400, 600, 800, 1000, 1100]), np.array([15.0, 25, 50, 75])
    g, t = np.meshgrid(g_axis, t_axis, indexing="ij")
    power = (1.9 * g * pvarray.pvefficiency_adr(g, t, 0.205, -6.1, 0.019, 0.05, 0.06)).round(2)
    for i, j in [(0, 2), (0, 3), (1, 3), (6, 0)]:  # what IEC 61853-1 leaves out, and more
        power[i, j] = NAN
    write("iec61853_matrix.csv", SCRIPT, ["power (W) by pvarray.pvefficiency_adr, rounded to 0.01 W; nan: not measured"],
          {"irradiance": g.ravel(), "temp": t.ravel(), "power": power.ravel()})
    eta = power / g
    for i, j in zip(*np.nonzero(np.isnan(power))):
        known = [k for k in np.argsort(abs(t_axis - t_axis[j])) if not np.isnan(power[i, k])][:2]
        eta[i, j] = np.polyval(np.polyfit(t_axis[known], (power / g)[i, known], 1), t_axis[j])
    of = RegularGridInterpolator((g_axis, t_axis), eta, method="linear", bounds_error=False, fill_value=None)
    irradiance = uniform(rng, 0, 1400, [0, 100, 1100, 1000, 50, 1400, NAN, 500], 2)
    temp = uniform(rng, -40, 100, [25, 15, 75, 25, 100, -40, 25, NAN], 2)
    value = irradiance * np.maximum(of(np.column_stack([irradiance, temp])), 0)
    write("iec61853_power.csv", SCRIPT, [
        f"seed {SEED + 4}; irradiance times scipy's RegularGridInterpolator(linear, extrapolating) of the efficiencies of iec61853_matrix.csv,",
        "gaps filled straight from the two nearest temperatures of the irradiance (numpy polyfit); 11 digits",
    ], {"irradiance": irradiance, "temp": temp, "power": value}, {"power": "%.11g"})


def curves():
    """Efficiency curves at three voltages: numpy's straight lines between the points, and on beyond them."""
    rng = np.random.default_rng(SEED + 5)
    shares = np.array([0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0])
    volts = np.array([500.0, 650.0, 850.0])
    eta = np.array([[0.93, 0.955, 0.97, 0.975, 0.978, 0.977, 0.974], [0.95, 0.965, 0.98, 0.983, 0.985, 0.984, 0.981],
                    [0.94, 0.96, 0.976, 0.98, 0.982, 0.981, 0.978]])
    nominal, night = 50_000.0, 2.0
    v = uniform(rng, 300, 1000, [500, 650, 850, 575, 300, 1000, NAN, 600, 600, 600], 2)
    p = uniform(rng, 0, 60_000, [25_000, 25_000, 25_000, 10_000, 100, 60_000, 1000, NAN, 0, 300], 1)

    def at(k, p):
        x, y = nominal * shares / eta[k], nominal * shares
        below = y[0] + (p - x[0]) * (y[1] - y[0]) / (x[1] - x[0])
        above = y[-1] + (p - x[-1]) * (y[-1] - y[-2]) / (x[-1] - x[-2])
        return np.where(p < x[0], below, np.where(p > x[-1], above, np.interp(p, x, y)))

    each = np.array([at(k, p) for k in range(3)])
    power = np.array([np.interp(v[i], volts, each[:, i]) for i in range(N)])
    power = np.where(np.isnan(v + p), NAN, np.minimum(power, nominal))
    power = np.where(power <= 0, -night, power)
    write("efficiency_curve.csv", SCRIPT, [
        f"seed {SEED + 5}; AC power (W) of {nominal:g} W, night {night:g} W, at v (V) and p (W): numpy's interp over points of",
        f"shares {shares.tolist()} and efficiencies {eta.tolist()} at {volts.tolist()} V, straight on beyond them; 11 digits",
    ], {"v": v, "p": p, "power": power}, {"power": "%.11g"})


for make in (curves, sapm, effective, adr, adr_fits, matrix):
    make()
