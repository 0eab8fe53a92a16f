"""single_diode.csv: parameters of De Soto, CEC and PVsyst at operating conditions, and the points of maximum power.

Run from the project root: python tests/reference/make/single_diode.py
"""

import numpy as np
from pvlib import pvsystem

from common import write

SCRIPT = "single_diode.py"
SEED = 20261124
N = 2000
NAN = float("nan")
# Canadian Solar CS1H-320MS in SAM's CEC library; a 72-cell module of 330 W in PVsyst's terms.
CEC = {"alpha_sc": 0.004755, "a_ref": 1.65916, "I_L_ref": 9.51393, "I_o_ref": 4.37813e-11, "R_sh_ref": 654.059,
       "R_s": 0.269953, "Adjust": 5.79586}
PVSYST = {"alpha_sc": 0.0046, "gamma_ref": 0.92, "mu_gamma": -0.0003, "I_L_ref": 9.28, "I_o_ref": 1e-11, "R_sh_ref": 550.0,
          "R_sh_0": 2000.0, "R_s": 0.382, "cells_in_series": 72, "R_sh_exp": 5.5}


def column(rng, low, high, edges):
    edges = np.array(edges, dtype=float)
    return np.concatenate([edges, rng.uniform(low, high, N - len(edges)).round(4)])


def main():
    rng = np.random.default_rng(SEED)
    g = column(rng, 0.01, 1400, [1000, 800, 1, 0.1, 200, NAN, 1000, 1400])
    t = column(rng, -40, 95, [25, 45, 25, 25, -40, 25, NAN, 95])
    columns = {"g": g, "t": t}
    desoto = {name: value for name, value in CEC.items() if name != "Adjust"}
    for name, (il, i0, rs, rsh, a) in {
            "desoto": pvsystem.calcparams_desoto(g, t, **desoto), "cec": pvsystem.calcparams_cec(g, t, **CEC),
            "pvsyst": pvsystem.calcparams_pvsyst(g, t, **PVSYST)}.items():
        columns |= {f"{name}_il": il}
        # The CEC's other parameters are De Soto's.
        if name != "cec":
            columns |= {f"{name}_i0": i0, f"{name}_rsh": rsh, f"{name}_a": a}
    formats = {name: "%.11g" for name in columns if "_" in name}
    write("single_diode.csv", SCRIPT, [
        f"seed {SEED}; calcparams_* at g W/m2 and t degC; desoto, cec: {CEC}", f"pvsyst: {PVSYST}; 11 digits"], columns, formats)

    # Any module and any light: from a single cell to a thin-film module, poor shunts, large series resistances.
    il = column(rng, 0, 1, [0, 9.5, 1e-3, NAN, 9.5, 9.5, 9.5, 9.5])
    il[8:] = 10.0 ** (il[8:] * 4.2 - 3)
    i0 = 10.0 ** column(rng, -14, -5, [-10, -10, -10, -10, NAN, -10, -10, -10])
    rs = 10.0 ** column(rng, -4, 0.7, [-0.5, -9, -0.5, -0.5, -0.5, NAN, -0.5, -0.5])
    rsh = 10.0 ** column(rng, 0.5, 5, [3, 9, 3, 3, 3, 3, NAN, 3])
    a = column(rng, 0.02, 9, [1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, NAN])
    rows = []
    for values in zip(il, i0, rs, rsh, a):
        if any(np.isnan(values)):
            rows.append((NAN, NAN, NAN))
            continue
        if values[0] == 0:
            rows.append((0.0, 0.0, 0.0))
            continue
        point = pvsystem.max_power_point(*values, method="brentq")
        rows.append((point["i_mp"], point["v_mp"], point["p_mp"]))
    i_mp, v_mp, p_mp = (np.array(x) for x in zip(*rows))
    columns = {"il": il, "i0": i0, "rs": rs, "rsh": rsh, "a": a, "i_mp": i_mp, "v_mp": v_mp, "p_mp": p_mp}
    write("max_power.csv", SCRIPT, [
        f"seed {SEED}; max_power_point(il, i0, rs, rsh, a, method='brentq'); 11 digits; without light pvlib has no point: 0"],
        columns, {name: "%.11g" for name in ["i_mp", "v_mp", "p_mp"]} | {name: "%.15g" for name in ["il", "i0", "rs", "rsh"]})


if __name__ == "__main__":
    main()
