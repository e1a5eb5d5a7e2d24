#!/usr/bin/env bash
# Words that need a place or a reason: unsafe memory, unchecked promises, traps, public.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

status=0
report() {
    [ -z "$2" ] && return
    printf '%s:\n%s\n' "$1" "$2"
    status=1
}

# Lines of code that match, without their comments: file:line:code.
code() {
    grep -rnE --include='*.swift' "$1" "${@:2}" |
        awk -F: -v OFS=: -v pattern="$1" '{
            line = $0
            sub(/^[^:]*:[^:]*:/, "", line)
            sub(/^[ \t]*\/\/.*/, "", line)
            sub(/[ \t]\/\/ .*/, "", line)
            if (line ~ pattern) print $1, $2, line
        }'
}

# The fuzzer and what it compares with are C: libc's own parsers and the crash handler.
report "Unsafe memory belongs to Platform, Netlink, NFTables, TLS, Transport, YAML and their tests" "$(
    code '(^|[^A-Za-z])(unsafe|Unsafe|withUnsafe|OpaquePointer|Unmanaged)' Sources Tests bench |
        grep -vE '^(Sources/(Platform|Netlink|NFTables|TLS|Transport|YAML)|Tests/((Platform|Netlink|NFTables|Transport)Tests|FuzzSupport|APIServerSupport)|bench/fuzz)/' || true
)"

report "@unchecked Sendable needs a comment above it that begins 'Invariant:'" "$(
    find Sources Tests bench -name '*.swift' -exec awk '
        FNR == 1 { stated = 0 }
        /^[ \t]*\/\// { if (/Invariant: [^ ]/) stated = 1; next }
        /@unchecked/ { if (!stated) print FILENAME ":" FNR ":" $0 }
        !/^[ \t]*@/ { stated = 0 }
    ' {} +
)"

report "A program reports its errors; it does not trap on them" "$(
    code '(^|[^A-Za-z])(fatalError|try!|as!|abort)([^A-Za-z]|$)' Sources bench || true
)"

report "Nothing is public: there is no client outside the package" "$(
    code '(^|[^A-Za-z.])(public|open) (struct|class|enum|protocol|func|var|let|init|actor|extension|import|typealias|static|final)' \
        Sources Tests bench || true
)"
exit $status
