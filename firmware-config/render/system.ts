import { lightFile, lightFolder } from './node-config.ts'
import { interfaces, meshAddress, meshInterface, neighbours } from './node-plan.ts'
import type { NodePlan } from './node-plan.ts'
import { file, link } from './rendered-file.ts'
import type { Rendered } from './rendered-file.ts'

/** What the system around the node is told: kernel, journal, watchdog, clock, devices, doors. */
export function systemFiles(plan: NodePlan): Rendered[] {
  const { services } = plan.venue
  return [
    file('/etc/sysctl.d/90-mesh-art.conf', sysctl),
    file('/etc/systemd/journald.conf.d/mesh-art.conf', journald),
    file('/etc/udev/rules.d/90-mesh-art.rules', udev),
    file('/etc/tmpfiles.d/mesh-art.conf', tmpfiles),
    ...(services.watchdog ? [file('/etc/systemd/system.conf.d/mesh-art.conf', watchdog)] : []),
    ...(services.time ? [file('/etc/chrony/chrony.conf', chrony(plan))] : []),
    file('/etc/modprobe.d/mesh-art.conf', `options cfg80211 ieee80211_regdom=${plan.venue.country}\n`),
    // Raspberry Pi OS: what NetworkManager does not manage, networkd does.
    file(
      '/etc/NetworkManager/conf.d/90-mesh-art.conf',
      `[keyfile]\nunmanaged-devices=${Object.values(interfaces)
        .map((name) => `interface-name:${name}`)
        .join(';')}\n`,
    ),
    ...doors(plan),
  ]
}

const sysctl = `# A node is no router, and answers on each interface for that interface alone: hotspots share an address.
net.ipv4.ip_forward = 0
net.ipv4.conf.all.forwarding = 0
net.ipv6.conf.all.forwarding = 0
net.ipv4.conf.all.arp_ignore = 1
net.ipv4.conf.all.arp_announce = 2
net.ipv4.conf.all.rp_filter = 1
net.ipv4.conf.all.accept_redirects = 0
net.ipv4.conf.all.send_redirects = 0
# Port 80 for a service without any capability.
net.ipv4.ip_unprivileged_port_start = 80
# Visitors come and go; what they did is soon forgotten.
-net.netfilter.nf_conntrack_max = 16384
-net.netfilter.nf_conntrack_tcp_timeout_established = 600
# A kernel that is lost starts again.
kernel.panic = 10
kernel.panic_on_oops = 1
kernel.dmesg_restrict = 1
kernel.kptr_restrict = 2
# There is no swap on a card; what is not written yet stays small, so that a power cut loses little.
vm.swappiness = 1
vm.dirty_background_bytes = 4194304
vm.dirty_bytes = 16777216
`

const journald = `# In memory, and gone with the power: nothing about anybody lies on the card.
[Journal]
Storage=volatile
RuntimeMaxUse=16M
ForwardToSyslog=no
ForwardToWall=no
`

const tmpfiles = `# What the node says with its light; gone with the power.
d ${lightFolder} 0755 mesh-art mesh-art -
f ${lightFile} 0644 mesh-art mesh-art - booting
`

const udev = `# Radios of ours sleep never: a sleeping access point is a slow one.
ACTION=="add", SUBSYSTEM=="net", KERNEL=="${interfaces.hotspot}|${interfaces.meshRadio}", RUN+="/usr/sbin/iw dev $name set power_save off"
# A stick with works: known by its label, never mounted for being there, read ahead in whole chunks.
ACTION=="add|change", SUBSYSTEM=="block", ENV{ID_FS_LABEL}=="mesh-art-data", ENV{UDISKS_IGNORE}="1", TAG+="systemd", ATTR{../queue/read_ahead_kb}="1024"
# Any other stick stays shut.
ACTION=="add|change", SUBSYSTEM=="block", ENV{ID_BUS}=="usb", ENV{ID_FS_LABEL}!="mesh-art-data", ENV{UDISKS_IGNORE}="1"
`

const watchdog = `# The board's own watchdog: a system that hangs is cut off and starts again. 15 s is the most a Raspberry Pi's takes.
[Manager]
RuntimeWatchdogSec=15s
RebootWatchdogSec=2min
`

function chrony({ venue, node }: NodePlan): string {
  const sources = neighbours(venue, node)
    .slice(0, 4)
    .map((other) => `server ${meshAddress(venue, other)} minpoll 6 maxpoll 10`)
  return `# Nodes agree among themselves. Nobody knows the true time, and nothing of the exhibition needs it (clocks order nothing).
${sources.join('\n')}
local stratum 10 orphan distance 0.5
allow ${venue.network.mesh}
bindaddress ${meshAddress(venue, node)}
bindacqdevice ${meshInterface(venue)}
makestep 1 -1
# Nothing on the card.
driftfile /run/chrony/drift
cmdport 0
`
}

/** SSH is shut unless the venue names keys, and then open to keys alone, over the mesh alone. */
function doors({ venue, node }: NodePlan): Rendered[] {
  const { sshKeys } = venue.services
  if (sshKeys.length === 0) {
    return ['ssh.service', 'ssh.socket'].map((unit) => link(`/etc/systemd/system/${unit}`, '/dev/null'))
  }
  return [
    file('/etc/mesh-art/authorized_keys', `${sshKeys.join('\n')}\n`),
    // A card's system forgets: its keys are made anew at each start, not at its first alone.
    file('/etc/systemd/system/sshd-keygen.service.d/10-mesh-art.conf', '[Unit]\nConditionFirstBoot=\n', {
      scope: 'card',
    }),
    file(
      '/etc/ssh/sshd_config.d/10-mesh-art.conf',
      `# Keys alone, over the mesh alone.
ListenAddress ${meshAddress(venue, node)}
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AuthorizedKeysFile /etc/mesh-art/authorized_keys
X11Forwarding no
AllowAgentForwarding no
AllowTcpForwarding no
`,
    ),
  ]
}
