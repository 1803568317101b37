import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import { HttpProblem, isProblemCode, problems } from '../problems.ts'
import { problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'

const status = v.strictObject({ status: v.string() })

export function addHealthRoutes(app: HttpApp, { deps }: HttpContext): void {
  app.get(
    '/healthz',
    { schema: { response: { 200: status }, summary: 'Whether the program is alive', tags: ['health'] } },
    async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  app.get(
    '/readyz',
    {
      schema: {
        response: { 200: status, 503: problemSchema },
        summary: 'Whether it can show the exhibition',
        tags: ['health'],
      },
    },
    async (_request, reply) => {
      if (!deps.ready()) throw new HttpProblem('not-ready', '', { headers: { 'retry-after': '1' } })
      return reply.header('cache-control', 'no-store').send({ status: 'ready' })
    },
  )
}

/** What the `type` of a problem leads to. */
export function addProblemRoute(app: HttpApp): void {
  const explanation = v.strictObject({ code: v.string(), status: v.number(), title: v.string() })
  app.get(
    '/problems/:code',
    {
      schema: {
        params: v.object({ code: v.pipe(v.string(), v.maxLength(64)) }),
        response: { 200: explanation, 404: problemSchema },
        summary: 'What a problem means',
        tags: ['health'],
      },
    },
    async ({ params: { code } }) => {
      if (!isProblemCode(code)) throw new HttpProblem('not-found', 'there is no such problem')
      return { code, ...problems[code] }
    },
  )
}
