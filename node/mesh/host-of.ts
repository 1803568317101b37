import type { Multiaddr } from '@multiformats/multiaddr'

/** The IP address that a multiaddr begins with; null for any other. */
export function hostOf(address: Multiaddr): string | null {
  const [first] = address.getComponents()
  return first?.name === 'ip4' || first?.name === 'ip6' ? (first.value ?? null) : null
}
