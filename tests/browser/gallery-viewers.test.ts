import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { packedWork } from '../exhibit-ui/fixture-data.ts'
import { chineseSheet } from '../exhibit-ui/fixture-pdf.ts'
import { context, fixture, focused, go, open, page, useGallery, violations, work } from './gallery-page.ts'
import { softwareGraphics } from './open-browser.ts'

useGallery({ args: [...softwareGraphics] })

/** How much of the canvas differs from its own corner, and a sum that tells one picture from another. */
const picture = async () => {
  const shot = await page.locator('model-viewer canvas').screenshot()
  const { data, info } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  let inked = 0
  for (let i = 0; i < data.length; i += 3) {
    if (Math.abs((data[i] ?? 0) - (data[0] ?? 0)) + Math.abs((data[i + 1] ?? 0) - (data[1] ?? 0)) > 24)
      inked += 1
  }
  return { inked: inked / (info.width * info.height), sum: createHash('sha256').update(data).digest('hex') }
}

describe('a model', () => {
  it(
    'stands still until it is turned, by keys or by buttons, and has a name',
    { timeout: 120_000 },
    async () => {
      await open()
      await go(work('knoop'))
      const canvas = page.locator('model-viewer canvas')
      await page.getByRole('button', { name: 'Draai naar links' }).waitFor({ timeout: 60_000 })
      expect(await canvas.getAttribute('aria-label')).toContain('Voorstelling van ‘Knoop’')
      await canvas.focus()
      const shown = async () => {
        await page.keyboard.press('ArrowUp')
        await page.keyboard.press('ArrowDown')
        return picture()
      }
      const first = await shown()
      expect(first.inked).toBeGreaterThan(0.05)
      await page.waitForTimeout(300)
      expect((await shown()).sum).toBe(first.sum)
      await page.keyboard.press('ArrowRight')
      expect((await picture()).sum).not.toBe(first.sum)
      await page.keyboard.press('0')
      await page.getByRole('button', { name: 'Dichterbij' }).click()
      expect((await picture()).inked).toBeGreaterThan(first.inked)
      expect(await violations()).toEqual([])
      await page.getByRole('button', { name: 'Laat bewegen' }).click()
      await page.getByRole('button', { name: 'Zet stil' }).click()
      await page.locator('a.brand, site-header a').first().click()
      await page.locator('welcome-page h1').waitFor()
      expect(await page.locator('canvas').count()).toBe(0)
    },
  )

  it('is unpacked in a worker, by decoders of the node itself', { timeout: 120_000 }, async () => {
    await open()
    for (const name of ['draco', 'meshopt'] as const) {
      fixture.hang(packedWork(name))
      await go(work(`gepakt-${name}`))
      await page.getByRole('button', { name: 'Draai naar links' }).waitFor({ timeout: 60_000 })
      await page.locator('model-viewer canvas').focus()
      await page.keyboard.press('0')
      expect([name, (await picture()).inked > 0.03]).toEqual([name, true])
    }
  })

  it('is a picture, words and a file where there is no WebGL', { timeout: 60_000 }, async () => {
    await open()
    await context.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null
    })
    await go(work('knoop'))
    await expect
      .poll(() => page.locator('model-viewer [role=status]').textContent(), { timeout: 30_000 })
      .toContain('kan geen 3D tonen')
    expect(await page.locator('model-viewer work-seal').count()).toBe(1)
    expect(await page.locator('model-viewer a[download]').count()).toBe(1)
  })
})

describe('a publication', () => {
  it('in Chinese has its words too, by a map of characters that the node gives', async () => {
    await open()
    await page.route('**/peil.pdf', (route) =>
      route.fulfill({ body: chineseSheet(), contentType: 'application/pdf' }),
    )
    const maps: string[] = []
    page.on('response', (response) => {
      if (response.url().includes('/assets/cmap-')) maps.push(`${response.status()} ${response.url()}`)
    })
    await go(work('peil'))
    await expect
      .poll(() => page.locator('pdf-viewer .words').textContent(), { timeout: 60_000 })
      .toContain('水')
    expect(maps.join(' ')).toMatch(/200 \S+-UniGB-UCS2-H\.bcmap/)
  }, 120_000)

  it(
    'is read page by page, by keys too, its words can be selected and read out',
    { timeout: 120_000 },
    async () => {
      await open()
      await go(work('peil'))
      await page.locator('pdf-viewer .desk[aria-busy=false]').waitFor({ timeout: 60_000 })
      const words = () => page.locator('pdf-viewer .words').textContent()
      await expect.poll(words).toContain('Een stad meet haar water in duimen,')
      const inked = await page.locator('pdf-viewer canvas').evaluate((canvas: HTMLCanvasElement) => {
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        return data.some((value, i) => i % 4 === 0 && value < 100)
      })
      expect(inked).toBe(true)
      await page.locator('pdf-viewer .desk').focus()
      await page.keyboard.press('PageDown')
      await expect.poll(words).toContain('Wie de sluis bedient')
      await page.getByRole('button', { name: 'Volgende bladzijde' }).click()
      await expect.poll(words).toContain('staat straks een duim hoger.')
      expect(await page.getByRole('button', { name: 'Volgende bladzijde' }).isDisabled()).toBe(true)
      const before = await page.locator('pdf-viewer .sheet').evaluate((sheet) => sheet.clientWidth)
      await page.getByRole('button', { name: 'Dichterbij' }).click()
      await expect
        .poll(() => page.locator('pdf-viewer .sheet').evaluate((sheet) => sheet.clientWidth))
        .toBeGreaterThan(before * 1.2)
      await page.locator('pdf-viewer input').fill('1')
      await page.locator('pdf-viewer input').press('Enter')
      await expect.poll(words).toContain('Peil')
      expect((await focused()).tag).toBe('input')
      expect(await violations()).toEqual([])
    },
  )
})
