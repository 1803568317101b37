#!/bin/sh
# The first program of a card: finds the card and its slot, lays memory over the slot, and starts the system.
# Runs in the initramfs, with busybox alone. Whatever goes wrong, the machine starts again, and in a trial the trial counts down.
export PATH=/bin

mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs -o nosuid,nodev,mode=755,size=20% tmpfs /run

say() { echo "mesh-art: $*" >/dev/kmsg; }

again() {
  say "$*; starting again in 10 seconds"
  sleep 10
  reboot -f
}

card='' slot='' starts=''
read -r line </proc/cmdline
for word in $line; do
  case $word in
    mesh-art.card=*) card=${word#*=} ;;
    mesh-art.slot=*) slot=${word#*=} ;;
    mesh-art.starts=*) starts=${word#*=} ;;
  esac
done
case $slot in
  a) number=2 other=b ;;
  b) number=3 other=a ;;
  *) again "no slot on the kernel's command line" ;;
esac

# Drivers of what is there. A bus that is found brings new devices: hence more than once.
load_drivers() {
  find /sys/devices -name modalias -exec cat {} + 2>/dev/null | sort -u | xargs modprobe -q -a -b 2>/dev/null
}

# The disk whose partition table has the card's id (little-endian, at byte 440).
find_card() {
  for dir in /sys/block/*; do
    name=${dir##*/}
    case $name in loop* | ram* | zram*) continue ;; esac
    # shellcheck disable=SC2046 # four words
    set -- $(dd if="/dev/$name" bs=1 skip=440 count=4 2>/dev/null | od -An -tx1)
    if [ "$4$3$2$1" = "$card" ]; then
      disk=$name
      return 0
    fi
  done
  return 1
}

part() {
  for dir in "/sys/block/$disk/$disk"*; do
    read -r this <"$dir/partition" && [ "$this" = "$1" ] && echo "/dev/${dir##*/}" && return 0
  done
  return 1
}

modprobe -a squashfs overlay 2>/dev/null
disk='' waited=0
until find_card; do
  load_drivers
  [ "$waited" -lt 60 ] || again "no disk has the id $card"
  waited=$((waited + 1))
  [ "$waited" -lt 4 ] || sleep 1
done

# A Raspberry Pi's first stage cannot count: in a trial of this slot the count is here. UEFI's loader counts by itself.
count_down() {
  modprobe -a vfat nls_cp437 nls_ascii nls_utf8 2>/dev/null
  mkdir -p /boot
  mount -t vfat -o ro "$(part 1)" /boot || return
  if [ -f /boot/trial ] && read -r trial left </boot/trial && [ "$trial" = "$slot" ]; then
    mount -o remount,rw,sync /boot
    if [ "${left:-0}" -gt 0 ]; then
      # One sector, in place: a power cut leaves the old count or the new one.
      echo "$slot $((left - 1))" | dd of=/boot/trial conv=notrunc,fsync 2>/dev/null
    else
      printf 'os_prefix=%s/' "$other" | dd of=/boot/config.txt conv=notrunc,fsync 2>/dev/null
      rm /boot/trial
      umount /boot
      again "slot $slot was tried and did not do: back to $other"
    fi
  fi
  umount /boot
}
[ "$starts" != pi ] || count_down

below=/run/mesh-art-root/below above=/run/mesh-art-root/above
mkdir -p $below $above /root
mount -t squashfs -o ro,nodev "$(part "$number")" $below || again "slot $slot cannot be read"
mount -t tmpfs -o mode=755,size=25%,nodev tmpfs $above
mkdir $above/upper $above/work
mount -t overlay -o lowerdir=$below,upperdir=$above/upper,workdir=$above/work overlay /root ||
  again 'no memory can be laid over the system'
[ -x /root/usr/lib/systemd/systemd ] || again "slot $slot holds no system"

mount -o move /dev /root/dev
mount -o move /proc /root/proc
mount -o move /sys /root/sys
mount -o move /run /root/run
exec switch_root /root /usr/lib/systemd/systemd
