import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../store/temporary-directory.ts'
import { appOf, exhibition } from './exhibition-fixture.ts'
import type { HttpApp } from '../../../node/http/valibot-provider.ts'

const script = `console.log(${JSON.stringify('kunst '.repeat(500))})`

async function built(): Promise<{ app: HttpApp; uiDir: string }> {
  const uiDir = await temporaryDirectory()
  await mkdir(join(uiDir, 'assets'))
  await writeFile(
    join(uiDir, 'index.html'),
    '<!doctype html>\n<html lang="nl">\n<title>Mesh</title></html>\n',
  )
  await writeFile(join(uiDir, 'assets', 'main-abc123.js'), script)
  await writeFile(join(uiDir, 'assets', 'main-abc123.css'), 'p{}')
  await writeFile(join(uiDir, 'assets', 'main-abc123.css.br'), 'made before')
  await writeFile(join(uiDir, 'assets', 'letter.woff2'), 'font')
  await writeFile(join(uiDir, '.inputs'), 'not for visitors')
  const { app } = await appOf(await exhibition({ uiDir }))
  return { app, uiDir }
}

describe('the pages', () => {
  test.each([
    ['nl-NL,nl;q=0.9,en;q=0.8', '/nl/'],
    ['en-GB', '/en/'],
    ['fr, nl;q=0.5, en;q=0.4', '/nl/'],
    ['nl;q=0, en', '/en/'],
    ['fr', '/en/'],
    ['', '/en/'],
    [`${'x,'.repeat(5000)}nl`, '/en/'],
  ])('are in the language of the visitor: %.20s', async (language, location) => {
    const { app } = await built()
    const answer = await app.inject({ url: '/', headers: { 'accept-language': language } })
    expect([answer.statusCode, answer.headers.location]).toEqual([302, location])
    expect(answer.headers.vary).toBe('Accept-Language')
  })

  test('are one page at every address, in its language, under a strict policy', async () => {
    const { app } = await built()
    expect((await app.inject('/nl')).headers.location).toBe('/nl/')
    for (const [url, lang] of [
      ['/nl/', 'nl'],
      ['/en/', 'en'],
      ['/en/works/did:key:z6Mk/golf', 'en'],
    ]) {
      const answer = await app.inject({ url: String(url), headers: { host: 'kunst.lan' } })
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toContain(`<html lang="${lang}">`)
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
      const policy = answer.headers['content-security-policy']
      expect(policy).toContain("script-src 'self'; connect-src 'self'; frame-src http://kunst.lan/works/; ")
      expect(policy).not.toContain('unsafe')
      expect(answer.headers['x-frame-options']).toBe('DENY')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })

  test('are revalidated, and sent compressed', async () => {
    const { app } = await built()
    const answer = await app.inject({ url: '/nl/', headers: { 'accept-encoding': 'gzip' } })
    expect(gunzipSync(answer.rawPayload).toString()).toContain('lang="nl"')
    expect(answer.headers['cache-control']).toBe('no-cache')
    const tag = String(answer.headers.etag)
    const headers = { 'accept-encoding': 'gzip', 'if-none-match': tag }
    expect((await app.inject({ url: '/nl/', headers })).statusCode).toBe(304)
    expect((await app.inject({ url: '/en/', headers })).statusCode).toBe(200)
    expect((await app.inject({ method: 'HEAD', url: '/nl/' })).body).toBe('')
  })

  test('say how they are built when they are not', async () => {
    const { app } = await appOf(await exhibition({ uiDir: '/nowhere' }))
    const answer = await app.inject('/en/works')
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('exhibit-ui/build.ts')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect((await app.inject('/assets/main.js')).statusCode).toBe(404)
    expect((await app.inject('/favicon.ico')).statusCode).toBe(204)
  })

  test('are there once they are built, without a new start', async () => {
    const uiDir = await temporaryDirectory()
    const { app } = await appOf(await exhibition({ uiDir }))
    expect((await app.inject('/nl/')).statusCode).toBe(503)
    await writeFile(join(uiDir, 'index.html'), '<html lang="nl">')
    expect((await app.inject('/nl/')).statusCode).toBe(200)
  })
})

describe('the assets', () => {
  test('reach nothing when they run as workers, but for the one with which visitors check a work', async () => {
    const { app, uiDir } = await built()
    const policyOf = async (name: string): Promise<string> => {
      await writeFile(join(uiDir, 'assets', name), script)
      return String((await app.inject(`/assets/${name}`)).headers['content-security-policy'])
    }
    for (const name of ['key-worker-abc123.js', 'hash-worker-a_1-B.js', 'not-a-check-worker-abc123.js']) {
      const policy = await policyOf(name)
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('connect-src')
    }
    expect(await policyOf('check-worker-a_1-B.js')).toContain("connect-src 'self'")
  })

  test('never change and are sent compressed', async () => {
    const { app } = await built()
    const plain = await app.inject('/assets/main-abc123.js')
    expect(plain.body).toBe(script)
    expect(plain.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'Accept-Encoding',
    })
    const br = await app.inject({ url: '/assets/main-abc123.js', headers: { 'accept-encoding': 'gzip, br' } })
    expect(br.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(script)
    expect(br.headers.etag).not.toBe(plain.headers.etag)
    const font = await app.inject({ url: '/assets/letter.woff2', headers: { 'accept-encoding': 'br' } })
    expect([font.body, font.headers['content-encoding']]).toEqual(['font', undefined])
    const ready = await app.inject({ url: '/assets/main-abc123.css', headers: { 'accept-encoding': 'br' } })
    expect(ready.body).toBe('made before')
  })

  test.each([
    '../index.html',
    '..%2findex.html',
    '.inputs',
    '%2e%2e%2f.inputs',
    'a/b',
    '',
    'x'.repeat(300),
    'nul%00',
  ])('are files of their folder only: %.30s', async (name) => {
    const { app } = await built()
    expect((await app.inject(`/assets/${name}`)).statusCode).toBe(404)
  })
})

describe('an address that leads nowhere', () => {
  test('has a page for a person, in their language, and a problem for a program', async () => {
    const { app } = await built()
    for (const url of ['/de/works', '/werken', '/de', '/index.php?x=1']) {
      const answer = await app.inject({
        url,
        headers: { accept: 'text/html,*/*;q=0.8', 'accept-language': 'nl' },
      })
      expect([url, answer.statusCode]).toEqual([url, 404])
      expect(answer.body).toContain('<html lang="nl">')
      expect(answer.headers['content-security-policy']).toContain("script-src 'self'")
      expect((await app.inject({ url })).headers['content-type']).toContain('problem+json')
    }
    for (const url of ['/api/v1/niets', '/works/niets', '/assets/niets.js', '/ipfs/niets']) {
      const answer = await app.inject({ url, headers: { accept: 'text/html' } })
      expect(answer.headers['content-type']).toContain('problem+json')
    }
  })
})
