import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { otherOrigins } from '../../../node/http/values/check-pages.ts'
import { temporaryDirectory } from '../store/temporary-directory.ts'
import { appOf, dids, exhibition, seal } from './exhibition-fixture.ts'

const html =
  '<!doctype html><html lang="nl"><head><title>Mesh Art Network</title><link rel="preload" as="font"></head>' +
  '<body><exhibit-app></exhibit-app></body></html>'
const parts = {
  'index.html': { file: 'assets/index-1.js', imports: ['_shared.js'] },
  '_shared.js': { file: 'assets/shared-1.js' },
  'pages/work-page.ts': { file: 'assets/work-page-1.js', imports: ['_shared.js', 'index.html', '_more.js'] },
  '_more.js': { file: 'assets/more-1.js', imports: ['_more.js'] },
  'pages/works-page.ts': { file: 'assets/works-page-1.js', imports: ['_shared.js'] },
  'components/viewers/image-viewer.ts': { file: 'assets/image-viewer-1.js' },
}
const image = {
  medium: 'image',
  entry: 'beeld.png',
  dimensions: { width: 1600, height: 1200 },
  track: 'next-socials',
} as const
const files = { 'beeld.png': 'beeld', 'index.html': 'x' }

async function built(list: string | undefined = JSON.stringify(parts)) {
  const uiDir = await temporaryDirectory()
  await mkdir(join(uiDir, 'assets'))
  await writeFile(join(uiDir, 'index.html'), html)
  if (list !== undefined) await writeFile(join(uiDir, 'parts.json'), list)
  const show = await exhibition({ uiDir })
  const { app } = await appOf(show)
  const page = async (path: string): Promise<string> => (await app.inject(path)).body
  return { show, app, page }
}

interface Brought {
  readonly since: string
  readonly answers: Record<string, unknown>
}

function brought(page: string): Brought {
  const [, json = ''] = /<script type="application\/json" id="brought">(.*?)<\/script>/s.exec(page) ?? []
  return JSON.parse(json) as Brought
}

const address = (slug: string): string => `/en/works/${dids.artist}/${slug}`

