import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liteAddress, parseLitePlace } from '../../../../node/http/lite/address.ts'
import { languages } from '../../../../node/http/lite/language.ts'
import { appOf, dids, exhibition, seal } from '../exhibition-fixture.ts'
import { hostile, mixedExhibition, slugs } from './lite-fixture.ts'
import { markupProblems } from './markup-check.ts'

const FIRST_PAGE_BYTES = 14 * 1024
const work = (slug: string): string => `works/${dids.artist}/${slug}`
const places = [
  '',
  'works',
  'works?track=next-socials',
  'works?part=9',
  'artists',
  `artists/${dids.artist}`,
  'mesh',
  'about',
  'decisions',
  'nergens',
  work('bestaat-niet'),
  `${work('vijandig')}?show=1`,
  ...slugs.map(work),
]

describe('the pages without script', () => {
  test.each(languages)('are valid, in %s, whatever a maker wrote', async (language) => {
    const { app } = await appOf(await mixedExhibition())
    for (const place of places) {
      const answer = await app.inject(`/${language}/lite/${place}`)
      expect([place, markupProblems(answer.body)]).toEqual([place, []])
      expect(answer.body).toContain(`<html lang="${language}">`)
      expect(answer.body).not.toMatch(/<script|(?:href|src|poster)="(?!\/|data:,")/)
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(answer.headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; img-src 'self' data:; media-src 'self'; /,
      )
    }
  })

  test('the checker sees what is wrong', () => {
    const page = (body: string): string => `<!doctype html>\n<html lang="nl"><body>${body}</body></html>`
    expect(markupProblems(page('<p>goed</p>'))).toEqual([])
    for (const bad of [
      '<p>',
      '<p><div></div></p>',
      '<ul>x</ul>',
      '<img src="x">',
      '<b x="1" x="2"></b>',
      'a & b',
      '<a href="x"><a href="y"></a></a>',
      '<script></script>',
      '<p style="x"></p>',
      '</p>',
    ]) {
      expect([bad, markupProblems(page(bad)).length]).not.toEqual([bad, 0])
    }
  })

  test('show every work by its medium', async () => {
    const { app } = await appOf(await mixedExhibition())
    const page = async (slug: string): Promise<string> => (await app.inject(`/nl/lite/${work(slug)}`)).body
    expect(await page('beeld')).toMatch(
      /<img src="\/renditions\/baf\w+\/1088\/beeld\.webp" alt="Een werk" +width="1200" height="900"\/>/,
    )
    expect((await page('reeks')).match(/\/1088\/serie\/\d+\.webp/g)).toEqual([
      '/1088/serie/1.webp',
      '/1088/serie/2.webp',
      '/1088/serie/10.webp',
    ])
    const audio = await page('geluid')
    expect(audio).toMatch(/<audio\s+controls\s+preload="none"\s+src="\/works\/baf\w+\/stem\.m4a"/)
    expect(audio).toContain('<p>Tweede alinea.</p>')
    const video = await page('film')
    expect(video).toMatch(
      /<track\s+kind="captions"\s+src="\/works\/baf\w+\/onder%20titels\.vtt"\s+srclang="nl"\s+label="nl"\s+default/,
    )
    expect(await page('tekst')).toMatch(
      /<h2>Brief<\/h2>\s*<p>Een <em>woord<\/em> en <a href="\/works\/baf\w+\/bij%20lage\.md">/,
    )
    expect(await page('tekst')).not.toContain('elders.example"')
    expect(await page('kaal')).toContain('<p>Eerste.</p><p>Tweede &quot;')
    expect(await page('spel')).toMatch(/nieuwe browser[^]*href="\/works\/baf\w+\/index\.html"/)
    expect(await page('ruimte')).toMatch(/ruimte\.glb" download/)
    expect(await page('boek')).toMatch(/boek\.pdf" download/)
    expect(await page('onderweg')).toContain('Nog onderweg: ')
  })

  test('ask first, before anything that is warned of', async () => {
    const { app } = await appOf(await mixedExhibition())
    const before = (await app.inject(`/nl/lite/${work('vijandig')}`)).body
    // Its seal, and no picture of its own.
    expect(before).not.toMatch(/<img[^>]+src="\/(?:works|renditions)\//)
    expect(before).toContain('?show=1')
    expect((await app.inject(`/nl/lite/${work('vijandig')}?show=1`)).body).toContain('<img')
    expect((await app.inject('/nl/lite/works')).body).not.toContain(hostile)
  })

  test('say what happened to a work that is gone, and to an address that never was', async () => {
    const made = await mixedExhibition()
    const { app } = await appOf(made)
    await made.accept(await seal('artist', { kind: 'withdrawal', slug: 'beeld' }))
    const gone = await app.inject(`/en/lite/${work('beeld')}`)
    expect([gone.statusCode, gone.headers['content-type']]).toEqual([410, 'text/html; charset=utf-8'])
    expect(gone.body).toContain('Withdrawn by its maker')
    expect((await app.inject('/en/lite/decisions')).body).toContain('Withdrawn')
    for (const place of ['nergens', work('bestaat-niet'), 'works/%zz/x', `artists/${dids.curator}`]) {
      const answer = await app.inject(`/en/lite/${place}`)
      expect([place, answer.statusCode]).toEqual([place, place.includes('%zz') ? answer.statusCode : 404])
      expect(answer.statusCode).toBeLessThan(500)
    }
  })

  test('are few enough bytes for the first round trip, style and all', async () => {
    const made = await exhibition()
    for (let i = 0; i < 30; i += 1) {
      await made.publish(
        `werk-${i}`,
        { 'index.html': String(i) },
        {
          manifest: {
            track: i % 2 ? 'public-ai' : 'next-socials',
            title: { nl: `Een werk met een titel van gewone lengte, nummer ${i}` },
          },
        },
      )
    }
    const { app } = await appOf(made)
    for (const place of ['', 'works']) {
      const plain = await app.inject(`/nl/lite/${place}`)
      const packed = await app.inject({ url: `/nl/lite/${place}`, headers: { 'accept-encoding': 'gzip' } })
      expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
      expect(packed.rawPayload.length).toBeLessThan(FIRST_PAGE_BYTES)
      // Browsers that take no compression are the ones this lane is for.
      if (place === '') expect(plain.rawPayload.length).toBeLessThan(FIRST_PAGE_BYTES)
    }
  })

  test('are revalidated', async () => {
    const { app } = await appOf(await mixedExhibition())
    const { etag } = (await app.inject('/nl/lite/')).headers
    const again = await app.inject({ url: '/nl/lite/', headers: { 'if-none-match': String(etag) } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })
})

describe('the way to them', () => {
  test('is by the language of the browser, and by the gallery where its script does not run', async () => {
    const { app } = await appOf(await exhibition())
    const get = async (url: string) =>
      (await app.inject({ url, headers: { 'accept-language': 'nl' } })).headers.location
    expect(await get('/lite')).toBe('/nl/lite/')
    expect(await get('/lite/works?track=public-ai')).toBe('/nl/lite/works?track=public-ai')
    expect(await get('/en/lite')).toBe('/en/lite/')
    expect(await get(`/en/${work('golf')}?lite`)).toBe(`/en/lite/${work('golf')}`)
    expect(await get('/en/?lite')).toBe('/en/lite/')
  })

  test('leads back to the very place', () => {
    const slug = fc.stringMatching(/^[a-z0-9]{1,12}$/)
    const part = fc.integer({ min: 1, max: 100 })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom(
            { page: 'welcome' } as const,
            { page: 'mesh' } as const,
            { page: 'about' } as const,
            { page: 'decisions', before: 4 } as const,
          ),
          fc.record({ page: fc.constant('works' as const), track: fc.constant('public-ai' as const), part }),
          fc.record({
            page: fc.constant('work' as const),
            artist: fc
              .string({ minLength: 1 })
              .filter((text) => text.isWellFormed() && !/^\.{1,2}$/.test(text)),
            slug,
            agreed: fc.constant(false),
          }),
          fc.record({ page: fc.constant('artists' as const), part }),
        ),
        (place) => {
          const url = new URL(liteAddress('nl', place), 'http://node')
          expect(parseLitePlace(url.pathname.slice('/nl/lite/'.length), url.searchParams)).toEqual(place)
        },
      ),
    )
  })
})
