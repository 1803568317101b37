import * as v from 'valibot'
import { isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { bytes, bytesOf } from './codec.ts'
import { wireLimits } from './limits.ts'
import { nodeTagBytes } from './node-tags.ts'

const did = v.custom<Did>(isDid, 'must be a did:key')
const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/**
 * What a node says of itself, sealed with its own key and gossiped now and then. `boot` and `n` order the statuses of one
 * node without a clock: `n` counts up within one run, `boot` tells runs apart.
 */
export const statusSchema = v.object({
  kind: v.literal('status'),
  v: v.literal(1),
  boot: bytesOf(8),
  n: natural,
  name: v.pipe(v.string(), v.maxLength(wireLimits.nameLength)),
  version: v.pipe(v.string(), v.maxLength(64)),
  /** Tags of nodes (node-tags.ts); dids from older programs. */
  neighbours: v.union([
    bytes(wireLimits.statusNeighbours * nodeTagBytes),
    v.pipe(v.array(did), v.maxLength(wireLimits.statusNeighbours)),
  ]),
  /** Last of a chain of hashes (health/life-chain.ts): who shows those before it proves that this node lives. */
  life: v.optional(bytesOf(wireLimits.lifeValueBytes)),
  /** Fingerprint of its record set (replication/reconcile.ts): a neighbour with another one starts a sync. */
  records: bytesOf(16),
  works: v.object({ complete: natural, total: natural }),
  /** SHA-256, first 8 bytes, of the sorted roots it shows; only where it equals the reader's do the bits below mean anything. */
  shown: bytesOf(8),
  /** One bit a shown root in sorted order: held whole. Most significant bit first. */
  complete: bytes(8192),
  /** Index of a shown root, thousandths held: works it holds in part. */
  partial: v.pipe(
    v.array(v.tuple([natural, v.pipe(natural, v.maxValue(1000))])),
    v.maxLength(wireLimits.statusPartialWorks),
  ),
  /** Digest of the withdrawn works it has let go of (artworks/format/let-go.ts). Older nodes leave it out. */
  letGo: v.optional(bytesOf(8)),
  /** How it is (status-health.ts). Older nodes leave it out, and pass it over. */
  health: v.optional(v.unknown()),
})
export type Status = v.InferOutput<typeof statusSchema>
