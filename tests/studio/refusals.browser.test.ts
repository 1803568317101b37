import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialedJpeg } from '../artworks/format/credentialed-files.ts'
import { zipOf } from '../exhibit-ui/studio/zip-builder.ts'
import type { LoopbackNode } from '../integration/support/node.ts'
import { Artist, passphrase } from './artist.ts'
import { OneNode } from './one-node.ts'

describe('at one node', () => {
  let place: OneNode
  let node: LoopbackNode
  let artist: Artist

  beforeAll(async () => {
    place = await OneNode.start()
    node = place.node
    artist = await place.artist({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      colorScheme: 'dark',
    })
  }, 600_000)

  afterAll(() => place?.close())

  /** Goes on with Tab to what is called so, as a person without a mouse does. */
  async function tabTo(name: RegExp): Promise<void> {
    const seen: string[] = []
    for (let tries = 0; tries < 80; tries += 1) {
      await artist.page.keyboard.press('Tab')
      const { text, outlined } = await artist.page.evaluate(() => {
        let active = document.activeElement
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
        const input = active as HTMLInputElement | null
        const label = input?.labels?.[0]?.textContent ?? ''
        const shown = active?.closest('label') ?? active
        const style = shown === null ? undefined : getComputedStyle(shown)
        return {
          text: [active?.getAttribute('aria-label'), label, active?.textContent, active?.id]
            .join(' ')
            .replaceAll(/\s+/g, ' ')
            .trim(),
          outlined:
            style !== undefined &&
            style.outlineStyle !== 'none' &&
            Number.parseFloat(style.outlineWidth) >= 2,
        }
      })
      seen.push(text)
      if (!name.test(text)) continue
      expect([text, outlined]).toEqual([text, true])
      return
    }
    throw new Error(`no Tab leads to ${name.source}: ${seen.join(' | ')}`)
  }
  const type = (text: string): Promise<void> => artist.page.keyboard.type(text)
  const press = (key: string): Promise<void> => artist.page.keyboard.press(key)

  it('an artist without a mouse makes a key, a work, and brings it', { timeout: 180_000 }, async () => {
    const { page } = artist
    await artist.open()
    await tabTo(/^Maak een sleutel/)
    await press('Enter')
    await tabTo(/\bname$/)
    await type('Ilse')
    await tabTo(/\bpassphrase$/)
    await type(passphrase)
    await tabTo(/\bagain$/)
    await type(passphrase)
    await press('Enter')
    await page.getByText('Dit is je sleutel').waitFor({ timeout: 60_000 })
    await tabTo(/Bewaar het sleutelbestand/)
    const saving = page.waitForEvent('download')
    await press('Enter')
    await saving
    await tabTo(/naar de studio/)
    await press('Enter')
    await page.locator('home-page h1').waitFor()
    await tabTo(/^Nieuw werk/)
    await press('Enter')
    await page.locator('files-step').waitFor()
    // Before `tabTo`, which asks the page something: the browser then knows that a chooser is to be caught.
    const choosing = page.waitForEvent('filechooser')
    await tabTo(/Kies bestanden/)
    await press('Enter')
    writeFileSync(join(place.dir, 'gedicht.md'), '# Getij\n\nHet water komt.\n')
    await (await choosing).setFiles(join(place.dir, 'gedicht.md'))
    await page.locator('#medium').waitFor()
    await tabTo(/Verder: Het werk/)
    await press('Enter')
    await tabTo(/title-nl$/)
    await type('Getij')
    await tabTo(/statement-nl$/)
    await type('Een gedicht.')
    await tabTo(/^.*Public AI/)
    await press('Space')
    await tabTo(/Verder: Voor iedereen/)
    await press('Enter')
    await tabTo(/alt-nl$/)
    await type('Een gedicht over water.')
    await tabTo(/Verder: Bekijken/)
    await press('Enter')
    await page.getByText('Het water komt.').waitFor()
    expect(await artist.lacks()).toEqual([])
    await tabTo(/Verder: Versturen/)
    await press('Enter')
    await tabTo(/Bereken het zegel/)
    await press('Enter')
    await page.getByText('Dit is het zegel van je werk').waitFor({ timeout: 60_000 })
    await tabTo(/Onderteken en verstuur/)
    await press('Enter')
    await page.getByText('Je werk is aangekomen').waitFor({ timeout: 60_000 })
    expect((await node.works()).map(({ slug, maker }) => [slug, maker])).toEqual([['getij', 'Ilse']])
  })

  it('files that are not what they seem are refused in plain words, and none of them is taken', async () => {
    const { page } = artist
    await artist.open()
    await artist.openKept()
    await artist.button('Nieuw werk').click()
    const give = async (name: string, content: Buffer): Promise<string> => {
      await page.locator('files-step #files').setInputFiles({ name, mimeType: '', buffer: content })
      await page.locator('files-step [role="alert"] p').first().waitFor()
      return page.locator('files-step [role="alert"]').innerText()
    }
    const zip = async (...entries: Parameters<typeof zipOf>[0]): Promise<Buffer> =>
      Buffer.from(await zipOf(entries).arrayBuffer())
    const count = (): Promise<number> => page.locator('files-step .files li').count()
    expect(
      await give('bom.zip', await zip({ name: 'a', content: new Uint8Array(64 * 1024 * 1024) })),
    ).toContain('veel meer dan')
    expect(await give('pad.zip', await zip({ name: '../../a', content: 'x' }))).toContain('buiten hun map')
    expect(
      await give('link.zip', await zip({ name: 'a', content: '/etc/passwd', mode: 0o120777 })),
    ).toContain('verwijzingen')
    expect(await give('foto\u202egnp.exe', Buffer.from('x'))).toContain('leesrichting')
    expect(await count()).toBe(0)
    // A picture that is a page: taken, since it may be meant so, and said.
    expect(await give('foto.png', Buffer.from('<!doctype html><script>alert(1)</script>'))).toContain(
      'in het echt HTML',
    )
    expect(await artist.lacks()).toEqual([])
    expect(artist.wrongs).toEqual([])
  }, 120_000)

  it('a node that is full says so, and what was begun can go on elsewhere', async () => {
    const { page } = artist
    await artist.button('Begin opnieuw').click()
    await page
      .locator('files-step #files')
      .setInputFiles({ name: 'b.txt', mimeType: '', buffer: Buffer.from('vol') })
    await page.locator('#medium').waitFor()
    await artist.describe('Vol')
    await artist.step('Versturen')
    await artist.button('Bereken het zegel').click()
    await page.route('**/api/v1/uploads', (route) =>
      route.fulfill({
        status: 507,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: '/problems/disk-full', title: 'full', status: 507 }),
      }),
    )
    await artist.button('Onderteken en verstuur').click()
    await page.getByText('Dit knooppunt heeft geen plaats meer').waitFor({ timeout: 60_000 })
    expect((await node.works()).map(({ slug }) => slug)).toEqual(['getij'])
    await page.unroute('**/api/v1/uploads')
    await artist.button('Ga verder').click()
    await page.getByText('Je werk is aangekomen').waitFor({ timeout: 60_000 })
    expect((await node.works()).map(({ slug }) => slug).toSorted()).toEqual(['getij', 'vol'])
  }, 120_000)

  it('a photograph with Content Credentials is kept byte for byte, and said to have them', async () => {
    const { page } = artist
    const photograph = await credentialedJpeg()
    await artist.open()
    await artist.openKept()
    await artist.button('Nieuw werk').click()
    await page
      .locator('files-step #files')
      .setInputFiles({ name: 'foto.jpg', mimeType: '', buffer: photograph })
    await page.getByText('foto.jpg heeft Content Credentials').waitFor()
    await artist.describe('Foto', { alt: 'Een rood vlak.' })
    await artist.step('Versturen')
    await artist.button('Bereken het zegel').click()
    await artist.button('Onderteken en verstuur').click()
    await page.getByText('Je werk is aangekomen').waitFor({ timeout: 60_000 })
    const work = (await node.works()).find(({ slug }) => slug === 'foto')
    const kept = await fetch(`${node.url}/works/${work?.root}/foto.jpg`)
    expect(Buffer.compare(Buffer.from(await kept.arrayBuffer()), photograph)).toBe(0)
    await page.goto(`${place.base}/nl/works/${work?.artist}/foto`)
    await page.getByText('Sleutel en versies').click()
    await page.getByText('Content Credentials (C2PA) zitten in:').waitFor()
    await page.locator('content-credentials li', { hasText: 'foto.jpg' }).waitFor()
    expect(artist.wrongs).toEqual([])
  }, 120_000)

  it('an artist without a mouse withdraws the work, after thinking twice', async () => {
    const { page } = artist
    await artist.open()
    await artist.openKept()
    await tabTo(/^Getij/)
    await press('Enter')
    await page.locator('work-state-page h1').waitFor()
    await tabTo(/^Trek terug/)
    await press('Enter')
    await page.locator('dialog[open]').waitFor()
    expect(await artist.lacks()).toEqual([])
    // What destroys is not what the finger is on.
    expect(await page.locator('dialog button:focus').innerText()).toBe('Nee, laat het hangen')
    await press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'hidden' })
    await tabTo(/^Trek terug/)
    await press('Enter')
    await tabTo(/reason-nl$/)
    await type('Het tij keert.')
    await tabTo(/^Ja, trek/)
    await press('Enter')
    await page.getByText('1 van 1 knooppunt heeft het gewist').waitFor({ timeout: 60_000 })
    expect((await node.works()).some(({ slug }) => slug === 'getij')).toBe(false)
  }, 120_000)
})
