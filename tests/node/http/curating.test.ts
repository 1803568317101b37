import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { CID } from 'multiformats/cid'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { sealLook } from '../../../artworks/format/look.ts'
import type { LookRequest } from '../../../artworks/format/look.ts'
import type { OpenedRecord } from '../../../artworks/format/records.ts'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import type { DecisionsView, SubmissionsView } from '../../../node/http/contracts/curate.ts'
import { decisionsSchema, submissionsSchema } from '../../../node/http/curate-schemas.ts'
import { RECORD_TYPE } from '../../../node/http/routes/records.ts'
import { artworkDetailSchema } from '../../../node/http/schemas.ts'
import type { HttpApp } from '../../../node/http/valibot-provider.ts'
import { appOf, dids, exhibition, seal } from './exhibition-fixture.ts'
import type { Exhibition } from './exhibition-fixture.ts'

const curatorKey = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(4))
const artistKey = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(2))

async function get<T>(app: HttpApp, url: string): Promise<T> {
  const answer = await app.inject({ url })
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

async function waiting(app: HttpApp): Promise<SubmissionsView['submissions']> {
  const view = await get<SubmissionsView>(app, '/api/v1/submissions')
  v.parse(submissionsSchema, view)
  return view.submissions
}

async function withGolf(): Promise<{ show: Exhibition; app: HttpApp; manifest: string; root: string }> {
  const show = await exhibition({ quorum: 1 })
  const { root } = await show.publish('golf', { 'index.html': '<p>golf</p>', 'deep/a.txt': 'a' })
  const { app } = await appOf(show)
  const [work] = await waiting(app)
  return { show, app, manifest: work?.waiting[0]?.manifest ?? '', root: root.toString() }
}

async function look(app: HttpApp, manifest: string, change: Partial<LookRequest> = {}, key = curatorKey) {
  const said = await get<{ node: `did:key:z${string}`; word: string }>(app, '/api/v1/previews')
  const sealed = await sealLook({ exhibition: dids.steward, ...said, manifest, ...change }, key)
  return app.inject({
    method: 'POST',
    url: '/api/v1/previews',
    headers: { 'content-type': RECORD_TYPE },
    payload: Buffer.from(sealed),
  })
}

const accept = (show: Exhibition, record: Promise<OpenedRecord>): Promise<void> => record.then(show.accept)

describe('what waits for curators', () => {
  test('is listed with what they said, until it is admitted; then its next version waits', async () => {
    const { show, app, manifest } = await withGolf()
    expect(await waiting(app)).toMatchObject([
      {
        slug: 'golf',
        shown: null,
        decisions: [],
        waiting: [{ manifest, sequence: 1, admittedBy: [], intake: { name: 'Kelder' } }],
      },
    ])
    await accept(
      show,
      seal('curator', { kind: 'decline', manifest: CID.parse(manifest), reason: { en: 'no' } }),
    )
    expect(await waiting(app)).toMatchObject([
      {
        decisions: [{ kind: 'decline', curator: { name: 'C. Curator' }, counts: true, reason: { en: 'no' } }],
      },
    ])
    await accept(show, seal('curator', { kind: 'admission', target: { manifest: CID.parse(manifest) } }))
    expect(await waiting(app)).toEqual([])
    await show.publish('golf', { 'index.html': 'two' }, { manifest: { sequence: 2 } })
    expect(await waiting(app)).toMatchObject([{ shown: manifest, waiting: [{ sequence: 2 }] }])
  })

  test('is told page by page', async () => {
    const show = await exhibition({ quorum: 1 })
    for (const slug of ['c', 'a', 'b']) await show.publish(slug, { 'index.html': slug })
    const { app } = await appOf(show, { submissionsListed: 2 })
    const first = await get<SubmissionsView>(app, '/api/v1/submissions')
    expect(first.submissions.map(({ slug }) => slug)).toEqual(['a', 'b'])
    const second = await get<SubmissionsView>(
      app,
      `/api/v1/submissions?after=${encodeURIComponent(first.next ?? '')}`,
    )
    expect([second.submissions.map(({ slug }) => slug), second.next]).toEqual([['c'], null])
  })
})

describe('a look at what waits', () => {
  test('is given to a curator, with every address under its own folder, in the sandbox, and in no cache', async () => {
    const { app, manifest, root } = await withGolf()
    expect((await app.inject({ url: `/works/${root}/index.html` })).statusCode).toBe(404)
    const answer = await look(app, manifest)
    expect(answer.statusCode).toBe(201)
    const detail: ArtworkDetail = answer.json()
    v.parse(artworkDetailSchema, detail)
    expect([detail.entry.url, ...detail.files.map(({ url }) => url)].join(' ')).not.toContain('/works/')
    const file = await app.inject({ url: detail.entry.url, headers: { host: 'node.test' } })
    expect(file.body).toBe('<p>golf</p>')
    expect(file.headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'SAMEORIGIN' })
    const folder = detail.entry.url.replace('index.html', '')
    expect(file.headers['content-security-policy']).toContain('sandbox allow-scripts;')
    expect(file.headers['content-security-policy']).toContain(`script-src http://node.test${folder} `)
    const moved = await app.inject({ url: `${folder}deep` })
    expect(moved.statusCode).toBe(404)
  })

  test.each([
    ['signed by somebody else', {}, artistKey, 403],
    ['signed for another node', { node: dids.neighbour }, curatorKey, 403],
    ['signed before a restart', { word: 'old' }, curatorKey, 403],
    ['signed for another exhibition', { exhibition: dids.curator }, curatorKey, 422],
    [
      'at nothing that waits',
      { manifest: 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy' },
      curatorKey,
      404,
    ],
  ] as const)('is refused when %s', async (_what, change, key, status) => {
    const { app, manifest } = await withGolf()
    expect((await look(app, manifest, change, key)).statusCode).toBe(status)
  })

  test('is over when its curator is one no more, and when the work is withdrawn', async () => {
    const { show, app, manifest } = await withGolf()
    const { entry }: ArtworkDetail = (await look(app, manifest)).json()
    await accept(show, seal('artist', { kind: 'withdrawal', slug: 'golf' }))
    expect((await app.inject({ url: entry.url })).statusCode).toBe(410)
    const other = await withGolf()
    const shown: ArtworkDetail = (await look(other.app, other.manifest)).json()
    await accept(
      other.show,
      seal('steward', {
        ...{ kind: 'exhibition', sequence: 2, title: { en: 'T' }, statement: { en: 'S' } },
        ...{ curators: [{ did: dids.neighbour, name: 'N' }], quorum: 1 },
      }),
    )
    expect((await other.app.inject({ url: shown.entry.url })).statusCode).toBe(404)
    expect((await app.inject({ url: `/previews/${'A'.repeat(32)}/index.html` })).statusCode).toBe(404)
  })

  test('is no record: the door for records does not keep it', async () => {
    const { app, manifest, show } = await withGolf()
    const before = show.deps.records.size()
    const sealed = await sealLook(
      { exhibition: dids.steward, node: dids.node, word: 'w', manifest },
      curatorKey,
    )
    const headers = { 'content-type': RECORD_TYPE }
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/records',
      headers,
      payload: Buffer.from(sealed),
    })
    expect([answer.statusCode, show.deps.records.size()]).toEqual([422, before])
  })
})

