/** What the HTTP interface says, as types. The user interface imports these, types only. Times are RFC 3339 in UTC. */
import type { LanguageMap, Medium, TrackId } from '../../artworks/format/records.ts'

export type { LanguageMap, Medium, TrackId }

/** `GET /api/v1/exhibition` */
export interface ExhibitionView {
  /** The steward's did:key: the exhibition's identity. */
  id: string
  title: LanguageMap
  statement: LanguageMap
  curators: { did: string; name: string }[]
  /** How many curators must agree; 0 shows every signed work. */
  quorum: number
  tracks: { id: TrackId; title: LanguageMap; works: number }[]
  /** The node that answers. */
  node: { id: string; name: string; place?: LanguageMap }
  works: number
}

/** Why a work that is not complete is not moving. `arriving` means that it is. */
export type GapCause = 'arriving' | 'elsewhere' | 'waiting' | 'no-neighbour-has-it' | 'disk-full' | 'refused'

export interface Progress {
  have: number
  total: number
  complete: boolean
  /**
   * 36 characters, `1` where every chunk of that thirty-sixth of the work (in DAG order) is here and verified, else `0`.
   * Cell i stands for chunks floor(i*total/36) up to, not including, max(floor((i+1)*total/36), that + 1).
   */
  cells: string
  /** Nodes it is coming from now. */
  from: { id: string; name: string }[]
  cause?: GapCause
}

/** `GET /api/v1/artworks` gives `ArtworksView` (contracts/search.ts): ordered by track, then title, at most 500 in one answer. */
export interface ArtworkSummary {
  artist: string
  slug: string
  sequence: number
  /** CID of the manifest's record. */
  manifest: string
  root: string
  title: LanguageMap
  maker: string
  track: TrackId
  medium: Medium
  technique?: LanguageMap
  year?: number
  /** `url` is absolute-path: `/works/{root}/{path}`. */
  poster?: { url: string; alt: LanguageMap }
  alt: LanguageMap
  durationSeconds?: number
  dimensions?: { width: number; height: number }
  warnings: { kind: 'flashing' | 'sound' | 'subject'; text?: LanguageMap }[]
  licence: string
  /** Bytes of the whole DAG. */
  size: number
  progress: Progress
}

/** `GET /api/v1/artworks/{artist}/{slug}`; 404 unknown, 410 withdrawn or removed (problem `type` says which). */
export interface ArtworkDetail extends ArtworkSummary {
  statement: LanguageMap
  credits: { name: string; role?: LanguageMap }[]
  captions: { lang: string; url: string }[]
  transcript?: LanguageMap
  /** The main file: url, media type by its name, size in bytes when it is known here. */
  entry: { url: string; path: string; mediaType: string }
  /** Files of the work, as far as its directories are here. At most 500. */
  files: { path: string; url: string; mediaType: string; size: number; alt?: LanguageMap }[]
  versions: { manifest: string; sequence: number; claimed?: string; shown: boolean }[]
  provenance: {
    artist: string
    fingerprint: string
    claimed?: string
    intakeNode: string | null
    admittedBy: { did: string; name: string }[]
  }
}

/** `GET /api/v1/records?kind=&after=&limit=` gives `{ records: RecordView[], next: string | null }`; `/records/{cid}` gives one. */
export interface RecordView {
  cid: string
  kind: string
  signer: string
  /** The sealed record, base64. */
  envelope: string
  /** Node that took it in, null for the steward's own. */
  intakeNode: string | null
}

/** `GET /api/v1/node` */
export interface NodeView {
  id: string
  name: string
  place?: LanguageMap
  version: string
  exhibition: string
  uptimeSeconds: number
  /** libp2p multiaddrs it announces in the mesh. */
  addresses: string[]
  storage: { chunks: number; bytes: number; freeBytes: number; reserveBytes: number; full: boolean }
  records: number
  works: { complete: number; total: number }
  damagedChunks: number
}

export type NodeState = 'here' | 'neighbour' | 'reachable' | 'late' | 'lost'

/** `GET /api/v1/mesh`: the mesh as this node hears it. */
export interface MeshView {
  self: string
  nodes: MeshNodeView[]
  /** Undirected; ids in text order. */
  links: { a: string; b: string }[]
  works: MeshWorkView[]
  /** Peers turned away or caught lying, counted by reason, newest first; at most 50. */
  incidents: IncidentView[]
}

export interface MeshNodeView {
  id: string
  name: string
  place?: LanguageMap
  state: NodeState
  /** Round-trip time of a neighbour in milliseconds. */
  rttMs?: number
  /** Bytes received from and sent to a neighbour since this node started. */
  receivedBytes?: number
  sentBytes?: number
  /** As far as it has said. */
  works?: { complete: number; total: number }
  version?: string
  /** Seconds since it was last heard, by this node's steady clock. */
  silentSeconds?: number
}

export interface MeshWorkView {
  artist: string
  slug: string
  title: LanguageMap
  track: TrackId
  root: string
  /** Node id to share held, 0 to 1; a node that has not said is absent. */
  held: Record<string, number>
}

export interface IncidentView {
  peer: string
  name?: string
  reason: 'not-granted' | 'other-exhibition' | 'bad-message' | 'bad-chunk' | 'bad-record' | 'flood'
  count: number
}

/**
 * `GET /api/v1/events`: server-sent events. Each has an id; after a gap (unknown Last-Event-ID) the first event is `reset`,
 * on which a page fetches afresh what it shows.
 */
export type ServerEvent =
  | { event: 'reset'; data: Record<string, never> }
  /** The catalogue changed: fetch `/api/v1/artworks` again. */
  | { event: 'catalogue'; data: { works: number } }
  /** At most four a second a work. */
  | { event: 'progress'; data: { root: string; progress: Progress } }
  /** The mesh changed: fetch `/api/v1/mesh` again. At most one a second. */
  | { event: 'mesh'; data: { nodes: number; neighbours: number } }
  /** Alerts or the timeline changed: fetch `/api/v1/mesh/health` again. At most one a quarter of a second. */
  | { event: 'alerts'; data: { alerts: number; lastEvent: number } }

/** RFC 9457. `type` is `/problems/{code}`. */
export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  errors?: { path: string; message: string }[]
}

/** `POST /api/v1/uploads` with `{ root, size, chunks }`, and `GET /api/v1/uploads/{root}`. */
export interface UploadView {
  root: string
  have: number
  total: number
  complete: boolean
  /** CIDs wanted next, parents before children; at most 1000. `PUT /api/v1/uploads/{root}/chunks/{cid}` takes one. */
  wanted: string[]
}
