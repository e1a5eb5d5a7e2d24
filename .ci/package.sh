#!/usr/bin/env bash
# Installs the Debian package with apt on a machine with systemd, runs its services, upgrades,
# removes and purges it: the machine's files and its kernel must then be as before.
#   package.sh [PACKAGE]     this one, instead of one that is made of .build/stage
set -euo pipefail
source "$(dirname "$0")/environment.sh"

[ "$(id -u)" = 0 ] || fail "A machine of namespaces needs root: run 'sudo .ci/package.sh'."
.ci/setup.sh package
for unit in cni-conf/*.service; do
    systemd-analyze security --offline=true --no-pager "$unit" 2>/dev/null | tail -n 1
done
package=${1:-}
if [ -z "$package" ]; then
    .ci/deb.sh
    package=$(echo .build/deb/weft_*.deb)
fi

# The image needs what the package needs.
for library in $(dpkg-deb -f "$package" Depends | sed -E 's/\([^)]*\),?//g'); do
    [ "$library" = libc6 ] || grep -qw "$library" cni-conf/Containerfile ||
        fail "cni-conf/Containerfile does not install $library, which the binaries need."
done

# Where its systemd makes control groups, without meeting those of this machine's.
hierarchy=/sys/fs/cgroup/systemd
path=$(sed -n 's/^[0-9]*:name=systemd://p' /proc/self/cgroup)
if [ ! -d $hierarchy ]; then
    hierarchy=/sys/fs/cgroup
    path=$(sed -n 's/^0:://p' /proc/self/cgroup)
fi
group=$hierarchy${path%/}/weft-package-$$

output=$(mktemp)
disk=$(mktemp -d)
finish() {
    cat "$output"
    rm -r "$output" "$disk"
    # The last process of a killed machine takes a moment to go.
    for _ in {1..50}; do
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
        sleep 0.1
    done
}
mkdir "$group"
trap finish EXIT

# The machine is a copy of this one that forgets: its disk is below, its first process systemd.
# With that one all others end, and with them mounts and links.
enter() {
    echo $BASHPID >"$group/cgroup.procs"
    exec "$@"
}
(enter timeout --kill-after=10 "${PATIENCE:-5m}" \
    unshare --mount --net --pid --ipc --uts --cgroup --fork --kill-child=KILL \
    .ci/package/boot.sh "$package" "$output" "$disk" </dev/null)
