import { boards } from '../schema/boards.ts'
import type { RadioMatch } from '../schema/venue-schema.ts'
import { gateway, interfaces, meshAddress, meshInterface } from './node-plan.ts'
import type { NodePlan } from './node-plan.ts'
import { file } from './rendered-file.ts'
import type { RenderedFile } from './rendered-file.ts'

const folder = '/etc/systemd/network'

/** systemd-networkd: names, addresses, and that hotspot and mesh share nothing. */
export function networkFiles(plan: NodePlan): RenderedFile[] {
  const { venue, node } = plan
  const files = [
    file('/etc/hostname', `${node.name}\n`),
    file('/etc/hosts', `127.0.0.1 localhost\n127.0.1.1 ${node.name}\n${gateway(venue)} ${venue.address}\n`),
    linkFile(interfaces.hotspot, matchOf(node.hotspotRadio, node.board.radio?.driver)),
    file(
      `${folder}/20-${interfaces.hotspot}.network`,
      `# Visitors. A segment of its own: no bridge, no route, no multicast of ours.
[Match]
Name=${interfaces.hotspot}

[Link]
RequiredForOnline=no

[Network]
Description=Hotspot of visitors
Address=${gateway(venue)}/16
# There is nobody to hear before the first phone comes.
ConfigureWithoutCarrier=yes
LinkLocalAddressing=no
IPv6AcceptRA=no
MulticastDNS=no
LLMNR=no
LLDP=no
DHCP=no
`,
    ),
  ]
  if (venue.mesh.wire) files.push(linkFile(interfaces.wire, wireMatch(plan)))
  if (node.meshRadio !== undefined)
    files.push(linkFile(interfaces.meshRadio, matchOf(node.meshRadio, undefined)))
  if (venue.mesh.radio !== undefined) files.push(...batmanFiles(plan))
  files.push(
    file(
      `${folder}/30-${meshInterface(venue)}.network`,
      `# The mesh of nodes: libp2p listens here and nowhere else.
[Match]
Name=${meshInterface(venue)}

[Link]
RequiredForOnline=no

[Network]
Description=Mesh of nodes
Address=${meshAddress(venue, node)}/24
ConfigureWithoutCarrier=yes
LinkLocalAddressing=no
IPv6AcceptRA=no
MulticastDNS=no
LLMNR=no
LLDP=no
DHCP=no
`,
    ),
  )
  return files
}

function batmanFiles({ venue, node }: NodePlan): RenderedFile[] {
  const hard = [
    ...(node.meshRadio === undefined ? [] : [interfaces.meshRadio]),
    ...(venue.mesh.wire ? [interfaces.wire] : []),
  ]
  return [
    file(
      `${folder}/20-${interfaces.batman}.netdev`,
      `[NetDev]
Name=${interfaces.batman}
Kind=batadv

[BatmanAdvanced]
# Where nodes share a wire as well, frames could go round; elsewhere it would swallow the first half minute.
BridgeLoopAvoidance=${venue.mesh.wire ? 'yes' : 'no'}
DistributedArpTable=yes
Fragmentation=yes
# Twice the usual: nodes hang on walls, and each message is air that visitors could use.
OriginatorIntervalSec=2
`,
    ),
    ...hard.map((name) =>
      file(
        `${folder}/25-${name}.network`,
        `# Carries the mesh, and nothing else.
[Match]
Name=${name}

[Link]
# batman-adv's header is 32 bytes.
MTUBytes=${name === interfaces.wire ? 1500 : 1532}
RequiredForOnline=no

[Network]
BatmanAdvanced=${interfaces.batman}
LinkLocalAddressing=no
IPv6AcceptRA=no
LLMNR=no
MulticastDNS=no
LLDP=no
`,
      ),
    ),
  ]
}

function linkFile(name: string, match: string): RenderedFile {
  return file(
    `${folder}/10-${name}.link`,
    `[Match]\n${match}\n\n[Link]\nName=${name}\n# Set by hand, and so not to be chosen anew.\nNamePolicy=\n`,
  )
}

function matchOf(radio: RadioMatch, onboard: string | undefined): string {
  if (radio === 'onboard') return `Type=wlan\nDriver=${onboard ?? 'brcmfmac'}`
  return 'driver' in radio
    ? `Type=wlan\nDriver=${radio.driver}`
    : `Type=wlan\nPermanentMACAddress=${radio.mac}`
}

function wireMatch({ node }: NodePlan): string {
  const { ethernet } = boards[node.boardId]
  return typeof ethernet === 'string' ? `Type=ether\nDriver=${ethernet}` : 'Type=ether\nPath=pci-* platform-*'
}
