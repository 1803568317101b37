import type { CID } from 'multiformats/cid'
import * as v from 'valibot'
import type { CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import { openLook } from '../../../artworks/format/look.ts'
import type { Manifest, OpenedRecord } from '../../../artworks/format/records.ts'
import { listFiles } from '../content/list-files.ts'
import type { HttpContext } from '../context.ts'
import type { ArtworkDetail } from '../contract.ts'
import { HttpProblem } from '../problems.ts'
import { Previews } from '../previews.ts'
import { hostOf, signalOf } from '../request-guards.ts'
import { artworkDetailSchema, binary, problemSchema } from '../schemas.ts'
import { workHeaders } from '../security-headers.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { artworkDetail } from '../views/artwork-view.ts'
import { RECORD_TYPE } from './records.ts'
import { sendWorkFile } from './works.ts'

const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{32}$/, 'must be the token of a look'))
const response = {
  200: binary,
  404: problemSchema,
  410: problemSchema,
  416: problemSchema,
  503: problemSchema,
}

/**
 * What waits is seen by curators only: visitors cannot be led to it. The signature on the look is the login, and the address it
 * gives is good for that one work. Files come with the sandbox of any work.
 */
export function addPreviewRoutes(app: HttpApp, context: HttpContext): void {
  const { deps, limits, names, roots, content } = context
  const { catalogue, holdings, mesh, records, chunks } = deps
  const previews = new Previews({ catalogue, self: deps.self.id, steadyNowMs: deps.steadyNowMs })

  app.get(
    '/api/v1/previews',
    {
      schema: {
        response: { 200: v.strictObject({ node: v.string(), word: v.string() }) },
        summary: 'What a curator signs to see a version that waits',
        tags: ['curators'],
      },
    },
    async () => ({ node: deps.self.id, word: previews.word }),
  )

  app.post(
    '/api/v1/previews',
    {
      bodyLimit: limits.recordBodyBytes,
      schema: {
        consumes: [RECORD_TYPE],
        body: v.instance(Uint8Array, `must be a sealed look, as ${RECORD_TYPE}`),
        response: { 201: artworkDetailSchema, 403: problemSchema, 404: problemSchema, 422: problemSchema },
        summary: 'See a version that waits: for curators, whose signature is the login',
        tags: ['curators'],
      },
    },
    async ({ body }, reply) => {
      const { token: given, version } = previews.open(await openLook(body))
      const { signer, body: manifest } = version
      const work = catalogue.artwork(signer, manifest.slug)
      if (work === undefined) throw new HttpProblem('not-found')
      const root = manifest.root.toString()
      // Its files may be at another node: its folders are read from there, its bytes when they are looked at.
      const signal = signalOf(reply)
      const get = async (cid: CID): Promise<Uint8Array | null> =>
        content.block(cid, signal, root).catch((error: unknown) => {
          if (error instanceof HttpProblem && error.code === 'still-arriving') return null
          throw error
        })
      const { files } = await listFiles({ get, size: (cid) => chunks.size(cid) }, root, limits)
      const detail = artworkDetail(
        asIfShown(work, version),
        { holdings, mesh, names },
        {
          files,
          intakeNode: records.get(version.cid)?.intakeNode ?? null,
          curatorName: (did) => catalogue.curatorName(did as typeof signer) ?? '',
        },
      )
      return reply.code(201).send(movedTo(detail, `/works/${root}/`, `/previews/${given}/`))
    },
  )

  app.route({
    method: ['GET', 'HEAD'],
    url: '/previews/:token/*',
    schema: {
      params: v.object({ token, '*': v.string() }),
      response,
      summary: 'A file of a version that waits',
      tags: ['curators'],
    },
    handler: async (request, reply) => {
      const { token: given, '*': path } = request.params
      const root = previews.root(given)
      // One that is shown by now is no secret; one that is not must not stay in a cache.
      const cacheControl = roots.has(root) ? 'private, max-age=60' : 'no-store'
      reply.headers(workHeaders(hostOf(request), `/previews/${given}/`))
      return sendWorkFile(request, reply, context, {
        root,
        path,
        folder: `/previews/${given}/`,
        cacheControl,
      })
    },
  })
}

function asIfShown(
  work: CatalogueArtwork,
  version: OpenedRecord<Manifest>,
): CatalogueArtwork & { shown: OpenedRecord<Manifest> } {
  return { ...work, shown: version }
}

/** The same with every address of a file under another folder. */
function movedTo(detail: ArtworkDetail, from: string, to: string): ArtworkDetail {
  const move = <T extends { url: string }>(file: T): T => ({ ...file, url: file.url.replace(from, to) })
  return {
    ...detail,
    ...(detail.poster === undefined ? {} : { poster: move(detail.poster) }),
    captions: detail.captions.map(move),
    entry: move(detail.entry),
    files: detail.files.map(move),
  }
}
