import * as v from 'valibot'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { media, trackIds } from '../../../artworks/format/records.ts'
import type { HttpContext } from '../context.ts'
import type { WorksFound } from '../contracts/search.ts'
import { problemSchema, wholeNumber, worksFoundSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { worksOnPage } from '../views/works-search.ts'

const artistDid = v.pipe(v.string(), v.startsWith('did:key:z'), v.maxLength(64))
/** Works in one answer: a page of the gallery has 60, a track on the welcome page 24. */
const MOST_WORKS = 96

const querystring = v.object({
  q: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  track: v.exactOptional(v.picklist(trackIds)),
  medium: v.exactOptional(v.picklist(media)),
  artist: v.exactOptional(artistDid),
  venue: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  language: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, 'must be a language such as nl'))),
  from: v.optional(wholeNumber(0, 1_000_000), '0'),
  limit: v.optional(wholeNumber(1, MOST_WORKS), String(worksOnPage)),
  /** Not a page, but the first so many of each track. */
  each: v.exactOptional(wholeNumber(1, MOST_WORKS / trackIds.length)),
  /** Not from a place, but the neighbours of this work and itself: `{artist}/{slug}`. */
  around: v.exactOptional(v.pipe(v.string(), v.maxLength(64 + 1 + formatLimits.slugLength))),
})

export function addSearchRoute(app: HttpApp, { search }: HttpContext): void {
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
    async ({ query: { from, limit, each, around, ...query } }): Promise<WorksFound> =>
      search.find(query, {
        from,
        limit,
        ...(each !== undefined && { each }),
        ...(around !== undefined && { around }),
      }),
  )
}
