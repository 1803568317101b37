import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import type { ValueCheck, ValuesView } from '../contracts/values.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { checkAddresses } from '../values/check-addresses.ts'
import { AnswerWatch, pagePolicies, sameForAll } from '../values/check-answers.ts'
import { ExhibitionCheck } from '../values/check-exhibition.ts'
import { checkPages } from '../values/check-pages.ts'
import { SourceWatch } from '../values/check-source.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
export const valuesSchema = v.strictObject({
  checks: v.array(
    v.strictObject({
      id: v.picklist([
        ...(['cookies', 'origins', 'addresses', 'source', 'licence', 'signatures'] as const),
        ...(['decisions', 'withdrawn', 'same-for-all'] as const),
      ]),
      state: v.picklist(['good', 'bad', 'unknown']),
      looked: count,
      of: v.exactOptional(count),
      found: v.pipe(v.array(v.string()), v.maxLength(10)),
    }),
  ),
  ageSeconds: count,
}) satisfies v.GenericSchema<unknown, ValuesView>

/** Each check, run on this node when somebody asks. The first that asks pays; the others read what was found. */
export function addValuesRoute(app: HttpApp, { deps, limits }: HttpContext): void {
  const answers = new AnswerWatch()
  const source = new SourceWatch(deps.sourceDir)
  const exhibition = new ExhibitionCheck(deps)
  let last: { checks: Promise<ValueCheck[]>; atMs: number } | undefined
  answers.watch(app)
  app.addHook('onReady', async () => source.start())

  app.get(
    '/api/v1/values',
    {
      schema: {
        response: { 200: valuesSchema },
        summary: 'What this node finds when it checks itself against the public values',
        tags: ['health'],
      },
    },
    async ({ ip }): Promise<ValuesView> => {
      const nowMs = deps.steadyNowMs()
      if (last === undefined || nowMs - last.atMs > limits.valuesIntervalMs)
        last = { checks: run(ip), atMs: nowMs }
      const { checks, atMs } = last
      return { checks: await checks, ageSeconds: Math.floor(Math.max(0, nowMs - atMs) / 1000) }
    },
  )

  async function run(address: string): Promise<ValueCheck[]> {
    const checks: ValueCheck[] = []
    // One after the other: a small node has visitors to serve meanwhile.
    for (const check of [
      () => answers.cookies(app),
      async () => checkPages(deps.uiDir, await pagePolicies(app)),
      () => checkAddresses(deps.written, address),
      () => source.check(),
      () => source.licence(),
      () => exhibition.signatures(),
      async () => exhibition.decisions(),
      async () => exhibition.withdrawn(),
      () => sameForAll(app),
    ]) {
      checks.push(await check())
    }
    return checks
  }
}
