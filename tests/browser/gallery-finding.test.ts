import { describe, expect, it } from 'vitest'
import { houseArtist } from '../exhibit-ui/fixture-data.ts'
import { fixture, focused, go, open, page, replaceFixture, useGallery, work } from './gallery-page.ts'

useGallery()

const count = () => page.locator('works-page [role=status]').first().textContent()
const address = () => {
  const { pathname, search } = new URL(page.url())
  return `${pathname}${search}`
}

describe('five thousand works', () => {
  it('are searched as one types, letter by letter, and no letter is lost', { timeout: 120_000 }, async () => {
    await replaceFixture({ scenario: 'many' })
    await open()
    await go('works')
    await expect.poll(count).toContain('5.000 werken')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 })
    await page.locator('works-finder input').focus()
    const words = 'verloren zwerm noor'
    await page.keyboard.type(words, { delay: 25 })
    expect(await page.locator('works-finder input').inputValue()).toBe(words)
    await expect.poll(address).toBe(`/nl/works?q=${encodeURIComponent(words)}`)
    await expect.poll(async () => Number((await count())?.trim().split(' ')[0])).toBeLessThan(60)
    const titles = await page.locator('works-page work-card h3').allTextContents()
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.every((title) => /Verloren zwerm/.test(title))).toBe(true)
    expect((await focused()).tag).toBe('input')
  })

  it(
    'stand on pages, so that the document stays small however far one goes',
    { timeout: 120_000 },
    async () => {
      await replaceFixture({ scenario: 'many' })
      await open()
      await go('works')
      const nodes = () =>
        page.evaluate(() => {
          const size = (root: ParentNode): number =>
            [...root.querySelectorAll('*')].reduce(
              (sum, element) => sum + 1 + (element.shadowRoot ? size(element.shadowRoot) : 0),
              0,
            )
          return size(document)
        })
      await page.locator('works-list nav').waitFor()
      const first = await nodes()
      for (let number = 2; number <= 6; number += 1) {
        await page.locator('works-list nav a[rel=next]').click()
        await expect
          .poll(() => page.locator('works-list nav p').textContent())
          .toContain(`Bladzijde ${number} van 84`)
        expect(await page.locator('works-page work-card').count()).toBe(60)
        expect((await focused()).tag).toBe('main')
        expect(await page.evaluate(() => scrollY)).toBe(0)
      }
      expect(await nodes()).toBeLessThan(first * 1.2)
      expect(address()).toBe('/nl/works?page=6')
      await page.goBack()
      await expect.poll(() => page.locator('works-list nav p').textContent()).toContain('Bladzijde 5')
      await go('')
      await page.locator('work-card').first().waitFor()
      expect(await page.locator('work-card').count()).toBe(96)
    },
  )
})

describe('a choice of works', () => {
  it('is in the address, narrows what is left to choose, and is gone back over', async () => {
    await open()
    await go('works')
    await page.locator('track-filter a', { hasText: 'Digital Autonomy' }).click()
    await expect.poll(address).toBe('/nl/works?track=digital-autonomy')
    await page.getByLabel('Soort werk').focus()
    await page.getByLabel('Soort werk').selectOption('pdf')
    await expect.poll(address).toBe('/nl/works?track=digital-autonomy&medium=pdf')
    await expect.poll(count).toContain('1 werk van 13')
    expect((await focused()).tag).toBe('select')
    await page.goBack()
    await expect.poll(count).toContain('3 werken van 13')
    expect(await page.getByLabel('Soort werk').inputValue()).toBe('')
    await page.goForward()
    await page.locator('site-header .language').click()
    await expect.poll(address).toBe('/en/works?track=digital-autonomy&medium=pdf')
    await page.getByRole('link', { name: 'Clear all choices' }).click()
    await expect.poll(address).toBe('/en/works')
  })

  it('from an address that somebody sent says the same, and an impossible one finds nothing', async () => {
    await open()
    await go('works?q=telt%20tot&medium=audio')
    expect(await page.locator('works-finder input').inputValue()).toBe('telt tot')
    await expect.poll(count).toContain('1 werk van 13')
    await go('works?venue=nergens')
    await page.locator('page-message h2').waitFor()
    expect(await page.locator('page-message h2').textContent()).toBe('Niets gevonden.')
  })

  it('hears of works that come while it is open', async () => {
    await open()
    await go('works?q=bus')
    await page.locator('page-message h2').waitFor()
    fixture.arrive()
    await page.locator('work-card', { hasText: 'De laatste bus' }).waitFor()
  })
})

describe('an artist', () => {
  it('has a page with the key and the works, to which each work leads', async () => {
    await open()
    await go(work('gemiddeld-genomen'))
    await page.locator('wall-label a.maker').click()
    await page.locator('artist-page h1').waitFor()
    expect(address()).toBe(`/nl/artists/${houseArtist}`)
    await expect.poll(() => page.title()).toContain('Mesh Art Network, huiscollectie')
    expect(await page.locator('artist-page .key').textContent()).toBe(
      '7f3a 91c2 0d5b e844 71aa 02c9 f6b1 e35d',
    )
    expect(await page.locator('artist-page work-card').count()).toBe(13)
    await go('artists/did:key:z6MkNiemand0000000')
    expect(await page.locator('h1').textContent()).toBe('Deze maker kennen we hier niet')
  })
})
