#!/usr/bin/env python3
"""Times rooftop-pv, pvlib, PySAM and pvlib-rust in turn on the same site-years; started by run.sh.

usage: compare.py [--rounds N] [--cpu N] [--numba] RUST_PROGRAM
"""

import os

for variable in ("OMP", "OPENBLAS", "MKL", "NUMBA", "RAYON"):
    os.environ[variable + "_NUM_THREADS"] = "1"
os.environ["PVLIB_USE_NUMBA"] = "0"

import argparse
import platform
import statistics
import subprocess
import time
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
import PySAM.Pvwattsv8 as pvwattsv8
import pvlib
from pvlib import atmosphere, iam, inverter, irradiance, modelchain, pvsystem, temperature

warnings.filterwarnings("ignore")

YEAR, ZONE, SITES = 2023, "Etc/GMT-8", 16
TILT, AZIMUTH, ALBEDO = 30.0, 180.0, 0.25
DC_W, INVERTER_DC_W, EFFICIENCY, GAMMA = 10000.0, 9000.0, 0.96, -0.0035
COLUMNS = ["ghi", "dni", "dhi", "temp_air", "wind_speed"]
CASES = ["cold", "batch", "planes", "monte_carlo"]

WHAT = """\
one site-year is 8760 h of ghi, dni, dhi, air temperature and wind in memory; its result twelve monthly AC sums
cold: from plain arrays: new time axis, new site, new plane
batch: the next of 16 sites, each with weather of its own, all on one time axis, in the form the tool wants it
planes: the next of 91 tilts under one weather
monte_carlo: the next of 100 losses and capacities on one plane
ours: Perez, Fresnel glass before the beam, Faiman, PVWatts, month sums; kept is nothing in cold (its arrays are moved \
in, not copied), the sun table in batch, Daylight in planes (with loss ledger, as in cold and batch), Sweep in monte_carlo
pvlib: ModelChain in every case (SPA {method}, Perez, physical, Faiman, PVWatts); it can keep nothing
PySAM: Pvwattsv8, which is not the same model (single diode, own sun); cold a new module with new data, batch new data, \
planes and monte_carlo new tilt, losses or capacity; it can keep nothing, so every run is a whole one
pvlib-rust: cold and batch its BatchModelChain (simpler sun without SPA, Perez, physical, NOCT temperature, PVWatts); planes \
and monte_carlo its batch functions with the same kept as by ours (Faiman there)"""


def middles():
    return pd.date_range(f"{YEAR}-01-01 00:30", periods=8760, freq="h", tz=ZONE)


def month_starts(times):
    return np.flatnonzero(np.diff(times.month, prepend=0))


