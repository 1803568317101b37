import { mkdir, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../store/temporary-directory.ts'
import { exhibition, seal, serverOf } from './exhibition-fixture.ts'

const files = { 'index.html': '<title>werk</title>', 'klein.txt': 'klein', 'groot.txt': 'x'.repeat(70_000) }

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { method, headers, agent: false }, (response: IncomingMessage) => {
      let body = ''
      response.setEncoding('latin1')
      response.on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    }).once('error', reject)
  })
}

async function shown() {
  const show = await exhibition()
  const { root } = await show.publish('werk', files)
  const { url } = await serverOf(show)
  return { show, root: root.toString(), url, work: `${url}/works/${root.toString()}` }
}

/** What differs between two answers to the same question by itself. */
function timeless({ status, headers: { date: _date, ...headers }, body }: Answer): Answer {
  return { status, headers, body }
}

describe('a small file that is asked for again', () => {
  test.each(['index.html', 'klein.txt', 'groot.txt', ''])(
    'is the same to the last header: %s',
    async (name) => {
      const { work } = await shown()
      const first = timeless(await ask(`${work}/${name}`))
      expect(first.status).toBe(200)
      expect(first.headers['content-security-policy']).toContain('sandbox allow-scripts')
      expect(timeless(await ask(`${work}/${name}`))).toEqual(first)
      expect(timeless(await ask(`${work}/${name}`, { 'accept-encoding': 'gzip' }))).toEqual(first)
    },
  )

  test('is still cut, compared and headed as asked', async () => {
    const { work } = await shown()
    const { headers } = await ask(`${work}/klein.txt`)
    const part = await ask(`${work}/klein.txt`, { range: 'bytes=1-2' })
    expect([part.status, part.body, part.headers['content-range']]).toEqual([206, 'le', 'bytes 1-2/5'])
    expect((await ask(`${work}/klein.txt`, { 'If-None-Match': String(headers.etag) })).status).toBe(304)
    const head = await ask(`${work}/klein.txt`, {}, 'HEAD')
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '5'])
    expect((await ask(`${work}/klein.txt`, {}, 'POST')).status).toBe(405)
  })

  test('names in its policy the host it was asked at, and no other', async () => {
    const { work } = await shown()
    await ask(`${work}/klein.txt`, { host: 'kunst.lan' })
    const other = await ask(`${work}/klein.txt`, { host: 'elders.lan' })
    expect(other.headers['content-security-policy']).toContain('http://elders.lan/works/')
    expect(other.headers['content-security-policy']).not.toContain('kunst.lan')
    expect((await ask(`${work}/klein.txt`, { host: 'kunst lan' })).status).toBe(400)
  })

  test('is gone at once when its work is withdrawn', async () => {
    const { show, work } = await shown()
    expect((await ask(`${work}/klein.txt`)).status).toBe(200)
    await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'werk' }))
    expect((await ask(`${work}/klein.txt`)).status).toBe(410)
  })
})

test('what is kept stays within its bounds, and the rest is answered all the same', async () => {
  const show = await exhibition()
  const { root } = await show.publish('werk', files)
  const { url } = await serverOf(show, { readyAnswersBytes: 1 })
  for (const name of ['klein.txt', 'index.html', 'klein.txt'])
    expect((await ask(`${url}/works/${root.toString()}/${name}`)).status).toBe(200)
})

test('an asset is given in the encoding that is asked for', async () => {
  const uiDir = await temporaryDirectory()
  await mkdir(join(uiDir, 'assets'))
  await writeFile(join(uiDir, 'assets', 'a-1.js'), 'kunst'.repeat(500))
  const { url } = await serverOf(await exhibition({ uiDir }))
  const asked = [
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['zstd', 'zstd'],
    ['identity', undefined],
    ['gzip, br', 'br'],
    ['gzip, zstd', 'zstd'],
  ] as const
  for (const [encoding, given] of [...asked, ...asked]) {
    const { headers, status } = await ask(`${url}/assets/a-1.js`, { 'accept-encoding': encoding })
    expect([encoding, status, headers['content-encoding']]).toEqual([encoding, 200, given])
    expect(headers['content-security-policy']).toContain("'wasm-unsafe-eval'")
  }
})
