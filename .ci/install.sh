#!/usr/bin/env bash
# Installs the release binaries, the CNI plugins' names, completion for shells and manual pages, or
# with --remove takes away what is ours.
#   CNI_LINKS='portmap bandwidth' install.sh     also by these reference plugins' names
#   CNI_LINKS=reference install.sh               by all of them, whatever has the names now
set -euo pipefail
source "$(dirname "$0")/environment.sh"

own_names=(weft-ipam weft-portmap weft-bandwidth)
reference_names=(bridge ptp host-local portmap bandwidth loopback)

programs=${DESTDIR:-}${PREFIX:-/usr/local}/bin
shared=${DESTDIR:-}${PREFIX:-/usr/local}/share
plugins=${DESTDIR:-}${CNI_BIN:-/opt/cni/bin}

# A rename replaces a binary that runs, and a runtime never meets half of one.
# Usage: place NAME DIRECTORY
place() {
    install -D -m 755 ".build/stage/$1" "$2/.$1.new"
    mv -fT "$2/.$1.new" "$2/$1"
    echo "installed $2/$1"
}

# Another suite's plugin is replaced at once too, so no runtime ever finds nothing.
link_plugin() {
    ln -sfT weft-cni "$plugins/.$1.new"
    mv -fT "$plugins/.$1.new" "$plugins/$1"
    echo "linked $plugins/$1"
}

is_ours() { [ "$(readlink "$plugins/$1")" = weft-cni ]; }

# The reference plugins' names that are asked for. containerd calls loopback for every pod, so that
# one is there in any case; what has its name already stays unless it is asked for.
reference_links() {
    local name
    for name in ${CNI_LINKS:-}; do
        if [ "$name" = reference ]; then
            printf '%s\n' "${reference_names[@]}"
        elif [[ " ${reference_names[*]} " == *" $name "* ]]; then
            echo "$name"
        else
            fail "CNI_LINKS: \"$name\" is none of: reference ${reference_names[*]}"
        fi
    done
    [ -e "$plugins/loopback" ] || echo loopback
}

# Where each shell looks for what completes a command.
completion() {
    cat <<LIST
bash $shared/bash-completion/completions/weft
zsh $shared/zsh/${ZSH_FUNCTIONS:-site-functions}/_weft
fish $shared/fish/vendor_completions.d/weft.fish
LIST
}

# What the binary says of itself.
place_documentation() {
    local shell file
    while read -r shell file; do
        mkdir -p "$(dirname "$file")"
        .build/stage/weft completion "$shell" >"$file"
        echo "installed $file"
    done < <(completion)
    mkdir -p "$shared/man/man1"
    rm -f "$shared"/man/man1/weft{,-*}.1
    .build/stage/weft man --write-to "$shared/man/man1"
    echo "installed $shared/man/man1/weft.1 and $(find "$shared/man/man1" -name 'weft-*.1' | wc -l) more"
}

add() {
    local links program name
    links=$(reference_links)
    for program in weft weft-cni; do
        # Built here and not by make: the user who installs need not have Swift.
        [ -x ".build/stage/$program" ] || { .ci/setup.sh && .ci/build.sh; }
    done
    place weft "$programs"
    # Links last: each leads to a binary that is there.
    place weft-cni "$plugins"
    for name in "${own_names[@]}" $links; do link_plugin "$name"; done
    place_documentation
}

remove() {
    local name
    for name in "${own_names[@]}" "${reference_names[@]}"; do
        if is_ours "$name"; then rm -fv "$plugins/$name"; fi
    done
    rm -fv "$plugins/weft-cni" "$programs/weft" "$shared"/man/man1/weft{,-*}.1
    while read -r _ name; do rm -fv "$name"; done < <(completion)
}

if [ "${1:-}" = --remove ]; then remove; else add; fi
