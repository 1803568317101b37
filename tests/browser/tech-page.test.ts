import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import { PASSPHRASE } from '../node/technician/passphrase.ts'
import { openBrowser } from './open-browser.ts'
import { simulatedMesh } from './simulated-mesh.ts'

const dist = fileURLToPath(new URL('../../exhibit-ui/dist', import.meta.url))
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let page: Page
let mesh: Awaited<ReturnType<typeof simulatedMesh>>
const wrongs: string[] = []

beforeAll(async () => {
  await buildUi()
  browser = await openBrowser()
}, 120_000)
afterAll(() => browser.close())
afterEach(async () => {
  await page?.close()
  await mesh?.close()
  // A refused login is an answer, which the browser's console lists all the same.
  const found = wrongs.splice(0).filter((line) => !/401|ERR_INTERNET_DISCONNECTED/.test(line))
  if (found.length > 0) throw new Error(found.join('\n'))
})

async function open(
  size: { nodes: number; works: number },
  options: { width?: number; colorScheme?: 'light' | 'dark'; language?: 'nl' | 'en' } = {},
): Promise<void> {
  const { width = 1280, colorScheme = 'light', language = 'nl' } = options
  mesh = await simulatedMesh(size, dist)
  page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' })
  page.on('pageerror', ({ message }) => wrongs.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(message.text())
  })
  await page.goto(`${mesh.url}/${language}/tech`)
  await page.locator('h1.well, h1.problem').waitFor()
}

/** Axe finds nothing, and nothing is wider than the screen. */
async function expectReadable(): Promise<void> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(async (): Promise<AxeResults> => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
    return axe.run({ resultTypes: ['violations'] })
  })
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([])
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(beyond).toBeLessThanOrEqual(0)
}

/** A card that is full and a work that does not fit on it, and a node that is lost. */
function breakThings(): void {
  const sick = (): void => mesh.hear(1, { full: 1, lacks: [[2, 1, 0, 0]] }, (at) => (at === 2 ? 0 : 1))
  for (let second = 0; second < 60; second += 1) {
    mesh.show.nowMs += 1000
    for (const [index] of mesh.ids.entries()) if (index !== 1 && index !== 6) mesh.hear(index)
    sick()
    mesh.watch.tick()
  }
}

