import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildUi, distDirectory } from '../../exhibit-ui/build.ts'
import { dids, serverOf } from '../node/http/exhibition-fixture.ts'
import { mixedExhibition, slugs } from '../node/http/lite/lite-fixture.ts'
import { temporaryDirectory } from '../node/store/temporary-directory.ts'
import { accessibilityTree, faultsOfTree } from './accessibility-tree.ts'
import { openBrowser } from './open-browser.ts'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const work = (slug: string): string => `works/${dids.artist}/${slug}`
const places = [
  '',
  'works',
  'artists',
  `artists/${dids.artist}`,
  'mesh',
  'about',
  'decisions',
  'nergens',
  ...slugs.map(work),
  `${work('vijandig')}?show=1`,
]

/** The same markup in other inks: a page of each kind. */
const darkPlaces = ['', 'works', 'mesh', 'decisions', work('tekst')]

let browser: Browser
let context: BrowserContext
let wrongs: string[]

beforeAll(async () => {
  await buildUi()
  browser = await openBrowser()
}, 120_000)
afterAll(() => browser.close())
afterEach(async () => {
  await context.close()
})

async function startNode(): Promise<string> {
  const made = await mixedExhibition()
  const derivativesDir = await temporaryDirectory()
  const { url } = await serverOf({ ...made, deps: { ...made.deps, uiDir: distDirectory, derivativesDir } })
  return url
}

async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  context = await browser.newContext({ viewport: { width: 360, height: 640 }, ...options })
  wrongs = []
  const page = await context.newPage()
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) wrongs.push(request.url())
  })
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) wrongs.push(message.text())
  })
  return page
}

describe('with scripts off', () => {
  it('every work is shown, from the first page on, by links alone', async () => {
    const url = await startNode()
    const page = await open(url, { javaScriptEnabled: false, locale: 'nl-NL' })
    // The gallery's own address leads to the same place without script.
    await page.goto(`${url}/nl/works`)
    await page.waitForURL(`${url}/nl/lite/works`)
    await page
      .getByRole('link', { name: 'Mesh Art Network' })
      .or(page.getByRole('link', { name: 'Proef' }))
      .first()
      .click()
    await page.getByRole('link', { name: /^Alle werken/ }).click()
    for (const slug of slugs) {
      await page.goto(`${url}/nl/lite/works`)
      const link = page.locator(`main a[href$="/${slug}"]`)
      await link.click()
      expect(await page.locator('h1').count()).toBe(1)
      if (slug === 'vijandig') await page.getByRole('link', { name: 'Toon het werk' }).click()
      const shown: Record<(typeof slugs)[number], string> = {
        beeld: 'main img:not(.seal)',
        reeks: 'main img:not(.seal) >> nth=2',
        geluid: 'audio[controls]',
        film: 'video[controls]',
        tekst: '.work-text em',
        kaal: '.work-text p >> nth=1',
        spel: 'a[href$="/index.html"]',
        ruimte: 'a[download][href$=".glb"]',
        boek: 'a[download][href$=".pdf"]',
        vijandig: 'main img:not(.seal)',
        onderweg: 'text=Nog onderweg',
      }
      await page.locator(shown[slug]).waitFor()
      for (const image of await page.locator('main img').all()) {
        await expect
          .poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth))
          .toBeGreaterThan(0)
      }
    }
    expect(await context.cookies()).toEqual([])
    expect(wrongs).toEqual([])
  })

  it('an old phone gets images it knows', async () => {
    const url = await startNode()
    const page = await open(url, { javaScriptEnabled: false, extraHTTPHeaders: { accept: '*/*' } })
    const types: string[] = []
    page.on('response', (response) => {
      if (response.url().includes('/renditions/')) types.push(response.headers()['content-type'] ?? '')
    })
    await page.goto(`${url}/nl/lite/${work('beeld')}`)
    await expect.poll(() => types).toEqual(['image/jpeg'])
  })
})

describe('every plain page', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no violation axe can find, a tree that reads in order, and fits 320 px: ${colorScheme}`, async () => {
      const url = await startNode()
      const page = await open(url, { colorScheme, viewport: { width: 320, height: 640 } })
      const found: Record<string, string[]> = {}
      for (const address of [
        ...(colorScheme === 'light' ? places : darkPlaces).map((place) => `nl/lite/${place}`),
        'en/lite/',
        `en/lite/${work('geluid')}`,
        'portal',
        'portal/ready?lang=nl',
      ]) {
        await page.goto(`${url}/${address}`)
        await page.evaluate(axeSource)
        const { violations } = await page.evaluate(async (): Promise<AxeResults> => {
          const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
          return axe.run({ resultTypes: ['violations'] })
        })
        const list = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (wide > 0) list.push(`${wide} px too wide`)
        const tree = await accessibilityTree(page)
        if (!address.startsWith('portal')) list.push(...faultsOfTree(tree, { changes: false }))
        if (list.length > 0) found[address] = list
      }
      expect(found).toEqual({})
      expect(wrongs).toEqual([])
    })
  }
})
