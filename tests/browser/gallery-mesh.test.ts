import { describe, expect, it } from 'vitest'
import { houseArtist, progressOf } from '../exhibit-ui/fixture-data.ts'
import { fixture, go, open, page, useGallery } from './gallery-page.ts'

useGallery()

const said = (): Promise<string> =>
  page
    .locator('work-way [role=status]')
    .innerText()
    .then((text) => text.replaceAll(/\s+/g, ' ').trim())

/** How many of a kind the large drawing has. */
const drawn = (selector: string): Promise<number> => page.locator(`mesh-page mesh-line ${selector}`).count()

describe('a work that is followed through the mesh', () => {
  it('is chosen by keyboard, and told: where it is, where it was brought in, by which way it came', async () => {
    await open()
    await go('mesh')
    const choice = page.getByLabel('Werk', { exact: true })
    await choice.waitFor()
    expect(await said()).toBe('')
    expect(await drawn('.share')).toBe(0)
    await choice.focus()
    await page.keyboard.type('Omweg')
    await expect
      .poll(said)
      .toMatch(
        /^Het is compleet op \d van 7 knooppunten\. Het is binnengebracht bij Pakhuis de Zwijger\. Hier kwam het binnen van NEMO\./,
      )
    expect(new URL(page.url()).searchParams.get('work')).toBe(`${houseArtist}/omweg`)
    // A disc for each node, one of which has not said what it holds; one line heavy; a word where it was brought in.
    expect([await drawn('.share'), await drawn('.rim.unsaid'), await drawn('.link.way')]).toEqual([7, 1, 1])
    await page.getByText('hier binnengebracht').waitFor()
    await page.getByRole('link', { name: 'Bekijk het werk' }).click()
    await page.getByRole('heading', { level: 1, name: 'Omweg' }).waitFor()
  })

  it('has an address, in both languages, and can be let go', async () => {
    await open()
    await go(`mesh?work=${houseArtist}/omweg`, 'en')
    await expect.poll(said).toContain('NEMO')
    await page.getByRole('link', { name: 'Nederlands' }).click()
    await expect.poll(said).toContain('Hier kwam het binnen van NEMO.')
    await page.getByLabel('Werk', { exact: true }).selectOption('')
    await expect.poll(said).toBe('')
    await expect.poll(() => drawn('.share')).toBe(0)
    expect(new URL(page.url()).search).toBe('')
  })

  it('that is on its way shows from whom it comes now, and afterwards from whom it came', async () => {
    await open()
    await go(`mesh?work=${houseArtist}/tijdlijn-zonder-eigenaar`)
    await expect.poll(said).toContain('Het komt nu binnen van Waag.')
    await expect.poll(() => drawn('.link.way')).toBe(1)
    fixture.progress('tijdlijn-zonder-eigenaar', progressOf(63, 63))
    await expect.poll(said).toContain('Hier kwam het binnen van NEMO en Waag.')
    await expect.poll(() => drawn('.link.way')).toBe(2)
  })

  it('that nobody knows leaves the drawing as it is', async () => {
    await open()
    await go('mesh?work=did:key:z6MkNiemand/nergens')
    await page.getByLabel('Werk', { exact: true }).waitFor()
    expect(await said()).toBe('')
    expect(await drawn('.node')).toBeGreaterThan(0)
  })
})
