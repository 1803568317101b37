#!/bin/sh
# Runs one unit under a real systemd, as PID 1 of namespaces of its own, on a copy-on-write view of this machine:
#   unshare --fork --mount --pid --cgroup --net --propagation private --kill-child nested-systemd.sh UNIT RESULTS CHECKOUT
# UNIT is installed as probe.service; RESULTS and CHECKOUT are seen as /results and /checkout.
# RESULTS/prepare.sh, if it is there, runs before systemd does. Ends when the unit ends. Nothing of it stays: all mounts go with the namespace.
set -eu
unit=$1
results=$2
checkout=$3

base=$results/base
mkdir "$base"
mount -t tmpfs tmpfs "$base"
mkdir "$base/upper" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" "$base/root"
cd "$base/root"

mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs tmpfs dev
# A few devices of its own, so that nothing in here can touch the machine's.
for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0' 'ptmx 5 2'; do
  # shellcheck disable=SC2086 # name, major, minor
  set -- $device
  mknod -m 666 "dev/$1" c "$2" "$3"
done
mkdir -p dev/shm results checkout oldroot etc/systemd/system
mount --bind "$results" results
mount --rbind "$checkout" checkout

# A venue's network and, beyond it, the internet: a packet there would go out, and find nobody.
ip link set lo up
ip link add venue0 type veth peer name venue1
ip link set venue1 up
ip address add 192.168.77.1/24 dev venue0
ip link set venue0 up
ip route add default dev venue0

cp "$unit" etc/systemd/system/probe.service
if [ -f results/prepare.sh ]; then chroot . sh -eu /results/prepare.sh; fi
# Starts nothing but the probe and what that starts: no udev, no sysctl, nothing that reaches the machine's kernel.
rm -rf usr/lib/systemd/system/*.wants etc/systemd/system/*.wants

pivot_root . oldroot
umount -l /oldroot
exec env -i container=mesh-art PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --system --unit=probe.service --log-target=null --show-status=no
