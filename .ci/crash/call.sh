# Calls of the plugin, as a runtime makes them.

# A call that waits for what a killed one had is a failure, too.
patience=20

# Usage: call COMMAND CONTAINER [program that runs the plugin, and its arguments]
call() {
    CNI_COMMAND=$1 CNI_CONTAINERID=$2 CNI_NETNS=/run/netns/$2 CNI_IFNAME=eth0 CNI_PATH=/opt/cni/bin \
        timeout "$patience" "${@:3}" "$plugin" <"/run/$2.json"
}

# GC, for which only this container is known.
collect_garbage() {
    local valid="\"cni.dev/valid-attachments\": [{\"containerID\": \"$1\", \"ifname\": \"eth0\"}],"
    CNI_COMMAND=GC CNI_PATH=/opt/cni/bin timeout "$patience" "$plugin" \
        < <(sed "1s|{|{ $valid|" "$configuration")
}
