"""Quantiles of distributions, Sobol' points and their direction numbers, from scipy.

    venv/bin/python tests/reference/make/uncertainty.py

Writes tests/reference/distributions.csv, tests/reference/sobol_points.csv and src/uncertainty/sobol_numbers.csv.
"""

import csv
import pathlib
import sys

import numpy as np
import scipy
from scipy import stats
from scipy.stats import qmc

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOOL = f"scipy {scipy.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}"
SCRIPT = "tests/reference/make/uncertainty.py"

LAWS = {
    "normal": (stats.norm(loc=1.0, scale=0.05), "mean 1, sd 0.05"),
    "log_normal": (stats.lognorm(s=0.4, scale=0.005), "median 0.005, sd of the logarithm 0.4"),
    "triangular": (stats.triang(c=0.25, loc=0.0, scale=40.0), "low 0, mode 10, high 40"),
    "uniform": (stats.uniform(loc=0.3, scale=0.1), "low 0.3, high 0.4"),
}
SHARES = [1e-300, 1e-100, 1e-20, 1e-9, 1e-6, 0.001, 0.01, 0.024, 0.025, 0.075, 0.0751, 0.1, 0.25, 0.4, 0.5,
          0.6, 0.75, 0.9, 0.924, 0.925, 0.95, 0.975, 0.99, 0.999, 1 - 1e-6, 1 - 1e-9, 1 - 1e-15]


def header(text):
    return f"# {text}\n# made with {TOOL} by {SCRIPT}\n"


def distributions():
    with open(ROOT / "tests/reference/distributions.csv", "w", newline="") as file:
        laws = "; ".join(f"{name}: {what}" for name, (_, what) in LAWS.items())
        file.write(header(f"Quantiles, and shares below them, of distributions ({laws})"))
        out = csv.writer(file)
        out.writerow(["law", "share", "quantile", "cdf_of_quantile", "mean", "sd"])
        for name, (law, _) in LAWS.items():
            for share in SHARES:
                value = law.ppf(share)
                out.writerow([name, repr(share), repr(float(value)), repr(float(law.cdf(value))),
                              repr(float(law.mean())), repr(float(law.std()))])


def sobol(dimensions=96, points=32):
    folder = pathlib.Path(stats.__file__).parent
    numbers = np.load(folder / "_sobol_direction_numbers.npz")
    with open(ROOT / "src/uncertainty/sobol_numbers.csv", "w", newline="") as file:
        file.write("# Primitive polynomials (bits, highest first) and initial direction numbers of the Sobol' sequence:\n"
                   "# S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008), 2635, doi:10.1137/070709359, new-joe-kuo-6.21201,\n"
                   "# as scipy (BSD-3-Clause) ships them; copyright 2008 F. Y. Kuo and S. Joe.\n"
                   f"# Taken from {TOOL} by {SCRIPT}\n")
        out = csv.writer(file)
        out.writerow(["dimension", "polynomial", "numbers"])
        for dimension in range(dimensions):
            polynomial = int(numbers["poly"][dimension])
            degree = polynomial.bit_length() - 1
            first = [int(v) for v in numbers["vinit"][dimension][:max(degree, 1)]]
            out.writerow([dimension + 1, polynomial, " ".join(map(str, first))])
    sequence = qmc.Sobol(d=dimensions, scramble=False).random(points)
    with open(ROOT / "tests/reference/sobol_points.csv", "w", newline="") as file:
        file.write(header(f"The first {points} points of the unscrambled Sobol' sequence in {dimensions} dimensions, times 2^30"))
        out = csv.writer(file)
        for point in sequence:
            out.writerow([int(v * 2**30) for v in point])


distributions()
sobol()
