"""GHI taken apart over time: DIRINT, with its table of coefficients, and DIRINDEX; completion of a third component.

Run from the project root: python tests/reference/make/decomposition.py
"""

import numpy as np
import pandas as pd
from pvlib import irradiance

from common import REFERENCE, write

SCRIPT = "decomposition.py"
SEED = 20261124
N = 2000
NAN = float("nan")
TABLE = REFERENCE.parents[1] / "src/sky/dirint_table.rs"


def table():
    rows = irradiance._get_dirint_coeffs().reshape(-1, 5)
    head = [
        "//! Coefficients of DIRINT: Perez, Ineichen, Maxwell, Seals & Zelenka, ASHRAE Transactions 98 (1992), 354, table 1, as pvlib",
        "//! 0.16.1 holds them (tests/reference/make/decomposition.py writes this file).",
        "",
        "/// Rows by bin of kt', of zenith and of the change of kt', slowest first, 6 x 6 x 7; columns by bin of water, the last of each",
        "/// where it is not known.",
        "pub(super) const COEFFICIENTS: [[f64; 5]; 252] = [",
    ]
    body = ["    [" + ", ".join(repr(float(v)) for v in row) + "]," for row in rows]
    TABLE.write_text("\n".join([*head, *body, "];"]) + "\n", newline="\n")


def inputs(rng):
    zenith = rng.uniform(0, 92, N).round(3)
    zenith[:10] = [0, 25, 40, 55, 70, 80, 86.999, 87, 90, 95]
    # Calm and restless stretches, so that each bin of change is met.
    kt = np.repeat(rng.uniform(0, 1.05, N // 5), 5) + np.repeat(rng.choice([0.003, 0.02, 0.1, 0.3], N // 5), 5) * rng.normal(size=N)
    ghi = (np.clip(kt, 0, 1.1) * 1366 * np.maximum(np.cos(np.radians(zenith)), 0.03)).round(2)
    pressure = rng.uniform(6e4, 1.05e5, N).round(0)
    dew = rng.uniform(-30, 28, N).round(2)
    ghi[20], ghi[21], zenith[30], pressure[40], dew[50], ghi[60], ghi[62] = 0, -5, NAN, NAN, NAN, NAN, NAN
    return ghi, zenith, pressure, dew


def dirint():
    rng = np.random.default_rng(SEED)
    ghi, zenith, pressure, dew = inputs(rng)
    clear = (rng.uniform(0.6, 0.8, N) * 1366 * np.maximum(np.cos(np.radians(zenith)), 0.03)).round(2)
    dni_clear = rng.uniform(0, 1000, N).round(2)
    times = pd.date_range("2023-01-01", periods=N, freq="4h", tz="UTC")
    s = lambda v: pd.Series(v, index=times)
    columns = {"ghi": ghi, "zenith": zenith, "pressure": pressure, "dew": dew, "doy": times.day_of_year.to_numpy(), "ghi_clear": clear,
               "dni_clear": dni_clear}
    for name, delta, water in [("plain", False, None), ("delta", True, None), ("water", False, s(dew)), ("both", True, s(dew))]:
        out = irradiance.dirint(s(ghi), s(zenith), times, s(pressure), use_delta_kt_prime=delta, temp_dew=water)
        columns[name] = out.to_numpy()
    columns["dirindex"] = irradiance.dirindex(s(ghi), s(clear), s(dni_clear), s(zenith), times, s(pressure), temp_dew=s(dew)).to_numpy()
    write("dirint.csv", SCRIPT, [
        f"seed {SEED}; dirint(ghi, zenith, times of doy, pressure): plain and water without, delta and both with the change of kt';",
        "water and both with the dew point; dirindex with both; degrees, Pa, deg C; 11 digits",
    ], columns, {n: "%.11g" for n in ["plain", "delta", "water", "both", "dirindex"]})


table()
dirint()
