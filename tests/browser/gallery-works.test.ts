import { describe, expect, it } from 'vitest'
import { progressOf } from '../exhibit-ui/fixture-data.ts'
import { fixture, focused, go, open, page, useGallery, violations, work } from './gallery-page.ts'

useGallery()

describe('a work', () => {
  it('that runs code is asked about first, reaches nothing around it, and can be left', async () => {
    await open()
    await go(work('het-weerbericht-van-de-macht'))
    await page.locator('work-gate').waitFor()
    expect(await page.locator('iframe').count()).toBe(0)
    expect(await page.locator('work-gate warnings-line p').textContent()).toContain('geluid')
    await page.getByRole('button', { name: 'Start het werk' }).click()
    const frame = page.frameLocator('iframe')
    await expect.poll(() => frame.locator('#out').getAttribute('data-reached')).toBe('opaak')
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-scripts')
    await frame.locator('#out').click()
    await expect.poll(() => frame.locator('#out').textContent()).toBe('de wind draait')
    await page.getByRole('button', { name: 'Opnieuw' }).click()
    await expect.poll(() => frame.locator('#out').textContent()).toBe('windstil')
    await page.getByRole('button', { name: 'Sluiten' }).click()
    await page.getByRole('button', { name: 'Start het werk' }).waitFor()
    expect(await page.locator('iframe').count()).toBe(0)
  })

  it('with a warning shows neither itself nor its poster before the visitor agrees', async () => {
    await open()
    await go(work('de-stilte-van-de-melding'))
    await page.locator('work-gate').waitFor()
    expect(await page.locator('.art img').count()).toBe(0)
    await page.getByRole('button', { name: 'Toon het werk' }).click()
    await page.locator('image-viewer img').waitFor()
  })

  it('never plays by itself, and has captions in the page’s language', async () => {
    await open()
    await go(work('om-de-beurt'), 'en')
    const video = page.locator('video')
    await video.waitFor()
    const state = await video.evaluate((element: HTMLVideoElement) => ({
      paused: element.paused,
      autoplay: element.autoplay,
      preload: element.preload,
      tracks: [...element.querySelectorAll('track')].map(
        (track) => `${track.srclang} ${String(track.default)}`,
      ),
    }))
    expect(state).toEqual({
      paused: true,
      autoplay: false,
      preload: 'metadata',
      tracks: ['nl false', 'en true'],
    })
    await video.evaluate(async (element: HTMLVideoElement) => {
      element.currentTime = 2.5
      await new Promise((resolve) => element.addEventListener('seeked', resolve, { once: true }))
    })
    expect(await video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeCloseTo(2.5)
  })

  it('opens large, zooms by key, and gives focus back', async () => {
    await open()
    await go(work('gemiddeld-genomen'))
    await page.getByRole('button', { name: 'Bekijk groot' }).click()
    const image = page.locator('dialog[open] img')
    await image.waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('+')
    await expect
      .poll(() => image.evaluate((element) => (element as HTMLElement).style.transform))
      .toContain('1.5')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0)
    expect((await focused()).text).toBe('Bekijk groot')
  })

  it('of text lets no markup of its author through', async () => {
    await open()
    await go(work('wie-niet-telt'))
    await page.locator('text-viewer h2').first().waitFor()
    expect(await page.title()).not.toContain('gekaapt')
    expect(await page.locator('text-viewer a').count()).toBe(0)
  })

  it('that is not all here is opened early; when that is not enough it waits, and opens by itself', async () => {
    await open()
    await page.route(/clip\.webm/, (route) => route.fulfill({ status: 503, body: '' }))
    await go(work('tijdlijn-zonder-eigenaar'))
    await page.getByRole('button', { name: 'Nu al bekijken, terwijl het binnenkomt' }).click()
    await page.getByText('Er is nog niet genoeg van binnen').waitFor()
    expect(await page.locator('video').count()).toBe(0)
    await page.unroute(/clip\.webm/)
    await page.getByRole('button', { name: 'Nu al bekijken' }).click()
    await page.locator('video').waitFor()
    // Seen already, and still coming in: the page goes on saying how far it is.
    await page.locator('.still').getByText('41 van 63 delen').waitFor()
    fixture.progress('tijdlijn-zonder-eigenaar', progressOf(63, 63))
    await page.locator('.still').waitFor({ state: 'detached' })
    expect(await page.locator('video').count()).toBe(1)
  })

  it('says by what other way it can be seen where no neighbour is passing it on', async () => {
    await open()
    await go(work('uitwijkplaats'))
    await page.getByRole('button', { name: 'Nu bekijken, via een ander knooppunt' }).waitFor()
    await go(work('handdruk'))
    await page.getByRole('button', { name: 'Bekijk wat er al is' }).waitFor()
  })

  it('withdrawn, removed, unknown or broken has a page that says so and a way out', async () => {
    await open()
    for (const [slug, heading] of [
      ['teruggetrokken', 'Teruggetrokken door de maker'],
      ['verwijderd', 'Uit de tentoonstelling gehaald'],
      ['bestaat-niet', 'Dit werk kennen we hier niet'],
      ['kapot', 'Er ging iets mis op het knooppunt'],
    ] as const) {
      await go(work(slug))
      expect(await page.locator('h1').textContent()).toBe(heading)
      expect(await page.getByRole('link', { name: 'Naar de werken' }).count()).toBe(1)
    }
  })
})
