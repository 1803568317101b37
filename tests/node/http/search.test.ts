import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { artworksSchema, worksFoundSchema } from '../../../node/http/schemas.ts'
import { httpLimits } from '../../../node/http/limits.ts'
import { ShownWorks } from '../../../node/http/views/shown-works.ts'
import { appOf, dids, exhibition, manifestOf, seal } from './exhibition-fixture.ts'

async function filled() {
  const show = await exhibition()
  const files = { 'index.html': '<p>x</p>' }
  await show.publish('golf', files, {
    manifest: {
      title: { nl: 'Gólf' },
      track: 'public-ai',
      medium: 'audio',
      statement: { nl: 'Een golf.' },
      transcript: { nl: 'Een stem telt tot zeven.' },
    },
  })
  await show.publish('berg', files, {
    manifest: { track: 'next-socials', maker: 'Zoë Brouwer', statement: { en: 'A mountain.' } },
  })
  await show.publish('aarde', files, { manifest: { track: 'public-ai' } })
  const { app } = await appOf(show)
  const find = async (query: string) => (await app.inject(`/api/v1/search?${query}`)).json()
  const slugs = async (query: string): Promise<string[]> =>
    (await find(query)).works.map(({ slug }: { slug: string }) => slug)
  return { show, app, find, slugs }
}

describe('GET /api/v1/search', () => {
  test('finds by title, maker, statement and transcript, whatever the accents', async () => {
    const { slugs } = await filled()
    expect(await slugs('q=golf')).toEqual(['golf'])
    expect(await slugs('q=zoe')).toEqual(['berg'])
    expect(await slugs('q=mountain')).toEqual(['berg'])
    expect(await slugs('q=telt+zeven')).toEqual(['golf'])
    expect(await slugs('q=telt+twee')).toEqual([])
  })

  test('chooses by track, medium, language, venue and artist, and says what there is to choose', async () => {
    const { find, slugs } = await filled()
    expect(await slugs('track=public-ai')).toEqual(['golf', 'aarde'])
    expect(await slugs('medium=audio')).toEqual(['golf'])
    expect(await slugs('language=en')).toEqual(['aarde', 'berg'])
    expect(await slugs(`venue=${dids.node}`)).toEqual(['golf', 'aarde', 'berg'])
    expect(await slugs('venue=elsewhere')).toEqual([])
    const { artist, choices, shown, total } = await find(`artist=${dids.artist}&track=public-ai`)
    expect([total, shown]).toEqual([2, 3])
    expect(artist.names).toEqual(['A. Maker', 'Zoë Brouwer'])
    expect(choices.track).toEqual({ 'public-ai': 2, 'next-socials': 1 })
    expect(choices.venue).toEqual([{ id: dids.node, name: 'Kelder', works: 2 }])
    expect((await find(`artist=${dids.curator}`)).artist).toBeUndefined()
  })

  test('gives a page, the first of each track, or what hangs beside a work', async () => {
    const { find, slugs } = await filled()
    expect(await slugs('from=1&limit=1')).toEqual(['aarde'])
    expect(await slugs('each=1')).toEqual(['golf', 'berg'])
    expect(await slugs(`around=${dids.artist}/aarde&limit=3`)).toEqual(['golf', 'aarde', 'berg'])
    expect(await slugs(`around=${dids.artist}/golf&limit=3`)).toEqual(['golf', 'aarde', 'berg'])
    expect(await slugs(`around=${dids.artist}/nothing&limit=3`)).toEqual([])
    expect((await find('from=900')).total).toBe(3)
  })

  test('answers as its schema says, and refuses what cannot be in one clear line', async () => {
    const { app, find } = await filled()
    for (const query of ['', 'q=golf', 'each=24', `artist=${dids.artist}`]) {
      expect(v.safeParse(worksFoundSchema, await find(query)).issues ?? []).toEqual([])
    }
    for (const query of [
      'track=elders',
      'medium=geur',
      'artist=ik',
      'language=Nederlands',
      'from=-1',
      'limit=0',
      'limit=100000',
      `q=${'x'.repeat(201)}`,
      'q=a&q=b',
    ]) {
      expect([query, (await app.inject(`/api/v1/search?${query}`)).statusCode]).toEqual([query, 400])
    }
  })

  test('follows the catalogue, and keeps no more text than it may', async () => {
    const show = await exhibition()
    const work = await show.publish('w-0', { 'index.html': 'x' })
    const limits = { ...httpLimits, searchedTextLength: 40, searchedTextKept: 100 }
    const shown = new ShownWorks(show.deps.catalogue, () => null, limits)
    expect(shown.all()).toHaveLength(1)
    expect(shown.all()).toBe(shown.all())
    for (let i = 1; i < 20; i += 1) show.deps.catalogue.add(await seal('artist', manifestOf(`w-${i}`, work)))
    expect(shown.all()).toHaveLength(20)
    // Beyond the bound texts are made each time, and say the same.
    expect(shown.all().every((one) => one.text().includes('werk w-'))).toBe(true)
  })
})

describe('GET /api/v1/artworks', () => {
  test('gives all works in parts, in the order in which they hang, and says where the next are', async () => {
    const { app } = await filled()
    const list = async (url: string) => (await app.inject(url)).json()
    const all = await list('/api/v1/artworks')
    expect(all.next).toBeUndefined()
    const slugs: string[] = []
    let url: string | undefined = '/api/v1/artworks?limit=2'
    for (let parts = 0; url !== undefined; parts += 1) {
      expect(parts).toBeLessThan(2)
      const part = await list(url)
      expect(v.is(artworksSchema, part)).toBe(true)
      slugs.push(...part.artworks.map(({ slug }: { slug: string }) => slug))
      url = part.next
    }
    expect(slugs).toEqual(all.artworks.map(({ slug }: { slug: string }) => slug))
    expect(slugs).toEqual(['golf', 'aarde', 'berg'])
    expect(await list('/api/v1/artworks?from=9')).toEqual({ artworks: [] })
  })

  test.each(['limit=0', 'limit=501', 'from=-1', 'from=x', 'limit=99999999'])(
    'refuses in one clear line what cannot be: %s',
    async (query) => {
      const { app } = await filled()
      expect((await app.inject(`/api/v1/artworks?${query}`)).statusCode).toBe(400)
    },
  )
})
