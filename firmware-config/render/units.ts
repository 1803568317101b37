import { lightFile, lightFolder, provisionCopies, provisionFiles } from './node-config.ts'
import { hardening } from './hardening.ts'
import { interfaces, meshInterface } from './node-plan.ts'
import type { NodePlan } from './node-plan.ts'
import { file, link, wanted } from './rendered-file.ts'
import type { Rendered, RenderedFile } from './rendered-file.ts'
import { screenFiles } from './screen.ts'

const folder = '/etc/systemd/system'
const device = (name: string): string => `sys-subsystem-net-devices-${name}.device`

/** Every service of a node, and what starts it. */
export function unitFiles(plan: NodePlan): Rendered[] {
  const { venue, node } = plan
  const units: Rendered[] = [
    unit('mesh-art-firewall', firewall),
    wanted('mesh-art-firewall.service', 'sysinit.target'),
    unit('mesh-art-dns', dns),
    wanted('mesh-art-dns.service'),
    unit('mesh-art-hotspot', hotspot),
    // By its radio: a stick that is late, or pulled out and put in again, is a hotspot as soon as it is there.
    wanted('mesh-art-hotspot.service', device(interfaces.hotspot)),
    link(
      `${folder}/multi-user.target.wants/systemd-networkd.service`,
      '/lib/systemd/system/systemd-networkd.service',
    ),
    nodeDropIn(plan),
    unit('mesh-art-writes', writes),
    file(`${folder}/mesh-art-writes.timer`, writesTimer),
    wanted('mesh-art-writes.timer', 'timers.target'),
  ]
  if (node.meshRadio !== undefined) {
    units.push(
      ...[unit('mesh-art-mesh', mesh), wanted('mesh-art-mesh.service', device(interfaces.meshRadio))],
      ...[unit('mesh-art-links', links), wanted('mesh-art-links.service', device(interfaces.batman))],
    )
  }
  if (venue.services.statusLight && node.board.light !== undefined)
    units.push(...lightUnits(node.board.light))
  if (node.screenPage !== undefined) units.push(...screenFiles(node.screenPage))
  return units
}

function unit(name: string, text: string): RenderedFile {
  return file(`${folder}/${name}.service`, text)
}

const firewall = `[Unit]
Description=Firewall between visitors, mesh and node
DefaultDependencies=no
After=systemd-sysctl.service systemd-tmpfiles-setup.service
Before=network-pre.target systemd-networkd.service
Wants=network-pre.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/mesh-art/firewall.nft
ExecReload=/usr/sbin/nft -f /etc/mesh-art/firewall.nft
${hardening({ capabilities: ['CAP_NET_ADMIN'], families: ['AF_NETLINK'], network: true })}
`

const dns = `[Unit]
Description=Addresses and names for visitors
# Without the firewall no visitor is let in.
Requires=mesh-art-firewall.service
After=mesh-art-firewall.service network.target

[Service]
Type=exec
ExecStart=/usr/sbin/dnsmasq --keep-in-foreground --conf-file=/etc/mesh-art/dns.conf --pid-file --user= --log-facility=-
Restart=always
RestartSec=5s
${hardening({
  capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_NET_BIND_SERVICE'],
  families: ['AF_INET', 'AF_INET6', 'AF_NETLINK', 'AF_PACKET'],
  network: true,
  ownUser: true,
})}
`

const hotspot = `[Unit]
Description=Wi-Fi of visitors
Requires=mesh-art-firewall.service
After=mesh-art-firewall.service mesh-art-dns.service ${device(interfaces.hotspot)}
BindsTo=${device(interfaces.hotspot)}

[Service]
Type=exec
# Its messages name phones: they go nowhere. What is wrong with the configuration 'mesh-art firmware check' says.
# Raspberry Pi OS keeps radios shut until somebody says the country: here venue.yaml does.
ExecStartPre=-+/usr/sbin/rfkill unblock wlan
LoadCredential=hotspot.conf:/etc/mesh-art/hotspot.conf
ExecStart=/usr/sbin/hostapd /run/credentials/mesh-art-hotspot.service/hotspot.conf
StandardOutput=null
StandardError=null
Restart=always
RestartSec=5s
${hardening({ capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW'], families: ['AF_INET', 'AF_NETLINK', 'AF_PACKET'], network: true, ownUser: true })}
`

const mesh = `[Unit]
Description=Radio that joins the nodes
Requires=mesh-art-firewall.service
After=mesh-art-firewall.service ${device(interfaces.meshRadio)}
BindsTo=${device(interfaces.meshRadio)}

[Service]
Type=exec
ExecStartPre=-+/usr/sbin/rfkill unblock wlan
LoadCredential=mesh.conf:/etc/mesh-art/mesh.conf
ExecStart=/usr/sbin/wpa_supplicant -q -i ${interfaces.meshRadio} -D nl80211 -c /run/credentials/mesh-art-mesh.service/mesh.conf
Restart=always
RestartSec=5s
${hardening({ capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW'], families: ['AF_INET', 'AF_NETLINK', 'AF_PACKET'], network: true, ownUser: true })}
`

