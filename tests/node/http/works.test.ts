import { describe, expect, test } from 'vitest'
import { appOf, exhibition, patterned, seal } from './exhibition-fixture.ts'

const MIB = 1024 * 1024
const film = patterned(3 * MIB + 12_345)
const files = {
  'index.html': '<!doctype html><title>werk</title>',
  'film.webm': film,
  'sub/index.html': '<p>sub</p>',
  'sub/data.json': '{"a":1}',
  'leeg.txt': '',
}

describe('a file of a shown work', () => {
  test('is sent whole, typed, immutable, with its CID as entity tag', async () => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    const answer = await app.inject(`/works/${root.toString()}/film.webm`)
    expect(answer.statusCode).toBe(200)
    expect(Buffer.compare(answer.rawPayload, film)).toBe(0)
    expect(answer.headers).toMatchObject({
      'content-type': 'video/webm',
      'content-length': String(film.length),
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    expect(answer.headers.etag).toMatch(/^"bafy[a-z2-7]+"$/)
    const text = await app.inject(`/works/${root.toString()}/sub/data.json`)
    expect(text.headers['content-type']).toBe('application/json; charset=utf-8')
    const empty = await app.inject(`/works/${root.toString()}/leeg.txt`)
    expect([empty.statusCode, empty.headers['content-length'], empty.body]).toEqual([200, '0', ''])
  })

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1048570-1048580', 1048570, 1048581],
    ['bytes=2097152-', 2097152, film.length],
    ['bytes=-7', film.length - 7, film.length],
    ['bytes=10-99999999', 10, film.length],
  ])('gives the part %s', async (range, start, end) => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    const answer = await app.inject({ url: `/works/${root.toString()}/film.webm`, headers: { range } })
    expect(answer.statusCode).toBe(206)
    expect(answer.headers['content-range']).toBe(`bytes ${start}-${end - 1}/${film.length}`)
    expect(answer.headers['content-length']).toBe(String(end - start))
    expect(Buffer.compare(answer.rawPayload, film.subarray(start, end))).toBe(0)
  })

  test.each([
    'bytes=5-2',
    'bytes=0-1,3-4',
    'items=0-1',
    'bytes=a-b',
    'bytes=-',
    'bytes=99999999999999999999-',
  ])('is sent whole when the range is nonsense or several: %s', async (range) => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    const answer = await app.inject({ url: `/works/${root.toString()}/film.webm`, headers: { range } })
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, film.length])
  })

  test('has no part beyond its end', async () => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    for (const [name, range, size] of [
      ['film.webm', `bytes=${film.length}-`, film.length],
      ['leeg.txt', 'bytes=0-', 0],
      ['film.webm', 'bytes=-0', film.length],
    ] as const) {
      const answer = await app.inject({ url: `/works/${root.toString()}/${name}`, headers: { range } })
      expect([answer.statusCode, answer.headers['content-range']]).toEqual([416, `bytes */${size}`])
      expect(answer.headers['content-type']).toContain('application/problem+json')
    }
  })

  test('is asked for conditionally', async () => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    const url = `/works/${root.toString()}/film.webm`
    const tag = String((await app.inject({ url, method: 'HEAD' })).headers.etag)
    const inject = (headers: Record<string, string>) => app.inject({ url, headers })
    expect((await inject({ 'if-none-match': tag })).statusCode).toBe(304)
    expect((await inject({ 'if-none-match': `"other", W/${tag}` })).statusCode).toBe(304)
    expect((await inject({ 'if-none-match': '"other"' })).statusCode).toBe(200)
    expect((await inject({ range: 'bytes=0-1', 'if-range': tag })).statusCode).toBe(206)
    expect((await inject({ range: 'bytes=0-1', 'if-range': '"other"' })).statusCode).toBe(200)
    expect((await inject({ range: 'bytes=0-1', 'if-range': `W/${tag}` })).statusCode).toBe(200)
  })

  test('answers HEAD with the length and no body', async () => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    const answer = await app.inject({ method: 'HEAD', url: `/works/${root.toString()}/film.webm` })
    expect([answer.statusCode, answer.headers['content-length'], answer.body]).toEqual([
      200,
      String(film.length),
      '',
    ])
  })

  test('of a folder is its index.html, at an address with a slash', async () => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    const base = `/works/${root.toString()}`
    expect((await app.inject(base)).headers.location).toBe(`${base}/`)
    expect((await app.inject(`${base}/sub`)).headers.location).toBe(`${base}/sub/`)
    const index = await app.inject(`${base}/sub/`)
    expect([index.body, index.headers['content-type']]).toEqual(['<p>sub</p>', 'text/html; charset=utf-8'])
    expect((await app.inject(`${base}/film.webm/`)).statusCode).toBe(404)
    expect((await app.inject(`${base}/film.webm/x`)).statusCode).toBe(404)
  })

  test('carries the sandbox, on problems too', async () => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    for (const path of ['index.html', 'film.webm', 'sub']) {
      const { headers } = await app.inject({
        url: `/works/${root.toString()}/${path}`,
        headers: { host: 'kunst.lan:8080' },
      })
      expect(headers['content-security-policy']).toContain('sandbox allow-scripts; default-src ')
      expect(headers['content-security-policy']).toContain(
        `connect-src http://kunst.lan:8080/works/${root.toString()}/ `,
      )
      expect(headers['permissions-policy']).toContain('camera=()')
      expect(headers['set-cookie']).toBeUndefined()
    }
    const { headers } = await app.inject(`/works/${root.toString()}/nothing.html`)
    expect(headers['content-security-policy']).toContain('sandbox')
  })
})

describe('what is not shown is not served', () => {
  test('unknown, submitted, superseded, removed and withdrawn content', async () => {
    const show = await exhibition({ quorum: 1 })
    const { app } = await appOf(show)
    const get = async (root: { toString: () => string }): Promise<[number, string]> => {
      const answer = await app.inject(`/works/${root.toString()}/index.html`)
      return [answer.statusCode, answer.statusCode === 200 ? '' : answer.json().type]
    }
    const one = await show.publish('een', { 'index.html': 'een' })
    expect(await get(one.root)).toEqual([404, '/problems/not-shown'])

    await show.accept(
      await seal('curator', {
        kind: 'admission',
        target: { artist: (await import('./exhibition-fixture.ts')).dids.artist },
      }),
    )
    expect(await get(one.root)).toEqual([200, ''])

    const two = await show.publish('een', { 'index.html': 'twee' }, { manifest: { sequence: 2 } })
    expect(await get(two.root)).toEqual([200, ''])
    expect(await get(one.root)).toEqual([410, '/problems/superseded'])

    await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'een' }))
    expect(await get(two.root)).toEqual([410, '/problems/withdrawn'])
    expect(await get(one.root)).toEqual([410, '/problems/withdrawn'])
    expect(await get('bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354')).toEqual([
      404,
      '/problems/not-shown',
    ])
  })
})
