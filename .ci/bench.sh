#!/usr/bin/env bash
# Builds and runs the benchmarks of bench/, each of which prints what it measures.
#   bench.sh [NAME [arguments of that benchmark]]
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# Plugins write leases: not among the machine's own, but on the same kind of disk.
in_private() {
    local state status=0
    state=$(mktemp -d .build/bench.XXXXXX)
    unshare --mount --net bash -c 'mount --bind "$0" /var/lib && mount -t tmpfs tmpfs /run && exec "$@"' \
        "$state" "$@" || status=$?
    rm -rf "$state"
    return $status
}

names=${1:-$(grep -oE '"weft-bench-[a-z]+"' Package.swift | tr -d '"' | sed 's/weft-bench-//' | sort -u)}
for name in $names; do
    .ci/build.sh "weft-bench-$name" >/dev/null
    command=(".build/stage/weft-bench-$name" "${@:2}")
    if [ "$name" = cni ]; then
        .ci/setup.sh reference
        command=(in_private "${command[@]}")
    fi
    "${command[@]}"
done
