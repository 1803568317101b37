import * as v from 'valibot'
import { formatLimits } from '../../../artworks/format/limits.ts'
import type { HttpContext } from '../context.ts'
import type { ArtworksView } from '../contracts/search.ts'
import { artworkDetailSchema, artworksSchema, problemSchema, wholeNumber } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'

const params = v.object({
  artist: v.pipe(v.string(), v.startsWith('did:key:z'), v.maxLength(64)),
  slug: v.pipe(v.string(), v.maxLength(formatLimits.slugLength)),
})

/** Works in one answer: some 400 KiB. */
const MOST_WORKS = 500

const querystring = v.object({
  from: v.optional(wholeNumber(0, 1_000_000), '0'),
  limit: v.optional(wholeNumber(1, MOST_WORKS), String(MOST_WORKS)),
})

export function addArtworkRoutes(app: HttpApp, context: HttpContext): void {
  app.get(
    '/api/v1/artworks',
    {
      schema: {
        querystring,
        response: { 200: artworksSchema, 400: problemSchema },
        summary: `The works shown, as they hang; at most ${MOST_WORKS} in one answer, and where the next are`,
        tags: ['exhibition'],
      },
    },
    async ({ query: { from, limit } }): Promise<ArtworksView> => {
      const { works, total } = context.search.part(from, limit)
      const next = from + works.length
      const more = works.length > 0 && next < total
      return { artworks: works, ...(more && { next: `/api/v1/artworks?from=${next}&limit=${limit}` }) }
    },
  )

  app.get(
    '/api/v1/artworks/:artist/:slug',
    {
      schema: {
        params,
        response: { 200: artworkDetailSchema, 404: problemSchema, 410: problemSchema },
        summary: 'One work',
        tags: ['exhibition'],
      },
    },
    async ({ params: { artist, slug } }) => context.works.detail(artist, slug),
  )
}
