"""tests/reference/weather/: the beginnings of weather files for the readers, and what pvlib reads from them.

The originals are in pvlib's source distribution (not all of them in the wheel):
    pip download --no-deps --no-binary pvlib pvlib==0.16.1   (then unpack it)
Run from the project root, with the unpacked folder:
    python tests/reference/make/weather_files.py pvlib-0.16.1

expected_<name>.csv holds pvlib's reading of the ORIGINAL file (pvlib's own PVGIS TMY reader wants all
8760 lines); a sample is the original's bytes up to the cut, except the JSON, which is written anew, and
nsrdb_psm3_5min.csv and tmy3_form.epw, which are assembled here.
"""

import json
import sys
from pathlib import Path

import pandas as pd
from pvlib import iotools

from common import REFERENCE, write

DAYS = 14
FOLDER = "weather"


def save(name, data):
    (REFERENCE / FOLDER / name).write_bytes(data)
    print(f"{FOLDER}/{name}: {len(data) / 1000:.0f} kB")


def cut(source, name, head, records, tail=0):
    """Keep `head` lines, `records` lines after them and the last `tail` lines of the file."""
    lines = source.read_bytes().splitlines(keepends=True)
    save(name, b"".join(lines[:head + records] + (lines[-tail:] if tail else [])))


def expect(name, data, columns, notes):
    """Write the first 48 records as pvlib reads them; columns: {our name: (pvlib's name, factor)}."""
    data = data.iloc[:48]
    out = {"time_utc": [t.strftime("%Y-%m-%dT%H:%M:%SZ") for t in data.index.tz_convert("UTC")]}
    for ours, (theirs, divisor) in columns.items():
        out[ours] = [v / divisor for v in data[theirs].astype(float)]
    write(f"{FOLDER}/expected_{name}.csv", "weather_files.py", [
        *notes, "time_utc: the instant that pvlib gives the record; the first 48 records (or all, if fewer)."], out)


def same(*names):
    return {n: (n, 1) for n in names}


BASIC = ("ghi", "dni", "dhi", "temp_air", "wind_speed")
UNITS = "ghi, dni, dhi: W/m2; temp_air: degC; wind_speed: m/s;"


def pvgis(data):
    csv = data / "tmy_45.000_8.000_2005_2023.csv"
    lines = csv.read_bytes().splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith(b"time(UTC)")) + 1
    cut(csv, "pvgis_tmy.csv", head, DAYS * 24, tail=len(lines) - head - 8760)
    columns = same(*BASIC, "pressure", "relative_humidity", "wind_direction", "IR(h)")
    notes = [
        "pvlib.iotools.read_pvgis_tmy", UNITS, "pressure: Pa; relative_humidity: %; wind_direction: degrees; IR(h): W/m2.",
        "The label is the file's time(UTC). Irradiance is instantaneous, at label + the head's",
        "'Irradiance Time Offset' (0.1761 h); pvlib does not shift it."]
    expect("pvgis_tmy_csv", iotools.read_pvgis_tmy(csv)[0], columns, notes)

    source = data / "tmy_45.000_8.000_2005_2023.json"
    tree = json.loads(source.read_text())
    tree["outputs"]["tmy_hourly"] = tree["outputs"]["tmy_hourly"][:DAYS * 24]
    save("pvgis_tmy.json", json.dumps(tree).encode())
    expect("pvgis_tmy_json", iotools.read_pvgis_tmy(source)[0], columns, notes)

    source = data / "tmy_45.000_8.000_2005_2023.epw"
    cut(source, "pvgis_tmy.epw", 8, DAYS * 24)
    expect("pvgis_tmy_epw", iotools.read_epw(source)[0], EPW, [
        *EPW_NOTES, "PVGIS numbers the hours 1..24 with minute 0 for its UTC hours 00:00..23:00; the head gives time zone 1,",
        "wrongly for a file in UTC, and pvlib believes it: time_utc is an hour early. Its offset line is",
        "-0.8239 h: the irradiance is instantaneous, 0.1761 h after the UTC hour."])

    hourly = "pvgis_hourly_Timeseries_45.000_8.000_"
    source = data / f"{hourly}SA_30deg_0deg_2016_2016.csv"
    save("pvgis_hourly.csv", source.read_bytes())
    note = ["pvlib.iotools.read_pvgis_hourly", "temp_air: degC; wind_speed: m/s; solar_elevation: degrees; poa: W/m2 in the plane;",
            "Int: 1 where PVGIS reconstructed the value. The label is the instant of the irradiance (minute 10)."]
    expect("pvgis_hourly_csv", iotools.read_pvgis_hourly(source)[0], same(
        "poa_direct", "poa_sky_diffuse", "poa_ground_diffuse", "solar_elevation", "temp_air", "wind_speed", "Int"), note)
    source = data / f"{hourly}SA2_10kWp_CIS_5_2a_2013_2014.json"
    save("pvgis_hourly.json", source.read_bytes())
    expect("pvgis_hourly_json", iotools.read_pvgis_hourly(source)[0], same(
        "P", "poa_global", "solar_elevation", "temp_air", "wind_speed", "Int"), [*note, "P: W."])


