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
  'getty-static.service',
]

/** What keeps a microSD card alive: a system that is never written, works on a partition of their own. */
export function cardFiles({ node }: NodePlan): Rendered[] {
  const scope = node.storage === 'usb' ? 'system' : 'card'
  return [
    dataMount(scope),
    file(`/etc/systemd/system/${dataDevice}.device.d/10-mesh-art.conf`, patience, { scope }),
    link(
      '/etc/systemd/system/local-fs.target.wants/var-lib-mesh\\x2dart.mount',
      '/etc/systemd/system/var-lib-mesh\\x2dart.mount',
      scope,
    ),
    // Nothing but what this machine is for writes, fetches or swaps.
    ...masked.map((unit) => link(`/etc/systemd/system/${unit}`, '/dev/null', 'card')),
    file(
      '/etc/fstab',
      '# The root is a slot that cannot be written, below memory (initramfs); works: var-lib-mesh\\x2dart.mount.\ntmpfs /tmp tmpfs nosuid,nodev,size=25% 0 0\n',
      { scope: 'card' },
    ),
    file('/etc/systemd/system/mesh-art-node.service.d/20-card.conf', compiled, { scope: 'card' }),
    ...(node.storage === 'usb' ? [] : growFiles()),
    ...slotFiles(),
  ]
}

/** A slot on trial is kept as soon as its node is ready; when that takes too long, its initramfs has the machine start again. */
function slotFiles(): Rendered[] {
  return [
    file('/etc/systemd/system/run-mesh\\x2dart\\x2dboot.mount', bootPart, { scope: 'card' }),
    file('/etc/systemd/system/mesh-art-slot-good.service', slotGood, { scope: 'card' }),
    link(
      '/etc/systemd/system/multi-user.target.wants/mesh-art-slot-good.service',
      '/etc/systemd/system/mesh-art-slot-good.service',
      'card',
    ),
  ]
}

const bootPart = `[Unit]
Description=What starts the board
StopWhenUnneeded=yes

[Mount]
What=/run/mesh-art-root/boot
Where=/run/mesh-art-boot
Type=vfat
Options=nosuid,nodev,noexec,umask=077
`

const slotGood = `[Unit]
Description=Keeps a system on trial, once the node is ready
ConditionKernelCommandLine=!mesh-art.try=0000
Requires=run-mesh\\x2dart\\x2dboot.mount
After=run-mesh\\x2dart\\x2dboot.mount mesh-art-node.service

[Service]
Type=oneshot
ExecStart=/usr/local/bin/mesh-art firmware update --keep
TimeoutStartSec=infinity
Restart=on-failure
RestartSec=10s
ReadWritePaths=/run/mesh-art-boot
${hardening({ families: ['AF_INET', 'AF_INET6'], network: true, compiles: true, wholeProc: true })}
`

/** What lies in /var/cache is gone with the power, and compiling anew is a good part of a start. */
const compiled = `[Service]
Environment=NODE_COMPILE_CACHE=/var/lib/mesh-art/compiled
`

/** Where works are, as systemd calls the device. */
const dataDevice = 'dev-disk-by\\x2dlabel-mesh\\x2dart\\x2ddata'

/** A card or stick that wears out is slow before it fails: the node waits for its works rather than do without for good. */
const patience = `[Unit]
JobRunningTimeoutSec=5min
`

function dataMount(scope: RenderedFile['scope']): RenderedFile {
  return file(
    '/etc/systemd/system/var-lib-mesh\\x2dart.mount',
    `# Works, keys and records. Checked before it is used; what the check cannot mend, a neighbour has.
[Unit]
Description=Works of the exhibition
Requires=systemd-fsck@${dataDevice}.service
After=systemd-fsck@${dataDevice}.service
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

/** The partition grows in the initramfs, before anything uses it; ext4 grows while it is in use, by its journal. */
function growFiles(): Rendered[] {
  return [
    link(
      '/etc/systemd/system/local-fs.target.wants/systemd-growfs@var-lib-mesh\\x2dart.service',
      '/usr/lib/systemd/system/systemd-growfs@.service',
      'card',
    ),
  ]
}
