import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildUi, distDirectory } from '../../exhibit-ui/build.ts'
import { projectDir } from '../integration/support/command.ts'
import { dids, exhibition, seal, serverOf } from '../node/http/exhibition-fixture.ts'
import type { Exhibition } from '../node/http/exhibition-fixture.ts'
import { HOST, watchedPage } from './curate-page.ts'
import { openBrowser } from './open-browser.ts'
import { pageFaults } from './page-faults.ts'

let browser: Browser
beforeAll(async () => {
  await buildUi()
  browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] })
}, 120_000)
afterAll(() => browser.close())

async function decided(sourceDir?: string): Promise<{ show: Exhibition; base: string }> {
  const options = { quorum: 1, uiDir: distDirectory, ...(sourceDir === undefined ? {} : { sourceDir }) }
  const show = await exhibition(options)
  await show.publish('golf', { 'index.html': 'golf' })
  await show.publish('wad', { 'index.html': 'wad' })
  await show.accept(await seal('curator', { kind: 'admission', target: { artist: dids.artist } }))
  const reason = { nl: 'Niet van deze maker.', en: 'Not by this maker.' }
  await show.accept(await seal('curator', { kind: 'removal', artist: dids.artist, slug: 'wad', reason }))
  await show.accept(
    await seal('steward', {
      ...{ kind: 'exhibition', sequence: 2, title: { en: 'T' }, statement: { en: 'S' }, quorum: 1 },
      curators: [
        { did: dids.curator, name: 'C. Curator' },
        { did: dids.neighbour, name: 'N. Nieuw' },
      ],
    }),
  )
  const { port } = await serverOf({
    ...show,
    deps: { ...show.deps, written: { dir: distDirectory, log: () => [] } },
  })
  return { show, base: `http://${HOST}:${port}` }
}

describe('the page of decisions', () => {
  test.each([
    ['nl', 'light', 360],
    ['en', 'dark', 1280],
  ] as const)(
    'tells each with its record, and can be filtered: %s, %s, %i px',
    async (language, colorScheme, width) => {
      const { base } = await decided()
      const { page, wrongs, close } = await watchedPage(browser, base, {
        colorScheme,
        viewport: { width, height: 740 },
      })
      await page.goto(`${base}/${language}/decisions`)
      await page.locator('li[data-kind]').nth(4).waitFor()
      const kinds = await page
        .locator('li[data-kind]')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-kind')))
      expect(kinds).toEqual(['exhibition', 'removal', 'admission', 'node-grant', 'exhibition'])
      expect(await page.locator('li[data-kind=exhibition]').first().innerText()).toContain('N. Nieuw')
      expect(await pageFaults(page)).toEqual([])
      await page.getByRole('button', { name: language === 'nl' ? 'Verwijderingen' : 'Removals' }).click()
      await expect.poll(() => page.locator('li[data-kind]').count()).toBe(1)
      const [record] = await page.locator('li[data-kind] a[href^="/api/v1/records/"]').all()
      const answer = await page.evaluate(
        async (href) => (await fetch(href)).json() as Promise<{ kind: string }>,
        (await record?.getAttribute('href')) ?? '',
      )
      expect(answer.kind).toBe('removal')
      expect(wrongs).toEqual([])
      await close()
    },
  )

  test('is found from the foot of every page, in a bounded number at a time', async () => {
    const { show, base } = await decided()
    for (let i = 0; i < 60; i += 1)
      await show.accept(
        await seal('curator', { kind: 'removal', artist: dids.artist, slug: 'wad', reason: { en: `${i}` } }),
      )
    const { page, close } = await watchedPage(browser, base)
    await page.goto(`${base}/en/works`)
    await page.locator('site-footer').getByRole('link', { name: 'Decisions' }).click()
    await expect.poll(() => page.locator('li[data-kind]').count()).toBe(50)
    await page.getByRole('button', { name: 'Earlier decisions' }).click()
    await expect.poll(() => page.locator('li[data-kind]').count()).toBe(65)
    expect(await page.getByRole('button', { name: 'Earlier decisions' }).count()).toBe(0)
    await close()
  })
})

describe('the page of public values', () => {
  test.each([
    ['nl', 'dark', 360],
    ['en', 'light', 1280],
  ] as const)(
    'answers each, with checks that ran just now: %s, %s, %i px',
    async (language, colorScheme, width) => {
      const { base } = await decided(projectDir)
      const { page, wrongs, close } = await watchedPage(browser, base, {
        colorScheme,
        viewport: { width, height: 740 },
      })
      await page.goto(`${base}/${language}/values`)
      await page.locator('article[data-state=good]').first().waitFor()
      expect(await page.locator('article[data-state=bad]').count()).toBe(0)
      expect(await page.locator('article[data-state=unknown]').count()).toBe(0)
      expect(await page.locator('article').count()).toBe(15)
      expect(await pageFaults(page)).toEqual([])
      expect(wrongs).toEqual([])
      await close()
    },
  )

  test('turns red where a check fails, and names what', async () => {
    const { base } = await decided('/nowhere')
    const { page, close } = await watchedPage(browser, base)
    await page.goto(`${base}/en/values`)
    const red = page.locator('article[data-statement=free-software][data-state=bad]')
    await red.waitFor()
    expect(await red.innerText()).toContain('The source is no longer the one this node started with.')
    await red.locator('summary').first().click()
    await red.getByText('there is no source to give away').first().waitFor()
    expect(await pageFaults(page)).toEqual([])
    expect(await page.locator('.summary .bad').innerText()).toMatch(/checks fail/)
    await close()
  })
})
