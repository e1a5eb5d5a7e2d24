#!/usr/bin/env bash
# Runs code with a sanitizer, in a build directory of its own.
#   sanitizers.sh thread     the tests but the single-threaded, slow ones: a data race fails
#   sanitizers.sh address    mutated messages through every decoder: a bad access fails
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# Suites whose names say that they have nothing to show a thread sanitizer, or that they count memory,
# of which it keeps much for itself.
not_concurrent='Mutat|Fuzz|Corpus|Damaged|CLibrary|Leftover'
# Suites that measure times which a machine slowed down tenfold cannot keep.
timed='ForwarderTests|ForwardTLSTests|QueryLogTests|DemonstrationTests'
# What measures in real time, and computes for seconds without a sanitizer already.
timed+='|BenchTests'
# Of each decoder; the long run is `ITERATIONS=5000000 .ci/sanitizers.sh address`.
iterations=${ITERATIONS:-100000}

thread() {
    local flags=(--sanitize thread --scratch-path .build-thread) log=.build/log/thread.log status=0
    build thread-build "${flags[@]}" --build-tests
    "$(toolchain clang)" -shared -fPIC -O1 -o .build-thread/tsan-mutex.so .ci/tsan-mutex.c
    LD_PRELOAD=$PWD/.build-thread/tsan-mutex.so swift test "${flags[@]}" --skip-build \
        --disable-xctest --skip "$not_concurrent|$timed" >"$log" 2>&1 </dev/null || status=$?
    grep -aA 12 'WARNING: ThreadSanitizer' "$log" | head -n 100 || true
    grep -aE '^✘|SUMMARY: ThreadSanitizer' "$log" | sort -u || true
    grep -a 'Test run with' "$log" || fail "$(tail -n 20 "$log")"
    exit "$status"
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
