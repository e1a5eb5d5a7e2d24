#!/usr/bin/env bash
# What `weft dns` answers in each second while the API server or its upstream is away, while it is
# started anew and while its Corefile is changed. Fails if anything known is said not to exist.
#   outage.sh
#
# Without more, the cluster is one of `weft-bench-watcher`, and the way to it is cut. With a real one:
# KUBECONFIG=FILE, whose paths are absolute; SERVICE, HEADLESS and REVERSE: names in it; STOP_API and
# START_API: commands that stop and start it, instead of cutting the way. WEFT=PATH for another binary.
set -euo pipefail
cd "$(dirname "$0")/../.."
source .ci/environment.sh
export PYTHONDONTWRITEBYTECODE=1

: "${WEFT=.build/stage/weft}" "${SERVED:=.build/stage/weft-bench-watcher}" "${KUBECONFIG:=}"
: "${SERVICE:=service-0.ns-0.svc.cluster.local}" "${HEADLESS:=service-80.ns-0.svc.cluster.local}"
: "${REVERSE:=0.0.96.10.in-addr.arpa}" "${STOP_API:=}" "${START_API:=}"

state=$(mktemp -d)
served=
trap '[ -z "$served" ] || kill "$served"; rm -rf "$state"' EXIT
trap 'exit 130' INT TERM

start_cluster() {
    local try
    [ -x "$SERVED" ] || .ci/build.sh weft-bench-watcher >/dev/null
    "$SERVED" --serve "$state" --mixed --services 1000 --endpoints 3 >"$state/cluster.log" 2>&1 &
    served=$!
    for try in $(seq 300); do
        if [ -s "$state/objects" ]; then return; fi
        kill -0 "$served" 2>/dev/null || fail "$(cat "$state/cluster.log")"
        sleep 0.1
    done
    fail "The cluster is not served."
}

[ -x "$WEFT" ] || .ci/build.sh weft >/dev/null
if [ -n "$KUBECONFIG" ]; then
    cp "$KUBECONFIG" "$state/config"
else
    start_cluster
fi
options=()
[ -z "$STOP_API" ] || options+=(--stop-api "$STOP_API" --start-api "$START_API")
python3 bench/dns/outage.py --weft "$WEFT" --state "$state" --kubeconfig "$state/config" \
    --service "$SERVICE" --headless "$HEADLESS" --reverse "$REVERSE" "${options[@]}"
