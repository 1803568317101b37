import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exhibition, serverOf } from '../node/http/exhibition-fixture.ts'
import { openBrowser } from './open-browser.ts'

const LABELS = 20
/** To be looked at: beside the pictures of the pages. */
const directory = fileURLToPath(new URL('../screenshots/', import.meta.url))

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** The text of each page, as a browser prints it on A4. */
async function printed(url: string, name: string): Promise<string[]> {
  const page = await browser.newPage()
  await page.goto(url)
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false })
  await page.close()
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, `${name}.pdf`), pdf)
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: true }).promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const sheet = await document.getPage(number)
    const [, , width = 0, height = 0] = sheet.view
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842])
    const { items } = await sheet.getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '))
  }
  await document.destroy()
  return pages
}

describe('on paper', () => {
  it('labels come eight to a sheet, none of them cut', async () => {
    const made = await exhibition()
    for (let i = 10; i < 10 + LABELS; i += 1) {
      await made.publish(
        `werk-${i}`,
        { 'index.html': String(i) },
        {
          manifest: {
            maker: `Maker-${i}-begin`,
            title: { nl: `Een titel van behoorlijke lengte over de hele breedte ${i}` },
            statement: { nl: 'Een zin over het werk. '.repeat(60) },
            technique: { nl: `Techniek-${i}-einde` },
          },
        },
      )
    }
    const { url } = await serverOf(made)
    const pages = await printed(`${url}/nl/print/labels`, 'print-labels')
    expect(pages).toHaveLength(Math.ceil(LABELS / 8))
    for (let i = 10; i < 10 + LABELS; i += 1) {
      const at = (words: string): number[] =>
        pages.flatMap((text, page) => (text.includes(words) ? [page] : []))
      expect(at(`Maker-${i}-begin`)).toHaveLength(1)
      expect(at(`Techniek-${i}-einde`)).toEqual(at(`Maker-${i}-begin`))
    }
    expect(pages.join(' ')).not.toContain('Druk deze bladzijde af')
  })

  it('a sign is one sheet for each language', async () => {
    const { url } = await serverOf(await exhibition())
    const pages = await printed(
      `${url}/nl/print/sign?ssid=Tentoonstelling&password=lang%20wachtwoord`,
      'print-sign',
    )
    expect(pages).toHaveLength(2)
    expect(pages[0]).toContain('Verbind met de wifi')
    expect(pages[1]).toContain('Join the Wi-Fi')
    for (const text of pages)
      for (const words of ['Tentoonstelling', 'lang wachtwoord', '127.0.0.1']) expect(text).toContain(words)
  })
})
