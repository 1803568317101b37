import * as v from 'valibot'
import { compareText } from '../../../artworks/format/compare-text.ts'
import type { CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import type { HttpContext } from '../context.ts'
import { submissionsSchema } from '../curate-schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { submissionView, waitingVersions } from '../views/submission-view.ts'

const keyOf = ({ artist, slug }: CatalogueArtwork): string => `${artist}/${slug}`

/** What waits for curators, as every node knows it: manifests travel before anybody has admitted anything. */
export function addSubmissionRoute(app: HttpApp, { deps, limits, names }: HttpContext): void {
  const { catalogue, holdings, records } = deps
  const sources = { catalogue, holdings, records, names }
  const querystring = v.object({ after: v.optional(v.pipe(v.string(), v.maxLength(160))) })

  app.get(
    '/api/v1/submissions',
    {
      schema: {
        querystring,
        response: { 200: submissionsSchema },
        summary: 'Works and versions that wait for curators, and what curators said so far',
        tags: ['curators'],
      },
    },
    async ({ query: { after = '' } }) => {
      const waiting = catalogue
        .artworks()
        .filter((work) => waitingVersions(work).length > 0 && compareText(keyOf(work), after) > 0)
        .sort((a, b) => compareText(keyOf(a), keyOf(b)))
      const page = waiting.slice(0, limits.submissionsListed)
      const last = page.at(-1)
      return {
        exhibition: catalogue.id,
        quorum: catalogue.exhibition?.body.quorum ?? 0,
        curators: (catalogue.exhibition?.body.curators ?? []).map(({ did, name }) => ({ did, name })),
        submissions: page.map((work) => submissionView(work, sources)),
        next: last === undefined || page.length === waiting.length ? null : keyOf(last),
      }
    },
  )
}
