"""cec_fits.csv, cec_fits_exact.csv, cec_fits_other.csv: the CEC's module of random datasheets, by SAM's solver.

Run from the project root: python tests/reference/make/cec_fits.py (three minutes)
"""

from importlib.metadata import version

import mpmath
import numpy as np
from mpmath import mpf
from pvlib.ivtools.sdm import fit_cec_sam
from scipy.optimize import brentq

from common import write

SCRIPT = "cec_fits.py"
SEED = 20270301
N, OTHERS, THIN = 2000, 250, 250
NAMES = ["a", "il", "io", "rs", "rsh", "adjust"]
SHEET = ["v_mp", "i_mp", "v_oc", "i_sc", "alpha_sc", "beta_voc", "gamma"]
mpmath.mp.dps = 30
T_REF = mpf("298.15")
GAP, SLOPE, PER_EV = mpf("1.121"), mpf("-0.0002677"), 11600


def short(value, digits):
    return float(f"{value:.{digits}g}")


def crystalline(rng):
    """A datasheet's seven figures and its cells: points of the curve, A/K, V/K, %/K."""
    cells = int(rng.choice([36, 48, 54, 60, 66, 72, 78, 96, 104, 108, 120, 128, 132, 144]))
    v_oc, i_sc = short(cells * rng.uniform(0.6, 0.72), 4), short(rng.uniform(3, 18), 4)
    fill = rng.uniform(0.70, 0.82)
    current = rng.uniform(max(fill / 0.87, 0.89), min(fill / 0.75, 0.97))
    alpha, beta, gamma = rng.uniform(0.02, 0.07), -rng.uniform(0.25, 0.36), -rng.uniform(0.29, 0.50)
    return sheet(v_oc, i_sc, fill, current, alpha, beta, gamma), cells


def thin(rng):
    cells = int(rng.integers(60, 280))
    v_oc, i_sc = short(cells * rng.uniform(0.55, 0.9), 4), short(rng.uniform(0.8, 4), 4)
    fill = rng.uniform(0.60, 0.76)
    current = rng.uniform(max(fill / 0.84, 0.80), min(fill / 0.70, 0.95))
    alpha, beta, gamma = rng.uniform(0, 0.09), -rng.uniform(0.20, 0.40), -rng.uniform(0.20, 0.45)
    return sheet(v_oc, i_sc, fill, current, alpha, beta, gamma), cells


def sheet(v_oc, i_sc, fill, current, alpha, beta, gamma):
    return (short(v_oc * fill / current, 4), short(i_sc * current, 4), v_oc, i_sc,
            short(i_sc * alpha / 100, 4), short(v_oc * beta / 100, 4), round(gamma, 3))


def heated(x, alpha_sc, kelvin):
    """a, I_L, I_o at a temperature, as SAM's fit has them."""
    a, il, io, _, _, adjust = x
    gap = GAP * (1 + SLOPE * (kelvin - T_REF))
    return (a * kelvin / T_REF, il + alpha_sc * (1 - adjust / 100) * (kelvin - T_REF),
            io * (kelvin / T_REF) ** 3 * mpmath.exp(PER_EV * (GAP / T_REF - gap / kelvin)))


def power(a, il, io, rs, rsh):
    def slope(v):
        # With the diode's voltage as variable P = I (v - I R_s), g = -dI/dv.
        through = io * mpmath.exp(v / a)
        current, g = il - (through - io) - v / rsh, through / a + 1 / rsh
        second = (2 * current * rs - v) * through / a ** 2 - 2 * g * (1 + g * rs)
        return current * (1 + 2 * g * rs) - g * v, second, current

    v = mpf(brentq(lambda v: float(slope(v)[0]), 0, float(a * mpmath.log1p(il / io))))
    # Each step doubles the digits.
    for _ in range(2):
        first, second, _ = slope(v)
        v -= first / second
    current = slope(v)[2]
    return current * (v - current * rs)