describe('the technicians’ page', () => {
  it('says first that all is well, and then, live, what is not, where, and what to do', async () => {
    await open({ nodes: 8, works: 12 })
    await page.getByRole('heading', { name: 'Alles is goed' }).waitFor()
    await page.getByText('8 van 8 knooppunten te horen').waitFor()
    breakThings()
    await page.getByRole('heading', { name: '2 problemen' }).waitFor()
    await page.getByText('Ruim op met de knop ‘Opruimen’.').first().waitFor()
    await page.getByText('Dit is alleen het deel van het netwerk dat dit knooppunt hoort.').waitFor()
    await page.getByText('Waar iets ontbreekt').waitFor()
    await page.getByText('kaart vol', { exact: false }).first().waitFor()
    for (let second = 0; second < 70; second += 1) {
      mesh.show.nowMs += 1000
      mesh.hearAll()
      mesh.watch.tick()
    }
    await page.getByRole('heading', { name: 'Alles is goed' }).waitFor()
  }, 120_000)

  it('says what this node finds when it checks itself against the public values and fails', async () => {
    // The simulated mesh has no source to give away.
    await open({ nodes: 2, works: 1 }, { width: 360 })
    const failing = page.locator('values-check .failing')
    await failing.getByText('De software is vrij, en van iedereen.').first().waitFor()
    expect(await failing.innerText()).toContain('there is no source to give away')
    expect(await failing.getByRole('link', { name: 'Publieke waarden' }).getAttribute('href')).toBe(
      '/nl/values',
    )
  }, 120_000)

  it('can be read as tables: links, nodes, and works', async () => {
    await open({ nodes: 8, works: 12 }, { language: 'en' })
    await page.getByText('Links as a table').click()
    expect(await page.locator('mesh-map tbody tr').count()).toBeGreaterThan(8)
    await page.getByText('All works as a table').click()
    expect(await page.locator('work-matrix details tbody tr').count()).toBe(12)
    expect(await page.getByRole('img', { name: /12 works on 8 nodes/ }).count()).toBe(1)
    await page.getByRole('button', { name: 'More: zolder' }).click()
    await page.locator('node-list dl').getByText('Damaged chunks').waitFor()
  }, 120_000)

  it('goes on without a gap after the node was away', async () => {
    await open({ nodes: 4, works: 3 })
    await page.context().setOffline(true)
    mesh.watch.note({ kind: 'action', what: 'gc', node: mesh.ids[0] ?? '', done: true, detail: 'while away' })
    await page.context().setOffline(false)
    await page.getByText('while away').waitFor()
    expect(await page.getByText('while away').count()).toBe(1)
  }, 120_000)

  it('orders nothing before one is logged in, and then does', async () => {
    await open({ nodes: 4, works: 3 })
    expect(await page.getByRole('button', { name: 'Opruimen' }).count()).toBe(0)
    await page.getByLabel('Wachtzin van de technici').fill('mis')
    await page.getByRole('button', { name: 'Inloggen' }).click()
    await page.getByText('Dat is niet de wachtzin.').waitFor()
    mesh.pass(2_000)
    await page.getByLabel('Wachtzin van de technici').fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Inloggen' }).click()
    await page.getByRole('button', { name: 'Opruimen' }).click()
    await page.locator('order-panel .said').getByText('delen opgeruimd').waitFor()
    await page.locator('event-list').getByText('Opruimen').waitFor()
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await page.getByRole('button', { name: 'Uitloggen' }).click()
    await page.getByLabel('Wachtzin van de technici').waitFor()
  }, 120_000)

  for (const language of ['nl', 'en'] as const) {
    for (const [width, colorScheme] of [
      [320, 'light'],
      [360, 'dark'],
      [1280, 'dark'],
      [1920, 'light'],
    ] as const) {
      it(`has no violation axe can find, and fits: ${language}, ${width} px, ${colorScheme}`, async () => {
        await open({ nodes: 8, works: 12 }, { width, colorScheme, language })
        breakThings()
        await page.locator('h1.problem').waitFor()
        for (const summary of await page.locator('summary').all()) await summary.click()
        await expectReadable()
      }, 120_000)
    }
  }

  it('has no violation axe can find when one is logged in, with who waits at the door and a node opened', async () => {
    await open({ nodes: 8, works: 12 }, { width: 360, language: 'en' })
    mesh.show.mesh.addWaiting('did:key:zWaits', 'Zolder achter', mesh.show.nowMs)
    await page.getByLabel("Technicians' passphrase").fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await page.getByRole('button', { name: 'Let in: Zolder achter' }).waitFor()
    await page.getByRole('button', { name: 'More: zolder' }).click()
    await expectReadable()
  }, 120_000)

  it('has a matrix that the arrow keys go through, cell by cell, told as text', async () => {
    await open({ nodes: 8, works: 12 }, { language: 'en' })
    breakThings()
    await page.locator('h1.problem').waitFor()
    const told = page.locator('work-matrix .picked')
    await page.getByRole('group', { name: /arrow keys/ }).focus()
    await page.keyboard.press('ArrowDown')
    await told.getByText('Work werk-0 on Kelder: whole').waitFor()
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowDown')
    await told.getByText('Work werk-0 on tuin: unreachable').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowUp')
    await told.getByText(/ on trap: whole$/).waitFor()
  }, 120_000)

  it('keeps every node in its place when a link goes, and shows that it was there', async () => {
    await open({ nodes: 4, works: 3 }, { language: 'en' })
    const places = (): Promise<string[]> =>
      page
        .locator('mesh-map svg[role=img] circle')
        .evaluateAll((circles) =>
          circles.map((circle) => `${circle.getAttribute('cx')} ${circle.getAttribute('cy')}`),
        )
    await page.locator('mesh-map svg[role=img] circle').first().waitFor()
    const before = await places()
    expect(await page.locator('mesh-map line.gone').count()).toBe(0)
    for (let second = 0; second < 60; second += 1) {
      mesh.show.nowMs += 1000
      for (const index of [0, 1]) mesh.hear(index)
      mesh.watch.tick()
    }
    await page.locator('mesh-map svg[role=img] line.gone').first().waitFor({ state: 'attached' })
    await page.locator('mesh-map .legend').getByText('gone').waitFor()
    expect(await places()).toEqual(before)
  }, 120_000)

  it('says that nobody answers, and not that all is well, when the node does not', async () => {
    await open({ nodes: 3, works: 0 }, { language: 'en' })
    await page.getByText('The exhibition shows no works yet.').first().waitFor()
    await page.context().setOffline(true)
    await page.getByRole('heading', { name: 'No answer' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'All is well' }).waitFor()
  }, 120_000)

  it('shows fifty nodes and five hundred works, and stays as small through an hour of events', async () => {
    await open({ nodes: 50, works: 500 })
    await page.getByText('50 van 50 knooppunten te horen').waitFor()
    const elements = (): Promise<number> =>
      page.evaluate(() => {
        const count = (root: ParentNode): number =>
          [...root.querySelectorAll('*')].reduce(
            (n, e) => n + 1 + (e.shadowRoot ? count(e.shadowRoot) : 0),
            0,
          )
        return count(document)
      })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    const heap = async (): Promise<number> => {
      await devtools.send('HeapProfiler.collectGarbage')
      const { metrics } = await devtools.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
    }
    const hour = async (minutes: number): Promise<void> => {
      for (let minute = 0; minute < minutes; minute += 1) {
        for (let status = 0; status < 12; status += 1) {
          mesh.show.nowMs += 5_000
          mesh.hearAll()
          if (minute % 3 === 0) mesh.hear(7, { full: status % 12 < 6 ? 1 : 0 })
          mesh.watch.tick()
        }
      }
    }
    await hour(20)
    await page.locator('event-list').getByText('Kaart vol').first().waitFor()
    const before = await elements()
    const heapBefore = await heap()
    await hour(40)
    expect(mesh.watch.timeline.since(0).length).toBeLessThanOrEqual(250)
    await page.waitForResponse((response) => response.url().includes('/mesh/health'))
    await page.waitForResponse((response) => response.url().includes('/mesh/health'))
    expect(await elements()).toBeLessThan(before * 1.5)
    expect(await heap()).toBeLessThan(heapBefore * 1.5)
    expect(
      await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width * canvas.height),
    ).toBeLessThan(4_000_000)
  }, 240_000)
})
