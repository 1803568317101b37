import * as v from 'valibot'
import { isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { formatLimits } from '../../artworks/format/limits.ts'
import { bytes, bytesOf } from './codec.ts'
import { wireLimits } from './limits.ts'

const did = v.custom<Did>(isDid, 'must be a did:key')

/** First and only message of each side on `/mesh-art/membership/1`; the dialler speaks first. */
export const helloSchema = v.object({
  exhibition: did,
  /** Sealed node-grant of the sender. */
  grant: bytes(formatLimits.recordBytes),
  version: v.pipe(v.string(), v.maxLength(64)),
})
export type Hello = v.InferOutput<typeof helloSchema>

export const refusalReasons = [
  'not-granted',
  'other-exhibition',
  'no-steward-here',
  'bad-invite',
  'bad-message',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

export const refusalSchema = v.object({ refused: v.picklist(refusalReasons) })
export const helloReplySchema = v.union([helloSchema, refusalSchema])

/** `/mesh-art/join/1`: the joiner proves that it knows the invite's secret, without saying it (see invite.ts). */
export const joinRequestSchema = v.object({
  exhibition: did,
  invite: bytesOf(8),
  proof: bytesOf(32),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(wireLimits.nameLength)),
})
export type JoinRequest = v.InferOutput<typeof joinRequestSchema>

export const joinReplySchema = v.union([
  v.object({ grant: bytes(formatLimits.recordBytes), exhibition: bytes(formatLimits.recordBytes) }),
  refusalSchema,
])
export type JoinReply = v.InferOutput<typeof joinReplySchema>
