import { hardening } from './hardening.ts'
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
  'wpa_supplicant.service',
  'getty@tty1.service',
]

/** What keeps a microSD card alive: a system that is never written, works on a partition of their own. */
export function cardFiles({ node }: NodePlan): Rendered[] {
  return [
    dataMount(node.storage === 'usb' ? 'system' : 'card'),
    link(
      '/etc/systemd/system/local-fs.target.wants/var-lib-mesh\\x2dart.mount',
      '/etc/systemd/system/var-lib-mesh\\x2dart.mount',
      node.storage === 'usb' ? 'system' : 'card',
    ),
    // Nothing but what this machine is for writes, fetches or swaps.
    ...masked.map((unit) => link(`/etc/systemd/system/${unit}`, '/dev/null', 'card')),
    file(
      '/etc/fstab',
      '# The root is a slot that cannot be written, below memory (initramfs); works: var-lib-mesh\\x2dart.mount.\ntmpfs /tmp tmpfs nosuid,nodev,size=25% 0 0\n',
      { scope: 'card' },
    ),
    ...(node.storage === 'usb' ? [] : growFiles()),
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

const growUnit = `[Unit]
Description=Lets the part of the card with the works reach to its end
DefaultDependencies=no
Requires=dev-disk-by\\x2dlabel-mesh\\x2dart\\x2ddata.device
After=dev-disk-by\\x2dlabel-mesh\\x2dart\\x2ddata.device
Before=systemd-fsck@dev-disk-by\\x2dlabel-mesh\\x2dart\\x2ddata.service shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh /etc/mesh-art/grow.sh
DeviceAllow=block-* rw
${hardening({ capabilities: ['CAP_SYS_ADMIN'], early: true, devices: true })}
DevicePolicy=closed
`

/** The table is one sector, which is written in one go; ext4 grows while it is in use, by its journal. So the power may go at any moment. */
const growScript = `# grow.sh: lets the last part of the card end where the card ends.
set -eu
part=$(readlink -f /dev/disk/by-label/mesh-art-data)
name=\${part##*/}
here=/sys/class/block/$name
# A stick without a partition table has nothing to grow.
[ -e "$here/partition" ] || exit 0
read -r number <"$here/partition"
read -r start <"$here/start"
read -r size <"$here/size"
disk=$(readlink -f "$here/..")
read -r total <"$disk/size"
# Sectors: what is less than 16 MiB is left as it is.
[ $((total - start - size)) -gt 32768 ] || exit 0
echo ', +' | sfdisk --quiet --no-reread --no-tell-kernel -N "$number" "/dev/\${disk##*/}"
partx --update --nr "$number" "/dev/\${disk##*/}"
`

/** The partition before it is checked, the file system when it is there. */
function growFiles(): Rendered[] {
  const wants = '/etc/systemd/system/local-fs.target.wants'
  return [
    file('/etc/mesh-art/grow.sh', growScript, { scope: 'card' }),
    file('/etc/systemd/system/mesh-art-grow.service', growUnit, { scope: 'card' }),
    link(`${wants}/mesh-art-grow.service`, '/etc/systemd/system/mesh-art-grow.service', 'card'),
    link(
      `${wants}/systemd-growfs@var-lib-mesh\\x2dart.service`,
      '/usr/lib/systemd/system/systemd-growfs@.service',
      'card',
    ),
  ]
}
