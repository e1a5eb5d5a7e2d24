#!/usr/bin/env bash
# What the release binaries may need at run time; above all, weft-cni may not hold Foundation.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

status=0

# What these need in turn is theirs to say: libcurl's are many, and every distribution's differ.
# Usage: allow PRODUCT 'libraries'
allow() {
    local found
    found=$(needed ".build/stage/$1" | grep -vE "^($2)\.so" || true)
    [ -z "$found" ] && return
    printf '%s needs shared libraries it should not:\n%s\n' "$1" "$found"
    status=1
}

allow weft-cni 'ld-linux[^ ]*|libc|libm|libmnl'
allow weft 'ld-linux[^ ]*|libc|libm|libmnl|libcurl|libssl|libcrypto'

# Linked statically it would leave its symbols: Swift's mangled module names, CoreFoundation's.
found=$("$(toolchain llvm-nm)" .build/release/weft-cni |
    grep -E ' (_?\$s10Foundation|_?\$s20FoundationEssentials|_?CF(String|Array|Runtime))' |
    head -n 5 || true)
if [ -n "$found" ]; then
    printf 'weft-cni holds Foundation:\n%s\n' "$found"
    status=1
fi
exit $status
