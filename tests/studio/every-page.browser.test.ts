import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import { openKey } from '../browser/curate-page.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { axeFaults, watchWrongs, widthFaults } from '../browser/page-faults.ts'
import { sampleNode, submitted } from '../browser/shots/sample-node.ts'
import { firstHour, withdrawing } from '../browser/shots/studio-shots.ts'
import { dids } from '../node/http/exhibition-fixture.ts'

/** The name that visitors type: no localhost, so an insecure context. */
const HOST = 'kunst.lan'
const tall = 800
const looks = [
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const

describe.each(['nl', 'en'] as const)('every page of those who bring and choose works, in %s', (language) => {
  let browser: Browser
  let node: Awaited<ReturnType<typeof sampleNode>>
  let context: BrowserContext
  let page: Page
  let wrongs: string[]
  let looked: string[] = []
  let found: Record<string, string[]> = {}

  beforeAll(async () => {
    await buildUi()
    node = await sampleNode()
    browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] })
    const base = `http://${HOST}:${new URL(node.url).port}`
    context = await browser.newContext({ baseURL: base, reducedMotion: 'reduce' })
    page = await context.newPage()
    wrongs = watchWrongs(page, base)
  }, 600_000)

  afterAll(async () => {
    await browser?.close()
    await node?.close()
  })

  beforeEach(() => {
    looked = []
    found = {}
  })

  /** On a small phone and on a large screen, in light and in dark. */
  async function look(name: string): Promise<void> {
    looked.push(name)
    const lacks: string[] = []
    for (const { width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: tall })
      await page.emulateMedia({ colorScheme })
      lacks.push(...(await axeFaults(page)).map((fault) => `${width} ${colorScheme}: ${fault}`))
      lacks.push(...(await widthFaults(page)).map((fault) => `${width}: ${fault}`))
    }
    await page.setViewportSize({ width: 360, height: tall })
    lacks.push(...(await widthFaults(page)).map((fault) => `360: ${fault}`))
    if (lacks.length > 0) found[name] = lacks
  }

  it('of the studio: axe finds nothing, and nothing is wider than the screen', async () => {
    await page.goto(`/${language}/studio`)
    await page.locator('key-page h1').waitFor()
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await firstHour(page, look)
    await look('studio-work')
    await withdrawing(page, look)
    await look('studio-withdrawn')
    expect([looked.length > 18, found]).toEqual([true, {}])
  }, 600_000)

  it('of the curators: axe finds nothing, and nothing is wider than the screen', async () => {
    await page.goto(`/${language}/curate`)
    await page.locator('submission-queue li').first().waitFor()
    await look('curate')
    await openKey(page, 'not the passphrase')
    await page.locator('open-key [role=alert] p').first().waitFor({ timeout: 60_000 })
    await look('curate-wrong-passphrase')
    await openKey(page)
    await page.locator('open-key input[type=file]').waitFor({ state: 'detached', timeout: 60_000 })
    await look('curate-queue')
    await page.locator(`submission-queue a[href*="/${submitted}"]`).first().click()
    await page.locator('submission-page decide-form').waitFor()
    await look('curate-work')
    await page.locator('submission-page .closed button').click()
    await page.locator('submission-page :is(work-gate, work-viewer)').waitFor()
    await look('curate-work-open')
    await page.locator('decide-form input[value=decline]').check()
    await page.locator('decide-form button[type=submit]').click()
    await look('curate-no-reason')
    await page.goto(`/${language}/curate/${dids.artist}/bestaat-niet`)
    await page.locator('submission-page h1').waitFor()
    await look('curate-unknown')
    expect([found, wrongs]).toEqual([{}, []])
  }, 600_000)
})
