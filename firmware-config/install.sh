#!/bin/sh
# Installs the node of this checkout as a service, on Debian 12 or newer and Raspberry Pi OS (64 bit).
# May be run again at any time, also after it was killed: a release is copied beside the old one, written to
# the card, and then takes its place in one step. Works and config are never touched.
set -eu
umask 022

program=${0##*/}
service=mesh-art-node.service
# All that the repository holds, since a node serves the source of what it runs.
items='.ci .editorconfig .gitignore .npmrc .oxfmtrc.json .oxlintrc.json CHANGELOG.md CONTRIBUTING.md LICENSE README.md
artworks docs exhibit-ui firmware-config node package-lock.json package.json tests tsconfig.json vitest.config.ts'
# Of the copy, on top of the files themselves.
room_kib=65536

action=install
purge=no
dry_run=no
prebuilt=no
root=
staging=

usage() {
  cat <<EOF
Usage: $program [--prebuilt] [--root DIR] [--dry-run]
       $program --uninstall [--purge] [--root DIR] [--dry-run]

Installs this checkout under /opt/mesh-art as a service that starts with the machine, and the command mesh-art.
Run it again to update. Works are kept in /var/lib/mesh-art, the config in /etc/mesh-art/node.yaml.

  --prebuilt   take node_modules of this checkout as it is, instead of running 'npm ci --omit=dev'
               (what happens anyway where there is no npm)
  --uninstall  remove the service, the program and a config that was never changed; keep the works
  --purge      with --uninstall: remove the works, keys and config too
  --root DIR   install into the system below DIR, a mounted card for example, and start nothing
  --dry-run    say what would be done and change nothing
  --help       this text

Exit codes: 0 done, 1 failed, 2 wrong use.
EOF
}

say() {
  printf '%s\n' "$*"
}

fail() {
  printf '%s: %s\n' "$program" "$*" >&2
  exit 1
}

wrong_use() {
  printf '%s: %s (see %s --help)\n' "$program" "$*" "$program" >&2
  exit 2
}

# Does it, or says so with --dry-run.
run() {
  if [ "$dry_run" = yes ]; then
    say "would: $*"
  else
    "$@"
  fi
}

parse_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h)
        usage
        exit 0
        ;;
      --uninstall) action=uninstall ;;
      --purge) purge=yes ;;
      --dry-run) dry_run=yes ;;
      --prebuilt) prebuilt=yes ;;
      --root)
        [ $# -ge 2 ] || wrong_use '--root needs a directory'
        shift
        root=$1
        [ -d "$root" ] || wrong_use "--root: '$root' is not a directory"
        root=$(CDPATH='' cd -- "$root" && pwd -P)
        # '/' is the machine itself, with all its checks.
        root=${root%/}
        ;;
      *) wrong_use "unknown argument '$1'" ;;
    esac
    shift
  done
  if [ "$purge" = yes ] && [ "$action" = install ]; then
    wrong_use '--purge goes with --uninstall'
  fi
}

set_paths() {
  source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
  opt=$root/opt/mesh-art
  releases=$opt/releases
  config_folder=$root/etc/mesh-art
  config=$config_folder/node.yaml
  data=$root/var/lib/mesh-art
  cache=$root/var/cache/mesh-art
  units=$root/etc/systemd/system
  wanted=$units/multi-user.target.wants/$service
  sysusers=$root/etc/sysusers.d/mesh-art.conf
  command_link=$root/usr/local/bin/mesh-art
}

# True when this machine itself is meant, and not a tree below --root.
on_machine() {
  [ -z "$root" ]
}

check_machine() {
  on_machine || return 0
  [ "$(id -u)" = 0 ] || fail "must run as root: sudo $0"
  [ -d /run/systemd/system ] || fail 'this machine does not run systemd; use --root DIR to prepare another one'
}

check_architecture() {
  # A 64-bit kernel under a 32-bit system is usual on Raspberry Pi OS: what counts is the system.
  if command -v dpkg >/dev/null 2>&1; then
    architecture=$(dpkg --print-architecture)
  else
    architecture=$(uname -m)
    [ "$(getconf LONG_BIT)" = 64 ] || architecture="32-bit $architecture"
  fi
  case $architecture in
    amd64 | arm64 | x86_64 | aarch64) ;;
    armhf | armel | i386 | 32-bit*)
      fail "this system is 32 bit ($architecture): use the 64-bit Raspberry Pi OS or Debian"
      ;;
    *) fail "no Node for this architecture ($architecture): amd64 and arm64 are supported" ;;
  esac
}

