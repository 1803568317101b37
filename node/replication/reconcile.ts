import { sameBytes } from '../../artworks/format/envelope.ts'
import type { DigestSet } from './digest-set.ts'

/**
 * Set reconciliation over a trie of digests: two nodes compare fingerprints of prefixes and descend only where they differ,
 * so the cost grows with the difference, not with the set. Equal sets cost one message each way.
 * After A. Meyer, "Range-Based Set Reconciliation" (2023), with hex prefixes for ranges.
 */
export type ReconcileEntry =
  /** 'My set under this prefix has this fingerprint.' */
  | { readonly p: string; readonly f: Uint8Array }
  /** 'Under this prefix I have just these.' */
  | { readonly p: string; readonly ids: readonly string[] }
  /** Answer to `ids`: 'of those I lack `need`; I also have `extra`.' */
  | { readonly p: string; readonly need: readonly string[]; readonly extra: readonly string[] }

export interface ReconcileStep {
  /** What to send back; empty when there is nothing left to compare. */
  readonly reply: readonly ReconcileEntry[]
  /** Digests the other has and we lack. */
  readonly want: readonly string[]
  /** Digests we have and the other lacks. */
  readonly offer: readonly string[]
}

export const reconcileLimits = Object.freeze({
  /** At most this many digests under a prefix are listed rather than split. */
  leafDigests: 24,
  /** Digests named in one message; what is beyond comes in the next sync. */
  idsPerMessage: 2000,
  /** Entries in one message. */
  entries: 4096,
})

const NIBBLES = '0123456789abcdef'.split('')

export function openingMessage(set: DigestSet): ReconcileEntry[] {
  return [{ p: '', f: set.fingerprint() }]
}

/**
 * Takes one message in and says what to answer; it never grows beyond `reconcileLimits`. The opener alone learns the
 * difference: it then sends what is offered and asks for what is wanted.
 */
export function reconcileStep(
  set: DigestSet,
  message: readonly ReconcileEntry[],
  role: 'opener' | 'answerer',
): ReconcileStep {
  const reply: ReconcileEntry[] = []
  const want: string[] = []
  const offer: string[] = []
  let room = reconcileLimits.idsPerMessage
  for (const entry of message) {
    if (reply.length >= reconcileLimits.entries) break
    if ('f' in entry) {
      reply.push(...descend(set, entry))
    } else if ('ids' in entry) {
      const theirs = new Set(entry.ids)
      const need = entry.ids.filter((id) => !set.has(id))
      const extra = set.list(entry.p).filter((id) => !theirs.has(id))
      if (role === 'opener') {
        want.push(...need)
        offer.push(...extra)
      } else if (need.length > 0 || extra.length > 0) {
        const told = extra.slice(0, Math.max(0, room))
        room -= told.length
        reply.push({ p: entry.p, need, extra: told })
      }
    } else if (role === 'opener') {
      offer.push(...entry.need.filter((id) => set.has(id)))
      want.push(...entry.extra.filter((id) => !set.has(id)))
    }
  }
  return { reply, want, offer }
}

/** Where a fingerprint differs: the digests themselves if they are few, else the fingerprints one nibble deeper. */
function descend(set: DigestSet, { p, f }: { p: string; f: Uint8Array }): ReconcileEntry[] {
  if (sameBytes(set.fingerprint(p), f)) return []
  if (set.count(p) <= reconcileLimits.leafDigests || p.length >= 64) return [{ p, ids: set.list(p) }]
  return NIBBLES.map((nibble) => ({ p: p + nibble, f: set.fingerprint(p + nibble) }))
}
