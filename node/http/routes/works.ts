import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CID } from 'multiformats/cid'
import * as v from 'valibot'
import type { WorkFile as PlacedFile } from '../content/work-content.ts'
import { mediaTypeOf } from '../content/media-type.ts'
import { workPathParts } from '../content/work-path-parts.ts'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { hostOf, signalOf } from '../request-guards.ts'
import { binary, chunkCid, problemSchema } from '../schemas.ts'
import { workHeaders } from '../security-headers.ts'
import { immutable, sendFile } from '../send-file.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { workUrl } from '../views/work-url.ts'

const INDEX = 'index.html'
const rootParameter = v.object({ root: chunkCid })
const file = v.object({ root: chunkCid, '*': v.string() })
const response = {
  200: binary,
  404: problemSchema,
  410: problemSchema,
  416: problemSchema,
  503: problemSchema,
}

/** Files of works that are shown: untrusted, so each answer carries the sandbox (design, decision 8). */
export function addWorkRoutes(app: HttpApp, context: HttpContext): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/works/:root',
    schema: { params: rootParameter, response, summary: 'The folder of a work', tags: ['works'] },
    handler: async ({ params: { root } }, reply) => reply.redirect(`/works/${root}/`, 308),
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/works/:root/*',
    schema: { params: file, response, summary: 'A file of a work', tags: ['works'] },
    handler: async (request, reply) => {
      const { root, '*': path } = request.params
      context.roots.require(root)
      const folder = `/works/${root}/`
      reply.headers(workHeaders(hostOf(request), folder))
      const isCurrent = (file: CID): boolean => context.roots.has(root) && context.deps.chunks.has(file)
      return sendWorkFile(request, reply, context, { root, path, folder, cacheControl: immutable, isCurrent })
    },
  })
}

interface WorkFile {
  readonly root: string
  /** Inside the work, as the address has it. */
  readonly path: string
  /** Where the work is served, ending in a slash. */
  readonly folder: string
  readonly cacheControl: string
  /** Where everybody gets the same: for how long a small file may be given out as it was. */
  readonly isCurrent?: (file: CID) => boolean
}

/** The caller has asked whether it may be seen, and set the headers of a work. */
export async function sendWorkFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { content, deps, ready }: HttpContext,
  { root, path, folder, cacheControl, isCurrent }: WorkFile,
): Promise<FastifyReply> {
  const { parts, isDirectory } = workPathParts(path)
  const signal = signalOf(reply)
  const send = (file: PlacedFile, mediaType: string): Promise<FastifyReply> => {
    if (isCurrent !== undefined) ready.offer(request, () => isCurrent(file.cid))
    return sendFile(request, reply, content, file, { mediaType, cacheControl })
  }
  try {
    const place = await content.find(root, parts, signal)
    if (place.kind === 'file' && !isDirectory) return await send(place, mediaTypeOf(path))
    if (place.kind === 'directory') {
      const index = await content.find(root, [...parts, INDEX], signal)
      if (index.kind === 'file') {
        // Relative addresses in the page count from the folder, so its address has to end with a slash.
        if (!isDirectory)
          return await reply.redirect(`${workUrl(root, path).replace(`/works/${root}/`, folder)}/`, 308)
        return await send(index, mediaTypeOf(INDEX))
      }
    }
  } catch (error) {
    const refusal = deps.holdings.refusal(root)
    if (error instanceof HttpProblem && error.code === 'still-arriving' && refusal !== undefined) {
      throw new HttpProblem('not-found', `this work's files are not what its manifest declares: ${refusal}`)
    }
    throw error
  }
  throw new HttpProblem('not-found', 'the work has no such file')
}
