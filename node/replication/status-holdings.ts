import { sha256 } from '@noble/hashes/sha2.js'

/** At most this many works held in part are told; the others count as not held. */
const MAX_PARTIAL = 64

export interface StatusHoldings {
  /** First 8 bytes of SHA-256 of the sorted roots: what the indices below refer to. */
  readonly shown: Uint8Array
  /** One bit a root in sorted order, most significant first: held whole. */
  readonly complete: Uint8Array
  /** Index and thousandths held. */
  readonly partial: [number, number][]
}

/** The roots a node shows, in the order that statuses have them. */
interface RootOrder {
  readonly sorted: readonly string[]
  readonly digest: Uint8Array
}

/** Many nodes say how they are every few seconds, and what is shown changes seldom. */
const orders = new WeakMap<object, RootOrder>()

function orderOf(shown: ReadonlyMap<string, unknown>): RootOrder {
  let order = orders.get(shown)
  if (order === undefined) {
    const sorted = [...shown.keys()].sort()
    order = { sorted, digest: digestOf(sorted) }
    orders.set(shown, order)
  }
  return order
}

/** Says in few bytes what a node holds of what it shows. @param shown by root; never changed itself, a new one in its place @param share 0 to 1 */
export function statusHoldings(
  shown: ReadonlyMap<string, unknown>,
  share: (root: string) => number,
): StatusHoldings {
  const { sorted, digest } = orderOf(shown)
  const complete = new Uint8Array(Math.ceil(sorted.length / 8))
  const partial: [number, number][] = []
  sorted.forEach((root, i) => {
    const held = share(root)
    if (held >= 1) complete[i >> 3] = (complete[i >> 3] ?? 0) | (0x80 >> (i & 7))
    else if (held > 0 && partial.length < MAX_PARTIAL) partial.push([i, Math.floor(held * 1000)])
  })
  return { shown: digest, complete, partial }
}

/** The share of each root that a node says it holds, or null when it speaks of another set of works than ours. */
export function heldByStatus(
  status: StatusHoldings,
  shown: ReadonlyMap<string, unknown>,
): Map<string, number> | null {
  const { sorted, digest } = orderOf(shown)
  if (!digest.every((byte, i) => byte === status.shown[i])) return null
  const held = new Map<string, number>()
  sorted.forEach((root, i) =>
    held.set(root, ((status.complete[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0 ? 1 : 0),
  )
  for (const [index, thousandths] of status.partial) {
    const root = sorted[index]
    if (root !== undefined && held.get(root) === 0) held.set(root, thousandths / 1000)
  }
  return held
}

function digestOf(sorted: readonly string[]): Uint8Array {
  return sha256(new TextEncoder().encode(sorted.join('\n'))).subarray(0, 8)
}
