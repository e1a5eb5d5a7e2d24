#!/usr/bin/env bash
# Installs what Weft needs beside the Swift toolchain. Says nothing when nothing is missing.
#   setup.sh [clients] [crash] [reference] [commandline] [package] [monitoring] [nameservers] [peers]
#            [browser]
#     what these need, as well
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# Debian package, and a test for what we need of it.
needs() {
    cat <<'LIST'
libmnl-dev     test -e /usr/include/libmnl/libmnl.h
libnftnl-dev   test -e /usr/include/libnftnl/set.h
libcurl4-openssl-dev    command -v curl-config
libyaml-dev    test -e /usr/include/yaml.h
libnghttp2-dev test -e /usr/include/nghttp2/nghttp2.h
libssl-dev     test -e /usr/include/openssl/ssl.h
nftables       command -v nft
iproute2       command -v ip
iptables       command -v iptables-nft
conntrack      command -v conntrack
bind9-dnsutils command -v dig
LIST
}

# The runtimes whose containers our plugins connect.
needs_clients() {
    cat <<'LIST'
containerd        command -v ctr
runc              command -v runc
podman            command -v podman
busybox-static    command -v busybox
curl              command -v curl
LIST
}

# The shells that complete our commands, and what reads our manual pages.
needs_commandline() {
    cat <<'LIST'
zsh       command -v zsh
fish      command -v fish
mandoc    command -v mandoc
groff     test -d /usr/share/groff/current/tmac
LIST
}

# What makes a Debian package, and what tries it.
needs_package() {
    cat <<'LIST'
dpkg-dev     command -v dpkg-shlibdeps
systemd      command -v systemd-analyze
LIST
}

needs_monitoring() { echo 'prometheus    command -v promtool'; }

needs_crash() { echo 'strace    command -v strace'; }

# The plugins that ours are measured against, and how their processes are counted.
needs_reference() {
    echo 'containernetworking-plugins    test -e /usr/lib/cni/bridge'
    echo 'e2fsprogs    command -v mkfs.ext4'
    needs_crash
}

# What reads the plots of a page of results back.
needs_browser() { echo 'chromium    command -v chromium'; }

# The name servers that ours is measured against, and what asks them.
needs_nameservers() {
    cat <<'LIST'
knot       command -v knotd
nsd        command -v nsd
unbound    command -v unbound
dnsperf    command -v dnsperf
curl       command -v curl
python3    command -v python3
LIST
}

# All that `weft bench` finds something to measure with.
needs_peers() {
    needs_reference
    cat <<'LIST'
knot       command -v knotd
nsd        command -v nsd
unbound    command -v unbound
dnsmasq-base    command -v dnsmasq
LIST
}

wanted() {
    local what
    needs
    for what in "$@"; do "needs_$what"; done
}

missing_packages() {
    while read -r package probe; do
        bash -c "$probe" >/dev/null 2>&1 || echo "$package"
    done < <(wanted "$@")
}

install_packages() {
    DEBIAN_FRONTEND=noninteractive without_starting \
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >"$log" 2>&1
}

# Debian starts servers that it installs, unless this one program says no: ours does, for nobody else
# but this installation. Where the machine has none there is a file to put ours upon, which says
# nothing as it cannot be run, should it ever stay behind.
without_starting() {
    local policy=/usr/sbin/policy-rc.d status=0 is_new=
    # Where there are no mounts of one's own, as in some containers, nothing starts servers either.
    if ! unshare --mount true 2>/dev/null; then
        "$@"
        return
    fi
    printf '#!/bin/sh\nexit 101\n' >"$state/policy"
    chmod +x "$state/policy"
    if [ ! -e "$policy" ]; then is_new=1 && touch "$policy"; fi
    unshare --mount sh -c 'mount --bind "$0" "$1" && shift && exec "$@"' \
        "$state/policy" "$policy" "$@" || status=$?
    if [ -n "$is_new" ]; then rm "$policy"; fi
    return $status
}

command -v swift >/dev/null || fail \
    "Weft is built with Swift 6.3 or newer, and there is no swift on PATH." \
    "Install it as https://www.swift.org/install/linux says, then add its usr/bin to PATH."

mapfile -t missing < <(missing_packages "$@")
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

command -v apt-get >/dev/null || fail \
    "Missing here: ${missing[*]} (the names of the Debian packages)." \
    "There is no apt-get on this machine: install them with its own package manager."
[ "$(id -u)" = 0 ] || fail \
    "Missing packages: ${missing[*]}" "Install them with:" \
    "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"

echo "Installing: ${missing[*]}"
state=$(mktemp -d)
log=$state/log
trap 'rm -rf "$state"' EXIT
# The package lists of a fresh machine are empty or old; only then are they worth fetching.
if ! install_packages "${missing[@]}"; then
    apt-get update -qq </dev/null >>"$log" 2>&1 || true
    install_packages "${missing[@]}" || fail "$(tail -n 20 "$log")" "apt-get could not install them."
fi

mapfile -t missing < <(missing_packages "$@")
[ ${#missing[@]} -eq 0 ] || fail "Installed, but still not usable: ${missing[*]}"
