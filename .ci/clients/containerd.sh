# containerd, driven by ctr.

containerd_start() {
    cat >/run/containerd.toml <<'TOML'
version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "/run/containerd/containerd.sock"
[debug]
  level = "warn"
TOML
    containerd --config /run/containerd.toml >/run/containerd.log 2>&1 &
    containerd=$!
    retry 10 ctr version >/dev/null
}

containerd_stop() {
    kill "$containerd"
    wait "$containerd" || true
}

# ctr calls DEL when it ends, so it stays until its container does; it has no option for host
# ports, so the conflist holds them, spelled as containerd's CRI plugin does, while it is read.
containerd_run() {
    local name=$1
    shift
    if publishes "$name"; then
        sed -i.plain -E "s|\"capabilities\"|$(containerd_runtime_config), &|" "$conflist"
    fi
    ctr run --rm --cni --cgroup "" --null-io --rootfs \
        --mount type=bind,src=/usr,dst=/usr,options=rbind:ro \
        "$rootfs" "$name" "$@" >>/run/ctr.log 2>&1 </dev/null &
    ctr[$name]=$!
    retry 20 containerd_has_run "$name"
    containerd_runs "$name"
    if publishes "$name"; then mv "$conflist.plain" "$conflist"; fi
}
declare -A ctr

containerd_runtime_config() {
    local protocol mappings=""
    for protocol in tcp udp; do
        mappings+="{\"HostPort\":8080,\"ContainerPort\":9000,\"Protocol\":\"$protocol\",\"HostIP\":\"\"},"
    done
    # The burst is what containerd's CRI plugin sends where a pod names only its rate.
    printf '"runtimeConfig": {"portMappings": [%s], "bandwidth": %s}' "${mappings%,}" \
        '{"IngressRate":80000000,"IngressBurst":4294967295,"EgressRate":80000000,"EgressBurst":4294967295}'
}

# Whether it runs, or will not any more.
containerd_has_run() { containerd_runs "$1" || ! kill -0 "${ctr[$1]}"; }
containerd_runs() { ctr task ls | grep -qE "^$1 .*RUNNING"; }

containerd_exec() { ctr task exec --exec-id ask "$@" </dev/null; }

containerd_remove() {
    ctr task kill -s KILL "$1"
    wait "${ctr[$1]}" || true
}
