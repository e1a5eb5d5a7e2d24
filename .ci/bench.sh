#!/usr/bin/env bash
# Measures: with a name one program of bench/, else a short version of all suites of `weft bench`,
# whose results are kept, drawn and checked.
#   bench.sh [NAME [arguments of that benchmark]]
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# Plugins write leases: not among the machine's own, but on a disk as nodes have it, ext4 with a
# journal. Without one, as on some build machines, ext4 looks for each new file at all that were
# deleted in the last minutes, by the benchmark before this one too: a millisecond and more.
in_private() {
    local state status=0
    state=$(mktemp -d .build/bench.XXXXXX)
    truncate -s 512M "$state/disk"
    mkfs.ext4 -q -E lazy_itable_init=0,lazy_journal_init=0 "$state/disk"
    unshare --mount --net bash -c \
        'ip link set lo up && mount -o loop "$0/disk" /var/lib && mount -t tmpfs tmpfs /run && exec "$@"' \
        "$state" "$@" || status=$?
    rm -rf "$state"
    return $status
}

# All suites, in less than ten minutes.
short() {
    local results=.build/bench
    .ci/setup.sh peers
    mkdir -p "$results"
    in_private .build/stage/weft bench all --short --quiet \
        --json "$results/results.json" --html "$results/results.html"
    .build/stage/weft bench check "$results/results.json"
    echo "The page: $PWD/$results/results.html"
}

program() {
    .ci/build.sh "weft-bench-$1" >/dev/null
    # What is measured is a process of its own.
    if [ "$1" = watcher ]; then .ci/build.sh weft-measured-source >/dev/null; fi
    ".build/stage/weft-bench-$1" "${@:2}"
}

if [ $# = 0 ]; then short; else program "$@"; fi
