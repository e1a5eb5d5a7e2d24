# The node that the clients run on, the machine outside, and what is remembered of the node.

# Of documentation's networks (RFC 5737, RFC 3849): what the node and the machine outside are.
node_addresses=(192.0.2.1 2001:db8::1)
outside_addresses=(192.0.2.2 2001:db8::2)
rootfs=/run/rootfs

make_node() {
    make_private_directories
    make_rootfs
    write_ranges
    connect_outside
    serve host "${node_addresses[@]}"
    in_outside serve outside
}

# What the clients and the plugins write to, empty.
make_private_directories() {
    lay_private /run /var/lib /opt /dev/shm /etc/cni
    export TMPDIR=/run/tmp
}

lay_private() {
    local directory
    for directory in "$@"; do
        mount -t tmpfs tmpfs "$directory"
    done
    mkdir -p /run/netns /run/tmp /etc/cni/net.d /var/lib/cni
}

# busybox, and the machine's own programs below /usr, which the containers get to see.
make_rootfs() {
    mkdir -p "$rootfs"/{bin,proc,sys,dev,etc,tmp,run,usr}
    cp /bin/busybox "$rootfs/bin"
    cp .ci/clients/talk.pl "$rootfs"
    ln -s usr/lib "$rootfs/lib"
    ln -s usr/lib64 "$rootfs/lib64"
}

# What the node's agent and flannel write on a node before its first pod.
write_ranges() {
    mkdir -p /run/weft /run/flannel
    echo '{"podCIDRs": ["10.244.7.0/24", "fd00:10:244:7::/64"]}' >/run/weft/ranges.json
    printf '%s\n' FLANNEL_NETWORK=10.244.0.0/16 FLANNEL_SUBNET=10.244.7.1/24 \
        FLANNEL_IPV6_NETWORK=fd00:10:244::/48 FLANNEL_IPV6_SUBNET=fd00:10:244:7::1/64 \
        FLANNEL_MTU=1450 FLANNEL_IPMASQ=true >/run/flannel/subnet.env
}

# A machine on the node's network, which knows nothing of pods and has no route to them.
connect_outside() {
    ip netns add outside
    ip link add uplink type veth peer name eth0 netns outside
    activate uplink "${node_addresses[@]}"
    in_outside activate eth0 "${outside_addresses[@]}"
}

activate() {
    ip address add "$2/24" dev "$1"
    ip address add "$3/64" dev "$1" nodad
    ip link set lo up
    ip link set "$1" up
}

# Runs a command or a function in the network of the machine outside.
in_outside() {
    if declare -F "$1" >/dev/null; then
        nsenter --net=/run/netns/outside bash -c "$(declare -f "$1"); $(printf '%q ' "$@")"
    else
        nsenter --net=/run/netns/outside "$@"
    fi
}

serve() { perl .ci/clients/talk.pl serve "$1" 9000 "${@:2}" >/run/talk.log 2>&1 & }

# What must be as before once the containers are gone; without what counts, ages or goes up and down.
node_state() {
    retry 5 addresses_are_settled
    echo '# nft list ruleset'
    nft list ruleset 2>/dev/null | sed -E 's/packets [0-9]+ bytes [0-9]+//'
    echo '# ip -d link'
    ip -d link | sed -E 's/<[^>]*>|state [A-Z]+|[a-z_]*timer +[0-9.]+//g'
    echo '# ip addr, route, rule'
    ip -o addr | sed -E 's/valid_lft.*//'
    { ip route show table all && ip -6 route show table all; } |
        sed -E 's/expires [0-9]+sec//; s/ linkdown//'
    ip rule
    ip -6 rule
    echo '# tc qdisc'
    tc qdisc | sed -E 's/refcnt.*//'
    echo '# leases'
    leases
    echo '# namespaces'
    ls /run/netns
}

# The files that say who has what; the others say where to go on.
leases() {
    find /var/lib/cni -type f ! -name lock ! -name 'last_reserved_ip.*' ! -name 'released.*' \
        ! -path '*/.weft/*/new' | sort
}

# Duplicate-address detection has found none, and the kernel has made the addresses' routes.
addresses_are_settled() { [ -z "$(ip -6 addr show tentative)" ]; }
