#!/usr/bin/env bash
# On the machine: the life of the package, from installation to purge.
set -euo pipefail
cd /run/try
export DEBIAN_FRONTEND=noninteractive LC_ALL=C HOME=/root

trap 'echo "line $LINENO: $BASH_COMMAND"' ERR
step() { printf '%4d s  %s\n' $SECONDS "$*"; }
fail() {
    printf '%s\n' "$@"
    journalctl --no-pager -q -n 40 -u 'weft-*' || true
    exit 1
}
apt() {
    apt-get -qq -y -o Dpkg::Use-Pty=0 "$@" >apt.log 2>&1 || fail "apt-get $*" "$(cat apt.log)"
}
# Usage: expect WHAT command…
expect() { "${@:2}" >expect.log 2>&1 || fail "not so: $1 ($(cat expect.log))"; }

# Files that differ from the disk below, and all directories: those that were only looked through
# are among the changes as well. What packages, logs and systemd keep of themselves is theirs.
theirs='/var/(lib/(dpkg|apt|systemd)|log|cache)'
files() {
    find changes ! -type d -printf '/%P %s bytes\n' | sort | grep -vE "^($theirs)"
    find /etc /opt /srv /usr /var -xdev -type d | sort | grep -vE "^($theirs)"
}
kernel() {
    nft list ruleset
    ip -o link | sed -E 's/ state .*//'
    ip -o addr | sed -E 's/valid_lft.*//'
    ip route show table all
    ip -6 route show table all
    ip rule
    ip -6 rule
    { grep -rsH . /proc/sys/net || true; } | grep -vE 'random|nf_conntrack_count'
}
save() {
    files >"$1.files"
    kernel >"$1.kernel" 2>&1
}

installed() {
    expect 'the binary runs' weft version
    expect 'manual pages are there' man -w weft weft-proxy
    expect 'bash completes' grep -q 'weft completion' /usr/share/bash-completion/completions/weft
    for name in weft-ipam weft-portmap weft-bandwidth; do
        expect "$name is a link" [ "$(readlink /opt/cni/bin/$name)" = weft-cni ]
    done
    for unit in weft-agent weft-proxy weft-dns; do
        expect "$unit is not enabled" [ "$(systemctl is-enabled $unit)" = disabled ]
        expect "$unit does not run" [ "$(systemctl is-active $unit)" = inactive ]
    done
    expect 'every file is as packed' dpkg --verify weft
}

# Two nodes and a service of two endpoints, in the place of an API server.
write_manifests() {
    mkdir -p /srv/manifests
    cat >/srv/manifests/web.yaml <<'YAML'
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec:
  clusterIP: 10.96.0.80
  ports: [{port: 80}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: default, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: "", port: 8080, protocol: TCP}]
endpoints: [{addresses: [10.244.1.7]}, {addresses: [10.244.1.8]}]
---
apiVersion: v1
kind: Node
metadata: {name: node}
spec: {podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24]}
status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}
---
apiVersion: v1
kind: Node
metadata: {name: other}
spec: {podCIDR: 10.244.2.0/24, podCIDRs: [10.244.2.0/24]}
status: {addresses: [{type: InternalIP, address: 192.0.2.2}]}
YAML
}

# Usage: instead_of UNIT command…     what a unit runs here
instead_of() {
    mkdir -p "/etc/systemd/system/$1.service.d"
    printf '[Service]\nExecStart=\nExecStart=%s\n' "${*:2}" \
        >"/etc/systemd/system/$1.service.d/here.conf"
    systemctl daemon-reload
}

start() {
    timeout 20 systemctl enable -q --now "$1" || fail "$1 does not start" "$(systemctl status "$1")"
    expect "$1 is ready" systemctl -q is-active "$1"
}

