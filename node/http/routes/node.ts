import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import { chunkCid, meshSchema, nodeSchema, problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { meshView } from '../views/mesh-view.ts'
import { nodeView } from '../views/node-view.ts'

export function addNodeRoutes(app: HttpApp, context: HttpContext): void {
  const { deps, meshSources, startedMs } = context
  app.get(
    '/api/v1/node',
    { schema: { response: { 200: nodeSchema }, summary: 'This node', tags: ['mesh'] } },
    async () =>
      nodeView(meshSources, {
        uptimeMs: deps.steadyNowMs() - startedMs,
        records: deps.records.size(),
        damagedChunks: context.damagedChunks(),
        usage: deps.chunks.usage(),
        storage: await deps.storage(),
      }),
  )
  app.get(
    '/api/v1/mesh',
    {
      schema: {
        querystring: v.object({ works: v.optional(v.union([v.picklist(['all', 'none']), chunkCid]), 'all') }),
        response: { 200: meshSchema, 400: problemSchema },
        summary: 'The mesh as this node hears it, and where works are: all, none, or the version with a root',
        tags: ['mesh'],
      },
    },
    async ({ query: { works } }) => meshView(meshSources, deps.steadyNowMs(), works),
  )
}
