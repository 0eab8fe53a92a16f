"""curve_points.csv, curves.csv: published curves of high precision; bishop88.csv, batzelis*.csv, lambert.csv: random ones.

The published curves are those of pvlib's tests: Hansen and others computed them with arithmetic of arbitrary precision.
Run from the project root: python tests/reference/make/curves.py <folder of pvlib's tests/data>
"""

import csv
import json
import sys
from pathlib import Path

import mpmath
import numpy as np
from pvlib import pvarray, singlediode
from pvlib.ivtools.sdm.desoto import fit_desoto_batzelis
from scipy.special import wrightomega

from common import write

SCRIPT = "curves.py"
SEED = 20261125
N = 2000
NAN = float("nan")
mpmath.mp.dps = 40
BOLTZMANN, CHARGE = 1.380649e-23, 1.602176634e-19
SHEETS = {  # Canadian Solar CS1H-320MS, and two of other kinds
    0: {"v_mp": 36.0, "i_mp": 8.89, "v_oc": 43.6, "i_sc": 9.5, "alpha_sc": 0.004755, "beta_voc": -0.12644},
    1: {"v_mp": 42.57, "i_mp": 15.27, "v_oc": 50.26, "i_sc": 15.98, "alpha_sc": 0.007351, "beta_voc": -0.120624},
    2: {"v_mp": 180.2, "i_mp": 2.55, "v_oc": 219.2, "i_sc": 2.7, "alpha_sc": 0.00108, "beta_voc": -0.61376},
}


def published(folder):
    points, curves = [], []
    for which in (1, 2):
        with open(folder / f"precise_iv_curves_parameter_sets{which}.csv", newline="") as file:
            sets = list(csv.DictReader(file))
        told = json.loads((folder / f"precise_iv_curves{which}.json").read_text())["IV Curves"]
        for one, curve in zip(sets, told, strict=True):
            assert int(one["Index"]) == curve["Index"]
            il, i0, rs, rsh = (float(one[name]) for name in
                               ["photocurrent", "saturation_current", "resistance_series", "resistance_shunt"])
            a = float(one["n"]) * float(one["cells_in_series"]) * BOLTZMANN * float(curve["Temperature"]) / CHARGE
            diode = (il, i0, rs, rsh, a)
            points.append(diode + tuple(float(curve[name]) for name in
                                        ["v_oc", "i_sc", "v_mp", "i_mp", "p_mp", "i_x", "i_xx"]))
            # Every third of the hundred points of a curve, and the last.
            for k in list(range(0, 99, 3)) + [99]:
                curves.append((len(points) - 1, float(curve["Voltages"][k]), float(curve["Currents"][k])))
    names = ["il", "i0", "rs", "rsh", "a", "v_oc", "i_sc", "v_mp", "i_mp", "p_mp", "i_x", "i_xx"]
    note = "the 64 curves of precise_iv_curves1 and 2 in pvlib's tests, of arbitrary precision; a = n N k T/q, CODATA 2018"
    write("curve_points.csv", SCRIPT, [note], dict(zip(names, zip(*points))))
    write("curves.csv", SCRIPT, [note, "curve: the row of curve_points.csv; every third point and the last"],
          dict(zip(["curve", "v", "i"], zip(*curves))))


def exact(vd, il, i0, rs, rsh, a, d2mutau, ns_vbi, factor):
    """dI/dVd, dI/dV, dP/dV and its slope over Vd by differences of 40 digits, and the power where dP/dVd is 0."""
    if np.isnan([vd, il, i0, rs, rsh, a]).any():
        # The current alone knows no series resistance.
        return [exact(vd, il, i0, 0, rsh, a, d2mutau, ns_vbi, factor)[0] if np.isnan(rs) else NAN] + [NAN] * 4
    mp = mpmath.mp

    def current(x):
        recombined = il * d2mutau / (ns_vbi - x) if d2mutau > 0 else 0
        avalanche = factor * x / rsh * (1 - x / mp.mpf("-5.5")) ** mp.mpf("-3.28") if factor > 0 else 0
        return il - i0 * mp.expm1(x / a) - x / mp.mpf(rsh) - recombined - avalanche

    def slopes(x):
        i, di = current(x), mp.diff(current, x)
        grad = di / (1 - di * rs)
        return di, grad, (x - i * rs) * grad + i

    x = mp.mpf(vd)
    open_voltage = mp.findroot(current, (0, a * float(np.log1p(il / i0)) * 1.001), solver="anderson", tol=1e-30)
    top = mp.findroot(lambda x: slopes(x)[2], (open_voltage / 2, open_voltage), solver="anderson", tol=1e-16)
    at_top = current(top)
    numbers = [*slopes(x), mp.diff(lambda x: slopes(x)[2], x), at_top * (top - at_top * rs)]
    return [float(number) for number in numbers]


