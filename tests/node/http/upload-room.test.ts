import { describe, expect, test } from 'vitest'
import { waitingQuotas } from '../../../node/store/waiting-quota.ts'
import { appOf, dids, exhibition, importFiles, seal } from './exhibition-fixture.ts'
import type { Exhibition } from './exhibition-fixture.ts'

async function asked(show: Exhibition) {
  const { app } = await appOf(show)
  const said = (answer: { statusCode: number; json: () => { type?: string } }): [number, string] => [
    answer.statusCode,
    answer.json().type ?? '',
  ]
  return {
    app,
    room: async (size: number, slug = 'golf', artist: string = dids.artist) => {
      const query = new URLSearchParams({ artist, slug, size: String(size) })
      return said(await app.inject({ url: `/api/v1/uploads?${query}` }))
    },
    announce: async (slug: string, text: string, artist: string = dids.artist) => {
      const { root, size, chunks } = await importFiles({ 'a.txt': text })
      const payload = { root: root.toString(), size, chunks, artist, slug }
      return said(await app.inject({ method: 'POST', url: '/api/v1/uploads', payload }))
    },
  }
}

async function full(): Promise<Exhibition> {
  const show = await exhibition({ quorum: 1 })
  for (let i = 0; i < waitingQuotas.waitingPerArtist; i += 1)
    await show.publish(`werk-${i}`, { 'a.txt': `${i}` })
  return show
}

describe('before a work is brought', () => {
  test('a node says that it has room, or that its disk has not', async () => {
    const show = await exhibition({ quorum: 1 })
    const { app, room } = await asked(show)
    const query = `artist=${dids.artist}&slug=golf&size=1000`
    show.storage = { freeBytes: 5000, reserveBytes: 2000 }
    expect((await app.inject(`/api/v1/uploads?${query}`)).json()).toEqual({ freeBytes: 3000 })
    expect(await room(3001)).toEqual([507, '/problems/disk-full'])
  })

  test('an artist is told that as many versions wait as may; another, and one who is admitted, is not', async () => {
    const show = await full()
    const { room, announce } = await asked(show)
    expect(await room(10)).toEqual([429, '/problems/quota'])
    expect(await announce('nieuw', 'nieuw')).toEqual([429, '/problems/quota'])
    // What waits already may be brought again: a node can have lost some of it.
    expect(await announce('werk-3', '3')).toEqual([201, ''])
    expect(await room(10, 'golf', dids.curator)).toEqual([200, ''])
    await show.accept(await seal('curator', { kind: 'admission', target: { artist: dids.artist } }))
    expect(await room(10)).toEqual([200, ''])
    expect(await announce('nieuw', 'nieuw')).toEqual([201, ''])
  })

  test('and that more bytes would wait than may', async () => {
    const { room } = await asked(await exhibition({ quorum: 1 }))
    expect(await room(waitingQuotas.waitingBytesPerArtist)).toEqual([200, ''])
    expect(await room(waitingQuotas.waitingBytesPerArtist + 1)).toEqual([429, '/problems/quota'])
  })

  test('and that the work was withdrawn', async () => {
    const show = await exhibition()
    await show.publish('golf', { 'a.txt': 'a' })
    await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'golf' }))
    const { room, announce } = await asked(show)
    expect(await room(10)).toEqual([410, '/problems/withdrawn'])
    expect(await announce('golf', 'weer')).toEqual([410, '/problems/withdrawn'])
    expect(await room(10, 'zee')).toEqual([200, ''])
  })

  test('what is asked badly is refused in a line, and an upload that names nobody goes on as before', async () => {
    const { app } = await asked(await full())
    for (const query of ['', 'artist=x&slug=a&size=1', `artist=${dids.artist}&slug=a&size=-1`]) {
      const answer = await app.inject(`/api/v1/uploads?${query}`)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        400,
        expect.stringMatching(/problem/),
      ])
    }
    const { root, size, chunks } = await importFiles({ 'a.txt': 'nieuw' })
    const payload = { root: root.toString(), size, chunks }
    expect((await app.inject({ method: 'POST', url: '/api/v1/uploads', payload })).statusCode).toBe(201)
  })
})
