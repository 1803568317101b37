import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { binary, problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'

/** A page that brought its first answers along says which event they come after; when it comes back, its browser says so. */
const querystring = v.object({ since: v.exactOptional(v.pipe(v.string(), v.maxLength(40))) })

export function addEventRoute(app: HttpApp, { hub }: HttpContext): void {
  app.get(
    '/api/v1/events',
    {
      exposeHeadRoute: false,
      schema: {
        querystring,
        produces: ['text/event-stream'],
        response: { 200: binary, 503: problemSchema },
        summary: 'What changes, as server-sent events: reset, catalogue, progress, mesh',
        tags: ['exhibition'],
      },
    },
    async (request, reply) => {
      if (hub.isFull()) {
        throw new HttpProblem('busy', 'many pages are open on this node; this one has to ask by itself', {
          headers: { 'retry-after': '30' },
        })
      }
      const resumed = request.headers['last-event-id']
      const lastId = typeof resumed === 'string' ? resumed : request.query.since
      reply.hijack()
      const response = reply.raw
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) response.setHeader(name, value)
      }
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      hub.add(response, lastId)
    },
  )
}
