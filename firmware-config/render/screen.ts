import { hardening } from './hardening.ts'
import { file, wanted } from './rendered-file.ts'
import type { Rendered } from './rendered-file.ts'

/** A screen on the node: cage shows one browser, and the browser one page of this node. */
export function screenFiles(page: string): Rendered[] {
  return [
    file(
      '/etc/sysusers.d/mesh-art-screen.conf',
      `u mesh-art-screen - "Screen of the Mesh Art Network" /run/mesh-art-screen\nm mesh-art-screen video\nm mesh-art-screen render\nm mesh-art-screen input\n`,
    ),
    file(
      '/etc/systemd/system/mesh-art-screen.service',
      `[Unit]
Description=Screen with the exhibition
After=mesh-art-node.service systemd-user-sessions.service
Wants=mesh-art-node.service
ConditionPathExists=/dev/dri/card0

[Service]
Type=exec
User=mesh-art-screen
Group=mesh-art-screen
RuntimeDirectory=mesh-art-screen
RuntimeDirectoryMode=0700
Environment=XDG_RUNTIME_DIR=/run/mesh-art-screen HOME=/run/mesh-art-screen LIBSEAT_BACKEND=builtin WLR_LIBINPUT_NO_DEVICES=1
# Everything of the browser's lies in memory, and goes with it.
ExecStart=/usr/bin/cage -s -- /usr/bin/chromium --kiosk --ozone-platform=wayland --no-first-run --disable-background-networking --disable-component-update --disable-sync --user-data-dir=/run/mesh-art-screen/browser http://127.0.0.1${page}
Restart=always
RestartSec=10s
MemoryMax=60%
# This machine alone: the page, and nothing else.
IPAddressDeny=any
IPAddressAllow=localhost
DevicePolicy=closed
DeviceAllow=char-drm rw
DeviceAllow=char-input r
DeviceAllow=char-tty rw
${hardening({ families: ['AF_INET', 'AF_INET6', 'AF_NETLINK'], network: true, devices: true, namespaces: true, compiles: true, calls: '@chown mbind sched_setaffinity' })}
`,
    ),
    wanted('mesh-art-screen.service'),
  ]
}
