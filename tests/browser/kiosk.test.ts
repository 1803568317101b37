import type { Browser, BrowserContext, Page } from 'playwright-core'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildUi, distDirectory } from '../../exhibit-ui/build.ts'
import { createHttpServer } from '../../node/http/server.ts'
import { knot } from '../exhibit-ui/fixture-model.ts'
import { booklet } from '../exhibit-ui/fixture-pdf.ts'
import { exhibition, serverOf } from '../node/http/exhibition-fixture.ts'
import { mixedExhibition } from '../node/http/lite/lite-fixture.ts'
import { openBrowser } from './open-browser.ts'

const WARM_ROTATIONS = 60
const ROTATIONS = 240
const READS_WARM = 4
const READS = 12
const GROWTH_BYTES = 3 * 1024 * 1024
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let context: BrowserContext
let page: Page
let wrongs: string[]

beforeAll(async () => {
  await buildUi()
  browser = await openBrowser({ args: ['--js-flags=--expose-gc'] })
}, 120_000)
afterAll(() => browser.close())
afterEach(async () => {
  await context.close()
  if (wrongs.length > 0) throw new Error(wrongs.join('\n'))
})

async function startNode() {
  const made = await mixedExhibition()
  const deps = { ...made.deps, uiDir: distDirectory }
  return { deps, ...(await serverOf({ ...made, deps })) }
}

async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    reducedMotion: 'reduce',
    ...options,
  })
  page = await context.newPage()
  wrongs = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) wrongs.push(message.text())
  })
  page.on('pageerror', (error) => wrongs.push(String(error)))
  await page.goto(url)
  await page.locator('kiosk-label h1').waitFor()
}

const title = (): Promise<string> => page.locator('kiosk-label h1').innerText()

async function next(): Promise<void> {
  const before = await title()
  await page.keyboard.press('ArrowRight')
  await expect.poll(title).not.toBe(before)
}

async function heap(): Promise<{ bytes: number; nodes: number }> {
  const session = await context.newCDPSession(page)
  // Pictures that were on their way when their work made way hold on to their elements until they have come.
  for (let round = 0; round < 4; round += 1) {
    await page.waitForTimeout(400)
    await session.send('HeapProfiler.collectGarbage')
  }
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0
  await session.detach()
  return { bytes: of('JSHeapUsedSize'), nodes: of('Nodes') }
}

