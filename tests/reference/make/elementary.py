"""Elementary functions to 32 digits, by multiprecision arithmetic.

They check the double-double reference that tests/math.rs measures src/math.rs against, and src/math.rs itself.
Run from the project root: python tests/reference/make/elementary.py
"""

import math
import random
from pathlib import Path

import mpmath
from mpmath import mp, mpf

SEED = 20240604
N = 100  # random points per function, beside the chosen ones
DIGITS = 60  # of the calculation: 40 are left where a sine of 1e6 cancels nearly all leading ones
UP, DOWN = 2.0**512, 2.0**-512

assert mpmath.__version__ == "1.4.1", "the fixture is pinned to mpmath 1.4.1"
mp.dps = DIGITS
rng = random.Random(SEED)


def signed(low, high):
    """A number of either sign whose magnitude is spread evenly over the powers of ten."""
    return rng.choice([-1, 1]) * 10 ** rng.uniform(math.log10(low), math.log10(high))


def above(x):
    return math.nextafter(x, math.inf)


def below(x):
    return math.nextafter(x, -math.inf)


def exponents():
    chosen = [1.0, -1.0, 0.5, 2.0**-53, -(2.0**-54), 708.0, 709.782712893384, -707.0, -708.0]
    return [(x,) for x in chosen + [rng.uniform(-708, 709.78) for _ in range(N // 2)]
            + [signed(1e-18, 50) for _ in range(N // 2)]]


def positives():
    near_one = [above(1.0), below(1.0), 1 + 2.0**-30, 1 - 2.0**-30, 0.5, 2.0, math.sqrt(0.5), math.sqrt(2.0)]
    ends = [2.0**-1022, above(2.0**-1022), 1.7976931348623157e308, 1e-300, 1e300, 10.0, 1e-6]
    return [(x,) for x in near_one + ends + [2 ** rng.uniform(-1021, 1023) for _ in range(N // 2)]
            + [1 + signed(1e-16, 0.5) for _ in range(N // 2)]]


def bases_and_exponents():
    points = [(2.0, 0.5), (2.0, 1023.0), (2.0, -1021.0), (10.0, 300.0), (0.1, -1.6364)]
    points += [(above(1.0), 1e18), (below(1.0), 1e17)]
    for _ in range(N // 2):
        x = 2 ** rng.uniform(-1021, 1023)
        points.append((x, rng.uniform(-700, 700) / math.log(x)))
        points.append((rng.uniform(0.001, 3), rng.uniform(-5, 5)))
    return points


def angles():
    # The doubles nearest to multiples of a quarter turn and of half of one: there the reduction cancels most.
    multiples = [1, 2, 3, 4, 5, 100, 1001, 65_537, 413_447, 592_323, 633_161, 636_619, 1_273_239]
    chosen = [float(k * mp.pi / 2) for k in multiples[:-1]] + [float(k * mp.pi / 4) for k in multiples]
    return [(x,) for x in chosen + [-x for x in chosen] + [rng.uniform(-1e6, 1e6) for _ in range(N // 2)]
            + [signed(1e-200, 1e6) for _ in range(N // 4)] + [rng.uniform(-7, 7) for _ in range(N // 4)]]


def sines():
    chosen = [1.0, below(1.0), 1 - 2.0**-30, 0.5, above(0.5), below(0.5), 2.0**-27]
    return [(x,) for x in chosen + [-x for x in chosen] + [rng.uniform(-1, 1) for _ in range(N // 2)]
            + [signed(1e-200, 1) for _ in range(N // 4)] + [rng.choice([-1, 1]) * (1 - 10 ** rng.uniform(-16, -1))
                                                          for _ in range(N // 4)]]


def directions():
    slopes = [(1, 1), (1, 0.4142135623730950), (1, 1e-9), (1e-9, 1)]
    points = [(y * a, x * b) for y in (1.0, -1.0) for x in (1.0, -1.0) for a, b in slopes]
    for _ in range(N // 2):
        points.append((rng.uniform(-1, 1), rng.uniform(-1, 1)))
        scale = 10 ** rng.uniform(-200, 200)
        points.append((signed(1e-60, 1e60) * scale, signed(1e-60, 1e60) * scale))
    return points


FUNCTIONS = {
    "exp": (mp.exp, exponents()),
    "ln": (mp.log, positives()),
    "powf": (lambda x, y: mp.exp(y * mp.log(x)), bases_and_exponents()),
    "sin": (mp.sin, angles()),
    "cos": (mp.cos, angles()),
    "tan": (mp.tan, angles()),
    "asin": (mp.asin, sines()),
    "acos": (mp.acos, sines()),
    "atan2": (mp.atan2, directions()),
}

lines = [
    f"# mpmath {mpmath.__version__}, {DIGITS} digits",
    "# script: tests/reference/make/elementary.py",
    f"# seed {SEED}",
    "# function of a, or of a and b: powf(a, b) = a^b, atan2(a, b) = the angle of the point x = b, y = a;",
    "# hi + lo: the value times `scale`, to 32 digits, hi being the nearest double. scale: 2^512 for exp and powf",
    "# below 1, 2^-512 for them elsewhere, so that lo does not underflow; 1 for the others. Angles in radians.",
    "function,a,b,scale,hi,lo",
]
for name, (function, points) in FUNCTIONS.items():
    for point in points:
        value = function(*(mpf(p) for p in point))
        if value == 0:
            continue
        scale = 1.0 if name not in ("exp", "powf") else UP if value < 1 else DOWN
        hi = float(value * scale)
        lo = float(value * scale - hi)
        a, b = point if len(point) == 2 else (*point, 0.0)
        lines.append(f"{name},{a!r},{b!r},{scale!r},{hi!r},{lo!r}")
path = Path(__file__).resolve().parents[1] / "elementary.csv"
path.write_text("\n".join(lines) + "\n", newline="\n")
print(f"{path.name}: {len(lines)} lines, {path.stat().st_size / 1000:.0f} kB")
