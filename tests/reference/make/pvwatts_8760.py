"""pvwatts_8760_rack.csv and pvwatts_8760_roof.csv: daylight records of two PVWatts v5 result files,
and the recipe with which pvlib comes near them.

The files are in pvlib's source distribution (not in the wheel):
    pip download --no-deps --no-binary pvlib pvlib==0.16.1   (then unpack it)
Run from the project root, with the folder tests/data of the unpacked distribution:
    python tests/reference/make/pvwatts_8760.py pvlib-0.16.1/tests/data
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from pvlib import iam, inverter, irradiance, pvsystem
from pvlib.location import Location

from common import write

NAMES = ["month", "day", "hour", "dni", "dhi", "temp_air", "wind_speed", "poa", "tcell", "dc_w", "ac_w"]
YEAR = 1990


def read(path):
    """The 8760 records (the file ends with a line of totals) and the head's site data."""
    head = [line.split(",") for line in path.read_text().splitlines()[:17]]
    site = {row[0].rstrip(":"): row[1].strip(' \t"') for row in head if len(row) > 1}
    data = pd.read_csv(path, skiprows=17, nrows=8760)
    assert len(data.columns) == len(NAMES)
    data.columns = NAMES
    return data.apply(pd.to_numeric), site


def recipe(d, site):
    """Annual POA kWh/m2, DC kWh and AC kWh by pvlib from the file's beam, diffuse and cell temperature."""
    time = pd.to_datetime(pd.DataFrame({"year": YEAR, "month": d.month, "day": d.day, "hour": d.hour}))
    time = pd.DatetimeIndex(time + pd.Timedelta(minutes=30)).tz_localize(-7 * 3600)
    place = Location(float(site["Lat (deg N)"]), -float(site["Long (deg W)"]), -7, float(site["Elev (m)"]))
    sun = place.get_solarposition(time)
    zenith, azimuth = sun["apparent_zenith"], sun["azimuth"]
    dni, dhi = (pd.Series(d[c].to_numpy(float), time) for c in ("dni", "dhi"))
    ghi = dni * np.maximum(np.cos(np.radians(zenith)), 0) + dhi
    poa = irradiance.get_total_irradiance(
        20, 180, zenith, azimuth, dni, ghi, dhi, dni_extra=irradiance.get_extra_radiation(time),
        airmass=place.get_airmass(solar_position=sun)["airmass_relative"], albedo=0.2, model="perez").fillna(0)
    effective = poa["poa_direct"] * iam.physical(irradiance.aoi(20, 180, zenith, azimuth)) + poa["poa_diffuse"]
    dc = pvsystem.pvwatts_dc(effective, d["tcell"].to_numpy(), 4000, -0.0047)
    dc = dc * (1 - pvsystem.pvwatts_losses() / 100)
    ac = inverter.pvwatts(dc, 4000 / 1.2 / 0.96, 0.96)
    return [x.sum() / 1000 for x in (poa["poa_global"], dc, ac)]


def main(folder):
    for name, source in (("rack", "pvwatts_8760_rackmount.csv"), ("roof", "pvwatts_8760_roofmount.csv")):
        d, site = read(folder / source)
        stated = [d[c].sum() / 1000 for c in ("poa", "dc_w", "ac_w")]
        ours = recipe(d, site)
        for what, a, b in zip(("POA kWh/m2", "DC kWh", "AC kWh"), ours, stated):
            print(f"{name} {what}: pvlib {a:.4f}, file {b:.4f}, {100 * (a / b - 1):+.4f} %")
        lit = (d[["dni", "dhi", "poa", "dc_w", "ac_w"]] > 0).any(axis=1)
        keep = np.flatnonzero(lit)
        rows = d[lit]
        write(f"pvwatts_8760_{name}.csv", "pvwatts_8760.py", [
            f"Source: {source} in tests/data of pvlib's source distribution: output of NREL's PVWatts v5 web tool.",
            "Site: 39.73 N, 105.18 W, 1819.599976 m, UTC-7; 4 kW DC, standard module, tilt 20, azimuth 180,",
            f"{site['Array Type']}, losses 14.08 %, inverter 96 %, DC/AC 1.2.",
            "Rows: all records in which dni, dhi, poa, dc_w or ac_w is above 0; the other records' energies are 0.",
            "index: record 0..8759; month, day, hour as in the file: the record covers hour .. hour + 1 local",
            "standard time; dni, dhi: W/m2; temp_air: degC; wind_speed: m/s; poa: W/m2; tcell: degC; dc_w, ac_w: W.",
            f"Annual sums in the file (all 8760 records): poa {stated[0]:.15g} kWh/m2, dc {stated[1]:.15g} kWh,",
            f"ac {stated[2]:.15g} kWh.",
            "pvlib from this file's dni, dhi and tcell: "
            f"poa {ours[0]:.15g} kWh/m2, dc {ours[1]:.15g} kWh,",
            f"ac {ours[2]:.15g} kWh, by this recipe:",
            f"- all records put into the calendar year {YEAR} (the file names no years; another year shifts the sums, by",
            "  3e-5 at most in ten years tried), sun at hour + 30 min, SPA with delta_t 67 s, pressure alt2pres(1819.599976 m),",
            "  refraction temperature fixed at 12 degC (not the file's);",
            "- apparent zenith throughout; GHI, needed for the ground only, = dni * max(cos(apparent zenith), 0) + dhi;",
            "- dni_extra Spencer 1366.1 W/m2 with the UTC day of year; Perez allsitescomposite1990, Kasten-Young;",
            "  albedo 0.2; a record in which Perez gives nan (dni = dhi = 0, sun up) counts as 0;",
            "- physical incidence modifier (n 1.526, K 4, L 0.002) on the beam only; the file's cell temperature;",
            "- dc = effective / 1000 * 4000 W * (1 - 0.0047 (tcell - 25)) * product of PVWatts' default losses",
            "  (14.0757 %, not the rounded 14.08); inverter pdc0 = 4000 / 1.2 / 0.96 W, 0.96, 0.9637.",
        ], {"index": keep} | {n: rows[n].to_numpy() for n in NAMES})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
