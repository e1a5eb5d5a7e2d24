#!/usr/bin/env bash
# Measures `weft dns` beside other servers of the same names, on addresses of the loopback.
#   run.sh [zone] [forward] [delay] [changes] [compare]     without names: all of them
#
# zone     as authoritative server of a cluster, beside knotd and nsd with an equal zone: as many
#          questions as it takes, and a fixed rate
# forward  as forwarder whose cache has all names, beside unbound
# delay    how long an endpoint's change takes to be answered
# changes  how long answers take while 200 endpoints a second change, beside a quiet cluster
# compare  the same questions to all of them, and how the answers differ
#
# WEFT=PATH or WEFT= (nothing) for a run without it, COREDNS=PATH for a run with it too; SERVICES,
# ENDPOINTS (of each), THREADS (of each server), ROUNDS, DURATION (seconds of each run), RATE, OUTSTANDING
# and LOADERS (questions at a time and dnsperf's threads, where as many are asked as possible).
set -euo pipefail
cd "$(dirname "$0")/../.."
source .ci/environment.sh
source bench/dns/servers.sh

: "${SERVICES:=10000}" "${ENDPOINTS:=10}" "${THREADS:=2}" "${ROUNDS:=3}" "${DURATION:=10}"
: "${RATE:=20000}" "${OUTSTANDING:=1000}" "${LOADERS:=1}" "${WEFT=.build/stage/weft}" "${COREDNS=}"
served=${SERVED:-.build/stage/weft-bench-watcher}
names=10000

# A machine of its own, with nothing but a loopback: no port is taken, no packet filter costs
# anything, and with its first process all others end.
on_a_machine() {
    local state
    state=$(mktemp -d)
    trap "rm -rf '$state'" EXIT
    .ci/setup.sh nameservers
    build_programs
    STATE=$state unshare --mount --net --pid --fork --kill-child --mount-proc \
        bench/dns/run.sh "$@"
}

build_programs() {
    [ -x "$served" ] || .ci/build.sh weft-bench-watcher >/dev/null
    [ -z "$WEFT" ] || [ -x "$WEFT" ] || .ci/build.sh weft >/dev/null
}

start_cluster() {
    local try
    mkdir "$state/cluster" "$state/zones"
    # It would be another machine: whom it watches goes first.
    nice -n 19 "$served" --serve "$state/cluster" --mixed --services "$SERVICES" \
        --endpoints "$ENDPOINTS" >"$state/cluster.log" 2>&1 &
    for try in $(seq 300); do
        if [ -s "$state/cluster/objects" ]; then break; fi
        kill -0 $! 2>/dev/null || fail "$(cat "$state/cluster.log")"
        sleep 0.1
    done
    python3 bench/dns/zone.py "$state/cluster/objects" "$state/zones"
}

# As kubeadm writes it, with addresses of this machine's and nobody to forward to but our upstream.
# Usage: corefile ADDRESS [fallthrough]
corefile() {
    cat <<CORE
.:$port {
    bind $1
    multisocket $THREADS
    errors
    ready $1:8181
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        kubeconfig $state/cluster/config bench
        pods insecure
        ${2:+fallthrough in-addr.arpa ip6.arpa}
        ttl 30
    }
    prometheus $1:9153
    forward . $upstream:$port {
        max_concurrent 1000
    }
    cache 30 {
        disable success cluster.local
        disable denial cluster.local
    }
    loop
    loadbalance
}
CORE
}

upstream=127.0.5.1
question=(service-0.ns-0.svc.cluster.local A)

# All that serve the cluster's names; the first is what others are measured against.
start_cluster_servers() {
    start_knot knotd 127.0.5.2 "$THREADS" "$state/zones" "${question[@]}"
    start_nsd nsd 127.0.5.3 "$THREADS" "$state/zones" "${question[@]}"
    if [ -n "$WEFT" ]; then
        corefile 127.0.5.4 "$@" >"$state/Corefile.weft"
        start_weft weft 127.0.5.4 "$state/Corefile.weft" "${question[@]}"
    fi
    if [ -n "$COREDNS" ]; then
        corefile 127.0.5.5 "$@" >"$state/Corefile.coredns"
        start_coredns coredns 127.0.5.5 "$state/Corefile.coredns" "${question[@]}"
    fi
}

# A zone that others forward to.
start_upstream() {
    local directory=$state/upstream number
    mkdir -p "$directory"
    {
        printf '$TTL 3600\nbench.test. SOA ns.bench.test. root.bench.test. 1 7200 1800 86400 3600\n'
        printf 'bench.test. NS ns.bench.test.\nns.bench.test. A 192.0.2.53\n'
        for number in $(seq 0 $((names - 1))); do
            echo "host-$number.bench.test. A 198.51.100.$((number % 256))"
        done
    } >"$directory/bench.test.zone"
    seq -f 'host-%.0f.bench.test. A' 0 $((names - 1)) | shuf --random-source=<(yes) \
        >"$directory/queries"
    start_nsd upstream "$upstream" 1 "$directory" host-0.bench.test A
    started=()
}

