#!/usr/bin/env bash
# A cluster of two nodes, in namespaces that .ci/clients.sh has made: on each an agent, which writes
# the conflist, and a containerd that is driven as a kubelet does. A pod reaches a service on the
# other node by its name, whatever becomes of the agents; afterwards nothing is left.
#   cluster.sh CONTROL_GROUP
set -euo pipefail
source "$(dirname "$0")/../environment.sh"
for part in node nodes checks; do source ".ci/clients/$part.sh"; done

group=$1
image=localhost/weft/busybox:1
name_server=10.96.0.10
conflist=/etc/cni/net.d/10-weft.conflist
page=cgi-bin/seen

make_cluster() {
    lay_private /run /var/lib /opt /dev/shm /etc/cni
    mkdir -p /run/netns /run/tmp /opt/{log,manifests}
    env -u DESTDIR PREFIX=/opt/weft CNI_BIN=/opt/cni/bin .ci/install.sh >/dev/null
    make_rootfs
    write_pages
    make_image
    write_containerd_configuration
    make_nodes
    write_objects
}

# Whom the server sees, and one that takes four seconds.
write_pages() {
    mkdir -p "$rootfs/www/cgi-bin"
    cat >"$rootfs/www/$page" <<'SH'
#!/bin/busybox sh
printf '\nweb saw %s\n' "$REMOTE_ADDR" | /bin/busybox sed 's/::ffff://; s/[][]//g'
SH
    cat >"$rootfs/www/cgi-bin/long" <<'SH'
#!/bin/busybox sh
echo
for i in 1 2 3 4 5 6 7 8; do echo $i; /bin/busybox sleep 0.5; done
SH
    chmod 755 "$rootfs"/www/cgi-bin/*
}

write_objects() {
    write_node one 1 "${node_addresses[@]}"
    write_node two 2 "${outside_addresses[@]}"
    write_service default web '10.96.0.80, "fd00:10:96::80"' '{port: 80}'
    write_service kube-system kube-dns "$name_server, \"fd00:10:96::a\"" \
        '{name: dns, port: 53, protocol: UDP}' '{name: dns-tcp, port: 53}'
    cat >/opt/Corefile <<'COREFILE'
.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa
}
COREFILE
}

# A runtime that was there first takes notice of the conflist; one that comes later finds it.
start_nodes() {
    start_containerd one
    expect 'no network yet' unready one
    state_of one >/opt/before-one
    state_of two >/opt/before-two
    start_agent one
    start_agent two
    expect '' becomes_ready one
    retry 10 on two test -e "$conflist"
    start_containerd two
    expect '' cri two ready
}

unready() { cri "$1" ready 2>&1 | sed -E 's/^NetworkPluginNotReady: .*/no network yet/'; }
becomes_ready() { retry 10 cri "$1" ready || cri "$1" ready; }

# The first pod also brings what pods share: it stays.
settle() {
    local node
    for node in one two; do
        run_pod $node first sleep 1000
        remove_pod first
        state_of $node >/opt/without-pods-$node
    done
}

start_pods() {
    run_pod one kube-dns /opt/weft/bin/weft dns --conf /opt/Corefile --manifests /opt/manifests
    run_pod one web /bin/busybox httpd -f -p 80 -h /www
    run_pod two client /bin/busybox sleep 1000
}

# Usage: ask POD FAMILY [NAME]
ask() {
    in_pod "$1" /usr/bin/curl -sS "-$2" --max-time 5 \
        "http://${3:-web.default.svc.cluster.local}/$page"
}

# Both families have the pod's own address on the other node.
try_names() {
    local family four six
    read -r four six <<<"${addresses[$1]}"
    for family in 4 6; do retry 10 ask "$1" $family >/dev/null || true; done
    expect "nameserver $name_server" in_pod "$1" /bin/busybox grep nameserver /etc/resolv.conf
    expect "web saw $four" ask "$1" 4
    expect "web saw $six" ask "$1" 6
    expect "web saw $four" ask "$1" 4 web
}

# Both agents are killed and come back while a pod asks and asks, and while one answer lasts; a pod
# that is started in between is as good as any.
kill_agents() {
    local node asking reading
    in_pod client /bin/busybox sh -c "$(declare -f ask_on); ask_on" >/opt/asked &
    asking=$!
    in_pod client /usr/bin/curl -sSN --max-time 20 http://web/cgi-bin/long -o /tmp/read &
    reading=$!
    retry 5 in_pod client /bin/busybox test -s /tmp/read
    for node in one two; do kill_agent $node; done
    run_pod two late /bin/busybox sleep 1000
    try_names late
    for node in one two; do start_agent $node; done
    for node in one two; do retry 10 on $node /opt/weft/bin/weft status >/dev/null; done
    wait $reading || true
    expect '1 2 3 4 5 6 7 8' in_pod client /bin/busybox sh -c 'echo $(/bin/busybox cat /tmp/read)'
    in_pod client /bin/busybox touch /tmp/enough
    wait $asking || true
    expect '0 failed, many asked' cat /opt/asked
    try_names late
}

# Runs in a container.
ask_on() {
    local failed=0 asked=0
    until [ -e /tmp/enough ]; do
        /usr/bin/curl -s --max-time 1 http://web/cgi-bin/seen >/dev/null || failed=$((failed + 1))
        asked=$((asked + 1))
        /bin/busybox sleep 0.02
    done
    echo "$failed failed, $([ $asked -gt 20 ] && echo many || echo $asked) asked"
}

# Without pods, and then without Weft.
remove_all() {
    local name node
    for name in client late web kube-dns; do remove_pod "$name"; done
    for node in one two; do
        retry 5 is_left $node without-pods >/dev/null || true
        expect '' is_left $node without-pods
        kill "${agents[$node]}"
        wait "${agents[$node]}" || expect 'an end' echo "agent $node: status $?"
        on $node /opt/weft/bin/weft cleanup >/dev/null
        expect '' is_left $node before
    done
}

is_left() { state_of "$1" >"/opt/now-$1" && diff "/opt/$2-$1" "/opt/now-$1"; }

# What a person wants to know who reads that something failed.
explain() {
    local node
    for node in one two; do
        echo "# node $node"
        state_of $node
        on $node tail -v -n 20 /opt/log/{agent,containerd}-$node
        on $node bash -c 'tail -v -n 20 $(find /run/pods -type f) </dev/null' || true
        on $node /opt/weft/bin/weft status || true
    done
}

printf '%-10s %-28s ' containerd 'two nodes with agents'
begin=$SECONDS
# Also where something fails and ends the script, whatever its output was led to.
exec 3>&1
trap '[ $? = 0 ] || explain >&3 2>&3' EXIT
make_cluster
start_nodes
settle
start_pods
try_names client
kill_agents
remove_all
[ $failures = 0 ] || fail "$failures checks failed."
echo "$passed checks passed in $((SECONDS - begin)) s"
