import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import {
  artworkDetailSchema,
  artworksSchema,
  exhibitionSchema,
  meshSchema,
  nodeSchema,
  problemSchema,
  recordSchema,
  recordsSchema,
} from '../../../node/http/schemas.ts'
import { appOf, dids, exhibition, importFiles, manifestOf, patterned, seal } from './exhibition-fixture.ts'
import type { Exhibition } from './exhibition-fixture.ts'

async function filled(): Promise<Exhibition> {
  const show = await exhibition()
  await show.publish(
    'golf',
    { 'index.html': 'golf', 'poster b.webp': 'p', 'sub/ondertitels.vtt': 'WEBVTT' },
    {
      manifest: {
        track: 'next-socials',
        poster: { path: 'poster b.webp', alt: { nl: 'p' } },
        captions: [{ lang: 'nl', path: 'sub/ondertitels.vtt' }],
        warnings: [{ kind: 'flashing', text: { nl: 'flitst' } }, { kind: 'sound' }],
        credits: [{ name: 'B', role: { en: 'sound' } }, { name: 'C' }],
        claimed: '2026-06-01T12:00:00Z',
        year: 2026,
        dimensions: { width: 4, height: 3 },
        durationSeconds: 1.5,
      },
    },
  )
  await show.publish('berg', { 'index.html': 'berg' }, { manifest: { title: { nl: 'Zee' } } })
  await show.publish('aarde', { 'index.html': 'aarde' }, { manifest: { title: { nl: 'Aarde' } } })
  const peer = show.mesh.peer(dids.neighbour, 500)
  Object.assign(peer, {
    neighbour: true,
    rttMs: 1.23,
    name: 'zolder',
    version: '0.1.0',
    works: { complete: 1, total: 3 },
  })
  show.mesh.addIncident('did:key:zUnknown', 'not-granted')
  return show
}

describe('every answer of the API is what its schema says', () => {
  test.each([
    ['/api/v1/exhibition', exhibitionSchema],
    ['/api/v1/artworks', artworksSchema],
    [`/api/v1/artworks/${dids.artist}/golf`, artworkDetailSchema],
    ['/api/v1/records', recordsSchema],
    ['/api/v1/node', nodeSchema],
    ['/api/v1/mesh', meshSchema],
    ['/api/v1/nothing', problemSchema],
    [`/api/v1/artworks/${dids.artist}/nothing`, problemSchema],
    ['/problems/withdrawn', v.strictObject({ code: v.string(), status: v.number(), title: v.string() })],
  ] as const)('%s', async (url, schema) => {
    const { app } = await appOf(await filled())
    const answer = await app.inject(url)
    const parsed = v.safeParse(schema, answer.json())
    expect(parsed.issues ?? []).toEqual([])
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    })
    for (const name of ['set-cookie', 'access-control-allow-origin', 'server', 'x-powered-by']) {
      expect(answer.headers[name]).toBeUndefined()
    }
  })
})