load() {
    python3 bench/dns/load.py --port "$port" --rounds "$ROUNDS" --seconds "$DURATION" "$@" \
        "${started[@]}"
}

measure_zone() {
    start_upstream
    start_cluster_servers fallthrough
    load --queries "$state/zones/queries" --once
    load --queries "$state/zones/queries" --title "As many as possible" \
        --outstanding "$OUTSTANDING" --threads "$LOADERS"
    load --queries "$state/zones/queries" --rate "$RATE" --title "$RATE a second"
    stop_servers
}

measure_forward() {
    start_upstream
    start_unbound unbound 127.0.5.6 "$THREADS" "$upstream" host-0.bench.test A
    if [ -n "$WEFT" ]; then
        forwarding 127.0.5.4 >"$state/Corefile.weft"
        start_weft weft 127.0.5.4 "$state/Corefile.weft" host-0.bench.test A
    fi
    if [ -n "$COREDNS" ]; then
        forwarding 127.0.5.5 >"$state/Corefile.coredns"
        start_coredns coredns 127.0.5.5 "$state/Corefile.coredns" host-0.bench.test A
    fi
    load --queries "$state/upstream/queries" --once
    load --queries "$state/upstream/queries" --title "From the cache, as many as possible" \
        --outstanding "$OUTSTANDING" --threads "$LOADERS"
    load --queries "$state/upstream/queries" --rate "$RATE" --title "From the cache, $RATE a second"
    stop_servers
}

# Room for all names, which the default has not quite.
forwarding() {
    printf '.:%s {\n    bind %s\n    multisocket %s\n' "$port" "$1" "$THREADS"
    printf '    errors\n    forward . %s:%s\n' "$upstream" "$port"
    printf '    cache 3600 {\n        success %s\n    }\n}\n' $((2 * names))
}

# The serial that each server's zone has, which changes with what it serves.
serials() {
    local server address
    for server in "$@"; do
        address=${server#*=}
        dig +short -p "$port" "@${address%/*}" cluster.local SOA | cut -d ' ' -f 3
    done
}

# Only those whose answers change: zone files do not.
start_watching_servers() {
    [ -n "$WEFT$COREDNS" ] || fail "Zone files do not change: name WEFT or COREDNS."
    start_upstream
    start_cluster_servers fallthrough
    unchanging=${started[0]}
    started=("${started[@]:2}")
    url=$(grep -o 'https://[0-9.:]*' "$state/cluster/config")
}

measure_delay() {
    local url unchanging
    start_watching_servers
    echo "Delay"
    python3 bench/dns/delay.py --api "$url" --ca "$state/cluster/ca.pem" --port "$port" \
        --services "$SERVICES" --changes $((100 * ROUNDS)) "${started[@]}"
    stop_servers
}

# Beside them one whose zone does not change: what it suffers is the machine's doing.
measure_changes() {
    local url unchanging before after server watching
    start_watching_servers
    watching=("${started[@]}")
    started=("$unchanging" "${watching[@]}")
    load --queries "$state/zones/queries" --once
    load --queries "$state/zones/queries" --rate "$RATE" --title "Quiet, $RATE a second"
    mapfile -t before < <(serials "${watching[@]}")
    curl -sSf --cacert "$state/cluster/ca.pem" \
        "$url/changes?$((200 * ROUNDS * (DURATION + 1) * ${#started[@]})),200" >"$state/changes" &
    load --queries "$state/zones/queries" --rate "$RATE" --title "200 changes a second, $RATE a second"
    # While changes are still sent: those that come together at the end are no load.
    mapfile -t after < <(serials "${watching[@]}")
    wait $!
    for server in "${!watching[@]}"; do
        echo "${watching[server]%=*}: serial ${before[server]} before, ${after[server]} after"
        [ "${before[server]}" != "${after[server]}" ] || fail "No change has reached it."
    done
    stop_servers
}

compare_answers() {
    local server
    start_upstream
    start_cluster_servers
    for server in "${started[@]:1}"; do
        # One that differs is no reason not to look at the next.
        python3 bench/dns/compare.py --port "$port" --zones "$state/zones" \
            "${started[0]%/*}" "${server%/*}" || true
    done
    stop_servers
}

measure() {
    local part
    # The first process of a machine gets no signal that it does not ask for.
    trap 'exit 130' INT TERM
    ip link set lo up
    start_cluster
    for part in ${*:-zone forward delay changes compare}; do
        case $part in
            zone | forward | delay | changes) "measure_$part" ;;
            compare) compare_answers ;;
            *) fail "There is no part '$part': zone, forward, delay, changes, compare." ;;
        esac
    done
}

if [ -z "${STATE:-}" ]; then
    on_a_machine "$@"
else
    state=$STATE
    measure "$@"
fi
