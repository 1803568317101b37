import * as v from 'valibot'
import { formatLimits } from '../../../artworks/format/limits.ts'
import type { HttpContext } from '../context.ts'
import { artworkDetailSchema, artworksSchema, problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { artworkSummaries } from '../views/artwork-view.ts'

const params = v.object({
  artist: v.pipe(v.string(), v.startsWith('did:key:z'), v.maxLength(64)),
  slug: v.pipe(v.string(), v.maxLength(formatLimits.slugLength)),
})

export function addArtworkRoutes(app: HttpApp, context: HttpContext): void {
  const { catalogue, holdings, mesh } = context.deps
  const sources = { holdings, mesh, names: context.names }

  app.get(
    '/api/v1/artworks',
    { schema: { response: { 200: artworksSchema }, summary: 'Every work shown', tags: ['exhibition'] } },
    async () => ({ artworks: artworkSummaries(catalogue, sources) }),
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
