#!/usr/bin/env bash
# Random changes for five minutes in a cluster of five nodes, which are network namespaces here,
# with agents that follow a real API server: nodes come and go, their addresses and podCIDRs change,
# agents are killed, tunnels deleted, the way to the API server cut. After each quiet second, every
# pod and node must reach all pods, and routes, FDB and neighbours be what a model says that knows
# Node objects alone. Between nodes whose agents alone are touched, no packet may be lost. As root.
#   churn.sh --kubeconfig FILE --agent-kubeconfig FILE [--minutes M] [--seed N] [--mode auto|vxlan]
#
# The first kubeconfig may write Node objects: they are made here, with names of churn-*, and
# removed at the end. The second is the agents'. WEFT and WEFT_CNI name other binaries.
set -euo pipefail
cd "$(dirname "$0")/../.."
source .ci/environment.sh
export PYTHONDONTWRITEBYTECODE=1

: "${WEFT:=.build/stage/weft}" "${WEFT_CNI:=.build/stage/weft-cni}"
for program in "$WEFT" "$WEFT_CNI"; do
    [ -x "$program" ] || .ci/build.sh "$(basename "$program")" >/dev/null
done
exec python3 bench/agent/churn.py --weft "$WEFT" --weft-cni "$WEFT_CNI" "$@"