def missed(x, figures):
    """SAM's six equations: A, but for the last, which is %/K."""
    a, il, io, rs, rsh, _ = x
    v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc, gamma = figures
    diode = lambda v, a=a, il=il, io=io: il - io * mpmath.expm1(v / a) - v / rsh
    over = v_mp + i_mp * rs
    g = io / a * mpmath.exp(over / a) + 1 / rsh
    open_voltage = v_oc + 5 * beta_voc * (1 + x[5] / 100)
    cold, hot = (power(*heated(x, alpha_sc, T_REF + c - 25), rs, rsh) for c in (-10, 50))
    return mpmath.matrix([
        diode(i_sc * rs) - i_sc,
        diode(v_oc),
        diode(over) - i_mp,
        i_mp - v_mp * g / (1 + g * rs),
        diode(open_voltage, *heated(x, alpha_sc, T_REF + 5)),
        100 * (hot - cold) / (60 * v_mp * i_mp) - gamma])


def solved(fit, figures):
    """Newton's steps from SAM's parameters to where its equations hold to 20 digits."""
    x, figures = mpmath.matrix(fit), [mpf(value) for value in figures]
    off = missed(x, figures)
    slopes = mpmath.matrix(6, 6)
    for k in range(6):
        moved, step = x.copy(), abs(x[k]) * mpf("1e-12") + mpf("1e-20")
        moved[k] += step
        slopes[:, k] = (missed(moved, figures) - off) / step
    for _ in range(8):
        if mpmath.norm(off, mpmath.inf) < mpf("1e-20"):
            return [float(value) for value in x]
        x -= mpmath.lu_solve(slopes, off)
        off = missed(x, figures)
    raise AssertionError(f"Newton's steps do not end: {figures}")


def fitted(kind, figures, cells):
    """SAM's parameters, and after how many steps to a larger short circuit it found them (-1: not at all)."""
    try:
        il, io, rs, rsh, a, adjust = fit_cec_sam(kind, *figures, cells)
    except RuntimeError:
        return [float("nan")] * 6, -1
    fit, i_sc = (a, il, io, rs, rsh, adjust), figures[3]
    for steps in range(6):
        off = missed([mpf(value) for value in fit], (*figures[:3], i_sc, *figures[4:]))
        # Where SAM's search ends.
        if mpmath.norm(off, mpmath.inf) < 1e-7:
            return fit, steps
        i_sc *= 1.01
    raise AssertionError(f"no short circuit that SAM may have taken: {figures}")


def columns(rows, names):
    return dict(zip(names, zip(*rows, strict=True), strict=True))


def main():
    rng = np.random.default_rng(SEED)
    given, exact, others = [], [], []
    while len(given) < N or len(others) < OTHERS:
        figures, cells = crystalline(rng)
        fit, steps = fitted(["monoSi", "multiSi"][len(given) % 2], figures, cells)
        if steps == 0 and len(given) < N:
            given.append(figures + tuple(fit))
            exact.append(solved(fit, figures))
        elif steps != 0 and len(others) < OTHERS:
            others.append(figures + (steps, *fit))
    for k in range(THIN):
        figures, cells = thin(rng)
        fit, steps = fitted(["cdte", "cigs", "cis", "amorphous"][k % 4], figures, cells)
        others.append(figures + (steps, *fit))
    formats = {name: "%.10g" for name in NAMES}
    sam = f"seed {SEED}; ivtools.sdm.fit_cec_sam, by NREL-PySAM {version('NREL-PySAM')}; gamma, adjust: %; 10 digits"
    write("cec_fits.csv", SCRIPT, [
        sam, "crystalline modules whose datasheet SAM fits as it is, within 1e-7 A, 1e-7 %/K of its equations"],
        columns(given, SHEET + NAMES), formats)
    write("cec_fits_exact.csv", SCRIPT, [
        f"the rows of cec_fits.csv: SAM's equations, solved on from its parameters by mpmath {mpmath.__version__};",
        "12 digits"],
        columns(exact, NAMES), {name: "%.12g" for name in NAMES})
    write("cec_fits_other.csv", SCRIPT, [
        sam, f"{OTHERS} crystalline modules that SAM fits after so many steps to an i_sc 1 % larger (-1: not at all),",
        f"{THIN} of CdTe, CIGS, CIS and amorphous silicon"],
        columns(others, SHEET + ["steps"] + NAMES), formats)


if __name__ == "__main__":
    main()
