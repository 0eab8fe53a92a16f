"""GHI taken apart over time: DIRINT, with its table of coefficients, and DIRINDEX and GTI-DIRINT; completion of a third component.

Run from the project root: python tests/reference/make/decomposition.py
"""

import contextlib
import warnings

import numpy as np
import pandas as pd
import pvanalytics
from pvanalytics.quality import irradiance as quality
from pvlib import irradiance, solarposition

from common import REFERENCE, write

SCRIPT = "decomposition.py"
SEED = 20261124
N = 2000
NAN = float("nan")
assert pvanalytics.__version__ == "0.2.2", "the limits are pinned to pvanalytics 0.2.2"
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


@contextlib.contextmanager
def by_half_day():
    """Has pvlib take DIRINT's coefficient behind the plane from the clearness of the half day, as it takes the beam.

    pvlib takes it from what the search in front of the plane left of that record: GTI over the least cosine of incidence, beyond any
    bin as a rule, so that most records behind the plane have no answer (PVLIB 0.16.1, _gti_dirint_gte_90).
    """
    clearness, coefficient = irradiance._gti_dirint_gte_90_kt_prime, irradiance._dirint_from_dni_ktprime
    half_day = []

    def keep(*arguments):
        half_day.append(clearness(*arguments))
        return half_day[-1]

    def use(dni, kt_prime, *rest):
        return coefficient(dni, half_day.pop() if half_day else kt_prime, *rest)

    irradiance._gti_dirint_gte_90_kt_prime, irradiance._dirint_from_dni_ktprime = keep, use
    try:
        yield
    finally:
        irradiance._gti_dirint_gte_90_kt_prime, irradiance._dirint_from_dni_ktprime = clearness, coefficient


def gti():
    """A sensor on a steep plane, so that mornings and evenings lie behind it."""
    rng = np.random.default_rng(SEED + 1)
    tilt, azimuth = 60.0, 150.0
    all_times = pd.date_range("2023-02-20", periods=20000, freq="15min", tz="UTC")
    sun = solarposition.get_solarposition(all_times, 40.0, 5.0)[["zenith", "azimuth"]].round(3)
    sun = sun[sun["zenith"] < 93][::2][:N]
    times, zenith, sun_azimuth = sun.index, sun["zenith"], sun["azimuth"]
    kt = np.clip(0.55 + 0.25 * np.sin(np.arange(N) / 40) + rng.choice([0.01, 0.1], N) * rng.normal(size=N), 0.03, 0.78)
    ghi = pd.Series(kt * 1366 * np.maximum(np.cos(np.radians(zenith.to_numpy())), 0.01), index=times)
    parts = irradiance.erbs(ghi, zenith, times)
    pressure = pd.Series(rng.uniform(9e4, 1.03e5, N).round(0), index=times)
    dew = pd.Series(rng.uniform(-20, 22, N).round(2), index=times)
    extra = irradiance.get_extra_radiation(times)
    poa = irradiance.get_total_irradiance(tilt, azimuth, zenith, sun_azimuth, parts["dni"], ghi, parts["dhi"], dni_extra=extra,
                                          albedo=0.2, model="perez")["poa_global"].fillna(0).round(2)
    # Without light pvlib has 0/0 on the plane and forgets the record in the next round: its neighbours do not know it here.
    poa.iloc[[30, 31, 32]] = [NAN, 0.0, NAN]
    pressure.iloc[60] = dew.iloc[90] = zenith.iloc[120] = NAN
    aoi = irradiance.aoi(tilt, azimuth, zenith, sun_azimuth)
    columns = {"zenith": zenith.to_numpy(), "azimuth": sun_azimuth.to_numpy(), "doy": times.day_of_year.to_numpy(), "poa": poa.to_numpy(),
               "pressure": pressure.to_numpy(), "dew": dew.to_numpy()}
    for name, delta, water in [("plain", False, None), ("both", True, dew)]:
        with warnings.catch_warnings(), by_half_day():
            warnings.simplefilter("ignore")
            out = irradiance.gti_dirint(poa, aoi, zenith, sun_azimuth, times, tilt, azimuth, pressure, use_delta_kt_prime=delta,
                                        temp_dew=water, albedo=0.2)
        for part in ["ghi", "dni", "dhi"]:
            columns[f"{name}_{part}"] = out[part].to_numpy()
    write("gti_dirint.csv", SCRIPT, [
        f"seed {SEED + 1}; gti_dirint(poa, aoi, zenith, azimuth, times of doy, {tilt}, {azimuth}, pressure, albedo=0.2): plain without and both",
        "with the change of kt' and the dew point; behind the plane with DIRINT's coefficient by the half day's clearness, as in the script;",
        "degrees, Pa, deg C; 11 digits",
    ], columns, {n: "%.11g" for n in columns if "_" in n})


