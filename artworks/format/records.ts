import * as v from 'valibot'
import { isDid } from './did-key.ts'
import type { Did } from './did-key.ts'
import { formatLimits as limits } from './limits.ts'
import { isWorkPath } from './work-path.ts'
import { CID } from 'multiformats/cid'

/** The four tracks of the exhibition, in the order they are shown. */
export const trackIds = ['public-ai', 'next-socials', 'digital-autonomy', 'decentralised-web'] as const
export type TrackId = (typeof trackIds)[number]

export const media = ['image', 'images', 'audio', 'video', 'text', 'interactive', 'model', 'pdf'] as const
export type Medium = (typeof media)[number]

export const warningKinds = ['flashing', 'sound', 'subject'] as const

const did = v.custom<Did>(isDid, 'must be a did:key of an Ed25519 key')
const text = (max: number) =>
  v.pipe(
    v.string(),
    v.check((value) => value.trim().length > 0, 'must not be empty'),
    v.maxLength(max, `must be at most ${max} characters`),
    v.check((value) => value.isWellFormed(), 'must be well-formed Unicode'),
  )
/** BCP 47 in the small form we use: a language, optionally a script and a region. */
const languageTag = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'must be a language tag such as nl or en'),
)
/** A text in several languages; at least one. */
const languageMap = (max: number) =>
  v.pipe(
    v.record(languageTag, text(max)),
    v.check((map) => Object.keys(map).length > 0, 'needs at least one language'),
    v.check((map) => Object.keys(map).length <= limits.languages, `at most ${limits.languages} languages`),
  )
const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const slug = v.pipe(
  v.string(),
  v.maxLength(limits.slugLength),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens'),
)
const workPath = v.custom<string>(
  isWorkPath,
  'must be a relative path inside the work, without .. or empty parts',
)
/** A CID as a link (DAG-CBOR tag 42): CIDv1, sha2-256. */
const link = v.pipe(
  v.custom<CID>((value) => CID.asCID(value) !== null, 'must be a CID'),
  v.transform((value) => CID.asCID(value) as CID),
  v.check((cid) => cid.version === 1 && cid.multihash.code === 0x12, 'must be a CIDv1 with sha2-256'),
)
/** SPDX licence identifier or expression; form only, the list of identifiers changes. */
const spdx = v.pipe(
  v.string(),
  v.maxLength(100),
  v.regex(/^[A-Za-z0-9.+() -]+$/, 'must be an SPDX licence identifier'),
)
/** The signer's claim, RFC 3339 in UTC. Shown as a claim; decides nothing. */
const claimedTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'must be a time such as 2026-06-01T12:00:00Z'),
)

const base = { v: v.literal(1), exhibition: did, claimed: v.optional(claimedTime) }

/** What a maker says of a work, before its files are counted: shared by `artwork.yaml` and the signed manifest. */
export const artworkDescription = {
  slug,
  title: languageMap(limits.titleLength),
  statement: languageMap(limits.statementLength),
  maker: text(limits.nameLength),
  track: v.picklist(trackIds),
  year: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(9999))),
  medium: v.picklist(media),
  technique: v.optional(languageMap(limits.titleLength)),
  entry: workPath,
  poster: v.optional(v.object({ path: workPath, alt: languageMap(limits.altLength) })),
  alt: languageMap(limits.altLength),
  /** What there is to see in each picture of a series. */
  pictures: v.optional(
    v.pipe(
      v.array(v.object({ path: workPath, alt: languageMap(limits.altLength) })),
      v.maxLength(limits.pictures),
    ),
  ),
  captions: v.optional(
    v.pipe(v.array(v.object({ lang: languageTag, path: workPath })), v.maxLength(limits.captions)),
  ),
  transcript: v.optional(languageMap(limits.transcriptLength)),
  durationSeconds: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_000_000))),
  dimensions: v.optional(v.object({ width: positive, height: positive })),
  warnings: v.optional(
    v.pipe(
      v.array(v.object({ kind: v.picklist(warningKinds), text: v.optional(languageMap(limits.altLength)) })),
      v.maxLength(limits.warnings),
    ),
  ),
  licence: spdx,
  credits: v.optional(
    v.pipe(
      v.array(v.object({ name: text(limits.nameLength), role: v.optional(languageMap(limits.titleLength)) })),
      v.maxLength(limits.credits),
    ),
  ),
}

