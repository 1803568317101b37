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

/** `GET /api/v1/withdrawals/{did}/{slug}`: who has let go of a withdrawn work. */
export interface WithdrawalView {
  /** `did/slug` */
  work: string
  nodes: {
    id: string
    name: string
    /** Whether anything was heard of it lately. */
    isHeard: boolean
    /**
     * `status`, base64, is sealed by the node; its `letGo` is the digest (artworks/format/let-go.ts) of `lists[list]`, which
     * has this work in it. Absent: not heard to have let go of it.
     */
    receipt?: { list: number; status: string }
  }[]
  lists: string[][]
}

/** `GET /api/v1/uploads?artist=…&slug=…&size=…`: a work of this size would be taken in now; or a problem says why not. */
export interface RoomView {
  /** What the node would take at most. */
  freeBytes: number
}
