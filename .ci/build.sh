#!/usr/bin/env bash
# Builds release binaries and places stripped copies in .build/stage.
#   build.sh [PRODUCT…]      without names: what is installed
set -euo pipefail
source "$(dirname "$0")/environment.sh"

stage=.build/stage
static=$PWD/.build/static

# The linker takes an archive where it meets one before the shared library of the same name: a
# directory of archives, searched first, links these statically and leaves the rest as it is.
collect_archives() {
    local clang
    clang=$(toolchain clang)
    archive libstdc++.a "$("$clang" -print-file-name=libstdc++.a)"
    # libgcc_s as an archive has another name.
    archive libgcc_s.a "$("$clang" -print-file-name=libgcc_eh.a)"
    archive libnftnl.a "$("$clang" -print-file-name=libnftnl.a)"
    archive libyaml.a "$("$clang" -print-file-name=libyaml.a)"
    # Debian has no archive of libmnl.
}

archive() {
    if [ -e "$2" ]; then ln -sf "$2" "$static/$1"; fi
}

describe() {
    local libraries
    libraries=$(needed "$1" | grep -v ld-linux | paste -sd ' ')
    awk -v name="$(basename "$1")" -v size="$(stat -c %s "$1")" -v libraries="$libraries" \
        'BEGIN { printf "%-20s %.1f MB, shared libraries: %s\n", name, size / 1e6, libraries }'
}

mkdir -p "$stage" "$static"
collect_archives
for product in ${*:-weft weft-cni}; do
    # Without the local rpath: an installed binary must not look for libc beside itself. Without
    # exported symbols, which nothing looks up: they make the start of a process longer. So do
    # relocations that take half a megabyte when they are not packed.
    build "release-$product" -c release --static-swift-stdlib --disable-local-rpath \
        -Xlinker "-L$static" -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic \
        -Xlinker -z -Xlinker pack-relative-relocs \
        --product "$product"
    "$(toolchain llvm-objcopy)" --strip-all ".build/release/$product" "$stage/$product.new"
    mv "$stage/$product.new" "$stage/$product"
    describe "$stage/$product"
done
