import { CID } from 'multiformats/cid'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildUi, distDirectory } from '../../exhibit-ui/build.ts'
import {
  dids,
  exhibition,
  importFiles,
  manifestOf,
  patterned,
  seal,
  serverOf,
} from '../node/http/exhibition-fixture.ts'
import type { Exhibition } from '../node/http/exhibition-fixture.ts'
import { HOST, watchedPage } from './curate-page.ts'
import type { Watched } from './curate-page.ts'
import { changed, changedInPage, flipByte, lyingProxy } from './lying-proxy.ts'
import type { Lie } from './lying-proxy.ts'
import { openBrowser } from './open-browser.ts'
import { pageFaults } from './page-faults.ts'

let browser: Browser
beforeAll(async () => {
  await buildUi()
  browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] })
}, 120_000)
afterAll(() => browser.close())

/** Larger than a chunk, a folder of many, and an empty one: each way a file can be put together. */
const files = {
  'deep/film.bin': patterned(2_500_000),
  'leeg.txt': '',
  'werk.txt': 'golf',
  'ook/ü – naam.txt': 'x',
}

/** The work as the page brings it along, and as the node would tell it again. */
function shownAs(change: (work: Record<string, unknown>) => unknown): Lie[] {
  const asked = /\/artworks\/[^/]*\/golf$/
  return [
    { path: /^\/en\/works\//, body: changedInPage(asked, change) },
    { path: asked, body: changed(change) },
  ]
}

interface World {
  readonly show: Exhibition
  readonly url: string
  readonly manifest: string
  readonly root: string
}

async function world(): Promise<World> {
  const show = await exhibition({ quorum: 1, uiDir: distDirectory })
  const manifest = {
    medium: 'text',
    entry: 'werk.txt',
    captions: [{ lang: 'nl', path: 'leeg.txt' }],
  } as const
  const { root } = await show.publish('golf', files, {
    manifest: { ...manifest, captions: [...manifest.captions] },
  })
  const cid = show.deps.catalogue.artwork(dids.artist, 'golf')?.versions[0]?.cid ?? ''
  await show.accept(await seal('curator', { kind: 'admission', target: { manifest: CID.parse(cid) } }))
  const { url } = await serverOf(show)
  return { show, url, manifest: cid, root: root.toString() }
}

async function checked(
  { url }: World,
  lies: readonly Lie[],
  verdict: string,
  options: Parameters<typeof watchedPage>[2] = {},
): Promise<Watched & { text: string }> {
  const base = `http://${HOST}:${await lyingProxy(url, lies)}`
  const watched = await watchedPage(browser, base, options)
  const { page } = watched
  await page.goto(`${base}/en/works/${dids.artist}/golf`)
  await page.getByRole('button', { name: 'Check it yourself' }).click()
  const found = page.locator('[data-verdict]')
  await found.waitFor()
  expect(await found.getAttribute('data-verdict')).toBe(verdict)
  return { ...watched, text: (await found.textContent()) ?? '' }
}

describe('a visitor checks a work', () => {
  test('of an honest node: all of it is right, and what that does not prove is said', async () => {
    const { wrongs, page, close } = await checked(await world(), [], 'good', {
      viewport: { width: 360, height: 740 },
    })
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    const said = (
      await page.locator('work-check').evaluate((check) => check.shadowRoot?.textContent ?? '')
    ).replaceAll(/\s+/g, ' ')
    expect(said).toContain('4 signatures checked')
    expect(said).toContain('Admitted by C. Curator')
    expect(said).toContain('4 files, 2.5 MB')
    expect(said).toContain('That the key belongs to the maker it names')
    expect(said).toContain('That the node keeps nothing back')
    expect(await pageFaults(page)).toEqual([])
    expect(wrongs).toEqual([])
    await close()
  })

  const otherManifest = async (by: 'curator' | 'artist', slug: string): Promise<string> => {
    const work = await importFiles({ 'a.txt': 'a' })
    const { bytes } = await seal(by, manifestOf(slug, work))
    return Buffer.from(bytes).toString('base64')
  }
  const lies: [string, (world: World) => Promise<Lie[]> | Lie[], RegExp][] = [
    [
      'a flipped byte of a small file',
      () => [{ path: /^\/works\/.*werk\.txt$/, body: flipByte }],
      /file was changed: werk\.txt/,
    ],
    [
      'a flipped byte of a large file',
      () => [{ path: /^\/works\/.*film/, body: flipByte }],
      /file was changed: deep\/film\.bin/,
    ],
    [
      'a byte too many',
      () => [{ path: /^\/works\/.*film/, body: (truth) => Buffer.concat([truth, Buffer.of(1)]) }],
      /film\.bin/,
    ],
    ['a flipped byte of a folder', () => [{ path: /^\/ipfs\//, body: flipByte }], /file was changed/],
    [
      'another title than was signed',
      () => shownAs((work) => ({ ...work, title: { en: 'Mine' } })),
      /than what was signed: title/,
    ],
    ['another maker than was signed', () => shownAs((work) => ({ ...work, maker: 'X' })), /signed: maker/],
    [
      'a manifest signed with another key',
      async ({ manifest }) => {
        const envelope = await otherManifest('curator', 'golf')
        return [{ path: new RegExp(manifest), body: changed((view) => ({ ...view, envelope })) }]
      },
      /record is not what it must be/,
    ],
    [
      'another record in the place of the admission',
      async ({ show }) => {
        const envelope = await otherManifest('artist', 'zee')
        const admission = show.deps.records.list({ kind: 'admission' })[0]?.record.cid ?? ''
        return [{ path: new RegExp(admission), body: changed((view) => ({ ...view, envelope })) }]
      },
      /record is not what it must be/,
    ],
    [
      'a flipped bit in a signature',
      ({ manifest }) => [
        {
          path: new RegExp(manifest),
          body: changed((view) => ({
            ...view,
            envelope: flipByte(Buffer.from(String(view['envelope']), 'base64')).toString('base64'),
          })),
        },
      ],
      /record is not what it must be/,
    ],
    [
      'a work that nobody admitted',
      ({ show }) => {
        const admission = show.deps.records.list({ kind: 'admission' })[0]?.record.cid
        return [
          {
            path: /provenance$/,
            body: changed((view) => ({
              ...view,
              records: (view['records'] as string[]).filter((cid) => cid !== admission),
            })),
          },
        ]
      },
      /not admitted/,
    ],
    [
      'a proof of intake that is another',
      () => [
        {
          path: /provenance$/,
          body: changed((view) => ({
            ...view,
            intake: { ...(view['intake'] as object), node: dids.neighbour },
          })),
        },
      ],
      /brought in is not right/,
    ],
  ]
  test.each(lies)('of a node that gives %s: red, and it names what failed', async (_what, lie, named) => {
    const made = await world()
    const { text, close } = await checked(made, await lie(made), 'bad')
    expect(text).toMatch(named)
    await close()
  })

  test('of a node that does not answer: neither right nor wrong', async () => {
    const { text, close } = await checked(
      await world(),
      [{ path: /^\/ipfs\//, body: () => Promise.reject(new Error('away')) }],
      'unknown',
    )
    expect(text).toContain('gave no answer')
    await close()
  })

  test('whose manifest is of another artist than the address says: red', async () => {
    const made = await world()
    const base = `http://${HOST}:${await lyingProxy(made.url, [
      {
        path: new RegExp(`/artworks/${dids.curator}`),
        body: async (_truth, path) =>
          Buffer.from(
            await (await fetch(`${made.url}${path.replace(dids.curator, dids.artist)}`)).arrayBuffer(),
          ),
      },
    ])}`
    const { page, close } = await watchedPage(browser, base)
    await page.goto(`${base}/en/works/${dids.curator}/golf`)
    await page.getByRole('button', { name: 'Check it yourself' }).click()
    await page.locator('[data-verdict=bad]').waitFor()
    expect(await page.locator('[data-verdict]').textContent()).toContain('Signed with another key')
    await close()
  })
})
