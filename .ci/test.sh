#!/usr/bin/env bash
# Builds and runs the tests, and shows what failed, what was skipped and the summary.
#   test.sh [arguments of swift test, such as --filter NetlinkTests]
set -euo pipefail
source "$(dirname "$0")/environment.sh"

log=.build/log/test.log

# Of Swift Testing's lines: failures and skips with what belongs to them.
failures_and_skips() {
    awk '/^(✘|➜|⚠)/ { shown = 1 } /^(◇|✔|━|⧉)/ { shown = 0 } shown' "$log"
}

echo "Building the tests"
build tests --build-tests
echo "Running the tests; all they say goes to $log"
status=0
timeout --kill-after=10 20m swift test --skip-build --disable-xctest "$@" >"$log" 2>&1 </dev/null || status=$?
failures_and_skips
grep -a 'Test run with' "$log" | tail -n 1 || {
    tail -n 40 "$log"
    fail "The tests did not run to their end (status $status)."
}
exit "$status"
