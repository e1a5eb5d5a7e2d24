#!/usr/bin/env bash
# Builds and runs the benchmarks of bench/, each of which prints what it measures.
#   bench.sh [NAME [arguments of that benchmark]]
set -euo pipefail
source "$(dirname "$0")/environment.sh"

names=${1:-$(grep -oE '"weft-bench-[a-z]+"' Package.swift | tr -d '"' | sed 's/weft-bench-//' | sort -u)}
for name in $names; do
    .ci/build.sh "weft-bench-$name" >/dev/null
    ".build/stage/weft-bench-$name" "${@:2}"
done