check_checkout() {
  for file in package-lock.json node/bin.js firmware-config/node.yaml.example; do
    [ -f "$source/$file" ] || fail "no complete checkout around this script: $source/$file is missing"
  done
  if [ -f "$source/exhibit-ui/build.ts" ] && [ ! -f "$source/exhibit-ui/dist/index.html" ]; then
    fail "the pages are not built: first run 'npm ci && npm run build' in $source"
  fi
  if [ "$prebuilt" = no ] && ! command -v npm >/dev/null 2>&1; then
    prebuilt=yes
  fi
  if [ "$prebuilt" = yes ] && [ ! -d "$source/node_modules" ]; then
    fail "neither npm nor $source/node_modules: apt-get install npm, or bring a tree where 'npm ci' has run"
  fi
}

# Names a release by what is in it, so that the same checkout gives the same release.
release_name() {
  (
    cd "$source"
    # shellcheck disable=SC2086 # a list of words
    find $items -type f ! -path '*/node_modules/*' ! -path 'tests/screenshots/*' 2>/dev/null |
      LC_ALL=C sort | xargs -d '\n' sha256sum
    if [ "$prebuilt" = yes ] && [ -f node_modules/.package-lock.json ]; then
      sha256sum node_modules/.package-lock.json
    fi
  ) | sha256sum | cut -c 1-16
}

# The first folder on the way up that exists.
nearest_folder() {
  folder=$1
  while [ ! -d "$folder" ]; do folder=$(dirname -- "$folder"); done
  printf '%s\n' "$folder"
}

check_room() {
  # node_modules of the checkout is the best guess of what npm brings; without it the guess is 400 MiB.
  modules_kib=409600
  if [ -d "$source/node_modules" ]; then
    modules_kib=$(du -sk "$source/node_modules" | cut -f 1)
  fi
  need_kib=$((modules_kib + room_kib))
  have_kib=$(df -Pk "$(nearest_folder "$releases")" | awk 'NR == 2 { print $4 }')
  [ "$have_kib" -ge "$need_kib" ] ||
    fail "not enough room for $opt: $((need_kib / 1024)) MiB needed, $((have_kib / 1024)) MiB free"
}

# shellcheck disable=SC2317 # called by trap
drop_staging() {
  [ -z "$staging" ] || rm -rf "$staging"
}

copy_release() {
  release=$1
  # What an earlier run left behind when it was killed.
  rm -rf "$releases"/.new-*
  mkdir -p "$releases"
  staging=$releases/.new-$$
  mkdir "$staging"
  say "copying to $release"
  for item in $items; do
    # Without owners: whoever made the checkout must not own what the service runs.
    if [ -e "$source/$item" ]; then cp -RP "$source/$item" "$staging/"; fi
  done
  rm -rf "$staging/tests/screenshots"
  if [ "$prebuilt" = yes ]; then
    cp -RP "$source/node_modules" "$staging/"
  else
    say 'npm ci --omit=dev (some minutes on a Raspberry Pi)'
    (cd "$staging" && npm ci --omit=dev) || fail 'npm ci failed: see above; nothing was changed'
  fi
  # npm 9, as Debian 12 brings it, does not link the runtime.
  for runtime in "$staging"/node_modules/node-linux-*/bin/node; do
    if [ -e "$runtime" ] && [ ! -e "$staging/node_modules/.bin/node" ]; then
      ln -s "../$(basename "${runtime%/bin/node}")/bin/node" "$staging/node_modules/.bin/node"
    fi
  done
  if on_machine && ! "$staging/node_modules/.bin/node" --version >/dev/null 2>&1; then
    fail 'Node does not run here: apt-get install libstdc++6 libatomic1, then try again'
  fi
  printf '%s\n' '#!/bin/sh' \
    'exec /opt/mesh-art/current/node_modules/.bin/node /opt/mesh-art/current/node/bin.js "$@"' \
    >"$staging/mesh-art"
  chmod 755 "$staging/mesh-art"
  chmod -R go+rX,go-w "$staging"
  # On the card before it counts: a release that has its name is whole, also after a power cut.
  sync
  mv -T "$staging" "$release"
  staging=
}

