import { isLoopback, isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'

/**
 * Whether an address is of the local network: loopback, private (RFC 1918, RFC 4193) or link-local. No other is ever dialled,
 * announced or answered, so nothing leaves the venue. Names (dns) are refused: to look one up would ask somebody.
 */
export function isLocalAddress(address: Multiaddr): boolean {
  const [first] = address.getComponents()
  if (first === undefined || (first.name !== 'ip4' && first.name !== 'ip6')) return false
  return isLoopback(address) || isPrivate(address) || isLinkLocal(first.name, first.value ?? '')
}

function isLinkLocal(family: string, host: string): boolean {
  return family === 'ip4' ? host.startsWith('169.254.') : /^fe[89ab][0-9a-f]:/i.test(host)
}

/** What is told to others: local addresses, and loopback only where there is nothing else. */
export function announceable(addresses: Multiaddr[]): Multiaddr[] {
  const local = addresses.filter(isLocalAddress)
  const reachable = local.filter((address) => !isLoopback(address))
  return reachable.length > 0 ? reachable : local
}

/** @returns null for text that is no local multiaddr */
export function parseLocalAddress(text: string): Multiaddr | null {
  try {
    const address = multiaddr(text)
    return isLocalAddress(address) ? address : null
  } catch {
    // A predicate with a value: what does not parse is no local address.
    return null
  }
}
