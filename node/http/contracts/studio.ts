/** What the studio asks of a node beside the gallery's contract, as types. */
import type { LanguageMap, Medium, TrackId } from '../../../artworks/format/records.ts'

/** `GET /api/v1/artists/{did}/artworks` gives `{ artworks: ArtistWorkView[] }`: all works of one artist, shown or not. */
export interface ArtistWorkView {
  slug: string
  standing: 'shown' | 'submitted' | 'removed' | 'withdrawn'
  /** Of the newest version that is known; a withdrawal that came before any version has none. */
  title?: LanguageMap
  track?: TrackId
  medium?: Medium
  /** Newest first. */
  versions: ArtistVersionView[]
  /** How many curators must agree, and how many there are. */
  quorum: number
  curators: number
  /** Reasons given with the removals or the withdrawal that decided. */
  reasons: LanguageMap[]
}

export interface ArtistVersionView {
  /** CID of the manifest's record: `/api/v1/records/{cid}` gives it. */
  manifest: string
  sequence: number
  root: string
  size: number
  claimed?: string
  shown: boolean
  /** Current curators who have admitted it. */
  admittedBy: { did: string; name: string }[]
  /** Current curators who would rather not show it, and why. */
  declined: { name: string; reason?: LanguageMap }[]
}
