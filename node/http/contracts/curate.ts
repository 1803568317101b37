/** What curators, and visitors who read the decisions, are told. Types only for the pages. */
import type { LanguageMap, Medium, TrackId } from '../contract.ts'

export interface Named {
  did: string
  /** Empty for one nobody has named. */
  name: string
}

export interface DecisionView {
  /** CID of the record. */
  record: string
  kind: 'admission' | 'decline' | 'removal'
  curator: Named
  /** The version it is about; null for a whole work, or everything of an artist. */
  manifest: string | null
  /** By a curator of now, or upheld by the exhibition record. */
  counts: boolean
  reason?: LanguageMap
  claimed?: string
}

export interface WaitingVersion {
  manifest: string
  sequence: number
  root: string
  title: LanguageMap
  maker: string
  track: TrackId
  medium: Medium
  size: number
  chunks: number
  claimed?: string
  /** Node that took it in, where its files are. */
  intake: { id: string; name: string } | null
  /** How much of it is on this node. */
  here: { have: number; total: number }
  /** Curators whose admission of it counts, of itself or of its artist. */
  admittedBy: Named[]
}

export interface SubmissionView {
  artist: string
  fingerprint: string
  slug: string
  /** Manifest of the version that visitors see meanwhile. */
  shown: string | null
  /** Versions newer than that, newest first. */
  waiting: WaitingVersion[]
  /** All that curators said of the work, in the order of the records' CIDs. */
  decisions: DecisionView[]
}

/** `GET /api/v1/submissions?after=` */
export interface SubmissionsView {
  exhibition: string
  /** How many curators must agree. */
  quorum: number
  curators: Named[]
  submissions: SubmissionView[]
  /** What to ask for next, as `after`; null at the end. */
  next: string | null
}

/** A kind of entry in the log; each is a signed record. */
export type LogKind = 'admission' | 'decline' | 'removal' | 'withdrawal' | 'exhibition' | 'node-grant'

export interface LogEntry {
  /** Place in the order in which this node heard of it; another node has another order. */
  at: number
  /** CID of the record: `/api/v1/records/{cid}` gives it as it was signed. */
  record: string
  kind: LogKind
  signer: Named
  /** When, as the signer claims it. */
  claimed?: string
  /** The node that took it in; absent for the steward's own. */
  intake?: { id: string; name: string }
  /** Of an admission, decline or removal: whether it counts by the exhibition record of now. */
  counts?: boolean
  /** The work it is about; `title` when its manifest is known here. */
  work?: { artist: string; slug: string; sequence?: number; title?: LanguageMap; standing?: string }
  /** Of an admission of everything of an artist. */
  artist?: { did: string; fingerprint: string; name: string }
  reason?: LanguageMap
  /** What an exhibition record changed in the one before it. */
  exhibition?: {
    sequence: number
    isCurrent: boolean
    quorum: number
    curators: Named[]
    added: Named[]
    removed: Named[]
    upheld: number
    revokedNodes: number
  }
  node?: { id: string; name: string }
}

/** `GET /api/v1/decisions?kind=&before=&limit=`: the last heard first. */
export interface DecisionsView {
  entries: LogEntry[]
  /** What to ask for next, as `before`; null at the end. */
  next: number | null
}

/** `GET /api/v1/artworks/{artist}/{slug}/provenance`: what a visitor needs to check a work, and how it came here. */
export interface ProvenanceView {
  exhibition: string
  /** CIDs of the records that say what is shown and why: exhibition, versions, decisions, the grant of the intake node. */
  records: string[]
  /** The countersignature of the node that took the shown version in; null for one the steward signed. */
  intake: { node: string; name: string; sealed: string } | null
  /** Neighbours that pieces of it came from, since this node started. */
  cameFrom: { id: string; name: string }[]
}
