"""pvwatts_v8.csv and pvwatts_v8_hours.csv: what PySAM's PVWatts version 8 makes of two weather years.

Run from the project root: python tests/reference/make/pvwatts_v8.py
"""

import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import PySAM.Pvwattsv8 as pvwatts

from common import REFERENCE, text

SCRIPT = "pvwatts_v8.py"
TYPES = ["standard", "premium", "thin_film"]
MOUNTS = ["rack", "roof"]
CAPACITY_KW = {"723170": 1000.0, "south": 40.0}
COMMON = {"dc_ac_ratio": 1.15, "inv_eff": 96.0, "losses": 14.0757, "gcr": 0.3}


def south():
    """weather_south.csv as a SAM csv without minutes, so that SAM takes its hours for means."""
    lines = (REFERENCE / "weather_south.csv").read_text().splitlines()
    rows = [line.split(",") for line in lines if line and not line.startswith(("#", "time"))]
    out = ["Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation",
           "made,0,none,none,none,-33.9,18.4,2,50", "Year,Month,Day,Hour,GHI,DNI,DHI,Tdry,Wspd"]
    for when, *values in rows:
        out.append(",".join([when[:4], str(int(when[5:7])), str(int(when[8:10])), str(int(when[11:13]))] + values))
    file = Path(tempfile.mkdtemp()) / "south.csv"
    file.write_text("\n".join(out) + "\n")
    return file


def run(file, capacity_kw, tilt, azimuth, mount, kind):
    model = pvwatts.default("PVWattsNone")
    model.SolarResource.solar_resource_file = str(file)
    model.SolarResource.use_wf_albedo = 0
    model.SolarResource.albedo = (0.2,) * 12
    for name, value in COMMON.items():
        setattr(model.SystemDesign, name, value)
    model.SystemDesign.system_capacity = capacity_kw
    model.SystemDesign.tilt, model.SystemDesign.azimuth = tilt, azimuth
    model.SystemDesign.array_type = MOUNTS.index(mount)
    model.SystemDesign.module_type = TYPES.index(kind)
    model.execute(0)
    return model


def write(name, notes, columns):
    head = [f"# NREL-PySAM {version('NREL-PySAM')}, Pvwattsv8", f"# script: tests/reference/make/{SCRIPT}"]
    head += [f"# {note}" for note in notes]
    rows = [",".join(text(value) for value in row) for row in zip(*columns.values(), strict=True)]
    path = REFERENCE / name
    path.write_text("\n".join(head + [",".join(columns)] + rows) + "\n", newline="\n")
    print(f"{name}: {len(rows)} rows, {path.stat().st_size / 1000:.0f} kB")


def main():
    files = {"723170": REFERENCE / "723170TYA.CSV", "south": south()}
    names = ["weather", "tilt", "azimuth", "mount", "module", "poa", "annual"] + [f"month{m:02d}" for m in range(1, 13)]
    columns = {name: [] for name in names}
    hours = {"index": list(range(8760))}
    for key, file in files.items():
        for tilt in [0, 10, 20, 35]:
            for azimuth in [90, 180, 270]:
                for mount in MOUNTS:
                    for kind in TYPES:
                        model = run(file, CAPACITY_KW[key], tilt, azimuth, mount, kind)
                        out = model.Outputs
                        row = [key, tilt, azimuth, mount, kind, round(sum(out.poa_monthly), 5), round(out.annual_energy, 3)]
                        row += [round(month, 3) for month in out.monthly_energy]
                        for name, value in zip(names, row):
                            columns[name].append(value)
                        if (tilt, azimuth) == (20, 180) and kind == "standard":
                            hours[f"{key}_{mount}"] = [round(w / CAPACITY_KW[key], 2) for w in out.ac]
    write("pvwatts_v8.csv", [
        "723170: 723170TYA.CSV, 1000 kW; south: weather_south.csv at 33.9 S, 18.4 E, 50 m, 40 kW; both as means of the hour",
        "DC/AC 1.15, inverter 96 %, losses 14.0757 %, ground coverage 0.3 (which counts on a rack), albedo 0.2",
        "poa in kWh/m2, annual and month in kWh AC"], columns)
    lit = np.any([np.array(values) > 0 for name, values in hours.items() if name != "index"], axis=0)
    write("pvwatts_v8_hours.csv", [
        "the same at tilt 20, azimuth 180, standard modules: AC of each hour in W per kW; dark hours left out"],
        {name: list(np.array(values)[lit]) for name, values in hours.items()})


if __name__ == "__main__":
    main()
