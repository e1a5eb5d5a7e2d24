#!/usr/bin/env bash
# Builds a cluster of network namespaces on this machine, proves it with live traffic, and
# removes it. Arguments go to `weft demo`: .ci/demo.sh --nodes 5 --mode vxlan
set -euo pipefail
source "$(dirname "$0")/environment.sh"

if [ "$(id -u)" = 0 ]; then
    .build/stage/weft demo "$@"
elif unshare -r true 2>/dev/null; then
    # An ordinary user is root in a user namespace, where it is allowed.
    unshare -r .build/stage/weft demo "$@"
else
    fail "This needs root here: run 'sudo make demo'."
fi
