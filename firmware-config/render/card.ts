import type { NodePlan } from './node-plan.ts'
import { file, link } from './rendered-file.ts'
import type { Rendered, RenderedFile } from './rendered-file.ts'

const masked = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'man-db.timer',
  'e2scrub_all.timer',
  'fstrim.timer',
  'dphys-swapfile.service',
  'systemd-random-seed.service',
]

/** What keeps a microSD card alive: a system that is never written, works on a partition of their own. */
export function cardFiles({ venue, node }: NodePlan): Rendered[] {
  return [
    dataMount(node.storage === 'usb' ? 'system' : 'card'),
    link(
      '/etc/systemd/system/local-fs.target.wants/var-lib-mesh\\x2dart.mount',
      '/etc/systemd/system/var-lib-mesh\\x2dart.mount',
      node.storage === 'usb' ? 'system' : 'card',
    ),
    // Nothing but what this machine is for writes, fetches or swaps.
    ...masked.map((unit) => link(`/etc/systemd/system/${unit}`, '/dev/null', 'card')),
    ...(venue.services.readOnlyRoot
      ? [
          file('/etc/initramfs-tools/scripts/init-bottom/mesh-art-overlay', overlay, {
            mode: 0o755,
            scope: 'card',
          }),
          file(
            '/etc/fstab',
            '# The root is read-only below an overlay in memory (initramfs); works: var-lib-mesh\\x2dart.mount.\ntmpfs /tmp tmpfs nosuid,nodev,size=25% 0 0\n',
            { scope: 'card' },
          ),
        ]
      : []),
  ]
}

function dataMount(scope: RenderedFile['scope']): RenderedFile {
  return file(
    '/etc/systemd/system/var-lib-mesh\\x2dart.mount',
    `# Works, keys and records. Checked before it is used; what the check cannot mend, a neighbour has.
[Unit]
Description=Works of the exhibition
Requires=systemd-fsck@dev-disk-by\\x2dlabel-mesh\\x2dart\\x2ddata.service
After=systemd-fsck@dev-disk-by\\x2dlabel-mesh\\x2dart\\x2ddata.service
Before=mesh-art-node.service

[Mount]
What=/dev/disk/by-label/mesh-art-data
Where=/var/lib/mesh-art
Type=ext4
# What must last the program syncs itself; the rest may wait a minute.
Options=noatime,nodev,nosuid,noexec,commit=60,errors=remount-ro
DirectoryMode=0750
`,
    { scope },
  )
}

/** For initramfs-tools: with \`mesh-art.overlay\` on the kernel's command line, nothing ever writes the root. */
const overlay = `#!/bin/sh
case $1 in prereqs) exit 0 ;; esac
grep -qw mesh-art.overlay /proc/cmdline || exit 0
modprobe overlay 2>/dev/null
mkdir -p /run/mesh-art-root/below /run/mesh-art-root/above
mount -o remount,ro "$rootmnt" && mount --move "$rootmnt" /run/mesh-art-root/below || exit 1
mount -t tmpfs -o size=25%,mode=755 tmpfs /run/mesh-art-root/above
mkdir /run/mesh-art-root/above/upper /run/mesh-art-root/above/work
mount -t overlay -o lowerdir=/run/mesh-art-root/below,upperdir=/run/mesh-art-root/above/upper,workdir=/run/mesh-art-root/above/work overlay "$rootmnt"
`
