import type { ArtworkSummary, ExhibitionView, MeshView, Progress, TrackId } from '../../node/http/contract.ts'
import type { WorksFound } from '../../node/http/contracts/search.ts'
import { trackIds } from './works-query.ts'

export type Connection = 'connecting' | 'live' | 'lost'

/** Everything the pages show, as last heard. Replaced, never changed in place. */
export interface GalleryState {
  connection: Connection
  exhibition?: ExhibitionView
  /** The first works of each track: all of a small exhibition. */
  artworks?: readonly ArtworkSummary[]
  /** How many works there are, and how many in each track. */
  works?: { total: number; tracks: Readonly<Partial<Record<TrackId, number>>> }
  /** What the list on the page has found last; `choice` is the address that asked for it. */
  found?: WorksFound & { choice: string }
  /** As last heard, of versions that come in now; the newest few. */
  progress: ReadonlyMap<string, Progress>
  mesh?: MeshView
  /** Keys of works that came while the page was open: these, and only these, enter with a motion. */
  arrived: ReadonlySet<string>
  /** Set when the node answers but has no exhibition to show. */
  problem?: number
}

export const emptyGallery: GalleryState = {
  connection: 'connecting',
  arrived: new Set(),
  progress: new Map(),
}

/** Works that come in at one time are few; those of long ago need no keeping. */
const progressKept = 64

export type GalleryNews = { kind: 'new' | 'complete'; work: ArtworkSummary }

export const workKey = (work: { artist: string; slug: string }): string => `${work.artist}/${work.slug}`

export function withArtworks(state: GalleryState, artworks: readonly ArtworkSummary[]): GalleryState {
  const before = new Set((state.artworks ?? artworks).map(workKey))
  const fresh = artworks.map(workKey).filter((key) => !before.has(key))
  return {
    ...state,
    artworks,
    arrived: fresh.length === 0 ? state.arrived : new Set([...state.arrived, ...fresh]),
  }
}

export function withProgress(state: GalleryState, root: string, progress: Progress): GalleryState {
  const heard = new Map(state.progress)
  // Taken out first, so that the order is that of hearing.
  heard.delete(root)
  heard.set(root, progress)
  const [oldest] = heard.keys()
  if (heard.size > progressKept && oldest !== undefined) heard.delete(oldest)
  return {
    ...state,
    progress: heard,
    ...(state.artworks && { artworks: following(state.artworks, root, progress) }),
    ...(state.found && { found: followed(state.found, root, progress) }),
  }
}

function followed(found: NonNullable<GalleryState['found']>, root: string, progress: Progress) {
  const works = following(found.works, root, progress)
  return works === found.works ? found : { ...found, works }
}

/** The same list when the version is not in it. */
function following<W extends ArtworkSummary>(works: W[], root: string, progress: Progress): W[]
function following<W extends ArtworkSummary>(
  works: readonly W[],
  root: string,
  progress: Progress,
): readonly W[]
function following<W extends ArtworkSummary>(
  works: readonly W[],
  root: string,
  progress: Progress,
): readonly W[] {
  if (!works.some((work) => work.root === root)) return works
  return works.map((work) => (work.root === root ? { ...work, progress } : work))
}

/** What has happened to the works between two states that is worth telling a listener. */
export function newsBetween(before: GalleryState, after: GalleryState): GalleryNews[] {
  if (before.artworks === undefined || after.artworks === undefined || before.artworks === after.artworks)
    return []
  const known = new Map(before.artworks.map((work) => [workKey(work), work]))
  return after.artworks.flatMap((work): GalleryNews[] => {
    const earlier = known.get(workKey(work))
    if (earlier === undefined) return [{ kind: 'new', work }]
    return work.progress.complete && !earlier.progress.complete ? [{ kind: 'complete', work }] : []
  })
}

export function ofTrack(works: readonly ArtworkSummary[], track: TrackId | undefined): ArtworkSummary[] {
  return works.filter((work) => track === undefined || work.track === track)
}

/** The tracks that have works, in the exhibition's order. */
export function byTrack(works: readonly ArtworkSummary[]): { track: TrackId; works: ArtworkSummary[] }[] {
  return trackIds
    .map((track) => ({ track, works: ofTrack(works, track) }))
    .filter((group) => group.works.length > 0)
}

export function neighboursOf(
  works: readonly ArtworkSummary[],
  key: string,
): { previous?: ArtworkSummary; next?: ArtworkSummary } {
  const index = works.findIndex((work) => workKey(work) === key)
  if (index < 0) return {}
  const previous = works[index - 1]
  const next = works[index + 1]
  return { ...(previous && { previous }), ...(next && { next }) }
}

/** On how many nodes a version is complete, of how many that have said. */
export function spreadOf(
  mesh: MeshView | undefined,
  root: string,
): { complete: number; nodes: number } | undefined {
  const held = mesh?.works.find((work) => work.root === root)?.held
  if (mesh === undefined || held === undefined) return undefined
  return { complete: Object.values(held).filter((share) => share >= 1).length, nodes: mesh.nodes.length }
}
