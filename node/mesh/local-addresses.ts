import { isLoopback } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { isLocalAddress } from '../local-addresses.ts'

/**
 * Whether an address is of the local network. No other is ever dialled, announced or answered, so nothing leaves the venue.
 * Names (dns) are refused: to look one up would ask somebody.
 */
export function isLocalMultiaddr(address: Multiaddr): boolean {
  const [first] = address.getComponents()
  return (first?.name === 'ip4' || first?.name === 'ip6') && isLocalAddress(first.value ?? '')
}

/** What is told to others: local addresses, and loopback only where there is nothing else. */
export function announceable(addresses: Multiaddr[]): Multiaddr[] {
  const local = addresses.filter(isLocalMultiaddr)
  const reachable = local.filter((address) => !isLoopback(address))
  return reachable.length > 0 ? reachable : local
}

/** @returns null for text that is no local multiaddr */
export function parseLocalAddress(text: string): Multiaddr | null {
  try {
    const address = multiaddr(text)
    return isLocalMultiaddr(address) ? address : null
  } catch {
    // A predicate with a value: what does not parse is no local address.
    return null
  }
}

/** IP addresses of the interfaces that are listened at, loopback's not; none when that is all interfaces. */
export function interfacesOf(listen: readonly string[]): string[] {
  const hosts = listen.flatMap((text) => {
    const [first] = multiaddr(text).getComponents()
    return first?.name === 'ip4' && first.value !== undefined ? [first.value] : []
  })
  return hosts.includes('0.0.0.0') ? [] : hosts.filter((host) => !host.startsWith('127.'))
}
