import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildUi } from '../../exhibit-ui/build.ts'
import { houseArtist } from '../exhibit-ui/fixture-data.ts'
import { startFixture } from '../exhibit-ui/fixture-server.ts'
import type { Scenario } from '../exhibit-ui/fixture-server.ts'
import { openBrowser, softwareGraphics } from './open-browser.ts'

/**
 * Pictures of every page into tests/screenshots, for a person to look at.
 * `node tests/browser/screenshots.ts [part of a name]…` makes those only.
 */
const directory = fileURLToPath(new URL('../screenshots/', import.meta.url))

const sizes = {
  phone: { width: 360, height: 780 },
  desktop: { width: 1280, height: 800 },
} as const
type Size = keyof typeof sizes

interface Shot {
  name: string
  path: string
  scenario?: Scenario
  /** Only what is on the screen, not the whole page. */
  screen?: boolean
  before?: (page: Page) => Promise<unknown>
}

const work = (slug: string): string => `works/${houseArtist}/${slug}`

const shots: Shot[] = [
  { name: 'welcome', path: '' },
  { name: 'works', path: 'works' },
  { name: 'works-track', path: 'works?track=next-socials' },
  { name: 'works-search', path: 'works?q=stem&medium=audio' },
  { name: 'works-nothing', path: 'works?q=zeppelin' },
  { name: 'works-many', path: 'works?page=2', scenario: 'many' },
  { name: 'welcome-many', path: '', scenario: 'many' },
  { name: 'artist', path: `artists/${houseArtist}` },
  { name: 'artist-unknown', path: 'artists/did:key:z6MkNiemand0000000' },
  { name: 'mesh', path: 'mesh' },
  { name: 'about', path: 'about' },
  { name: 'unknown', path: 'nergens' },
  { name: 'unknown-language', path: '/de/works' },
  { name: 'work-image', path: work('gemiddeld-genomen') },
  {
    name: 'work-image-large',
    path: work('gemiddeld-genomen'),
    screen: true,
    before: (page) => page.locator('image-viewer .large button').click(),
  },
  {
    name: 'work-along',
    path: work('gemiddeld-genomen'),
    before: async (page) => {
      await page.locator('take-along summary').first().click()
      await page.locator('take-along summary').last().click()
      await page.locator('qr-code svg').waitFor()
    },
  },
  { name: 'work-warned', path: work('de-stilte-van-de-melding') },
  {
    name: 'work-warned-open',
    path: work('de-stilte-van-de-melding'),
    before: (page) => page.locator('work-gate button').click(),
  },
  { name: 'work-images', path: work('broncode-van-een-stad') },
  { name: 'work-audio', path: work('zeven-stemmen') },
  { name: 'work-video', path: work('om-de-beurt') },
  { name: 'work-text', path: work('wie-niet-telt') },
  { name: 'work-interactive', path: work('het-weerbericht-van-de-macht') },
  {
    name: 'work-interactive-open',
    path: work('het-weerbericht-van-de-macht'),
    screen: true,
    before: (page) => page.locator('work-gate button').click(),
  },
  {
    name: 'work-pdf',
    path: work('peil'),
    before: (page) => page.locator('pdf-viewer .desk[aria-busy=false]').waitFor(),
  },
  {
    name: 'work-model',
    path: work('knoop'),
    before: (page) => page.locator('model-viewer .bar button').first().waitFor(),
  },
  { name: 'work-arriving', path: work('tijdlijn-zonder-eigenaar') },
  { name: 'work-disk-full', path: work('uitwijkplaats') },
  { name: 'work-withdrawn', path: work('teruggetrokken') },
  { name: 'work-unknown', path: work('bestaat-niet') },
  { name: 'empty-welcome', path: '', scenario: 'empty' },
  { name: 'empty-mesh', path: 'mesh', scenario: 'empty' },
  { name: 'no-exhibition', path: '', scenario: 'none' },
  { name: 'broken', path: '', scenario: 'broken' },
]

async function take(browser: Browser, base: string, shot: Shot, size: Size, dark: boolean, language: string) {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(shot.path.startsWith('/') ? base + shot.path : `${base}/${language}/${shot.path}`)
  await page.locator('h1').first().waitFor({ timeout: 10_000 })
  await shot.before?.(page)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.waitForTimeout(350)
  if (shot.screen !== true) {
    // Pictures further down come only when they are near the screen.
    await page.evaluate(async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
        window.scrollTo(0, y)
        await new Promise((resolve) => setTimeout(resolve, 40))
      }
      window.scrollTo(0, 0)
    })
    await page.waitForTimeout(150)
  }
  const name = `${shot.name}--${size}-${dark ? 'dark' : 'light'}-${language}.png`
  await page.screenshot({ path: join(directory, name), fullPage: shot.screen !== true })
  await context.close()
}

const wanted = process.argv.slice(2)
await buildUi()
if (wanted.length === 0) await rm(directory, { recursive: true, force: true })
await mkdir(directory, { recursive: true })
const browser = await openBrowser({ args: [...softwareGraphics] })
let count = 0
for (const scenario of ['full', 'many', 'empty', 'none', 'broken'] as const) {
  const fixture = await startFixture({ scenario })
  for (const shot of shots.filter((one) => (one.scenario ?? 'full') === scenario)) {
    for (const size of Object.keys(sizes) as Size[]) {
      for (const dark of [false, true]) {
        for (const language of ['nl', 'en']) {
          const name = `${shot.name}--${size}-${dark ? 'dark' : 'light'}-${language}`
          if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue
          await take(browser, fixture.url, shot, size, dark, language)
          count += 1
        }
      }
    }
  }
  await fixture.close()
}
await browser.close()
process.stdout.write(`${count} pictures in tests/screenshots\n`)
