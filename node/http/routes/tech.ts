import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { alertKinds } from '../../health/alert-kinds.ts'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { binary, problemSchema } from '../schemas.ts'
import { meshHealthView } from '../tech/mesh-health-view.ts'
import { alertKindsSchema, meshHealthSchema } from '../tech/schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'

const run = randomBytes(6).toString('base64url')
const query = v.object({
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.transform(Number)), '0'),
})

/** The health of the mesh, for whoever looks: read-only, and about machines alone. */
export function addTechRoutes(app: HttpApp, context: HttpContext): void {
  const { deps } = context
  app.get(
    '/api/v1/mesh/health',
    {
      schema: {
        querystring: query,
        response: { 200: meshHealthSchema, 503: problemSchema },
        summary: 'Alerts, nodes, links, works and events of the part of the mesh that this node hears',
        tags: ['mesh'],
      },
    },
    async ({ query: { after } }) => {
      const { watch } = deps
      if (watch === undefined) throw new HttpProblem('not-ready')
      const { catalogue, mesh, self } = deps
      const sources = { selfId: self.id, run, catalogue, mesh, watch }
      return meshHealthView(sources, deps.steadyNowMs(), after)
    },
  )
  app.get(
    '/api/v1/mesh/alerts',
    {
      schema: {
        response: { 200: alertKindsSchema },
        summary: 'Every alert there can be: threshold, what it means, what to do',
        tags: ['mesh'],
      },
    },
    async () => ({
      alerts: Object.entries(alertKinds).map(([kind, { severity, title, threshold, means, doThis }]) => ({
        kind,
        severity,
        title,
        threshold,
        means,
        doThis,
      })),
    }),
  )
  app.get(
    '/metrics',
    {
      exposeHeadRoute: false,
      schema: {
        produces: ['application/openmetrics-text'],
        response: { 200: binary },
        summary: 'OpenMetrics: this node, its neighbours, and the alerts of the part of the mesh it hears',
        tags: ['health'],
      },
    },
    async (_request, reply) => {
      // A venue without Prometheus does not load what it takes.
      const { metricsText } = await import('../tech/metrics.ts')
      const { text, type } = await metricsText(context, deps.watch)
      return reply.header('cache-control', 'no-store').type(type).send(text)
    },
  )
}
