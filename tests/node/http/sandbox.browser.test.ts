import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../../browser/open-browser.ts'
import { temporaryDirectory } from '../store/temporary-directory.ts'
import { appOf, exhibition } from './exhibition-fixture.ts'

/** A name that is no localhost: an insecure context, as on a hotspot. */
const HOST = 'kunst.test'
const workDir = new URL('./sandbox-work/', import.meta.url)
const font = new URL(
  '../../../node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2',
  import.meta.url,
)
/** A page of the house that frames whatever its address says. */
const housePage = `<!doctype html><html lang="nl"><meta charset="utf-8"><title>huis</title>
<script type="module" src="/assets/house.js"></script></html>`
const houseScript = `addEventListener('message', ({ data, origin }) => { globalThis.heard = { data, origin } })
const frame = document.createElement('iframe')
frame.sandbox = 'allow-scripts'
frame.src = decodeURIComponent(location.hash.slice(1))
document.body.append(frame)`

interface Result {
  origin: string
  own: Record<string, string>
  forbidden: Record<string, string>
}

/** What the pages of this test leave in their global scope. */
type Said = { heard?: { data: Result }; result?: Result }

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] })
})
afterAll(async () => browser.close())

async function world(): Promise<{ base: string; work: string; asked: string[] }> {
  const uiDir = await temporaryDirectory()
  await mkdir(join(uiDir, 'assets'))
  await writeFile(join(uiDir, 'index.html'), housePage)
  await writeFile(join(uiDir, 'assets', 'house.js'), houseScript)
  const show = await exhibition({ uiDir })
  const files: Record<string, Uint8Array> = { 'probe.woff2': await readFile(font) }
  for (const name of [
    'index.html',
    'style.css',
    'classic.js',
    'module.js',
    'lib.js',
    'data.json',
    'picture.svg',
    'worker.js',
  ]) {
    files[name] = await readFile(new URL(name, workDir))
  }
  const { root } = await show.publish('werk', files)
  const other = await show.publish('ander', { ...files, 'extra.txt': new Uint8Array([1]) })
  const { app } = await appOf(show)
  const asked: string[] = []
  app.server.on('request', ({ url, method }) => asked.push(`${method} ${url}`))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    base: `http://${HOST}:${port}`,
    work: `/works/${root.toString()}/index.html?other=${other.root.toString()}`,
    asked,
  }
}

const expectedOwn = {
  classic: 'ok ran',
  module: 'ok imported',
  inline: 'ok evaluated',
  css: 'ok rgb(1, 2, 3)',
  picture: 'ok 7',
  font: 'ok 1',
  fetch: 'ok fetched',
  dynamicImport: 'ok imported',
  blobWorker: 'ok worker ran',
}

function expectConfined({ origin, own, forbidden }: Result, asked: readonly string[]): void {
  expect(origin).toBe('null')
  expect(own).toEqual(expectedOwn)
  expect(Object.entries(forbidden).filter(([, outcome]) => !outcome.startsWith('no '))).toEqual([])
  expect(asked.filter((url) => url.includes('/api/'))).toEqual([])
}

async function framed(page: Page, base: string, work: string): Promise<Result> {
  await page.goto(`${base}/nl/#${encodeURIComponent(work)}`)
  const heard = await page.waitForFunction(() => (globalThis as Said).heard, undefined, { timeout: 25_000 })
  const { data } = (await heard.jsonValue()) ?? {}
  if (data === undefined) throw new Error('the work said nothing')
  return data
}

describe('an interactive work in a real browser, on plain HTTP', () => {
  test('runs with its own files, and reaches nothing else, in the frame of the gallery', async () => {
    const { base, work, asked } = await world()
    const page = await browser.newPage()
    const result = await framed(page, base, work)
    expectConfined(result, asked)
    expect(await page.title()).toBe('Proef')
    await page.close()
  })

  test('nor when it is opened by itself', async () => {
    const { base, work, asked } = await world()
    const page = await browser.newPage()
    await page.goto(`${base}${work}`)
    const said = await page.waitForFunction(() => (globalThis as Said).result, undefined, { timeout: 25_000 })
    const result = await said.jsonValue()
    if (result === undefined) throw new Error('the work said nothing')
    expect(await page.title()).toBe('a work that tries everything')
    expectConfined({ ...result, forbidden: { ...result.forbidden, parentDocument: 'no parent' } }, asked)
    await page.close()
  })

  test('cannot lead its own frame to the API', async () => {
    const { base, work, asked } = await world()
    const page = await browser.newPage()
    await framed(page, base, `${work}&leave`)
    await page.waitForTimeout(500)
    expect(asked.filter((url) => url.includes('/api/'))).toEqual([])
    await page.close()
  })
})
