#!/bin/sh
# spend-try CONFIG SLOT: of a slot on trial, one try less; with the last one, the other slot is what starts next.
# CONFIG is a Raspberry Pi's config.txt; its first two lines are what firmware-config/slots/pi-loader.ts writes. One write of as many
# bytes: a power cut leaves the old choice or the new one.
config=$1 slot=$2
{ read -r _ && read -r try; } <"$config" || exit 1
case $try in
  "#try=$slot"[1-9]) left=$((${try#"#try=$slot"} - 1)) ;;
  *) exit 0 ;;
esac
starts=$slot
if [ "$left" = 0 ]; then
  case $slot in
    a) starts=b ;;
    b) starts=a ;;
  esac
fi
printf 'os_prefix=%s/\n#try=%s%s\n' "$starts" "$slot" "$left" | dd of="$config" bs=512 conv=notrunc,fsync 2>/dev/null
