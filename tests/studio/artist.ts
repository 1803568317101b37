import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { openKeyFile } from '../../artworks/format/key-file.ts'
import { pageFaults, watchWrongs } from '../browser/page-faults.ts'

export const passphrase = 'molen fiets regenjas zeven'

/** A small phone, held by somebody whom moving things make ill. */
export const phoneScreen = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  colorScheme: process.env['STUDIO_DARK'] === undefined ? 'light' : 'dark',
  reducedMotion: 'reduce',
  acceptDownloads: true,
} as const

/** An artist with a phone at a node: what they do in the studio, in Dutch, and all that goes over the air meanwhile. */
export class Artist {
  readonly context: BrowserContext
  readonly base: string
  page: Page
  /** Every request: address, headers and body. */
  readonly traffic: Buffer[] = []
  /** By what was looked at: what axe finds there, and what is wider than the phone. */
  readonly found: Record<string, string[]> = {}
  #shots = 0
  readonly #watched: string[][] = []

  private constructor(context: BrowserContext, base: string, page: Page) {
    this.context = context
    this.base = base
    this.page = page
  }

  static async at(context: BrowserContext, base: string): Promise<Artist> {
    const artist = new Artist(context, base, await context.newPage())
    artist.#watch()
    return artist
  }

  /** Broken content security policy, errors of the page, other origins. */
  get wrongs(): string[] {
    return this.#watched.flat()
  }

  #watch(): void {
    this.page.on('request', (request) => {
      const headers = JSON.stringify(request.headers())
      this.traffic.push(
        Buffer.from(`${request.url()}\n${headers}\n`),
        request.postDataBuffer() ?? Buffer.alloc(0),
      )
    })
    this.#watched.push(watchWrongs(this.page, this.base))
  }

  async open(place = ''): Promise<void> {
    await this.page.goto(`${this.base}/nl/studio${place}`)
    await this.page.locator('h1').first().waitFor()
  }

  async reopen(place = ''): Promise<void> {
    this.page = await this.context.newPage()
    this.#watch()
    await this.open(place)
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name })
  }

  async fill(id: string, value: string): Promise<void> {
    await this.page.locator(`#${id}`).fill(value)
  }

  /** Makes a key, saves its file, goes on. @returns the file and the recovery code */
  async makeKey(name: string): Promise<{ file: string; code: string }> {
    const { page } = this
    await this.button('Maak een sleutel').click()
    await this.fill('name', name)
    await this.fill('passphrase', passphrase)
    await this.fill('again', passphrase)
    await this.button('Maak een sleutel').click()
    const saving = page.waitForEvent('download')
    await this.button('Bewaar het sleutelbestand').click({ timeout: 60_000 })
    const file = readFileSync(await (await saving).path(), 'utf8')
    await page.locator('summary').first().click()
    const code = (await page.locator('key-make .code li').allTextContents()).join('\n')
    await this.button(/naar de studio/).click()
    await page.locator('home-page h1').waitFor()
    return { file, code }
  }

  /** What must stay in the browser, in every form it could have left in; `written` is what would be found in a text file. */
  async secrets(file: string): Promise<{ secrets: Buffer[]; written: string[] }> {
    const { key } = await openKeyFile(file, passphrase)
    const seed = Buffer.from(key.raw.subarray(0, 32))
    const base64url = seed.toString('base64url').slice(0, 40)
    const texts = [
      passphrase,
      seed.toString('hex'),
      seed.toString('base64').slice(0, 40),
      base64url,
      'mesh-art-key',
    ]
    return { secrets: [seed, ...texts.map((text) => Buffer.from(text))], written: [passphrase, base64url] }
  }

  async tryPassphrase(words: string): Promise<void> {
    await this.fill('passphrase', words)
    await this.button('Open').click()
  }

  async openKept(): Promise<void> {
    await this.tryPassphrase(passphrase)
    await this.page.locator('key-page').waitFor({ state: 'detached', timeout: 60_000 })
  }

  /** Opens the studio with a key file, in a browser that has never seen it. */
  async openFile(file: string): Promise<void> {
    await this.button('Open').click()
    const buffer = Buffer.from(file)
    await this.page
      .locator('#key-file')
      .setInputFiles({ name: 'noor.key', mimeType: 'application/json', buffer })
    await this.openKept()
  }

  /** The tab is closed, and the studio opened anew with the key this browser keeps. */
  async comeBack(): Promise<void> {
    await this.page.close()
    await this.reopen()
    await this.openKept()
  }

  /** What every work needs to be signed, beside its files. */
  async describe(title: string, { alt = 'Een proef.', track = 'Public AI' } = {}): Promise<void> {
    await this.step('Het werk')
    await this.fill('title-nl', title)
    await this.fill('statement-nl', `${title}.`)
    await this.page.getByText(track).click()
    await this.step('Voor iedereen')
    await this.fill('alt-nl', alt)
  }

  async step(name: string): Promise<void> {
    await this.page.locator('draft-page nav a', { hasText: name }).click()
  }

  /** Notes what is wrong with the page as it is now; with `STUDIO_SHOTS=folder`, a picture to look at. */
  async look(name: string): Promise<void> {
    const folder = process.env['STUDIO_SHOTS']
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true })
      this.#shots += 1
      await this.page.waitForTimeout(300)
      const path = join(folder, `${String(this.#shots).padStart(2, '0')}-${name}.png`)
      await this.page.screenshot({ path, fullPage: true })
    }
    const lacks = await this.lacks()
    if (lacks.length > 0) this.found[name] = lacks
  }

  lacks(): Promise<string[]> {
    return pageFaults(this.page)
  }
}
