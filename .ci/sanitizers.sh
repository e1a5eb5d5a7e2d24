#!/usr/bin/env bash
# Runs the tests with a sanitizer, in a build directory of its own.
#   sanitizers.sh thread     every test but the fuzzers: a data race fails
#   sanitizers.sh address    mutated messages through every decoder: a bad access fails
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# Single-threaded and slow: they have nothing to show a thread sanitizer.
not_concurrent='Mutation|Fuzz|Corpus'
# Of each decoder; the long run is `ITERATIONS=5000000 .ci/sanitizers.sh address`.
iterations=${ITERATIONS:-100000}

thread() {
    local flags=(--sanitize thread --scratch-path .build-thread)
    build thread "${flags[@]}" --build-tests
    swift test "${flags[@]}" --skip-build --disable-xctest --skip "$not_concurrent" </dev/null
}

address() {
    # The default linker warns about the sanitizer's own symbols.
    build address -c release --sanitize address --scratch-path .build-address \
        -Xswiftc -use-ld=lld --product weft-fuzz
    .build-address/release/weft-fuzz --iterations "$iterations"
}

case "${1:-}" in
    thread | address) "$1" ;;
    *) fail "Usage: $0 thread|address" ;;
esac
