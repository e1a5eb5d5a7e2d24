#!/usr/bin/env bash
# One conflist with both clients, on a node that .ci/clients.sh has made namespaces for.
#   main.sh CONTROL_GROUP CONFLIST [BIN_DIR]
set -euo pipefail
source "$(dirname "$0")/../environment.sh"
source .ci/plugins.sh
for part in node containerd podman checks; do source ".ci/clients/$part.sh"; done

group=$1

# The conflist alone in the directory.
install_conflist() {
    conflist=/etc/cni/net.d/$(basename "$1")
    cp "$1" "$conflist"
}

# Also where a client or a plugin fails and ends the script.
trap '[ $? = 0 ] || explain' EXIT
make_node
install_plugins "${3:-}"
install_conflist "$2"
for client in containerd podman; do
    printf '%-10s %-28s ' "$client" "$(basename "$2")"
    try_client
done
[ $failures = 0 ] || fail "$failures checks failed."