describe('the screen in a venue', () => {
  it('shows works in turn by itself, in both languages, each with a way to it', async () => {
    const { url } = await startNode()
    await open(`${url}/nl/kiosk?works=beeld,film,kaal&seconds=5&alternate=1&address=http://kunst.lan`)
    expect(await title()).toBe('Werk beeld')
    await page.locator('kiosk-stage img').first().waitFor()
    await expect.poll(title, { timeout: 30_000 }).toBe('Work film')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await expect.poll(title, { timeout: 30_000 }).toBe('Werk kaal')
    await page.locator('kiosk-label svg.qr path').waitFor()
  })

  it('lets a visitor start an interactive work, and takes it down when nobody is there', async () => {
    const { url } = await startNode()
    await open(`${url}/nl/kiosk?works=spel,beeld&seconds=3600&idle=10`)
    expect(await page.locator('iframe').count()).toBe(0)
    await page.getByRole('button', { name: 'Raak aan om te beginnen' }).click()
    await page.frameLocator('iframe').locator('p').click()
    expect(await title()).toBe('Werk spel')
    await page.getByRole('button', { name: 'Opnieuw' }).click()
    await page.frameLocator('iframe').locator('p').waitFor()
    await expect.poll(title, { timeout: 40_000 }).toBe('Werk beeld')
    expect(await page.locator('iframe').count()).toBe(0)
  })

  it("shows texts, models and publications in the gallery's own viewers, for as long as somebody is there", async () => {
    const made = await exhibition({ uiDir: distDirectory })
    const text = '# Brief\n\n[bijlage](b.md)\n\n' + 'Een zin. '.repeat(2000)
    await made.publish(
      'tekst',
      { 'a.md': text, 'b.md': 'Bijlage' },
      { manifest: { medium: 'text', entry: 'a.md' } },
    )
    await made.publish('ruimte', { 'a.glb': knot() }, { manifest: { medium: 'model', entry: 'a.glb' } })
    await made.publish('boek', { 'a.pdf': booklet() }, { manifest: { medium: 'pdf', entry: 'a.pdf' } })
    const { url } = await serverOf(made)
    await open(`${url}/nl/kiosk?works=tekst,ruimte,boek&seconds=3600&idle=3600`)
    // A text is there to be read, and leads nowhere else.
    await page.locator('kiosk-stage text-viewer h2').waitFor()
    const here = page.url()
    await page.locator('kiosk-stage text-viewer a').click()
    expect(page.url()).toBe(here)
    await page.getByRole('button', { name: 'Klaar' }).click()
    await next()

    expect(await page.locator('model-viewer').count()).toBe(0)
    await page.getByRole('button', { name: 'Raak aan om te draaien' }).click()
    await page.locator('kiosk-stage model-viewer').waitFor()
    await page.getByRole('button', { name: 'Klaar' }).click()
    await expect.poll(() => page.locator('model-viewer').count()).toBe(0)
    await next()

    const leaf = { click: () => page.getByRole('button', { name: 'Raak aan om te bladeren' }).click() }
    const words = (): Promise<string | null> => page.locator('pdf-viewer .words').textContent()
    const read = async (): Promise<void> => {
      await leaf.click()
      await page.locator('pdf-viewer .desk[aria-busy=false]').waitFor({ timeout: 60_000 })
      await expect.poll(words).toContain('Peil')
    }
    await read()
    // The arrow turns its page, and does not take it away.
    await page.locator('pdf-viewer .desk').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(words).toContain('sluis')
    expect(await title()).toBe('Werk boek')
    const close = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Klaar' }).click()
      await expect.poll(() => page.locator('pdf-viewer').count()).toBe(0)
    }
    await close()
    for (let i = 0; i < READS_WARM; i += 1) await read().then(close)
    const before = await heap()
    for (let i = 0; i < READS; i += 1) await read().then(close)
    const after = await heap()
    expect(after.bytes - before.bytes).toBeLessThan(GROWTH_BYTES)
    expect(after.nodes - before.nodes).toBeLessThan(400)
    // Nobody touches it any more: it makes way.
    await context.close()
    await open(`${url}/nl/kiosk?works=boek,tekst&seconds=3600&idle=10`)
    await leaf.click()
    await expect.poll(title, { timeout: 60_000 }).toBe('Werk tekst')
    expect(await page.locator('pdf-viewer').count()).toBe(0)
  }, 240_000)

  it('goes on without the node, says so, and hears it again', async () => {
    const { url, server, deps, port } = await startNode()
    await open(`${url}/nl/kiosk?works=beeld,boek,kaal&seconds=3600`)
    await next()
    await next()
    await next()
    await server.stop()
    await page.getByText('Het knooppunt antwoordt nu niet').waitFor({ timeout: 30_000 })
    await next()
    await next()
    const back = createHttpServer({ ...deps, listen: { host: '127.0.0.1', port } })
    await back.start()
    onTestFinished(() => back.stop())
    await page.getByText('Dit kastje is nu alleen').waitFor({ timeout: 60_000 })
  })

  it('does not grow, however many works have hung', async () => {
    const { url } = await startNode()
    await open(`${url}/nl/kiosk?seconds=3600`)
    for (let i = 0; i < WARM_ROTATIONS; i += 1) await next()
    const before = await heap()
    for (let i = 0; i < ROTATIONS; i += 1) await next()
    const after = await heap()
    expect(after.bytes - before.bytes).toBeLessThan(GROWTH_BYTES)
    expect(after.nodes - before.nodes).toBeLessThan(400)
  })

  it('fits any screen, and has no violation axe can find', async () => {
    const { url } = await startNode()
    for (const [width, height] of [
      [1280, 720],
      [720, 1280],
      [3840, 2160],
      [360, 640],
    ] as const) {
      await open(`${url}/nl/kiosk?works=beeld,spel&seconds=3600`, { viewport: { width, height } })
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      const over = await page.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        document.documentElement.scrollHeight - innerHeight,
      ])
      expect([width, ...over]).toEqual([width, 0, 0])
      await page.evaluate(axeSource)
      const { violations } = await page.evaluate(async (): Promise<AxeResults> => {
        const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
        return axe.run({ iframes: false, resultTypes: ['violations'] })
      })
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([])
      if (process.env['KIOSK_PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['KIOSK_PICTURES']}/kiosk-${width}.png` })
      await context.close()
    }
  })
})
