import * as v from 'valibot'
import type { Did } from '../../artworks/format/did-key.ts'
import { isChunkCid } from '../../artworks/format/dag.ts'
import { CID } from 'multiformats/cid'
import { formatLimits } from '../../artworks/format/limits.ts'
import { media, trackIds, warningKinds } from '../../artworks/format/records.ts'
import type {
  ArtworkDetail,
  ArtworkSummary,
  ExhibitionView,
  MeshView,
  NodeView,
  Problem,
  Progress,
  RecordView,
  UploadView,
} from './contract.ts'
import type { ArtworksView, WorksFound } from './contracts/search.ts'
import type { RoomView } from './contracts/studio.ts'

/** The answers of contract.ts as schemas: for OpenAPI, and for the tests, which hold every answer against them. */
type SchemaOf<T> = v.GenericSchema<unknown, T>

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const languageMap = v.record(v.string(), v.string())
const track = v.picklist(trackIds)
const url = v.pipe(v.string(), v.startsWith('/'))

export const problemSchema = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.exactOptional(v.string()),
  errors: v.exactOptional(v.array(v.strictObject({ path: v.string(), message: v.string() }))),
}) satisfies SchemaOf<Problem>

export const exhibitionSchema = v.strictObject({
  id: v.string(),
  title: languageMap,
  statement: languageMap,
  curators: v.array(v.strictObject({ did: v.string(), name: v.string() })),
  quorum: count,
  tracks: v.array(v.strictObject({ id: track, title: languageMap, works: count })),
  node: v.strictObject({ id: v.string(), name: v.string(), place: v.exactOptional(languageMap) }),
  works: count,
}) satisfies SchemaOf<ExhibitionView>

export const progressSchema = v.strictObject({
  have: count,
  total: count,
  complete: v.boolean(),
  cells: v.pipe(v.string(), v.regex(/^[01]{36}$/)),
  from: v.array(v.strictObject({ id: v.string(), name: v.string() })),
  cause: v.exactOptional(
    v.picklist(['arriving', 'elsewhere', 'waiting', 'no-neighbour-has-it', 'disk-full', 'refused']),
  ),
}) satisfies SchemaOf<Progress>

const summaryFields = {
  artist: v.string(),
  slug: v.string(),
  sequence: count,
  manifest: v.string(),
  root: v.string(),
  title: languageMap,
  maker: v.string(),
  track,
  medium: v.picklist(media),
  technique: v.exactOptional(languageMap),
  year: v.exactOptional(v.number()),
  poster: v.exactOptional(v.strictObject({ url, alt: languageMap })),
  alt: languageMap,
  durationSeconds: v.exactOptional(v.number()),
  dimensions: v.exactOptional(v.strictObject({ width: count, height: count })),
  warnings: v.array(v.strictObject({ kind: v.picklist(warningKinds), text: v.exactOptional(languageMap) })),
  licence: v.string(),
  size: count,
  progress: progressSchema,
}

/** A number in a query. */
export const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,7}$/, 'must be a number'),
    v.transform(Number),
    v.minValue(min),
    v.maxValue(max),
  )

const summarySchema = v.strictObject(summaryFields) satisfies SchemaOf<ArtworkSummary>
export const artworksSchema = v.strictObject({
  artworks: v.array(summarySchema),
  next: v.exactOptional(v.string()),
}) satisfies SchemaOf<ArtworksView>

const works = v.pipe(v.number(), v.integer(), v.minValue(1))
export const worksFoundSchema = v.strictObject({
  works: v.array(summarySchema),
  from: count,
  total: count,
  shown: count,
  choices: v.strictObject({
    track: v.record(track, works),
    medium: v.record(v.picklist(media), works),
    language: v.record(v.string(), works),
    venue: v.array(v.strictObject({ id: v.string(), name: v.string(), works })),
    artist: v.array(v.strictObject({ did: v.string(), name: v.string(), works })),
  }),
  artist: v.exactOptional(
    v.strictObject({ did: v.string(), names: v.array(v.string()), fingerprint: v.string() }),
  ),
}) satisfies SchemaOf<WorksFound>

export const artworkDetailSchema = v.strictObject({
  ...summaryFields,
  statement: languageMap,
  credits: v.array(v.strictObject({ name: v.string(), role: v.exactOptional(languageMap) })),
  captions: v.array(v.strictObject({ lang: v.string(), url })),
  transcript: v.exactOptional(languageMap),
  entry: v.strictObject({ url, path: v.string(), mediaType: v.string() }),
  files: v.array(
    v.strictObject({
      path: v.string(),
      url,
      mediaType: v.string(),
      size: count,
      alt: v.exactOptional(languageMap),
    }),
  ),
  versions: v.array(
    v.strictObject({
      manifest: v.string(),
      sequence: count,
      claimed: v.exactOptional(v.string()),
      shown: v.boolean(),
    }),
  ),
  provenance: v.strictObject({
    artist: v.string(),
    fingerprint: v.string(),
    claimed: v.exactOptional(v.string()),
    intakeNode: v.nullable(v.string()),
    admittedBy: v.array(v.strictObject({ did: v.string(), name: v.string() })),
  }),
}) satisfies SchemaOf<ArtworkDetail>

