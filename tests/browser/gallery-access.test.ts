import { describe, expect, it } from 'vitest'
import { go, open, page, places, settled, useGallery, violations, work } from './gallery-page.ts'

useGallery()

describe('every page', () => {
  for (const language of ['nl', 'en']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [320, 1280]) {
        it(
          `has no violation axe can find, and fits: ${language}, ${colorScheme}, ${width} px`,
          { timeout: 120_000 },
          async () => {
            await open({ colorScheme, viewport: { width, height: 720 }, reducedMotion: 'reduce' })
            const found: Record<string, string[]> = {}
            for (const place of places) {
              await go(place, language)
              await settled()
              const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
              const list = [...(await violations()), ...(wide > 0 ? [`${wide} px too wide`] : [])]
              if (list.length > 0) found[place] = list
            }
            expect(found).toEqual({})
          },
        )
      }
    }
  }
})

describe('a visitor with other needs', () => {
  it('sees forms and text in forced colours, and no motion where none is wanted', async () => {
    await open({ forcedColors: 'active', reducedMotion: 'reduce' })
    await go('')
    await page.locator('work-card').first().waitFor()
    const seal = page.locator('work-seal path.inked').first()
    const [fill, text] = await seal.evaluate((path) => [
      getComputedStyle(path).fill,
      getComputedStyle(document.body).color,
    ])
    expect(fill).toBe(text)
    expect(
      await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--calm')),
    ).toBe('0s')
  })

  it('may double the size of text without losing any', async () => {
    await open({ viewport: { width: 640, height: 720 } })
    for (const place of ['', 'works', 'mesh', work('gemiddeld-genomen')]) {
      await go(place)
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '212.5%'))
      await settled()
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
    }
  })
})
