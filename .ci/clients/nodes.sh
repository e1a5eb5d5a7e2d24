# Two nodes of a cluster, each with a network, directories, an agent and a containerd of its own,
# and what stands in for their kubelets. What they share is below /opt.

declare -A nodes agents pods containers node_of addresses namespaces=([kube-dns]=kube-system)

# Node one is the machine of node.sh, node two the one outside.
make_nodes() {
    add_node one
    add_node two
    ip -n one link add eth0 type veth peer name eth0 netns two
    activate_on one eth0 "${node_addresses[@]}"
    activate_on two eth0 "${outside_addresses[@]}"
}

# A process holds the namespaces: not every kernel lets a file hold those of mounts.
add_node() {
    unshare --mount --net bash -c "$(declare -f lay_private)
        lay_private /run /var/lib /etc/cni && touch /opt/log/node-$1 && exec sleep infinity" &
    nodes[$1]=$!
    retry 5 test -e "/opt/log/node-$1"
    ip netns attach "$1" "${nodes[$1]}"
}

# Runs a command on a node; enter becomes it.
on() { (enter "$@"); }
enter() { exec nsenter --target "${nodes[$1]}" --mount --net env -C "$PWD" "${@:2}"; }
activate_on() { on "$1" bash -c "$(declare -f activate); activate $(printf '%q ' "${@:2}")"; }

# Without the addresses of routers, which nodes become and stay.
state_of() {
    on "$1" bash -c 'for part in node checks; do source .ci/clients/$part.sh; done; node_state' |
        grep -v '^anycast '
    on "$1" ls -A /etc/cni/net.d /run/weft 2>/dev/null || true
}

start_agent() {
    enter "$1" /opt/weft/bin/weft agent --manifests /opt/manifests --node-name "$1" \
        >>"/opt/log/agent-$1" 2>&1 &
    agents[$1]=$!
}

kill_agent() {
    kill -KILL "${agents[$1]}"
    wait "${agents[$1]}" 2>/dev/null || true
}

# Containers get nothing that takes more than a node of namespaces has: profiles of the machine's
# kernel, a place after others when memory is short.
write_containerd_configuration() {
    cat >/opt/containerd.toml <<TOML
version = 2
[debug]
  level = "warn"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$image"
  disable_apparmor = true
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "native"
TOML
}

start_containerd() {
    enter "$1" containerd --config /opt/containerd.toml >>"/opt/log/containerd-$1" 2>&1 &
    retry 10 on "$1" ctr -n k8s.io images import /opt/image.tar >/dev/null
    retry 10 cri "$1" image "$image"
}

cri() { on "$1" perl .ci/clients/cri.pl "${@:2}"; }

# An archive as docker writes it: busybox, and the links by which its programs below /usr are found.
make_image() {
    local layer
    mkdir /opt/image
    tar -C "$rootfs" -cf /opt/image/layer.tar .
    layer=$(sha256sum </opt/image/layer.tar | cut -d ' ' -f 1)
    cat >/opt/image/config.json <<JSON
{"architecture": "$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')", "os": "linux",
 "config": {"Entrypoint": ["/bin/busybox", "sleep", "1000"]},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$layer"]}}
JSON
    echo '[{"Config": "config.json", "RepoTags": ["'"$image"'"], "Layers": ["layer.tar"]}]' \
        >/opt/image/manifest.json
    tar -C /opt/image -cf /opt/image.tar .
}

# Puts standard input in the cluster's objects, in one step.
# Usage: manifest NAME <<YAML
manifest() {
    cat >"/opt/manifests/.$1"
    mv "/opt/manifests/.$1" "/opt/manifests/$1.yaml"
}

# Usage: write_node NAME NUMBER ADDRESS…
write_node() {
    manifest "node-$1" <<YAML
{apiVersion: v1, kind: Node, metadata: {name: $1},
 spec: {podCIDRs: [10.244.$2.0/24, "fd00:10:244:$2::/64"]},
 status: {addresses: [$(printf '{type: InternalIP, address: "%s"}, ' "${@:3}")]}}
YAML
}

# Usage: write_service NAMESPACE NAME 'ADDRESSES' PORT…
write_service() {
    manifest "service-$2" <<YAML
{apiVersion: v1, kind: Service, metadata: {name: $2, namespace: $1},
 spec: {ipFamilyPolicy: RequireDualStack, clusterIPs: [$3], selector: {app: $2},
  ports: [$(printf '%s, ' "${@:4}")]}}
YAML
}

# Runs a container in a pod, and tells the cluster of it as a kubelet does.
# Usage: run_pod NODE NAME COMMAND…
run_pod() {
    local pod container ips
    read -r pod container ips < <(cri "$1" run "$2" "/$group" "$name_server" "$image" "${@:3}")
    [ -n "${container:-}" ] || fail "Pod $2 cannot be started on node $1."
    pods[$2]=$pod
    containers[$2]=$container
    addresses[$2]=$ips
    node_of[$2]=$1
    manifest "pod-$2" <<YAML
{apiVersion: v1, kind: Pod, spec: {nodeName: $1},
 metadata: {name: $2, namespace: ${namespaces[$2]:-default}, labels: {app: $2}},
 status: {phase: Running, podIPs: [$(printf '{ip: "%s"}, ' $ips)]}}
YAML
}

in_pod() { cri "${node_of[$1]}" exec "${containers[$1]}" "${@:2}"; }

remove_pod() {
    rm "/opt/manifests/pod-$1.yaml"
    cri "${node_of[$1]}" remove "${pods[$1]}"
}
