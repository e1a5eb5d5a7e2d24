#!/usr/bin/env bash
# Real clients run containers on our conflists: containerd's ctr, and podman with its CNI backend.
# The containers reach each other, the node and what is outside, and are reached on host ports;
# once they are gone, so is everything that was made for them. Then pods of two nodes with agents.
#   clients.sh [BIN_DIR [CONF_DIR]]     other plugins, such as Debian's: clients.sh /usr/lib/cni …
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# For one conflist with both clients; a client that hangs must not hang CI.
patience=${PATIENCE:-5m}
group=weft-clients-$$
failed=()

# Everything happens on a node of namespaces: with its first process the last one ends, and with
# that all links, mounts, directories and containers. Only control groups are the machine's.
# Usage: on_a_node SCRIPT [CONFLIST BIN_DIR]
on_a_node() {
    timeout --kill-after=10 "$patience" unshare --mount --net --pid --fork --kill-child \
        --mount-proc ".ci/clients/$1" "$group" "${@:2}" </dev/null || failed+=("${2:-$1}")
    find /sys/fs/cgroup -depth -type d -path "*/$group*" -exec rmdir {} + 2>/dev/null || true
}

[ "$(id -u)" = 0 ] || fail "Containers with networks need root: run 'sudo make clients'."
.ci/setup.sh clients
for conflist in "${2:-cni-conf}"/*.conflist; do
    [ -e "$conflist" ] || fail "There is no conflist in ${2:-cni-conf}."
    on_a_node main.sh "$conflist" "${1:-}"
done
# Agents write a conflist of ours.
[ $# -gt 0 ] || on_a_node cluster.sh
if [ ${#failed[@]} -gt 0 ]; then fail "Failed: ${failed[*]}"; fi