describe('the exhibition', () => {
  test('counts its works by track and says which node answers', async () => {
    const { app } = await appOf(await filled())
    expect((await app.inject('/api/v1/exhibition')).json()).toMatchObject({
      id: dids.steward,
      quorum: 0,
      works: 3,
      node: { id: dids.node, name: 'Kelder', place: { nl: 'beneden' } },
      tracks: [
        { id: 'public-ai', works: 2 },
        { id: 'next-socials', works: 1 },
        { id: 'digital-autonomy', works: 0 },
        { id: 'decentralised-web', works: 0 },
      ],
    })
  })

  test('lists works by track, then title', async () => {
    const { app } = await appOf(await filled())
    const { artworks } = (await app.inject('/api/v1/artworks')).json()
    expect(artworks.map(({ slug }: { slug: string }) => slug)).toEqual(['aarde', 'berg', 'golf'])
    expect(artworks[2].poster.url).toMatch(/^\/works\/bafy[a-z2-7]+\/poster%20b\.webp$/)
  })

  test('tells all of a work, and where it comes from', async () => {
    const { app } = await appOf(await filled())
    const work = (await app.inject(`/api/v1/artworks/${dids.artist}/golf`)).json()
    expect(work.files.map(({ path, size }: { path: string; size: number }) => [path, size])).toEqual([
      ['index.html', 4],
      ['poster b.webp', 1],
      ['sub/ondertitels.vtt', 6],
    ])
    expect(work.entry).toMatchObject({ path: 'index.html', mediaType: 'text/html; charset=utf-8' })
    expect(work.provenance).toMatchObject({
      artist: dids.artist,
      intakeNode: dids.node,
      claimed: '2026-06-01T12:00:00Z',
      admittedBy: [],
    })
    expect(work.progress).toMatchObject({ complete: true, cells: '1'.repeat(36), from: [] })
    // Every address it gives can be asked for.
    for (const { url } of [...work.files, ...work.captions, work.poster, work.entry]) {
      expect((await app.inject(url)).statusCode).toBe(200)
    }
  })

  test('says why a work is gone', async () => {
    const show = await filled()
    const { app } = await appOf(show)
    await show.accept(
      await seal('artist', { kind: 'withdrawal', slug: 'golf', reason: { en: 'I changed my mind' } }),
    )
    const answer = await app.inject(`/api/v1/artworks/${dids.artist}/golf`)
    expect([answer.statusCode, answer.json()]).toEqual([
      410,
      {
        type: '/problems/withdrawn',
        title: 'The artist has withdrawn this work',
        status: 410,
        detail: 'I changed my mind',
      },
    ])
  })

  test('is not there before its record is', async () => {
    const show = await exhibition()
    const { Catalogue } = await import('../../../artworks/format/catalogue.ts')
    const { app } = await appOf({ ...show, deps: { ...show.deps, catalogue: new Catalogue(dids.steward) } })
    expect((await app.inject('/api/v1/exhibition')).statusCode).toBe(503)
    expect((await app.inject('/api/v1/artworks')).json()).toEqual({ artworks: [] })
  })
})

describe('records', () => {
  test('are listed page by page, each once', async () => {
    const show = await filled()
    const { app } = await appOf(show)
    const seen: string[] = []
    let next: string | null = null
    do {
      const page: { records: { cid: string; envelope: string }[]; next: string | null } = (
        await app.inject(`/api/v1/records?limit=2${next === null ? '' : `&after=${next}`}`)
      ).json()
      seen.push(...page.records.map(({ cid }) => cid))
      next = page.next
    } while (next !== null)
    expect(seen).toEqual([...show.deps.records.all()].map(({ record }) => record.cid).sort())
    const only = (await app.inject('/api/v1/records?kind=node-grant')).json()
    expect(only.records).toHaveLength(1)
  })

  test('are taken at the door, once', async () => {
    const show = await exhibition()
    const { app } = await appOf(show)
    const work = await importFiles({ 'index.html': 'x' })
    const record = await seal('artist', manifestOf('nieuw', work))
    const submit = () =>
      app.inject({
        method: 'POST',
        url: '/api/v1/records',
        headers: { 'content-type': 'application/vnd.mesh-art.record' },
        payload: Buffer.from(record.bytes),
      })
    const early = await submit()
    expect([early.statusCode, early.json().type]).toEqual([409, '/problems/content-missing'])
    await show.holdings.track(work.root.toString(), work)
    for (const { cid, bytes } of work.blocks) await show.holdings.add(cid, bytes)
    const taken = await submit()
    expect([taken.statusCode, taken.json()]).toEqual([201, { cid: record.cid, created: true }])
    expect(taken.headers.location).toBe(`/api/v1/records/${record.cid}`)
    const again = await submit()
    expect([again.statusCode, again.json()]).toEqual([200, { cid: record.cid, created: false }])

    const read = await app.inject(`/api/v1/records/${record.cid}`)
    expect(v.is(recordSchema, read.json())).toBe(true)
    expect(Buffer.from(read.json().envelope, 'base64').equals(Buffer.from(record.bytes))).toBe(true)
    expect(read.json().intakeNode).toBe(dids.node)

    const bytes = Buffer.from(record.bytes)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    const forged = await app.inject({
      method: 'POST',
      url: '/api/v1/records',
      headers: { 'content-type': 'application/vnd.mesh-art.record' },
      payload: bytes,
    })
    expect([forged.statusCode, forged.json().type]).toEqual([422, '/problems/bad-signature'])
  })
})

