#!/usr/bin/env bash
# In namespaces of its own: makes a disk over this machine's, and starts systemd on it with what is
# to be done there as its only service. The status is what came of that.
#   boot.sh PACKAGE OUTPUT DIRECTORY
set -euo pipefail

scripts=$PWD/$(dirname "$0")
output=$(realpath "$2")
disk=$3
mount --make-rprivate /
mount -t tmpfs tmpfs "$disk"
mkdir "$disk"/{upper,work,root}
mount -t overlay overlay \
    -o "lowerdir=/,upperdir=$disk/upper,workdir=$disk/work" "$disk/root"
cd "$disk/root"

mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs tmpfs dev
for device in null zero full random urandom tty; do
    touch dev/$device
    mount --bind /dev/$device dev/$device
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
# Either kind of control groups is enough for systemd.
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
    mount -t cgroup2 cgroup2 sys/fs/cgroup
else
    mount -t tmpfs tmpfs sys/fs/cgroup
    mkdir sys/fs/cgroup/systemd
    mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
fi
ip link set lo up

mkdir -p run/systemd/system run/try
cp "$scripts/try.sh" run/try/
cp "$OLDPWD/$1" run/try/
# What changes on the disk is seen there, without looking at all of it.
mkdir run/try/changes
mount --bind "$disk/upper" run/try/changes
cat >run/systemd/system/try.service <<'UNIT'
[Unit]
DefaultDependencies=no
Requires=sysinit.target
After=sysinit.target
SuccessAction=exit
FailureAction=exit
[Service]
Type=oneshot
ExecStart=/run/try/try.sh
StandardOutput=file:/run/try/output
StandardError=inherit
UNIT
touch run/try/output
mount --bind "$output" run/try/output
# Units make mounts below their root, which must be one itself.
pivot_root . mnt
umount -l mnt
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --unit=try.service --log-level=err --log-target=journal
