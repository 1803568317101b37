#!/bin/sh
# The program of the machine (tests/emulation/emulated-init.sh).
current=/program/system/opt/mesh-art/current
exec "$current/node_modules/.bin/node" "$current/tests/radio/guest/main.ts"
