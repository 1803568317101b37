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