describe('a page of the gallery', () => {
  test('brings the very answers that it would ask for', async () => {
    const { show, app, page } = await built()
    await show.publish('golf', files, { manifest: image })
    for (const [path, asked] of [
      ['/en/', ['/api/v1/exhibition', '/api/v1/mesh?works=none', '/api/v1/search?each=24']],
      ['/en/works', ['/api/v1/exhibition', '/api/v1/mesh?works=none', '/api/v1/search?from=0&limit=60']],
      [
        address('golf'),
        ['/api/v1/exhibition', '/api/v1/mesh?works=none', `/api/v1/artworks/${dids.artist}/golf`],
      ],
      ['/en/about', ['/api/v1/exhibition', '/api/v1/mesh?works=none']],
      ['/en/works?q=zee', ['/api/v1/exhibition', '/api/v1/mesh?works=none']],
    ] as const) {
      const { answers } = brought(await page(path))
      expect([path, ...Object.keys(answers)]).toEqual([path, ...asked])
      for (const url of asked) expect(answers[url]).toEqual((await app.inject(url)).json())
    }
  })

  test('names the event that its answers come after, and the stream goes on from there', async () => {
    const { show, page, app } = await built()
    const { since } = brought(await page('/en/'))
    expect(since).toMatch(/^[\w-]+-0$/)
    await show.publish('golf', files, { manifest: image })
    await expect.poll(async () => brought(await page('/en/')).since).not.toBe(since)
    const stream = await app.inject({ url: `/api/v1/events?since=${since}`, payloadAsStream: true })
    const seen: string[] = []
    stream.stream().on('data', (text: Buffer) => seen.push(text.toString()))
    await expect.poll(() => seen.join('')).toContain('event: catalogue')
    stream.stream().destroy()
    expect((await app.inject({ url: `/api/v1/events?since=${'x'.repeat(41)}` })).statusCode).toBe(400)
  })

  test('shows the picture of its work before any script has run, where the viewer will have it', async () => {
    const { show, page } = await built()
    const { root } = await show.publish('golf', files, { manifest: { ...image, alt: { nl: 'Een "golf"' } } })
    const [picture = ''] = /<div slot="art".*?<\/div>/s.exec(await page(address('golf'))) ?? []
    expect(picture).toContain('class="first-art" data-track="next-socials"')
    expect(picture).toContain(`/renditions/${root.toString()}/800/beeld.png 800w`)
    expect(picture).toContain('alt="Een &quot;golf&quot;" lang="nl"')
    expect(picture).toContain('width="1600" height="1200"')
    const [phones = ''] = /<source [^>]*>/.exec(picture) ?? []
    expect(phones).toContain('1088w"')
    expect(phones).toContain('sizes="min(100vw, 134vh)"')
  })

  test('has title and statement of the exhibition, as the welcome page sets them', async () => {
    const { show, page } = await built()
    const words = (text: string) => ({ nl: text, en: 'x' })
    const told = async (sequence: number, title: string, statement: string): Promise<string> => {
      const body = { title: words(title), statement: words(statement), curators: [], quorum: 0 }
      await show.accept(await seal('steward', { kind: 'exhibition', sequence, ...body }))
      return /<div slot="hero".*?<\/exhibit-app>/s.exec(await page('/nl/'))?.[0] ?? ''
    }
    const hero = await told(2, 'Kunst & <Macht>', 'Een.\n\nTwee.')
    expect(hero).toContain('data-letters="8"')
    expect(hero).toContain('<h1 lang="nl">Kunst &amp; &lt;Macht&gt;</h1>')
    expect(hero).toContain('<p>Een.</p><p>Twee.</p>')
    // Broader than the style sheet has rules for: the script sets it.
    expect(await told(3, 'Hottentottentententoonstellingsdagen', 'Een.')).toBe('')
    expect(await page('/nl/works')).not.toContain('slot="hero"')
  })

  test('fetches the poster that hangs first in the list of works, unless it is warned of', async () => {
    const { show, page } = await built()
    const poster = { path: 'poster.png', alt: { nl: 'x' } }
    const made = { ...files, 'poster.png': 'poster' }
    const { root } = await show.publish('golf', made, { manifest: { ...image, poster } })
    const link = /<link\s+rel="preload"\s+as="image"[^>]*>/
    const [fetched = ''] = link.exec(await page('/en/works')) ?? []
    expect(fetched).toContain(`imagesrcset="/renditions/${root.toString()}/320/poster.png 320w`)
    expect(fetched).toContain('media="(max-width: 599.98px)"')
    expect(await page('/en/works?q=golf')).not.toMatch(link)
    expect(await page('/en/')).not.toMatch(link)
    const warnings = [{ kind: 'flashing' as const }]
    await show.publish('golf', made, { manifest: { ...image, poster, sequence: 2, warnings } })
    expect(await page('/en/works')).not.toMatch(link)
  })

  test.each([
    ['that asks first', { ...image, warnings: [{ kind: 'flashing' as const }] }],
    ['of another medium', { medium: 'interactive' as const, entry: 'index.html' }],
    ['of unknown size', { medium: 'image' as const, entry: 'beeld.png' }],
  ])('has no picture of a work %s', async (_kind, extra) => {
    const { show, page } = await built()
    await show.publish('golf', files, { manifest: extra })
    expect(await page(address('golf'))).not.toContain('slot="art"')
  })

  test('fetches the scripts of its page and viewer with it, each once, before the letters', async () => {
    const { show, page } = await built()
    await show.publish('golf', files, { manifest: image })
    const text = await page(address('golf'))
    const links = [
      ...text.matchAll(/<link rel="modulepreload" fetchpriority="low" crossorigin href="([^"]+)">/g),
    ].map(([, at]) => at)
    expect(links).toEqual(['/assets/work-page-1.js', '/assets/more-1.js', '/assets/image-viewer-1.js'])
    expect(text.indexOf('image-viewer-1')).toBeLessThan(text.indexOf('as="font"'))
    expect(await page('/en/works')).toContain('/assets/works-page-1.js')
  })

  test.each(['{', '[]', '{"index.html":{"file":"//elsewhere.example/x.js"}}', ''])(
    'does without a list of scripts that it cannot read: %s',
    async (list) => {
      const { show, page } = await built(list)
      await show.publish('golf', files, { manifest: image })
      const text = await page(address('golf'))
      expect(text).not.toContain('modulepreload')
      expect(otherOrigins(text)).toEqual([])
      expect(brought(text).answers).toHaveProperty('/api/v1/exhibition')
    },
  )

  test('has the title of the work, and no text of a maker as markup', async () => {
    const { show, page } = await built()
    const title = '</title></script><script>alert(1)</script>$& <!--'
    await show.publish('golf', files, { manifest: { ...image, title: { en: title }, maker: '</script><b>' } })
    const text = await page(address('golf'))
    expect(text).toContain('<title>&lt;/title&gt;&lt;/script&gt;')
    expect(text.match(/<script/g)).toHaveLength(1)
    expect(text.match(/<\/script/g)).toHaveLength(1)
    const { answers } = brought(text)
    expect(answers[`/api/v1/artworks/${dids.artist}/golf`]).toMatchObject({ title: { en: title } })
  })

  test('leaves it to the gallery to tell of a work that is not shown', async () => {
    const { show, page } = await built()
    await show.publish('golf', files, { manifest: image })
    await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'golf' }))
    for (const slug of ['golf', 'nergens', '%00', '..%2f..']) {
      const text = await page(address(slug))
      expect(text).not.toContain('slot="art"')
      expect(JSON.stringify(brought(text).answers)).not.toContain('beeld.png')
    }
  })
})
