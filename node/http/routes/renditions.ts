import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { isRenditionWidth, renditionWidths } from '../../store/rendition.ts'
import type { Rendition, RenditionFormat } from '../../store/rendition.ts'
import { readFile } from '../content/unixfs-reader.ts'
import { workPathParts } from '../content/work-path-parts.ts'
import type { HttpContext } from '../context.ts'
import { matchesEntityTag } from '../entity-tag.ts'
import { HttpProblem } from '../problems.ts'
import { signalOf } from '../request-guards.ts'
import { binary, chunkCid, problemSchema } from '../schemas.ts'
import { immutable } from '../send-file.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { workUrl } from '../views/work-url.ts'

const params = v.object({ root: chunkCid, width: v.pipe(v.string(), v.maxLength(4)), '*': v.string() })
/** What can be made smaller; of anything else the original is shown. */
const renderable = /\.(?:jpe?g|png|webp|avif)$/i

/**
 * Images of shown works in smaller widths, in the best format that the browser says it takes. The same address always leads to
 * the same picture; where there is no rendition (yet), to the original.
 */
export function addRenditionRoutes(app: HttpApp, { roots, content, renditions }: HttpContext): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/renditions/:root/:width/*',
    schema: {
      params,
      response: { 200: binary, 404: problemSchema, 410: problemSchema, 503: problemSchema },
      summary: `An image of a work, ${renditionWidths.join(', ')} pixels wide`,
      tags: ['works'],
    },
    handler: async (request, reply) => {
      const { root, width: wanted, '*': path } = request.params
      roots.require(root)
      const width = Number(wanted)
      if (!isRenditionWidth(width)) {
        throw new HttpProblem('not-found', `widths: ${renditionWidths.join(', ')}`)
      }
      const { parts, isDirectory } = workPathParts(path)
      const signal = signalOf(reply)
      const original = await content.find(root, parts, signal)
      if (original.kind !== 'file' || isDirectory) {
        throw new HttpProblem('not-found', 'the work has no such file')
      }
      const formats = formatsIn(request.headers.accept)
      const cid = original.cid.toString()
      reply.header('vary', 'Accept')
      const rendition = renderable.test(path)
        ? await renditions?.get({
            root,
            cid,
            size: original.size,
            width,
            formats,
            source: (making) => readFile((block) => content.block(block, making, root), original),
          })
        : null
      if (rendition === null || rendition === undefined) {
        return reply.header('cache-control', 'no-store').redirect(workUrl(root, path), 302)
      }
      return send(request, reply, cid, width, rendition)
    },
  })
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  cid: string,
  width: number,
  { format, bytes }: Rendition,
): FastifyReply {
  const tag = `"${cid}-${width}.${format}"`
  reply.headers({ etag: tag, 'cache-control': immutable })
  if (matchesEntityTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type(`image/${format}`).send(bytes)
}

/** Said by name only: a browser that takes everything may be one that knows none of the new formats. */
function formatsIn(accept: string | undefined): ReadonlySet<RenditionFormat> {
  const formats = new Set<RenditionFormat>(['jpeg'])
  for (const format of ['avif', 'webp'] as const) if (accept?.includes(`image/${format}`)) formats.add(format)
  return formats
}
