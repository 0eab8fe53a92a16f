#!/usr/bin/env python3
"""Holds the portable build, which picks its instructions at run time, against one for this machine's processor alone.

usage: native.py [--rounds N]     needs cargo and nothing else; both builds go to target/portable and target/native
"""

import argparse
import os
import pathlib
import statistics
import subprocess

CASES = ["cold", "batch", "planes", "monte_carlo", "batch_default"]
HERE = pathlib.Path(__file__).parent


def build(name, flags):
    environment = {key: value for key, value in os.environ.items() if key != "CARGO_ENCODED_RUSTFLAGS"}
    directory = pathlib.Path(environment.get("CARGO_TARGET_DIR", HERE / "target")) / name
    environment |= {"RUSTFLAGS": flags, "CARGO_TARGET_DIR": str(directory)}
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE, env=environment, check=True)
    return subprocess.Popen([directory / "release" / "compare"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(program, case):
    program.stdin.write(f"ours {case}\n")
    program.stdin.flush()
    return float(program.stdout.readline().split()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    portable, native = build("portable", ""), build("native", "-C target-cpu=native")
    times = {case: [] for case in CASES}
    for k in range(-1, rounds):  # the first round only warms up
        for case in CASES:
            pair = ask(portable, case), ask(native, case)
            if k >= 0:
                times[case].append(pair)
    print("case,portable_us,native_us,portable_over_native")
    for case, pairs in times.items():
        us = [statistics.median(side) for side in zip(*pairs)]
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{case},{us[0]:.1f},{us[1]:.1f},{ratio:.2f}")


if __name__ == "__main__":
    main()
