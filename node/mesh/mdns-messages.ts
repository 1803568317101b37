import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { meshLimits } from './limits.ts'

/** The part of a DNS record that libp2p's mDNS uses. */
export interface MdnsRecord {
  readonly name?: string
  readonly type: string
  readonly data?: unknown
}

const PREFIX = 'dnsaddr='
/** RFC 6763, 6.1. */
const MAX_TXT_BYTES = 255

/** What a node says of itself. Nothing when it has no address to be called at. */
export function mdnsAnswer(
  serviceTag: string,
  fullName: string,
  addresses: readonly Multiaddr[],
): (
  | { name: string; type: 'PTR'; ttl: number; data: string }
  | { name: string; type: 'TXT'; ttl: number; data: string }
)[] {
  const ttl = meshLimits.mdnsTtlSeconds
  const texts = addresses
    .map((address) => `${PREFIX}${address.toString()}`)
    .filter((text) => text.includes('/p2p/') && text.length <= MAX_TXT_BYTES)
    .slice(0, meshLimits.mdnsAddresses)
    .map((data) => ({ name: fullName, type: 'TXT' as const, ttl, data }))
  return texts.length === 0 ? [] : [{ name: serviceTag, type: 'PTR', ttl, data: fullName }, ...texts]
}

/** Names that whoever asks knows already; null when it asks for something else. */
export function namesInQuery(
  questions: readonly MdnsRecord[],
  answers: readonly MdnsRecord[],
  serviceTag: string,
): ReadonlySet<string> | null {
  if (!questions.some(({ name }) => name === serviceTag)) return null
  return new Set(
    answers.flatMap(({ type, name, data }) =>
      type === 'PTR' && name === serviceTag && typeof data === 'string' ? [data] : [],
    ),
  )
}

/** Whoever speaks in a response. Null for other services, and for what does not parse: anybody may send anything here. */
export function peerInResponse(
  records: readonly MdnsRecord[],
  serviceTag: string,
): { name: string; peer: PeerId; addresses: Multiaddr[] } | null {
  const pointer = records.find(({ type, name }) => type === 'PTR' && name === serviceTag)
  if (typeof pointer?.data !== 'string') return null
  const name = pointer.data
  try {
    const all = records
      .filter((record) => record.type === 'TXT' && record.name === name)
      .flatMap(({ data }) => (Array.isArray(data) ? (data as unknown[]) : [data]))
      .map(String)
      .filter((text) => text.startsWith(PREFIX) && text.length <= MAX_TXT_BYTES)
      .slice(0, meshLimits.mdnsAddresses)
      .map((text) => multiaddr(text.slice(PREFIX.length)))
    const [first] = all
    const id = first?.getComponents().findLast(({ name: protocol }) => protocol === 'p2p')?.value
    if (id === undefined) return null
    return { name, peer: peerIdFromString(id), addresses: all.map((address) => address.decapsulate('/p2p')) }
  } catch {
    // A predicate with a value: what does not parse is no peer.
    return null
  }
}
