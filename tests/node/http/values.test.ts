import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHttpApp } from '../../../node/http/app.ts'
import { createHttpContext } from '../../../node/http/context.ts'
import type { ValueCheck, ValueCheckId, ValuesView } from '../../../node/http/contracts/values.ts'
import type { HttpDependencies } from '../../../node/http/dependencies.ts'
import { httpLimits } from '../../../node/http/limits.ts'
import { valuesSchema } from '../../../node/http/routes/values.ts'
import type { HttpApp } from '../../../node/http/valibot-provider.ts'
import { otherOrigins } from '../../../node/http/values/check-pages.ts'
import { MemoryRecordStore } from '../../../node/store/memory-record-store.ts'
import { temporaryDirectory } from '../store/temporary-directory.ts'
import { dids, exhibition, seal } from './exhibition-fixture.ts'
import type { Exhibition } from './exhibition-fixture.ts'

interface World {
  readonly show: Exhibition
  readonly dirs: { readonly ui: string; readonly source: string; readonly data: string }
  readonly deps: HttpDependencies
}

async function world(): Promise<World> {
  const [ui, source, data] = [
    await temporaryDirectory(),
    await temporaryDirectory(),
    await temporaryDirectory(),
  ]
  await mkdir(join(ui, 'assets'))
  for (const name of ['index', 'studio', 'curate'])
    await writeFile(
      join(ui, `${name}.html`),
      '<!doctype html><html lang="nl"><script src="/assets/a.js"></script>',
    )
  await writeFile(join(ui, 'assets', 'a.css'), '@font-face { src: url(/assets/a.woff2) }')
  await mkdir(join(source, 'node'))
  await writeFile(join(source, 'node', 'main.ts'), 'run()')
  await writeFile(join(source, 'LICENSE'), 'EUROPEAN UNION PUBLIC LICENCE v. 1.2')
  await writeFile(join(data, 'records.sqlite'), 'records of 127.0.0.12 and 1127.0.0.1')
  const show = await exhibition({ quorum: 1, uiDir: ui, sourceDir: source })
  await show.publish('golf', { 'index.html': 'golf' })
  await show.accept(await seal('curator', { kind: 'admission', target: { artist: dids.artist } }))
  return {
    show,
    dirs: { ui, source, data },
    deps: { ...show.deps, written: { dir: data, log: () => show.log().split('\n') } },
  }
}

async function started({ deps }: World, prepare?: (app: HttpApp) => void): Promise<HttpApp> {
  const context = createHttpContext(deps, httpLimits)
  const app = await createHttpApp(context)
  prepare?.(app)
  await app.ready()
  onTestFinished(() => app.close())
  return app
}

async function checks(app: HttpApp): Promise<Record<ValueCheckId, ValueCheck>> {
  const answer = await app.inject({ url: '/api/v1/values' })
  const view: ValuesView = answer.json()
  v.parse(valuesSchema, view)
  return Object.fromEntries(view.checks.map((check) => [check.id, check])) as Record<ValueCheckId, ValueCheck>
}

const bad = (found: Record<ValueCheckId, ValueCheck>): string[] =>
  Object.values(found).flatMap(({ state, id }) => (state === 'good' ? [] : [id]))

