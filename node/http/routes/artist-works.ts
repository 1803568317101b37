import * as v from 'valibot'
import { isDid } from '../../../artworks/format/did-key.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { media, trackIds } from '../../../artworks/format/records.ts'
import type { ArtistVersionView, ArtistWorkView, WithdrawalView } from '../contracts/studio.ts'
import { HttpProblem } from '../problems.ts'
import type { HttpContext } from '../context.ts'
import { problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { withdrawalView } from '../views/withdrawal-view.ts'
import { artistWorksView } from '../views/artist-works-view.ts'

const texts = v.record(v.string(), v.string())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const version = v.strictObject({
  manifest: v.string(),
  sequence: count,
  root: v.string(),
  size: count,
  claimed: v.exactOptional(v.string()),
  shown: v.boolean(),
  declined: v.array(v.strictObject({ name: v.string(), reason: v.exactOptional(texts) })),
  admittedBy: v.array(v.strictObject({ did: v.string(), name: v.string() })),
}) satisfies v.GenericSchema<unknown, ArtistVersionView>
const work = v.strictObject({
  slug: v.string(),
  standing: v.picklist(['shown', 'submitted', 'removed', 'withdrawn']),
  title: v.exactOptional(texts),
  track: v.exactOptional(v.picklist(trackIds)),
  medium: v.exactOptional(v.picklist(media)),
  versions: v.array(version),
  quorum: count,
  curators: count,
  reasons: v.array(texts),
}) satisfies v.GenericSchema<unknown, ArtistWorkView>

const artist = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((text) => isDid(text), 'must be a did:key of an Ed25519 key'),
)

const withdrawal = v.strictObject({
  work: v.string(),
  nodes: v.array(
    v.strictObject({
      id: v.string(),
      name: v.string(),
      isHeard: v.boolean(),
      receipt: v.exactOptional(v.strictObject({ list: count, status: v.string() })),
    }),
  ),
  lists: v.array(v.array(v.string())),
}) satisfies v.GenericSchema<unknown, WithdrawalView>
const slug = v.pipe(v.string(), v.maxLength(formatLimits.slugLength))

/** Who has let go of what an artist withdrew, as this node has heard it, with what each signed. */
export function addWithdrawalRoute(app: HttpApp, { deps, meshSources }: HttpContext): void {
  app.get(
    '/api/v1/withdrawals/:did/:slug',
    {
      schema: {
        params: v.object({ did: artist, slug }),
        response: { 200: withdrawal, 400: problemSchema, 404: problemSchema },
        summary: 'Which nodes have let go of a withdrawn work, each with its receipt',
        tags: ['exhibition'],
      },
    },
    async ({ params: { did, slug } }) => {
      if (deps.catalogue.artwork(did, slug)?.standing !== 'withdrawn')
        throw new HttpProblem('not-found', 'no such work was withdrawn')
      return withdrawalView({ ...meshSources, mesh: deps.mesh }, `${did}/${slug}`, deps.steadyNowMs())
    },
  )
}

/** All works of an artist, whatever their standing: what the artist's own studio shows. Nothing in it is not in the records. */
export function addArtistWorksRoute(app: HttpApp, { deps }: HttpContext): void {
  app.get(
    '/api/v1/artists/:did/artworks',
    {
      schema: {
        params: v.object({ did: artist }),
        response: { 200: v.strictObject({ artworks: v.array(work) }), 400: problemSchema },
        summary: 'Every work of one artist, shown or not',
        tags: ['exhibition'],
      },
    },
    async ({ params: { did } }) => ({ artworks: artistWorksView(deps.catalogue, did) }),
  )
}
