import type { ArtworkSummary, Medium, TrackId } from '../contract.ts'

/** What `GET /api/v1/search` may be asked, each by its name in the address; all that are given must hold. */
export interface WorksQuery {
  /** Words, each of which must occur in the work's titles, statements, makers, technique, credits or transcripts. */
  q?: string
  track?: TrackId
  medium?: Medium
  /** A did:key. */
  artist?: string
  /** Id of the node at which the work was brought in. */
  venue?: string
  /** A language in which the work has texts, such as `nl`. */
  language?: string
}

/** `GET /api/v1/search?q=&track=&…&from=&limit=&each=&around=`: works shown, by track, then title; one page of them. */
export interface WorksFound {
  works: ArtworkSummary[]
  /** Place of the first of `works` among all that were found. */
  from: number
  /** How many were found in all. */
  total: number
  /** How many works the exhibition shows. */
  shown: number
  choices: WorksChoices
  /** The artist asked for: names as the works say them, and the fingerprint of the key. */
  artist?: { did: string; names: string[]; fingerprint: string }
}

/** For each thing to choose by: what there is, with how many works once it is chosen and all else stays as it is. */
export interface WorksChoices {
  track: Partial<Record<TrackId, number>>
  medium: Partial<Record<Medium, number>>
  language: Record<string, number>
  venue: { id: string; name: string; works: number }[]
  /** Those with most works; at most 100. */
  artist: { did: string; name: string; works: number }[]
}

/**
 * `GET /api/v1/artworks?from=&limit=`: the works shown, by track, then title; at most 500 in one answer. `next` is the address of
 * those that follow, absent at the end.
 */
export interface ArtworksView {
  artworks: ArtworkSummary[]
  next?: string
}
