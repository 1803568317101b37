import { isIPv4 } from 'node:net'
import { isLoopback } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { isLocalAddress } from '../local-addresses.ts'
import { meshAddresses } from './mesh-interfaces.ts'
import type { NamedAddress } from './mesh-interfaces.ts'

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

export interface Listening {
  /** multiaddrs */
  readonly listen: readonly string[]
  /** The interface that the mesh is on, where one is named. */
  readonly meshInterface?: string | undefined
}

/** Of a node's own addresses those that others are told; what the machine has is asked anew each time. */
export function announced(
  addresses: Multiaddr[],
  { listen, meshInterface }: Listening,
  machine: readonly NamedAddress[],
): Multiaddr[] {
  // What is listened at by name of its address is meant.
  if (!listensEverywhere(listen)) return announceable(addresses)
  const own = new Set(meshAddresses(machine, meshInterface))
  return announceable(
    addresses.filter((address) => {
      const [first] = address.getComponents()
      return own.has(first?.value ?? '')
    }),
  )
}

/**
 * IPv4 addresses of the interfaces on which nodes are searched for; none when that is all interfaces, null when the one that is named
 * is not up.
 */
export function searched(
  { listen, meshInterface }: Listening,
  machine: readonly NamedAddress[],
): string[] | null {
  const outer = (hosts: string[]): string[] =>
    hosts.filter((host) => isIPv4(host) && !host.startsWith('127.'))
  if (!listensEverywhere(listen)) return outer(hostsOf(listen))
  const own = outer(meshAddresses(machine, meshInterface))
  if (meshInterface !== undefined) return own.length === 0 ? null : own
  return own.length === 1 ? own : []
}

function listensEverywhere(listen: readonly string[]): boolean {
  return hostsOf(listen).some((host) => host === '0.0.0.0' || host === '::')
}

function hostsOf(listen: readonly string[]): string[] {
  return listen.flatMap((text) => multiaddr(text).getComponents()[0]?.value ?? [])
}
