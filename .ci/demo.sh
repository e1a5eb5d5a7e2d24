#!/usr/bin/env bash
# Shows what works so far, by doing it.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

stage=.build/stage
title() { printf '\n== %s ==\n\n' "$1"; }
# What a command is, and what it says; it may fail, for that is shown too.
show() {
    printf '$ %s\n' "$*"
    "$@" || true
}

"$stage/weft" version

title 'Netlink, nftables and connection tracking'
if [ "$(id -u)" = 0 ]; then
    "$stage/weft" demo
elif unshare -r true 2>/dev/null; then
    # An ordinary user is root in a user namespace, where it is allowed.
    unshare -r "$stage/weft" demo
else
    fail "This needs root here: run 'sudo make demo'."
fi

title 'weft-cni'
echo '{"cniVersion":"1.0.0"}' | show env CNI_COMMAND=VERSION "$stage/weft-cni"
echo '{"cniVersion":"1.0.0","name":"pods"}' |
    show env CNI_COMMAND=ADD CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/c1 CNI_IFNAME=eth0 \
        "$stage/weft-cni"

title 'Not there yet'
echo 'The CNI commands but VERSION, the service proxy, DNS, the watcher, the agent.'
