"""What the fixture scripts share: where files go and how they are written."""

import math
from pathlib import Path

import pvlib

REFERENCE = Path(__file__).resolve().parents[1]

assert pvlib.__version__ == "0.16.1", "the fixtures are pinned to pvlib 0.16.1"


def text(value, fmt=None):
    """Shortest text that reads back as the same value; 'nan' for NaN."""
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "nan"
    if fmt is not None:
        return fmt % value
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))


def write(name, script, notes, columns, formats=None):
    """Write tests/reference/<name>: comment lines, a header line, the rows.

    notes: lines of the comment head. columns: {name: sequence}.
    formats: {name: printf format}; a column without one is written with repr.
    """
    formats = formats or {}
    lines = [
        f"# pvlib {pvlib.__version__}",
        f"# script: tests/reference/make/{script}",
    ]
    lines += [f"# {note}".rstrip() for note in notes]
    lines.append(",".join(columns))
    names = list(columns)
    for row in zip(*columns.values(), strict=True):
        lines.append(",".join(text(v, formats.get(n)) for n, v in zip(names, row)))
    path = REFERENCE / name
    path.write_text("\n".join(lines) + "\n", newline="\n")
    print(f"{name}: {len(next(iter(columns.values())))} rows, {path.stat().st_size / 1000:.0f} kB")