def bishop88(rng):
    def short(values, digits=4):
        return np.array([float(f"%.{digits}g" % x) for x in values])

    # Cells (breakdown) and thin-film modules (recombination); a third has neither.
    kind = rng.integers(0, 3, N)
    cell = kind == 1
    a = np.where(cell, rng.uniform(0.024, 0.04, N), rng.uniform(1, 4, N))
    scale = a / 1.6
    il, i0 = rng.uniform(0.1, 12, N), 10.0 ** rng.uniform(-11, -8, N)
    rs = rng.uniform(0.01, 0.5, N) * scale
    rsh = 10.0 ** rng.uniform(1.5, 4, N) * scale
    ns_vbi = np.where(kind == 2, a * rng.uniform(35, 45, N), np.inf)
    d2mutau = np.where(kind == 2, rng.uniform(0.5, 3, N), 0.0)
    factor = np.where(cell, rng.uniform(1e-4, 0.1, N), 0.0)
    open_voltage = a * np.log(il / i0)
    vd = open_voltage * rng.uniform(0, 1.01, N)
    # Backwards, too, towards the breakdown of a cell at -5.5 V, below which pvlib has NaN even where nothing breaks down.
    vd = np.where(rng.random(N) < 0.4, rng.uniform(-5.4, 0, N), vd)
    vd, a = short(vd, 6), short(a, 6)
    il, i0, rs, rsh, ns_vbi, d2mutau, factor = (short(x) for x in (il, i0, rs, rsh, ns_vbi, d2mutau, factor))
    vd[:4], il[4], i0[5], rs[6], a[7] = [0, 0, NAN, 0], NAN, NAN, NAN, NAN
    common = {"d2mutau": d2mutau, "NsVbi": ns_vbi, "breakdown_factor": factor}
    i, v, _ = singlediode.bishop88(vd, il, i0, rs, rsh, a, **common)
    slopes = np.array([exact(*one) for one in zip(vd, il, i0, rs, rsh, a, d2mutau, ns_vbi, factor)])
    grad_i, grad, grad_p, grad2p, p_mp = slopes.T
    # Where nothing breaks down pvlib's slopes are those, and its maximum is.
    plain = (factor == 0) & (np.arange(N) >= 8)
    theirs = singlediode.bishop88(*(x[plain] for x in (vd, il, i0, rs, rsh, a, d2mutau, ns_vbi)), gradients=True)
    for ours, pvlibs in zip([grad_i, grad, grad_p, grad2p], [theirs[3], *theirs[5:]]):
        np.testing.assert_allclose(ours[plain], pvlibs, rtol=1e-9, atol=1e-9)
    columns = {"vd": vd, "il": il, "i0": i0, "rs": rs, "rsh": rsh, "a": a, "d2mutau": d2mutau, "ns_vbi": ns_vbi,
               "factor": factor, "i": i, "v": v, "grad_i": grad_i, "grad": grad, "grad_p": grad_p,
               "grad2p": grad2p, "p_mp": p_mp}
    write("bishop88.csv", SCRIPT, [
        f"seed {SEED}; singlediode.bishop88; slopes and maximum by mpmath {mpmath.__version__}, as pvlib's slope of a breakdown",
        "lacks the factor -1/breakdown_voltage; equal to pvlib's without breakdown; 10 digits"],
        columns, {name: "%.10g" for name in list(columns)[9:]} | {"p_mp": "%.8g"})


