# Sourced by the other scripts: the checkout as working directory, and what they share.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# nft and ip live in sbin, which an ordinary user's PATH may lack.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# A program of the Swift toolchain, which need not be on PATH beside swift itself.
toolchain() {
    command -v "$1" || echo "$(dirname "$(readlink -f "$(command -v swift)")")/$1"
}

# The shared libraries that a binary itself asks for.
needed() { "$(toolchain llvm-objdump)" -p "$1" | awk '$1 == "NEEDED" { print $2 }'; }

# Runs `swift build` into a log and shows what matters of it: errors, and warnings, which in CI
# are errors. Usage: build LOG_NAME arguments…
build() {
    local log=.build/log/$1.log
    mkdir -p .build/log
    swift build "${@:2}" >"$log" 2>&1 || fail "$(grep -aE 'error:|warning:' "$log" || cat "$log")"
    if grep -a 'warning:' "$log" | sort -u && [ "${CI:-}" = true ]; then
        fail "The build must have no warnings."
    fi
}