describe('answers', () => {
  test('are revalidated by entity tag and compressed when large', async () => {
    const show = await filled()
    const { app } = await appOf(show)
    const url = '/api/v1/artworks'
    const plain = await app.inject(url)
    expect(plain.headers['cache-control']).toBe('no-cache')
    const tag = String(plain.headers.etag)
    const same = await app.inject({ url, headers: { 'if-none-match': tag } })
    expect([same.statusCode, same.body]).toEqual([304, ''])
    const small = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    expect(small.headers['content-encoding']).toBe('gzip')
    expect(small.headers.etag).toBe(tag)
    const { gunzipSync } = await import('node:zlib')
    expect(gunzipSync(small.rawPayload).toString()).toBe(plain.body)
    const refused = await app.inject({ url, headers: { 'accept-encoding': 'gzip;q=0' } })
    expect(refused.headers['content-encoding']).toBeUndefined()
    await show.publish('nog-een', { 'index.html': 'x' })
    expect((await app.inject({ url, headers: { 'if-none-match': tag } })).statusCode).toBe(200)
  })

  test('say how the node is', async () => {
    const show = await filled()
    const { app } = await appOf(show)
    show.nowMs += 61_500
    show.storage = { freeBytes: 10, reserveBytes: 20 }
    const node = (await app.inject('/api/v1/node')).json()
    expect(node).toMatchObject({
      uptimeSeconds: 61,
      records: 5,
      works: { complete: 3, total: 3 },
      storage: { full: true },
      damagedChunks: 0,
    })
    expect((await app.inject('/readyz')).statusCode).toBe(200)
    show.isReady = false
    expect((await app.inject('/readyz')).statusCode).toBe(503)
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' })
  })

  test('of something unexpected tell nothing, and the log tells all but who asked', async () => {
    const show = await exhibition()
    const deps = { ...show.deps, storage: () => Promise.reject(new Error('inner detail')) }
    const { app } = await appOf({ ...show, deps })
    const answer = await app.inject('/api/v1/node?secret=1')
    expect([answer.statusCode, answer.json()]).toEqual([
      500,
      { type: '/problems/internal', title: 'Something went wrong inside this node', status: 500 },
    ])
    expect(show.log()).toContain('inner detail')
    expect(show.log()).not.toContain('secret')
  })

  test('are described for programs', async () => {
    const { app } = await appOf(await exhibition())
    const answer = await app.inject('/api/v1/openapi.json')
    const { openapi, paths } = answer.json()
    expect(openapi).toMatch(/^3\./)
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/artworks/{artist}/{slug}',
        '/api/v1/uploads/{root}/chunks/{cid}',
        '/api/v1/events',
        '/ipfs/{cid}/{*}',
      ]),
    )
    for (const [path, methods] of Object.entries<Record<string, { responses: object }>>(paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        expect(Object.keys(responses), `${method} ${path}`).not.toHaveLength(0)
      }
    }
    expect(
      paths['/api/v1/node'].get.responses['200'].content['application/json'].schema.properties,
    ).toHaveProperty('uptimeSeconds')
  })

  test('hold for five hundred works', async () => {
    const show = await exhibition()
    const work = await show.publish('w-0', { 'index.html': patterned(10) })
    for (let i = 1; i < 500; i += 1) {
      show.deps.catalogue.add(await seal('artist', manifestOf(`w-${i}`, work)))
    }
    const { app } = await appOf(show)
    const answer = await app.inject('/api/v1/artworks')
    expect(answer.json().artworks).toHaveLength(500)
  })
})
