#!/usr/bin/env bash
# Prints how long files and functions are, and fails on one that is too long to read.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

for tree in Sources Tests bench; do
    find "$tree" -name '*.swift' | sort | xargs -r awk -v tree="$tree" -f .ci/sizes.awk
done
