import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import { decisionsSchema, logKinds } from '../curate-schemas.ts'
import { problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { logEntry } from '../views/log-view.ts'

/** The open log: every decision about the exhibition is a signed record, and here they are to be read. */
export function addDecisionsRoute(app: HttpApp, { deps, limits, names }: HttpContext): void {
  const { catalogue, records } = deps
  const querystring = v.object({
    kind: v.optional(v.picklist(logKinds, `must be one of ${logKinds.join(', ')}`)),
    before: v.optional(
      v.pipe(v.string(), v.regex(/^\d{1,12}$/, 'must be a whole number'), v.transform(Number)),
    ),
  })

  app.get(
    '/api/v1/decisions',
    {
      schema: {
        querystring,
        response: { 200: decisionsSchema, 400: problemSchema },
        summary:
          'Admissions, declines, removals, withdrawals, exhibition records and grants, the last heard first',
        tags: ['curators'],
      },
    },
    async ({ query: { kind, before } }) => {
      const heard = records.heard({
        kinds: kind === undefined ? logKinds : [kind],
        ...(before === undefined ? {} : { before }),
        limit: limits.decisionsListed + 1,
      })
      const page = heard.slice(0, limits.decisionsListed)
      return {
        entries: page.flatMap((one) => logEntry(one, { catalogue, records, names }) ?? []),
        next: heard.length > page.length ? (page.at(-1)?.at ?? null) : null,
      }
    },
  )
}
