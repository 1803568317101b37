import type { Did } from '../../../artworks/format/did-key.ts'
import * as v from 'valibot'
import { CameFrom } from '../came-from.ts'
import type { HttpContext } from '../context.ts'
import type { ProvenanceView } from '../contracts/curate.ts'
import { provenanceSchema } from '../curate-schemas.ts'
import { HttpProblem } from '../problems.ts'
import { problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'

/** Records listed: the newest versions, and all that decided about the shown one. */
const VERSIONS_LISTED = 50
const DECISIONS_LISTED = 200

const params = v.object({
  artist: v.pipe(v.string(), v.startsWith('did:key:z'), v.maxLength(64)),
  slug: v.pipe(v.string(), v.maxLength(64)),
})

/** Where a work comes from, as far as this node knows; every record in it can be checked by whoever asks. */
export function addProvenanceRoute(app: HttpApp, { deps, names }: HttpContext): void {
  const { catalogue, records, events, mesh } = deps
  const cameFrom = new CameFrom(events, mesh)
  app.addHook('onReady', async () => cameFrom.start())
  app.addHook('onClose', async () => cameFrom.stop())

  app.get(
    '/api/v1/artworks/:artist/:slug/provenance',
    {
      schema: {
        params,
        response: { 200: provenanceSchema, 404: problemSchema },
        summary: 'What a visitor needs to check a work, and how it came here',
        tags: ['exhibition'],
      },
    },
    async ({ params: { artist, slug } }): Promise<ProvenanceView> => {
      const work = catalogue.artwork(artist, slug)
      if (work === undefined || work.shown === null)
        throw new HttpProblem('not-found', 'no such work is shown')
      const { shown } = work
      const stored = records.get(shown.cid)
      const node = stored?.intakeNode ?? null
      const grant = node === null ? undefined : catalogue.grant(node)
      const decisions = catalogue
        .decisionsOn(artist as Did, slug)
        .filter(({ counts, kind }) => counts && kind !== 'decline')
        .slice(0, DECISIONS_LISTED)
      const listed = [
        catalogue.exhibition?.cid,
        grant?.cid,
        shown.cid,
        ...work.versions.slice(0, VERSIONS_LISTED).map(({ cid }) => cid),
        ...decisions.map(({ record }) => record),
      ]
      const sealed = stored?.intake ?? null
      return {
        exhibition: catalogue.id,
        records: [...new Set(listed.filter((cid) => cid !== undefined))],
        intake:
          node === null || sealed === null
            ? null
            : { node, name: names.of(node).name, sealed: Buffer.from(sealed).toString('base64') },
        cameFrom: cameFrom.of(shown.body.root.toString()).map((id) => ({ id, name: names.of(id).name })),
      }
    },
  )
}
