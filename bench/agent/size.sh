#!/usr/bin/env bash
# How long an agent with every part takes from its start until all is in the kernel, what memory it
# has then, and what it takes of a processor when nothing happens: first with a kernel that holds
# nothing, then with one that holds everything already. As root.
#   size.sh
#
# SERVICES, ENDPOINTS (of each), NODES, MODE, DNS (true, false), IDLE (seconds); WEFT and SERVED name
# other binaries.
set -euo pipefail
cd "$(dirname "$0")/../.."
source .ci/environment.sh

: "${SERVICES:=10000}" "${ENDPOINTS:=10}" "${NODES:=1000}" "${MODE:=vxlan}" "${DNS:=true}" "${IDLE:=120}"
: "${WEFT:=.build/stage/weft}" "${SERVED:=.build/stage/weft-bench-watcher}"

# A link by which the other nodes would be reached.
make_network() {
    ip link set lo up
    ip link add wire type veth peer name other
    ip addr add 192.168.0.1/16 dev wire
    ip addr add fd00:192::1/64 dev wire nodad
    ip link set wire up
    ip link set other up
    sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
}

# It would be another machine.
serve_cluster() {
    mkdir "$state/cluster"
    nice -n 19 "$SERVED" --serve "$state/cluster" --services "$SERVICES" --endpoints "$ENDPOINTS" \
        --nodes "$NODES" >"$state/cluster.log" 2>&1 &
    until [ -s "$state/cluster/objects" ]; do
        kill -0 $! 2>/dev/null || fail "$(cat "$state/cluster.log")"
        sleep 0.1
    done
}

write_configuration() {
    printf '.:5353 {\n    bind 127.0.0.1\n    kubernetes cluster.local\n}\n' >"$state/Corefile"
    cat >"$state/agent.yaml" <<CONFIGURATION
apiVersion: weft.dev/v1
kind: AgentConfiguration
nodeName: node-0
kubeconfig: $state/cluster/config
routes: {mode: $MODE}
cni: {directory: $state/cni, rangeFile: $state/ranges.json}
dns: {enabled: $DNS, corefile: $state/Corefile}
status: {socket: $state/agent.sock}
CONFIGURATION
}

# Nanoseconds of all threads (proc(5), schedstat).
processor_time() { cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%d", sum }'; }

measure_agent() {
    local begin agent before after
    begin=$(date +%s%N)
    "$WEFT" agent --config "$state/agent.yaml" 2>"$state/agent.log" &
    agent=$!
    until "$WEFT" status --socket "$state/agent.sock" >"$state/status" 2>/dev/null; do
        kill -0 $agent 2>/dev/null || fail "$(cat "$state/agent.log")"
        sleep 0.02
    done
    printf '%-8s ready after %d ms' "$1" $((($(date +%s%N) - begin) / 1000000))
    sleep 5
    before=$(processor_time $agent)
    sleep "$IDLE"
    after=$(processor_time $agent)
    awk -v busy=$((after - before)) -v whole="$IDLE" '
        /^VmRSS/ { rss = $2 } /^RssAnon/ { own = $2 }
        END { printf ", RSS %.1f MiB (%.1f of it anonymous), idle %.3f %%\n", rss / 1024, own / 1024,
            busy / whole / 1e7 }' /proc/$agent/status
    kill $agent
    wait $agent || true
}

if [ -z "${STATE:-}" ]; then
    [ -x "$SERVED" ] || .ci/build.sh weft-bench-watcher >/dev/null
    [ -x "$WEFT" ] || .ci/build.sh weft >/dev/null
    state=$(mktemp -d)
    trap 'rm -rf "$state"' EXIT
    # With its first process all others end.
    STATE=$state unshare --mount --net --pid --fork --kill-child --mount-proc bench/agent/size.sh
else
    state=$STATE
    # The first process of a machine gets no signal that it does not ask for.
    trap 'exit 130' INT TERM
    make_network
    serve_cluster
    write_configuration
    measure_agent "at first"
    measure_agent "again"
    tail -n +5 "$state/status"
fi
