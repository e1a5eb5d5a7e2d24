# The node whose plugins are killed, and what must be as before.

# Each configuration's ranges have as many addresses as there are pods and the keeper.
pods=5

make_node() {
    local directory pod
    for directory in /run /var/lib /opt; do mount -t tmpfs tmpfs "$directory"; done
    mkdir -p /run/netns /var/lib/cni
    install_plugins "${PLUGINS:-}"
    ip link set lo up
    for pod in keeper victim $(seq -f pod%g "$pods"); do
        ip netns add "$pod"
        configure "$pod"
    done
}

# The configuration as it is for this container: each has a host port of its own.
configure() { sed "s/8080/$((ports++))/" "$configuration" >"/run/$1.json"; }
ports=8080

# Without what counts, ages, or goes up and down by itself.
node_state() {
    echo '# nftables'
    nft list ruleset 2>/dev/null | sed -E 's/packets [0-9]+ bytes [0-9]+//'
    echo '# node'
    network
    # Not what the kernel learns and forgets by itself, nor how sure it is of an entry.
    ip neigh show nud permanent | sed -E 's/ [A-Z]+ *$//'
    tc qdisc | sed -E 's/refcnt.*//'
    echo '# pod'
    network -n victim
    echo '# files'
    files
}

# Usage: network [options of ip]
network() {
    printf '%s\n' link addr rule 'route show table all' | ip "$@" -d -o -batch - | steady
    printf '%s\n' rule 'route show table all' | ip "$@" -6 -d -o -batch - | steady
}

steady() {
    sed -E 's/<[^>]*>|state [A-Z]+|[a-z_]*timer +[0-9.]+|valid_lft.*|expires [0-9]+sec| linkdown//g'
}

# Duplicate-address detection has found none, and the kernel has made the addresses' routes.
addresses_are_settled() { [ -z "$(ip -6 addr show tentative)" ]; }

# What is in the files that say who has what. The others say where to go on: host-local's cursors
# and the queues of released addresses. What was written and never got its name, nobody reads.
files() {
    find /var/lib/cni -type f ! -name lock ! -name 'last_reserved_ip.*' ! -name 'released.*' \
        ! -path '*/.weft/*/new' ! -name '.weft-*' -exec grep -H '' {} + | sort
}

# They are swept when all leases are looked at.
unfinished_files() { find /var/lib/cni -type f -name '.weft-*'; }
