import type { HttpContext } from '../context.ts'
import { meshSchema, nodeSchema } from '../schemas.ts'
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
      schema: { response: { 200: meshSchema }, summary: 'The mesh as this node hears it', tags: ['mesh'] },
    },
    async () => meshView(meshSources, deps.steadyNowMs()),
  )
}
