#!/usr/bin/env bash
# Makes a Debian package of the release binaries, for the release and architecture it is made on.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

.ci/setup.sh package
for program in weft weft-cni; do
    [ -x ".build/stage/$program" ] || .ci/build.sh
done

work=$PWD/.build/deb
# Where dpkg-shlibdeps looks for a package.
root=$work/debian/weft
# All times are that of the commit, so the same tree makes the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

version=$(.build/stage/weft version)
# A version "1.0-dev" comes before 1.0.
version=$(sed 's/^weft //; s/-/~/' <<<"$version")
architecture=$(dpkg --print-architecture)

place_programs() {
    DESTDIR=$root PREFIX=/usr CNI_BIN=/opt/cni/bin CNI_LINKS='' ZSH_FUNCTIONS=vendor-completions \
        .ci/install.sh >/dev/null
    # Other packages own this name; postinst takes it where it is free.
    rm "$root/opt/cni/bin/loopback"
    gzip -9n "$root"/usr/share/man/man1/*.1
}

place_configuration() {
    local unit
    for unit in cni-conf/*.service; do
        install -D -m 644 "$unit" "$root/usr/lib/systemd/system/$(basename "$unit")"
    done
    sed -i 's|/usr/local/bin/|/usr/bin/|' "$root"/usr/lib/systemd/system/*.service
    mkdir -p "$root/etc/cni/net.d" "$root/etc/weft"
    cp cni-conf/agent.yaml cni-conf/Corefile "$root/etc/weft"
    cp cni-conf/weft-proxy.conf "$root/etc/weft/proxy.conf"
}

place_documents() {
    local documents=$root/usr/share/doc/weft
    mkdir -p "$documents/examples"
    cp .ci/deb/copyright README.md "$documents"
    cp -r docs "$documents/docs"
    cp -r cni-conf/*.conflist cni-conf/*/ "$documents/examples"
    {
        printf 'weft (%s) unstable; urgency=low\n\n  * See the history of the sources.\n\n' "$version"
        sed -n 's/^Maintainer: / -- /p' .ci/deb/control | tr '\n' ' '
        date -R -u -d "@$SOURCE_DATE_EPOCH" | sed 's/^/ /'
    } | gzip -9n >"$documents/changelog.gz"
}

# Which packages have the libraries that the binaries ask for, and since which version.
dependencies() {
    mkdir "$root/DEBIAN"
    cp .ci/deb/control "$work/debian/control"
    (cd "$work" && dpkg-shlibdeps -O debian/weft/usr/bin/weft debian/weft/opt/cni/bin/weft-cni) |
        sed -n 's/^shlibs:Depends=//p'
}

write_control() {
    local depends
    depends=$(dependencies)
    sed -E "1,/^\$/d; s/^Architecture: .*/Architecture: $architecture/
        s/^Depends: .*/Depends: $depends/" .ci/deb/control >"$work/control"
    {
        sed -n '/^Package:/p' "$work/control"
        printf 'Version: %s\nInstalled-Size: %s\n' "$version" "$(du -sk "$root" | cut -f 1)"
        sed -n '/^\(Section\|Priority\|Maintainer\):/p' .ci/deb/control
        sed '/^Package:/d' "$work/control"
    } >"$root/DEBIAN/control"
    (cd "$root" && find etc -type f -printf '/%p\n' | LC_ALL=C sort) >"$root/DEBIAN/conffiles"
    (cd "$root" && find etc opt usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) \
        >"$root/DEBIAN/md5sums"
    install -m 755 .ci/deb/{postinst,prerm,postrm} "$root/DEBIAN"
}

umask 022
rm -rf "$work"
mkdir -p "$root"
place_programs
place_configuration
place_documents
write_control
package=$work/weft_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz -z2 --build "$root" "$package" >/dev/null
printf '%s, %.1f MB; needs %s\n' "${package#"$PWD/"}" \
    "$(stat -c %s "$package" | awk '{ print $1 / 1e6 }')" "$(dpkg-deb -f "$package" Depends)"
echo "Install it with: apt install ./${package#"$PWD/"}"
