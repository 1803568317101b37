import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import type { MeshHealthView } from '../../node/http/contracts/tech.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { eventually } from '../venue/support/eventually.ts'
import { Command } from './support/command.ts'
import { LoopbackNode, onLoopback, startLastingNode } from './support/node.ts'
import { pageLimitMs, technicianAt, technicianSettings } from './support/technicians.ts'

/** What systemd is to a node: it says who it is, and starts it anew when it ends with a code of its own. */
const service = `
import { spawn } from 'node:child_process'
const start = () => {
  console.log('the service starts it')
  const node = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit', env: { ...process.env, INVOCATION_ID: 'test' } })
  process.once('SIGTERM', () => node.kill('SIGKILL'))
  node.once('exit', (code) => (code === 75 ? start() : process.exit(code ?? 1)))
}
start()
`

describe('what a technician orders on the page', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mesh-art-orders-'))
  const started: Command[] = []
  let browser: Browser
  let page: Page
  let settings = ''
  let first: LoopbackNode
  let second: LoopbackNode

  const said = (text: string): Promise<void> =>
    eventually(
      text,
      async () => expect(await page.locator('order-panel .said').innerText()).toContain(text),
      pageLimitMs,
    )
  const health = (node: LoopbackNode): Promise<MeshHealthView> => node.json('/api/v1/mesh/health')

  beforeAll(async () => {
    await buildUi()
    browser = await openBrowser()
    settings = await technicianSettings(dir)
    writeFileSync(join(dir, 'service.mjs'), service)
    first = await startLastingNode(['--data-dir', join(dir, 'first'), '--config', settings])
    started.push(first.command)
    page = await technicianAt(browser, first.url)
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    for (const command of started) await command.kill('SIGTERM')
    rmSync(dir, { recursive: true, force: true })
  }, 60_000)

  it('closes the door, sees who waits at it, and lets that one in', async () => {
    await page.getByRole('button', { name: 'Close the door to new nodes' }).click()
    await said('lets no new node in')
    const args = [...onLoopback, '--data-dir', join(dir, 'second'), '--config', settings]
    // Under a stand-in for the service, which the next test has use for.
    const command = new Command(['node', ...args, '--name', 'zolder', '--join', first.invite], {
      by: [process.execPath, join(dir, 'service.mjs')],
    })
    started.push(command)
    second = new LoopbackNode(command)
    // The page was open before it knocked.
    await page.getByRole('button', { name: 'Let in: zolder' }).click()
    await said('let in: zolder')
    await command.untilSaid('In the mesh as')
    await page.getByText('2 of 2 nodes heard').waitFor()
    await page.getByRole('button', { name: 'Let in: zolder' }).waitFor({ state: 'detached' })
  }, 400_000)

  it('restarts a node through the mesh: the service starts it anew, and it is in the mesh again', async () => {
    const before = await health(second)
    await eventually(
      'it has told how it is',
      async () => {
        const { nodes } = await health(first)
        expect(nodes.find(({ id }) => id === before.self)?.health).toBeDefined()
      },
      pageLimitMs,
    )
    await page.getByLabel('Which node').selectOption({ label: 'zolder' })
    await page.getByRole('button', { name: 'Restart the service' }).click()
    // Once is no order yet.
    await page.getByRole('button', { name: 'Press again' }).click()
    await said('restarts now')
    const starts = (): number => second.command.said.split('the service starts it').length - 1
    await eventually(
      'the service has started it anew',
      async () => {
        expect(starts()).toBe(2)
        const urls = [...second.command.said.matchAll(/http:\/\/127\.0\.0\.1:\d+/g)].map(([url]) => url)
        const answer = await fetch(`${urls.at(-1)}/api/v1/mesh/health`)
        const { run, self, heard } = (await answer.json()) as MeshHealthView
        expect(run).not.toBe(before.run)
        expect(self).toBe(before.self)
        expect(heard).toEqual({ nodes: 2, of: 2 })
      },
      pageLimitMs,
    )
    await page.locator('event-list').getByText('Restart the service').first().waitFor()
    await page.getByText('2 of 2 nodes heard').waitFor()
  }, 400_000)

  it('is told that a node may not restart where no service would start it again', async () => {
    await page.getByLabel('Which node').selectOption({ index: 0 })
    await page.getByRole('button', { name: 'Restart the service' }).click()
    await page.getByRole('button', { name: 'Press again' }).click()
    await said('no service would start it again')
    expect(first.command.hasEnded).toBe(false)
  }, 200_000)

  it('asks every node that is heard at once, and is told which did not do it', async () => {
    await page.getByLabel('Which node').selectOption({ label: 'Every node that is heard' })
    await page.getByRole('button', { name: 'Verify every byte' }).click()
    await said('2 of 2 nodes did it')
    await page.getByRole('button', { name: 'Set the clock' }).click()
    await said('0 of 2 nodes did it')
    await said('zolder: not done: this program may not set the clock of this machine')
  }, 200_000)
})