def completed():
    rng = np.random.default_rng(SEED + 2)
    zenith = rng.uniform(0, 95, N).round(3)
    zenith[:12] = [0, 60, 79.999, 80, 87.999, 88, 90, 91, NAN, 50, 50, 85]
    zenith[100:400] = rng.uniform(78, 89, 300).round(3)
    dhi = rng.uniform(0, 400, N).round(2)
    dni = rng.uniform(0, 1000, N).round(2)
    ghi = (dhi + rng.uniform(-0.05, 1.0, N) * 1000 * np.maximum(np.cos(np.radians(zenith)), 0)).round(2)
    ghi[6], ghi[7], ghi[5] = dhi[6], dhi[7], dhi[5]
    ghi[9], dhi[10], dni[12] = NAN, NAN, NAN
    clear = rng.uniform(100, 900, N).round(2)
    clear[20] = NAN
    s = lambda v: pd.Series(v)
    complete = lambda **given: irradiance.complete_irradiance(s(zenith), **{k: s(v) for k, v in given.items()})
    write("completed.csv", SCRIPT, [f"seed {SEED + 2}; complete_irradiance of two, once with dni_clear=clear; 11 digits"], {
        "zenith": zenith, "ghi": ghi, "dni": dni, "dhi": dhi, "clear": clear,
        "ghi_of": complete(dni=dni, dhi=dhi)["ghi"], "dhi_of": complete(ghi=ghi, dni=dni)["dhi"],
        "dni_of": complete(ghi=ghi, dhi=dhi)["dni"], "dni_of_clear": complete(ghi=ghi, dhi=dhi, dni_clear=clear)["dni"],
    }, {n: "%.11g" for n in ["ghi_of", "dhi_of", "dni_of", "dni_of_clear"]})


def limits():
    """BSRN's limits by pvanalytics; daily and monthly fractions by their formulas."""
    rng = np.random.default_rng(SEED + 3)
    zenith = rng.uniform(0, 100, N).round(3)
    zenith[:5] = [0, 60, 89.999, 90.001, NAN]
    extra = rng.uniform(1320, 1415, N).round(2)
    extra[5] = NAN
    most = lambda part: quality._qcrad_ub(pd.Series(extra), pd.Series(zenith), quality.QCRAD_LIMITS_PHYSICAL[f"{part}_ub"]).to_numpy()
    # Nothing comes straight from a sun below the horizon; there pvanalytics leaves the limit as it is.
    up = np.where(np.isnan(zenith), NAN, zenith < 90)
    kt, sunset = rng.uniform(0, 1, N).round(4), rng.uniform(40, 140, N).round(2)
    kt[:6] = [0.17, 0.75, 0.8, NAN, 0.3, 0.5]
    sunset[4:6] = [81.4, NAN]
    quartic = np.polyval([14.648, -21.865, 9.473, -2.272, 1.188], kt)
    daily = np.select([np.isnan(kt), kt <= 0.17, kt < 0.75, kt < 0.8], [NAN, 0.99, quartic, -0.54 * kt + 0.632], 0.2)
    erbs = np.where(sunset <= 81.4, np.polyval([-2.137, 4.189, -3.560, 1.391], kt), np.polyval([-1.821, 3.427, -3.022, 1.311], kt))
    write("limits.csv", SCRIPT, [f"seed {SEED + 3}; the most by pvanalytics {pvanalytics.__version__}, _qcrad_ub with QCRAD_LIMITS_PHYSICAL; the rest in numpy:",
                                 "formulas of Klein 1977, Page 1961, Collares-Pereira & Rabl 1979, Erbs et al. 1982; degrees; 11 digits"], {
        "zenith": zenith, "extra": extra, "kt": kt, "sunset": sunset,
        "ghi_most": most("ghi"), "dni_most": most("dni") * up, "dhi_most": most("dhi"),
        "klein": np.polyval([-3.108, 5.531, -4.027, 1.390], kt), "page": np.maximum(1 - 1.13 * kt, 0), "cpr_daily": daily,
        "erbs": np.where(np.isnan(sunset), NAN, erbs),
    }, {n: "%.11g" for n in ["ghi_most", "dni_most", "dhi_most", "klein", "page", "cpr_daily", "erbs"]})


table()
dirint()
gti()
completed()
limits()
