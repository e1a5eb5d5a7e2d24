#!/usr/bin/env bash
# The format and the rules of .swift-format, as errors.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

swift format lint --strict --parallel --recursive Package.swift Sources Tests bench

# A rule that is switched off in one place binds nobody.
if grep -rn --include='*.swift' 'swift-format-ignore' Package.swift Sources Tests bench; then
    fail "swift-format-ignore is not for use here: mend the line instead."
fi
