"""Cuts of the libraries that pvlib carries, line by line as they stand, and two files of PVsyst out of pvlib's tests;
also the crate's own small tables of common modules and inverters.

Run from the project root with the directory of pvlib's source distribution: python tests/reference/make/library.py pvlib-0.16.1
"""

import json
import shutil
import sys
from pathlib import Path

import pvlib
from pvlib.iotools import read_panond

from common import REFERENCE

DATA = Path(pvlib.__file__).parent / "data"
LIBRARY = REFERENCE / "library"
SOURCE = REFERENCE.parents[1] / "src"

MODULES = [
    "Jinko Solar Co._ Ltd JKM370M-72-V", "Jinko Solar Co._ Ltd JKM410M-72HL-V",
    "LONGi Green Energy Technology Co._ Ltd. LR6-72PH-370M", "LONGi Green Energy Technology Co._ Ltd. LR6-72BP-370M",
    "LONGi Green Energy Technology Co._ Ltd. LR6-72HBD-385M",
    "Trina Solar TSM-385DE14H(II)", "Trina Solar TSM-365DEG14C.07(II)", "JA Solar JAM72S01-385/PR",
    "Canadian Solar Inc. CS3U-380MB-AG", "Canadian Solar Inc. CS3W-405P", "Canadian Solar Inc. CS1U-430MS",
    "Hanwha Q Cells Q.PEAK DUO L-G5.2 390", "First Solar_ Inc. FS-6430A", "REC Solar REC380TP2M 72",
    "Risen Energy Co._ Ltd. RSM72-6-350M", "SunPower SPR-P19-410-COM",
]
OTHER_MODULES = ["A10Green Technology A10J-S72-175", "Zytech Solar ZT320P", "Canadian Solar Inc. CS5P-220M"]

INVERTERS = [
    "Sungrow Power Supply Co - Ltd : SG36KU", "Sungrow Power Supply Co - Ltd : SG 60KU-M [480V]",
    "Sungrow Power Supply Co - Ltd : SG125HV [600V]",
    "Huawei Technologies Co - Ltd : SUN2000-36KTL-US [480V]", "Huawei Technologies Co - Ltd : SUN2000-40KTL-US [480V]",
    "Huawei Technologies Co - Ltd : SUN2000-100KTL-USH0 [800V]",
    "SMA America: STP24000TL-US-10 [480V]", "SMA America: STP 50-US-41 [480V]", "SMA America: STP 62-US-41 [480V]",
    "Fronius International GmbH: Fronius Symo 24.0-3 480 [480V]", "SolarEdge Technologies Ltd : SE33.3KUS [480V]",
    "ABB: TRIO-27.6-TL-OUTD-S1-US-480 [480V]", "ABB: TRIO-60.0-TL-OUTD-US-480 [480V]",
    "Ningbo Ginlong Technologies Co - Ltd : Solis-40K-US-F [480V]", "Ningbo Ginlong Technologies Co - Ltd : Solis-60K-US-F [480V]",
    "Delta Electronics: M80U_XXX [480V]", "Chint Power Systems America: CPS SCA60KTL-DO/US-480 [480V]",
    "Chint Power Systems America: CPS SCH125KTL-DO/US-600 [600V]",
    "Shenzhen Growatt New Energy Technology Co - Ltd: GROWATT 40000TL3-US [480V]", "KACO: blueplanet 50.0 TL3 M3 [480V]",
]
OTHER_INVERTERS = ["ABB: MICRO-0.25-I-OUTD-US-208 [208V]", "SolarEdge Technologies Ltd : SE100KUS [480V]"]

SANDIA = ["Advent Solar AS160 [ 2006]", "Canadian Solar CS5P-220M [ 2009]", "First Solar FS-272 [ 2009]",
          "SunPower SPR-305-WHT [2007 (E)]", "Sanyo HIP-200BA3 [2006 (E)]"]

LICENCE = """\
# {what}, lines of {file}, which pvlib 0.16.1 carries, as they stand.
# Period: SAM's library of {date}; the parameters were fitted by NREL to the list of eligible equipment of the
# California Energy Commission. Later models are not in it: read SAM's present library for those.
# Source: https://github.com/NREL/SAM, deploy/libraries. Licence: BSD-3-Clause, copyright Alliance for Sustainable Energy, LLC
# (SAM) and pvlib python Contributors. Made by tests/reference/make/library.py.
"""


def records(file):
    """The lines of a library, those joined over which a quoted field goes."""
    joined = []
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        if joined and joined[-1].count('"') % 2 == 1:
            joined[-1] += "\n" + line
        else:
            joined.append(line)
    return joined


def rows(file, names):
    """The head of a library and the lines of these names, in this order."""
    lines = records(file)
    by_name = {}
    for line in lines[3:]:
        quoted = line.startswith('"')
        by_name[line[1:].split('",')[0] if quoted else line.split(",")[0]] = line
    missing = [name for name in names if name not in by_name]
    if missing:
        near = [n for n in by_name for m in missing if n.lower().replace(" ", "")[:16] == m.lower().replace(" ", "")[:16]]
        sys.exit(f"{file}: not there: {missing}; near: {near[:60]}")
    return lines[:3] + [by_name[name] for name in names]


def store(path, lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(lines)} lines")


def main(sdist):
    LIBRARY.mkdir(exist_ok=True)
    cec, inverters = "sam-library-cec-modules-2019-03-05.csv", "sam-library-cec-inverters-2019-03-05.csv"
    store(LIBRARY / "cec_modules.csv", rows(cec, OTHER_MODULES + MODULES))
    store(LIBRARY / "cec_inverters.csv", rows(inverters, OTHER_INVERTERS + INVERTERS))
    store(LIBRARY / "sandia_modules.csv", rows("sam-library-sandia-modules-2015-6-30.csv", SANDIA))
    adr = "adr-library-cec-inverters-2019-03-05.csv"
    names = [line.split('",')[0][1:] if line.startswith('"') else line.split(",")[0]
             for line in records(adr)[3:]]
    store(LIBRARY / "adr_inverters.csv", rows(adr, [n for n in names if "SMA America" in n][:8] + names[:4] + names[-2:]))
    head = LICENCE.format(what="Common modules of industrial roofs", file="CEC Modules.csv", date="2019-03-05 (SAM 2018.11.11 r2)")
    store(SOURCE / "module/library/common_modules.csv", head.splitlines() + rows(cec, MODULES))
    head = LICENCE.format(what="Common inverters of industrial roofs", file="CEC Inverters.csv", date="2019-03-05")
    store(SOURCE / "inverter/library/common_inverters.csv", head.splitlines() + rows(inverters, INVERTERS))
    for file in ["ET-M772BH550GL.PAN", "CPS SCH275KTL-DO-US-800-250kW_275kVA_1.OND"]:
        target = LIBRARY / file.replace(" ", "_")
        shutil.copy(sdist / "tests/data" / file, target)
        target.with_suffix(target.suffix + ".json").write_text(
            json.dumps(read_panond(target, encoding="utf-8-sig"), indent=1) + "\n", encoding="utf-8", newline="\n")


main(Path(sys.argv[1]))
