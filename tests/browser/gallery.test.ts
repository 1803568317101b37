import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { distDirectory } from '../../exhibit-ui/build.ts'
import { progressOf } from '../exhibit-ui/fixture-data.ts'
import {
  context,
  fixture,
  focused,
  go,
  open,
  page,
  places,
  replaceFixture,
  settled,
  useGallery,
  work,
} from './gallery-page.ts'

useGallery()

describe('a visit', () => {
  it('fetches at most 70 KiB of script, compressed, for the first view', async () => {
    await open()
    const scripts: string[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(new URL(response.url()).pathname)
    })
    await go('')
    await settled()
    const bodies = await Promise.all(scripts.map((path) => readFile(join(distDirectory, path))))
    expect(bodies.length).toBeGreaterThan(0)
    expect(bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)).toBeLessThan(70 * 1024)
  })

  it(
    'leaves no cookie and nothing stored, and asks no other origin, on every page',
    { timeout: 60_000 },
    async () => {
      await open()
      for (const place of places) await go(place)
      expect(await context.cookies()).toEqual([])
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
      expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
    },
  )

  it('shifts nothing while it opens', async () => {
    await open({ viewport: { width: 390, height: 844 } })
    await page.addInitScript(() => {
      const seen = globalThis as unknown as { shift: number }
      seen.shift = 0
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    for (const place of ['', 'works', work('gemiddeld-genomen'), work('zeven-stemmen')]) {
      await go(place)
      await settled()
      await page.waitForTimeout(300)
      const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)
      expect([place, shift < 0.02 ? 'still' : shift]).toEqual([place, 'still'])
    }
  })

  it('can be made by keyboard alone, and always shows where it is', async () => {
    await open()
    await go('')
    await page.locator('work-card').first().waitFor()
    await page.keyboard.press('Tab')
    expect((await focused()).text).toBe('Naar de inhoud')
    await page.keyboard.press('Enter')
    expect((await focused()).tag).toBe('main')
    const seen: string[] = []
    for (let step = 0; step < 30 && !seen.includes('Gemiddeld genomen'); step += 1) {
      await page.keyboard.press('Tab')
      const { text, outlined } = await focused()
      expect([text, outlined]).toEqual([text, true])
      seen.push(text)
    }
    expect(seen).toContain('Public AI 3')
    expect(seen).toContain('Gemiddeld genomen')
    await page.keyboard.press('Enter')
    await page.locator('work-page h1').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/nl/${work('gemiddeld-genomen')}`)
    expect((await focused()).tag).toBe('main')
    await expect.poll(() => page.title()).toBe('Gemiddeld genomen · Technology & Democracy')
  })

  it('keeps its place when the language changes, and its height on the way back', async () => {
    await open()
    await go('works?track=public-ai')
    await page.locator('site-header .language').click()
    await expect.poll(() => page.url()).toBe(`${fixture.url}/en/works?track=public-ai`)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    expect(await page.locator('works-page h1').textContent()).toBe('Works')
    await page.locator('track-filter a').first().click()
    await page.locator('works-page section').nth(3).waitFor()
    await page.evaluate(() => scrollTo(0, 700))
    await page.locator('work-card a', { hasText: 'Passing place' }).click()
    await page.locator('work-page h1').waitFor()
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await page.goBack()
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500)
  })
})

describe('while a page is open', () => {
  it('a new work appears without reload, and is told', async () => {
    await open()
    await go('')
    await page.locator('work-card').first().waitFor()
    await page.evaluate(() => Object.assign(globalThis, { same: true }))
    fixture.arrive()
    await page.locator('work-card', { hasText: 'De laatste bus' }).waitFor()
    expect(
      await page.locator('work-card', { hasText: 'De laatste bus' }).locator('arrival-line p').textContent(),
    ).toContain('0 van 36 delen')
    await expect
      .poll(() => page.locator('exhibit-app [aria-live]').textContent())
      .toContain('Nieuw werk: De laatste bus')
    expect(await page.evaluate(() => 'same' in globalThis)).toBe(true)
  })

  it('a work that comes in says how far, from where, and opens by itself', async () => {
    await open()
    await go(work('tijdlijn-zonder-eigenaar'))
    const words = page.locator('.coming arrival-line p').first()
    await expect.poll(() => words.textContent()).toContain('Komt binnen van Waag')
    fixture.progress(
      'tijdlijn-zonder-eigenaar',
      progressOf(62, 63, [{ id: 'n-nemo', name: 'NEMO' }], 'arriving'),
    )
    await expect.poll(() => words.textContent()).toContain('Komt binnen van NEMO')
    await expect.poll(() => words.textContent()).toContain('62 van 63 delen')
    fixture.progress('tijdlijn-zonder-eigenaar', progressOf(63, 63))
    await page.locator('video').waitFor()
  })

  it(
    'a node that goes away is told, what was shown stays, and all goes on when it is back',
    { timeout: 60_000 },
    async () => {
      await open()
      await go('')
      await page.locator('work-card').first().waitFor()
      fixture.goAway()
      await page.locator('exhibit-app .offline').waitFor({ timeout: 20_000 })
      expect(await page.locator('work-card').count()).toBe(13)
      fixture.comeBack()
      await expect.poll(() => page.locator('exhibit-app .offline').count(), { timeout: 20_000 }).toBe(0)
      fixture.arrive()
      await page.locator('work-card', { hasText: 'De laatste bus' }).waitFor()
    },
  )

  it('a node that is away from the start is waited for', { timeout: 60_000 }, async () => {
    await replaceFixture({ scenario: 'none' })
    await open()
    await go('')
    expect(await page.locator('h1').textContent()).toBe('Dit knooppunt heeft nog geen tentoonstelling')
    const port = Number(new URL(fixture.url).port)
    await replaceFixture({ port })
    await page.locator('work-card').first().waitFor({ timeout: 30_000 })
  })
})