class Rust:
    """The long-running Rust program, a request and its answer a line."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the Rust program has ended")
        return [float(word) for word in line.split()]

    def weather(self, index):
        site = self.ask(f"weather {index}")
        return site, {name: np.array(self.answer()) for name in COLUMNS}

    def time(self, tool, case):
        return self.ask(f"{tool} {case}")


class Pvlib:
    def __init__(self, sites, method):
        self.sites, self.method = sites, method
        self.times = middles()
        self.starts = month_starts(self.times)
        self.frames = [pd.DataFrame(columns, index=self.times) for _, columns in sites]
        self.loss = 1.0 - pvsystem.pvwatts_losses() / 100.0
        _, columns = sites[0]
        position = self.location(0).get_solarposition(
            self.times, method=method, temperature=columns["temp_air"].mean(), **self.threads())
        self.zenith, self.azimuth = position.apparent_zenith.to_numpy(), position.azimuth.to_numpy()
        self.extra = irradiance.get_extra_radiation(self.times).to_numpy()
        self.airmass = atmosphere.get_relative_airmass(self.zenith)
        self.effective, self.cell = self.light(TILT)

    def threads(self):
        return {"numthreads": 1} if self.method == "nrel_numba" else {}

    def location(self, index):
        latitude, longitude, elevation, _ = self.sites[index][0]
        return pvlib.location.Location(latitude, longitude, tz=ZONE, altitude=elevation)

    def chain(self, index, frame, starts, tilt=TILT, dc_w=DC_W, losses=None):
        system = pvsystem.PVSystem(
            surface_tilt=tilt, surface_azimuth=AZIMUTH, albedo=ALBEDO, losses_parameters=losses,
            module_parameters={"pdc0": dc_w, "gamma_pdc": GAMMA},
            inverter_parameters={"pdc0": INVERTER_DC_W, "eta_inv_nom": EFFICIENCY},
            temperature_model_parameters={"u0": 25.0, "u1": 6.84}, racking_model="open_rack", module_type="glass_polymer")
        chain = modelchain.ModelChain(
            system, self.location(index), dc_model="pvwatts", ac_model="pvwatts", aoi_model="physical",
            spectral_model="no_loss", temperature_model="faiman", losses_model="pvwatts",
            solar_position_method=self.method, transposition_model="perez")
        if self.method == "nrel_numba":
            # ModelChain hands a series of temperatures to the SPA, which its numba version cannot take.
            def position(_):
                chain.results.solar_position = chain.location.get_solarposition(
                    frame.index, method=self.method, temperature=frame.temp_air.mean(), numthreads=1)
            chain._prep_inputs_solar_pos = position
        chain.run_model(frame)
        return self.sums(chain.results.ac.to_numpy(), starts)

    @staticmethod
    def sums(ac, starts):
        return np.add.reduceat(ac, starts) / 1000.0

    def light(self, tilt):
        _, w = self.sites[0]
        angle = irradiance.aoi(tilt, AZIMUTH, self.zenith, self.azimuth)
        sky = irradiance.perez(tilt, AZIMUTH, w["dhi"], w["dni"], self.extra, self.zenith, self.azimuth, self.airmass)
        diffuse = np.nan_to_num(sky) + irradiance.get_ground_diffuse(tilt, w["ghi"], ALBEDO)
        beam = np.maximum(w["dni"] * np.cos(np.radians(angle)), 0.0)
        cell = temperature.faiman(beam + diffuse, w["temp_air"], w["wind_speed"])
        return beam * iam.physical(angle) + diffuse, cell

    def power(self, effective, cell, dc_w, kept):
        dc = pvsystem.pvwatts_dc(effective, cell, dc_w, GAMMA) * kept
        return self.sums(inverter.pvwatts(dc, INVERTER_DC_W, EFFICIENCY), self.starts)

    def cold(self, _):
        times = middles()
        return self.chain(0, pd.DataFrame(self.sites[0][1], index=times), month_starts(times))

    def batch(self, k):
        index = k % len(self.sites)
        return self.chain(index, self.frames[index], self.starts)

    def planes(self, k):
        return self.chain(0, self.frames[0], self.starts, tilt=float(k % 91))

    def monte_carlo(self, k):
        return self.chain(0, self.frames[0], self.starts, dc_w=9500.0 + 10.0 * (k % 100), losses={"soiling": 0.05 * (k % 100)})

    # The same two by pvlib's functions on numpy arrays, with as much kept as they let one keep: for planes the sun, air
    # mass and extraterrestrial irradiance, for monte_carlo effective irradiance and cell temperature.
    def planes_functions(self, k):
        return self.power(*self.light(float(k % 91)), DC_W, self.loss)

    def monte_carlo_functions(self, k):
        kept = self.loss / 0.98 * (1.0 - 0.0005 * (k % 100))
        return self.power(self.effective, self.cell, 9500.0 + 10.0 * (k % 100), kept)


class Pysam:
    def __init__(self, sites):
        self.sites = sites
        times = middles()
        self.data = [self.resource(index, times) for index in range(len(sites))]
        self.module = self.new_module()
        self.module.SolarResource.solar_resource_data = self.data[0]

    def resource(self, index, times):
        (latitude, longitude, elevation, offset), w = self.sites[index]
        return {
            "lat": latitude, "lon": longitude, "tz": offset, "elev": elevation, "year": times.year.tolist(),
            "month": times.month.tolist(), "day": times.day.tolist(), "hour": times.hour.tolist(), "minute": [30] * 8760,
            "gh": w["ghi"].tolist(), "dn": w["dni"].tolist(), "df": w["dhi"].tolist(), "tdry": w["temp_air"].tolist(),
            "wspd": w["wind_speed"].tolist(), "albedo": [ALBEDO] * 8760}

    @staticmethod
    def new_module():
        module = pvwattsv8.default("PVWattsNone")
        design = module.SystemDesign
        design.system_capacity, design.tilt, design.azimuth, design.array_type = DC_W / 1000.0, TILT, AZIMUTH, 0
        design.dc_ac_ratio, design.inv_eff = DC_W / (INVERTER_DC_W * EFFICIENCY), EFFICIENCY * 100.0
        design.losses = pvsystem.pvwatts_losses()
        return module

    @staticmethod
    def run(module):
        module.execute(0)
        return module.Outputs.ac_monthly

    def cold(self, _):
        module = self.new_module()
        module.SolarResource.solar_resource_data = self.resource(0, middles())
        return self.run(module)

    def batch(self, k):
        self.module.SystemDesign.tilt = TILT
        self.module.SolarResource.solar_resource_data = self.data[k % len(self.data)]
        return self.run(self.module)

    def planes(self, k):
        self.module.SystemDesign.tilt = float(k % 91)
        return self.run(self.module)

    def monte_carlo(self, k):
        self.module.SystemDesign.losses = 12.3 + 0.04 * (k % 100)
        self.module.SystemDesign.system_capacity = 9.5 + 0.01 * (k % 100)
        result = self.run(self.module)
        self.module.SystemDesign.losses = pvsystem.pvwatts_losses()
        self.module.SystemDesign.system_capacity = DC_W / 1000.0
        return result


class Clock:
    """Wall time of a Python run, and the share of it that the run had the processor."""

    def __init__(self):
        self.shares = []

    def time(self, run, k):
        """Microseconds a run over as many runs as last 50 ms."""
        wall, cpu, runs = time.perf_counter(), time.process_time(), 0
        while True:
            run(k + runs)
            runs += 1
            elapsed = time.perf_counter() - wall
            if elapsed >= 0.05:
                self.shares.append((time.process_time() - cpu) / elapsed)
                return elapsed * 1e6 / runs


def idlest_cpu():
    """The allowed processor with the least to do, None where that cannot be known."""
    try:
        def busy():
            with open("/proc/stat") as stat:
                rows = [line.split() for line in stat if line.startswith("cpu") and line[3].isdigit()]
            return {int(row[0][3:]): sum(map(int, row[1:])) - int(row[4]) for row in rows}
        before = busy()
        time.sleep(1.0)
        after = busy()
        return min(os.sched_getaffinity(0), key=lambda cpu: after[cpu] - before[cpu])
    except (OSError, AttributeError, KeyError):
        return None


def processor():
    try:
        with open("/proc/cpuinfo") as info:
            fields = dict(line.split(":", 1) for line in info if ":" in line)
        fields = {key.strip(): value.strip() for key, value in fields.items()}
        flags = fields.get("flags", "").split()
        widest = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "no AVX2"
        return f"{fields.get('model name', platform.processor())} ({widest})"
    except OSError:
        return platform.processor() or platform.machine()


def comment(text):
    print("# " + text, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--cpu", type=int, help="the processor to run on; without it, the idlest")
    parser.add_argument("--numba", action="store_true", help="let pvlib compute the sun by numba")
    options = parser.parse_args()
    cpu = idlest_cpu() if options.cpu is None else options.cpu
    if cpu is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {cpu})
    method = "nrel_numba" if options.numba else "nrel_numpy"

    rust = Rust(options.program)
    sites = [rust.weather(index) for index in range(SITES)]
    pvlib_, pysam = Pvlib(sites, method), Pysam(sites)

    comment("rooftop-pv against pvlib, PySAM and pvlib-rust: one site-year, one thread each, in turn in one run")
    comment(f"machine: {platform.system()} {platform.machine()}, {os.cpu_count()} processors, {processor()}, "
            + ("all on one of them" if cpu is not None else "not pinned"))
    comment("versions: " + ", ".join(
        [f"Python {platform.python_version()}"]
        + [f"{name} {version(name)}" for name in ("pvlib", "numpy", "pandas", "scipy", "numba", "NREL-PySAM")]
        + ["pvlib-rust 0.1.6; Rust built for the plain target, release profile"]))
    for line in WHAT.format(method=method).split("\n"):
        comment(line)

    # Nobody should time nonsense: the same models on the same weather must give the same energy.
    annual = {"ours": rust.time("ours", "cold")[1], "pvlib": sum(pvlib_.cold(0)), "PySAM": sum(pysam.cold(0)),
              "pvlib-rust": rust.time("pvlib_rust", "cold")[1]}
    difference = annual["ours"] / annual["pvlib"] - 1.0
    comment("check: annual kWh " + ", ".join(f"{tool} {kwh:.1f}" for tool, kwh in annual.items())
            + f"; ours over pvlib - 1 = {difference:.1e} (the same models, allowed 1e-3)")
    by_functions = sum(pvlib_.planes_functions(int(TILT))) / annual["pvlib"] - 1.0
    sample = rust.time("ours", "monte_carlo_first")[1] / sum(pvlib_.monte_carlo(0)) - 1.0
    if max(abs(difference), abs(by_functions), abs(sample)) > 1e-3:
        raise SystemExit("the tools disagree; nothing was timed")

    clock = Clock()
    us = {}

    def note(tool, case, value):
        us.setdefault((tool, case), []).append(value)

    for k in range(-1, options.rounds):  # the first round only warms up
        for case in CASES:
            timed = [("ours", rust.time("ours", case)[0]), ("pvlib", clock.time(getattr(pvlib_, case), k + 1)),
                     ("pysam", clock.time(getattr(pysam, case), k + 1)),
                     ("pvlib_rust", rust.time("pvlib_rust", case)[0])]
            for tool, value in timed if k >= 0 else []:
                note(tool, case, value)
        others = [("ours", case, rust.time("ours", case)[0]) for case in ("batch_default", "hourly_default")]
        others += [("pvlib", case, clock.time(getattr(pvlib_, case), k + 1))
                   for case in ("planes_functions", "monte_carlo_functions")]
        for tool, case, value in others if k >= 0 else []:
            note(tool, case, value)

    def ratio(tool, case):
        return statistics.median(t / o for t, o in zip(us[tool, case], us["ours", case]))

    median = {key: statistics.median(values) for key, values in us.items()}
    comment(f"{options.rounds} rounds; a measurement is the mean over at least 50 ms, a time the median of the rounds, a ratio "
            "the median of the rounds' ratios: their time over ours")
    shares = sorted(clock.shares)
    comment(f"the Python runs had the processor {100 * statistics.median(shares):.0f} % of the time in the median, "
            f"{100 * shares[0]:.0f} % at worst (less than 100: others were using it)")
    comment(f"ours, batch with the crate's default models (sun at the sunlit middle, glass before all light): "
            f"{median['ours', 'batch_default']:.1f} us")
    comment(f"ours, Plant::simulate with the default models and hourly columns: {median['ours', 'hourly_default']:.1f} us")
    kept = ((case, median["pvlib", case + "_functions"]) for case in ("planes", "monte_carlo"))
    comment("pvlib by its functions on numpy arrays, with sun, air mass and extraterrestrial irradiance kept, or effective "
            "irradiance and cell temperature: "
            + ", ".join(f"{case} {value:.0f} us, {value / median['ours', case]:.3g} times ours" for case, value in kept))
    for tool in ("pvlib", "pysam", "pvlib_rust"):
        comment(f"{tool}: " + ", ".join(f"{case} {median[tool, case]:.0f} us" for case in CASES))
    print("case,ours_us,pvlib_ratio,pysam_ratio,pvlib_rust_ratio")
    for case in CASES:
        ratios = ",".join(f"{ratio(tool, case):.3g}" for tool in ("pvlib", "pysam", "pvlib_rust"))
        print(f"{case},{median['ours', case]:.1f},{ratios}")


if __name__ == "__main__":
    main()