describe('the log of decisions', () => {
  test('tells each with its record, the last heard first', async () => {
    const { show, app, manifest } = await withGolf()
    await accept(show, seal('curator', { kind: 'admission', target: { artist: dids.artist } }))
    await accept(
      show,
      seal('curator', { kind: 'removal', artist: dids.artist, slug: 'golf', reason: { nl: 'r' } }),
    )
    await accept(
      show,
      seal('steward', {
        ...{ kind: 'exhibition', sequence: 2, title: { en: 'T' }, statement: { en: 'S' } },
        ...{ curators: [{ did: dids.neighbour, name: 'N' }], quorum: 1 },
      }),
    )
    await accept(show, seal('artist', { kind: 'withdrawal', slug: 'golf', reason: { en: 'mine' } }))
    const view = await get<DecisionsView>(app, '/api/v1/decisions')
    v.parse(decisionsSchema, view)
    expect(view.entries.map(({ kind }) => kind)).toEqual([
      ...['withdrawal', 'exhibition', 'removal', 'admission', 'node-grant', 'exhibition'],
    ])
    expect(view.entries).toMatchObject([
      { work: { slug: 'golf', standing: 'withdrawn' }, signer: { name: 'A. Maker' }, reason: { en: 'mine' } },
      {
        exhibition: {
          sequence: 2,
          isCurrent: true,
          added: [{ name: 'N' }],
          removed: [{ name: 'C. Curator' }],
        },
      },
      { counts: false, signer: { name: 'C. Curator' }, reason: { nl: 'r' }, intake: { name: 'Kelder' } },
      { counts: false, artist: { did: dids.artist, name: 'A. Maker' } },
      { node: { name: 'Kelder' } },
      { exhibition: { sequence: 1, isCurrent: false } },
    ])
    for (const { record } of view.entries) await get(app, `/api/v1/records/${record}`)
    const admissions = await get<DecisionsView>(app, '/api/v1/decisions?kind=admission')
    expect(admissions.entries).toHaveLength(1)
    expect(manifest).not.toBe('')
  })

  test('comes in pages of a bounded length, which leave nothing out', async () => {
    const { show, app: whole } = await withGolf()
    for (const reason of ['a', 'b', 'c'])
      await accept(
        show,
        seal('curator', { kind: 'removal', artist: dids.artist, slug: 'golf', reason: { en: reason } }),
      )
    const { app } = await appOf(show, { decisionsListed: 2 })
    const seen: string[] = []
    for (let next: number | null = 0; next !== null;) {
      const page: DecisionsView = await get(app, `/api/v1/decisions${next === 0 ? '' : `?before=${next}`}`)
      expect(page.entries.length).toBeLessThanOrEqual(2)
      seen.push(...page.entries.map(({ record }) => record))
      next = page.next
    }
    const all = await get<DecisionsView>(whole, '/api/v1/decisions')
    expect(seen).toEqual(all.entries.map(({ record }) => record))
    expect((await app.inject({ url: '/api/v1/decisions?kind=artwork' })).statusCode).toBe(400)
  })
})
