import { CarReader } from '@ipld/car'
import { describe, expect, test } from 'vitest'
import { appOf, exhibition, patterned, seal } from './exhibition-fixture.ts'

const MIB = 1024 * 1024
const files = { 'a.txt': 'a', 'film.webm': patterned(3 * MIB), 'sub/b.txt': 'b', 'sub/c.txt': 'a' }

async function blocksOf(car: Buffer): Promise<{ roots: string[]; cids: string[] }> {
  const reader = await CarReader.fromBytes(car)
  const cids: string[] = []
  for await (const cid of reader.cids()) cids.push(cid.toString())
  return { roots: (await reader.getRoots()).map(String), cids }
}

describe('the gateway for other IPFS tools', () => {
  test('gives the whole of a shown work as CAR, each block once', async () => {
    const show = await exhibition()
    const work = await show.publish('werk', files)
    const { app } = await appOf(show)
    const answer = await app.inject({
      url: `/ipfs/${work.root.toString()}`,
      headers: { accept: 'application/vnd.ipld.car; version=1' },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/vnd.ipld.car; version=1; order=dfs; dups=n',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    const { roots, cids } = await blocksOf(answer.rawPayload)
    expect(roots).toEqual([work.root.toString()])
    expect(cids[0]).toBe(work.root.toString())
    expect(cids.toSorted()).toEqual(work.blocks.map(({ cid }) => cid.toString()).sort())
  })

  test('gives a part of it by path and scope, with the way there', async () => {
    const show = await exhibition()
    const work = await show.publish('werk', files)
    const { app } = await appOf(show)
    const base = `/ipfs/${work.root.toString()}`
    const film = await blocksOf((await app.inject(`${base}/film.webm?format=car`)).rawPayload)
    expect(film.cids).toHaveLength(5)
    expect(film.cids[0]).toBe(work.root.toString())
    expect(film.roots).toEqual([film.cids[1]])
    const entity = await blocksOf((await app.inject(`${base}/sub?format=car&dag-scope=entity`)).rawPayload)
    expect(entity.cids).toHaveLength(2)
    const block = await blocksOf(
      (await app.inject(`${base}/film.webm?format=car&dag-scope=block`)).rawPayload,
    )
    expect(block.cids).toHaveLength(2)
  })

  test('gives any block of a shown work, and no other', async () => {
    const show = await exhibition({ quorum: 1 })
    const work = await show.publish('werk', files)
    const { app } = await appOf(show)
    const statuses = async (): Promise<number[]> =>
      Promise.all(
        work.blocks.map(
          async ({ cid }) => (await app.inject(`/ipfs/${cid.toString()}?format=raw`)).statusCode,
        ),
      )
    expect(new Set(await statuses())).toEqual(new Set([404]))
    await show.accept(
      await seal('curator', { kind: 'admission', target: { manifest: await recordOf(show, 'werk') } }),
    )
    expect(new Set(await statuses())).toEqual(new Set([200]))
    const [{ cid, bytes } = { cid: work.root, bytes: new Uint8Array() }] = work.blocks
    const answer = await app.inject({
      url: `/ipfs/${cid.toString()}`,
      headers: { accept: 'application/vnd.ipld.raw' },
    })
    expect(Buffer.compare(answer.rawPayload, bytes)).toBe(0)
    expect(answer.headers.etag).toBe(`"${cid.toString()}.raw"`)
    await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'werk' }))
    expect(new Set(await statuses())).toEqual(new Set([404, 410]))
  })

  test('renders nothing, and says what it has', async () => {
    const show = await exhibition()
    const { root } = await show.publish('werk', files)
    const { app } = await appOf(show)
    const url = `/ipfs/${root.toString()}`
    expect((await app.inject(url)).statusCode).toBe(406)
    expect((await app.inject({ url, headers: { accept: 'text/html' } })).statusCode).toBe(406)
    expect((await app.inject(`${url}?format=tar`)).statusCode).toBe(400)
    expect((await app.inject(`${url}/nothing?format=raw`)).statusCode).toBe(404)
    expect((await app.inject(`${url}/..%2fx?format=raw`)).statusCode).toBe(400)
    const head = await app.inject({ method: 'HEAD', url: `${url}?format=car` })
    expect([head.statusCode, head.body]).toEqual([200, ''])
  })

  test('cuts a CAR off when a block does not come', async () => {
    const show = await exhibition()
    const work = await show.publish('werk', files, { store: (_cid, i) => i !== 2 })
    const { app } = await appOf(show, { chunkWaitMs: 20 })
    await expect(app.inject(`/ipfs/${work.root.toString()}?format=car`)).rejects.toThrow('destroyed')
  })
})

async function recordOf(show: Awaited<ReturnType<typeof exhibition>>, slug: string) {
  const { CID } = await import('multiformats/cid')
  const work = show.deps.catalogue.artworks().find((artwork) => artwork.slug === slug)
  return CID.parse(work?.versions[0]?.cid ?? '')
}
