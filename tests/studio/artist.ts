import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const passphrase = 'molen fiets regenjas zeven'

/** An artist with a phone at a node: what they do in the studio, in Dutch, and all that goes over the air meanwhile. */
export class Artist {
  readonly context: BrowserContext
  readonly base: string
  page: Page
  /** Every request: address, headers and body. */
  readonly traffic: Buffer[] = []
  /** Broken content security policy, errors of the page, other origins. */
  readonly wrongs: string[] = []

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

  #watch(): void {
    this.page.on('request', (request) => {
      const headers = JSON.stringify(request.headers())
      this.traffic.push(
        Buffer.from(`${request.url()}\n${headers}\n`),
        request.postDataBuffer() ?? Buffer.alloc(0),
      )
      if (!/^(blob:)?http:\/\/[\d.:]+\//.test(request.url())) this.wrongs.push(request.url())
    })
    this.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.wrongs.push(message.text())
    })
    this.page.on('pageerror', (error) => this.wrongs.push(String(error)))
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

  async openKept(): Promise<void> {
    await this.fill('passphrase', passphrase)
    await this.button('Open').click()
    await this.page.locator('key-page').waitFor({ state: 'detached', timeout: 60_000 })
  }

  async step(name: string): Promise<void> {
    await this.page.locator('draft-page nav a', { hasText: name }).click()
  }

  async lacks(): Promise<string[]> {
    await this.page.evaluate(axeSource)
    const { violations } = await this.page.evaluate(async (): Promise<AxeResults> => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
      return axe.run({ iframes: false, resultTypes: ['violations'] })
    })
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    return [
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`),
      ),
      ...(wide > 0 ? [`${wide} px too wide`] : []),
    ]
  }
}
