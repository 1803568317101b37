#!/bin/sh
# The program of the machine (tests/emulation/emulated-init.sh). The program is where it is on a card, so that what was compiled
# of it holds here too.
set -eu
mkdir -p /opt/mesh-art /var/compiled
mount --bind /program/system/opt/mesh-art /opt/mesh-art
for compiled in /opt/mesh-art/compiled/*-; do ln -s "$compiled" "/var/compiled/${compiled##*/}0"; done
export NODE_COMPILE_CACHE=/var/compiled
current=/opt/mesh-art/current
exec $current/node_modules/.bin/node $current/tests/radio/guest/main.ts
