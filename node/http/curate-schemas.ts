import * as v from 'valibot'
import { media, trackIds } from '../../artworks/format/records.ts'
import type { DecisionsView, ProvenanceView, SubmissionsView } from './contracts/curate.ts'

/** The answers of contracts/curate.ts as schemas. */
type SchemaOf<T> = v.GenericSchema<unknown, T>

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const languageMap = v.record(v.string(), v.string())
const named = v.strictObject({ did: v.string(), name: v.string() })

const decision = v.strictObject({
  record: v.string(),
  kind: v.picklist(['admission', 'decline', 'removal']),
  curator: named,
  manifest: v.nullable(v.string()),
  counts: v.boolean(),
  reason: v.exactOptional(languageMap),
  claimed: v.exactOptional(v.string()),
})

const waitingVersion = v.strictObject({
  manifest: v.string(),
  sequence: count,
  root: v.string(),
  title: languageMap,
  maker: v.string(),
  track: v.picklist(trackIds),
  medium: v.picklist(media),
  size: count,
  chunks: count,
  claimed: v.exactOptional(v.string()),
  intake: v.nullable(v.strictObject({ id: v.string(), name: v.string() })),
  here: v.strictObject({ have: count, total: count }),
  admittedBy: v.array(named),
})

export const submissionsSchema = v.strictObject({
  exhibition: v.string(),
  quorum: count,
  curators: v.array(named),
  submissions: v.array(
    v.strictObject({
      artist: v.string(),
      fingerprint: v.string(),
      slug: v.string(),
      shown: v.nullable(v.string()),
      waiting: v.array(waitingVersion),
      decisions: v.array(decision),
    }),
  ),
  next: v.nullable(v.string()),
}) satisfies SchemaOf<SubmissionsView>

export const logKinds = ['admission', 'decline', 'removal', 'withdrawal', 'exhibition', 'node-grant'] as const
const node = v.strictObject({ id: v.string(), name: v.string() })

export const decisionsSchema = v.strictObject({
  entries: v.array(
    v.strictObject({
      at: count,
      record: v.string(),
      kind: v.picklist(logKinds),
      signer: named,
      claimed: v.exactOptional(v.string()),
      intake: v.exactOptional(node),
      counts: v.exactOptional(v.boolean()),
      work: v.exactOptional(
        v.strictObject({
          artist: v.string(),
          slug: v.string(),
          sequence: v.exactOptional(count),
          title: v.exactOptional(languageMap),
          standing: v.exactOptional(v.string()),
        }),
      ),
      artist: v.exactOptional(v.strictObject({ did: v.string(), fingerprint: v.string(), name: v.string() })),
      reason: v.exactOptional(languageMap),
      exhibition: v.exactOptional(
        v.strictObject({
          sequence: count,
          isCurrent: v.boolean(),
          quorum: count,
          curators: v.array(named),
          added: v.array(named),
          removed: v.array(named),
          upheld: count,
          revokedNodes: count,
        }),
      ),
      node: v.exactOptional(node),
    }),
  ),
  next: v.nullable(count),
}) satisfies SchemaOf<DecisionsView>

export const provenanceSchema = v.strictObject({
  exhibition: v.string(),
  records: v.array(v.string()),
  intake: v.nullable(v.strictObject({ node: v.string(), name: v.string(), sealed: v.string() })),
  cameFrom: v.array(node),
}) satisfies SchemaOf<ProvenanceView>
