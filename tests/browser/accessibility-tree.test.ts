import { describe, expect, it } from 'vitest'
import { houseArtist } from '../exhibit-ui/fixture-data.ts'
import { accessibilityTree, faultsOfTree } from './accessibility-tree.ts'
import { fixture, go, open, page, places, settled, useGallery, work } from './gallery-page.ts'
import { softwareGraphics } from './open-browser.ts'

useGallery({ args: [...softwareGraphics] })

/** What one can press and is less than 24 px high or wide, which WCAG 2.5.8 asks for. */
const tooSmall = (): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const walk = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) walk(element.shadowRoot)
        if (!element.matches('a[href], button, input, select, textarea, summary')) continue
        const { width, height } = element.getBoundingClientRect()
        // Nothing to be seen: it has another way, as a link that only a keyboard comes to.
        if (width < 2 || height < 2 || (width >= 24 && height >= 24)) continue
        found.push(
          `${element.localName} ${Math.round(width)} by ${Math.round(height)}: ${element.textContent?.trim() ?? ''}`,
        )
      }
    }
    walk(document)
    return found
  })

describe('what a screen reader is given', () => {
  for (const language of ['nl', 'en'] as const) {
    it(`has names, one heading of the first level, levels and landmarks in order, and a live region: ${language}`, async () => {
      await open()
      const found: Record<string, string[]> = {}
      for (const place of [...places, `mesh?work=${houseArtist}/omweg`]) {
        await go(place, language)
        await settled()
        const faults = faultsOfTree(await accessibilityTree(page))
        if (faults.length > 0) found[place] = faults
      }
      expect(found).toEqual({})
    }, 240_000)
  }

  it('would be found to lack something where it does', async () => {
    await open()
    await page.setContent('<main><h1>a</h1><h3>b</h3><button></button><img src="data:,"></main>')
    const faults = faultsOfTree(await accessibilityTree(page))
    expect(faults).toContain('nameless button')
    expect(faults).toContain("heading 'b' goes from level 1 to 3")
    expect(faults).toContain('no live region')
  })

  it('has the same ways in the same order on every page, and nothing too small to touch', async () => {
    await open({ viewport: { width: 360, height: 780 } })
    const ways = new Set<string>()
    const found: Record<string, string[]> = {}
    for (const place of places) {
      await go(place)
      const tree = await accessibilityTree(page)
      const from = tree.findIndex(({ role }) => role === 'banner')
      const until = tree.findIndex(({ role }) => role === 'main')
      const links = tree.slice(from, until).filter(({ role }) => role === 'link')
      ways.add(links.map(({ name }) => name).join(', '))
      const foot = tree.slice(tree.findIndex(({ role }) => role === 'contentinfo'))
      expect(foot.some(({ role, name }) => role === 'link' && name === 'Over dit netwerk')).toBe(true)
      const small = await tooSmall()
      if (small.length > 0) found[place] = small
    }
    expect(found).toEqual({})
    expect([...ways]).toHaveLength(1)
    expect([...ways][0]).toContain('Over')
  }, 240_000)

  it('keeps what has focus clear of the notice that the node is away', async () => {
    await open({ viewport: { width: 360, height: 640 } })
    await go('works')
    await page.locator('work-card a').first().waitFor()
    fixture.goAway()
    const notice = page.locator('.offline')
    await notice.waitFor({ timeout: 30_000 })
    for (let step = 0; step < 16; step += 1) {
      await page.keyboard.press('Tab')
      const seen = await page.evaluate(() => {
        let active = document.activeElement
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
        const box = active?.getBoundingClientRect()
        return { top: box?.top ?? 0, bottom: box?.bottom ?? 0 }
      })
      const top = (await notice.boundingBox())?.y ?? 0
      expect(seen.top).toBeLessThan(top)
      expect(seen.bottom).toBeGreaterThan(0)
    }
  })

  it('reads a work in the order of the wall: the work, its title, its maker, who signed it', async () => {
    await open()
    await go(work('gemiddeld-genomen'))
    await page.locator('image-viewer img').waitFor()
    const said = (await accessibilityTree(page)).map(({ name }) => name)
    const at = (text: string): number => said.findIndex((name) => name.includes(text))
    const order = [
      'Voorstelling van',
      'Mesh Art Network, huiscollectie',
      'Public AI',
      'Ondertekend door',
      'Kijk het zelf na',
    ]
    const heard = order.map(at)
    expect(heard).not.toContain(-1)
    expect(heard).toEqual(heard.toSorted((a, b) => a - b))
  })
})
