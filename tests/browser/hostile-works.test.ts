import { describe, expect, it } from 'vitest'
import { hostileWork } from '../exhibit-ui/fixture-data.ts'
import { context, fixture, go, open, page, useGallery, work } from './gallery-page.ts'

/** A small heap, so that a work that takes all memory is at its end soon, and not the machine. */
useGallery({ args: ['--js-flags=--max-old-space-size=128'], wrongsAllowed: true })

async function start(name: string): Promise<void> {
  fixture.hang(hostileWork(name))
  await open()
  await go(work(`vijand-${name}`))
  await page.getByRole('button', { name: 'Start het werk' }).click()
  await page.locator('iframe').waitFor()
  // The page itself asks for the works beside this one a little later.
  await expect.poll(() => fixture.asked).toContain('GET /api/v1/search?each=24')
}

async function leave(): Promise<void> {
  await page.getByRole('button', { name: 'Sluiten' }).click({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Start het werk' }).waitFor({ timeout: 30_000 })
  expect(await page.locator('iframe').count()).toBe(0)
  await page.getByRole('link', { name: 'Mesh Art Network' }).first().click()
  await page.locator('welcome-page h1').waitFor({ timeout: 30_000 })
}

describe('a work that means ill', () => {
  it(
    'reaches neither page, nor node, nor storage, opens nothing, and is left at will',
    { timeout: 90_000 },
    async () => {
      await start('everything')
      const windows: unknown[] = []
      const dialogs: unknown[] = []
      context.on('page', (opened) => windows.push(opened.url()))
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message())
        void dialog.dismiss()
      })
      const before = fixture.asked.length
      const address = page.url()
      const out = page.frameLocator('iframe').locator('#out')
      await out.click()
      await expect.poll(() => out.textContent(), { timeout: 30_000 }).toContain('example.org')
      const outcome = JSON.parse((await out.textContent()) ?? '{}') as Record<string, string>
      const harmless = { topByScript: true, form: true, link: true, dialog: true, print: true, back: true }
      const reached = Object.entries(outcome).filter(
        ([name, text]) => !text.startsWith('no ') && !(name in harmless) && text !== 'did nothing',
      )
      expect(reached).toEqual([])
      await page.waitForTimeout(500)
      expect([page.url(), windows, dialogs]).toEqual([address, [], []])
      expect(fixture.asked.slice(before).filter((path) => !path.startsWith('GET /api/v1/mesh'))).toEqual([])
      expect(await context.cookies()).toEqual([])
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
      await leave()
    },
  )

  it(
    'that never gives back is left at will where the browser gives it a process of its own',
    { timeout: 120_000 },
    async () => {
      await start('loop')
      await page.waitForTimeout(1000)
      await leave()
    },
  )

  it('that takes all memory ends alone', { timeout: 120_000 }, async () => {
    await start('memory')
    // Spoken to directly: playwright gives a page up as soon as a frame in it has ended.
    const devtools = await context.newCDPSession(page)
    const ask = async (expression: string): Promise<unknown> =>
      (await devtools.send('Runtime.evaluate', { expression })).result.value
    const ended = new Promise((resolve) => page.once('crash', resolve))
    await ended
    await expect.poll(() => ask('document.title'), { timeout: 30_000 }).toContain('Vijand memory')
    await ask(`
      globalThis.within = (root, name) => [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.localName === name ? [element] : []),
        ...(element.shadowRoot ? within(element.shadowRoot, name) : []),
      ])
      within(document, 'button').find((button) => button.textContent.includes('Sluiten')).click()`)
    await expect.poll(() => ask(`within(document, 'iframe').length`), { timeout: 30_000 }).toBe(0)
    await ask(`within(document, 'site-header')[0].shadowRoot.querySelector('a').click()`)
    await expect.poll(() => ask('location.pathname'), { timeout: 30_000 }).toBe('/nl/')
  })
})