def batzelis(rng):
    g, t = rng.uniform(0, 1400, N).round(3), rng.uniform(-40, 95, N).round(3)
    g[:8], t[:8] = [0, 1000, 1e-6, NAN, 1000, 800, 1400, -1], [25, 25, 25, 25, NAN, 45, 95, 25]
    columns = {"g": g, "t": t}
    for k, sheet in SHEETS.items():
        out = pvarray.batzelis(g, t, **sheet)
        columns |= {f"{name}_{k}": out[name] for name in ["p_mp", "i_mp", "v_mp", "i_sc", "v_oc"] if k == 0 or name[:1] == "p"}
    x = np.concatenate([[-800, -745, -41, -40, -39.9, 0, 1, 1.0001, 40, 700, 1e10, NAN],
                        rng.uniform(-50, 60, N - 12).round(5)])
    write("lambert.csv", SCRIPT, [f"seed {SEED + 1}; w: scipy.special.wrightomega(x), which is W(exp(x))"],
          {"x": x, "w": wrightomega(x)}, {"w": "%.17g"})
    write("batzelis.csv", SCRIPT, [
        f"seed {SEED}; pvarray.batzelis(g, t, sheet); 11 digits"]
        + [f"sheet {k}: {sheet}" for k, sheet in SHEETS.items()],
        columns, {name: "%.11g" for name in columns if "_" in name})


def fits(rng):
    """De Soto's modules of the sheets above and of random ones, a third of them thin film."""
    def short(values, digits=4):
        return np.array([float(f"%.{digits}g" % x) for x in values])

    thin = rng.random(N) < 1 / 3
    v_oc = short(np.where(thin, rng.uniform(40, 250, N), rng.integers(36, 145, N) * rng.uniform(0.6, 0.72, N)))
    i_sc = short(np.where(thin, rng.uniform(0.8, 4, N), rng.uniform(3, 18, N)))
    fill = np.where(thin, rng.uniform(0.60, 0.76, N), rng.uniform(0.70, 0.82, N))
    current = rng.uniform(fill / 0.88, np.minimum(fill / 0.75, 0.97))
    sheets = {"v_mp": short(v_oc * fill / current), "i_mp": short(i_sc * current), "v_oc": v_oc, "i_sc": i_sc,
              "alpha_sc": short(i_sc * rng.uniform(-0.0002, 0.0009, N)),
              "beta_voc": short(-v_oc * rng.uniform(0.002, 0.0042, N))}
    for k, sheet in SHEETS.items():
        for name, value in sheet.items():
            sheets[name][k] = value
    fitted = fit_desoto_batzelis(**sheets)
    out = {name.lower(): fitted[name] for name in ["a_ref", "I_L_ref", "I_o_ref", "R_sh_ref", "R_s"]}
    write("batzelis_fits.csv", SCRIPT, [
        f"seed {SEED + 2}; ivtools.sdm.fit_desoto_batzelis of random datasheets; 12 digits",
        "the first three are those of batzelis.csv"],
        sheets | out, {name: "%.12g" for name in out})


def explicit():
    """singlediode.batzelis at the parameters of max_power.csv."""
    import pandas as pd
    from common import REFERENCE
    f = pd.read_csv(REFERENCE / "max_power.csv", comment="#")
    out = singlediode.batzelis(f.il.values, f.i0.values, f.rs.values, f.rsh.values, f.a.values)
    names = ["p_mp", "i_mp", "v_mp", "i_sc", "v_oc"]
    write("batzelis_points.csv", SCRIPT, [
        "singlediode.batzelis(il, i0, rs, rsh, a) of the rows of max_power.csv; 11 digits",
        "a photocurrent that is NaN gives NaN, where pvlib gives 0"],
          {name: np.where(np.isnan(f.il), np.nan, out[name]) for name in names}, {name: "%.11g" for name in names})


def main():
    published(Path(sys.argv[1]))
    bishop88(np.random.default_rng(SEED))
    batzelis(np.random.default_rng(SEED + 1))
    fits(np.random.default_rng(SEED + 2))
    explicit()


if __name__ == "__main__":
    main()
