# podman with its CNI backend.

podman_start() {
    cat >/run/containers.conf <<'TOML'
[network]
network_backend = "cni"
cni_plugin_dirs = ["/opt/cni/bin"]
network_config_dir = "/etc/cni/net.d"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
TOML
    cat >/run/storage.conf <<'TOML'
[storage]
driver = "vfs"
runroot = "/run/containers/storage"
graphroot = "/var/lib/containers/storage"
TOML
    export CONTAINERS_CONF=/run/containers.conf CONTAINERS_STORAGE_CONF=/run/storage.conf
    podman_network=$(sed -nE '0,/"name"/s/.*"name": *"([^"]+)".*/\1/p' "$conflist")
}

podman_stop() { :; }

podman_run() {
    local name=$1 ports=()
    shift
    if publishes "$name"; then ports=(-p 8080:9000/tcp -p 8080:9000/udp); fi
    podman run --detach --name "$name" --network "$podman_network" --cgroup-parent "/$group" \
        "${ports[@]}" --volume /usr:/usr:ro --rootfs "$rootfs" "$@" >>/run/podman.log 2>&1
}

podman_exec() { podman exec "$@" </dev/null; }

podman_remove() { podman rm --force --time 0 "$1" >>/run/podman.log 2>&1; }