const links = `[Unit]
Description=How well other nodes are reached by radio, for the node
ConditionFileIsExecutable=/usr/sbin/batctl
After=${device(interfaces.batman)}
BindsTo=${device(interfaces.batman)}

[Service]
Type=exec
# Only who may change the network may ask batman-adv about it; the node may not, and reads it here.
RuntimeDirectory=mesh-art-links
ExecStart=/bin/sh -c 'umask 022; cd "$$RUNTIME_DIRECTORY" || exit; while :; do for table in originators transtable_global; do /usr/sbin/batctl meshif ${interfaces.batman} "$$table"_json >new && mv new "$$table"; done; /usr/sbin/ip -json neighbour show dev ${interfaces.batman} >new && mv new neighbours; sleep 20; done'
Restart=always
RestartSec=20s
${hardening({ capabilities: ['CAP_NET_ADMIN'], families: ['AF_NETLINK'], network: true, ownUser: true })}
`

const writes = `[Unit]
Description=Says in the journal how much was written to the card
ConditionPathExistsGlob=/sys/block/mmcblk*/stat

[Service]
Type=oneshot
# Seventh column: sectors of 512 bytes written since the start (Documentation/block/stat.rst).
ExecStart=/bin/sh -c 'for card in /sys/block/mmcblk?; do read -r _ _ _ _ _ _ written _ <$card/stat; echo "\${card##*/}: $((written / 2)) KiB written since the start"; done'
${hardening()}
`

const writesTimer = `[Unit]
Description=Counts what is written to the card, each hour

[Timer]
OnBootSec=1h
OnUnitActiveSec=1h
AccuracySec=5min
`

/** What the venue adds to the node's own unit, which comes with the program. */
function nodeDropIn({ venue, node, secrets }: NodePlan): RenderedFile {
  const hasLight = venue.services.statusLight && node.board.light !== undefined
  // Not LoadCredential=, which on a kernel without ACLs in tmpfs gives a service what it cannot read.
  const credentials =
    secrets.provision === undefined
      ? ''
      : `# Key and grant, which root alone may read on the card: in memory, for this service alone.
RuntimeDirectory=mesh-art-provision
RuntimeDirectoryMode=0700
ExecStartPre=+/usr/bin/install -o mesh-art -g mesh-art -m 0400 -t ${provisionCopies} ${provisionFiles.map(({ path }) => path).join(' ')}
`
  return file(
    `${folder}/mesh-art-node.service.d/10-venue.conf`,
    `[Unit]
Requires=mesh-art-firewall.service
After=mesh-art-firewall.service systemd-networkd.service
${hasLight ? 'OnFailure=mesh-art-fault.service\n' : ''}
[Service]
# The mesh's address may come later than the node: it tries until it is there.
Restart=on-failure
RestartSec=5s
${credentials}${hasLight ? `ReadWritePaths=-${lightFolder}\n` : ''}# ${meshInterface(venue)} and ${interfaces.hotspot} are private networks: nothing else is ever reached.
`,
  )
}

function lightUnits(led: string): Rendered[] {
  return [
    unit(
      'mesh-art-light',
      `[Unit]
Description=Shows with the board's light how the node does
DefaultDependencies=no
After=systemd-tmpfiles-setup.service
ConditionPathExists=/sys/class/leds/${led}/trigger

[Service]
Type=oneshot
ExecStart=/bin/sh /etc/mesh-art/light.sh /sys/class/leds/${led} ${lightFile}
${hardening({ tunables: true })}
`,
    ),
    file(
      `${folder}/mesh-art-light.path`,
      `[Unit]
Description=Looks for what the board's light should show
DefaultDependencies=no
After=systemd-tmpfiles-setup.service

[Path]
PathModified=${lightFile}
Unit=mesh-art-light.service
`,
    ),
    wanted('mesh-art-light.path'),
    wanted('mesh-art-light.service', 'sysinit.target'),
    unit(
      'mesh-art-fault',
      `[Unit]
Description=Shows with the board's light that the node does not run

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'echo fault >${lightFile}'
ReadWritePaths=${lightFolder}
${hardening({ capabilities: ['CAP_DAC_OVERRIDE'] })}
`,
    ),
    file('/etc/mesh-art/light.sh', lightScript),
  ]
}

/** Patterns are the kernel's own (leds-class, ledtrig-timer): nothing runs for them. */
const lightScript = `# light.sh LED FILE: shows the word in FILE.
led=$1
read -r state <"$2"
blink() {
  echo timer >"$led/trigger"
  echo "$1" >"$led/delay_on"
  echo "$2" >"$led/delay_off"
}
case $state in
  booting) blink 100 100 ;;
  alone) blink 100 1900 ;;
  replicating) blink 500 500 ;;
  fault) blink 1900 100 ;;
  identify) blink 50 50 ;;
  in-mesh)
    echo none >"$led/trigger"
    cat "$led/max_brightness" >"$led/brightness"
    ;;
esac
`
