#!/bin/sh
# Boots a node as it lies on its card, under a real systemd:
#   ip netns exec NS unshare --fork --uts --mount --pid --cgroup --propagation private --kill-child radio-node.sh CARD NAME
# CARD/root is mounted already, and 'mesh-art firmware install' was there. Its radios are in the namespace.
set -eu
card=$1
name=$2
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
mkdir -p dev/shm oldroot run/udev
# systemd listens to udev only where one is about to run, which it tells by this.
: >run/udev/control
# Of what Debian starts: journal, udev for the radios, settings, temporary files. The rest a machine of its own has, or this
# emulated one has no time for. What is rendered starts by itself.
rm -rf usr/lib/systemd/system-generators
for folder in usr/lib/systemd/system etc/systemd/system; do
  for link in "$folder"/*.wants/*; do
    case $link in
      */systemd-journald* | */systemd-udev* | */systemd-sysctl* | */systemd-tmpfiles-setup.service) ;;
      *) [ -L "/program/cards/$name/$link" ] || [ -L "/program/system/$link" ] || rm -f "$link" ;;
    esac
  done
done
mkdir -p etc/systemd/system.conf.d etc/systemd/system/systemd-udev-trigger.service.d etc/systemd/system/mesh-art-node.service.d
cat >etc/systemd/system/systemd-udev-trigger.service.d/radios.conf <<EOF
[Service]
ExecStart=
ExecStart=udevadm trigger --type=devices --action=add --subsystem-match=net
EOF
# The processor is emulated, and many share it.
cat >etc/systemd/system.conf.d/radios.conf <<EOF
[Manager]
DefaultTimeoutStartSec=30min
DefaultDeviceTimeoutSec=30min
EOF
cat >etc/systemd/system/mesh-art-node.service.d/radios.conf <<EOF
[Service]
TimeoutStartSec=30min
WatchdogSec=15min
EOF
# As on a card that has started before.
touch etc/.updated var/.updated
pivot_root . oldroot
umount -l /oldroot
# As the kernel's own first process finds it: without, no service gets its credentials (LoadCredential=).
mount --make-rshared /
exec env -i container=mesh-art PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --system --log-target=journal --show-status=no