def nsrdb(data):
    notes = ["pvlib.iotools.read_nsrdb_psm4, which reads PSM3 files too", UNITS,
             "pressure: mbar; albedo: -; the label is the file's own, local standard time. NSRDB records are",
             "instantaneous (satellite image) at the label."]
    columns = same(*BASIC, "pressure", "albedo", "temp_dew", "wind_direction")
    for name in ("psm3", "psm4"):
        source = data / f"test_read_{name}.csv"
        cut(source, f"nsrdb_{name}_30min.csv", 3, DAYS * 48)
        expect(f"nsrdb_{name}_30min", iotools.read_nsrdb_psm4(source)[0], columns, notes)

    # pvlib keeps its 5-minute sample as a table with an index column and no head.
    # Assembled here into PSM3's form, with the head lines of the half-hourly file: pvlib asked for both at
    # one place, but the grid cell (location id, elevation) of the 5-minute data may be another.
    head = (data / "test_read_psm3.csv").read_text().splitlines()[:2]
    table = (data / "test_psm3_2019_5min.csv").read_text().splitlines()
    body = [line.split(",", 1)[1] for line in table]
    name = "nsrdb_psm3_5min.csv"
    save(name, ("\n".join(head + body) + "\n").encode())
    expect("nsrdb_psm3_5min", iotools.read_nsrdb_psm4(REFERENCE / FOLDER / name)[0], columns, notes)


def tmy2(path):
    cut(path, "tmy2_12839.tm2", 1, DAYS * 24)
    expect("tmy2_12839", iotools.read_tmy2(path)[0], {
        "ghi": ("GHI", 1), "dni": ("DNI", 1), "dhi": ("DHI", 1), "temp_air": ("DryBulb", 10),
        "wind_speed": ("Wspd", 10), "pressure": ("Pressure", 1), "temp_dew": ("DewPoint", 10),
        "relative_humidity": ("RHum", 1)}, [
        "pvlib.iotools.read_tmy2; temperatures and wind divided by 10 (the file has tenths)", UNITS,
        "pressure: mbar; temp_dew: degC; relative_humidity: %. The file numbers the hours 1..24 by their ends;",
        "pvlib labels with hour - 1: time_utc is the START of the hour."])


EPW = same(*BASIC, "atmospheric_pressure", "temp_dew", "relative_humidity", "wind_direction", "albedo")
EPW_NOTES = ["pvlib.iotools.read_epw", UNITS, "atmospheric_pressure: Pa; temp_dew: degC; relative_humidity: %; wind_direction: degrees;",
             "albedo: as in the file. EPW numbers the hours 1..24; pvlib ignores the minute and labels with hour - 1,",
             "in the head's time zone: time_utc is the START of the hour where the file means hour endings."]


def epw_from_tmy3():
    """An EPW in the common form (hours 1..24, minute 60, years mixed), built from the public TMY3 file."""
    data, meta = iotools.read_tmy3(REFERENCE / "723170TYA.CSV")
    lines = [
        f"LOCATION,GREENSBORO PIEDMONT TRIAD INT,NC,USA,TMY3,723170,{meta['latitude']:.2f},{meta['longitude']:.2f},"
        f"{meta['TZ']:.1f},{meta['altitude']:.1f}",
        "DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0",
        "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
        "COMMENTS 1,Built from NREL TMY3 723170 for tests of an EPW reader; not an EnergyPlus file",
        "COMMENTS 2,First days of the year only", "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31"]
    for i in range(DAYS * 24):
        r = data.iloc[i]
        month, day, year = map(int, r["Date (MM/DD/YYYY)"].split("/"))
        hour = int(r["Time (HH:MM)"][:2])
        lines.append(
            f"{year},{month},{day},{hour},60,?9?9?9?9E0?9?9?9?9?9?9?9?9?9?9?9?9?9?9?9*9*9?9?9?9,"
            f"{r.temp_air:.1f},{r.temp_dew:.1f},{r.relative_humidity:.0f},{r.pressure * 100:.0f},"
            f"{r.ghi_extra},{r.dni_extra},9999,{r.ghi},{r.dni},{r.dhi},999999,999999,999999,9999,"
            f"{r.wind_direction},{r.wind_speed:.1f},{r['TotCld (tenths)']},{r['OpqCld (tenths)']},"
            f"9999,99999,9,999999999,{r.precipitable_water * 10:.0f},0.0000,0,88,{r.albedo:.3f},0.0,0.0")
    name = "tmy3_form.epw"
    save(name, ("\n".join(lines) + "\n").encode())
    expect("tmy3_form_epw", iotools.read_epw(REFERENCE / FOLDER / name)[0], EPW, EPW_NOTES)


def tmy3():
    data = iotools.read_tmy3(REFERENCE / "723170TYA.CSV")[0]
    expect("tmy3_723170", data, same(*BASIC, "pressure", "albedo", "temp_dew", "relative_humidity"), [
        "pvlib.iotools.read_tmy3 on ../723170TYA.CSV", UNITS, "pressure: mbar; albedo: -; temp_dew: degC;",
        "relative_humidity: %. The label is the END of the hour."])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    pvgis(folder / "tests/data")
    nsrdb(folder / "tests/data")
    tmy2(folder / "pvlib/data/12839.tm2")
    epw_from_tmy3()
    tmy3()
