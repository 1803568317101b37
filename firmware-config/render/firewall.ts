import { gateway, interfaces, meshInterface, meshPort } from './node-plan.ts'
import type { NodePlan } from './node-plan.ts'
import { file } from './rendered-file.ts'
import type { RenderedFile } from './rendered-file.ts'

/** Packets of multicast a minute that a node may send into the mesh, whatever runs on it. */
const multicastPerMinute = 60

/** nftables: what visitors reach, what the mesh reaches, and that nothing goes from one to the other. */
export function firewallFile({ venue, node }: NodePlan): RenderedFile {
  const here = gateway(venue)
  const mesh = meshInterface(venue)
  const ssh = venue.services.sshKeys.length > 0 ? `    iifname "${mesh}" tcp dport 22 accept\n` : ''
  const time = venue.services.time ? `    iifname "${mesh}" udp dport 123 accept\n` : ''
  return file(
    '/etc/mesh-art/firewall.nft',
    `# nftables of ${node.name}. One transaction: there is no moment without rules.
table inet mesh_art
delete table inet mesh_art

table inet mesh_art {
  # Visitors, before anything else looks at their packets: DHCP, DNS and HTTP of this node, and nothing else.
  chain visitors {
    type filter hook prerouting priority -310; policy accept;
    iifname != "${interfaces.hotspot}" accept
    meta nfproto ipv6 drop
    ip saddr { 0.0.0.0, ${venue.network.hotspot} } udp sport 68 udp dport 67 accept
    ip saddr != ${venue.network.hotspot} drop
    ip saddr ${here} drop
    # To somewhere else: phones that carry a name server or an address in them find this node all the same.
    udp dport 53 accept
    tcp dport { 53, 80 } accept
    icmp type echo-request ip daddr ${here} limit rate 50/second accept
    # At once, so that a phone that tries HTTPS or a server of its own does not wait: there is no one there.
    tcp flags & (fin | syn | rst) == syn reject with tcp reset
    ip daddr ${here} meta l4proto udp limit rate 200/second reject with icmp type port-unreachable
    drop
  }

  chain answers {
    type nat hook prerouting priority dstnat; policy accept;
    iifname "${interfaces.hotspot}" udp dport 53 redirect to :53
    iifname "${interfaces.hotspot}" tcp dport 53 redirect to :53
    iifname "${interfaces.hotspot}" tcp dport 80 redirect to :80
  }

  chain incoming {
    type filter hook input priority filter; policy drop;
    iifname "lo" accept
    ct state established,related accept
    # Checked above.
    iifname "${interfaces.hotspot}" accept
    iifname "${mesh}" ip saddr != ${venue.network.mesh} drop
    iifname "${mesh}" tcp dport { 80, ${meshPort} } accept
    iifname "${mesh}" icmp type echo-request limit rate 50/second accept
${time}${ssh}  }

  # A node is no router.
  chain through {
    type filter hook forward priority filter; policy drop;
  }

  chain outgoing {
    type filter hook output priority filter; policy accept;
    # Towards visitors only answers: no mDNS, no announcement, no call.
    oifname "${interfaces.hotspot}" udp sport 67 udp dport 68 accept
    oifname "${interfaces.hotspot}" ct state established,related accept
    oifname "${interfaces.hotspot}" tcp flags & rst == rst accept
    oifname "${interfaces.hotspot}" meta l4proto icmp accept
    oifname "${interfaces.hotspot}" drop
    # Air is dear: what goes to everybody is counted.
    oifname "${mesh}" ip daddr 224.0.0.0/4 limit rate over ${multicastPerMinute}/minute drop
    oifname "${mesh}" meta nfproto ipv6 drop
  }
}
`,
  )
}
