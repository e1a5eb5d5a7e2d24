#!/usr/bin/env bash
# Shows that the gates can fail: plants what each is there to find, in a copy, and looks for it.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# What is left behind for a try is left in a network of its own.
if [ "${1:-}" != inside ] && unshare --mount --net true 2>/dev/null; then
    exec unshare --mount --net "$0" inside
fi

root=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
chmod 755 "$copy"
failures=0

# A package with nothing wrong in it, and these scripts.
fresh() {
    rm -rf "$copy/checkout"
    mkdir -p "$copy/checkout"/{Sources/{Platform,TLS,Wire},Tests/WireTests,bench/wire}
    cp -r "$root"/.ci "$root"/.swift-format "$copy/checkout"
    echo '// swift-tools-version: 6.2' >"$copy/checkout/Package.swift"
    echo 'import Glibc' >"$copy/checkout/Sources/Platform/Platform.swift"
    cd "$copy/checkout"
}

# Usage: plant FILE TEXT
plant() { printf '%b\n' "$2" >"$1"; }

# Usage: expect ok|failure 'words of its output' command…
expect() {
    local wanted=$1 words=$2 result=ok output
    shift 2
    output=$("$@" 2>&1 </dev/null) || result=failure
    if [ "$result" = "$wanted" ] && [[ $output == *"$words"* ]]; then return; fi
    printf '%s\n  wanted: %s, saying "%s"\n  got: %s, saying:\n%s\n' \
        "$*" "$wanted" "$words" "$result" "$output"
    failures=$((failures + 1))
}

# Usage: finds GATE 'words of its output' FILE TEXT
finds() {
    fresh
    plant "$3" "$4"
    expect failure "$2" ".ci/$1.sh"
}

passes() {
    fresh
    plant "$2" "$3"
    expect ok '' ".ci/$1.sh"
}

wire=Sources/Wire/Wire.swift

source_gates() {
    finds lint Spacing $wire 'struct A{}'
    finds lint 'Sources/Wire' $wire 'struct A{}'
    finds lint NeverForceUnwrap $wire 'let a = Int("1")!'
    finds lint NeverUseForceTry bench/wire/W.swift 'let a = try! f()'
    finds lint 'not for use here' $wire '// swift-format-ignore\nlet a = 1'

    finds imports 'C library' $wire 'import Glibc'
    finds imports 'C library' $wire 'package import CLinux'
    finds imports 'C library' Tests/WireTests/T.swift '@testable import func Glibc.open'
    finds imports libmnl Sources/Platform/P.swift 'import CMnl'
    finds imports libnftnl $wire '@preconcurrency import CNftnl'
    finds imports libcurl Sources/Platform/P.swift 'import CCurl'
    finds imports OpenSSL Tests/WireTests/T.swift 'import COpenSSL'
    finds imports nghttp2 Sources/TLS/T.swift 'import CNghttp2'
    finds imports Foundation $wire 'import FoundationEssentials'
    finds imports Dispatch bench/wire/W.swift 'internal import Dispatch'
    finds imports 'C target' Package.swift '    program("weft", ["Netlink", "CMnl"]),'
    passes imports $wire '// import Glibc\nimport Platform\nimport GlibcLike'

    finds words 'Unsafe memory' $wire 'let a: UnsafeRawPointer'
    finds words 'Unsafe memory' $wire 'nonisolated(unsafe) var a = 1'
    finds words 'Unsafe memory' Tests/WireTests/T.swift 'unsafe f()'
    finds words Invariant Sources/Platform/P.swift '/// Any.\nclass A: @unchecked Sendable {}'
    finds words Invariant Sources/Platform/P.swift '// Invariant: one.\n\nclass A: @unchecked Sendable {}'
    finds words 'does not trap' $wire 'func f() { fatalError("no") }'
    finds words public $wire '    public func f() {}'
    passes words Sources/Platform/P.swift \
        '/// One.\n// Invariant: it is\n// so.\n@safe\nfinal class A: @unchecked Sendable {}\nunsafe f()'
    passes words $wire '// unsafe, public func, fatalError\nlet isUnsafely = 1 // unsafe'
}

# A function of so many lines, all of them counted.
function_of() { printf 'func f() {\n'; for ((i = 2; i < $1; i++)); do echo '    a()'; done; echo '}'; }
lines() { for ((i = 0; i < $1; i++)); do echo '// line'; done; }

sizes_gate() {
    local mixed='protocol P {\n    func a()\n    func b(\n        c: Int\n    )\n}\n\nstruct S {\n    init() {}\n'
    mixed+='    func d(\n        e: Int\n    ) -> Int {\n        func g() {\n            h { 1 }\n        }\n        return 1\n    }\n}'
    finds sizes 'a function may have 50' $wire "$(function_of 51)"
    finds sizes 'a file may have 400' $wire "$(lines 401)"
    passes sizes $wire "$(function_of 50)\n$(lines 350)"
    expect ok 'over 300: 1' .ci/sizes.sh
    fresh
    plant $wire "$mixed"
    # d of 8 lines, g of 3, init of 1; requirements have no length.
    expect ok '3 functions  p50 3  p75 8  p90 8  max 8  over 20: 0' .ci/sizes.sh
}

