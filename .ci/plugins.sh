# Sourced where plugins are tried in namespaces: puts them where runtimes look for them.

# Usage: install_plugins [DIRECTORY]     ours under all their names, or those of the directory
install_plugins() {
    mkdir -p /opt/cni/bin
    if [ -n "${1:-}" ]; then
        cp "$1"/* /opt/cni/bin
    else
        env -u DESTDIR PREFIX=/run/weft CNI_BIN=/opt/cni/bin CNI_LINKS=reference \
            .ci/install.sh >/dev/null
    fi
}
