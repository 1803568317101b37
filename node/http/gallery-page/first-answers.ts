import type { ArtworkDetail, ArtworkSummary, ExhibitionView } from '../contract.ts'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { exhibitionView } from '../views/exhibition-view.ts'
import { meshView } from '../views/mesh-view.ts'
import { worksOnPage } from '../views/works-search.ts'
import type { PagePlace } from './page-place.ts'

/** What the welcome page shows of a track: as the gallery asks it. */
const worksOfTrack = 24

export interface FirstAnswers {
  readonly exhibition: ExhibitionView | null
  /** The work that the page is about, where it can be shown. */
  readonly work?: ArtworkDetail
  /** The work that hangs first in a list of all. */
  readonly first?: ArtworkSummary | undefined
  /** The event after which these were true, and each answer under the address it would be asked at. */
  readonly brought: { readonly since: string; readonly answers: Readonly<Record<string, unknown>> }
}

/**
 * What a page asks as soon as its script runs, to be sent along with the page itself: on a slow phone each question is a
 * round trip before anything can be seen.
 */
export async function firstAnswersOf(
  { deps, names, hub, meshSources, search, works }: HttpContext,
  place: PagePlace,
): Promise<FirstAnswers> {
  // Before all views: an event that comes in between is told again rather than missed.
  const since = hub.lastId
  const exhibition = exhibitionView(deps.catalogue, names, deps.self.id)
  if (exhibition === null) return { exhibition, brought: { since, answers: {} } }
  const answers: Record<string, unknown> = {
    '/api/v1/exhibition': exhibition,
    '/api/v1/mesh?works=none': meshView(meshSources, deps.steadyNowMs(), 'none'),
  }
  if (place.page === 'welcome')
    answers[`/api/v1/search?each=${worksOfTrack}`] = search.find({}, { each: worksOfTrack })
  if (place.page === 'works') {
    const found = search.find({}, { limit: worksOnPage })
    answers[`/api/v1/search?from=0&limit=${worksOnPage}`] = found
    return { exhibition, first: found.works[0], brought: { since, answers } }
  }
  if (place.page !== 'work') return { exhibition, brought: { since, answers } }
  const work = await shownWork(works, place)
  if (work === undefined) return { exhibition, brought: { since, answers } }
  answers[`/api/v1/artworks/${place.artist}/${place.slug}`] = work
  return { exhibition, work, brought: { since, answers } }
}

async function shownWork(
  works: HttpContext['works'],
  { artist, slug }: { artist: string; slug: string },
): Promise<ArtworkDetail | undefined> {
  try {
    return await works.detail(artist, slug)
  } catch (error) {
    // Unknown, removed or withdrawn: the page asks for it, and tells what it hears.
    if (error instanceof HttpProblem) return undefined
    throw error
  }
}
