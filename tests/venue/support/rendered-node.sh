#!/bin/sh
# Boots the rendered files of one node under a real systemd, as PID 1 of namespaces of its own, on a copy-on-write view of this
# machine whose upper layer is the node's card:
#   ip netns exec NS unshare --fork --uts --mount --pid --cgroup --propagation private --kill-child rendered-node.sh CARD CHECKOUT UNITS
# CARD/upper holds what 'firmware install' put there; UNITS is what is started. All mounts go with the namespace; CARD stays.
set -eu
card=$1
checkout=$2
units=$3

mkdir -p "$card/work" "$card/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$card/upper,workdir=$card/work" "$card/root"
cd "$card/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs tmpfs dev
for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0' 'ptmx 5 2'; do
  # shellcheck disable=SC2086 # name, major, minor
  set -- $device
  mknod -m 666 "dev/$1" c "$2" "$3"
done
mkdir -p dev/shm oldroot opt/mesh-art checkout run/mesh-art
mount --rbind "$checkout" checkout

# A system that starts nothing by itself but what is rendered, and the program with its unit.
rm -rf usr/lib/systemd/system/*.wants
for link in /etc/systemd/system/*.wants/*; do
  [ -L "$card/upper$link" ] || rm -f ".$link"
done
ln -sfn /checkout opt/mesh-art/current
cp checkout/firmware-config/systemd/mesh-art-node.service etc/systemd/system/
chroot . systemd-sysusers /checkout/firmware-config/systemd/sysusers.conf

# What early boot does: of the kernel's settings those of this network namespace alone.
grep '^net\.' etc/sysctl.d/90-mesh-art.conf | grep -v '^net.ipv6' | while read -r key _ value; do
  echo "$value" >"proc/sys/$(echo "$key" | tr . /)"
done
chroot . systemd-tmpfiles --create /etc/tmpfiles.d/mesh-art.conf
{
  printf '[Unit]\nDescription=A node\n'
  for unit in $units; do printf 'Wants=%s\n' "$unit"; done
} >etc/systemd/system/venue.target
# As in a container: no udev, and networkd does not wait for it.
mount -o remount,bind,ro sys

pivot_root . oldroot
umount -l /oldroot
exec env -i container=mesh-art PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --system --unit=venue.target --log-target=journal --show-status=no
