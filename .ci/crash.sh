#!/usr/bin/env bash
# Kills the plugin before every system call of ADD and of DEL, one call after the other, and then
# lets DEL or GC clean up: nothing may be left, nothing lost.
#   crash.sh [CONFIGURATION…]     network configurations, those of .ci/crash where none is given
set -euo pipefail
source "$(dirname "$0")/environment.sh"

[ "$(id -u)" = 0 ] || fail "Killing plugins at their work needs root: run 'sudo .ci/crash.sh'."
[ -n "${PLUGINS:-}" ] || [ -x .build/stage/weft-cni ] || .ci/build.sh
mkdir -p .build/crash
"$(toolchain clang)" -O1 -Wall -Wextra -Werror -o .build/crash/kill-at .ci/crash/kill-at.c

[ $# -gt 0 ] || set -- .ci/crash/*.json
for configuration in "$@"; do
    for verb in ADD DEL; do printf '%s %s\n' "$configuration" "$verb"; done
done | xargs -P "$(nproc)" -L 1 timeout --kill-after=10 "${PATIENCE:-10m}" \
    unshare --mount --net --pid --fork --kill-child --mount-proc .ci/crash/main.sh ||
    fail "A crash left something behind, or lost something."
