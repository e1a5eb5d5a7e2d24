#!/usr/bin/env bash
# Shows what works so far, by doing it.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

stage=.build/stage
show() {
    printf '\n$ %s\n' "$*"
    "$@" || true
}

"$stage/weft" version
echo
echo "weft-cni answers a runtime that asks for its versions:"
echo '{"cniVersion":"1.0.0"}' | show env CNI_COMMAND=VERSION "$stage/weft-cni"
echo
echo "and refuses what it cannot do yet by name:"
echo '{"cniVersion":"1.0.0","name":"pods"}' |
    show env CNI_COMMAND=ADD CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0 \
        "$stage/weft-cni"
