import { BlockList, isIP } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import * as v from 'valibot'

/**
 * Networks that no router of the internet carries: loopback (RFC 1122, RFC 4291), private (RFC 1918, RFC 4193), link-local
 * (RFC 3927, RFC 4291) and set aside for documentation (RFC 5737). A node listens and dials nowhere else.
 */
const local = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
] as const) {
  local.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  local.addSubnet(network, prefix, 'ipv6')
}

/** Whether an IP address is loopback, private or link-local. An IPv4 address in IPv6 form counts as what it is. */
export function isLocalAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && local.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

const ANY = new Set(['0.0.0.0', '::'])

/** @returns what is wrong with it, or undefined */
function mistakeInAddress(text: string, role: 'listen' | 'peer'): string | undefined {
  let parts: { name: string; value?: string }[]
  try {
    parts = multiaddr(text).getComponents()
  } catch {
    // The library's message speaks of bytes; the form is what helps.
    return 'must be a multiaddr such as /ip4/192.168.1.10/tcp/4001'
  }
  const [ip, tcp, peer, ...rest] = parts
  const isIp = ip?.name === 'ip4' || ip?.name === 'ip6'
  if (!isIp || tcp?.name !== 'tcp' || (peer !== undefined && peer.name !== 'p2p') || rest.length > 0) {
    return 'must be an IP address and a TCP port, such as /ip4/192.168.1.10/tcp/4001'
  }
  if (role === 'listen' && peer !== undefined) return 'must not name a peer: the node listens as itself'
  if (role === 'peer' && tcp.value === '0') return 'needs a port'
  const address = ip.value ?? ''
  if (isLocalAddress(address) || (role === 'listen' && ANY.has(address))) return undefined
  return `${address} is not an address of the local network: nothing may leave it`
}

function addressSchema(role: 'listen' | 'peer'): v.GenericSchema<string> {
  return v.pipe(
    v.string('must be text'),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      const mistake = mistakeInAddress(dataset.value, role)
      if (mistake !== undefined) addIssue({ message: mistake })
    }),
  )
}

/** A multiaddr to listen on: a local address, or all of them. */
export const listenAddress = addressSchema('listen')
/** A multiaddr to dial: a local address and a port. */
export const peerAddress = addressSchema('peer')

/** Where HTTP listens. Visitors come over the hotspot; a venue may also put a node behind its own network. */
export const httpHost = v.pipe(
  v.string('must be text'),
  v.check((host) => host === 'localhost' || isIP(host) !== 0, 'must be an IP address or localhost'),
)
export const port = v.pipe(
  v.number('must be a port number'),
  v.integer('must be a port number'),
  v.minValue(0, 'must be a port number'),
  v.maxValue(65_535, 'must be a port number'),
)

/** A name that visitors type: `kunst.lan`, perhaps with a port. */
export const shortName = v.pipe(
  v.string('must be text'),
  v.toLowerCase(),
  v.maxLength(80, 'must be at most 80 characters'),
  v.regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[1-9]\d{0,4})?$/,
    'must be a name such as kunst.lan',
  ),
)

/** `HOST:PORT`, `[IPV6]:PORT` or `:PORT`. */
export const hostPort = v.pipe(
  v.string('must be text'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const match = /^(?:\[(?<ipv6>[^\]]*)\]|(?<host>[^:]*)):(?<port>\d{1,5})$/.exec(dataset.value)
    const { ipv6, host, port: digits } = match?.groups ?? {}
    const given = ipv6 ?? (host === '' ? '0.0.0.0' : host)
    const parsed = v.safeParse(v.object({ host: httpHost, port }), { host: given, port: Number(digits) })
    if (match !== null && parsed.success) return parsed.output
    addIssue({ message: 'must be HOST:PORT, such as 0.0.0.0:8080' })
    return NEVER
  }),
)
