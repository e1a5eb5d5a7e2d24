#!/usr/bin/env bash
# Who may import what: the C libraries have one owner each, and Foundation stays out.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

status=0

# Usage: only "the reason" 'modules' path…   (no path: nobody may)
only() {
    local reason=$1 modules=$2 found
    shift 2
    found=$(grep -rnE --include='*.swift' \
        "^ *(@[a-zA-Z]+(\([^)]*\))? +)*((package|internal|fileprivate|private|public) +)?import +((struct|class|enum|protocol|typealias|func|var|let) +)?($modules)(\.|;| |\$)" \
        Package.swift Sources Tests bench | grep -vE "^(${*:-none}/)" || true)
    [ -z "$found" ] && return
    printf '%s:\n%s\n' "$reason" "$found"
    status=1
}

only "Only Platform may import the C library" 'Glibc|Musl|Darwin|CLinux' Sources/Platform
only "Only Netlink and NFTables may import libmnl" CMnl 'Sources/(Netlink|NFTables)'
only "Only NFTables may import libnftnl" CNftnl Sources/NFTables
only "Only Transport may import libcurl" CCurl Sources/Transport
only "Only YAML may import libyaml" CYaml Sources/YAML
only "Only TLS and the tests' API server may import OpenSSL" COpenSSL \
    'Sources/TLS|Tests/APIServerSupport'
only "Only the tests' API server may import nghttp2" CNghttp2 Tests/APIServerSupport
only "Foundation costs start-up time and memory; nobody may import it" 'Foundation[A-Za-z]*'
only "Concurrency is Swift's own; nobody may import Dispatch" Dispatch
only "Tests are Swift Testing" XCTest

# The same rule for targets, which would link a library even without an import.
if grep -nE '"C(Linux|Mnl|Nftnl|Curl|Yaml|OpenSSL|Nghttp2)"' Package.swift |
    grep -vE '(name: "C[A-Z]|library\("(Platform|Netlink|NFTables|TLS|Transport|YAML)"|"CNghttp2", "COpenSSL", "FuzzSupport")'; then
    echo "Only Platform, Netlink, NFTables, TLS, Transport and YAML may depend on a C target."
    status=1
fi
exit $status
