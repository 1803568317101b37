import { fingerprint } from '../../../artworks/format/did-key.ts'
import type { TrackId } from '../../../artworks/format/records.ts'
import type { ArtworkSummary } from '../contract.ts'
import type { WorksFound, WorksQuery } from '../contracts/search.ts'
import type { HttpDependencies } from '../dependencies.ts'
import type { HttpLimits } from '../limits.ts'
import { artworkSummary } from './artwork-view.ts'
import { findWorks } from './find-works.ts'
import type { NodeNames } from './node-names.ts'
import { ShownWorks } from './shown-works.ts'
import type { ShownWork } from './shown-works.ts'

/** Which of the works that are found; the page from `from` on unless it says otherwise. */
export interface WorksPart {
  readonly from?: number
  readonly limit?: number
  /** Not a page, but the first so many of each track. */
  readonly each?: number
  /** Not from a place, but the neighbours of this work and itself: `{artist}/{slug}`. */
  readonly around?: string
}

/** Works in one answer where nothing is said of it: a page of the gallery. */
export const worksOnPage = 60

/** Finds works among those that are shown. */
export class WorksSearch {
  readonly #deps: HttpDependencies
  readonly #names: NodeNames
  readonly #shown: ShownWorks

  constructor({ deps, names, limits }: { deps: HttpDependencies; names: NodeNames; limits: HttpLimits }) {
    this.#deps = deps
    this.#names = names
    const venueOf = (manifest: string): string | null => deps.records.get(manifest)?.intakeNode ?? null
    this.#shown = new ShownWorks(deps.catalogue, venueOf, limits)
  }

  /** Works as they hang, without looking for anything. */
  part(from: number, limit: number): { works: ArtworkSummary[]; total: number } {
    const { holdings, mesh } = this.#deps
    const all = this.#shown.all()
    const sources = { holdings, mesh, names: this.#names }
    return {
      works: all.slice(from, from + limit).map(({ work }) => artworkSummary(work, sources)),
      total: all.length,
    }
  }

  find(query: WorksQuery, { from = 0, limit = worksOnPage, each, around }: WorksPart): WorksFound {
    const { holdings, mesh } = this.#deps
    const names = this.#names
    const all = this.#shown.all()
    const { found, choices } = findWorks(all, query)
    const start = around === undefined ? from : startAround(found, around)
    const page = each === undefined ? found.slice(start, start + limit) : firstOfEach(found, each)
    return {
      works: page.map(({ work }) => artworkSummary(work, { holdings, mesh, names })),
      from: each === undefined ? start : 0,
      total: found.length,
      shown: all.length,
      choices: {
        ...choices,
        venue: choices.venue.map(({ id, works }) => ({ id, name: names.of(id).name, works })),
      },
      ...(query.artist === undefined ? {} : artistView(all, query.artist)),
    }
  }
}

function startAround(found: readonly ShownWork[], around: string): number {
  const index = found.findIndex(({ work }) => `${work.artist}/${work.slug}` === around)
  return index < 0 ? found.length : Math.max(0, index - 1)
}

function firstOfEach(found: readonly ShownWork[], each: number): ShownWork[] {
  const taken = new Map<TrackId, number>()
  return found.filter(({ track }) => {
    const count = taken.get(track) ?? 0
    taken.set(track, count + 1)
    return count < each
  })
}

/** Nothing of an artist none of whose works is shown: a key by itself is no artist of this exhibition. */
function artistView(all: readonly ShownWork[], did: string): Pick<WorksFound, 'artist'> {
  const makers = all.filter(({ artist }) => artist === did).map(({ maker }) => maker)
  if (makers.length === 0) return {}
  return { artist: { did, names: [...new Set(makers)], fingerprint: fingerprint(did) } }
}
