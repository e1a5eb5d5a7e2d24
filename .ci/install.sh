#!/usr/bin/env bash
# Installs the release binaries below DESTDIR, or with --remove takes them away.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

targets=(
    "weft ${DESTDIR:-}${PREFIX:-/usr/local}/bin"
    "weft-cni ${DESTDIR:-}${CNI_BIN:-/opt/cni/bin}"
)

# A rename replaces a binary that runs, and a runtime never meets half of one.
place() {
    install -D -m 755 ".build/stage/$1" "$2/.$1.new"
    mv -f "$2/.$1.new" "$2/$1"
    echo "installed $2/$1"
}

for target in "${targets[@]}"; do
    read -r name directory <<<"$target"
    if [ "${1:-}" = --remove ]; then
        rm -fv "$directory/$name"
    else
        # Built here and not by make: the user who installs need not have Swift.
        [ -x ".build/stage/$name" ] || { .ci/setup.sh && .ci/build.sh; }
        place "$name" "$directory"
    fi
done
