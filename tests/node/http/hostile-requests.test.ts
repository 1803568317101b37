import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { appOf, exhibition, serverOf } from './exhibition-fixture.ts'

/** Sends bytes as they are and gives all that comes back. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(text)
  let answer = ''
  socket.setEncoding('latin1')
  socket.on('data', (piece: string) => {
    answer += piece
  })
  socket.on('error', () => {})
  await once(socket, 'close')
  return answer
}

const SECRET = 'geheim'

describe('addresses that try to leave a work', () => {
  test.each([
    '../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/x',
    '%2e%2e%2fx',
    'a/../b',
    'a//b',
    '..',
    '.',
    './index.html',
    'index.html%00.png',
    '%00',
    'a%5c..%5cb',
    'a\\b',
    '%0d%0aset-cookie:%20a=b',
    '%1b',
    'a'.repeat(300),
    'a/'.repeat(600),
  ])('are refused: %s', async (path) => {
    const show = await exhibition()
    const { root } = await show.publish('werk', { 'index.html': SECRET })
    const { port } = await serverOf(show)
    const answer = await raw(
      port,
      `GET /works/${root.toString()}/${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
    expect(answer).toContain('application/problem+json')
    expect(answer).not.toContain(SECRET)
    expect(answer.toLowerCase()).not.toContain('set-cookie')
  })

  test.each(['%', '%zz', '%c3%28', '%ff'])('are refused when they are no UTF-8: %s', async (path) => {
    const show = await exhibition()
    const { root } = await show.publish('werk', { 'index.html': SECRET })
    const { port } = await serverOf(show)
    const answer = await raw(
      port,
      `GET /works/${root.toString()}/${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
    expect(answer).toContain('application/problem+json')
    expect(answer).not.toContain(SECRET)
  })

  test.each([
    'nonsense',
    'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
    'BAFYBEICZSSCDSBS7FFQZ55ASQDF3SMV6KLCW3GOFSZVWLYARCI47BGF354',
    'bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
    '..',
    'long '.repeat(30).trim().replaceAll(' ', '-'),
    '%00',
  ])('are refused when the root is no CID of ours: %s', async (root) => {
    const { app } = await appOf(await exhibition())
    const answer = await app.inject(`/works/${root}/index.html`)
    expect([400, 404, 414]).toContain(answer.statusCode)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
})

describe('the Host header', () => {
  test.each([
    ['none', ''],
    ['two', 'Host: a\r\nHost: b\r\n'],
    ['markup', 'Host: a"><script>\r\n'],
    ['a policy', 'Host: a; script-src *\r\n'],
    ['a path', 'Host: a/works\r\n'],
    ['a user', 'Host: a@b\r\n'],
    ['a space', 'Host: a b\r\n'],
    ['a long port', 'Host: a:1234567\r\n'],
    ['too long a name', `Host: ${'a'.repeat(300)}\r\n`],
    ['an empty one', 'Host:\r\n'],
  ])('is refused when it is %s', async (_name, header) => {
    const { port } = await serverOf(await exhibition())
    const answer = await raw(port, `GET /nl/ HTTP/1.1\r\n${header}Connection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toContain('script-src *')
  })

  test.each(['kunst.lan', 'kunst.lan:8080', '10.0.0.1', '[fd00::1]:8080', 'KUNST', 'a-b.c_d.'])(
    'is taken when it names a host: %s',
    async (host) => {
      const { app } = await appOf(await exhibition())
      expect((await app.inject({ url: '/api/v1/node', headers: { host } })).statusCode).toBe(200)
    },
  )
})

describe('other pages', () => {
  test('cannot use the API, nor read from it', async () => {
    const { app } = await appOf(await exhibition())
    for (const origin of ['null', 'http://evil.example', 'http://a:1', 'https://a.evil']) {
      const answer = await app.inject({ url: '/api/v1/node', headers: { host: 'a', origin } })
      expect([answer.statusCode, answer.json().type]).toEqual([403, '/problems/cross-origin'])
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
    const own = await app.inject({ url: '/api/v1/node', headers: { host: 'a', origin: 'http://a' } })
    expect(own.statusCode).toBe(200)
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/api/v1/records',
      headers: { host: 'a', origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.statusCode).toBe(403)
  })
})

describe('bodies', () => {
  test('too large, of the wrong type, or no JSON, are refused with a problem', async () => {
    const { app } = await appOf(await exhibition())
    const post = (url: string, type: string, payload: string | Buffer) =>
      app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload })
    const cases = [
      [
        await post('/api/v1/records', 'application/vnd.mesh-art.record', Buffer.alloc(65 * 1024)),
        413,
        'too-large',
      ],
      [await post('/api/v1/records', 'text/plain', 'x'), 415, 'unsupported-media-type'],
      [await post('/api/v1/records', 'application/json', '{}'), 400, 'bad-input'],
      [
        await post('/api/v1/records', 'application/vnd.mesh-art.record', Buffer.from('x')),
        422,
        'bad-envelope',
      ],
      [
        await post('/api/v1/records', 'application/vnd.mesh-art.record', Buffer.alloc(0)),
        422,
        'bad-envelope',
      ],
      [await post('/api/v1/uploads', 'application/json', '{'), 400, 'bad-json'],
      [await post('/api/v1/uploads', 'application/json', ''), 400, 'bad-json'],
      [await post('/api/v1/uploads', 'application/json', '{"__proto__":{"a":1}}'), 400, 'bad-json'],
      [await post('/api/v1/uploads', 'application/json', `{"a":"${'a'.repeat(9000)}"}`), 413, 'too-large'],
      [
        await post('/api/v1/uploads', 'application/x-www-form-urlencoded', 'a=b'),
        415,
        'unsupported-media-type',
      ],
    ] as const
    for (const [answer, status, code] of cases) {
      expect([answer.statusCode, answer.json().type]).toEqual([status, `/problems/${code}`])
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    }
  })

  test('every mistake is listed with its place', async () => {
    const { app } = await appOf(await exhibition())
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      payload: { root: 'x', size: -1, chunks: 'many', more: true },
    })
    expect(answer.statusCode).toBe(400)
    const paths = answer.json().errors.map(({ path }: { path: string }) => path)
    expect(paths.sort()).toEqual(['body.chunks', 'body.more', 'body.root', 'body.size'])
    const query = await app.inject('/api/v1/records?limit=0&kind=A&after=!')
    expect(query.json().errors).toHaveLength(3)
  })
})

describe('what is no request', () => {
  test.each([
    ['nonsense', 'x\r\n\r\n', 400],
    ['headers beyond the bound', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'both lengths at once',
      'POST /api/v1/records HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
      400,
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', 400],
  ])('is answered with a problem: %s', async (_name, text, status) => {
    const { port } = await serverOf(await exhibition())
    const answer = await raw(port, text)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toContain('application/problem+json')
    expect(answer).toContain('nosniff')
  })

  test('a method that is not there says which are', async () => {
    const { app } = await appOf(await exhibition())
    const answer = await app.inject({ method: 'DELETE', url: '/api/v1/records' })
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST'])
    expect((await app.inject({ method: 'POST', url: '/nothing' })).statusCode).toBe(404)
    expect((await app.inject({ method: 'PUT', url: '/works/x/y' })).statusCode).toBe(405)
  })

  test('an address beyond the bound is too long', async () => {
    const { app } = await appOf(await exhibition())
    const answer = await app.inject(`/nl/?${'a'.repeat(5000)}`)
    expect([answer.statusCode, answer.json().type]).toEqual([414, '/problems/url-too-long'])
  })
})
