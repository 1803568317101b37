#!/bin/sh
# The first program of a card: finds the card and its slot, lays memory over the slot, and starts the system.
# Runs in the initramfs, with busybox alone. Whatever goes wrong, the machine starts again.
export PATH=/bin

mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs -o nosuid,nodev,mode=755,size=20% tmpfs /run

# As an error, which is what a quiet kernel shows.
say() { echo "<3>mesh-art: $*" >/dev/kmsg; }

again() {
  say "$*; starting again in 10 seconds"
  sleep 10
  reboot -f
}

card='' slot='' try=0000
read -r line </proc/cmdline
for word in $line; do
  case $word in
    mesh-art.card=*) card=${word#*=} ;;
    mesh-art.slot=*) slot=${word#*=} ;;
    mesh-art.try=*) try=${word#*=} ;;
  esac
done
case $slot in
  a) number=2 ;;
  b) number=3 ;;
  *) again "no slot on the kernel's command line" ;;
esac

# A slot on trial has so many seconds to say that it is well (mesh-art-slot-good.service), whatever becomes of its system meanwhile.
# This waits on after the system was started, and then does what pulling the plug does.
if [ "$try" != 0000 ]; then
  say "slot $slot is on trial for $try seconds"
  (
    exec 8>/dev/kmsg 9>/proc/sysrq-trigger
    sleep "$try"
    echo "<3>mesh-art: slot $slot did not get ready in time; starting again" >&8
    echo b >&9
  ) &
  echo $! >/run/mesh-art-trial
fi

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

# Works may fill the card: their part, the fourth, reaches to its end. The table is one sector, written in one go, and nothing of
# the card is in use yet. The file system in it grows when it is mounted.
grow() {
  data=$(part 4) || return
  read -r start <"/sys/class/block/${data##*/}/start"
  read -r size <"/sys/class/block/${data##*/}/size"
  read -r total <"/sys/block/$disk/size"
  # In steps of a MiB; what is less than 16 MiB is left as it is.
  new=$(((total - start) / 2048 * 2048))
  [ $((new - size)) -gt 32768 ] || return
  # Little-endian, where the fourth part's size is.
  bytes=$(printf '\\%03o\\%03o\\%03o\\%03o' $((new & 255)) $((new >> 8 & 255)) $((new >> 16 & 255)) $((new >> 24 & 255)))
  # shellcheck disable=SC2059 # the bytes are the format
  printf "$bytes" | dd of="/dev/$disk" bs=1 seek=506 conv=notrunc,fsync 2>/dev/null
  blockdev --rereadpt "/dev/$disk" && sleep 1
}
grow

# On a Raspberry Pi nobody else counts the tries.
if [ "$try" != 0000 ]; then
  modprobe -a vfat nls_cp437 nls_ascii 2>/dev/null
  mount -t vfat "$(part 1)" /boot && [ -e /boot/config.txt ] && spend-try /boot/config.txt "$slot"
  umount /boot
fi

below=/run/mesh-art-root/below above=/run/mesh-art-root/above
mkdir -p $below $above /root
ln -s "$(part 1)" /run/mesh-art-root/boot
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
