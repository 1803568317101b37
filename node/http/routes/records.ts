import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { problemSchema, recordCid, recordSchema, recordsSchema, recordTakenSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { recordView } from '../views/record-view.ts'

export const RECORD_TYPE = 'application/vnd.mesh-art.record'

export function addRecordRoutes(app: HttpApp, { deps, limits }: HttpContext): void {
  const { records, door } = deps
  const query = v.object({
    kind: v.optional(v.pipe(v.string(), v.regex(/^[a-z-]{1,64}$/, 'must be the kind of a record'))),
    after: v.optional(recordCid),
    limit: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^\d{1,4}$/, 'must be a whole number'),
        v.transform(Number),
        v.minValue(1),
        v.maxValue(limits.recordsListed),
      ),
    ),
  })

  app.get(
    '/api/v1/records',
    {
      schema: {
        querystring: query,
        response: { 200: recordsSchema, 400: problemSchema },
        summary: 'Signed records, in the order of their CIDs',
        tags: ['records'],
      },
    },
    async ({ query: { kind, after, limit = limits.recordsListed } }) => {
      const listed = records.list({
        ...(kind === undefined ? {} : { kind }),
        ...(after === undefined ? {} : { after }),
        limit: limit + 1,
      })
      const page = []
      let bytes = 0
      for (const stored of listed.slice(0, limit)) {
        bytes += stored.record.bytes.length
        if (page.length > 0 && bytes > limits.recordsListedBytes) break
        page.push(recordView(stored))
      }
      return { records: page, next: listed.length > page.length ? (page.at(-1)?.cid ?? null) : null }
    },
  )

  app.get(
    '/api/v1/records/:cid',
    {
      schema: {
        params: v.object({ cid: recordCid }),
        response: { 200: recordSchema, 404: problemSchema },
        summary: 'One signed record',
        tags: ['records'],
      },
    },
    async ({ params: { cid } }) => {
      const stored = records.get(cid)
      if (stored === undefined) throw new HttpProblem('not-found', 'this node knows no such record')
      return recordView(stored)
    },
  )

  app.post(
    '/api/v1/records',
    {
      bodyLimit: limits.recordBodyBytes,
      schema: {
        consumes: [RECORD_TYPE],
        body: v.instance(Uint8Array, `must be a sealed record, as ${RECORD_TYPE}`),
        response: { 200: recordTakenSchema, 201: recordTakenSchema, 422: problemSchema },
        summary: 'Hand in a signed record: the signature is the login',
        tags: ['records'],
      },
    },
    async ({ body }, reply) => {
      const { record, created } = await door.submit(body)
      reply.code(created ? 201 : 200)
      if (created) reply.header('location', `/api/v1/records/${record.cid}`)
      return { cid: record.cid, created }
    },
  )
}