export const recordSchema = v.strictObject({
  cid: v.string(),
  kind: v.string(),
  signer: v.string(),
  envelope: v.string(),
  intakeNode: v.nullable(v.string()),
}) satisfies SchemaOf<RecordView>
export const recordsSchema = v.strictObject({
  records: v.array(recordSchema),
  next: v.nullable(v.string()),
})
export const recordTakenSchema = v.strictObject({ cid: v.string(), created: v.boolean() })

export const nodeSchema = v.strictObject({
  id: v.string(),
  name: v.string(),
  place: v.exactOptional(languageMap),
  version: v.string(),
  exhibition: v.string(),
  uptimeSeconds: count,
  addresses: v.array(v.string()),
  storage: v.strictObject({
    chunks: count,
    bytes: count,
    freeBytes: count,
    reserveBytes: count,
    full: v.boolean(),
  }),
  records: count,
  works: v.strictObject({ complete: count, total: count }),
  damagedChunks: count,
}) satisfies SchemaOf<NodeView>

export const meshSchema = v.strictObject({
  self: v.string(),
  nodes: v.array(
    v.strictObject({
      id: v.string(),
      name: v.string(),
      place: v.exactOptional(languageMap),
      state: v.picklist(['here', 'neighbour', 'reachable', 'late', 'lost']),
      rttMs: v.exactOptional(v.number()),
      receivedBytes: v.exactOptional(count),
      sentBytes: v.exactOptional(count),
      works: v.exactOptional(v.strictObject({ complete: count, total: count })),
      version: v.exactOptional(v.string()),
      silentSeconds: v.exactOptional(count),
    }),
  ),
  links: v.array(v.strictObject({ a: v.string(), b: v.string() })),
  works: v.array(
    v.strictObject({
      artist: v.string(),
      slug: v.string(),
      title: languageMap,
      track,
      root: v.string(),
      held: v.record(v.string(), share),
    }),
  ),
  incidents: v.array(
    v.strictObject({
      peer: v.string(),
      name: v.exactOptional(v.string()),
      reason: v.picklist([
        'not-granted',
        'other-exhibition',
        'bad-message',
        'bad-chunk',
        'bad-record',
        'flood',
      ]),
      count,
    }),
  ),
}) satisfies SchemaOf<MeshView>

export const uploadSchema = v.strictObject({
  root: v.string(),
  have: count,
  total: count,
  complete: v.boolean(),
  wanted: v.array(v.string()),
}) satisfies SchemaOf<UploadView>

export const roomSchema = v.strictObject({ freeBytes: count }) satisfies SchemaOf<RoomView>

/** An answer that is no JSON. */
export const binary = v.pipe(v.unknown(), v.description('bytes'))

/** CID of a block of a work, in its one canonical form. */
export const chunkCid = v.pipe(
  v.string(),
  v.maxLength(100),
  v.check(isChunkCidText, 'must be a CIDv1 of a raw or dag-pb block with sha2-256, in base32'),
)

/** CID of a record: any CIDv1 in base32 will do to look for one. */
export const recordCid = v.pipe(v.string(), v.regex(/^b[a-z2-7]{20,98}$/, 'must be a CIDv1 in base32'))

const artist = v.custom<Did>(
  (value) => typeof value === 'string' && value.length <= 64 && value.startsWith('did:key:z'),
  'must be a did:key',
)
const slugText = v.pipe(v.string(), v.maxLength(64))
const workSize = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(formatLimits.artworkBytes))

/** What is to be brought, before it is known what files it is. */
export const comingWork = v.strictObject({
  artist,
  slug: slugText,
  size: v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a number of bytes'), v.transform(Number), workSize),
})

export const uploadBody = v.strictObject({
  root: chunkCid,
  /** Whose it will be, as whoever brings it says: to be told at once of what the signed record would be refused for. */
  artist: v.exactOptional(artist),
  slug: v.exactOptional(slugText),
  size: workSize,
  chunks: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(formatLimits.artworkChunks)),
})

function isChunkCidText(text: string): boolean {
  try {
    const cid = CID.parse(text)
    return isChunkCid(cid) && cid.toString() === text
  } catch {
    // A predicate: whatever does not parse is not one.
    return false
  }
}
