import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildUi, distDirectory } from '../../exhibit-ui/build.ts'
import { dids, exhibition, seal, serverOf } from '../node/http/exhibition-fixture.ts'
import { openBrowser } from './open-browser.ts'

const SEEN_MS = 60_000
/** Longer than what happens is gathered before it is told (limits.ts). */
const QUIET_MS = 2_500

let browser: Browser
let context: BrowserContext
let page: Page
let wrongs: string[]

beforeAll(async () => {
  await buildUi()
  browser = await openBrowser()
}, 240_000)
afterAll(() => browser.close())
afterEach(async () => {
  await context.close()
  if (wrongs.length > 0) throw new Error(wrongs.join('\n'))
})

async function startNode() {
  const show = await exhibition({ uiDir: distDirectory })
  for (const [slug, width, height] of [
    ['hoog', 900, 1200],
    ['breed', 1600, 900],
  ] as const) {
    const image = sharp({ create: { width, height, channels: 3, background: '#2440d8' } })
    const bytes = await image.webp().toBuffer()
    const manifest = { medium: 'image', entry: 'beeld.webp', dimensions: { width, height } } as const
    await show.publish(slug, { 'beeld.webp': bytes }, { manifest })
  }
  return { show, ...(await serverOf(show)) }
}

/** Resolves when nothing new is told any more: news makes a page ask again, and rightly. */
async function quiet(url: string): Promise<void> {
  const since = async (): Promise<string | undefined> =>
    /"since":"([^"]*)"/.exec(await (await fetch(`${url}/nl/`)).text())?.[1]
  let [before, now]: (string | undefined)[] = ['', await since()]
  while (now !== before) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    ;[before, now] = [now, await since()]
  }
}

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })
  page = await context.newPage()
  wrongs = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) wrongs.push(message.text())
    if (message.text().includes('was preloaded')) wrongs.push(message.text())
  })
  page.on('pageerror', (error) => wrongs.push(String(error)))
}

const workAt = (slug: string): string => `/nl/works/${dids.artist}/${slug}`

/** Left, top and breadth of an image, in whole pixels. */
async function placeOf(selector: string): Promise<number[]> {
  const image = page.locator(selector)
  await image.waitFor({ timeout: SEEN_MS })
  await expect
    .poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0), {
      timeout: SEEN_MS,
    })
    .toBe(true)
  const box = await image.boundingBox()
  return [box?.x, box?.y, box?.width, box?.height].map((value) => Math.round(value ?? -1))
}

describe('the first view', () => {
  it.each([
    ['', ['/api/v1/events']],
    ['works', ['/api/v1/events', '/api/v1/search?each=24']],
    [
      `works/${dids.artist}/hoog`,
      ['/api/v1/events', '/api/v1/mesh', '/api/v1/search?around', '/api/v1/search?each=24'],
    ],
  ])('of %s asks for nothing that it has brought', async (place, asked) => {
    const { url } = await startNode()
    await quiet(url)
    await open()
    const seen = new Set<string>()
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url())
      if (!pathname.startsWith('/api/')) return
      // What differs from one exhibition to the next is not looked at.
      seen.add(pathname + search.replace(/^\?(?:since|works)=.*|(?<=^\?around)=.*/, ''))
    })
    await page.goto(`${url}/nl/${place}`)
    await page.locator('h1').first().waitFor({ timeout: SEEN_MS })
    for (const path of asked) await expect.poll(() => [...seen], { timeout: SEEN_MS }).toContain(path)
    expect([...seen].sort()).toEqual(asked)
  })

  it.each([
    ['hoog', 390, 844],
    ['breed', 390, 844],
    ['hoog', 640, 360],
    ['breed', 640, 360],
    ['hoog', 1280, 800],
    ['breed', 1280, 800],
  ])('shows the picture of %s at %i × %i before the scripts, where it stays', async (slug, width, height) => {
    const { url } = await startNode()
    await open({ viewport: { width, height } })
    await page.route('**/assets/*.js', (route) => route.abort())
    await page.goto(`${url}${workAt(slug)}`)
    const before = await placeOf('.first-art img')
    await page.unroute('**/assets/*.js')
    await page.addInitScript(() => {
      Object.assign(globalThis, { shift: 0 })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          (globalThis as unknown as { shift: number }).shift += (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.reload()
    expect(await placeOf('image-viewer .frame img')).toEqual(before)
    expect(await page.locator('.first-art').count()).toBe(0)
    // A line of the label may take another pixel when its letters come.
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThan(0.01)
  })

  it.each([
    [360, 640, 2, 728],
    [412, 823, 1.75, 728],
    [390, 844, 2, 800],
    [412, 915, 2.625, 1088],
    [390, 844, 3, 1088],
    [1280, 800, 1, 1600],
  ])(
    'fetches one picture at %i × %i points of %d pixels, %i pixels wide',
    async (width, height, deviceScaleFactor, wide) => {
      const { url } = await startNode()
      await open({ viewport: { width, height }, deviceScaleFactor })
      const asked: string[] = []
      page.on('request', (request) => {
        const [, width = ''] = /^\/renditions\/\w+\/(\d+)\/beeld/.exec(new URL(request.url()).pathname) ?? []
        if (width !== '') asked.push(width)
      })
      await page.goto(`${url}${workAt('breed')}`)
      await placeOf('image-viewer .frame img')
      expect(asked).toEqual([String(wide)])
    },
  )

  it.each([
    [390, 844],
    [640, 360],
    [1280, 800],
  ])(
    'shows the title of the exhibition at %i × %i before the scripts, where it stays',
    async (width, height) => {
      const { url } = await startNode()
      await open({ viewport: { width, height } })
      const places = async (within: string): Promise<unknown[]> => {
        const parts = [`${within} h1`, `${within} .statement`].map((selector) => page.locator(selector))
        await parts[0]?.waitFor({ timeout: SEEN_MS })
        await page.evaluate(() => document.fonts.ready.then(() => undefined))
        return Promise.all(parts.map((part) => part.boundingBox()))
      }
      await page.route('**/assets/*.js', (route) => route.abort())
      await page.goto(`${url}/nl/`)
      const before = await places('.first-hero')
      await page.unroute('**/assets/*.js')
      await page.reload()
      expect(await places('welcome-page')).toEqual(before)
      expect(await page.locator('.first-hero').count()).toBe(0)
    },
  )

  it('of a page that is out of date is set right: a work withdrawn since is not shown', async () => {
    const { show, url } = await startNode()
    const address = `${url}${workAt('hoog')}`
    const old = await (await fetch(address)).text()
    await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'hoog' }))
    await open()
    await page.route(address, (route) =>
      route.fulfill({ body: old, contentType: 'text/html; charset=utf-8' }),
    )
    await page.goto(address)
    await page.getByRole('heading', { name: 'Teruggetrokken door de maker' }).waitFor({ timeout: SEEN_MS })
    expect(await page.locator('image-viewer').count()).toBe(0)
  })
})
