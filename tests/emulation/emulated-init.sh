#!/bin/sh
# PID 1 of an emulated machine: the kernel's file systems, then the script that the kernel's command line names
# (emulated.run=PATH, on the second disk, which is at /program). When it ends, so does the machine.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mountpoint -q /dev || mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm /program
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t debugfs debugfs /sys/kernel/debug
mount -o remount,rw /
ip link set lo up
touch /etc/resolv.conf
echo 'the machine is up' >/dev/hvc0
mount -o ro /dev/vdb /program
run=$(sed 's/.*emulated\.run=\([^ ]*\).*/\1/' /proc/cmdline)
if [ -c /dev/hvc1 ]; then
  while :; do setsid -c sh -i </dev/hvc1 >/dev/hvc1 2>&1; sleep 1; done &
fi
sh "/program$run" </dev/null >/dev/hvc0 2>&1
echo "ended with $?" >/dev/hvc0
sync
echo o >/proc/sysrq-trigger
sleep 60
