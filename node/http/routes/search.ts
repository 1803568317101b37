import * as v from 'valibot'
import { fingerprint } from '../../../artworks/format/did-key.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { media, trackIds } from '../../../artworks/format/records.ts'
import type { TrackId } from '../../../artworks/format/records.ts'
import type { HttpContext } from '../context.ts'
import type { WorksFound } from '../contracts/search.ts'
import { problemSchema, worksFoundSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { artworkSummary } from '../views/artwork-view.ts'
import { findWorks } from '../views/find-works.ts'
import { ShownWorks } from '../views/shown-works.ts'
import type { ShownWork } from '../views/shown-works.ts'

const artistDid = v.pipe(v.string(), v.startsWith('did:key:z'), v.maxLength(64))
const number = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,7}$/, 'must be a number'),
    v.transform(Number),
    v.minValue(min),
    v.maxValue(max),
  )

/** Works in one answer: a page of the gallery has 60, a track on the welcome page 24. */
const MOST_WORKS = 96

const querystring = v.object({
  q: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  track: v.exactOptional(v.picklist(trackIds)),
  medium: v.exactOptional(v.picklist(media)),
  artist: v.exactOptional(artistDid),
  venue: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  language: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, 'must be a language such as nl'))),
  from: v.optional(number(0, 1_000_000), '0'),
  limit: v.optional(number(1, MOST_WORKS), '60'),
  /** Not a page, but the first so many of each track. */
  each: v.exactOptional(number(1, MOST_WORKS / trackIds.length)),
  /** Not from a place, but the neighbours of this work and itself: `{artist}/{slug}`. */
  around: v.exactOptional(v.pipe(v.string(), v.maxLength(64 + 1 + formatLimits.slugLength))),
})

export function addSearchRoute(app: HttpApp, { deps, limits, names }: HttpContext): void {
  const { catalogue, holdings, mesh, records } = deps
  const sources = { holdings, mesh, names }
  const shown = new ShownWorks(catalogue, (manifest) => records.get(manifest)?.intakeNode ?? null, limits)

  app.get(
    '/api/v1/search',
    {
      schema: {
        querystring,
        response: { 200: worksFoundSchema, 400: problemSchema },
        summary: 'Works by words, track, medium, artist, venue and language; a page of them',
        tags: ['exhibition'],
      },
    },
    async ({ query: { from, limit, each, around, ...query } }): Promise<WorksFound> => {
      const all = shown.all()
      const { found, choices } = findWorks(all, query)
      const start = around === undefined ? from : startAround(found, around)
      const page = each === undefined ? found.slice(start, start + limit) : firstOfEach(found, each)
      return {
        works: page.map(({ work }) => artworkSummary(work, sources)),
        from: each === undefined ? start : 0,
        total: found.length,
        shown: all.length,
        choices: {
          ...choices,
          venue: choices.venue.map(({ id, works }) => ({ id, name: names.of(id).name, works })),
        },
        ...(query.artist === undefined ? {} : artistView(all, query.artist)),
      }
    },
  )
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
