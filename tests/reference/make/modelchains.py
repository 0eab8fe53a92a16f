"""modelchains.csv: years of pvlib's ModelChain with the DC models that need a module: CEC, De Soto, PVsyst and SAPM; and a CEC module
under every air mass.

Run from the project root: python tests/reference/make/modelchains.py
"""

import csv
import warnings

import pvlib
from pvlib.modelchain import ModelChain
from pvlib.pvsystem import Array, FixedMount, PVSystem
from pvlib.temperature import TEMPERATURE_MODEL_PARAMETERS

from common import REFERENCE, text
from presets import SAPM, weathers

SCRIPT = "modelchains.py"
CEC, SANDIA = "Jinko Solar Co._ Ltd JKM410M-72HL-V", "Canadian Solar CS5P-220M [ 2009]"
# The crate's names and pvlib's; youngirvine1967 is left out, which falls below zero by a low sun, so that pvlib's Perez gives MW/m2.
AIRMASSES = {"kasten_young_1989": "kastenyoung1989", "simple": "simple", "kasten_1966": "kasten1966",
             "gueymard_1993": "gueymard1993", "young_1994": "young1994", "pickering_2002": "pickering2002", "gueymard_2003": "gueymard2003"}
# Figures of a module of 72 cells, invented.
PVSYST = {"alpha_sc": 0.005, "gamma_ref": 1.05, "mu_gamma": -0.0003, "I_L_ref": 10.6, "I_o_ref": 2e-10, "R_sh_ref": 500.0, "R_sh_0": 2000.0,
          "R_sh_exp": 5.5, "R_s": 0.3, "cells_in_series": 72, "EgRef": 1.121}


def row_of(file, name):
    with (REFERENCE / "library" / file).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    row = next(row for row in rows if row["Name"] == name)
    return {key: value if key in ("Name", "Technology") else float(value) for key, value in row.items() if number(value)}


def number(value):
    try:
        float(value)
        return True
    except (TypeError, ValueError):
        return False


def sandia():
    row = row_of("sandia_modules.csv", SANDIA)
    names = {"Cells in Series": "Cells_in_Series", "Parallel Strings": "Parallel_Strings"}
    return {names.get(key, key): value for key, value in row.items()}


def main():
    warnings.filterwarnings("ignore")
    cec = row_of("cec_modules.csv", CEC)
    desoto = {key: cec[key] for key in ["alpha_sc", "a_ref", "I_L_ref", "I_o_ref", "R_sh_ref", "R_s"]} | {"EgRef": 1.121, "dEgdT": -0.0002677}
    modules = {"cec": (cec, "physical"), "desoto": (desoto, "physical"), "pvsyst": (PVSYST, "physical"), "sapm": (sandia(), "sapm")}
    runs = [(model, "kasten_young_1989", plane) for model in modules for plane in [(10, 180, "roof"), (35, 90, "rack")]]
    runs += [("cec", airmass, (35, 90, "rack")) for airmass in AIRMASSES if airmass != "kasten_young_1989"]
    rows = []
    for key, location, frame in weathers():
        for model, airmass, (tilt, azimuth, mount) in runs:
            parameters, aoi_model = modules[model]
            array = Array(FixedMount(tilt, azimuth), albedo=0.2, module_parameters=parameters,
                          temperature_model_parameters=TEMPERATURE_MODEL_PARAMETERS["sapm"][SAPM[mount]])
            system = PVSystem([array], inverter_parameters={"pdc0": 1e9, "eta_inv_nom": 0.96})
            chain = ModelChain(system, location, transposition_model="perez", airmass_model=AIRMASSES[airmass], dc_model=model,
                               ac_model="pvwatts", aoi_model=aoi_model, spectral_model="no_loss", temperature_model="sapm",
                               losses_model="no_loss")
            dc = chain.run_model(frame).results.dc["p_mp"].fillna(0.0) / 1000
            months = [round(dc[frame.index.month == m].sum(), 8) for m in range(1, 13)]
            rows.append([model, key, tilt, azimuth, mount, airmass, round(dc.sum(), 8)] + months)
    names = ["model", "weather", "tilt", "azimuth", "mount", "airmass", "annual"] + [f"month{m:02d}" for m in range(1, 13)]
    head = [f"# pvlib {pvlib.__version__}", f"# script: tests/reference/make/{SCRIPT}",
            "# ModelChain, Perez, aoi_model physical (sapm: sapm), temperature sapm as in presets.py, no losses, sun in mid-hour, albedo 0.2;",
            f"# cec and desoto {CEC}, sapm {SANDIA}, pvsyst as in the script; kWh DC of one module"]
    (REFERENCE / "modelchains.csv").write_text(
        "\n".join(head + [",".join(names)] + [",".join(text(value) for value in row) for row in rows]) + "\n", newline="\n")
    print(f"modelchains.csv: {len(rows)} rows")


if __name__ == "__main__":
    main()