describe('a node that checks itself', () => {
  test('finds nothing wrong where nothing is, and says how much it looked at', async () => {
    const found = await checks(await started(await world()))
    expect(bad(found)).toEqual([])
    expect(found).toMatchObject({
      ...{
        signatures: { looked: 1, of: 1 },
        decisions: { looked: 1 },
        source: { looked: 2 },
        addresses: { looked: 1 },
      },
      origins: { looked: 4 },
    })
    expect(found.cookies.looked).toBeGreaterThan(10)
  })

  test('runs at most every half minute, whoever asks', async () => {
    const made = await world()
    const app = await started(made)
    await checks(app)
    await writeFile(join(made.dirs.data, 'visitors.log'), 'seen 127.0.0.1 today')
    expect(bad(await checks(app))).toEqual([])
    made.show.nowMs += httpLimits.valuesIntervalMs + 1
    expect(bad(await checks(app))).toEqual(['addresses'])
  })

  test('finds an address of a visitor on the disk and in the log, and does not repeat it', async () => {
    const made = await world()
    await writeFile(join(made.dirs.data, 'visitors.log'), `${'x'.repeat(262_140)} 127.0.0.1 `)
    made.show.deps.logger.info({ from: '127.0.0.1' }, 'a visitor')
    const found = await checks(await started(made))
    expect(found.addresses).toMatchObject({
      state: 'bad',
      found: ['the log has the address of a visitor', 'visitors.log has the address of a visitor'],
    })
    expect(JSON.stringify(found)).not.toContain('127.0.0.1')
  })

  test('finds a cookie on any answer to a visitor, and leaves the technicians’ own alone', async () => {
    const setting = (url: string) => (app: HttpApp) =>
      void app.get(url, async (_request, reply) => reply.header('set-cookie', 'a=1').send('x'))
    for (const [url, wrong] of [
      ['/track', ['cookies']],
      ['/api/v1/admin/x', []],
    ] as const) {
      const app = await started(await world(), setting(url))
      await app.inject({ url })
      expect(bad(await checks(app))).toEqual(wrong)
    }
  })

  test('finds another origin in a page', async () => {
    const made = await world()
    await writeFile(join(made.dirs.ui, 'assets', 'b.css'), '@import "https://fonts.example/a.css"')
    expect((await checks(await started(made))).origins).toMatchObject({
      state: 'bad',
      found: ['assets/b.css loads https://fonts.example/a.css'],
    })
  })

  test('finds that the source given away is not the program that runs', async () => {
    const made = await world()
    const app = await started(made)
    await app.inject({ url: '/api/v1/values' })
    await writeFile(join(made.dirs.source, 'node', 'main.ts'), 'spy()')
    made.show.nowMs += httpLimits.valuesIntervalMs + 1
    expect((await checks(app)).source).toMatchObject({
      state: 'bad',
      found: ['node/main.ts is not what it was when this node started'],
    })
  })

  test('finds a work without its signature, or without the decision that shows it', async () => {
    const made = await world()
    const records = new MemoryRecordStore()
    const app = await started({ ...made, deps: { ...made.deps, records } })
    const found = await checks(app)
    expect(bad(found)).toEqual(['signatures', 'decisions'])
    expect(found.decisions.found[0]).toContain('golf is shown without the decisions')
  })

  test('finds files of a work that was withdrawn', async () => {
    const made = await world()
    await made.show.accept(await seal('artist', { kind: 'withdrawal', slug: 'golf' }))
    // Nothing lets go of content here: this is a node that failed to.
    expect(bad(await checks(await started(made)))).toEqual(['withdrawn'])
  })

  test('does not know what it cannot look at', async () => {
    const made = await world()
    const { written: _none, ...deps } = made.deps
    const found = await checks(await started({ ...made, deps: { ...deps, uiDir: '/nowhere' } }))
    expect([found.addresses.state, found.origins.state]).toEqual(['unknown', 'unknown'])
  })
})

test.each([
  ['<img alt="" src="https://a.example/x.png">', 1],
  ["<link rel=stylesheet href='//a.example/x.css'>", 1],
  ['<a href="https://a.example/">a link loads nothing</a>', 0],
  ['<script src="/assets/x.js"></script>', 0],
  ['<meta http-equiv="refresh" content="0; url=https://a.example/">', 1],
  ['b { background: url("http://a.example/x") }', 1],
  ['b { background: url(data:image/png;base64,x) }', 0],
])('%s loads %i things from elsewhere', (text, count) => {
  expect(otherOrigins(text)).toHaveLength(count)
})
