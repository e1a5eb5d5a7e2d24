#!/usr/bin/env bash
# Lets bash, zsh and fish complete command lines of the release binary, on a terminal, and reads its
# manual pages as man(1) does and as mandoc's checker does.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
PATH=$PWD/.build/stage:$PATH
cases=$PWD/.ci/commandline
status=0

# What the cases name.
mkdir -p "$directory/place/manifests" "$directory/pages"
# Where fish keeps a pipe: it takes no other place than one of its user's alone.
chmod 700 "$directory/place"
touch "$directory/place/Corefile" "$directory/place/manifesto"
for shell in bash zsh fish; do
    (cd "$directory/place" && timeout 60 zsh -f "$cases/type.zsh" $shell "$cases/cases") || status=1
done

weft man --write-to "$directory/pages"
for page in "$directory"/pages/*.1; do
    found=$(
        # A page is as old as the binary that prints it.
        mandoc -Tlint -Wwarning "$page" | grep -v 'missing date' || true
        groff -man -Tutf8 -ww -z "$page" 2>&1
    )
    [ -z "$found" ] && continue
    echo "$found"
    status=1
done
weft man ipam list | cmp - "$directory/pages/weft-ipam-list.1" || status=1
exit $status
