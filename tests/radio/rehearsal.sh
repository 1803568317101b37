#!/bin/sh
# What the emulated machine would take many minutes to compile is compiled here, by running it: two nodes, a work that goes from
# one to the other, and what looks at them. Within namespaces of its own, with the program where the nodes have it:
#   unshare --mount --propagation private --net --pid --fork --kill-child rehearsal.sh TREE SCRATCH COMPILED WORK
set -eu
tree=$1
scratch=$2
compiled=$3
work=$4
mount -t proc proc /proc
mount -t tmpfs tmpfs /opt
mkdir /opt/mesh-art
mount --bind "$tree/system/opt/mesh-art" /opt/mesh-art
cd /opt/mesh-art/current
node=node_modules/.bin/node
export NODE_COMPILE_CACHE="$compiled" NODE_ENV=production PATH="$PATH:/usr/sbin:/sbin"

ip link set lo up
for name in entrance staircase; do
  number=$((${number:-0} + 1))
  ip address add "10.78.0.$number/24" dev lo
  config=$tree/cards/$name/etc/mesh-art
  sed -e "s#^provision:.*#provision: $config/provision#" -e '/^light:/d' "$config/node.yaml" >"$scratch/$name.yaml"
  $node node/bin.js node --config "$scratch/$name.yaml" --data-dir "$scratch/$name" --http "10.78.0.$number:80" &
  nodes="${nodes:-} $!"
done

until_says() {
  what=$1
  shift
  tries=0
  until curl -sS --max-time 10 "$@" 2>&1 | grep -q "$what"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || { echo "the rehearsal waits for $what in vain: $*" >&2 && exit 1; }
    sleep 0.5
  done
}
until_says ready http://10.78.0.1/readyz
until_says ready http://10.78.0.2/readyz
$node node/bin.js artwork publish "$tree/venue/$work" --node http://10.78.0.2 \
  --key "$tree/venue/artist.json" --passphrase-file "$tree/venue/passphrase" --json
until_says '"complete":true' http://10.78.0.1/api/v1/artworks
for path in /en/ /api/v1/mesh /hotspot-detect.html /metrics; do
  curl -sS --max-time 30 -o /dev/null "http://10.78.0.1$path"
done
# shellcheck disable=SC2016 # JavaScript's own
$node --input-type=module -e '
  import { globSync } from "node:fs"
  for (const path of globSync("/opt/mesh-art/current/tests/radio/guest/**/*.ts")) if (!path.endsWith("/main.ts")) await import(path)
  process.exit()'
# As it ends, each writes what it compiled since.
# shellcheck disable=SC2086 # their numbers
kill $nodes
# shellcheck disable=SC2086
wait $nodes || true
