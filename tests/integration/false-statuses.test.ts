import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import type { MeshHealthView } from '../../node/http/contracts/tech.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { eventually } from '../venue/support/eventually.ts'
import { startLastingNode } from './support/node.ts'
import type { LoopbackNode } from './support/node.ts'
import { FalseTeller } from './support/false-teller.ts'
import { pageLimitMs } from './support/technicians.ts'

/** A member of the mesh gossips, over libp2p, what it should not: what was recorded of others, of strangers, and made up. */
describe('statuses that are not to be believed', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mesh-art-false-'))
  let browser: Browser
  let node: LoopbackNode
  let teller: FalseTeller

  const dropped = async (): Promise<Record<string, number>> => {
    const text = await (await fetch(`${node.url}/metrics`)).text()
    const found = text.matchAll(/^mesh_art_statuses_dropped_total\{reason="(\w+)"\} (\d+)$/gm)
    return Object.fromEntries([...found].map(([, reason = '', count]) => [reason, Number(count)]))
  }
  const until = (expected: Record<string, number>): Promise<void> =>
    eventually(
      JSON.stringify(expected),
      async () => {
        expect(await dropped()).toEqual(expected)
      },
      pageLimitMs,
    )
  /** What the node believes of the one whose statuses these are. */
  const believed = async (): Promise<string | undefined> => {
    const { nodes } = await node.json<MeshHealthView>('/api/v1/mesh/health')
    return nodes.find(({ id }) => id === teller.other.did)?.version
  }
  const untilBelieved = (version: string): Promise<void> =>
    eventually(version, async () => expect(await believed()).toBe(version), pageLimitMs)

  beforeAll(async () => {
    await buildUi()
    browser = await openBrowser()
    node = await startLastingNode(['--data-dir', dir])
    teller = await FalseTeller.at(node)
  }, 300_000)

  afterAll(async () => {
    await teller?.stop()
    await browser?.close()
    await node?.command.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  }, 60_000)

  it('are dropped and counted, by reason, in the metrics and on the page, and change nothing', async () => {
    expect(await dropped()).toEqual({ forged: 0, stale: 0, stranger: 0 })
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.setDefaultTimeout(pageLimitMs)
    await page.goto(`${node.url}/en/tech`)
    await page
      .getByRole('button', { name: /^More: / })
      .first()
      .click()
    const count = page
      .locator('node-list dl > div')
      .filter({ hasText: 'Statuses not believed' })
      .locator('dd')
    const untilCounted = (text: string): Promise<void> =>
      eventually(`${text} counted`, async () => expect(await count.innerText()).toBe(text), pageLimitMs)
    await untilCounted('0')

    // What is true is taken, whoever passes it on.
    await teller.tell({ boot: 1, n: 20, version: 'first run' })
    await untilBelieved('first run')
    // What it said before, kept by somebody and played again.
    await teller.tell({ boot: 1, n: 3, version: 'long ago' })
    await until({ forged: 0, stale: 1, stranger: 0 })
    await teller.tell({ boot: 2, n: 1, version: 'second run' })
    await untilBelieved('second run')
    // Of a run that is over, although its number is higher than any before.
    await teller.tell({ boot: 1, n: 30, version: 'the run before' })
    await until({ forged: 0, stale: 2, stranger: 0 })
    await teller.tellOfStranger()
    await until({ forged: 0, stale: 2, stranger: 1 })
    expect(await believed()).toBe('second run')
    await untilCounted('3')

    // Under another's name, with a seal that is not its own: who passes that on is cut off.
    await teller.forge({ boot: 2, n: 2, version: 'made up' })
    await until({ forged: 1, stale: 2, stranger: 1 })
    await eventually('it is cut off', () => expect(teller.isConnected).toBe(false), pageLimitMs)
    expect(await believed()).toBe('second run')
    await untilCounted('4')
    await page.locator('alert-list').getByText('Forged or stale status').waitFor()
    await page.locator('event-list').getByText('sent nonsense').waitFor()
  }, 600_000)
})