export const recordSchemas = {
  exhibition: v.object({
    kind: v.literal('exhibition'),
    ...base,
    sequence: positive,
    title: languageMap(limits.titleLength),
    statement: languageMap(limits.statementLength),
    curators: v.pipe(v.array(v.object({ did, name: text(limits.nameLength) })), v.maxLength(limits.curators)),
    /** How many curators must agree; 0 shows every signed work. */
    quorum: natural,
    revokedNodes: v.optional(v.pipe(v.array(did), v.maxLength(limits.revokedNodes))),
    /**
     * Records of people who are no curators now that count all the same: their admissions and removals, each named by its CID. Whatever
     * else they signed is void, however it is dated. Absent in records of before it was thought of; see docs/decisions/0026.
     */
    upheld: v.optional(v.pipe(v.array(link), v.minLength(1), v.maxLength(limits.upheldDecisions))),
  }),
  'node-grant': v.object({
    kind: v.literal('node-grant'),
    ...base,
    node: did,
    name: text(limits.nameLength),
    place: v.optional(languageMap(limits.titleLength)),
    /** Which of several grants of one node names it: the highest; absent is before 1. Any of them makes it a member. */
    sequence: v.optional(positive),
  }),
  artwork: v.object({
    kind: v.literal('artwork'),
    ...base,
    sequence: positive,
    ...artworkDescription,
    /** Root of the work's UnixFS directory. */
    root: link,
    /** Bytes of all blocks of the DAG, dag-pb nodes included, each block counted once. */
    size: v.pipe(positive, v.maxValue(limits.artworkBytes)),
    /** Number of different blocks of the DAG. */
    chunks: v.pipe(positive, v.maxValue(limits.artworkChunks)),
  }),
  admission: v.object({
    kind: v.literal('admission'),
    ...base,
    /** The one version admitted, or everything of an artist from now on. */
    target: v.union([v.object({ manifest: link }), v.object({ artist: did })]),
  }),
  decline: v.object({
    kind: v.literal('decline'),
    ...base,
    manifest: link,
    reason: v.optional(languageMap(limits.reasonLength)),
  }),
  removal: v.object({
    kind: v.literal('removal'),
    ...base,
    artist: did,
    slug,
    reason: languageMap(limits.reasonLength),
  }),
  withdrawal: v.object({
    kind: v.literal('withdrawal'),
    ...base,
    slug,
    reason: v.optional(languageMap(limits.reasonLength)),
  }),
} as const

export type RecordKind = keyof typeof recordSchemas
export type RecordOf<K extends RecordKind> = v.InferOutput<(typeof recordSchemas)[K]>
export type RecordBody = { [K in RecordKind]: RecordOf<K> }[RecordKind]
export type ExhibitionRecord = RecordOf<'exhibition'>
export type NodeGrant = RecordOf<'node-grant'>
export type Manifest = RecordOf<'artwork'>
export type Admission = RecordOf<'admission'>
export type Decline = RecordOf<'decline'>
export type Removal = RecordOf<'removal'>
export type LanguageMap = Record<string, string>

/**
 * A record as stored and shown: the sealed bytes, their CID, who signed, and what is said.
 * `body` is null for a record of a kind or version this program does not know, or with fields it does not know:
 * such a record is kept and passed on, and not shown.
 */
export interface OpenedRecord<B extends RecordBody | null = RecordBody | null> {
  /** CIDv1 (raw, sha2-256) of `bytes`, base32. */
  readonly cid: string
  readonly signer: Did
  readonly exhibition: Did
  readonly kind: string
  readonly body: B
  readonly bytes: Uint8Array
}

export function isKind<K extends RecordKind>(
  record: OpenedRecord,
  kind: K,
): record is OpenedRecord<RecordOf<K>> {
  return record.body !== null && record.kind === kind
}

/** One line a failure: `title.nl: must not be empty`. */
export function issueLines(issues: readonly v.BaseIssue<unknown>[]): string[] {
  return issues.map((issue) => {
    const path = v.getDotPath(issue)
    return path === null ? issue.message : `${path}: ${issue.message}`
  })
}