# The scripts that install, as root and as nobody; the packages and the compiler are stand-ins.
setup_script() {
    fresh
    mkdir bin
    printf '#!/bin/sh\necho "$0 $*" >>called\ncase "$*" in *update*) touch updated ;; *) test -e updated ;; esac\n' >bin/apt-get
    printf '#!/bin/sh\n' >bin/swift
    chmod 755 bin/*
    expect ok '' env PATH="$PWD/bin:$PATH" .ci/setup.sh
    sed -i 's|^iproute2 .*|iproute9 test -e updated|' .ci/setup.sh
    [ -e /usr/bin/swift ] ||
        expect failure 'no swift on PATH' env PATH=/usr/bin:/bin .ci/setup.sh
    [ "$(id -u)" = 0 ] || return 0
    expect failure 'apt-get install -y --no-install-recommends iproute9' \
        setpriv --reuid=65534 --regid=65534 --clear-groups env PATH="$PWD/bin:$PATH" .ci/setup.sh
    expect ok 'Installing: iproute9' env PATH="$PWD/bin:$PATH" .ci/setup.sh
    expect ok '' env PATH="$PWD/bin:$PATH" .ci/setup.sh
    [ "$(grep -c . called)" = 3 ] || expect ok 'install, update, install' cat called
}

install_script() {
    fresh
    mkdir -p .build/stage
    touch .build/stage/weft{,-cni}
    chmod 700 .build/stage/*
    export DESTDIR=$PWD/to PREFIX=/usr
    expect ok "to/usr/bin/weft" .ci/install.sh
    expect ok '755 ' stat -c '%a %n' to/usr/bin/weft to/opt/cni/bin/weft-cni
    expect ok '' .ci/install.sh --remove
    expect ok '' test -z "$(find to ! -type d)"
    install_links
    unset DESTDIR PREFIX
}

# Names of the reference plugins, of which a distribution's are there already.
install_links() {
    local plugins=to/opt/cni/bin
    touch $plugins/{bridge,portmap,loopback}
    expect ok 'bin/weft-portmap' .ci/install.sh
    expect ok 'weft-cni' readlink $plugins/weft-bandwidth
    expect failure '' readlink $plugins/loopback
    expect failure '' test -e $plugins/ptp
    expect failure '"bridges" is none of' env CNI_LINKS='portmap bridges' .ci/install.sh
    expect ok 'bin/portmap' env CNI_LINKS=portmap .ci/install.sh
    expect ok 'weft-cni' readlink $plugins/portmap
    expect failure '' readlink $plugins/bridge
    expect ok 'bin/ptp' env CNI_LINKS=reference .ci/install.sh
    ln -sfT elsewhere $plugins/bridge
    expect ok 'bin/loopback' .ci/install.sh --remove
    expect ok 'bin/bridge' find to ! -type d
    expect ok 1 grep -c . <(find to ! -type d)
    rm -r to
    expect ok 'bin/loopback' .ci/install.sh
}

# One of everything that can be left behind, found within the same look.
leftovers_gate() {
    local mark=weft-left-$$
    [ "$(id -u)" = 0 ] || return 0
    fresh
    git init -q .
    printf '%s\n' /.build/ /bin/ >.gitignore
    expect ok '' .ci/leftovers.sh save .build/before
    touch stray "/tmp/$mark"
    ip netns add "$mark"
    ip link add "w$$" type veth peer name "v$$"
    ip address add 198.51.100.1/32 dev lo
    nft add table inet "$mark"
    sleep 300 &
    local kind
    for kind in repository files namespaces links addresses nftables processes; do
        expect failure "left behind ($kind)" env PATIENCE=0 .ci/leftovers.sh compare .build/before
    done
    kill $!
    wait $! 2>/dev/null || true
    nft delete table inet "$mark"
    ip address delete 198.51.100.1/32 dev lo
    ip link delete "w$$"
    ip netns delete "$mark"
    rm stray "/tmp/$mark"
    expect ok '' .ci/leftovers.sh compare .build/before
}

# A plugin that leaves a file each time it is called, and Debian's, whose DEL needs the namespace.
plugin_gates() {
    [ "$(id -u)" = 0 ] || return 0
    fresh
    mkdir plugins conf
    printf '#!/bin/sh\n[ $CNI_COMMAND != ADD ] || echo >/var/lib/cni/$$\n' >plugins/weft-cni
    chmod 755 plugins/weft-cni
    expect failure 'after DEL: ' env PLUGINS=plugins .ci/crash.sh .ci/crash/routed.json
    cat >conf/10-pods.conflist <<'JSON'
{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "isDefaultGateway": true, "ipMasq": true,
   "ipam": {"type": "host-local", "subnet": "10.66.0.0/24"}}]}
JSON
    [ ! -e /usr/lib/cni/bridge ] ||
        expect failure 'ip saddr 10.66.0.3 ' .ci/clients.sh /usr/lib/cni conf
}

source_gates
sizes_gate
setup_script
install_script
leftovers_gate
plugin_gates
[ $failures = 0 ] || fail "$failures of the gates' own tests failed."
