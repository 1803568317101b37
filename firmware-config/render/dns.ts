import { gateway, interfaces, leaseRange } from './node-plan.ts'
import type { NodePlan } from './node-plan.ts'
import { file } from './rendered-file.ts'
import type { RenderedFile } from './rendered-file.ts'

/** dnsmasq: addresses and names for visitors. Knows nobody for longer than it runs. */
export function dnsFile({ venue, node }: NodePlan): RenderedFile {
  const { first, last } = leaseRange(venue, node)
  const here = gateway(venue)
  const domain = venue.address.split('.').slice(1).join('.')
  return file(
    '/etc/mesh-art/dns.conf',
    `# dnsmasq: DHCP and DNS of the hotspot of ${node.name}.
interface=${interfaces.hotspot}
bind-dynamic
except-interface=lo
no-hosts
no-resolv
no-poll
port=53

# Every name leads here: there is no other place to go.
address=/#/${here}
# The stable one. It is the same address on every node.
host-record=${venue.address},${here}
# A phone that roams asks again soon, and the answer is the same.
local-ttl=60

# From a range of this node's own; a phone that comes from another node is told at once to ask anew.
dhcp-range=${first},${last},255.255.0.0,${venue.hotspot.leaseMinutes}m
dhcp-lease-max=${node.leases}
dhcp-authoritative
dhcp-option=option:router,${here}
dhcp-option=option:dns-server,${here}
domain=${domain}
no-ping

# Leases live in memory; no name of a phone is taken; nothing is told of anybody.
leasefile-ro
dhcp-ignore-names
quiet-dhcp
quiet-dhcp6
quiet-ra
`,
  )
}
