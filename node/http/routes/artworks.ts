import * as v from 'valibot'
import type { Did } from '../../../artworks/format/did-key.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { BoundedMap } from '../bounded-map.ts'
import { listFiles } from '../content/list-files.ts'
import type { ListedFile } from '../content/list-files.ts'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { artworkDetailSchema, artworksSchema, problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { artworkDetail, artworkSummaries } from '../views/artwork-view.ts'
import type { ShownArtwork } from '../views/artwork-view.ts'

const params = v.object({
  artist: v.pipe(v.string(), v.startsWith('did:key:z'), v.maxLength(64)),
  slug: v.pipe(v.string(), v.maxLength(formatLimits.slugLength)),
})
const LISTINGS_KEPT = 64

export function addArtworkRoutes(app: HttpApp, context: HttpContext): void {
  const { deps, limits, names } = context
  const { catalogue, holdings, mesh, records, chunks } = deps
  const sources = { holdings, mesh, names }
  const listings = new BoundedMap<string, readonly ListedFile[]>(LISTINGS_KEPT)

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
    async ({ params: { artist, slug } }) => {
      const work = requireShown(artist, slug)
      return artworkDetail(work, sources, {
        files: await filesOf(work.shown.body.root.toString()),
        intakeNode: records.get(work.shown.cid)?.intakeNode ?? null,
        curatorName,
      })
    },
  )

  function requireShown(artist: string, slug: string): ShownArtwork {
    const work = catalogue.artwork(artist, slug)
    const reason = work?.reasons.map((text) => text['en'] ?? Object.values(text)[0]).join('; ')
    if (work?.standing === 'removed' || work?.standing === 'withdrawn') {
      throw new HttpProblem(work.standing, reason)
    }
    if (work === undefined || work.shown === null) throw new HttpProblem('not-found', 'no such work is shown')
    return { ...work, shown: work.shown }
  }

  async function filesOf(root: string): Promise<readonly ListedFile[]> {
    const known = listings.get(root)
    if (known !== undefined) return known
    const { files, partial } = await listFiles(chunks, root, limits)
    if (!partial) listings.set(root, files)
    return files
  }

  function curatorName(did: string): string {
    return catalogue.curatorName(did as Did) ?? ''
  }
}