services() {
    write_manifests
    ip link add eth0 type veth peer name outside
    ip addr add 192.0.2.1/24 dev eth0
    ip link set eth0 up
    ip link set outside up
    instead_of weft-proxy /usr/bin/weft proxy --config /etc/weft/proxy.conf \
        --manifests /srv/manifests --hostname-override node
    start weft-proxy
    expect 'the service is in the kernel' grep -q 10.96.0.80 <(nft list table ip weft-proxy)
    instead_of weft-dns /usr/bin/weft dns --conf /etc/weft/Corefile --manifests /srv/manifests \
        --node-local --dns-service 10.96.0.10
    start weft-dns
    expect 'names are answered' grep -qx 10.96.0.80 \
        <(weft dig web.default.svc.cluster.local @10.96.0.10 --short)
}

# The agent goes on where the proxy was.
agent() {
    table >table.before
    sed -i 's|^manifests: .*|manifests: /srv/manifests|; s|^nodeName: .*|nodeName: node|
        s|^  mode: .*|  mode: direct|; s|10-weft.conflist|05-weft.conflist|' /etc/weft/agent.yaml
    start weft-agent
    expect 'the proxy made room' [ "$(systemctl is-active weft-proxy)" = inactive ]
    expect 'the table is the same' diff table.before <(table)
    expect 'a route leads to the other node' grep -q 'via 192.0.2.2 ' <(ip route show 10.244.2.0/24)
    expect 'runtimes are told' test -s /etc/cni/net.d/05-weft.conflist
    expect 'it says how it does' weft status
}

# Handles tell whether it is the same table or another.
table() { nft -a list table ip weft-proxy | grep -vE 'counter|elements'; }

upgrade() {
    local before
    before=$(systemctl show -P MainPID weft-agent)
    ip route show proto 87 >routes.before
    table >table.before
    echo '# of the administrator' >>/etc/weft/Corefile
    apt install --reinstall ./weft_*.deb
    expect 'another process runs' [ "$(systemctl show -P MainPID weft-agent)" != "$before" ]
    expect 'the agent is ready' systemctl -q is-active weft-agent
    expect 'the table is the same' diff table.before <(table)
    expect 'routes are the same' diff routes.before <(ip route show proto 87)
    expect 'the configuration is kept' grep -q administrator /etc/weft/Corefile
}

removed() {
    apt remove weft
    expect 'no service runs' [ "$(systemctl is-active weft-agent weft-dns)" = $'inactive\ninactive' ]
    expect 'services are still in the kernel' nft list table ip weft-proxy
    expect 'routes are still in the kernel' diff routes.before <(ip route show proto 87)
    expect 'the configuration is there' test -e /etc/weft/agent.yaml
    expect 'no link leads nowhere' [ -z "$(find /opt/cni -xtype l)" ]
}

# What this script made.
clear() {
    rm -rf /srv/manifests /etc/systemd/system/weft-{proxy,dns}.service.d
    ip link del eth0
}

# Usage: compare WHAT
compare() {
    save after
    for kind in files kernel; do
        diff before.$kind after.$kind >difference || fail "$1: $kind differ" "$(cat difference)"
    done
}

save before
step 'install'
apt install ./weft_*.deb
installed
expect 'loopback is ours' [ "$(readlink /opt/cni/bin/loopback)" = weft-cni ]
apt purge weft
compare 'installed and purged'

step 'install beside another suite'
# As a node has it. Weft switches it on and never off, for others may rely on it by then.
for family in 4 6; do echo 1 >/proc/sys/net/ipv$family/conf/all/forwarding; done
mkdir -p /opt/cni/bin
echo theirs >/opt/cni/bin/loopback
save before
apt install ./weft_*.deb
installed
expect 'loopback is theirs' grep -q theirs /opt/cni/bin/loopback
step 'run services'
services
step 'run the agent'
agent
step 'upgrade'
upgrade
step 'remove'
removed
step 'purge'
apt purge weft
clear
compare 'run and purged'
step 'files and kernel are as before'
