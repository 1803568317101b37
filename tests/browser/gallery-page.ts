import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import { houseArtist } from '../exhibit-ui/fixture-data.ts'
import { startFixture } from '../exhibit-ui/fixture-server.ts'
import type { Fixture } from '../exhibit-ui/fixture-server.ts'
import { openBrowser } from './open-browser.ts'
import { axeFaults, watchWrongs } from './page-faults.ts'

/** Place of a sample work. */
export const work = (slug: string): string => `works/${houseArtist}/${slug}`

export const places = [
  '',
  'works',
  'works?track=next-socials',
  'works?q=stem&medium=audio',
  'works?q=zeppelin',
  `artists/${houseArtist}`,
  'artists/did:key:z6MkNiemand0000000',
  'mesh',
  'about',
  'nergens',
  work('gemiddeld-genomen'),
  work('de-stilte-van-de-melding'),
  work('broncode-van-een-stad'),
  work('zeven-stemmen'),
  work('om-de-beurt'),
  work('wie-niet-telt'),
  work('het-weerbericht-van-de-macht'),
  work('peil'),
  work('knoop'),
  work('tijdlijn-zonder-eigenaar'),
  work('teruggetrokken'),
  work('bestaat-niet'),
]

let browser: Browser
/** Live bindings: every test has its own node, context and page. */
export let fixture: Fixture
export let context: BrowserContext
export let page: Page
/** What a page must never do: ask another origin, or break the content security policy. */
let wrongs: string[]

/** To be called once in a file: a browser for the file, a fresh node for every test, and no wrong left unsaid. */
/** @param options `wrongsAllowed`: of works that do wrong on purpose, whose frames the browser reports */
export function useGallery({
  wrongsAllowed = false,
  ...options
}: Parameters<typeof openBrowser>[0] & { wrongsAllowed?: boolean } = {}): void {
  beforeAll(async () => {
    await buildUi()
    browser = await openBrowser(options)
  }, 120_000)

  afterAll(() => browser.close())

  beforeEach(async () => {
    fixture = await startFixture()
  })

  afterEach(async () => {
    await context.close()
    await fixture.close()
    if (wrongs.length > 0 && !wrongsAllowed) throw new Error(wrongs.join('\n'))
  })
}

/** Another node in the place of the one a test began with. */
export async function replaceFixture(options: Parameters<typeof startFixture>[0]): Promise<void> {
  await fixture.close()
  fixture = await startFixture(options)
}

export async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  page = await context.newPage()
  wrongs = watchWrongs(page, fixture.url)
}

export async function go(place: string, language = 'nl'): Promise<void> {
  await page.goto(`${fixture.url}/${language}/${place}`)
  await page.locator('h1').first().waitFor()
  // What is below the first view follows it, the footer last of all.
  await page.locator('site-footer').waitFor()
}

/** Fonts are here and the viewer of the work, which comes after the page, has drawn itself. */
export async function settled(): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.waitForTimeout(120)
}

export const violations = (): Promise<string[]> => axeFaults(page)

/** The focused element, through every shadow root. */
export const focused = (): Promise<{ tag: string; text: string; outlined: boolean }> =>
  page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    if (active === null) return { tag: '', text: '', outlined: false }
    const styles = [getComputedStyle(active), getComputedStyle(active, '::after')]
    return {
      tag: active.localName,
      text: (active.textContent ?? '').trim().replaceAll(/\s+/g, ' '),
      outlined: styles.some(
        (style) => style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
      ),
    }
  })
