#!/usr/bin/env bash
# Checks the alert rules, by what raises each and what does not, and that the dashboard's questions
# are PromQL. That the metrics exist, tests say.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

promtool check rules cni-conf/prometheus/weft-rules.yaml
promtool test rules .ci/monitoring/rules-test.yaml

# The questions as rules, with what Grafana puts in the place of its variables.
questions=$(mktemp)
trap 'rm -f "$questions"' EXIT
{
    printf 'groups:\n- name: dashboard\n  rules:\n'
    sed -nE 's/^ *"expr": "(.*)",?$/\1/p' cni-conf/grafana/weft.json |
        sed -E 's/\$__rate_interval/5m/g; s/\$[a-z]+/x/g; s/.*/  - {record: "question:LINE", expr: "&"}/' |
        awk '{ sub(/LINE/, NR); print }'
} >"$questions"
promtool check rules "$questions"
[ "$(grep -c record "$questions")" -gt 30 ] || fail "The dashboard's questions were not found."
