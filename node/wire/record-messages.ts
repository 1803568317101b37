import * as v from 'valibot'
import { formatLimits } from '../../artworks/format/limits.ts'
import { bytes, bytesOf } from './codec.ts'
import { wireLimits } from './limits.ts'

/** A sealed record and its sealed intake (empty for the steward's own), as gossiped and synced. */
export const carriedRecordSchema = v.object({
  r: bytes(formatLimits.recordBytes),
  i: v.optional(bytes(2048)),
})
export type CarriedRecord = v.InferOutput<typeof carriedRecordSchema>

/**
 * Messages of `/mesh-art/records/1`. The opener reconciles (replication/reconcile.ts) until nothing is left to compare,
 * then sends what the other lacks (`records`), asks for what it lacks itself (`want`), and gets it (`records`, `done`).
 */
export const recordMessageSchema = v.union([
  v.object({ t: v.literal('reconcile'), m: bytes(wireLimits.controlFrameBytes) }),
  v.object({
    t: v.literal('want'),
    ids: v.pipe(v.array(bytesOf(32)), v.maxLength(wireLimits.cidsPerMessage)),
  }),
  v.object({
    t: v.literal('records'),
    l: v.pipe(v.array(carriedRecordSchema), v.maxLength(wireLimits.cidsPerMessage)),
  }),
  v.object({ t: v.literal('done') }),
])
export type RecordMessage = v.InferOutput<typeof recordMessageSchema>
