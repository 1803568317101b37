import type { FastifyReply, FastifyRequest } from 'fastify'
import { CID } from 'multiformats/cid'
import * as v from 'valibot'
import { preferences } from '../accept.ts'
import { carOf } from '../content/car.ts'
import type { DagScope } from '../content/car.ts'
import { workPathParts } from '../content/work-path-parts.ts'
import type { HttpContext } from '../context.ts'
import { matchesEntityTag } from '../entity-tag.ts'
import { HttpProblem } from '../problems.ts'
import { signalOf } from '../request-guards.ts'
import { binary, chunkCid, problemSchema } from '../schemas.ts'
import { immutable, sendBlocks } from '../send-file.ts'
import type { HttpApp } from '../valibot-provider.ts'

const RAW_TYPE = 'application/vnd.ipld.raw'
const CAR_TYPE = 'application/vnd.ipld.car'

const querystring = v.object({
  format: v.optional(v.picklist(['raw', 'car'], 'must be raw or car')),
  'dag-scope': v.optional(v.picklist(['all', 'entity', 'block'], 'must be all, entity or block'), 'all'),
})
type Query = v.InferOutput<typeof querystring>

/** The content of shown works for other IPFS tools: trustless gateway, raw blocks and CAR, nothing to be rendered. */
export function addIpfsRoutes(app: HttpApp, context: HttpContext): void {
  const { deps, roots, content } = context
  const response = {
    200: binary,
    404: problemSchema,
    406: problemSchema,
    410: problemSchema,
    503: problemSchema,
  }
  const docs = { summary: 'A block, or a DAG as CAR', tags: ['ipfs'], produces: [RAW_TYPE, CAR_TYPE] }

  app.route({
    method: ['GET', 'HEAD'],
    url: '/ipfs/:cid',
    schema: { params: v.object({ cid: chunkCid }), querystring, response, ...docs },
    handler: (request, reply) => answer(request, reply, request.params.cid, '', request.query),
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/ipfs/:cid/*',
    schema: { params: v.object({ cid: chunkCid, '*': v.string() }), querystring, response, ...docs },
    handler: (request, reply) =>
      answer(request, reply, request.params.cid, request.params['*'], request.query),
  })

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    text: string,
    path: string,
    query: Query,
  ): Promise<FastifyReply> {
    const format = query.format ?? acceptedFormat(request.headers.accept)
    const { parts } = workPathParts(path)
    const start = CID.parse(text)
    // A single block may be had when it is part of a work that is shown.
    const root = deps.holdings.rootsOf(start).find((root) => roots.has(root)) ?? text
    if (root === text) roots.require(text)
    const signal = signalOf(reply)
    const getBlock = (cid: CID): Promise<Uint8Array> => content.block(cid, signal, root)
    const way = await wayTo(start, parts, signal)
    const target = way.at(-1) ?? start
    const scope: DagScope = query['dag-scope']
    const tag = format === 'raw' ? `"${target.toString()}.raw"` : `W/"${target.toString()}.car.${scope}"`
    reply.headers({
      etag: tag,
      'cache-control': immutable,
      vary: 'Accept',
      'x-ipfs-path': `/ipfs/${[text, ...parts.map(encodeURIComponent)].join('/')}`,
      'content-disposition': `attachment; filename="${target.toString()}.${format === 'raw' ? 'bin' : 'car'}"`,
    })
    if (matchesEntityTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
    if (format === 'raw') {
      const bytes = await getBlock(target)
      return reply.type(RAW_TYPE).send(bytes)
    }
    reply.type(`${CAR_TYPE}; version=1; order=dfs; dups=n`)
    if (request.method === 'HEAD') return reply.send()
    return sendBlocks(reply, await content.stream(() => carOf(getBlock, target, way, scope), signal))
  }

  /** The CIDs from the first to what the path leads to, shards of large directories left out. */
  async function wayTo(start: CID, parts: readonly string[], signal: AbortSignal): Promise<CID[]> {
    const way = [start]
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const place = await content.find(start.toString(), parts.slice(0, depth), signal)
      if (place.kind === 'nothing') throw new HttpProblem('not-found', 'there is nothing at this path')
      way.push(place.cid)
    }
    return way
  }
}

function acceptedFormat(accept: string | undefined): 'raw' | 'car' {
  for (const { value } of preferences(accept)) {
    if (value === RAW_TYPE) return 'raw'
    if (value === CAR_TYPE) return 'car'
  }
  throw new HttpProblem(
    'not-acceptable',
    `ask for ${RAW_TYPE} or ${CAR_TYPE}, or say ?format=raw or ?format=car`,
  )
}
