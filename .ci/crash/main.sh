#!/usr/bin/env bash
# One configuration and one verb, on a node that .ci/crash.sh has made namespaces for.
#   main.sh CONFIGURATION ADD|DEL
set -euo pipefail
source "$(dirname "$0")/../environment.sh"
source .ci/plugins.sh
for part in node call; do source ".ci/crash/$part.sh"; done

configuration=$1
verb=$2
# The first type in the file is the main plugin's.
plugin=/opt/cni/bin/$(sed -nE '/"type"/{s/.*"type": *"([^"]+)".*/\1/p;q}' "$configuration")
# How many failures are worth reading.
enough=5
failures=0
kills=0

complain() {
    printf '%s of %s, killed before call %d: %s\n' "$verb" "$configuration" "$kills" "$*"
    failures=$((failures + 1))
    [ $failures -lt $enough ] || fail "$failures failures are enough."
}

# The verb at hand once more, killed before the system call of this number; fails when it has fewer.
killed_at() {
    local status=0
    if [ "$verb" = DEL ]; then call ADD victim >/dev/null; fi
    call "$verb" victim .build/crash/kill-at "$1" >/run/said 2>&1 || status=$?
    case $status in
        137) return 0 ;;
        0) return 1 ;;
        *) fail "$verb ended with $status: $(cat /run/said)" ;;
    esac
}

# Usage: clean_up DEL|GC
clean_up() {
    local said
    if [ "$1" = DEL ]; then said=$(call DEL victim 2>&1); else said=$(collect_garbage keeper 2>&1); fi ||
        complain "$1 fails: $said"
    compare "after $1"
}

compare() {
    local found
    node_state >/run/now
    found=$(diff /run/before /run/now) && return
    complain "$1:" "$found"
    mv /run/now /run/before
}

# Before every call, each time with the other verb to clean up; both get to see every kind of ruin.
kill_everywhere() {
    local cleaners
    read -ra cleaners <<<"${CLEANERS:-DEL GC}"
    while killed_at $((kills + 1)); do
        kills=$((kills + 1))
        clean_up "${cleaners[kills % ${#cleaners[@]}]}"
    done
    clean_up DEL
}

# Every address the configuration has is free but the keeper's, and is given once only.
allocate_all() {
    local pod given
    for pod in $(seq "$pods"); do
        call ADD "pod$pod" >"/run/pod$pod.result" || { complain "no address for pod $pod"; return; }
    done
    if call ADD victim >/run/said 2>&1; then complain "there are more addresses than before"; fi
    given=$(grep -ohE '"address": *"[^"]+"' /run/*.result | sort | uniq -d)
    [ -z "$given" ] || complain "given twice: $given"
    for pod in $(seq "$pods"); do call DEL "pod$pod"; done
    call DEL victim
    compare "after all addresses were given and taken back"
    [ -z "$(unfinished_files)" ] || complain "still there: $(unfinished_files)"
}

begin=$SECONDS
make_node
# The keeper lives through all of it; the other one brings what pods share.
call ADD keeper >/run/keeper.result
call ADD victim >/dev/null
call DEL victim
until addresses_are_settled; do sleep 0.1; done
node_state >/run/before
kill_everywhere
allocate_all
printf '%-4s %-24s %4d kills %4d s %s\n' "$verb" "$(basename "$configuration")" "$kills" \
    $((SECONDS - begin)) "$([ $failures = 0 ] && echo ok || echo FAILED)"
[ $failures = 0 ]
