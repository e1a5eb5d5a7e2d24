#!/usr/bin/env bash
# Finds what a test run leaves behind. It looks at the whole machine, so nothing else should
# change it meanwhile; what others do for a moment is waited for.
#   leftovers.sh save DIRECTORY      remembers how things are
#   leftovers.sh compare DIRECTORY   fails on everything that is there and was not
set -euo pipefail
source "$(dirname "$0")/environment.sh"

patience=${PATIENCE:-20}

namespaces() {
    find /run/netns -mindepth 1 2>/dev/null || true
    awk '$3 == "nsfs" || / - nsfs /{ print "nsfs on " $5 }' /proc/self/mountinfo
}

# Without counters, and without the lifetimes that run while we look.
links() { ip -o link show | sed -E 's/ state .*//; s/^[0-9]+: //'; }
addresses() { ip -o addr show | sed -E 's/^[0-9]+: //; s/valid_lft.*//'; }
routes() {
    ip -4 route show table all
    ip -6 route show table all | sed -E 's/ expires [0-9]+sec//'
    ip rule show
    ip -6 rule show
}
qdiscs() { tc qdisc show 2>/dev/null | sed -E 's/refcnt.*//' || true; }
nftables() { nft list tables 2>/dev/null || true; }
# ip-netns(8) leaves the directory of named namespaces mounted on itself, for ever.
mounts() { cut -d ' ' -f 5 /proc/self/mountinfo | grep -vx /run/netns; }
sysctls() {
    grep -rsH . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv{4,6}/conf/{all,default} || true
}
repository() { git status --porcelain 2>/dev/null || true; }

# Processes that work in the checkout, run a program of it or carry this run's mark.
processes() {
    local directory
    for directory in /proc/[0-9]*; do
        belongs_to_run "$directory" || continue
        # The start time tells a number from its next user.
        awk -v pid="${directory#/proc/}" '{ sub(/.*\) /, ""); printf "%s %s ", pid, $20 }' \
            "$directory/stat" 2>/dev/null || continue
        tr '\0' ' ' <"$directory/cmdline" 2>/dev/null || true
        echo
    done
}

belongs_to_run() {
    case "$(readlink "$1/cwd" "$1/exe" 2>/dev/null)" in *"$PWD"*) return 0 ;; esac
    [ -n "${WEFT_RUN:-}" ] && grep -qsz "^WEFT_RUN=$WEFT_RUN\$" "$1/environ"
}

# This script and what called it are no leftovers.
without_ancestors() {
    local pid=$$ ancestors=" "
    while [ "$pid" -gt 1 ]; do
        ancestors+="$pid "
        pid=$(awk '{ sub(/.*\) /, ""); print $2 }' "/proc/$pid/stat")
    done
    awk -v ancestors="$ancestors" \
        'NF && index(ancestors, " " $1 " ") == 0 && $0 !~ /leftovers\.sh/' | sort
}

# Names everywhere; size and time as well where a changed file matters.
files() {
    local ignored
    ignored=$(sed -E '/^(#|$)/d' .ci/leftovers.ignore | sed "s|^~|$HOME|" | paste -sd '|')
    {
        find /tmp /var/tmp /run /dev/shm /var/lib /etc /opt /usr/local "$HOME" -xdev -maxdepth 5 \
            -path "$PWD" -prune -o -printf '%p\n' 2>/dev/null || true
        find /etc /opt /usr/local -xdev -maxdepth 5 -path "$PWD" -prune -o \
            -type f -printf '%p: %s bytes of %t\n' 2>/dev/null || true
    } | grep -vE "^($ignored)" || true
}

kinds='namespaces links addresses routes qdiscs nftables mounts sysctls repository files'

save() {
    mkdir -p "$1"
    local kind running
    for kind in $kinds; do "$kind" | sort >"$1/$kind"; done
    # First the list, then its filters, which would be in it.
    running=$(processes)
    without_ancestors <<<"$running" >"$1/processes"
}

# What is new or gone since the first directory was written.
difference() {
    local kind
    for kind in $kinds processes; do
        comm -3 "$1/$kind" "$2/$kind" | sed -E "s/^\t/  left behind ($kind): /; t; s/^/  gone ($kind): /"
    done | grep -vE '^  gone \((processes|files)\)' || true
}

compare() {
    local deadline=$((SECONDS + patience)) now found
    now=$(mktemp -d "$1/now.XXXXXX")
    while save "$now" && found=$(difference "$1" "$now") && [ -n "$found" ]; do
        if [ $SECONDS -ge $deadline ]; then fail "$found"; fi
        sleep 1
    done
}

case "${1:-} ${2:+directory}" in
    "save directory") save "$2" ;;
    "compare directory") compare "$2" ;;
    *) fail "Usage: $0 save|compare DIRECTORY" ;;
esac
