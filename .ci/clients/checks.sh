# What containers must be able to do, and what must be left of them: nothing.

failures=0
passed=0

offers_host_ports() { grep -q '"portMappings"' "$conflist"; }
# Whether a container of this name has its port 9000 on the node's port 8080.
publishes() { offers_host_ports && [[ $1 =~ ^(first|a)$ ]]; }
# A bridge sends nothing back by the port that it came from, unless it is told to.
hairpins() { ! grep -q '"bridge"' "$conflist" || grep -q '"hairpinMode": *true' "$conflist"; }
masquerades() { grep -qE '"(ipMasq|masquerade)": *true' "$conflist"; }

# Usage: retry SECONDS command…
retry() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.1
    done 2>/dev/null
}

# Usage: expect 'what must be said' command…
expect() {
    local wanted=$1 said
    shift
    said=$("$@" 2>&1) || true
    if [ "$said" = "$wanted" ]; then
        passed=$((passed + 1))
    else
        failures=$((failures + 1))
        printf 'FAILED: %s\n  wanted: %s\n  got: %s\n' "$*" "$wanted" "$said"
    fi
}

# Runs containers with the client at hand, asks them, and looks for what is left of them.
try_client() {
    local begin=$SECONDS
    passed=0
    "${client}_start"
    # The first container also brings what containers share, such as the bridge: it stays.
    "${client}_run" first /bin/busybox sleep 1000
    "${client}_remove" first
    node_state >/run/before
    "${client}_run" a /usr/bin/perl /talk.pl serve a 9000
    "${client}_run" b /usr/bin/perl /talk.pl serve b 9000
    try_containers
    "${client}_remove" a
    "${client}_remove" b
    node_state >/run/after
    "${client}_stop"
    expect '' diff /run/before /run/after
    echo "$passed checks passed in $((SECONDS - begin)) s"
}

try_containers() {
    local i a b family addresses_a addresses_b
    mapfile -t addresses_a < <(addresses_of a)
    mapfile -t addresses_b < <(addresses_of b)
    [ ${#addresses_a[@]} -gt 0 ] || expect 'an address' echo none
    for i in "${!addresses_a[@]}"; do
        a=${addresses_a[i]}
        b=${addresses_b[i]}
        case "$a" in *:*) family=1 ;; *) family=0 ;; esac
        for protocol in tcp udp; do
            try_pods "$a" "$b"
            if offers_host_ports; then try_host_ports "$b"; fi
        done
    done
}

addresses_of() {
    "${client}_exec" "$1" /bin/busybox ip -o addr show dev eth0 scope global |
        sed -nE 's|.* inet6? ([^/ ]+).*|\1|p'
}

# Asks over the protocol at hand. Usage: from_host ADDRESS PORT, from_pod NAME ADDRESS PORT
from_host() { perl .ci/clients/talk.pl ask "$protocol" "$@"; }
from_outside() { in_outside perl .ci/clients/talk.pl ask "$protocol" "$@"; }
from_pod() { "${client}_exec" "$1" /usr/bin/perl /talk.pl ask "$protocol" "${@:2}"; }

# Pods and the node see each other as they are; outside, a pod is its node.
try_pods() {
    local node=${node_addresses[family]} outside=${outside_addresses[family]}
    expect "a saw $2" from_pod b "$1" 9000
    expect "b saw $1" from_pod a "$2" 9000
    expect "host saw $1" from_pod a "$node" 9000
    expect "a saw $(source_towards "$1")" from_host "$1" 9000
    if masquerades; then expect "outside saw $node" from_pod a "$outside" 9000; fi
}

source_towards() { ip -o route get "$1" | sed -nE 's/.* src ([^ ]+).*/\1/p'; }

# The port is open to everybody at the node's addresses, where links allow it to the pod itself.
try_host_ports() {
    local node=${node_addresses[family]} outside=${outside_addresses[family]}
    expect "a saw $outside" from_outside "$node" 8080
    expect "a saw" answers from_host "$node" 8080
    expect "a saw" answers from_pod b "$node" 8080
    if hairpins; then expect "a saw" answers from_pod a "$node" 8080; fi
    # The kernel lets no packet from ::1 leave the loopback, whatever its new destination.
    if [ "$family" = 0 ]; then expect "a saw" answers from_host 127.0.0.1 8080; fi
}

# Who answers, whatever address it sees: translation may hide the client.
answers() { "$@" | cut -d ' ' -f 1-2; }

# What a person wants to know who reads that something failed.
explain() {
    node_state
    tail -v -n 20 /run/{talk,containerd,ctr,podman}.log 2>/dev/null
}