# Points a link somewhere, in one step.
set_link() {
  if [ "$(readlink "$2" || :)" = "$1" ]; then return 0; fi
  mkdir -p "$(dirname -- "$2")"
  ln -sfn "$1" "$2.new"
  mv -fT "$2.new" "$2"
}

# Puts a file in its place, in one step, unless it is there already.
set_file() {
  if cmp -s "$1" "$2"; then return 0; fi
  mkdir -p "$(dirname -- "$2")"
  cp "$1" "$2.new"
  chmod "$3" "$2.new"
  mv -f "$2.new" "$2"
}

drop_old_releases() {
  for folder in "$releases"/*; do
    if [ -d "$folder" ] && [ "$folder" != "$1" ]; then rm -rf "$folder"; fi
  done
}

plan_install() {
  say "would: copy $source to $releases/$name ($([ "$prebuilt" = yes ] && echo 'with its node_modules' || echo 'then npm ci --omit=dev'))"
  say "would: point $opt/current and $command_link to it"
  if [ ! -e "$config" ]; then say "would: create $config from the example"; fi
  say "would: create the system user mesh-art, install and enable $service"
  if on_machine; then say "would: start $service"; fi
}

install_node() {
  check_architecture
  check_checkout
  name=$(release_name)
  release=$releases/$name
  if [ ! -d "$release" ]; then check_room; fi
  if [ "$dry_run" = yes ]; then
    plan_install
    return 0
  fi
  mkdir -p "$opt"
  # One at a time; the lock goes with the process.
  exec 9<"$opt"
  flock -n 9 || fail 'another installation is at work'
  if [ ! -d "$release" ]; then copy_release "$release"; fi
  here=$release/firmware-config
  set_file "$here/systemd/sysusers.conf" "$sysusers" 644
  if on_machine; then systemd-sysusers "$sysusers"; fi
  if [ ! -e "$config" ]; then
    set_file "$here/node.yaml.example" "$config" 644
  fi
  set_link "releases/$name" "$opt/current"
  set_link /opt/mesh-art/current/mesh-art "$command_link"
  set_file "$here/systemd/$service" "$units/$service" 644
  set_link "/etc/systemd/system/$service" "$wanted"
  sync
  if on_machine; then
    systemctl daemon-reload
    # Always, since an earlier run may have been killed just before this.
    systemctl restart "$service"
  fi
  # Only now does nothing run from them any more.
  drop_old_releases "$release"
  say "installed: $opt/current, config in $config"
  if on_machine; then say "see how it does: systemctl status $service, journalctl -u $service -f"; fi
}

uninstall_node() {
  if on_machine && [ -e "$units/$service" ]; then run systemctl stop "$service"; fi
  # A config like the example is nobody's work.
  if cmp -s "$opt/current/firmware-config/node.yaml.example" "$config"; then run rm -f "$config"; fi
  run rm -f "$wanted" "$units/$service" "$command_link" "$sysusers"
  run rm -rf "$opt" "$cache"
  if [ "$purge" = yes ]; then
    run rm -rf "$data" "$config_folder"
    if on_machine && id -u mesh-art >/dev/null 2>&1; then run userdel mesh-art; fi
  elif [ -d "$config_folder" ]; then
    # Goes only when it is empty.
    run rmdir --ignore-fail-on-non-empty "$config_folder"
  fi
  if on_machine; then run systemctl daemon-reload; fi
  if [ "$dry_run" = yes ]; then return 0; fi
  say removed
  for kept in "$data" "$config"; do
    if [ -e "$kept" ]; then say "kept: $kept (--uninstall --purge removes it)"; fi
  done
}

main() {
  parse_arguments "$@"
  set_paths
  check_machine
  trap drop_staging EXIT
  trap 'exit 1' HUP INT TERM
  if [ "$action" = install ]; then install_node; else uninstall_node; fi
}

# Read whole before it runs: an uninstall removes this very file when it is run from /opt.
main "$@"
exit 0
