#!/bin/sh
# Compares the crate with pvlib, PySAM and pvlib-rust and prints one csv table; options go to compare.py.
# The first run installs the Python packages into .venv beside this file; later runs take them from there.
set -eu
cd "$(dirname "$0")"
if ! cmp -s requirements.txt .venv/installed.txt; then
    python3 -m venv .venv >&2
    .venv/bin/pip install --quiet --requirement requirements.txt >&2
    cp requirements.txt .venv/installed.txt
fi
: "${CARGO_TARGET_DIR:=target}"
export CARGO_TARGET_DIR
# The portable build that a user gets: no flags for this machine's processor.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
cargo build --release --quiet >&2
exec .venv/bin/python compare.py "$@" "$CARGO_TARGET_DIR/release/compare"
