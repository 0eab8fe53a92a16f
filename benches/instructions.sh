#!/bin/sh
# Counts the instructions of one site-year of 8760 h with callgrind and holds them against instructions.csv.
#   benches/instructions.sh           fails where a case needs over 5 % more than is written there
#   benches/instructions.sh --write   writes what is counted now
# Needs valgrind (Debian: apt-get install valgrind). It knows no AVX-512, so this is the AVX2 path.
set -eu
cd "$(dirname "$0")/.."
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
program=$(cargo bench --bench instructions --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"instructions".*"executable":"\([^"]*\)".*/\1/p')
out=$(mktemp)
trap 'rm -f "$out" "$out.csv"' EXIT
status=0
echo "case,instructions" >"$out.csv"
for case in cold table batch plane sample; do
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='*counted*' \
        "$program" "$case" >/dev/null 2>"$out"
    count=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$out")
    echo "$case,$count" >>"$out.csv"
    before=$(sed -n "s/^$case,//p" benches/instructions.csv 2>/dev/null || true)
    echo "$case: $count instructions${before:+, written $before}"
    if [ -n "$before" ] && [ "$count" -gt $((before + before / 20)) ]; then
        echo "$case: over 5 % more than written" >&2
        status=1
    fi
done
if [ "${1:-}" = --write ]; then
    cp "$out.csv" benches/instructions.csv
    exit 0
fi
exit $status
