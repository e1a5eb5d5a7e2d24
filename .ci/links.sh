#!/usr/bin/env bash
# What the release binaries may need at run time; above all, weft-cni may not hold Foundation.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

allowed='linux-vdso|ld-linux[^ ]*|libc|libm|libmnl'
status=0

for product in weft weft-cni; do
    found=$(ldd ".build/stage/$product" | awk '{ sub(/.*\//, "", $1); print $1 }' |
        grep -vE "^($allowed)\.so" || true)
    [ -z "$found" ] && continue
    printf '%s needs shared libraries it should not:\n%s\n' "$product" "$found"
    status=1
done

# Linked statically it would leave its symbols: Swift's mangled module names, CoreFoundation's.
found=$("$(toolchain llvm-nm)" .build/release/weft-cni |
    grep -E ' (_?\$s10Foundation|_?\$s20FoundationEssentials|_?CF(String|Array|Runtime))' |
    head -n 5 || true)
if [ -n "$found" ]; then
    printf 'weft-cni holds Foundation:\n%s\n' "$found"
    status=1
fi
exit $status
