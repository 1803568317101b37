import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import { entityTagOf, matchesEntityTag } from '../entity-tag.ts'
import { HttpProblem } from '../problems.ts'
import { binary, chunkCid, problemSchema } from '../schemas.ts'
import { sealPicture } from '../seal-drawing.ts'
import { immutable } from '../send-file.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { progressView } from '../views/progress-view.ts'

/** The seal of a shown version as a picture: as much of it as is here. */
export function addSealRoute(app: HttpApp, { deps, names, roots }: HttpContext): void {
  const { catalogue, holdings, mesh } = deps
  app.route({
    method: ['GET', 'HEAD'],
    url: '/seals/:root/seal.svg',
    schema: {
      params: v.object({ root: chunkCid }),
      response: { 200: binary, 404: problemSchema, 410: problemSchema },
      summary: 'The seal of a work as a picture',
      tags: ['works'],
    },
    handler: async (request, reply) => {
      const { root } = request.params
      roots.require(root)
      const work = catalogue.shown().find(({ shown }) => shown.body.root.toString() === root)
      if (work === undefined) throw new HttpProblem('not-found')
      const { complete, cells } = progressView({ holdings, mesh, names }, root, work.shown.body.chunks)
      const picture = sealPicture(root, work.shown.body.track, cells)
      reply.header('cache-control', complete ? immutable : 'no-cache')
      return send(request, reply, picture)
    },
  })
}

function send(request: FastifyRequest, reply: FastifyReply, picture: string): FastifyReply {
  const tag = entityTagOf(picture)
  reply.header('etag', tag)
  if (matchesEntityTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type('image/svg+xml').send(picture)
}
