import * as v from 'valibot'
import { isDid } from '../../../artworks/format/did-key.ts'
import { media, trackIds } from '../../../artworks/format/records.ts'
import type { ArtistVersionView, ArtistWorkView } from '../contracts/studio.ts'
import type { HttpContext } from '../context.ts'
import { problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { artistWorksView } from '../views/artist-works-view.ts'

const texts = v.record(v.string(), v.string())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const version = v.strictObject({
  manifest: v.string(),
  sequence: count,
  root: v.string(),
  size: count,
  claimed: v.optional(v.string()),
  shown: v.boolean(),
  declined: v.array(v.strictObject({ name: v.string(), reason: v.optional(texts) })),
  admittedBy: v.array(v.strictObject({ did: v.string(), name: v.string() })),
}) satisfies v.GenericSchema<unknown, SchemaValue<ArtistVersionView>>
const work = v.strictObject({
  slug: v.string(),
  standing: v.picklist(['shown', 'submitted', 'removed', 'withdrawn']),
  title: v.optional(texts),
  track: v.optional(v.picklist(trackIds)),
  medium: v.optional(v.picklist(media)),
  versions: v.array(version),
  quorum: count,
  curators: count,
  reasons: v.array(texts),
}) satisfies v.GenericSchema<unknown, SchemaValue<ArtistWorkView>>
/** An optional field of a schema may also be there and undefined. */
type SchemaValue<T> = { [K in keyof T]: T[K] extends (infer E)[] ? SchemaValue<E>[] : T[K] | undefined }

const artist = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((text) => isDid(text), 'must be a did:key of an Ed25519 key'),
)

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
