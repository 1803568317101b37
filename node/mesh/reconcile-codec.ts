import { bytesToHex as toHex, hexToBytes as fromHex } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import type { ReconcileEntry } from '../replication/reconcile.ts'
import { bytesOf, decodeMessage, encodeMessage } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'

const prefix = v.pipe(v.string(), v.regex(/^[0-9a-f]{0,64}$/))
const digests = v.pipe(v.array(bytesOf(32)), v.maxLength(wireLimits.reconcileIds))
const entriesSchema = v.pipe(
  v.array(
    v.union([
      v.object({ p: prefix, f: bytesOf(16) }),
      v.object({ p: prefix, i: digests }),
      v.object({ p: prefix, n: digests, e: digests }),
    ]),
  ),
  v.maxLength(wireLimits.reconcileRanges),
)

/** The message `m` of `reconcile`: DAG-CBOR of the entries, digests as bytes. */
export function packReconcile(entries: readonly ReconcileEntry[]): Uint8Array {
  return encodeMessage(
    entries.map((entry) => {
      if ('f' in entry) return { p: entry.p, f: entry.f }
      if ('ids' in entry) return { p: entry.p, i: entry.ids.map(fromHex) }
      return { p: entry.p, n: entry.need.map(fromHex), e: entry.extra.map(fromHex) }
    }),
  )
}

/** @throws {WireError} */
export function unpackReconcile(message: Uint8Array): ReconcileEntry[] {
  return decodeMessage(entriesSchema, message).map((entry) => {
    if ('f' in entry) return entry
    if ('i' in entry) return { p: entry.p, ids: entry.i.map(toHex) }
    return { p: entry.p, need: entry.n.map(toHex), extra: entry.e.map(toHex) }
  })
}
