import * as v from 'valibot'
import { isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { bytes, bytesOf } from './codec.ts'
import { wireLimits } from './limits.ts'

/** What a logged-in technician can ask of a node, here or through the mesh. */
export const actionNames = [
  'identify',
  'rename',
  'drain',
  'verify',
  'gc',
  'restart',
  'joining',
  'admit',
  'clock',
  'diagnostics',
] as const
export type ActionName = (typeof actionNames)[number]

export const actionLimits = Object.freeze({
  /** A sealed order in its sealed envelope. */
  orderBytes: 8 * 1024,
  /** A sealed answer: below the bound of any sealed value. */
  answerBytes: 60 * 1024,
  dataBytes: 48 * 1024,
  detailLength: 400,
  /** Orders and answers a minute that are passed on for one node. */
  perNodeMinute: 120,
  /** Nonces remembered in one run; when they are full, no more orders are taken until a restart. */
  nonces: 10_000,
})

const pageLanguage = v.pipe(v.string(), v.regex(/^(?:nl|en)$/))
const did = v.custom<Did>(isDid, 'must be a did:key')
const text = v.pipe(v.string(), v.maxLength(wireLimits.nameLength))

/** Everything an action may need; each takes what is its own. */
export const actionArgsSchema = v.strictObject({
  /** rename */
  name: v.optional(v.pipe(text, v.regex(/\S/, 'must not be empty'))),
  place: v.exactOptional(v.record(pageLanguage, text)),
  /** drain, joining */
  on: v.optional(v.boolean()),
  /** admit: the did of the node that waits */
  node: v.optional(did),
  /** clock: seconds since 1970 */
  seconds: v.optional(
    v.pipe(v.number(), v.safeInteger(), v.minValue(1_700_000_000), v.maxValue(4_102_444_800)),
  ),
})
export type ActionArgs = v.InferOutput<typeof actionArgsSchema>

/** Sealed with the technician's key: proof that the passphrase was typed where it comes from. */
export const orderSchema = v.object({
  kind: v.literal('order'),
  v: v.literal(1),
  exhibition: did,
  /** Node that is to do it, and the run of it that this is for. */
  to: did,
  boot: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  /** Node the technician is logged in at: it alone may pass the order on. */
  via: did,
  nonce: bytesOf(16),
  action: v.picklist(actionNames),
  args: actionArgsSchema,
})
export type Order = v.InferOutput<typeof orderSchema>

/** Sealed with the key of the node it passes. */
export const actionMessageSchema = v.variant('kind', [
  v.object({ kind: v.literal('order-passed'), v: v.literal(1), order: bytes(actionLimits.orderBytes) }),
  v.object({
    kind: v.literal('answer'),
    v: v.literal(1),
    to: did,
    nonce: bytesOf(16),
    done: v.boolean(),
    detail: v.pipe(v.string(), v.maxLength(actionLimits.detailLength)),
    data: v.optional(bytes(actionLimits.dataBytes)),
  }),
])
export type ActionMessage = v.InferOutput<typeof actionMessageSchema>

export interface ActionResult {
  readonly done: boolean
  /** For the timeline: a code and what it is about (action-said.ts). */
  readonly detail: string
  /** Gzip of JSON. */
  readonly data?: Uint8Array
}
