import { describe, expect, it } from 'vitest'
import { houseArtist } from '../exhibit-ui/fixture-data.ts'
import { focused, go, open, page, places, settled, useGallery, work } from './gallery-page.ts'

useGallery()

const path = () => new URL(page.url()).pathname

describe('by keyboard alone', () => {
  it('one goes from work to work by arrows, but not out of what takes them', async () => {
    await open()
    await go(work('zeven-stemmen'))
    await page.locator('work-page .neighbours a.next').waitFor()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(path, { timeout: 60_000 }).toBe(`/nl/${work('wie-niet-telt')}`)
    await page.locator('work-page .neighbours a.next').waitFor()
    await page.keyboard.press('ArrowRight')
    await expect.poll(path, { timeout: 60_000 }).toBe(`/nl/${work('zeven-stemmen')}`)
    await go(work('broncode-van-een-stad'))
    await page.getByRole('button', { name: 'Volgende beeld' }).focus()
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key)
    expect(await page.locator('images-viewer [role=status]').textContent()).toContain('2 van 3')
    expect(path()).toBe(`/nl/${work('broncode-van-een-stad')}`)
  })

  it('an interactive work is started, filled the screen with, begun anew and left', async () => {
    await open()
    await go(work('omweg'))
    await page.getByRole('button', { name: 'Start het werk' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('iframe').waitFor()
    await expect.poll(async () => (await focused()).tag, { timeout: 60_000 }).toBe('iframe')
    for (const name of ['Opnieuw', 'Volledig scherm', 'Sluiten']) {
      await expect
        .poll(async () => {
          await page.keyboard.press('Tab')
          return (await focused()).text
        })
        .toBe(name)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Start het werk' }).waitFor()
    expect(await focused()).toMatchObject({ tag: 'button', text: 'Start het werk' })
  })

  it('a work is taken along, and its address given to another phone', async () => {
    await open()
    await go(work('gemiddeld-genomen'))
    await page.locator('take-along summary', { hasText: 'Neem het mee' }).focus()
    await page.keyboard.press('Enter')
    const whole = page.locator('take-along a', { hasText: 'Bewaar het hele werk' })
    expect(await whole.getAttribute('href')).toMatch(/^\/ipfs\/baf\w+\?format=car$/)
    await page.locator('take-along summary', { hasText: 'Op een andere telefoon' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('qr-code svg').waitFor()
    expect(await page.locator('take-along .address').textContent()).toContain(
      `/nl/works/${houseArtist}/gemiddeld-genomen`,
    )
  })
})

describe('a finger', () => {
  it('going across the page leads to the next work and the one before', async () => {
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await go(work('zeven-stemmen'))
    await page.locator('work-page .neighbours a.next').waitFor()
    const stroke = async (from: number, to: number) => {
      const devtools = await page.context().newCDPSession(page)
      const y = 600
      await page.locator('wall-label h1').scrollIntoViewIfNeeded()
      const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
        devtools.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] })
      await send('touchStart', from)
      await send('touchMove', (from + to) / 2)
      await send('touchMove', to)
      await send('touchEnd')
    }
    // On a busy machine one may be too slow to be a stroke.
    const stroked = async (): Promise<string> => {
      await stroke(300, 80)
      return path()
    }
    await expect.poll(stroked, { timeout: 60_000, interval: 500 }).not.toBe(`/nl/${work('zeven-stemmen')}`)
  })
})

describe('what somebody may set in the browser', () => {
  it('more room between lines, words and letters hides nothing', { timeout: 60_000 }, async () => {
    await open({ viewport: { width: 390, height: 844 } })
    for (const place of places.slice(0, 9)) {
      await go(place)
      await settled()
      const lost = await page.evaluate(() => {
        const spaced = new CSSStyleSheet()
        spaced.replaceSync(
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
        )
        const cut: string[] = []
        const visit = (root: Document | ShadowRoot): void => {
          root.adoptedStyleSheets = [...root.adoptedStyleSheets, spaced]
          for (const element of root.querySelectorAll<HTMLElement>('*')) {
            if (element.shadowRoot) visit(element.shadowRoot)
          }
        }
        visit(document)
        const measure = (root: Document | ShadowRoot): void => {
          for (const element of root.querySelectorAll<HTMLElement>('*')) {
            if (element.shadowRoot) measure(element.shadowRoot)
            const style = getComputedStyle(element)
            const hides = style.overflowY === 'hidden' && element.clientHeight > 2
            if (hides && element.scrollHeight > element.clientHeight + 2 && element.textContent.trim() !== '')
              cut.push(`${element.localName}.${element.className}`)
          }
        }
        measure(document)
        return { cut, wide: document.documentElement.scrollWidth - innerWidth }
      })
      expect([place, lost]).toEqual([place, { cut: [], wide: Math.min(0, lost.wide) }])
    }
  })
})
